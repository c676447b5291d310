//! Whether the parts of a design that name each other are there.

use crate::model::{Design, Table};
use knowledge::Gather as _;
use requirements::Evidence;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn dangling_keys(design: &Design) -> Vec<String> {
    let mut failures = Vec::new();
    let tables: BTreeMap<&str, &Table> =
        design.database.tables.iter().map(|table| (table.name.as_str(), table)).gather();
    for table in &design.database.tables {
        for key in &table.foreign_keys {
            let target = tables.get(key.references.table.as_str());
            let there = target.is_some_and(|target| {
                key.references
                    .columns
                    .iter()
                    .all(|column| target.columns.iter().any(|known| known.name == *column))
            });
            let here =
                key.columns.iter().all(|column| table.columns.iter().any(|known| known.name == *column));
            if !there || !here {
                failures.push(key.name.clone());
            }
        }
    }
    failures
}

pub(super) fn dangling_indexes(design: &Design) -> Vec<String> {
    let tables = design.database.tables.iter();
    tables
        .flat_map(|table| {
            table
                .indexes
                .iter()
                .filter(|index| {
                    !index
                        .columns
                        .iter()
                        .all(|column| table.columns.iter().any(|known| known.name == *column))
                })
                .map(|index| index.name.clone())
        })
        .collect()
}

pub(super) fn operations_without_table(design: &Design) -> Vec<String> {
    let kept: BTreeSet<&str> = design.database.tables.iter().map(|table| table.entity.as_str()).gather();
    let missing = |entity: &str| !entity.is_empty() && !kept.contains(entity);
    design
        .api
        .operations
        .iter()
        .filter(|operation| missing(&operation.entity))
        .map(|operation| operation.id.clone())
        .collect()
}

pub(super) fn idle_indexes(design: &Design) -> Vec<String> {
    let mut failures = Vec::new();
    for table in &design.database.tables {
        for index in &table.indexes {
            // An index under a foreign key keeps deletes of the parent from reading the whole table.
            let keyed = table
                .foreign_keys
                .iter()
                .any(|key| key.columns.iter().any(|column| index.columns.contains(column)));
            if index.operations.is_empty() && !index.unique && !keyed {
                failures.push(index.name.clone());
            }
        }
    }
    failures
}

pub(super) fn without_reason(design: &Design) -> Vec<String> {
    let mut failures = Vec::new();
    let mut check = |what: &str, evidence: &Evidence| {
        if evidence.is_empty() {
            failures.push(what.to_owned());
        }
    };
    design.requirements.actors.iter().for_each(|actor| check(&actor.name, &actor.evidence));
    design.model.entities.iter().for_each(|entity| check(&entity.name, &entity.evidence));
    design.model.relations.iter().for_each(|relation| check(&relation.label, &relation.evidence));
    design.decisions.iter().for_each(|decision| check(&decision.slot, &decision.evidence));
    design.api.operations.iter().for_each(|operation| check(&operation.id, &operation.evidence));
    design.database.tables.iter().for_each(|table| check(&table.name, &table.evidence));
    design.capacity.iter().for_each(|figure| check(&figure.id, &figure.evidence));
    design.deployment.components.iter().for_each(|component| check(&component.id, &component.evidence));
    design.roadmap.tasks.iter().for_each(|task| check(&task.id, &task.evidence));
    failures
}

pub(super) fn undecided(design: &Design) -> Vec<String> {
    let decided = |slot: &str| {
        design.decisions.iter().any(|decision| decision.slot == slot && decision.chosen != "none")
    };
    let parts = design.deployment.components.iter().filter(|component| !component.technology.is_empty());
    parts.filter(|component| !decided(&component.decision)).map(|component| component.id.clone()).collect()
}

pub(super) fn misplaced_tasks(design: &Design) -> Vec<String> {
    let tasks = &design.roadmap.tasks;
    let places: BTreeMap<&str, usize> =
        tasks.iter().enumerate().map(|(at, task)| (task.id.as_str(), at)).gather();
    let place = |id: &String| places.get(id.as_str());
    tasks
        .iter()
        .enumerate()
        .filter(|(at, task)| task.after.iter().any(|before| place(before).is_none_or(|before| before >= at)))
        .map(|(_, task)| task.id.clone())
        .collect()
}
