//! Who acts, and who does what to what.

use crate::clauses::{Clause, Subject};
use crate::model::{Action, Actor, ActorKind, StatementKind};
use crate::names;
use crate::phrases;
use crate::reason::add_reason;
use crate::sentence::Sentence;
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
        for clause in sentence.clauses.iter().filter(|clause| inside(&means, clause)) {
            // "create and edit" are asked for alike; "create orders that contain …" asks for creating.
            if let Some(last) = last {
                let between = &sentence.words[last.end + 1..clause.verb];
                let joined =
                    between.iter().any(|word| word.tag == crate::words::Tag::Conjunction || word.is("/"))
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
                statement: sentence.id(),
                primary: true,
                entity: names::thing(sentence, phrase).map(|name| names::capitalised(&name)),
            });
        }
        for clause in sentence.clauses.iter().filter(|clause| inside(&ends, clause)) {
            self.push(text, sentence, clause, role, false);
        }
    }

    fn push(&mut self, text: &str, sentence: &Sentence, clause: &Clause, actor: &str, primary: bool) {
        let verb = phrases::written(text, &sentence.words, clause.verb..clause.end + 1).to_lowercase();
        let mut push = |object: String, entity: Option<String>| {
            self.actions.push(Action {
                actor: actor.to_owned(),
                verb: verb.clone(),
                object,
                statement: sentence.id(),
                primary,
                entity,
            });
        };
        if clause.objects.is_empty() {
            push(String::new(), None);
        }
        for object in &clause.objects {
            let written =
                phrases::written(text, &sentence.words, sentence.phrases[*object].name.clone()).to_owned();
            push(written, names::thing(sentence, *object).map(|name| names::capitalised(&name)));
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

/// Whether a modal demands a clause: "must keep".
fn demanded(sentence: &Sentence, clause: &Clause) -> bool {
    clause.verb > 0 && sentence.words[clause.verb - 1].tag == crate::words::Tag::Modal
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
