//! Step 5: who may do what, what needs protection, and what threatens it.

mod access;
pub use access::SIGNED_IN;
mod owners;
mod signin;

use crate::concerns;
use crate::figures::filled;
use crate::model::{
    Api, ClassifiedField, Column, Database, Deployment, Grant, Operation, Secret, Security, Table, Threat,
};
use crate::settled::Settled;
use knowledge::Gather as _;
use requirements::{ActorKind, Analysis, Reason};
use std::collections::BTreeSet;

/// Derives the security of a design from its operations and tables.
pub(crate) fn security(settled: &Settled, deployment: &Deployment) -> Security {
    let access = access::access(settled);
    let mut threats = threats(settled.analysis, settled.api, settled.database, &access.grants);
    concerns::threats(settled, deployment, &access.grants, &mut threats);
    let group = |group: &'static str| concerns::concerns(settled, deployment, &access.grants, group);
    Security {
        top_ten: group("api-top-10"),
        compliance: group("compliance"),
        roles: access.roles,
        authorization: access.grants,
        duties: access.duties,
        gaps: access.gaps,
        sign_in: signin::sign_in(settled),
        secrets: secrets(settled),
        classified: classified(settled.database),
        threats,
    }
}

/// The authorization matrix alone.
pub(crate) fn grants(settled: &Settled) -> Vec<Grant> {
    access::access(settled).grants
}

/// What must stay secret, after the decisions that brought it.
fn secrets(settled: &Settled) -> Vec<Secret> {
    let restart = match settled.chosen("deployment") {
        "single-vm" => "the program restarts",
        _ => "instances restart one by one",
    };
    let values = [("restart", restart.to_owned())];
    knowledge::SECRETS
        .iter()
        .filter_map(|row| {
            let evidence = settled.when(row.when)?;
            Some(Secret {
                name: row.id.to_owned(),
                what: row.what.to_owned(),
                days: row.days,
                rotation: filled(row.rotation, &values),
                blast: row.blast.to_owned(),
                holder: row.holder.to_owned(),
                evidence,
            })
        })
        .collect()
}

/// The columns that need more than the rest, with what protects them.
fn classified(database: &Database) -> Vec<ClassifiedField> {
    database
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
        .filter(|(_, column)| column.class != "internal")
        .map(|(table, column)| ClassifiedField {
            table: table.name.clone(),
            column: column.name.clone(),
            class: column.class.clone(),
            controls: controls(column).iter().map(|control| (*control).to_owned()).collect(),
        })
        .collect()
}

fn controls(column: &Column) -> &'static [&'static str] {
    match column.class.as_str() {
        "personal" => &["not written to logs", "in the export and the deletion of a person's data"],
        "sensitive" => &[
            "encrypted in the column with a key outside the database",
            "reads recorded",
            "not written to logs",
            "masked outside production",
        ],
        "financial" => &["changes recorded", "masked outside production"],
        // A hash cannot be shown to those who gave it out.
        "secret" if column.is_presented() => &[
            "encrypted in the column with a key outside the database",
            "never returned by the API",
            "not written to logs",
        ],
        "secret" => &[
            "stored only as a hash, or in a secret store",
            "never returned by the API",
            "not written to logs",
        ],
        _ => &[],
    }
}

/// Threats by STRIDE, each on an element that exists.
fn threats(analysis: &Analysis, api: &Api, database: &Database, grants: &[Grant]) -> Vec<Threat> {
    let mut threats: Vec<Threat> = Vec::new();
    let mut add = |category: &str, target: &str, threat: String, control: &str, evidence: Vec<Reason>| {
        let id = format!("t{}", threats.len() + 1);
        threats.push(Threat {
            id,
            category: category.to_owned(),
            target: target.to_owned(),
            threat,
            control: control.to_owned(),
            evidence,
        });
    };
    // Somebody else's record is at risk only where some may not read it: those of another person, or of another tenant.
    let tenant = |table: &&Table| table.columns.iter().any(|column| column.name == "tenant_id");
    let shared: BTreeSet<&str> =
        database.tables.iter().filter(tenant).map(|table| table.entity.as_str()).gather();
    let limited: BTreeSet<&str> =
        grants.iter().filter(|grant| grant.is_limited()).map(|grant| grant.operation.as_str()).gather();
    let single = |operation: &&Operation| {
        let entity = operation.entity.as_str();
        operation.action == "get"
            && !entity.is_empty()
            && (limited.contains(operation.id.as_str()) || shared.contains(entity))
    };
    for operation in api.operations.iter().filter(single) {
        add(
            "elevation of privilege",
            &operation.id,
            format!(
                "A caller asks for the id of somebody else's record ({} {}).",
                operation.method, operation.path
            ),
            "The query carries the caller's scope; a record outside it is answered with 404.",
            operation.evidence.clone(),
        );
    }
    // Where one role may what another may not, the other is the first who tries.
    let refused = api.operations.iter().filter(|operation| operation.method != "GET").find_map(|operation| {
        let allowed: Vec<&str> = grants
            .iter()
            .filter(|grant| grant.operation == operation.id)
            .map(|grant| grant.role.as_str())
            .collect();
        let open = allowed.iter().any(|role| *role == SIGNED_IN || *role == access::ANYONE);
        let other = grants.iter().find(|grant| !open && !allowed.contains(&grant.role.as_str()))?;
        Some((operation, allowed.first().copied()?, other.role.as_str()))
    });
    if let Some((operation, allowed, other)) = refused {
        add(
            "elevation of privilege",
            &operation.id,
            format!("Somebody who is only {other} calls {}, as {allowed} may.", operation.id),
            "The role is checked before the operation runs; each empty cell of the matrix has a test that is refused.",
            operation.evidence.clone(),
        );
    }
    for field in database.tables.iter().flat_map(|table| {
        table
            .columns
            .iter()
            .filter(|column| matches!(column.class.as_str(), "sensitive" | "secret"))
            .map(move |column| (table, column))
    }) {
        let (table, column) = field;
        add(
            "information disclosure",
            &format!("{}.{}", table.name, column.name),
            format!("A backup, a log line or an export carries {}.{}.", table.name, column.name),
            if column.class == "secret" && !column.is_presented() {
                "Only a hash is stored, and no response has the column."
            } else {
                "The column is encrypted with a key outside the database."
            },
            table.evidence.clone(),
        );
    }
    for transition in analysis
        .model
        .lifecycles
        .iter()
        .flat_map(|lifecycle| lifecycle.transitions.iter().map(move |transition| (lifecycle, transition)))
    {
        let (lifecycle, transition) = transition;
        // Nobody denies what no person does.
        let mut steps = api.operations.iter().filter(|operation| {
            operation.entity == lifecycle.entity && operation.action == transition.action
        });
        let mut actors = analysis.requirements.actors.iter().filter(|actor| actor.kind == ActorKind::Human);
        let person = |name: &String| actors.any(|actor| actor.name == *name);
        if !steps.next().is_some_and(|operation| operation.actors.iter().any(person)) {
            continue;
        }
        add(
            "repudiation",
            &format!("{}: {}", lifecycle.entity, transition.action),
            format!(
                "Somebody denies having moved {} to {}.",
                crate::api::with_article(&lifecycle.entity.to_lowercase()),
                transition.to
            ),
            "Each transition writes a row of state_changes with who moved it and when.",
            lifecycle.evidence.clone(),
        );
    }
    threats
}
