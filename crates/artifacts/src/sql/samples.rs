//! Sample rows: two for each table, of which the first belongs to one tenant and owner and the second to another.

use super::names::{column, literal, name, names};
use design::{Column, Design, RowFilter, RowLimit, Table};
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that can be written into the tables of a design in their order.
pub(super) struct Samples<'a> {
    /// The tables, each after those that it refers to.
    pub(super) tables: Vec<&'a Table>,
    place: BTreeMap<&'a str, usize>,
}

impl<'a> Samples<'a> {
    pub(super) fn new(design: &'a Design) -> Self {
        let tables = design.database.in_order();
        let place = tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).collect();
        Self { tables, place }
    }

    /// All rows.
    pub(super) fn insert_all(&self) -> String {
        let rows = |table: &&Table| self.insert(table, 1) + &self.insert(table, 2);
        self.tables.iter().map(rows).collect()
    }

    /// One row.
    pub(super) fn insert(&self, table: &Table, n: u32) -> String {
        self.insert_as(table, n, n)
    }

    /// A row with the values of one number and the key of another.
    pub(super) fn insert_as(&self, table: &Table, n: u32, id: u32) -> String {
        let given: Vec<&Column> = table
            .columns
            .iter()
            .filter(|column| column.generated_from.is_empty())
            .filter(|column| {
                !matches!(column.name.as_str(), "created_at" | "updated_at") || !column.attribute.is_empty()
            })
            .collect();
        let columns: Vec<String> = given.iter().map(|column| column.name.clone()).collect();
        let values: Vec<String> = given
            .iter()
            .map(
                |column| {
                    if column.name == "id" { key(&column.kind, id) } else { self.value(table, column, n) }
                },
            )
            .collect();
        let identity = column(table, "id").is_some_and(|id| id.kind == "bigint");
        let overriding = if identity { " OVERRIDING SYSTEM VALUE" } else { "" };
        format!(
            "INSERT INTO {} ({}){overriding}\n    VALUES ({});\n",
            name(&table.name),
            names(&columns),
            values.join(", ")
        )
    }

    /// Whether the first rows of a way over references are linked in the samples.
    pub(super) fn linked(&self, table: &Table, column: &str) -> bool {
        self.reference(table, column).is_none_or(|filled| filled)
    }

    /// Whether the first row of a table counts for a limit: it names all that rows are counted for, and stands in a state
    /// that counts.
    pub(super) fn counted(&self, table: &Table, limit: &RowLimit) -> bool {
        let leads = |step: &String| {
            let Some((of, column)) = step.split_once('.') else { return false };
            let of = self.tables.iter().find(|known| known.name == of);
            of.is_some_and(|of| self.linked(of, column))
        };
        stands(table, limit.only.as_ref()) && limit.per.iter().flatten().all(leads)
    }

    /// Whether a column refers to a table, and whether the samples fill it: not where the row would have to be there before.
    fn reference(&self, table: &Table, column: &str) -> Option<bool> {
        let key =
            table.foreign_keys.iter().find(|key| key.columns.last().is_some_and(|last| last == column))?;
        let own = self.place.get(table.name.as_str());
        Some(self.place.get(key.references.table.as_str()) < own)
    }

    fn value(&self, table: &Table, column: &Column, n: u32) -> String {
        let reference = self.reference(table, &column.name);
        if reference == Some(false) && column.nullable {
            return "NULL".to_owned();
        }
        let second_of = |kind: &str| {
            table.conditions.iter().any(|rule| rule.kind == kind && rule.columns.get(1) == Some(&column.name))
        };
        let n = if second_of("different") { 3 - n.min(2) } else { n };
        if reference.is_some() {
            return key(&column.kind, n);
        }
        if let Some(check) = table.checks.iter().find(|check| check.column == column.name) {
            return check.values.first().map_or("NULL".to_owned(), |value| literal(value));
        }
        if table.conditions.iter().any(|rule| rule.kind == "currency" && rule.columns.contains(&column.name))
        {
            return "'EUR'".to_owned();
        }
        // An empty end means that the record is at work, and an empty mark that it is not closed.
        let open = table.indexes.iter().filter_map(|index| index.only.as_ref());
        let closed = table.frozen.iter().filter_map(|frozen| frozen.only.as_ref());
        if column.nullable
            && open.chain(closed).any(|only| only.column == column.name && only.values.is_empty())
        {
            return "NULL".to_owned();
        }
        match column.kind.as_str() {
            "uuid" => key("uuid", n),
            "bigint" | "integer" | "numeric" => n.to_string(),
            "boolean" => if n == 1 { "true" } else { "false" }.to_owned(),
            "date" => format!("'2026-01-0{n}'"),
            "timestamptz" => {
                let end = second_of("at-most") || second_of("before");
                format!("'2026-01-0{n} {}:00:00+00'", if end { "10" } else { "09" })
            }
            "interval" => format!("'{n} hours'"),
            "jsonb" => format!("'{{\"n\": {n}}}'"),
            _ => literal(&format!("{} {n}", column.name)),
        }
    }
}

/// The key of a row.
pub(super) fn key(kind: &str, n: u32) -> String {
    match kind {
        "uuid" => format!("'00000000-0000-7000-8000-{n:012}'"),
        "text" => format!("'{n}'"),
        _ => n.to_string(),
    }
}

/// The columns of the primary key and of references, whose sample values name other rows.
pub(super) fn keys(table: &Table) -> BTreeSet<&str> {
    let references = table.foreign_keys.iter().flat_map(|key| key.columns.iter().map(String::as_str));
    table.primary_key.iter().map(String::as_str).chain(references).gather()
}

/// Whether the first sample row of a table is among those that a filter keeps.
pub(super) fn stands(table: &Table, only: Option<&RowFilter>) -> bool {
    let Some(only) = only else { return true };
    match table.checks.iter().find(|check| check.column == only.column) {
        Some(check) => check.values.first().is_some_and(|first| only.values.contains(first)),
        None => only.values.is_empty() && only.is_null,
    }
}
