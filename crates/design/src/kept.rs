//! How long the text keeps what: each stated length of keeping with the part of its statement that says of what it is.

use crate::naming;
use requirements::{Analysis, Quantity};

/// The words after a length of time.
const LENGTHS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// The names of the entities that a length of keeping is said of: in full, else by their last words, as in "notes are kept"
/// of the notes of treatments.
pub(crate) fn records<'a>(analysis: &'a Analysis, text: &str) -> Vec<&'a str> {
    let entities = || analysis.model.entities.iter().map(|entity| entity.name.as_str());
    let full = |part: &str, name: &str| naming::names(part, &name.to_lowercase());
    let short = |part: &str, name: &str| naming::names(part, &requirements::head(name).to_lowercase());
    let among = |named: &dyn Fn(&str, &str) -> bool| -> Vec<&'a str> {
        let part = part(text, |part| entities().any(|name| named(part, name)));
        part.map(|part| entities().filter(|name| named(part, name)).collect()).unwrap_or_default()
    };
    let found = among(&full);
    if found.is_empty() { among(&short) } else { found }
}

/// Words by which something is kept without end.
const FOR_EVER: [&str; 3] = ["for ever", "forever", "indefinitely"];

/// Each length of keeping with what is said of it, in lower case.
pub(crate) fn kept(analysis: &Analysis) -> impl Iterator<Item = (&Quantity, String)> {
    let quantities = &analysis.requirements.quantities;
    quantities.iter().filter(|quantity| quantity.kind == "retention").filter_map(|quantity| {
        let statements = &analysis.requirements.statements;
        let said = statements.iter().find(|statement| statement.id == quantity.statement)?;
        let lengths = || {
            let same = |other: &&Quantity| other.statement == quantity.statement && other.unit == "seconds";
            quantities.iter().filter(same)
        };
        let place = lengths().position(|other| other.id == quantity.id)?;
        Some((quantity, stretch(&said.text.to_lowercase(), place, lengths().count()).to_owned()))
    })
}

/// The part of a text that is said of one of its lengths of time: from behind the one before to its own. The whole text
/// where these are not as many as the lengths that were read.
fn stretch(text: &str, place: usize, count: usize) -> &str {
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
        return text;
    }
    // "Assets are kept for ever, rejected ones for 90 days": the assets are not what goes.
    let own = &text[ends[place]..ends[place + 1]];
    let kept = FOR_EVER.iter().filter_map(|word| Some(own.rfind(word)? + word.len())).max();
    let end = if place + 1 == count { text.len() } else { ends[place + 1] };
    &text[ends[place] + kept.unwrap_or(0)..end]
}

/// The part between marks that says that something is kept or goes, with what stands before it where it names nothing itself.
fn part(text: &str, names: impl Fn(&str) -> bool) -> Option<&str> {
    let keeps = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric())
            .any(|word| knowledge::storage_words("keeping").contains(&word))
    };
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
        assert_eq!(stretch(text, 0, 2), "notes are deleted after 30 days; ");
        let photos = stretch(text, 1, 2);
        assert_eq!(part(photos, |part| part.contains("photos")), Some(photos));
        assert_eq!(part(photos, |part| part.contains("notes")), None);
        let rest = stretch("assets are kept for ever, rejected ones for 90 days.", 0, 1);
        assert_eq!(part(rest, |part| part.contains("assets")), None);
        let once = "notes, once signed, are kept for ten years";
        assert_eq!(part(once, |part| part.contains("notes")), Some(once));
    }
}
