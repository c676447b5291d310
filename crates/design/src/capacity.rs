//! The arithmetic of load and size. Each figure keeps its formula and its inputs, and is computed once: every other
//! part of the design reads it from here, with [`Facts::number`] or by its id in `Design::capacity`.
//!
//! The formulas stand in `knowledge/data/figures.toml`. The ids that other parts of the design read:
//!
//! | Ids | What they are |
//! | --- | --- |
//! | `users.daily`, `users.concurrent` | people on a day; at once at the peak |
//! | `requests.concurrent` | requests of those whom the text counts at once, or who arrive at once: no peak is below |
//! | `requests.`, `reads.`, `writes.`, `messages.` with `average` and `peak` | rates, per second |
//! | `deliveries.average`, `deliveries.peak` | what writes fan out to, per second |
//! | `rows.daily`, `rows.month`, `entities.rows` | records written in a day, a month, a year |
//! | `rows.live` | rows kept at once, over all tables |
//! | `rows.of.ENTITY`, `bytes.of.ENTITY` | rows and bytes of one entity after 12 months ([`entity_id`]) |
//! | `rows.in.TABLE`, `bytes.in.TABLE` | rows and bytes of a table that no entity stands behind |
//! | `standing.bytes`, `standing.rows`, `growing.bytes`, `growing.rows` | what the tables take that stand and that grow with what is written |
//! | `kept.rows`, `kept.size`, `aged.share` | what is kept at once of what a year adds, and how much of that goes for its age |
//! | `row.bytes`, `rows.each` | what a row takes, and how many a write leaves, as the tables measure it |
//! | `storage.month`, `storage.year`, `storage.two-years`, `storage.three-years`, `storage.live`, `storage.backups` | bytes |
//! | `file.bytes`, `files.standing`, `files.month`, `files.three-years` | bytes of a file, and in the object store |
//! | `bandwidth.out`, `bandwidth.in`, `traffic.month` | bytes a second at the peak, bytes a month |
//! | `instances.needed` | instances for the peak; the bounds of scaling stand in [`crate::deployment`] |
//! | `cpu.utilisation` | the share of a processor to plan with: the target of scaling |
//! | `database.cpus.needed`, `database.busy`, `database.connections` | size and use of the primary |
//! | `pool.busy` | connections; the size of a pool stands in [`crate::deployment`] |
//! | `hot.bytes`, `cache.bytes`, `cache.database` | what a cache would hold and leave to the database |
//! | `jobs.peak` | background work; the workers for it stand in [`crate::deployment`] |
//! | `connections.open`, `connections.nodes` | open connections, where updates are pushed |
//! | `latency.target`, `latency.server`, `latency.sum`, `hops.allowed` | the latency budget, seconds |
//! | `availability.target`, `availability.composed`, `downtime.month`, `downtime.composed` | shares, seconds a month |
//! | `rpo.target`, `rto.target`, `restore.time` | recovery, seconds |
//! | `alert.rate` | the least traffic at which a burn-rate alert is sound |
//! | `load.test` | rate of the load test |
//! | `logs.month`, `files.live` | bytes a month, bytes kept |
//! | `work.ROW`, `effort.days`, `effort.weeks.p50`, `effort.weeks.p90` | days and person-weeks, added by [`crate::effort`] |
//! | `effort.cost` | what the work costs, where the text says what there is in all |

mod entities;
mod tables;

use crate::facts::Facts;
use crate::model::Figure;
use knowledge::{FACTS, FIGURE_FACTS, FIGURES, Piece};
use requirements::{Analysis, Evidence, Quantity, Reason, add_reason};

pub use entities::{entity_id, table_id};
pub(crate) use tables::{measure, measured, sizes};

/// Computes the figures, and adds them to the facts.
pub(crate) fn capacity(facts: &mut Facts, analysis: &Analysis) -> Vec<Figure> {
    let mut assumed = Vec::new();
    let mut ways = Vec::new();
    facts.values.compute(|at| assumed.push(at), |figure, way| ways.push((figure, way)));
    for at in assumed {
        facts.assume(at);
    }
    // Decisions read some starting numbers that no figure does.
    for id in ["team.engineers", "availability.target", "latency.target", "latency.percentile"] {
        facts.take(id);
    }
    let mut figures: Vec<Figure> = Vec::new();
    for (at, _) in &facts.stated {
        if FACTS.get(*at).is_some_and(|row| figures.iter().all(|known| known.id != row.id)) {
            figures.extend(stated(facts, &analysis.requirements.quantities, *at));
        }
    }
    figures.extend(rates(facts, analysis));
    for (figure, way) in ways {
        figures.extend(computed(facts, figure, way));
    }
    figures.extend(entities::rows(facts, analysis));
    figures
}

/// A number of the text, so that every input of a formula can be looked up.
fn stated(facts: &Facts, quantities: &[Quantity], at: usize) -> Option<Figure> {
    let row = FACTS.get(at)?;
    let of = facts.stated.iter().filter(|(known, _)| *known == at).map(|(_, id)| id.clone());
    let inputs: Vec<String> = of.collect();
    let first = inputs.first().and_then(|id| quantities.iter().find(|known| known.id == *id));
    let mut label = row.label.to_owned();
    let arriving = || first.and_then(requirements::arrivals).filter(|_| row.id == "arrivals.peak");
    let formula = if let Some((amount, rate)) = first.and_then(crate::facts::foreign) {
        // What is stated in another currency is shown as it is stated, and compared at a rate.
        label = format!("{}: {amount} at a rate of {}", row.label, knowledge::RATES_OF);
        format!("{} × {rate}", inputs[0])
    } else if let Some(seconds) = arriving() {
        format!("{} ÷ {}", inputs[0], grouped(seconds))
    } else if inputs.len() > 1 {
        inputs.join(" + ")
    } else {
        "stated".to_owned()
    };
    Some(Figure {
        id: row.id.to_owned(),
        label,
        value: rounded(facts.values.known(at)?),
        unit: row.unit.to_owned(),
        formula,
        inputs,
        evidence: facts.why(at).to_vec(),
    })
}

/// Rates and times that the text gives for one thing, where they are not the figure of the whole system.
fn rates(facts: &Facts, analysis: &Analysis) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for quantity in &analysis.requirements.quantities {
        let whole = facts.stated.iter().any(|(_, id)| *id == quantity.id);
        if quantity.kind == "latency"
            && let Some(operation) = crate::facts::slow(analysis, quantity)
        {
            let label = format!("Time in which a {operation} is to be answered");
            figures.extend(stated_of(quantity, &format!("latency.of.{operation}"), label, "seconds"));
        }
        let Some(noun) = quantity.qualifier.as_deref().filter(|_| quantity.unit == "per second" && !whole)
        else {
            continue;
        };
        let id = format!("rate.of.{}", entities::slug(noun));
        if figures.iter().all(|known| known.id != id) {
            figures.extend(stated_of(quantity, &id, format!("Rate of {noun}"), "per second"));
        }
    }
    figures
}

/// A number that the text states of one thing.
fn stated_of(quantity: &Quantity, id: &str, label: String, unit: &str) -> Option<Figure> {
    Some(Figure {
        id: id.to_owned(),
        label,
        value: rounded(quantity.value),
        unit: unit.to_owned(),
        formula: "stated".to_owned(),
        inputs: vec![quantity.id.clone()],
        evidence: vec![Reason::try_from(quantity.statement.clone()).ok()?],
    })
}

fn computed(facts: &mut Facts, figure: usize, way: usize) -> Option<Figure> {
    let (row, at) = (FIGURES.get(figure)?, *FIGURE_FACTS.get(figure)?);
    let formula = &row.ways.get(way)?.formula;
    let mut evidence = facts.union(formula.facts());
    if evidence.is_empty() {
        add_reason(&mut evidence, Reason::rule("capacity"));
    }
    facts.explain(at, evidence.clone());
    let mut inputs: Vec<String> = Vec::new();
    for input in formula.facts().filter_map(|at| FACTS.get(at)) {
        if !inputs.iter().any(|known| known == input.id) {
            inputs.push(input.id.to_owned());
        }
    }
    Some(Figure {
        id: row.id.to_owned(),
        label: row.label.to_owned(),
        value: rounded(facts.values.known(at)?),
        unit: row.unit.to_owned(),
        formula: formula.shown.iter().map(piece).collect(),
        inputs,
        evidence,
    })
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Fact(at) => FACTS.get(*at).map_or_else(String::new, |row| row.id.to_owned()),
        Piece::Number(number) => grouped(*number),
    }
}

/// A number with its thousands apart, as formulas show it.
pub(crate) fn grouped(number: f64) -> String {
    let text = crate::facts::trimmed(number);
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if fraction.is_empty() { out } else { format!("{out}.{fraction}") }
}

/// Four significant digits, so that no false precision is printed.
pub(crate) fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    // Of a share near the whole, what is missing has four digits.
    if value > 0.99 && value < 1.0 {
        return ((1.0 - rounded(1.0 - value)) * 1e9).round() / 1e9;
    }
    let mut scale = 1.0_f64;
    let mut magnitude = value.abs();
    // Powers of ten by multiplication: exact on every target, unlike the logarithm.
    while magnitude < 1000.0 && scale < 1e9 {
        magnitude *= 10.0;
        scale *= 10.0;
    }
    if magnitude >= 10_000.0 { value.round() } else { (value * scale).round() / scale }
}

/// The reasons of a figure by its id.
pub(crate) fn evidence(figures: &[Figure], id: &str) -> Evidence {
    figures.iter().find(|figure| figure.id == id).map(|figure| figure.evidence.clone()).unwrap_or_default()
}
