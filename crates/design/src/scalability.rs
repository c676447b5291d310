//! Step 6: what carries the load, and what gives way first.

use crate::capacity;
use crate::facts::Facts;
use crate::model::{Figure, Limit, Scalability};
use knowledge::number;

/// Compares the computed load with the known limits, the nearest limit first.
pub(crate) fn scalability(facts: &Facts, figures: &[Figure]) -> Scalability {
    let instances = facts.number("instances.needed").max(1.0);
    let per_instance = facts.number("instance.cpus") * facts.number("cpu.utilisation")
        / facts.number("cpu.request").max(f64::MIN_POSITIVE);
    let mut limits = vec![Limit {
        part: "application instances".to_owned(),
        load: capacity::rounded(facts.number("requests.peak")),
        ceiling: capacity::rounded(instances * per_instance),
        unit: "requests per second".to_owned(),
        remedy: "add an instance".to_owned(),
        source: "instances.needed × instance.cpus × cpu.utilisation ÷ cpu.request".to_owned(),
        evidence: capacity::evidence(figures, "instances.needed"),
    }];
    let rows = [
        ("database writes", "writes.peak", "limit.writes", "move to a larger database machine"),
        ("database reads", "reads.peak", "limit.reads", "add a read replica for lists"),
        ("database size", "storage.year", "limit.disk", "archive or partition the largest table by time"),
    ];
    for (part, load, limit, remedy) in rows {
        let (Some(row), Some(fact)) = (number(limit), facts.get(load)) else { continue };
        limits.push(Limit {
            part: part.to_owned(),
            load: capacity::rounded(fact.value),
            ceiling: row.value,
            unit: row.unit.to_owned(),
            remedy: remedy.to_owned(),
            source: format!("{} ({})", row.source, row.kind),
            evidence: fact.evidence.clone(),
        });
    }
    limits.sort_by(|a, b| (b.load / b.ceiling).total_cmp(&(a.load / a.ceiling)));
    Scalability { limits }
}
