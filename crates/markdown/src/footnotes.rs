//! Footnotes: gathered while the text is read, written as one list at the end.

use pulldown_cmark::Event;
use std::collections::BTreeMap;

/// The footnotes of one document.
#[derive(Default)]
pub(crate) struct Footnotes<'a> {
    definitions: BTreeMap<String, Vec<Event<'a>>>,
    /// The position of each name in `numbered`.
    positions: BTreeMap<String, usize>,
    /// Names in the order of their first reference; the position is the number that the reader sees, less one.
    numbered: Vec<String>,
    /// How often each numbered footnote was referred to.
    references: Vec<usize>,
}

impl<'a> Footnotes<'a> {
    /// Keeps the contents of a footnote.
    pub(crate) fn define(&mut self, name: &str, contents: Vec<Event<'a>>) {
        // As everywhere in Markdown, the first definition of a name holds.
        self.definitions.entry(name.to_owned()).or_insert(contents);
    }

    /// Counts a reference and gives its HTML.
    pub(crate) fn refer(&mut self, name: &str, prefix: &str) -> String {
        let index = self.position(name);
        self.references[index] += 1;
        let (number, nth) = (index + 1, self.references[index]);
        format!(
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn:{number}\" id=\"{prefix}fnref:{number}:{nth}\" \
             aria-label=\"Footnote {number}\">{number}</a></sup>"
        )
    }

    /// Takes the contents of the footnote at this position. Footnotes that nothing refers to come last, for nothing
    /// that someone wrote is to vanish.
    pub(crate) fn take(&mut self, index: usize) -> Option<Vec<Event<'a>>> {
        if index == self.numbered.len() {
            let unreferenced = self.definitions.keys().next()?.clone();
            self.position(&unreferenced);
        }
        let name = self.numbered.get(index)?;
        Some(self.definitions.remove(name).unwrap_or_default())
    }

    fn position(&mut self, name: &str) -> usize {
        if let Some(&index) = self.positions.get(name) {
            return index;
        }
        let index = self.numbered.len();
        self.positions.insert(name.to_owned(), index);
        self.numbered.push(name.to_owned());
        self.references.push(0);
        index
    }

    /// The links from a footnote back to the places that refer to it.
    pub(crate) fn back_links(&self, index: usize, prefix: &str) -> String {
        let number = index + 1;
        let mut html = String::new();
        for nth in 1..=self.references[index] {
            html.push_str(&format!(
                "<a class=\"footnote-back\" href=\"#{prefix}fnref:{number}:{nth}\" \
                 aria-label=\"Back to reference {nth} of footnote {number}\">↩</a>"
            ));
        }
        html
    }
}
