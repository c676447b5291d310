//! `db/schema.sql`: plain PostgreSQL, version 15 and later.

use crate::markdown;
use design::{Column, Design, Table};

/// Words that PostgreSQL does not take as the name of a table or column without quotes.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

/// The schema of a design: tables, then references, indexes, comments and policies, so that no order matters.
pub(crate) fn schema(design: &Design) -> String {
    let mut out = format!(
        "-- {}: the tables of the design.\n-- PostgreSQL 15 or later. Run as the owner of an empty schema:\n--   psql --single-transaction --file schema.sql\n\n",
        comment(&design.title)
    );
    for table in &design.database.tables {
        out += &create_table(table);
    }
    for table in &design.database.tables {
        for key in &table.foreign_keys {
            out += &format!(
                "ALTER TABLE {} ADD CONSTRAINT {}\n    FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {};\n",
                name(&table.name),
                name(&key.name),
                names(&key.columns),
                name(&key.references.table),
                names(&key.references.columns),
                key.on_delete.to_uppercase()
            );
        }
    }
    out.push('\n');
    for table in &design.database.tables {
        for index in &table.indexes {
            let unique = if index.unique { "UNIQUE " } else { "" };
            out += &format!(
                "CREATE {unique}INDEX {} ON {} ({});\n",
                name(&index.name),
                name(&table.name),
                names(&index.columns)
            );
        }
    }
    out.push('\n');
    for table in &design.database.tables {
        out += &comments(table);
    }
    out + &policies(design)
}

fn create_table(table: &Table) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(|column| column_line(table, column)).collect();
    lines.push(format!(
        "CONSTRAINT {} PRIMARY KEY ({})",
        name(&format!("{}_pkey", table.name)),
        names(&table.primary_key)
    ));
    for check in &table.checks {
        let values: Vec<String> = check.values.iter().map(|value| literal(value)).collect();
        lines.push(format!(
            "CONSTRAINT {} CHECK ({} IN ({}))",
            name(&check.name),
            name(&check.column),
            values.join(", ")
        ));
    }
    format!("CREATE TABLE {} (\n    {}\n);\n\n", name(&table.name), lines.join(",\n    "))
}

fn column_line(table: &Table, column: &Column) -> String {
    let mut line = format!("{} {}", name(&column.name), column.kind);
    if table.primary_key == ["id"] && column.name == "id" {
        line += " GENERATED ALWAYS AS IDENTITY";
    } else if !column.nullable {
        line += " NOT NULL";
    }
    if let Some(default) = &column.default {
        line += &format!(" DEFAULT {default}");
    }
    line
}

/// Why each table exists, and the class of each column that needs protection.
fn comments(table: &Table) -> String {
    let reasons: Vec<String> = table.evidence.iter().take(8).map(ToString::to_string).collect();
    let what = if table.entity.is_empty() { String::new() } else { format!("{}. ", table.entity) };
    let mut out = format!(
        "COMMENT ON TABLE {} IS {};\n",
        name(&table.name),
        literal(&format!("{what}Because of {}.", reasons.join(", ")))
    );
    for column in table.columns.iter().filter(|column| column.class != "internal") {
        out += &format!(
            "COMMENT ON COLUMN {}.{} IS {};\n",
            name(&table.name),
            name(&column.name),
            literal(&format!("class: {}", column.class))
        );
    }
    out
}

/// Row-level security where tenants share the tables.
fn policies(design: &Design) -> String {
    let mut out = String::new();
    for table in design
        .database
        .tables
        .iter()
        .filter(|table| table.columns.iter().any(|column| column.name == "tenant_id"))
    {
        let table_name = name(&table.name);
        out += &format!(
            "\nALTER TABLE {table_name} ENABLE ROW LEVEL SECURITY;\nALTER TABLE {table_name} FORCE ROW LEVEL SECURITY;\n\
             CREATE POLICY tenant ON {table_name}\n    USING (tenant_id = current_setting('app.tenant_id')::bigint)\n    WITH CHECK (tenant_id = current_setting('app.tenant_id')::bigint);\n"
        );
    }
    if !out.is_empty() {
        out.insert_str(0, "\n-- Each transaction says for whom it runs: SET LOCAL app.tenant_id = '42';\n-- The application connects as a role that owns no table and has no BYPASSRLS.\n");
    }
    out
}

/// An identifier, quoted where it has to be.
fn name(identifier: &str) -> String {
    let plain = identifier.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && identifier.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && RESERVED.binary_search(&identifier).is_err() {
        identifier.to_owned()
    } else {
        format!("\"{}\"", identifier.replace('"', "\"\""))
    }
}

fn names(identifiers: &[String]) -> String {
    identifiers.iter().map(|identifier| name(identifier)).collect::<Vec<_>>().join(", ")
}

/// A string, quoted; control characters, which no name needs, are blanks.
fn literal(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A backslash has no meaning in a plain literal since standard_conforming_strings, but other readers differ.
    format!("'{}'", clean.replace('\\', "/").replace('\'', "''"))
}

/// Text within a line comment.
fn comment(text: &str) -> String {
    markdown::one_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_have_to_be() {
        assert!(RESERVED.is_sorted());
        for (raw, want) in [
            ("orders", "orders"),
            ("order", "\"order\""),
            ("Order", "\"Order\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
        ] {
            assert_eq!(name(raw), want);
        }
    }

    #[test]
    fn literals_cannot_be_left() {
        assert_eq!(literal("it's\n'; DROP TABLE x; --"), "'it''s ''; DROP TABLE x; --'");
    }
}
