//! What time alone moves on: "a reservation is held for 30 minutes after its start and then released". No call does it, so
//! nobody needs the right to; a job does, by the clock.

use crate::model::{Table, Timer};
use crate::naming;
use crate::spoken::Spoken;
use knowledge::{Gather as _, VerbClass};
use requirements::{
    Action, Analysis, Evidence, Lifecycle, Quantity, Reason, Statement, Transition, add_reason, known_verb,
};
use std::collections::{BTreeMap, BTreeSet};

/// The words after a length of time, with how many seconds each has.
const LENGTHS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// How many words of a number stand between a preposition and its unit: "after the first 30 minutes".
const NEAR: usize = 4;

/// A step that time takes.
pub(crate) struct Timed<'a> {
    pub(crate) entity: &'a str,
    /// The verb of its transitions.
    pub(crate) action: &'a str,
    pub(crate) seconds: f64,
    /// Whether it counts from the beginning that the record itself names, and not from when it came into its state.
    from_start: bool,
    /// The only state that it leaves, where the text names one.
    only_from: Option<&'a str>,
    /// Whether nobody takes the step beside time.
    pub(crate) alone: bool,
    /// The id of the length of time.
    pub(crate) quantity: &'a str,
    evidence: Evidence,
}

/// The steps that the text leaves to time.
pub(crate) fn timed(analysis: &Analysis) -> Vec<Timed<'_>> {
    let mut found: Vec<Timed> = Vec::new();
    let passages = Passages::new(analysis);
    for lifecycle in &analysis.model.lifecycles {
        for transition in &lifecycle.transitions {
            let known = |other: &Timed| other.entity == lifecycle.entity && other.action == transition.action;
            let moves = knowledge::storage_words("by-clock").contains(&transition.action.as_str());
            if moves && !found.iter().any(known) {
                found.extend(length(analysis, &passages, lifecycle, &transition.action));
            }
        }
    }
    found
}

/// Whether the text says of somebody that he takes the step, as well as time.
fn by_somebody(analysis: &Analysis, lifecycle: &Lifecycle, verb: &str) -> bool {
    let takes = |action: &Action| {
        !action.actor.is_empty()
            && action.entity.as_deref().is_none_or(|entity| entity == lifecycle.entity)
            && known_verb(&action.verb).is_some_and(|(base, _)| base == verb)
    };
    lifecycle.transitions.iter().any(|step| step.action == verb && !step.actor.is_empty())
        || analysis.requirements.actions.iter().any(takes)
}

/// The statements that give a length of time, with their texts in lower case, and where each entity may be named in them.
struct Passages<'a> {
    statements: BTreeMap<usize, (&'a Statement, String)>,
    by_entity: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Passages<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let requirements = &analysis.requirements;
        let spoken = Spoken::new(analysis);
        let mut passages = Self { statements: BTreeMap::new(), by_entity: BTreeMap::new() };
        for quantity in requirements.quantities.iter().filter(|quantity| quantity.unit == "seconds") {
            let Some(at) = Reason::try_from(quantity.statement.clone()).ok().and_then(|said| said.place())
            else {
                continue;
            };
            let Some(statement) =
                requirements.statements.get(at).filter(|_| !passages.statements.contains_key(&at))
            else {
                continue;
            };
            let text = statement.text.to_lowercase();
            for name in spoken.near(&text) {
                passages.by_entity.entry(name).or_default().push(at);
            }
            passages.statements.insert(at, (statement, text));
        }
        passages
    }

    /// Those that may be said of a lifecycle: they name its entity, or it was read from them.
    fn of(&self, lifecycle: &Lifecycle) -> BTreeSet<usize> {
        let named = self.by_entity.get(lifecycle.entity.as_str()).into_iter().flatten().copied();
        let read = lifecycle.evidence.iter().filter_map(Reason::place);
        named.chain(read.filter(|at| self.statements.contains_key(at))).gather()
    }
}

/// The length of time after which a step is taken, where a statement gives it.
fn length<'a>(
    analysis: &'a Analysis,
    passages: &Passages<'a>,
    lifecycle: &'a Lifecycle,
    verb: &'a str,
) -> Option<Timed<'a>> {
    let requirements = &analysis.requirements;
    let name = lifecycle.entity.to_lowercase();
    passages.of(lifecycle).into_iter().find_map(|at| {
        let (statement, text) = passages.statements.get(&at)?;
        let reason = Reason::Statement(u32::try_from(at + 1).ok()?);
        let said = said(text, verb, &name)?;
        let spoken = naming::names(text, &name) || naming::names(text, requirements::head(&name));
        if !spoken && !lifecycle.evidence.contains(&reason) {
            return None;
        }
        let happens = |action: &Action| {
            action.statement == statement.id
                && action.actor.is_empty()
                && known_verb(&action.verb).is_some_and(|(base, _)| base == verb)
        };
        if !PASSING.contains(&verb)
            && !text.contains("automatically")
            && !requirements.actions.iter().any(happens)
        {
            return None;
        }
        let same = |one: &&Quantity| one.statement == statement.id && one.unit == "seconds";
        let lengths = || requirements.quantities.iter().filter(same);
        let quantity = lengths().nth(said.place).filter(|_| lengths().count() == lengths_in(text).count())?;
        // "Ended leases are removed after six years": they go, and end by something else.
        let kept = quantity.kind == "retention"
            && naming::words(text).any(|word| {
                knowledge::storage_words("keeping").contains(&word)
                    && known_verb(word).is_some_and(|(base, _)| base != verb)
            });
        // "After 30 days past due it is cancelled": from that state and from no other.
        let from: Vec<&str> = lifecycle
            .states
            .iter()
            .map(String::as_str)
            .filter(|state| {
                let state = state.replace('_', " ");
                said.rest.starts_with(&format!(" {state} "))
                    || said.rest.starts_with(&format!(" in {state} "))
                    // "Published articles are archived after a year": from the state that tells of which.
                    || [naming::plural(&name), name.clone()].iter().any(|name| {
                        naming::names(text, &format!("{state} {name}"))
                    })
            })
            .collect();
        (!kept).then(|| Timed {
            entity: &lifecycle.entity,
            action: verb,
            seconds: quantity.value,
            from_start: said.from_start,
            only_from: from.first().copied(),
            alone: !by_somebody(analysis, lifecycle, verb),
            quantity: &quantity.id,
            evidence: vec![reason],
        })
    })
}

/// Verbs of what passes by itself.
const PASSING: [&str; 2] = ["expire", "lapse"];

/// The first state of what expires, where the text names none.
const VALID: &str = "valid";

/// What somebody does to a record before it expires: what was captured or released expires no more.
fn moved(analysis: &Analysis, entity: &str) -> Vec<Transition> {
    let mut found: Vec<Transition> = Vec::new();
    let actions = analysis.requirements.actions.iter();
    for action in
        actions.filter(|action| action.entity.as_deref() == Some(entity) && action.preposition.is_none())
    {
        let Some(verb) = moves(action) else { continue };
        if !found.iter().any(|step| step.action == verb) {
            found.push(Transition {
                from: VALID.to_owned(),
                to: requirements::participle(verb),
                action: verb.to_owned(),
                actor: action.actor.clone(),
            });
        }
    }
    found
}

/// The verb by which an action moves a record on before its time ends. To capture is mostly to make something, and of what is
/// held it is to take it.
fn moves(action: &Action) -> Option<&'static str> {
    let (verb, class) = known_verb(&action.verb)?;
    let on = class == VerbClass::Transition || matches!(verb, "capture" | "redeem");
    (on && !PASSING.contains(&verb)).then_some(verb)
}

/// Whether the statement or the one before has something moved that it does not name.
fn is_moved_unnamed(analysis: &Analysis, reason: &Reason) -> bool {
    let Reason::Statement(at) = reason else { return false };
    analysis.requirements.actions.iter().any(|action| {
        let near = matches!(
            Reason::try_from(action.statement.clone()),
            Ok(Reason::Statement(said)) if said == *at || said + 1 == *at
        );
        near && action.entity.is_none()
            && action.object.is_empty()
            && action.preposition.is_none()
            && moves(action).is_some()
    })
}

/// Gives what is said to expire the state that it then comes into: "each bag expires after 42 days".
pub(crate) fn complete(analysis: &mut Analysis) {
    let mut found: Vec<(String, &'static str, bool, Reason)> = Vec::new();
    for (at, statement) in (1_u32..).zip(&analysis.requirements.statements) {
        let text = statement.text.to_lowercase();
        for verb in PASSING.into_iter().filter(|verb| said(&text, verb, "").is_some()) {
            let words: Vec<&str> = naming::words(&text).collect();
            let moved = words.iter().position(|word| known_verb(word).is_some_and(|(base, _)| base == verb));
            let before = words[..moved.unwrap_or(0)].join(" ");
            let entities = analysis.model.entities.iter();
            // What was named last before the verb, unless the verb has another subject.
            let named = entities.filter_map(|entity| {
                let name = entity.name.to_lowercase();
                let place = |name: &str| Some(before.rfind(name)? + name.len());
                let end = place(&naming::plural(&name)).max(place(&name))?;
                let rest = before[end..].trim();
                (rest.is_empty() || rest.ends_with(" it") || rest.ends_with(" they")).then_some((
                    end,
                    name.len(),
                    &entity.name,
                ))
            });
            if let Some((.., name)) = named.max() {
                let refused = words.iter().any(|word| matches!(*word, "not" | "unless" | "t" | "never"));
                found.push((name.clone(), verb, refused, Reason::Statement(at)));
            }
        }
    }
    for (entity, verb, refused, reason) in found {
        let state = requirements::participle(verb);
        let said = reason.place().and_then(|at| analysis.requirements.statements.get(at));
        let text = said.map(|said| said.text.to_lowercase()).unwrap_or_default();
        let known = analysis.model.lifecycles.iter().position(|cycle| cycle.entity == entity);
        // "The till captures it, or releases it. A hold expires": what else ends it is not known, so that time must not.
        if known.is_none() && is_moved_unnamed(analysis, &reason) {
            continue;
        }
        let at = known.unwrap_or_else(|| {
            let steps = moved(analysis, &entity);
            let states =
                [VALID.to_owned()].into_iter().chain(steps.iter().map(|step| step.to.clone())).collect();
            let evidence = Evidence::new();
            analysis.model.lifecycles.push(Lifecycle {
                entity: entity.clone(),
                states,
                transitions: steps,
                evidence,
            });
            analysis.model.lifecycles.len() - 1
        });
        let cycle = &mut analysis.model.lifecycles[at];
        if cycle.states.contains(&state) {
            continue;
        }
        let void = knowledge::storage_words("void-states");
        let answered = knowledge::storage_words("answered-states");
        let leaves = |from: &&String| {
            // "Released bags are stored": what was released is there still.
            let there = text.contains(&format!("{from} {}", entity.to_lowercase()));
            let plain = from.replace('_', " ");
            let passed = !there && [void, answered].iter().any(|ended| ended.contains(&plain.as_str()));
            // What is not accepted in time was still to be accepted.
            let waits =
                cycle.transitions.is_empty() || cycle.transitions.iter().any(|step| step.from == **from);
            let left = known.is_none() && **from != VALID;
            !passed && !left && (!refused || waits)
        };
        let from: Vec<String> = cycle.states.iter().filter(leaves).cloned().collect();
        cycle.transitions.extend(from.into_iter().map(|from| Transition {
            from,
            to: state.clone(),
            action: verb.to_owned(),
            actor: String::new(),
        }));
        cycle.states.push(state);
        add_reason(&mut cycle.evidence, reason);
    }
}

/// The places of the units of time among the words of a text.
fn lengths_in(text: &str) -> impl Iterator<Item = usize> {
    let words = naming::words(text).enumerate();
    words.filter_map(|(at, word)| LENGTHS.contains(&word.strip_suffix('s').unwrap_or(word)).then_some(at))
}

/// A length of time that a verb is said to come after.
#[derive(Debug, PartialEq)]
struct Said {
    /// Which of the lengths of the text.
    place: usize,
    /// Whether it counts from a beginning.
    from_start: bool,
    /// What stands behind it, between blanks.
    rest: String,
}

/// Which of the lengths of a text a verb is said to come after.
fn said(text: &str, verb: &str, thing: &str) -> Option<Said> {
    let words: Vec<&str> = naming::words(text).collect();
    // "Released bags" says of which, and not what happens to them.
    let tells_which = |at: usize| {
        words.get(at + 1).is_some_and(|next| !thing.is_empty() && next.starts_with(requirements::head(thing)))
    };
    let happens =
        |at: &usize| known_verb(words[*at]).is_some_and(|(base, _)| base == verb) && !tells_which(*at);
    let moved = (0..words.len()).find(happens)?;
    let among = |row: &[&str], from: usize, to: usize| words[from..to].iter().any(|word| row.contains(word));
    for (place, unit) in lengths_in(text).enumerate() {
        let near = unit.saturating_sub(NEAR);
        let before = &words[near..unit];
        let link = before.iter().rposition(|word| matches!(*word, "after" | "for" | "within" | "in"));
        let Some(link) = link.map(|at| near + at) else { continue };
        // "Until two hours before": somebody does that.
        if words.get(unit + 1).is_some_and(|next| *next == "before") {
            continue;
        }
        let comes = match words[link] {
            "after" => true,
            // "Held for 15 minutes, then released".
            "for" => {
                moved > unit
                    && among(
                        &["then", "afterwards", "otherwise", "and"],
                        unit.max(moved.saturating_sub(2)),
                        moved,
                    )
            }
            // "If it is not paid within 24 hours, it is cancelled"; "answered within two days, else it lapses".
            _ => {
                let refused = among(&["not", "never", "no", "nobody", "t", "unless"], 0, link);
                refused || moved > unit && among(&["otherwise", "else", "or"], unit, moved)
            }
        };
        if comes {
            let rest = &words[(unit + 1).min(words.len())..];
            let start = rest.first() == Some(&"after")
                && rest
                    .iter()
                    .take(4)
                    .any(|word| matches!(*word, "start" | "beginning" | "begin" | "starts" | "begins"));
            return Some(Said { place, from_start: start, rest: format!(" {} ", rest.join(" ")) });
        }
    }
    None
}

/// Gives each table what time moves on in it.
pub(crate) fn timers(analysis: &Analysis, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) {
    for timed in timed(analysis) {
        let Some(table) = by_entity.get(timed.entity).and_then(|at| tables.get_mut(*at)) else { continue };
        let Some(machine) = &table.states else { continue };
        let lifecycles = analysis.model.lifecycles.iter().filter(|cycle| cycle.entity == timed.entity);
        let steps: Vec<_> = lifecycles
            .flat_map(|cycle| &cycle.transitions)
            .filter(|step| step.action == timed.action)
            .collect();
        // A state that the text names and from which no way leads: what is meant is not known.
        if timed.only_from.is_some_and(|only| !steps.iter().any(|step| step.from == only)) {
            continue;
        }
        let Some(to) = steps.first().map(|step| step.to.clone()) else { continue };
        let mut states: Vec<String> = Vec::new();
        for step in steps.iter().filter(|step| step.to == to) {
            if !states.contains(&step.from) && timed.only_from.is_none_or(|only| only == step.from) {
                states.push(step.from.clone());
            }
        }
        let first = states == [machine.first.clone()];
        let start = |column: &&crate::model::Column| {
            let name = column.name.as_str();
            matches!(column.kind.as_str(), "timestamptz" | "date")
                && (name.starts_with("start")
                    || name.starts_with("begin")
                    || matches!(name, "from" | "valid_from"))
        };
        let start = table.columns.iter().find(start).filter(|_| timed.from_start);
        // A record that says itself when it ends is believed.
        let ends = |column: &&crate::model::Column| {
            matches!(column.kind.as_str(), "timestamptz" | "date")
                && knowledge::storage_words("ends-at").contains(&column.name.replace('_', " ").as_str())
        };
        let end =
            table.columns.iter().find(ends).filter(|_| start.is_none() && PASSING.contains(&timed.action));
        let from = match start.or(end) {
            Some(column) => column.name.clone(),
            None if first => "created_at".to_owned(),
            None => String::new(),
        };
        table.timers.push(Timer {
            action: timed.action.to_owned(),
            states,
            leads_to: to,
            seconds: if end.is_some() { 0.0 } else { timed.seconds },
            from,
            evidence: timed.evidence,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_moves_what_is_said_to_come_after_a_length() {
        for (text, verb, found) in [
            ("a berth is held for 20 minutes after its start and then released", "release", Some((0, true))),
            ("offers expire after 7 days", "expire", Some((0, false))),
            ("if a bill is not paid within 24 hours, the order is cancelled", "cancel", Some((0, false))),
            ("members cancel until 24 hours before", "cancel", None),
            ("tickets are closed within two hours", "close", None),
            ("released reports are stored; each is checked after 42 days", "release", None),
            ("a report is a draft for two days, then final, and later read or void", "void", None),
            ("a report within 3 days; claims lapse after 2 weeks", "lapse", Some((1, false))),
        ] {
            let said = said(text, verb, "report").map(|said| (said.place, said.from_start));
            assert_eq!(said, found, "{text}");
        }
    }
}
