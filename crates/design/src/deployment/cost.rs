//! What the parts that were chosen cost a month: each line a sum of products of figures and unit prices, so that it can
//! be followed by hand. The only prices are the numbers `price.…`, which a house profile and the reader can set.

use crate::assumed::Assumed;
use crate::capacity::rounded;
use crate::deployment::sizing::value;
use crate::figures::{bytes, shown};
use crate::model::{Component, Cost, Figure};
use crate::settled::Settled;
use requirements::{Evidence, Reason, add_reason};

/// The least disk of a database.
const LEAST_DISK: f64 = 20e9;

/// The lines of the bill, and the same as figures with their sum.
pub(super) fn costs(
    settled: &Settled,
    components: &[Component],
    figures: &[Figure],
    assumed: &mut Assumed,
) -> (Vec<Cost>, Vec<Figure>) {
    let has = |id: &str| components.iter().any(|part| part.id == id);
    let target = settled.chosen("deployment");
    let mut bill = Bill { settled, sizes: figures, assumed, costs: Vec::new(), figures: Vec::new() };
    match target {
        // Own hardware has no price by the month that a table could know.
        "on-premises" => return (Vec::new(), Vec::new()),
        "single-vm" => {
            bill.line("cost.machine", "One virtual machine", &[&["price.vm"]]);
            bill.line("cost.backups", "Backups", &[&["storage.backups", "price.blob"]]);
            bill.files(has("files"));
        }
        _ => {
            bill.line("cost.base", "Load balancer, names, secrets and registry", &[&["price.base"]]);
            if target == "kubernetes" {
                bill.line("cost.control-plane", "Kubernetes control plane", &[&["price.control-plane"]]);
            }
            bill.line(
                "cost.compute",
                "Processors of the application",
                &[
                    &["replicas.min", "instance.request", "0.001", "price.vcpu"],
                    &["workers", "instance.request", "0.001", "price.vcpu"],
                ],
            );
            bill.line(
                "cost.memory",
                "Memory of the application",
                &[
                    &["replicas.min", "instance.memory", "0.001", "price.memory"],
                    &["workers", "instance.memory", "0.001", "price.memory"],
                ],
            );
            if settled.chosen("realtime") != "none" {
                let nodes: &[&str] = &["connections.nodes", "instance.cpus", "price.vcpu"];
                bill.line("cost.connections", "Nodes for open connections", &[nodes]);
            }
            if has("database") && settled.chosen("database") != "sqlite" {
                bill.line(
                    "cost.database",
                    "Database with its standby, 4 GB of memory for each processor",
                    &[
                        &["database.cpus.needed", "price.vcpu", "price.managed", "price.ha"],
                        &["database.cpus.needed", "4", "price.memory", "price.managed", "price.ha"],
                    ],
                );
                let disk = bill.settled.facts.number("storage.live").max(LEAST_DISK);
                let disk =
                    if disk > LEAST_DISK { "storage.live".to_owned() } else { format!("{LEAST_DISK}") };
                bill.line("cost.disk", "Disk of the database", &[&[&disk, "price.disk"]]);
                bill.line("cost.backups", "Backups", &[&["storage.backups", "price.blob"]]);
            }
            if has("cache") {
                let nodes: &[&str] = &["2", "cache.memory", "0.000000001", "price.memory"];
                bill.line("cost.cache", "Two nodes of a cache", &[nodes]);
            }
            for (part, id, label) in [
                ("broker", "cost.broker", "Three nodes of a broker, 2 vCPU and 8 GB each"),
                ("search", "cost.search", "Three nodes of a search engine, 2 vCPU and 8 GB each"),
            ] {
                if has(part) {
                    bill.line(id, label, &[&["3", "2", "price.vcpu"], &["3", "8", "price.memory"]]);
                }
            }
            bill.files(has("files"));
            let mut staging: Vec<&[&str]> = vec![
                &["instance.request", "0.001", "price.vcpu"],
                &["instance.memory", "0.001", "price.memory"],
            ];
            if has("database") && settled.chosen("database") != "sqlite" {
                staging.push(&["price.vcpu", "price.managed"]);
                staging.push(&["4", "price.memory", "price.managed"]);
            }
            bill.line("cost.staging", "Staging: one instance, and a database of one processor", &staging);
            bill.line("cost.traffic", "Answers sent to clients", &[&["traffic.month", "price.egress"]]);
            bill.line("cost.logs", "Logs", &[&["logs.month", "price.logs"]]);
        }
    }
    bill.sum();
    (bill.costs, bill.figures)
}

struct Bill<'a> {
    settled: &'a Settled<'a>,
    sizes: &'a [Figure],
    assumed: &'a mut Assumed,
    costs: Vec<Cost>,
    figures: Vec<Figure>,
}

impl Bill<'_> {
    /// What the object store takes, where there is one.
    fn files(&mut self, there: bool) {
        if there {
            self.line(
                "cost.files",
                "Files kept, after a year, and their copies in a second bucket",
                &[&["2", "files.live", "price.blob"]],
            );
            self.line("cost.downloads", "Files, each sent out once", &[&["files.month", "price.cdn"]]);
        }
    }

    /// Adds a sum of products of ids and plain numbers, where it is worth a cent.
    fn line(&mut self, id: &str, part: &str, terms: &[&[&str]]) {
        let mut total = 0.0;
        let (mut formula, mut worked) = (Vec::new(), Vec::new());
        let mut inputs: Vec<String> = Vec::new();
        let mut evidence = Evidence::new();
        for term in terms {
            let mut product = 1.0;
            let mut shown = Vec::new();
            for name in *term {
                let (value, text, reasons) = self.factor(name);
                product *= value;
                shown.push(text);
                if name.parse::<f64>().is_err() && !inputs.iter().any(|known| known == name) {
                    inputs.push((*name).to_owned());
                }
                for reason in reasons {
                    add_reason(&mut evidence, reason);
                }
            }
            // Workers that are not there cost nothing and are not shown.
            if product > 0.0 {
                total += product;
                formula.push(term.join(" × "));
                worked.push(shown.join(" × "));
            }
        }
        if total < 0.01 {
            return;
        }
        if evidence.is_empty() {
            evidence.push(Reason::rule("capacity"));
        }
        let (low, high) = (self.band("cost.band.low").0, self.band("cost.band.high").0);
        self.costs.push(Cost {
            part: part.to_owned(),
            formula: worked.join(" + "),
            low: rounded(total * low),
            high: rounded(total * high),
            source: "list prices of large public clouds, 2026".to_owned(),
        });
        self.figures.push(Figure {
            id: id.to_owned(),
            label: format!("{part}, a month"),
            value: rounded(total),
            unit: "USD".to_owned(),
            formula: formula.join(" + "),
            inputs,
            evidence,
        });
    }

    /// A factor with how it is shown and the reasons for it.
    fn factor(&mut self, name: &str) -> (f64, String, Evidence) {
        if let Ok(number) = name.parse::<f64>() {
            let text = if number >= 1e9 { bytes(number) } else { name.to_owned() };
            return (number, text, Evidence::new());
        }
        if let Some(figure) = self.sizes.iter().find(|figure| figure.id == name) {
            let amount = value(self.sizes, name);
            let text = if figure.unit == "bytes" {
                bytes(amount)
            } else {
                format!("{} {}", shown(amount), figure.unit)
            };
            return (amount, text, figure.evidence.clone());
        }
        let (amount, _, evidence) = self.assumed.take(self.settled.facts, name);
        let unit = knowledge::fact(name).and_then(|at| knowledge::FACTS.get(at)).map_or("", |row| row.unit);
        let text = match unit {
            "bytes" => bytes(amount),
            "USD per byte" => format!("{} USD/GB", shown(amount * 1e9)),
            "ratio" => shown(amount),
            unit => format!("{} {unit}", shown(amount)),
        };
        (amount, text, evidence)
    }

    /// The bill, and the band around it.
    fn sum(&mut self) {
        let inputs: Vec<String> = self.figures.iter().map(|figure| figure.id.clone()).collect();
        let total: f64 = self.figures.iter().map(|figure| figure.value).sum();
        let mut evidence = Evidence::new();
        for reason in self.figures.iter().flat_map(|figure| &figure.evidence) {
            add_reason(&mut evidence, reason.clone());
        }
        self.figures.push(Figure {
            id: "cost.month".to_owned(),
            label: "Cost of a month".to_owned(),
            value: rounded(total),
            unit: "USD".to_owned(),
            formula: inputs.join(" + "),
            inputs,
            evidence: evidence.clone(),
        });
        for (id, label, band) in [
            ("cost.low", "Cost of a month, low end", "cost.band.low"),
            ("cost.high", "Cost of a month, high end", "cost.band.high"),
        ] {
            let (factor, reasons) = self.band(band);
            let mut evidence = evidence.clone();
            for reason in reasons {
                add_reason(&mut evidence, reason);
            }
            self.figures.push(Figure {
                id: id.to_owned(),
                label: label.to_owned(),
                value: rounded(total * factor),
                unit: "USD".to_owned(),
                formula: format!("cost.month × {band}"),
                inputs: vec!["cost.month".to_owned(), band.to_owned()],
                evidence,
            });
        }
    }

    /// How far a bill may be from the sum of list prices: discounts by contract below, what was not counted above.
    fn band(&mut self, id: &str) -> (f64, Evidence) {
        let (factor, _, evidence) = self.assumed.take(self.settled.facts, id);
        (factor, evidence)
    }
}
