//! What is yes or no of a thing, among what a list says of it: "a name, a weight and whether it is vaccinated".

use crate::lists::{self, Item};
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use std::ops::Range;

/// No such clause has more words.
const LONGEST: usize = 12;

/// The clause after "whether" that a list goes on with behind a word: from the word after "whether" to the word with which
/// the list goes on.
pub(crate) fn clause(sentence: &Sentence, end: usize) -> Option<Range<usize>> {
    let words = &sentence.words;
    let separators =
        words.get(end..)?.iter().take_while(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction));
    let whether = end + separators.count();
    if whether == end || !words.get(whether)?.is("whether") {
        return None;
    }
    let start = whether + 1;
    let goes_on = |at: usize| {
        let next = words.get(at + 1);
        next.is_some_and(|next| {
            next.tag == Tag::Determiner || next.tag == Tag::Possessive || next.is("whether")
        })
    };
    let closes = |at: &usize| {
        let word = &words[*at];
        word.tag == Tag::Comma || word.tag == Tag::Punctuation || word.tag == Tag::Conjunction && goes_on(*at)
    };
    let close = (start..words.len()).find(closes).unwrap_or(words.len());
    (start < close && close - start <= LONGEST).then_some(start..close)
}

/// What the clauses behind the members of a list say to be yes or no.
pub(crate) fn flags(sentence: &Sentence, members: &[usize]) -> Vec<Item> {
    let mut found = Vec::new();
    for member in members {
        let last = sentence.rest_of_name(*member).unwrap_or(*member);
        let mut end = lists::after_brackets(sentence, sentence.phrases[last].words.end);
        while let Some(clause) = clause(sentence, end) {
            end = clause.end;
            found.extend(flag(sentence, &clause, *member));
        }
    }
    found
}

/// "Breakfast is included" is named by both, "it is vaccinated" by what it is, and "a companion travels along" by who does.
fn flag(sentence: &Sentence, clause: &Range<usize>, member: usize) -> Option<Item> {
    let words = &sentence.words[clause.clone()];
    let verb =
        words.iter().position(|word| matches!(word.tag, Tag::Auxiliary | Tag::Modal | Tag::Verb(_)))?;
    let subject = || sentence.phrases.iter().position(|phrase| phrase.words.start == clause.start);
    let pronoun = words.first()?.tag == Tag::Pronoun;
    let definite = words[0].is("the");
    let named = if pronoun || definite { None } else { Some(subject()?) };
    let rest = words[verb..].iter().filter(|word| !is_filler(word)).take(3);
    let said = rest.map(|word| word.lower).collect::<Vec<_>>().join(" ");
    let is = words[verb].among(knowledge::BE);
    let name = match named {
        Some(phrase) if is && !said.is_empty() => format!("{} {said}", sentence.name(phrase)),
        Some(phrase) => sentence.name(phrase),
        None if said.is_empty() => return None,
        None => said,
    };
    Some(Item {
        name,
        phrase: named.unwrap_or(member),
        count: Count::One,
        unique: false,
        measured: false,
        flag: true,
        values: Vec::new(),
    })
}

/// A word that adds nothing to the name of what is yes or no.
fn is_filler(word: &Word) -> bool {
    word.among(knowledge::BE)
        || word.among(knowledge::HAVE)
        || matches!(word.tag, Tag::Modal | Tag::Determiner | Tag::Adverb | Tag::Negation)
}
