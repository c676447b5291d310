//! What a text is called.

use crate::blocks::{Shape, Unit};
use crate::model::Model;
use crate::sentence::Sentence;
use crate::words::Tag;

/// In how many sentences at the start a text says what is to be built.
const OPENING: usize = 3;

/// The first heading of the first level, what the text says is to be built, or a name made from the main entity; empty
/// without any.
pub(crate) fn title(text: &str, units: &[Unit], sentences: &[Sentence], model: &Model) -> String {
    let heading = units.iter().take(3).find(|unit| matches!(unit.shape, Shape::Heading(_))).map(|unit| {
        let raw = text[unit.span.clone()]
            .trim_matches(|c: char| matches!(c, '#' | '*' | '_' | '=' | ':') || c.is_whitespace());
        subject(raw).chars().take(80).collect::<String>()
    });
    heading
        .filter(|title| title.chars().any(char::is_alphabetic))
        .or_else(|| sentences.iter().take(OPENING).find_map(built))
        .unwrap_or_else(|| {
            model.entities.first().map(|entity| format!("{} system", entity.name)).unwrap_or_default()
        })
}

/// A title without what only says that it is one of a document: "Lantern messenger: product requirements".
fn subject(title: &str) -> &str {
    let words = knowledge::interface("document-words");
    let tells_the_kind = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| words.contains(&word.to_lowercase().as_str()))
    };
    match title.split_once(": ").map(|(one, other)| (one.trim(), other.trim())) {
        Some((one, other)) if tells_the_kind(other) => one,
        Some((one, other)) if tells_the_kind(one) => other,
        _ => title,
    }
}

/// "a database for a blog system": what the nouns between an article and the word for a product say.
fn built(sentence: &Sentence) -> Option<String> {
    let words = &sentence.words;
    let at = words
        .iter()
        .position(|word| word.tag == Tag::Noun && knowledge::holds(knowledge::PRODUCTS, word.lower))?;
    let before = words[..at].iter().rev().take_while(|word| word.tag == Tag::Noun).count();
    let start = at - before;
    let article = words.get(start.checked_sub(1)?)?;
    if before == 0 || !(article.is("a") || article.is("an")) {
        return None;
    }
    let name: Vec<&str> = words[start..=at].iter().map(|word| word.lower).collect();
    Some(crate::capitalised(&name.join(" ")))
}
