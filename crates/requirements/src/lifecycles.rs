//! The states that entities pass through, from the verbs that move them.

use crate::model::{Action, Lifecycle, Transition};
use crate::reason::{Reason, add_reason};
use knowledge::VerbClass;

/// Verbs of transition that say nothing of a state of their own.
const STATELESS: &[&str] = &[
    "sell", "lend", "borrow", "loan", "award", "grade", "charge", "capture", "forward", "inspect",
    "moderate", "verify", "validate", "checkout", "receive", "pack", "admit", "stop", "forward", "resolve",
];

/// The lifecycles of entities on which the text lets somebody act by verbs such as approve, cancel or close.
pub(crate) fn lifecycles(actions: &[Action], entities: &[String]) -> Vec<Lifecycle> {
    entities
        .iter()
        .filter_map(|entity| {
            let moves: Vec<(&Action, &'static str)> = actions
                .iter()
                .filter(|action| action.entity.as_deref() == Some(entity.as_str()))
                .filter_map(|action| {
                    let (base, _) = action.verb.split(' ').find_map(crate::lemma::verb)?;
                    (crate::lemma::class(base) == Some(VerbClass::Transition) && !STATELESS.contains(&base))
                        .then_some((action, base))
                })
                .collect();
            (!moves.is_empty()).then(|| lifecycle(entity, &moves))
        })
        .collect()
}

fn lifecycle(entity: &str, moves: &[(&Action, &'static str)]) -> Lifecycle {
    let decided = moves
        .iter()
        .any(|(_, verb)| matches!(*verb, "approve" | "reject" | "accept" | "decline" | "confirm"));
    let first = if decided { "pending" } else { "open" };
    let mut found = Lifecycle {
        entity: entity.to_owned(),
        states: vec![first.to_owned()],
        transitions: Vec::new(),
        evidence: Vec::new(),
    };
    for (action, verb) in moves {
        let state = participle(verb);
        if !found.states.contains(&state) {
            let from = before(verb, &found.states).unwrap_or(first).to_owned();
            found.transitions.push(Transition {
                from,
                to: state.clone(),
                action: (*verb).to_owned(),
                actor: action.actor.clone(),
            });
            found.states.push(state);
        }
        if let Ok(reason) = Reason::try_from(action.statement.clone()) {
            add_reason(&mut found.evidence, reason);
        }
    }
    found
}

/// The state that a verb usually starts from, where the text has named it.
fn before<'a>(verb: &str, states: &'a [String]) -> Option<&'a str> {
    let usual: &[&str] = match verb {
        "ship" | "dispatch" => &["confirmed", "approved", "accepted"],
        "deliver" => &["shipped", "dispatched"],
        "return" | "refund" => &["delivered", "shipped"],
        "reopen" => &["closed", "completed", "resolved"],
        "unsuspend" | "reactivate" | "resume" => &["suspended", "paused", "deactivated"],
        "restore" => &["archived"],
        _ => &[],
    };
    usual.iter().find_map(|state| states.iter().find(|known| known == state)).map(String::as_str)
}

/// The state that a verb leads to: approve, approved.
fn participle(verb: &str) -> String {
    match verb {
        "withdraw" => "withdrawn".to_owned(),
        "freeze" => "frozen".to_owned(),
        "hold" => "held".to_owned(),
        "check-in" => "checked_in".to_owned(),
        "check-out" => "checked_out".to_owned(),
        "cancel" => "canceled".to_owned(),
        "ship" => "shipped".to_owned(),
        "stop" => "stopped".to_owned(),
        "commit" => "committed".to_owned(),
        "ban" => "banned".to_owned(),
        "reopen" | "unblock" | "unfreeze" | "reactivate" | "resume" | "restore" => "reopened".to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ if verb.ends_with('y') && !verb.ends_with("ay") => format!("{}ied", &verb[..verb.len() - 1]),
        _ => format!("{verb}ed"),
    }
}
