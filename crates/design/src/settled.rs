//! What the earlier steps of the workflow settled, as the later ones read it.

use crate::decisions;
use crate::model::{Api, Database, Decision};
use requirements::Analysis;

/// Everything up to the tables.
#[derive(Clone, Copy)]
pub(crate) struct Settled<'a> {
    pub(crate) analysis: &'a Analysis,
    pub(crate) decisions: &'a [Decision],
    pub(crate) api: &'a Api,
    pub(crate) database: &'a Database,
}

impl<'a> Settled<'a> {
    /// The option that a slot was settled with.
    pub(crate) fn chosen(&self, slot: &str) -> &'a str {
        decisions::chosen(self.decisions, slot)
    }
}
