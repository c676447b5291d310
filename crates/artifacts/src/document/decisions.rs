//! What was decided, with the scores of all options.

use crate::markdown::{code, reasons, table, text};
use crate::records;
use design::Design;

pub(super) fn decisions(design: &Design) -> String {
    if design.decisions.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for (at, decision) in records::recorded(design).enumerate() {
        out += &format!("### {}. {}: {}\n\n", at + 1, text(&decision.title), text(&decision.name));
        out += &format!("Chosen {} ({}).\n\n", text(&records::why(decision)), reasons(&decision.evidence));
        out += &records::options(decision);
        for consequence in &decision.consequences {
            out += &format!("- {}\n", text(consequence));
        }
        out += &format!(
            "\nRevisit when {}. Explained in the guide {}.\n\n",
            text(&decision.revisit),
            code(&decision.guide)
        );
    }
    let recorded: Vec<&str> = records::recorded(design).map(|decision| decision.slot.as_str()).collect();
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
    out
}
