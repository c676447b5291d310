//! Tables with their constraints, indexes, triggers, comments and rights.

use super::functions::{self, ROLE};
use super::names::{column, literal, literals, name, names, suffixed};
use crate::markdown::one_line;
use design::{Column, Condition, Design, Exclusion, ForeignKey, Index, RowFilter, Table};
use std::collections::BTreeMap;

/// Creates tables. Types stand before what uses them and tables before what refers to them: references come last.
pub(super) fn create(design: &Design, reasons: &Reasons, step: &Step) -> String {
    let tables = &step.tables;
    let mut out = String::new();
    for table in tables {
        out += &create_table(table);
    }
    for table in tables {
        for index in &table.indexes {
            out += &create_index(table, index);
        }
    }
    out.push('\n');
    // After the indexes, because a reference may point to the columns of a unique one.
    for (table, key, later) in &step.references {
        out += &if *later { unchecked(table, key) } else { reference(table, key) };
    }
    out.push('\n');
    for table in tables {
        out += &functions::triggers(design, table);
    }
    out.push('\n');
    for table in tables {
        out += &comments(reasons, table);
    }
    out.push('\n');
    for table in tables {
        out += &rights(table);
    }
    for table in tables.iter().filter(|table| table.partition_by.is_some()) {
        out += &first_partitions(table);
    }
    out
}

/// The partitions that a new table starts with.
pub(crate) fn first_partitions(table: &Table) -> String {
    format!("SELECT add_month_partitions({}::regclass, 3);\n", literal(&name(&table.name)))
}

/// Takes the tables of a step away again.
pub(super) fn drop(design: &Design, step: &Step) -> String {
    let mut out = String::new();
    // References keep a table from going; those of tables that are taken away themselves would only be in the way.
    for (table, key, _) in &step.references {
        if key.references.table != table.name {
            out += &format!("ALTER TABLE {} DROP CONSTRAINT {};\n", name(&table.name), name(&key.name));
        }
    }
    for table in step.tables.iter().rev() {
        out += &format!("DROP TABLE {};\n", name(&table.name));
        out += &functions::dropped_triggers(design, table);
    }
    out
}

/// Tables that are made together.
pub(super) struct Step<'a> {
    pub(super) tables: Vec<&'a Table>,
    /// The references that can be made once these tables stand beside those before, and not earlier; whether the table
    /// may have rows by then, which are checked by themselves: a check and a lock on two tables do not go together.
    references: Vec<(&'a Table, &'a ForeignKey, bool)>,
}

impl<'a> Step<'a> {
    /// The steps in which groups of tables, named in their order, are made.
    pub(super) fn all(design: &'a Design, groups: Vec<Vec<&'a Table>>) -> Vec<Self> {
        let mut number: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, table) in
            groups.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |one| (at, one)))
        {
            number.insert(&table.name, at);
        }
        let mut steps: Vec<Self> =
            groups.into_iter().map(|tables| Self { tables, references: Vec::new() }).collect();
        for table in &design.database.tables {
            for key in table.constraints() {
                let ends =
                    [&table.name, &key.references.table].map(|name| number.get(name.as_str()).copied());
                let [Some(from), Some(to)] = ends else { continue };
                // PostgreSQL has no such check for partitioned tables.
                let later = from < to && table.partition_by.is_none();
                if let Some(step) = steps.get_mut(from.max(to)) {
                    step.references.push((table, key, later));
                }
            }
        }
        steps
    }
}

/// A reference that new rows must keep; those that are there are not looked at.
pub(crate) fn unchecked(table: &Table, key: &ForeignKey) -> String {
    reference(table, key).replace(";\n", " NOT VALID;\n")
}

/// Looks at the rows that were there before the references of a step.
pub(super) fn validate(step: &Step) -> String {
    let mut out = String::new();
    for (table, key, later) in &step.references {
        if *later {
            out += &format!("ALTER TABLE {} VALIDATE CONSTRAINT {};\n", name(&table.name), name(&key.name));
        }
    }
    out
}

/// One reference to another table.
pub(crate) fn reference(table: &Table, key: &ForeignKey) -> String {
    format!(
        "ALTER TABLE {} ADD CONSTRAINT {}\n    FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {};\n",
        name(&table.name),
        name(&key.name),
        names(&key.columns),
        name(&key.references.table),
        names(&key.references.columns),
        key.on_delete.to_uppercase()
    )
}

/// One table without its references and indexes.
pub(crate) fn create_table(table: &Table) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(|column| column_line(table, column)).collect();
    lines.push(format!(
        "CONSTRAINT {} PRIMARY KEY ({})",
        name(&suffixed(&table.name, "pkey")),
        names(&table.primary_key)
    ));
    lines.extend(
        constraints(table).into_iter().map(|(named, rule)| format!("CONSTRAINT {} {rule}", name(named))),
    );
    let end =
        table.partition_by.as_ref().map_or(String::new(), |by| format!(" PARTITION BY RANGE ({})", name(by)));
    format!("CREATE TABLE {} (\n    {}\n){end};\n\n", name(&table.name), lines.join(",\n    "))
}

/// What rows must meet, by the name of the constraint; without keys and references.
pub(crate) fn constraints(table: &Table) -> Vec<(&str, String)> {
    let checks = table.checks.iter().map(|check| {
        (check.name.as_str(), format!("CHECK ({} IN ({}))", name(&check.column), literals(&check.values)))
    });
    let conditions =
        table.conditions.iter().map(|rule| (rule.name.as_str(), format!("CHECK ({})", condition(rule))));
    let exclusions = table.exclusions.iter().map(|rule| (rule.name.as_str(), exclusion(table, rule)));
    checks.chain(conditions).chain(exclusions).collect()
}

/// A column as `CREATE TABLE` and `ADD COLUMN` write it.
pub(crate) fn column_line(table: &Table, column: &Column) -> String {
    let mut line = format!("{} {}", name(&column.name), column.kind);
    let key = column.name == "id" && table.primary_key.first().is_some_and(|first| first == "id");
    if !column.generated_from.is_empty() {
        let words: Vec<String> =
            column.generated_from.iter().map(|from| format!("coalesce({}, '')", name(from))).collect();
        // Written out, because from version 18 on a generated column is otherwise computed when it is read.
        return line
            + &format!(
                "\n        GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, {})) STORED",
                words.join(" || ' ' || ")
            );
    }
    if key && column.kind == "bigint" {
        line += " GENERATED ALWAYS AS IDENTITY";
    } else if key {
        line += " NOT NULL DEFAULT uuid_v7()";
    } else if !column.nullable {
        line += " NOT NULL";
    }
    if let Some(default) = &column.default {
        line += &format!(" DEFAULT {default}");
    }
    line
}

/// What a condition compares.
fn condition(rule: &Condition) -> String {
    let at = |n: usize| rule.columns.get(n).map(|column| name(column)).unwrap_or_default();
    match rule.kind.as_str() {
        "positive" => format!("{} > 0", at(0)),
        "non-negative" => format!("{} >= 0", at(0)),
        "different" => format!("{} <> {}", at(0), at(1)),
        "before" => format!("{} < {}", at(0), at(1)),
        "currency" => format!("{} ~ '^[A-Z]{{3}}$'", at(0)),
        _ => format!("{} <= {}", at(0), at(1)),
    }
}

fn exclusion(table: &Table, rule: &Exclusion) -> String {
    let dates = column(table, &rule.from).is_some_and(|column| column.kind == "date");
    // Of days the last one counts; of times the end is free for the next.
    let range = if dates {
        format!("daterange({}, {}, '[]')", name(&rule.from), name(&rule.to))
    } else {
        format!("tstzrange({}, {}, '[)')", name(&rule.from), name(&rule.to))
    };
    let mut parts: Vec<String> = rule.equal.iter().map(|column| format!("{} WITH =", name(column))).collect();
    parts.push(format!("{range} WITH &&"));
    format!("EXCLUDE USING gist ({}){}", parts.join(", "), only(rule.only.as_ref(), true))
}

/// ` WHERE …` of an index or constraint.
fn only(filter: Option<&RowFilter>, parentheses: bool) -> String {
    let Some(condition) = filter.map(among) else { return String::new() };
    if parentheses { format!(" WHERE ({condition})") } else { format!(" WHERE {condition}") }
}

/// That a row is among some.
pub(super) fn among(filter: &RowFilter) -> String {
    let column = name(&filter.column);
    match (filter.values.as_slice(), filter.is_null) {
        ([], true) => format!("{column} IS NULL"),
        ([], false) => format!("{column} IS NOT NULL"),
        ([value], _) => format!("{column} = {}", literal(value)),
        (values, _) => format!("{column} IN ({})", literals(values)),
    }
}

/// One index.
pub(crate) fn create_index(table: &Table, index: &Index) -> String {
    if matches!(index.method.as_str(), "gist" | "postgis") {
        return point_index(table, index);
    }
    let unique = if index.unique { "UNIQUE " } else { "" };
    let method = if matches!(index.method.as_str(), "" | "btree") {
        String::new()
    } else {
        format!(" USING {}", index.method)
    };
    format!(
        "CREATE {unique}INDEX {} ON {}{method} ({}){};\n",
        name(&index.name),
        name(&table.name),
        names(&index.columns),
        only(index.only.as_ref(), false)
    )
}

/// An index over the point of a pair of degrees. The server that a schema is tried on may lack `PostGIS`: there the schema
/// loads all the same, and the pair is read without an index.
fn point_index(table: &Table, index: &Index) -> String {
    let degrees: Vec<String> =
        index.columns.iter().map(|column| format!("{}::double precision", name(column))).collect();
    let (on, degrees) = (name(&table.name), degrees.join(", "));
    let index_name = name(&index.name);
    if index.method == "gist" {
        return format!("CREATE INDEX {index_name} ON {on} USING gist (point({degrees}));\n");
    }
    let create = format!(
        "CREATE INDEX {index_name} ON {on} USING gist ((ST_SetSRID(ST_MakePoint({degrees}), 4326)::geography));"
    );
    format!(
        "DO $$\nBEGIN\n  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') THEN\n    CREATE EXTENSION IF NOT EXISTS postgis;\n    {create}\n  END IF;\nEND\n$$;\n"
    )
}

/// The reasons of columns, by entity and attribute.
pub(crate) struct Reasons<'a>(BTreeMap<(&'a str, &'a str), String>);

impl<'a> Reasons<'a> {
    pub(crate) fn new(design: &'a Design) -> Self {
        let mut reasons = BTreeMap::new();
        for entity in &design.model.entities {
            for attribute in &entity.attributes {
                reasons
                    .entry((entity.name.as_str(), attribute.name.as_str()))
                    .or_insert_with(|| listed(&attribute.evidence));
            }
        }
        Self(reasons)
    }

    /// What a reader has to know of a column: its values, why it is there, and how sensitive it is.
    pub(crate) fn of(&self, table: &Table, column: &Column) -> String {
        let mut parts = Vec::new();
        if !column.note.is_empty() {
            parts.push(column.note.clone());
        }
        if !column.attribute.is_empty() {
            let because = self.0.get(&(table.entity.as_str(), column.attribute.as_str()));
            parts.extend(
                because.filter(|because| !because.is_empty()).map(|because| format!("Because of {because}.")),
            );
            parts.push(format!("Class: {}.", one_line(&column.class)));
        }
        parts.join(" ")
    }
}

fn listed(evidence: &[requirements::Reason]) -> String {
    evidence.iter().take(8).map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Why a table exists, and how long its rows are kept.
pub(crate) fn about(table: &Table) -> String {
    let what = if table.entity.is_empty() { String::new() } else { format!("{}. ", one_line(&table.entity)) };
    let mut about = format!("{what}Because of {}.", listed(&table.evidence));
    for kept in &table.retention {
        about += &format!(
            " Kept for {} from {}, because of {}.",
            design::counted(&kept.days.to_string(), "days"),
            one_line(&kept.counted_from()),
            listed(&kept.evidence)
        );
    }
    about
}

/// Why each table and column exists, and how sensitive it is.
pub(crate) fn comments(reasons: &Reasons, table: &Table) -> String {
    let mut out = format!("COMMENT ON TABLE {} IS {};\n", name(&table.name), literal(&about(table)));
    for column in &table.columns {
        let about = reasons.of(table, column);
        if !about.is_empty() {
            out += &format!(
                "COMMENT ON COLUMN {}.{} IS {};\n",
                name(&table.name),
                name(&column.name),
                literal(&about)
            );
        }
    }
    out
}

/// What the application may do: where rows are only added, it may not even try to change them.
pub(crate) fn rights(table: &Table) -> String {
    let kept = table.frozen.as_ref().is_some_and(|frozen| frozen.kept);
    let rights = if kept { "SELECT, INSERT" } else { "SELECT, INSERT, UPDATE, DELETE" };
    format!("GRANT {rights} ON {} TO {ROLE};\n", name(&table.name))
}
