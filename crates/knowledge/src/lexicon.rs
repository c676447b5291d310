//! Words and phrases, found at a cost that does not grow with the tables.

use crate::Marker;

/// A set of the word lists: one list, or all those that a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordLists(pub(crate) u64);

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
    WordLists(look_up(crate::LEXICON, word).unwrap_or_default())
}

/// Whether one of the lists holds a word.
pub fn holds(lists: WordLists, word: &str) -> bool {
    lists_of(word).meets(lists)
}

/// The value of a word in a sorted list of pairs.
pub fn look_up<T: Copy>(pairs: &[(&str, T)], word: &str) -> Option<T> {
    pairs.binary_search_by(|(key, _)| (*key).cmp(word)).ok().map(|at| pairs[at].1)
}

/// Phrases with what each says, sorted, and their first words with the place of the first phrase that starts so.
#[derive(Debug)]
pub struct Phrases<T: 'static> {
    pub(crate) firsts: &'static [(&'static str, u16)],
    pub(crate) phrases: &'static [(&'static str, T)],
}

impl<T: Copy> Phrases<T> {
    /// The phrases with which a text begins, the shortest first: those that end where `whole` says that the rest of the
    /// text starts anew. `first` is the first word of the text.
    pub fn at_start<'a>(
        &self,
        first: &str,
        text: &'a str,
        whole: fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'static str, T)> + use<'a, T> {
        let (from, to) = match self.firsts.binary_search_by(|(key, _)| (*key).cmp(first)) {
            Ok(at) => (
                usize::from(self.firsts[at].1),
                self.firsts.get(at + 1).map_or(self.phrases.len(), |(_, next)| usize::from(*next)),
            ),
            Err(_) => (0, 0),
        };
        let phrases: &'static [(&'static str, T)] = self.phrases;
        phrases[from..to]
            .iter()
            .filter(move |(phrase, _)| text.strip_prefix(phrase).is_some_and(whole))
            .map(|(phrase, says)| (*phrase, *says))
    }
}

/// What a phrase of base forms says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It speaks of a quality: the index of its row in `QUALITIES`.
    Quality(u16),
    /// It makes a signal: the index of its row in `SIGNALS`.
    Strong(u16),
    /// Two of these make a signal: the index of its row in `SIGNALS`.
    Weak(u16),
}

/// What a phrase says as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// One of the marks of `marks.toml`.
    Says(Marker),
    /// It names something that a text may prescribe or forbid: the index of its row in `TECHNOLOGIES`.
    Names(u16),
    /// It speaks of a quality: the index of its row in `QUALITIES`.
    Quality(u16),
}
