//! What was decided, with the scores of all options.

use super::page::Page;
use super::places;
use crate::markdown::{code, reasons, text};
use crate::records;
use crate::units::{amount, number};
use design::{Decision, Design};

/// How many values at which a decision changes are shown.
const FLIPS: usize = 3;

pub(super) fn decisions(design: &Design, page: &mut Page) {
    if design.decisions.is_empty() {
        return;
    }
    let decided: Vec<Vec<String>> = records::recorded(design)
        .iter()
        .map(|decision| {
            vec![
                places::at(&places::decision(&decision.slot)) + &text(&decision.title),
                text(&decision.name),
                text(&records::why(decision)),
                reasons(&decision.evidence),
                code(&decision.guide),
            ]
        })
        .collect();
    page.table("", &["Decision", "Chosen", "Why", "Because of", "Guide"], &decided);
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
    page.folded("Scores of all options, consequences, and when to decide anew", &out);
    modules(design, page);
    page.raw(&super::consistency::consistency(design));
    let recorded: Vec<&str> =
        records::recorded(design).iter().map(|decision| decision.slot.as_str()).collect();
    let left: Vec<Vec<String>> = design
        .decisions
        .iter()
        .filter(|decision| !recorded.contains(&decision.slot.as_str()))
        .map(|decision| {
            let title = places::at(&places::decision(&decision.slot)) + &text(&decision.title);
            vec![title, text(&decision.name), text(&decision.revisit)]
        })
        .collect();
    page.table("Deliberately left at the least", &["Decision", "Left at", "Think again when"], &left);
    let unused: Vec<Vec<String>> = design
        .unused
        .iter()
        .map(|unused| {
            let name = format!("{} ({})", text(&unused.name), places::decided(&unused.slot));
            vec![name, text(&unused.why), text(&unused.would_change)]
        })
        .collect();
    page.table("Deliberately not used", &["What", "Why not", "What would change that"], &unused);
}

/// The numbers at which a decision would be another, as a sentence.
fn flips(decision: &Decision) -> String {
    let said: Vec<String> = decision
        .flips
        .iter()
        .take(FLIPS)
        .map(|flip| {
            let far = if flip.headroom < 1.1 {
                "next to it".to_owned()
            } else {
                format!("×{} away", number(flip.headroom))
            };
            format!(
                "{} {} {} of {} (now {}, {far})",
                text(&flip.name),
                if flip.at > flip.now { "from" } else { "below" },
                text(&amount(flip.at, &flip.unit)),
                code(&flip.fact),
                text(&amount(flip.now, &flip.unit))
            )
        })
        .collect();
    if said.is_empty() { String::new() } else { format!("It would be {}.\n\n", said.join("; ")) }
}

/// The modules of the application with what they call.
fn modules(design: &Design, page: &mut Page) {
    if design.modules.len() < 2 {
        return;
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
                reasons(&module.evidence),
            ]
        })
        .collect();
    page.table(
        "Modules",
        &["Module", "Entities", "Calls", "Runs in", "Coupling that leaves it", "Because of"],
        &rows,
    );
}
