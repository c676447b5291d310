//! The facts that decisions and arithmetic start from: numbers with where they come from, and signals.

use crate::model::Options;
use requirements::{Analysis, Assumption, Evidence, Reason, add_reason};
use std::collections::BTreeMap;

/// A number with the reasons for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) evidence: Evidence,
}

/// Numbers and signals by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    numbers: BTreeMap<String, Fact>,
    signals: BTreeMap<String, Evidence>,
    /// What was assumed because something needed it, in that order.
    pub(crate) assumptions: Vec<Assumption>,
}

impl Facts {
    /// The facts of an analysed text, and what the reader set.
    pub(crate) fn gather(analysis: &Analysis, options: &Options) -> Self {
        let mut facts = Self::default();
        for signal in &analysis.requirements.signals {
            facts.signals.insert(signal.id.clone(), signal.evidence.clone());
        }
        facts.stated(analysis);
        for (id, value) in &options.set {
            let unit = knowledge::number(id).map_or("count", |row| row.unit);
            facts.set(id, *value, unit, vec![Reason::Pin(id.clone())]);
        }
        facts
    }

    /// A number, or zero where there is none.
    pub(crate) fn number(&self, id: &str) -> f64 {
        self.numbers.get(id).map_or(0.0, |fact| fact.value)
    }

    /// A fact by its id.
    pub(crate) fn get(&self, id: &str) -> Option<&Fact> {
        self.numbers.get(id)
    }

    /// Why a signal is there; nothing where the text does not ask for it.
    pub(crate) fn signal(&self, id: &str) -> Option<&Evidence> {
        self.signals.get(id)
    }

    /// Records a number.
    pub(crate) fn set(&mut self, id: &str, value: f64, unit: &str, evidence: Evidence) {
        self.numbers.insert(id.to_owned(), Fact { value, unit: unit.to_owned(), evidence });
    }

    /// The reasons of facts, each once.
    pub(crate) fn reasons(&self, ids: &[&str]) -> Evidence {
        let mut evidence = Evidence::new();
        for reason in ids.iter().filter_map(|id| self.get(id)).flat_map(|fact| &fact.evidence) {
            add_reason(&mut evidence, reason.clone());
        }
        evidence
    }

    /// What the text says in numbers.
    fn stated(&mut self, analysis: &Analysis) {
        let reason =
            |statement: &String| Reason::try_from(statement.clone()).ok().into_iter().collect::<Evidence>();
        for quantity in &analysis.requirements.quantities {
            let evidence = reason(&quantity.statement);
            let qualifier = quantity.qualifier.as_deref().unwrap_or_default();
            let id = match quantity.kind.as_str() {
                "users" => "users.known",
                "dau" => "users.daily",
                "concurrent" => "users.concurrent",
                "team" => "team.engineers",
                "requests" if qualifier == "peak" => "requests.peak",
                "requests" => "requests.average",
                "writes" if qualifier == "peak" => "writes.peak",
                "writes" => "writes.average",
                "reads" => "reads.average",
                "messages" if qualifier == "peak" => "messages.peak",
                "messages" => "messages.average",
                "devices" => "devices",
                "tenants" => "tenants",
                "availability" => "availability.target",
                "latency" => "latency.target",
                "rpo" => "rpo.target",
                "rto" => "rto.target",
                "retention" => "retention",
                "budget" => "budget",
                "deadline" => "deadline",
                _ => continue,
            };
            // The largest figure sizes the system; for targets that is the strictest.
            let smaller_is_stricter = matches!(id, "latency.target" | "rpo.target" | "rto.target");
            let better = self.numbers.get(id).is_none_or(|known| {
                if smaller_is_stricter { quantity.value < known.value } else { quantity.value > known.value }
            });
            if better && quantity.value > 0.0 {
                self.set(id, quantity.value, &quantity.unit, evidence);
            }
        }
        let entities = analysis
            .model
            .entities
            .iter()
            .flat_map(|entity| entity.evidence.iter().take(1).cloned())
            .collect();
        self.set("entities.count", analysis.model.entities.len() as f64, "count", entities);
        let relations = analysis
            .model
            .relations
            .iter()
            .flat_map(|relation| relation.evidence.iter().take(1).cloned())
            .collect();
        self.set("relations.count", analysis.model.relations.len() as f64, "count", relations);
    }

    /// A number that something needs: what the text leaves open is assumed, once, and the assumption is recorded.
    pub(crate) fn need(&mut self, id: &str) -> f64 {
        if let Some(fact) = self.numbers.get(id) {
            return fact.value;
        }
        let Some(row) = knowledge::number(id) else { return 0.0 };
        let number = u32::try_from(self.assumptions.len() + 1).unwrap_or(u32::MAX);
        self.assumptions.push(Assumption {
            id: format!("a{number}"),
            subject: row.id.to_owned(),
            value: trimmed(row.value),
            unit: Some(row.unit.to_owned()),
            why: format!("{}: {}", row.label, row.why),
            decisions: Vec::new(),
            flips_at: None,
        });
        self.set(row.id, row.value, row.unit, vec![Reason::Assumption(number)]);
        row.value
    }
}

/// A number without needless digits.
pub(crate) fn trimmed(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
