//! Numbers with a meaning, in base units.

use crate::counted::of_those;
use crate::model::Quantity;
use crate::numbers::{Amount, SIZES, SUB_SECOND, TIMES, amount, figure, is_one_unit, starts_number, unit};
use crate::peaks::{peak_of, qualifier, tell_busiest};
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
        if !starts_number(&words[at]) && !is_one_unit(words, at) {
            at += 1;
            continue;
        }
        if let Some((times, end)) = clock(statement, words, at) {
            for quantity in times {
                *next_id += 1;
                found.push(Quantity { id: format!("q{next_id}"), ..quantity });
            }
            at = end;
            continue;
        }
        if let Some((quantity, end)) = proportion(statement, words, at) {
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
        // "By 1 March": a date.
        if words.get(amount.end).is_some_and(|next| is_beside(next.lower, "months")) && amount.value <= 31.0 {
            continue;
        }
        for (value, bound) in [(Some(amount.value), amount.to.map(|_| ">=")), (amount.to, Some("<="))] {
            let Some(value) = value else { continue };
            let reading = Reading::new(statement, words, &amount, value, framed);
            let quantity = reading
                .read(&found)
                .or_else(|| peak_of(words, &amount, value, found.last()?))
                .or_else(|| of_those(&reading, &found));
            // "An outage of a day is acceptable (RTO 24 hours)" says it once more.
            let again = quantity.as_ref().is_some_and(|quantity| {
                matches!(quantity.kind.as_str(), "rto" | "rpo")
                    && found.iter().any(|known| {
                        known.kind == quantity.kind && (known.value - quantity.value).abs() < f64::EPSILON
                    })
            });
            if let Some(mut quantity) = quantity.filter(|_| !again) {
                *next_id += 1;
                quantity.id = format!("q{next_id}");
                let bound = bound.or_else(|| words[amount.start].is(SUB_SECOND).then_some("<="));
                if let Some(bound) = bound {
                    bound.clone_into(&mut quantity.comparator);
                }
                found.push(quantity);
            }
        }
    }
    tell_busiest(words, &mut found);
    found
}

/// Times of day, with the word after them: "8am", "between 4 and 7 pm", "9:30", or service round the clock: "24 hours per
/// day", "24/7". They say something of the system only where the sentence tells when it is there: a meal that can be
/// cancelled until 8 am says when that ends.
fn clock(statement: &str, words: &[Word], at: usize) -> Option<(Vec<Quantity>, usize)> {
    let (hours, end) = hours(words, at)
        .map(|(times, end)| (times.into_iter().flatten().collect::<Vec<_>>(), end))
        .or_else(|| round_the_clock(words, at).map(|end| (vec![(86_400.0, "every day")], end)))?;
    let quantity = |(value, qualifier): (f64, &str)| Quantity {
        id: String::new(),
        kind: "availability".to_owned(),
        value,
        unit: "seconds".to_owned(),
        comparator: "=".to_owned(),
        qualifier: Some(qualifier.to_owned()),
        currency: None,
        statement: statement.to_owned(),
    };
    // What is said between semicolons is said of it alone.
    let ends = |word: &Word| matches!(word.lower, ";" | ".");
    let first = words[..at].iter().rposition(ends).map_or(0, |before| before + 1);
    let last = words[at..].iter().position(ends).map_or(words.len(), |after| at + after);
    let words = &words[first..last];
    let there = || words.iter().any(|word| is_beside(word.lower, "there") || is_beside(word.lemma, "there"));
    // "The system shall serve ten users from 9am to 5pm": it does so then.
    let serves = || {
        let is_it = |word: &Word| matches!(word.lemma, "system" | "product" | "application" | "platform");
        let opens = |pair: &[Word]| pair[0].is("from") && starts_number(&pair[1]);
        words.iter().any(is_it) && words.windows(2).any(opens)
    };
    let round = hours.iter().any(|(_, qualifier)| *qualifier == "every day");
    Some((
        if round || there() || serves() { hours.into_iter().map(quantity).collect() } else { Vec::new() },
        end,
    ))
}

/// The times of day that begin at a word, in seconds after midnight with whether something begins or ends then.
#[allow(clippy::type_complexity, reason = "a time has an end where it is a span")]
fn hours(words: &[Word], at: usize) -> Option<([Option<(f64, &'static str)>; 2], usize)> {
    const BETWEEN: [&str; 7] = ["to", "and", "-", "–", "until", "till", "or"];
    let (first, half, end) = hour(words, at)?;
    let joins = words.get(end).is_some_and(|word| BETWEEN.contains(&word.lower));
    // "between 4 and 7 pm": both in the same half of the day, unless the first would be the later one.
    if joins && let Some((second, Some(later), end)) = hour(words, end + 1).filter(|_| half.is_none()) {
        let first = if first > second { first } else { first + later };
        return Some(([Some((first, "from")), Some((second + later, "until"))], end));
    }
    let before = at.checked_sub(1).map_or("", |before| words[before].lower);
    let led = || {
        matches!(before, "from" | "before" | "after" | "at" | "by" | "since" | "between" | "around")
            || BETWEEN.contains(&before)
    };
    // A bare number is no time of day; "10:30" may be a share.
    let written = half.is_some() || end > at + 1 && led();
    let until = matches!(before, "to" | "and" | "-" | "–" | "until" | "till");
    let time = first + half.unwrap_or_default();
    written.then_some(([Some((time, if until { "until" } else { "from" })), None], end))
}

/// The hour that begins at a word, in seconds, with what its half of the day adds where the text names that, and the word
/// after it.
fn hour(words: &[Word], at: usize) -> Option<(f64, Option<f64>, usize)> {
    const NOON: f64 = 12.0;
    let lower = words.get(at)?.lower;
    let is = |at: usize, what: &[&str]| words.get(at).is_some_and(|word| what.contains(&word.lower));
    let half_of = |text: &str| match text {
        "am" => Some(0.0),
        "pm" => Some(NOON * 3600.0),
        _ => None,
    };
    let written = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm"));
    let digits: f64 = written.unwrap_or(lower).parse().ok().filter(|hour: &f64| hour.fract() == 0.0)?;
    let minutes =
        words.get(at + 2).filter(|word| !word.spaced && is(at + 1, &[":"]) && !words[at + 1].spaced);
    let tail = |word: &Word| {
        let digits = word.lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let half = half_of(&word.lower[digits.len()..]);
        let known = digits.len() == word.lower.len() || half.is_some();
        let minutes =
            digits.parse::<f64>().ok().filter(|minutes| known && digits.len() == 2 && *minutes < 60.0);
        minutes.map(|minutes| (minutes * 60.0, half))
    };
    let (minutes, mut half, mut end) = match minutes.map(tail) {
        Some(Some((minutes, half))) => (minutes, half, at + 3),
        Some(None) => return None,
        None => (0.0, written.and_then(|digits| half_of(&lower[digits.len()..])), at + 1),
    };
    if half.is_none()
        && let Some(named) = words.get(end).and_then(|next| half_of(next.lower))
    {
        half = Some(named);
        end += 1;
    }
    if is(end, &["o'clock"]) {
        end += 1;
    }
    let most = if half.is_some() { NOON } else { 24.0 };
    if digits > most || half.is_some() && digits < 1.0 {
        return None;
    }
    Some(((if half.is_some() { digits % NOON } else { digits }) * 3600.0 + minutes, half, end))
}

/// "24 hours per day", "24/7": the word after what says that something is there all the time.
fn round_the_clock(words: &[Word], at: usize) -> Option<usize> {
    let lower = words[at].lower;
    let following = |n: usize| words.get(at + n).map_or("", |word| word.lower);
    let round = lower == "24"
        && (matches!(following(1), "/" | "x") && following(2) == "7"
            || following(1) == "hours"
                && matches!(following(2), "per" | "a" | "each")
                && following(3) == "day")
        || lower == "24x7";
    // "365 days per year" says the same once more.
    let goes_on = |at: &usize| {
        matches!(
            words[*at].lower,
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
    };
    let end = (at..words.len()).take(12).rfind(goes_on).map_or(at + 1, |last| last + 1);
    round.then_some(end)
}

/// A share given by two counts: "999 out of 1000", "out of 1000 accesses the system is available 999 times".
fn proportion(statement: &str, words: &[Word], at: usize) -> Option<(Quantity, usize)> {
    let value = |at: usize| {
        words
            .get(at)
            .and_then(|word| figure(word.lower))
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
    let available = words.iter().any(|word| matches!(word.lemma, "available" | "availability" | "uptime"));
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

/// What an answer is called: a page that takes more than 3 seconds is too slow.
const ANSWERS: &[&str] =
    &["page", "screen", "request", "response", "answer", "search", "query", "report", "result"];

/// The bytes from which a size is that of all data, and not of one thing.
const LARGEST_PAYLOAD: f64 = 1e11;

/// The seconds of a week.
pub(crate) const WEEK: f64 = 604_800.0;

/// An amount with the words around it.
pub(crate) struct Reading<'a> {
    pub(crate) statement: &'a str,
    pub(crate) words: &'a [Word<'a>],
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
    fn new(statement: &'a str, words: &'a [Word<'a>], amount: &'a Amount, value: f64, framed: bool) -> Self {
        let piece = piece(words, amount);
        let near = |range: Range<usize>| words[range].iter().map(|word| word.lemma).collect();
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
    pub(crate) fn told(&self) -> &'a [Word<'a>] {
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

    /// "Each probe sends a reading every 20 seconds": whether what comes so often is told by devices. What the system itself
    /// does so often is none of their load.
    fn is_told_by_devices(&self) -> bool {
        let words = &self.words[self.reach().start..self.amount.start];
        let telling = knowledge::interface("telling");
        let Some(verb) = words.iter().rposition(|word| telling.contains(&word.lemma)) else {
            return false;
        };
        let subject = words[..verb].iter().rev().find(|word| word.tag == Tag::Noun);
        subject.is_some_and(|word| {
            let devices = knowledge::interface("telling-devices");
            devices.contains(&word.lemma)
                || knowledge::look_up(&knowledge::COUNTED, word.lemma) == Some("devices")
        })
    }

    fn share(&self) -> Option<Quantity> {
        let share = tidy(self.value / 100.0);
        // "100 % of the orders" is all of them, which sets no bound.
        let all = share >= 1.0 && self.after.first().is_some_and(|word| *word == "of");
        let named = self.around(&["availability", "available", "uptime"]);
        if all && !named {
            return None;
        }
        // "95 % under a second": so many are answered in that time.
        let answered =
            self.after.iter().take(4).any(|word| matches!(*word, "under" | "within" | "below" | "faster"));
        let up = self.value >= 90.0
            && !answered
            && (named || self.is_nines() || self.around(&["sla", "up", "operational", "time", "hour"]));
        Some(self.quantity(if up { "availability" } else { "ratio" }, share, "ratio"))
    }

    /// "99.9 %", "we promise 99.95 %", "99 % is fine": a share from 99 % that nothing is said to be a share of.
    fn is_nines(&self) -> bool {
        let of_nothing = match self.after.first() {
            None => true,
            Some(next) => {
                matches!(
                    *next,
                    "." | "," | "(" | ")" | "during" | "in" | "over" | "or" | "on" | "at" | "between" | ";"
                ) || knowledge::holds(knowledge::BE, next)
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
        let cut_off = self.is_cut_off();
        // "Data of a loss are deleted six months after it is closed": a record called loss, and what is kept so long.
        let goes = self.around(&[
            "delete",
            "deleted",
            "erase",
            "erased",
            "purge",
            "purged",
            "anonymise",
            "anonymize",
        ]);
        let loses = self.loses_data() && !goes;
        let nearest =
            self.before.iter().rev().chain(rest.iter().take_while(|word| **word != ",")).find_map(|word| {
                match *word {
                    "rto" | "downtime" => Some("rto"),
                    "back" if self.comes_back() => Some("rto"),
                    "rpo" => Some("rpo"),
                    "restore" | "recover" | "recovery" | "outage" if !cut_off => Some("rto"),
                    "loss" | "lose" | "lost" if loses && !cut_off => Some("rpo"),
                    _ => None,
                }
            });
        let answered = self
            .around(&["respond", "response", "load", "latency", "within", "return", "display", "complete"]);
        // "a reading every 30 seconds" is how often, not how fast.
        let often = matches!(self.before.last(), Some(&("every" | "each")));
        // "Hotter for more than 90 seconds" is no time in which an answer comes.
        let longer = matches!(comparator(&self.before, &self.after), ">" | ">=")
            && !self.told().iter().any(|word| ANSWERS.contains(&word.lemma));
        // "If nobody answers within 5 minutes" is how long one waits before something else is done.
        let waited = self.before.iter().any(|word| matches!(*word, "if" | "unless"))
            && self
                .before
                .iter()
                .any(|word| knowledge::holds(knowledge::NEGATIONS, word) || *word == "nobody");
        let kind = match nearest {
            Some(kind) => kind,
            None if often && self.is_told_by_devices() => "interval",
            // What is held back until the line is there again is not kept so long.
            None if seconds >= 86_400.0 && !cut_off && (kept || self.is_kept_so_long(last)) => "retention",
            None if self.is_deadline(seconds, rest) => "deadline",
            None if !often && !waited && !longer && (seconds <= 120.0 || seconds <= 3600.0 && answered) => {
                "latency"
            }
            None => "count",
        };
        let quantity = self.quantity(kind, seconds, "seconds");
        // "95 % under a second": the share that has to be answered so fast.
        let share =
            last.filter(|last| kind == "latency" && last.kind == "ratio" && (0.5..1.0).contains(&last.value));
        match share.map(|share| share.value.to_string()) {
            Some(share) if quantity.qualifier.is_none() => {
                let digits = share.trim_start_matches("0.");
                let digits = if digits.len() == 1 { format!("{digits}0") } else { digits.to_owned() };
                Some(qualified(quantity, &format!("p{digits}")))
            }
            _ => Some(quantity),
        }
    }

    /// "After a crash the system must be back within a minute".
    fn comes_back(&self) -> bool {
        let fails = |word: &Word| {
            matches!(
                word.lemma,
                "crash" | "failure" | "outage" | "fail" | "breakdown" | "restart" | "disaster"
            )
        };
        let back = self.before.windows(2).any(|pair| {
            pair[1] == "back" && matches!(pair[0], "be" | "is" | "are" | "come" | "run" | "online" | "up")
        });
        let in_operation = self
            .before
            .windows(3)
            .any(|three| matches!(three, ["back", "in" | "into", "operation" | "service"]));
        // "At most an hour of data may be lost, and the service must be back within two": what fails is the whole.
        let whole = |word: &&str| {
            matches!(*word, "service" | "system" | "site" | "platform" | "application" | "server" | "website")
        };
        in_operation || back && (self.told().iter().any(fails) || self.before.iter().any(whole))
    }

    /// "When the connection is lost for up to an hour": how long something goes on without a line to the rest, which loses no
    /// data.
    fn is_cut_off(&self) -> bool {
        let told = self.told();
        let lines = told.iter().enumerate().filter(|(_, word)| is_beside(word.lemma, "lines"));
        let mut near = lines.flat_map(|(at, _)| &told[at.saturating_sub(4)..told.len().min(at + 8)]);
        near.any(|word| {
            is_beside(word.lemma, "cutting") || matches!(word.lower, "without" | "no" | "down" | "lost")
        })
    }

    /// "Lose at most a day", "15 minutes of data loss": what is lost is so much of what was recorded. A lost card is
    /// another thing.
    fn loses_data(&self) -> bool {
        let own = &self.words[self.piece.clone()];
        own.iter().any(|word| is_beside(word.lemma, "losable") || is_beside(word.lemma, "records"))
            || own.iter().any(|word| {
                matches!(word.lemma, "loss" | "lose") && !(word.is("lost") && word.tag == Tag::Adjective)
            }) && !own.iter().any(|word| word.is("lost") && self.narrows(word))
    }

    /// Whether a word stands right before a noun, of which it says which one is meant: "lost cards".
    fn narrows(&self, word: &Word) -> bool {
        let at = self.words.iter().position(|other| other.span == word.span);
        at.and_then(|at| self.words.get(at + 1)).is_some_and(|next| next.tag == Tag::Noun)
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
        // "Letters younger than 80 years are seen by the archivist only": how old they are, and not until when they are there.
        let aged =
            ["younger", "newer", "older", "elder", "aged"].iter().any(|word| self.before.contains(word));
        if aged && !self.around(&["keep", "kept", "retain", "retention", "archive", "store"]) {
            return false;
        }
        let own = &self.words[self.piece.start..self.amount.end.min(self.words.len())];
        let stays = |word: &Word| matches!(word.lemma, "live" | "stay" | "remain");
        let acts = own.iter().any(|word| matches!(word.tag, Tag::Verb(_) | Tag::Modal) && !stays(word));
        let gapped = last.is_some_and(|last| last.kind == "retention");
        let records = || {
            self.words[self.piece.start..self.amount.start]
                .iter()
                .any(|word| is_beside(word.lemma, "records"))
        };
        // "Photos are kept until the member leaves, orders for 2 years": the verb is said once, beside no length.
        let item = crate::pieces::item(self.words, self.amount).start;
        let own = &self.words[item..self.amount.start];
        let verbless = self.before.last().is_some_and(|word| *word == "for")
            && !own.iter().any(|word| matches!(word.tag, Tag::Verb(_) | Tag::Modal));
        let sentence = &self.words[..item];
        let listed = verbless
            && sentence.iter().any(|word| matches!(word.lemma, "keep" | "retain"))
            && sentence.iter().any(|word| word.is("until"));
        listed || !acts && (gapped || records())
    }

    /// "the first six months", "within 2 years of the launch" say when, not how long something takes.
    fn is_horizon(&self, rest: &[&str]) -> bool {
        let ordinal =
            |word: &Word| matches!(word.lower, "first" | "next" | "last" | "past" | "previous" | "coming");
        let counted = self.amount.start.checked_sub(1).is_some_and(|at| ordinal(&self.words[at]));
        let event = rest
            .iter()
            .take(4)
            .any(|word| matches!(*word, "launch" | "release" | "deployment" | "installation"));
        counted || event && rest.first().is_some_and(|word| matches!(*word, "of" | "after"))
    }
}

/// Whether a word decides in this way what a number beside it is.
pub(crate) fn is_beside(lemma: &str, how: &str) -> bool {
    knowledge::look_up(&knowledge::BESIDE, lemma) == Some(how)
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
