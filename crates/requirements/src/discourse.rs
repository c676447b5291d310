//! What a text speaks of from sentence to sentence: what "it", "they", "each" and "the records" stand for.

use crate::lemma::Form;
use crate::lists::OwnedList;
use crate::names;
use crate::owners::IT;
use crate::sentence::Sentence;
use crate::words::Tag;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// What was spoken of last.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    /// The thing that the last sentence was about.
    topic: SmolStr,
    /// The last thing of more than one word that ends in a noun: "borrowing record" for "record".
    heads: BTreeMap<SmolStr, SmolStr>,
}

impl Discourse {
    /// What was spoken of last.
    pub(crate) fn topic(&self) -> &SmolStr {
        &self.topic
    }

    /// The owner of a list, also where the sentence names it only by a pronoun or a general noun; empty where nothing
    /// is spoken of.
    pub(crate) fn owner<'a>(&'a self, list: &'a OwnedList) -> &'a str {
        if !list.owner.is_empty() {
            return &list.owner;
        }
        list.head.as_ref().and_then(|head| self.heads.get(head.as_str())).unwrap_or(&self.topic)
    }

    /// Takes note of what a sentence speaks of.
    pub(crate) fn hear(&mut self, sentence: &Sentence, lists: &[OwnedList]) {
        for phrase in 0..sentence.phrases.len() {
            let range = &sentence.phrases[phrase].name;
            let head = sentence.words[range.end - 1].lemma;
            if range.len() > 1
                && matches!(head, "record" | "detail" | "information" | "info" | "data" | "entry" | "table")
                && let Some(name) = names::thing(sentence, phrase)
            {
                self.heads.insert(SmolStr::new(head), name.into());
            }
        }
        // "This event has …" says more of what was spoken of.
        if lists.iter().any(|list| list.pointed) && !self.topic.is_empty() {
            return;
        }
        let listed = lists.iter().map(|list| list.owner.clone()).find(|owner| !owner.is_empty());
        if let Some(name) = listed.or_else(|| about(sentence)) {
            // "A requester opens a ticket. It has a subject": no person is "it".
            match acted_on(sentence).filter(|_| names::is_person(&name)) {
                Some(thing) => self.heads.insert(IT.into(), thing.into()),
                None => self.heads.remove(IT),
            };
            self.topic = name.into();
        }
    }
}

/// The one thing to which a sentence says first that somebody does something.
fn acted_on(sentence: &Sentence) -> Option<String> {
    let object = sentence.clauses.iter().find_map(|clause| clause.objects.first().copied())?;
    let name = names::thing(sentence, object).filter(|_| !sentence.phrases[object].plural)?;
    (!names::is_person(&name) && !names::is_system(&name)).then_some(name)
}

/// The name of the thing that a sentence is about: its subject or, where that is the system, what this works with.
fn about(sentence: &Sentence) -> Option<String> {
    // "Kept by the clerk, a ledger is …": what the sentence is about stands after the comma.
    let fronted = |clause: &&crate::clauses::Clause| {
        clause.verb > 0 || !matches!(sentence.words[0].tag, Tag::Verb(Form::Past | Form::Ing))
    };
    let comma = || sentence.words.iter().rposition(|word| word.tag == Tag::Comma);
    let clause = match sentence.clauses.first()? {
        first if fronted(&first) => first,
        first => sentence
            .clauses
            .iter()
            .find(|clause| {
                let start = clause.subject_phrase().map(|phrase| sentence.phrases[phrase].words.start);
                start.is_some_and(|start| start > 0 && comma().is_some_and(|comma| comma + 1 == start))
            })
            .unwrap_or(first),
    };
    let object = clause.objects.first().copied();
    let subject = if clause.passive { object } else { clause.subject_phrase() };
    subject
        .filter(|phrase| !names::is_software(sentence, *phrase))
        .and_then(|phrase| names::thing(sentence, phrase))
        .filter(|name| !names::is_system(name))
        .or_else(|| object.and_then(|phrase| names::thing(sentence, phrase)))
}
