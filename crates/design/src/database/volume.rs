//! How much the tables hold after twelve months, how long they keep it, and which are partitioned.

use super::Ground;
use crate::capacity::entity_id;
use crate::model::{Figure, Retention, Table};
use crate::naming::{contains_words, plural};
use requirements::{Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Fills in rows, sizes, retention and partitions.
pub(super) fn volume(ground: &Ground, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) {
    for table in tables.iter_mut() {
        let values: f64 = table.columns.iter().map(|column| knowledge::bytes_of(&column.kind)).sum();
        table.row_bytes = knowledge::storage_number("bytes-header") + values;
    }
    rows(ground, tables);
    retention(ground, tables, by_entity);
    partitions(ground, tables);
}

fn figure(figures: &[Figure], id: &str) -> Option<f64> {
    figures.iter().find(|figure| figure.id == id).map(|figure| figure.value)
}

/// Rows by table: those of the entity, as the capacity sheet counts them. A table between two others has several rows for
/// each of the one that has more.
fn rows(ground: &Ground, tables: &mut [Table]) {
    for table in tables.iter_mut().filter(|table| !table.entity.is_empty()) {
        table.rows_year = figure(ground.figures, &entity_id("rows", &table.entity)).unwrap_or_default();
    }
    let known: BTreeMap<String, f64> =
        tables.iter().map(|table| (table.name.clone(), table.rows_year)).collect();
    let several = knowledge::NUMBERS.iter().find(|row| row.id == "rows.part").map_or(1.0, |row| row.value);
    for table in tables.iter_mut().filter(|table| table.entity.is_empty()) {
        let linked = table.foreign_keys.iter().filter_map(|key| known.get(&key.references.table));
        table.rows_year = (several * linked.copied().fold(0.0, f64::max)).ceil();
    }
    let moved: f64 = tables.iter().filter(|table| table.states.is_some()).map(|table| table.rows_year).sum();
    let written = figure(ground.figures, "rows.daily").unwrap_or_default();
    for table in tables.iter_mut().filter(|table| table.entity.is_empty()) {
        table.rows_year = match table.name.as_str() {
            // A record moves twice on its way, as a rule.
            "state_changes" => (2.0 * moved).round(),
            "audit_entries" => (written * 365.0).round(),
            // Done work and sent messages are cleared away after a week, ids of messages after four days, answers after one.
            "jobs" | "outbox" => (written * 7.0).round(),
            "received_messages" => (written * 4.0).round(),
            "idempotency_keys" => written.round(),
            "tenants" => figure(ground.figures, "tenants").unwrap_or(100.0),
            _ => table.rows_year,
        };
    }
}

/// Attaches each stated length of keeping to the tables that its part of the statement names.
fn retention(ground: &Ground, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) {
    let requirements = &ground.analysis.requirements;
    let texts: BTreeMap<&str, &str> = requirements
        .statements
        .iter()
        .map(|statement| (statement.id.as_str(), statement.text.as_str()))
        .collect();
    for quantity in requirements.quantities.iter().filter(|quantity| quantity.kind == "retention") {
        let Some(text) = texts.get(quantity.statement.as_str()) else { continue };
        let lower = text.to_lowercase();
        let said = |part: &str| {
            part.split(|c: char| !c.is_alphanumeric())
                .any(|word| knowledge::storage_words("keeping").contains(&word))
        };
        let Some(part) = lower.split([',', ';', '.', ':']).find(|part| said(part)) else { continue };
        let named: Vec<usize> = by_entity
            .iter()
            .filter(|(entity, _)| {
                let name = entity.to_lowercase();
                contains_words(part, &name) || contains_words(part, &plural(&name))
            })
            .map(|(_, at)| *at)
            .collect();
        for at in named {
            let Some(table) = tables.get_mut(at) else { continue };
            let mut evidence = Vec::new();
            if let Ok(reason) = Reason::try_from(quantity.statement.clone()) {
                add_reason(&mut evidence, reason);
            }
            let days = (quantity.value / DAY).round();
            // Of several lengths the longest is the one that the law or a contract asks for.
            if table.retention.as_ref().is_none_or(|known| known.days < days) {
                table.retention = Some(Retention {
                    days,
                    from: "created_at".to_owned(),
                    how: "A job deletes what is older, 1,000 rows a transaction.".to_owned(),
                    evidence,
                });
            }
        }
    }
}

/// Partitions by month where that was decided: tables that pass the size, that no reference points to, and of which no
/// constraint would have to hold over all partitions.
fn partitions(ground: &Ground, tables: &mut [Table]) {
    if ground.chosen("partitioning") != "partition-by-time" {
        return;
    }
    let referred: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(|key| key.references.table.clone()))
        .collect();
    let least = 1_000_000.0 * knowledge::storage_number("million-rows-to-partition");
    for table in tables.iter_mut() {
        let whole = table.indexes.iter().any(|index| index.unique) || !table.exclusions.is_empty();
        let keyed = table.primary_key == ["id"];
        if table.rows_year >= least && !referred.contains(&table.name) && !whole && keyed {
            table.partition_by = Some("created_at".to_owned());
            // A key of a partitioned table holds the column by which it is partitioned.
            table.primary_key.push("created_at".to_owned());
            if let Some(retention) = &mut table.retention {
                "The partition of a month is detached and dropped once its last day is old enough."
                    .clone_into(&mut retention.how);
            }
        }
    }
}
