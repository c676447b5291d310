//! `CREATE TABLE`, `ALTER TABLE … ADD`, `CREATE TYPE … AS ENUM` and `CREATE UNIQUE INDEX`.

use super::lexer::{Kind, Token, tokens};
use super::{FIELDS, Field, Link, Record, Schema};
use std::ops::Range;

pub(crate) fn read(schema: &mut Schema, text: &str, range: Range<usize>) {
    let tokens = tokens(text, range, true);
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        let end = statement_end(&tokens, start);
        let words = &tokens[start..end];
        statement(schema, words);
        at = end.max(start + 1);
        // The semicolon.
        if tokens.get(at).is_some_and(|token| token.mark(";")) {
            at += 1;
        }
    }
}

/// Where a statement ends: at a semicolon, or where the next one starts, since people forget semicolons.
fn statement_end(tokens: &[Token], start: usize) -> usize {
    let begins = |token: &Token| token.first && (token.is("create") || token.is("alter"));
    (start + 1..tokens.len()).find(|at| tokens[*at].mark(";") || begins(&tokens[*at])).unwrap_or(tokens.len())
}

fn statement(schema: &mut Schema, words: &[Token]) {
    let Some(first) = words.first() else { return };
    let after = |keyword: &str| words.iter().take(6).position(|word| word.is(keyword)).map(|at| at + 1);
    if first.is("create")
        && let Some(at) = after("table")
    {
        create_table(schema, words, at);
    } else if first.is("create")
        && let Some(at) = after("type")
    {
        if words.iter().take(at + 6).any(|word| word.is("enum"))
            && let Some((name, _)) = name(words, at)
        {
            let values = words.iter().filter(|word| word.kind == Kind::Text).map(|word| word.text.to_owned());
            schema.choices.push((name.to_owned(), values.collect()));
        }
    } else if first.is("create")
        && after("unique").is_some()
        && let Some(on) = words.iter().position(|word| word.is("on"))
    {
        // A partial index is unique only among some.
        let Some((table, after)) = name(words, on + 1) else { return };
        let (columns, end) = columns(words, after);
        if !words[end..].iter().any(|word| word.is("where"))
            && let Some(record) = schema.record(table)
        {
            together(record, columns, first.at);
        }
    } else if first.is("alter")
        && let Some(at) = after("table")
        && let Some((table, next)) = name(words, skip(words, at, &["if", "exists", "only"]))
    {
        let table = table.to_owned();
        alter(schema, &table, &words[next..]);
    }
}

fn create_table(schema: &mut Schema, words: &[Token], at: usize) {
    let Some((table, next)) = name(words, skip(words, at, &["if", "not", "exists"])) else { return };
    if !words.get(next).is_some_and(|word| word.mark("(")) || schema.record(table).is_some() {
        return;
    }
    schema.add(Record { name: table.to_owned(), at: words[0].at, ..Record::default() });
    let table = table.to_owned();
    for definition in split(&words[next + 1..]) {
        self::definition(schema, &table, definition);
    }
}

/// The parts between commas, up to the bracket that closes the one before the first word.
pub(super) fn split<'w, 'a>(words: &'w [Token<'a>]) -> Vec<&'w [Token<'a>]> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, word) in words.iter().enumerate() {
        if word.mark("(") {
            depth += 1;
        } else if word.mark(")") {
            if depth == 0 {
                parts.push(&words[start..at]);
                return parts;
            }
            depth -= 1;
        } else if word.mark(",") && depth == 0 {
            parts.push(&words[start..at]);
            start = at + 1;
        }
    }
    parts.push(&words[start..]);
    parts
}

fn alter(schema: &mut Schema, table: &str, words: &[Token]) {
    for action in split(words) {
        if action.first().is_some_and(|word| word.is("add")) {
            definition(schema, table, &action[skip(action, 1, &["column", "if", "not", "exists"])..]);
        }
    }
}

/// A column, or a constraint on columns.
fn definition(schema: &mut Schema, table: &str, words: &[Token]) {
    let mut words = words;
    let at = words.first().map_or(0, |word| word.at);
    if words.first().is_some_and(|word| word.is("constraint")) {
        words = words.get(2..).unwrap_or_default();
    }
    let Some(first) = words.first() else { return };
    let listed = |from: usize| columns(words, from).0;
    if first.is("primary") {
        let key = listed(2);
        if let Some(record) = schema.record(table) {
            for column in &key {
                if let Some(field) = record.field(column) {
                    field.key = true;
                    field.required = true;
                    field.unique |= key.len() == 1;
                }
            }
        }
    } else if first.is("unique") {
        let open = words.iter().position(|word| word.mark("(")).unwrap_or(words.len());
        if let Some(record) = schema.record(table) {
            together(record, columns(words, open).0, at);
        }
    } else if first.is("foreign") {
        let own = listed(2);
        if let (Some(target), [column]) = (references(words), own.as_slice())
            && let Some(field) = schema.record(table).and_then(|record| record.field(column))
        {
            field.refers = Some(target.to_owned());
        } else if let Some(target) = references(words) {
            let link = Link {
                from: table.to_owned(),
                to: target.to_owned(),
                field: String::new(),
                from_many: true,
                to_many: false,
                required: false,
                at,
            };
            schema.links.push(link);
        }
    } else if first.is("check") {
        if let Some(record) = schema.record(table) {
            let named = words.iter().find_map(|word| {
                record.fields.iter().position(|field| field.name.eq_ignore_ascii_case(word.text))
            });
            if let Some(field) = named {
                check(&mut record.fields[field], words);
            }
        }
    } else if ["key", "index", "exclude", "like", "fulltext", "spatial", "period"]
        .iter()
        .any(|word| first.is(word))
        && words.iter().any(|word| word.mark("(") || word.is("table") || word.is("using"))
        && !words.get(1).is_some_and(|word| is_type(word.text))
    {
        // Neither a column nor a fact on one.
    } else if first.names()
        && let Some(kind) = words.get(1).filter(|word| word.names())
        && let Some(record) = schema.record(table)
        && record.fields.len() < FIELDS
        && record.field(first.text).is_none()
    {
        record.fields.push(column(first, kind, words));
    }
}

fn is_type(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["int", "char", "text", "num", "dec", "date", "time", "bool", "uuid", "big", "small"]
        .iter()
        .any(|start| word.starts_with(start) || word.contains("char"))
}

fn column(name: &Token, kind: &Token, words: &[Token]) -> Field {
    let says =
        |first: &str, second: &str| words.windows(2).any(|pair| pair[0].is(first) && pair[1].is(second));
    let has = |word: &str| words[2..].iter().any(|token| token.is(word));
    let key = says("primary", "key");
    let mut field = Field {
        name: name.text.to_owned(),
        kind: kind.text.to_ascii_lowercase(),
        at: name.at,
        required: key || says("not", "null"),
        unique: key || has("unique"),
        key,
        refers: references(words).map(str::to_owned),
        ..Field::default()
    };
    if kind.is("enum") {
        let close = words.iter().position(|word| word.mark(")")).unwrap_or(words.len());
        field.values = texts(words.get(2..close).unwrap_or_default());
    }
    if let Some(checked) = words.iter().position(|word| word.is("check")) {
        check(&mut field, &words[checked..]);
    }
    field
}

/// What a check says of a field: its values, or its sign.
fn check(field: &mut Field, words: &[Token]) {
    if words.iter().any(|word| word.is("in") || word.is("any")) {
        field.values = texts(words);
    }
    let greater = words.iter().position(|word| word.mark(">"));
    if let Some(at) = greater {
        let equal = words.get(at + 1).is_some_and(|word| word.mark("="));
        if words.get(at + 1 + usize::from(equal)).is_some_and(|word| word.text == "0") {
            field.sign = Some(if equal { "non-negative" } else { "positive" });
        }
    }
}

fn texts(words: &[Token]) -> Vec<String> {
    words.iter().filter(|word| word.kind == Kind::Text).map(|word| word.text.to_owned()).collect()
}

/// The table that a column or constraint refers to.
fn references<'a>(words: &[Token<'a>]) -> Option<&'a str> {
    let at = words.iter().position(|word| word.is("references"))?;
    name(words, at + 1).map(|(name, _)| name)
}

/// The name at a place, without that of its schema, and what follows it.
fn name<'a>(words: &[Token<'a>], at: usize) -> Option<(&'a str, usize)> {
    let mut last = words.get(at).filter(|word| word.names())?;
    let mut next = at + 1;
    while words.get(next).is_some_and(|word| word.mark("."))
        && let Some(word) = words.get(next + 1).filter(|word| word.names())
    {
        last = word;
        next += 2;
    }
    Some((last.text, next))
}

/// The names in the brackets that open at a place, and what follows them.
fn columns(words: &[Token], open: usize) -> (Vec<String>, usize) {
    if !words.get(open).is_some_and(|word| word.mark("(")) {
        return (Vec::new(), open.min(words.len()));
    }
    let close = (open..words.len()).find(|at| words[*at].mark(")")).unwrap_or(words.len());
    let names = split(&words[open + 1..]).into_iter().filter_map(|part| part.first());
    (names.filter(|word| word.names()).map(|word| word.text.to_owned()).collect(), close)
}

fn together(record: &mut Record, columns: Vec<String>, at: usize) {
    if let [column] = columns.as_slice() {
        if let Some(field) = record.field(column) {
            field.unique = true;
        }
    } else if !columns.is_empty() {
        record.unique.push((columns, at));
    }
}

fn skip(words: &[Token], mut at: usize, keywords: &[&str]) -> usize {
    while words.get(at).is_some_and(|word| keywords.iter().any(|keyword| word.is(keyword))) {
        at += 1;
    }
    at
}
