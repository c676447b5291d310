//! What the records of an activity refer to: who did it, and what it was done to.
//!
//! "Analysts analyze stocks" and "each analysis has a date" speak of the same thing, once as a verb and once as a noun;
//! so does "equipment usage" of equipment.

use crate::entities::Chosen;
use crate::names;
use knowledge::{holds, look_up};
use std::collections::BTreeMap;

/// How many letters of a noun and a verb are compared first.
const START: usize = 2;
/// The most records that begin alike and are looked at.
const ALIKE: usize = 8;
/// Endings of nouns that name what a verb does.
const ENDINGS: &[&str] = &["ing", "ion", "ment", "al", "ance", "ence", "sis", "age", "ture", "ery"];

/// The entities that may be records of activities, by the letters with which the noun of the activity begins.
#[derive(Debug, Default)]
pub(crate) struct Records<'a> {
    by_start: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
}

impl<'a> Records<'a> {
    /// Those among the chosen entities.
    pub(crate) fn among(chosen: &'a Chosen) -> Self {
        let mut records = Self::default();
        for name in chosen.names() {
            let noun = activity(name);
            if names::is_person(noun) {
                continue;
            }
            let verbs = look_up(&knowledge::ACTION_NOUNS, noun).unwrap_or_default();
            for word in std::iter::once(noun).chain(verbs.split_whitespace()) {
                let alike = records.by_start.entry(word.get(..START).unwrap_or(word)).or_default();
                if alike.len() < ALIKE {
                    alike.push((noun, name));
                }
            }
        }
        records
    }

    /// The records of what a verb does to a thing.
    pub(crate) fn of_action(&self, verb: &str, thing: &str, chosen: &Chosen) -> Option<&'a str> {
        let alike = self.by_start.get(verb.get(..START)?)?;
        alike
            .iter()
            .find(|(noun, name)| {
                let mut of = modifiers(name).filter_map(|modifier| chosen.find(modifier)).peekable();
                *name != thing
                    && names_action(noun, verb)
                    && (of.peek().is_none() || of.any(|found| found == thing))
            })
            .map(|(_, name)| *name)
    }
}

/// The noun of the activity in the name of a record: "selection" in "course selection record".
fn activity(name: &str) -> &str {
    let bare = name.strip_suffix(" record").unwrap_or(name);
    names::head(bare)
}

/// The words before the noun of the activity.
fn modifiers(name: &str) -> impl Iterator<Item = &str> {
    let bare = name.strip_suffix(" record").unwrap_or(name);
    bare.rsplit_once(' ').map_or("", |(before, _)| before).split(' ').filter(|word| !word.is_empty())
}

/// Whether a noun names what a verb does: "booking" of "book", "analysis" of "analyze".
pub(crate) fn names_action(noun: &str, verb: &str) -> bool {
    let known = look_up(&knowledge::ACTION_NOUNS, noun).unwrap_or_default();
    if noun == verb || known.split_whitespace().any(|known| known == verb) {
        return true;
    }
    let common = noun.bytes().zip(verb.bytes()).take_while(|(a, b)| a == b).count();
    // Of a short verb nothing is lost but an "e" or a "y": "reaction" is nothing of "read".
    let whole = common == verb.len() || common + 1 == verb.len() && verb.ends_with(['e', 'y']);
    common + 2 >= verb.len()
        && (whole || verb.len() > 4)
        && noun.len() > common
        && ENDINGS.iter().any(|ending| noun.ends_with(ending))
}

/// Records of what somebody is called after: a donation is a donor's, an inspection an inspector's. Pairs of the two.
pub(crate) fn of_doers(chosen: &Chosen) -> impl Iterator<Item = (&str, &str)> {
    let records = Records::among(chosen);
    chosen.names().filter(|name| names::is_person(name)).filter_map(move |person| {
        let verb = crate::lemma::verb_of_doer(names::head(person))?;
        let record = records.of_action(verb, person, chosen)?;
        holds(knowledge::ACTIVITIES, activity(record)).then_some((record, person))
    })
}

/// Entities that by their names belong to others: "equipment usage" to equipment, "bike defect" to a bike. Pairs of the
/// two.
pub(crate) fn compounds(chosen: &Chosen) -> impl Iterator<Item = (&str, &str)> {
    chosen
        .names()
        .filter(|name| holds(knowledge::DEPENDENTS.or(knowledge::ACTIVITIES), activity(name)))
        .flat_map(|name| {
            let whole =
                name.strip_suffix(" record").unwrap_or(name).rsplit_once(' ').map(|(before, _)| before);
            let found = whole.and_then(|whole| chosen.find(whole));
            let parts = modifiers(name).filter_map(|word| chosen.find(word)).take(3);
            let all: Vec<&str> = found.map_or_else(|| parts.collect(), |found| vec![found]);
            all.into_iter().filter(move |thing| *thing != name).map(move |thing| (name, thing))
        })
}
