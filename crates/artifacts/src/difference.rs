//! What differs between two designs, as a table.

use crate::markdown::{table, text};
use design::Difference;

/// The difference as Markdown.
pub fn difference(difference: &Difference) -> String {
    if difference.changes.is_empty() {
        return "The designs are the same in entities, operations, tables, modules, decisions and figures.\n"
            .to_owned();
    }
    let rows: Vec<Vec<String>> = difference
        .changes
        .iter()
        .map(|change| {
            let shown = |side: &str| if side.is_empty() { "–".to_owned() } else { text(side) };
            vec![text(&change.kind), text(&change.what), shown(&change.before), shown(&change.after)]
        })
        .collect();
    format!("# Differences\n\n{}", table(&["Kind", "What", "Before", "After"], &rows))
}
