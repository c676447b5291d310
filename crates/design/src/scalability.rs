//! Step 6: what carries the load, and what gives way first.

use crate::capacity;
use crate::decisions::Settlement;
use crate::facts::Facts;
use crate::model::{Break, Figure, Limit, Rung, Scalability};
use knowledge::number;

/// The parts that saturate, whatever the number of instances: the load, the limit and what to do before it.
const PARTS: [(&str, &str, &str, &str); 4] = [
    ("database writes", "writes.peak", "limit.writes", "move to a larger database machine"),
    ("database reads", "reads.peak", "limit.reads", "add a read replica for lists"),
    ("database size", "storage.live", "limit.disk", "archive or partition the largest table by time"),
    ("job table", "jobs.peak", "limit.jobs", "take jobs in batches, then move them to a queue"),
];

/// Compares the computed load with the known limits, the nearest limit first.
pub(crate) fn scalability(facts: &Facts, figures: &[Figure], settlement: &Settlement) -> Scalability {
    let mut limits = vec![Limit {
        part: "application instances".to_owned(),
        load: capacity::rounded(facts.number("requests.peak")),
        ceiling: capacity::rounded(facts.number("instances.ceiling")),
        unit: "requests per second".to_owned(),
        remedy: "add an instance".to_owned(),
        source: "instances.needed × instance.cpus × cpu.utilisation ÷ cpu.request".to_owned(),
        evidence: capacity::evidence(figures, "instances.needed"),
    }];
    for (part, load, limit, remedy) in PARTS {
        let (Some(row), Some(value)) = (number(limit), facts.get(load)) else { continue };
        limits.push(Limit {
            part: part.to_owned(),
            load: capacity::rounded(value),
            ceiling: row.value,
            unit: row.unit.to_owned(),
            remedy: remedy.to_owned(),
            source: format!("{} ({})", row.source, row.kind),
            evidence: facts.reasons(load),
        });
    }
    limits.sort_by(|a, b| (b.load / b.ceiling).total_cmp(&(a.load / a.ceiling)));
    let (breaks, ladder) = growth(facts, settlement);
    Scalability { limits, breaks, ladder, failures: Vec::new() }
}

/// What gives way first, and which decisions change, as the load grows a hundredfold.
fn growth(facts: &Facts, settlement: &Settlement) -> (Vec<Break>, Vec<Rung>) {
    let mut breaks = Vec::new();
    for factor in [1.0, 10.0, 100.0] {
        let (values, _) = settlement.at_load(facts, factor);
        let get = |id: &str| knowledge::fact(id).and_then(|at| values.known(at)).unwrap_or(0.0);
        let shares = PARTS.iter().filter_map(|(part, load, limit, remedy)| {
            let ceiling = number(limit)?.value;
            Some((get(load) / ceiling, *part, *remedy))
        });
        if let Some((share, part, remedy)) = shares.max_by(|a, b| a.0.total_cmp(&b.0)) {
            breaks.push(Break {
                factor,
                requests_peak: capacity::rounded(get("requests.peak")),
                part: part.to_owned(),
                share: capacity::rounded(share),
                remedy: remedy.to_owned(),
            });
        }
    }
    (breaks, settlement.ladder(facts))
}
