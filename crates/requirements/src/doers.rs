//! Who it is that does something: a person, a department, a system, or those who build the system and are no role in it.

use crate::clauses::Clause;
use crate::model::StatementKind;
use crate::names;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::VerbClass;

/// "A second person", "somebody else", "other than the person who issued it": nobody whom the text knows otherwise.
pub(crate) fn is_anybody_else(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let compared = this.words.start.checked_sub(1).is_some_and(|than| sentence.words[than].is("than"));
    matches!(sentence.words[this.name.end - 1].lemma, "person" | "individual" | "human")
        && (compared
            || sentence.words[this.words.start..this.name.end].iter().any(|word| {
                matches!(word.lower, "second" | "third" | "another" | "other" | "different" | "same")
            }))
}

/// The people who do with its subject what a clause says: "teachers, parents and students submit forms".
pub(crate) fn joined_people<'a>(
    sentence: &'a Sentence<'a>,
    clause: &Clause,
) -> impl Iterator<Item = usize> + use<'a> {
    let joined = clause.subject_phrase().map_or(0..0, |subject| {
        let all = sentence.with_subject(subject);
        all.start..all.end - 1
    });
    joined.filter(|person| names::is_person(&plain_name(sentence, *person)))
}

/// Whether a word is "nobody", or the last one of "no one".
pub(crate) fn is_nobody(words: &[Word], at: usize) -> bool {
    matches!(words[at].lower, "nobody" | "no-one" | "noone")
        || words[at].is("one") && at.checked_sub(1).is_some_and(|no| words[no].is("no"))
}

/// "Nobody … except", "no one … but": the word after which those stand who alone may.
pub(crate) fn nobody_but(words: &[Word]) -> Option<usize> {
    let first = words.iter().position(|word| word.tag != Tag::Punctuation)?;
    let last = first + usize::from(words[first].is("no"));
    if last >= words.len() || !is_nobody(words, last) {
        return None;
    }
    words.iter().position(|word| matches!(word.lower, "except" | "but" | "besides"))
}

/// "The team has eight developers who know Go", "our engineers use Django": those who build the system are no role in it.
pub(crate) fn builds_it(sentence: &Sentence, subject: usize, clause: &Clause) -> bool {
    let words = &sentence.words;
    let phrase = &sentence.phrases[subject];
    let ours = || {
        words
            .iter()
            .any(|word| matches!(word.lower, "we" | "our" | "us" | "team" | "we're" | "founder" | "founders"))
    };
    let counted = words[phrase.words.clone()].iter().any(|word| word.tag == Tag::Number);
    let head = &words[phrase.name.end - 1];
    // "Our people know Django", "two volunteers who know Laravel build it".
    let people = || {
        let counted = counted && names::is_person(head.lemma);
        counted && sentence.marks.iter().any(|mark| matches!(mark.mark, knowledge::Mark::Names(_)))
            || matches!(head.lemma, "person" | "people" | "staff" | "team" | "colleague")
                && words[phrase.words.clone()].iter().any(|word| word.is("our"))
                && sentence.marks.iter().any(|mark| matches!(mark.mark, knowledge::Mark::Names(_)))
    };
    let builder = crate::counted::is_builder(head);
    // "We have two developers and want to start in May": whatever these do, they do it to the system.
    if builder && ours() && counted && sentence.class.kind == StatementKind::Constraint {
        return true;
    }
    (builder || people())
        && (ours() || counted)
        && matches!(
            words[clause.verb].lemma,
            "know"
                | "use"
                | "build"
                | "develop"
                | "maintain"
                | "program"
                | "code"
                | "speak"
                | "learn"
                | "work"
                | "prefer"
                | "like"
                | "run"
                | "operate"
                | "host"
                | "write"
        )
}

/// "The vendor shall deliver a platform": who is to build the system is no role in it.
pub(crate) fn delivers_it(sentence: &Sentence, subject: usize, clause: &Clause) -> bool {
    let words = &sentence.words;
    let head = words[sentence.phrases[subject].name.end - 1].lemma;
    let builder = matches!(
        head,
        "vendor"
            | "supplier"
            | "bidder"
            | "tenderer"
            | "contractor"
            | "provider"
            | "developer"
            | "offeror"
            | "proposer"
    );
    let built = |object: &usize| {
        let last = words[sentence.phrases[*object].name.end - 1].lemma;
        names::is_software(sentence, *object)
            || matches!(last, "solution" | "documentation" | "training" | "warranty" | "hosting" | "source")
    };
    builder
        && !clause.passive
        && matches!(
            words[clause.verb].lemma,
            "deliver"
                | "provide"
                | "supply"
                | "develop"
                | "build"
                | "implement"
                | "host"
                | "maintain"
                | "offer"
        )
        && clause.objects.iter().any(built)
}

/// "Turnstiles report each entry": a device that tells the system what it measured or saw.
pub(crate) fn reports(sentence: &Sentence, clause: &Clause, name: &str) -> bool {
    !clause.passive
        && knowledge::interface("telling").contains(&sentence.words[clause.verb].lemma)
        && !names::is_person(name)
        && [name, names::head(name)]
            .iter()
            .any(|known| knowledge::interface("telling-devices").contains(known))
}

/// Whether an organisation does what only its people can do: "the restaurant rejects the order".
pub(crate) fn staff_acts(sentence: &Sentence, clause: &Clause, name: &str) -> bool {
    knowledge::holds(knowledge::ORGANISATIONS, names::head(name))
        && !clause.passive
        && sentence.words[clause.verb].is_a(knowledge::DECIDING)
}

/// Whether a part of an organisation does something: "finance issues a credit note", "the office may look at everything".
pub(crate) fn department_acts(sentence: &Sentence, subject: usize, clause: &Clause, name: &str) -> bool {
    let verb = &sentence.words[clause.verb];
    let class = crate::lemma::class(verb.lemma);
    !clause.passive
        && !sentence.phrases[subject].plural
        && knowledge::is_department(name)
        && class.is_some_and(|class| class != VerbClass::State)
}

/// "A sender registers a shipment": whoever is called by what somebody does is somebody.
pub(crate) fn is_doer(sentence: &Sentence, clause: &Clause, name: &str) -> bool {
    let changes = crate::lemma::class(sentence.words[clause.verb].lemma).is_some_and(VerbClass::changes);
    !clause.passive && changes && crate::lemma::verb_of_doer(name).is_some()
}

/// "the system", "the application": what is to be built, not an actor on it.
pub(crate) fn is_the_system(name: &str) -> bool {
    !name.contains(' ')
        || name.ends_with(" system")
        || name.ends_with(" application")
        || name.ends_with(" platform")
}

/// The name of a phrase for an actor, plain adjectives dropped.
pub(crate) fn plain_name(sentence: &Sentence, phrase: usize) -> String {
    let name = names::thing(sentence, phrase).unwrap_or_else(|| sentence.name(phrase));
    // "A head of department": of what, where that is said without an article, is a part of the role.
    let of = || {
        sentence.of_phrase(phrase).filter(|of| {
            let of = &sentence.phrases[*of];
            of.words.start == of.name.start && !of.plural
        })
    };
    match name.as_str() {
        "head" | "chief" | "director" | "master" => match of() {
            Some(of) => format!("{name} of {}", sentence.name(of)),
            None => name,
        },
        _ => name,
    }
}
