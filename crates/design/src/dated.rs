//! From when lengths of keeping count: "two years after they were answered" wants a column that says when that was.

use crate::kept::{kept, records, since};
use crate::naming;
use crate::spoken::Spoken;
use requirements::{Analysis, Attribute, Reason};

/// The most words by which an event is called in the name of a column.
const MOST_WORDS: usize = 3;

/// The event behind "after" from which a length of keeping counts.
pub(crate) enum Event {
    /// None of its own: the length counts from when a record was made.
    Made,
    /// One of the record itself, in the words that call it: `answered`, `last login`.
    Own(String),
    /// One of something else, or one that takes many words: what tells of it has to be settled.
    Other(String),
}

/// Gives the records whose keeping counts from an event of theirs a time for it, where nothing says it yet.
pub(crate) fn dated(analysis: &mut Analysis) {
    let timed = crate::clock::timed(analysis);
    let spoken = Spoken::new(analysis);
    let mut found: Vec<(usize, Attribute)> = Vec::new();
    for (quantity, text, end) in kept(analysis) {
        if timed.iter().any(|timed| timed.quantity == quantity.id) {
            continue;
        }
        for name in records(&spoken, &text) {
            let states = analysis.model.lifecycles.iter().find(|cycle| cycle.entity == name);
            let states = states.map_or(&[][..], |cycle| cycle.states.as_slice());
            let (states, behind) = since(&text, end, name, states);
            let Some(at) = analysis.model.entities.iter().position(|entity| entity.name == name) else {
                continue;
            };
            let entity = &analysis.model.entities[at];
            let is_time = |attribute: &&Attribute| matches!(attribute.kind.as_str(), "date" | "timestamp");
            let told = entity.attributes.iter().filter(is_time).any(|attribute| {
                tells(&naming::snake(&attribute.name), &behind) || is_moment(&attribute.name, &behind)
            });
            let Event::Own(event) = event(analysis, name, &behind) else { continue };
            let name = format!("{event} at");
            let known = found.iter().any(|(known, attribute)| *known == at && attribute.name == name);
            if states.is_empty() && !told && !known {
                let attribute = Attribute {
                    kind: "timestamp".to_owned(),
                    required: false,
                    unique: false,
                    class: "internal".to_owned(),
                    readers: Vec::new(),
                    values: Vec::new(),
                    evidence: Reason::alone(&quantity.statement),
                    name,
                };
                found.push((at, attribute));
            }
        }
    }
    for (at, attribute) in found {
        analysis.model.entities[at].attributes.push(attribute);
    }
}

/// Whether a column of this name says when that was, of which the words behind a length speak.
pub(crate) fn tells(column: &str, behind: &[&str]) -> bool {
    let end = ["_at", "_on", "_date", "_time"].into_iter().find_map(|end| column.strip_suffix(end));
    end.unwrap_or(column).split('_').all(|word| behind.contains(&word))
}

/// Whether what is behind a length speaks of when something takes place, and an attribute is that.
pub(crate) fn is_moment(attribute: &str, behind: &[&str]) -> bool {
    let happens = knowledge::storage_words("happening");
    behind.iter().any(|word| happens.contains(word))
        && knowledge::storage_words("moments").contains(&attribute.to_lowercase().as_str())
}

/// What the words behind a length, from "after" on, speak of.
pub(crate) fn event(analysis: &Analysis, entity: &str, behind: &[&str]) -> Event {
    let Some((_, rest)) = behind.split_first() else { return Event::Made };
    let before = knowledge::storage_words("event-before");
    // "For 30 days, after which they go".
    if rest.first().is_none_or(|word| knowledge::storage_words("event-back").contains(word)) {
        return Event::Made;
    }
    let own = entity.to_lowercase();
    let many = naming::plural(&own);
    let of_it = |word: &str| naming::words(&own).chain(naming::words(&many)).any(|known| known == word);
    let words: Vec<&str> =
        rest.iter().copied().filter(|word| !before.contains(word) && !of_it(word)).collect();
    if words.is_empty() || words.iter().any(|word| knowledge::storage_words("made").contains(word)) {
        return Event::Made;
    }
    let said = rest.join(" ");
    let entities = analysis.model.entities.iter().map(|other| &other.name);
    let actors = analysis.requirements.actors.iter().map(|actor| &actor.name);
    let others = entities.chain(actors).map(|other| other.to_lowercase());
    let other = others.filter(|other| *other != own).any(|other| naming::names(&said, &other));
    // "The end of the term" is the end of something that has a name of its own.
    if other || words.contains(&"of") || words.len() > MOST_WORDS {
        return Event::Other(said);
    }
    Event::Own(words.join(" "))
}
