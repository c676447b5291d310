//! How numbers are written: figures, number words, multipliers, ranges, units written onto the figure.

use crate::words::{Tag, Word};
use knowledge::{CURRENCIES, CurrencyRow};

/// A number as written, before it is known what it counts.
pub(crate) struct Amount {
    pub(crate) value: f64,
    /// The upper end of a range, if it is one.
    pub(crate) to: Option<f64>,
    /// The first word of the number.
    pub(crate) start: usize,
    /// The word after the number.
    pub(crate) end: usize,
    pub(crate) percent: bool,
    /// The currency, where it is an amount of money.
    pub(crate) currency: Option<&'static CurrencyRow>,
    /// A unit written onto the number: `200ms`, `5GB`.
    pub(crate) suffix: String,
}

/// Units of time in seconds.
pub(crate) const TIMES: &[(&str, f64)] = &[
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
pub(crate) const SIZES: &[(&str, f64)] = &[
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

/// Whether a number can start at a word; "out of 1000" does.
pub(crate) fn starts_number(word: &Word) -> bool {
    let Some(first) = word.lower.as_bytes().first() else { return false };
    first.is_ascii_digit()
        || word.among(knowledge::NUMBER_WORDS)
        || word.is("out")
        // Only tens are joined to ones, of which none begins otherwise.
        || matches!(first, b't' | b'f' | b's' | b'e' | b'n')
            && word.lower.contains('-')
            && word_value(word.lower).is_some()
}

/// A length of time in one word, which is below it.
pub(crate) const SUB_SECOND: &str = "sub-second";

/// "In under a second", "less than a minute": one of a unit, where only a length of time can stand. "In a second step" has
/// none.
pub(crate) fn is_one_unit(words: &[Word], at: usize) -> bool {
    if words[at].is(SUB_SECOND) {
        return true;
    }
    // Asked of each word of a text, most of which are no article.
    if !words[at].is("a") && !words[at].is("an") {
        return false;
    }
    let bounded = |before: usize| {
        matches!(words[before].lower, "under" | "within" | "below" | "than" | "in" | "most" | "over")
    };
    let measured =
        words.get(at + 1).is_some_and(|next| matches!(next.lower, "second" | "millisecond" | "minute"));
    // "A loss of an hour is fine", "losing more than a day's work".
    let lost = || {
        words[at.saturating_sub(6)..at].iter().any(|word| {
            matches!(word.lemma, "loss" | "lose" | "losing" | "downtime" | "outage" | "rpo" | "rto")
        })
    };
    let of_loss = words.get(at + 1).is_some_and(|next| unit(TIMES, next.lower).is_some())
        && at.checked_sub(1).is_some_and(|before| matches!(words[before].lower, "of" | "than" | "most"));
    if of_loss && lost() {
        return true;
    }
    let goes_on = || words.get(at + 2).is_some_and(|next| matches!(next.tag, Tag::Noun | Tag::Adjective));
    // "Archived after a year": a length of time, and "after a day of work" none.
    let after = at > 0
        && words[at - 1].is("after")
        && words.get(at + 1).is_some_and(|next| next.lower.len() > 3 && unit(TIMES, next.lower).is_some())
        && !words.get(at + 2).is_some_and(|next| next.is("of"));
    if after && !goes_on() {
        return true;
    }
    measured && at.checked_sub(1).is_some_and(bounded) && !goes_on()
}

/// The number that starts at a word.
pub(crate) fn amount(text: &str, words: &[Word], start: usize) -> Option<Amount> {
    let sign = start.checked_sub(1).map_or("", |before| words[before].lower);
    let word = words.get(start)?;
    let (mut value, suffix, mut end) = match figure(word.lower) {
        Some((value, suffix)) => (value, suffix, start + 1),
        None if word.is(SUB_SECOND) => (1.0, "s".to_owned(), start + 1),
        None if is_one_unit(words, start) => (1.0, String::new(), start + 1),
        None => spelled(words, start).map(|(value, end)| (value, String::new(), end))?,
    };
    // Part of a name or clause number: "v2", "2nd", "3.1.2", "ISO 27001", "24x7".
    if start > 0 && !word.spaced && matches!(words[start - 1].lower, "-" | "/" | "." | "_" | "#") {
        return None;
    }
    let mut suffix = suffix;
    // "10 000": groups of three digits.
    while (1.0..1e12).contains(&value)
        && suffix.is_empty()
        && words
            .get(end)
            .is_some_and(|next| next.lower.len() == 3 && next.lower.bytes().all(|b| b.is_ascii_digit()))
        && (end > start + 1 || word.lower.len() <= 3 && word.lower.starts_with(|c: char| c.is_ascii_digit()))
    {
        value = value * 1000.0 + words[end].lower.parse::<f64>().unwrap_or(0.0);
        end += 1;
    }
    while let Some(factor) = words.get(end).and_then(|next| multiplier(next.lower)) {
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
    let dash = words.get(end).is_some_and(|next| matches!(next.lower, "-" | "–" | "—") || next.lower == "to");
    if dash
        && let Some(upper) =
            amount(text, words, end + 1).filter(|upper| upper.to.is_none() && upper.value > value)
    {
        // "2-3 million": the multiplier belongs to both ends.
        let factor = words[end + 2..upper.end.max(end + 2)]
            .iter()
            .filter_map(|word| multiplier(word.lower))
            .product::<f64>();
        // "2-3k" is the same.
        let own = figure(words[end + 1].lower).and_then(|(_, suffix)| multiplier(&suffix));
        let factor = factor * own.filter(|_| upper.suffix.is_empty()).unwrap_or(1.0);
        if value < 1000.0 && factor > 1.0 {
            value *= factor;
        }
        to = Some(upper.value);
        end = upper.end;
        suffix = upper.suffix;
    }
    let percent =
        words.get(end).is_some_and(|next| matches!(next.lower, "%" | "percent" | "pct")) || suffix == "%";
    if percent && suffix != "%" {
        end += 1;
    }
    let currency = currency(sign).or_else(|| currency(words.get(end)?.lower));
    Some(Amount { value, to, start, end, percent, currency, suffix })
}

/// The currency that a sign or word stands for.
pub(crate) fn currency(word: &str) -> Option<&'static CurrencyRow> {
    CURRENCIES.iter().find(|row| row.words.contains(&word))
}

/// A figure with a unit written onto it: `1,000`, `99.9`, `200ms`, `10k`.
pub(crate) fn figure(word: &str) -> Option<(f64, String)> {
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

/// What number words say, those that others are added to or that multiply them aside.
const WORDS: &[(&str, f64)] = &[
    ("zero", 0.0),
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
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("dozen", 12.0),
];

/// The tens, which ones may follow: "forty", "forty-five".
const TENS: &[(&str, f64)] = &[
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

/// The value of a word that is a number by itself.
pub(crate) fn word_value(word: &str) -> Option<f64> {
    // Each word of a text is asked for; most are longer, shorter or begin otherwise than any number.
    let opens =
        |letter: &u8| matches!(letter, b'b' | b'd'..=b'f' | b'h' | b'm' | b'n' | b'o' | b's' | b't' | b'z');
    if word.len() < 3 || !word.as_bytes().first().is_some_and(opens) {
        return None;
    }
    let simple = |word: &str| unit(WORDS, word).or_else(|| unit(TENS, word));
    simple(word).or_else(|| {
        let (tens, ones) = word.split_once('-')?;
        Some(unit(TENS, tens)? + unit(WORDS, ones).filter(|ones| (1.0..10.0).contains(ones))?)
    })
}

/// A number in words, and the word after it: "forty five", "one hundred and twenty", "half a million", "two and a half".
fn spelled(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.is(text));
    if is(at, "half") && (is(at + 1, "a") || is(at + 1, "an")) {
        let next = words.get(at + 2)?;
        let measured = multiplier(next.lower).is_some() || unit(TIMES, next.lemma).is_some();
        return measured.then_some((0.5, at + 2));
    }
    let word = &words[at];
    let mut value = word_value(word.lower)?;
    let mut end = at + 1;
    if unit(TENS, word.lower).is_some()
        && let Some(ones) = words.get(end).and_then(|next| unit(WORDS, next.lower))
        && (1.0..10.0).contains(&ones)
    {
        value += ones;
        end += 1;
    }
    if is(end, "hundred") && value < 100.0 {
        value *= 100.0;
        end += 1;
    }
    // "Two hundred and six": what is added is written as a word as well.
    if is(end - 1, "hundred")
        && is(end, "and")
        && let Some(rest) = words.get(end + 1).and_then(|next| word_value(next.lower))
        && rest < 100.0
    {
        value += rest;
        end += 2;
    }
    if is(end, "and") && is(end + 1, "a") && is(end + 2, "half") {
        return Some((value + 0.5, end + 3));
    }
    // "one" is a number only before something that is measured, or before those who build; elsewhere it is a pronoun.
    let measured = words.get(end).is_some_and(|next| {
        unit(TIMES, next.lemma).is_some()
            || unit(SIZES, next.lemma).is_some()
            || multiplier(next.lower).is_some()
    });
    let builder = || words[end.min(words.len())..].iter().take(2).any(crate::counted::is_builder);
    (!(0.5..=1.5).contains(&value) || measured || builder()).then_some((value, end))
}

/// The factor of a word that multiplies the number before it.
pub(crate) fn multiplier(word: &str) -> Option<f64> {
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

/// The factor of a unit.
pub(crate) fn unit(units: &[(&str, f64)], word: &str) -> Option<f64> {
    units.iter().find(|(name, _)| *name == word).map(|(_, factor)| *factor)
}
