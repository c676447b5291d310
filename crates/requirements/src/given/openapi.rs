//! The schemas and paths of an OpenAPI document, or of a part of one.

use super::tree::{self, Tree};
use super::{Field, Link, Record, Schema};
use std::ops::Range;

/// What documents call schemas that are messages and no records.
const MESSAGES: &[&str] = &[
    "error",
    "errors",
    "problem",
    "problemdetails",
    "page",
    "pagination",
    "links",
    "meta",
    "response",
    "request",
];

/// Endings of schemas that are a view of a record.
const VIEWS: &[&str] =
    &["Request", "Response", "Input", "Output", "Create", "Update", "Patch", "List", "Page", "Dto", "DTO"];

pub(crate) fn read(schema: &mut Schema, text: &str, range: Range<usize>) {
    let document = tree::read(text, range);
    let schemas = document
        .get("components")
        .and_then(|components| components.get("schemas"))
        .or_else(|| document.get("definitions"))
        .or_else(|| document.get("schemas"));
    let entries = schemas.map(Tree::entries).unwrap_or_default();
    for (name, at, declared) in entries {
        let stem = VIEWS.iter().find_map(|view| name.strip_suffix(view)).filter(|stem| !stem.is_empty());
        let view = stem.is_some_and(|stem| entries.iter().any(|(known, ..)| *known == stem));
        if view || MESSAGES.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        if let Some(values) = declared.get("enum") {
            schema.choices.push(((*name).to_owned(), texts(values)));
            continue;
        }
        record(schema, stem.unwrap_or(name), *at, declared);
    }
    for (path, _, methods) in document.get("paths").map(Tree::entries).unwrap_or_default() {
        for (method, at, _) in methods.entries() {
            let method = method.to_ascii_uppercase();
            if path.starts_with('/') && ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()) {
                schema.operations.push((method, (*path).to_owned(), *at));
            }
        }
    }
}

fn record(schema: &mut Schema, name: &str, at: usize, declared: &Tree) {
    let parts = declared.get("allOf").map_or(std::slice::from_ref(declared), Tree::items);
    let mut record = Record { name: name.to_owned(), at, ..Record::default() };
    for part in parts {
        let required = part.get("required").map(texts).unwrap_or_default();
        for (field, at, property) in part.get("properties").map(Tree::entries).unwrap_or_default() {
            let list = property.get("type").and_then(Tree::value) == Some("array");
            let single = if list { property.get("items") } else { Some(property) };
            let target = single.and_then(reference);
            if let (true, Some(target)) = (list, target) {
                schema.links.push(Link {
                    from: target.to_owned(),
                    to: name.to_owned(),
                    field: String::new(),
                    from_many: true,
                    to_many: false,
                    required: false,
                    at: *at,
                });
                continue;
            }
            let text = |key: &str| single.and_then(|single| single.get(key)).and_then(Tree::value);
            let kind = match (text("type"), text("format")) {
                (Some("string"), Some(format)) => format,
                (Some(kind), _) => kind,
                (None, _) => "string",
            };
            let identifies = field.eq_ignore_ascii_case("id");
            record.fields.push(Field {
                name: (*field).to_owned(),
                kind: kind.to_ascii_lowercase(),
                at: *at,
                required: identifies || required.iter().any(|name| name == field),
                unique: identifies,
                key: identifies,
                refers: target.map(str::to_owned),
                values: single.and_then(|single| single.get("enum")).map(texts).unwrap_or_default(),
                sign: None,
            });
        }
    }
    if !record.fields.is_empty() {
        schema.add(record);
    }
}

fn texts(list: &Tree) -> Vec<String> {
    list.items().iter().filter_map(Tree::value).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// The last part of a reference.
fn reference<'a>(property: &Tree<'a>) -> Option<&'a str> {
    let reference = property.get("$ref").and_then(Tree::value)?;
    reference.rsplit('/').next().filter(|name| !name.is_empty())
}
