//! Numbers with a meaning, in base units.

use crate::model::Quantity;
use crate::words::{Tag, Word};

/// A number as written, before it is known what it counts.
struct Amount {
    value: f64,
    /// The upper end of a range, if it is one.
    to: Option<f64>,
    /// The first word of the number.
    start: usize,
    /// The word after the number.
    end: usize,
    percent: bool,
    currency: bool,
    /// A unit written onto the number: `200ms`, `5GB`.
    suffix: String,
}

/// Units of time in seconds.
const TIMES: &[(&str, f64)] = &[
    ("ms", 0.001),
    ("millisecond", 0.001),
    ("msec", 0.001),
    ("s", 1.0),
    ("sec", 1.0),
    ("second", 1.0),
    ("min", 60.0),
    ("minute", 60.0),
    ("h", 3600.0),
    ("hr", 3600.0),
    ("hour", 3600.0),
    ("day", 86_400.0),
    ("week", 604_800.0),
    ("month", 2_629_800.0),
    ("year", 31_557_600.0),
    ("quarter", 7_889_400.0),
];

/// Units of size in bytes.
const SIZES: &[(&str, f64)] = &[
    ("b", 1.0),
    ("byte", 1.0),
    ("kb", 1e3),
    ("kilobyte", 1e3),
    ("mb", 1e6),
    ("megabyte", 1e6),
    ("gb", 1e9),
    ("gigabyte", 1e9),
    ("tb", 1e12),
    ("terabyte", 1e12),
    ("pb", 1e15),
    ("petabyte", 1e15),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
    ("tib", 1_099_511_627_776.0),
];

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

/// The quantities of a sentence.
pub(crate) fn quantities(text: &str, statement: &str, words: &[Word], next_id: &mut u32) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
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
            if let Some(mut quantity) = read(statement, words, &amount, value) {
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
            value: part / whole,
            unit: "ratio".to_owned(),
            comparator: "=".to_owned(),
            qualifier: None,
            statement: statement.to_owned(),
        };
        (quantity, end.min(words.len()).max(at + 1))
    })
}

/// The number that starts at a word.
fn amount(text: &str, words: &[Word], start: usize) -> Option<Amount> {
    let currency_before = start > 0
        && matches!(words[start - 1].lower.as_str(), "$" | "€" | "£" | "usd" | "eur" | "gbp")
        || start > 0 && words[start - 1].lower == "us$";
    let word = &words[start];
    let (mut value, suffix) =
        figure(&word.lower).or_else(|| number_word(words, start).map(|value| (value, String::new())))?;
    // Part of a name or clause number: "v2", "2nd", "3.1.2", "ISO 27001", "24x7".
    if start > 0 && !word.spaced && matches!(words[start - 1].lower.as_str(), "-" | "/" | "." | "_" | "#") {
        return None;
    }
    let mut end = start + 1;
    let mut suffix = suffix;
    // "10 000": groups of three digits.
    while value < 1e12
        && value >= 1.0
        && suffix.is_empty()
        && words
            .get(end)
            .is_some_and(|next| next.lower.len() == 3 && next.lower.bytes().all(|b| b.is_ascii_digit()))
        && (end > start + 1 || word.lower.len() <= 3)
    {
        value = value * 1000.0 + words[end].lower.parse::<f64>().unwrap_or(0.0);
        end += 1;
    }
    while let Some(factor) = words.get(end).and_then(|next| multiplier(&next.lower)) {
        value *= factor;
        end += 1;
    }
    if let Some(factor) = multiplier(&suffix) {
        // "5m" is five million of something countable, "5 m" five minutes: only capital M and k, b are read so.
        let written = &text[word.span.clone()];
        if suffix != "m" || written.ends_with('M') {
            value *= factor;
            suffix.clear();
        }
    }
    let mut to = None;
    let dash = words
        .get(end)
        .is_some_and(|next| matches!(next.lower.as_str(), "-" | "–" | "—") || next.lower == "to");
    if dash
        && let Some(upper) =
            amount(text, words, end + 1).filter(|upper| upper.to.is_none() && upper.value > value)
    {
        // "2-3 million": the multiplier belongs to both ends.
        let factor = words[end + 2..upper.end.max(end + 2)]
            .iter()
            .filter_map(|word| multiplier(&word.lower))
            .product::<f64>();
        if value < 1000.0 && factor > 1.0 {
            value *= factor;
        }
        to = Some(upper.value);
        end = upper.end;
        suffix = upper.suffix;
    }
    let percent = words.get(end).is_some_and(|next| matches!(next.lower.as_str(), "%" | "percent" | "pct"))
        || suffix == "%";
    if percent && suffix != "%" {
        end += 1;
    }
    let currency_after = words.get(end).is_some_and(|next| {
        matches!(
            next.lower.as_str(),
            "$" | "€" | "£" | "usd" | "eur" | "gbp" | "dollar" | "dollars" | "euro" | "euros" | "pounds"
        )
    });
    Some(Amount { value, to, start, end, percent, currency: currency_before || currency_after, suffix })
}

/// A figure with a unit written onto it: `1,000`, `99.9`, `200ms`, `10k`.
fn figure(word: &str) -> Option<(f64, String)> {
    let digits = word.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    if digits == 0 || !word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let (number, suffix) = word.split_at(digits);
    let grouped = number
        .split(',')
        .skip(1)
        .all(|group| group.split('.').next().is_some_and(|g| g.len() == 3 || g.len() == 2));
    let plain = if grouped { number.replace(',', "") } else { number.replace(',', ".") };
    let known = suffix.is_empty()
        || multiplier(suffix).is_some()
        || unit(TIMES, suffix).is_some()
        || unit(SIZES, suffix).is_some();
    (known && plain.matches('.').count() <= 1)
        .then(|| plain.parse().ok())
        .flatten()
        .map(|value| (value, suffix.to_owned()))
}

fn number_word(words: &[Word], at: usize) -> Option<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("fifteen", 15.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("hundred", 100.0),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("dozen", 12.0),
    ];
    let value = WORDS.iter().find(|(word, _)| words[at].is(word)).map(|(_, value)| *value)?;
    // "one" is a number only before something that is measured; elsewhere it is a pronoun.
    let measured = words.get(at + 1).is_some_and(|next| {
        unit(TIMES, &next.lemma).is_some()
            || unit(SIZES, &next.lemma).is_some()
            || multiplier(&next.lower).is_some()
    });
    (value > 1.0 || measured).then_some(value)
}

fn multiplier(word: &str) -> Option<f64> {
    Some(match word {
        "k" | "thousand" | "thousands" => 1e3,
        "m" | "mm" | "mn" | "million" | "millions" | "mio" => 1e6,
        "b" | "bn" | "billion" | "billions" => 1e9,
        "trillion" => 1e12,
        "hundred" => 100.0,
        "lakh" | "lakhs" => 1e5,
        "crore" | "crores" => 1e7,
        _ => return None,
    })
}

fn unit(units: &[(&str, f64)], word: &str) -> Option<f64> {
    units.iter().find(|(name, _)| *name == word).map(|(_, factor)| *factor)
}

/// What a number counts or measures; nothing for a bare number.
fn read(statement: &str, words: &[Word], amount: &Amount, value: f64) -> Option<Quantity> {
    let near = |from: usize, to: usize| {
        words[from.min(words.len())..to.min(words.len())]
            .iter()
            .map(|word| word.lemma.as_str())
            .collect::<Vec<_>>()
    };
    let before = near(amount.start.saturating_sub(8), amount.start);
    let after = near(amount.end, amount.end + 6);
    let any = |lemmas: &[&str], list: &[&str]| lemmas.iter().any(|lemma| list.contains(lemma));
    let around = |list: &[&str]| any(&before, list) || any(&after, list);
    let quantity = |kind: &str, value: f64, unit: &str, qualifier: Option<String>| {
        Some(Quantity {
            id: String::new(),
            kind: kind.to_owned(),
            value,
            unit: unit.to_owned(),
            comparator: comparator(&before, &after).to_owned(),
            qualifier,
            statement: statement.to_owned(),
        })
    };
    let qualifier = qualifier(words, amount);
    if amount.currency {
        let budgeted =
            words.iter().any(|word| matches!(word.lemma.as_str(), "budget" | "spend" | "afford" | "hosting"));
        return quantity(
            if budgeted || around(&["cost"]) { "budget" } else { "count" },
            value,
            "currency",
            qualifier,
        );
    }
    if amount.percent {
        let share = value / 100.0;
        // "100 % of the orders" is all of them, which sets no bound.
        if share >= 1.0
            && after.first().is_some_and(|word| *word == "of")
            && !around(&["availability", "available", "uptime"])
        {
            return None;
        }
        let up = around(&["availability", "available", "uptime", "sla", "up", "operational", "time"])
            && value >= 90.0;
        return quantity(if up { "availability" } else { "ratio" }, share, "ratio", qualifier);
    }
    let next = if amount.suffix.is_empty() {
        after.first().copied().unwrap_or_default()
    } else {
        amount.suffix.as_str()
    };
    let rest = if amount.suffix.is_empty() { after.get(1..).unwrap_or_default() } else { after.as_slice() };
    if let Some(factor) = unit(SIZES, next).filter(|_| next != "b" || !amount.suffix.is_empty()) {
        if let Some(seconds) = period(rest) {
            return quantity("payload", value * factor / seconds, "bytes per second", qualifier);
        }
        let stored = around(&["storage", "store", "disk", "database", "archive", "total"]);
        return quantity(if stored { "storage" } else { "payload" }, value * factor, "bytes", qualifier);
    }
    if let Some(factor) = unit(TIMES, next) {
        let seconds = value * factor;
        // "the first six months", "within 2 years of the launch" say when, not how long something takes.
        let horizon = before
            .last()
            .is_some_and(|word| matches!(*word, "first" | "next" | "last" | "past" | "previous" | "coming"))
            || rest
                .iter()
                .take(4)
                .any(|word| matches!(*word, "launch" | "release" | "deployment" | "installation"))
                && rest.first().is_some_and(|word| matches!(*word, "of" | "after"));
        if horizon
            && seconds >= 604_800.0
            && !around(&["keep", "kept", "retain", "retention", "store", "archive", "deadline"])
        {
            return None;
        }
        // The nearer of the two words counts: "RPO 15 minutes, RTO 4 hours".
        let nearest = before.iter().rev().chain(rest).find_map(|word| match *word {
            "rto" | "restore" | "recover" | "recovery" => Some("rto"),
            "rpo" | "loss" | "lose" => Some("rpo"),
            _ => None,
        });
        let kind = if let Some(kind) = nearest {
            kind
        } else if around(&["retain", "retention", "keep", "kept", "archive", "delete", "history"])
            && seconds >= 86_400.0
        {
            "retention"
        } else if around(&["deadline", "launch", "live", "deliver", "release"]) && seconds >= 604_800.0 {
            "deadline"
        } else if seconds <= 120.0
            || around(&["respond", "response", "load", "latency", "within", "return", "display", "complete"])
                && seconds <= 3600.0
        {
            "latency"
        } else {
            "count"
        };
        return quantity(kind, seconds, "seconds", qualifier);
    }
    // "3,000 requests per second": a noun within the next three words that something counts.
    let reach = after.iter().take(4).position(|lemma| COUNTED.iter().any(|(_, nouns)| nouns.contains(lemma)));
    // "a team of eight"
    if before.ends_with(&["team", "of"]) {
        return quantity("team", value, "count", qualifier);
    }
    let per = period(&after);
    if let Some(position) = reach {
        let noun = after[position];
        let kind = COUNTED.iter().find(|(_, nouns)| nouns.contains(&noun)).map_or("count", |(kind, _)| *kind);
        let rate = period(&after[position + 1..]);
        let at_once =
            around(&["concurrent", "simultaneous", "concurrently", "simultaneously", "parallel", "once"]);
        return match (kind, rate) {
            ("users", _) if at_once => quantity("concurrent", value, "count", qualifier),
            ("users", Some(86_400.0)) => quantity("dau", value, "count", qualifier),
            ("users", _) if around(&["daily", "dau"]) || on_a_day(&after[position + 1..]) => {
                quantity("dau", value, "count", qualifier)
            }
            ("users" | "devices" | "tenants", _) => quantity(kind, value, "count", qualifier),
            ("team", _) => quantity("team", value, "count", qualifier),
            (_, Some(seconds)) => quantity(kind, value / seconds, "per second", qualifier),
            _ if around(&["daily"]) && kind != "users" => {
                quantity(kind, value / 86_400.0, "per second", qualifier)
            }
            _ => quantity(
                if matches!(kind, "users" | "devices" | "tenants") { kind } else { "count" },
                value,
                "count",
                qualifier.or_else(|| Some(noun.to_owned())),
            ),
        };
    }
    if let Some(seconds) = per
        && let Some(noun) = words.get(amount.end).filter(|word| word.tag == Tag::Noun)
    {
        // Things that are counted by the period come into being: "550 appointments a day".
        return quantity(
            "writes",
            value / seconds,
            "per second",
            qualifier.or_else(|| Some(noun.lemma.clone())),
        );
    }
    // A number before any other noun counts it; a bare number means nothing.
    let noun = words
        .get(amount.end)
        .filter(|word| word.tag == Tag::Noun && word.lower.chars().all(char::is_alphabetic))
        .or_else(|| {
            words
                .get(amount.end + 1)
                .filter(|word| word.tag == Tag::Noun && words[amount.end].tag == Tag::Adjective)
        });
    let bare_year = amount.suffix.is_empty()
        && (1900.0..2100.0).contains(&value)
        && value.fract() == 0.0
        && words[amount.start].tag == Tag::Number
        && words[amount.start].lower.len() == 4;
    noun.filter(|_| !bare_year)
        .and_then(|noun| quantity("count", value, "count", qualifier.or_else(|| Some(noun.lemma.clone()))))
}

/// "on a normal day", "each working day".
fn on_a_day(after: &[&str]) -> bool {
    let day = after.iter().take(6).position(|word| *word == "day");
    day.is_some_and(|day| after[..day].iter().any(|word| matches!(*word, "on" | "per" | "each" | "every")))
}

/// The length in seconds of the period that a rate is given for.
fn period(after: &[&str]) -> Option<f64> {
    let at = after.iter().position(|lemma| matches!(*lemma, "per" | "/" | "every" | "each" | "a"));
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

fn qualifier(words: &[Word], amount: &Amount) -> Option<String> {
    const QUALIFIERS: &[&str] = &[
        "peak",
        "average",
        "avg",
        "p50",
        "p90",
        "p95",
        "p99",
        "p999",
        "maximum",
        "minimum",
        "median",
        "monthly",
        "registered",
        "active",
    ];
    // "at the peak", "on the busiest day" may stand anywhere in the sentence.
    if words.iter().any(|word| matches!(word.lemma.as_str(), "peak" | "busiest" | "rush" | "spike")) {
        return Some("peak".to_owned());
    }
    let range = amount.start.saturating_sub(5)..(amount.end + 6).min(words.len());
    words[range].iter().find(|word| QUALIFIERS.contains(&word.lower.as_str())).map(|word| word.lower.clone())
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
