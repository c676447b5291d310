//! Where the system runs.

use super::chosen;
use super::page::Page;
use super::places;
use crate::markdown::{code, reasons, text};
use crate::records;
use crate::units::{amount, number};
use design::Design;

pub(super) fn deployment(design: &Design, page: &mut Page) {
    if design.deployment.components.is_empty() {
        return;
    }
    if let Some(decision) = chosen(design, "deployment") {
        page.say(&format!(
            "Target: {}, {} ({}).",
            text(&decision.name),
            text(&records::why(decision)),
            places::decided("deployment")
        ));
    }
    if let Some(note) = crate::deploy::place_note(design) {
        page.say(&note);
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
                places::decided(&component.decision),
            ]
        })
        .collect();
    page.table("", &["Part", "What it is", "Zone", "Instances", "Decision"], &rows);
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
    let values = super::scalability::values(design);
    let figures: Vec<Vec<String>> = places::sizes(design)
        .enumerate()
        .map(|(at, figure)| {
            vec![
                text(&figure.label),
                text(&amount(figure.value, &figure.unit)),
                text(&figure.formula),
                reasons(&figure.evidence),
                text(&super::scalability::worked(&values, figure)) + &places::at(&places::figure('z', at)),
            ]
        })
        .collect();
    page.table(
        "Sizes and times",
        &["Figure", "Value", "Formula", "Because of", "With the numbers put in"],
        &figures,
    );
    let recovery = &design.deployment.recovery;
    let working = match recovery.restore.as_str() {
        "" => recovery.formula.clone(),
        restore => format!(
            "{}; where the standby is lost as well, {}: {restore}",
            recovery.formula,
            amount(recovery.restore_time, "seconds")
        ),
    };
    page.table(
        "Recovery",
        &["Saved by", "Lost at most", "Answers again after", "Working", "Demanded", "Because of"],
        &[vec![
            text(&recovery.method),
            text(&amount(recovery.point, "seconds")),
            text(&amount(recovery.time, "seconds")),
            text(&working),
            text(if recovery.verdict.is_empty() { "nothing" } else { &recovery.verdict }),
            reasons(&recovery.evidence),
        ]],
    );
    watched_and_paid(design, page);
    page.table("Environments", &["Environment", "What runs", "Data", "Deployed by"], &environments);
    for slot in ["delivery", "observability"] {
        if let Some(decision) = chosen(design, slot) {
            page.say(&format!(
                "{}: {}. {} ({})",
                text(&decision.title),
                text(&decision.name),
                text(&decision.consequences.join(" ")),
                places::decided(slot)
            ));
        }
    }
}

/// What is watched, and what it costs.
fn watched_and_paid(design: &Design, page: &mut Page) {
    let alerts: Vec<Vec<String>> = design
        .deployment
        .alerts
        .iter()
        .map(|alert| {
            vec![code(&alert.id), text(&alert.severity), text(&alert.summary), reasons(&alert.evidence)]
        })
        .collect();
    page.introduced(
        "Alerts",
        &format!(
            "Rules with unit tests stand in {}, a page for each in {}. They are bound to {}, {} and {}.",
            code("deploy/alerts.yml"),
            code("deploy/runbook.md"),
            code("availability.target"),
            code("latency.target"),
            code("pool.size")
        ),
        &["Alert", "Severity", "What is wrong", "Because of"],
        &alerts,
    );
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
        let assumed = design.assumptions.iter().map(|known| known.subject.as_str());
        let prices: Vec<String> = assumed.filter(|id| id.starts_with("price.")).map(code).collect();
        let (low, high) =
            costs.iter().fold((0.0, 0.0), |(low, high), cost| (low + cost.low, high + cost.high));
        page.introduced(
            "Cost",
            &format!(
                "{} to {} US dollars a month; unit prices: {}: {}.",
                number(low),
                number(high),
                text(&costs[0].source),
                prices.join(" ")
            ),
            &["Part", "Dollars a month", "Working"],
            &rows,
        );
    }
}
