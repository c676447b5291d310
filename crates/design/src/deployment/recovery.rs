//! What is lost and how long it takes when the data is gone, compared with what the text demands.

use crate::figures::{bytes, duration};
use crate::model::{Figure, Recovery};
use crate::settled::Settled;
use requirements::Reason;

/// Bytes a second at which a backup is read back; our heuristic, half of what a disk does.
const RESTORE: f64 = 150e6;
/// Seconds until a person is at it and has decided.
const PEOPLE: f64 = 15.0 * 60.0;
/// Seconds until a standby has taken over.
const FAILOVER: f64 = 60.0;
/// Seconds until a new machine with the program stands.
const MACHINE: f64 = 15.0 * 60.0;

/// How the data is saved, and what that keeps.
pub(super) fn recovery(settled: &Settled) -> Recovery {
    let facts = settled.facts;
    let size = facts.number("storage.year");
    let demanded_point = facts.get("rpo.target");
    let demanded_time = facts.get("rto.target");
    let target = settled.chosen("deployment");
    let nightly = target == "single-vm";
    let demanding = demanded_time.is_some_and(|time| time < PEOPLE + MACHINE)
        || demanded_point.is_some_and(|point| point < 60.0)
        || facts.number("availability.target") >= 0.9999;
    let restore = size / RESTORE;
    let (tier, method, point, time, formula) = if demanding {
        (
            "warm-standby",
            "a standby in a second zone that commits with the primary, archived write-ahead log, a full backup a night kept elsewhere".to_owned(),
            0.0,
            FAILOVER + 120.0,
            format!("{} + {}: fail-over, then new connections", duration(FAILOVER), duration(120.0)),
        )
    } else if nightly {
        (
            "nightly-backup",
            "deploy/backup.sh every night to a place outside of the machine, 14 kept".to_owned(),
            86_400.0,
            PEOPLE + MACHINE + restore,
            format!(
                "{} + {} + {} ÷ {}/s: a person, a new machine, the data",
                duration(PEOPLE),
                duration(MACHINE),
                bytes(size),
                bytes(RESTORE)
            ),
        )
    } else {
        (
            "backup-and-restore",
            "archived write-ahead log every 5 minutes, a full backup a night, both in another region for 30 days; a standby in a second zone".to_owned(),
            300.0,
            PEOPLE + restore + 600.0,
            format!(
                "{} + {} ÷ {}/s + {}: a person, the data, the log",
                duration(PEOPLE),
                bytes(size),
                bytes(RESTORE),
                duration(600.0)
            ),
        )
    };
    let mut evidence = settled.reasons(&["rpo.target", "rto.target", "storage.year"]);
    if evidence.is_empty() {
        evidence.push(Reason::rule("recovery"));
    }
    Recovery {
        tier: tier.to_owned(),
        verdict: verdict(point, time, demanded_point, demanded_time),
        method,
        point,
        time,
        formula,
        evidence,
    }
}

/// What the tier keeps, as figures.
pub(super) fn figures(recovery: &Recovery) -> [Figure; 2] {
    let row = knowledge::RECOVERY.iter().find(|row| row.id == recovery.tier);
    let name = row.map_or_else(String::new, |row| {
        let usual = format!("usually {} and {}", duration(row.point), duration(row.time));
        format!("tier {} ({usual}), adds {} to the bill", row.name, row.extra)
    });
    let figure = |id: &str, label: String, value: f64, formula: String| Figure {
        id: id.to_owned(),
        label,
        value: crate::capacity::rounded(value),
        unit: "seconds".to_owned(),
        formula,
        inputs: Vec::new(),
        evidence: recovery.evidence.clone(),
    };
    let point =
        if recovery.point == 0.0 { "every commit waits for its copy" } else { "time between two copies" };
    [
        figure(
            "recovery.point",
            format!("Data lost at the most (RPO): {name}"),
            recovery.point,
            point.to_owned(),
        ),
        figure(
            "recovery.time",
            format!("Back after a loss (RTO): {name}"),
            recovery.time,
            recovery.formula.clone(),
        ),
    ]
}

fn verdict(point: f64, time: f64, demanded_point: Option<f64>, demanded_time: Option<f64>) -> String {
    let mut parts = Vec::new();
    for (name, plan, demanded) in [("loses", point, demanded_point), ("takes", time, demanded_time)] {
        if let Some(demanded) = demanded {
            let word = if plan <= demanded { "kept" } else { "not kept" };
            let plan = if plan == 0.0 { "nothing".to_owned() } else { duration(plan) };
            parts.push(format!(
                "{word}: {name} {plan}, demanded {}",
                if demanded == 0.0 { "nothing".to_owned() } else { duration(demanded) }
            ));
        }
    }
    parts.join("; ")
}
