//! The pieces of a sentence that each have a number of their own: what is said in one is not said of the number in another.
//! "99.5 %; RTO 8 hours; tickets deleted after three years" has three.

use crate::numbers::{Amount, TIMES, starts_number, unit};
use crate::words::{Tag, Word};
use std::ops::Range;

/// How far a number may be from the word that leads to it: "and about 60,000", "with losing at most one day".
const LED: usize = 5;

/// How many words of a piece are looked at.
const FARTHEST: usize = 40;

/// The words around an amount that are said of it, those of the amount included.
pub(crate) fn piece(words: &[Word], amount: &Amount) -> Range<usize> {
    let mut start = amount.start;
    while start > amount.start.saturating_sub(FARTHEST) {
        let at = start - 1;
        if ends_always(&words[at]) {
            break;
        }
        // What leads to this number is its own; other words belong to the number before them.
        let led =
            separates(&words[at]) && !shortens(words, at) || leads(&words[at]) && amount.start - at <= LED;
        if led && stretch_before(words, at).any(|at| is_number(words, at)) {
            break;
        }
        start = at;
    }
    let measured = amount.currency.is_some() || amount.percent || !amount.suffix.is_empty();
    let mut end = amount.end.min(words.len());
    while let Some(word) = words.get(end).filter(|_| end < amount.end + FARTHEST) {
        // "1,500 and 2,000 requests": an amount without a word of its own shares those of the next one.
        let own = measured || end > amount.end;
        if ends_always(word)
            || own && separates(word) && stretch_after(words, end).any(|at| is_number(words, at))
        {
            break;
        }
        if own && leads(word) && (end + 1..words.len()).take(LED).any(|at| is_number(words, at)) {
            break;
        }
        end += 1;
    }
    start..end
}

/// The words around an amount up to the marks that separate the items of a list, with numbers or without.
pub(crate) fn item(words: &[Word], amount: &Amount) -> Range<usize> {
    let bounds = |word: &Word| ends_always(word) || separates(word) || leads(word);
    let first = amount.start.saturating_sub(FARTHEST);
    let start = words[first..amount.start].iter().rposition(bounds).map_or(first, |at| first + at + 1);
    let end = amount.end.min(words.len());
    let last = words.len().min(end + FARTHEST);
    start..words[end..last].iter().position(bounds).map_or(last, |at| end + at)
}

/// The words at the places of `within` that stand elsewhere than at `own`.
pub(crate) fn others<'a>(
    words: &'a [Word<'a>],
    within: Range<usize>,
    own: &Range<usize>,
) -> impl Iterator<Item = &'a Word<'a>> {
    let own = own.clone();
    within.filter(move |at| !own.contains(at)).map(|at| &words[at])
}

fn ends_always(word: &Word) -> bool {
    // The cells of a table are apart.
    matches!(word.lower, ";" | "—" | "→" | "|")
}

/// Whether a full stop is that of a short word: "max. 12 MB".
fn shortens(words: &[Word], at: usize) -> bool {
    words[at].is(".")
        && at
            .checked_sub(1)
            .is_some_and(|before| matches!(words[before].lower, "max" | "min" | "approx" | "ca" | "incl"))
}

fn separates(word: &Word) -> bool {
    word.tag == Tag::Comma || matches!(word.lower, "(" | ")" | ".")
}

fn leads(word: &Word) -> bool {
    matches!(word.lower, "and" | "with" | "but" | "plus")
}

/// The places before one, back to the comma before it; what stands in brackets is said of what stands before them.
fn stretch_before(words: &[Word], at: usize) -> impl Iterator<Item = usize> {
    let bracket = |word: &Word| matches!(word.lower, "(" | ")");
    let within = move |word: &Word| bracket(word) || !separates(word) && !ends_always(word);
    (0..at).rev().take(FARTHEST).take_while(move |at| within(&words[*at]))
}

/// The places after one, up to the next separator.
fn stretch_after(words: &[Word], at: usize) -> impl Iterator<Item = usize> {
    (at + 1..words.len()).take(FARTHEST).take_while(|at| !separates(&words[*at]) && !ends_always(&words[*at]))
}

/// Whether a word is a number; "one" is often none, and "many" and "half" say no figure.
fn is_number(words: &[Word], at: usize) -> bool {
    match words[at].lower {
        "one" => words.get(at + 1).is_some_and(|next| unit(TIMES, next.lemma).is_some()),
        "out" | "couple" | "several" | "many" | "few" | "multiple" | "various" | "numerous" | "single"
        | "half" => false,
        _ => starts_number(&words[at]),
    }
}
