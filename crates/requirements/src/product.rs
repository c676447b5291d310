//! What a text calls the system itself: "Lantern is a consumer messenger" makes every Lantern the system, and "the Ferry
//! Booking System (FBS)" every FBS.

use crate::blocks::{Shape, Unit};

/// In how many units at the start a text says what its product is.
const OPENING: usize = 10;

/// How many words may stand between the article and what the product is: "a small online shop".
const REACH: usize = 6;

/// The name of the product as it is written; nothing where the text calls it by a common word. Only a name of one word
/// that never stands in small letters or in the plural is one: everything else may be something that records are kept of.
pub(crate) fn name<'a>(text: &'a str, units: &[Unit]) -> Option<&'a str> {
    let title = units.first().filter(|unit| matches!(unit.shape, Shape::Heading(_)));
    let titled = |name: &str| {
        title.is_some_and(|unit| {
            text[unit.body..unit.span.end].split_whitespace().any(|word| bare(word) == name)
        })
    };
    let opening =
        units.iter().take(OPENING).filter(|unit| !matches!(unit.shape, Shape::Code | Shape::Layout));
    opening
        .filter_map(|unit| {
            let (name, rest) = text[unit.body..unit.span.end].split_once(" is ")?;
            let what = rest
                .strip_prefix("a ")
                .or_else(|| rest.strip_prefix("an "))
                .or_else(|| rest.strip_prefix("the "))?;
            let mut kinds =
                what.split_whitespace().take(REACH).map(bare).take_while(|word| !ends_the_phrase(word));
            (is_a_name(name)
                && (titled(name)
                    || kinds.any(|kind| knowledge::holds(knowledge::PRODUCTS, &kind.to_lowercase()))))
            .then_some(name)
        })
        .find(|name| is_only_a_name(text, name))
        .or_else(|| abbreviated(text, units))
}

/// "The Ferry Booking System (FBS)": the letters in brackets, where they are those of the words before them, of which
/// the last is a word for software.
fn abbreviated<'a>(text: &'a str, units: &[Unit]) -> Option<&'a str> {
    let mut opening =
        units.iter().take(OPENING).filter(|unit| !matches!(unit.shape, Shape::Code | Shape::Layout));
    opening.find_map(|unit| {
        let (before, rest) = text[unit.body..unit.span.end].split_once('(')?;
        let short = bare(rest.split_once(')')?.0);
        let mut words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let kind = words.clone().next_back()?.to_lowercase();
        let named = short.len() > 1
            && short.chars().all(|c| c.is_ascii_uppercase())
            && knowledge::holds(knowledge::PRODUCTS, &kind);
        let mut letters = short.chars().rev();
        (named && letters.all(|letter| words.next_back().is_some_and(|word| word.starts_with(letter))))
            .then_some(short)
    })
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// "a place that keeps books": what follows tells about the thing.
fn ends_the_phrase(word: &str) -> bool {
    matches!(
        word,
        "that" | "which" | "who" | "where" | "for" | "of" | "to" | "with" | "in" | "on" | "by" | "from"
    )
}

/// One word that starts with a capital, and has small letters: an abbreviation is a name of something else.
fn is_a_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(char::is_alphanumeric)
        && word.chars().any(char::is_lowercase)
        && !knowledge::holds(knowledge::PRONOUNS, &word.to_lowercase())
}

/// Whether a word stands nowhere in small letters or in the plural.
fn is_only_a_name(text: &str, name: &str) -> bool {
    let small = name.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.all(|word| {
        word != small
            && word.strip_suffix('s') != Some(name)
            && word.strip_suffix('s') != Some(small.as_str())
    })
}
