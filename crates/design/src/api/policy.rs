//! Preconditions of changes, and how much one caller may ask.

use super::need;
use crate::model::{Api, Figure, RateLimit, Security};
use std::collections::BTreeMap;

/// The share of the peak that one person, or one machine, may use up. The rest is for the others.
const SHARES: [(&str, f64); 2] = [("person", 0.01), ("machine", 0.1)];
/// The least that a caller gets in a minute: a page of an application asks for several things at once.
const LEAST: f64 = 60.0;
/// The most that is written down: beyond this a limit of its own is agreed on.
const MOST: f64 = 1_000_000.0;

/// A change that more than one person can make needs `If-Match`, so that the second does not undo the first unseen.
pub(super) fn preconditions(api: &mut Api, security: &Security) {
    let mut callers: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for grant in &security.authorization {
        let (count, only_own) = callers.entry(&grant.operation).or_insert((0, true));
        *count += 1;
        *only_own &= grant.scope == "own";
    }
    for operation in &mut api.operations {
        let alone = callers.get(operation.id.as_str()).is_some_and(|(count, own)| *count == 1 && *own);
        if operation.action == "update" && !alone {
            operation.needs.push(need("if-match", "several people may change the same record"));
        }
    }
}

/// The limits, from the requests that the system is sized for.
pub(super) fn limits(security: &Security, capacity: &[Figure]) -> Vec<RateLimit> {
    if security.authorization.is_empty() {
        return Vec::new();
    }
    let peak = capacity.iter().find(|figure| figure.id == "requests.peak").map_or(0.0, |figure| figure.value);
    SHARES
        .iter()
        .map(|(caller, share)| {
            let requests = (peak * 60.0 * share).ceil().clamp(LEAST, MOST);
            RateLimit {
                caller: (*caller).to_owned(),
                requests: rounded_up(requests),
                window: 60,
                formula: format!("max({LEAST}, requests.peak × 60 × {share})"),
                inputs: vec!["requests.peak".to_owned()],
            }
        })
        .collect()
}

/// A whole number of tens, which is what one would configure.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between LEAST and MOST")]
fn rounded_up(value: f64) -> u32 {
    (value / 10.0).ceil() as u32 * 10
}
