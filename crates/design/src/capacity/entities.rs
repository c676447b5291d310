//! How many rows and bytes each entity has after a year.

use crate::facts::Facts;
use crate::model::Figure;
use requirements::{Analysis, Entity, Evidence, Many, Quantity, Reason, RelationKind, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds in a year.
const YEAR: f64 = 31_536_000.0;

/// Shares of the written rows, by how far down an entity stands: what others refer to is written rarely, what refers to
/// others and is referred to by none is written most. A heuristic, which the figure's formula shows.
const ROOT: f64 = 1.0;
const MIDDLE: f64 = 4.0;
const LEAF: f64 = 8.0;

/// Bytes of a row's header with its pointer, of an index entry, and what stays free in a table.
const HEADER: f64 = 28.0;
const INDEX_ENTRY: f64 = 38.0;
const BLOAT: f64 = 1.2;

/// The id of the figure of an entity: `rows.of.order-item`, `bytes.of.order-item`.
pub fn entity_id(what: &str, entity: &str) -> String {
    format!("{what}.of.{}", slug(entity))
}

/// Words in lower case with hyphens.
pub(super) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Where the rows of an entity come from.
enum Source<'a> {
    /// The text counts them, or gives their rate.
    Counted(&'a Quantity),
    /// They are the people who use it.
    People,
    /// A share of what is written.
    Share(f64),
}

/// The rows and bytes of each entity after 12 months.
pub(super) fn volumes(facts: &Facts, analysis: &Analysis) -> Vec<Figure> {
    let entities = &analysis.model.entities;
    // Both ends of each link, found once: the cost is linear in the links.
    let (mut parents, mut children) = (BTreeSet::new(), BTreeSet::new());
    for relation in analysis.model.relations.iter().filter(|link| link.kind != RelationKind::Generalization) {
        if matches!(relation.to_max, Many::Any) {
            parents.insert(relation.from.as_str());
            children.insert(relation.to.as_str());
        }
        if matches!(relation.from_max, Many::Any) {
            parents.insert(relation.to.as_str());
            children.insert(relation.from.as_str());
        }
    }
    let mut counts: BTreeMap<&str, &Quantity> = BTreeMap::new();
    for quantity in &analysis.requirements.quantities {
        let counted = quantity.kind == "count" && quantity.unit == "count" || quantity.unit == "per second";
        if let Some(noun) = quantity.qualifier.as_deref().filter(|_| counted) {
            let known = counts.entry(noun).or_insert(quantity);
            if known.value < quantity.value {
                *known = quantity;
            }
        }
    }
    let actors: BTreeSet<String> =
        analysis.requirements.actors.iter().map(|actor| actor.name.to_lowercase()).collect();
    let sources: Vec<Source> = entities
        .iter()
        .map(|entity| {
            let name = entity.name.to_lowercase();
            let last = name.rsplit(' ').next().unwrap_or(&name);
            if let Some(quantity) = counts.get(name.as_str()).or_else(|| counts.get(last)) {
                return Source::Counted(quantity);
            }
            if actors.contains(&name)
                && facts.get("users.daily").or_else(|| facts.get("users.known")).is_some()
            {
                return Source::People;
            }
            let (parent, child) =
                (parents.contains(entity.name.as_str()), children.contains(entity.name.as_str()));
            Source::Share(match (parent, child) {
                (_, false) => ROOT,
                (true, true) => MIDDLE,
                (false, true) => LEAF,
            })
        })
        .collect();
    let total: f64 =
        sources.iter().map(|source| if let Source::Share(weight) = source { *weight } else { 0.0 }).sum();
    entities.iter().zip(&sources).flat_map(|(entity, source)| volume(facts, entity, source, total)).collect()
}

fn volume(facts: &Facts, entity: &Entity, source: &Source, total: f64) -> [Figure; 2] {
    let written = facts.number("entities.rows");
    let (rows, formula, inputs, mut evidence) = match source {
        Source::Counted(quantity) => {
            let reason: Evidence = Reason::try_from(quantity.statement.clone()).ok().into_iter().collect();
            let rate = quantity.unit == "per second";
            let rows = if rate { quantity.value * YEAR } else { quantity.value };
            let formula =
                if rate { format!("⌈{} × 31,536,000⌉", quantity.id) } else { quantity.id.clone() };
            (rows, formula, vec![quantity.id.clone()], reason)
        }
        Source::People => {
            let id = if facts.get("users.known").is_some() { "users.known" } else { "users.daily" };
            (facts.number(id), id.to_owned(), vec![id.to_owned()], facts.reasons(id))
        }
        Source::Share(weight) => {
            let formula = format!("⌈entities.rows × {weight} ÷ {total}⌉");
            let rows = written * weight / total.max(1.0);
            (rows, formula, vec!["entities.rows".to_owned()], facts.reasons("entities.rows"))
        }
    };
    if evidence.is_empty() {
        add_reason(&mut evidence, Reason::rule("capacity"));
    }
    let rows = rows.ceil();
    let bytes = width(entity);
    let id = entity_id("rows", &entity.name);
    let figure = |what: &str, label: String, value: f64, formula: String, inputs: Vec<String>| Figure {
        id: entity_id(what, &entity.name),
        label,
        value: super::rounded(value),
        unit: what.to_owned(),
        formula,
        inputs,
        evidence: evidence.clone(),
    };
    [
        figure("rows", format!("Rows of {} after 12 months", entity.name), rows, formula, inputs),
        figure(
            "bytes",
            format!("Size of {} after 12 months, indexes included", entity.name),
            rows * bytes,
            format!("{id} × {bytes:.0}"),
            vec![id.clone()],
        ),
    ]
}

/// The bytes of a row with its index entries, by the types of its attributes.
fn width(entity: &Entity) -> f64 {
    let attributes: f64 = entity
        .attributes
        .iter()
        .map(|attribute| match attribute.kind.as_str() {
            "boolean" => 1.0,
            "integer" | "date" | "time" => 4.0,
            "money" | "decimal" | "timestamp" | "duration" | "number" => 8.0,
            "email" => 25.0,
            "url" => 80.0,
            "address" => 90.0,
            "long-text" | "body" => 500.0,
            "json" => 300.0,
            _ => 20.0,
        })
        .sum();
    // The key, two times and a version stand in each row; the key and one reference are indexed.
    ((HEADER + 16.0 + 24.0 + attributes) * BLOAT + 2.0 * INDEX_ENTRY).round()
}
