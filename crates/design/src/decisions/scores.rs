//! The scores of all options over bare numbers: what a decision would be if a fact were another.

use crate::facts::Values;
use knowledge::SLOTS;

/// What the text prescribes or forbids, a pin and a house profile add to options, by slot and option.
pub(super) type Adjust = Vec<Vec<f64>>;

/// The places of the options that win, slot by slot.
pub(super) fn winners(values: &Values, adjust: &Adjust) -> Vec<usize> {
    let mut chosen = Vec::with_capacity(SLOTS.len());
    for at in 0..SLOTS.len() {
        let scores = scores(at, values, adjust, &chosen);
        chosen.push(best(&scores));
    }
    chosen
}

/// The scores of a slot's options; decisions before it may bear on it.
pub(super) fn scores(slot: usize, values: &Values, adjust: &Adjust, chosen: &[usize]) -> Vec<f64> {
    let Some(row) = SLOTS.get(slot) else { return Vec::new() };
    let mut scores: Vec<f64> = row.options.iter().map(|option| option.base).collect();
    for (score, more) in scores.iter_mut().zip(adjust.get(slot).into_iter().flatten()) {
        *score += more;
    }
    for rule in row.rules.iter().filter(|rule| values.holds(&rule.when, chosen)) {
        if let Some(at) = row.options.iter().position(|option| option.id == rule.option)
            && let Some(score) = scores.get_mut(at)
        {
            *score += rule.add;
        }
    }
    scores
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
