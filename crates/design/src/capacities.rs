//! What people are to a record and not to the system: the author of a task is a user like any other. Such a word is no
//! role, but a reference from the record to the account.

use knowledge::Gather as _;
use requirements::{ActorKind, Analysis, Many, Model, Relation, RelationKind};

/// Makes each capacity in which an account stands to records a reference, where the text knows accounts.
pub(crate) fn capacities(analysis: &mut Analysis) {
    let mut names = analysis.model.entities.iter().map(|entity| &entity.name);
    let Some(account) = names.find(|name| is_account(name)).cloned() else { return };
    let actors = analysis.requirements.actors.iter();
    let people = actors.filter(|actor| actor.kind == ActorKind::Human);
    let acting: Vec<String> = people
        .filter(|actor| knowledge::access("capacities").contains(&actor.name.as_str()))
        .map(|actor| actor.name.clone())
        .gather();
    for capacity in acting {
        let model = &mut analysis.model;
        let own = model.entities.iter().position(|entity| entity.name.eq_ignore_ascii_case(&capacity));
        match own.map(|at| (at, model.entities[at].attributes.is_empty())) {
            Some((at, true)) => stand_in(model, at, &account, &capacity),
            Some((at, false)) => link(model, at, &account),
            None => refer(model, &account, &capacity),
        }
    }
}

/// Whether a thing is the account of whoever uses the system.
pub(crate) fn is_account(name: &str) -> bool {
    knowledge::access("accounts").iter().any(|account| name.eq_ignore_ascii_case(account))
}

/// Of whom nothing is recorded but the capacity, the account stands in its place.
fn stand_in(model: &mut Model, at: usize, account: &str, capacity: &str) {
    let name = model.entities.remove(at).name;
    model.lifecycles.retain(|lifecycle| lifecycle.entity != name);
    for relation in &mut model.relations {
        if relation.from == name {
            // The record calls its account so: it is the end that the link goes out from.
            std::mem::swap(&mut relation.from, &mut relation.to);
            std::mem::swap(&mut relation.from_min, &mut relation.to_min);
            std::mem::swap(&mut relation.from_max, &mut relation.to_max);
        }
        if relation.to == name {
            // Nobody is the author of one record alone.
            (relation.from_min, relation.from_max) = (0, Many::Any);
            account.clone_into(&mut relation.to);
            relation.role = Some(capacity.to_owned());
            // Who edits a task need not be kept with it; of whom it is the author must be.
            "have".clone_into(&mut relation.label);
        }
    }
    model.relations.retain(|relation| relation.from != relation.to);
}

/// What is recorded of the capacity is recorded of an account.
fn link(model: &mut Model, at: usize, account: &str) {
    let name = &model.entities[at].name;
    let between = |one: &str, other: &str| one == name && other == account;
    let linked =
        |relation: &Relation| between(&relation.from, &relation.to) || between(&relation.to, &relation.from);
    if !model.relations.iter().any(linked) {
        let evidence = model.entities[at].evidence.clone();
        model.relations.push(reference(name.clone(), account, None, evidence));
    }
}

/// A record that names the capacity among what it has refers to the account.
fn refer(model: &mut Model, account: &str, capacity: &str) {
    for entity in model.entities.iter_mut().filter(|entity| entity.name != account) {
        let Some(at) = entity.attributes.iter().position(|attribute| attribute.name == capacity) else {
            continue;
        };
        let attribute = entity.attributes.remove(at);
        let role = Some(capacity.to_owned());
        model.relations.push(reference(entity.name.clone(), account, role, attribute.evidence));
    }
}

/// A reference from records to an account.
pub(crate) fn reference(
    from: String,
    account: &str,
    role: Option<String>,
    evidence: requirements::Evidence,
) -> Relation {
    Relation {
        from,
        to: account.to_owned(),
        label: "have".to_owned(),
        role,
        from_min: 0,
        from_max: Many::Any,
        to_min: 0,
        to_max: Many::One,
        kind: RelationKind::Association,
        evidence,
    }
}
