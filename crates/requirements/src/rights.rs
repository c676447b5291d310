//! People whom a text names only beside what they may do: "kiln keeper: everything", "Roles: organiser, juror, press".

use crate::names;
use crate::sentence::Sentence;

/// Words that say what somebody may do.
const ALLOWED: &[&str] = &[
    "everything",
    "anything",
    "nothing",
    "only",
    "own",
    "all",
    "any",
    "read",
    "see",
    "view",
    "change",
    "edit",
    "manage",
    "full",
];

/// How many words after the colon are looked at.
const REACH: usize = 5;

/// The phrases of a line that name those who are given rights in it, or who are listed as roles.
pub(crate) fn people(sentence: &Sentence) -> Vec<usize> {
    let words = &sentence.words;
    let Some(colon) = words.iter().position(|word| word.is(":")) else { return Vec::new() };
    let label = || words[..colon].iter().rfind(|word| word.lower.starts_with(char::is_alphabetic));
    if label().is_some_and(|word| matches!(word.lemma, "role" | "actor")) {
        return (0..sentence.phrases.len())
            .filter(|phrase| sentence.phrases[*phrase].words.start > colon)
            .collect();
    }
    let allowed = words[colon + 1..].iter().take(REACH).any(|word| ALLOWED.contains(&word.lower));
    let first =
        sentence.phrases.first().filter(|phrase| phrase.words.start == 0 && phrase.words.end == colon);
    let Some(name) = first.filter(|_| allowed).map(|_| sentence.name(0)) else { return Vec::new() };
    if names::is_person(&name) || knowledge::is_department(&name) { vec![0] } else { Vec::new() }
}
