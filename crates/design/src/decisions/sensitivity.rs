//! What would have to change for a decision to change: every number of the text and every assumption is run over four
//! powers of ten, and the value at which a decision flips is bisected to two digits.

use super::{Settlement, scores};
use crate::facts::{self, Facts, Values};
use crate::model::Flip;
use knowledge::{FACTS, FIGURE_FACTS, FIGURES, SLOTS, Term, When};

/// The factors that are tried on each side, in steps of half a power of ten.
const STEPS: [f64; 4] = [3.162_277_660_168_379_5, 10.0, 31.622_776_601_683_793, 100.0];

/// Halvings until two digits stand.
const HALVINGS: usize = 9;

/// A fact at whose other values decisions change.
pub(crate) struct Sensitivity {
    /// The place of the fact.
    pub(crate) fact: usize,
    /// Each slot that changes, with where to.
    pub(crate) flips: Vec<(usize, Flip)>,
}

/// Runs every given number.
pub(crate) fn sensitivities(settlement: &Settlement, facts: &Facts) -> Vec<Sensitivity> {
    let mut found = Vec::new();
    let mut trial =
        Trial { settlement, deciding: deciding(), given: &facts.values, values: facts.values.clone() };
    for fact in facts.values.all_given() {
        let (Some(value), Some(row)) = (facts.values.known(fact), FACTS.get(fact)) else { continue };
        // What the model counts and the tables measure is no number that somebody would set.
        let counted = facts::is_counted(row.id) || facts.measured.contains(&fact);
        if value <= 0.0 || counted || !trial.deciding.get(fact).copied().unwrap_or_default() {
            continue;
        }
        let mut flips: Vec<(usize, Flip)> = Vec::new();
        for up in [true, false] {
            let mut near = value;
            let mut before = settlement.chosen.clone();
            for factor in STEPS {
                let far = limited(row.unit, row.id, if up { value * factor } else { value / factor });
                let after = trial.winners(fact, far, SLOTS.len());
                for (slot, (old, new)) in before.iter().zip(&after).enumerate() {
                    let seen = flips.iter().any(|(known, flip)| *known == slot && (flip.at > value) == up);
                    if old == new || seen {
                        continue;
                    }
                    let edge = trial.bisect(fact, (slot, *old), near, far);
                    flips.push((slot, flip(slot, *new, row.id, row.unit, value, edge)));
                }
                near = far;
                before = after;
            }
        }
        if !flips.is_empty() {
            found.push(Sensitivity { fact, flips });
        }
    }
    found
}

/// The facts that a decision reads, or that a figure reads which one does: nothing else can change a decision.
fn deciding() -> Vec<bool> {
    let mut read = vec![false; FACTS.len()];
    let mut mark = |at: usize| {
        if let Some(read) = read.get_mut(at) {
            *read = true;
        }
    };
    for rule in SLOTS.iter().flat_map(|slot| slot.rules) {
        terms(&rule.when).for_each(&mut mark);
    }
    // What a figure reads is computed before it.
    for (row, at) in FIGURES.iter().zip(FIGURE_FACTS.iter()).rev() {
        if !read.get(*at).copied().unwrap_or_default() {
            continue;
        }
        for at in row.ways.iter().flat_map(|way| way.formula.facts().chain(terms(&way.when))) {
            if let Some(read) = read.get_mut(at) {
                *read = true;
            }
        }
    }
    read
}

/// The facts that a condition reads.
fn terms(when: &When) -> impl Iterator<Item = usize> + use<> {
    when.any.iter().copied().flatten().filter_map(|(_, term)| match term {
        Term::Number(at, ..) | Term::Known(at) => Some(*at),
        _ => None,
    })
}

/// A share stays a share, no peak is below the average, and somebody writes at least once while a thousand read.
fn limited(unit: &str, id: &str, value: f64) -> f64 {
    match id {
        "peak.factor" => value.max(1.0),
        "read.share" => value.min(0.999),
        "tabs.user" | "backup.copies" => value,
        _ if unit == "ratio" => value.min(0.999_99),
        _ => value,
    }
}

/// The decisions at other values of one fact.
struct Trial<'a> {
    settlement: &'a Settlement,
    /// Which facts bear on decisions.
    deciding: Vec<bool>,
    given: &'a Values,
    /// The values at the last trial, kept for their space.
    values: Values,
}

impl Trial<'_> {
    /// The places of the options that win in the first `slots` slots where a fact has another value.
    fn winners(&mut self, fact: usize, value: f64, slots: usize) -> Vec<usize> {
        self.values.take_numbers(self.given);
        self.values.give(fact, value);
        let deciding = &self.deciding;
        self.values.compute_wanted(|at| deciding.get(at).copied().unwrap_or_default(), |_| (), |_, _| ());
        scores::winners(&self.values, &self.settlement.adjust, slots)
    }

    /// The value between two others at which a slot leaves its option, by halving the ratio.
    fn bisect(&mut self, fact: usize, (slot, old): (usize, usize), mut near: f64, mut far: f64) -> f64 {
        for _ in 0..HALVINGS {
            let middle = (near * far).sqrt();
            if self.winners(fact, middle, slot + 1).get(slot) == Some(&old) {
                near = middle;
            } else {
                far = middle;
            }
        }
        edge(fact, near, far)
    }
}

/// The edge between two values that lie close together, as it is printed.
fn edge(fact: usize, near: f64, far: f64) -> f64 {
    // People and machines come whole: the edge is on the far side.
    let whole =
        FACTS.get(fact).is_some_and(|row| matches!(row.unit, "people" | "devices" | "tenants" | "count"));
    // Of a share near the whole, what is missing has two digits: nobody answers all of the time.
    if far > 0.9 && far < 1.0 {
        let mut scale = 1.0_f64;
        while (1.0 - far) * scale < 10.0 {
            scale *= 10.0;
        }
        let digits = (1.0 - far) * scale;
        let edge = |digits: f64| ((1.0 - digits / scale) * 1e9).round() / 1e9;
        // "More than 99.5 %" begins beside it, and not at it.
        let rounded = edge(digits.round());
        return if far > near && rounded <= near { edge(digits.floor()) } else { rounded };
    }
    match two_digits(far) {
        edge if !whole || edge >= 100.0 => edge,
        _ if far > near => far.ceil(),
        _ => far.floor(),
    }
}

fn flip(slot: usize, option: usize, fact: &str, unit: &str, value: f64, edge: f64) -> Flip {
    let to = SLOTS.get(slot).and_then(|row| row.options.get(option));
    // From 99.5 to 99.9 % is a fifth of the downtime, and no small step.
    let near_whole = |share: f64| unit == "ratio" && share > 0.9 && share < 1.0;
    let (one, other) =
        if near_whole(value) && near_whole(edge) { (1.0 - value, 1.0 - edge) } else { (value, edge) };
    Flip {
        fact: fact.to_owned(),
        now: crate::capacity::rounded(value),
        at: edge,
        unit: unit.to_owned(),
        to: to.map(|option| option.id.to_owned()).unwrap_or_default(),
        name: to.map(|option| option.name.to_owned()).unwrap_or_default(),
        headroom: two_digits(if other > one { other / one } else { one / other }),
    }
}

/// Two significant digits.
pub(super) fn two_digits(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 0.0;
    }
    let mut scale = 1.0_f64;
    while value * scale < 10.0 {
        scale *= 10.0;
    }
    let mut over = 1.0_f64;
    while value / over >= 100.0 {
        over *= 10.0;
    }
    (value * scale / over).round() * over / scale
}
