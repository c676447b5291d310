//! What a text prescribes or forbids for the solution: technologies, platforms, regulations.

use crate::model::Constraint;
use knowledge::TECHNOLOGIES;

/// The constraints of one statement.
pub(crate) fn constraints(statement: &str, text: &str, excluded: bool) -> Vec<Constraint> {
    let lower = text.to_lowercase();
    let mut found: Vec<Constraint> = Vec::new();
    for row in TECHNOLOGIES {
        let Some(name) = row.names.iter().find(|name| names(&lower, name)) else { continue };
        let forbidden = excluded || forbids(&lower, name);
        let kind = match (forbidden, existing(&lower)) {
            (true, _) => format!("forbidden-{}", row.kind),
            (false, true) => format!("existing-{}", row.kind),
            (false, false) => row.kind.to_owned(),
        };
        let value = (*name).to_owned();
        if !found.iter().any(|known| known.kind == kind && known.value == value) {
            found.push(Constraint { kind, value, statement: statement.to_owned() });
        }
    }
    found
}

/// Whether a text in lower case holds a name as whole words.
pub(crate) fn names(lower: &str, name: &str) -> bool {
    lower.match_indices(name).any(|(at, _)| {
        let before = lower[..at].chars().next_back();
        let after = lower[at + name.len()..].chars().next();
        // "java" is not in "javascript"; "rest" as a word of its own is English more often than a style.
        let whole = before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric());
        let style = name != "rest" || lower[at + name.len()..].starts_with(" api");
        whole && style && (name != "oracle" || !lower.contains("oracle of"))
    })
}

/// "Today it runs on MySQL": what is there now prescribes nothing.
fn existing(lower: &str) -> bool {
    let lower = format!(" {lower} ");
    [
        " today ",
        " today,",
        " currently ",
        " at present ",
        " at the moment ",
        " replaces ",
        " the old ",
        " legacy ",
        " existing ",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// "no Redis", "without Kafka", "must not use MongoDB".
fn forbids(lower: &str, name: &str) -> bool {
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
    ]
    .iter()
    .any(|word| lower.contains(&format!("{word}{name}")))
}
