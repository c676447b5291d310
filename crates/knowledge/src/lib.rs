//! What the engine knows, as typed tables compiled from the TOML files in `data/`.
//!
//! A behaviour that a reader could want to change is a row there, with a source, a date and its kind (`fact` or
//! `heuristic`), not code. The build script turns the rows into constants: nothing is parsed at run time, and a
//! malformed, duplicate or dangling row stops the build. Only the domains are packed, and unpacked when first asked for.

type Text = &'static str;
type List<T> = &'static [T];

/// Defines the rows as constants hold them.
macro_rules! rows {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* $(#[toml($key:literal)])? pub $field:ident: $kind:ty,)*
    })*) => { $(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $name { $($(#[doc = $field_doc])* pub $field: $kind,)* }
    )* };
}
include!("rows.rs");

/// What a verb asks a backend for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerbClass {
    /// A record comes into being.
    Create,
    /// Records are looked at.
    Read,
    /// A record changes.
    Update,
    /// A record goes.
    Delete,
    /// A record passes into another state.
    Transition,
    /// Somebody is told.
    Notify,
    /// A value is computed.
    Compute,
    /// Data moves to or from another system.
    Integrate,
    /// Somebody signs in or out.
    Session,
    /// How things are; no operation.
    State,
}

mod conditions;
mod domains;

pub use conditions::*;
pub use domains::*;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Whether a sorted word list holds a word.
pub fn holds(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// The words of a row of the access table.
pub fn access(id: &str) -> &'static [&'static str] {
    ACCESS.iter().find(|row| row.id == id).map_or(&[], |row| row.words)
}

/// The value of a word in a sorted list of pairs.
pub fn look_up<T: Copy>(pairs: &[(&str, T)], word: &str) -> Option<T> {
    pairs.binary_search_by(|(key, _)| (*key).cmp(word)).ok().map(|at| pairs[at].1)
}

/// What the last words of an attribute's name say; the longest match wins. The words are lemmas in lower case.
pub fn attribute(name: &str) -> Option<&'static AttributeRow> {
    let mut tail = name;
    loop {
        // Names end in the singular; some attributes are listed as plurals, such as points.
        if let Some(row) =
            look_up(ATTRIBUTE_WORDS, tail).or_else(|| look_up(ATTRIBUTE_WORDS, &format!("{tail}s")))
        {
            return Some(&ATTRIBUTES[row]);
        }
        tail = tail.split_once(' ')?.1;
    }
}

/// A starting number or limit by its id.
pub fn number(id: &str) -> Option<&'static NumberRow> {
    NUMBERS.iter().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_so_that_binary_search_finds_every_word() {
        for list in [
            STOP_NOUNS,
            PEOPLE,
            SYSTEMS,
            CONTAINERS,
            EMPTY_HEADS,
            NOUN_VERBS,
            PREPOSITIONS,
            ADJECTIVES,
            NOUNS,
        ] {
            assert!(list.is_sorted() && list.iter().all(|word| holds(list, word)));
        }
        assert!(VERBS.is_sorted_by_key(|(word, _)| *word));
        assert!(
            PLURALS.is_sorted_by_key(|(word, _)| *word) && VERB_FORMS.is_sorted_by_key(|(word, _)| *word)
        );
        assert_eq!(look_up(VERBS, "approve"), Some(VerbClass::Transition));
        assert_eq!(look_up(PLURALS, "people"), Some("person"));
    }
}
