//! The schemas of records: as they are read, as they are made, as they are changed.

use super::names::plain;
use design::{Column, Table, json_name};
use serde_json::{Map, Value, json};

/// The largest page of a list.
pub(crate) const LARGEST_PAGE: u32 = 100;
/// The usual page of a list.
pub(crate) const USUAL_PAGE: u32 = 20;
/// The largest integer that every JSON reader keeps exactly.
pub(super) const EXACT: i64 = 9_007_199_254_740_991;

/// What a caller sends, or is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A record as it is read.
    Record,
    /// What is sent to make one.
    Create,
    /// What is sent to change one.
    Update,
}

/// How the records of a table appear in the interface.
pub(crate) struct Records<'a> {
    pub(crate) table: &'a Table,
    /// Whether the state moves by operations of its own.
    pub(crate) moves: bool,
    /// The columns that the path of the collection gives.
    pub(crate) path: Vec<&'a str>,
}

impl Records<'_> {
    /// The columns of a shape.
    fn columns(&self, shape: Shape) -> impl Iterator<Item = &Column> {
        self.table.columns.iter().filter(move |column| {
            // Secrets go in and never come out; the tenant is known from the session.
            // What the database makes of other columns stays inside, such as what it searches.
            let derived = !column.generated_from.is_empty();
            let inward = column.class == "secret" || column.mode == "write-only";
            if column.tenant || derived || inward && shape == Shape::Record {
                return false;
            }
            let moved = self.moves && self.state(column).is_some();
            let given = self.path.contains(&column.name.as_str());
            shape == Shape::Record || !(is_own(column) || moved || given)
        })
    }

    /// The states that a column may hold.
    fn state(&self, column: &Column) -> Option<&[String]> {
        let check = self.table.checks.iter().find(|check| check.column == column.name)?;
        (!check.values.is_empty()).then_some(check.values.as_slice())
    }

    /// Whether anything can be sent in a shape.
    pub(crate) fn any(&self, shape: Shape) -> bool {
        self.columns(shape).next().is_some()
    }

    /// Whether something has to be sent to make a record.
    pub(crate) fn demands(&self) -> bool {
        self.columns(Shape::Create).any(|column| !column.nullable && column.default.is_none())
    }

    /// The schema of a shape.
    pub(crate) fn schema(&self, shape: Shape) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for column in self.columns(shape) {
            let name = json_name(&column.name);
            let mut schema = of_column(column);
            if let Some(states) = self.state(column) {
                schema = json!({ "type": "string", "enum": states });
            }
            if column.nullable {
                schema["type"] = json!([schema["type"], "null"]);
                if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                    values.push(Value::Null);
                }
            }
            if shape == Shape::Record && is_own(column) {
                schema["readOnly"] = json!(true);
            }
            if column.class == "secret" || column.mode == "write-only" {
                schema["writeOnly"] = json!(true);
            }
            let hidden = shape == Shape::Record && !column.readers.is_empty();
            if hidden {
                let readers: Vec<String> = column.readers.iter().map(|role| plain(role)).collect();
                schema["description"] =
                    json!(format!("{}. Answered to {} only.", plain(&column.attribute), readers.join(", ")));
            } else if !column.attribute.is_empty() {
                schema["description"] = json!(format!("{}.", plain(&column.attribute)));
            }
            let optional = hidden || column.nullable || column.default.is_some() && shape != Shape::Record;
            if !optional && shape != Shape::Update {
                required.push(json!(name));
            }
            properties.insert(name, schema);
        }
        let what = match shape {
            Shape::Record => format!("{}.", plain(&self.table.entity)),
            Shape::Create => format!("What is sent to create: {}.", plain(&self.table.entity)),
            Shape::Update => format!("What is sent to change: {}.", plain(&self.table.entity)),
        };
        let mut out = json!({ "type": "object", "description": what });
        if shape != Shape::Record {
            out["additionalProperties"] = json!(false);
        }
        if shape == Shape::Update {
            out["minProperties"] = json!(1);
        }
        if !required.is_empty() {
            out["required"] = Value::Array(required);
        }
        out["properties"] = Value::Object(properties);
        out
    }

    /// A record as an example; `number` tells the records of a page apart.
    pub(crate) fn example(&self, shape: Shape, number: u32) -> Value {
        let mut out = Map::new();
        for column in self.columns(shape) {
            let value = match self.state(column) {
                Some(states) => json!(states[0]),
                None => example(column, number),
            };
            out.insert(json_name(&column.name), value);
        }
        Value::Object(out)
    }
}

/// Columns that the system sets.
fn is_own(column: &Column) -> bool {
    matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "version")
        || column.name == "created_by" && column.attribute.is_empty()
        || column.mode == "read-only"
}

/// Whether a column holds the id of a record.
pub(crate) fn is_id(column: &Column) -> bool {
    column.attribute.is_empty() && (column.name == "id" || column.name.ends_with("_id"))
}

/// The type of a column without its length: `numeric(10,2)` is `numeric`.
fn kind(column: &Column) -> &str {
    column.kind.split('(').next().unwrap_or_default().trim()
}

/// The schema of a column's values.
pub(crate) fn of_column(column: &Column) -> Value {
    if is_id(column) {
        // Opaque, and a string: a caller does no arithmetic with it, and JSON keeps no integer above 2^53.
        return if column.kind == "uuid" {
            json!({ "type": "string", "format": "uuid", "maxLength": 36 })
        } else {
            json!({ "type": "string", "pattern": "^[0-9]{1,19}$", "maxLength": 19 })
        };
    }
    match kind(column) {
        "bigint" => {
            json!({ "type": "integer", "format": "int64", "minimum": -EXACT, "maximum": EXACT })
        }
        "integer" | "int" => {
            json!({ "type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX })
        }
        "smallint" => {
            json!({ "type": "integer", "format": "int32", "minimum": i16::MIN, "maximum": i16::MAX })
        }
        // A decimal is a string: binary fractions would change it.
        "numeric" | "decimal" => {
            json!({ "type": "string", "pattern": "^-?[0-9]{1,20}(\\.[0-9]{1,10})?$", "maxLength": 32 })
        }
        "real" | "double precision" => json!({ "type": "number", "format": "double" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date", "maxLength": 10 }),
        "time" => json!({ "type": "string", "format": "time", "maxLength": 20 }),
        "timestamptz" | "timestamp" => json!({ "type": "string", "format": "date-time", "maxLength": 40 }),
        "interval" => json!({ "type": "string", "format": "duration", "maxLength": 40 }),
        "uuid" => json!({ "type": "string", "format": "uuid", "maxLength": 36 }),
        "char" | "character" => {
            let length = length(column).unwrap_or(1);
            json!({ "type": "string", "minLength": length, "maxLength": length })
        }
        "json" | "jsonb" => {
            json!({ "type": "object", "additionalProperties": true, "maxProperties": 100 })
        }
        "inet" => json!({ "type": "string", "maxLength": 45 }),
        _ => json!({ "type": "string", "maxLength": length(column).unwrap_or(10_000) }),
    }
}

/// `80` of `varchar(80)`.
fn length(column: &Column) -> Option<u32> {
    column.kind.split_once('(')?.1.split([')', ',']).next()?.trim().parse().ok()
}

/// A value that a column could hold, the same at each run.
pub(crate) fn example(column: &Column, number: u32) -> Value {
    if is_id(column) {
        return if column.kind == "uuid" {
            json!(format!("01890a5d-ac96-774b-bcce-{:012}", 2_000 + number))
        } else {
            json!((1_000 + number).to_string())
        };
    }
    match kind(column) {
        "bigint" => json!(1_250 * i64::from(number)),
        "integer" | "int" | "smallint" => json!(number),
        "numeric" | "decimal" => json!("12.50"),
        "real" | "double precision" => json!(0.5),
        "boolean" => json!(true),
        "date" => json!("2026-03-14"),
        "time" => json!("09:30:00Z"),
        "timestamptz" | "timestamp" => json!("2026-03-14T09:30:00Z"),
        "interval" => json!("PT1H30M"),
        "uuid" => json!(format!("01890a5d-ac96-774b-bcce-{:012}", 9_000 + number)),
        "char" | "character" => {
            let length = length(column).unwrap_or(1) as usize;
            json!("EUR".chars().chain(std::iter::repeat('X')).take(length.min(64)).collect::<String>())
        }
        "json" | "jsonb" => json!({}),
        "inet" => json!("192.0.2.1"),
        _ => {
            let words = if column.name.contains("email") || column.name.contains("e_mail") {
                format!("person{number}@example.com")
            } else if column.name.contains("phone") {
                "+442079460000".to_owned()
            } else if column.class == "secret" {
                "never-shown-again".to_owned()
            } else {
                let name = plain(&column.attribute);
                format!("{} {number}", if column.attribute.is_empty() { "Text" } else { &name })
            };
            json!(words.chars().take(length(column).unwrap_or(200) as usize).collect::<String>())
        }
    }
}

/// One page of a list.
pub(crate) fn page(name: &str) -> Value {
    json!({
        "type": "object",
        "description": "One page of a list.",
        "required": ["items", "nextCursor"],
        "properties": {
            "items": { "type": "array", "maxItems": LARGEST_PAGE, "items": { "$ref": format!("#/components/schemas/{name}") } },
            "nextCursor": { "type": ["string", "null"], "maxLength": 512, "description": "Ask for the next page with it; null at the end." },
        },
    })
}

/// Long work and how far it is.
pub(crate) fn job() -> Value {
    json!({
        "type": "object",
        "description": "Long work and how far it is.",
        "required": ["id", "status", "createdAt"],
        "properties": {
            "id": { "type": "string", "pattern": "^[0-9]{1,19}$", "maxLength": 19, "readOnly": true },
            "status": { "type": "string", "enum": ["ready", "running", "done", "failed"] },
            "result": { "type": ["string", "null"], "format": "uri-reference", "maxLength": 2048, "description": "Where the result is, once there is one." },
            "createdAt": { "type": "string", "format": "date-time", "maxLength": 40, "readOnly": true },
        },
    })
}

/// An example of long work.
pub(crate) fn job_example() -> Value {
    json!({ "id": "1001", "status": "running", "result": null, "createdAt": "2026-03-14T09:30:00Z" })
}

/// Problem details after RFC 9457.
pub(crate) fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Problem details after RFC 9457.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "maxLength": 2048, "description": "Names the sort of problem; x-problems lists all." },
            "title": { "type": "string", "maxLength": 256 },
            "status": { "type": "integer", "format": "int32", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string", "maxLength": 4096 },
            "instance": { "type": "string", "format": "uri-reference", "maxLength": 2048, "description": "Names this occurrence, for the operators." },
            "allowedStates": {
                "type": "array",
                "maxItems": 50,
                "items": { "type": "string", "maxLength": 256 },
                "description": "With wrong-state: the states in which the operation is possible.",
            },
            "errors": {
                "type": "array",
                "maxItems": 100,
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": { "pointer": { "type": "string", "maxLength": 512, "description": "JSON Pointer to the field." }, "detail": { "type": "string", "maxLength": 1024 } },
                },
            },
        },
    })
}
