//! Word lists and phrases as the library looks them up: each word once with the set of its lists, and phrases by their
//! first words.

use crate::Output;
use serde::Serialize;
use std::collections::BTreeMap;

/// The word lists, each a bit, and all their words.
#[derive(Default)]
pub(crate) struct Lexicon {
    lists: Vec<String>,
    words: BTreeMap<String, u128>,
}

impl Lexicon {
    pub(crate) fn add(&mut self, list: &str, words: &str) {
        let bit = u32::try_from(self.lists.len()).ok().and_then(|at| 1_u128.checked_shl(at));
        let bit = bit.unwrap_or_else(|| panic!("`{list}`: there are more word lists than bits"));
        self.lists.push(list.to_owned());
        for word in words.split_whitespace() {
            *self.words.entry(word.to_owned()).or_default() |= bit;
        }
    }

    /// The constants: one for each list, and the words.
    pub(crate) fn print(self, out: &mut Output) {
        for (at, list) in self.lists.iter().enumerate() {
            out.text += &format!(
                "/// The word list `{list}`.\npub const {}: WordLists = WordLists(1 << {at});\n",
                list.to_uppercase()
            );
        }
        // In two halves, as the reader of the tables knows no longer numbers.
        let halves = |lists: u128| [lists as u64, (lists >> 64) as u64];
        let words = self.words.into_iter().map(|(word, lists)| (word, halves(lists))).collect();
        out.words("LEXICON", "Every word with the lists that it stands in", "WordLists", words);
    }
}

/// Phrases with what each says.
pub(crate) struct Phrases<T>(Vec<(String, T)>);

impl<T: PartialOrd + Clone + Serialize> Phrases<T> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, phrase: &str, says: T) {
        assert!(
            !phrase.is_empty() && phrase == phrase.trim() && phrase == phrase.to_lowercase(),
            "`{phrase}` is no phrase in lower case"
        );
        self.0.push((phrase.to_owned(), says));
    }

    /// The table. `ends` tells where the first word of a phrase ends.
    pub(crate) fn print(&self, out: &mut Output, name: &str, doc: &str, says: &str, ends: fn(char) -> bool) {
        let first = |phrase: &str| {
            let start = usize::from(!phrase.starts_with(char::is_alphanumeric));
            phrase[start..].find(ends).map_or(phrase.len(), |end| start + end)
        };
        let mut sorted: Vec<(&str, &str, &T)> =
            self.0.iter().map(|(phrase, says)| (&phrase[..first(phrase)], phrase.as_str(), says)).collect();
        sorted.sort_by(|one, two| one.partial_cmp(two).expect("what is said has an order"));
        sorted.dedup();
        let phrases: Vec<&str> = sorted.iter().map(|(_, phrase, _)| *phrase).collect();
        let lengths: Vec<u8> =
            sorted.iter().map(|(first, ..)| u8::try_from(first.len()).expect("words are short")).collect();
        let all: Vec<&T> = sorted.iter().map(|(.., says)| *says).collect();
        out.constant(name, doc, &format!("Phrases<{says}>"), "Phrases", &(phrases, (lengths, all)));
    }
}
