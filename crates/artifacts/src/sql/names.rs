//! Quoting for SQL: the one place where names and texts become part of a statement.

use crate::markdown;
use design::{Column, Table};

/// Words that PostgreSQL does not take as the name of a table or column without quotes.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
    "between", "binary", "both", "case", "cast", "check", "collate", "collation", "column", "concurrently",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema",
    "current_time", "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do",
    "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group",
    "having", "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral",
    "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not", "notnull", "null",
    "offset", "on", "only", "or", "order", "outer", "overlaps", "placing", "primary", "references",
    "returning", "right", "select", "session_user", "similar", "some", "symmetric", "system_user", "table",
    "tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using", "values",
    "variadic", "verbose", "when", "where", "window", "with",
];

/// An identifier, quoted where it has to be.
pub(crate) fn name(identifier: &str) -> String {
    let plain = identifier.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && identifier.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && RESERVED.binary_search(&identifier).is_err() {
        identifier.to_owned()
    } else {
        format!("\"{}\"", identifier.replace('"', "\"\""))
    }
}

/// Identifiers with commas between them.
pub(crate) fn names(identifiers: &[String]) -> String {
    identifiers.iter().map(|identifier| name(identifier)).collect::<Vec<_>>().join(", ")
}

/// Texts with commas between them.
pub(crate) fn literals<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    texts.into_iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ")
}

/// A text as a string.
pub(crate) fn literal(text: &str) -> String {
    design::literal(text)
}

/// Text within a line comment.
pub(crate) fn comment(text: &str) -> String {
    markdown::one_line(text)
}

/// The body of a function or block between dollar signs, with a tag that does not stand in it.
pub(crate) fn dollar(body: &str) -> String {
    let mut tag = "$body$".to_owned();
    while body.contains(&tag) {
        tag.insert(tag.len() - 1, 'x');
    }
    format!("{tag}\n{}\n{tag}", body.trim_end())
}

/// A name for something that belongs to a table, within the length that PostgreSQL keeps.
pub(crate) fn suffixed(table: &str, suffix: &str) -> String {
    let room = 63_usize.saturating_sub(suffix.len() + 1);
    // Names of tables are ASCII, so any place is a boundary.
    let start = table.get(..room.min(table.len())).unwrap_or(table);
    format!("{start}_{suffix}")
}

/// A column of a table by its name.
pub(crate) fn column<'a>(table: &'a Table, name: &str) -> Option<&'a Column> {
    table.columns.iter().find(|column| column.name == name)
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

    #[test]
    fn bodies_cannot_be_left() {
        assert_eq!(dollar("a $body$ b"), "$bodyx$\na $body$ b\n$bodyx$");
    }
}
