//! `api/openapi.yaml`: OpenAPI 3.1.

use design::{Column, Design, Operation, Table};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The largest page of a list.
const LARGEST_PAGE: u32 = 100;
/// The usual page of a list.
const USUAL_PAGE: u32 = 20;

/// The interface of a design as an OpenAPI document.
pub(crate) fn openapi(design: &Design) -> String {
    let document = Writer::new(design).document();
    // A tree of JSON values always has a YAML form.
    serde_saphyr::to_string(&document).unwrap_or_default()
}

struct Writer<'a> {
    design: &'a Design,
    /// The table of each entity.
    tables: BTreeMap<&'a str, &'a Table>,
    /// The name of each entity's schema.
    names: BTreeMap<&'a str, String>,
}

/// How callers prove who they are.
enum Scheme {
    Session,
    Bearer,
    None,
}

impl<'a> Writer<'a> {
    fn new(design: &'a Design) -> Self {
        let tables: BTreeMap<&str, &Table> = design
            .database
            .tables
            .iter()
            .filter(|table| !table.entity.is_empty())
            .map(|table| (table.entity.as_str(), table))
            .collect();
        // Two entities whose letters agree differ by the number of their table.
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        for entity in tables.keys() {
            *alike.entry(pascal(entity)).or_default() += 1;
        }
        let mut names = BTreeMap::new();
        for (at, table) in
            design.database.tables.iter().enumerate().filter(|(_, table)| !table.entity.is_empty())
        {
            let base = pascal(&table.entity);
            let clashes = alike.get(&base).is_some_and(|count| *count > 1);
            let base = if base.is_empty() || base == "Problem" { format!("{base}Entity") } else { base };
            names.insert(table.entity.as_str(), if clashes { format!("{base}{}", at + 1) } else { base });
        }
        Self { design, tables, names }
    }

    fn document(&self) -> Value {
        let mut document = json!({
            "openapi": "3.1.1",
            "info": {
                "title": plain(&self.design.title),
                "version": "0.1.0",
                "description": "Generated from requirements; x-requirement names the sentences that each operation rests on.",
                "license": { "name": "Proprietary", "identifier": "LicenseRef-Proprietary" },
            },
            "servers": [{ "url": "{origin}", "description": "Where the API is deployed.", "variables": { "origin": { "default": "http://localhost:8080", "description": "Scheme, host and port." } } }],
        });
        let security = match self.scheme() {
            Scheme::Session => json!([{ "session": [] }]),
            Scheme::Bearer => json!([{ "bearer": [] }]),
            Scheme::None => json!([]),
        };
        document["security"] = security;
        document["tags"] = self.tags();
        document["paths"] = self.paths();
        document["components"] = self.components(&document["paths"].to_string());
        document
    }

    fn scheme(&self) -> Scheme {
        match self
            .design
            .decisions
            .iter()
            .find(|decision| decision.slot == "authentication")
            .map(|decision| decision.chosen.as_str())
        {
            Some("none") | None => Scheme::None,
            Some("oidc-session") => Scheme::Session,
            Some(_) => Scheme::Bearer,
        }
    }

    fn tag(operation: &Operation) -> String {
        if operation.entity.is_empty() { "Operations".to_owned() } else { plain(&operation.entity) }
    }

    fn tags(&self) -> Value {
        let mut names: Vec<String> = Vec::new();
        for operation in &self.design.api.operations {
            let tag = Self::tag(operation);
            if !names.contains(&tag) {
                names.push(tag);
            }
        }
        names
            .into_iter()
            .map(|name| json!({ "name": name, "description": format!("Operations on: {name}.") }))
            .collect()
    }

    /// Whether the state of a table's records is moved by operations of its own.
    fn moves(&self, table: &Table) -> bool {
        self.design
            .model
            .lifecycles
            .iter()
            .any(|lifecycle| lifecycle.entity == table.entity && !lifecycle.transitions.is_empty())
    }

    fn table(&self, entity: &str) -> Option<&Table> {
        self.tables.get(entity).copied()
    }

    fn schema_name(&self, entity: &str) -> String {
        self.names.get(entity).cloned().unwrap_or_else(|| pascal(entity))
    }

    fn paths(&self) -> Value {
        let mut paths = Map::new();
        for operation in &self.design.api.operations {
            let entry = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
            if let Some(parameters) = parameters(&operation.path) {
                entry["parameters"] = parameters;
            }
            entry[operation.method.to_lowercase()] = self.operation(operation);
        }
        Value::Object(paths)
    }

    fn operation(&self, operation: &Operation) -> Value {
        let name = self.schema_name(&operation.entity);
        let known = self.table(&operation.entity).is_some();
        let reference = |schema: &str| json!({ "$ref": format!("#/components/schemas/{schema}") });
        let body = |schema: Value| json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        let answer = |description: &str, schema: Value| json!({ "description": description, "content": { "application/json": { "schema": schema } } });
        let open = json!({ "type": "object", "description": "The text spells out no fields that the engine could read." });
        let single = if known { reference(&name) } else { open.clone() };
        let mut out = json!({
            "operationId": operation.id,
            "summary": plain(&operation.summary),
            "tags": [Self::tag(operation)],
            "x-requirement": operation.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        if !operation.actors.is_empty() {
            out["x-roles"] = operation.actors.iter().map(|actor| plain(actor)).collect();
        }
        let mut responses = Map::new();
        match operation.action.as_str() {
            "list" => {
                out["parameters"] = json!([{ "$ref": "#/components/parameters/Limit" }, { "$ref": "#/components/parameters/Cursor" }]);
                let page = if known { reference(&format!("{name}Page")) } else { open };
                responses.insert("200".to_owned(), answer("One page of the list.", page));
            }
            "get" => {
                responses.insert("200".to_owned(), answer("The record.", single));
            }
            "create" => {
                out["requestBody"] = body(if known { reference(&format!("{name}Create")) } else { open });
                let mut created = answer("The new record.", single);
                created["headers"] = json!({ "Location": { "description": "Where the new record is.", "schema": { "type": "string", "format": "uri-reference", "maxLength": 2048 } } });
                responses.insert("201".to_owned(), created);
                responses.insert("422".to_owned(), response("Unprocessable"));
            }
            "update" => {
                out["requestBody"] = body(if known { reference(&format!("{name}Update")) } else { open });
                responses.insert("200".to_owned(), answer("The record as changed.", single));
                responses.insert("422".to_owned(), response("Unprocessable"));
            }
            "delete" => {
                responses.insert("204".to_owned(), json!({ "description": "It is gone." }));
            }
            _ => {
                responses.insert("200".to_owned(), answer("The record in its new state.", single));
                let states: Vec<&str> = self
                    .design
                    .model
                    .lifecycles
                    .iter()
                    .filter(|lifecycle| lifecycle.entity == operation.entity)
                    .flat_map(|lifecycle| {
                        lifecycle
                            .transitions
                            .iter()
                            .filter(|transition| transition.action == operation.action)
                            .map(|transition| transition.from.as_str())
                    })
                    .collect();
                let conflict = json!({ "description": format!("Only possible in state: {}.", states.join(", ")), "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
                responses.insert("409".to_owned(), conflict);
            }
        }
        responses.insert("400".to_owned(), response("BadRequest"));
        if !matches!(self.scheme(), Scheme::None) {
            responses.insert("401".to_owned(), response("Unauthorized"));
            responses.insert("403".to_owned(), response("Forbidden"));
        }
        if operation.path.contains('{') {
            responses.insert("404".to_owned(), response("NotFound"));
        }
        responses.insert("429".to_owned(), response("TooManyRequests"));
        let mut sorted: Vec<(String, Value)> = responses.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        out["responses"] = Value::Object(sorted.into_iter().collect());
        out
    }

    /// The shared parts, of which only those that some path refers to are kept.
    fn components(&self, paths: &str) -> Value {
        let pointers: BTreeSet<&str> =
            paths.split("\"#/components/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let used = |pointer: &str| pointers.contains(pointer);
        let mut schemas = Map::new();
        for table in self.design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
            let name = self.schema_name(&table.entity);
            let variants = [
                (name.clone(), record(table)),
                (format!("{name}Create"), input(table, true, self.moves(table))),
                (format!("{name}Update"), input(table, false, self.moves(table))),
                (format!("{name}Page"), page(&name)),
            ];
            let page_used = used(&format!("schemas/{name}Page"));
            for (variant, schema) in variants {
                if used(&format!("schemas/{variant}")) || variant == name && page_used {
                    schemas.insert(variant, schema);
                }
            }
        }
        schemas.insert("Problem".to_owned(), problem());
        let mut parameters = Map::new();
        if used("parameters/Limit") {
            parameters.insert(
                "Limit".to_owned(),
                json!({ "name": "limit", "in": "query", "description": "How many records a page has at most.", "schema": { "type": "integer", "format": "int32", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE } }),
            );
            parameters.insert("Cursor".to_owned(), json!({ "name": "cursor", "in": "query", "description": "The nextCursor of the page before.", "schema": { "type": "string", "maxLength": 512 } }));
        }
        let mut responses = Map::new();
        for (name, description) in [
            (
                "BadRequest",
                "The request cannot be read: malformed JSON, an unknown field, a parameter out of range.",
            ),
            ("Unauthorized", "Nobody is signed in, or the session has ended."),
            ("Forbidden", "The caller's role does not allow it."),
            ("NotFound", "There is no such record, or the caller may not know of it."),
            ("Unprocessable", "The request can be read but breaks a rule; errors names the fields."),
            ("TooManyRequests", "The caller's rate limit is used up."),
        ] {
            if used(&format!("responses/{name}")) {
                let mut response = json!({ "description": description, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
                match name {
                    "TooManyRequests" => {
                        response["headers"] = json!({ "Retry-After": { "description": "Seconds to wait.", "schema": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400 } } });
                    }
                    "Unauthorized" => {
                        response["headers"] = json!({ "WWW-Authenticate": { "description": "How to sign in.", "schema": { "type": "string", "maxLength": 256 } } });
                    }
                    _ => {}
                }
                responses.insert(name.to_owned(), response);
            }
        }
        let mut components = Map::new();
        match self.scheme() {
            Scheme::Session => {
                components.insert("securitySchemes".to_owned(), json!({ "session": { "type": "apiKey", "in": "cookie", "name": "__Host-session", "description": "HttpOnly session cookie, set after sign-in." } }));
            }
            Scheme::Bearer => {
                components.insert("securitySchemes".to_owned(), json!({ "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "Access token that lives 5 to 15 minutes." } }));
            }
            Scheme::None => {}
        }
        if !parameters.is_empty() {
            components.insert("parameters".to_owned(), Value::Object(parameters));
        }
        components.insert("responses".to_owned(), Value::Object(responses));
        components.insert("schemas".to_owned(), Value::Object(schemas));
        Value::Object(components)
    }
}

fn response(name: &str) -> Value {
    json!({ "$ref": format!("#/components/responses/{name}") })
}

/// The parameters of a path, all opaque strings.
fn parameters(path: &str) -> Option<Value> {
    let names: Vec<Value> = path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "description": "Names the record.", "schema": { "type": "string", "minLength": 1, "maxLength": 128 } }))
        .collect();
    (!names.is_empty()).then_some(Value::Array(names))
}

/// A record as it is read.
fn record(table: &Table) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for column in visible(table) {
        let mut schema = schema(column);
        if matches!(column.name.as_str(), "id" | "created_at" | "updated_at") {
            schema["readOnly"] = json!(true);
        }
        let status = table.checks.iter().find(|check| check.column == column.name);
        if let Some(check) = status {
            schema["enum"] = json!(check.values);
        }
        if column.nullable {
            schema["type"] = json!([schema["type"], "null"]);
        } else {
            required.push(json!(json_name(&column.name)));
        }
        properties.insert(json_name(&column.name), schema);
    }
    json!({ "type": "object", "description": format!("{}.", plain(&table.entity)), "required": required, "properties": properties })
}

/// What a caller sends: everything that the system does not set itself.
fn input(table: &Table, create: bool, moves: bool) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for column in visible(table)
        .filter(|column| !matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "tenant_id"))
    {
        // A state changes only by its transitions, where there are any.
        if moves && table.checks.iter().any(|check| check.column == column.name) {
            continue;
        }
        let mut schema = schema(column);
        if column.nullable {
            schema["type"] = json!([schema["type"], "null"]);
        } else if create {
            required.push(json!(json_name(&column.name)));
        }
        properties.insert(json_name(&column.name), schema);
    }
    let verb = if create { "to create" } else { "to change" };
    let mut out = json!({ "type": "object", "description": format!("What is sent {verb}: {}.", plain(&table.entity)), "additionalProperties": false });
    if !create {
        out["minProperties"] = json!(1);
    }
    if !required.is_empty() {
        out["required"] = Value::Array(required);
    }
    if properties.is_empty() {
        // Nothing can be changed by hand; an empty object is all that may be sent.
        out["minProperties"] = json!(0);
    }
    out["properties"] = Value::Object(properties);
    out
}

fn page(name: &str) -> Value {
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

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Problem details after RFC 9457.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "maxLength": 2048, "description": "Names the sort of problem." },
            "title": { "type": "string", "maxLength": 256 },
            "status": { "type": "integer", "format": "int32", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string", "maxLength": 4096 },
            "instance": { "type": "string", "format": "uri-reference", "maxLength": 2048 },
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

/// Columns that leave the system: secrets and the tenant stay inside.
fn visible(table: &Table) -> impl Iterator<Item = &Column> {
    let inside = |column: &Column| {
        column.class == "secret" || column.name == "tenant_id" || !column.generated_from.is_empty()
    };
    table.columns.iter().filter(move |column| !inside(column))
}

fn schema(column: &Column) -> Value {
    if column.kind == "uuid" {
        return json!({ "type": "string", "format": "uuid", "maxLength": 36, "description": "Opaque id." });
    }
    let reference = column.name == "id" || column.kind == "bigint" && column.name.ends_with("_id");
    if reference {
        return json!({ "type": "string", "pattern": "^[0-9]+$", "maxLength": 20, "description": "Opaque id." });
    }
    match column.kind.as_str() {
        "bigint" => {
            json!({ "type": "integer", "format": "int64", "description": "Minor units of the currency, such as cents." })
        }
        "integer" => json!({ "type": "integer", "format": "int32" }),
        "numeric" => json!({ "type": "number" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date", "maxLength": 10 }),
        "timestamptz" => json!({ "type": "string", "format": "date-time", "maxLength": 40 }),
        "interval" => json!({ "type": "string", "format": "duration", "maxLength": 40 }),
        _ => json!({ "type": "string", "maxLength": 10_000 }),
    }
}

/// `start_time` is `startTime`.
fn json_name(column: &str) -> String {
    let mut words = column.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or(column).to_owned();
    words.fold(first, |name, word| name + &capital(word))
}

/// Words of letters and digits, each with a capital: the name of a schema.
fn pascal(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric()).map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// Text without line breaks and control characters.
fn plain(text: &str) -> String {
    let line = crate::markdown::one_line(text);
    if line.is_empty() { "Untitled".to_owned() } else { line }
}
