//! Words and phrases, found at a cost that does not grow with the tables.

use crate::Marker;

include!("hash.rs");

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
    look_up(crate::LEXICON, word).unwrap_or_default()
}

/// Whether one of the lists holds a word.
pub fn holds(lists: WordLists, word: &str) -> bool {
    lists_of(word).meets(lists)
}

/// Words with what is said of each, at the place that follows from the word itself. The build script lays them out.
#[derive(Debug)]
pub struct Table<T: 'static> {
    pub(crate) start: u16,
    pub(crate) numbers: &'static [u16],
    pub(crate) entries: &'static [(&'static str, T)],
}

impl<T> Table<T> {
    /// A word as the table holds it, with what is said of it.
    pub fn entry(&self, word: &str) -> Option<&'static (&'static str, T)> {
        let spread = spread(word, self.start);
        let number = self.numbers[share(spread, self.numbers.len())];
        let entry = &self.entries[place(spread, number, self.entries.len())];
        (entry.0 == word).then_some(entry)
    }

    /// All words with what is said of each, in no order that means anything.
    pub fn entries(&self) -> &'static [(&'static str, T)] {
        self.entries
    }
}

/// What a table says of a word.
pub fn look_up<T: Copy>(table: &Table<T>, word: &str) -> Option<T> {
    table.entry(word).map(|(_, says)| *says)
}

/// Phrases with what each says, sorted, and their first words with the places of the phrases that start so.
#[derive(Debug)]
pub struct Phrases<T: 'static> {
    pub(crate) firsts: Table<(u16, u16)>,
    pub(crate) phrases: &'static [(&'static str, T)],
}

impl<T: Copy> Phrases<T> {
    /// The phrases whose first word is this one.
    pub fn starting_with(&self, first: &str) -> &'static [(&'static str, T)] {
        let (from, to) = look_up(&self.firsts, first).unwrap_or_default();
        let phrases: &'static [(&'static str, T)] = self.phrases;
        &phrases[usize::from(from)..usize::from(to)]
    }

    /// The phrases with which a text begins, the shortest first: those that end where `whole` says that the rest of the
    /// text starts anew. `first` is the first word of the text.
    pub fn at_start<'a>(
        &self,
        first: &str,
        text: &'a str,
        whole: fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'static str, T)> + use<'a, T> {
        self.starting_with(first)
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
