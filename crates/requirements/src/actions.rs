//! Who acts, and who does what to what.

use crate::clauses::{Clause, Subject};
use crate::lemma::Form;
use crate::model::{Action, Actor, ActorKind, StatementKind};
use crate::names;
use crate::phrases;
use crate::reason::add_reason;
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::VerbClass;
use std::ops::Range;

/// Actors and actions, collected sentence by sentence.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    pub(crate) actors: Vec<Actor>,
    pub(crate) actions: Vec<Action>,
}

impl Actions {
    /// Reads a sentence. `speaker` is who "they" or "he" last was.
    pub(crate) fn gather(&mut self, text: &str, sentence: &Sentence, speaker: &mut String) {
        if matches!(
            sentence.class.kind,
            StatementKind::Noise | StatementKind::Exclusion | StatementKind::Question
        ) {
            return;
        }
        if let Some(story) = &sentence.story {
            let role = persona(text, story.role.clone());
            self.actor(&role, ActorKind::Human, sentence);
            speaker.clone_from(&role);
            self.story(text, sentence, &role, story.means.clone(), story.ends.clone());
            return;
        }
        let mut first = true;
        for clause in &sentence.clauses {
            let verb = &sentence.words[clause.verb];
            let class = crate::lemma::class(&verb.lemma);
            if !verb.is_verb()
                || clause.negated
                || class.is_none_or(|class| class == VerbClass::State)
                    && !(clause.passive || demanded(sentence, clause))
            {
                continue;
            }
            let actor = self.clause_actor(text, sentence, clause, speaker);
            self.push(text, sentence, clause, &actor, first);
            first = false;
        }
    }

    /// The actions of a user story: those of its means are primary up to the first that depends on another.
    fn story(
        &mut self,
        text: &str,
        sentence: &Sentence,
        role: &str,
        means: Range<usize>,
        ends: Range<usize>,
    ) {
        let inside =
            |range: &Range<usize>, clause: &Clause| range.contains(&sentence.words[clause.verb].span.start);
        let mut last: Option<&Clause> = None;
        let mut primary = true;
        let told: Vec<&Clause> = sentence
            .clauses
            .iter()
            .filter(|clause| does(sentence, clause) && !tells_which(sentence, clause))
            .collect();
        for clause in told.iter().copied().filter(|clause| inside(&means, clause)) {
            // "create and edit" are asked for alike; "create orders that contain …" asks for creating.
            if let Some(last) = last {
                let between = &sentence.words[last.end + 1..clause.verb];
                let joined = between.iter().any(|word| word.tag == Tag::Conjunction || word.is("/"))
                    && clause.subject == last.subject;
                primary = primary && joined;
            }
            self.push(text, sentence, clause, role, primary);
            last = Some(clause);
        }
        if last.is_none()
            && let Some(phrase) = (0..sentence.phrases.len()).find(|phrase| {
                means.contains(&sentence.words[sentence.phrases[*phrase].name.start].span.start)
            })
        {
            // "I want a map of the bins": wanting is the action.
            let object =
                phrases::written(text, &sentence.words, sentence.phrases[phrase].name.clone()).to_owned();
            self.actions.push(Action {
                actor: role.to_owned(),
                verb: "want".to_owned(),
                object,
                preposition: None,
                statement: sentence.id(),
                primary: true,
                entity: names::thing(sentence, phrase).map(|name| names::capitalised(&name)),
            });
        }
        for clause in told.into_iter().filter(|clause| inside(&ends, clause)) {
            self.push(text, sentence, clause, role, false);
        }
    }

    fn push(&mut self, text: &str, sentence: &Sentence, clause: &Clause, actor: &str, primary: bool) {
        let start = adverb_before(sentence, clause.verb);
        let verb = phrases::written(text, &sentence.words, start..clause.end + 1).to_lowercase();
        let mut push = |phrase: Option<usize>, preposition: Option<&str>| {
            let object = phrase.map(|phrase| {
                phrases::written(text, &sentence.words, sentence.phrases[phrase].name.clone()).to_owned()
            });
            self.actions.push(Action {
                actor: actor.to_owned(),
                verb: verb.clone(),
                object: object.unwrap_or_default(),
                preposition: preposition.map(str::to_owned),
                statement: sentence.id(),
                primary: primary && preposition.is_none(),
                entity: phrase
                    .and_then(|phrase| names::thing(sentence, phrase))
                    .map(|name| names::capitalised(&name))
                    .filter(|_| preposition.is_none()),
            });
        };
        if clause.objects.is_empty() {
            push(None, None);
        }
        for object in &clause.objects {
            push(Some(*object), None);
        }
        for (preposition, phrase) in &clause.obliques {
            push(Some(*phrase), Some(sentence.words[*preposition].lower.as_str()));
        }
    }

    /// Who does what a clause says, as an actor; empty where it is not said or no actor.
    fn clause_actor(
        &mut self,
        text: &str,
        sentence: &Sentence,
        clause: &Clause,
        speaker: &mut String,
    ) -> String {
        let _ = text;
        match clause.subject {
            Subject::Phrase(phrase) => {
                let name = plain_name(sentence, phrase);
                let kind = if names::is_person(&name) {
                    ActorKind::Human
                } else if names::is_system(&name) && !is_the_system(&name) {
                    ActorKind::System
                } else {
                    return String::new();
                };
                self.actor(&name, kind, sentence);
                speaker.clone_from(&name);
                name
            }
            Subject::Pronoun(word)
                if matches!(sentence.words[word].lower.as_str(), "they" | "he" | "she") =>
            {
                speaker.clone()
            }
            Subject::Pronoun(_) | Subject::Unsaid => String::new(),
        }
    }

    fn actor(&mut self, name: &str, kind: ActorKind, sentence: &Sentence) {
        let id = name
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        if id.is_empty() {
            return;
        }
        let at = self.actors.iter().position(|actor| actor.id == id).unwrap_or_else(|| {
            self.actors.push(Actor { id, name: name.to_owned(), kind, evidence: Vec::new() });
            self.actors.len() - 1
        });
        add_reason(&mut self.actors[at].evidence, sentence.reason());
    }
}

/// The adverb of manner right before a verb belongs to what is done: "anonymously view".
fn adverb_before(sentence: &Sentence, verb: usize) -> usize {
    let before = verb.checked_sub(1).map(|at| &sentence.words[at]);
    let manner = before.is_some_and(|word| {
        word.tag == Tag::Adverb
            && (word.lower.ends_with("ly") || word.is("better"))
            && !matches!(word.lower.as_str(), "only" | "daily" | "weekly" | "monthly" | "hourly")
    });
    verb - usize::from(manner)
}

/// Whether a clause says what is done, not which thing is meant: "the dataset I have published" only tells which.
fn tells_which(sentence: &Sentence, clause: &Clause) -> bool {
    let word = &sentence.words[clause.verb];
    if word.tag != Tag::Verb(Form::Past) || clause.verb == 0 {
        return false;
    }
    let before = &sentence.words[clause.verb - 1];
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
            .any(|word| matches!(word.lower.as_str(), "i" | "that" | "which" | "who" | "we"));
    after_noun || relative
}

/// Whether a modal demands a clause: "must keep".
fn demanded(sentence: &Sentence, clause: &Clause) -> bool {
    clause.verb > 0 && sentence.words[clause.verb - 1].tag == Tag::Modal
}

/// Whether a clause does something: a verb, or "have" that stands for getting or keeping, but no "be".
fn does(sentence: &Sentence, clause: &Clause) -> bool {
    let word = &sentence.words[clause.verb];
    word.is_verb()
        || word.is("have")
            && clause.verb > 0
            && matches!(sentence.words[clause.verb - 1].tag, Tag::To | Tag::Modal)
}

/// "the system", "the application": what is to be built, not an actor on it.
fn is_the_system(name: &str) -> bool {
    !name.contains(' ')
        || name.ends_with(" system")
        || name.ends_with(" application")
        || name.ends_with(" platform")
}

/// The name of a phrase for an actor, plain adjectives dropped.
fn plain_name(sentence: &Sentence, phrase: usize) -> String {
    names::thing(sentence, phrase).unwrap_or_else(|| sentence.name(phrase))
}

/// The role of a user story without punctuation: "camp administrator".
fn persona(text: &str, range: Range<usize>) -> String {
    let role = text[range]
        .trim()
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '*' | '_'))
        .trim();
    // "user who has signed in" is a user.
    let cut = [" who ", " that ", " which ", " of the system", ", "]
        .iter()
        .filter_map(|word| role.find(word))
        .min()
        .unwrap_or(role.len());
    role[..cut].trim().to_owned()
}
