//! Phrases of the knowledge tables found in a sentence, and the capabilities that they ask for.

use crate::clauses::{Clause, Subject};
use crate::marks::FoundMeaning;
use crate::model::{Signal, StatementKind};
use crate::reason::{Evidence, add_next};
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::{Meaning, SIGNALS};
use std::collections::BTreeSet;

/// The capabilities that a text asks for: one strong phrase, or two different weak ones.
pub(crate) fn signals(sentences: &[Sentence]) -> Vec<Signal> {
    let mut found: Vec<(BTreeSet<&str>, bool, Evidence)> =
        SIGNALS.iter().map(|_| (BTreeSet::new(), false, Vec::new())).collect();
    for sentence in sentences {
        if matches!(
            sentence.class.kind,
            StatementKind::Noise | StatementKind::Exclusion | StatementKind::Question
        ) {
            continue;
        }
        let said = |here: &&FoundMeaning| {
            !denied(sentence, here.word)
                && !forgone(sentence, here.word)
                && !is_done(sentence, here)
                && !is_no_right(sentence, here)
        };
        for here in sentence.meanings.iter().filter(said) {
            let row = match here.meaning {
                Meaning::Strong(row) => {
                    found[usize::from(row)].1 = true;
                    row
                }
                Meaning::Weak(row) => {
                    found[usize::from(row)].0.insert(here.phrase);
                    row
                }
                Meaning::Quality(_) => continue,
            };
            add_next(&mut found[usize::from(row)].2, sentence.reason());
        }
    }
    SIGNALS
        .iter()
        .zip(found)
        .filter(|(_, (weak, strong, _))| *strong || weak.len() >= 2)
        .map(|(row, (_, _, evidence))| Signal { id: row.id.to_owned(), evidence })
        .collect()
}

/// "A driver reports the place", "I hand in a report": whoever reports something to somebody asks for no report.
fn is_done(sentence: &Sentence, here: &FoundMeaning) -> bool {
    let handed = |clause: &Clause| {
        matches!(sentence.words[clause.verb].lemma, "submit" | "file" | "hand" | "complete" | "write")
            && clause.objects.iter().any(|object| sentence.phrases[*object].words.contains(&here.word))
    };
    let told = |clause: &Clause| {
        let somebody = match clause.subject {
            Subject::Phrase(_) => !clause.passive,
            Subject::Pronoun(_) => true,
            // "I want to report a fault": the role of the story.
            Subject::Unsaid => sentence.story.is_some(),
        };
        clause.verb == here.word && !clause.objects.is_empty() && somebody
    };
    here.phrase == "report" && sentence.clauses.iter().any(|clause| handed(clause) || told(clause))
}

/// "each deploying on its own schedule", "so that I keep my pages tidy": how it is built and why something is asked for
/// give nobody a right.
fn is_no_right(sentence: &Sentence, here: &FoundMeaning) -> bool {
    let why = || sentence.word_in_story(here.word, |story| &story.ends);
    let its = || here.word.checked_sub(1).is_some_and(|before| sentence.words[before].is("its"));
    matches!(here.phrase, "own" | "my")
        && (sentence.class.kind == StatementKind::Constraint || why() || here.phrase == "own" && its())
}

/// "Rent isn't to be paid online", "we don't take payments": what is not done at all is not asked for. What must not be
/// done, or is not done before, twice or without something else, is done all the same.
fn forgone(sentence: &Sentence, word: usize) -> bool {
    let words = &sentence.words;
    let bounded = || {
        words.iter().any(|word| {
            word.tag == Tag::Modal
                || matches!(
                    word.lower,
                    "until"
                        | "unless"
                        | "before"
                        | "after"
                        | "if"
                        | "when"
                        | "while"
                        | "twice"
                        | "again"
                        | "more"
                        | "than"
                        | "without"
                        | "except"
                        | "only"
                        | "yet"
                        | "but"
                )
        })
    };
    sentence.clauses.iter().any(|clause| {
        let object = |phrase: &usize| sentence.phrases[*phrase].words.contains(&word);
        clause.negated && (clause.verb == word || clause.objects.iter().any(object))
    }) && !bounded()
}

/// Whether the words before deny a phrase: "no payments" asks for none, nor does "no online payments". What is our own is
/// the maker's, and no right of those who use it.
fn denied(sentence: &Sentence, word: usize) -> bool {
    let before = &sentence.words[..word.min(sentence.words.len())];
    // "Through our payment provider": what somebody else provides is used.
    let next = sentence.words.get(word + 1);
    let provided = next.is_some_and(|next| matches!(next.lemma, "provider" | "gateway" | "processor"));
    let denies = |word: &Word| matches!(word.lower, "no" | "without" | "not");
    match before {
        // What "this" points to was named before, or is the text itself.
        [.., last] if last.is("our") => !provided,
        [.., last] if denies(last) || last.is("this") => true,
        [.., first, last] => denies(first) && matches!(last.tag, Tag::Adjective),
        _ => false,
    }
}
