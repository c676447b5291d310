//! `db/migrations/`: the schema as numbered steps up and down. Each waits for a lock only briefly, so that it never stands
//! in the way of a running system.

use super::names::comment;
use super::tables::{Reasons, Step};
use super::{functions, policies, tables};
use crate::File;
use crate::modules;
use design::{Design, Table};
use std::collections::BTreeMap;

/// A lock that is not had at once is better tried again than waited for: whoever waits for one blocks all behind.
pub(crate) const TIMEOUTS: &str = "SET lock_timeout = '2s';\nSET statement_timeout = '60s';\n\n";

/// The migrations of a new database.
pub(crate) fn migrations(design: &Design) -> Vec<File> {
    let mut steps: Vec<(String, String, String)> =
        vec![("foundation".to_owned(), functions::foundation(design), functions::dropped(design))];
    let order = design.database.in_order();
    let groups = modules::groups(design);
    // Modules in the order in which their tables can stand: each module is one step.
    let groups = modules::in_order(&order, &groups);
    let mut home: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        home.extend(group.tables.iter().map(|table| (table.as_str(), at)));
    }
    // A reference of a partitioned table cannot be added without looking at its rows, so that it waits for what it refers to.
    for table in order.iter().filter(|table| table.partition_by.is_some()) {
        let refers = table.constraints().filter_map(|key| home.get(key.references.table.as_str()));
        if let Some(last) = refers.chain(home.get(table.name.as_str())).max().copied() {
            home.insert(&table.name, last);
        }
    }
    let mut members: Vec<Vec<&Table>> = vec![Vec::new(); groups.len()];
    for table in &order {
        if let Some(group) = home.get(table.name.as_str()).and_then(|at| members.get_mut(*at)) {
            group.push(table);
        }
    }
    let reasons = Reasons::new(design);
    let mut validated = String::new();
    for (group, step) in groups.iter().zip(Step::all(design, members)) {
        steps.push((
            format!("tables_{}", group.id.replace('-', "_")),
            tables::create(design, &reasons, &step),
            tables::drop(design, &step),
        ));
        validated += &tables::validate(&step);
    }
    if !validated.is_empty() {
        let down = "-- Nothing to take back: the references go with their steps.\n";
        steps.push(("validated_references".to_owned(), validated, down.to_owned()));
    }
    let rows = policies::policies(design, &order);
    if !rows.is_empty() {
        steps.push(("row_level_security".to_owned(), rows, policies::drop(design)));
    }
    let mut files = Vec::new();
    for (at, (what, up, down)) in steps.into_iter().enumerate() {
        let title = comment(&design.title);
        for (way, sql) in [("up", up), ("down", down)] {
            files.push(File {
                path: format!("{:04}_{what}.{way}.sql", at + 1),
                contents: format!("-- {title}: step {} {way}.\n{TIMEOUTS}{}\n", at + 1, sql.trim()),
            });
        }
    }
    files
}
