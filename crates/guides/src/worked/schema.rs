//! An excerpt of `db/schema.sql` that runs by itself: one table with all tables that it refers to, their keys, checks and
//! indexes. Roles, grants, triggers and policies are left out: they speak of tables that are not in the excerpt.

use design::{Database, Table};
use std::collections::BTreeSet;

/// The most lines that an excerpt should have.
const LINES: usize = 40;

/// The largest excerpt that fits, or the smallest there is; nothing without a table of an entity.
pub(super) fn excerpt(database: &Database, schema: &str) -> Option<String> {
    let statements = statements(schema);
    let own = database.tables.iter().filter(|table| !table.entity.is_empty());
    let mut excerpts: Vec<String> =
        own.map(|table| of(&statements, &with_parents(database, table))).collect();
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

/// The statements that make some tables, with a blank line between statements of different kinds.
fn of(statements: &[Statement], tables: &BTreeSet<&str>) -> String {
    let wanted =
        |statement: &Statement| statement.table.as_deref().is_some_and(|table| tables.contains(table));
    let made: Vec<&Statement> = statements.iter().filter(|statement| wanted(statement)).collect();
    // An extension or a function stands before the tables whose columns and constraints use it.
    let used = |statement: &Statement| {
        statement.kind == "CREATE EXTENSION" && made.iter().any(|table| table.text.contains("EXCLUDE"))
            || statement.function().is_some_and(|call| made.iter().any(|table| table.text.contains(&call)))
    };
    let mut out = String::new();
    let mut before = "";
    for statement in statements.iter().filter(|statement| wanted(statement) || used(statement)) {
        if !out.is_empty() && (statement.kind != before || statement.kind == "CREATE TABLE") {
            out.push('\n');
        }
        out += statement.text.trim();
        out.push('\n');
        before = &statement.kind;
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
    let mut body: Option<String> = None;
    for line in schema.lines() {
        if text.is_empty() && (line.trim().is_empty() || line.starts_with("--")) {
            continue;
        }
        text += line;
        text.push('\n');
        body = match body {
            Some(tag) if line.contains(&tag) => None,
            Some(tag) => Some(tag),
            None => opened(line),
        };
        // The body of a function holds semicolons of its own.
        if line.trim_end().ends_with(';') && body.is_none() {
            let statement = Statement::of(std::mem::take(&mut text));
            if !statement.kind.starts_with("COMMENT") {
                found.push(statement);
            }
        }
    }
    found
}

/// The dollar quote that a line opens and does not close.
fn opened(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('$')?;
    let (name, after) = rest.split_once('$')?;
    let tag = format!("${name}$");
    let is_tag = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_tag && !after.contains(&tag)).then_some(tag)
}

impl Statement {
    /// The call of the function that the statement creates, as it stands in a default: `uuid_v7(`.
    fn function(&self) -> Option<String> {
        let rest = self.text.strip_prefix("CREATE FUNCTION ")?;
        rest.split_once('(').map(|(name, _)| format!("{name}("))
    }

    fn of(text: String) -> Self {
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || c == '(').filter(|word| !word.is_empty()).collect();
        let kind = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let after =
            |word: &str| words.iter().position(|found| *found == word).and_then(|at| words.get(at + 1));
        let table = match kind.as_str() {
            "CREATE TABLE" => after("TABLE"),
            "ALTER TABLE" if words.contains(&"ADD") => after("TABLE"),
            "CREATE INDEX" | "CREATE UNIQUE" => after("ON"),
            _ => None,
        };
        let table = table.map(|name| name.trim_matches(['"', ';']).to_owned());
        Self { text, kind, table }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "\
-- c

CREATE EXTENSION x;

DO $body$
BEGIN
    CREATE ROLE app;

END
$body$;

CREATE FUNCTION key() RETURNS uuid AS $body$
  SELECT 1;

$body$;

CREATE FUNCTION states() RETURNS trigger AS $$ BEGIN INSERT INTO c; END $$;

CREATE TABLE a (
    id uuid DEFAULT key(),
    EXCLUDE USING gist (id WITH =)
);

CREATE TABLE \"order\" (
    id bigint,
    a_id uuid
);

ALTER TABLE \"order\" ADD CONSTRAINT k
    FOREIGN KEY (a_id) REFERENCES a (id);
CREATE UNIQUE INDEX i ON \"order\" (a_id);
CREATE TRIGGER states AFTER UPDATE ON a EXECUTE FUNCTION states();
COMMENT ON TABLE a IS 'x';
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON a TO app;
";

    #[test]
    fn statements_know_the_table_that_they_make() {
        let found: Vec<_> = statements(SCHEMA).into_iter().map(|found| (found.kind, found.table)).collect();
        let some = |name: &str| Some(name.to_owned());
        let want = [
            ("CREATE EXTENSION", None),
            ("DO $body$", None),
            ("CREATE FUNCTION", None),
            ("CREATE FUNCTION", None),
            ("CREATE TABLE", some("a")),
            ("CREATE TABLE", some("order")),
            ("ALTER TABLE", some("order")),
            ("CREATE UNIQUE", some("order")),
            ("CREATE TRIGGER", None),
            ("ALTER TABLE", None),
            ("GRANT SELECT", None),
        ];
        assert_eq!(found, want.map(|(kind, table)| (kind.to_owned(), table)));
    }

    #[test]
    fn excerpts_hold_what_they_need_and_nothing_else() {
        let statements = statements(SCHEMA);
        let of = |names: &[&str]| of(&statements, &names.iter().copied().collect());
        let first = of(&["a"]);
        assert!(first.starts_with("CREATE EXTENSION x;\n\nCREATE FUNCTION key()"), "{first}");
        assert!(first.ends_with("EXCLUDE USING gist (id WITH =)\n);\n"), "{first}");
        let both = of(&["a", "order"]);
        assert!(both.ends_with("CREATE UNIQUE INDEX i ON \"order\" (a_id);\n"), "{both}");
        assert!(both.contains("ADD CONSTRAINT k") && !both.contains("GRANT"), "{both}");
    }
}
