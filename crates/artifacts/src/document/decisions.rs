//! What was decided, with the scores of all options.

use crate::markdown::{code, reasons, table, text};
use crate::records;
use crate::units::{amount, number};
use design::{Decision, Design};

/// How many values at which a decision changes are shown.
const FLIPS: usize = 3;

pub(super) fn decisions(design: &Design) -> String {
    if design.decisions.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for (at, decision) in records::recorded(design).iter().enumerate() {
        out += &format!("### {}. {}: {}\n\n", at + 1, text(&decision.title), text(&decision.name));
        out += &format!("Chosen {} ({}).", text(&records::why(decision)), reasons(&decision.evidence));
        if !decision.price.is_empty() {
            out += &format!(" {}", text(&decision.price));
        }
        out += "\n\n";
        out += &records::options(decision);
        for consequence in &decision.consequences {
            out += &format!("- {}\n", text(consequence));
        }
        out += "\n";
        out += &flips(decision);
        out += &format!(
            "Revisit when {}, as the guide explains: {}.\n\n",
            text(&decision.revisit),
            code(&decision.guide)
        );
    }
    out += &modules(design);
    out += &super::consistency::consistency(design);
    let recorded: Vec<&str> =
        records::recorded(design).iter().map(|decision| decision.slot.as_str()).collect();
    let left: Vec<Vec<String>> = design
        .decisions
        .iter()
        .filter(|decision| !recorded.contains(&decision.slot.as_str()))
        .map(|decision| vec![text(&decision.title), text(&decision.name), text(&decision.revisit)])
        .collect();
    if !left.is_empty() {
        out += "### Deliberately left at the least\n\n";
        out += &table(&["Decision", "Left at", "Think again when"], &left);
    }
    let unused: Vec<Vec<String>> = design
        .unused
        .iter()
        .map(|unused| vec![text(&unused.name), text(&unused.why), text(&unused.would_change)])
        .collect();
    if !unused.is_empty() {
        out += "### Deliberately not used\n\n";
        out += &table(&["What", "Why not", "What would change that"], &unused);
    }
    out
}

/// The numbers at which a decision would be another, as a sentence.
fn flips(decision: &Decision) -> String {
    let said: Vec<String> = decision
        .flips
        .iter()
        .take(FLIPS)
        .map(|flip| {
            format!(
                "{} {} at {} of {} (now {}, ×{} away)",
                text(&flip.name),
                if flip.at > flip.now { "from" } else { "below" },
                text(&amount(flip.at, &flip.unit)),
                code(&flip.fact),
                text(&amount(flip.now, &flip.unit)),
                number(flip.headroom)
            )
        })
        .collect();
    if said.is_empty() { String::new() } else { format!("It would be {}.\n\n", said.join("; ")) }
}

/// The modules of the application with what they call.
fn modules(design: &Design) -> String {
    if design.modules.len() < 2 {
        return String::new();
    }
    let name = |id: &String| {
        design
            .modules
            .iter()
            .find(|module| module.id == *id)
            .map_or_else(String::new, |module| text(&module.name))
    };
    let rows: Vec<Vec<String>> = design
        .modules
        .iter()
        .map(|module| {
            vec![
                text(&module.name),
                text(&module.entities.join(", ")),
                module.depends_on.iter().map(name).collect::<Vec<_>>().join(", "),
                text(&module.deployable),
                text(&amount(module.coupling, "ratio")),
            ]
        })
        .collect();
    format!(
        "### Modules\n\n{}",
        table(&["Module", "Entities", "Calls", "Runs in", "Coupling that leaves it"], &rows)
    )
}
