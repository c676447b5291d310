//! Statements that contradict each other or arithmetic, by the rules of the tables.

use crate::heard::{Heard, Hearing, Meeting};
use crate::model::{Conflict, Quantity};
use crate::names::capitalised;
use crate::words::Tag;
use knowledge::Gather as _;
use knowledge::{CONFLICTS, Condition, ConflictRow, Side};
use std::collections::BTreeSet;

/// How many statements of each side are compared, and how many contradictions of one rule are told.
const COMPARED: usize = 64;
const TOLD: usize = 3;

/// A statement that meets one side of a rule.
type Met<'a> = (usize, Meeting<'a>);

/// The contradictions in what a text says.
pub(crate) fn conflicts(heard: &Hearing) -> Vec<Conflict> {
    CONFLICTS.iter().flat_map(|row| of_row(row, heard)).collect()
}

fn of_row(row: &ConflictRow, hearing: &Hearing) -> Vec<Conflict> {
    let heard = hearing.all.as_slice();
    let left: Vec<Met> = hearing.meetings(row.a).take(COMPARED).collect();
    if left.is_empty() {
        return Vec::new();
    }
    let mut right: Vec<Met> = hearing.meetings(row.b).take(COMPARED).collect();
    if row.compare == "a > most b" {
        let value = |met: &Met| met.1.quantity.map_or(0.0, |quantity| quantity.value);
        let most = right.iter().map(value).fold(0.0, f64::max);
        right.retain(|met| value(met) >= most);
    }
    let alike = row.a == row.b;
    // Within one statement, a denial and what it shares with the rest are rarely a contradiction.
    let apart = !row.same.is_empty() || denies(row.a) || denies(row.b) || row.compare == "differ";
    // Numbers of the whole text contradict each other once; what is said of records may do so for several of them.
    let told = if matches!(row.same, "noun" | "next" | "before") { TOLD } else { 1 };
    let mut found: Vec<Conflict> = Vec::new();
    let mut seen = BTreeSet::new();
    for a in &left {
        for b in &right {
            if a.0 == b.0 && apart || alike && a.0 >= b.0 || found.len() == told {
                continue;
            }
            // Two numbers are compared at once, the words of two statements one by one.
            let pair = (a.0.min(b.0), a.0.max(b.0));
            if !compares(row.compare, a.1.quantity, b.1.quantity) || seen.contains(&pair) {
                continue;
            }
            let Some(noun) = shared(row.same, heard, a, b) else { continue };
            seen.insert(pair);
            let mut statements = vec![heard[pair.0].sentence.id(), heard[pair.1].sentence.id()];
            statements.dedup();
            let id = match found.len() {
                0 => row.id.to_owned(),
                more => format!("{}-{}", row.id, more + 1),
            };
            found.push(Conflict {
                id,
                statements,
                explanation: filled(row.explanation, a.1.quantity, b.1.quantity, &noun),
                resolution: row.resolution.to_owned(),
            });
        }
    }
    found
}

fn denies(side: Side) -> bool {
    side.iter().flat_map(|all| all.iter()).any(|condition| matches!(condition, Condition::Denied(_)))
}

/// What two statements share, where they share what they must.
fn shared(same: &str, heard: &[Heard], a: &Met, b: &Met) -> Option<String> {
    let (left, right) = (&heard[a.0], &heard[b.0]);
    match same {
        "noun" => noun(left, right),
        "next" => {
            let next = beside(left, &a.1, true)?;
            // Something else must be the same too: that of which there is one or several.
            let last = crate::names::head(&next);
            let of = || left.nouns().any(|noun| noun != last && right.nouns().any(|other| other == noun));
            // Of the many pairs that are compared, nearly none speak of the same, which is told soonest.
            (beside(right, &b.1, true)? == next && of()).then_some(next)
        }
        "before" => {
            let before = beside(left, &a.1, false)?;
            (beside(right, &b.1, false)? == before).then(|| capitalised(&before))
        }
        "counted" => {
            let counted = counted(left);
            counted.intersection(&self::counted(right)).next().map(|noun| (*noun).to_owned())
        }
        "subject" => (subject(left) == subject(right)).then(String::new),
        "technology" => left
            .constraints
            .iter()
            .filter(|constraint| constraint.kind.starts_with("forbidden-"))
            .find(|forbidden| {
                right.constraints.iter().any(|other| {
                    !other.kind.starts_with("forbidden-")
                        && !other.kind.starts_with("existing-")
                        && other.value == forbidden.value
                })
            })
            .map(|constraint| constraint.value.clone()),
        "other-option" => {
            let of = |heard: &Heard| heard.options().find(|row| row.slot == "database");
            let (first, second) = (of(left)?, of(right)?);
            (first.option != second.option).then(|| format!("{} and {}", first.option, second.option))
        }
        _ => Some(String::new()),
    }
}

/// The record that both statements speak of.
fn noun(left: &Heard, right: &Heard) -> Option<String> {
    let all = |heard: &Heard| {
        heard
            .sentence
            .words
            .windows(2)
            .any(|pair| pair[0].is("all") && matches!(pair[1].lemma, "data" | "record"))
            || heard.sentence.words.iter().any(|word| matches!(word.lower, "everything" | "nothing"))
    };
    let others: BTreeSet<&str> =
        right.nouns().filter(|noun| !knowledge::holds(knowledge::GENERAL, noun)).gather();
    let mut mine = left.nouns().filter(|noun| !knowledge::holds(knowledge::GENERAL, noun));
    let both = left.nouns().find(|noun| others.contains(noun));
    let named = both.or_else(|| {
        if all(left) {
            others.iter().next().copied()
        } else if all(right) {
            mine.next()
        } else {
            None
        }
    });
    named.map(capitalised)
}

/// The noun right after or right before the words of a cue, with the noun that narrows it.
fn beside(heard: &Heard, meeting: &Meeting, after: bool) -> Option<String> {
    let words = &heard.sentence.words;
    let is_noun = |at: usize| words.get(at).is_some_and(|word| word.tag == Tag::Noun);
    let mut at = if after {
        (meeting.cue.end..words.len()).take(3).find(|at| is_noun(*at))?
    } else {
        (0..meeting.cue.start).rev().take(4).find(|at| is_noun(*at))?
    };
    while after && is_noun(at + 1) {
        at += 1;
    }
    let first = if at > 0 && is_noun(at - 1) { at - 1 } else { at };
    let name: Vec<&str> = words[first..=at].iter().map(|word| word.lemma).collect();
    Some(name.join(" "))
}

/// What the numbers of a statement count: the nouns right after them, adjectives aside.
fn counted<'a>(heard: &Heard<'a>) -> BTreeSet<&'a str> {
    let words = &heard.sentence.words;
    (0..words.len())
        .filter(|at| words[*at].tag == Tag::Number)
        .flat_map(|at| {
            let named = |word: &&crate::words::Word| matches!(word.tag, Tag::Noun | Tag::Adjective);
            words[at + 1..].iter().take(3).take_while(named)
        })
        .filter(|word| word.tag == Tag::Noun)
        .map(|word| word.lemma)
        .gather()
}

fn subject<'a>(heard: &Heard<'a>) -> BTreeSet<&'a str> {
    heard.nouns().filter(|noun| !knowledge::holds(knowledge::GENERAL, noun)).gather()
}

fn compares(how: &str, a: Option<&Quantity>, b: Option<&Quantity>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return how.is_empty() };
    match how {
        "a > b" | "a > most b" => a.value > b.value,
        // What takes no longer than that may be in time.
        "a < b" => a.value < b.value && !b.comparator.starts_with('<'),
        "differ" => {
            a.qualifier == b.qualifier && (a.value - b.value).abs() > 0.02 * a.value.abs().max(b.value.abs())
                || differ_in_nines(a, b)
        }
        _ => true,
    }
}

/// 99.9 % and 99.99 % are less than two hundredths apart and ten times as much downtime.
fn differ_in_nines(a: &Quantity, b: &Quantity) -> bool {
    a.kind == "availability" && a.qualifier == b.qualifier && (a.value - b.value).abs() > 1e-9
}

/// A sentence with its places filled.
fn filled(text: &str, a: Option<&Quantity>, b: Option<&Quantity>, noun: &str) -> String {
    let shown = |quantity: Option<&Quantity>| quantity.map(amount).unwrap_or_default();
    let value = |quantity: Option<&Quantity>| quantity.map_or(0.0, |quantity| quantity.value);
    let (left, right) = (value(a), value(b));
    let (small, large) = if left < right { (left, right) } else { (right, left) };
    // A rule that compares with a period has no second number: a day.
    let times = if small > 0.0 {
        large / small
    } else if left > 0.0 {
        86_400.0 / left
    } else {
        0.0
    };
    text.replace("{a}", &shown(a))
        .replace("{b}", &shown(b))
        .replace("{noun}", noun)
        .replace("{times}", &rounded(times))
        .replace("{downtime}", &duration((1.0 - left) * 730.0 * 3600.0))
        .replace("{transfer}", &duration(left * 8.0 / 100e6))
}

/// A quantity as people say it.
fn amount(quantity: &Quantity) -> String {
    let value = quantity.value;
    match quantity.unit.as_str() {
        "ratio" => format!("{} %", plain(value * 100.0)),
        "seconds" => duration(value),
        "per second" => format!("{} {} a second", rounded(value), quantity.kind),
        "bytes" => bytes(value),
        "count" => grouped(value),
        "currency" => format!("a budget of {}", grouped(value)),
        unit => format!("{} {unit}", rounded(value)),
    }
}

fn duration(seconds: f64) -> String {
    const UNITS: &[(f64, &str)] =
        &[(31_557_600.0, "year"), (86_400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second")];
    let (size, name) =
        UNITS.iter().find(|(size, _)| seconds >= *size).copied().unwrap_or((0.001, "millisecond"));
    let count = rounded(seconds / size);
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {name}{plural}")
}

fn bytes(value: f64) -> String {
    const UNITS: &[(f64, &str)] = &[(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let (size, name) = UNITS.iter().find(|(size, _)| value >= *size).copied().unwrap_or((1.0, "bytes"));
    format!("{} {name}", rounded(value / size))
}

/// Up to two digits after the point below ten, none above.
fn rounded(value: f64) -> String {
    if value >= 10.0 { grouped(value.round()) } else { plain((value * 100.0).round() / 100.0) }
}

fn plain(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Thousands apart by commas.
fn grouped(value: f64) -> String {
    let text = plain(value);
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}
