//! Words of a list of nouns that look like verbs: "…, unlock password, class and last login time".
//!
//! What stands between the commas of a list of nouns is a noun phrase, whatever its words are elsewhere. A list of
//! verbs ("create, edit and delete posts") has verbs of one form, which tells the two apart.

use crate::lemma::Form;
use crate::words::{Tag, Word};
use knowledge::WordLists;
use std::ops::Range;

/// The most words between two commas that still name something.
const LONGEST: usize = 5;

/// Gives the words of lists of nouns the tags that they have there.
pub(crate) fn mend(text: &str, words: &mut [Word]) {
    first_name(words);
    departments(words);
    verbs_before_objects(words);
    verbs_before_conditions(words);
    subjects(words);
    requests(words);
    let mut before: Option<Range<usize>> = None;
    // The form of the verb that rules the list, and whether something like "including" stands between.
    let mut form = None;
    let mut marked = false;
    let mut start = 0;
    for at in 0..=words.len() {
        let separator = words.get(at).is_none_or(separates);
        if !separator {
            continue;
        }
        let chunk = start..at;
        if !chunk.is_empty() {
            let listed = before.as_ref().is_some_and(|before| nominal(words, before));
            let last =
                words.get(at).is_none_or(|word| word.tag != Tag::Comma && word.tag != Tag::Conjunction);
            if listed && fits(words, &chunk) {
                // A plain "records" goes on with "the system manages …, including …" all the same.
                let ruling = form.filter(|form| !marked || *form == Form::ThirdPerson);
                settle(text, words, &chunk, ruling, last);
            }
            if let Some(verb) = words[chunk.clone()].iter().rev().find(|word| {
                matches!(
                    word.tag,
                    Tag::Verb(Form::Base | Form::ThirdPerson | Form::Past | Form::Ing) | Tag::Auxiliary
                )
            }) {
                form = match verb.tag {
                    Tag::Verb(form) => Some(form),
                    // "has a barcode, and holds several finds"
                    _ if verb.is("has") => Some(Form::ThirdPerson),
                    _ => None,
                };
                marked = false;
            }
            marked |= words[chunk.clone()].iter().any(|word| {
                matches!(word.lower, "including" | "includes" | "include" | "such" | "with" | "namely")
            });
            // "Report management: manage report information" starts anew with a verb.
            let anew = words.get(at).is_some_and(|word| word.is(":"))
                && words.get(at + 1).is_some_and(|word| {
                    matches!(word.tag, Tag::Verb(Form::Base)) && !noun_as_well(word)
                        // "Florist: binds bouquets, orders flowers"
                        || word.tag == Tag::Verb(Form::ThirdPerson)
                            && crate::tagging::person_label(words) == Some(at)
                });
            before = Some(chunk).filter(|_| !anew);
        }
        if words.get(at).is_some_and(|word| matches!(word.lower, ":" | "(")) {
            marked = true;
        }
        start = at + 1;
    }
}

/// "Text messages remind the driver", "reminder emails tell members": what stands before a verb of its own number is named,
/// and does nothing else. "The first driver to accept gets it": two verbs in a row are two.
fn subjects(words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(1) {
        let finite = matches!(words[at + 1].tag, Tag::Verb(Form::Base) | Tag::Modal | Tag::Auxiliary);
        match words[at].tag {
            Tag::Noun if finite && at == 1 && words[1].plural => {
                let told = words[0].tag == Tag::Verb(Form::Base) && noun_as_well(&words[0]);
                if told && !has_others_act(&words[0]) {
                    words[0].make_noun(false);
                }
            }
            Tag::Verb(Form::ThirdPerson) if finite && words[at].plural => {
                let noun = noun_as_well(&words[at]) || words[at].is_a(knowledge::NOUN_VERBS);
                if noun && words[at - 1].tag == Tag::Noun && !has_others_act(&words[at]) {
                    words[at].make_noun(true);
                }
            }
            Tag::Noun if words[at - 1].tag == Tag::Verb(Form::Base) && !noun_as_well(&words[at]) => {
                let third = matches!(words[at].verb, Some((_, Form::ThirdPerson)));
                let after_to = at > 1 && words[at - 2].tag == Tag::To;
                if third && after_to && matches!(words[at + 1].tag, Tag::Pronoun | Tag::Determiner) {
                    words[at].make_verb();
                }
            }
            _ => {}
        }
    }
}

/// "Help members find", "the list lets users choose": verbs after which somebody else does something.
fn has_others_act(word: &Word) -> bool {
    matches!(word.lemma, "let" | "help" | "make" | "have" | "see" | "watch")
}

/// "Members ask for a repair" request one: what follows is what they want, and not why they ask.
fn requests(words: &mut [Word]) {
    for at in 1..words.len() {
        let active = matches!(words[at - 1].tag, Tag::Verb(Form::Base | Form::ThirdPerson | Form::Ing));
        let asks = words[at].is("for") && active && words[at - 1].lemma == "ask";
        if asks && !words.get(at + 1).is_some_and(|next| next.tag == Tag::Pronoun) {
            words[at - 1].lemma = "request";
            words[at].tag = Tag::Adverb;
        }
    }
}

/// "Finance issues a credit note", "support may look": a part of an organisation that starts a clause does something.
fn departments(words: &mut [Word]) {
    for at in 0..words.len().saturating_sub(1) {
        let starts = at == 0
            || matches!(words[at - 1].tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction | Tag::Adjective);
        let third = matches!(words[at + 1].verb, Some((_, Form::ThirdPerson)));
        let acts = words[at + 1].tag == Tag::Modal
            || third
                && words.get(at + 2).is_some_and(|word| {
                    matches!(word.tag, Tag::Determiner | Tag::Pronoun | Tag::Possessive | Tag::Adverb)
                });
        if starts
            && acts
            && matches!(words[at].tag, Tag::Noun | Tag::Verb(Form::Base))
            && knowledge::is_department(words[at].lower)
        {
            words[at].make_noun(true);
            if third {
                words[at + 1].make_verb();
            }
        }
    }
}

/// "start date, annual rent, deposit": a line that begins with the name of an attribute orders nothing.
fn first_name(words: &mut [Word]) {
    let [first, second, comma, ..] = words else { return };
    let named =
        matches!(first.tag, Tag::Verb(Form::Base)) && second.tag == Tag::Noun && comma.tag == Tag::Comma;
    if named && crate::names::attribute_strength(&format!("{} {}", first.lower, second.lemma)) > 0 {
        first.make_noun(false);
    }
}

/// "…, and runs until either side gives notice": what goes on with a condition is done, and is none of the things before.
fn verbs_before_conditions(words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(1) {
        if words[at].tag != Tag::Noun || words[at].verb.is_none() {
            continue;
        }
        let joined = matches!(words[at - 1].tag, Tag::Comma | Tag::Conjunction);
        let conditional = matches!(words[at + 1].lower, "until" | "unless" | "once");
        // "A listing starts as a draft."
        let third = matches!(words[at].verb, Some(("start" | "begin" | "end" | "count", Form::ThirdPerson)));
        let turns = third && words[at - 1].tag == Tag::Noun && words[at + 1].is("as");
        if joined && conditional || turns {
            words[at].make_verb();
        }
    }
}

/// ", grasp the idea", ": record the time", "and mark them": what stands right before a determiner where a clause can start is a verb.
fn verbs_before_objects(words: &mut [Word]) {
    for at in 0..words.len().saturating_sub(1) {
        if words[at].tag != Tag::Noun {
            continue;
        }
        let starts = at == 0
            || matches!(words[at - 1].tag, Tag::Comma | Tag::Conjunction | Tag::To | Tag::Modal)
            || words[at - 1].is(":");
        let object = matches!(
            words[at + 1].lower,
            "the"
                | "a"
                | "an"
                | "each"
                | "every"
                | "their"
                | "its"
                | "his"
                | "her"
                | "our"
                | "my"
                | "your"
                | "them"
        );
        if !(starts && object && words[at].lower.len() > 2) {
            continue;
        }
        // An unknown word is one only right after a comma: "…, grasp the details".
        let word = &words[at];
        let unknown = !word.plural
            && word.lower.chars().all(char::is_alphabetic)
            && at > 0
            && words[at - 1].tag != Tag::Conjunction;
        if word.verb.is_some() || unknown {
            words[at].make_verb();
        }
    }
}

fn separates(word: &Word) -> bool {
    matches!(word.tag, Tag::Comma)
        || word.tag == Tag::Conjunction && matches!(word.lower, "and" | "or" | "&")
        || matches!(word.lower, ";" | ":" | "(" | ")" | "|")
}

/// Whether words end in a noun, as the item of a list does.
fn nominal(words: &[Word], chunk: &Range<usize>) -> bool {
    words[chunk.clone()].last().is_some_and(|word| matches!(word.tag, Tag::Noun | Tag::Number))
}

/// Whether words can be a name at all: short, and with nothing in it that only a sentence has.
fn fits(words: &[Word], chunk: &Range<usize>) -> bool {
    chunk.len() <= LONGEST
        && words[chunk.clone()].iter().all(|word| {
            matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Verb(_))
                || word.tag == Tag::Auxiliary && matches!(word.lower, "is" | "has")
        })
}

/// Retags a chunk. `form` is the form of the verb that rules the list; a verb of that form goes on with it.
fn settle(text: &str, words: &mut [Word], chunk: &Range<usize>, form: Option<Form>, last: bool) {
    let capital = |word: &Word| text[word.span.clone()].starts_with(char::is_uppercase);
    let title = chunk.len() > 1 && words[chunk.clone()].iter().all(capital);
    let head = chunk.end - 1;
    let verbal = |word: &Word| matches!(word.tag, Tag::Verb(_));
    if !title {
        if words[chunk.clone()].iter().any(|word| word.tag == Tag::Auxiliary) {
            return;
        }
        let first = &words[chunk.start];
        // "Kiln management: includes managing …", ", recording report information": no items, but verbs of their own.
        let goes_on =
            first.is_verb() && (first.is_a(knowledge::CONTAINING) || first.among(knowledge::PARTICIPLES));
        if goes_on {
            return;
        }
        let Tag::Verb(own) = first.tag else {
            // "title, major, grade": an adjective that is a noun as well.
            let lone = chunk.len() == 1 && first.tag == Tag::Adjective;
            if (lone || verbal(&words[head])) && noun_as_well(&words[head]) {
                words[head].make_noun(true);
            }
            return;
        };
        if chunk.len() == 1 {
            if matches!(own, Form::Base | Form::ThirdPerson) && form != Some(own) && noun_as_well(first) {
                words[head].make_noun(true);
            }
            return;
        }
        // "the system records users, sends emails" goes on with a verb; so does "must log in, share photos".
        let continues =
            form == Some(own) && (own != Form::Base || words[head].plural || !last && !noun_as_well(first));
        if continues
            || own == Form::Ing && form == Some(Form::Ing)
            || words[head].tag != Tag::Noun && !noun_as_well(&words[head])
        {
            return;
        }
        if own == Form::Past {
            words[chunk.start].tag = Tag::Adjective;
            words[chunk.start].keep_as_written();
            return;
        }
    }
    for at in chunk.clone() {
        words[at].make_noun(at == head);
    }
}

fn noun_as_well(word: &Word) -> bool {
    const NOUNS: WordLists = knowledge::NOUN_VERBS.or(knowledge::NOUNS).or(knowledge::SOFT_NOUNS);
    word.among(NOUNS) || knowledge::attribute(word.lower).is_some()
}
