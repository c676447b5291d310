//! Who takes a record from a pool: "a driver accepts a requested ride". What nobody has taken yet is shown to all who may take
//! it, and from then on to the one who did.

use super::{Matrix, reads};
use crate::model::{Grant, Operation};
use std::collections::{BTreeMap, BTreeSet};

impl Matrix<'_> {
    /// Limits those who take records, and do no more with those of others, to what is to be taken and what is theirs.
    pub(super) fn pools(&mut self) {
        let verbs = knowledge::access("takes");
        let operations: BTreeMap<&str, &Operation> =
            self.settled.api.operations.iter().map(|one| (one.id.as_str(), one)).collect();
        let take = |grant: &Grant| {
            let one = operations.get(grant.operation.as_str())?;
            let first = one.action.split(['-', '_', ' ']).next().unwrap_or_default();
            let takes = verbs.contains(&first) && !one.states.is_empty() && !one.leads_to.is_empty();
            (takes && grant.scope == "all").then_some(one.states.as_slice())
        };
        let pairs: BTreeSet<(String, String)> = self
            .grants
            .iter()
            .filter(|grant| take(grant).is_some())
            .map(|grant| (grant.role.clone(), grant.resource.clone()))
            .collect();
        for (role, entity) in pairs {
            let path = self.owners.path(&entity, &role);
            let of = |grant: &Grant| grant.role == role && grant.resource == entity;
            // Who is said to read them, or works on those of others as well, reads all.
            let reading = |grant: &Grant| {
                let one = operations.get(grant.operation.as_str());
                matches!(grant.action.as_str(), "list" | "get")
                    && one.is_some_and(|one| reads(one) && !one.actors.contains(&role))
            };
            let more = |grant: &&Grant| {
                of(grant) && grant.scope == "all" && take(grant).is_none() && !reading(grant)
            };
            if path.is_empty() || self.grants.iter().any(|grant| more(&grant)) {
                continue;
            }
            let mut offered: Vec<String> = Vec::new();
            for grant in self.grants.iter_mut().filter(|grant| of(grant)) {
                if let Some(states) = take(grant) {
                    grant.states = states.to_vec();
                    offered.extend(
                        states.iter().filter(|state| !offered.contains(state)).cloned().collect::<Vec<_>>(),
                    );
                }
            }
            let mut own = Vec::new();
            for grant in self.grants.iter_mut().filter(|grant| of(grant) && reading(grant)) {
                if grant.scope != "all" || !grant.states.is_empty() {
                    continue;
                }
                let mut theirs = grant.clone();
                "own".clone_into(&mut theirs.scope);
                theirs.owner.clone_from(&path);
                own.push(theirs);
                grant.states.clone_from(&offered);
            }
            self.grants.extend(own);
        }
    }
}
