//! The values that an attribute can have, where the text names them all: "a size (small, medium or large)", "a temper, which
//! is calm or nervous".

use crate::names;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::NO_VALUES;
use std::ops::Range;

/// How many values make a set: one is an explanation, and more than these are a catalogue.
const SET: std::ops::RangeInclusive<usize> = 2..=16;

/// No value has more words.
const LONGEST: usize = 3;

/// The values of what a phrase names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    /// As they are stored: small letters joined by underscores, but for codes such as "XL" and "AB+".
    pub(crate) stored: Vec<String>,
    /// The words that name them.
    pub(crate) words: Range<usize>,
}

/// The phrases of a sentence behind which all values are told, with these.
pub(crate) fn all(text: &str, sentence: &Sentence) -> Vec<(usize, Values)> {
    let told = |phrase: usize| {
        let values = stated(text, sentence, phrase);
        (!values.stored.is_empty()).then_some((phrase, values))
    };
    (0..sentence.phrases.len()).filter_map(told).collect()
}

/// The values that are named behind a phrase; none where what stands there is something else.
fn stated(text: &str, sentence: &Sentence, phrase: usize) -> Values {
    let this = &sentence.phrases[phrase];
    let last = sentence.rest_of_name(phrase).unwrap_or(phrase);
    let end = sentence.phrases[last].words.end;
    let words = &sentence.words;
    // "The priority of a ticket is low or high": of the priority.
    let belongs = phrase > 0 && sentence.rest_of_name(phrase - 1) == Some(phrase);
    let Some(next) = words.get(end).filter(|_| !this.plural && !belongs) else { return Values::default() };
    let (start, closed) = match next.lower {
        "(" => (end + 1, true),
        // "A patient is admitted or discharged" tells what becomes of it.
        "is" | "can" | "may" | "must" if names::attribute_strength(&sentence.name(phrase)) == 0 => {
            return Values::default();
        }
        "," | "either" | ":" | "is" | "can" | "may" | "must" => match opening(&words[end..]) {
            Some(length) => (end + length, false),
            None => return Values::default(),
        },
        _ => return Values::default(),
    };
    let Some(pieces) = pieces(words, start, closed) else { return Values::default() };
    let parts = pieces.iter().filter(|piece| is_attribute(words, piece)).count();
    // "an address (street, city)" has parts, and a "kind (date, place)" too.
    if !SET.contains(&pieces.len())
        || parts > 1
        || parts * 2 >= pieces.len() + usize::from(!closed)
        || !pieces.iter().all(|piece| is_value(words, piece))
        || pieces.iter().all(|piece| is_several(words, piece))
    {
        return Values::default();
    }
    let words_of = start..pieces.last().map_or(start, |piece| piece.end);
    let mut stored: Vec<String> = Vec::new();
    for piece in pieces {
        let value = store(&text[words[piece.start].span.start..words[piece.end - 1].span.end]);
        if value.is_empty() || stored.contains(&value) {
            return Values::default();
        }
        stored.push(value);
    }
    // "(yes/no)" is what a mark by itself can be.
    if matches!(&stored[..], [yes, no] if yes == "yes" && no == "no") {
        return Values::default();
    }
    Values { stored, words: words_of }
}

/// How many words open an alternative: ", which is", "can be one of", "either", ":".
fn opening(words: &[Word]) -> Option<usize> {
    let said = |at: usize| words.get(at).map_or("", |word| word.lower);
    let mut at = usize::from(said(0) == ",");
    if said(0) == ":" {
        return Some(1);
    }
    let told = usize::from(matches!(said(at), "which" | "that"));
    match (said(at + told), said(at + told + 1)) {
        ("is", _) => at += told + 1,
        ("can" | "may" | "must", "be") => at += told + 2,
        ("either", _) if told == 0 => {}
        _ => return None,
    }
    at += usize::from(said(at) == "either");
    at += if (said(at), said(at + 1)) == ("one", "of") { 2 } else { 0 };
    Some(at)
}

/// The words of each value: to the closing bracket, or to the one after "or".
fn pieces(words: &[Word], start: usize, closed: bool) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut begin = start;
    let mut last = false;
    let mut push = |begin: usize, end: usize| {
        // "an A+" is one, and "A" itself is none.
        let article = matches!(&words[begin..end], [a, next, ..] if matches!(a.lower, "a" | "an") && next.lower.starts_with(char::is_alphanumeric));
        let begin = begin + usize::from(article);
        if begin < end {
            found.push(begin..end);
        }
    };
    for at in start..=words.len() {
        let word = words.get(at).map_or("", |word| word.lower);
        let joins = matches!(word, "," | "or" | "/" | "|" | ";") || closed && word == "and";
        let ends = word.is_empty()
            || word == ")"
            || matches!(word, "." | "!" | "?")
            || !closed && matches!(word, ";" | "and");
        if !joins && !ends {
            continue;
        }
        push(begin, at);
        begin = at + 1;
        if ends || last && joins {
            let whole = if closed { word == ")" } else { last };
            return whole.then_some(found);
        }
        last |= !closed && word == "or";
    }
    None
}

/// Whether a piece is the name of an attribute by itself.
fn is_attribute(words: &[Word], piece: &Range<usize>) -> bool {
    let name: Vec<&str> = words[piece.clone()].iter().map(|word| word.lemma).collect();
    names::attribute_strength(&name.join(" ")) > 0
}

/// "equipment (lamps, batteries)": several sorts of things.
fn is_several(words: &[Word], piece: &Range<usize>) -> bool {
    words[piece.end - 1].tag == Tag::Noun && words[piece.end - 1].plural
}

/// Whether words can be a value: not "e.g.", "required", "at least 3", "if known".
fn is_value(words: &[Word], piece: &Range<usize>) -> bool {
    // "passed, failed, not applicable"
    let negative = words[piece.start].is("not") && piece.len() == 2;
    let words = &words[piece.start + usize::from(negative)..piece.end];
    let denied = |word: &Word| word.among(NO_VALUES) || matches!(word.tag, Tag::Modal | Tag::Possessive);
    words.len() <= LONGEST && !words.iter().any(denied) && !words.iter().all(|word| word.tag == Tag::Number)
}

/// A value as it is stored.
fn store(said: &str) -> String {
    let said = said.trim_matches(['"', '“', '”', '\'', '‘', '’', '`', '*', ' ']);
    if !said.chars().any(char::is_lowercase) && said.chars().count() <= 4 {
        return said.to_owned();
    }
    let parts = said.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}
