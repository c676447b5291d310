//! The arithmetic of load and size, and what gives way first.

use crate::markdown::{code, reasons, table, text};
use crate::units::{amount, number};
use design::Design;

pub(super) fn scalability(design: &Design) -> String {
    if design.capacity.is_empty() {
        return String::new();
    }
    let mut out = String::from("### Load and size\n\n");
    let rows: Vec<Vec<String>> = design
        .capacity
        .iter()
        .map(|figure| {
            vec![
                text(&figure.label),
                text(&amount(figure.value, &figure.unit)),
                code(&figure.formula),
                reasons(&figure.evidence),
            ]
        })
        .collect();
    out += &table(&["Figure", "Value", "Formula", "Because of"], &rows);
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
                    amount(quantity.value, &quantity.unit)
                )),
                text(quantity.qualifier.as_deref().unwrap_or_default()),
                code(&quantity.statement),
            ]
        })
        .collect();
    if !stated.is_empty() {
        out += "### Numbers that the text states\n\n";
        out += &table(&["Id", "Kind", "Value", "Of", "Statement"], &stated);
    }
    out += "### What gives way first\n\n";
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
            ]
        })
        .collect();
    out + &table(&["Part", "Load", "Ceiling", "Headroom", "Before that", "Source of the ceiling"], &limits)
}
