//! What became of each statement, and how much of the text was understood.

use crate::model::{Analysis, Coverage, Pattern, Requirements, StatementKind, StatementStatus};
use crate::reason::Reason;

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

/// Says of each statement what became of it.
pub(crate) fn settle(analysis: &mut Analysis) {
    let mut used: Vec<bool> = vec![false; analysis.requirements.statements.len()];
    let mut mark = |reason: &Reason| {
        if let Reason::Statement(number) = reason
            && let Some(slot) = used.get_mut(*number as usize - 1)
        {
            *slot = true;
        }
    };
    let model = &analysis.model;
    let evidence = model.entities.iter().flat_map(|entity| {
        entity.evidence.iter().chain(entity.attributes.iter().flat_map(|attribute| &attribute.evidence))
    });
    let invariants = model.entities.iter().flat_map(|entity| &entity.invariants);
    evidence
        .chain(invariants.flat_map(|invariant| &invariant.evidence))
        .chain(model.relations.iter().flat_map(|relation| &relation.evidence))
        .chain(model.lifecycles.iter().flat_map(|lifecycle| &lifecycle.evidence))
        .for_each(&mut mark);
    let requirements = &analysis.requirements;
    requirements.actors.iter().flat_map(|actor| &actor.evidence).for_each(&mut mark);
    requirements.signals.iter().flat_map(|signal| &signal.evidence).for_each(&mut mark);
    let endpoints = requirements.endpoints.iter().map(|endpoint| &endpoint.statement);
    let ids = requirements
        .quantities
        .iter()
        .map(|quantity| &quantity.statement)
        .chain(requirements.constraints.iter().map(|constraint| &constraint.statement))
        .chain(
            requirements
                .actions
                .iter()
                .filter(|action| action.entity.is_some())
                .map(|action| &action.statement),
        );
    for id in ids.chain(endpoints) {
        if let Ok(reason) = Reason::try_from(id.clone()) {
            mark(&reason);
        }
    }
    for (statement, used) in analysis.requirements.statements.iter_mut().zip(used) {
        let aside = match statement.kind {
            StatementKind::Noise => {
                Some("Layout, a heading or code: it gives scope to what stands below it.")
            }
            StatementKind::Exclusion => Some("It says what is not to be built."),
            StatementKind::Question => Some("The author asks; the design cannot answer."),
            StatementKind::Context if !used => Some("Background: it asks for nothing to be built."),
            StatementKind::Quality if !used => Some("A quality without a number: see the questions."),
            _ => None,
        };
        (statement.status, statement.reason) = match aside {
            Some(reason) => (StatementStatus::SetAside, Some(reason.to_owned())),
            None if used => (StatementStatus::Used, None),
            None => (
                StatementStatus::NotUnderstood,
                Some("No entity, actor, quantity or constraint was found in it.".to_owned()),
            ),
        };
    }
    settle_scenarios(&mut analysis.requirements);
    analysis.requirements.coverage = coverage(&analysis.requirements);
}
