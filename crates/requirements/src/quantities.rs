//! Numbers with a meaning, in base units.

use crate::counted::of_those;
use crate::model::Quantity;
use crate::numbers::{Amount, SIZES, TIMES, amount, figure, starts_number, unit};
use crate::peaks::{peak_of, qualifier};
use crate::pieces::piece;
use crate::words::{Tag, Word};
use std::ops::Range;

/// The quantities of a sentence. `framed` says that it names what the project is bound to: a technology, a place.
pub(crate) fn quantities(
    text: &str,
    statement: &str,
    words: &[Word],
    framed: bool,
    next_id: &mut u32,
) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
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
            let reading = Reading::new(statement, words, &amount, value, framed);
            let quantity = reading
                .read(&found)
                .or_else(|| peak_of(words, &amount, value, found.last()?))
                .or_else(|| of_those(&reading, &found));
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

/// The bytes from which a size is that of all data, and not of one thing.
const LARGEST_PAYLOAD: f64 = 1e11;

/// The seconds of a week.
pub(crate) const WEEK: f64 = 604_800.0;

/// An amount with the words around it.
pub(crate) struct Reading<'a> {
    pub(crate) statement: &'a str,
    pub(crate) words: &'a [Word],
    pub(crate) amount: &'a Amount,
    /// The value that is read: the lower or the upper end of a range.
    pub(crate) value: f64,
    /// The words that are said of the amount.
    pub(crate) piece: Range<usize>,
    /// Base forms of the eight words before, those of the piece.
    pub(crate) before: Vec<&'a str>,
    /// Base forms of the six words after, those of the piece.
    pub(crate) after: Vec<&'a str>,
    /// Whether the sentence names what the project is bound to.
    pub(crate) framed: bool,
}

impl<'a> Reading<'a> {
    fn new(statement: &'a str, words: &'a [Word], amount: &'a Amount, value: f64, framed: bool) -> Self {
        let piece = piece(words, amount);
        let near = |range: Range<usize>| words[range].iter().map(|word| word.lemma.as_str()).collect();
        let end = amount.end.min(words.len());
        Reading {
            before: near(piece.start.max(amount.start.saturating_sub(8))..amount.start),
            after: near(end..piece.end.min(end + 6)),
            statement,
            words,
            amount,
            value,
            piece,
            framed,
        }
    }

    /// The places around the amount that are looked at for what the whole sentence speaks of: far enough for any sentence that
    /// people write, and not the whole of one that a program made.
    pub(crate) fn reach(&self) -> Range<usize> {
        const REACH: usize = 80;
        self.amount.start.saturating_sub(REACH)..(self.amount.end + REACH).min(self.words.len())
    }

    /// The words there.
    pub(crate) fn told(&self) -> &'a [Word] {
        &self.words[self.reach()]
    }

    /// What a number counts or measures; nothing for a bare number. `found` are the quantities before it in the sentence.
    fn read(&self, found: &[Quantity]) -> Option<Quantity> {
        if let Some(currency) = self.amount.currency {
            return Some(Quantity { currency: Some(currency.code.to_owned()), ..self.money() });
        }
        if self.amount.percent {
            return self.share();
        }
        let (next, rest) = self.unit_and_rest();
        if let Some(factor) = unit(SIZES, next).filter(|_| next != "b" || !self.amount.suffix.is_empty()) {
            return Some(self.size(factor, rest));
        }
        match unit(TIMES, next) {
            Some(factor) => self.time(factor, rest, found.last()),
            None => self.counted(),
        }
    }

    pub(crate) fn around(&self, list: &[&str]) -> bool {
        self.before.iter().chain(&self.after).any(|lemma| list.contains(lemma))
    }

    pub(crate) fn quantity(&self, kind: &str, value: f64, unit: &str) -> Quantity {
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
    pub(crate) fn of(&self, kind: &str, value: f64, unit: &str, noun: &str) -> Quantity {
        let mut quantity = self.quantity(kind, value, unit);
        // "a fan-out of 10 deliveries": what one write reaches.
        let near = self.before.iter().rev().take(3);
        let noun =
            if near.clone().any(|word| matches!(*word, "fanout" | "fan-out")) { "fanout" } else { noun };
        quantity.qualifier.get_or_insert_with(|| noun.to_owned());
        quantity
    }

    /// The unit, written onto the figure or after it, and the words after the unit.
    pub(crate) fn unit_and_rest(&self) -> (&'a str, &[&'a str]) {
        if self.amount.suffix.is_empty() {
            (self.after.first().copied().unwrap_or_default(), self.after.get(1..).unwrap_or_default())
        } else {
            (self.amount.suffix.as_str(), self.after.as_slice())
        }
    }

    fn share(&self) -> Option<Quantity> {
        let share = tidy(self.value / 100.0);
        // "100 % of the orders" is all of them, which sets no bound.
        let all = share >= 1.0 && self.after.first().is_some_and(|word| *word == "of");
        let named = self.around(&["availability", "available", "uptime"]);
        if all && !named {
            return None;
        }
        let up = self.value >= 90.0
            && (named || self.is_nines() || self.around(&["sla", "up", "operational", "time", "hour"]));
        Some(self.quantity(if up { "availability" } else { "ratio" }, share, "ratio"))
    }

    /// "99.9 %", "we promise 99.95 %", "99 % is fine": a share from 99 % that nothing is said to be a share of.
    fn is_nines(&self) -> bool {
        let of_nothing = match self.after.first() {
            None => true,
            Some(next) => {
                matches!(*next, "." | "," | "(" | ")" | "during" | "in" | "over" | "or")
                    || knowledge::holds(knowledge::BE, next)
            }
        };
        let change = matches!(self.before.last(), Some(&("by" | "of" | "than" | "from" | "to")));
        (99.0..100.0).contains(&self.value)
            && of_nothing
            && !change
            && !self.around(&[
                "accuracy",
                "precision",
                "recall",
                "confidence",
                "coverage",
                "percentile",
                "purity",
            ])
    }

    fn size(&self, factor: f64, rest: &[&str]) -> Quantity {
        if let Some(seconds) = period(rest) {
            let kind = if self.around(&["grow", "growth"]) { "storage" } else { "payload" };
            return self.quantity(kind, self.value * factor / seconds, "bytes per second");
        }
        // "60,000 photos of 5 MB, so 300 GB": what it comes to.
        let sum =
            matches!(self.before.last(), Some(&("=" | "so" | "i.e." | "i.e" | "e" | "total" | "altogether")));
        let stored = sum
            || self.value * factor >= LARGEST_PAYLOAD
            || self.around(&["storage", "store", "disk", "database", "archive", "total"]);
        self.quantity(if stored { "storage" } else { "payload" }, self.value * factor, "bytes")
    }

    fn time(&self, factor: f64, rest: &[&str], last: Option<&Quantity>) -> Option<Quantity> {
        let seconds = self.value * factor;
        // "a downtime of at most 4 hours a month" is an availability.
        if let Some(period) = period(rest).filter(|period| seconds < *period)
            && self.around(&["downtime", "outage", "unavailable", "down"])
        {
            let mut quantity = self.quantity("availability", tidy(1.0 - seconds / period), "ratio");
            ">=".clone_into(&mut quantity.comparator);
            return Some(quantity);
        }
        // "200,000 people within one minute": the time in which they arrive is none of an answer.
        let arrive = last.is_some_and(|last| crate::counted::arrivals(last) == Some(seconds))
            && self.before.iter().rev().take(3).any(|word| matches!(*word, "within" | "in"));
        if arrive {
            return Some(self.quantity("count", seconds, "seconds"));
        }
        let kept = self.around(&["keep", "kept", "retain", "retention", "store", "archive"]);
        if self.is_horizon(rest) && seconds >= WEEK && !kept && !self.around(&["deadline"]) {
            return None;
        }
        // The nearer of the two words counts: "RPO 15 minutes, RTO 4 hours".
        let nearest =
            self.before.iter().rev().chain(rest.iter().take_while(|word| **word != ",")).find_map(|word| {
                match *word {
                    "rto" | "restore" | "recover" | "recovery" | "outage" => Some("rto"),
                    "rpo" | "loss" | "lose" | "lost" => Some("rpo"),
                    _ => None,
                }
            });
        let answered = self
            .around(&["respond", "response", "load", "latency", "within", "return", "display", "complete"]);
        // "a reading every 30 seconds" is how often, not how fast.
        let often = matches!(self.before.last(), Some(&("every" | "each")));
        let kind = match nearest {
            Some(kind) => kind,
            None if seconds >= 86_400.0 && (kept || self.is_kept_so_long(last)) => "retention",
            None if self.is_deadline(seconds, rest) => "deadline",
            None if !often && (seconds <= 120.0 || seconds <= 3600.0 && answered) => "latency",
            None => "count",
        };
        Some(self.quantity(kind, seconds, "seconds"))
    }

    /// "Erased after 30 days", "revisions: 2 years", "raw readings 90 days": how long something is there. In "events are kept
    /// for 13 months and proofs for 2 years" the verb is said once.
    fn is_kept_so_long(&self, last: Option<&Quantity>) -> bool {
        const REMOVED: &[&str] = &[
            "delete",
            "history",
            "remove",
            "erase",
            "purge",
            "wipe",
            "throw",
            "thrown",
            "destroy",
            "drop",
            "anonymise",
            "anonymize",
            "discard",
        ];
        if self.around(REMOVED) {
            return true;
        }
        let own = &self.words[self.piece.start..self.amount.end.min(self.words.len())];
        let stays = |word: &Word| matches!(word.lemma.as_str(), "live" | "stay" | "remain");
        let acts = own.iter().any(|word| matches!(word.tag, Tag::Verb(_) | Tag::Modal) && !stays(word));
        let gapped = last.is_some_and(|last| last.kind == "retention");
        let records = || {
            self.words[self.piece.start..self.amount.start]
                .iter()
                .any(|word| knowledge::look_up(&knowledge::BESIDE, &word.lemma) == Some("records"))
        };
        !acts && (gapped || records())
    }

    /// "the first six months", "within 2 years of the launch" say when, not how long something takes.
    fn is_horizon(&self, rest: &[&str]) -> bool {
        let ordinal = |word: &Word| {
            matches!(word.lower.as_str(), "first" | "next" | "last" | "past" | "previous" | "coming")
        };
        let counted = self.amount.start.checked_sub(1).is_some_and(|at| ordinal(&self.words[at]));
        let event = rest
            .iter()
            .take(4)
            .any(|word| matches!(*word, "launch" | "release" | "deployment" | "installation"));
        counted || event && rest.first().is_some_and(|word| matches!(*word, "of" | "after"))
    }
}

/// A quantity with the word that tells it from others of its kind.
pub(crate) fn qualified(quantity: Quantity, qualifier: &str) -> Quantity {
    Quantity { qualifier: Some(qualifier.to_owned()), ..quantity }
}

/// A ratio without the last digits that binary fractions leave behind: 0.999 and not 0.9990000000000001.
fn tidy(ratio: f64) -> f64 {
    (ratio * 1e12).round() / 1e12
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

/// How many words before a bound may stand the word that denies it.
const DENIED: usize = 6;

fn comparator(before: &[&str], after: &[&str]) -> &'static str {
    const BELOW: &[&str] = &["under", "below", "less", "fewer"];
    const ABOVE: &[&str] = &["over", "more", "above", "exceed", "longer", "later"];
    let tail: Vec<&str> = before.iter().rev().take(5).copied().collect();
    let said = |list: &[&str]| tail.iter().any(|word| list.contains(word));
    // "no more than", "must not exceed", "must not take it below": what is denied is the other side.
    let denied = |list: &[&str]| {
        let at = before.iter().rposition(|word| list.contains(word));
        at.is_some_and(|at| {
            let scope = &before[at.saturating_sub(DENIED)..at];
            scope.iter().any(|word| matches!(*word, "no" | "not" | "never" | "cannot"))
        })
    };
    if said(&["least", "minimum"])
        || said(BELOW) && denied(BELOW)
        || after.first().is_some_and(|word| *word == "+")
    {
        ">="
    } else if said(&["within", "most", "maximum", "up", "max"]) || said(BELOW) || said(ABOVE) && denied(ABOVE)
    {
        "<="
    } else if said(ABOVE) {
        ">"
    } else if said(&["about", "approximately", "around", "roughly", "some", "~", "nearly", "almost"]) {
        "~"
    } else {
        "="
    }
}
