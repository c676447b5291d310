//! Formulas and conditions of the tables: read and checked here, so that nothing is parsed at run time.
//!
//! A formula is checked for its units as well: seconds, bytes and money are dimensions, and whatever is counted has
//! none. A figure whose formula gives another unit than it claims stops the build.

use crate::rows::List;
use crate::terms::{self, Compare, Piece, Step, Term};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What names in formulas and conditions may stand for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Facts: numbers, figures and what a text may state, with their units.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) signals: Vec<String>,
    /// Names that a text may prescribe.
    pub(crate) constraints: Vec<String>,
    /// Slots with their options, in the order in which they are settled.
    pub(crate) slots: Vec<(String, Vec<String>)>,
}

/// The names; set once, before the tables that use them are printed.
pub(crate) static NAMES: OnceLock<Names> = OnceLock::new();

fn names() -> &'static Names {
    NAMES.get().expect("the names are gathered before anything that uses them is printed")
}

fn place<'a>(list: impl IntoIterator<Item = &'a String>, name: &str, what: &str, text: &str) -> usize {
    list.into_iter()
        .position(|known| known == name)
        .unwrap_or_else(|| panic!("`{text}`: there is no {what} `{name}`"))
}

/// The exponents of seconds, bytes and money.
type Dimensions = [i32; 3];

fn dimensions(unit: &str) -> Dimensions {
    match unit {
        "seconds" => [1, 0, 0],
        "per second" => [-1, 0, 0],
        "bytes" => [0, 1, 0],
        "bytes per second" => [-1, 1, 0],
        "USD" | "currency" => [0, 0, 1],
        "USD per byte" => [0, -1, 1],
        "ratio" | "count" | "people" | "rows" | "instances" | "connections" | "sessions" | "requests"
        | "vCPU" | "workers" | "writes" | "hops" | "queries" | "devices" | "tenants" | "recipients" => {
            [0, 0, 0]
        }
        _ => panic!("the unit `{unit}` is unknown to the formulas: add it with its dimensions"),
    }
}

/// A condition over the facts: terms joined by `and`, and such groups by `or`.
#[derive(Debug)]
pub(crate) struct When(pub(crate) String);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups: Vec<&str> = if self.0.is_empty() { Vec::new() } else { self.0.split(" or ").collect() };
        let any = groups.into_iter().map(|group| {
            let terms = group.split(" and ").map(|term| match term.trim().strip_prefix("not ") {
                Some(rest) => (true, self.term(rest)),
                None => (false, self.term(term.trim())),
            });
            List(terms.collect())
        });
        terms::When { text: self.0.clone(), any: List(any.collect()) }.serialize(serializer)
    }
}

impl When {
    fn term(&self, term: &str) -> Term {
        let facts = || names().facts.iter().map(|(id, _)| id);
        let parts: Vec<&str> = term.split(' ').collect();
        match parts.as_slice() {
            [fact, operator, number] => {
                let operator = match *operator {
                    "<" => Compare::Less,
                    "<=" => Compare::AtMost,
                    ">" => Compare::More,
                    ">=" => Compare::AtLeast,
                    other => panic!("`{}`: `{other}` is no comparison", self.0),
                };
                let value: f64 =
                    number.parse().unwrap_or_else(|_| panic!("`{}`: `{number}` is no number", self.0));
                Term::Number(place(facts(), fact, "fact", &self.0), operator, value)
            }
            [name] => match name.split_once('.') {
                Some(("signal", id)) => Term::Signal(place(&names().signals, id, "signal", &self.0)),
                Some(("known", id)) => Term::Known(place(facts(), id, "fact", &self.0)),
                Some(("constraint", id)) => {
                    let id = id.replace('_', " ");
                    place(&names().constraints, &id, "name in technologies.toml", &self.0);
                    Term::Constraint(id)
                }
                Some((kind @ ("decided" | "denied"), pair)) => {
                    let (slot, option) = pair.split_once('=').unwrap_or_else(|| panic!("`{}`", self.0));
                    let at = place(names().slots.iter().map(|(id, _)| id), slot, "decision", &self.0);
                    let option = place(&names().slots[at].1, option, "option", &self.0);
                    if kind == "decided" { Term::Decided(at, option) } else { Term::Denied(at, option) }
                }
                _ => panic!("`{}`: `{term}` is no condition", self.0),
            },
            _ => panic!("`{}`: `{term}` is no condition", self.0),
        }
    }
}

/// A formula over facts. It is packed as the steps that compute it, and the pieces that it is shown with.
#[derive(Debug)]
pub(crate) struct Formula(pub(crate) String);

impl<'de> Deserialize<'de> for Formula {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let read = Reader::read(&self.0);
        terms::Formula { steps: List(read.steps), shown: List(read.shown) }.serialize(serializer)
    }
}

impl Formula {
    /// Stops the build when the formula does not give the unit.
    pub(crate) fn check(&self, id: &str, unit: &str) {
        let given = Reader::read(&self.0).found;
        assert!(
            given.is_none_or(|given| given == dimensions(unit)),
            "figures: `{id}` is in {unit}, but `{}` gives (seconds, bytes, money) to the powers {given:?}",
            self.0
        );
    }

    /// The facts that it reads.
    pub(crate) fn facts(&self) -> Vec<usize> {
        Reader::read(&self.0).facts
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<&'a str>,
    at: usize,
    steps: Vec<Step>,
    shown: Vec<Piece>,
    facts: Vec<usize>,
    found: Option<Dimensions>,
}

/// Dimensions, or none for a plain number, which takes any.
type Unit = Option<Dimensions>;

impl<'a> Reader<'a> {
    fn read(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let end = if first.is_ascii_alphanumeric() {
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-' || c == '_'))
                    .unwrap_or(rest.len())
            } else {
                1
            };
            tokens.push(&rest[..end]);
            rest = rest[end..].trim_start();
        }
        let mut this = Self {
            text,
            tokens,
            at: 0,
            steps: Vec::new(),
            shown: Vec::new(),
            facts: Vec::new(),
            found: None,
        };
        this.found = this.sum();
        assert!(this.at == this.tokens.len(), "`{text}` ends before its end");
        this
    }

    fn peek(&self) -> &'a str {
        self.tokens.get(self.at).copied().unwrap_or_default()
    }

    fn next(&mut self) -> &'a str {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn expect(&mut self, token: &str) {
        let next = self.next();
        assert!(next == token, "`{}`: `{token}` is expected, not `{next}`", self.text);
    }

    fn show(&mut self, text: &str) {
        self.shown.push(Piece::Text(text.to_owned()));
    }

    fn same(&self, a: Unit, b: Unit) -> Unit {
        match (a, b) {
            (Some(a), Some(b)) => {
                assert!(a == b, "`{}` adds or compares different units", self.text);
                Some(a)
            }
            (a, b) => a.or(b),
        }
    }

    fn sum(&mut self) -> Unit {
        let mut unit = self.product();
        while matches!(self.peek(), "+" | "-") {
            let minus = self.next() == "-";
            self.show(if minus { " − " } else { " + " });
            let other = self.product();
            unit = self.same(unit, other);
            self.steps.push(if minus { Step::Subtract } else { Step::Add });
        }
        unit
    }

    fn product(&mut self) -> Unit {
        let mut unit = self.value();
        while matches!(self.peek(), "*" | "/") {
            let over = self.next() == "/";
            self.show(if over { " ÷ " } else { " × " });
            let other = self.value();
            let mut sum = unit.unwrap_or_default();
            for (one, two) in sum.iter_mut().zip(other.unwrap_or_default()) {
                *one += if over { -two } else { two };
            }
            unit = if unit.is_none() && other.is_none() { None } else { Some(sum) };
            self.steps.push(if over { Step::Divide } else { Step::Multiply });
        }
        unit
    }

    fn value(&mut self) -> Unit {
        let token = self.next();
        if token == "(" {
            self.show("(");
            let unit = self.sum();
            self.expect(")");
            self.show(")");
            return unit;
        }
        if let Ok(number) = token.parse::<f64>() {
            self.steps.push(Step::Constant(number));
            self.shown.push(Piece::Number(number));
            return None;
        }
        match token {
            "ceil" | "floor" => {
                let (open, close) = if token == "ceil" { ("⌈", "⌉") } else { ("⌊", "⌋") };
                self.expect("(");
                self.show(open);
                let unit = self.sum();
                self.expect(")");
                self.show(close);
                self.steps.push(if token == "ceil" { Step::Ceil } else { Step::Floor });
                unit
            }
            "max" | "min" => {
                self.expect("(");
                self.show(&format!("{token}("));
                let one = self.sum();
                self.expect(",");
                self.show(", ");
                let two = self.sum();
                self.expect(")");
                self.show(")");
                self.steps.push(if token == "max" { Step::Max } else { Step::Min });
                self.same(one, two)
            }
            "power" => {
                self.expect("(");
                self.show("(");
                let _ = self.sum();
                self.expect(",");
                let exponent: u32 = self.next().parse().unwrap_or_else(|_| panic!("`{}`", self.text));
                self.expect(")");
                self.show(&format!(") to the power {exponent}"));
                self.steps.push(Step::Power(exponent));
                None
            }
            "minute" | "hour" | "day" | "month" | "year" => {
                let seconds = BTreeMap::from([
                    ("minute", 60.0),
                    ("hour", 3600.0),
                    ("day", 86_400.0),
                    // A month of the year: 365 ÷ 12 days.
                    ("month", 2_628_000.0),
                    ("year", 31_536_000.0),
                ])[token];
                self.steps.push(Step::Constant(seconds));
                self.shown.push(Piece::Number(seconds));
                Some([1, 0, 0])
            }
            _ => {
                let at = place(names().facts.iter().map(|(id, _)| id), token, "fact", self.text);
                self.steps.push(Step::Fact(at));
                self.shown.push(Piece::Fact(at));
                self.facts.push(at);
                Some(dimensions(&names().facts[at].1))
            }
        }
    }
}
