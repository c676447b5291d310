//! A unit of the text with everything that was read from it.

use crate::clauses::{Clause, Subject};
use crate::phrases::{self, Phrase};
use crate::reason::Reason;
use crate::statements::Class;
use crate::stories::Story;
use crate::words::Word;

/// A unit with its words, phrases and clauses.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// The index of the unit, which is also the index of the statement.
    pub(crate) unit: usize,
    pub(crate) class: Class,
    pub(crate) words: Vec<Word>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) story: Option<Story>,
}

impl Sentence {
    /// The id of the statement.
    pub(crate) fn id(&self) -> String {
        format!("s{}", self.unit + 1)
    }

    /// The statement as a reason.
    pub(crate) fn reason(&self) -> Reason {
        Reason::Statement(u32::try_from(self.unit + 1).unwrap_or(u32::MAX))
    }

    /// The name of a phrase, the last word in the singular.
    pub(crate) fn name(&self, phrase: usize) -> String {
        phrases::name(&self.words, &self.phrases[phrase])
    }

    /// The phrase of a clause's subject, if it has one.
    pub(crate) fn subject_phrase(&self, clause: &Clause) -> Option<usize> {
        match clause.subject {
            Subject::Phrase(phrase) => Some(phrase),
            Subject::Pronoun(_) | Subject::Unsaid => None,
        }
    }

    /// The phrase that goes on after "of", right after a phrase.
    pub(crate) fn of_phrase(&self, phrase: usize) -> Option<usize> {
        let end = self.phrases[phrase].words.end;
        let of = self.words.get(end).is_some_and(|word| word.is("of"));
        (of && self.phrases.get(phrase + 1).is_some_and(|next| next.words.start == end + 1))
            .then_some(phrase + 1)
    }
}
