//! What a text prescribes or forbids for the solution: technologies, platforms, regulations.

use crate::marks::{self, FoundMark};
use crate::model::Constraint;
use knowledge::Order as _;
use knowledge::{Mark, Marker, TECHNOLOGIES};

/// The constraints of one statement, given in lower case with its marks.
pub(crate) fn constraints(
    statement: &str,
    lower: &str,
    marks: &[FoundMark],
    excluded: bool,
) -> Vec<Constraint> {
    let mut rows: Vec<u16> = marks.iter().filter_map(|mark| named(lower, marks, mark)).collect();
    rows.order();
    rows.dedup();
    let existing = !rows.is_empty() && marks::says(marks, Marker::Present);
    let mut found: Vec<Constraint> = Vec::new();
    for row in rows {
        let known = &TECHNOLOGIES[usize::from(row)];
        let here = || marks.iter().filter(|mark| named(lower, marks, mark) == Some(row));
        // A technology is one by whichever name, a place is not: "in Frankfurt and Dublin".
        let names = known.names.iter().filter(|name| here().any(|mark| mark.phrase == **name));
        let most = if known.kind == "region" { known.names.len() } else { 1 };
        for name in names.take(most) {
            let denied = here().any(|mark| {
                mark.phrase == *name
                    && (forbids(&lower[..mark.at]) || is_forbidden(&lower[mark.at + mark.phrase.len()..]))
            });
            let kind = match (excluded || denied, existing) {
                (true, _) => format!("forbidden-{}", known.kind),
                (false, true) => format!("existing-{}", known.kind),
                (false, false) => known.kind.to_owned(),
            };
            let value = (*name).to_owned();
            if !found.iter().any(|known| known.kind == kind && known.value == value) {
                found.push(Constraint { kind, value, statement: statement.to_owned() });
            }
        }
    }
    found
}

/// The row of the technology that a mark names, if it names one: "rest" as a word of its own is English more often
/// than a style, an oracle may be one of Delphi, a place is a constraint where something is to be kept in it or a platform
/// stands before it, and the cloud where something is or is not to be in it.
pub(crate) fn named(lower: &str, marks: &[FoundMark], mark: &FoundMark) -> Option<u16> {
    let Mark::Names(row) = mark.mark else { return None };
    let before = &lower[..mark.at];
    let prescribes = match mark.phrase {
        "rest" => lower[mark.at + mark.phrase.len()..].starts_with(" api"),
        // Where its users are is not yet where it stands.
        "european" => [" host", " server", " data cent", " cloud", " region", " soil"]
            .iter()
            .any(|place| lower[mark.at + mark.phrase.len()..].starts_with(place)),
        "oracle" => !lower.contains("oracle of"),
        "cloud" => {
            forbids(before)
                || ["in the ", "to the ", "into the ", "from the "]
                    .iter()
                    .any(|in_it| before.ends_with(in_it))
        }
        _ if is_a(row, "region") => {
            // The "eu" of "eu-west-1" is no union.
            let part = |other: &FoundMark| other.at == mark.at && other.phrase.len() > mark.phrase.len();
            (marks::says(marks, Marker::Keeps) || follows_a_cloud(before, marks)) && !marks.iter().any(part)
        }
        _ => true,
    };
    prescribes.then_some(row)
}

/// Whether the row of a name is of a kind.
fn is_a(row: u16, kind: &str) -> bool {
    TECHNOLOGIES.get(usize::from(row)).is_some_and(|row| row.kind == kind)
}

/// Whether the words before a place end in a platform: "AWS Mumbai", "on Google Cloud in Finland".
fn follows_a_cloud(before: &str, marks: &[FoundMark]) -> bool {
    let before = before.trim_end();
    let before = before.strip_suffix(" in").unwrap_or(before);
    marks.iter().any(|mark| {
        matches!(mark.mark, Mark::Names(row) if is_a(row, "platform")) && before.ends_with(mark.phrase)
    })
}

/// Whether the words before a name forbid it: "no Redis", "without Kafka", "must not use MongoDB", "doesn't want to hear
/// about Kubernetes".
fn forbids(before: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "no ",
        "without ",
        "not use ",
        "not using ",
        "avoid ",
        "instead of ",
        "never use ",
        "forbidden to use ",
        "not allowed to use ",
        "not on ",
        "not in the ",
        "not use the ",
        "not in a ",
        "out of the ",
        "no public ",
        "rule out ",
        "rules out ",
        "away from ",
    ];
    const UNWANTED: &[&str] = &["n't want ", "n’t want ", "not want ", "never want "];
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    // "We don't want users to wait for Redis" wants it to be fast.
    let unwanted = UNWANTED.iter().filter_map(|words| clause.rsplit_once(words)).any(|(_, between)| {
        let mut words = between.split_whitespace();
        words.next().is_none_or(|first| matches!(first, "to" | "any" | "a" | "an" | "another"))
            && words.count() < 4
    });
    unwanted || ENDINGS.iter().any(|words| before.ends_with(words))
}

/// Whether the words after a name forbid it: "Kafka is not allowed", "Oracle is out of the question".
fn is_forbidden(after: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "not allowed",
        "isn't allowed",
        "isn’t allowed",
        "forbidden",
        "banned",
        "ruled out",
        "out of the question",
        "no option",
        "not an option",
        "isn't an option",
        "isn’t an option",
        "must not be used",
        "may not be used",
        "cannot be used",
        "can't be used",
    ];
    let after = after.trim_start();
    let after = ["is ", "are "].iter().find_map(|be| after.strip_prefix(be)).unwrap_or(after);
    BEGINNINGS.iter().any(|words| after.starts_with(words))
}
