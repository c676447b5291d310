//! What may go wrong in building it.

use crate::figures::{counted, filled, shown};
use crate::model::{Fit, Risk};
use crate::settled::Settled;
use requirements::{Evidence, Reason, Statement, StatementStatus};

/// From how many words on a sentence is long.
const LONG: usize = 15;

/// What there is and does not suffice.
pub(super) fn short(fits: &[Fit]) -> impl Iterator<Item = Risk> {
    fits.iter().filter(|fit| fit.p50 > fit.stated).map(|fit| Risk {
        risk: format!(
            "The {} does not suffice: {} as against {} that the work is likely to need.",
            fit.subject,
            counted(&shown(fit.stated), &fit.unit),
            shown(fit.p50)
        ),
        trigger: "The plan is agreed on without a cut or more of it.".to_owned(),
        mitigation: "Cut in the order of the table of cuts, or ask for more before the first slice."
            .to_owned(),
        evidence: fit.evidence.clone(),
    })
}

/// The risks that the decisions bring, and those of a text that leaves things open.
pub(super) fn risks(settled: &Settled, values: &[(&str, String)], existing: &Evidence) -> Vec<Risk> {
    let mut risks: Vec<Risk> = knowledge::RISKS
        .iter()
        .filter_map(|row| {
            let evidence = super::applies(settled, row.when, existing)?;
            Some(Risk {
                risk: filled(row.risk, values),
                trigger: filled(row.trigger, values),
                mitigation: filled(row.mitigation, values),
                evidence: if evidence.is_empty() { vec![Reason::rule(row.id)] } else { evidence },
            })
        })
        .collect();
    let assumptions = &settled.analysis.assumptions;
    // How many come on a day is assumed, or which share of those who are registered.
    let assumed = ["users.daily", "share.monthly"]
        .into_iter()
        .find_map(|subject| assumptions.iter().find(|assumption| assumption.subject.starts_with(subject)));
    if let Some(assumption) = assumed {
        let people = counted(&shown(settled.facts.number("users.daily").round().max(1.0)), "people");
        risks.push(Risk {
            risk: format!("The load is assumed ({people} a day), not stated."),
            trigger: format!(
                "A day of the first month sees fewer than a third or more than three times of {people}."
            ),
            mitigation:
                "Ask before the first slice; the table of what gives way first says what the answer changes."
                    .to_owned(),
            evidence: Reason::alone(&assumption.id),
        });
    }
    let unclear: Vec<&Statement> = settled
        .analysis
        .requirements
        .statements
        .iter()
        .filter(|statement| statement.status == StatementStatus::NotUnderstood)
        .collect();
    if let Some(statement) = unclear.first() {
        let first = &statement.id;
        risks.push(Risk {
            risk: match unclear.len() {
                1 => format!("What {first} asks for is missing from the design."),
                count => {
                    format!("What {count} sentences ask for, {first} first, is missing from the design.")
                }
            },
            trigger: "A reviewer finds a requirement among the sentences that were not understood."
                .to_owned(),
            // A short sentence does not become clearer by being cut.
            mitigation: if statement.text.split_whitespace().count() > LONG {
                format!("Say {first} in shorter sentences, one fact each, and design anew.")
            } else {
                format!(
                    "Name in {first} the record that it is about and who does what to it, and design anew."
                )
            },
            evidence: Reason::alone(first),
        });
    }
    risks
}
