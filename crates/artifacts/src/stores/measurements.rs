//! ClickHouse beside PostgreSQL: the tables of measurements, in the order of the questions that are asked.

use super::{head, kind, quoted, stored};
use crate::sql::names::literals;
use design::{Column, Design, Table};
use knowledge::DialectRow;

/// The tables; nothing where nothing is measured.
pub(super) fn schema(design: &Design, store: &DialectRow) -> Option<String> {
    let tables = || design.database.tables.iter().filter(|table| !table.entity.is_empty());
    let mut measured: Vec<&Table> = tables().filter(|table| table.partition_by.is_some()).collect();
    if measured.is_empty() {
        measured.extend(tables().max_by(|a, b| a.rows_year.total_cmp(&b.rows_year)));
    }
    if measured.is_empty() {
        return None;
    }
    let all: Vec<String> = measured.into_iter().map(|table| create(store, table)).collect();
    Some(head(design, store, "--") + &all.join("\n"))
}

fn create(store: &DialectRow, table: &Table) -> String {
    let time = table.partition_by.as_deref().unwrap_or("created_at");
    let lines: Vec<String> = stored(table)
        .map(|column| format!("    {} {}", quoted(store, &column.name), typed(store, table, column)))
        .collect();
    let mut order: Vec<String> = table
        .foreign_keys
        .iter()
        .filter_map(|key| key.columns.last())
        .filter(|name| table.columns.iter().any(|column| column.name == **name && !column.nullable))
        .map(|name| quoted(store, name))
        .collect();
    order.dedup();
    order.push(quoted(store, time));
    let kept: Vec<String> = table
        .retention
        .iter()
        .map(|kept| {
            let only =
                kept.only.as_ref().filter(|only| !only.values.is_empty()).map_or_else(String::new, |only| {
                    format!(" WHERE {} IN ({})", quoted(store, &only.column), literals(&only.values))
                });
            format!("toDateTime({}) + INTERVAL {} DAY DELETE{only}", quoted(store, &kept.from), kept.days)
        })
        .collect();
    let kept = if kept.is_empty() { String::new() } else { format!("\nTTL {}", kept.join(", ")) };
    format!(
        "CREATE TABLE {} (\n{}\n)\nENGINE = MergeTree\nPARTITION BY toYYYYMM({})\nORDER BY ({}){kept};\n",
        quoted(store, &table.name),
        lines.join(",\n"),
        quoted(store, time),
        order.join(", ")
    )
}

fn typed(store: &DialectRow, table: &Table, column: &Column) -> String {
    let kind = kind(store, column, true);
    let open = if column.nullable { format!("Nullable({kind})") } else { kind.to_owned() };
    // Few values: each is kept once.
    let few = table.checks.iter().any(|check| check.column == column.name);
    let mut line = if few { format!("LowCardinality({open})") } else { open };
    if let Some(default) = &column.default {
        line += &format!(" DEFAULT {}", if default == "now()" { store.now } else { default });
    }
    line
}
