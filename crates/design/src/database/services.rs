//! References between tables of different services, which no constraint can keep.

use crate::model::{Database, Module};
use knowledge::Gather as _;
use std::collections::BTreeMap;

/// Marks the references that leave a service. A table that links two others is kept by the service of the first.
pub(crate) fn part(database: &mut Database, modules: &[Module]) {
    let homes: BTreeMap<&str, &str> = modules
        .iter()
        .flat_map(|module| module.entities.iter().map(|entity| (entity.as_str(), module.deployable.as_str())))
        .gather();
    let entities: BTreeMap<String, &str> = database
        .tables
        .iter()
        .filter_map(|table| Some((table.name.clone(), *homes.get(table.entity.as_str())?)))
        .gather();
    for table in &mut database.tables {
        let first = || entities.get(&table.foreign_keys.first()?.references.table);
        // The tables of the system's own working stand in each service.
        let Some(home) = entities.get(&table.name).or_else(first).copied() else { continue };
        for key in &mut table.foreign_keys {
            let target = &key.references.table;
            let Some(service) = entities.get(target).filter(|service| **service != home) else { continue };
            (*service).clone_into(&mut key.service);
            let refers = table.columns.iter_mut().find(|column| key.columns.last() == Some(&column.name));
            if let Some(column) = refers {
                column.note =
                    format!("An id of {target}, which are kept by {service}: no constraint holds it.");
            }
        }
        let (keys, mut lost) = (&table.foreign_keys, Vec::new());
        table.limits.retain(|limit| {
            let left = limit.per.iter().filter(|way| way.len() > 1 || !limit.most_in.is_empty()).any(|way| {
                let column = way.first().and_then(|step| step.split_once('.')).map(|(_, column)| column);
                let mut left = keys.iter().filter(|key| !key.service.is_empty());
                left.any(|key| key.columns.last().map(String::as_str) == column)
            });
            if left {
                lost.push(limit.name.clone());
            }
            !left
        });
        for rule in database.rules.iter_mut().filter(|rule| rule.kept_by.iter().any(|by| lost.contains(by))) {
            rule.kept_by.clear();
            "By the program: what is counted and what it is counted for are kept by two services, so the one that counts asks the other first."
                .clone_into(&mut rule.how);
        }
    }
}
