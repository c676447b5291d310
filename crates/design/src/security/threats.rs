//! What may be done to the system by whom it is not meant for, each on an element that exists.

use super::access::{self, SIGNED_IN};
use crate::model::{Api, Database, Grant, Operation, Threat};
use knowledge::Gather as _;
use requirements::{ActorKind, Analysis, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Threats by STRIDE, numbered as they are added.
#[derive(Default)]
struct Threats(Vec<Threat>);

impl Threats {
    fn add(&mut self, category: &str, target: &str, threat: String, control: &str, evidence: Vec<Reason>) {
        let id = format!("t{}", self.0.len() + 1);
        self.0.push(Threat {
            id,
            category: category.to_owned(),
            target: target.to_owned(),
            threat,
            control: control.to_owned(),
            evidence,
        });
    }
}

/// All threats.
pub(super) fn threats(analysis: &Analysis, api: &Api, database: &Database, grants: &[Grant]) -> Vec<Threat> {
    let mut threats = Threats::default();
    between_owners(&mut threats, api, database, grants);
    between_roles(&mut threats, api, grants);
    overread(&mut threats, database, grants);
    disclosed(&mut threats, database);
    denied(&mut threats, analysis, api);
    threats.0
}

/// Somebody else's record is at risk only where some may not read it: those of another person, or of another tenant.
fn between_owners(threats: &mut Threats, api: &Api, database: &Database, grants: &[Grant]) {
    let shared: BTreeSet<&str> =
        database.tables.iter().filter(|table| table.is_shared()).map(|table| table.entity.as_str()).gather();
    let limited: BTreeSet<&str> =
        grants.iter().filter(|grant| grant.is_limited()).map(|grant| grant.operation.as_str()).gather();
    let single = |operation: &&Operation| {
        let entity = operation.entity.as_str();
        operation.action == "get"
            && !entity.is_empty()
            && (limited.contains(operation.id.as_str()) || shared.contains(entity))
    };
    for operation in api.operations.iter().filter(single) {
        threats.add(
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
}

/// Where one role may what another may not, the other is the first who tries.
fn between_roles(threats: &mut Threats, api: &Api, grants: &[Grant]) {
    let (mut by_operation, mut roles) = (BTreeMap::<&str, Vec<&str>>::new(), Vec::new());
    for grant in grants {
        by_operation.entry(&grant.operation).or_default().push(&grant.role);
        if !roles.contains(&grant.role.as_str()) {
            roles.push(grant.role.as_str());
        }
    }
    let refused = api.operations.iter().filter(|operation| operation.method != "GET").find_map(|operation| {
        let allowed = by_operation.get(operation.id.as_str())?;
        let open = allowed.iter().any(|role| *role == SIGNED_IN || *role == access::ANYONE);
        let other = roles.iter().find(|role| !open && !allowed.contains(role))?;
        Some((operation, allowed.first().copied()?, *other))
    });
    if let Some((operation, allowed, other)) = refused {
        threats.add(
            "elevation of privilege",
            &operation.id,
            format!("Somebody who is only {other} calls {}, as {allowed} may.", operation.id),
            "The role is checked before the operation runs; each empty cell of the matrix has a test that is refused.",
            operation.evidence.clone(),
        );
    }
}

/// Columns that not everybody may read who reads the row.
fn overread(threats: &mut Threats, database: &Database, grants: &[Grant]) {
    for table in &database.tables {
        for column in table.columns.iter().filter(|column| !column.readers.is_empty()) {
            let reads = |grant: &&Grant| {
                grant.resource == table.entity
                    && matches!(grant.action.as_str(), "list" | "get")
                    && !column.readers.contains(&grant.role)
            };
            let Some(other) = grants.iter().find(reads) else { continue };
            threats.add(
                "information disclosure",
                &format!("{}.{}", table.name, column.name),
                format!(
                    "Somebody who is only {} reads {}.{}, which the text shows to {} only.",
                    other.role,
                    table.name,
                    column.name,
                    column.readers.join(", ")
                ),
                "The field is left out of each answer, filter, sort and export for other roles; a test for each of them wants it missing.",
                table.evidence.clone(),
            );
        }
    }
}

/// Columns that must not be read outside the system.
fn disclosed(threats: &mut Threats, database: &Database) {
    for field in database.tables.iter().flat_map(|table| {
        table
            .columns
            .iter()
            .filter(|column| matches!(column.class.as_str(), "sensitive" | "secret"))
            .map(move |column| (table, column))
    }) {
        let (table, column) = field;
        threats.add(
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
}

/// Steps of which somebody may say not to have taken them.
fn denied(threats: &mut Threats, analysis: &Analysis, api: &Api) {
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
        threats.add(
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
}
