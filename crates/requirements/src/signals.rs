//! Phrases of the knowledge tables found in a sentence, and the capabilities that they ask for.

use crate::model::{Signal, StatementKind};
use crate::reason::{Evidence, add_reason};
use crate::sentence::Sentence;
use crate::words::Word;
use knowledge::{SIGNALS, STRONG_SIGNALS, WEAK_SIGNALS};
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
        let lemmas = Lemmas::new(&sentence.words);
        for (_, row) in lemmas.find(STRONG_SIGNALS).filter(|(word, _)| !denied(sentence, *word)) {
            found[row].1 = true;
            add_reason(&mut found[row].2, sentence.reason());
        }
        for (_, at) in lemmas.find_phrases(WEAK_SIGNALS).filter(|(word, _)| !denied(sentence, *word)) {
            let (phrase, row) = WEAK_SIGNALS[at];
            found[row].0.insert(phrase);
            add_reason(&mut found[row].2, sentence.reason());
        }
    }
    SIGNALS
        .iter()
        .zip(found)
        .filter(|(_, (weak, strong, _))| *strong || weak.len() >= 2)
        .map(|(row, (_, _, evidence))| Signal { id: row.id.to_owned(), evidence })
        .collect()
}

/// Whether the word before denies a phrase: "no payments" asks for none.
fn denied(sentence: &Sentence, word: usize) -> bool {
    word > 0 && matches!(sentence.words[word - 1].lower.as_str(), "no" | "without" | "not")
}

/// The base forms of a sentence's words, for finding phrases of tables in it.
pub(crate) struct Lemmas {
    /// The base forms, each with a blank after it.
    text: String,
    /// Where each word starts in `text`.
    starts: Vec<usize>,
}

impl Lemmas {
    pub(crate) fn new(words: &[Word]) -> Self {
        Self::of(words.iter().map(|word| word.lemma.as_str()))
    }

    /// The same with other base forms, one for each word.
    pub(crate) fn of<'w>(forms: impl Iterator<Item = &'w str>) -> Self {
        let mut lemmas = Self { text: String::new(), starts: Vec::new() };
        for form in forms {
            lemmas.starts.push(lemmas.text.len());
            lemmas.text.push_str(form);
            lemmas.text.push(' ');
        }
        lemmas
    }

    /// The phrases of a sorted table that stand in the sentence as whole words: the word at which each starts, and
    /// what the table says of it. The cost grows with the words, not with the table.
    pub(crate) fn find<'a>(
        &'a self,
        table: &'static [(&'static str, usize)],
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.find_phrases(table).map(|(word, at)| (word, table[at].1))
    }

    /// Like [`Self::find`], with the place of the phrase in the table.
    pub(crate) fn find_phrases<'a>(
        &'a self,
        table: &'static [(&'static str, usize)],
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.starts.iter().enumerate().flat_map(move |(word, start)| {
            let rest = &self.text[*start..];
            let first = rest.split(' ').next().unwrap_or_default();
            let from = table.partition_point(|(phrase, _)| *phrase < first);
            table[from..]
                .iter()
                .take_while(move |(phrase, _)| phrase.starts_with(first))
                .enumerate()
                .filter(move |(_, (phrase, _))| {
                    rest.strip_prefix(phrase).is_some_and(|after| after.starts_with(' '))
                })
                .map(move |(n, _)| (word, from + n))
        })
    }
}
