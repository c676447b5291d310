//! Compares two designs by what they mean: what came, what went, and which decisions and figures changed.

use crate::facts::trimmed;
use crate::model::{Change, Design, Difference};
use knowledge::Gather as _;
use requirements::Attribute;
use std::collections::BTreeMap;

/// The figures that tell the size and the cost of a system; the others follow from them.
const FIGURES: [&str; 11] = [
    "users.daily",
    "requests.average",
    "requests.peak",
    "writes.peak",
    "storage.year",
    "instances.needed",
    "database.cpus.needed",
    "workers",
    "cost.low",
    "cost.high",
    "effort.weeks.p50",
];

/// What a design has of one kind, by name.
type List = fn(&Design) -> BTreeMap<String, String>;

/// What differs from one design to another.
pub fn difference(before: &Design, after: &Design) -> Difference {
    let mut changes = Vec::new();
    let kinds: [(&str, List); 9] = [
        ("entity", entities),
        ("attribute", attributes),
        ("operation", operations),
        ("table", tables),
        ("column", columns),
        ("module", modules),
        ("decision", decisions),
        ("saga", sagas),
        ("figure", figures),
    ];
    for (kind, list) in kinds {
        compare(kind, &list(before), &list(after), &mut changes);
    }
    Difference { changes }
}

fn compare(
    kind: &str,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    changes: &mut Vec<Change>,
) {
    let mut change = |what: &str, before: &str, after: &str| {
        changes.push(Change {
            kind: kind.to_owned(),
            what: what.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        });
    };
    for (what, old) in before {
        match after.get(what) {
            None => change(what, old, ""),
            Some(new) if new != old => change(what, old, new),
            Some(_) => (),
        }
    }
    for (what, new) in after.iter().filter(|(what, _)| !before.contains_key(*what)) {
        change(what, "", new);
    }
}

fn entities(design: &Design) -> BTreeMap<String, String> {
    design.model.entities.iter().map(|entity| (entity.name.clone(), "kept".to_owned())).gather()
}

/// The type of an attribute, with the values that it can have.
fn described(attribute: &Attribute) -> String {
    if attribute.values.is_empty() {
        return attribute.kind.clone();
    }
    format!("{} ({})", attribute.kind, attribute.values.join(", "))
}

fn attributes(design: &Design) -> BTreeMap<String, String> {
    let entities = design.model.entities.iter();
    entities
        .flat_map(|entity| {
            entity
                .attributes
                .iter()
                .map(|attribute| (format!("{}: {}", entity.name, attribute.name), described(attribute)))
        })
        .gather()
}

fn operations(design: &Design) -> BTreeMap<String, String> {
    let operations = design.api.operations.iter();
    operations
        .map(|operation| (format!("{} {}", operation.method, operation.path), operation.id.clone()))
        .gather()
}

fn tables(design: &Design) -> BTreeMap<String, String> {
    design.database.tables.iter().map(|table| (table.name.clone(), table.primary_key.join(", "))).gather()
}

fn columns(design: &Design) -> BTreeMap<String, String> {
    let tables = design.database.tables.iter();
    tables
        .flat_map(|table| {
            table
                .columns
                .iter()
                .map(|column| (format!("{}.{}", table.name, column.name), column.kind.clone()))
        })
        .gather()
}

fn modules(design: &Design) -> BTreeMap<String, String> {
    design.modules.iter().map(|module| (module.name.clone(), module.deployable.clone())).gather()
}

fn decisions(design: &Design) -> BTreeMap<String, String> {
    design.decisions.iter().map(|decision| (decision.slot.clone(), decision.chosen.clone())).gather()
}

fn sagas(design: &Design) -> BTreeMap<String, String> {
    let sagas = design.consistency.sagas.iter();
    sagas
        .map(|saga| {
            let steps: Vec<&str> = saga.steps.iter().map(|step| step.action.as_str()).collect();
            (saga.operation.clone(), steps.join(", "))
        })
        .gather()
}

fn figures(design: &Design) -> BTreeMap<String, String> {
    let figures = design.capacity.iter().chain(&design.deployment.figures);
    let figures = figures.filter(|figure| FIGURES.contains(&figure.id.as_str()));
    figures.map(|figure| (figure.id.clone(), format!("{} {}", trimmed(figure.value), figure.unit))).gather()
}
