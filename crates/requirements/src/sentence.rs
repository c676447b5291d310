//! A unit of the text with everything that was read from it.

use crate::clauses::Clause;
use crate::lists::OwnedList;
use crate::marks::{FoundMark, FoundMeaning};
use crate::names;
use crate::phrases::{self, Phrase};
use crate::reason::Reason;
use crate::statements::Class;
use crate::stories::Story;
use crate::values::Values;
use crate::words::{Tag, Word};
use smol_str::SmolStr;
use std::ops::Range;

/// A unit with its words, phrases and clauses.
#[derive(Debug, Clone)]
pub(crate) struct Sentence<'a> {
    /// The index of the unit, which is also the index of the statement.
    pub(crate) unit: usize,
    pub(crate) class: Class,
    /// The unit in lower case, without its marker.
    pub(crate) lower: String,
    /// Phrases as they are written in `lower`.
    pub(crate) marks: Vec<FoundMark>,
    /// Phrases of base forms.
    pub(crate) meanings: Vec<FoundMeaning>,
    pub(crate) words: Vec<Word<'a>>,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) story: Option<Story>,
    /// The name of the thing that each phrase speaks of.
    pub(crate) things: Vec<Option<SmolStr>>,
    /// The phrases behind which it tells all values, with these.
    pub(crate) values: Vec<(usize, Values)>,
    /// What it lists as belonging to something.
    pub(crate) lists: Vec<OwnedList>,
    /// Whether it gives a reason, with "because": hardly any does, and each phrase and clause is asked for it.
    pub(crate) gives_reason: bool,
}

/// The id of the statement that a unit is. There are so many ids that they are written digit by digit: a formatter takes
/// several times as long.
pub(crate) fn id_of(unit: usize) -> String {
    let number = unit + 1;
    // As long as that of any text within the limit, so that it never grows.
    let mut id = String::with_capacity(8);
    id.push('s');
    let mut place = 10_usize.pow(number.ilog10());
    while place > 0 {
        id.push(char::from(b'0' + (number / place % 10) as u8));
        place /= 10;
    }
    id
}

impl Sentence<'_> {
    /// The id of the statement.
    pub(crate) fn id(&self) -> String {
        id_of(self.unit)
    }

    /// The state into which a phrase is said to be brought: "one bid shall be accepted".
    pub(crate) fn moved_into(&self, phrase: usize) -> Option<&Word<'_>> {
        let moves = |clause: &&Clause| {
            clause.passive
                && clause.objects.contains(&phrase)
                && crate::lemma::class(self.words[clause.verb].lemma)
                    == Some(knowledge::VerbClass::Transition)
        };
        self.clauses.iter().find(moves).map(|clause| &self.words[clause.verb])
    }

    /// The statement as a reason.
    pub(crate) fn reason(&self) -> Reason {
        Reason::Statement(u32::try_from(self.unit + 1).unwrap_or(u32::MAX))
    }

    /// The name of a phrase, the last word in the singular.
    pub(crate) fn name(&self, phrase: usize) -> String {
        phrases::name(&self.words, &self.phrases[phrase])
    }

    /// Whether a phrase names people, as its last word tells.
    pub(crate) fn names_people(&self, phrase: usize) -> bool {
        names::is_person(self.words[self.phrases[phrase].name.end - 1].lemma)
    }

    /// Whether a phrase is one of the values that an attribute can have, and no thing.
    pub(crate) fn is_value(&self, phrase: usize) -> bool {
        let start = self.phrases[phrase].words.start;
        self.values.iter().any(|(_, values)| values.words.contains(&start))
    }

    /// The phrase that goes on after "of", right after a phrase.
    pub(crate) fn of_phrase(&self, phrase: usize) -> Option<usize> {
        self.phrase_after(phrase, |preposition, _| preposition == "of")
    }

    /// The phrase that belongs to the name before it: "date of birth", "person in charge", "price per unit".
    pub(crate) fn rest_of_name(&self, phrase: usize) -> Option<usize> {
        // "number in stock", but a product in stock is a product.
        let counts = || {
            let head = self.words[self.phrases[phrase].name.end - 1].lemma;
            matches!(head, "number" | "quantity" | "amount" | "count" | "unit")
        };
        self.phrase_after(phrase, |preposition, next| match preposition {
            "of" | "per" => true,
            "in" => next == "charge" || next == "stock" && counts(),
            "on" => next == "hand" && counts(),
            _ => false,
        })
    }

    fn phrase_after(&self, phrase: usize, fits: impl Fn(&str, &str) -> bool) -> Option<usize> {
        let end = self.phrases[phrase].words.end;
        let next = self.phrases.get(phrase + 1).filter(|next| next.words.start == end + 1)?;
        fits(self.words.get(end)?.lower, self.words[next.name.end - 1].lower).then_some(phrase + 1)
    }

    /// Whether a phrase stands in a part of the user story that the sentence tells: its role, its ends.
    pub(crate) fn in_story(&self, phrase: usize, part: impl Fn(&Story) -> &Range<usize>) -> bool {
        self.word_in_story(self.phrases[phrase].name.start, part)
    }

    /// The same of a word.
    pub(crate) fn word_in_story(&self, word: usize, part: impl Fn(&Story) -> &Range<usize>) -> bool {
        let start = self.words[word].span.start;
        self.story.as_ref().is_some_and(|story| part(story).contains(&start))
    }

    /// Whether a word stands in what the sentence gives as the reason: "because nobody notices a failing heater at night".
    /// That is how things are without the system, and nothing that it does or keeps.
    pub(crate) fn is_why(&self, word: usize) -> bool {
        if !self.gives_reason {
            return false;
        }
        let before = &self.words[..word];
        let Some(why) = before.iter().rposition(|word| word.is("because")) else { return false };
        // "Because of the law they are wiped": that is what the system does.
        if self.words.get(why + 1).is_some_and(|of| of.is("of")) {
            return false;
        }
        let ends = |word: &Word| word.tag == Tag::Punctuation || why == 0 && word.tag == Tag::Comma;
        !before[why..].iter().any(ends)
    }

    /// Whether what a verb says need not be so: "may have", "can be assigned".
    pub(crate) fn optional(&self, verb: usize) -> bool {
        self.words[..verb]
            .iter()
            .rev()
            .take_while(|word| matches!(word.tag, Tag::Adverb | Tag::Auxiliary | Tag::Modal))
            .any(|word| matches!(word.lower, "may" | "can" | "could" | "might" | "optionally" | "sometimes"))
    }

    /// The pronoun that stands for what a passive clause is about: "they" of "they are connected".
    pub(crate) fn done_to(&self, clause: &Clause) -> Option<usize> {
        // "Whether it is confirmed or waitlisted": both are said of it.
        let before = self.words[..clause.verb].iter().rposition(|word| {
            !matches!(
                word.tag,
                Tag::Adverb
                    | Tag::Auxiliary
                    | Tag::Modal
                    | Tag::Negation
                    | Tag::Conjunction
                    | Tag::Verb(crate::lemma::Form::Past)
            )
        });
        before.filter(|at| clause.passive && clause.objects.is_empty() && self.words[*at].tag == Tag::Pronoun)
    }

    /// Whether a pronoun can stand for a phrase: "it" and "its" for one thing, "he" and "her" for a person, "they" for
    /// several or for somebody.
    pub(crate) fn can_be(&self, phrase: usize, pronoun: &str) -> bool {
        let several = self.phrases[phrase].plural;
        let person = || self.names_people(phrase);
        match pronoun {
            "it" | "its" => !several && !person(),
            "he" | "she" | "him" | "his" | "her" => !several && person(),
            "they" | "them" | "their" => several || person(),
            _ => true,
        }
    }

    /// Whether only commas and conjunctions join a phrase to the next one.
    pub(crate) fn coordinates(&self, phrase: usize) -> bool {
        phrases::coordinates(&self.words, &self.phrases, phrase)
    }

    /// The phrases that are one subject with another: "teachers, parents and students submit".
    pub(crate) fn with_subject(&self, subject: usize) -> Range<usize> {
        let mut first = subject;
        let mut joined = false;
        while let Some(before) = first.checked_sub(1) {
            let gap = self.phrases[before].words.end..self.phrases[first].words.start;
            let Some(gap) = self.words.get(gap).filter(|gap| !gap.is_empty()) else { break };
            let and = gap.iter().any(|word| word.tag == Tag::Conjunction);
            if !self.coordinates(before) || !joined && !and {
                break;
            }
            joined = true;
            first = before;
        }
        // "For teachers and parents, students submit …", "buys cars and vans and …": part of something else.
        let opens = self.phrases[first].words.start;
        let free = opens.checked_sub(1).is_none_or(|before| {
            matches!(self.words[before].tag, Tag::Punctuation | Tag::Subordinator | Tag::Adverb)
        });
        if free { first..subject + 1 } else { subject..subject + 1 }
    }

    /// Whether a phrase is denied: "no vet".
    pub(crate) fn denied(&self, phrase: usize) -> bool {
        let start = self.phrases[phrase].words.start;
        let no = |at: &usize| self.words[*at].is("no") && !phrases::bounds(&self.words, *at);
        (start.saturating_sub(1)..=start).any(|at| no(&at))
    }
}
