//! Preconditions of changes, and how much one caller may ask.

use super::need;
use crate::assumed::Assumed;
use crate::facts::Facts;
use crate::model::{Api, RateLimit, Security};
use std::collections::{BTreeMap, BTreeSet};

/// Who is limited, with the share of the peak that one of them may use up, since the rest is for the others, and the most
/// that one of them needs.
const CALLERS: [(&str, &str, &str); 2] = [
    ("person", "limit.share.person", "limit.most.person"),
    ("machine", "limit.share.machine", "limit.most.machine"),
];

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
pub(super) fn limits(security: &Security, facts: &Facts, assumed: &mut Assumed) -> Vec<RateLimit> {
    if security.authorization.is_empty() {
        return Vec::new();
    }
    let people = |id: &str| knowledge::SIGN_IN.iter().any(|row| row.id == id && row.sort == "human");
    let clients = security.sign_in.iter().filter(|way| !people(&way.id)).flat_map(|way| &way.clients);
    let called: BTreeSet<&String> = security.authorization.iter().map(|grant| &grant.role).collect();
    // Programs of outside developers and things that measure call as well.
    let asked = |id: &str| {
        knowledge::SIGNALS.iter().position(|row| row.id == id).is_some_and(|at| !facts.signal(at).is_empty())
    };
    let machines =
        clients.into_iter().any(|name| called.contains(name)) || asked("public-api") || asked("telemetry");
    let peak = facts.number("requests.peak");
    let least = assumed.take(facts, "limit.least").0;
    CALLERS
        .iter()
        .take(if machines { 2 } else { 1 })
        .map(|(caller, share, most)| {
            let requests = peak * 60.0 * assumed.take(facts, share).0;
            let bound = assumed.take(facts, most).0.max(least);
            RateLimit {
                caller: (*caller).to_owned(),
                requests: rounded_up(requests.clamp(least, bound)),
                window: 60,
                formula: format!("⌈max(limit.least, min({most}, requests.peak × 60 × {share})) ÷ 10⌉ × 10"),
                inputs: ["limit.least", "requests.peak", share, most].map(str::to_owned).to_vec(),
            }
        })
        .collect()
}

/// A whole number of tens, which is what one would configure.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at the most what a caller needs, which is a small number"
)]
fn rounded_up(value: f64) -> u32 {
    (value / 10.0).ceil() as u32 * 10
}
