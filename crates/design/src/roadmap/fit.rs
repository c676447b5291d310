//! Whether the plan fits the team, the deadline and the money that the text states, and what to cut where it does not.

use super::schedule::schedule;
use crate::facts::Facts;
use crate::model::{Cut, Figure, Fit, Task};
use crate::settled::Settled;
use knowledge::Gather as _;
use requirements::Analysis;
use std::collections::{BTreeMap, BTreeSet};

/// Seconds of a week.
const WEEK: f64 = 604_800.0;
/// The most tasks that are listed as cuts: who has to leave out more needs another deadline, and no longer list.
const MOST_CUTS: usize = 40;
/// Working days of a week.
const DAYS: f64 = 5.0;

/// What is compared, and what to cut.
pub(super) fn fit(
    tasks: &[Task],
    values: &BTreeMap<String, f64>,
    (facts, analysis): (&Facts, &Analysis),
    capacity: &[Figure],
    (week, spread, cost): (f64, f64, Option<f64>),
) -> (Vec<Fit>, Vec<Cut>) {
    let all: Vec<&Task> = tasks.iter().collect();
    let engineers = engineers(facts);
    let elapsed = schedule(&all, engineers).days() / week;
    let mut fits = Vec::new();
    let work: f64 = tasks.iter().map(|task| task.days_p50).sum::<f64>() / week;
    let stated = facts.get("deadline").filter(|seconds| *seconds > 0.0).map(|seconds| seconds / WEEK);
    if let Some(weeks) = stated {
        // Where nothing has to be there by a day, any team is large enough.
        let needed = |work: f64| (work / weeks).ceil().max(1.0);
        fits.push(Fit {
            subject: "team".to_owned(),
            stated: engineers as f64,
            p50: needed(work),
            p90: needed(work * spread),
            unit: "engineers".to_owned(),
            said: String::new(),
            evidence: facts.reasons("team.engineers"),
        });
        fits.push(Fit {
            subject: "deadline".to_owned(),
            stated: tenth(weeks),
            p50: tenth(elapsed),
            p90: tenth(elapsed * spread),
            unit: "weeks".to_owned(),
            said: String::new(),
            evidence: facts.reasons("deadline"),
        });
    }
    let figure = |id: &str| capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
    let mut money = |subject: &str, id: &str, p50: f64, p90: f64, unit: &str| {
        fits.push(Fit {
            subject: subject.to_owned(),
            stated: facts.number(id),
            p50,
            p90,
            unit: unit.to_owned(),
            said: crate::facts::said(analysis, facts.number(id)).unwrap_or_default(),
            evidence: facts.reasons(id),
        });
    };
    if let (Some((id, months)), Some(middle)) = (facts.budget_of_months(), figure("cost.month")) {
        let high = figure("cost.high").unwrap_or(middle);
        let unit = if months > 1.0 { "USD a year to run it" } else { "USD a month to run it" };
        money("budget", id, middle * months, high * months, unit);
    }
    // What there is once pays for the work, and not for a month of hosting.
    if let Some(cost) = cost {
        money("budget in all", "budget.total", cost, cost * spread, "USD to build it");
    }
    let cuts = stated.map_or_else(Vec::new, |weeks| cuts(tasks, values, engineers, (weeks, week), spread));
    (fits, cuts)
}

/// The engineers of the team, at least one.
pub(super) fn engineers(facts: &Facts) -> usize {
    // A team of a thousand has no plan of its own; the cast is bounded.
    facts.number("team.engineers").clamp(1.0, 1000.0).round() as usize
}

/// On how many days of a week each engineer works on it; half of them where a sentence on the team says part-time.
pub(super) fn week(settled: &Settled) -> f64 {
    let statements = &settled.analysis.requirements.statements;
    let reasons = settled.facts.reasons("team.engineers");
    let said = reasons.iter().filter_map(|reason| statements.get(reason.place()?));
    said.map(|statement| statement.text.to_lowercase())
        .find_map(|text| {
            let days = [" days a week", " days per week"].into_iter().find_map(|words| {
                let (before, _) = text.split_once(words)?;
                let number = before.rsplit(' ').next()?;
                let word =
                    ["one", "two", "three", "four"].into_iter().zip(1..).find(|(word, _)| *word == number);
                number.parse().ok().or(word.map(|(_, days)| f64::from(days)))
            });
            let part = ["part-time", "part time", "half-time", "half time"];
            let part = part.into_iter().any(|words| text.contains(words)).then_some(DAYS / 2.0);
            days.or(part).filter(|days| *days > 0.0 && *days < DAYS)
        })
        .unwrap_or(DAYS)
}

/// What to leave for later, the least valuable first, until nine plans in ten meet the deadline.
fn cuts(
    tasks: &[Task],
    values: &BTreeMap<String, f64>,
    engineers: usize,
    (weeks, week): (f64, f64),
    spread: f64,
) -> Vec<Cut> {
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    let mut cuts = Vec::new();
    let mut elapsed = length(tasks, &gone, engineers) / week;
    while elapsed * spread > weeks && cuts.len() < MOST_CUTS {
        // A slice that another one rests on is no cut; nor are the skeleton and what makes it fit for use.
        let needed: BTreeSet<&str> = tasks
            .iter()
            .filter(|task| task.phase == "Slices" && !gone.contains(task.id.as_str()))
            .flat_map(|task| task.after.iter().map(String::as_str))
            .gather();
        let candidate = tasks
            .iter()
            .filter(|task| matches!(task.phase.as_str(), "Slices" | "Capabilities"))
            .filter(|task| !gone.contains(task.id.as_str()) && !needed.contains(task.id.as_str()))
            .min_by(|a, b| {
                value(values, a).total_cmp(&value(values, b)).then(b.days_p50.total_cmp(&a.days_p50))
            });
        let slices = |gone: &BTreeSet<&str>| {
            tasks.iter().filter(|task| task.phase == "Slices" && !gone.contains(task.id.as_str())).count()
        };
        let Some(task) = candidate.filter(|task| task.phase != "Slices" || slices(&gone) > 1) else { break };
        gone.insert(&task.id);
        let shorter = length(tasks, &gone, engineers) / week;
        cuts.push(Cut {
            task: task.id.clone(),
            weeks: tenth(elapsed - shorter),
            left: tenth(shorter),
            days: task.days_p50,
            enough: if shorter * spread <= weeks {
                "nine times in ten"
            } else if shorter <= weeks {
                "every other time"
            } else {
                "no"
            }
            .to_owned(),
        });
        elapsed = shorter;
    }
    cuts
}

/// What a task is worth: by how many sentences ask for it.
fn value(values: &BTreeMap<String, f64>, task: &Task) -> f64 {
    values.get(&task.id).copied().unwrap_or_default()
}

/// The days until all is done.
fn length(tasks: &[Task], gone: &BTreeSet<&str>, engineers: usize) -> f64 {
    let left: Vec<&Task> = tasks.iter().filter(|task| !gone.contains(task.id.as_str())).collect();
    schedule(&left, engineers).days()
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
