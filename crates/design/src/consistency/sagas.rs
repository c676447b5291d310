//! Commands whose steps are no single transaction and of which one must be taken back when a later one fails. Where a
//! transaction suffices there is none: a payment of something that takes no place needs its key and its inbox only.

use super::Ground;
use super::edges::paid;
use crate::model::{Operation, Saga, SagaStep};
use requirements::{Evidence, Reason, add_reason};
use std::collections::BTreeSet;

/// The most sagas that a design writes down.
const MOST: usize = 8;

/// The sagas of a design.
pub(super) fn sagas(ground: &Ground) -> Vec<Saga> {
    let bought = bought(ground);
    let creations = ground.settled.api.operations.iter().filter(|operation| operation.action == "create");
    let mut sagas: Vec<Saga> = Vec::new();
    for operation in creations {
        let pays = bought.filter(|(known, _)| known.id == operation.id).map(|(_, evidence)| evidence);
        let others = others(ground, operation);
        if sagas.len() < MOST && (pays.is_some() || !others.is_empty()) {
            sagas.extend(saga(ground, operation, pays, &others, sagas.len() + 1));
        }
    }
    sagas
}

/// Whether a record takes something that has to be given back when it comes to nothing: a place, or a state.
fn takes(ground: &Ground, entity: &str) -> bool {
    let cycles = &ground.settled.analysis.model.lifecycles;
    ground.scarce(entity)
        || cycles.iter().any(|cycle| cycle.entity == entity && !cycle.transitions.is_empty())
}

/// Whether a record has a state in which it waits for its payment, or that the payment leads to.
fn waits(ground: &Ground, entity: &str) -> bool {
    let words = knowledge::storage_words("waits-for-payment");
    let mut cycles = ground.settled.analysis.model.lifecycles.iter().filter(|cycle| cycle.entity == entity);
    cycles.any(|cycle| cycle.states.iter().any(|state| words.contains(&state.as_str())))
}

/// The operation that makes what is paid for through the provider, where that takes something.
fn bought<'a>(ground: &Ground<'a>) -> Option<(&'a Operation, &'a Evidence)> {
    let evidence = paid(ground)?;
    let settled = ground.settled;
    // Where the text says that there is less than is wanted, whatever is bought is held while it is paid.
    let rushed = settled.when("signal.scarce").is_some();
    let creation = |entity: &str| {
        let operations = settled.api.operations.iter();
        let mut made = operations.filter(|known| known.entity == entity && known.action == "create");
        made.next()
            .filter(|_| ground.scarce(entity) || waits(ground, entity) || rushed && takes(ground, entity))
    };
    // What the statements on paying speak of, then what a payment refers to, then what carries a price.
    let said = settled.analysis.requirements.actions.iter().filter(|action| {
        Reason::try_from(action.statement.clone()).is_ok_and(|reason| evidence.contains(&reason))
    });
    let said = said.filter_map(|action| action.entity.as_deref());
    let entities = settled.analysis.model.entities.iter();
    let named = entities.filter(|entity| entity.evidence.iter().any(|reason| evidence.contains(reason)));
    let named = named.map(|entity| entity.name.as_str());
    let payments = settled.analysis.model.relations.iter().filter_map(|relation| {
        let pays = |name: &str| name.to_lowercase().contains("payment");
        match (pays(&relation.from), pays(&relation.to)) {
            (true, false) => Some(relation.to.as_str()),
            (false, true) => Some(relation.from.as_str()),
            _ => None,
        }
    });
    let priced = settled.analysis.model.entities.iter().map(|entity| entity.name.as_str());
    let priced = priced.filter(|name| ground.money(name));
    said.chain(named)
        .chain(payments)
        .chain(priced)
        .filter(|name| !name.to_lowercase().contains("payment"))
        .find_map(creation)
        .map(|operation| (operation, evidence))
}

/// The entities of other services that a creation takes something from: of what only one may have. A record that is merely
/// referred to stays as it is, and nothing has to be given back.
fn others<'a>(ground: &Ground<'a>, operation: &Operation) -> Vec<&'a str> {
    let Some(table) = ground.tables.get(operation.entity.as_str()) else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for key in &table.foreign_keys {
        let target = ground.tables.values().find(|known| known.name == key.references.table);
        let Some(entity) = target.map(|known| known.entity.as_str()) else { continue };
        let service = ground.home.get(entity).map(|module| module.deployable.as_str());
        if ground.apart(&operation.entity, entity) && ground.scarce(entity) && seen.insert(service) {
            found.push(entity);
        }
    }
    found
}

fn saga(
    ground: &Ground,
    operation: &Operation,
    pays: Option<&Evidence>,
    others: &[&str],
    number: usize,
) -> Option<Saga> {
    let word = if pays.is_some() { "paid" } else { "apart" };
    let (row, mut evidence) = ground.row("saga", &[word])?;
    for reason in operation.evidence.iter().chain(pays.into_iter().flatten()) {
        add_reason(&mut evidence, reason.clone());
    }
    let service = |entity: &str| {
        let module = ground.home.get(entity).filter(|module| module.deployable != "application");
        module.map_or_else(|| "Application".to_owned(), |module| module.name.clone())
    };
    let own = service(&operation.entity);
    let name = operation.entity.to_lowercase();
    let step = |participant: &str, action: String, compensation: String| SagaStep {
        participant: participant.to_owned(),
        action,
        compensation,
    };
    let held = if ground.scarce(&operation.entity) { ", which holds its place" } else { "" };
    let mut steps = vec![step(
        &own,
        format!("store the {name} as pending{held}"),
        if held.is_empty() {
            format!("cancel the {name}")
        } else {
            format!("cancel the {name} and free its place")
        },
    )];
    for entity in others {
        let other = entity.to_lowercase();
        steps.push(step(&service(entity), format!("reserve the {other}"), format!("release the {other}")));
    }
    if pays.is_some() {
        steps.push(step("Payment provider", "charge".to_owned(), "refund in full".to_owned()));
    }
    steps.push(step(&own, format!("confirm the {name}"), String::new()));
    Some(Saga {
        id: format!("saga{number}"),
        operation: operation.id.clone(),
        coordinator: own,
        mechanism: row.mechanism.to_owned(),
        because: row.because.to_owned(),
        steps,
        evidence,
    })
}
