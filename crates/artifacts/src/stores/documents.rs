//! MongoDB: a collection for each table, with a validator and indexes.

use super::{goes_by_itself, head, is_search, kind, left_to_program, stored};
use design::{Column, Design, Index, Retention, Table};
use knowledge::DialectRow;
use serde_json::{Map, Value, json};

/// The script that creates the collections.
pub(super) fn collections(design: &Design, store: &DialectRow) -> String {
    let mut out = head(design, store, "//");
    for table in &design.database.tables {
        out += &format!("db.createCollection({}, {});\n", json!(table.name), pretty(&options(store, table)));
        let goes: Vec<&Retention> =
            table.retention.iter().filter(|kept| goes_by_itself(design, store, table, kept)).collect();
        // Two indexes over the same field alone are refused: the one that deletes finds as well.
        let told =
            |index: &&Index| !goes.iter().any(|kept| !index.unique && index.columns == [kept.from.as_str()]);
        for index in table.indexes.iter().filter(told) {
            let (keys, options) = (keys(table, index), index_options(table, index));
            out += &format!("db[{}].createIndex({keys}, {options});\n", json!(table.name));
        }
        for kept in goes {
            out += &format!(
                "db[{}].createIndex({{{}:1}}, {});\n",
                json!(table.name),
                json!(field(&kept.from)),
                aged(table, kept)
            );
        }
        out.push('\n');
    }
    let left = left_to_program(design, store);
    if !left.is_empty() {
        out += "// Left to the program:\n";
        for line in left {
            out += &format!("// {line}\n");
        }
    }
    out
}

/// Serialising plain data cannot fail.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn field(name: &str) -> &str {
    if name == "id" { "_id" } else { name }
}

fn options(store: &DialectRow, table: &Table) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for column in stored(table) {
        properties.insert(field(&column.name).to_owned(), property(store, table, column));
        if !column.nullable {
            required.push(field(&column.name));
        }
    }
    json!({
        "validator": { "$jsonSchema": { "bsonType": "object", "required": required, "properties": properties } },
        "validationAction": "error",
    })
}

fn property(store: &DialectRow, table: &Table, column: &Column) -> Value {
    let bson = kind(store, column, true);
    let mut out = Map::new();
    out.insert(
        "bsonType".to_owned(),
        // Drivers write a whole number as the smaller type where it fits.
        match bson {
            "long" => json!(["long", "int"]),
            "object" => json!(["object", "array"]),
            _ => json!(bson),
        },
    );
    if let Some(check) = table.checks.iter().find(|check| check.column == column.name) {
        out.insert("enum".to_owned(), json!(check.values));
    }
    for rule in table.conditions.iter().filter(|rule| rule.columns.first() == Some(&column.name)) {
        match rule.kind.as_str() {
            "positive" | "non-negative" => {
                out.insert("minimum".to_owned(), json!(0));
                if rule.kind == "positive" {
                    out.insert("exclusiveMinimum".to_owned(), json!(true));
                }
            }
            "currency" => {
                out.insert("pattern".to_owned(), json!("^[A-Z]{3}$"));
            }
            _ => {}
        }
    }
    if !column.note.is_empty() {
        out.insert("description".to_owned(), json!(column.note));
    }
    Value::Object(out)
}

/// The index by which MongoDB deletes what is old enough, once a minute.
#[allow(clippy::cast_possible_truncation, reason = "seconds of some years, far below 2^53")]
fn aged(table: &Table, kept: &Retention) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(format!("{}_{}_ttl", table.name, kept.from)));
    out.insert("expireAfterSeconds".to_owned(), json!((kept.days * 86_400.0).round() as i64));
    if let Some(only) = &kept.only {
        let is = match (only.values.is_empty(), only.is_null) {
            (true, true) => Value::Null,
            (true, false) => json!({ "$exists": true }),
            _ => json!({ "$in": only.values }),
        };
        let mut rows = Map::new();
        rows.insert(field(&only.column).to_owned(), is);
        out.insert("partialFilterExpression".to_owned(), rows.into());
    }
    out.into()
}

fn keys(table: &Table, index: &Index) -> Value {
    if is_search(table, &index.columns) {
        let words = table.columns.iter().filter(|column| index.columns.contains(&column.name));
        let words = words.flat_map(|column| &column.generated_from);
        return words.map(|name| (name.clone(), json!("text"))).collect::<Map<_, _>>().into();
    }
    index.columns.iter().map(|name| (field(name).to_owned(), json!(1))).collect::<Map<_, _>>().into()
}

fn index_options(table: &Table, index: &Index) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(index.name));
    if index.unique {
        out.insert("unique".to_owned(), json!(true));
    }
    let mut only = Map::new();
    if let Some(filter) = &index.only {
        let is = match (filter.values.is_empty(), filter.is_null) {
            (true, true) => Value::Null,
            (true, false) => json!({ "$exists": true }),
            _ => json!({ "$in": filter.values }),
        };
        only.insert(field(&filter.column).to_owned(), is);
    } else if index.unique {
        // Two documents without a field are alike to an index, unlike two nulls in SQL.
        for column in
            table.columns.iter().filter(|column| column.nullable && index.columns.contains(&column.name))
        {
            only.insert(field(&column.name).to_owned(), json!({ "$exists": true }));
        }
    }
    if !only.is_empty() {
        out.insert("partialFilterExpression".to_owned(), only.into());
    }
    out.into()
}
