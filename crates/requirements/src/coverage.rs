//! What became of each statement, and how much of the text was understood.

use crate::model::{
    Action, Analysis, Coverage, Entity, Pattern, Quantity, Requirements, StatementKind, StatementStatus,
};
use crate::reason::{Reason, place_of};
use knowledge::{Gather as _, VerbClass};
use std::collections::BTreeSet;

/// What became of a statement whose number no figure reads.
const UNREAD: &str =
    "No figure of the design reads its number; it stands among the numbers that the text states.";

/// The sorts of statements, in the order in which they are counted.
const KINDS: &[StatementKind] = &[
    StatementKind::Capability,
    StatementKind::Quality,
    StatementKind::Constraint,
    StatementKind::Context,
    StatementKind::Exclusion,
    StatementKind::Question,
    StatementKind::Noise,
];

/// What somebody is said to change an attribute of, named by several words: the only one of the things that has it. "The
/// rated load may be changed only by the foreman."
pub fn sets<'a>(action: &Action, entities: &'a [Entity]) -> Option<&'a Entity> {
    let alone = action.entity.is_none() && action.preposition.is_none() && !action.actor.is_empty();
    let changes = || crate::known_verb(&action.verb).is_some_and(|(_, class)| class == VerbClass::Update);
    if !alone || !action.object.contains(' ') || !changes() {
        return None;
    }
    let object = action.object.to_lowercase();
    let has = |entity: &&Entity| entity.attributes.iter().any(|attribute| attribute.name == object);
    let mut having = entities.iter().filter(has);
    having.next().filter(|_| having.next().is_none())
}

/// Counts the statements of each sort that the text has.
pub(crate) fn coverage(requirements: &Requirements) -> Vec<Coverage> {
    let count = |kind: &StatementKind| {
        let mut row =
            Coverage { kind: *kind, statements: 0, bytes: 0, used: 0, set_aside: 0, not_understood: 0 };
        for statement in requirements.statements.iter().filter(|statement| statement.kind == *kind) {
            row.statements += 1;
            row.bytes += statement.span[1] - statement.span[0];
            match statement.status {
                StatementStatus::Used => row.used += 1,
                StatementStatus::SetAside => row.set_aside += 1,
                StatementStatus::NotUnderstood => row.not_understood += 1,
            }
        }
        row
    };
    KINDS.iter().map(count).filter(|row| row.statements > 0).collect()
}

/// A scenario is what its steps ask for together: its title counts as used where one of them does.
fn settle_scenarios(requirements: &mut Requirements) {
    let mut title = None;
    for at in 0..requirements.statements.len() {
        let statement = &requirements.statements[at];
        let scenario = statement.form.as_ref().is_some_and(|form| form.pattern == Pattern::Scenario);
        if !scenario {
            title = title.filter(|_| statement.kind == StatementKind::Noise);
        } else if statement.text.to_lowercase().contains("scenario") {
            title = Some(at);
        } else if statement.status == StatementStatus::Used
            && let Some(title) = title
        {
            let titled = &mut requirements.statements[title];
            titled.kind = StatementKind::Capability;
            titled.status = StatementStatus::Used;
            titled.reason = None;
        }
    }
}

/// What each statement gave the design.
struct Given {
    /// Something of its own: an attribute, a relation, a number, something that is done to a record.
    made: Vec<bool>,
    /// It speaks of something of which records are kept.
    named: Vec<bool>,
    /// It says who there is.
    peopled: Vec<bool>,
}

impl Given {
    fn of(analysis: &Analysis) -> Self {
        let (model, requirements) = (&analysis.model, &analysis.requirements);
        let mut given = Self {
            made: vec![false; requirements.statements.len()],
            named: vec![false; requirements.statements.len()],
            peopled: vec![false; requirements.statements.len()],
        };
        let made = model
            .entities
            .iter()
            .flat_map(|entity| {
                let attributes = entity.attributes.iter().flat_map(|attribute| &attribute.evidence);
                attributes.chain(entity.invariants.iter().flat_map(|invariant| &invariant.evidence))
            })
            .chain(model.relations.iter().flat_map(|relation| &relation.evidence))
            .chain(model.lifecycles.iter().flat_map(|lifecycle| &lifecycle.evidence))
            .chain(requirements.signals.iter().flat_map(|signal| &signal.evidence));
        made.for_each(|reason| mark(&mut given.made, reason));
        let names: Vec<String> = model.entities.iter().map(|entity| entity.name.to_lowercase()).collect();
        let nouns: BTreeSet<&str> = names.iter().map(|name| crate::names::head(name)).gather();
        let done = requirements.actions.iter().filter(|action| action.entity.is_some());
        let set = requirements.actions.iter().filter(|action| sets(action, &model.entities).is_some());
        // "The auditor sees everything": a right to each record, which names none.
        let everything = knowledge::access("everything");
        let sees_all = requirements.actions.iter().filter(|action| {
            action.entity.is_none()
                && !action.actor.is_empty()
                && crate::known_verb(&action.verb).is_some_and(|(_, class)| class == VerbClass::Read)
                && place_of(&action.statement)
                    .and_then(|at| requirements.statements.get(at))
                    .is_some_and(|said| everything.iter().any(|phrase| said.text.contains(phrase)))
        });
        let ids = requirements
            .quantities
            .iter()
            .filter(|quantity| is_read(quantity, &nouns))
            .map(|quantity| &quantity.statement)
            .chain(requirements.constraints.iter().map(|constraint| &constraint.statement))
            .chain(done.chain(sees_all).chain(set).map(|action| &action.statement))
            .chain(requirements.endpoints.iter().map(|endpoint| &endpoint.statement));
        for slot in ids.filter_map(|id| place_of(id)) {
            if let Some(slot) = given.made.get_mut(slot) {
                *slot = true;
            }
        }
        model
            .entities
            .iter()
            .flat_map(|entity| &entity.evidence)
            .for_each(|reason| mark(&mut given.named, reason));
        let actors = requirements.actors.iter().flat_map(|actor| &actor.evidence);
        actors.for_each(|reason| mark(&mut given.peopled, reason));
        given
    }

    /// What is wanted in each statement of which nothing was made: not "track attendance", where the camp alone is known.
    fn wanted(&self, analysis: &Analysis) -> Vec<Option<String>> {
        let mut asked: Vec<Vec<&Action>> = vec![Vec::new(); self.made.len()];
        for action in &analysis.requirements.actions {
            if let Some(asked) = place_of(&action.statement).and_then(|at| asked.get_mut(at))
                && action.primary
                && !action.actor.is_empty()
            {
                asked.push(action);
            }
        }
        let mut understood = self.made.clone();
        for entity in &analysis.model.entities {
            let name = entity.name.to_lowercase();
            let head = crate::names::head(&name);
            for at in entity.evidence.iter().filter_map(Reason::place) {
                let names = |action: &&Action| action.object.to_lowercase().contains(head);
                if let (Some(slot), Some(asked)) = (understood.get_mut(at), asked.get(at)) {
                    *slot |= asked.iter().any(names);
                }
            }
        }
        let told = |(asked, understood): (Vec<&Action>, bool)| {
            let first = asked.first().filter(|_| !understood)?;
            Some(format!("{} {}", first.verb, first.object).trim().to_owned())
        };
        asked.into_iter().zip(understood).map(told).collect()
    }
}

/// Whether some figure can read a number: one of a kind that states a fact, a length of keeping, or how many there are of a
/// thing with records. `nouns` are the last words of the names of these things.
fn is_read(quantity: &Quantity, nouns: &BTreeSet<&str>) -> bool {
    let states = |row: &knowledge::StatedRow| {
        row.kind == quantity.kind
            && (row.qualifier.is_empty() || Some(row.qualifier) == quantity.qualifier.as_deref())
    };
    // Hours of the day are no share of the time.
    let share = quantity.kind != "availability" || quantity.unit == "ratio";
    let of_records = || {
        let noun = quantity.qualifier.as_deref().filter(|_| quantity.unit != "seconds")?.to_lowercase();
        Some(nouns.contains(crate::names::head(&noun)))
    };
    share && knowledge::STATED.iter().any(states) || of_records().unwrap_or_default()
}

fn mark(slots: &mut [bool], reason: &Reason) {
    if let Some(slot) = reason.place().and_then(|at| slots.get_mut(at)) {
        *slot = true;
    }
}

/// Says of each statement what became of it.
pub(crate) fn settle(analysis: &mut Analysis) {
    let given = Given::of(analysis);
    let wanted = given.wanted(analysis);
    let mut numbered = vec![false; analysis.requirements.statements.len()];
    for quantity in &analysis.requirements.quantities {
        if let Some(slot) = place_of(&quantity.statement).and_then(|at| numbered.get_mut(at)) {
            *slot = true;
        }
    }
    for (at, statement) in analysis.requirements.statements.iter_mut().enumerate() {
        let capability = statement.kind == StatementKind::Capability;
        // Background may well do nothing but name who or what there is.
        let used = given.made[at]
            || given.named[at] && !(capability && wanted[at].is_some())
            || given.peopled[at] && !capability;
        let number = numbered[at].then_some(UNREAD);
        let aside = match statement.kind {
            StatementKind::Noise => {
                Some("Layout, a heading or code: it gives scope to what stands below it.")
            }
            StatementKind::Exclusion => Some("It says what is not to be built."),
            StatementKind::Question => Some("The author asks; the design cannot answer."),
            StatementKind::Quality | StatementKind::Context if !used && number.is_some() => number,
            StatementKind::Context if !used => Some("Background: it asks for nothing to be built."),
            StatementKind::Quality if !used => Some("A quality without a number: see the questions."),
            _ => None,
        };
        (statement.status, statement.reason) = match aside {
            Some(reason) => (StatementStatus::SetAside, Some(reason.to_owned())),
            None if used => (StatementStatus::Used, None),
            None => (
                StatementStatus::NotUnderstood,
                Some(wanted[at].as_ref().map_or_else(
                    || "No entity, quantity or constraint was found in it.".to_owned(),
                    |wanted| {
                        format!(
                            "Nothing was found of which “{wanted}” could be made: no record, rule or job."
                        )
                    },
                )),
            ),
        };
    }
    settle_scenarios(&mut analysis.requirements);
    analysis.requirements.coverage = coverage(&analysis.requirements);
}
