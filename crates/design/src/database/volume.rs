//! How much the tables hold after twelve months, how long they keep it, and which are partitioned.

use super::Ground;
use crate::capacity::{entity_id, table_id};
use crate::model::{Figure, Retention, Table};
use crate::naming;
use knowledge::Gather as _;
use requirements::{Origin, Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Fills in rows, sizes, retention and partitions, and gives the rows of the tables that no entity stands behind as figures.
pub(super) fn volume(
    ground: &Ground,
    tables: &mut [Table],
    by_entity: &BTreeMap<&str, usize>,
) -> Vec<Figure> {
    for table in tables.iter_mut() {
        let values: f64 = table.columns.iter().map(|column| knowledge::bytes_of(&column.kind)).sum();
        // What the text says that each write carries is kept in the rows that the writes make.
        let carried = if ground.facts.is_written(&table.entity) { ground.facts.carried() } else { 0.0 };
        table.row_bytes = knowledge::storage_number("bytes-header") + values + carried;
    }
    let figures = rows(ground, tables);
    retention(ground, tables, by_entity);
    partitions(ground, tables);
    figures
}

fn figure(figures: &[Figure], id: &str) -> Option<f64> {
    figures.iter().find(|figure| figure.id == id).map(|figure| figure.value)
}

/// Rows by table: those of the entity, as the capacity sheet counts them. A table between two others has several rows for
/// each of the one that has more.
fn rows(ground: &Ground, tables: &mut [Table]) -> Vec<Figure> {
    for table in tables.iter_mut().filter(|table| !table.entity.is_empty()) {
        table.rows_year = figure(ground.figures, &entity_id("rows", &table.entity)).unwrap_or_default();
    }
    let known: BTreeMap<&str, (f64, String)> = tables
        .iter()
        .filter(|table| !table.entity.is_empty())
        .map(|table| (table.name.as_str(), (table.rows_year, table_id("rows", table))))
        .gather();
    let moved: Vec<&Table> = tables.iter().filter(|table| table.states.is_some()).collect();
    let records: f64 = moved.iter().map(|table| table.rows_year).sum();
    let moved: Vec<String> = moved.into_iter().map(|table| table_id("rows", table)).collect();
    let written = figure(ground.figures, "rows.daily").unwrap_or_default();
    let links = tables.iter().filter(|table| is_link(table)).count();
    let days = |days: f64| (written * days, format!("⌈rows.daily × {days}⌉"), vec!["rows.daily".to_owned()]);
    let counted: Vec<Option<(f64, String, Vec<String>)>> = tables
        .iter()
        .map(|table| {
            if !table.entity.is_empty() {
                return None;
            }
            Some(match table.name.as_str() {
                // A record moves twice on its way, as a rule.
                "state_changes" => (2.0 * records, format!("⌈2 × ({})⌉", moved.join(" + ")), moved.clone()),
                "audit_entries" => days(365.0),
                // Done work and sent messages are cleared away after a week, ids of messages after four days, answers
                // after one.
                "jobs" | "outbox" => days(7.0),
                "received_messages" => days(4.0),
                "idempotency_keys" => days(1.0),
                "stored_files" => {
                    match (figure(ground.figures, "files.live"), ground.facts.get("file.bytes")) {
                        (Some(kept), Some(each)) if each > 0.0 => {
                            let inputs = ["files.live", "file.bytes"].map(str::to_owned).to_vec();
                            (kept / each, "⌈files.live ÷ file.bytes⌉".to_owned(), inputs)
                        }
                        _ => (0.0, "0".to_owned(), Vec::new()),
                    }
                }
                "tenants" => match ground.facts.get("tenants") {
                    Some(tenants) => (tenants, "tenants".to_owned(), vec!["tenants".to_owned()]),
                    None => (100.0, "100".to_owned(), Vec::new()),
                },
                // Where no entity takes what is written, the links do.
                _ if ground.facts.growing.is_empty() => {
                    let among = if links > 1 { format!(" ÷ {links}") } else { String::new() };
                    let all = ground.facts.number("entities.rows") / links.max(1) as f64;
                    (all, format!("⌈entities.rows{among}⌉"), vec!["entities.rows".to_owned()])
                }
                _ => {
                    let linked =
                        table.foreign_keys.iter().filter_map(|key| known.get(key.references.table.as_str()));
                    let most = linked.max_by(|one, other| one.0.total_cmp(&other.0));
                    let (rows, id) = most.cloned().unwrap_or_default();
                    let each = ground.facts.number("rows.part");
                    (each * rows, format!("⌈{id} × rows.part⌉"), vec![id, "rows.part".to_owned()])
                }
            })
        })
        .collect();
    let mut figures = Vec::new();
    for (table, counted) in tables.iter_mut().zip(counted) {
        let Some((rows, formula, inputs)) = counted else { continue };
        table.rows_year = (rows * (1.0 - 1e-12)).ceil();
        figures.push(Figure {
            id: table_id("rows", table),
            label: format!("Rows of the table {} after 12 months", table.name.replace('_', " ")),
            value: table.rows_year,
            unit: "rows".to_owned(),
            formula,
            inputs,
            evidence: table.evidence.clone(),
        });
    }
    figures
}

/// Whether a table only binds others together: no entity stands behind it, and its key is what it refers to.
fn is_link(table: &Table) -> bool {
    table.entity.is_empty() && table.origin != Origin::Kernel
}

/// Attaches each stated length of keeping to the tables that its part of the statement names.
fn retention(ground: &Ground, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) {
    let requirements = &ground.analysis.requirements;
    let texts: BTreeMap<&str, &str> = requirements
        .statements
        .iter()
        .map(|statement| (statement.id.as_str(), statement.text.as_str()))
        .gather();
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
            .filter(|(entity, _)| naming::names(part, &entity.to_lowercase()))
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
        .gather();
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
