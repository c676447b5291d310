//! `decisions/`: one record a decision in the shape of MADR 4.

use crate::{File, markdown};
use design::{Decision, Design};
use requirements::Reason;

/// The records of the decisions that a reason of their own settled: what was merely left at its default is listed in
/// the document.
pub(crate) fn records(design: &Design) -> Vec<File> {
    recorded(design)
        .enumerate()
        .map(|(at, decision)| File {
            path: format!("{:04}-{}.md", at + 1, decision.slot),
            contents: record(design, at + 1, decision),
        })
        .collect()
}

/// The decisions that get a record: those that every system has to settle, and those in which something was chosen.
pub(crate) fn recorded(design: &Design) -> impl Iterator<Item = &Decision> {
    const ALWAYS: &[&str] =
        &["architecture", "api", "database", "authentication", "authorization", "deployment"];
    design.decisions.iter().filter(|decision| {
        ALWAYS.contains(&decision.slot.as_str())
            || decision.chosen != "none"
                && decision
                    .evidence
                    .iter()
                    .any(|reason| !matches!(reason, Reason::Rule(id) if id == "default-to-less"))
    })
}

fn record(design: &Design, number: usize, decision: &Decision) -> String {
    let mut out = format!(
        "---\nstatus: proposed\n---\n\n# {number}. {}: {}\n\n## Context and Problem Statement\n\n",
        decision.title, decision.name
    );
    let statements: Vec<String> =
        decision.evidence.iter().filter_map(|reason| statement(design, reason)).collect();
    if statements.is_empty() {
        out += "No statement of the text bears on this; the default stands until one does.\n\n";
    } else {
        out += &(statements.join("\n") + "\n\n");
    }
    out += "## Considered Options\n\n";
    out += &options(decision);
    out += &format!("## Decision Outcome\n\nChosen option: \"{}\", ", decision.name);
    out += &why(decision);
    out += ".\n\n### Consequences\n\n";
    for consequence in &decision.consequences {
        out += &format!("- {consequence}\n");
    }
    out += &format!(
        "\n### Confirmation\n\nThe review of each release checks that nothing contradicts the choice. Revisit when {}.\n",
        decision.revisit
    );
    out
}

/// The scored options as a table.
pub(crate) fn options(decision: &Decision) -> String {
    let rows: Vec<Vec<String>> = decision
        .options
        .iter()
        .map(|option| {
            let reasons = if option.reasons.is_empty() {
                "base score".to_owned()
            } else {
                option.reasons.iter().map(|reason| markdown::text(reason)).collect::<Vec<_>>().join("; ")
            };
            vec![markdown::text(&option.name), crate::units::number(option.score), reasons]
        })
        .collect();
    markdown::table(&["Option", "Score", "Because"], &rows)
}

/// Why the winner won, as the rest of a sentence.
pub(crate) fn why(decision: &Decision) -> String {
    match decision.options.first() {
        Some(winner) if !winner.reasons.is_empty() => format!("because {}", winner.reasons.join("; ")),
        _ => "because nothing in the text asks for more".to_owned(),
    }
}

/// A reason as a line of a list.
fn statement(design: &Design, reason: &Reason) -> Option<String> {
    match reason {
        Reason::Statement(_) => {
            let id = reason.to_string();
            let statement = design.requirements.statements.iter().find(|statement| statement.id == id)?;
            Some(format!("- {id}: {}", markdown::text(&statement.text)))
        }
        Reason::Assumption(_) => {
            let id = reason.to_string();
            let assumption = design.assumptions.iter().find(|assumption| assumption.id == id)?;
            Some(format!(
                "- {id}, assumed: {} = {} {}",
                assumption.subject,
                assumption.value,
                assumption.unit.as_deref().unwrap_or_default()
            ))
        }
        Reason::Pin(id) => Some(format!("- set by the reader: {}", markdown::code(id))),
        Reason::Rule(_) => None,
    }
}
