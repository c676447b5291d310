//! Phrases of the knowledge tables found in a sentence, and the capabilities that they ask for.

use crate::model::{Signal, StatementKind};
use crate::reason::{Evidence, add_reason};
use crate::sentence::Sentence;
use crate::words::Word;
use knowledge::SIGNALS;
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
        let lemmas = padded_lemmas(&sentence.words);
        for (row, (weak, strong, evidence)) in SIGNALS.iter().zip(&mut found) {
            let is_strong = row.strong.iter().any(|phrase| asks(sentence, &lemmas, phrase));
            let before = weak.len();
            weak.extend(row.weak.iter().filter(|phrase| asks(sentence, &lemmas, phrase)));
            if is_strong || weak.len() > before {
                *strong |= is_strong;
                add_reason(evidence, sentence.reason());
            }
        }
    }
    SIGNALS
        .iter()
        .zip(found)
        .filter(|(_, (weak, strong, _))| *strong || weak.len() >= 2)
        .map(|(row, (_, _, evidence))| Signal { id: row.id.to_owned(), evidence })
        .collect()
}

/// Whether a sentence says a phrase without denying it: "no payments" asks for none.
fn asks(sentence: &Sentence, lemmas: &str, phrase: &str) -> bool {
    says(lemmas, phrase)
        && !sentence.words.iter().enumerate().any(|(at, word)| {
            phrase.starts_with(word.lemma.as_str())
                && at > 0
                && matches!(sentence.words[at - 1].lower.as_str(), "no" | "without" | "not")
        })
}

/// The base forms of the words between blanks, so that a phrase is found as whole words.
pub(crate) fn padded_lemmas(words: &[Word]) -> String {
    let mut text = String::from(" ");
    for word in words {
        text.push_str(&word.lemma);
        text.push(' ');
    }
    text
}

/// Whether a sentence holds a phrase of base forms. A last word may be a plural in the sentence.
pub(crate) fn says(lemmas: &str, phrase: &str) -> bool {
    lemmas.match_indices(phrase).any(|(at, _)| {
        let before = lemmas[..at].chars().next_back();
        let after = lemmas[at + phrase.len()..].chars().next();
        before.is_some_and(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_alphanumeric())
    })
}
