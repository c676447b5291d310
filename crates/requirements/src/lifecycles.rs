//! The states that entities pass through: as the text lists them, or from the verbs that move them.

use crate::entities::Chosen;
use crate::model::{Action, Lifecycle, Transition};
use crate::names;
use crate::reason::{Reason, add_next};
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::Gather as _;
use knowledge::{VerbClass, holds};
use std::collections::{BTreeMap, BTreeSet};

/// The lifecycle that a sentence lists: "planned → loaded → fired", "is placed, then paid, packed and shipped",
/// "status: open, frozen or closed". `context` is the thing that the sentence stands under.
pub(crate) fn stated(sentence: &Sentence, chosen: &Chosen, context: Option<&str>) -> Option<Lifecycle> {
    let words = &sentence.words;
    let (states, ordered, start) = arrows(words).or_else(|| listed(words)).or_else(|| marked(words))?;
    let before = |at: usize| {
        let phrase = sentence.phrases.iter().rposition(|phrase| phrase.words.end <= at)?;
        (0..=phrase).rev().find_map(|phrase| {
            names::thing(sentence, phrase).and_then(|name| chosen.find_bare(&name).map(str::to_owned))
        })
    };
    let entity = before(start).or_else(|| context.and_then(|name| chosen.find(name)).map(str::to_owned))?;
    // "Whether a boat is free, on loan or in repair" tells no order.
    let ordered = ordered && !words[..start].iter().any(|word| word.is("whether"));
    let transitions = if ordered { chain(&states, alternatives(words, start, &states)) } else { Vec::new() };
    Some(Lifecycle {
        entity: names::capitalised(&entity),
        states,
        transitions,
        evidence: vec![sentence.reason()],
    })
}

/// States joined by arrows, with the word at which they start.
fn arrows(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    let arrow = |at: usize| {
        words[at].is("→") || words[at].is(">") && at > 0 && words[at - 1].is("-") || words[at].is("⇒")
    };
    let first = (0..words.len()).find(|at| arrow(*at))?;
    // A state is at most three words long; it starts after a comma, colon or verb.
    let mut start = first - usize::from(words[first].is(">"));
    let mut length = 0;
    while start > 0 && length < 2 && matches!(words[start - 1].tag, Tag::Noun | Tag::Adjective | Tag::Verb(_))
    {
        start -= 1;
        length += 1;
    }
    let mut states = Vec::new();
    let mut state: Vec<&str> = Vec::new();
    for at in start..=words.len() {
        let word = words.get(at);
        let part = word.is_some_and(|word| {
            matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Verb(_) | Tag::Preposition | Tag::Adverb)
                && !word.is("then")
        });
        if part {
            state.extend(word.map(|word| word.lower.as_str()));
            continue;
        }
        if !state.is_empty() && state.len() <= 3 {
            push_state(&mut states, &state.join(" "));
        }
        state.clear();
        let goes_on = word.is_some_and(|word| {
            arrow(at) || word.is("-") || matches!(word.tag, Tag::Comma | Tag::Conjunction) || word.is("/")
        });
        if !goes_on {
            break;
        }
    }
    (states.len() >= 2).then_some((states, true, start))
}

/// States after "is" or "status": single words between commas and conjunctions, at least three after "is".
fn listed(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    let then = words.iter().rposition(|word| word.is("then"));
    for at in 0..words.len() {
        let labelled = matches!(words[at].lemma.as_str(), "status" | "state")
            && words
                .get(at + 1)
                .is_some_and(|next| matches!(next.lower.as_str(), ":" | "(" | "of" | "is" | "-"));
        let copula = words[at].among(knowledge::BE);
        if !(labelled || copula) {
            continue;
        }
        let from = at + 1 + usize::from(labelled);
        let in_order = then >= Some(from);
        let mut states = Vec::new();
        let mut end = from;
        let mut expects = true;
        while let Some(word) = words.get(end) {
            match word.tag {
                Tag::Verb(crate::lemma::Form::Past | crate::lemma::Form::Ing)
                | Tag::Adjective
                | Tag::Noun
                    if expects =>
                {
                    push_state(&mut states, &word.lower);
                    expects = false;
                }
                // "on loan, in repair"
                Tag::Preposition
                    if expects
                        && words.get(end + 1).is_some_and(|next| {
                            matches!(next.tag, Tag::Noun | Tag::Verb(crate::lemma::Form::Ing))
                        }) =>
                {
                    end += 1;
                    push_state(&mut states, &format!("{} {}", word.lower, words[end].lower));
                    expects = false;
                }
                // "picked up, and delivered"
                Tag::Preposition | Tag::Adverb if !expects && is_particle(word) => {
                    if let Some(state) = states.last_mut() {
                        *state = format!("{state}_{}", word.lower);
                    }
                }
                // "delivered to each device, then read"
                Tag::Preposition | Tag::To if !expects && in_order => end = after_phrase(words, end) - 1,
                // "then read": the form of the present is that of the past.
                Tag::Verb(crate::lemma::Form::Base) if expects && states.len() > 1 && in_order => {
                    push_state(&mut states, &word.lower);
                    expects = false;
                }
                Tag::Comma | Tag::Conjunction => expects = true,
                Tag::Adverb
                    if word.is("then") || word.is("finally") || word.is("later") || word.is("eventually") =>
                {
                    expects = true;
                }
                Tag::Punctuation if matches!(word.lower.as_str(), "/" | "\"" | "“" | "”" | "|" | "'") => {
                    expects = true;
                }
                Tag::Determiner if labelled && (word.is("either") || word.is("one")) => {}
                _ => break,
            }
            end += 1;
        }
        let closed = words.get(end).is_none_or(|word| matches!(word.tag, Tag::Punctuation));
        let participles = words[from..end]
            .iter()
            .filter(|word| matches!(word.tag, Tag::Verb(crate::lemma::Form::Past)))
            .count();
        if states.len() >= if labelled { 2 } else { 3 }
            && (labelled || participles >= 2)
            && (closed || states.len() >= 3)
        {
            return Some((states, copula, at));
        }
    }
    None
}

/// "Mark an open deal as won or lost": each from the state that is named with it, else from the first of all.
fn marked(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    /// How many words may stand between the verb and "as".
    const REACH: usize = 6;
    let verb = words.iter().position(is_marking)?;
    let near = words[verb..].iter().take(REACH + 1);
    let thing = near.clone().take_while(|word| !word.is("as"));
    let from = verb + thing.clone().count();
    if !words.get(from)?.is("as")
        || thing.clone().any(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
    {
        return None;
    }
    let first = thing.clone().find(|word| word.is("open") || word.is("pending") || word.is("active"));
    let mut states = vec![first.map_or("open", |word| word.lower.as_str()).to_owned()];
    let parts = |word: &Word| matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Punctuation);
    for at in from + 1..words.len() {
        let word = &words[at];
        let alone = words.get(at + 1).is_none_or(|next| parts(next) && !next.is("-"));
        match word.tag {
            Tag::Verb(_) | Tag::Adjective | Tag::Noun if alone => push_state(&mut states, &word.lower),
            Tag::Comma if words.get(at + 1).is_some_and(|next| !next.is("and")) => {}
            Tag::Conjunction if word.is("or") => {}
            _ => break,
        }
    }
    (states.len() > 1).then_some((states, true, from))
}

/// Verbs of giving something a state by its name.
const MARKING: &[&str] = &["mark", "flag"];

/// Whether somebody gives something a state by its name. What is marked already only has an attribute that says so.
fn is_marking(word: &Word) -> bool {
    matches!(word.tag, Tag::Verb(crate::lemma::Form::Base | crate::lemma::Form::ThirdPerson))
        && MARKING.contains(&word.lemma.as_str())
}

/// The place after a preposition and the noun phrase that follows it.
fn after_phrase(words: &[Word], preposition: usize) -> usize {
    let inside = |word: &Word| {
        matches!(word.tag, Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Noun | Tag::Possessive)
    };
    preposition + 1 + words[preposition + 1..].iter().take_while(|word| inside(word)).count()
}

/// The second word of a verb of two.
fn is_particle(word: &Word) -> bool {
    matches!(word.lower.as_str(), "up" | "out" | "off" | "in" | "down" | "back" | "over")
}

fn push_state(states: &mut Vec<String>, name: &str) {
    let name = name.replace([' ', '-'], "_");
    if name.chars().any(char::is_alphabetic) && !states.contains(&name) {
        states.push(name);
    }
}

/// How many of the last states are alternatives of each other: "fixed, verified or rejected" ends in two, and "confirmed,
/// completed, cancelled or missed" in three.
fn alternatives(words: &[Word], start: usize, states: &[String]) -> usize {
    let said = if words[start..].iter().any(|word| word.is("or")) { 2 } else { 1 };
    let endings = states.iter().rev().take_while(|state| holds(knowledge::ENDINGS, state)).count();
    if endings < 2 { said } else { said.max(endings + 1) }
}

/// Each state leads to the next; the alternatives at the end are reached from the same state, and what can be called off
/// can be called off before.
fn chain(states: &[String], alternatives: usize) -> Vec<Transition> {
    let fork = states.len().saturating_sub(alternatives + 1);
    let mut found = Vec::new();
    for at in 1..states.len() {
        let from = if at > fork { fork } else { at - 1 };
        let earlier =
            if alternatives > 1 && holds(knowledge::RETREATS, &states[at]) { 0..from } else { 0..0 };
        let action = crate::lemma::verb(&states[at])
            .map_or_else(|| format!("mark-{}", states[at].replace('_', "-")), |(base, _)| base.to_owned());
        found.extend(earlier.chain([from]).map(|from| Transition {
            from: states[from].clone(),
            to: states[at].clone(),
            action: action.clone(),
            actor: String::new(),
        }));
    }
    found
}

/// Verbs of transition that say nothing of a state of their own.
const STATELESS: &[&str] = &[
    "sell", "lend", "borrow", "loan", "award", "grade", "charge", "capture", "forward", "inspect",
    "moderate", "verify", "validate", "checkout", "receive", "pack", "admit", "stop", "forward", "resolve",
];

/// The lifecycles of entities on which the text lets somebody act by verbs such as approve, cancel or close.
/// A lifecycle that the text lists is taken as it stands, and the ways out of it that the text gives somebody with it.
pub(crate) fn lifecycles(actions: &[Action], entities: &[String], stated: &[Lifecycle]) -> Vec<Lifecycle> {
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
    for action in actions {
        let Some(entity) = action.entity.as_deref() else { continue };
        let Some((base, _)) = action.verb.split(' ').find_map(crate::lemma::verb) else { continue };
        if MARKING.contains(&base) {
            marks.entry(entity).or_default().push((action, base));
        }
        // A user who blocks another is in no state: the two are linked.
        let among_equals = action.actor.eq_ignore_ascii_case(entity) && holds(knowledge::AMONG_EQUALS, base);
        if crate::lemma::class(base) == Some(VerbClass::Transition)
            && !among_equals
            && !STATELESS.contains(&base)
            && !entered.contains(&(action.statement.as_str(), action.verb.as_str()))
        {
            moves.entry(entity).or_default().push((action, base));
        }
    }
    entities
        .iter()
        .filter_map(|entity| match known.get(entity.as_str()) {
            Some(known) => {
                let [moves, marks] =
                    [&moves, &marks].map(|of| of.get(entity.as_str()).map(Vec::as_slice).unwrap_or_default());
                Some(with_ways_out(marked_by((*known).clone(), marks), moves))
            }
            None => moves.get(entity.as_str()).map(|moves| lifecycle(entity, moves)),
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

/// "The restaurant accepts or rejects the order": what ends a record before its time is seldom listed with the states. It
/// leaves the state that the opposite decision leaves, else the first.
fn with_ways_out(mut lifecycle: Lifecycle, moves: &[(&Action, &'static str)]) -> Lifecycle {
    if lifecycle.transitions.is_empty() {
        return lifecycle;
    }
    for (action, verb) in moves {
        let state = participle(verb);
        let spelled_otherwise = lifecycle.states.iter().any(|known| known.replace("ll", "l") == state);
        if !holds(knowledge::ENDINGS, &state) || lifecycle.states.contains(&state) || spelled_otherwise {
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
