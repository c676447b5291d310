//! What a nested item says of the thing that the item above it names: "made by the dresser" below "Reservations" says
//! that reservations are made by the dresser. Its words are read with that subject before them.

use crate::blocks::{Shape, Unit};
use crate::lemma::Form;
use crate::lists::{self, OwnedList};
use crate::names;
use crate::phrases::Phrase;
use crate::sentence::Sentence;
use crate::words::{Dictionary, Tag, Word};
use std::ops::Range;

/// The first phrase of a sentence that says nothing but a name, and no more behind it than a remark or what one of the
/// `links` leads to.
pub(crate) fn bare_name<'a>(sentence: &'a Sentence, links: &[&str]) -> Option<&'a Phrase> {
    let first = sentence.phrases.first().filter(|phrase| phrase.words.start == 0)?;
    let ends = |word: &Word| matches!(word.lower, "(" | ":" | "–" | "-") || links.contains(&word.lower);
    let ended = sentence.words.get(first.words.end).is_none_or(ends);
    (sentence.clauses.is_empty() && ended).then_some(first)
}

/// What stands above an item and names a thing, without saying anything of it, with the phrase of that name.
fn named<'s, 'a>(
    units: &[Unit],
    sentences: &'s [Sentence<'a>],
    unit: usize,
) -> Option<(&'s Sentence<'a>, &'s Phrase)> {
    let Shape::Item(_) = units[unit].shape else { return None };
    let above = units[unit].above()?;
    let sentence = sentences.get(above)?;
    let first = bare_name(sentence, &[])?;
    // A heading of one plural names things; a longer one may as well say what kind of notes follow.
    let head = &sentence.words[first.name.end - 1];
    let things = match units[above].shape {
        Shape::Item(_) => true,
        Shape::Heading(_) => first.name.len() == 1 && head.plural && !head.is_a(knowledge::SOFT_NOUNS),
        _ => false,
    };
    things.then_some((sentence, first))
}

/// The words of a unit. Those of an item that begins with its verb have the thing above it before them.
pub(crate) fn words<'a>(
    text: &'a str,
    units: &[Unit],
    sentences: &[Sentence<'a>],
    unit: usize,
    dictionary: &mut Dictionary<'a>,
) -> Vec<Word<'a>> {
    let whole = units[unit].body..units[unit].span.end;
    let words = dictionary.words(text, whole.clone());
    let unsaid = subject(units, sentences, unit, &words, dictionary);
    if unsaid.is_empty() {
        return words;
    }
    let own = unsaid.len();
    let said = dictionary.words_after(unsaid, text, whole);
    // What is no verb any more after a noun needed no subject: "requests" below "rider".
    let verb = |words: &[Word], at: usize| words.get(at).is_some_and(Word::is_verb);
    if verb(&said, own) == verb(&words, 0) { said } else { words }
}

/// The words that stand unsaid before those of an item, if its first words need a subject. `words` are tagged.
fn subject<'a>(
    units: &[Unit],
    sentences: &[Sentence<'a>],
    unit: usize,
    words: &[Word],
    dictionary: &mut Dictionary<'a>,
) -> Vec<Word<'a>> {
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
            if crate::lemma::class(first.lemma) == Some(knowledge::VerbClass::State)
                && next.is_some_and(|tag| tag != Tag::Comma) =>
        {
            (false, "")
        }
        _ if matches!(first.lower, "several" | "many" | "multiple" | "numerous") => (true, "has"),
        _ => return Vec::new(),
    };
    let Some((above, name)) = named(units, sentences, unit) else { return Vec::new() };
    let subject = &above.words[name.name.clone()];
    // "Riders: request a ride": what people do is theirs already, what they are and have is not.
    let person = subject.last().is_some_and(|head| names::is_person(head.lemma));
    if person && link.is_empty() && crate::lemma::class(first.lemma) != Some(knowledge::VerbClass::State) {
        return Vec::new();
    }
    let place: Range<usize> = first.span.start..first.span.start;
    let mut implied: Vec<Word<'a>> = subject.to_vec();
    if let Some(head) = implied.last_mut()
        && one
    {
        head.rewrite(head.lemma);
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
    let [list] = sentence.lists.as_slice() else { return None };
    let label = sentence.phrases.first().filter(|phrase| phrase.words.start == 0)?;
    let leads = sentence.words.get(label.words.end).is_some_and(|word| word.is(":"));
    let Shape::Item(_) = units[units[unit].above()?].shape else { return None };
    let (above, _) = named(units, sentences, unit).filter(|_| leads)?;
    let name = names::thing(sentence, 0)?;
    let owner = names::thing(above, 0)?;
    (list.owner == name && !names::is_person(&name)).then(|| OwnedList {
        owner,
        head: None,
        pointed: false,
        of: None,
        record: None,
        items: vec![lists::item(sentence, 0)],
    })
}
