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
        let Some(name) = known.names.iter().find(|name| here().any(|mark| mark.phrase == **name)) else {
            continue;
        };
        let denied = here().any(|mark| mark.phrase == *name && forbids(&lower[..mark.at]));
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
    found
}

/// The row of the technology that a mark names, if it names one: "rest" as a word of its own is English more often
/// than a style, an oracle may be one of Delphi, a country is a constraint where something is to be kept in it, and the
/// cloud where something is or is not to be in it.
pub(crate) fn named(lower: &str, marks: &[FoundMark], mark: &FoundMark) -> Option<u16> {
    let Mark::Names(row) = mark.mark else { return None };
    let before = &lower[..mark.at];
    let prescribes = match mark.phrase {
        "rest" => lower[mark.at + mark.phrase.len()..].starts_with(" api"),
        "oracle" => !lower.contains("oracle of"),
        "cloud" => {
            forbids(before)
                || ["in the ", "to the ", "into the ", "from the "]
                    .iter()
                    .any(|in_it| before.ends_with(in_it))
        }
        _ if TECHNOLOGIES.get(usize::from(row)).is_some_and(|row| row.kind == "region") => {
            marks::says(marks, Marker::Keeps)
        }
        _ => true,
    };
    prescribes.then_some(row)
}

/// Whether the words before a name forbid it: "no Redis", "without Kafka", "must not use MongoDB".
fn forbids(before: &str) -> bool {
    [
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
    ]
    .iter()
    .any(|word| before.ends_with(word))
}
