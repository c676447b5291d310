//! The head of a CSV file: names between commas, semicolons or tabs.

use super::{FIELDS, Field, Record, Schema};
use std::ops::Range;

pub(crate) fn read(
    schema: &mut Schema,
    text: &str,
    range: Range<usize>,
    name: impl FnOnce() -> Option<String>,
) {
    let part = &text[range.clone()];
    let Some(line) = part.lines().find(|line| !line.trim().is_empty()) else { return };
    let Some(columns) = head(line) else { return };
    let Some(name) = name() else { return };
    let start = range.start + part.find(line).unwrap_or(0);
    let fields = columns
        .into_iter()
        .enumerate()
        .map(|(place, column)| {
            let key = place == 0 && column.to_ascii_lowercase().ends_with("id");
            let name = column.to_owned();
            Field { name, at: start, key, required: key, unique: key, ..Field::default() }
        })
        .collect();
    schema.add(Record { name, at: start, fields, unique: Vec::new() });
}

/// The names of the columns, where a line is the head of a file: at least three, each a word or a few.
pub(crate) fn head(line: &str) -> Option<Vec<&str>> {
    let separator = [',', ';', '\t'].into_iter().max_by_key(|mark| line.matches(*mark).count())?;
    let columns: Vec<&str> =
        line.split(separator).take(FIELDS).map(|name| name.trim().trim_matches(['"', '\u{feff}'])).collect();
    let named = |name: &&str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.len() <= 40
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'))
    };
    (columns.len() >= 3 && columns.iter().all(named)).then_some(columns)
}

/// Whether a line is the head of a file even outside of a fence: no blanks, and names as programs write them.
pub(crate) fn bare_head(line: &str) -> bool {
    let written = |name: &&str| {
        name.contains('_')
            || name.chars().skip(1).any(char::is_uppercase) && name.starts_with(char::is_lowercase)
    };
    !line.contains(' ') && head(line).is_some_and(|columns| columns.iter().any(written))
}
