//! What the parts cost a month, as a band from dated unit prices.

use crate::deployment::sizing::value;
use crate::figures::{bytes, shown};
use crate::model::{Component, Cost, Figure, Stack};
use crate::settled::Settled;

/// Seconds in a month.
const MONTH: f64 = 2_628_000.0;
/// Bytes of an answer, compressed; our heuristic.
const ANSWER: f64 = 4_000.0;
/// Bytes of logs for a request; our heuristic.
const LOGGED: f64 = 700.0;

/// The band of each part that costs money.
pub(super) fn costs(
    settled: &Settled,
    components: &[Component],
    figures: &[Figure],
    stack: &Stack,
) -> Vec<Cost> {
    let mut band = Band { costs: Vec::new() };
    let facts = settled.facts;
    let of = |id: &str| components.iter().find(|part| part.id == id);
    let target = settled.chosen("deployment");
    let requests = facts.number("requests.average") * MONTH;
    let storage = facts.number("storage.year") / 1e9;
    match target {
        // Own hardware has no price by the month that a table could know.
        "on-premises" => {}
        "single-vm" => {
            band.add("One virtual machine", "small-vm", 1.0, "1 × small-vm");
            band.add(
                "Backups",
                "object-gb",
                storage * 4.0,
                &format!("14 dumps, some 4 × {}", bytes(storage * 1e9)),
            );
        }
        _ => {
            let cpus = value(figures, "instance.request") / 1000.0;
            let memory = value(figures, "instance.memory") / 1000.0;
            let instances = value(figures, "replicas.min") + value(figures, "workers");
            band.add(
                "Processors of the application",
                "vcpu",
                instances * cpus,
                &format!("{} instances × {} vCPU", shown(instances), shown(cpus)),
            );
            band.add(
                "Memory of the application",
                "memory-gb",
                instances * memory,
                &format!("{} instances × {} GB, {}", shown(instances), shown(memory), stack.name),
            );
            band.add("Load balancer", "balancer", 1.0, "1");
            if target == "kubernetes" {
                band.add("Kubernetes control plane", "control-plane", 1.0, "1");
            }
            if of("database").is_some() {
                let nodes = 2.0;
                let cpus = facts.number("database.cpus").max(1.0);
                let factor = price_of("managed");
                let (vcpu, ram) = (price_of("vcpu"), price_of("memory-gb"));
                let bare =
                    |at: fn((f64, f64)) -> f64| nodes * (cpus * at(vcpu) + 4.0 * cpus * at(ram)) * at(factor);
                band.push(
                    "Database, two nodes",
                    bare(|band| band.0),
                    bare(|band| band.1),
                    &format!("2 nodes × {} vCPU with 4 GB each vCPU, managed", shown(cpus)),
                );
                band.add(
                    "Disk of the database, both nodes",
                    "disk-gb",
                    2.0 * (storage * 1.5).max(20.0),
                    &format!("2 × max(20 GB, 1.5 × {} after a year)", bytes(storage * 1e9)),
                );
            }
            band.add(
                "Sent to clients",
                "egress-gb",
                requests * ANSWER / 1e9,
                &format!("{} requests a month × 4 kB", shown((requests / 1000.0).round() * 1000.0)),
            );
            band.add("Logs", "logs-gb", requests * LOGGED / 1e9, "requests a month × 0.7 kB");
        }
    }
    if of("cache").is_some() && target != "single-vm" && target != "on-premises" {
        band.add("Cache", "memory-gb", 4.0, "2 nodes × 2 GB");
    }
    band.costs.retain(|cost| cost.high >= 0.5);
    band.costs
}

struct Band {
    costs: Vec<Cost>,
}

impl Band {
    fn add(&mut self, part: &str, price: &str, amount: f64, formula: &str) {
        let (low, high) = price_of(price);
        self.push(
            part,
            low * amount,
            high * amount,
            &format!("{formula}, {} to {} each", shown(low), shown(high)),
        );
    }

    fn push(&mut self, part: &str, low: f64, high: f64, formula: &str) {
        self.costs.push(Cost {
            part: part.to_owned(),
            formula: formula.to_owned(),
            low: crate::capacity::rounded(low),
            high: crate::capacity::rounded(high),
            source: knowledge::PRICE_SOURCE.to_owned(),
        });
    }
}

/// The band of a unit price.
fn price_of(id: &str) -> (f64, f64) {
    knowledge::PRICES.iter().find(|row| row.id == id).map_or((0.0, 0.0), |row| (row.low, row.high))
}
