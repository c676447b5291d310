//! Word lists and phrases as the library looks them up: each word once with the set of its lists, and phrases by their
//! first words.

use crate::table::table;
use std::collections::{BTreeMap, BTreeSet};

/// The word lists, each a bit, and all their words.
#[derive(Default)]
pub(crate) struct Lexicon {
    lists: Vec<String>,
    words: BTreeMap<String, u64>,
}

impl Lexicon {
    pub(crate) fn add(&mut self, list: &str, words: &str) {
        let bit = u32::try_from(self.lists.len()).ok().and_then(|at| 1_u64.checked_shl(at));
        let bit = bit.unwrap_or_else(|| panic!("`{list}`: there are more word lists than bits"));
        self.lists.push(list.to_owned());
        for word in words.split_whitespace() {
            *self.words.entry(word.to_owned()).or_default() |= bit;
        }
    }

    /// The constants: one for each list, and the words.
    pub(crate) fn print(&self) -> String {
        let lists = self.lists.iter().enumerate().map(|(at, list)| {
            format!(
                "/// The word list `{list}`.\npub const {}: WordLists = WordLists(1 << {at});\n",
                list.to_uppercase()
            )
        });
        let words: Vec<_> =
            self.words.iter().map(|(word, lists)| (word.clone(), format!("WordLists({lists})"))).collect();
        lists.collect::<String>()
            + &format!(
                "/// Every word with the lists that it stands in.\n#[allow(clippy::unreadable_literal, reason = \"a set of bits\")]\npub(crate) static LEXICON: &Table<WordLists> = &{};\n",
                table(&words)
            )
    }
}

/// Phrases with what they say, as the Rust expression of each.
#[derive(Default)]
pub(crate) struct Phrases(BTreeSet<(String, String)>);

impl Phrases {
    pub(crate) fn add(&mut self, phrase: &str, says: String) {
        assert!(
            !phrase.is_empty() && phrase == phrase.trim() && phrase == phrase.to_lowercase(),
            "`{phrase}` is no phrase in lower case"
        );
        self.0.insert((phrase.to_owned(), says));
    }

    /// The constant. `ends` tells where the first word of a phrase ends.
    pub(crate) fn print(&self, name: &str, doc: &str, says: &str, ends: impl Fn(char) -> bool) -> String {
        let first = |phrase: &str| {
            let start = usize::from(!phrase.starts_with(char::is_alphanumeric));
            phrase[start..].find(&ends).map_or(phrase.len(), |end| start + end)
        };
        let mut sorted: Vec<(&str, &str, &str)> = self
            .0
            .iter()
            .map(|(phrase, says)| (&phrase[..first(phrase)], phrase.as_str(), says.as_str()))
            .collect();
        sorted.sort_unstable();
        let mut firsts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, (first, ..)) in sorted.iter().enumerate() {
            firsts.entry(first).or_insert((at, at)).1 = at + 1;
        }
        let firsts: Vec<(String, String)> =
            firsts.into_iter().map(|(word, range)| (word.to_owned(), format!("{range:?}"))).collect();
        let phrases: Vec<String> =
            sorted.iter().map(|(_, phrase, says)| format!("({phrase:?}, {says})")).collect();
        format!(
            "/// {doc}.\npub static {name}: Phrases<{says}> = Phrases {{ firsts: {}, phrases: &[{}] }};\n",
            table(&firsts),
            phrases.join(", ")
        )
    }
}
