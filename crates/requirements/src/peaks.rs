//! When more comes than usual: which numbers are those of a peak, and the other words that tell a number from its kind.

use crate::counted::on_a_day;
use crate::model::Quantity;
use crate::numbers::{Amount, starts_number};
use crate::quantities::{opens_period, period, qualified};
use crate::words::Word;

/// The word that tells a number from others of its kind: `peak`, `average`, `p99` ….
pub(crate) fn qualifier(words: &[Word], amount: &Amount) -> Option<String> {
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
    // "at the peak", "on the busiest day" may stand anywhere in the sentence; of "a peak of 300" there is none before.
    let of_another = peaked(words).is_some_and(|at| amount.start < at);
    if !of_another && words.iter().any(|word| matches!(word.lemma, "peak" | "busiest" | "rush" | "spike")) {
        return Some("peak".to_owned());
    }
    if sells_out(words) || rushes(words, amount) {
        return Some("peak".to_owned());
    }
    let range = amount.start.saturating_sub(5)..(amount.end + 6).min(words.len());
    words[range]
        .iter()
        .find(|word| QUALIFIERS.contains(&word.lower) && !(of_another && word.is("peak")))
        .map(|word| word.lower.to_string())
}

/// "on pay day", "over the January sale": days on which more comes than usual.
fn sells_out(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let day = word.is("payday")
            || word.is("pay") && words.get(at + 1).is_some_and(|next| next.is("day"))
            || word.is("sale")
            || word.is("black") && words.get(at + 1).is_some_and(|next| next.is("friday"));
        let before = &words[at.saturating_sub(3)..at];
        day && before
            .iter()
            .any(|word| matches!(word.lower, "on" | "during" | "over" | "at" | "before" | "around" | "in"))
    })
}

/// "and at dinner 12 orders per second": a rate by the second at an hour of the day when more comes than usual.
fn rushes(words: &[Word], amount: &Amount) -> bool {
    const HOURS: &[&str] =
        &["dinner", "lunch", "lunchtime", "breakfast", "noon", "midday", "evening", "weekend"];
    let by_second = words.iter().skip(amount.end).take(4).any(|word| word.lemma == "second");
    let near = &words[amount.start.saturating_sub(4)..amount.start];
    by_second
        && near.windows(2).any(|pair| {
            matches!(pair[0].lower, "at" | "on" | "over" | "in" | "the") && HOURS.contains(&pair[1].lemma)
        })
}

/// The word for a number that is that of a day on which more comes than usual.
const BUSIEST: &str = "busiest day";

/// "600 orders a day before Christmas, 150 on normal days": of two numbers of the same for a day, of which one is said of
/// some days only, the larger is that of the busiest day.
pub(crate) fn tell_busiest(words: &[Word], found: &mut [Quantity]) {
    if found.len() < 2 {
        return;
    }
    let lemmas: Vec<&str> = words.iter().map(|word| word.lemma).collect();
    let days = lemmas.iter().enumerate().filter(|(_, lemma)| **lemma == "on");
    if !days.into_iter().any(|(at, _)| on_a_day(&lemmas[at..])) {
        return;
    }
    // "250 a second on pay day" is a peak, and no day.
    let peak = |quantity: &Quantity| quantity.qualifier.as_deref() == Some("peak");
    let rate =
        |quantity: &Quantity| quantity.kind == "writes" && quantity.unit == "per second" && !peak(quantity);
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else { continue };
        if rate(one) && rate(other) && one.qualifier == other.qualifier {
            let larger = if one.value < other.value { other } else { one };
            larger.qualifier = Some(BUSIEST.to_owned());
        }
    }
}

/// "70 million events a month, with peaks of 400 per second": a rate without a noun is that of what the sentence has counted.
pub(crate) fn peak_of(words: &[Word], amount: &Amount, value: f64, counted: &Quantity) -> Option<Quantity> {
    let after: Vec<&str> = words.iter().skip(amount.end).take(3).map(|word| word.lemma).collect();
    let bare = after.first().is_some_and(|lemma| opens_period(lemma));
    let seconds = period(&after).filter(|_| bare && counted.unit == "per second")?;
    (peaked(words) == Some(amount.start))
        .then(|| qualified(Quantity { value: value / seconds, ..counted.clone() }, "peak"))
}

/// The number that a sentence gives for its peak: "peaks of 400", "peaking at some 90,000", "peak 400/s"; no time of day.
fn peaked(words: &[Word]) -> Option<usize> {
    let peak = words.iter().position(|word| word.lemma == "peak")?;
    let link = |word: &&Word| {
        matches!(word.lower, "of" | "at" | ":" | "is" | "about" | "some" | "around" | "up" | "to")
    };
    let number = peak + 1 + words[peak + 1..].iter().take_while(link).count();
    let clock =
        |word: &Word| word.lower.ends_with("am") || word.lower.ends_with("pm") || word.lower.contains(':');
    words.get(number).filter(|word| starts_number(word) && !clock(word)).map(|_| number)
}
