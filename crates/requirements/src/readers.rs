//! Who alone may read an attribute: "only the clerk sees telephone numbers", "salaries are visible only to managers".

use crate::clauses::Clause;
use crate::doers::nobody_but;
use crate::model::Entity;
use crate::names;
use crate::reason::add_reason;
use crate::sentence::Sentence;
use crate::words::Word;
use knowledge::VerbClass;
use std::ops::Range;

/// Words that say to whom something is open, before "to" or "by".
const OPEN: &[&str] =
    &["visible", "accessible", "readable", "viewable", "seen", "shown", "read", "viewed", "available"];

/// How far "only" stands from what it limits.
const NEAR: usize = 3;

/// Notes at each attribute who alone may read it.
pub(crate) fn attach(entities: &mut [Entity], sentences: &[Sentence]) {
    for sentence in sentences {
        let Some((people, things)) = limited(sentence) else { continue };
        let readers: Vec<String> = people
            .map(|person| names::thing(sentence, person).unwrap_or_else(|| sentence.name(person)))
            .filter(|name| names::is_person(name) || knowledge::is_department(name))
            .collect();
        if readers.is_empty() {
            continue;
        }
        for thing in things {
            let name = sentence.name(thing);
            let owner = sentence.phrases[thing].owner.or_else(|| sentence.of_phrase(thing));
            let owner = owner.and_then(|owner| names::thing(sentence, owner));
            let of = |entity: &&mut Entity| {
                owner.as_ref().is_none_or(|owner| entity.name.eq_ignore_ascii_case(owner))
            };
            let attributes = entities.iter_mut().filter(of).flat_map(|entity| &mut entity.attributes);
            for attribute in attributes.filter(|attribute| attribute.name == name) {
                attribute.readers.clone_from(&readers);
                add_reason(&mut attribute.evidence, sentence.reason());
            }
        }
    }
}

/// The phrases of those who alone may read, and of what.
fn limited(sentence: &Sentence) -> Option<(Range<usize>, Vec<usize>)> {
    if let Some(except) = nobody_but(&sentence.words) {
        let clause =
            sentence.clauses.iter().find(|clause| clause.verb < except && reads(sentence, clause))?;
        let things = clause.objects.iter().copied();
        let things = things.filter(|thing| sentence.phrases[*thing].words.end <= except).collect();
        let first = sentence.phrases.iter().position(|phrase| phrase.words.start > except)?;
        return Some((first..coordinated_after(sentence, first), things));
    }
    let only = sentence.words.iter().position(|word| word.is("only"))?;
    let active = sentence.clauses.iter().find_map(|clause| {
        let subject = clause.subject_phrase().filter(|_| !clause.passive && !clause.negated)?;
        let people = sentence.with_subject(subject);
        let start = sentence.phrases[people.start].words.start;
        let limits = only == start || only + 1 == start;
        (limits && reads(sentence, clause) && !clause.objects.is_empty())
            .then(|| (people, clause.objects.clone()))
    });
    active.or_else(|| opened(sentence, only))
}

/// "Salaries are visible only to managers", "telephone numbers can only be seen by the clerk".
fn opened(sentence: &Sentence, only: usize) -> Option<(Range<usize>, Vec<usize>)> {
    let words = &sentence.words;
    let open = words.iter().position(|word| OPEN.contains(&word.lower))?;
    let near = only.abs_diff(open) <= NEAR;
    let to = words[open..].iter().take(NEAR).position(is_to).map(|at| open + at).filter(|_| near)?;
    let first = sentence.phrases.iter().position(|phrase| phrase.words.start == to + 1)?;
    let last = sentence.phrases[..first].iter().rposition(|phrase| phrase.words.end <= open.min(only))?;
    // "the salary of an employee": of the salary that is said.
    let last = last.checked_sub(1).filter(|before| sentence.of_phrase(*before) == Some(last)).unwrap_or(last);
    let things = sentence.with_subject(last).collect();
    Some((first..coordinated_after(sentence, first), things))
}

fn is_to(word: &Word) -> bool {
    matches!(word.lower, "to" | "by" | "for")
}

fn reads(sentence: &Sentence, clause: &Clause) -> bool {
    let lemma = sentence.words[clause.verb].lemma;
    crate::lemma::class(lemma) == Some(VerbClass::Read) || knowledge::access("sees").contains(&lemma)
}

/// The end of the phrases that are joined to one after it: "the clerk and the manager".
fn coordinated_after(sentence: &Sentence, first: usize) -> usize {
    let joined = |at: &usize| sentence.coordinates(*at - 1);
    (first + 1..sentence.phrases.len()).take_while(joined).last().unwrap_or(first) + 1
}
