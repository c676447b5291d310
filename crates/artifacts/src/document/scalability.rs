//! The arithmetic of load and size, and what gives way first.

use super::page::Page;
use super::places;
use crate::markdown::{code, link, place, reasons, text};
use crate::units::{amount, number};
use design::{Design, Figure};
use knowledge::Gather as _;
use requirements::Quantity;
use std::collections::BTreeMap;

pub(super) fn scalability(design: &Design, page: &mut Page) {
    if design.capacity.is_empty() {
        return;
    }
    let values = values(design);
    let of_entity = |figure: &Figure| {
        ["rows.of.", "bytes.of.", "rows.in.", "bytes.in."].iter().any(|start| figure.id.starts_with(start))
    };
    let rows: Vec<Vec<String>> = design
        .capacity
        .iter()
        .enumerate()
        .filter(|(_, figure)| !of_entity(figure))
        .chain(design.capacity.iter().enumerate().filter(|(_, figure)| of_entity(figure)))
        .map(|(at, figure)| {
            vec![
                text(&figure.label),
                text(&amount(figure.value, &figure.unit)),
                code(&figure.formula),
                reasons(&figure.evidence),
                text(&worked(&values, figure)) + &places::at(&places::figure('f', at)),
            ]
        })
        .collect();
    page.table(
        "Load and size",
        &["Figure", "Value", "Formula", "Because of", "With the numbers put in"],
        &rows,
    );
    let stated: Vec<Vec<String>> = design
        .requirements
        .quantities
        .iter()
        .map(|quantity| {
            vec![
                code(&quantity.id),
                text(&quantity.kind),
                text(&format!(
                    "{} {}",
                    if quantity.comparator == "=" { "" } else { &quantity.comparator },
                    amount(quantity.value, quantity.currency.as_deref().unwrap_or(&quantity.unit))
                )),
                text(quantity.qualifier.as_deref().unwrap_or_default()),
                link(&quantity.statement),
                readers(design, quantity),
            ]
        })
        .collect();
    page.table(
        "Numbers that the text states",
        &["Id", "Kind", "Value", "Of", "Statement", "Read by"],
        &stated,
    );
    let limits: Vec<Vec<String>> = design
        .scalability
        .limits
        .iter()
        .map(|limit| {
            let headroom = if limit.load > 0.0 {
                format!("×{}", number(limit.ceiling / limit.load))
            } else {
                "no load".to_owned()
            };
            vec![
                text(&limit.part),
                text(&amount(limit.load, &limit.unit)),
                text(&amount(limit.ceiling, &limit.unit)),
                headroom,
                text(&limit.remedy),
                text(&limit.source),
                reasons(&limit.evidence),
            ]
        })
        .collect();
    page.table(
        "What gives way first",
        &["Part", "Load", "Ceiling", "Headroom", "Before that", "Source of the ceiling", "Because of"],
        &limits,
    );
    growth(design, page);
    shards(design, page);
    super::caching::plan(design, page);
    super::caching::chains(design, page);
    failures(design, page);
    planning(design, page);
}

/// How the tables lie on shards.
fn shards(design: &Design, page: &mut Page) {
    let Some(shards) = &design.scalability.shards else { return };
    let key = code(&format!("{}.id", shards.key));
    let list = |names: &[String]| {
        if names.is_empty() {
            return "none".to_owned();
        }
        names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
    };
    let slots = number(shards.slots);
    let mut rows: Vec<Vec<String>> = shards
        .tables
        .iter()
        .map(|found| {
            let way = found.way.iter().map(|column| code(column)).collect::<Vec<_>>().join(" → ");
            let own = if found.way.is_empty() { key.clone() } else { way };
            vec![code(&found.table), own, format!("the shard of the slot of its {key}")]
        })
        .collect();
    for (names, key, lies) in [
        (&shards.beside, "no key", "the directory, one database beside the shards"),
        (&shards.everywhere, "none of its own", "each database, with the rows of what it does"),
    ] {
        rows.extend(names.iter().map(|name| vec![code(name), key.to_owned(), lies.to_owned()]));
    }
    let intro = format!(
        "{} shards by {key} ({}): {}. A request that carries the key finds its shard by hash(key) mod {slots}, its slot, and the map of slots to shards, which the directory keeps and each instance holds for a minute; one that carries only the id of a row, or lists over all keys, asks every shard, so give its path the key where it is called often. A row whose way to the key is empty lies by the hash of its own id. A shard that grows gives slots away: their rows are copied, the map is changed, the rows are deleted. No constraint keeps {} ({}): the program looks before it writes, and a nightly job looks for what leads nowhere. Unique on each shard and not over all: {}. `db/shard.sql` makes a shard of a database with `db/schema.sql`, and the directory has that schema and the map. Laid out are tables, keys and scripts; the machines of the shards, and the program that moves slots, are not.",
        number(shards.count),
        places::decided("partitioning"),
        text(&shards.formula),
        if shards.apart.len() == 1 { "this reference" } else { "these references" },
        list(&shards.apart),
        list(&shards.scattered),
    );
    let lies = crate::markdown::table(&["Table", "Over", "Lies on"], &rows);
    page.folded(
        "Shards: by which key, where each table lies, and what they do not keep",
        &format!("{intro}\n\n{lies}"),
    );
}

/// What gives way first, and which decisions change, as the load grows.
fn growth(design: &Design, page: &mut Page) {
    let breaks: Vec<Vec<String>> = design
        .scalability
        .breaks
        .iter()
        .map(|step| {
            vec![
                format!("×{}", number(step.factor)),
                text(&amount(step.requests_peak, "per second")),
                text(&step.part),
                format!("{} %", number(step.share * 100.0)),
                text(&step.remedy),
            ]
        })
        .collect();
    page.introduced(
        "Growth",
        &format!("At multiples of {}; instances of the application are added as it grows, so that they are not among what gives way:", code("requests.peak")),
        &["Load", "Requests at the peak", "First to give way", "Of its ceiling", "Before that"],
        &breaks,
    );
    let ladder: Vec<Vec<String>> = design
        .scalability
        .ladder
        .iter()
        .map(|rung| {
            vec![
                format!("×{}", number(rung.factor)),
                text(&amount(rung.requests_peak, "per second")),
                places::decided(&rung.slot),
                text(&rung.name),
            ]
        })
        .collect();
    page.table("Growth ladder", &["Load", "Trigger: requests at the peak", "Decision", "Becomes"], &ladder);
}

/// The starting numbers that no decision reads: they size and price, and are listed apart from those that decide.
fn planning(design: &Design, page: &mut Page) {
    let rows: Vec<Vec<String>> = design
        .assumptions
        .iter()
        .filter(|assumption| assumption.decisions.is_empty())
        .map(|assumption| {
            vec![
                place(&assumption.id),
                code(&assumption.subject),
                text(&format!("{} {}", assumption.value, assumption.unit.as_deref().unwrap_or_default())),
                text(&assumption.why),
                text(&source(&assumption.subject)),
            ]
        })
        .collect();
    page.introduced(
        "Planning figures",
        "Assumed, and read by no decision.",
        &["Id", "Fact", "Assumed", "Why", "Source"],
        &rows,
    );
    let facts: Vec<Vec<String>> = places::known(design)
        .iter()
        .map(|row| {
            vec![
                places::at(&format!("known-{}", row.id.replace('.', "-"))) + &code(row.id),
                text(&amount(row.value, row.unit)),
                text(&format!("{}: {}", row.label, row.why)),
                text(&source(row.id)),
            ]
        })
        .collect();
    page.introduced(
        "Known figures",
        "Measured or published, and not assumed.",
        &["Fact", "Value", "What it is", "Source"],
        &facts,
    );
}

/// The figure that a stated number goes into first, or the table whose rows are kept so long; one that goes nowhere says so.
fn readers(design: &Design, quantity: &Quantity) -> String {
    let mut figures = design.deployment.figures.iter().chain(&design.capacity);
    if let Some(figure) = figures.find(|figure| figure.inputs.contains(&quantity.id)) {
        return text(&figure.id);
    }
    let kept = |table: &&design::Table| {
        let mut reasons = table.retention.iter().flat_map(|retention| &retention.evidence);
        quantity.kind == "retention" && reasons.any(|reason| reason.to_string() == quantity.statement)
    };
    let table = design.database.tables.iter().find(kept);
    table.map_or_else(|| "no figure".to_owned(), |table| text(&table.name))
}

/// Where a starting number is from, and when that was so.
pub(super) fn source(id: &str) -> String {
    let row = knowledge::NUMBERS.iter().find(|row| row.id == id);
    row.map_or_else(String::new, |row| format!("{}, {}", row.source, row.date))
}

/// What every name in a formula stands for.
pub(super) fn values(design: &Design) -> BTreeMap<&str, String> {
    let mut values: BTreeMap<&str, String> =
        knowledge::NUMBERS.iter().map(|row| (row.id, amount(row.value, row.unit))).gather();
    for quantity in &design.requirements.quantities {
        values.insert(&quantity.id, amount(quantity.value, &quantity.unit));
    }
    for assumed in &design.assumptions {
        let unit = assumed.unit.as_deref().unwrap_or_default();
        let shown = assumed.value.parse().map_or_else(|_| assumed.value.clone(), |value| amount(value, unit));
        values.insert(&assumed.subject, shown);
    }
    for figure in design.deployment.figures.iter().chain(&design.capacity) {
        values.insert(&figure.id, amount(figure.value, &figure.unit));
    }
    values
}

/// A formula with the values of its inputs in the place of their names, so that it can be followed by hand.
pub(super) fn worked(values: &BTreeMap<&str, String>, figure: &Figure) -> String {
    let mut out = String::new();
    for word in figure.formula.split_inclusive([' ', '(', ')', ',', ':', '⌈', '⌉', '⌊', '⌋']) {
        let name = word.trim_end_matches([' ', '(', ')', ',', ':', '⌈', '⌉', '⌊', '⌋']);
        match values.get(name) {
            Some(shown) => out += &format!("{shown}{}", &word[name.len()..]),
            None => out += word,
        }
    }
    out
}

/// What users see when a dependency fails.
fn failures(design: &Design, page: &mut Page) {
    let failures: Vec<Vec<String>> = design
        .scalability
        .failures
        .iter()
        .map(|failure| {
            vec![
                text(&format!("{} {}", failure.subject, failure.category)),
                text(&failure.text),
                text(&failure.reference),
                text(&failure.answer),
                reasons(&failure.evidence),
            ]
        })
        .collect();
    page.introduced(
        "When a dependency fails",
        &format!("Times and pools are {} and {}.", code("timeout.statement"), code("pool.size")),
        &["Dependency", "Users see", "Noticed by", "What is done", "Because of"],
        &failures,
    );
}
