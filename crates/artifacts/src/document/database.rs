//! The tables and their indexes.

use super::chosen;
use super::page::Page;
use super::places;
use crate::deploy;
use crate::diagrams;
use crate::markdown::{code, reasons, text};
use crate::units::{amount, number};
use design::{Departure, Design, Index, Policy, RecordRule, Retention, Table, Timer};
use knowledge::Order as _;
use std::collections::{BTreeMap, BTreeSet};

/// The most operations that are named beside an index.
const OPERATIONS: usize = 3;

pub(super) fn database(design: &Design, page: &mut Page) {
    if design.database.tables.is_empty() {
        return;
    }
    let engine = chosen(design, "database").map_or("PostgreSQL", |decision| decision.name.as_str());
    page.say(&format!(
        "{} tables; decided: {}; {}.{}",
        design.database.tables.len(),
        text(engine),
        created(design),
        if design.store().is_some() { " Types are named as PostgreSQL names them." } else { "" }
    ));
    page.diagrams(&diagrams::entities(design));
    let rows: Vec<Vec<String>> =
        design.database.tables.iter().enumerate().map(|(at, found)| table_row(design, at, found)).collect();
    page.table("", &["Table", "Columns", "Rows in 12 months", "Size with indexes", "Because of"], &rows);
    for (title, heads, rows) in [
        ("What always holds", &["Rule", "Kept by", "Because of"][..], rules(design)),
        ("Who reaches which rows", &["Table", "Reads", "Writes", "Because of"], policies(design)),
        ("What time moves on", &["Table", "From", "To", "When", "Because of"], timers(design)),
        ("What is kept how long", &["Table", "Days", "How it goes", "Because of"], retention(design)),
        ("Indexes", &["Index", "For", "Entries", "Size", "Each write costs", "Used by"], indexes(design)),
        ("Departures from the third normal form", &["Where", "What", "Why"], departures(design)),
    ] {
        page.table(title, heads, &rows);
        if let Some(how) = deploy::purged_by(design).filter(|_| heads.contains(&"How it goes")) {
            page.say(&text(&how));
        }
        if let Some(how) = deploy::moved_by(design).filter(|_| heads.contains(&"When")) {
            page.say(&text(&how));
        }
    }
    page.diagrams(&diagrams::lifecycles(design));
}

/// Which file creates the tables, and where.
fn created(design: &Design) -> String {
    let all = design.store().map_or_else(
        || format!("{} creates them on PostgreSQL 15 and later", code("db/schema.sql")),
        |store| format!("{} creates them on {}", code(store.file), store.name),
    );
    let beside = design
        .store_beside()
        .map(|store| format!(", {} those of measurements on {}", code(store.file), store.name));
    all + &beside.unwrap_or_default()
}

fn table_row(design: &Design, at: usize, found: &Table) -> Vec<String> {
    let own = |name: &str| !matches!(name, "id" | "created_at" | "updated_at" | "tenant_id");
    let columns: Vec<String> = found
        .columns
        .iter()
        .filter(|column| own(&column.name) && column.generated_from.is_empty())
        .map(|column| code(&column.name))
        .collect();
    let parts = found.partition_by.as_ref().map_or("", |_| ", in partitions of a month");
    let counted = |what: &str, shown: &dyn Fn(f64) -> String, or: f64| {
        let figure = design::table_id(what, found);
        let place = design.capacity.iter().position(|known| known.id == figure);
        place.map_or(shown(or), |at| {
            format!("[{}](#{})", shown(design.capacity[at].value), places::figure('f', at))
        })
    };
    let rows = counted("rows", &number, found.rows_year);
    let size = counted("bytes", &|bytes| amount(bytes, "bytes"), found.rows_year * found.row_bytes);
    vec![
        places::at(&places::figure('t', at)) + &code(&found.name),
        if columns.is_empty() { "none of its own".to_owned() } else { columns.join(" ") },
        rows,
        size + parts,
        reasons(&found.evidence),
    ]
}

fn rules(design: &Design) -> Vec<Vec<String>> {
    let row = |rule: &RecordRule| {
        let by: Vec<String> = rule.kept_by.iter().map(|named| code(named)).collect();
        vec![text(&rule.text), format!("{} {}", text(&rule.how), by.join(" ")), reasons(&rule.evidence)]
    };
    design.database.rules.iter().map(row).collect()
}

/// One row for each table: what its policies allow, in the words of the matrix.
fn policies(design: &Design) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut by_table: BTreeMap<&str, Vec<&Policy>> = BTreeMap::new();
    for policy in &design.database.policies {
        by_table.entry(&policy.table).or_default().push(policy);
    }
    for found in &design.database.tables {
        let Some(of) = by_table.get(found.name.as_str()) else { continue };
        let Some(first) = of.first() else { continue };
        let because = reasons(&first.evidence);
        let (mut reads, mut writes) = (BTreeSet::new(), BTreeSet::new());
        for policy in of {
            let into = if policy.command == "select" { &mut reads } else { &mut writes };
            into.extend(policy.allows.iter().map(|access| {
                let who =
                    if access.roles.is_empty() { "everybody".to_owned() } else { access.roles.join(", ") };
                let which = match (access.scope.as_str(), &access.only) {
                    ("own", _) => "own".to_owned(),
                    ("tenant", _) => "of the own tenant".to_owned(),
                    (_, Some(only)) => only.values.join(" or "),
                    _ => "all".to_owned(),
                };
                text(&format!("{who} ({which})"))
            }));
        }
        let list = |all: BTreeSet<String>| {
            if all.is_empty() { "nobody".to_owned() } else { all.into_iter().collect::<Vec<_>>().join("; ") }
        };
        rows.push(vec![code(&found.name), list(reads), list(writes), because]);
    }
    rows
}

fn timers(design: &Design) -> Vec<Vec<String>> {
    let row = |(found, timer): (&Table, &Timer)| {
        vec![
            code(&found.name),
            text(&timer.states.join(" or ")),
            text(&timer.leads_to),
            text(&timer.due()),
            reasons(&timer.evidence),
        ]
    };
    let tables = design.database.tables.iter();
    tables.flat_map(|found| found.timers.iter().map(move |timer| row((found, timer)))).collect()
}

fn retention(design: &Design) -> Vec<Vec<String>> {
    let row = |(found, kept): (&Table, &Retention)| {
        let from = kept.counted_from();
        let (column, rows) = from.split_at(kept.from.len());
        vec![
            code(&found.name),
            format!("{} from {}{}", number(kept.days), code(column), text(rows)),
            text(&kept.how),
            reasons(&kept.evidence),
        ]
    };
    let tables = design.database.tables.iter();
    tables.flat_map(|found| found.retention.iter().map(move |kept| row((found, kept)))).collect()
}

/// The largest first: those are the ones to argue about.
fn indexes(design: &Design) -> Vec<Vec<String>> {
    let tables = design.database.tables.iter().enumerate();
    let mut all: Vec<(usize, &Index)> =
        tables.flat_map(|(at, found)| found.indexes.iter().map(move |index| (at, index))).collect();
    all.order_by(|(_, a), (_, b)| b.bytes_year.total_cmp(&a.bytes_year));
    let row = |(at, index): (usize, &Index)| {
        let mut used: Vec<String> = index
            .operations
            .iter()
            .filter(|used| **used != index.purpose)
            .take(OPERATIONS)
            .map(|operation| code(operation))
            .collect();
        if index.operations.len() > OPERATIONS {
            used.push(format!("and {} more", index.operations.len() - OPERATIONS));
        }
        // What no operation reads keeps something: a key, the deletes of a parent, or the work of the system itself.
        if index.operations.is_empty() {
            let mut keys = design.database.tables.get(at).into_iter().flat_map(|table| &table.foreign_keys);
            let parent = keys.find(|key| key.columns.iter().any(|column| index.columns.contains(column)));
            used.push(match parent {
                _ if index.unique => "refuses the second".to_owned(),
                Some(key) => format!("deletes in {}", code(&key.references.table)),
                None => "the system itself".to_owned(),
            });
        }
        vec![
            format!("[{}](#{})", code(&index.name), places::figure('t', at)),
            text(&index.purpose),
            number(index.rows_year),
            amount(index.bytes_year, "bytes"),
            text(&index.write_cost),
            used.join(" "),
        ]
    };
    all.into_iter().map(row).collect()
}

fn departures(design: &Design) -> Vec<Vec<String>> {
    let row = |found: &Departure| {
        let columns: Vec<String> = found.columns.iter().map(|column| code(column)).collect();
        vec![format!("{}: {}", code(&found.table), columns.join(" ")), text(&found.what), text(&found.why)]
    };
    design.database.departures.iter().map(row).collect()
}
