//! What a noun phrase is called as a thing with records, as an attribute, or as a person.

use crate::sentence::Sentence;
use crate::statements::is_stop_noun;
use crate::words::Tag;
use knowledge::{CONTAINERS, EMPTY_HEADS, PEOPLE, SYSTEMS, attribute, holds};

/// The name of the thing that a phrase speaks of: "new customer information" speaks of a customer, "the list of
/// orders" of an order. Nothing where the phrase can name no such thing.
pub(crate) fn thing(sentence: &Sentence, phrase: usize) -> Option<String> {
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    if holds(CONTAINERS, &head.lemma)
        && let Some(of) = sentence.of_phrase(phrase)
    {
        return thing(sentence, of);
    }
    let mut range = sentence.phrases[phrase].name.clone();
    while range.len() > 1 && holds(EMPTY_HEADS, &sentence.words[range.end - 1].lemma) {
        // A maintenance record is a thing; an employee record is the employee.
        let activity = holds(knowledge::ACTIVITIES, &sentence.words[range.end - 2].lemma);
        if activity && sentence.words[range.end - 1].lemma == "record" {
            break;
        }
        range.end -= 1;
    }
    // Adjectives that only narrow down do not make another thing.
    while range.len() > 1 && describes(sentence, range.start) {
        range.start += 1;
    }
    let last = &sentence.words[range.end - 1];
    let usable = last.tag == Tag::Noun
        && last.lemma.chars().next().is_some_and(char::is_alphabetic)
        && last.lemma.chars().count() > 1;
    // "record" alone says nothing; a maintenance record does.
    let empty = is_stop_noun(&last.lemma) && !(last.lemma == "record" && range.len() > 1);
    if !usable || empty || range.len() > 4 {
        return None;
    }
    let name = crate::phrases::join(&sentence.words, range).replace('_', " ");
    (!is_stop_noun(&name)).then_some(name)
}

fn describes(sentence: &Sentence, word: usize) -> bool {
    let word = &sentence.words[word];
    match word.tag {
        Tag::Adjective => holds(knowledge::NARROWING, &word.lower) || word.lower.ends_with("ed"),
        Tag::Number => true,
        _ => false,
    }
}

/// The name of an attribute: the phrase as it stands, with what follows "of".
pub(crate) fn attribute_name(sentence: &Sentence, phrase: usize) -> String {
    let mut name = sentence.name(phrase).replace('_', " ");
    for filler in [
        "unique ",
        "valid ",
        "current ",
        "corresponding ",
        "different ",
        "specific ",
        "optional ",
        "own ",
        "basic ",
        "following ",
    ] {
        if let Some(rest) = name.strip_prefix(filler) {
            name = rest.to_owned();
        }
    }
    if let Some(rest) = sentence.rest_of_name(phrase) {
        let link = &sentence.words[sentence.phrases[phrase].words.end].lower;
        name = format!(
            "{name} {link} {}",
            crate::phrases::join(&sentence.words, sentence.phrases[rest].name.clone())
        );
    }
    name
}

/// How strongly a name is an attribute: 2 by the dictionary, 0 not by itself.
pub(crate) fn attribute_strength(name: &str) -> u8 {
    let head = name.split(" of ").next().unwrap_or(name).split(" per ").next().unwrap_or(name);
    attribute(name).or_else(|| attribute(head)).map_or(0, |row| row.attribute)
}

/// Whether an attribute of this name is a number.
pub(crate) fn is_numeric(name: &str) -> bool {
    kind(name).is_some_and(|kind| matches!(kind, "integer" | "decimal" | "money"))
}

/// Whether an attribute of this name is a point in time.
pub(crate) fn is_temporal(name: &str) -> bool {
    kind(name).is_some_and(|kind| matches!(kind, "date" | "timestamp"))
}

fn kind(name: &str) -> Option<&'static str> {
    let head = name.split(" of ").next().unwrap_or(name);
    attribute(name).or_else(|| attribute(head)).map(|row| row.kind)
}

/// Whether a name ends in a word for people.
pub(crate) fn is_person(name: &str) -> bool {
    let last = name.rsplit([' ', '-', '/']).next().unwrap_or(name);
    holds(PEOPLE, last)
}

/// Whether a name ends in a word for a system or device.
pub(crate) fn is_system(name: &str) -> bool {
    let last = name.rsplit([' ', '-', '/']).next().unwrap_or(name);
    holds(SYSTEMS, last)
}

/// A name with a capital.
pub(crate) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}
