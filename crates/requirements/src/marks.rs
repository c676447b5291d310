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
    let found = phrases(&MEANINGS, words.len(), |at| words[at].lemma);
    found.into_iter().map(|(word, phrase, meaning)| FoundMeaning { word, phrase, meaning }).collect()
}

/// The phrases of a table in a sentence of so many words, given by the form of each word: the word at which each starts,
/// the phrase and what the table says of it.
pub(crate) fn phrases<'w, T: Copy + Unpack>(
    table: &'static Phrases<T>,
    words: usize,
    form: impl Fn(usize) -> &'w str,
) -> Vec<(usize, &'static str, T)> {
    let mut found = Vec::new();
    for word in 0..words {
        // Most words start no phrase, and few more than one.
        let first = form(word);
        if !table.may_start(first) {
            continue;
        }
        for (phrase, says) in table.starting_with(first) {
            if stands(phrase, words - word, |at| form(word + at)) {
                found.push((word, *phrase, *says));
            }
        }
    }
    found
}

/// Whether so many words begin with a phrase that was found by the first of them.
fn stands<'w>(phrase: &str, words: usize, form: impl Fn(usize) -> &'w str) -> bool {
    let mut rest = phrase.get(form(0).len()..);
    for at in 1..words {
        let Some(next) = rest.and_then(|rest| rest.strip_prefix(' ')) else { break };
        let word = form(at);
        // Most phrases go on with another word, as its first letter shows.
        if next.as_bytes().first() != word.as_bytes().first() {
            return false;
        }
        rest = next.strip_prefix(word);
    }
    rest == Some("")
}

/// The phrases of a text in lower case as they are written, as whole words, from left to right.
pub(crate) fn marks(lower: &str) -> Vec<FoundMark> {
    let mut found = Vec::new();
    let mut inside = false;
    let mut next = 0;
    while let Some((after, part)) = letter(lower, next) {
        let at = next;
        next += after;
        let sign = lower.as_bytes()[at];
        if sign == b'%' || !inside && (part || sign == b'.') {
            let rest = &lower[at..];
            let mut end = after;
            loop {
                while rest.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
                    end += 1;
                }
                let Some((length, true)) = letter(rest, end) else { break };
                end += length;
            }
            let whole = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
            let phrases = MARKS.at_start(&rest[..end], rest, whole);
            found.extend(phrases.map(|(phrase, mark)| FoundMark { at, phrase, mark }));
            if part {
                // Nothing starts within a word.
                next = at + end;
            }
        }
        inside = part;
    }
    found
}

/// The length of the letter that stands at a place, and whether words are made of such. Most are ASCII, which is told from
/// one byte.
fn letter(text: &str, at: usize) -> Option<(usize, bool)> {
    let byte = text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((1, byte.is_ascii_alphanumeric()));
    }
    let letter = text[at..].chars().next()?;
    Some((letter.len_utf8(), letter.is_alphanumeric()))
}

/// Whether one of the marks is this one.
pub(crate) fn says(marks: &[FoundMark], marker: Marker) -> bool {
    marks.iter().any(|found| found.mark == Mark::Says(marker))
}
