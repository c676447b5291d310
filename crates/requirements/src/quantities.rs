//! Numbers with a meaning, in base units.

use crate::model::Quantity;
use crate::numbers::{Amount, SIZES, TIMES, amount, figure, unit};
use crate::peaks::{peak_of, qualifier};
use crate::words::{Tag, Word};

/// What nouns count, by kind.
const COUNTED: &[(&str, &[&str])] = &[
    (
        "users",
        &[
            "user",
            "customer",
            "member",
            "people",
            "person",
            "student",
            "patient",
            "subscriber",
            "visitor",
            "player",
            "rider",
            "driver",
            "employee",
            "account",
            "client",
            "guest",
            "citizen",
            "shopper",
            "buyer",
            "seller",
            "teacher",
            "learner",
            "participant",
            "staff",
            "colleague",
        ],
    ),
    (
        "requests",
        &[
            "request",
            "query",
            "call",
            "hit",
            "transaction",
            "lookup",
            "search",
            "page view",
            "pageview",
            "click",
            "redirect",
        ],
    ),
    (
        "writes",
        &[
            "write",
            "insert",
            "update",
            "order",
            "booking",
            "upload",
            "post",
            "tweet",
            "paste",
            "payment",
            "transfer",
            "registration",
        ],
    ),
    ("reads", &["read", "view", "download"]),
    ("messages", &["message", "event", "notification", "email", "e-mail"]),
    ("devices", &["device", "sensor", "meter", "vehicle", "gateway"]),
    ("tenants", &["tenant", "organisation", "organization", "company", "workspace"]),
    ("team", &["engineer", "developer", "programmer"]),
];

/// Whether a number can start at a word; "out of 1000" does.
pub(crate) fn starts_number(word: &Word) -> bool {
    word.lower.starts_with(|c: char| c.is_ascii_digit())
        || word.among(knowledge::NUMBER_WORDS)
        || word.is("out")
}

/// The quantities of a sentence.
pub(crate) fn quantities(text: &str, statement: &str, words: &[Word], next_id: &mut u32) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !starts_number(&words[at]) {
            at += 1;
            continue;
        }
        if let Some((quantity, end)) =
            clock(statement, words, at).or_else(|| proportion(statement, words, at))
        {
            *next_id += 1;
            found.push(Quantity { id: format!("q{next_id}"), ..quantity });
            at = end;
            continue;
        }
        let Some(amount) = amount(text, words, at) else {
            at += 1;
            continue;
        };
        at = amount.end.max(at + 1);
        for (value, bound) in [(Some(amount.value), amount.to.map(|_| ">=")), (amount.to, Some("<="))] {
            let Some(value) = value else { continue };
            let quantity = read(statement, words, &amount, value)
                .or_else(|| peak_of(words, &amount, value, found.last()?));
            if let Some(mut quantity) = quantity {
                *next_id += 1;
                quantity.id = format!("q{next_id}");
                if let Some(bound) = bound {
                    bound.clone_into(&mut quantity.comparator);
                }
                found.push(quantity);
            }
        }
    }
    found
}

/// A time of day, or service round the clock: "8am", "6 pm", "24 hours per day", "24/7".
fn clock(statement: &str, words: &[Word], at: usize) -> Option<(Quantity, usize)> {
    let lower = words[at].lower.as_str();
    let quantity = |value: f64, qualifier: &str| Quantity {
        id: String::new(),
        kind: "availability".to_owned(),
        value,
        unit: "seconds".to_owned(),
        comparator: "=".to_owned(),
        qualifier: Some(qualifier.to_owned()),
        currency: None,
        statement: statement.to_owned(),
    };
    let following = |n: usize| words.get(at + n).map_or("", |word| word.lower.as_str());
    let (digits, end, half) =
        match (lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")), following(1)) {
            (Some(digits), _) => (digits, at + 1, &lower[lower.len() - 2..]),
            (None, "am" | "pm") => (lower, at + 2, following(1)),
            _ => {
                let round = lower == "24"
                    && (matches!(following(1), "/" | "x") && following(2) == "7"
                        || following(1) == "hours"
                            && matches!(following(2), "per" | "a" | "each")
                            && following(3) == "day")
                    || lower == "24x7";
                // "365 days per year" says the same once more.
                let end = (at..words.len())
                    .take(12)
                    .filter(|n| {
                        matches!(
                            words[*n].lower.as_str(),
                            "24" | "24x7"
                                | "7"
                                | "hours"
                                | "day"
                                | "days"
                                | "week"
                                | "per"
                                | "a"
                                | "/"
                                | ","
                                | "and"
                                | "year"
                                | "365"
                                | "seven"
                                | "x"
                        )
                    })
                    .take_while(|n| *n < at + 12)
                    .last()
                    .map_or(at + 1, |last| last + 1);
                return round.then(|| (quantity(86_400.0, "every day"), end));
            }
        };
    let hour: f64 = digits.parse().ok().filter(|hour| (1.0..=12.0).contains(hour))?;
    let hour = hour % 12.0 + if half == "pm" { 12.0 } else { 0.0 };
    let until = at > 0 && matches!(words[at - 1].lower.as_str(), "to" | "and" | "-" | "–" | "until" | "till");
    Some((quantity(hour * 3600.0, if until { "until" } else { "from" }), end))
}

/// A share given by two counts: "999 out of 1000", "out of 1000 accesses the system is available 999 times".
fn proportion(statement: &str, words: &[Word], at: usize) -> Option<(Quantity, usize)> {
    let value = |at: usize| {
        words
            .get(at)
            .and_then(|word| figure(&word.lower))
            .filter(|(_, suffix)| suffix.is_empty())
            .map(|(value, _)| value)
    };
    // "three nines"
    if words.get(at + 1).is_some_and(|next| next.is("nines") || next.is("nine"))
        && let Some(nines) =
            ["two", "three", "four", "five", "six"].iter().position(|word| words[at].is(word))
    {
        let exponent = i32::try_from(nines).unwrap_or_default() + 2;
        let quantity = Quantity {
            id: String::new(),
            kind: "availability".to_owned(),
            value: tidy(1.0 - 0.1_f64.powi(exponent)),
            unit: "ratio".to_owned(),
            comparator: ">=".to_owned(),
            qualifier: None,
            currency: None,
            statement: statement.to_owned(),
        };
        return Some((quantity, at + 2));
    }
    let out_of = |at: usize| {
        words.get(at).is_some_and(|word| word.is("out"))
            && words.get(at + 1).is_some_and(|word| word.is("of"))
    };
    let (part, whole, end) = if out_of(at) {
        let later = (at + 3..words.len()).find(|n| value(*n).is_some())?;
        (value(later)?, value(at + 2)?, later + 2)
    } else if out_of(at + 1) {
        (value(at)?, value(at + 3)?, at + 4)
    } else {
        return None;
    };
    let available =
        words.iter().any(|word| matches!(word.lemma.as_str(), "available" | "availability" | "uptime"));
    (part <= whole && whole > 0.0).then(|| {
        let quantity = Quantity {
            id: String::new(),
            kind: if available { "availability" } else { "ratio" }.to_owned(),
            value: tidy(part / whole),
            unit: "ratio".to_owned(),
            comparator: "=".to_owned(),
            qualifier: None,
            currency: None,
            statement: statement.to_owned(),
        };
        (quantity, end.min(words.len()).max(at + 1))
    })
}

/// An amount with the words around it.
struct Reading<'a> {
    statement: &'a str,
    words: &'a [Word],
    amount: &'a Amount,
    /// The value that is read: the lower or the upper end of a range.
    value: f64,
    /// Base forms of the eight words before.
    before: Vec<&'a str>,
    /// Base forms of the six words after.
    after: Vec<&'a str>,
}

/// What a number counts or measures; nothing for a bare number.
fn read(statement: &str, words: &[Word], amount: &Amount, value: f64) -> Option<Quantity> {
    let near = |from: usize, to: usize| {
        words[from.min(words.len())..to.min(words.len())].iter().map(|word| word.lemma.as_str()).collect()
    };
    let reading = Reading {
        statement,
        words,
        amount,
        value,
        before: near(amount.start.saturating_sub(8), amount.start),
        after: near(amount.end, amount.end + 6),
    };
    if let Some(currency) = amount.currency {
        return Some(Quantity { currency: Some(currency.code.to_owned()), ..reading.money() });
    }
    if amount.percent {
        return reading.share();
    }
    let (next, rest) = reading.unit_and_rest();
    if let Some(factor) = unit(SIZES, next).filter(|_| next != "b" || !amount.suffix.is_empty()) {
        return Some(reading.size(factor, rest));
    }
    match unit(TIMES, next) {
        Some(factor) => reading.time(factor, rest),
        None => reading.counted(),
    }
}

impl<'a> Reading<'a> {
    fn around(&self, list: &[&str]) -> bool {
        self.before.iter().chain(&self.after).any(|lemma| list.contains(lemma))
    }

    fn quantity(&self, kind: &str, value: f64, unit: &str) -> Quantity {
        Quantity {
            id: String::new(),
            kind: kind.to_owned(),
            value,
            unit: unit.to_owned(),
            comparator: comparator(&self.before, &self.after).to_owned(),
            qualifier: qualifier(self.words, self.amount),
            currency: None,
            statement: self.statement.to_owned(),
        }
    }

    /// A quantity of some noun, which is its qualifier where nothing else is.
    fn of(&self, kind: &str, value: f64, unit: &str, noun: &str) -> Quantity {
        let mut quantity = self.quantity(kind, value, unit);
        // "a fan-out of 10 deliveries": what one write reaches.
        let near = self.before.iter().rev().take(3);
        let noun =
            if near.clone().any(|word| matches!(*word, "fanout" | "fan-out")) { "fanout" } else { noun };
        quantity.qualifier.get_or_insert_with(|| noun.to_owned());
        quantity
    }

    /// The unit, written onto the figure or after it, and the words after the unit.
    fn unit_and_rest(&self) -> (&'a str, &[&'a str]) {
        if self.amount.suffix.is_empty() {
            (self.after.first().copied().unwrap_or_default(), self.after.get(1..).unwrap_or_default())
        } else {
            (self.amount.suffix.as_str(), self.after.as_slice())
        }
    }

    fn money(&self) -> Quantity {
        let budgeted = self
            .words
            .iter()
            .any(|word| matches!(word.lemma.as_str(), "budget" | "spend" | "afford" | "hosting"));
        // "Hosted for £25 a month", "four developers, six months, €120,000".
        let hosted = |word: &Word| word.is("hosted");
        let bound = period(&self.after).is_some() && self.words.iter().any(hosted);
        let budget = budgeted || bound || self.around(&["cost"]) || self.of_a_team();
        let mut quantity = self.quantity(if budget { "budget" } else { "count" }, self.value, "currency");
        if budget {
            quantity.qualifier = Some(self.span_of_money().to_owned());
        }
        quantity
    }

    /// What an amount of money is there for: a month, a year, or all that is done with it. What hosting or a cloud costs
    /// is paid by the month where the text names no other time.
    fn span_of_money(&self) -> &'static str {
        let named = |list: &[&str]| self.words.iter().any(|word| list.contains(&word.lemma.as_str()));
        let ahead = self
            .before
            .windows(2)
            .find(|pair| matches!(pair[0], "per" | "each" | "every"))
            .and_then(|pair| unit(TIMES, pair[1]));
        match period(&self.after).or(ahead) {
            Some(seconds) if (2_000_000.0..4_000_000.0).contains(&seconds) => "monthly",
            Some(seconds) if seconds > 30_000_000.0 => "yearly",
            _ if named(&["monthly"]) => "monthly",
            _ if named(&["yearly", "annual", "annually"]) => "yearly",
            _ if named(&["hosting", "cloud"]) => "monthly",
            _ => "total",
        }
    }

    fn share(&self) -> Option<Quantity> {
        let share = tidy(self.value / 100.0);
        // "100 % of the orders" is all of them, which sets no bound.
        let all = share >= 1.0 && self.after.first().is_some_and(|word| *word == "of");
        if all && !self.around(&["availability", "available", "uptime"]) {
            return None;
        }
        let up = self.value >= 90.0
            && self.around(&[
                "availability",
                "available",
                "uptime",
                "sla",
                "up",
                "operational",
                "time",
                "hour",
            ]);
        Some(self.quantity(if up { "availability" } else { "ratio" }, share, "ratio"))
    }

    fn size(&self, factor: f64, rest: &[&str]) -> Quantity {
        if let Some(seconds) = period(rest) {
            return self.quantity("payload", self.value * factor / seconds, "bytes per second");
        }
        let stored = self.around(&["storage", "store", "disk", "database", "archive", "total"]);
        self.quantity(if stored { "storage" } else { "payload" }, self.value * factor, "bytes")
    }

    fn time(&self, factor: f64, rest: &[&str]) -> Option<Quantity> {
        const WEEK: f64 = 604_800.0;
        let seconds = self.value * factor;
        // "a downtime of at most 4 hours a month" is an availability.
        if let Some(period) = period(rest).filter(|period| seconds < *period)
            && self.around(&["downtime", "outage", "unavailable", "down"])
        {
            let mut quantity = self.quantity("availability", tidy(1.0 - seconds / period), "ratio");
            ">=".clone_into(&mut quantity.comparator);
            return Some(quantity);
        }
        let kept = self.around(&["keep", "kept", "retain", "retention", "store", "archive"]);
        if self.is_horizon(rest) && seconds >= WEEK && !kept && !self.around(&["deadline"]) {
            return None;
        }
        // The nearer of the two words counts: "RPO 15 minutes, RTO 4 hours".
        let nearest = self.before.iter().rev().chain(rest).find_map(|word| match *word {
            "rto" | "restore" | "recover" | "recovery" => Some("rto"),
            "rpo" | "loss" | "lose" => Some("rpo"),
            _ => None,
        });
        let answered = self
            .around(&["respond", "response", "load", "latency", "within", "return", "display", "complete"]);
        let kind = match nearest {
            Some(kind) => kind,
            None if seconds >= 86_400.0 && (kept || self.around(&["delete", "history"])) => "retention",
            None if seconds >= WEEK
                && (self.around(&["deadline", "launch", "live", "deliver", "release"])
                    || self.of_a_team()) =>
            {
                "deadline"
            }
            None if seconds <= 120.0 || seconds <= 3600.0 && answered => "latency",
            None => "count",
        };
        Some(self.quantity(kind, seconds, "seconds"))
    }

    /// "Two developers, so three months", "a team of four and six weeks": a time beside those who build it, and nobody who
    /// does anything in it.
    fn of_a_team(&self) -> bool {
        let of_it = |word: &Word| is_builder(word) || word.lemma == "team";
        self.words.iter().any(of_it) && self.words.iter().all(|word| !matches!(word.tag, Tag::Verb(_)))
    }

    /// Whether the sentence speaks of those who build the system.
    fn is_built(&self) -> bool {
        self.words.iter().any(|word| {
            is_builder(word)
                || matches!(word.tag, Tag::Verb(_))
                    && matches!(word.lemma.as_str(), "build" | "develop" | "maintain")
        })
    }

    /// "the first six months", "within 2 years of the launch" say when, not how long something takes.
    fn is_horizon(&self, rest: &[&str]) -> bool {
        let counted = self
            .before
            .last()
            .is_some_and(|word| matches!(*word, "first" | "next" | "last" | "past" | "previous" | "coming"));
        let event = rest
            .iter()
            .take(4)
            .any(|word| matches!(*word, "launch" | "release" | "deployment" | "installation"));
        counted || event && rest.first().is_some_and(|word| matches!(*word, "of" | "after"))
    }

    /// A number before something that is counted.
    fn counted(&self) -> Option<Quantity> {
        let value = self.value;
        // "a team of eight", "two teams of six developers"
        if let [.., "team" | "squad", "of"] = self.before.as_slice() {
            let several = self.words[..self.amount.start]
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|word| word.lower.ends_with('s'));
            let quantity = self.quantity("team", value, "count");
            return Some(if several { qualified(quantity, "each") } else { quantity });
        }
        // "45 engineers in five teams": teams of a league are others.
        if self.after.first().is_some_and(|word| matches!(*word, "team" | "squad")) && self.is_built() {
            return Some(qualified(self.quantity("team", value, "count"), "teams"));
        }
        // "200,000 customers, 25,000 of them on a normal day".
        let ahead: Vec<&str> =
            self.words.iter().skip(self.amount.end).take(9).map(|word| word.lemma.as_str()).collect();
        if let ["of", "them" | "they" | "these" | "those" | "which", rest @ ..] = ahead.as_slice()
            && on_a_day(rest)
        {
            return Some(self.quantity("dau", value, "count"));
        }
        // "3,000 requests per second": a noun within the next words that the table knows.
        let known =
            |lemma: &str| COUNTED.iter().find(|(_, nouns)| nouns.contains(&lemma)).map(|(kind, _)| *kind);
        if let Some(noun) = self.counted_before() {
            return Some(match known(noun) {
                Some(kind) => self.known(kind, noun, &[]),
                None => self.of("count", value, "count", noun),
            });
        }
        let reach =
            self.after.iter().take(4).enumerate().find_map(|(at, lemma)| known(lemma).map(|kind| (at, kind)));
        if let Some((at, kind)) = reach {
            // Of nouns in a row the last says what is counted: paste reads are reads.
            let (at, kind) = match self.after.get(at + 1).and_then(|lemma| known(lemma)) {
                // What stands before "per" is counted, whatever it is elsewhere.
                Some(last) if self.is_noun(at + 1) || self.after.get(at + 2) == Some(&"per") => {
                    (at + 1, last)
                }
                _ => (at, kind),
            };
            return Some(self.known(kind, self.after[at], &self.after[at + 1..]));
        }
        let next = self.words.get(self.amount.end)?;
        if let Some(seconds) = period(&self.after)
            && next.tag == Tag::Noun
        {
            // "120,000 readers a day": people come, and do not come into being.
            if matches!(seconds, 86_400.0) && crate::names::is_person(&next.lemma) {
                return Some(self.quantity("dau", value, "count"));
            }
            // Things that are counted by the period come into being: "550 appointments a day".
            return Some(self.of("writes", value / seconds, "per second", &next.lemma));
        }
        // A number before any other noun counts it; a bare number, and a year, mean nothing.
        let after_adjective = self
            .words
            .get(self.amount.end + 1)
            .filter(|word| word.tag == Tag::Noun && next.tag == Tag::Adjective);
        let noun = Some(next)
            .filter(|word| word.tag == Tag::Noun && word.lower.chars().all(char::is_alphabetic))
            .or(after_adjective)?;
        let first = &self.words[self.amount.start];
        let year = (1900.0..2100.0).contains(&value)
            && value.fract() == 0.0
            && first.tag == Tag::Number
            && first.lower.len() == 4;
        if comes_on_a_day(&self.before) && !crate::names::is_person(&noun.lemma) {
            return Some(self.of("writes", value / 86_400.0, "per second", &noun.lemma));
        }
        (!year).then(|| self.of("count", value, "count", &noun.lemma))
    }

    /// What stands before the number and is counted by it: "the users are about 150", "Customers (8 lakh)", "Users: 40".
    /// Only people and what the table knows: "Step: 3" counts nothing. In brackets, several things that begin a line are
    /// counted as well: "Restaurants (4,200)".
    fn counted_before(&self) -> Option<&str> {
        let about = |word: &&Word| {
            matches!(word.lemma.as_str(), "about" | "around" | "roughly" | "approximately" | "some" | "~")
        };
        let before = self.words[..self.amount.start].iter().rev().take(self.before.len());
        let mut before = before.filter(|word| !word.is_emphasis()).skip_while(about);
        let (link, noun) = (before.next()?.lemma.as_str(), before.next()?);
        let ends = self.after.first().is_none_or(|word| !word.starts_with(char::is_alphabetic));
        let bracketed = link == "(" && self.after.first() == Some(&")");
        let several =
            noun.tag == Tag::Noun && noun.lower != noun.lemma && before.all(|word| word.tag == Tag::Noun);
        let noun = noun.lemma.as_str();
        let counts = COUNTED.iter().any(|(kind, nouns)| *kind == "users" && nouns.contains(&noun));
        let of_people = (bracketed || ends && (knowledge::holds(knowledge::BE, link) || link == ":"))
            && (counts || crate::names::is_person(noun));
        (of_people || bracketed && several).then_some(noun)
    }

    /// Whether the word at a place after the amount is a noun.
    fn is_noun(&self, at: usize) -> bool {
        self.words.get(self.amount.end + at).is_some_and(|word| word.tag == Tag::Noun)
    }

    /// A number of things of a known kind; `rest` are the words after the noun.
    fn known(&self, kind: &str, noun: &str, rest: &[&str]) -> Quantity {
        let value = self.value;
        let at_once = self.around(&[
            "concurrent",
            "simultaneous",
            "concurrently",
            "simultaneously",
            "parallel",
            "once",
            "connect",
        ]) || self.after.windows(2).any(|pair| pair == ["same", "time"]);
        match (kind, period(rest)) {
            ("users" | "devices", _) if at_once => self.quantity("concurrent", value, "count"),
            ("users", Some(86_400.0)) => self.quantity("dau", value, "count"),
            ("users", _) if self.around(&["daily", "dau"]) || on_a_day(rest) => {
                self.quantity("dau", value, "count")
            }
            // "40 users each", "40 users per tenant": not all that there are.
            ("users" | "devices", None) if matches!(rest, ["each", ..] | ["per" | "for", _, ..]) => {
                self.of("count", value, "count", noun)
            }
            ("users" | "devices" | "tenants" | "team", _) => self.quantity(kind, value, "count"),
            // Searches are a load of their own beside the other requests.
            (_, Some(seconds)) if noun == "search" => self.of(kind, value / seconds, "per second", noun),
            // "3,000 orders a day": which records come into being.
            ("writes", Some(seconds)) => self.of(kind, value / seconds, "per second", noun),
            ("writes", None) if comes_on_a_day(&self.before) => {
                self.of(kind, value / 86_400.0, "per second", noun)
            }
            (_, Some(seconds)) => self.quantity(kind, value / seconds, "per second"),
            _ if self.around(&["daily"]) => self.quantity(kind, value / 86_400.0, "per second"),
            _ => self.of("count", value, "count", noun),
        }
    }
}

/// Whether a word is one for people who build the system, as the table of what is counted has them.
fn is_builder(word: &Word) -> bool {
    let team = COUNTED.iter().find(|(kind, _)| *kind == "team");
    team.is_some_and(|(_, people)| people.contains(&word.lemma.as_str()))
}

/// A quantity with the word that tells it from others of its kind.
pub(crate) fn qualified(quantity: Quantity, qualifier: &str) -> Quantity {
    Quantity { qualifier: Some(qualifier.to_owned()), ..quantity }
}

/// A ratio without the last digits that binary fractions leave behind: 0.999 and not 0.9990000000000001.
fn tidy(ratio: f64) -> f64 {
    (ratio * 1e12).round() / 1e12
}

/// "on a normal day", "each working day".
fn on_a_day(after: &[&str]) -> bool {
    let day = after.iter().take(6).position(|word| *word == "day");
    day.is_some_and(|day| after[..day].iter().any(|word| matches!(*word, "on" | "per" | "each" | "every")))
}

/// Whether a word stands before the period that a rate is given for.
pub(crate) fn opens_period(lemma: &str) -> bool {
    matches!(lemma, "per" | "/" | "every" | "each" | "a" | "an")
}

/// The length in seconds of the period that a rate is given for.
pub(crate) fn period(after: &[&str]) -> Option<f64> {
    let at = after.iter().position(|lemma| opens_period(lemma));
    if let Some(at) = at
        && at <= 2
        && let Some(seconds) = after.get(at + 1).and_then(|word| unit(TIMES, word))
    {
        return Some(seconds);
    }
    after.first().and_then(|word| match *word {
        "rps" | "qps" | "tps" => Some(1.0),
        "daily" => Some(86_400.0),
        "monthly" => Some(2_629_800.0),
        _ => None,
    })
}

/// "On a normal day there are 900 orders", "on a working day we ship 40 parcels": how many come into being on a day.
fn comes_on_a_day(before: &[&str]) -> bool {
    let near = &before[before.len().saturating_sub(7)..];
    let Some(day) = near.iter().position(|word| *word == "day") else { return false };
    on_a_day(near)
        && near[day..].iter().any(|word| {
            matches!(
                *word,
                "there" | "handle" | "process" | "receive" | "take" | "place" | "ship" | "sell" | "book"
            )
        })
}

fn comparator(before: &[&str], after: &[&str]) -> &'static str {
    let tail: Vec<&str> = before.iter().rev().take(5).copied().collect();
    let said = |list: &[&str]| tail.iter().any(|word| list.contains(word));
    if said(&["least", "minimum", "exceed"]) || after.first().is_some_and(|word| *word == "+") {
        ">="
    } else if said(&["within", "most", "maximum", "under", "below", "less", "fewer", "up", "max", "longer"])
        || said(&["no"]) && said(&["more", "than"])
    {
        "<="
    } else if said(&["over", "more", "above"]) {
        ">"
    } else if said(&["about", "approximately", "around", "roughly", "some", "~", "nearly", "almost"]) {
        "~"
    } else {
        "="
    }
}
