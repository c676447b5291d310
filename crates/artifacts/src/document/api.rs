//! The interface.

use super::chosen;
use crate::markdown::{code, reasons, table, text};
use design::Design;

pub(super) fn api(design: &Design) -> String {
    if design.api.operations.is_empty() {
        return String::new();
    }
    let style = chosen(design, "api").map_or("REST", |decision| decision.name.as_str());
    let mut out = format!(
        "{} operations; style: {}. The whole contract stands in {}.\n\n",
        design.api.operations.len(),
        text(style),
        code("api/openapi.yaml")
    );
    let rows: Vec<Vec<String>> = design
        .api
        .operations
        .iter()
        .map(|operation| {
            vec![
                format!("{} {}", operation.method, code(&operation.path)),
                text(&operation.summary),
                if operation.actors.is_empty() {
                    "signed in".to_owned()
                } else {
                    text(&operation.actors.join(", "))
                },
                reasons(&operation.evidence),
            ]
        })
        .collect();
    out += &table(&["Operation", "What it does", "Who", "Because of"], &rows);
    out += "Lists are paged by cursor, errors are problem details (RFC 9457), ids are opaque strings.\n\n";
    out
}
