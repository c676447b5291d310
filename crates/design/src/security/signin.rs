//! How each client proves who it is: one way for each sort of client that the text names.

use crate::model::{SignIn, Step};
use crate::settled::Settled;
use requirements::{Actor, ActorKind, Evidence, Reason, add_reason};

/// The sorts of clients in the table, with the kinds of actors that they are.
const SORTS: [(&str, ActorKind); 3] =
    [("human", ActorKind::Human), ("system", ActorKind::System), ("device", ActorKind::Device)];

/// The ways of signing in; none where nobody does.
pub(super) fn sign_in(settled: &Settled) -> Vec<SignIn> {
    let of = |kind: ActorKind| -> Vec<&Actor> {
        settled.analysis.requirements.actors.iter().filter(|actor| actor.kind == kind).collect()
    };
    let mut ways = Vec::new();
    for (sort, kind) in SORTS {
        let actors = of(kind);
        // People sign in even where the text names none: somebody uses the system. Systems that are only called do not.
        if actors.is_empty() && sort != "human" {
            continue;
        }
        let found = knowledge::SIGN_IN
            .iter()
            .filter(|row| row.sort == sort)
            .find_map(|row| Some((row, settled.when(row.when)?)));
        let Some((row, mut evidence)) = found else { continue };
        for reason in actors.iter().flat_map(|actor| actor.evidence.iter().take(1)) {
            add_reason(&mut evidence, reason.clone());
        }
        ways.push(SignIn {
            id: row.id.to_owned(),
            clients: actors.iter().map(|actor| actor.name.clone()).collect(),
            flow: row.flow.to_owned(),
            credential: row.credential.to_owned(),
            lifetime: row.lifetime.to_owned(),
            ends: row.ends.to_owned(),
            recovery: row.recovery.to_owned(),
            steps: row.steps.iter().filter_map(|step| read(step)).collect(),
            evidence: or_rule(evidence),
        });
    }
    ways
}

fn or_rule(evidence: Evidence) -> Evidence {
    if evidence.is_empty() { vec![Reason::rule("sign-in")] } else { evidence }
}

/// A step of the table: `from>to: what is sent`.
fn read(step: &str) -> Option<Step> {
    let (parts, text) = step.split_once(": ")?;
    let (from, to) = parts.split_once('>')?;
    Some(Step { from: from.to_owned(), to: to.to_owned(), text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_steps_between_known_parts() {
        for row in knowledge::SIGN_IN.iter() {
            assert!(SORTS.iter().any(|(sort, _)| *sort == row.sort), "{}: {}", row.id, row.sort);
            for step in row.steps {
                let read = read(step).unwrap_or_else(|| panic!("{}: {step}", row.id));
                for part in [read.from, read.to] {
                    assert!(["client", "app", "idp", "db"].contains(&part.as_str()), "{}: {part}", row.id);
                }
            }
        }
    }
}
