//! The word lists.

use crate::look_up;
use crate::packed::{Reader, Unpack};

/// A set of the word lists: one list, or all those that a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordLists(pub(crate) u128);

impl WordLists {
    /// Whether the two have a list in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The lists of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The word lists that a word in lower case stands in.
pub fn lists_of(word: &str) -> WordLists {
    look_up(&crate::LEXICON, word).unwrap_or_default()
}

/// Whether one of the lists holds a word.
pub fn holds(lists: WordLists, word: &str) -> bool {
    lists_of(word).meets(lists)
}

impl Unpack for WordLists {
    fn unpack(from: &mut Reader) -> Self {
        let [low, high] = [from.number(), from.number()].map(u128::from);
        Self(low | high << 64)
    }
}

/// Unpacks a fieldless choice by its place.
macro_rules! placed {
    ($kind:ident, $places:ident) => {
        impl Unpack for crate::$kind {
            fn unpack(from: &mut Reader) -> Self {
                crate::$places[usize::unpack(from)]
            }
        }
    };
}
placed!(Marker, MARKERS);
placed!(VerbClass, VERB_CLASSES);
