//! Who acts in the items of a list, where only what leads to it says so: "Customers can:", a heading "Couriers", an item
//! "**Sellers** (4,200)" with others below it.

use crate::blocks::{Shape, Unit};
use crate::clauses::{Clause, Subject};
use crate::lemma::Form;
use crate::names;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};

/// How many units above an item are looked at: an item of an item, and the heading above.
const HIGHEST: usize = 3;

/// How many words what leads to a list has at most.
const LONGEST: usize = 12;

/// The people, or the organisation of such, who lead to an item; nothing where what leads to it speaks of anything else as well.
pub(crate) fn people(units: &[Unit], sentences: &[Sentence], unit: usize) -> Option<String> {
    let Shape::Item(_) = units[unit].shape else { return None };
    let mut at = unit;
    for _ in 0..HIGHEST {
        at = units[at].above()?;
        if let Some(name) = named(&sentences[at]) {
            return Some(name);
        }
        // A sentence of another kind leads to what it says; a bare name may stand below people.
        if !sentences[at].clauses.is_empty() {
            return None;
        }
    }
    None
}

/// The people whom a heading or a leading sentence names and says nothing else of than that they can do what follows.
fn named(sentence: &Sentence) -> Option<String> {
    if sentence.words.len() > LONGEST {
        return None;
    }
    let opens = |word: &Word| word.is_emphasis() || word.tag == Tag::Determiner || word.lower == "for";
    let start = sentence.words.iter().position(|word| !opens(word))?;
    let phrase = sentence.phrases.iter().position(|phrase| phrase.words.contains(&start))?;
    // As it is written: "user management" is about users, and nobody.
    let name = sentence.name(phrase);
    let mut rest =
        sentence.words[sentence.phrases[phrase].words.end..].iter().filter(|word| !word.is_emphasis());
    // What stands in brackets is a remark: how many they are, or what else they are called.
    let remark = rest.clone().next().is_some_and(|word| word.is("("));
    let acts = names::is_person(&name) || knowledge::holds(knowledge::ORGANISATIONS, names::head(&name));
    (acts && (remark || rest.all(leads_on))).then_some(name)
}

/// "can", "should be able to", "may also:".
fn leads_on(word: &Word) -> bool {
    matches!(word.tag, Tag::Modal | Tag::Auxiliary | Tag::To | Tag::Adverb | Tag::Punctuation)
        || matches!(word.lemma, "able" | "allowed" | "allow" | "want" | "need")
}

/// Whether a clause of an item says what those do who lead to it: nobody in it does.
pub(crate) fn of_them(sentence: &Sentence, clause: &Clause) -> bool {
    let begins = sentence.clauses.first().is_some_and(|first| {
        matches!(first.subject, Subject::Unsaid)
            && sentence.words[..first.verb].iter().all(|word| word.is_emphasis() || leads_on(word))
    });
    begins
        && matches!(clause.subject, Subject::Unsaid)
        && !clause.passive
        && matches!(sentence.words[clause.verb].tag, Tag::Verb(Form::Base | Form::ThirdPerson))
}
