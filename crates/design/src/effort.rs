//! What building the design takes: working days of one engineer, counted from its elements. Computed once, from the
//! numbers `effort.…` of the tables; the figures and the roadmap both read it from here, so that their sums agree.

use crate::assumed::Assumed;
use crate::figures::shown;
use crate::model::{Figure, Module};
use crate::naming::contains_words;
use crate::settled::Settled;
use knowledge::EFFORT;
use knowledge::Gather as _;
use requirements::{Evidence, Reason, Statement, StatementKind, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Working days of a week.
const WEEK: f64 = 5.0;

/// The number that gives P90 over P50.
const SPREAD: &str = "effort.spread";

/// The number that gives the price of a day.
const PRICE: &str = "effort.price";

/// The effort of a design.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effort {
    /// What was counted, in the order of the table; what is counted for entities stands once for each of them.
    pub(crate) items: Vec<Item>,
    /// P90 over P50.
    pub(crate) spread: f64,
    /// What all days cost in US dollars, where the text says what there is in all.
    pub(crate) cost: Option<f64>,
}

impl Effort {
    /// The days of rows by id, or of all rows where none is named, as far as they belong to no entity.
    pub(crate) fn days(&self, rows: &[&str]) -> f64 {
        let wanted = |item: &&Item| item.entity.is_empty() && (rows.is_empty() || rows.contains(&item.id));
        self.items.iter().filter(wanted).map(|item| item.days).sum()
    }

    /// The days of each entity.
    pub(crate) fn by_entity(&self) -> BTreeMap<&str, f64> {
        let mut days: BTreeMap<&str, f64> = BTreeMap::new();
        for item in self.items.iter().filter(|item| !item.entity.is_empty()) {
            *days.entry(&item.entity).or_default() += item.days;
        }
        days
    }
}

/// A counted part of the effort.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// The id of its row: `entity`, `payments`.
    pub(crate) id: &'static str,
    /// The entity that it belongs to; empty where it belongs to none.
    pub(crate) entity: String,
    /// Working days of one engineer: as likely less as more.
    pub(crate) days: f64,
}

/// Counts the effort. Numbers that were not given are assumed, and listed with the other assumptions.
pub(crate) fn effort(settled: &Settled, modules: &[Module], assumed: &mut Assumed) -> (Effort, Vec<Figure>) {
    if settled.database.tables.is_empty() {
        return Default::default();
    }
    let mut effort = Effort::default();
    let mut figures: Vec<Figure> = Vec::new();
    for row in EFFORT.iter() {
        let Some(reasons) = settled.when(row.when) else { continue };
        let counted = counted(settled, modules, row.each);
        let total: f64 = counted.iter().map(|(_, count)| count).sum();
        if total <= 0.0 {
            continue;
        }
        let number = format!("effort.{}", row.id);
        let (days, label, why) = assumed.take(settled.facts, &number);
        let mut evidence = reasons;
        for reason in why {
            add_reason(&mut evidence, reason);
        }
        figures.push(Figure {
            id: format!("work.{}", row.id),
            label: format!("Work on {label}"),
            value: crate::capacity::rounded(total * days),
            unit: "days".to_owned(),
            formula: format!("{} × {number}", shown(total)),
            inputs: vec![number],
            evidence: evidence.clone(),
        });
        effort.items.extend(counted.into_iter().map(|(entity, count)| Item {
            id: row.id,
            entity: entity.to_owned(),
            days: count * days,
        }));
    }
    let (spread, _, why) = assumed.take(settled.facts, SPREAD);
    effort.spread = spread;
    let [days, p50, p90] = sums(&effort, &figures, &why);
    figures.extend([days.clone(), p50, p90]);
    if settled.facts.get("budget.total").is_some() {
        let (price, _, why) = assumed.take(settled.facts, PRICE);
        let cost = crate::capacity::rounded(days.value * price);
        let mut evidence = days.evidence;
        for reason in why {
            add_reason(&mut evidence, reason);
        }
        figures.push(Figure {
            id: "effort.cost".to_owned(),
            label: "Cost of the work, as likely less as more".to_owned(),
            value: cost,
            unit: "USD".to_owned(),
            formula: format!("effort.days × {PRICE}"),
            inputs: vec!["effort.days".to_owned(), PRICE.to_owned()],
            evidence,
        });
        effort.cost = Some(cost);
    }
    (effort, figures)
}

/// The person-weeks, as the sum of the parts.
fn sums(effort: &Effort, parts: &[Figure], spread: &Evidence) -> [Figure; 3] {
    let mut evidence = Evidence::new();
    for reason in parts.iter().flat_map(|part| &part.evidence).chain(spread) {
        add_reason(&mut evidence, reason.clone());
    }
    let days: f64 = effort.items.iter().map(|item| item.days).sum();
    let ids: Vec<String> = parts.iter().map(|part| part.id.clone()).collect();
    let figure =
        |id: &str, label: &str, value: f64, unit: &str, formula: String, inputs: Vec<String>| Figure {
            id: id.to_owned(),
            label: label.to_owned(),
            value: crate::capacity::rounded(value),
            unit: unit.to_owned(),
            formula,
            inputs,
            evidence: evidence.clone(),
        };
    let weeks = days / WEEK;
    [
        figure("effort.days", "Work in all, as likely less as more", days, "days", ids.join(" + "), ids),
        figure(
            "effort.weeks.p50",
            "Effort, as likely less as more (P50)",
            weeks,
            "person-weeks",
            format!("effort.days ÷ {WEEK}"),
            vec!["effort.days".to_owned()],
        ),
        figure(
            "effort.weeks.p90",
            "Effort that is enough nine times in ten (P90)",
            weeks * effort.spread,
            "person-weeks",
            format!("effort.weeks.p50 × {SPREAD}"),
            vec!["effort.weeks.p50".to_owned(), SPREAD.to_owned()],
        ),
    ]
}

/// How often something is there, by entity where it belongs to one.
fn counted<'a>(settled: &Settled<'a>, modules: &[Module], each: &str) -> Vec<(&'a str, f64)> {
    let tables = || settled.database.tables.iter().filter(|table| !table.entity.is_empty());
    let all = |count: usize| vec![("", count as f64)];
    match each {
        "once" => all(1),
        "entity" => tables().map(|table| (table.entity.as_str(), 1.0)).collect(),
        "operation" => {
            let operations = &settled.api.operations;
            let mut of: BTreeMap<&str, f64> = BTreeMap::new();
            for operation in operations {
                *of.entry(&operation.entity).or_default() += 1.0;
            }
            let mut counted: Vec<(&str, f64)> = tables()
                .map(|table| (table.entity.as_str(), of.get(table.entity.as_str()).copied().unwrap_or(0.0)))
                .collect();
            let rest = operations.len() as f64 - counted.iter().map(|(_, count)| count).sum::<f64>();
            counted.push(("", rest));
            counted
        }
        "transition" => {
            let kept: BTreeSet<&str> = tables().map(|table| table.entity.as_str()).gather();
            let cycles = settled.analysis.model.lifecycles.iter();
            cycles
                .filter(|cycle| kept.contains(cycle.entity.as_str()))
                .map(|cycle| (cycle.entity.as_str(), cycle.transitions.len() as f64))
                .collect()
        }
        "external" => all(settled.systems().count()),
        "existing" => all(existing(settled).len()),
        "service" => all(modules.iter().filter(|module| module.deployable != "application").count()),
        _ => Vec::new(),
    }
}

/// The sentences that speak of a system that is there already and keeps records: a technology that it has, or, where none
/// is named, the first that speaks of it as such.
pub(crate) fn existing(settled: &Settled) -> Evidence {
    let requirements = &settled.analysis.requirements;
    let mut evidence = Evidence::new();
    for constraint in requirements.constraints.iter().filter(|known| known.kind.starts_with("existing-")) {
        if let Ok(reason) = Reason::try_from(constraint.statement.clone()) {
            add_reason(&mut evidence, reason);
        }
    }
    let words = knowledge::storage_words("old-systems");
    let speaks = |statement: &&Statement| {
        let text = statement.text.to_lowercase();
        statement.kind != StatementKind::Exclusion && words.iter().any(|word| contains_words(&text, word))
    };
    if evidence.is_empty()
        && let Some(statement) = requirements.statements.iter().find(speaks)
        && let Ok(reason) = Reason::try_from(statement.id.clone())
    {
        evidence.push(reason);
    }
    evidence
}
