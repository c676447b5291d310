//! Where the system runs.

use super::chosen;
use crate::markdown::{code, table, text};
use crate::records;
use design::Design;

pub(super) fn deployment(design: &Design) -> String {
    if design.deployment.components.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    if let Some(decision) = chosen(design, "deployment") {
        out += &format!("Target: {}, {}.\n\n", text(&decision.name), text(&records::why(decision)));
    }
    let rows: Vec<Vec<String>> = design
        .deployment
        .components
        .iter()
        .filter(|component| !component.technology.is_empty())
        .map(|component| {
            vec![
                text(&component.name),
                text(&component.technology),
                text(&component.zone),
                component.instances.to_string(),
                code(&component.decision),
            ]
        })
        .collect();
    out += &table(&["Part", "What it is", "Zone", "Instances", "Decision"], &rows);
    out += &format!("Environments: {}.\n\n", text(&design.deployment.environments.join(", ")));
    for slot in ["delivery", "observability"] {
        if let Some(decision) = chosen(design, slot) {
            out += &format!(
                "{}: {}. {}\n\n",
                text(&decision.title),
                text(&decision.name),
                text(&decision.consequences.join(" "))
            );
        }
    }
    out
}
