//! What a statement says of rights.

use crate::naming;

/// The scopes that a statement can limit a right to, the narrower after the wider.
pub(super) const SCOPES: [&str; 4] = ["team", "assigned", "own", "public"];

/// What a statement says of rights. Most say nothing, and are read once and not for each operation and role.
pub(super) struct Said {
    /// The statement in lower case.
    pub(super) text: String,
    /// Whether it limits a right somewhere.
    pub(super) limits: bool,
    /// Whether it speaks of everything somewhere.
    pub(super) everything: bool,
}

impl Said {
    pub(super) fn of(statement: &str) -> Self {
        let mut text = statement.to_lowercase();
        let benefit = knowledge::access("benefit").iter();
        if let Some(at) = benefit.filter_map(|phrase| text.find(&format!(" {phrase} "))).min() {
            text.truncate(at);
        }
        let words = spaced(&text);
        Self {
            limits: SCOPES.iter().any(|scope| says(scope, &words)) || says("mine", &words),
            everything: says("everything", &words),
            text,
        }
    }
}

/// Whether one of the phrases of a row stands in a text that has blanks around its words.
pub(super) fn says(row: &str, text: &str) -> bool {
    let phrases = knowledge::access(row);
    text.match_indices(' ').filter_map(|(at, _)| text.get(at + 1..)).any(|rest| {
        phrases.iter().any(|phrase| rest.strip_prefix(phrase).is_some_and(|after| after.starts_with(' ')))
    })
}

/// "My orders", and no "invoices of my company", which are those of all who belong to it.
pub(super) fn is_mine(part: &str) -> bool {
    knowledge::access("mine").iter().any(|word| {
        part.split_once(&format!(" {word} ")).is_some_and(|(_, rest)| {
            let next = rest.split(' ').next().unwrap_or_default();
            !knowledge::holds(knowledge::ORGANISATIONS, next)
        })
    })
}

/// "Nobody may approve their own claim": the own ones are those that are not his, and no limit to them. "Nobody sees more than
/// their own" is one.
pub(super) fn is_barred_from(part: &str) -> bool {
    let Some((before, _)) = part.split_once(" own ") else { return false };
    let before = format!("{before} ");
    let holds = |row: &str| knowledge::access(row).iter().any(|word| before.contains(&format!(" {word} ")));
    // "What is not their own" is what others have.
    let others = before.split(' ').rev().filter(|word| !word.is_empty()).take(2).any(|word| word == "not");
    holds("barred") && !holds("no-more-than") && !others
}

/// A text with one blank before each word and after the last, for everything that is no letter or digit.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 2);
    for word in naming::words(text) {
        spaced.push(' ');
        spaced.push_str(word);
    }
    spaced.push(' ');
    spaced
}
