//! Full-text search in the tables, where it was decided so.

use super::Ground;
use super::tables::{index, system_column};
use crate::model::{Column, Table};
use requirements::Entity;
use std::collections::BTreeMap;

/// The column with the words, and its index.
pub(crate) const COLUMN: &str = "search_words";

/// Adds a column of search words to the tables that the text wants searched.
pub(super) fn search(ground: &Ground, tables: &mut [Table], by_entity: &BTreeMap<&str, usize>) {
    if ground.chosen("search") != "postgres-fts" {
        return;
    }
    let Some(evidence) = ground.signal("search") else { return };
    let statements = &ground.analysis.requirements.statements;
    let said: Vec<String> = evidence
        .iter()
        .filter_map(|reason| statements.get(reason.place()?))
        .map(|statement| statement.text.to_lowercase())
        .collect();
    for entity in &ground.analysis.model.entities {
        let name = entity.name.to_lowercase();
        let plural = crate::naming::plural(&name);
        if !said.iter().any(|text| text.contains(&name) || text.contains(&plural)) {
            continue;
        }
        let Some(table) = by_entity.get(entity.name.as_str()).and_then(|at| tables.get_mut(*at)) else {
            continue;
        };
        let words = searched(entity, table);
        if words.is_empty() || table.columns.iter().any(|column| column.name == COLUMN) {
            continue;
        }
        let mut column: Column = system_column(COLUMN, "tsvector", None);
        column.nullable = true;
        "The words of the row for full-text search; the database keeps it.".clone_into(&mut column.note);
        column.generated_from = words;
        let place =
            table.columns.iter().position(|known| known.name == "created_at").unwrap_or(table.columns.len());
        table.columns.insert(place, column);
        let mut words = index(&table.name, &[COLUMN], false);
        "gin".clone_into(&mut words.method);
        "full-text search".clone_into(&mut words.purpose);
        table.indexes.push(words);
    }
}

/// The columns whose words may be found: no secret, and nothing that must be kept from those who search.
fn searched(entity: &Entity, table: &Table) -> Vec<String> {
    let types = knowledge::storage_words("searched-types");
    let open = |name: &str| {
        entity.attributes.iter().any(|attribute| {
            attribute.name == name
                && types.contains(&attribute.kind.as_str())
                && matches!(attribute.class.as_str(), "internal" | "public" | "personal")
        })
    };
    let kept = table.states.as_ref().map(|states| states.column.as_str());
    table
        .columns
        .iter()
        .filter(|column| {
            column.kind == "text" && open(&column.attribute) && Some(column.name.as_str()) != kept
        })
        .map(|column| column.name.clone())
        .collect()
}
