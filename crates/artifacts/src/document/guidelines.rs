//! How the design becomes code: folders, patterns, transactions, edge cases and tests, each of this system's elements.

use super::page::Page;
use crate::lookup::{Lookup, may};
use crate::markdown::{code, text};
use crate::openapi::schemas::Records;
use crate::sql;
use design::{Design, Operation, Table};
use std::collections::BTreeSet;

/// The most names that a cell lists.
const MOST: usize = 6;

pub(super) fn guidelines(design: &Design, page: &mut Page) {
    let Some(stack) = knowledge::STACKS.iter().find(|row| row.id == design.deployment.stack.id) else {
        return;
    };
    let lookup = Lookup::new(design);
    let modules: Vec<Vec<String>> = design
        .modules
        .iter()
        .map(|module| {
            let name = module.name.to_lowercase().replace(' ', "_");
            let (folder, _) = stack.layout.split_once(' ').unwrap_or((stack.layout, ""));
            let calls: Vec<&str> = module
                .depends_on
                .iter()
                .filter_map(|id| design.modules.iter().find(|other| other.id == *id))
                .map(|other| other.name.as_str())
                .collect();
            let calls = if calls.is_empty() { "none".to_owned() } else { text(&calls.join(", ")) };
            vec![code(&folder.replace("{module}", &name)), text(&module.entities.join(", ")), calls]
        })
        .collect();
    page.introduced(
        "Folders",
        &format!(
            "{}: {}; tests with {}{}.",
            text(stack.name),
            text(&stack.layout.replace("{module}", "MODULE")),
            text(stack.tests),
            if design::without_docker(&design.requirements) && stack.tests.contains("Testcontainers") {
                ", which is given the socket of Podman (DOCKER_HOST)"
            } else {
                ""
            }
        ),
        &["Folder", "Owns the records of", "Calls"],
        &modules,
    );
    page.table("Patterns", &["Pattern", "Where", "How"], &patterns(design));
    page.table(
        "Transactions",
        &["Operation", "One transaction over", "After the commit"],
        &transactions(design, &lookup),
    );
    let limits: Vec<String> = design
        .api
        .limits
        .iter()
        .map(|limit| format!("{} of a {} in {} s", limit.requests, limit.caller, limit.window))
        .collect();
    let on_all = if limits.is_empty() {
        String::new()
    } else {
        format!(
            "On each of them: more than {} end with 429, after {}; a session that has ended with 401.",
            text(&limits.join(" or ")),
            code("requests.peak")
        )
    };
    page.introduced(
        "Edge cases",
        &on_all,
        &["Operation", "Empty or unknown", "Twice", "At once", "Somebody else's", "Breaks off half-way"],
        &edge_cases(design, &lookup),
    );
    page.table("Test plan", &["Tests", "How many", "First of them"], &tests(design, &lookup));
}

fn calls<'a>(found: impl Iterator<Item = &'a Operation>) -> String {
    let all: Vec<String> = found.map(|operation| code(&operation.id)).collect();
    let more = all.len().saturating_sub(MOST);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    all.into_iter().take(MOST).collect::<Vec<_>>().join(" ") + &rest
}

fn needs(operation: &Operation, kind: &str) -> bool {
    operation.needs.iter().any(|need| need.kind == kind)
}

/// The rows of the table of patterns that this design has a place for.
fn patterns(design: &Design) -> Vec<Vec<String>> {
    let operations = &design.api.operations;
    let holds = |when: &str| {
        when.is_empty()
            || when.split(" or ").any(|term| {
                let (slot, option) = term.split_once('=').unwrap_or((term, ""));
                let (slot, not) = slot.strip_suffix('!').map_or((slot, false), |slot| (slot, true));
                design
                    .decisions
                    .iter()
                    .any(|decision| decision.slot == slot && (decision.chosen == option) != not)
            })
    };
    knowledge::PATTERNS
        .iter()
        .filter(|row| holds(row.when))
        .filter_map(|row| {
            let place = match row.on {
                "modules" if design.modules.len() > 1 => text(
                    &design.modules.iter().map(|module| module.name.as_str()).collect::<Vec<_>>().join(", "),
                ),
                "states" => calls(operations.iter().filter(|operation| !operation.leads_to.is_empty())),
                "events" => design
                    .api
                    .events
                    .iter()
                    .take(MOST)
                    .map(|event| code(&event.id))
                    .collect::<Vec<_>>()
                    .join(" "),
                "external" => {
                    let parts = design.deployment.components.iter();
                    let parts = parts.filter(|part| part.zone == "external" && !part.technology.is_empty());
                    text(&parts.map(|part| part.name.as_str()).collect::<Vec<_>>().join(", "))
                }
                "lists" => calls(operations.iter().filter(|operation| operation.action == "list")),
                "" => "read paths of the cache plan".to_owned(),
                kind => calls(operations.iter().filter(|operation| needs(operation, kind))),
            };
            (!place.is_empty()).then(|| vec![code(row.guide), place, text(row.does)])
        })
        .collect()
}

/// The writing operations with the tables that change together.
fn transactions(design: &Design, lookup: &Lookup) -> Vec<Vec<String>> {
    let has = |name: &str| design.database.tables.iter().any(|table| table.name == name);
    let [states, keys, outbox, jobs] = ["state_changes", "idempotency_keys", "outbox", "jobs"].map(has);
    // What the edges say of the rows of background work.
    let edges = design.consistency.edges.iter().filter(|edge| edge.kind == "queue");
    let writers: BTreeSet<&str> = edges.flat_map(|edge| edge.from.split(", ")).collect();
    design
        .api
        .operations
        .iter()
        .filter(|operation| operation.method != "GET")
        .map(|operation| {
            let own = Some(operation.entity.as_str()).filter(|entity| !entity.is_empty());
            let mut tables: Vec<&str> = link(design, lookup, operation)
                .or_else(|| own.and_then(|entity| lookup.table(entity)))
                .map(|table| table.name.as_str())
                .into_iter()
                .collect();
            if operation.action == "upload" && own.is_none() {
                tables.push("stored_files");
            }
            // What a record takes with it goes in the same transaction.
            if operation.action == "delete"
                && let Some(own) = tables.first().copied()
            {
                let goes = |table: &&Table| {
                    let mut keys = table.foreign_keys.iter();
                    keys.any(|key| key.references.table == own && key.on_delete == "cascade")
                };
                let parts = design.database.tables.iter().filter(goes);
                tables.extend(parts.map(|table| table.name.as_str()).filter(|name| *name != own));
            }
            if !operation.leads_to.is_empty() && states {
                tables.push("state_changes");
            }
            if needs(operation, "reason") && operation.leads_to.is_empty() {
                tables.push("audit_entries");
            }
            if needs(operation, "idempotency-key") && keys {
                tables.push("idempotency_keys");
            }
            let told = lookup.events(&operation.id);
            if outbox && !told.is_empty() {
                tables.push("outbox");
            }
            if jobs && (writers.contains(operation.id.as_str()) || !outbox && !told.is_empty()) {
                tables.push("jobs");
            }
            let after = if told.is_empty() {
                "the answer".to_owned()
            } else {
                format!(
                    "the answer; {}",
                    told.iter().map(|event| code(&event.id)).collect::<Vec<_>>().join(" ")
                )
            };
            vec![
                code(&operation.id),
                tables.iter().map(|table| code(table)).collect::<Vec<_>>().join(" "),
                after,
            ]
        })
        .collect()
}

/// The table of links that an operation writes in place of the records of its entity.
fn link<'a>(design: &'a Design, lookup: &Lookup<'a>, operation: &'a Operation) -> Option<&'a Table> {
    let table = lookup.table(&operation.entity)?;
    design.database.links_of(table, operation).next().map(|(link, _)| link)
}

/// Whether a record cannot be made from an empty request.
fn demands(lookup: &Lookup, operation: &Operation) -> bool {
    let Some(table) = lookup.table(&operation.entity) else { return true };
    let parent = lookup.table(&operation.parent);
    let keys = table
        .foreign_keys
        .iter()
        .filter(|key| parent.is_some_and(|parent| parent.name == key.references.table));
    let records = Records {
        table,
        moves: lookup.operations(&operation.entity).iter().any(|step| !step.leads_to.is_empty()),
        path: keys.take(1).flat_map(|key| key.columns.iter().map(String::as_str)).collect(),
    };
    records.demands()
}

/// What each operation answers where something is not as it should be; only what its contract has.
fn edge_cases(design: &Design, lookup: &Lookup) -> Vec<Vec<String>> {
    design
        .api
        .operations
        .iter()
        .map(|operation| {
            let can = |problem: &str| operation.problems.iter().any(|id| id == problem);
            let reads = operation.method == "GET";
            let creates = operation.action == "create";
            let links = link(design, lookup, operation).is_some();
            let mut grants = lookup.grants(&operation.id).iter();
            let scoped = grants
                .any(|grant| !matches!(grant.scope.as_str(), "all" | "public") || !grant.states.is_empty());
            let pick = |cases: &[(bool, &str)]| {
                cases
                    .iter()
                    .find(|(holds, _)| *holds)
                    .map_or_else(|| "–".to_owned(), |(_, answer)| (*answer).to_owned())
            };
            vec![
                code(&operation.id),
                pick(&[
                    (operation.is_list(), "200 with no items"),
                    (creates && can("rule-broken") && demands(lookup, operation), "422 naming the field"),
                    (can("not-found"), "404"),
                    (creates, "a record in which nothing is filled in"),
                    (can("rule-broken"), "422 naming the field"),
                ]),
                pick(&[
                    (reads, "the same answer"),
                    (needs(operation, "idempotency-key"), "the first answer again"),
                    (needs(operation, "if-match"), "412: the ETag is used up"),
                    (!operation.states.is_empty(), "409: it is in that state already"),
                    (can("already-exists"), "409"),
                    (creates, "a second record"),
                    (operation.method != "POST" || links || !operation.leads_to.is_empty(), "the same state"),
                    (true, "it is done again"),
                ]),
                pick(&[
                    (reads, "a state before or after"),
                    (
                        can("limit-reached"),
                        "one waits for the other; 409 where that was the last one there may be",
                    ),
                    (needs(operation, "if-match"), "412 for the later one"),
                    (!operation.states.is_empty(), "409 for the later one"),
                    (can("already-exists"), "409 for the later one"),
                    (true, "both, in the order of their commits"),
                ]),
                pick(&[
                    (scoped && operation.is_list(), "left out"),
                    (scoped && can("not-found"), "404"),
                    (scoped, "403"),
                ]),
                pick(&[
                    (reads, "–"),
                    (!lookup.events(&operation.id).is_empty(), "rolled back with its event"),
                    (true, "rolled back"),
                ]),
            ]
        })
        .collect()
}

/// The tests that the design asks for, counted from its elements.
fn tests(design: &Design, lookup: &Lookup) -> Vec<Vec<String>> {
    let operations = &design.api.operations;
    let first =
        |operation: Option<&Operation>| operation.map_or_else(String::new, |operation| code(&operation.id));
    let mut denied = (0, String::new());
    for role in &design.security.roles {
        for operation in operations.iter().filter(|step| !may(&role.name, lookup.grants(&step.id))) {
            denied.0 += 1;
            if denied.1.is_empty() {
                denied.1 = format!("{} calls {}: 403", text(&role.name), code(&operation.id));
            }
        }
    }
    let mut illegal = (0, String::new());
    for cycle in &design.model.lifecycles {
        for step in lookup.operations(&cycle.entity).iter().filter(|step| !step.states.is_empty()) {
            let wrong = cycle.states.iter().filter(|state| !step.states.contains(state));
            for state in wrong {
                illegal.0 += 1;
                if illegal.1.is_empty() {
                    illegal.1 = format!("{} on a record that is {}: 409", code(&step.id), text(state));
                }
            }
        }
    }
    let kind = |kind: &str| operations.iter().filter(|operation| needs(operation, kind)).collect::<Vec<_>>();
    let (keyed, matched) = (kind("idempotency-key"), kind("if-match"));
    [
        ("contract, after api/openapi.yaml", operations.len(), first(operations.first())),
        ("authorization negatives", denied.0, denied.1),
        ("illegal transitions", illegal.0, illegal.1),
        ("idempotency replays", keyed.len(), first(keyed.first().copied())),
        ("lost updates", matched.len(), first(matched.first().copied())),
        (
            if design.store().is_none() {
                "migrations forward and back, step by step"
            } else {
                "tables created, dropped and created again"
            },
            if design.store().is_none() {
                // Each step is a file up and a file down.
                sql::migrations(design).len() / 2
            } else {
                design.database.tables.len()
            },
            code(design.store().map_or("db/migrations/", |store| store.file)),
        ),
        ("load, at the planned peak", 1, code("deploy/load-test.js")),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .map(|(what, count, example)| vec![what.to_owned(), count.to_string(), example])
    .collect()
}
