//! Systems of others that a text only passes by: "charged through our payment provider", "imported from the bank statement",
//! "checked against the city's parking register". They exist already, and leave no records of their own here.

use crate::sentence::Sentence;
use crate::words::Tag;

/// The phrases of a sentence that name such a system.
pub(crate) fn systems(sentence: &Sentence) -> impl Iterator<Item = usize> {
    (0..sentence.phrases.len()).filter(|phrase| is_one(sentence, *phrase))
}

/// Whether a phrase names one: what goes through it, comes from it or is checked against it is somebody else's.
pub(crate) fn is_one(sentence: &Sentence, phrase: usize) -> bool {
    let words = &sentence.words;
    let named = &sentence.phrases[phrase];
    let head = &words[named.name.end - 1];
    let kinds = knowledge::interface("outside-systems");
    if named.plural || !kinds.contains(&head.lemma) {
        return false;
    }
    // "the city's register": what leads to the owner leads to it.
    let mut first = phrase;
    while let Some(owner) = sentence.phrases[first].owner {
        first = owner;
    }
    let start = sentence.phrases[first].words.start;
    let Some(link) = start.checked_sub(1).and_then(|at| words.get(at)) else { return false };
    let whole = knowledge::interface("whole-systems").contains(&head.lemma);
    let ours = first != phrase
        || words[start..named.name.start]
            .iter()
            .any(|word| word.tag == Tag::Possessive || matches!(word.lower, "existing" | "external"));
    let passes =
        matches!(link.lower, "through" | "via" | "from" | "by" | "using" | "against" | "with" | "over");
    // "Posts to our accounting system"; "the booking system" may be the one that is built.
    let reaches = whole && matches!(link.lower, "to" | "into");
    if whole { ours && (passes || reaches) } else { passes && (ours || named.name.len() > 1) }
}
