//! By what people are told of something. Where a text says "by text message", nothing of the design speaks of mail.

use crate::model::Decision;
use crate::naming::contains_words;
use knowledge::Gather as _;
use requirements::{Analysis, Evidence, Reason, StatementKind, add_reason};

/// The channels: the row of their words, what a provider of them is called, and where a test finds a message.
const CHANNELS: [(&str, &str, &str, &str); 4] = [
    ("mail", "message-mail", "mail", "in a test mailbox"),
    ("sms", "message-sms", "text message", "on a test telephone"),
    ("push", "message-push", "push", "on a test device"),
    ("letter", "message-letter", "printing", "in the queue of a test printer"),
];

/// The channels that a text names, by their place, with where it does.
fn named(analysis: &Analysis) -> Vec<(usize, Evidence)> {
    let mut found: Vec<(usize, Evidence)> = Vec::new();
    for (at, statement) in (1_u32..).zip(&analysis.requirements.statements) {
        if matches!(statement.kind, StatementKind::Exclusion | StatementKind::Noise) {
            continue;
        }
        let text = statement.text.to_lowercase();
        for (channel, (_, row, ..)) in CHANNELS.iter().enumerate() {
            if knowledge::storage_words(row).iter().any(|words| contains_words(&text, words)) {
                match found.iter_mut().find(|(known, _)| *known == channel) {
                    Some((_, evidence)) => add_reason(evidence, Reason::Statement(at)),
                    None => found.push((channel, vec![Reason::Statement(at)])),
                }
            }
        }
    }
    found
}

/// Where a text names a channel; where it names none of them, mail is taken.
pub(crate) fn channel(analysis: &Analysis, id: &str) -> Option<Evidence> {
    let named = named(analysis);
    if named.is_empty() && id == "mail" {
        return Some(Evidence::new());
    }
    named.into_iter().find(|(at, _)| CHANNELS[*at].0 == id).map(|(_, evidence)| evidence)
}

/// Calls the providers of messages by what they send, where the text says what that is.
pub(crate) fn name(analysis: &Analysis, decisions: &mut [Decision]) {
    let mut places: Vec<usize> = named(analysis).into_iter().map(|(at, _)| at).gather();
    places.sort_unstable();
    let names: Vec<&str> = places.into_iter().map(|at| CHANNELS[at].2).collect();
    let (Some(decision), false) =
        (decisions.iter_mut().find(|decision| decision.slot == "notifications"), names.is_empty())
    else {
        return;
    };
    let name = format!("Jobs that call a {} provider", names.join(" and "));
    if decision.chosen == "job-and-provider" {
        decision.name.clone_from(&name);
    }
    for option in decision.options.iter_mut().filter(|option| option.id == "job-and-provider") {
        option.name.clone_from(&name);
    }
}

/// Where a test finds what was sent.
pub(crate) fn receivers(analysis: &Analysis) -> String {
    let mut places: Vec<usize> = named(analysis).into_iter().map(|(at, _)| at).gather();
    places.sort_unstable();
    let found: Vec<&str> = places.into_iter().map(|at| CHANNELS[at].3).collect();
    if found.is_empty() { "in a test mailbox or device".to_owned() } else { found.join(" or ") }
}
