//! How long the text keeps what: each stated length of keeping with the part of its statement that says of what it is.

use crate::naming;
use crate::spoken::Spoken;
use requirements::{Analysis, Quantity};

/// The words after a length of time.
const LENGTHS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// The names of the entities that a length of keeping is said of: in full, else by their last words, as in "notes are kept"
/// of the notes of treatments.
pub(crate) fn records<'a>(spoken: &Spoken<'a>, text: &str) -> Vec<&'a str> {
    let near = spoken.near(text);
    let entities = || near.iter().copied();
    let full = |part: &str, name: &str| naming::names(part, &name.to_lowercase());
    let short = |part: &str, name: &str| naming::names(part, &requirements::head(name).to_lowercase());
    let among = |named: &dyn Fn(&str, &str) -> bool| -> Vec<&'a str> {
        let part = part(text, |part| entities().any(|name| named(part, name)));
        part.map(|part| entities().filter(|name| named(part, name)).collect()).unwrap_or_default()
    };
    let mut found = among(&full);
    if found.is_empty() {
        found = among(&short);
    }
    // "Photos of an order are deleted": the order stays.
    let owner = |name: &&str| {
        let name = name.to_lowercase();
        let whole = ["of a", "of an", "of the", "of each", "of every"]
            .iter()
            .any(|of| naming::names(text, &format!("{of} {name}")));
        whole && !text.starts_with(&name) && text.matches(&name).count() == 1
    };
    if !found.iter().all(owner) {
        found.retain(|name| !owner(name));
    }
    found
}

/// Words by which something is kept without end.
const FOR_EVER: [&str; 3] = ["for ever", "forever", "indefinitely"];

/// Each length of keeping with what is said of it, in lower case, and how much of that stands before its end.
pub(crate) fn kept(analysis: &Analysis) -> impl Iterator<Item = (&Quantity, String, usize)> {
    let lengths = analysis.requirements.quantities.iter().filter(|quantity| quantity.kind == "retention");
    lengths.filter_map(|quantity| {
        let (text, end) = said(analysis, quantity)?;
        (!is_put_away(&text[..end])).then_some((quantity, text, end))
    })
}

/// "Invoices are archived after two years": what is put away then is not deleted. "Archived for two years" is kept as long.
fn is_put_away(said: &str) -> bool {
    let mut words = naming::words(said).skip_while(|word| *word != "archived");
    let keeping = knowledge::storage_words("keeping");
    let only = naming::words(said).all(|word| word == "archived" || !keeping.contains(&word));
    only && words.any(|word| word == "after")
}

/// What is said of a length of keeping, in lower case, and how much of that stands before its end.
pub(crate) fn said(analysis: &Analysis, quantity: &Quantity) -> Option<(String, usize)> {
    let said = analysis.requirements.statement(&quantity.statement)?;
    let same = |other: &&Quantity| other.statement == quantity.statement && other.unit == "seconds";
    let lengths = || analysis.requirements.quantities.iter().filter(same);
    let place = lengths().position(|other| other.id == quantity.id)?;
    let text = said.text.to_lowercase();
    let (part, end) = stretch(&text, place, lengths().count());
    Some((part.to_owned(), end))
}

/// The part of a text that is said of one of its lengths of time, from behind the one before to its own, and where in it
/// that ends. The whole text where these are not as many as the lengths that were read.
fn stretch(text: &str, place: usize, count: usize) -> (&str, usize) {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let one = word.strip_suffix('s').unwrap_or(word);
        LENGTHS.contains(&one)
    };
    let mut ends = vec![0];
    let mut at = 0;
    for part in text.split_inclusive([' ', '-']) {
        at += part.len();
        if word(part) {
            ends.push(at);
        }
    }
    if ends.len() != count + 1 {
        return (text, text.len());
    }
    // "Assets are kept for ever, rejected ones for 90 days": the assets are not what goes.
    let own = &text[ends[place]..ends[place + 1]];
    let kept = FOR_EVER.iter().filter_map(|word| Some(own.rfind(word)? + word.len())).max();
    let start = ends[place] + kept.unwrap_or(0);
    // What counts from something says so behind the length, before the next mark.
    let behind = &text[ends[place + 1]..];
    let spoken = own.trim_end();
    let closed = spoken.trim_end_matches([',', ';', '.']);
    let end = match () {
        () if place + 1 == count => text.len(),
        () if closed != spoken => ends[place] + closed.len(),
        () => ends[place + 1] + mark(behind),
    };
    (&text[start..end], ends[place + 1].min(end) - start)
}

/// Where what is said behind a length ends.
fn mark(behind: &str) -> usize {
    let and = if behind.starts_with("and ") { Some(0) } else { behind.find(" and ") };
    let mark = behind.find([',', ';', '.']).unwrap_or(behind.len());
    and.map_or(mark, |and| and.min(mark))
}

/// From when a length of keeping counts, as far as its part of a statement tells: the states that a record must have come
/// into, among those that it has, and the words behind "after" that may name a column.
pub(crate) fn since<'a>(
    text: &'a str,
    end: usize,
    entity: &str,
    states: &[String],
) -> (Vec<String>, Vec<&'a str>) {
    let name = entity.to_lowercase();
    let named = |part: &str| naming::names(part, &name) || naming::names(part, requirements::head(&name));
    let behind = text.get(end..).unwrap_or_default();
    let behind = &behind[..mark(behind)];
    let behind: Vec<&str> = naming::words(behind).collect();
    let counts =
        behind.first().is_some_and(|word| matches!(*word, "after" | "from" | "since" | "following" | "once"));
    let behind = if counts { behind } else { Vec::new() };
    let said: Vec<&str> = naming::words(part(text, named).unwrap_or_default()).collect();
    let keeping = knowledge::storage_words("keeping");
    let told = |state: &str| {
        let stem = state.strip_suffix("ed").filter(|stem| stem.len() > 2);
        // "After cancellation", "once they end", "after closing".
        let formed = |word: &str, most: usize| {
            word == state
                || stem.is_some_and(|stem| word.strip_prefix(stem).is_some_and(|rest| rest.len() <= most))
        };
        let before = |at: usize| {
            let word = said[at];
            let next = said.get(at + 1).copied().unwrap_or_default();
            let first = name.split(' ').next().unwrap_or_default();
            let of_it = next.starts_with(first) || next.starts_with(requirements::head(&name));
            // "Cancelled orders" are meant by it, "are cancelled" too, "not paid" is not.
            formed(word, 3)
                && word.ends_with(&state[state.len().saturating_sub(2)..])
                && (of_it || !keeping.contains(&word))
                && (at == 0 || !matches!(said[at - 1], "not" | "never" | "no"))
        };
        (0..said.len()).any(before)
            || behind
                .iter()
                .any(|word| formed(word, if stem.is_some_and(|stem| stem.len() > 3) { 6 } else { 3 }))
    };
    let mut found: Vec<String> = states.iter().filter(|state| told(&state.to_lowercase())).cloned().collect();
    // Who names all of them means any.
    if found.len() == states.len() {
        found.clear();
    }
    (found, behind)
}

/// The part between marks that says that something is kept or goes, with what stands before it where it names nothing itself.
fn part(text: &str, names: impl Fn(&str) -> bool) -> Option<&str> {
    let keeps =
        |part: &str| naming::words(part).any(|word| knowledge::storage_words("keeping").contains(&word));
    let mut start = 0;
    let mut parts: Vec<(usize, &str)> = Vec::new();
    for part in text.split_inclusive([',', ';', '.', ':']) {
        parts.push((start, part));
        start += part.len();
    }
    let last = parts.iter().position(|(_, part)| keeps(part))?;
    let end = parts[last].0 + parts[last].1.len();
    parts[..=last].iter().rev().map(|(start, _)| &text[*start..end]).find(|part| names(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_length_has_its_own_part() {
        let text = "notes are deleted after 30 days; photos and scans expire after 90 days.";
        assert_eq!(stretch(text, 0, 2), ("notes are deleted after 30 days", 31));
        let (photos, _) = stretch(text, 1, 2);
        assert_eq!(part(photos, |part| part.contains("photos")), Some(photos));
        assert_eq!(part(photos, |part| part.contains("notes")), None);
        let (rest, _) = stretch("assets are kept for ever, rejected ones for 90 days.", 0, 1);
        assert_eq!(part(rest, |part| part.contains("assets")), None);
        let once = "notes, once signed, are kept for ten years";
        assert_eq!(part(once, |part| part.contains("notes")), Some(once));
    }
}
