//! The indexes: each with the operation that needs it, its size after a year and what it costs to write.

use super::Ground;
use super::tables::index;
use crate::model::{Api, Column, Index, RowFilter, Table};
use crate::naming;
use knowledge::{Gather as _, VerbClass};
use requirements::{Action, Analysis};
use std::collections::{BTreeMap, BTreeSet};

/// The operations of an entity that read by an index: list, create, and the first that moves.
type Users<'a> = BTreeMap<(&'a str, &'a str), &'a str>;

/// Adds the indexes of the lists, takes away what another index does already, and gives each its user, size and cost.
pub(super) fn finish(ground: &Ground, tables: &mut [Table]) {
    let users = users(ground.api);
    // Gathered once: a long text has as many operations and actions as tables.
    let moved = ground.api.operations.iter().filter(|step| !step.leads_to.is_empty());
    let queues: BTreeSet<&str> = moved.map(|step| step.entity.as_str()).gather();
    let by_days = looked_up_by_day(ground.analysis);
    for table in tables.iter_mut() {
        let list = users.get(&(table.entity.as_str(), "list")).copied();
        let create = users.get(&(table.entity.as_str(), "create")).copied();
        if let Some(list) = list {
            lists(table, list, queues.contains(table.entity.as_str()));
            if by_days.contains(table.entity.as_str()) {
                by_day(table, list);
            }
        }
        aged(table);
        due(table);
        for index in &mut table.indexes {
            purpose(index, table.entity.is_empty(), &keyed(&table.foreign_keys));
            let user = if index.unique { create.or(list) } else { list };
            if index.operations.is_empty() && !table.entity.is_empty() {
                index.operations = user.into_iter().map(str::to_owned).collect();
            }
        }
        prune(table);
        measure(table);
    }
}

fn users(api: &Api) -> Users<'_> {
    let mut users = Users::new();
    for operation in api.operations.iter().filter(|operation| !operation.entity.is_empty()) {
        users.entry((operation.entity.as_str(), operation.action.as_str())).or_insert(&operation.id);
    }
    users
}

/// What a list reads by: the tenant and the key, and the state where somebody moves records on and so looks for those that
/// wait, or where there are enough rows for it to pay.
fn lists(table: &mut Table, list: &str, queue: bool) {
    let tenant = table.is_shared();
    let mut wanted: Vec<(Vec<&str>, &str)> = Vec::new();
    if tenant {
        wanted.push((vec!["tenant_id", "id"], "order of the list"));
    }
    let states = table.states.as_ref().map(|states| states.column.clone());
    if let Some(column) = states.as_deref()
        && (queue || table.rows_year >= knowledge::storage_number("rows-to-index"))
    {
        let columns = if tenant { vec!["tenant_id", column, "id"] } else { vec![column, "id"] };
        wanted.push((columns, "the list filtered by state, in its order"));
    }
    for (columns, purpose) in wanted {
        let mut new = index(&table.name, &columns, false);
        purpose.clone_into(&mut new.purpose);
        new.operations = vec![list.to_owned()];
        if !table.indexes.iter().any(|known| known.name == new.name) {
            table.indexes.push(new);
        }
    }
}

/// The entities of which the text has somebody look for the records of a day or a longer time.
fn looked_up_by_day(analysis: &Analysis) -> BTreeSet<&str> {
    let words = knowledge::storage_words("by-day");
    let by_day = |action: &&Action| {
        requirements::known_verb(&action.verb).is_some_and(|(_, class)| class == VerbClass::Read)
            && analysis.requirements.statement(&action.statement).is_some_and(|said| {
                let text = said.text.to_lowercase();
                words.iter().any(|phrase| naming::contains_words(&text, phrase))
            })
    };
    let named = analysis.requirements.actions.iter().filter(|action| action.entity.is_some());
    named.filter(by_day).filter_map(|action| action.entity.as_deref()).gather()
}

/// What the records of a day are found by: when they begin, else the first time that is recorded of them, else when they were
/// made.
fn by_day(table: &mut Table, list: &str) {
    let timed = |column: &&Column| matches!(column.kind.as_str(), "timestamptz" | "date");
    let own =
        |column: &&Column| !matches!(column.name.as_str(), "created_at" | "updated_at") && !column.nullable;
    let begins = |column: &&Column| column.name.starts_with("start") || column.name.starts_with("begin");
    let known = || table.columns.iter().filter(timed);
    let found = known().find(begins).or_else(|| known().find(own));
    let Some(column) = found.or_else(|| known().find(|column| column.name == "created_at")) else { return };
    let columns = [Some("tenant_id").filter(|_| table.is_shared()), Some(column.name.as_str()), Some("id")];
    let columns: Vec<&str> = columns.into_iter().flatten().collect();
    let mut new = index(&table.name, &columns, false);
    "the list of a day or a longer time, in its order".clone_into(&mut new.purpose);
    new.operations = vec![list.to_owned()];
    if !table.indexes.iter().any(|known| known.name == new.name) {
        table.indexes.push(new);
    }
}

/// The index by which old rows are found, where there are enough of them.
fn aged(table: &mut Table) {
    if table.rows_year < knowledge::storage_number("rows-to-index") || table.partition_by.is_some() {
        return;
    }
    for retention in &table.retention {
        let mut old = index(&table.name, &[&retention.from], false);
        // Rows lie in the order in which they were made, and in no other.
        if retention.from == "created_at" {
            "brin".clone_into(&mut old.method);
        }
        if table.indexes.iter().any(|known| known.name == old.name) {
            continue;
        }
        old.only.clone_from(&retention.only);
        "what is old enough to go".clone_into(&mut old.purpose);
        old.operations = vec!["worker: delete what is old enough".to_owned()];
        table.indexes.push(old);
    }
}

/// The index by which a job finds what is due; what counts from a state is found by the state.
fn due(table: &mut Table) {
    let Some(column) = table.states.as_ref().map(|states| states.column.clone()) else { return };
    for timer in &table.timers {
        let columns = [if timer.from.is_empty() { "id" } else { timer.from.as_str() }];
        let mut due = index(&table.name, &columns, false);
        due.name = super::limited(&format!("{}_{}_due_idx", table.name, naming::snake(&timer.action)));
        due.only = Some(RowFilter { column: column.clone(), values: timer.states.clone(), is_null: false });
        "what is due".clone_into(&mut due.purpose);
        due.operations = vec!["worker: move on what is due".to_owned()];
        table.indexes.push(due);
    }
}

/// The last columns of the references.
fn keyed(keys: &[crate::model::ForeignKey]) -> Vec<String> {
    keys.iter().filter_map(|key| key.columns.last().cloned()).collect()
}

fn purpose(index: &mut Index, link: bool, keyed: &[String]) {
    if !index.purpose.is_empty() && index.purpose != "no two rows alike" {
        return;
    }
    let key = index.columns.last().is_some_and(|column| keyed.contains(column));
    let purpose = match (index.unique, key) {
        (true, true) => "at most one row for each of the other table",
        (true, false) => "no two rows alike",
        (false, true) if link => "the other direction of the link",
        (false, true) => "filter, join, delete of the parent",
        (false, false) => "order of the list",
    };
    purpose.clone_into(&mut index.purpose);
}

/// Takes away plain indexes whose columns start another one, or the primary key.
fn prune(table: &mut Table) {
    let whole = |index: &Index| index.only.is_none() && index.method == "btree";
    let starts = |columns: &[String], other: &[String]| other.starts_with(columns);
    let all = table.indexes.clone();
    let key = table.primary_key.clone();
    let mut at = 0;
    table.indexes.retain(|index| {
        let own = at;
        at += 1;
        if !whole(index) || index.unique {
            return true;
        }
        let double = all.iter().enumerate().any(|(other, known)| {
            let earlier = known.columns.len() > index.columns.len() || known.unique || other < own;
            other != own && whole(known) && earlier && starts(&index.columns, &known.columns)
        });
        !double && !starts(&index.columns, &key)
    });
    // What a taken index did for an operation, the longer one does.
    for gone in all.iter().filter(|index| whole(index) && !index.unique) {
        if table.indexes.iter().any(|known| known.name == gone.name) {
            continue;
        }
        if let Some(heir) =
            table.indexes.iter_mut().find(|known| whole(known) && starts(&gone.columns, &known.columns))
        {
            for operation in &gone.operations {
                if !heir.operations.contains(operation) {
                    heir.operations.push(operation.clone());
                }
            }
        }
    }
}

/// Rows, bytes and write cost of the indexes.
fn measure(table: &mut Table) {
    let entry = knowledge::storage_number("bytes-entry");
    let bloat = knowledge::storage_number("bloat");
    let states = table.states.as_ref().map(|states| states.column.clone());
    let share = |values: usize, all: usize| {
        let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if all == 0 { 1.0 } else { (part(values) / part(all)).min(1.0) }
    };
    for index in &mut table.indexes {
        let kind = |name: &String| {
            table
                .columns
                .iter()
                .find(|column| column.name == *name)
                .map_or("text", |column| column.kind.as_str())
        };
        let part = index.only.as_ref().map_or(1.0, |only| {
            let all = table
                .checks
                .iter()
                .find(|check| check.column == only.column)
                .map_or(0, |check| check.values.len());
            if only.values.is_empty() { 0.1 } else { share(only.values.len(), all) }
        });
        index.rows_year = (table.rows_year * part).round();
        let values: f64 = index.columns.iter().map(|column| knowledge::bytes_of(kind(column))).sum();
        index.bytes_year = match index.method.as_str() {
            // A summary of 24 bytes for each 128 pages of 8 KiB.
            "brin" => (index.rows_year * table.row_bytes / 1_048_576.0 * 24.0).max(8192.0).round(),
            _ => (index.rows_year * (values + entry) * bloat).max(8192.0).round(),
        };
        let moving = states.as_ref().is_some_and(|column| {
            index.columns.contains(column) || index.only.as_ref().is_some_and(|only| only.column == *column)
        });
        let cost = match (index.method.as_str(), moving) {
            ("brin", _) => "next to nothing: one summary for 128 pages",
            ("gin", _) => "an entry for each word of a new row, and again when its words change",
            ("gist" | "postgis", _) => "an entry for each place, and again when it moves",
            (_, true) => "an entry for each insert and for each move of the state",
            (_, false) => "an entry for each insert, and when its columns change",
        };
        cost.clone_into(&mut index.write_cost);
    }
}
