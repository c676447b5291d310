//! Step 4: the tables. Each entity has one, each link between many and many has one, and each column says which
//! attribute it keeps.

mod indexes;
mod kernel;
mod keys;
mod limits;
mod normal;
mod places;
mod policies;
mod rules;
mod search;
mod services;
mod tables;
mod volume;

pub(crate) use kernel::{own_files, paid_online};
pub use policies::WORKER;
pub(crate) use policies::{MAKER, makers, policies};
pub(crate) use search::COLUMN as SEARCHED;
pub(crate) use services::part;
pub(crate) use tables::index as named_index;
pub(crate) use volume::held;

use crate::decisions;
use crate::facts::Facts;
use crate::model::{Api, Database, Decision, Design, Figure};
use crate::naming::{self, Scope};
use knowledge::Gather as _;
use knowledge::{DIALECTS, DialectRow};
use requirements::{Analysis, Evidence, Lifecycle};
use std::collections::BTreeMap;

/// What the tables are made from.
#[derive(Clone, Copy)]
struct Ground<'a> {
    analysis: &'a Analysis,
    api: &'a Api,
    decisions: &'a [Decision],
    facts: &'a Facts,
    figures: &'a [Figure],
    /// The type of the keys of entities.
    key: &'static str,
}

impl Ground<'_> {
    fn chosen(&self, slot: &str) -> &str {
        decisions::chosen(self.decisions, slot)
    }

    /// Where the text asks for something; nothing where it does not.
    fn signal(&self, id: &str) -> Option<&Evidence> {
        let signals = &self.analysis.requirements.signals;
        signals.iter().find(|signal| signal.id == id).map(|signal| &signal.evidence)
    }
}

/// Designs the tables, and counts the rows of those that no entity stands behind.
pub(crate) fn database(
    analysis: &Analysis,
    api: &Api,
    decisions: &[Decision],
    facts: &Facts,
    figures: &[Figure],
) -> (Database, Vec<Figure>) {
    let ground = Ground { analysis, api, decisions, facts, figures, key: keys::kind(analysis) };
    let tenancy = ground.chosen("tenancy") == "pool";
    let model = &analysis.model;
    let mut names = Scope::default();
    let mut by_entity: BTreeMap<&str, usize> = BTreeMap::new();
    let mut database = Database::default();
    if tenancy && !model.entities.is_empty() {
        names.take("tenants", "tenants");
    }
    let lifecycles: BTreeMap<&str, &Lifecycle> =
        model.lifecycles.iter().rev().map(|lifecycle| (lifecycle.entity.as_str(), lifecycle)).gather();
    let currencies = tables::several_currencies(analysis);
    for (at, entity) in model.entities.iter().enumerate() {
        let name = names.take(&naming::snake_plural(&entity.name), &format!("entity_{}", at + 1));
        by_entity.insert(&entity.name, database.tables.len());
        let lifecycle = lifecycles.get(entity.name.as_str()).copied();
        database.tables.push(tables::entity_table(&ground, name, entity, lifecycle, currencies));
    }
    keys::references(&ground, &mut database.tables, &mut names, &by_entity);
    tables::summed(&mut database.tables);
    rules::rules(&ground, &mut database, &by_entity);
    crate::payments::settle(analysis, &mut database.tables);
    crate::clock::timers(analysis, &mut database.tables, &by_entity);
    search::search(&ground, &mut database.tables, &by_entity);
    places::places(&ground, &mut database.tables);
    if !database.tables.is_empty() {
        kernel::kernel(&ground, &mut database.tables, &mut names);
    }
    if tenancy && !database.tables.is_empty() {
        keys::add_tenants(&mut database.tables, ground.key);
    }
    keys::relax_circles(&mut database);
    let rows = volume::volume(&ground, &mut database.tables, &by_entity, &mut database.rules);
    indexes::finish(&ground, &mut database.tables);
    normal::departures(&mut database);
    if let Some(store) = store(decisions, false) {
        rules::keep(&mut database, store);
    }
    (database, rows)
}

/// How the tables are written for the store that was chosen, where it is not PostgreSQL but stands in its place or, if so
/// asked, beside it.
fn store(decisions: &[Decision], beside: bool) -> Option<&'static DialectRow> {
    let chosen = decisions::chosen(decisions, "database");
    DIALECTS.iter().find(|row| row.id == chosen && row.beside == beside)
}

impl Design {
    /// The store that holds the tables in place of PostgreSQL; nothing where PostgreSQL does.
    pub fn store(&self) -> Option<&'static DialectRow> {
        store(&self.decisions, false)
    }

    /// The store beside PostgreSQL that holds what is measured; nothing without one.
    pub fn store_beside(&self) -> Option<&'static DialectRow> {
        store(&self.decisions, true)
    }
}

/// An identifier of at most 63 bytes, PostgreSQL's limit; the end, which tells what it is, stays.
fn limited(name: &str) -> String {
    if name.len() <= 63 {
        return name.to_owned();
    }
    let end = name.rfind('_').map_or("", |at| &name[at..]);
    let mut sum: u32 = 0;
    for byte in name.bytes() {
        sum = sum.wrapping_mul(31).wrapping_add(u32::from(byte));
    }
    format!("{}_{:04x}{end}", &name[..63 - end.len() - 5], sum % 0x1_0000)
}
