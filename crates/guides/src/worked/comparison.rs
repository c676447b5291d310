//! All examples next to each other.

use super::example::{Worked, days, figure, peak};
use super::format::{number, table, text};
use super::sections::{ASSUMED, assumptions, key};
use crate::Error;
use design::{Decision, Design};
use std::collections::BTreeSet;

/// The assumptions that every design rests on, by what tells them apart.
pub(super) fn common(designs: &[Worked]) -> Result<BTreeSet<String>, Error> {
    let mut common: Option<BTreeSet<String>> = None;
    for worked in designs {
        let found: BTreeSet<String> = assumptions(worked)?.iter().map(|row| key(row)).collect();
        common = Some(common.map_or(found.clone(), |known| &known & &found));
    }
    // What one design alone assumes is not shared with anything.
    Ok(if designs.len() > 1 { common.unwrap_or_default() } else { BTreeSet::new() })
}

/// The generated part that lists those assumptions.
pub(super) fn assumed(designs: &[Worked], common: &BTreeSet<String>) -> Result<String, Error> {
    let Some(first) = designs.first() else { return Ok(String::new()) };
    let rows: Vec<Vec<String>> = assumptions(first)?
        .into_iter()
        .filter(|row| common.contains(&key(row)))
        // Which decisions read a fact differs from design to design.
        .map(|row| row[..ASSUMED.len() - 1].to_vec())
        .collect();
    Ok(table(&ASSUMED[..ASSUMED.len() - 1], &rows, rows.len(), ""))
}

/// The generated part that compares the designs.
pub(super) fn comparison(designs: &[Worked]) -> String {
    let cell = |value: Option<f64>| value.map_or("none".to_owned(), number);
    let rows: Vec<Vec<String>> = designs
        .iter()
        .map(|worked| {
            let design = &worked.design;
            let (p50, p90) = days(design);
            vec![
                text(&worked.title),
                choice(design, "architecture"),
                choice(design, "database"),
                cell(peak(design)),
                cell(figure(design, "instances.needed")),
                cell(figure(design, "downtime.month")),
                cell(figure(design, "storage.year").map(|bytes| bytes / 1e9)),
                design.model.entities.len().to_string(),
                design.api.operations.len().to_string(),
                format!("{} to {}", number(p50), number(p90)),
            ]
        })
        .collect();
    let heads = [
        "Example",
        "Style",
        "Store",
        "Peak requests/s",
        "Instances",
        "Minutes down a month",
        "GB after a year",
        "Entities",
        "Operations",
        "Days, P50 to P90",
    ];
    let mut out = table(&heads, &rows, rows.len(), "");
    out += "The decisions in which they differ:\n\n";
    let rows = differences(designs);
    out + &table(&["Decision", "Chosen by"], &rows, rows.len(), "")
}

/// The slots in which not all designs agree, with who chose what.
fn differences(designs: &[Worked]) -> Vec<Vec<String>> {
    let mut slots: Vec<&Decision> = Vec::new();
    for decision in designs.iter().flat_map(|worked| &worked.design.decisions) {
        if slots.iter().all(|known| known.slot != decision.slot) {
            slots.push(decision);
        }
    }
    let mut rows = Vec::new();
    for slot in slots {
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for worked in designs {
            let Some(decision) = decision(&worked.design, &slot.slot) else { continue };
            match groups.iter_mut().find(|(name, _)| *name == decision.name) {
                Some((_, members)) => members.push(text(&worked.title)),
                None => groups.push((&decision.name, vec![text(&worked.title)])),
            }
        }
        if groups.len() > 1 {
            // The choice of most is named once and without its many members.
            let most = groups.iter().map(|(_, members)| members.len()).max().unwrap_or_default();
            let usual = groups.iter().position(|(_, members)| members.len() == most && most > 1);
            let cells: Vec<String> = groups
                .iter()
                .enumerate()
                .map(|(at, (name, members))| {
                    let who = if Some(at) == usual { "the others".to_owned() } else { members.join(", ") };
                    format!("**{}**: {who}", text(name))
                })
                .collect();
            rows.push(vec![text(&slot.title), cells.join("; ")]);
        }
    }
    rows
}

fn decision<'a>(design: &'a Design, slot: &str) -> Option<&'a Decision> {
    design.decisions.iter().find(|decision| decision.slot == slot)
}

/// What was chosen, without the half-sentence that explains it.
fn choice(design: &Design, slot: &str) -> String {
    let short = |name: &str| text(name.split(',').next().unwrap_or(name));
    decision(design, slot).map_or("none".to_owned(), |decision| short(&decision.name))
}
