//! Steps of one record that the same person must not take.

use crate::database::MAKER;
use crate::model::{Database, Duties, Grant};
use requirements::{Evidence, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs of steps on one record that one person should not do both, with the roles that could.
pub(super) fn duties(grants: &[Grant], database: &Database) -> Vec<Duties> {
    let mut by_resource: BTreeMap<&str, Vec<&Grant>> = BTreeMap::new();
    for grant in grants {
        by_resource.entry(&grant.resource).or_default().push(grant);
    }
    let recorded = database.tables.iter().any(|table| table.name == "state_changes");
    let mut found: Vec<Duties> = Vec::new();
    for (resource, grants) in by_resource {
        let Some(asking) = grants.iter().find(|grant| is_step("asks", &grant.action)) else { continue };
        let may = |action: &str| -> BTreeSet<&str> {
            grants.iter().filter(|grant| grant.action == action).map(|grant| grant.role.as_str()).collect()
        };
        let asks = may(&asking.action);
        let mut judged = BTreeSet::new();
        for judging in grants.iter().filter(|grant| is_step("judges", &grant.action)) {
            if judging.action == asking.action || !judged.insert(judging.action.as_str()) {
                continue;
            }
            let mut evidence = Evidence::new();
            for reason in judging.evidence.iter().chain(&asking.evidence) {
                add_reason(&mut evidence, reason.clone());
            }
            let roles = may(&judging.action).intersection(&asks).map(|role| (*role).to_owned()).collect();
            // The step that makes a record moves it from no state: the record itself says who made it.
            let table = database.tables.iter().find(|table| table.entity == resource);
            let source = match table {
                Some(table) if asking.action == "create" => format!("{}.{MAKER}", table.name),
                Some(table) if recorded && table.states.is_some() => "state_changes".to_owned(),
                _ => "an entry that the step writes".to_owned(),
            };
            found.push(Duties {
                resource: resource.to_owned(),
                first: asking.action.clone(),
                second: judging.action.clone(),
                roles,
                control: format!(
                    "{} refuses with 403 a caller who did {} of the same record, after {source}.",
                    judging.operation, asking.operation
                ),
                evidence,
            });
        }
    }
    found
}

/// Whether an action is one of the steps of a row.
fn is_step(row: &str, action: &str) -> bool {
    let words = knowledge::access(row);
    let first = action.split(['_', ' ', '-']).next().unwrap_or_default();
    words.contains(&action) || words.contains(&first)
}
