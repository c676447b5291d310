//! Money and time that there are for what is built: budgets and deadlines.

use crate::counted::is_builder;
use crate::lemma::Form;
use crate::model::Quantity;
use crate::numbers::{TIMES, currency, starts_number, unit};
use crate::pieces::{item, others};
use crate::quantities::{Reading, WEEK, period};
use crate::words::{Tag, Word};
use std::ops::Range;

impl Reading<'_> {
    pub(crate) fn money(&self) -> Quantity {
        let budgeted = self.told().iter().any(|word| {
            matches!(word.lemma, "budget" | "spend" | "afford" | "hosting" | "money" | "grant" | "funding")
        });
        // "Hosted for £25 a month", "four developers, six months, €120,000".
        let hosted = |word: &Word| word.is("hosted");
        let bound = period(&self.after).is_some() && self.told().iter().any(hosted);
        // "Below €20 a month" to run it, "the cloud bill is capped at $350,000 a month".
        let put = self.before.last() == Some(&"put")
            || period(&self.after).is_some() && self.around(&["run", "bill", "cap", "operate"]);
        let budget = budgeted
            || bound
            || put
            || self.around(&["cost"]) && !self.is_price()
            || self.of_a_team()
            || self.is_ours()
            || self.is_alone_in_frame();
        let mut quantity = self.quantity(if budget { "budget" } else { "count" }, self.value, "currency");
        if budget {
            quantity.qualifier = Some(self.span_of_money().to_owned());
        }
        quantity
    }

    /// "A protest costs 50 CHF": what one of something costs those who use the system. What it itself costs is a budget.
    fn is_price(&self) -> bool {
        const OURS: &[&str] = &[
            "system",
            "hosting",
            "project",
            "operation",
            "solution",
            "software",
            "server",
            "infrastructure",
            "cloud",
            "application",
            "platform",
            "everything",
            "service",
            "thing",
            "whole",
            "all",
            "product",
            "development",
            "work",
            "team",
            "it",
            "this",
            "that",
            "which",
        ];
        let told = self.told();
        let verb = told.iter().position(|word| word.lemma == "cost" && word.is_verb());
        verb.and_then(|at| {
            told[..at]
                .iter()
                .rev()
                .find(|word| !matches!(word.tag, Tag::Modal | Tag::Adverb | Tag::Auxiliary))
        })
        .is_some_and(|subject| subject.tag == Tag::Noun && !OURS.contains(&subject.lemma))
    }

    /// What an amount of money is there for: a month, a year, or all that is done with it. What hosting or a cloud costs
    /// is paid by the month where the text names no other time.
    fn span_of_money(&self) -> &'static str {
        let named = |list: &[&str]| self.told().iter().any(|word| list.contains(&word.lemma));
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

    /// "Two developers, so three months", "a team of four and six weeks": a time beside those who build it, and nobody who
    /// does anything in it.
    pub(crate) fn of_a_team(&self) -> bool {
        let of_it = |word: &Word| is_builder(word) || word.lemma == "team";
        self.told().iter().any(of_it) && self.told().iter().all(|word| !matches!(word.tag, Tag::Verb(_)))
    }

    /// "We have 60,000 euros", "we have two developers, €60,000 and want to start in May": what those who build it have.
    fn is_ours(&self) -> bool {
        let near = &self.before[self.before.len().saturating_sub(3)..];
        let told = self.told();
        let had = near.iter().any(|word| matches!(*word, "have" | "got" | "get" | "'ve" | "given"));
        told.iter().any(is_ours) && (had || told.iter().any(is_builder)) && !self.is_price()
    }

    /// Whether the sentence speaks of those who build the system.
    pub(crate) fn is_built(&self) -> bool {
        self.told().iter().any(|word| {
            is_builder(word)
                || matches!(word.tag, Tag::Verb(_)) && matches!(word.lemma, "build" | "develop" | "maintain")
        })
    }

    /// Whether a time is what there is until the system has to be there.
    pub(crate) fn is_deadline(&self, seconds: f64, rest: &[&str]) -> bool {
        const LONGEST: f64 = 3.0 * 365.25 * 86_400.0;
        const DUE: &[&str] = &["deadline", "launch", "go-live", "deliver", "release"];
        const THERE: &[&str] = &["live", "run", "running", "ready", "finish", "exist", "there"];
        const STARTED: &[&str] = &["start", "begin", "open"];
        if !(WEEK..=LONGEST).contains(&seconds) {
            return false;
        }
        if self.around(DUE) || self.of_a_team() || self.is_alone_in_frame() {
            return true;
        }
        // "We would like it running in three months."
        let ours = self.told().iter().any(|word| is_ours(word) || is_builder(word));
        let there = || self.around(THERE) || ours && self.around(STARTED);
        if matches!(self.before.last(), Some(&("in" | "within"))) && there() {
            return true;
        }
        // "You've got two weeks", "has given us ten weeks", "three of us will spend four months on it": but what somebody has to
        // do something in is another time.
        let near = &self.before[self.before.len().saturating_sub(3)..];
        let had = near
            .iter()
            .any(|word| matches!(*word, "have" | "get" | "got" | "give" | "spend" | "take" | "has" | "'ve"));
        let task = matches!(rest, ["to", verb, ..] if !matches!(*verb, "build" | "do" | "finish" | "develop" | "deliver"));
        had && ours && !task || matches!(rest, ["till" | "until" | "before", ..]) && ours
    }

    /// Whether the amount is all that its piece says, in a list of what the project is bound to: "four developers, €120,000",
    /// "15 € a month", "Frame: Django, five months".
    pub(crate) fn is_alone_in_frame(&self) -> bool {
        let said = |word: &&Word| word.lower.starts_with(char::is_alphanumeric);
        let item = item(self.words, self.amount);
        // What stands between semicolons is said by itself.
        let ends = |at: Option<usize>| at.and_then(|at| self.words.get(at)).is_some_and(|word| word.is(";"));
        let closed = ends(item.start.checked_sub(1)) || ends(Some(item.end));
        let whole = others(self.words, self.reach(), &item).all(|word| !said(&word));
        self.is_alone(item, whole)
            && (whole
                || (self.says_nothing() || closed)
                    && (self.framed || self.told().iter().any(is_builder) || self.beside_money_or_time(&["people", "person"]))
                // "It must be there before the term, so five months."
                || self.before.last().is_some_and(|word| matches!(*word, "so" | "say")))
    }

    /// Whether an item of the list says nothing but the amount, after a label such as "Frame:" where the sentence has other pieces.
    fn is_alone(&self, item: Range<usize>, whole: bool) -> bool {
        const FILLING: &[&str] = &[
            "about",
            "around",
            "roughly",
            "approximately",
            "~",
            "in",
            "all",
            "altogether",
            "at",
            "most",
            "max",
            "max.",
            "maximum",
            "within",
            "up",
            "to",
            "say",
            "so",
            "for",
            "only",
            "some",
            "the",
            "just",
            "with",
            "and",
            "a",
            "an",
            "per",
            "total",
            "overall",
            "each",
            "every",
            "monthly",
            "yearly",
            "less",
            "than",
            "below",
            "under",
            "<",
            "no",
            "more",
        ];
        let label = self.words[item.start..self.amount.start].iter().position(|word| word.is(":"));
        let start = match label {
            Some(at) if !whole => item.start + at + 1,
            Some(_) => return false,
            None => item.start,
        };
        (start..item.end).filter(|at| !(self.amount.start..self.amount.end).contains(at)).all(|at| {
            let word = &self.words[at];
            !word.lower.starts_with(char::is_alphanumeric)
                || FILLING.contains(&word.lower)
                || unit(TIMES, word.lemma).is_some()
                || currency(word.lower).is_some()
        })
    }

    /// Whether another piece of the sentence, which does nothing, names money or a time in weeks or months; `or` are other
    /// words that will do.
    pub(crate) fn beside_money_or_time(&self, or: &[&str]) -> bool {
        let time = |at: usize| {
            matches!(self.words[at].lemma, "week" | "month") && at > 0 && starts_number(&self.words[at - 1])
        };
        let beside = |at: usize| {
            let word = &self.words[at];
            time(at) || or.contains(&word.lemma) || currency(word.lower).is_some()
        };
        self.says_nothing() && self.reach().any(|at| !self.piece.contains(&at) && beside(at))
    }

    /// Whether the sentence says nothing of what is done, but at most what those who write it are or have.
    fn says_nothing(&self) -> bool {
        let ours = self.told().iter().any(is_ours);
        self.reach().all(|at| {
            let word = &self.words[at];
            !speaks(self.words, at) || ours && (word.is_a(knowledge::BE) || word.is_a(knowledge::HAVE))
        })
    }
}

/// Whether a word says that something is done: "to" before it says what for.
fn speaks(words: &[Word], at: usize) -> bool {
    let aim = at.checked_sub(1).is_some_and(|before| words[before].is("to"));
    match words[at].tag {
        Tag::Modal | Tag::Auxiliary | Tag::Verb(Form::ThirdPerson) => true,
        Tag::Verb(Form::Base) => !aim,
        _ => false,
    }
}

/// Whether a word names those who write the text: "we", "us", "you've".
fn is_ours(word: &Word) -> bool {
    let stem = word.lower.split(['\'', '’']).next().unwrap_or_default();
    matches!(stem, "we" | "us" | "you")
}
