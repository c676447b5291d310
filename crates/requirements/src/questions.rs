//! What to ask the author.

use crate::model::{Analysis, Diagnostic, Question};

/// How many questions are asked at a time.
const AT_ONCE: usize = 5;

/// Adds questions about what the text leaves open, and remarks on texts that cannot be read.
pub(crate) fn ask(analysis: &mut Analysis) {
    let requirements = &analysis.requirements;
    let known = |kinds: &[&str]| {
        requirements.quantities.iter().any(|quantity| kinds.contains(&quantity.kind.as_str()))
    };
    let mut questions = Vec::new();
    let mut ask = |id: &str, text: &str, options: &[&str], default: &str, impact: &str| {
        questions.push(Question {
            id: id.to_owned(),
            text: text.to_owned(),
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            default: default.to_owned(),
            impact: impact.to_owned(),
        });
    };
    if analysis.model.entities.is_empty() {
        ask(
            "records",
            "Which things should the system keep records of, and what should be known about each?",
            &["Name them in a sentence each: \"A booking has a date, a room and a guest.\""],
            "nothing is designed until this is known",
            "Everything: tables, operations and screens follow from it.",
        );
    }
    if requirements.actors.is_empty() {
        ask(
            "actors",
            "Who uses the system, and what may each of them do?",
            &["one sort of user", "users and administrators", "several roles"],
            // What nobody is named for, those who run the system may change, and everybody who signed in may read.
            "users and administrators",
            "The authorization matrix and every operation's access.",
        );
    }
    if !known(&["users", "dau", "concurrent", "requests"]) {
        ask(
            "users.daily",
            "How many people use it on a day?",
            &["50", "1000", "100000", "10000000"],
            "1000",
            "Capacity, deployment and cost.",
        );
    }
    if !known(&["team"]) {
        ask(
            "team.engineers",
            "How many engineers build and run it?",
            &["2", "6", "20", "60"],
            "6",
            "The architecture style.",
        );
    }
    if !known(&["availability"]) {
        ask(
            "availability.target",
            "How much of the time must it be available?",
            &["99 %", "99.5 %", "99.9 %", "99.99 %"],
            "99.5 %",
            "Instances, zones, backups and on-call.",
        );
    }
    questions.truncate(AT_ONCE);
    analysis.questions = questions;
    if !analysis.language.supported {
        analysis.diagnostics.push(Diagnostic {
            what: format!(
                "The text is written in a language that is not understood ({}).",
                analysis.language.code
            ),
            why: "Only English is read; nothing was guessed from the rest.".to_owned(),
            fix: "Paste an English version of the requirements.".to_owned(),
            span: None,
        });
    } else if analysis.model.entities.is_empty() {
        analysis.diagnostics.push(Diagnostic {
            what: "No requirements were found in the text.".to_owned(),
            why:
                "It names nothing that a system could keep records of, and nobody who does something with it."
                    .to_owned(),
            fix: "Say who uses the system, what they do, and what it should remember.".to_owned(),
            span: None,
        });
    }
}
