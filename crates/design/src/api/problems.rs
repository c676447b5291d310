//! The catalogue of problems, and which operation answers with which.

use crate::model::{Api, Database, Operation, ProblemType};
use std::collections::BTreeSet;

/// Id, status, title, what a caller does about it, and whether the same request can succeed later.
const CATALOGUE: &[(&str, u16, &str, &str, bool)] = &[
    (
        "malformed-request",
        400,
        "The request cannot be read",
        "Send what the schema of the operation describes.",
        false,
    ),
    ("not-signed-in", 401, "Nobody is signed in", "Sign in and repeat the request.", true),
    ("not-allowed", 403, "The caller's role does not allow it", "Ask somebody who has the role.", false),
    ("not-found", 404, "There is no such record, or the caller may not know of it", "Check the id.", false),
    (
        "wrong-state",
        409,
        "The record is in a state that does not allow it",
        "Read the record; allowedStates says in which it is possible.",
        false,
    ),
    ("already-exists", 409, "There is such a record already", "Use the record that exists.", false),
    ("still-in-use", 409, "Other records refer to it", "Remove what refers to it first.", false),
    (
        "request-in-progress",
        409,
        "The first request with this Idempotency-Key still runs",
        "Wait and repeat it with the same key.",
        true,
    ),
    (
        "changed-meanwhile",
        412,
        "Somebody else has changed the record",
        "Read it again and repeat the change with the new ETag.",
        false,
    ),
    (
        "rule-broken",
        422,
        "The request can be read but breaks a rule",
        "Correct the fields that errors names.",
        false,
    ),
    (
        "key-reused",
        422,
        "The Idempotency-Key was used with another request",
        "Use a new key for a new request.",
        false,
    ),
    (
        "precondition-required",
        428,
        "The change needs If-Match",
        "Read the record and send its ETag in If-Match.",
        false,
    ),
    ("quota-exceeded", 429, "The caller's rate limit is used up", "Wait as long as Retry-After says.", true),
    (
        "internal-error",
        500,
        "The system failed",
        "Repeat reads; read whether a write was done before it is repeated.",
        true,
    ),
    ("unavailable", 503, "The system cannot answer at the moment", "Wait as long as Retry-After says.", true),
];

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
                    .any(|key| !matches!(key.as_str(), "id" | "created_at" | "tenant_id"))
        })
        .map(|table| table.entity.as_str())
        .collect();
    let mut used = [false; CATALOGUE.len()];
    for operation in &mut api.operations {
        let wanted = of(operation, signed_in, single.contains(operation.entity.as_str()));
        for ((id, ..), used) in CATALOGUE.iter().zip(&mut used).filter(|((id, ..), _)| wanted.contains(id)) {
            operation.problems.push((*id).to_owned());
            *used = true;
        }
    }
    api.problems = CATALOGUE
        .iter()
        .zip(used)
        .filter_map(|(row, used)| used.then_some(row))
        .map(|(id, status, title, remedy, retryable)| ProblemType {
            id: (*id).to_owned(),
            status: *status,
            title: (*title).to_owned(),
            remedy: (*remedy).to_owned(),
            retryable: *retryable,
        })
        .collect();
}

fn of(operation: &Operation, signed_in: bool, single: bool) -> Vec<&'static str> {
    let mut found = vec!["malformed-request", "quota-exceeded", "internal-error", "unavailable"];
    if signed_in {
        found.extend(["not-signed-in", "not-allowed"]);
    }
    if operation.path.contains('{') {
        found.push("not-found");
    }
    match operation.action.as_str() {
        "create" | "update" => {
            found.push("rule-broken");
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
            _ => {}
        }
    }
    found
}
