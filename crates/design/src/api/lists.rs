//! By what lists can be narrowed and sorted: only by what an index makes cheap.

use crate::database::SEARCHED;
use crate::model::{Access, Api, Column, Database, Table};
use crate::naming::json_name;
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// The ends of a range, behind the name of its column: the first is inside, the second outside.
const RANGE: [&str; 2] = ["From", "Before"];

/// Gives each list the filters and sorts that the indexes of its table allow.
pub(super) fn lists(api: &mut Api, database: &Database) {
    let tables: BTreeMap<&str, &Table> =
        database.tables.iter().rev().map(|table| (table.entity.as_str(), table)).gather();
    for operation in api.operations.iter_mut().filter(|operation| operation.action == "list") {
        let Some(table) = tables.get(operation.entity.as_str()).filter(|table| !table.entity.is_empty())
        else {
            continue;
        };
        let columns: BTreeMap<&str, &Column> =
            table.columns.iter().map(|column| (column.name.as_str(), column)).gather();
        // The parent of a part stands in the path.
        let parents: BTreeSet<&str> = table
            .foreign_keys
            .iter()
            .filter(|key| {
                !operation.parent.is_empty()
                    && tables
                        .get(operation.parent.as_str())
                        .is_some_and(|parent| parent.name == key.references.table)
            })
            .flat_map(|key| key.columns.iter().map(String::as_str))
            .gather();
        // What is searched in is searched by a list of its records.
        let words = table.indexes.iter().find(|index| index.columns.iter().any(|column| column == SEARCHED));
        operation.filters.extend(words.map(|index| Access {
            name: "q".to_owned(),
            column: SEARCHED.to_owned(),
            index: index.name.clone(),
        }));
        let mut seen = BTreeSet::new();
        for index in table.indexes.iter().filter(|index| index.operations.contains(&operation.id)) {
            // Within a tenant the tenant leads every index.
            let leading = index.columns.iter().find(|column| !table.is_tenant_key(column));
            let Some(column) = leading.and_then(|name| columns.get(name.as_str())) else { continue };
            if column.name == "id"
                || column.mode == "write-only"
                || matches!(column.class.as_str(), "secret" | "sensitive")
                || !column.readers.is_empty()
                || parents.contains(column.name.as_str())
                || !seen.insert(column.name.as_str())
            {
                continue;
            }
            let access = Access {
                name: json_name(&column.name),
                column: column.name.clone(),
                index: index.name.clone(),
            };
            // Who looks for the records of a day gives its ends.
            if matches!(column.kind.as_str(), "timestamptz" | "date") {
                operation.filters.extend(
                    RANGE.map(|end| Access { name: format!("{}{end}", access.name), ..access.clone() }),
                );
            }
            match column.kind.as_str() {
                "timestamptz" | "date" | "numeric" | "integer" => operation.sorts.push(access),
                "text" | "bigint" | "boolean" | "uuid" => operation.filters.push(access),
                _ => {}
            }
        }
    }
}
