//! How well designs agree with what a careful reader takes from the texts of `tests/briefs`, kind by kind. Each kind has a
//! floor that may only rise; the table that a failure prints shows where the misses are.

mod support;

use design::Design;
use requirements::{Many, Origin};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use support::{Brief, briefs, design_of};
use toml::Value;

/// The least share of what is expected that is found, in hundredths, by kind. May only rise.
const FLOORS: &[(&str, usize)] = &[
    ("actors", 84),
    ("attributes", 72),
    ("conflicts", 100),
    ("decisions", 98),
    ("entities", 78),
    ("lifecycles", 66),
    ("quantities", 94),
    ("relations", 51),
];

/// The least share of the found entities that is expected or allowed, in hundredths.
const PRECISION_FLOOR: usize = 89;

/// The least mean overlap of the entities that the three styles of a brief give, in hundredths.
const STYLES_FLOOR: usize = 55;

/// Found and wanted, and what was missed in which text.
#[derive(Default)]
struct Tally {
    found: usize,
    wanted: usize,
    missed: Vec<String>,
}

impl Tally {
    fn add(&mut self, brief: &Brief, what: &str, found: bool) {
        self.wanted += 1;
        self.found += usize::from(found);
        if !found {
            self.missed.push(format!("{}: {what}", brief.name));
        }
    }

    fn share(&self) -> usize {
        self.found * 100 / self.wanted.max(1)
    }
}

#[test]
fn designs_agree_with_a_careful_reader() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut right, mut claimed) = (0, 0);
    for brief in briefs() {
        let design = design_of(&brief.text);
        for (kind, what, found) in expectations(&brief, &design) {
            tallies.entry(kind).or_default().add(&brief, &what, found);
        }
        let allowed: BTreeSet<String> = ["entities", "optional", "actors"]
            .iter()
            .flat_map(|key| texts(&brief, key))
            .flat_map(|name| alternatives(&name))
            .collect();
        let names = entities(&design);
        claimed += names.len();
        right += names.iter().filter(|name| allowed.contains(*name)).count();
    }
    let mut table = format!("{:12} {:>6} {:>6} {:>6} {:>6}\n", "kind", "found", "of", "%", "floor");
    let mut below = Vec::new();
    for (kind, floor) in FLOORS {
        let tally = &tallies[kind];
        let _ =
            writeln!(table, "{kind:12} {:6} {:6} {:6} {floor:6}", tally.found, tally.wanted, tally.share());
        if tally.share() < *floor {
            below.extend(tally.missed.iter().map(|missed| format!("{kind}: {missed}")));
        }
    }
    let precision = right * 100 / claimed.max(1);
    let _ = writeln!(table, "{:12} {right:6} {claimed:6} {precision:6} {PRECISION_FLOOR:6}", "entities, p.");
    println!("{table}");
    assert!(below.is_empty() && precision >= PRECISION_FLOOR, "\n{table}\nmissed:\n{}", below.join("\n"));
}

#[test]
fn the_three_styles_of_a_brief_give_the_same_entities() {
    let mut by_field: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
    for brief in briefs().iter().filter(|brief| !brief.name.starts_with("traps")) {
        let field = brief.name.split('/').next().unwrap_or_default().to_owned();
        by_field.entry(field).or_default().push(entities(&design_of(&brief.text)));
    }
    let (mut sum, mut count) = (0, 0);
    let mut table = format!("{:24} {:>6} {:>6} {:>6}\n", "brief", "in all", "of", "%");
    for (field, styles) in &by_field {
        let all = styles.iter().flatten().collect::<BTreeSet<_>>();
        let common = all.iter().filter(|name| styles.iter().all(|style| style.contains(**name))).count();
        let share = common * 100 / all.len().max(1);
        let _ = writeln!(table, "{field:24} {common:6} {:6} {share:6}", all.len());
        (sum, count) = (sum + share, count + 1);
    }
    let mean = sum / count.max(1);
    println!("{table}mean {mean}");
    assert!(mean >= STYLES_FLOOR, "\n{table}mean {mean}, floor {STYLES_FLOOR}");
}

/// What a brief expects, by kind, and whether the design has it.
fn expectations(brief: &Brief, design: &Design) -> Vec<(&'static str, String, bool)> {
    let mut all = Vec::new();
    let names = entities(design);
    for name in texts(brief, "entities") {
        all.push(("entities", name.clone(), alternatives(&name).iter().any(|name| names.contains(name))));
    }
    let actors: BTreeSet<String> =
        design.requirements.actors.iter().map(|actor| folded(&actor.name)).collect();
    for name in texts(brief, "actors") {
        all.push(("actors", name.clone(), alternatives(&name).iter().any(|name| actors.contains(name))));
    }
    for row in rows(brief, "relations") {
        if let [from, from_max, to, to_max] = row.as_slice() {
            all.push(("relations", row.join(" "), related(design, (from, from_max), (to, to_max))));
        }
    }
    for row in brief.expected.get("quantities").and_then(Value::as_array).into_iter().flatten() {
        all.push(("quantities", row.to_string(), quantified(design, row)));
    }
    for row in rows(brief, "conflicts") {
        all.push(("conflicts", row.join(" / "), contradicts(design, &row)));
    }
    for (entity, wanted) in section(brief, "attributes") {
        for name in wanted {
            let found = design
                .model
                .entities
                .iter()
                .filter(|known| alternatives(entity).contains(&folded(&known.name)))
                .flat_map(|known| &known.attributes)
                .any(|attribute| alternatives(&name).contains(&folded(&attribute.name)));
            all.push(("attributes", format!("{entity}.{name}"), found));
        }
    }
    for (entity, wanted) in section(brief, "lifecycles") {
        for state in wanted {
            let found = design
                .model
                .lifecycles
                .iter()
                .filter(|known| alternatives(entity).contains(&folded(&known.entity)))
                .flat_map(|known| &known.states)
                .any(|known| alternatives(&state).contains(&folded(known)));
            all.push(("lifecycles", format!("{entity}: {state}"), found));
        }
    }
    for (slot, wanted) in brief.expected.get("decisions").and_then(Value::as_table).into_iter().flatten() {
        let wanted = wanted.as_str().unwrap_or_default();
        let found = design.decisions.iter().any(|decision| {
            decision.slot == *slot && wanted.split('|').any(|option| option == decision.chosen)
        });
        all.push(("decisions", format!("{slot} = {wanted}"), found));
    }
    all
}

fn related(design: &Design, (from, from_max): (&str, &str), (to, to_max): (&str, &str)) -> bool {
    let max = |many: Many| if many == Many::One { "1" } else { "*" };
    design.model.relations.iter().any(|relation| {
        let ends = (folded(&relation.from), folded(&relation.to));
        let maxima = (max(relation.from_max), max(relation.to_max));
        let (from, to) = (alternatives(from), alternatives(to));
        from.contains(&ends.0) && to.contains(&ends.1) && maxima == (from_max, to_max)
            || from.contains(&ends.1) && to.contains(&ends.0) && maxima == (to_max, from_max)
    })
}

/// Values agree within two hundredths: a month has 30 days or is a twelfth of a year.
fn quantified(design: &Design, row: &Value) -> bool {
    let part = |at: usize| row.as_array().and_then(|row| row.get(at));
    let kind = part(0).and_then(Value::as_str).unwrap_or_default();
    let value = part(1).and_then(|value| value.as_float().or_else(|| value.as_integer().map(|n| n as f64)));
    let Some(value) = value else { return false };
    design.requirements.quantities.iter().any(|quantity| {
        kind.split('|').any(|kind| kind == quantity.kind)
            && (quantity.value - value).abs() <= 0.02 * value.abs()
    })
}

/// Whether a conflict names the statements of both quotations.
fn contradicts(design: &Design, quotations: &[String]) -> bool {
    design.conflicts.iter().any(|conflict| {
        quotations.iter().all(|quotation| {
            design.requirements.statements.iter().any(|statement| {
                conflict.statements.contains(&statement.id) && statement.text.contains(quotation.as_str())
            })
        })
    })
}

fn entities(design: &Design) -> BTreeSet<String> {
    let named = design.model.entities.iter().filter(|entity| entity.origin == Origin::Text);
    named.map(|entity| folded(&entity.name)).collect()
}

fn texts(brief: &Brief, key: &str) -> Vec<String> {
    strings(brief.expected.get(key))
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

fn rows(brief: &Brief, key: &str) -> Vec<Vec<String>> {
    let rows = brief.expected.get(key).and_then(Value::as_array);
    rows.into_iter().flatten().map(|row| strings(Some(row))).collect()
}

fn section<'a>(brief: &'a Brief, key: &str) -> Vec<(&'a str, Vec<String>)> {
    let section = brief.expected.get(key).and_then(Value::as_table);
    section.into_iter().flatten().map(|(name, value)| (name.as_str(), strings(Some(value)))).collect()
}

/// The names of which any is right, folded.
fn alternatives(name: &str) -> Vec<String> {
    name.split('|').map(folded).collect()
}

/// A name without regard to case, number, hyphens and underscores.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace(['-', '_'], " ");
    let singular = |word: &str| {
        word.strip_suffix("ies")
            .map_or_else(|| word.strip_suffix('s').unwrap_or(word).to_owned(), |stem| format!("{stem}y"))
    };
    lower.split(' ').map(singular).collect::<Vec<_>>().join(" ")
}
