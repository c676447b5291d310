//! `decisions/`: one record a decision in the shape of MADR 4.

use crate::{File, markdown, units};
use design::{Decision, Design, speaks_against};
use requirements::{Reason, capitalised};

/// The most records of a design: more would not be read.
const MOST: usize = 14;

/// The records of the decisions that a reason of their own settled: what was merely left at its default is listed in
/// the document.
pub(crate) fn records(design: &Design) -> Vec<File> {
    recorded(design)
        .into_iter()
        .enumerate()
        .map(|(at, decision)| File {
            path: format!("{:04}-{}.md", at + 1, decision.slot),
            contents: record(design, at + 1, decision),
        })
        .collect()
}

/// The decisions that get a record: those that every system has to settle, and those in which something was chosen. Of
/// too many, those whose change would cost least go.
pub(crate) fn recorded(design: &Design) -> Vec<&Decision> {
    const ALWAYS: &[&str] =
        &["architecture", "api", "database", "authentication", "authorization", "deployment"];
    let mut recorded: Vec<&Decision> = design
        .decisions
        .iter()
        .filter(|decision| {
            ALWAYS.contains(&decision.slot.as_str())
                || decision.chosen != "none"
                    && decision
                        .evidence
                        .iter()
                        .any(|reason| !matches!(reason, Reason::Rule(id) if id == "default-to-less"))
        })
        .collect();
    while recorded.len() > MOST {
        let weight =
            |slot: &str| knowledge::SLOTS.iter().find(|row| row.id == slot).map_or(0.0, |row| row.weight);
        let lightest = recorded
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, decision)| !ALWAYS.contains(&decision.slot.as_str()))
            .min_by(|(_, a), (_, b)| weight(&a.slot).total_cmp(&weight(&b.slot)))
            .map_or(recorded.len() - 1, |(at, _)| at);
        recorded.remove(lightest);
    }
    recorded
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
    out += ".\n\n";
    if !decision.price.is_empty() {
        out += &format!("{}\n\n", markdown::text(&decision.price));
    }
    out += "### Consequences\n\n";
    for consequence in &decision.consequences {
        out += &format!("- {consequence}\n");
    }
    for (what, text) in [("Binds", &decision.binds), ("Prevents", &decision.prevents)] {
        if !text.is_empty() {
            out += &format!("- {what}: {text}.\n");
        }
    }
    out +=
        &format!("\n### Confirmation\n\n{}.\n\n## More Information\n\n", capitalised(&decision.confirmation));
    out += &format!("Revisit when {}.\n", decision.revisit);
    for flip in &decision.flips {
        out += &format!(
            "\n- {} {} {} of {} (now {})",
            flip.name,
            if flip.at > flip.now { "from" } else { "below" },
            units::amount(flip.at, &flip.unit),
            markdown::code(&flip.fact),
            units::amount(flip.now, &flip.unit)
        );
    }
    if !decision.flips.is_empty() {
        out += "\n";
    }
    out +=
        &format!("\nThe rules behind it are explained in the guide {}.\n", markdown::code(&decision.guide));
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
    // What speaks against the winner is no reason for it.
    let (mut favourable, mut contrary) = (Vec::new(), Vec::new());
    for reason in decision.options.first().into_iter().flat_map(|winner| &winner.reasons) {
        match speaks_against(reason) {
            Some(what) => contrary.push(what),
            None => favourable.push(reason.as_str()),
        }
    }
    let why = if favourable.is_empty() {
        "because nothing in the text asks for more".to_owned()
    } else {
        format!("because {}", favourable.join("; "))
    };
    if contrary.is_empty() { why } else { format!("{why}; what speaks against it: {}", contrary.join("; ")) }
}

/// A reason as a line of a list.
fn statement(design: &Design, reason: &Reason) -> Option<String> {
    match reason {
        Reason::Statement(_) => {
            let id = reason.to_string();
            let statement = design.requirements.statement(&id)?;
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
