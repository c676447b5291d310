//! Where the records of each entity are found: collections by themselves, or below the records that they are parts of.

use crate::naming::{self, Scope};
use knowledge::Gather as _;
use requirements::{Many, Model, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

/// The places of the records of one entity.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// `/orders`, or `/orders/{orderId}/items`.
    pub(super) collection: String,
    /// `/orders/{orderId}`.
    pub(super) item: String,
    /// The entity whose part it is, where the path goes through its records.
    pub(super) parent: String,
}

/// The places of all entities, in the order of the model.
///
/// A part is found below its whole: it has no life of its own. Paths get at most two levels deep, so only a part that
/// has nothing below itself is nested. `on` holds what the text asks for on records of another entity.
pub(super) fn places(model: &Model, on: &BTreeMap<&str, &str>) -> Vec<Place> {
    let mut parents = parents(model);
    for (part, whole) in on {
        if !on.contains_key(whole) && !parents.contains_key(whole) && !on.values().any(|known| known == part)
        {
            parents.insert(part, whole);
        }
    }
    let mut singles = Scope::default();
    let mut collections = Scope::default();
    let names: Vec<(String, String)> = model
        .entities
        .iter()
        .enumerate()
        .map(|(at, entity)| {
            (
                collections.take(&naming::kebab_plural(&entity.name), &format!("entities-{}", at + 1)),
                singles.take_joined(&naming::camel(&entity.name), "item"),
            )
        })
        .collect();
    let by_name: BTreeMap<&str, usize> =
        model.entities.iter().enumerate().map(|(at, entity)| (entity.name.as_str(), at)).gather();
    model
        .entities
        .iter()
        .zip(&names)
        .map(|(entity, (collection, single))| {
            let parent = parents.get(entity.name.as_str()).and_then(|parent| by_name.get(parent));
            let above = parent.map_or(String::new(), |parent| {
                let (collection, single) = &names[*parent];
                format!("/{collection}/{{{single}Id}}")
            });
            Place {
                item: format!("{above}/{collection}/{{{single}Id}}"),
                collection: format!("{above}/{collection}"),
                parent: parent.map_or(String::new(), |parent| model.entities[*parent].name.clone()),
            }
        })
        .collect()
}

/// The whole of each part that is nested.
fn parents(model: &Model) -> BTreeMap<&str, &str> {
    let mut wholes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut has_below: BTreeSet<&str> = BTreeSet::new();
    for relation in model.relations.iter().filter(|relation| requirements::keeps(&relation.label)) {
        let (from, to) = (relation.from.as_str(), relation.to.as_str());
        match (relation.kind, relation.from_max, relation.to_max) {
            (RelationKind::Composition, Many::One, Many::Any) if from != to => {
                wholes.entry(to).or_default().insert(from);
                has_below.insert(from);
            }
            // Records that are linked with many others, or are a kind of something, stand for themselves.
            (_, Many::Any, Many::Any) | (RelationKind::Generalization, _, _) => {
                has_below.extend([from, to]);
            }
            _ => {}
        }
    }
    wholes
        .iter()
        .filter(|(part, wholes)| wholes.len() == 1 && !has_below.contains(*part))
        .filter_map(|(part, wholes)| wholes.first().map(|whole| (*part, *whole)))
        .gather()
}
