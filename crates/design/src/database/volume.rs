//! How much the tables hold after twelve months, how long they keep it, and which are partitioned.

use super::Ground;
use crate::model::{Figure, Retention, Table};
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

/// Rows by table. What the text counts stands; the rest of a year's rows is shared, with a larger share for the tables
/// that refer to others, because there are more parts than wholes.
fn rows(ground: &Ground, tables: &mut [Table]) {
    let total = figure(ground.figures, "entities.rows").unwrap_or_default();
    let mut counted: BTreeMap<String, f64> = BTreeMap::new();
    for quantity in ground.analysis.requirements.quantities.iter().filter(|quantity| quantity.kind == "count")
    {
        if let Some(noun) = &quantity.qualifier {
            let known = counted.entry(noun.to_lowercase()).or_default();
            *known = known.max(quantity.value);
        }
    }
    let stated = |table: &Table| {
        let own = figure(ground.figures, &format!("rows.{}", table.name));
        own.or_else(|| counted.get(&table.entity.to_lowercase()).copied().filter(|rows| *rows >= 10.0))
    };
    let weight = |table: &Table| {
        let references = u32::try_from(table.foreign_keys.len().min(4)).unwrap_or(4);
        if table.entity.is_empty() && table.foreign_keys.is_empty() {
            0.0
        } else {
            1.0 + 2.0 * f64::from(references)
        }
    };
    let shared: f64 = tables.iter().filter(|table| stated(table).is_none()).map(weight).sum();
    for table in tables.iter_mut() {
        let share = if shared > 0.0 { total * weight(table) / shared } else { 0.0 };
        table.rows_year = stated(table).unwrap_or(share).round();
    }
    let moved: f64 = tables.iter().filter(|table| table.states.is_some()).map(|table| table.rows_year).sum();
    let written = figure(ground.figures, "rows.daily").unwrap_or_default();
    for table in tables.iter_mut().filter(|table| table.entity.is_empty()) {
        table.rows_year = match table.name.as_str() {
            // A record moves twice on its way, as a rule.
            "state_changes" => (2.0 * moved).round(),
            "audit_entries" => (written * 365.0).round(),
            // Done work, sent messages and old answers are cleared away after a week.
            "jobs" | "outbox" | "received_messages" | "idempotency_keys" => (written * 7.0).round(),
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
                contains_words(part, &name) || contains_words(part, &crate::naming::plural(&name))
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

/// Whether a text holds a phrase between word boundaries.
fn contains_words(text: &str, phrase: &str) -> bool {
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
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
