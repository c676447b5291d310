//! What operations, relations and edges are guaranteed, and the sagas with their diagrams.

use super::places;
use crate::diagrams;
use crate::markdown::{code, fence, reasons, table, text};
use crate::units::amount;
use design::{Design, Guarantee, Saga};

/// The most subjects that a row names.
const MOST: usize = 8;

pub(super) fn consistency(design: &Design) -> String {
    let consistency = &design.consistency;
    let mut out = String::new();
    for (title, what, list) in [
        ("Consistency of operations", "Operations", &consistency.operations),
        ("Consistency of relations", "Relations", &consistency.relations),
    ] {
        if !list.is_empty() {
            let heads = ["Guarantee", "At the latest", what, "Kept by", "Because", "Rule"];
            out += &format!("### {title}\n\n{}", table(&heads, &grouped(list)));
        }
    }
    let edges: Vec<Vec<String>> = consistency
        .edges
        .iter()
        .map(|edge| {
            vec![
                format!("{} → {}", text(&few(&edge.from)), text(&edge.to)),
                text(&edge.puts.join(", ")),
                text(&edge.mechanism),
                text(&edge.because),
                reasons(&edge.evidence),
            ]
        })
        .collect();
    if !edges.is_empty() {
        out += "### Edges\n\n";
        out += &table(&["Edge", "Put there", "How", "Because", "Rests on"], &edges);
    }
    for saga in &consistency.sagas {
        out += &steps(saga);
    }
    out
}

/// One row for each rule, with its subjects.
fn grouped(list: &[Guarantee]) -> Vec<Vec<String>> {
    let mut groups: Vec<(&Guarantee, Vec<&str>)> = Vec::new();
    for guarantee in list {
        match groups.iter_mut().find(|(known, _)| known.evidence.first() == guarantee.evidence.first()) {
            Some((_, subjects)) => subjects.push(&guarantee.subject),
            None => groups.push((guarantee, vec![&guarantee.subject])),
        }
    }
    let row = |(guarantee, subjects): (&Guarantee, Vec<&str>)| {
        let mut named: Vec<String> = subjects.iter().take(MOST).map(|subject| code(subject)).collect();
        if subjects.len() > MOST {
            named.push(format!("and {} more", subjects.len() - MOST));
        }
        let bound = if guarantee.bound > 0.0 {
            text(&amount(guarantee.bound, "seconds"))
        } else {
            "at once".to_owned()
        };
        vec![
            text(&guarantee.model),
            bound,
            named.join(" "),
            text(&guarantee.mechanism),
            text(&guarantee.because),
            format!(
                "{} {}",
                places::decided("consistency"),
                reasons(guarantee.evidence.get(..1).unwrap_or_default())
            ),
        ]
    };
    groups.into_iter().map(row).collect()
}

/// The first of what stands before an edge.
fn few(from: &str) -> String {
    let all: Vec<&str> = from.split(", ").collect();
    match all.split_at_checked(MOST) {
        Some((first, rest)) if rest.len() > 1 => format!("{} and {} more", first.join(", "), rest.len()),
        _ => from.to_owned(),
    }
}

/// A saga with its steps and its diagram.
fn steps(saga: &Saga) -> String {
    let row = |(at, step): (usize, &design::SagaStep)| {
        let back = if step.compensation.is_empty() {
            "nothing: it is repeated".to_owned()
        } else {
            text(&step.compensation)
        };
        vec![(at + 1).to_string(), text(&step.participant), text(&step.action), back]
    };
    let rows: Vec<Vec<String>> = saga.steps.iter().enumerate().map(row).collect();
    format!(
        "### Saga of {}\n\nNeeded, since {} ({}); {}.\n\n{}{}",
        text(&saga.operation),
        text(&saga.because),
        reasons(&saga.evidence),
        text(&saga.mechanism),
        table(&["Step", "Who", "Does", "Taken back by"], &rows),
        {
            let drawn = diagrams::saga(saga);
            format!("{}:\n\n{}", text(&drawn.title), fence("mermaid", &drawn.source))
        }
    )
}
