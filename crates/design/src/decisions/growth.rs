//! The decisions as the load grows: all figures of load together, not one number alone.

use super::{Settlement, scores, sensitivity};
use crate::facts::{Facts, Values};
use crate::model::Rung;
use knowledge::Order as _;
use knowledge::{FACTS, SLOTS};

/// What grows with the load.
const LOAD: [&str; 15] = [
    "users.known",
    "users.monthly",
    "users.daily",
    "users.concurrent",
    "requests.average",
    "requests.peak",
    "reads.average",
    "reads.peak",
    "writes.average",
    "records.average",
    "records.busiest",
    "writes.peak",
    "messages.average",
    "messages.peak",
    "searches.average",
];

/// The highest multiple that is looked at, and into how many equal steps of the ratio it is cut.
const HIGHEST: f64 = 100.0;
const STEP: f64 = 1.584_893_192_461_113_6;

impl Settlement {
    /// The facts and the winners at a multiple of the load.
    pub(crate) fn at_load(&self, facts: &Facts, factor: f64) -> (Values, Vec<usize>) {
        let mut values = facts.values.clone();
        for at in LOAD.iter().copied().chain(["devices"]).filter_map(knowledge::fact) {
            if let Some(value) = facts.values.known(at).filter(|_| facts.values.is_given(at)) {
                values.give(at, value * factor);
            }
        }
        values.compute(|_| (), |_, _| ());
        let winners = scores::winners(&values, &self.adjust, SLOTS.len());
        (values, winners)
    }

    /// The multiples of the load at which decisions change.
    pub(crate) fn ladder(&self, facts: &Facts) -> Vec<Rung> {
        let mut rungs = Vec::new();
        let (mut near, mut before) = (1.0, self.chosen.clone());
        while near < HIGHEST {
            let far = (near * STEP).min(HIGHEST);
            let (_, after) = self.at_load(facts, far);
            for (slot, (old, new)) in before.iter().zip(&after).enumerate() {
                if old != new {
                    rungs.extend(self.rung(facts, slot, (*old, *new), (near, far)));
                }
            }
            (near, before) = (far, after);
        }
        rungs.order_by(|a, b| a.factor.total_cmp(&b.factor));
        rungs
    }

    fn rung(&self, facts: &Facts, slot: usize, change: (usize, usize), between: (f64, f64)) -> Option<Rung> {
        let (mut near, mut far) = between;
        for _ in 0..6 {
            let middle = (near * far).sqrt();
            if self.at_load(facts, middle).1.get(slot) == Some(&change.0) {
                near = middle;
            } else {
                far = middle;
            }
        }
        let (values, _) = self.at_load(facts, far);
        let peak = FACTS.iter().position(|row| row.id == "requests.peak").and_then(|at| values.known(at));
        let row = SLOTS.get(slot)?;
        let to = row.options.get(change.1)?;
        Some(Rung {
            factor: sensitivity::two_digits(far),
            requests_peak: sensitivity::two_digits(peak?),
            slot: row.id.to_owned(),
            from: row.options.get(change.0)?.id.to_owned(),
            to: to.id.to_owned(),
            name: to.name.to_owned(),
        })
    }
}
