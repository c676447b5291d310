//! The parts of a design by what names them, so that what is written for each element costs the same in a large design.

use design::{Design, Event, Grant, Operation, SIGNED_IN, Table};
use std::collections::BTreeMap;

/// The parts of a design by name.
pub(crate) struct Lookup<'a> {
    grants: BTreeMap<&'a str, Vec<&'a Grant>>,
    operations: BTreeMap<&'a str, Vec<&'a Operation>>,
    events: BTreeMap<&'a str, Vec<&'a Event>>,
    tables: BTreeMap<&'a str, &'a Table>,
}

/// Whether somebody with a role may do what these grants allow: what everybody may who signed in, each role may.
pub(crate) fn may(role: &str, grants: &[&Grant]) -> bool {
    grants.iter().any(|grant| grant.role == role || grant.role == SIGNED_IN || grant.scope == "public")
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(design: &'a Design) -> Self {
        Self {
            grants: grouped(&design.security.authorization, |grant| &grant.operation),
            operations: grouped(&design.api.operations, |operation| &operation.entity),
            events: grouped(&design.api.events, |event| &event.producer),
            // Of several the first counts, so it is put in last.
            tables: design
                .database
                .tables
                .iter()
                .rev()
                .filter(|table| !table.entity.is_empty())
                .map(|table| (table.entity.as_str(), table))
                .collect(),
        }
    }

    /// What the authorization matrix says of an operation, by its id.
    pub(crate) fn grants(&self, operation: &str) -> &[&'a Grant] {
        self.grants.get(operation).map_or(&[], Vec::as_slice)
    }

    /// The operations on the records of an entity.
    pub(crate) fn operations(&self, entity: &str) -> &[&'a Operation] {
        self.operations.get(entity).map_or(&[], Vec::as_slice)
    }

    /// The events that an operation causes, by its id.
    pub(crate) fn events(&self, operation: &str) -> &[&'a Event] {
        self.events.get(operation).map_or(&[], Vec::as_slice)
    }

    /// The table that keeps the records of an entity.
    pub(crate) fn table(&self, entity: &str) -> Option<&'a Table> {
        self.tables.get(entity).copied()
    }
}

fn grouped<'a, T>(all: &'a [T], key: impl Fn(&'a T) -> &'a String) -> BTreeMap<&'a str, Vec<&'a T>> {
    let mut groups: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for one in all {
        groups.entry(key(one)).or_default().push(one);
    }
    groups
}
