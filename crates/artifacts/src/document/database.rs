//! The tables and their indexes.

use super::{chosen, diagram};
use crate::diagrams;
use crate::markdown::{code, reasons, table, text};
use design::Design;

pub(super) fn database(design: &Design) -> String {
    if design.database.tables.is_empty() {
        return String::new();
    }
    let engine = chosen(design, "database").map_or("PostgreSQL", |decision| decision.name.as_str());
    let mut out = format!(
        "{} tables; decided: {}. {} creates them on PostgreSQL 15 and later.\n\n",
        design.database.tables.len(),
        text(engine),
        code("db/schema.sql")
    );
    for part in diagrams::entities(design) {
        out += &diagram(Some(part));
    }
    let rows: Vec<Vec<String>> = design
        .database
        .tables
        .iter()
        .map(|found| {
            let columns: Vec<String> = found
                .columns
                .iter()
                .filter(|column| {
                    !matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "tenant_id")
                })
                .map(|column| code(&column.name))
                .collect();
            let origin = format!("{:?}", found.origin).to_lowercase();
            vec![
                code(&found.name),
                if columns.is_empty() { "none of its own".to_owned() } else { columns.join(" ") },
                origin,
                reasons(&found.evidence),
            ]
        })
        .collect();
    out += &table(&["Table", "Columns", "From", "Because of"], &rows);
    let indexes: Vec<Vec<String>> = design
        .database
        .tables
        .iter()
        .flat_map(|found| found.indexes.iter().map(move |index| (found, index)))
        .map(|(found, index)| {
            let keyed = found
                .foreign_keys
                .iter()
                .any(|key| key.columns.iter().any(|column| index.columns.contains(column)));
            let purpose = if index.unique {
                "no two rows alike"
            } else if keyed {
                "filter, join, delete of the parent"
            } else {
                "order of the list"
            };
            vec![
                code(&index.name),
                index.columns.iter().map(|column| code(column)).collect::<Vec<_>>().join(" "),
                purpose.to_owned(),
                index.operations.iter().map(|operation| code(operation)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    if !indexes.is_empty() {
        out += "### Indexes\n\n";
        out += &table(&["Index", "Columns", "For", "Used by"], &indexes);
    }
    for part in diagrams::lifecycles(design) {
        out += &diagram(Some(part));
    }
    out
}
