//! Which entities a text may name, found by its words: a long text has as many entities as statements, and to look for each
//! of them in each statement would take the square of both.

use crate::naming;
use knowledge::Gather as _;
use requirements::{Analysis, Entity, head};
use std::collections::{BTreeMap, BTreeSet};

/// The entities by the first words of what names them: the name, its last word, and the plurals of both.
pub(crate) struct Spoken<'a> {
    entities: &'a [Entity],
    by_word: BTreeMap<String, Vec<usize>>,
}

impl<'a> Spoken<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        let entities = analysis.model.entities.as_slice();
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entity) in entities.iter().enumerate() {
            let name = entity.name.to_lowercase();
            let last = head(&name);
            for phrase in [&name, last, &naming::plural(&name), &naming::plural(last)] {
                let Some(word) = naming::words(phrase).next() else { continue };
                by_word.entry(word.to_owned()).or_default().push(at);
            }
        }
        Self { entities, by_word }
    }

    /// The entities, in their order, of which a text in lower case has a first word: all that it names are among them.
    pub(crate) fn near(&self, text: &str) -> Vec<&'a str> {
        let found: BTreeSet<usize> =
            naming::words(text).filter_map(|word| self.by_word.get(word)).flatten().copied().gather();
        found.into_iter().map(|at| self.entities[at].name.as_str()).collect()
    }
}
