//! Whether a clause says what somebody does with the system, or only how many there are, which thing is meant, what is
//! looked up, or what is asked of whoever builds it.

use crate::clauses::Clause;
use crate::lemma::Form;
use crate::names;
use crate::sentence::Sentence;
use crate::words::Tag;

/// "want to be sure", "can be flexible": what somebody is to be.
pub(crate) fn is_to_be(sentence: &Sentence, clause: &Clause) -> bool {
    let words = &sentence.words;
    words[clause.verb].is("be")
        && clause.verb > 0
        && matches!(words[clause.verb - 1].tag, Tag::To | Tag::Modal)
        && words
            .get(clause.verb + 1)
            .is_some_and(|next| next.tag == Tag::Adjective && !matches!(next.lower, "able" | "available"))
        && words.get(clause.verb + 2).is_none_or(|next| next.tag != Tag::Noun)
}

/// Whether a clause says what is done, not which thing is meant: "the dataset I have published" only tells which.
pub(crate) fn tells_which(sentence: &Sentence, clause: &Clause) -> bool {
    let word = &sentence.words[clause.verb];
    if !matches!(word.tag, Tag::Verb(Form::Past | Form::Ing)) || clause.verb == 0 {
        return false;
    }
    let before = &sentence.words[clause.verb - 1];
    if word.tag == Tag::Verb(Form::Ing) {
        // "the data coming from the partner"
        return before.tag == Tag::Noun;
    }
    let helper = sentence.words[..clause.verb]
        .iter()
        .rev()
        .find(|word| !matches!(word.tag, Tag::Adverb | Tag::Negation));
    let after_noun =
        matches!(before.tag, Tag::Noun | Tag::Adverb) && helper.is_some_and(|word| word.tag == Tag::Noun);
    let relative = helper.is_some_and(|word| word.tag == Tag::Auxiliary)
        && sentence.words[..clause.verb]
            .iter()
            .rev()
            .skip_while(|word| matches!(word.tag, Tag::Auxiliary | Tag::Adverb | Tag::Negation))
            .take(2)
            .any(|word| matches!(word.lower, "i" | "that" | "which" | "who" | "we"));
    after_noun || relative
}

/// "600,000 devices are connected at once": how many there are, and nothing that somebody does.
pub(crate) fn is_measured(sentence: &Sentence, clause: &Clause) -> bool {
    let many = |object: &usize| {
        sentence.words[sentence.phrases[*object].words.clone()].iter().any(|word| {
            word.tag == Tag::Number && word.lower.chars().filter(char::is_ascii_digit).count() > 1
        })
    };
    clause.passive
        && clause.objects.first().is_some_and(many)
        && !clause.obliques.iter().any(|(link, _)| sentence.words[*link].is("by"))
}

/// By which somebody is told something without using the system.
const CHANNELS: &[&str] = &["email", "e-mail", "mail", "sms", "text", "letter", "post", "phone", "whatsapp"];

/// "Owners get a reminder by e-mail": whoever is written to uses nothing.
pub(crate) fn is_told(sentence: &Sentence, clause: &Clause) -> bool {
    let channel = |(link, phrase): &(usize, usize)| {
        let name = sentence.name(*phrase);
        matches!(sentence.words[*link].lower, "by" | "via" | "through" | "per")
            && CHANNELS.contains(&names::head(&name))
    };
    !clause.passive
        && matches!(sentence.words[clause.verb].lemma, "get" | "receive")
        && clause.obliques.iter().any(channel)
}

/// "Create a categories table": what is asked of whoever designs the system, and of nobody who uses it.
pub(crate) fn is_order_to_designer(sentence: &Sentence, clause: &Clause) -> bool {
    let head =
        |object: &usize| Some(sentence.words.get(sentence.phrases[*object].words.end.checked_sub(1)?)?.lemma);
    clause.subject_phrase().is_none()
        && matches!(sentence.words[clause.verb].lemma, "create" | "build" | "design" | "define" | "add")
        && clause.objects.first().and_then(head).is_some_and(|head| matches!(head, "table" | "schema"))
}

/// "see if I made all payments", "know whether a room is booked", "see how many seats are sold": what is looked up is not
/// done.
pub(crate) fn is_looked_up(sentence: &Sentence, clause: &Clause) -> bool {
    sentence.words[..clause.verb].windows(2).any(|pair| {
        matches!(pair[1].lower, "if" | "whether" | "how")
            && pair[0].is_verb()
            && matches!(pair[0].lemma, "see" | "know" | "check" | "view" | "tell" | "ask")
    })
}

/// Whether a modal demands a clause: "must keep", "has to decide".
pub(crate) fn demanded(sentence: &Sentence, clause: &Clause) -> bool {
    let before = |back: usize| clause.verb.checked_sub(back).map(|at| &sentence.words[at]);
    let has_to = || {
        before(1).is_some_and(|to| to.tag == Tag::To)
            && before(2).is_some_and(|have| have.is("has") || have.is("have"))
    };
    before(1).is_some_and(|modal| modal.tag == Tag::Modal) || has_to()
}

/// Whether a clause does something: a verb, or "have" and "do" that stand for getting and doing, or what somebody is
/// to be.
pub(crate) fn does(sentence: &Sentence, clause: &Clause) -> bool {
    let word = &sentence.words[clause.verb];
    let asked = sentence.words[..clause.verb]
        .iter()
        .rev()
        .find(|before| before.tag != Tag::Adverb)
        .is_some_and(|before| matches!(before.tag, Tag::To | Tag::Modal | Tag::Conjunction));
    word.is_verb() || asked && (word.is("have") || word.is("do")) || is_to_be(sentence, clause)
}
