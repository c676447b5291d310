//! The facts that decisions and arithmetic start from: numbers with where they come from, and signals.

mod stated;
mod values;

use crate::model::Options;
use knowledge::{FACTS, NUMBERS};
use requirements::{Analysis, Assumption, Evidence, Reason, add_reason};
use std::collections::BTreeMap;

pub(crate) use stated::{foreign, money, said, slow};
pub(crate) use values::Values;

/// Numbers and signals with the reasons for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// The numbers, signals and prescriptions, without reasons.
    pub(crate) values: Values,
    /// The reasons of each fact, in the order of [`FACTS`].
    evidence: Vec<Evidence>,
    /// The reasons of each signal, in the order of the table of signals.
    signals: Vec<Evidence>,
    /// The quantities that state a fact, by the place of the fact.
    pub(crate) stated: Vec<(usize, String)>,
    /// The entities whose rows writes make, with whether they do so themselves or through what a row belongs to.
    pub(crate) growing: BTreeMap<String, bool>,
    /// The places of the facts that were measured of the tables.
    pub(crate) measured: Vec<usize>,
    /// What was assumed because something needed it, in that order.
    pub(crate) assumptions: Vec<Assumption>,
}

impl Facts {
    /// The facts of an analysed text, and what the reader set.
    pub(crate) fn gather(analysis: &Analysis, options: &Options) -> Self {
        let mut facts = Self {
            values: Values::new(),
            evidence: vec![Evidence::new(); FACTS.len()],
            signals: vec![Evidence::new(); knowledge::SIGNALS.len()],
            ..Self::default()
        };
        facts.read(analysis);
        for (id, value) in &options.profile.numbers {
            if let Some(at) = knowledge::fact(id).filter(|at| !facts.values.is_given(*at)) {
                facts.values.give(at, *value);
                facts.evidence[at] = vec![Reason::Pin(id.clone())];
            }
        }
        for (id, value) in &options.set {
            if let Some(at) = knowledge::fact(id) {
                facts.values.give(at, *value);
                facts.evidence[at] = vec![Reason::Pin(id.clone())];
                facts.stated.retain(|(known, _)| *known != at);
            }
        }
        facts
    }

    /// A number, or zero where there is none.
    pub(crate) fn number(&self, id: &str) -> f64 {
        self.get(id).unwrap_or(0.0)
    }

    /// A number by the id of its fact, where it is known.
    pub(crate) fn get(&self, id: &str) -> Option<f64> {
        knowledge::fact(id).and_then(|at| self.values.known(at))
    }

    /// The fact with the money that there is for running it, and for how many months that is.
    pub(crate) fn budget_of_months(&self) -> Option<(&'static str, f64)> {
        [("budget", 1.0), ("budget.year", 12.0)].into_iter().find(|(id, _)| self.get(id).is_some())
    }

    /// Why a fact is what it is.
    pub(crate) fn why(&self, at: usize) -> &[Reason] {
        self.evidence.get(at).map_or(&[], Vec::as_slice)
    }

    /// Why a fact is what it is, by its id.
    pub(crate) fn reasons(&self, id: &str) -> Evidence {
        knowledge::fact(id).map(|at| self.why(at).to_vec()).unwrap_or_default()
    }

    /// Why a signal is there.
    pub(crate) fn signal(&self, at: usize) -> &[Reason] {
        self.signals.get(at).map_or(&[], Vec::as_slice)
    }

    /// Gives a fact its reasons.
    pub(crate) fn explain(&mut self, at: usize, evidence: Evidence) {
        if let Some(known) = self.evidence.get_mut(at) {
            *known = evidence;
        }
    }

    /// Records that a starting number was taken: a heuristic is an assumption, a fact has its source.
    pub(crate) fn assume(&mut self, at: usize) {
        let (Some(row), Some(value)) = (NUMBERS.get(at), self.values.known(at)) else { return };
        if row.kind == "fact" {
            self.explain(at, vec![Reason::rule(row.id)]);
            return;
        }
        let number = u32::try_from(self.assumptions.len() + 1).unwrap_or(u32::MAX);
        let why = knowledge::VARIANTS
            .iter()
            .find(|variant| variant.of == row.id && self.values.holds(&variant.when, &[]))
            .map_or(row.why, |variant| variant.why);
        self.assumptions.push(assumption(number, row, value, why));
        self.explain(at, vec![Reason::Assumption(number)]);
    }

    /// Takes a starting number that is needed after the figures, and lists it with the assumptions.
    pub(crate) fn take(&mut self, id: &str) {
        let Some(at) = knowledge::fact(id) else { return };
        let mut needed = false;
        self.values.need(at, &mut |_| needed = true);
        if needed {
            self.assume(at);
        }
    }

    /// Gives a fact what the tables measure, unless it is set.
    pub(crate) fn measure(&mut self, id: &str, value: f64, evidence: &Evidence) {
        let Some(at) = knowledge::fact(id).filter(|_| !self.is_set(id)) else { return };
        if !self.measured.contains(&at) {
            self.measured.push(at);
        }
        self.values.give(at, value);
        self.explain(at, evidence.clone());
    }

    /// Whether a fact was given, by a reader, a house or the text, and not measured.
    pub(crate) fn is_set(&self, id: &str) -> bool {
        knowledge::fact(id).is_some_and(|at| self.values.is_given(at) && !self.measured.contains(&at))
    }

    /// Whether writes make the rows of an entity themselves.
    pub(crate) fn is_written(&self, entity: &str) -> bool {
        self.growing.get(entity).copied().unwrap_or_default()
    }

    /// The bytes that the text says a write carries into a row; those of a file are another fact.
    pub(crate) fn carried(&self) -> f64 {
        self.get("payload.bytes").unwrap_or_default()
    }

    /// The reasons of several facts, each once.
    pub(crate) fn union(&self, places: impl IntoIterator<Item = usize>) -> Evidence {
        let mut evidence = Evidence::new();
        for reason in places.into_iter().flat_map(|at| self.why(at)) {
            add_reason(&mut evidence, reason.clone());
        }
        evidence
    }
}

/// A starting number as an assumption.
pub(crate) fn assumption(number: u32, row: &knowledge::NumberRow, value: f64, why: &str) -> Assumption {
    Assumption {
        id: format!("a{number}"),
        subject: row.id.to_owned(),
        value: trimmed(value),
        unit: Some(row.unit.to_owned()),
        why: format!("{}: {why}", row.label),
        decisions: Vec::new(),
        flips_at: None,
    }
}

/// A number without needless digits.
pub fn trimmed(value: f64) -> String {
    // Prices a byte are far below a millionth.
    let text =
        if value != 0.0 && value.abs() < 1e-6 { format!("{value:.14}") } else { format!("{value:.6}") };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether a fact is counted of the model, so that nobody can set it.
pub(crate) fn is_counted(id: &str) -> bool {
    id.split('.').nth(1) == Some("count")
}
