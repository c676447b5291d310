//! Relations as textbooks and specifications write them: `order_line(pk(order_no, line_no), product_code fk, quantity)`.

use super::lexer::{Token, tokens};
use super::sql::split;
use super::{FIELDS, Field, Record, Schema};
use std::ops::Range;

/// Endings that a column adds to the name of what it refers to.
const ENDINGS: &[&str] = &["_id", "_code", "_number", "_no", "id", "code", "number"];

pub(crate) fn read(schema: &mut Schema, text: &str, range: Range<usize>) {
    let tokens = tokens(text, range, false);
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].first && tokens[at].names() && tokens.get(at + 1).is_some_and(|next| next.mark("(")) {
            let parts = split(&tokens[at + 2..]);
            let record = Record {
                name: tokens[at].text.to_owned(),
                at: tokens[at].at,
                fields: fields(&parts),
                ..Record::default()
            };
            if !record.fields.is_empty() {
                schema.noted.push(record);
            }
            at += 2 + parts.iter().map(|part| part.len() + 1).sum::<usize>();
        } else {
            at += 1;
        }
    }
}

/// Takes the relations of all blocks, since those of one may refer to those of another.
pub(super) fn take(schema: &mut Schema) {
    let mut noted = std::mem::take(&mut schema.noted);
    refer(&mut noted);
    for record in noted {
        schema.add(record);
    }
}

/// Whether lines hold a mark of a key. Without one, a name and a list in brackets may be anything: a function, a remark.
pub(crate) fn marks_keys(lines: &str) -> bool {
    lines.split(|c: char| !c.is_alphanumeric()).any(|word| {
        ["pk", "fk"].iter().any(|mark| word.eq_ignore_ascii_case(mark))
            || word.eq_ignore_ascii_case("primary")
    })
}

/// Whether a line begins a relation: one name, and at once the bracket of its columns.
pub(crate) fn begins(line: &str) -> bool {
    let name = line.split('(').next().unwrap_or_default().trim();
    line.contains('(')
        && name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The columns between the brackets. A group in brackets of its own is the key, or refers.
fn fields(parts: &[&[Token]]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for part in parts {
        let Some(first) = part.first() else { continue };
        let key_of = |word: &Token| word.is("pk") || word.is("primary");
        let reference_of = |word: &Token| word.is("fk") || word.is("foreign");
        let open = part.iter().position(|word| word.mark("("));
        let grouped = open.filter(|_| key_of(first) || reference_of(first));
        let named: Vec<&Token> = match grouped {
            Some(open) => part[open..].iter().filter(|word| word.names()).collect(),
            None if first.names() => vec![first],
            None => continue,
        };
        let key = if grouped.is_some() { key_of(first) } else { part[1..].iter().any(key_of) };
        let refers = if grouped.is_some() { reference_of(first) } else { part[1..].iter().any(reference_of) };
        let alone = named.len() == 1;
        for name in named.into_iter().take(FIELDS) {
            if fields.iter().any(|field| field.name.eq_ignore_ascii_case(name.text)) {
                continue;
            }
            fields.push(Field {
                name: name.text.to_owned(),
                at: name.at,
                key,
                required: key,
                unique: key && alone,
                // What it refers to is found once all relations are read.
                refers: refers.then(String::new),
                ..Field::default()
            });
        }
    }
    // `enrolment(student_id pk, course_id pk)` marks each part of a key that is unique only as a whole.
    if fields.iter().filter(|field| field.key).count() > 1 {
        for field in &mut fields {
            field.unique &= !field.key;
        }
    }
    fields
}

/// Finds what columns refer to: the relation whose whole key has this name. Of several, as of a kind and what it is a kind
/// of, the one that the key is named after, which the others refer to.
fn refer(records: &mut [Record]) {
    let mut keys: Vec<(String, String)> = Vec::new();
    for record in records.iter() {
        let mut key = record.fields.iter().filter(|field| field.key);
        if let (Some(only), None) = (key.next(), key.next()) {
            let place = keys.iter().position(|(key, _)| key.eq_ignore_ascii_case(&only.name));
            let named_after = only.name.to_ascii_lowercase().starts_with(&record.name.to_ascii_lowercase());
            match place {
                Some(place) if named_after => keys[place].1.clone_from(&record.name),
                Some(_) => {}
                None => keys.push((only.name.clone(), record.name.clone())),
            }
        }
    }
    let names: Vec<String> = records.iter().map(|record| record.name.clone()).collect();
    for record in records {
        for field in &mut record.fields {
            let marked = field.refers.take().is_some();
            let column = field.name.to_ascii_lowercase();
            // A role may stand before the name of the key: `parent_unit_code` holds a `unit_code`.
            let holds = |key: &str| {
                let key = key.to_ascii_lowercase();
                column == key || marked && column.strip_suffix(&key).is_some_and(|role| role.ends_with('_'))
            };
            let by_key = keys.iter().find(|(key, _)| holds(key)).map(|(_, name)| name);
            let stem = ENDINGS.iter().find_map(|ending| column.strip_suffix(ending)).unwrap_or(&column);
            let by_name = || names.iter().find(|name| marked && name.eq_ignore_ascii_case(stem));
            field.refers =
                by_key.or_else(by_name).filter(|name| **name != record.name || !field.key).cloned();
        }
    }
}
