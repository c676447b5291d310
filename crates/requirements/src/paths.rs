//! The way that records take through the states which a text mentions one by one, beside those that verbs lead to.

use crate::lifecycles::before;
use crate::mentions::{Mention, Place, place};
use crate::model::{Lifecycle, Transition};
use crate::names;
use crate::reason::add_next;
use crate::states::step;
use knowledge::holds;

/// How many states have to be mentioned where no verb moves the thing: one alone is an adjective. People are called
/// registered or invited without there being a life of it.
const ENOUGH: usize = 2;
const ENOUGH_OF_PEOPLE: usize = 3;

/// Names of first states that the text does not have, where verbs alone told the lifecycle.
const PLACEHOLDERS: &[&str] = &["open", "pending"];

/// A lifecycle that verbs told, if any did, with the states that the text mentions: in the usual order, each reached from
/// the one before.
pub(crate) fn completed(entity: &str, told: Option<Lifecycle>, mentions: &[&Mention]) -> Option<Lifecycle> {
    let mut said: Vec<&Mention> = Vec::new();
    for mention in mentions {
        if !said.iter().any(|known| same(&known.state, &mention.state)) {
            said.push(mention);
        }
    }
    let strong = said.iter().filter(|mention| mention.strong).count();
    let told_states = told.as_ref().map_or(0, |told| told.states.len().saturating_sub(1));
    let enough = if names::is_person(&entity.to_lowercase()) { ENOUGH_OF_PEOPLE } else { ENOUGH };
    let new = said
        .iter()
        .any(|mention| !mention.gone && told.as_ref().is_none_or(|told| !has_state(told, &mention.state)));
    if !new || said.len() + told_states < enough || strong == 0 {
        return told;
    }
    let mut found = told.unwrap_or_else(|| Lifecycle {
        entity: entity.to_owned(),
        states: Vec::new(),
        transitions: Vec::new(),
        evidence: Vec::new(),
    });
    // The text's own spelling, and its order.
    for mention in said.iter().filter(|mention| !mention.gone) {
        if let Some(known) = found.states.iter().find(|known| same(known, &mention.state)).cloned() {
            rename(&mut found, &known, &mention.state);
            found.states.retain(|state| *state != mention.state);
        }
        found.states.push(mention.state.clone());
        add_next(&mut found.evidence, mention.reason.clone());
    }
    let mut successions = successions(mentions);
    // "A driver accepts a trip" that was offered to him.
    let moved: Vec<String> = successions.iter().map(|(_, after)| after.clone()).collect();
    let usual = found.transitions.iter();
    let usual = usual.filter_map(|step| Some((before(&step.action, &moved)?.to_owned(), step.to.clone())));
    successions.extend(usual);
    let follows = |state: &str| successions.iter().any(|(_, after)| after == state);
    let placeholder = found
        .states
        .first()
        .filter(|first| {
            PLACEHOLDERS.contains(&first.as_str()) && !said.iter().any(|mention| same(&mention.state, first))
        })
        .cloned();
    if let Some(placeholder) = placeholder
        && let Some(first) =
            said.iter().find(|mention| place(&mention.state) == Place::First && !follows(&mention.state))
    {
        found.states.retain(|state| *state != placeholder);
        rename(&mut found, &placeholder, &first.state);
    }
    if let Some(before) = unsaid_first(&found) {
        found.states.push(before.to_owned());
    }
    Some(ordered(found, &successions))
}

/// "Approved trips are offered to drivers": what is said of things in a state comes after that state, whatever is usual.
fn successions(mentions: &[&Mention]) -> Vec<(String, String)> {
    let pairs = mentions.windows(2).filter_map(|pair| match pair {
        // "Solved tickets are open again": what comes after the end begins anew.
        [before, after]
            if before.reason == after.reason
                && before.narrows
                && !after.narrows
                && before.state != after.state
                && place(&before.state) < Place::Last =>
        {
            Some((before.state.clone(), after.state.clone()))
        }
        _ => None,
    });
    pairs.collect()
}

/// The state of what is put away and kept.
const ARCHIVED: &str = "archived";

/// The first state where the text mentions only later ones. "After a matter is closed, it is archived": it was open before.
fn unsaid_first(found: &Lifecycle) -> Option<&'static str> {
    let first = found.states.iter().min_by_key(|state| place(state))?;
    matches!(place(first), Place::Last | Place::Ended).then_some("open")
}

/// A lifecycle that the text lists, with the ends that it mentions elsewhere.
pub(crate) fn with_endings(mut listed: Lifecycle, mentions: &[&Mention]) -> Lifecycle {
    if !listed.transitions.is_empty()
        && let (Some(before), Some(first)) = (unsaid_first(&listed), listed.states.first())
    {
        listed.transitions.insert(0, step(before, first));
        listed.states.insert(0, before.to_owned());
    }
    for mention in mentions {
        // "Approved reports are archived": what is put away was in one of the states before.
        let put_away = mention.state == ARCHIVED;
        if listed.transitions.is_empty()
            || mention.gone
            || place(&mention.state) != Place::Ended && !put_away
            || has_state(&listed, &mention.state)
        {
            continue;
        }
        let with = mentions.iter().filter(|other| put_away && other.reason == mention.reason);
        let named: Vec<Transition> = with
            .filter(|other| other.state != ARCHIVED && has_state(&listed, &other.state))
            .map(|other| step(&other.state, ARCHIVED))
            .collect();
        if put_away {
            let last = || listed.states.last().map(|last| step(last, ARCHIVED));
            let steps = if named.is_empty() { last().into_iter().collect() } else { named };
            listed.transitions.extend(steps);
            listed.states.push(ARCHIVED.to_owned());
            add_next(&mut listed.evidence, mention.reason.clone());
            continue;
        }
        let main: Vec<String> =
            listed.states.iter().filter(|state| place(state) != Place::Ended).cloned().collect();
        let steps: Vec<Transition> =
            left(&mention.state, &main).into_iter().map(|from| step(from, &mention.state)).collect();
        if steps.is_empty() {
            continue;
        }
        listed.transitions.extend(steps);
        listed.states.push(mention.state.clone());
        add_next(&mut listed.evidence, mention.reason.clone());
    }
    listed
}

/// The states in their usual order, with the steps from each to the next. Who takes a step, and by which verb, stays.
fn ordered(mut lifecycle: Lifecycle, successions: &[(String, String)]) -> Lifecycle {
    lifecycle.states.sort_by_key(|state| place(state));
    for (before, after) in successions {
        let at = |state: &str| lifecycle.states.iter().position(|known| known == state);
        if let (Some(first), Some(second)) = (at(before), at(after))
            && second < first
        {
            let moved = lifecycle.states.remove(second);
            lifecycle.states.insert(first, moved);
        }
    }
    let main: Vec<String> =
        lifecycle.states.iter().filter(|state| place(state) != Place::Ended).cloned().collect();
    let known = std::mem::take(&mut lifecycle.transitions);
    let by = |to: &str| known.iter().find(|step| step.to == to);
    for at in 0..lifecycle.states.len() {
        let to = &lifecycle.states[at];
        let from: Vec<&str> = match main.iter().position(|state| state == to) {
            Some(0) => continue,
            Some(at) => vec![main[at - 1].as_str()],
            None => {
                let known = by(to).map(|step| step.from.as_str());
                let known = known.filter(|from| lifecycle.states.iter().any(|state| state == from));
                known.map_or_else(|| left(to, &main), |from| vec![from])
            }
        };
        for from in from.into_iter().filter(|from| from != to) {
            let mut step = step(from, to);
            if let Some(known) = by(to) {
                (step.action, step.actor) = (known.action.clone(), known.actor.clone());
            }
            lifecycle.transitions.push(step);
        }
    }
    lifecycle
}

/// The states that an end is reached from: a refusal from what a consent leaves, what is called off from all that are on the
/// way, what is reopened from the last one, other ends from the last that is on the way.
fn left<'a>(end: &str, main: &'a [String]) -> Vec<&'a str> {
    let on_the_way = || main.iter().filter(|state| place(state) != Place::Last);
    let from = match refused_from(end, main) {
        Some(at) => main.get(at),
        None if REFUSED.contains(&end) => main.first(),
        None if holds(knowledge::RETREATS, end) => {
            return on_the_way().map(String::as_str).collect();
        }
        None if end == "reopened" => main.last(),
        None => on_the_way().next_back().or(main.first()),
    };
    from.map(String::as_str).into_iter().collect()
}

/// States of what was refused.
const REFUSED: &[&str] = &["rejected", "declined", "refused", "disqualified", "dismissed"];

/// The place of the state that a refusal leads from: that from which a consent leads as well.
pub(crate) fn refused_from(end: &str, main: &[String]) -> Option<usize> {
    let consents = ["approved", "accepted", "confirmed", "granted", "qualified", "released"];
    let consented = main.iter().rposition(|state| consents.contains(&state.as_str()));
    consented.filter(|_| REFUSED.contains(&end))?.checked_sub(1)
}

fn rename(lifecycle: &mut Lifecycle, from: &str, to: &str) {
    let ends = lifecycle.transitions.iter_mut().flat_map(|step| [&mut step.from, &mut step.to]);
    for state in lifecycle.states.iter_mut().chain(ends).filter(|state| *state == from) {
        to.clone_into(state);
    }
}

/// Whether a lifecycle has a state.
pub(crate) fn has_state(lifecycle: &Lifecycle, state: &str) -> bool {
    lifecycle.states.iter().any(|known| same(known, state))
}

/// Whether two states are one, however they are spelt: "canceled", "cancelled".
fn same(one: &str, other: &str) -> bool {
    let plain = |state: &str| state.replace("ll", "l");
    // Most are other states, as their first letters show.
    one == other || one.bytes().next() == other.bytes().next() && plain(one) == plain(other)
}
