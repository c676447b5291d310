//! The arithmetic of load and size. Each figure keeps its formula and its inputs, and is computed once: every other
//! part of the design reads it from here.

use crate::facts::Facts;
use crate::model::Figure;
use requirements::{Evidence, Reason, add_reason};

/// Seconds in a day.
const DAY: f64 = 86_400.0;

/// Computes the figures, and adds those that decisions read to the facts.
pub(crate) fn capacity(facts: &mut Facts) -> Vec<Figure> {
    let mut sheet = Sheet { facts, figures: Vec::new() };
    sheet.users();
    sheet.requests();
    sheet.storage();
    sheet.machines();
    sheet.figures
}

struct Sheet<'a> {
    facts: &'a mut Facts,
    figures: Vec<Figure>,
}

impl Sheet<'_> {
    fn figure(&mut self, id: &str, label: &str, value: f64, unit: &str, formula: &str, inputs: &[&str]) {
        let mut evidence = self.facts.reasons(inputs);
        if evidence.is_empty() {
            add_reason(&mut evidence, Reason::rule("capacity"));
        }
        self.facts.set(id, value, unit, evidence.clone());
        self.figures.push(Figure {
            id: id.to_owned(),
            label: label.to_owned(),
            value: rounded(value),
            unit: unit.to_owned(),
            formula: formula.to_owned(),
            inputs: inputs.iter().map(|input| (*input).to_owned()).collect(),
            evidence,
        });
    }

    fn has(&self, id: &str) -> bool {
        self.facts.get(id).is_some()
    }

    fn users(&mut self) {
        if self.has("users.daily") || self.has("requests.average") || self.has("requests.peak") {
            return;
        }
        if self.has("users.known") {
            let value = self.facts.need("users.known") * self.facts.need("share.daily");
            self.figure(
                "users.daily",
                "People who use it on a day",
                value,
                "people",
                "users.known × share.daily",
                &["users.known", "share.daily"],
            );
        } else if self.has("users.concurrent") {
            let value = self.facts.need("users.concurrent") / self.facts.need("share.concurrent");
            self.figure(
                "users.daily",
                "People who use it on a day",
                value,
                "people",
                "users.concurrent ÷ share.concurrent",
                &["users.concurrent", "share.concurrent"],
            );
        } else {
            self.facts.need("users.daily");
        }
    }

    fn requests(&mut self) {
        if !self.has("requests.average") {
            if self.has("requests.peak") {
                let value = self.facts.need("requests.peak") / self.facts.need("peak.factor");
                self.figure(
                    "requests.average",
                    "Requests on average",
                    value,
                    "per second",
                    "requests.peak ÷ peak.factor",
                    &["requests.peak", "peak.factor"],
                );
            } else {
                let value = self.facts.need("users.daily")
                    * self.facts.need("sessions.daily")
                    * self.facts.need("session.requests")
                    / DAY;
                self.figure(
                    "requests.average",
                    "Requests on average",
                    value,
                    "per second",
                    "users.daily × sessions.daily × session.requests ÷ 86,400",
                    &["users.daily", "sessions.daily", "session.requests"],
                );
            }
        }
        if !self.has("requests.peak") {
            let value = self.facts.need("requests.average") * self.facts.need("peak.factor");
            self.figure(
                "requests.peak",
                "Requests at the peak",
                value,
                "per second",
                "requests.average × peak.factor",
                &["requests.average", "peak.factor"],
            );
        }
        let reads = self.facts.need("requests.peak") * self.facts.need("read.share");
        self.figure(
            "reads.peak",
            "Reads at the peak",
            reads,
            "per second",
            "requests.peak × read.share",
            &["requests.peak", "read.share"],
        );
        if !self.has("writes.average") {
            let value = self.facts.need("requests.average") * (1.0 - self.facts.need("read.share"));
            self.figure(
                "writes.average",
                "Writes on average",
                value,
                "per second",
                "requests.average × (1 − read.share)",
                &["requests.average", "read.share"],
            );
        }
        if !self.has("writes.peak") {
            let value = self.facts.need("writes.average") * self.facts.need("peak.factor");
            self.figure(
                "writes.peak",
                "Writes at the peak",
                value,
                "per second",
                "writes.average × peak.factor",
                &["writes.average", "peak.factor"],
            );
        }
        if self.has("messages.average") && !self.has("messages.peak") {
            let value = self.facts.need("messages.average") * self.facts.need("peak.factor");
            self.figure(
                "messages.peak",
                "Messages at the peak",
                value,
                "per second",
                "messages.average × peak.factor",
                &["messages.average", "peak.factor"],
            );
        }
    }

    fn storage(&mut self) {
        let rows = self.facts.need("writes.average") * DAY;
        self.figure(
            "rows.daily",
            "Rows written in a day",
            rows,
            "rows",
            "writes.average × 86,400",
            &["writes.average"],
        );
        let year = rows * 365.0 * self.facts.need("row.bytes");
        self.figure(
            "storage.year",
            "Data after a year",
            year,
            "bytes",
            "rows.daily × 365 × row.bytes",
            &["rows.daily", "row.bytes"],
        );
        self.figure(
            "entities.rows",
            "Rows after a year",
            rows * 365.0,
            "rows",
            "rows.daily × 365",
            &["rows.daily"],
        );
    }

    fn machines(&mut self) {
        let busy = self.facts.need("requests.peak") * self.facts.need("cpu.request");
        let per_instance = self.facts.need("instance.cpus") * self.facts.need("cpu.utilisation");
        let needed = (busy / per_instance).ceil().max(1.0);
        self.figure(
            "instances.needed",
            "Instances that carry the peak",
            needed,
            "instances",
            "⌈requests.peak × cpu.request ÷ (instance.cpus × cpu.utilisation)⌉",
            &["requests.peak", "cpu.request", "instance.cpus", "cpu.utilisation"],
        );
        let connections = 2.0 * self.facts.need("database.cpus") + 1.0;
        self.figure(
            "database.connections",
            "Busy connections that the database is given",
            connections,
            "connections",
            "2 × database.cpus + 1",
            &["database.cpus"],
        );
        let minutes = (1.0 - self.facts.need("availability.target")) * 43_800.0;
        self.figure(
            "downtime.month",
            "Downtime that the target leaves in a month",
            minutes,
            "minutes",
            "(1 − availability.target) × 43,800",
            &["availability.target"],
        );
        // The architecture decision reads it.
        self.facts.need("team.engineers");
    }
}

/// Four significant digits, so that no false precision is printed.
pub(crate) fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let mut scale = 1.0_f64;
    let mut magnitude = value.abs();
    // Powers of ten by multiplication: exact on every target, unlike the logarithm.
    while magnitude < 1000.0 && scale < 1e9 {
        magnitude *= 10.0;
        scale *= 10.0;
    }
    if magnitude >= 10_000.0 { value.round() } else { (value * scale).round() / scale }
}

/// The reasons of a figure by its id.
pub(crate) fn evidence(figures: &[Figure], id: &str) -> Evidence {
    figures.iter().find(|figure| figure.id == id).map(|figure| figure.evidence.clone()).unwrap_or_default()
}
