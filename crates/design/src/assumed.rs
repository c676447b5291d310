//! Starting numbers that are needed only after the decisions, such as prices and the days of tasks: listed with the other
//! assumptions, each once.

use crate::facts::{Facts, assumption};
use requirements::{Assumption, Evidence, Reason};

/// What was assumed late.
pub(crate) struct Assumed {
    first: usize,
    /// In the order in which they were needed.
    pub(crate) list: Vec<Assumption>,
}

impl Assumed {
    /// Counts on after the assumptions that are known.
    pub(crate) fn after(known: &[Assumption]) -> Self {
        Self { first: known.len(), list: Vec::new() }
    }

    /// A number with what it is and the reasons for it: as it is known, or as it is assumed now.
    pub(crate) fn take(&mut self, facts: &Facts, id: &str) -> (f64, &'static str, Evidence) {
        let row = knowledge::NUMBERS.iter().find(|row| row.id == id);
        let label = row.map_or("", |row| row.label);
        if let Some(value) = facts.get(id) {
            return (value, label, facts.reasons(id));
        }
        let Some(row) = row else { return (0.0, label, Evidence::new()) };
        let variant = knowledge::VARIANTS
            .iter()
            .find(|variant| variant.of == row.id && facts.values.holds(&variant.when, &[]));
        let (value, why) = variant.map_or((row.value, row.why), |variant| (variant.value, variant.why));
        let place = self.list.iter().position(|known| known.subject == id).unwrap_or_else(|| {
            let number = u32::try_from(self.first + self.list.len() + 1).unwrap_or(u32::MAX);
            self.list.push(assumption(number, row, value, why));
            self.list.len() - 1
        });
        let number = u32::try_from(self.first + place + 1).unwrap_or(u32::MAX);
        (value, label, vec![Reason::Assumption(number)])
    }
}
