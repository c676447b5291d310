//! What one has to read in order to do what one may do: the records that a request names, and those that one acts on.

use super::{Matrix, SIGNED_IN, is_default, reads};
use crate::model::{Grant, Operation, Table};
use crate::naming;
use knowledge::Gather as _;
use knowledge::VerbClass;
use requirements::{Evidence, Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// A reading that follows from another right.
struct Wanted<'a> {
    role: String,
    entity: &'a str,
    scope: &'static str,
    needed: String,
    evidence: Evidence,
}

impl Matrix<'_> {
    /// Who works on records finds what these name: what a new record must name in any case, and what it may name where that
    /// is nobody's own.
    pub(super) fn referred(&mut self) {
        let settled = self.settled;
        let operations: BTreeMap<&str, &Operation> =
            settled.api.operations.iter().map(|operation| (operation.id.as_str(), operation)).gather();
        let mut wanted: Vec<Wanted> = Vec::new();
        let works = |grant: &&Grant| {
            let reads = matches!(grant.action.as_str(), "list" | "get" | "linked");
            grant.scope != "public" && !(reads && is_default(grant)) && grant.needed.is_empty()
        };
        for grant in self.grants.iter().filter(works) {
            let makes = grant.action == "create";
            let table = self.table(&grant.resource);
            let named = table.into_iter().flat_map(|table| self.named_by(table));
            // The path of what stands below a record names that one.
            let above = operations.get(grant.operation.as_str()).filter(|_| makes);
            let above = above.and_then(|operation| self.table(&operation.parent)).map(|table| (table, true));
            for (target, must) in named.chain(above) {
                if target.entity.eq_ignore_ascii_case(&grant.role) || target.entity == grant.resource {
                    continue;
                }
                let limited = grant.is_limited();
                if let Some(scope) = self.needs(grant.who(), &target.entity, must && makes, limited) {
                    let needed = format!("to {} {}", grant.action, grant.resource);
                    wanted.push(Wanted {
                        role: grant.who().to_owned(),
                        entity: &target.entity,
                        scope,
                        needed,
                        evidence: grant.evidence.clone(),
                    });
                }
            }
        }
        self.let_read(wanted, "access-referred");
    }

    /// "A teacher gives a grade on every submission": who does something to one record for the sake of another finds that.
    pub(super) fn acted_on(&mut self) {
        let settled = self.settled;
        let working: BTreeSet<&str> = self.grants.iter().map(|grant| grant.role.as_str()).gather();
        let mut named: BTreeMap<String, &Table> = BTreeMap::new();
        for table in self.tables.values() {
            let name = table.entity.to_lowercase();
            named.entry(naming::plural(&name)).or_insert(table);
            named.entry(name).or_insert(table);
        }
        let mut wanted: Vec<Wanted> = Vec::new();
        for action in &settled.analysis.requirements.actions {
            let preposition = action.preposition.as_deref().unwrap_or_default();
            let base = requirements::known_verb(&action.verb);
            // A purpose or a way of doing it is no record that is looked at first.
            if !matches!(preposition, "on" | "for" | "in" | "to" | "into" | "at" | "from")
                || !working.contains(action.actor.as_str())
                || base.is_some_and(|(_, class)| class == VerbClass::Read)
            {
                continue;
            }
            let Some(table) = named.get(&action.object.to_lowercase()).copied() else { continue };
            if self.is_person(&table.entity) || table.entity.eq_ignore_ascii_case(&action.actor) {
                continue;
            }
            let led = !self.owners.path(&table.entity, &action.actor).is_empty();
            let own = led && self.is_guarded(&table.entity);
            let Some(scope) = self.needs(&action.actor, &table.entity, true, own) else { continue };
            wanted.push(Wanted {
                role: action.actor.clone(),
                entity: &table.entity,
                scope,
                needed: format!("to {} {preposition} {}", action.verb, table.entity),
                evidence: Reason::alone(&action.statement),
            });
        }
        self.let_read(wanted, "access-acted-on");
    }

    /// As far as a role reads the records that its own work names: all, or those of its own where they tell of somebody;
    /// nothing where it can do without.
    fn needs(&self, role: &str, entity: &str, must: bool, limited: bool) -> Option<&'static str> {
        if !self.is_guarded(entity) {
            return Some("all");
        }
        let way = !self.owners.path(entity, role).is_empty();
        match (must, limited) {
            (_, true) => (way && must).then_some("own"),
            (true, false) => Some("all"),
            (false, false) => None,
        }
    }

    fn let_read(&mut self, wanted: Vec<Wanted>, rule: &'static str) {
        // Looked up: a long text has thousands of operations, and of what is to be read.
        let mut readings: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for one in &self.settled.api.operations {
            if reads(one) && matches!(one.action.as_str(), "list" | "get") {
                readings.entry(&one.entity).or_default().push(one);
            }
        }
        for Wanted { role, entity, scope, needed, mut evidence } in wanted {
            add_reason(&mut evidence, Reason::rule(rule));
            for operation in readings.get(entity).into_iter().flatten() {
                if self.granted.contains(&(SIGNED_IN.to_owned(), operation.id.clone())) {
                    continue;
                }
                let before = self.grants.len();
                self.grant(&role, operation, scope, evidence.clone());
                if let Some(grant) = self.grants.get_mut(before) {
                    grant.needed.clone_from(&needed);
                }
            }
        }
    }
}
