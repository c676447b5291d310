//! Phrases of the knowledge tables in a sentence: by base forms, and as they are written. Each sentence is gone through
//! once, and the cost grows with its words, not with the tables.

use crate::words::Word;
use knowledge::{MARKS, MEANINGS, Mark, Marker, Meaning, Phrases, Unpack};

/// A phrase of base forms that stands in a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundMeaning {
    /// The word at which it starts.
    pub(crate) word: usize,
    pub(crate) phrase: &'static str,
    pub(crate) meaning: Meaning,
}

/// A phrase that stands in a sentence as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundMark {
    /// Where it starts in the sentence in lower case.
    pub(crate) at: usize,
    pub(crate) phrase: &'static str,
    pub(crate) mark: Mark,
}

/// The phrases of base forms in a sentence, from left to right.
pub(crate) fn meanings(words: &[Word]) -> Vec<FoundMeaning> {
    let found = phrases(&MEANINGS, words.len(), |at| words[at].lemma.as_str());
    found.map(|(word, phrase, meaning)| FoundMeaning { word, phrase, meaning }).collect()
}

/// The phrases of a table in a sentence of so many words, given by the form of each word: the word at which each starts,
/// the phrase and what the table says of it.
pub(crate) fn phrases<'w, T: Copy + Unpack>(
    table: &'static Phrases<T>,
    words: usize,
    form: impl Fn(usize) -> &'w str,
) -> impl Iterator<Item = (usize, &'static str, T)> {
    (0..words).flat_map(move |word| {
        let here = table.starting_with(form(word)).iter();
        // Most words start no phrase, and few more than one.
        let here: Vec<_> = here
            .filter(|(phrase, _)| stands(phrase, words - word, |at| form(word + at)))
            .map(|(phrase, says)| (word, *phrase, *says))
            .collect();
        here
    })
}

/// Whether so many words begin with a phrase.
fn stands<'w>(phrase: &str, words: usize, form: impl Fn(usize) -> &'w str) -> bool {
    let mut rest = phrase;
    for at in 0..words {
        match rest.strip_prefix(form(at)) {
            Some("") => return true,
            Some(after) => match after.strip_prefix(' ') {
                Some(next) => rest = next,
                None => return false,
            },
            None => return false,
        }
    }
    false
}

/// The phrases of a text in lower case as they are written, as whole words, from left to right.
pub(crate) fn marks(lower: &str) -> Vec<FoundMark> {
    let mut found = Vec::new();
    let mut inside = false;
    for (at, letter) in lower.char_indices() {
        let part = letter.is_alphanumeric();
        if letter == '%' || !inside && (part || letter == '.') {
            let rest = &lower[at..];
            let after = letter.len_utf8();
            let end =
                rest[after..].find(|c: char| !c.is_alphanumeric()).map_or(rest.len(), |end| after + end);
            let whole = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
            let phrases = MARKS.at_start(&rest[..end], rest, whole);
            found.extend(phrases.map(|(phrase, mark)| FoundMark { at, phrase, mark }));
        }
        inside = part;
    }
    found
}

/// Whether one of the marks is this one.
pub(crate) fn says(marks: &[FoundMark], marker: Marker) -> bool {
    marks.iter().any(|found| found.mark == Mark::Says(marker))
}
