//! Where the system runs.

use super::chosen;
use crate::markdown::{code, reasons, table, text};
use crate::records;
use crate::units::{amount, number};
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
    let environments: Vec<Vec<String>> = design
        .deployment
        .environments
        .iter()
        .map(|environment| {
            vec![
                text(&environment.name),
                text(&environment.runs),
                text(&environment.data),
                text(&environment.deployed),
            ]
        })
        .collect();
    let figures: Vec<Vec<String>> = design
        .deployment
        .figures
        .iter()
        // The lines of the bill stand in a table of their own.
        .filter(|figure| !figure.id.starts_with("cost."))
        .map(|figure| {
            vec![
                text(&figure.label),
                text(&amount(figure.value, &figure.unit)),
                text(&figure.formula),
                reasons(&figure.evidence),
            ]
        })
        .collect();
    if !figures.is_empty() {
        out += "### Sizes and times\n\n";
        out += &table(&["Figure", "Value", "Formula", "Because of"], &figures);
    }
    let recovery = &design.deployment.recovery;
    out += "### Recovery\n\n";
    out += &table(
        &["Saved by", "Lost at most", "Answers again after", "Working", "Demanded"],
        &[vec![
            text(&recovery.method),
            text(&amount(recovery.point, "seconds")),
            text(&amount(recovery.time, "seconds")),
            text(&recovery.formula),
            text(if recovery.verdict.is_empty() { "nothing" } else { &recovery.verdict }),
        ]],
    );
    out += &watched_and_paid(design);
    out += "### Environments\n\n";
    out += &table(&["Environment", "What runs", "Data", "Deployed by"], &environments);
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

/// What is watched, and what it costs.
fn watched_and_paid(design: &Design) -> String {
    let mut out = String::new();
    let alerts: Vec<Vec<String>> = design
        .deployment
        .alerts
        .iter()
        .map(|alert| vec![code(&alert.id), text(&alert.severity), text(&alert.summary)])
        .collect();
    out += &format!(
        "### Alerts\n\nRules with unit tests stand in {}, a page for each in {}.\n\n",
        code("deploy/alerts.yml"),
        code("deploy/runbook.md")
    );
    out += &table(&["Alert", "Severity", "What is wrong"], &alerts);
    let costs = &design.deployment.costs;
    if !costs.is_empty() {
        let rows: Vec<Vec<String>> = costs
            .iter()
            .map(|cost| {
                vec![
                    text(&cost.part),
                    text(&format!("{} to {}", number(cost.low), number(cost.high))),
                    text(&cost.formula),
                ]
            })
            .collect();
        let (low, high) =
            costs.iter().fold((0.0, 0.0), |(low, high), cost| (low + cost.low, high + cost.high));
        out += &format!(
            "### Cost\n\n{} to {} US dollars a month; unit prices: {}.\n\n",
            number(low),
            number(high),
            text(&costs[0].source)
        );
        out += &table(&["Part", "Dollars a month", "Working"], &rows);
    }
    out
}
