//! The catalogue of problems, and which operation answers with which.

use crate::model::{Api, Database, Operation, ProblemType, Table};
use knowledge::Gather as _;
use knowledge::PROBLEMS;
use std::collections::{BTreeMap, BTreeSet};

/// Names the problems of each operation, and the catalogue of those that occur.
pub(super) fn problems(api: &mut Api, database: &Database, signed_in: bool) {
    // What no constraint keeps apart can be there twice.
    let single: BTreeSet<&str> = database
        .tables
        .iter()
        .filter(|table| {
            !table.exclusions.is_empty()
                || table.indexes.iter().any(|index| index.unique)
                || table
                    .primary_key
                    .iter()
                    .any(|key| !matches!(key.as_str(), "id" | "created_at") && !table.is_tenant_key(key))
        })
        .map(|table| table.entity.as_str())
        .gather();
    let moved: BTreeSet<String> = api
        .operations
        .iter()
        .filter(|operation| !operation.leads_to.is_empty())
        .map(|operation| operation.entity.clone())
        .gather();
    let tables: BTreeMap<&str, &Table> =
        database.tables.iter().map(|table| (table.entity.as_str(), table)).gather();
    let mut used = vec![false; PROBLEMS.len()];
    for operation in &mut api.operations {
        let table = tables.get(operation.entity.as_str()).filter(|table| !table.entity.is_empty());
        let parent = tables.get(operation.parent.as_str()).map_or("", |table| &table.name);
        let sent = table.is_none_or(|table| sends(table, parent, moved.contains(&operation.entity)));
        let mut wanted = of(operation, signed_in, single.contains(operation.entity.as_str()), sent);
        if operation.method != "GET" && table.is_some_and(|table| table.counts(operation)) {
            wanted.push("limit-reached");
        }
        debug_assert!(wanted.iter().all(|id| PROBLEMS.iter().any(|row| row.id == *id)), "{wanted:?}");
        for (row, used) in PROBLEMS.iter().zip(&mut used).filter(|(row, _)| wanted.contains(&row.id)) {
            operation.problems.push(row.id.to_owned());
            *used = true;
        }
    }
    api.problems = PROBLEMS
        .iter()
        .zip(used)
        .filter_map(|(row, used)| used.then_some(row))
        .map(|row| ProblemType {
            id: row.id.to_owned(),
            status: row.status,
            title: row.title.to_owned(),
            remedy: row.remedy.to_owned(),
            retryable: row.retryable,
        })
        .collect();
}

/// Whether a caller sends anything of a record: what the system sets and the path gives leaves no field to name.
fn sends(table: &Table, parent: &str, moved: bool) -> bool {
    let state = table.states.as_ref().filter(|_| moved).map(|states| states.column.as_str());
    let given = |name: &str| {
        let mut keys = table.foreign_keys.iter();
        keys.any(|key| {
            key.columns.last().is_some_and(|last| last == name)
                && (key.references.table == parent || table.is_tenant_key(name))
        })
    };
    table.columns.iter().any(|column| {
        let name = column.name.as_str();
        let own = column.mode == "read-only"
            || column.attribute.is_empty()
                && matches!(name, "id" | "created_at" | "updated_at" | "created_by" | "version");
        !own && !given(name) && Some(name) != state && column.generated_from.is_empty()
    })
}

fn of(operation: &Operation, signed_in: bool, single: bool, sent: bool) -> Vec<&'static str> {
    let mut found = vec!["malformed-request", "quota-exceeded", "internal-error", "unavailable"];
    if signed_in {
        found.extend(["not-signed-in", "not-allowed"]);
    }
    if operation.path.contains('{') {
        found.push("not-found");
    }
    match operation.action.as_str() {
        // A file that is too large.
        "upload" if operation.entity.is_empty() => found.push("rule-broken"),
        "create" | "update" => {
            if sent {
                found.push("rule-broken");
            }
            if single {
                found.push("already-exists");
            }
        }
        "delete" => found.push("still-in-use"),
        _ => {}
    }
    if !operation.states.is_empty() {
        found.push("wrong-state");
    }
    for need in &operation.needs {
        match need.kind.as_str() {
            "idempotency-key" => found.extend(["request-in-progress", "key-reused"]),
            "if-match" => found.extend(["changed-meanwhile", "precondition-required"]),
            "reason" => found.push("rule-broken"),
            _ => {}
        }
    }
    found
}
