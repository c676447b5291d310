//! Contradictions that only the computed figures show: what the text demands against what its parts, its size or its
//! money give. The cheapest way out comes first.

use crate::capacity::{grouped, rounded};
use crate::decisions;
use crate::facts::Facts;
use crate::model::{Decision, Figure};
use requirements::{Analysis, Conflict, Reason};

/// Adds what the figures contradict to the conflicts that the text shows by itself.
pub(crate) fn conflicts(analysis: &mut Analysis, facts: &Facts, decisions: &[Decision]) {
    let get = |id: &str| facts.get(id);
    let is = |slot: &str, option: &str| decisions::chosen(decisions, slot) == option;
    let mut found: Vec<(&[&str], String, String)> = Vec::new();
    if let (Some(target), Some(composed)) = (get("availability.target"), get("availability.composed"))
        && target > composed
    {
        found.push((
            &["availability.target"],
            format!(
                "{} leaves {} minutes a month, but the parts in a row give {}: {} minutes a month.",
                share(target),
                minutes(get("downtime.month")),
                share(composed),
                minutes(get("downtime.composed"))
            ),
            cheapest_first(&[
                // On one machine, and in the customer's house, there is no traffic to split.
                (
                    (is("deployment", "managed-containers") || is("deployment", "kubernetes"))
                        && !is("delivery", "canary"),
                    "release by canary with automatic return, so that releases cost less",
                ),
                (true, "let the user-facing part degrade instead of fail"),
                (
                    is("deployment", "single-vm"),
                    "two instances and a standby database in place of one machine",
                ),
                (is("deployment", "on-premises"), "a second machine in another room, which takes over"),
                (
                    !is("deployment", "single-vm")
                        && !is("deployment", "on-premises")
                        && get("users.daily").is_some_and(|people| people >= MANY),
                    "a warm standby in a second region",
                ),
                (true, "or promise what the parts give"),
            ]),
        ));
    }
    if let (Some(allowed), Some(sum)) = (get("latency.server"), get("latency.sum"))
        && sum > allowed
    {
        found.push((
            &["latency.target"],
            format!(
                "The servers have {} ms of the latency target, but a handler, three reads and a write add up to {} ms at most.",
                grouped(rounded(allowed * 1000.0)),
                grouped(rounded(sum * 1000.0))
            ),
            "Cheapest first: fewer reads for an answer, answers kept at the edge, then a larger database.".to_owned(),
        ));
    }
    // Elsewhere a standby takes over, and a restore is what is left where that is lost too.
    if let (Some(target), Some(restore)) = (get("rto.target"), get("restore.time"))
        && restore > target
        && is("deployment", "single-vm")
    {
        found.push((
            &["rto.target"],
            format!(
                "A restore of the data after a year takes {} minutes, but {} minutes are allowed.",
                minutes(Some(restore)),
                minutes(Some(target))
            ),
            "Cheapest first: archive what is old so that less is restored, then a standby that takes over."
                .to_owned(),
        ));
    }
    for (ids, explanation, resolution) in found {
        add(analysis, facts, ids, explanation, &resolution);
    }
}

/// From how many people a day on a second region is worth a word.
const MANY: f64 = 1000.0;

/// The ways out that the design leaves.
fn cheapest_first(ways: &[(bool, &str)]) -> String {
    let open: Vec<&str> = ways.iter().filter(|(open, _)| *open).map(|(_, way)| *way).collect();
    format!("Cheapest first: {}.", open.join("; "))
}

/// Compares the bill with the budget of a month. What there is in all pays for the work, and is compared by the roadmap.
pub(crate) fn budget(analysis: &mut Analysis, facts: &Facts, decisions: &[Decision], bill: &[Figure]) {
    let low = bill.iter().find(|figure| figure.id == "cost.low").map(|figure| figure.value);
    if let (Some((id, months)), Some(low)) = (facts.budget_of_months(), low)
        && facts.number(id) < low * months
    {
        let explanation = format!(
            "The budget is {}{}, but one month costs at least {} USD.",
            crate::facts::money(analysis, facts.number(id)),
            if months > 1.0 { " a year" } else { "" },
            grouped(rounded(low).ceil())
        );
        let smallest = matches!(decisions::chosen(decisions, "deployment"), "single-vm" | "on-premises");
        let resolution = cheapest_first(&[
            (!smallest, "one machine instead of two with a standby database, at a lower availability"),
            (smallest, "a smaller machine or a cheaper provider"),
            (true, "or more money"),
        ]);
        add(analysis, facts, &[id], explanation, &resolution);
    }
}

/// Adds a conflict of the statements behind facts; what was assumed contradicts nobody.
fn add(analysis: &mut Analysis, facts: &Facts, ids: &[&str], explanation: String, resolution: &str) {
    let statements: Vec<String> = ids
        .iter()
        .flat_map(|id| facts.reasons(id))
        .filter(|reason| matches!(reason, Reason::Statement(_)))
        .map(|reason| reason.to_string())
        .collect();
    if statements.is_empty() {
        return;
    }
    analysis.conflicts.push(Conflict {
        id: format!("c{}", analysis.conflicts.len() + 1),
        statements,
        explanation,
        resolution: resolution.to_owned(),
    });
}

fn share(value: f64) -> String {
    format!("{} %", grouped((value * 1_000_000.0).round() / 10_000.0))
}

fn minutes(seconds: Option<f64>) -> String {
    grouped(rounded(seconds.unwrap_or_default() / 6.0).round() / 10.0)
}
