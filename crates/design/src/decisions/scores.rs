//! The scores of all options over bare numbers: what a decision would be if a fact were another.

use crate::facts::Values;
use knowledge::SLOTS;
use std::sync::LazyLock;

/// What the text prescribes or forbids, a pin and a house profile add to options, by slot and option.
pub(super) type Adjust = Vec<Vec<f64>>;

/// The place of the option that each rule adds to, slot by slot: scores are asked for thousands of times a design.
static OPTIONS: LazyLock<Vec<Vec<usize>>> = LazyLock::new(|| {
    let place = |slot: &knowledge::SlotRow, id: &str| slot.options.iter().position(|option| option.id == id);
    SLOTS
        .iter()
        .map(|slot| {
            slot.rules.iter().map(|rule| place(slot, rule.option).unwrap_or(slot.options.len())).collect()
        })
        .collect()
});

/// The places of the options that win, in the first `slots` slots.
pub(super) fn winners(values: &Values, adjust: &Adjust, slots: usize) -> Vec<usize> {
    let mut chosen = Vec::with_capacity(slots);
    let mut scores = Vec::new();
    for at in 0..slots {
        fill(&mut scores, at, values, adjust, &chosen);
        chosen.push(best(&scores));
    }
    chosen
}

/// The scores of a slot's options; decisions before it may bear on it.
pub(super) fn scores(slot: usize, values: &Values, adjust: &Adjust, chosen: &[usize]) -> Vec<f64> {
    let mut scores = Vec::new();
    fill(&mut scores, slot, values, adjust, chosen);
    scores
}

/// The same, in place of what a list held.
fn fill(scores: &mut Vec<f64>, slot: usize, values: &Values, adjust: &Adjust, chosen: &[usize]) {
    scores.clear();
    let (Some(row), Some(options)) = (SLOTS.get(slot), OPTIONS.get(slot)) else { return };
    scores.extend(row.options.iter().map(|option| option.base));
    for (score, more) in scores.iter_mut().zip(adjust.get(slot).into_iter().flatten()) {
        *score += more;
    }
    for (rule, at) in row.rules.iter().zip(options) {
        if values.holds(&rule.when, chosen)
            && let Some(score) = scores.get_mut(*at)
        {
            *score += rule.add;
        }
    }
}

/// The highest score; of equals the first, since options stand with the simplest first.
pub(super) fn best(scores: &[f64]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if scores.get(best).is_none_or(|highest| score > highest) {
            best = at;
        }
    }
    best
}
