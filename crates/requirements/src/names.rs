//! What a noun phrase is called as a thing with records, as an attribute, or as a person.

use crate::sentence::Sentence;
use crate::words::Tag;
pub(crate) use knowledge::is_person;
use knowledge::{AttributeRow, CONTAINERS, EMPTY_HEADS, STOP_NOUNS, SYSTEMS, attribute, holds, look_up};
use smol_str::SmolStr;

/// The name of the thing that a phrase speaks of: "new customer information" speaks of a customer, "the list of
/// orders" of an order. Nothing where the phrase can name no such thing.
pub(crate) fn thing(sentence: &Sentence, phrase: usize) -> Option<String> {
    // As a `str`, which is copied as it is: `SmolStr::to_string` goes through a formatter.
    sentence.things.get(phrase)?.as_ref().map(|name| name.as_str().to_owned())
}

/// The names of the things that the phrases of a sentence speak of.
pub(crate) fn things(sentence: &Sentence) -> Vec<Option<SmolStr>> {
    (0..sentence.phrases.len()).map(|phrase| spoken_of(sentence, phrase)).collect()
}

/// The last word of a name, which says what sort of thing it names: "line" of "order line".
pub fn head(name: &str) -> &str {
    // Names are short, so that going from byte to byte is faster than preparing a search.
    name.bytes().rposition(|byte| byte == b' ').map_or(name, |at| &name[at + 1..])
}

/// The phrase that says what a phrase speaks of: that of the pieces in "a list of the pieces".
pub(crate) fn meant(sentence: &Sentence, phrase: usize) -> usize {
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    sentence.of_phrase(phrase).filter(|_| head.is_a(CONTAINERS)).unwrap_or(phrase)
}

/// Whether a phrase is nothing but a unit of measure behind a number or "per": "60,000 GBP", "0.45 euros per mile".
fn is_measure(sentence: &Sentence, phrase: usize) -> bool {
    let name = &sentence.phrases[phrase].name;
    let before = || sentence.words[..name.start].last();
    name.len() == 1
        && sentence.words[name.start].is_a(knowledge::MEASURES)
        && before().is_some_and(|word| word.tag == Tag::Number || word.is("per"))
}

fn spoken_of(sentence: &Sentence, phrase: usize) -> Option<SmolStr> {
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    if head.is_a(CONTAINERS)
        && let Some(of) = sentence.of_phrase(phrase)
    {
        return spoken_of(sentence, of);
    }
    if is_measure(sentence, phrase) {
        return None;
    }
    // "date of birth": the rest of the name of an attribute.
    if phrase > 0 && sentence.rest_of_name(phrase - 1) == Some(phrase) && is_set_name(sentence, phrase - 1) {
        return None;
    }
    let mut range = sentence.phrases[phrase].name.clone();
    while range.len() > 1 && sentence.words[range.end - 1].is_a(EMPTY_HEADS) {
        // A maintenance record is a thing; an employee record is the employee, and a repair record the repair.
        let activity = sentence.words[range.end - 2].is_a(STOP_NOUNS);
        if activity && sentence.words[range.end - 1].lemma == "record" {
            break;
        }
        if says_more(sentence, range.clone()) {
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
        && last.lemma.chars().nth(1).is_some()
        && !last.lemma.ends_with('\'');
    // "record" alone says nothing; a maintenance record does.
    // "performances" of a play are things, the performance of a system is none.
    let several = || {
        (last.plural || sentence.phrases[phrase].count == crate::phrases::Count::Each)
            && knowledge::interface("things-in-plural").contains(&last.lemma)
    };
    let empty = last.is_a(STOP_NOUNS) && !(last.lemma == "record" && range.len() > 1) && !several();
    if !usable || empty || range.len() > 4 {
        return None;
    }
    if range.len() == 1 && !last.lemma.contains('_') {
        return Some(SmolStr::new(last.lemma));
    }
    let name = crate::phrases::join(&sentence.words, range).replace('_', " ");
    (!holds(STOP_NOUNS, &name)).then(|| name.into())
}

/// Whether a phrase means software as a whole or a part of it: an order management system does nothing to orders that
/// has to be recorded.
pub(crate) fn is_software(sentence: &Sentence, phrase: usize) -> bool {
    !is_filed(sentence, phrase)
        && matches!(
            sentence.words[sentence.phrases[phrase].name.end - 1].lemma,
            "system"
                | "application"
                | "app"
                | "platform"
                | "module"
                | "subsystem"
                | "software"
                | "website"
                | "portal"
                | "saas"
        )
        // "We plan a SaaS product": the system itself, whatever else products are.
        || sentence.words[sentence.phrases[phrase].name.end - 1].lemma == "product"
            && sentence.words[sentence.phrases[phrase].name.clone()]
                .iter()
                .any(|word| matches!(word.lower, "saas" | "software"))
}

/// "Candidates submit applications", "an application has a cover letter": what somebody applies with, and no software, which is
/// wished for as one, or spoken of as "the application".
pub(crate) fn is_filed(sentence: &Sentence, phrase: usize) -> bool {
    const RUNS: &[&str] = &["web", "mobile", "software", "desktop", "client", "server", "business", "native"];
    let this = &sentence.phrases[phrase];
    let word = |at: usize| sentence.words[at].lower;
    if sentence.words[this.name.end - 1].lemma != "application"
        || this.name.clone().any(|at| RUNS.contains(&word(at)))
    {
        return false;
    }
    let one_of_many = this.plural
        || matches!(word(this.words.start), "a" | "an" | "each" | "every")
        || sentence.words[this.words.start].tag == Tag::Possessive;
    let wished = |clause: &crate::clauses::Clause| {
        let verb = &sentence.words[clause.verb];
        clause.objects.contains(&phrase)
            && (verb.is_a(knowledge::WISHING.or(knowledge::MAKING)) || verb.lemma == "develop")
    };
    one_of_many && !sentence.clauses.iter().any(wished)
}

/// Whether a word that is empty at the end of most names is needed in this one: a waiting list is no waiting, a medical record
/// nothing medical, a price list no price, and a fitness class is one of people, as the article tells.
fn says_more(sentence: &Sentence, name: std::ops::Range<usize>) -> bool {
    let (head, before) = (&sentence.words[name.end - 1], &sentence.words[name.end - 2]);
    let one = matches!(sentence.words[name.start.saturating_sub(1)].lower, "a" | "an" | "each" | "every");
    match head.lemma {
        "class" => one || head.plural,
        "master" => before.is_a(knowledge::MASTERED),
        "list" | "record" | "table" => {
            let doing = matches!(before.verb, Some((_, crate::lemma::Form::Ing)));
            before.tag == Tag::Adjective && !describes(sentence, name.end - 2)
                || doing && !before.is_a(knowledge::ACTIVITIES)
                || head.lemma == "list" && attribute(before.lemma).is_some()
        }
        _ => false,
    }
}

fn describes(sentence: &Sentence, word: usize) -> bool {
    let word = &sentence.words[word];
    match word.tag {
        // "Sold tickets", "lent books": in a state, as what "returned" says of others.
        Tag::Adjective => {
            word.among(knowledge::NARROWING)
                || word.lower.ends_with("ed")
                || matches!(word.verb, Some((_, crate::lemma::Form::Past)))
                    && look_up(&knowledge::STATES, word.lower).is_some()
        }
        Tag::Number => true,
        _ => false,
    }
}

/// The name of an attribute: the phrase as it stands, with what follows "of".
pub(crate) fn attribute_name(sentence: &Sentence, phrase: usize) -> String {
    let mut name = sentence.name(phrase);
    if name.contains('_') {
        name = name.replace('_', " ");
    }
    let several = name.contains(' ');
    let fillers = [
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
    ];
    for filler in fillers.into_iter().filter(|_| several) {
        if let Some(rest) = name.strip_prefix(filler) {
            name = rest.to_owned();
        }
    }
    if let Some(rest) = sentence.rest_of_name(phrase) {
        let link = sentence.words[sentence.phrases[phrase].words.end].lower;
        name = format!(
            "{name} {link} {}",
            crate::phrases::join(&sentence.words, sentence.phrases[rest].name.clone())
        );
    }
    name
}

/// Whether a phrase with what follows "of" is the set name of an attribute: "date of birth", not "name of a book".
pub(crate) fn is_set_name(sentence: &Sentence, phrase: usize) -> bool {
    sentence.rest_of_name(phrase).is_some_and(|rest| {
        attribute(&sentence.name(rest)).is_none()
            && attribute(&attribute_name(sentence, phrase)).is_some_and(|row| row.attribute == 2)
    })
}

/// How strongly the name that a phrase has as an attribute is one. Most names are one word, of which none has to be made.
pub(crate) fn strength_of(sentence: &Sentence, phrase: usize) -> u8 {
    let this = &sentence.phrases[phrase];
    let last = sentence.words[this.name.end - 1].lemma;
    if this.name.len() == 1 && !last.contains(['_', ' ']) && sentence.rest_of_name(phrase).is_none() {
        return attribute(last).map_or(0, |row| row.attribute);
    }
    attribute_strength(&attribute_name(sentence, phrase))
}

/// How strongly a name is an attribute: 2 by the dictionary, 0 not by itself.
pub(crate) fn attribute_strength(name: &str) -> u8 {
    let by_head = || {
        let head = up_to(up_to(name, "of "), "per ");
        if head.len() < name.len() { attribute(head) } else { None }
    };
    attribute(name).or_else(by_head).map_or(0, |row| row.attribute)
}

/// A name up to the blank before a word: the price of "price of a room" up to `of `. Names are short, so that going from
/// blank to blank is faster than preparing a search.
fn up_to<'a>(name: &'a str, word: &str) -> &'a str {
    let mut blanks = name.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
    blanks.find(|(at, _)| name[at + 1..].starts_with(word)).map_or(name, |(at, _)| &name[..at])
}

/// The row of an attribute's name, else that of what stands before its "of": date of "date of the visit".
pub(crate) fn attribute_row(name: &str) -> Option<&'static AttributeRow> {
    attribute(name).or_else(|| attribute(up_to(name, "of ")))
}

/// Whether an attribute of this name is a number.
pub(crate) fn is_numeric(name: &str) -> bool {
    kind(name).is_some_and(|kind| matches!(kind, "integer" | "decimal" | "money"))
}

/// Whether an attribute of this name is an amount of money.
pub(crate) fn is_money(name: &str) -> bool {
    matches!(name, "money" | "cash" | "debt" | "credit") || kind(name) == Some("money")
}

/// Whether an attribute of this name is a point in time.
pub(crate) fn is_temporal(name: &str) -> bool {
    kind(name).is_some_and(|kind| matches!(kind, "date" | "timestamp"))
}

fn kind(name: &str) -> Option<&'static str> {
    attribute_row(name).map(|row| row.kind)
}

/// Whether the name of an entity or actor ends in a word for people, whatever its case.
pub fn is_person_name(name: &str) -> bool {
    is_person(&name.to_lowercase())
}

/// Whether a name ends in a word for a system or device.
pub(crate) fn is_system(name: &str) -> bool {
    holds(SYSTEMS, knowledge::last_word(name))
}

/// Whether a name ends in a word for a system that is also a thing which others keep records of: a vehicle has a plate.
pub(crate) fn is_device(name: &str) -> bool {
    holds(knowledge::DEVICES, head(name))
}

/// A name without the adjective before it: the deal of "open deal".
pub(crate) fn without_adjective(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    (holds(knowledge::ADJECTIVES, first) || first.ends_with("ed")).then_some(rest)
}

/// A name or the beginning of a sentence with a capital.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let mut capitalised = String::with_capacity(name.len());
    if let Some(first) = letters.next() {
        capitalised.extend(first.to_uppercase());
    }
    capitalised + letters.as_str()
}
