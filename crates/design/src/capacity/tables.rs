//! How many bytes the tables take after a year with their indexes, and what that makes of a written row: the plan of the
//! storage rests on it, so that the tables and the plan are one count.

use super::entities::table_id;
use crate::facts::Facts;
use crate::model::{Database, Figure, Table};
use knowledge::Gather as _;
use requirements::{Evidence, Reason, add_reason};
use std::collections::BTreeMap;

/// What is there whatever is written: what is counted, kept up by hand or cleared away.
const STANDING: &str = "Bytes of the tables that do not grow with what is written";
const GROWING: &str = "Bytes of the tables that grow with what is written, after 12 months";
const ROWS: &str = "Rows of the tables that grow with what is written, after 12 months";
const EACH: &str = "Rows that a write leaves, over all tables";
const STANDING_ROWS: &str = "Rows of the tables that do not grow with what is written";
const KEPT: &str = "Rows that are kept at once for each that a year adds, where some go for their age";
const KEPT_BYTES: &str = "Bytes that are kept at once for each that a year adds, where some go for their age";
const AGED: &str = "Share of the rows that writes add which go for their age";

/// Years after which the plan of the storage ends.
const PLANNED: f64 = 3.0;

/// Days of a year.
const YEAR: f64 = 365.0;

/// The bytes of each table after 12 months with its indexes, and what follows from them for the plan of the storage.
pub(crate) fn sizes(database: &Database, facts: &Facts) -> Vec<Figure> {
    let mut figures: Vec<Figure> = database.tables.iter().map(size).collect();
    if database.tables.is_empty() {
        return figures;
    }
    let grows = growing(database, facts);
    let added = |part: bool, what: &str, values: &dyn Fn(usize) -> f64| -> (f64, Vec<String>) {
        let tables = database.tables.iter().zip(&grows).enumerate().filter(|(_, (_, grows))| **grows == part);
        tables.fold((0.0, Vec::new()), |(all, mut ids), (at, (table, _))| {
            ids.push(table_id(what, table));
            (all + values(at), ids)
        })
    };
    let bytes = |at: usize| figures[at].value;
    let (standing, standing_ids) = added(false, "bytes", &bytes);
    let (gained, gained_ids) = added(true, "bytes", &bytes);
    let rows = |at: usize| database.tables[at].rows_year;
    let (written, written_ids) = added(true, "rows", &rows);
    let (there, there_ids) = added(false, "rows", &rows);
    let all_kept = facts.get("retention").map(|seconds| seconds / 86_400.0);
    // What grows is kept as long as the text says, and what it says nothing of for the year that is counted.
    let days = ages(database, all_kept);
    let age = |at: usize| days[at];
    let years = |at: usize| age(at).map_or(1.0, |most| (most / YEAR).min(PLANNED));
    let kept = |values: &dyn Fn(usize) -> f64| added(true, "", &|at| values(at) * years(at)).0;
    let (kept_rows, kept_bytes) = (kept(&rows), kept(&bytes));
    let going = added(true, "", &|at| if age(at).is_some() { rows(at) } else { 0.0 }).0;
    let terms = |what: &str| -> (String, Vec<String>) {
        let some = (0..grows.len()).filter(|at| grows[*at]);
        let (mut shown, mut ids) = (Vec::new(), Vec::new());
        for at in some {
            let id = table_id(what, &database.tables[at]);
            shown.push(match age(at) {
                Some(most) => format!("{id} × {} ÷ 365", crate::facts::trimmed(most.min(PLANNED * YEAR))),
                None => id.clone(),
            });
            ids.push(id);
        }
        (format!("({}) ÷ growing.{what}", shown.join(" + ")), ids)
    };
    let (rows_terms, bytes_terms) = (terms("rows"), terms("bytes"));
    let going_ids: Vec<String> = (0..grows.len())
        .filter(|at| grows[*at] && age(*at).is_some())
        .map(|at| table_id("rows", &database.tables[at]))
        .collect();
    let mut evidence: Evidence = facts.reasons("entities.rows");
    add_reason(&mut evidence, Reason::rule("capacity"));
    let mut add = |id: &str, label: &str, unit: &str, value: f64, formula: String, inputs: Vec<String>| {
        let (id, label, unit) = (id.to_owned(), label.to_owned(), unit.to_owned());
        figures.push(Figure { id, label, value, unit, formula, inputs, evidence: evidence.clone() });
    };
    let mut sum = |id: &str, label: &str, unit: &str, value: f64, inputs: Vec<String>| {
        let formula = if inputs.is_empty() { "0".to_owned() } else { inputs.join(" + ") };
        add(id, label, unit, value, formula, inputs);
    };
    sum("standing.bytes", STANDING, "bytes", standing, standing_ids);
    sum("growing.bytes", GROWING, "bytes", gained, gained_ids);
    sum("growing.rows", ROWS, "rows", written, written_ids);
    sum("standing.rows", STANDING_ROWS, "rows", there, there_ids);
    let all = facts.number("entities.rows");
    let mut ratio = |id: &str, label: &str, unit: &str, value: f64, by: [&str; 2]| {
        if value.is_finite() {
            add(id, label, unit, value, by.join(" ÷ "), by.map(str::to_owned).to_vec());
        }
    };
    let by = ["growing.bytes", "growing.rows"];
    ratio("row.bytes", "Bytes that a row takes, indexes included", "bytes", gained / written, by);
    ratio("rows.each", EACH, "rows", written / all, ["growing.rows", "entities.rows"]);
    if going > 0.0 {
        let mut part =
            |id: &str, label: &str, value: f64, (formula, ids): (String, Vec<String>), of: &str| {
                add(id, label, "ratio", value, formula, [ids, vec![of.to_owned()]].concat());
            };
        part("kept.rows", KEPT, kept_rows / written, rows_terms, "growing.rows");
        part("kept.size", KEPT_BYTES, kept_bytes / gained, bytes_terms, "growing.bytes");
        let shown = format!("({}) ÷ growing.rows", going_ids.join(" + "));
        part("aged.share", AGED, going / written, (shown, going_ids), "growing.rows");
    }
    figures
}

/// The facts that the tables measure.
const MEASURED: [&str; 7] =
    ["standing.bytes", "row.bytes", "rows.each", "standing.rows", "kept.rows", "kept.size", "aged.share"];

/// What the tables have measured so far.
pub(crate) fn measured(facts: &Facts) -> [Option<f64>; MEASURED.len()] {
    MEASURED.map(|id| facts.get(id))
}

/// The plan of the storage takes what the tables measure, unless the reader sets it.
pub(crate) fn measure(facts: &mut Facts, sizes: &mut Vec<Figure>) {
    for id in MEASURED {
        if let Some(at) = sizes.iter().position(|figure| figure.id == id) {
            facts.measure(id, sizes[at].value, &sizes[at].evidence);
        }
    }
    sizes.retain(|figure| !facts.is_set(&figure.id));
}

/// The days after which the rows of each table go: as the text says, and what belongs to such a row goes with it. What a
/// row of another table refers to stays as long as that.
fn ages(database: &Database, all: Option<f64>) -> Vec<Option<f64>> {
    let mut ages: BTreeMap<&str, f64> =
        database.tables.iter().filter_map(|table| Some((table.name.as_str(), age(table, all)?))).gather();
    for table in database.tables.iter().chain(&database.tables) {
        let keys = table.foreign_keys.iter().filter(|key| key.on_delete == "cascade");
        let whole = keys.filter_map(|key| ages.get(key.references.table.as_str()).copied()).reduce(f64::min);
        if let Some(days) = whole {
            ages.entry(&table.name).or_insert(days);
        }
    }
    let ways = |table: &Table| {
        let own = ages.get(table.name.as_str()).copied()?;
        let holders = database.holders(&table.name);
        let mut last = holders.iter().filter_map(|way| way.last());
        last.try_fold(own, |most, (holder, _)| Some(ages.get(holder.name.as_str())?.max(most)))
    };
    database.tables.iter().map(ways).collect()
}

/// The days after which all rows of a table have gone, as the text says: those in a state where each row ends in one.
fn age(table: &Table, all: Option<f64>) -> Option<f64> {
    let ends = |state: &str| {
        let known = table.retention.iter().filter_map(|kept| kept.only.as_ref());
        known.flat_map(|only| &only.values).any(|known| known == state)
    };
    let Some(whole) = table.retention.iter().find(|kept| kept.only.is_none()) else {
        let longest = table.retention.iter().map(|kept| kept.days).reduce(f64::max);
        let ended = table.states.as_ref().is_none_or(|states| {
            let stays = |[_, to]: &[String; 2]| states.moves.iter().all(|[from, _]| from != to);
            states.moves.iter().any(|step| ends(&step[1]))
                && states.moves.iter().filter(|step| stays(step)).all(|[_, to]| ends(to) || gone(to))
        });
        return longest.filter(|_| ended).or(all);
    };
    Some(whole.days)
}

/// Whether a state is that of what was deleted.
fn gone(state: &str) -> bool {
    matches!(state, "deleted" | "removed" | "purged" | "erased")
}

/// Which of the tables grow with what is written.
fn growing(database: &Database, facts: &Facts) -> Vec<bool> {
    let written = |table: &Table| facts.growing.contains_key(&table.entity);
    let known: BTreeMap<&str, bool> =
        database.tables.iter().map(|table| (table.name.as_str(), written(table))).gather();
    let linked = |table: &Table| {
        let mut keys = table.foreign_keys.iter().filter_map(|key| known.get(key.references.table.as_str()));
        facts.growing.is_empty() || keys.any(|grows| *grows)
    };
    let grows = |table: &Table| match table.name.as_str() {
        _ if !table.entity.is_empty() => written(table),
        // Each move is a write, whatever moves.
        "audit_entries" | "stored_files" | "state_changes" => true,
        "jobs" | "outbox" | "received_messages" | "idempotency_keys" | "tenants" => false,
        _ => linked(table),
    };
    database.tables.iter().map(grows).collect()
}

fn size(table: &Table) -> Figure {
    let indexes: f64 = table.indexes.iter().map(|index| index.bytes_year).sum();
    let types: BTreeMap<&str, &str> =
        table.columns.iter().map(|column| (column.name.as_str(), column.kind.as_str())).gather();
    let key: f64 = table
        .primary_key
        .iter()
        .filter_map(|name| types.get(name.as_str()))
        .map(|kind| knowledge::bytes_of(kind))
        .sum();
    let row = table.row_bytes + key + knowledge::storage_number("bytes-entry");
    let each = (row * knowledge::storage_number("bloat") + indexes / table.rows_year.max(1.0)).ceil();
    let rows = table_id("rows", table);
    let of = if table.entity.is_empty() {
        format!("the table {}", table.name.replace('_', " "))
    } else {
        table.entity.clone()
    };
    Figure {
        id: table_id("bytes", table),
        label: format!("Size of {of} after 12 months, indexes included"),
        value: table.rows_year * each,
        unit: "bytes".to_owned(),
        formula: format!("{rows} × {each}"),
        inputs: vec![rows],
        evidence: table.evidence.clone(),
    }
}
