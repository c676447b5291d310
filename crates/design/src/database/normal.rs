//! The check of the tables against the third normal form. What departs from it on purpose is noted with what keeps the
//! copies true.

use crate::model::{Database, Departure, Table};
use crate::naming;
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// Notes every departure.
pub(super) fn departures(database: &mut Database) {
    let mut found = Vec::new();
    let by_name: BTreeMap<&str, &Table> =
        database.tables.iter().map(|table| (table.name.as_str(), table)).gather();
    let parents: BTreeSet<&str> = database
        .tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(|key| key.references.table.as_str()))
        .gather();
    for table in &database.tables {
        found.extend(repeated(table));
        found.extend(copied(table, &by_name));
        if parents.contains(table.name.as_str()) {
            found.extend(derived(table));
        }
        if table.columns.iter().any(|column| !column.generated_from.is_empty()) {
            found.push(departure(
                table,
                &[crate::database::search::COLUMN],
                "A column that follows from others of the row.",
                "The index of the search needs it; the database computes it, so it cannot drift.",
            ));
        }
        if matches!(table.name.as_str(), "state_changes" | "audit_entries") && table.entity.is_empty() {
            found.push(departure(
                table,
                &["subject", "record_id"],
                "A reference to rows of several tables, which no foreign key can keep.",
                "The record of what happened outlives the row that it is about; a trigger or the writing transaction fills both.",
            ));
        }
    }
    for rule in database.rules.iter().filter(|rule| rule.kind == "snapshot") {
        if let Some(table) = database.tables.iter().find(|table| table.entity == rule.entity) {
            found.push(departure(
                table,
                &[],
                "A value is copied from another row when the row is written.",
                "It records what held at that time, so it must not follow the original.",
            ));
        }
    }
    database.departures = found;
}

fn departure(table: &Table, columns: &[&str], what: &str, why: &str) -> Departure {
    Departure {
        table: table.name.clone(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        what: what.to_owned(),
        why: why.to_owned(),
    }
}

/// First normal form: `phone_1`, `phone_2` are a list in disguise.
fn repeated(table: &Table) -> Option<Departure> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for column in table.columns.iter().filter(|column| !column.attribute.is_empty()) {
        let stem = column.name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        if stem.len() < column.name.len() {
            groups.entry(stem).or_default().push(&column.name);
        }
    }
    let (_, columns) = groups.into_iter().find(|(_, columns)| columns.len() > 1)?;
    Some(departure(
        table,
        &columns,
        "Columns that count up hold a list.",
        "The text names a fixed number of them; a table of their own is due with one more.",
    ))
}

/// Third normal form: `customer_name` beside a reference to a customer who has a name.
fn copied(table: &Table, tables: &BTreeMap<&str, &Table>) -> Option<Departure> {
    for key in &table.foreign_keys {
        let Some(target) = tables.get(key.references.table.as_str()) else { continue };
        let single = naming::snake(&target.entity);
        let copies: Vec<&str> = table
            .columns
            .iter()
            .filter(|column| !column.attribute.is_empty())
            .filter(|column| {
                let rest = column.name.strip_prefix(single.as_str()).and_then(|rest| rest.strip_prefix('_'));
                !single.is_empty()
                    && rest.is_some_and(|rest| target.columns.iter().any(|known| known.name == rest))
            })
            .map(|column| column.name.as_str())
            .collect();
        if !copies.is_empty() {
            return Some(departure(
                table,
                &copies,
                &format!("Copies of columns of {}.", target.name),
                "They keep what held when the row was written; where they should follow the original, drop them and join.",
            ));
        }
    }
    None
}

/// Totals over the rows of other tables.
fn derived(table: &Table) -> Option<Departure> {
    let words = knowledge::storage_words("derived");
    let columns: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| words.contains(&column.attribute.to_lowercase().as_str()))
        .map(|column| column.name.as_str())
        .collect();
    (!columns.is_empty()).then(|| {
        departure(
            table,
            &columns,
            "Follows from rows of other tables.",
            "Read more often than written; the transaction that writes the rows changes it too, and a nightly query compares.",
        )
    })
}
