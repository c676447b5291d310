//! How much the tables hold after twelve months, how long they keep it, and which are partitioned.

use super::Ground;
use crate::capacity::{entity_id, table_id};
use crate::dated::{Event, event, is_moment, tells};
use crate::kept::{kept, records, since};
use crate::model::{Database, Figure, ForeignKey, RecordRule, Retention, RowFilter, Table};
use crate::naming;
use crate::spoken::Spoken;
use knowledge::Gather as _;
use requirements::{Evidence, Origin, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// Steps that are tried at the most to find the longest way of a record: a text may say that each state follows each.
const STEPS: usize = 1000;

/// Fills in rows, sizes, retention and partitions, and gives the rows of the tables that no entity stands behind as figures.
pub(super) fn volume(
    ground: &Ground,
    tables: &mut [Table],
    by_entity: &BTreeMap<&str, usize>,
    rules: &mut Vec<RecordRule>,
) -> Vec<Figure> {
    for table in tables.iter_mut() {
        let values: f64 = table.columns.iter().map(|column| knowledge::bytes_of(&column.kind)).sum();
        // What the text says that each write carries is kept in the rows that the writes make.
        let carried = if ground.facts.is_written(&table.entity) { ground.facts.carried() } else { 0.0 };
        table.row_bytes = knowledge::storage_number("bytes-header") + values + carried;
    }
    let figures = rows(ground, tables);
    rules.extend(retention(ground, tables, by_entity));
    partitions(ground, tables);
    figures
}

fn figure(figures: &[Figure], id: &str) -> Option<f64> {
    figures.iter().find(|figure| figure.id == id).map(|figure| figure.value)
}

/// Rows by table: those of the entity, as the capacity sheet counts them. A table between two others has several rows for
/// each of the one that has more.
fn rows(ground: &Ground, tables: &mut [Table]) -> Vec<Figure> {
    let mut values: BTreeMap<&str, f64> = BTreeMap::new();
    for figure in ground.figures {
        values.entry(&figure.id).or_insert(figure.value);
    }
    for table in tables.iter_mut().filter(|table| !table.entity.is_empty()) {
        let id = entity_id("rows", &table.entity);
        table.rows_year = values.get(id.as_str()).copied().unwrap_or_default();
    }
    let known: BTreeMap<&str, (f64, String, bool)> = tables
        .iter()
        .filter(|table| !table.entity.is_empty())
        .map(|table| {
            let grows = ground.facts.growing.contains_key(&table.entity);
            (table.name.as_str(), (table.rows_year, table_id("rows", table), grows))
        })
        .gather();
    let moves = moves(ground, tables);
    let written = figure(ground.figures, "rows.daily").unwrap_or_default();
    let links = tables.iter().filter(|table| is_link(table)).count();
    let days = |days: f64, of: &[&str]| {
        let each: f64 = of.iter().map(|id| ground.facts.number(id)).product();
        let ids = [&["rows.daily"], of].concat();
        (
            written * each * days,
            format!("⌈{} × {days}⌉", ids.join(" × ")),
            ids.into_iter().map(str::to_owned).collect(),
        )
    };
    let counted: Vec<Option<(f64, String, Vec<String>)>> = tables
        .iter()
        .map(|table| {
            if !table.entity.is_empty() {
                return None;
            }
            Some(match (table.name.as_str(), cleared(&table.name)) {
                ("state_changes", _) => {
                    let rows = moves.iter().map(|(rows, ..)| rows).sum();
                    let formula =
                        moves.iter().map(|(_, term, _)| term.as_str()).collect::<Vec<_>>().join(" + ");
                    (rows, format!("⌈{formula}⌉"), moves.iter().map(|(.., id)| id.clone()).collect())
                }
                ("audit_entries", _) => days(365.0, &[]),
                ("jobs", Some(kept)) if ground.facts.get("jobs.peak").is_some() => days(kept, &["job.share"]),
                (_, Some(kept)) => days(kept, &[]),
                ("stored_files", _) => {
                    match (figure(ground.figures, "files.live"), ground.facts.get("file.bytes")) {
                        (Some(kept), Some(each)) if each > 0.0 => {
                            let inputs = ["files.live", "file.bytes"].map(str::to_owned).to_vec();
                            (kept / each, "⌈files.live ÷ file.bytes⌉".to_owned(), inputs)
                        }
                        _ => (0.0, "0".to_owned(), Vec::new()),
                    }
                }
                ("tenants", _) => match ground.facts.get("tenants") {
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
                    // What comes into being is linked to a few of what stands, however many of these there are.
                    let most =
                        linked.max_by(|one, other| one.2.cmp(&other.2).then(one.0.total_cmp(&other.0)));
                    let (rows, id, _) = most.cloned().unwrap_or_default();
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

/// How many moves there are in a year, table by table, with the term of each and what it reads. What stands from before is
/// moved by writes, and there are no more of these than all writes.
fn moves(ground: &Ground, tables: &[Table]) -> Vec<(f64, String, String)> {
    const WRITES: &str = "entities.rows";
    let (mut moves, mut standing) = (Vec::new(), Vec::new());
    for table in tables {
        let Some(steps) = steps(ground, table) else { continue };
        let (steps, id) = (steps as f64, table_id("rows", table));
        let term = if steps > 1.0 { format!("{steps} × {id}") } else { id.clone() };
        let grows = ground.facts.growing.contains_key(&table.entity);
        if grows { &mut moves } else { &mut standing }.push((steps * table.rows_year, term, id));
    }
    let writes = ground.facts.number(WRITES);
    if standing.iter().map(|(rows, ..)| rows).sum::<f64>() > writes {
        standing = vec![(writes, WRITES.to_owned(), WRITES.to_owned())];
    }
    moves.append(&mut standing);
    moves
}

/// How often a record is moved on its way: the longest one that comes by no state twice, and ends with the first state in
/// which it no longer takes its place. Nothing where it has no states.
fn steps(ground: &Ground, table: &Table) -> Option<usize> {
    let states = table.states.as_ref()?;
    let lifecycle = ground.analysis.model.lifecycles.iter().find(|known| known.entity == table.entity)?;
    let void = knowledge::storage_words("void-states");
    let moves: Vec<(&str, &str)> = lifecycle
        .transitions
        .iter()
        .map(|step| (step.from.as_str(), step.to.as_str()))
        .filter(|(from, _)| !void.contains(&from.to_lowercase().as_str()))
        .collect();
    Some(longest(&moves, &mut vec![states.first.as_str()], &mut STEPS.clone()).max(1))
}

/// The most moves from the last state of a way on, as far as so many tries tell.
fn longest<'a>(moves: &[(&'a str, &'a str)], way: &mut Vec<&'a str>, budget: &mut usize) -> usize {
    let here = way.last().copied().unwrap_or_default();
    let mut most = 0;
    for (_, to) in moves.iter().filter(|(from, _)| *from == here) {
        if *budget > 0 && !way.contains(to) {
            *budget -= 1;
            way.push(to);
            most = most.max(1 + longest(moves, way, budget));
            way.pop();
        }
    }
    most
}

/// Whether a table only binds others together: no entity stands behind it, and its key is what it refers to.
fn is_link(table: &Table) -> bool {
    table.entity.is_empty() && table.origin != Origin::Kernel
}

/// Attaches each stated length of keeping to the tables that its part of the statement names, and gives those of which
/// nothing says from when they count.
fn retention(ground: &Ground, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) -> Vec<RecordRule> {
    let mut open = Vec::new();
    // What expires by the clock moves on, and is not deleted by that.
    let timed = crate::clock::timed(ground.analysis);
    let timed = |id: &str| timed.iter().any(|timed| timed.quantity == id);
    let spoken = Spoken::new(ground.analysis);
    for (quantity, text, end) in kept(ground.analysis).filter(|(quantity, ..)| !timed(&quantity.id)) {
        for name in records(&spoken, &text) {
            let Some(table) = by_entity.get(name).and_then(|at| tables.get_mut(*at)) else { continue };
            let mut retention = retained((quantity.value / DAY).round(), Vec::new());
            retention.evidence = Reason::alone(&quantity.statement);
            let since = since(&text, end, name, states(table));
            let event = event(ground.analysis, name, &since.1);
            let told = counted(&mut retention, table, since);
            // Rows that nobody deletes can be deleted later; those that went too early are gone.
            if let (false, Event::Other(said)) = (told, event) {
                let statement = ground.analysis.requirements.statement(&quantity.statement);
                open.push(RecordRule {
                    entity: name.to_owned(),
                    kind: "kept".to_owned(),
                    text: statement.map_or_else(String::new, |statement| statement.text.clone()),
                    kept_by: Vec::new(),
                    how: format!(
                        "Open: no column of {} tells of “{said}”, from which the {} days count. Until one does, none of its rows is deleted for its age.",
                        table.name, retention.days
                    ),
                    evidence: retention.evidence,
                });
                continue;
            }
            // Of several lengths for the same rows the longest is the one that the law or a contract asks for.
            match table.retention.iter_mut().find(|known| known.only == retention.only) {
                Some(known) if known.days < retention.days => *known = retention,
                Some(_) => {}
                None => table.retention.push(retention),
            }
        }
    }
    hold(tables);
    // Done work and sent messages are cleared away after a week, ids of messages after four days, answers after one.
    for table in tables.iter_mut().filter(|table| table.entity.is_empty()) {
        if let Some(days) = cleared(&table.name) {
            let mut retention = retained(days, table.evidence.clone());
            let mut of = |from: &str, only: RowFilter| {
                // What waits for its day is older than its row says.
                from.clone_into(&mut retention.from);
                retention.how = format!("{}; what still waits stays.", retention.how.trim_end_matches('.'));
                retention.only = Some(only);
            };
            let there = |column: &str, values: &[&str]| RowFilter {
                column: column.to_owned(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
                is_null: false,
            };
            match table.name.as_str() {
                "jobs" => of("run_at", there("status", &["done", "failed"])),
                "outbox" => of("published_at", there("published_at", &[])),
                _ => {}
            }
            table.retention.push(retention);
        }
    }
    open
}

/// The states that a table allows; none where its rows have no state.
fn states(table: &Table) -> &[String] {
    let column = table.states.as_ref().map(|states| &states.column);
    let check = table.checks.iter().find(|check| Some(&check.column) == column);
    check.map_or(&[], |check| check.values.as_slice())
}

/// Counts a length of keeping from where the text says: from the state that a row came into, which alone then goes, or
/// from a time that it has a column for. Whether it says so.
fn counted(retention: &mut Retention, table: &Table, (states, behind): (Vec<String>, Vec<&str>)) -> bool {
    let times =
        || table.columns.iter().filter(|column| matches!(column.kind.as_str(), "date" | "timestamptz"));
    let event = |name: &str| {
        let end = ["_at", "_on", "_date", "_time"].into_iter().find_map(|end| name.strip_suffix(end));
        end.unwrap_or(name).to_owned()
    };
    let of_state = times()
        .find(|column| matches!(states.as_slice(), [state] if event(&column.name) == naming::snake(state)));
    // "After they were changed" is no time of the text's own.
    let own = || times().filter(|column| !column.attribute.is_empty());
    let named = own()
        .find(|column| tells(&column.name, &behind))
        .or_else(|| own().find(|column| is_moment(&column.attribute, &behind)));
    if let Some(column) = of_state.or(named) {
        retention.from.clone_from(&column.name);
        if column.nullable {
            retention.how += &format!(" A row stays while its {} is empty.", column.name);
        }
    } else if !states.is_empty() && times().any(|column| column.name == "updated_at") {
        // A row is changed when it comes into its state, and hardly after: none goes too early.
        "updated_at".clone_into(&mut retention.from);
    }
    if let (false, Some(machine)) = (states.is_empty(), &table.states) {
        retention.only = Some(RowFilter { column: machine.column.clone(), values: states, is_null: false });
    }
    retention.from != "created_at" || retention.only.is_some()
}

/// A part that has to be kept longer than its whole is not deleted with it: it keeps the whole instead.
fn hold(tables: &mut [Table]) {
    let days: BTreeMap<String, f64> = tables
        .iter()
        .filter_map(|table| {
            let most = table.retention.iter().map(|kept| kept.days).reduce(f64::max)?;
            Some((table.name.clone(), most))
        })
        .gather();
    for table in tables.iter_mut() {
        let Some(own) = days.get(&table.name) else { continue };
        let shorter = |key: &&mut ForeignKey| {
            key.on_delete == "cascade" && days.get(&key.references.table).is_some_and(|whole| whole < own)
        };
        for key in table.foreign_keys.iter_mut().filter(shorter) {
            "restrict".clone_into(&mut key.on_delete);
        }
    }
}

/// Says of each table whose rows go for their age which rows of others keep them.
pub(crate) fn held(database: &mut Database) {
    for at in 0..database.tables.len() {
        let table = &database.tables[at];
        let mut names: Vec<String> = Vec::new();
        for (holder, _) in database.holders(&table.name).iter().filter_map(|way| way.last()) {
            let kept = holder.retention.iter().map(|kept| kept.days).reduce(f64::max);
            let days = kept.map_or_else(
                || " (for which the text states no length)".to_owned(),
                |days| format!(" (kept for {days} days)"),
            );
            let name = format!("{}{days}", holder.name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for retention in database.tables[at].retention.iter_mut().filter(|_| !names.is_empty()) {
            let by = names.join(" or ");
            retention.how += &format!(" A row stays, however old it is, while one of {by} refers to it.");
        }
    }
}

fn retained(days: f64, evidence: Evidence) -> Retention {
    let from = "created_at".to_owned();
    Retention {
        days,
        from,
        only: None,
        how: "A job deletes what is older, 1,000 rows a transaction.".to_owned(),
        evidence,
    }
}

/// The days after which the system clears away what it writes for its own working.
fn cleared(table: &str) -> Option<f64> {
    Some(match table {
        "jobs" | "outbox" => 7.0,
        "received_messages" => 4.0,
        "idempotency_keys" => 1.0,
        _ => return None,
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
        .gather();
    let least = 1_000_000.0 * knowledge::storage_number("million-rows-to-partition");
    for table in tables.iter_mut() {
        let whole = table.indexes.iter().any(|index| index.unique) || !table.exclusions.is_empty();
        let keyed = table.primary_key == ["id"];
        if table.rows_year >= least && !referred.contains(&table.name) && !whole && keyed {
            table.partition_by = Some("created_at".to_owned());
            // A key of a partitioned table holds the column by which it is partitioned.
            table.primary_key.push("created_at".to_owned());
            let mut kept = std::mem::take(&mut table.retention);
            for retention in kept.iter_mut().filter(|kept| kept.is_dropped(table)) {
                "The partition of a month is dropped once its last day is old enough."
                    .clone_into(&mut retention.how);
            }
            table.retention = kept;
        }
    }
}
