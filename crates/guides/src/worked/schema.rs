//! An excerpt of `db/schema.sql` that runs by itself: one table with all tables that it refers to.

use design::{Database, Table};
use std::collections::BTreeSet;

/// The most lines that an excerpt should have.
const LINES: usize = 20;

/// The largest excerpt that fits, or the smallest there is; nothing without a table.
pub(super) fn excerpt(database: &Database, schema: &str) -> Option<String> {
    let statements = statements(schema);
    let mut excerpts: Vec<String> =
        database.tables.iter().map(|table| of(&statements, &with_parents(database, table))).collect();
    // Of excerpts of one length, the first of the schema is taken.
    excerpts.sort_by_key(|text| text.lines().count());
    let fitting =
        excerpts.iter().filter(|text| text.lines().count() <= LINES).max_by_key(|text| text.lines().count());
    fitting.or(excerpts.first()).cloned()
}

/// A table and what it refers to, directly or not.
fn with_parents<'a>(database: &'a Database, table: &'a Table) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![table.name.as_str()];
    while let Some(name) = open.pop() {
        if found.insert(name) {
            let keys = database
                .tables
                .iter()
                .filter(|table| table.name == name)
                .flat_map(|table| &table.foreign_keys);
            open.extend(keys.map(|key| key.references.table.as_str()));
        }
    }
    found
}

/// The statements about some tables, with a blank line between statements of different kinds.
fn of(statements: &[Statement], tables: &BTreeSet<&str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for statement in statements {
        let wanted = match &statement.table {
            Some(table) => tables.contains(table.as_str()),
            // Extensions, types and functions: whatever needs one finds it.
            None => true,
        };
        if wanted {
            if !out.is_empty() && (statement.kind != before || statement.kind == "CREATE TABLE") {
                out.push('\n');
            }
            out += statement.text.trim();
            out.push('\n');
            before = &statement.kind;
        }
    }
    out
}

/// A statement of the schema.
#[derive(Debug)]
struct Statement {
    text: String,
    /// Its first two words.
    kind: String,
    /// The table that it is about.
    table: Option<String>,
}

/// The statements of a schema that do something; comments are left out.
fn statements(schema: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut text = String::new();
    let mut in_body = false;
    for line in schema.lines() {
        if text.is_empty() && (line.trim().is_empty() || line.starts_with("--")) {
            continue;
        }
        text += line;
        text.push('\n');
        // The body of a function holds semicolons of its own.
        in_body ^= line.matches("$$").count() % 2 == 1;
        if line.trim_end().ends_with(';') && !in_body {
            let statement = Statement::of(std::mem::take(&mut text));
            if !statement.kind.starts_with("COMMENT") {
                found.push(statement);
            }
        }
    }
    found
}

impl Statement {
    fn of(text: String) -> Self {
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || c == '(').filter(|word| !word.is_empty()).collect();
        let kind = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let after =
            |word: &str| words.iter().position(|found| *found == word).and_then(|at| words.get(at + 1));
        let table = match kind.as_str() {
            "CREATE TABLE" | "ALTER TABLE" => after("TABLE"),
            "CREATE INDEX" | "CREATE UNIQUE" | "CREATE POLICY" | "CREATE TRIGGER" => after("ON"),
            _ => None,
        };
        let table = table.map(|name| name.trim_matches(['"', ';']).to_owned());
        Self { text, kind, table }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "-- c\n\nCREATE EXTENSION x;\n\nCREATE TABLE a (\n    id bigint\n);\n\nCREATE TABLE \"order\" (\n    id bigint,\n    a_id bigint\n);\n\n\
        ALTER TABLE \"order\" ADD CONSTRAINT k\n    FOREIGN KEY (a_id) REFERENCES a (id);\nCREATE UNIQUE INDEX i ON \"order\" (a_id);\nCOMMENT ON TABLE a IS 'x';\n\
        CREATE FUNCTION f() AS $$\n  SELECT 1;\n$$;\n";

    #[test]
    fn statements_know_their_table() {
        let found: Vec<_> = statements(SCHEMA).into_iter().map(|found| (found.kind, found.table)).collect();
        let some = |name: &str| Some(name.to_owned());
        let want = [
            ("CREATE EXTENSION", None),
            ("CREATE TABLE", some("a")),
            ("CREATE TABLE", some("order")),
            ("ALTER TABLE", some("order")),
            ("CREATE UNIQUE", some("order")),
            ("CREATE FUNCTION", None),
        ];
        assert_eq!(found, want.map(|(kind, table)| (kind.to_owned(), table)));
    }

    #[test]
    fn excerpts_hold_what_they_refer_to() {
        let text = of(&statements(SCHEMA), &BTreeSet::from(["a"]));
        assert!(text.contains("CREATE TABLE a") && text.contains("EXTENSION"), "{text}");
        assert!(!text.contains("\"order\""), "{text}");
    }
}
