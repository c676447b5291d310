//! What is measured: each gives the elements that fall short, or nothing where there is nothing to measure.

use super::references;
use crate::model::{Design, Table};
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// The elements of a design that a measure finds wanting.
pub(super) fn measure(design: &Design, name: &str, subject: &str) -> Option<Vec<String>> {
    reference(design, name)
        .or_else(|| about_rows(design, name, subject))
        .or_else(|| tables(design, name))
        .or_else(|| rights(design, name))
        .or_else(|| running(design, name))
        .or_else(|| plan(design, name))
        .or_else(|| advice(design, name))
        .flatten()
}

/// What falls short of what; nothing where there is nothing.
type Found = Option<Vec<String>>;

/// The names of those that do not hold, where there are any to look at.
fn each<'a, T: 'a>(
    all: impl IntoIterator<Item = &'a T>,
    name: impl Fn(&T) -> String,
    holds: impl Fn(&T) -> bool,
) -> Found {
    let mut any = false;
    let mut failures = Vec::new();
    for element in all {
        any = true;
        if !holds(element) {
            failures.push(name(element));
        }
    }
    any.then_some(failures)
}

/// The names that stand twice.
fn twice<'a>(names: impl IntoIterator<Item = &'a str>) -> Found {
    let mut seen = BTreeSet::new();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty())
        .then(|| names.into_iter().filter(|name| !seen.insert(*name)).map(str::to_owned).collect())
}

fn reference(design: &Design, name: &str) -> Option<Found> {
    Some(Some(match name {
        "keys-resolve" => references::dangling_keys(design),
        "indexes-resolve" => references::dangling_indexes(design),
        "operations-have-tables" => references::operations_without_table(design),
        "indexes-have-readers" => references::idle_indexes(design),
        "elements-have-reasons" => references::without_reason(design),
        "technology-decided" => references::undecided(design),
        "tasks-ordered" => references::misplaced_tasks(design),
        _ => return None,
    }))
}

/// Items on one row of a table: a slot, an alert, a secret, a figure.
fn about_rows(design: &Design, name: &str, subject: &str) -> Option<Found> {
    let decision = || design.decisions.iter().filter(|decision| decision.slot == subject);
    let figure = |figures: &[crate::model::Figure], id: &str| {
        each(
            figures.iter().filter(|figure| figure.id == id).collect::<Vec<_>>(),
            |figure| figure.id.clone(),
            |figure| !figure.formula.is_empty() && !figure.evidence.is_empty() && figure.value.is_finite(),
        )
    };
    Some(match name {
        "settled" => each(
            decision(),
            |decision| decision.slot.clone(),
            |decision| {
                decision.options.len() >= 2
                    && !decision.evidence.is_empty()
                    && decision.options.iter().any(|option| option.id == decision.chosen)
            },
        ),
        "revisited" => each(
            decision(),
            |decision| decision.slot.clone(),
            |decision| !decision.revisit.is_empty() && !decision.guide.is_empty(),
        ),
        "alert" => each(
            design.deployment.alerts.iter().filter(|alert| alert.id == subject),
            |alert| alert.id.clone(),
            |alert| {
                !alert.tests.is_empty()
                    && alert.checks.len() == 3
                    && !alert.fix.is_empty()
                    && !alert.expr.contains('{') | alert.expr.contains('=')
            },
        ),
        "secret" => each(
            design.security.secrets.iter().filter(|secret| secret.name == subject),
            |secret| secret.name.clone(),
            |secret| !secret.rotation.is_empty() && !secret.blast.is_empty(),
        ),
        "stride" => each(
            design.security.threats.iter().filter(|threat| threat.category == subject),
            |threat| threat.id.clone(),
            |threat| !threat.control.is_empty(),
        ),
        "concern" => each(
            design.security.top_ten.iter().filter(|concern| concern.id == subject),
            |concern| concern.id.clone(),
            |concern| !concern.answer.is_empty(),
        ),
        "failure" => each(
            design.scalability.failures.iter().filter(|concern| concern.category == subject),
            |concern| concern.id.clone(),
            |concern| !concern.text.is_empty() && !concern.reference.is_empty(),
        ),
        "figure" => figure(&design.capacity, subject),
        "sized" => figure(&design.deployment.figures, subject),
        _ => return None,
    })
}

fn tables(design: &Design, name: &str) -> Option<Found> {
    let tables = &design.database.tables;
    let has = |table: &Table, column: &String| table.columns.iter().any(|known| known.name == *column);
    let columns = || tables.iter().flat_map(|table| &table.columns);
    Some(match name {
        "tables-keyed" => each(
            tables,
            |table| table.name.clone(),
            |table| {
                !table.primary_key.is_empty() && table.primary_key.iter().all(|column| has(table, column))
            },
        ),
        "tables-named-once" => twice(tables.iter().map(|table| table.name.as_str())),
        "columns-named-once" => each(
            tables,
            |table| table.name.clone(),
            |table| {
                twice(table.columns.iter().map(|column| column.name.as_str()))
                    .is_none_or(|found| found.is_empty())
            },
        ),
        "names-short" => each(
            tables,
            |table| table.name.clone(),
            |table| table.name.len() <= 63 && table.columns.iter().all(|column| column.name.len() <= 63),
        ),
        "keys-indexed" => each(
            tables.iter().filter(|table| !table.foreign_keys.is_empty()),
            |table| table.name.clone(),
            |table| {
                table.foreign_keys.iter().all(|key| {
                    let covers = |columns: &[String]| {
                        key.columns.iter().all(|column| {
                            columns.iter().take(key.columns.len() + 1).any(|known| known == column)
                        })
                    };
                    // The key of a link starts with the record, which no two tenants share.
                    let linked = table.primary_key.first() == key.columns.last();
                    linked
                        || covers(&table.primary_key)
                        || table.indexes.iter().any(|index| covers(&index.columns))
                })
            },
        ),
        "states-checked" => {
            let kept: BTreeMap<&str, &Table> =
                tables.iter().map(|table| (table.entity.as_str(), table)).gather();
            each(
                &design.model.lifecycles,
                |lifecycle| lifecycle.entity.clone(),
                |lifecycle| {
                    kept.get(lifecycle.entity.as_str()).is_some_and(|table| {
                        table
                            .checks
                            .iter()
                            .any(|check| lifecycle.states.iter().all(|state| check.values.contains(state)))
                    })
                },
            )
        }
        "checks-on-columns" => each(
            tables.iter().filter(|table| !table.checks.is_empty()),
            |table| table.name.clone(),
            |table| table.checks.iter().all(|check| check.column.is_empty() || has(table, &check.column)),
        ),
        "entities-kept" => {
            let kept: BTreeSet<&str> = tables.iter().map(|table| table.entity.as_str()).gather();
            each(
                &design.model.entities,
                |entity| entity.name.clone(),
                |entity| kept.contains(entity.name.as_str()),
            )
        }
        "tenant-in-tables" => {
            let pool = design
                .decisions
                .iter()
                .any(|decision| decision.slot == "tenancy" && decision.chosen == "pool");
            if pool {
                each(
                    tables.iter().filter(|table| !table.entity.is_empty() && table.name != "tenants"),
                    |table| table.name.clone(),
                    |table| has(table, &"tenant_id".to_owned()),
                )
            } else {
                None
            }
        }
        "classes-known" => each(columns(), |column| column.name.clone(), |column| !column.class.is_empty()),
        "classes-controlled" => each(
            &design.security.classified,
            |field| format!("{}.{}", field.table, field.column),
            |field| !field.controls.is_empty() || field.class == "public",
        ),
        _ => return None,
    })
}

fn rights(design: &Design, name: &str) -> Option<Found> {
    let operations = &design.api.operations;
    let security = &design.security;
    Some(match name {
        "operation-ids" => twice(operations.iter().map(|operation| operation.id.as_str())),
        "operation-routes" => {
            let routes: Vec<String> = operations
                .iter()
                .map(|operation| format!("{} {}", operation.method, operation.path))
                .collect();
            twice(routes.iter().map(String::as_str))
        }
        "operation-methods" => each(
            operations,
            |operation| operation.id.clone(),
            |operation| !matches!(operation.action.as_str(), "list" | "get") || operation.method == "GET",
        ),
        "operation-summaries" => {
            each(operations, |operation| operation.id.clone(), |operation| !operation.summary.is_empty())
        }
        "operations-granted" => {
            let granted: BTreeSet<&str> =
                security.authorization.iter().map(|grant| grant.operation.as_str()).gather();
            each(
                operations,
                |operation| operation.id.clone(),
                |operation| granted.contains(operation.id.as_str()),
            )
        }
        "grants-used" => {
            let ids: BTreeSet<&str> = operations.iter().map(|operation| operation.id.as_str()).gather();
            each(
                &security.authorization,
                |grant| grant.operation.clone(),
                |grant| ids.contains(grant.operation.as_str()),
            )
        }
        "grants-of-roles" => {
            let roles: BTreeSet<&str> = security.roles.iter().map(|role| role.name.as_str()).gather();
            each(
                &security.authorization,
                |grant| grant.role.clone(),
                |grant| roles.contains(grant.role.as_str()),
            )
        }
        "owners-resolve" => {
            let tables: BTreeMap<&str, &Table> =
                design.database.tables.iter().map(|table| (table.name.as_str(), table)).gather();
            let there = |column: &String| {
                column.split_once('.').is_some_and(|(table, column)| {
                    let table = tables.get(table);
                    table.is_some_and(|table| table.columns.iter().any(|known| known.name == column))
                })
            };
            each(
                security.authorization.iter().filter(|grant| !grant.owner.is_empty()),
                |grant| grant.operation.clone(),
                |grant| grant.owner.iter().all(there),
            )
        }
        "threats-answered" => {
            each(&security.threats, |threat| threat.id.clone(), |threat| !threat.control.is_empty())
        }
        _ => return None,
    })
}

fn running(design: &Design, name: &str) -> Option<Found> {
    let deployment = &design.deployment;
    let zone =
        |id: &str| deployment.components.iter().find(|part| part.id == id).map(|part| part.zone.as_str());
    Some(match name {
        "flows-between-parts" => each(
            &deployment.flows,
            |flow| flow.id.clone(),
            |flow| zone(&flow.from).is_some() && zone(&flow.to).is_some(),
        ),
        "flows-identified" => each(
            &deployment.flows,
            |flow| flow.id.clone(),
            |flow| !flow.identity.is_empty() && !flow.protocol.is_empty(),
        ),
        "crossings-marked" => each(
            &deployment.flows,
            |flow| flow.id.clone(),
            |flow| (zone(&flow.from) != zone(&flow.to)) == flow.crosses,
        ),
        "objectives-numbered" => each(
            &deployment.objectives,
            |objective| objective.id.clone(),
            |objective| objective.target > 0.0 && objective.target < 1.0,
        ),
        "burn-can-fire" => {
            let target = deployment
                .objectives
                .iter()
                .find(|objective| objective.id == "availability")
                .map_or(0.0, |objective| objective.target);
            let rows: Vec<_> = knowledge::BURN
                .iter()
                .filter(|row| {
                    deployment.alerts.iter().any(|alert| alert.id == format!("ErrorBudgetBurn{}", row.long))
                })
                .collect();
            each(rows.iter().copied(), |row| row.long.to_owned(), |row| row.factor * (1.0 - target) < 1.0)
        }
        "alerts-named-once" => twice(deployment.alerts.iter().map(|alert| alert.id.as_str())),
        "environments-separate" => each(
            &deployment.environments,
            |environment| environment.name.clone(),
            |environment| (environment.data == "real") == (environment.name == "production"),
        ),
        "costs-banded" => each(
            &deployment.costs,
            |cost| cost.part.clone(),
            |cost| cost.low <= cost.high && !cost.source.is_empty(),
        ),
        _ => return None,
    })
}

fn plan(design: &Design, name: &str) -> Option<Found> {
    let roadmap = &design.roadmap;
    Some(match name {
        "tasks-named-once" => twice(roadmap.tasks.iter().map(|task| task.id.as_str())),
        "tasks-exit" => each(&roadmap.tasks, |task| task.id.clone(), |task| !task.exit.is_empty()),
        "tasks-ranged" => each(&roadmap.tasks, |task| task.id.clone(), |task| task.days_p90 > task.days_p50),
        "skeleton-first" => each(
            roadmap.tasks.iter().take(1),
            |task| task.id.clone(),
            |task| task.after.is_empty() && task.phase == "Skeleton",
        ),
        "entities-planned" => {
            let titles: BTreeSet<&str> = roadmap.tasks.iter().map(|task| task.title.as_str()).gather();
            each(
                &design.model.entities,
                |entity| entity.name.clone(),
                |entity| titles.contains(entity.name.as_str()),
            )
        }
        "risks-triggered" => each(
            &roadmap.risks,
            |risk| risk.risk.clone(),
            |risk| !risk.trigger.is_empty() && !risk.mitigation.is_empty(),
        ),
        "statements-accounted" => each(
            &design.requirements.statements,
            |statement| statement.id.clone(),
            |statement| statement.status == requirements::StatementStatus::Used || statement.reason.is_some(),
        ),
        "assumptions-explained" => each(
            &design.assumptions,
            |assumption| assumption.id.clone(),
            |assumption| !assumption.value.is_empty() && !assumption.why.is_empty(),
        ),
        "questions-default" => {
            each(&design.questions, |question| question.id.clone(), |question| !question.default.is_empty())
        }
        "conflicts-resolved" => each(
            &design.conflicts,
            |conflict| conflict.id.clone(),
            |conflict| !conflict.resolution.is_empty(),
        ),
        _ => return None,
    })
}

/// What the text may leave open.
fn advice(design: &Design, name: &str) -> Option<Found> {
    let security = &design.security;
    Some(match name {
        "all-understood" => each(
            &design.requirements.statements,
            |statement| statement.id.clone(),
            |statement| statement.status != requirements::StatementStatus::NotUnderstood,
        ),
        "load-stated" => Some(
            design
                .assumptions
                .iter()
                .filter(|assumption| {
                    assumption.subject == "users.daily" || assumption.subject.starts_with("share.monthly")
                })
                .map(|assumption| assumption.id.clone())
                .collect(),
        ),
        "no-conflict" => Some(design.conflicts.iter().map(|conflict| conflict.id.clone()).collect()),
        "rights-stated" => Some(
            security
                .gaps
                .iter()
                .filter(|gap| gap.missing.contains("names nobody"))
                .map(|gap| gap.resource.clone())
                .collect(),
        ),
        "owners-recorded" => each(
            security.authorization.iter().filter(|grant| grant.is_limited()),
            |grant| format!("{}: {}", grant.role, grant.operation),
            |grant| !grant.owner.is_empty(),
        ),
        "duties-apart" => each(
            &security.duties,
            |duties| format!("{}: {}", duties.resource, duties.roles.join(", ")),
            |duties| duties.roles.is_empty(),
        ),
        "recovery-kept" => {
            let verdict = &design.deployment.recovery.verdict;
            (!verdict.is_empty())
                .then(|| if verdict.contains("not kept") { vec![verdict.clone()] } else { Vec::new() })
        }
        "headroom" => {
            each(&design.scalability.limits, |limit| limit.part.clone(), |limit| limit.load <= limit.ceiling)
        }
        "availability-plausible" => {
            let single = design
                .decisions
                .iter()
                .any(|decision| decision.slot == "deployment" && decision.chosen == "single-vm");
            if single {
                each(
                    design.deployment.objectives.iter().filter(|objective| objective.id == "availability"),
                    |objective| format!("{} on one machine", objective.target),
                    |objective| objective.target <= 0.995,
                )
            } else {
                None
            }
        }
        _ => return None,
    })
}
