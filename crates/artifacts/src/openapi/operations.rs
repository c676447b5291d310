//! One operation of the document: parameters, body, answers, rights.

use super::Writer;
use super::components::headers;
use super::names::plain;
use super::schemas::{EXACT, Shape, of_column};
use design::Operation;
use knowledge::Order as _;
use serde_json::{Map, Value, json};

impl Writer<'_> {
    pub(super) fn operation(&self, operation: &Operation) -> Value {
        let mut out = json!({
            "operationId": operation.id,
            "summary": plain(&operation.summary),
            "description": self.description(operation),
            "tags": [super::tag(operation)],
            "x-requirement": operation.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        let grants = self.grants.get(operation.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if self.signs_in() {
            out["security"] = self.security(operation);
            out["x-scope"] = json!(super::scope(operation));
            out["x-roles"] = grants
                .iter()
                .map(|grant| {
                    let mut role = json!({ "role": plain(&grant.role), "records": grant.whose() });
                    if !grant.needed.is_empty() {
                        role["needed"] = json!(plain(&grant.needed));
                    }
                    role
                })
                .collect();
        }
        if !operation.needs.is_empty() {
            let needs = operation.needs.iter().map(|need| (need.kind.clone(), json!(need.because)));
            out["x-needs"] = Value::Object(needs.collect());
        }
        let parameters = self.parameters(operation);
        if !parameters.is_empty() {
            out["parameters"] = Value::Array(parameters);
        }
        if let Some(body) = self.body(operation) {
            out["requestBody"] = body;
        }
        out["responses"] = self.responses(operation);
        out
    }

    /// Who may call it and why it is there, for readers.
    fn description(&self, operation: &Operation) -> String {
        let grants = self.grants.get(operation.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let roles: Vec<String> = grants
            .iter()
            .map(|grant| format!("{} ({} records)", plain(&grant.role), grant.whose()))
            .collect();
        let open = if roles.is_empty() { "nobody".to_owned() } else { roles.join(", ") };
        let why: Vec<String> = operation.evidence.iter().map(ToString::to_string).collect();
        let mut out = format!("Open to: {open}. Because of: {}.", why.join(", "));
        for need in &operation.needs {
            out += &format!(" Needs {}: {}.", need.kind, need.because);
        }
        out
    }

    /// Who may call it: anybody where the matrix says so, else who has signed in. The scope stands in `x-scope`,
    /// because only OAuth's own schemes list scopes.
    fn security(&self, operation: &Operation) -> Value {
        let grants = self.grants.get(operation.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let scheme = self.scheme_name();
        let needed = json!({ scheme: [] });
        // Writing without a session stays closed: whoever may do so gets a session of a guest first.
        let public = operation.method == "GET" && grants.iter().any(|grant| grant.scope == "public");
        if public { json!([{}, needed]) } else { json!([needed]) }
    }

    fn parameters(&self, operation: &Operation) -> Vec<Value> {
        let refer = |name: &str| json!({ "$ref": format!("#/components/parameters/{name}") });
        let mut out = Vec::new();
        if operation.is_list() {
            out.extend([refer("Limit"), refer("Cursor")]);
        }
        let table = self.names.table(&operation.entity);
        for filter in &operation.filters {
            let column =
                table.and_then(|table| table.columns.iter().find(|column| column.name == filter.column));
            let Some(column) = column else { continue };
            let check =
                table.and_then(|table| table.checks.iter().find(|check| check.column == filter.column));
            let words = column.kind == "tsvector";
            let schema = match check.filter(|check| !check.values.is_empty()) {
                Some(check) => json!({ "type": "string", "enum": check.values }),
                None if words => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
                None => of_column(column),
            };
            let ranged = matches!(column.kind.as_str(), "timestamptz" | "date");
            let what = match () {
                () if words => "with these words",
                () if ranged && filter.name.ends_with("From") => "of this time or later",
                () if ranged => "of an earlier time than this",
                () => "with this value",
            };
            out.push(json!({
                "name": filter.name, "in": "query", "schema": schema,
                "description": format!("Only records {what}; read by the index {}.", filter.index),
                "x-index": filter.index,
            }));
        }
        if !operation.sorts.is_empty() {
            let names: Vec<String> = operation
                .sorts
                .iter()
                .flat_map(|sort| [sort.name.clone(), format!("-{}", sort.name)])
                .collect();
            let indexes: Map<String, Value> =
                operation.sorts.iter().map(|sort| (sort.name.clone(), json!(sort.index))).collect();
            out.push(json!({
                "name": "sort", "in": "query", "schema": { "type": "string", "enum": names },
                "description": "The order of the list; a minus sign turns it round. Without it the newest record comes first.",
                "x-index": indexes,
            }));
        }
        if operation.action == "reports" {
            let ends =
                [("from", "from this day on", "2026-01-01"), ("before", "before this day", "2026-02-01")];
            for (name, what, example) in ends {
                out.push(json!({
                    "name": name, "in": "query", "required": true, "schema": { "type": "string", "format": "date", "maxLength": 10 },
                    "description": format!("Only what was {what}, so that no report reads all there is."),
                    "example": example,
                }));
            }
        }
        for need in &operation.needs {
            match need.kind.as_str() {
                "idempotency-key" => out.push(refer("IdempotencyKey")),
                "if-match" => out.push(refer("IfMatch")),
                _ => {}
            }
        }
        out
    }

    fn body(&self, operation: &Operation) -> Option<Value> {
        let (shape, required) = match operation.action.as_str() {
            "create" => (Shape::Create, true),
            "update" => (Shape::Update, true),
            "upload" if operation.entity.is_empty() => {
                return Some(json!({ "required": true, "content": { "application/json": self.upload() } }));
            }
            _ if operation.needs.iter().any(|need| need.kind == "reason") => {
                return Some(json!({ "required": true, "content": { "application/json": grounds() } }));
            }
            _ => return None,
        };
        let records = self.records(&operation.entity);
        let content = match (self.names.schema(&operation.entity), records) {
            (Some(name), Some(records)) => match (records.any(shape), shape) {
                (true, _) => self.content(&format!("{name}{shape:?}")),
                (false, Shape::Create) if self.is_named_by_client(&operation.entity) => {
                    self.content(&format!("{name}{shape:?}"))
                }
                (false, Shape::Update) => open_content(),
                (false, _) => return None,
            },
            _ => open_content(),
        };
        Some(json!({ "required": required, "content": { "application/json": content } }))
    }

    /// What an answer holds: a schema with its example, both among the components.
    fn content(&self, name: &str) -> Value {
        self.use_schema(name);
        json!({
            "schema": { "$ref": format!("#/components/schemas/{name}") },
            "examples": { "usual": { "$ref": format!("#/components/examples/{name}") } },
        })
    }

    fn responses(&self, operation: &Operation) -> Value {
        let mut out = Map::new();
        let (status, answer) = self.success(operation);
        out.insert(status.to_owned(), answer);
        for problem in &self.design.api.problems {
            if !operation.problems.contains(&problem.id) {
                continue;
            }
            let status = problem.status.to_string();
            if out.contains_key(&status) {
                continue;
            }
            let response = if problem.status == 409 {
                self.conflict(operation)
            } else {
                self.use_status(problem.status);
                json!({ "$ref": format!("#/components/responses/Problem{status}") })
            };
            out.insert(status, response);
        }
        let mut sorted: Vec<(String, Value)> = out.into_iter().collect();
        sorted.order_by(|a, b| a.0.cmp(&b.0));
        Value::Object(sorted.into_iter().collect())
    }

    /// The answer when all goes well.
    fn success(&self, operation: &Operation) -> (&'static str, Value) {
        let name = self.names.schema(&operation.entity);
        let content = |ending: &str| match name {
            Some(name) => self.content(&format!("{name}{ending}")),
            None => open_content(),
        };
        let answer = |description: &str, content: Value| json!({ "description": description, "headers": headers(&[]), "content": { "application/json": content } });
        let long = operation.needs.iter().any(|need| need.kind == "status-resource");
        match operation.action.as_str() {
            _ if long => {
                let mut accepted =
                    answer("Accepted; the work goes on after this answer.", self.content("Job"));
                accepted["headers"] = headers(&["Location", "Retry-After"]);
                ("202", accepted)
            }
            "download" if name.is_none() => ("200", answer("Where the bytes of the file are.", downloaded())),
            "upload" if name.is_none() => {
                let mut begun = answer("Where the bytes of the file go.", uploaded());
                begun["headers"] = headers(&["Location"]);
                ("201", begun)
            }
            "status" => ("200", answer("How far the work is.", self.content("Job"))),
            _ if operation.is_list() => ("200", answer("One page of the list.", content("Page"))),
            "reports" => {
                ("200", answer("What the records come to, a row for each group and time.", reported()))
            }
            "get" => {
                let mut found = answer("The record.", content(""));
                if self.versioned.contains(operation.entity.as_str()) {
                    found["headers"] = headers(&["ETag"]);
                }
                ("200", found)
            }
            "create" => {
                let mut created = answer("The new record.", content(""));
                created["headers"] = headers(&["Location"]);
                ("201", created)
            }
            "update" => {
                let mut changed = answer("The record as changed.", content(""));
                if operation.needs.iter().any(|need| need.kind == "if-match") {
                    changed["headers"] = headers(&["ETag"]);
                }
                ("200", changed)
            }
            "delete" | "unlink" => ("204", json!({ "description": "It is gone.", "headers": headers(&[]) })),
            "link" => (
                "204",
                json!({ "description": "They are linked; a second time changes nothing.", "headers": headers(&[]) }),
            ),
            _ => ("200", answer("The record as it is now.", content(""))),
        }
    }

    /// What is known of a file before its bytes are there.
    #[allow(clippy::cast_possible_truncation, reason = "bytes of a file, far below 2^53")]
    fn upload(&self) -> Value {
        let tables: Vec<&str> = self
            .design
            .database
            .tables
            .iter()
            .filter(|table| !table.entity.is_empty())
            .map(|table| table.name.as_str())
            .collect();
        let quantities = self.design.requirements.quantities.iter();
        let stated = quantities.filter(|one| one.kind == "payload" && one.comparator.starts_with('<'));
        let largest = stated.map(|one| one.value).fold(0.0, f64::max);
        let largest = (if largest > 0.0 { largest } else { LARGEST_FILE }).round() as i64;
        json!({
            "schema": {
                "type": "object",
                "additionalProperties": false,
                "required": ["subject", "fileName", "mediaType", "sizeBytes", "checksum"],
                "properties": {
                    "subject": { "type": "string", "enum": tables, "description": "The table of the record that the file is for." },
                    "recordId": { "type": ["string", "null"], "maxLength": 36, "description": "The record, where it is there already; the caller may change it." },
                    "fileName": { "type": "string", "maxLength": 255 },
                    "mediaType": { "type": "string", "maxLength": 127 },
                    "sizeBytes": { "type": "integer", "format": "int64", "minimum": 1, "maximum": largest },
                    "checksum": { "type": "string", "maxLength": 64, "description": "SHA-256 in hexadecimal; the store refuses other bytes." },
                },
            },
            "example": { "subject": tables.first(), "recordId": null, "fileName": "photo.jpg", "mediaType": "image/jpeg", "sizeBytes": largest.min(20_480), "checksum": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        })
    }

    /// 409 with an example of its own: it names the states in which the operation is possible.
    fn conflict(&self, operation: &Operation) -> Value {
        let mut examples = Map::new();
        let mut titles = Vec::new();
        for problem in self.design.api.problems.iter().filter(|problem| problem.status == 409) {
            if !operation.problems.contains(&problem.id) {
                continue;
            }
            titles.push(problem.title.clone());
            if problem.id == "wrong-state" {
                let mut value = super::problem_example(problem);
                value["allowedStates"] = json!(operation.states);
                examples.insert(problem.id.clone(), json!({ "value": value }));
            } else {
                self.use_problem(&problem.id);
                let pointer = format!("#/components/examples/problem-{}", problem.id);
                examples.insert(problem.id.clone(), json!({ "$ref": pointer }));
            }
        }
        let states = if operation.states.is_empty() {
            String::new()
        } else {
            let states: Vec<String> = operation.states.iter().map(|state| plain(state)).collect();
            format!(" Possible only in state: {}.", states.join(", "))
        };
        json!({
            "description": format!("{}.{states}", titles.join("; or: ")),
            "headers": headers(&[]),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "examples": examples } },
        })
    }
}

/// The largest file where the text says nothing of it, in bytes.
const LARGEST_FILE: f64 = 100_000_000.0;

/// Why a step is taken.
fn grounds() -> Value {
    json!({
        "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["reason"],
            "properties": {
                "reason": { "type": "string", "minLength": 1, "maxLength": 1000, "description": "Why; it is kept with who took the step and when." },
            },
        },
        "example": { "reason": "Asked for by phone" },
    })
}

/// The key that a record names, and the address that takes the bytes.
fn uploaded() -> Value {
    json!({
        "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["storageKey", "uploadUrl", "expiresAt"],
            "properties": {
                "storageKey": { "type": "string", "maxLength": 128, "description": "What the record that the file belongs to names." },
                "uploadUrl": { "type": "string", "format": "uri", "maxLength": 2048, "description": "Takes the bytes once, by PUT." },
                "expiresAt": { "type": "string", "format": "date-time", "maxLength": 40 },
            },
        },
        "example": { "storageKey": "01890a5d-ac96-774b-bcce-000000001001", "uploadUrl": "https://files.example.com/put/01890a5d", "expiresAt": "2026-03-14T09:45:00Z" },
    })
}

/// The address that gives the bytes.
fn downloaded() -> Value {
    json!({
        "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["downloadUrl", "expiresAt"],
            "properties": {
                "downloadUrl": { "type": "string", "format": "uri", "maxLength": 2048, "description": "Gives the bytes as a download, by GET; only once the file was scanned." },
                "expiresAt": { "type": "string", "format": "date-time", "maxLength": 40 },
            },
        },
        "example": { "downloadUrl": "https://files.example.com/get/01890a5d", "expiresAt": "2026-03-14T09:45:00Z" },
    })
}

/// The rows of a report: how many records stand behind each, and what their amounts come to. An object holds them, so that
/// fields can be added beside the rows.
fn reported() -> Value {
    let row = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["count", "sums"],
        "properties": {
            "group": { "type": "string", "maxLength": 200, "description": "What the records of the row have in common." },
            "period": { "type": "string", "format": "date", "maxLength": 10, "description": "The first day of the time that the row is of." },
            "count": { "type": "integer", "format": "int64", "minimum": 0, "maximum": EXACT },
            "sums": { "type": "object", "maxProperties": 20, "additionalProperties": { "type": "string", "maxLength": 40 }, "description": "The sums of the numbers of the records by their names, as decimal text." },
        },
    });
    json!({
        "schema": {
            "type": "object",
            "additionalProperties": false,
            "required": ["items"],
            "properties": { "items": { "type": "array", "maxItems": 1000, "items": row } },
        },
        "example": { "items": [{ "group": "1001", "period": "2026-03-01", "count": 12, "sums": {} }] },
    })
}

/// Content of which the text spells out no fields.
fn open_content() -> Value {
    json!({
        "schema": { "type": "object", "description": "The text spells out no fields that the engine could read.", "additionalProperties": true, "maxProperties": 100 },
        "example": {},
    })
}
