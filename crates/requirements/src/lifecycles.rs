//! The states that entities pass through: as the text lists them (see `states`), or from the verbs that move them.

use crate::mentions::Mention;
use crate::model::{Action, Lifecycle, Transition};
use crate::names;
use crate::paths::{completed, has_state, with_endings};
use crate::reason::{Reason, add_next};
use crate::states::MARKING;
use knowledge::Gather as _;
use knowledge::{VerbClass, holds, look_up};
use std::collections::{BTreeMap, BTreeSet};

/// Verbs of transition that say nothing of a state of their own.
const STATELESS: &[&str] = &[
    "sell", "lend", "borrow", "loan", "award", "grade", "charge", "capture", "forward", "inspect",
    "moderate", "hold", "verify", "validate", "checkout", "receive", "pack", "admit", "stop", "forward",
    "resolve",
];

/// The lifecycles of entities on which the text lets somebody act by verbs such as approve, cancel or close.
/// A lifecycle that the text lists is taken as it stands, and the ways out of it that the text gives somebody with it.
/// States that the text only mentions complete both.
pub(crate) fn lifecycles(
    actions: &[Action],
    entities: &[String],
    stated: &[Lifecycle],
    mentions: &[Mention],
) -> Vec<Lifecycle> {
    // Of several lists of states, the longest, and of these the last.
    let mut known: BTreeMap<&str, &Lifecycle> = BTreeMap::new();
    for lifecycle in stated {
        let longest = known.entry(&lifecycle.entity).or_insert(lifecycle);
        if lifecycle.states.len() >= longest.states.len() {
            *longest = lifecycle;
        }
    }
    // "The lecturer returns the homework to the system" enters it there.
    let entered: BTreeSet<(&str, &str)> = actions
        .iter()
        .filter(|action| {
            action.preposition.as_deref() == Some("to") && names::is_system(&action.object.to_lowercase())
        })
        .map(|action| (action.statement.as_str(), action.verb.as_str()))
        .gather();
    let mut moves: BTreeMap<&str, Vec<(&Action, &'static str)>> = BTreeMap::new();
    let mut marks: BTreeMap<&str, Vec<(&Action, &'static str)>> = BTreeMap::new();
    let mut takers: BTreeMap<&str, Vec<(&Action, &'static str)>> = BTreeMap::new();
    for action in actions {
        let Some(entity) = action.entity.as_deref() else { continue };
        let Some((base, _)) = action.verb.split(' ').find_map(crate::lemma::verb) else { continue };
        if MARKING.contains(&base) {
            marks.entry(entity).or_default().push((action, base));
        }
        if !action.actor.is_empty() {
            takers.entry(entity).or_default().push((action, base));
        }
        // A user who blocks another is in no state: the two are linked.
        let among_equals = action.actor.eq_ignore_ascii_case(entity) && holds(knowledge::AMONG_EQUALS, base);
        // "The treasurer checks claims and pays them": what can be owed is paid by that.
        let settles = base == "pay"
            && !action.actor.is_empty()
            && action.preposition.is_none()
            && holds(knowledge::PAYABLE, &names::head(entity).to_lowercase());
        if (settles || crate::lemma::class(base) == Some(VerbClass::Transition))
            && !among_equals
            && !STATELESS.contains(&base)
            && !entered.contains(&(action.statement.as_str(), action.verb.as_str()))
        {
            moves.entry(entity).or_default().push((action, base));
        }
    }
    // Who pays what is in no state otherwise leaves a payment, and moves nothing.
    moves.retain(|_, moves| moves.iter().any(|(_, verb)| *verb != "pay"));
    let mut mentioned: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        let Some(entity) = mention.things.first() else { continue };
        mentioned.entry(names::capitalised(entity)).or_default().push(mention);
    }
    let found = entities.iter().filter_map(|entity| {
        let mentioned = mentioned.get(entity).map(Vec::as_slice).unwrap_or_default();
        let [moves, marks] =
            [&moves, &marks].map(|of| of.get(entity.as_str()).map(Vec::as_slice).unwrap_or_default());
        let by_verbs = (!moves.is_empty()).then(|| lifecycle(entity, moves));
        let Some(known) = known.get(entity.as_str()) else {
            return completed(entity, by_verbs, mentioned);
        };
        // A list that tells no order says no more than the verbs that lead to all of its states.
        let by_verbs = by_verbs.filter(|by_verbs| {
            known.transitions.is_empty() && known.states.iter().all(|state| has_state(by_verbs, state))
        });
        let listed = by_verbs.is_none() && known.states.len() > 2;
        let found = by_verbs.unwrap_or_else(|| {
            let known = moved_by(marked_by((*known).clone(), marks), moves);
            from_named(with_ways_out(known, moves), moves)
        });
        if listed { Some(with_endings(found, mentioned)) } else { completed(entity, Some(found), mentioned) }
    });
    // "Agents resolve tickets": they take the step, also where the verb alone tells of no life.
    found
        .map(|lifecycle| match takers.get(lifecycle.entity.as_str()) {
            Some(takers) => moved_by(lifecycle, takers),
            None => lifecycle,
        })
        .collect()
}

/// The lifecycle with who marks its records, where a statement says that somebody does.
fn marked_by(mut lifecycle: Lifecycle, marks: &[(&Action, &'static str)]) -> Lifecycle {
    let said = |(action, _): &&(&Action, &'static str)| {
        Reason::try_from(action.statement.clone()).is_ok_and(|said| lifecycle.evidence.contains(&said))
    };
    if let Some((action, _)) = marks.iter().find(said) {
        for transition in lifecycle.transitions.iter_mut().filter(|known| known.actor.is_empty()) {
            transition.actor.clone_from(&action.actor);
        }
    }
    lifecycle
}

/// The lifecycle with who takes its steps, where the text says that somebody does.
fn moved_by(mut lifecycle: Lifecycle, moves: &[(&Action, &'static str)]) -> Lifecycle {
    for transition in lifecycle.transitions.iter_mut().filter(|known| known.actor.is_empty()) {
        let mut takes =
            moves.iter().filter(|(action, verb)| !action.actor.is_empty() && transition.action == *verb);
        if let Some((action, _)) = takes.next() {
            transition.actor.clone_from(&action.actor);
        }
    }
    lifecycle
}

/// "Published articles are archived after a year": the step leaves the state that is named with what is moved, whatever
/// the order in which the states are listed.
fn from_named(mut lifecycle: Lifecycle, moves: &[(&Action, &'static str)]) -> Lifecycle {
    for (action, verb) in moves {
        let to = participle(verb);
        let Some(from) = named_state(action, &lifecycle.states).map(str::to_owned) else { continue };
        let known = |step: &Transition| step.from == from && step.to == to;
        if from != to && has_state(&lifecycle, &to) && !lifecycle.transitions.iter().any(known) {
            let (actor, action) = (action.actor.clone(), (*verb).to_owned());
            lifecycle.transitions.push(Transition { from, to, action, actor });
        }
    }
    lifecycle
}

/// "The restaurant accepts or rejects the order": what ends a record before its time is seldom listed with the states. It
/// leaves the state that the opposite decision leaves, else the first.
fn with_ways_out(mut lifecycle: Lifecycle, moves: &[(&Action, &'static str)]) -> Lifecycle {
    if lifecycle.transitions.is_empty() {
        return lifecycle;
    }
    for (action, verb) in moves {
        let state = participle(verb);
        if !holds(knowledge::ENDINGS, &state) || has_state(&lifecycle, &state) {
            continue;
        }
        let decided = |transition: &&Transition| {
            !holds(knowledge::RETREATS, &state)
                && matches!(transition.action.as_str(), "accept" | "approve" | "confirm")
        };
        let opposite = lifecycle.transitions.iter().find(decided).map(|transition| transition.from.clone());
        let Some(from) = opposite.or_else(|| lifecycle.states.first().cloned()) else { continue };
        lead(&mut lifecycle, from, state, action, verb);
        cite(&mut lifecycle, action);
    }
    lifecycle
}

/// Adds a state, and the verb by which somebody moves a record to it.
fn lead(lifecycle: &mut Lifecycle, from: String, to: String, action: &Action, verb: &str) {
    let (actor, action) = (action.actor.clone(), verb.to_owned());
    lifecycle.transitions.push(Transition { from, to: to.clone(), action, actor });
    lifecycle.states.push(to);
}

/// Adds the statement of an action to the reasons.
fn cite(lifecycle: &mut Lifecycle, action: &Action) {
    if let Ok(reason) = Reason::try_from(action.statement.clone()) {
        add_next(&mut lifecycle.evidence, reason);
    }
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
            let from = named_state(action, &found.states).or_else(|| before(verb, &found.states));
            let from = from.unwrap_or(first).to_owned();
            lead(&mut found, from, state, action, verb);
        }
        cite(&mut found, action);
    }
    found
}

/// "An approved request can be cancelled": the state that the text names with what is moved.
fn named_state<'a>(action: &Action, states: &'a [String]) -> Option<&'a str> {
    let object = action.object.to_lowercase();
    let named = |state: &&String| object.split(' ').any(|word| word == state.as_str());
    states.iter().find(named).map(String::as_str)
}

/// The state that a verb usually starts from, where the text has named it.
pub(crate) fn before<'a>(verb: &str, states: &'a [String]) -> Option<&'a str> {
    let mut usual = look_up(&knowledge::BEFORE, verb)?.split(' ');
    usual.find_map(|state| states.iter().find(|known| *known == state)).map(String::as_str)
}

/// The state that a verb leads to: approve, approved.
pub fn participle(verb: &str) -> String {
    match verb {
        "withdraw" => "withdrawn".to_owned(),
        "freeze" => "frozen".to_owned(),
        "hold" => "held".to_owned(),
        "pay" => "paid".to_owned(),
        "check-in" => "checked_in".to_owned(),
        "check-out" => "checked_out".to_owned(),
        "cancel" => "canceled".to_owned(),
        "ship" => "shipped".to_owned(),
        "defer" => "deferred".to_owned(),
        "bar" => "barred".to_owned(),
        "expel" => "expelled".to_owned(),
        "uphold" => "upheld".to_owned(),
        "stop" => "stopped".to_owned(),
        "commit" => "committed".to_owned(),
        "ban" => "banned".to_owned(),
        "reopen" | "unblock" | "unfreeze" | "reactivate" | "resume" | "restore" => "reopened".to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ if verb.ends_with('y') && !verb.ends_with("ay") => format!("{}ied", &verb[..verb.len() - 1]),
        _ => format!("{verb}ed"),
    }
}
