//! How much speaks for a thing having records of its own.

use super::Candidate;
use crate::names;
use knowledge::{DomainRow, attribute};
use std::collections::BTreeSet;

/// The score from which a thing is an entity.
pub(super) const ENOUGH: i64 = 4;

/// The fields that a text is about.
#[derive(Default)]
pub(super) struct Field<'a> {
    pub(super) rows: &'a [&'static DomainRow],
    /// What its sure entities are called there: a sales order is no other thing than the order that is known already.
    pub(super) known: BTreeSet<&'static str>,
}

impl Field<'_> {
    /// What a name means in the fields.
    pub(super) fn meanings(&self, name: &str) -> impl Iterator<Item = &'static str> {
        self.rows.iter().filter_map(move |row| row.entity(name)).map(|entity| entity.name)
    }

    /// Whether the fields keep records of a thing that is not known yet.
    fn adds(&self, name: &str) -> bool {
        self.meanings(name).any(|meaning| !self.known.contains(meaning))
    }
}

/// How much speaks for a thing having records of its own.
pub(super) fn score(name: &str, candidate: &Candidate, field: &Field) -> i64 {
    if candidate.stands_in && candidate.items.is_empty() {
        return 0;
    }
    let attributes =
        candidate.items.iter().filter(|(item, _)| names::attribute_strength(&item.name) > 0).count();
    let listed = i64::try_from(candidate.items.len()).unwrap_or(i64::MAX);
    let mut score = i64::from(candidate.acted_on.min(4)) + i64::from(candidate.mentions.min(5)) - 1;
    score += match attributes {
        0 => listed.min(2),
        1 if listed >= 3 => 4,
        1 if listed == 2 => 3,
        1 => 2,
        _ => 5,
    };
    // People who make or change records are known to the system; of those who only do their work with it, as an editor, the
    // account says all.
    let works = || candidate.items.is_empty() && knowledge::interface("staff").contains(&names::head(name));
    if names::is_person(name) && !works() {
        score += i64::from(candidate.acts.min(2)) + i64::from(candidate.acts > 0);
    }
    score += 3 * candidate.heads.min(1);
    if candidate.heads > 0 && candidate.several {
        score += 1;
    }
    if candidate.states > 1 {
        score += 3;
    }
    // What the field of the text keeps records of is a thing there, whatever such a word means elsewhere.
    // An amount of money or a time that is only spoken of stays one: the price of a variant.
    let amount =
        attribute(name).is_some_and(|row| matches!(row.kind, "money" | "date" | "timestamp" | "duration"));
    let value = amount && !candidate.several && candidate.acted_on == 0;
    if candidate.free > 0 && !value && field.adds(name) {
        return score;
    }
    if candidate.files {
        return score + ENOUGH;
    }
    let last = names::head(name);
    // An application with a date and a cover letter, which somebody submits, is more than a word.
    // So is a section that a part of the town is divided into, and that is divided into plots.
    let told =
        candidate.parted > 1 || attributes > 1 || attributes == 1 && listed > 1 && candidate.acted_on > 1;
    if knowledge::holds(knowledge::SOFT_NOUNS, last) && last != "record" && !told {
        score -= if name.contains(' ') { 2 } else { 6 };
        // "The review process" is spoken of often, and is none of the things that it deals with.
        score -= i64::from(candidate.mentions > 4);
    }
    let strength = names::attribute_strength(name);
    if strength == 2 {
        score -= if attributes >= 2 { 2 } else { 5 };
    } else if strength == 1 {
        score += if attributes == 0 { 1 } else { 2 };
    }
    if candidate.several && candidate.single {
        score += 2;
    }
    if candidate.each && !candidate.several && candidate.mentions > 1 && strength == 0 {
        score += 1;
    }
    if !candidate.asked && candidate.mentions > 0 {
        score -= 2;
    }
    score
}

/// The most that [`usual`] adds.
pub(super) const MOST_USUAL: i64 = 4;

/// What some field of application keeps records of is likely to be recorded here too, where it is counted.
pub(super) fn usual(name: &str, candidate: &Candidate, field: &Field) -> i64 {
    // Whoever comes without signing in leaves no record.
    let unknown = knowledge::access("visitors").contains(&name);
    let counted = (candidate.several || candidate.single) && !unknown;
    match candidate.mentions {
        _ if unknown || candidate.stands_in => 0,
        1.. if (counted || candidate.mentions > 1) && candidate.free > 0 && field.adds(name) => MOST_USUAL,
        _ if !counted || !knowledge::is_record(name) => 0,
        0 | 1 => 3,
        _ => MOST_USUAL,
    }
}
