//! Step 6: what carries the load, and what gives way first.

use crate::capacity;
use crate::decisions::{self, Settlement};
use crate::deployment::value;
use crate::facts::Facts;
use crate::model::{Break, Figure, Limit, Rung, Scalability};
use crate::settled::Settled;
use knowledge::Order as _;
use knowledge::number;

/// The most processors that one database machine is planned with.
const MOST_CPUS: f64 = 64.0;

/// The part that grows by instances.
const APPLICATION: &str = "application instances";

/// A part that saturates, whatever the number of instances.
struct Part {
    name: &'static str,
    /// The figure that loads it.
    load: &'static str,
    ceiling: f64,
    unit: &'static str,
    remedy: &'static str,
    source: String,
}

/// The parts that this design has: the database as it is sized, its disk, and the job table where that was decided.
fn parts(facts: &Facts, settlement: &Settlement) -> Vec<Part> {
    let chosen = |slot: &str| decisions::chosen(&settlement.decisions, slot);
    let cpus = facts.number("database.cpus.needed").clamp(1.0, MOST_CPUS);
    [
        ("database writes", "writes.peak", "limit.vcpu.writes", "move to a larger database machine"),
        ("database reads", "database.reads", "limit.vcpu.reads", "add a read replica for lists"),
        ("database size", "storage.live", "limit.disk", "archive or partition the largest table by time"),
        ("job table", "jobs.peak", "limit.jobs", "take jobs in batches, then move them to a queue"),
    ]
    .into_iter()
    .filter(|(name, ..)| *name != "job table" || chosen("messaging") == "postgres-jobs")
    .filter_map(|(name, load, limit, remedy)| {
        let row = number(limit)?;
        let sized = limit.starts_with("limit.vcpu.");
        let source = format!("{} ({})", row.source, row.kind);
        Some(Part {
            name,
            load,
            ceiling: if sized { row.value * cpus } else { row.value },
            unit: row.unit,
            remedy,
            source: if sized { format!("{limit} × {cpus} vCPU; {source}") } else { source },
        })
    })
    .collect()
}

/// Compares the computed load with the known limits, the nearest limit first.
pub(crate) fn scalability(facts: &Facts, figures: &[Figure], settlement: &Settlement) -> Scalability {
    let carried = ["instances.needed", "instance.cpus", "cpu.utilisation"];
    let carried: f64 = carried.iter().map(|id| facts.number(id)).product();
    let mut limits = vec![Limit {
        part: APPLICATION.to_owned(),
        load: capacity::rounded(facts.number("requests.peak")),
        ceiling: capacity::rounded(carried / facts.number("cpu.request").max(1e-9)),
        unit: "requests per second".to_owned(),
        remedy: "add an instance".to_owned(),
        source: "instances.needed × instance.cpus × cpu.utilisation ÷ cpu.request".to_owned(),
        evidence: capacity::evidence(figures, "instances.needed"),
    }];
    let parts = parts(facts, settlement);
    for part in &parts {
        let Some(value) = facts.get(part.load) else { continue };
        limits.push(Limit {
            part: part.name.to_owned(),
            load: capacity::rounded(value),
            ceiling: part.ceiling,
            unit: part.unit.to_owned(),
            remedy: part.remedy.to_owned(),
            source: part.source.clone(),
            evidence: facts.reasons(part.load),
        });
    }
    nearest_first(&mut limits);
    let (breaks, ladder) = growth(facts, settlement, &parts);
    Scalability { limits, breaks, ladder, failures: Vec::new(), shards: None }
}

/// Takes the ceiling of the application from the instances as they are deployed.
pub(crate) fn sized(scalability: &mut Scalability, settled: &Settled, figures: &[Figure]) {
    let (most, millis) = (value(figures, "replicas.max"), value(figures, "instance.request"));
    let each = settled.facts.number("cpu.utilisation") / settled.facts.number("cpu.request").max(1e-9);
    let limit = scalability.limits.iter_mut().find(|limit| limit.part == APPLICATION);
    if let Some(limit) = limit.filter(|_| most > 0.0) {
        if settled.chosen("deployment") == "single-vm" {
            "move to a larger machine".clone_into(&mut limit.remedy);
        }
        limit.ceiling = capacity::rounded(most * millis / 1000.0 * each);
        "replicas.max × instance.request ÷ 1,000 × cpu.utilisation ÷ cpu.request"
            .clone_into(&mut limit.source);
    }
    nearest_first(&mut scalability.limits);
}

/// Spreads what loads the database over its shards, of which each is a database of that size.
pub(crate) fn spread(scalability: &mut Scalability) {
    const MORE: &str = "add a shard";
    let Some(count) = scalability.shards.as_ref().map(|shards| shards.count) else { return };
    let of_shard = |part: &mut String, remedy: &mut String| {
        let spread = part.starts_with("database");
        if spread {
            part.push_str(" of a shard");
            MORE.clone_into(remedy);
        }
        spread
    };
    for limit in &mut scalability.limits {
        if of_shard(&mut limit.part, &mut limit.remedy) {
            limit.load = capacity::rounded(limit.load / count);
        }
    }
    for step in &mut scalability.breaks {
        if of_shard(&mut step.part, &mut step.remedy) {
            step.share = capacity::rounded(step.share / count);
        }
    }
    nearest_first(&mut scalability.limits);
}

fn nearest_first(limits: &mut [Limit]) {
    limits.order_by(|a, b| (b.load / b.ceiling).total_cmp(&(a.load / a.ceiling)));
}

/// What gives way first, and which decisions change, as the load grows a hundredfold.
fn growth(facts: &Facts, settlement: &Settlement, parts: &[Part]) -> (Vec<Break>, Vec<Rung>) {
    let mut breaks = Vec::new();
    for factor in [1.0, 10.0, 100.0] {
        let (values, _) = settlement.at_load(facts, factor);
        let get = |id: &str| knowledge::fact(id).and_then(|at| values.known(at)).unwrap_or(0.0);
        let share = |part: &Part| get(part.load) / part.ceiling;
        if let Some(part) = parts.iter().max_by(|a, b| share(a).total_cmp(&share(b))) {
            breaks.push(Break {
                factor,
                requests_peak: capacity::rounded(get("requests.peak")),
                part: part.name.to_owned(),
                share: capacity::rounded(share(part)),
                remedy: part.remedy.to_owned(),
            });
        }
    }
    (breaks, settlement.ladder(facts))
}
