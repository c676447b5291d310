//! What is lost and how long it takes when the data is gone, compared with what the text demands.

use crate::assumed::Assumed;
use crate::figures::{bytes, duration};
use crate::model::{Figure, Recovery};
use crate::settled::Settled;
use requirements::{Reason, add_reason};

/// How the data is saved, and what that keeps.
pub(super) fn recovery(settled: &Settled, assumed: &mut Assumed) -> Recovery {
    let facts = settled.facts;
    let size = facts.number("storage.live");
    let demanded_point = facts.get("rpo.target");
    let demanded_time = facts.get("rto.target");
    let target = settled.chosen("deployment");
    let nightly = target == "single-vm";
    let mut evidence = settled.reasons(&["rpo.target", "rto.target", "storage.live"]);
    let mut take = |id: &str| {
        let (value, _, reasons) = assumed.take(facts, id);
        for reason in reasons {
            add_reason(&mut evidence, reason);
        }
        value
    };
    let (people, rate) = (take("restore.people"), take("restore.rate"));
    let restore = size / rate.max(1.0);
    // One machine is set up anew; a managed database replays its log.
    let after = take(if nightly { "restore.machine" } else { "restore.log" });
    // One machine has no other that could take over.
    let demanding = !nightly
        && (demanded_time.is_some_and(|time| time < people + restore + after)
            || demanded_point.is_some_and(|point| point < 60.0)
            || facts.number("availability.target") >= 0.9999);
    // A copy that takes longer than a day cannot be made each night.
    let full = if restore > 86_400.0 {
        "a snapshot a night of what changed since the one before"
    } else {
        "a full backup a night"
    };
    let mut restore_time = people + restore + after;
    let working = |steps: [String; 3], what: &str| format!("{}: {what}", steps.join(" + "));
    let copied = format!("{} ÷ {}/s", bytes(size), bytes(rate));
    let (tier, mut method, point, mut time, mut formula, mut restored) = if nightly {
        (
            "nightly-backup",
            format!(
                "deploy/backup.sh every night to a place outside of the machine, {} kept",
                knowledge::nights("nightly-backup")
            ),
            86_400.0,
            restore_time,
            working([duration(people), duration(after), copied], "a person, a new machine, the data"),
            String::new(),
        )
    } else {
        let (over, again) = (take("restore.failover"), take("restore.reconnect"));
        let (tier, method, point) = if demanding {
            let method = format!(
                "a standby in a second zone that commits with the primary, archived write-ahead log, {full} kept elsewhere"
            );
            ("warm-standby", method, 0.0)
        } else {
            let method = format!(
                "archived write-ahead log every 5 minutes, {full}, both in another region for {} days; a standby in a second zone",
                knowledge::nights("backup-and-restore")
            );
            ("backup-and-restore", method, 300.0)
        };
        (
            tier,
            method,
            point,
            over + again,
            format!("{} + {}: fail-over, then new connections", duration(over), duration(again)),
            working([duration(people), copied, duration(after)], "a person, the data, the log"),
        )
    };
    method += &elsewhere(settled);
    let (files, copied) = (facts.number("files.live"), facts.number("files.live") / rate.max(1.0));
    match settled.chosen("files") {
        "none" => {}
        // Disks of one's own go with the rest.
        "own-object-store" if !demanding => {
            method += "; files are copied to a second store each night";
            restore_time += copied;
            time += if nightly { copied } else { 0.0 };
            let working = if nightly { &mut formula } else { &mut restored };
            if let Some((sum, parts)) = working.split_once(": ") {
                *working = format!("{sum} + {} ÷ {}/s: {parts}, the files", bytes(files), bytes(rate));
            }
        }
        _ => {
            method += &format!(
                "; of files the object store keeps old versions, and copies each to a second bucket: they stay when the rest is lost, and to copy all {} back takes {}",
                bytes(files),
                duration(copied)
            );
        }
    }
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
        restore_time,
        restore: restored,
        evidence,
    }
}

/// What keeps the data where a second place is to run as well.
fn elsewhere(settled: &Settled) -> String {
    match super::sites::running(&settled.analysis.requirements).as_slice() {
        [first, second, ..] => format!(
            "; a copy of the database in {}, which is promoted when {} is lost",
            second.row.place, first.row.place
        ),
        _ => String::new(),
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
