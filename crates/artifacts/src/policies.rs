//! The authorization matrix as an engine reads it, only where the design decided on one: policies of Cedar for rules over
//! attributes, a model of OpenFGA for relationships.

mod cedar;
mod openfga;

use crate::File;
use crate::lookup::Lookup;
use design::{Design, Grant, Operation, Table};
use requirements::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// The files of the engine that was decided on; none where the program's own matrix is enough.
pub(crate) fn files(design: &Design) -> Vec<File> {
    let chosen = design.decisions.iter().find(|decision| decision.slot == "authorization");
    let file = |path: &str, contents: String| File { path: path.to_owned(), contents };
    match chosen.map(|decision| decision.chosen.as_str()) {
        _ if design.security.authorization.is_empty() => Vec::new(),
        Some("abac") => {
            let ground = Ground::new(design, "attribute-rules");
            vec![
                file("security/policies.cedar", cedar::policies(&ground)),
                file("security/policies.cedarschema", cedar::schema(&ground)),
            ]
        }
        Some("rebac") => {
            let ground = Ground::new(design, "sharing");
            vec![file("security/model.fga", openfga::model(&ground))]
        }
        _ => Vec::new(),
    }
}

/// What both engines are told from.
struct Ground<'a> {
    design: &'a Design,
    lookup: Lookup<'a>,
    operations: BTreeMap<&'a str, &'a Operation>,
    /// The statements that the decision for an engine rests on.
    asked: BTreeSet<u32>,
    /// Whether customers share tables, so that each record belongs to one of them.
    tenants: bool,
}

impl<'a> Ground<'a> {
    fn new(design: &'a Design, signal: &str) -> Self {
        let asked = design.requirements.signals.iter().filter(|known| known.id == signal);
        Self {
            design,
            lookup: Lookup::new(design),
            operations: design.api.operations.iter().map(|one| (one.id.as_str(), one)).collect(),
            asked: asked.flat_map(|known| statements(&known.evidence)).collect(),
            tenants: design.database.tables.iter().any(of_tenant),
        }
    }

    /// The grants by resource, in the order of the matrix.
    fn resources(&self) -> Vec<(&'a str, Vec<&'a Grant>)> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found: Vec<(&str, Vec<&Grant>)> = Vec::new();
        for grant in &self.design.security.authorization {
            let at = *places.entry(&grant.resource).or_insert_with(|| {
                found.push((&grant.resource, Vec::new()));
                found.len() - 1
            });
            found[at].1.push(grant);
        }
        found
    }

    /// The operation of a step that one person should not do beside another.
    fn step(&self, resource: &str, action: &str) -> Option<&'a str> {
        let steps = self.lookup.operations(resource);
        steps.iter().find(|operation| operation.action == action).map(|operation| operation.id.as_str())
    }

    /// The steps that whoever did the first of them may not do, by operation.
    fn forbidden(&self) -> Vec<(&'a str, &'a str, &'a str)> {
        let duties = self.design.security.duties.iter();
        duties
            .filter_map(|duty| {
                let (first, second) =
                    (self.step(&duty.resource, &duty.first)?, self.step(&duty.resource, &duty.second)?);
                Some((duty.resource.as_str(), first, second))
            })
            .collect()
    }
}

fn statements(evidence: &[Reason]) -> impl Iterator<Item = u32> + '_ {
    evidence.iter().filter_map(|reason| match reason {
        Reason::Statement(number) => Some(*number),
        _ => None,
    })
}

/// Whether the rows of a table belong to a customer.
fn of_tenant(table: &Table) -> bool {
    table.is_shared()
}

/// What the people are called to whom a scope leads, as an attribute or a relation of the record; nothing for a scope that
/// every record is in.
fn people(grant: &Grant) -> Option<&str> {
    match grant.scope.as_str() {
        "own" if !grant.capacity.is_empty() => Some(&grant.capacity),
        "own" => Some("owner"),
        "assigned" => Some("assignee"),
        "team" => Some("team_member"),
        _ => None,
    }
}

/// The reasons of a comment.
fn because<'a>(evidence: impl IntoIterator<Item = &'a Reason>) -> String {
    let mut said: Vec<String> = Vec::new();
    for reason in evidence {
        let reason = reason.to_string();
        if !said.contains(&reason) {
            said.push(reason);
        }
    }
    said.truncate(6);
    said.join(", ")
}
