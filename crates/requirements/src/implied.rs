//! What a nested item says of the thing that the item above it names: "made by the dresser" below "Reservations" says
//! that reservations are made by the dresser. Its words are read with that subject before them.

use crate::blocks::{Shape, Unit};
use crate::lemma::Form;
use crate::lists::{self, OwnedList};
use crate::names;
use crate::sentence::Sentence;
use crate::words::{Dictionary, Tag, Word};
use std::ops::Range;

/// The words of the thing that the item above a unit names, where it names one and says nothing of it.
fn named<'a>(units: &[Unit], sentences: &'a [Sentence], unit: usize) -> Option<&'a [Word]> {
    let Shape::Item(_) = units[unit].shape else { return None };
    let above = units[unit].above()?;
    let (Shape::Item(_) | Shape::Heading(_)) = units[above].shape else { return None };
    let sentence = sentences.get(above).filter(|sentence| sentence.clauses.is_empty())?;
    let first = sentence.phrases.first().filter(|phrase| phrase.words.start == 0)?;
    let rest = sentence.words.get(first.words.end);
    let bare = rest.is_none_or(|word| matches!(word.lower.as_str(), "(" | ":" | "–" | "-"));
    // A heading of one plural names things; a longer one may as well say what kind of notes follow.
    let head = &sentence.words[first.name.end - 1];
    let things = matches!(units[above].shape, Shape::Item(_))
        || first.name.len() == 1 && head.plural && !head.is_a(knowledge::SOFT_NOUNS);
    (bare && things).then(|| &sentence.words[first.name.clone()])
}

/// The words that stand unsaid before those of an item, if its first words need a subject. `words` are tagged.
pub(crate) fn subject(
    units: &[Unit],
    sentences: &[Sentence],
    unit: usize,
    words: &[Word],
    dictionary: &mut Dictionary<'_>,
) -> Vec<Word> {
    let [first, rest @ ..] = words else { return Vec::new() };
    let next = rest.first().map(|word| word.tag);
    // Whether the subject is one or several, and the verb between the two.
    let (one, link) = match first.tag {
        // "finished by the workshop", "erased two years after …"; "paid, shipped" are states.
        Tag::Verb(Form::Past)
            if matches!(next, Some(Tag::Preposition | Tag::Adverb | Tag::Number | Tag::Subordinator)) =>
        {
            (false, "are")
        }
        // "consists of items", "belongs to a plot".
        Tag::Verb(Form::ThirdPerson) => (true, ""),
        // "begin when a costume leaves"; "end" and "start" of a list are what is recorded.
        Tag::Verb(Form::Base)
            if crate::lemma::class(&first.lemma) == Some(knowledge::VerbClass::State)
                && next.is_some_and(|tag| tag != Tag::Comma) =>
        {
            (false, "")
        }
        _ if matches!(first.lower.as_str(), "several" | "many" | "multiple" | "numerous") => (true, "has"),
        _ => return Vec::new(),
    };
    let Some(subject) = named(units, sentences, unit) else { return Vec::new() };
    // "Riders: request a ride": what people do is theirs already, what they are and have is not.
    let person = subject.last().is_some_and(|head| names::is_person(&head.lemma));
    if person && link.is_empty() && crate::lemma::class(&first.lemma) != Some(knowledge::VerbClass::State) {
        return Vec::new();
    }
    let place: Range<usize> = first.span.start..first.span.start;
    let mut implied: Vec<Word> = subject.to_vec();
    if let Some(head) = implied.last_mut()
        && one
    {
        head.lower = head.lemma.clone();
        head.plural = false;
    }
    if !link.is_empty() {
        implied.push(dictionary.word(link));
    }
    for word in &mut implied {
        word.span = place.clone();
        word.spaced = true;
    }
    implied
}

/// What an item gives the thing above it where it names more of it before a colon: "measurements: chest, waist" below
/// "Actors" are those of an actor.
pub(crate) fn labelled(units: &[Unit], sentences: &[Sentence], unit: usize) -> Option<OwnedList> {
    let sentence = &sentences[unit];
    let label = sentence.phrases.first().filter(|phrase| phrase.words.start == 0)?;
    let Shape::Item(_) = units[units[unit].above()?].shape else { return None };
    let [list] = sentence.lists.as_slice() else { return None };
    let (above, name) = (&sentences[units[unit].above()?], names::thing(sentence, 0)?);
    named(units, sentences, unit)?;
    let owner = names::thing(above, 0)?;
    let leads = sentence.words.get(label.words.end).is_some_and(|word| word.is(":"));
    (leads && list.owner == name && !names::is_person(&name)).then(|| OwnedList {
        owner,
        head: None,
        pointed: false,
        of: None,
        items: vec![lists::item(sentence, 0)],
    })
}
