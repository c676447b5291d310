//! The shared parts of the document, of which only those that something refers to are written.

use super::names::has_long_work;
use super::schemas::{LARGEST_PAGE, Shape, USUAL_PAGE, job, job_example, page, problem};
use super::{Scheme, Writer, plain, problem_example};
use serde_json::{Map, Value, json};

impl Writer<'_> {
    pub(super) fn components(&self, document: &str) -> Value {
        let used = |pointer: &str| document.contains(&format!("\"#/components/{pointer}\""));
        let mut out = Map::new();
        if let Some(scheme) = self.security_scheme() {
            out.insert("securitySchemes".to_owned(), json!({ self.scheme_name(): scheme }));
        }
        let parameters: Map<String, Value> = parameters()
            .into_iter()
            .filter(|(name, _)| used(&format!("parameters/{name}")))
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        if !parameters.is_empty() {
            out.insert("parameters".to_owned(), Value::Object(parameters));
        }
        let responses = self.responses_by_status();
        let text = format!("{document}{}", Value::Object(responses.clone()));
        let headers: Map<String, Value> = self
            .header_components()
            .into_iter()
            .filter(|(name, _)| text.contains(&format!("\"#/components/headers/{name}\"")))
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        out.insert("headers".to_owned(), Value::Object(headers));
        out.insert("responses".to_owned(), Value::Object(responses));
        let (schemas, mut examples) = self.schemas();
        for problem in &self.design.api.problems {
            if self.problems.borrow().contains(&problem.id) {
                examples
                    .insert(format!("problem-{}", problem.id), json!({ "value": problem_example(problem) }));
            }
        }
        out.insert("schemas".to_owned(), Value::Object(schemas));
        if !examples.is_empty() {
            out.insert("examples".to_owned(), Value::Object(examples));
        }
        Value::Object(out)
    }

    /// Whether whoever makes a record may give it its id.
    pub(super) fn is_named_by_client(&self, entity: &str) -> bool {
        let operations = self.design.api.operations.iter();
        let mut creating =
            operations.filter(|operation| operation.action == "create" && operation.entity == entity);
        creating.any(|operation| operation.needs.iter().any(|need| need.kind == "client-id"))
    }

    /// The schemas that something refers to, and an example of each.
    fn schemas(&self) -> (Map<String, Value>, Map<String, Value>) {
        let used = self.used.borrow();
        let mut schemas = Map::new();
        let mut examples = Map::new();
        for table in self.design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
            let (Some(name), Some(records)) = (self.names.schema(&table.entity), self.records(&table.entity))
            else {
                continue;
            };
            let in_page = used.contains(&format!("{name}Page"));
            for shape in [Shape::Record, Shape::Create, Shape::Update] {
                let ending = if shape == Shape::Record { String::new() } else { format!("{shape:?}") };
                let full = format!("{name}{ending}");
                if used.contains(&full) {
                    examples.insert(full.clone(), json!({ "value": records.example(shape, 1) }));
                }
                if used.contains(&full) || shape == Shape::Record && in_page {
                    let mut schema = records.schema(shape);
                    if shape == Shape::Create && self.is_named_by_client(&table.entity) {
                        schema["properties"]["id"] = json!({ "type": "string", "format": "uuid", "maxLength": 36, "description": "Made by a device that works without a connection, as UUID of version 7; left out elsewhere. Sent again by the same caller, it is answered with the record that is there." });
                    }
                    schemas.insert(full, schema);
                }
            }
            if in_page {
                let items = [records.example(Shape::Record, 2), records.example(Shape::Record, 1)];
                examples.insert(
                    format!("{name}Page"),
                    json!({ "value": { "items": items, "nextCursor": null } }),
                );
                schemas.insert(format!("{name}Page"), page(name));
            }
        }
        if has_long_work(self.design) {
            schemas.insert("Job".to_owned(), job());
            examples.insert("Job".to_owned(), json!({ "value": job_example() }));
        }
        schemas.insert("Problem".to_owned(), problem());
        (schemas, examples)
    }

    /// One response for each status, with an example for each problem that has it.
    fn responses_by_status(&self) -> Map<String, Value> {
        let mut out = Map::new();
        for status in self.statuses.borrow().iter() {
            let problems: Vec<_> =
                self.design.api.problems.iter().filter(|problem| problem.status == *status).collect();
            let titles: Vec<&str> = problems.iter().map(|problem| problem.title.as_str()).collect();
            let mut examples = Map::new();
            for problem in &problems {
                self.use_problem(&problem.id);
                let pointer = format!("#/components/examples/problem-{}", problem.id);
                examples.insert(problem.id.clone(), json!({ "$ref": pointer }));
            }
            let headers = match status {
                401 => headers(&["WWW-Authenticate"]),
                429 | 503 => headers(&["Retry-After"]),
                _ => headers(&[]),
            };
            out.insert(
                format!("Problem{status}"),
                json!({
                    "description": format!("{}.", titles.join("; or: ")),
                    "headers": headers,
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "examples": examples } },
                }),
            );
        }
        out
    }

    fn security_scheme(&self) -> Option<Value> {
        Some(match self.scheme() {
            Scheme::Session => {
                json!({ "type": "apiKey", "in": "cookie", "name": "__Host-session", "description": "Session cookie, set after sign-in: Secure, HttpOnly, SameSite=Lax." })
            }
            Scheme::Bearer => {
                json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "Access token that lives 5 to 15 minutes, checked as RFC8725 says: signature, algorithm, issuer, audience, expiry." })
            }
            Scheme::Certificate => {
                json!({ "type": "mutualTLS", "description": "A certificate for each device." })
            }
            Scheme::None => return None,
        })
    }

    fn header_components(&self) -> Vec<(&'static str, Value)> {
        let text = |description: &str, example: &str| json!({ "description": description, "schema": { "type": "string", "maxLength": 2048 }, "example": example });
        let limit = self.design.api.limits.first();
        let (requests, window) = limit.map_or((60, 60), |limit| (limit.requests, limit.window));
        let how = limit.map_or(String::new(), |limit| {
            format!(" A person has {requests} requests in {window} s: {}.", plain(&limit.formula))
        });
        vec![
            (
                "Access-Control-Allow-Origin",
                text(
                    "The origin of the web application; no other may read the answer.",
                    "https://app.example.com",
                ),
            ),
            ("ETag", text("The version of the record; send it in If-Match to change this version.", "\"7\"")),
            (
                "Location",
                json!({ "description": "Where it is.", "schema": { "type": "string", "format": "uri-reference", "maxLength": 2048 }, "example": "/1001" }),
            ),
            (
                "RateLimit",
                text(
                    &format!(
                        "What is left of the caller's limit (draft-ietf-httpapi-ratelimit-headers).{how}"
                    ),
                    &format!("\"default\";r={};t={window}", requests.saturating_sub(1)),
                ),
            ),
            (
                "Retry-After",
                json!({ "description": "Seconds to wait.", "schema": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400 }, "example": 30 }),
            ),
            (
                "WWW-Authenticate",
                match self.scheme() {
                    Scheme::Bearer => text("How to sign in (RFC 9110).", "Bearer"),
                    _ => text(
                        "How to sign in (RFC 9110); the scheme names the cookie that is missing.",
                        "Cookie cookie-name=\"__Host-session\"",
                    ),
                },
            ),
        ]
    }
}

fn parameters() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Limit",
            json!({ "name": "limit", "in": "query", "description": "How many records a page has at most.", "schema": { "type": "integer", "format": "int32", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE } }),
        ),
        (
            "Cursor",
            json!({ "name": "cursor", "in": "query", "description": "The nextCursor of the page before; good only with the same filters and order.", "schema": { "type": "string", "maxLength": 512 } }),
        ),
        (
            "IdempotencyKey",
            json!({ "name": "Idempotency-Key", "in": "header", "required": true, "description": "A string in quotes that the caller makes once for each thing to be done; the first answer is kept for 24 hours and given again (draft-ietf-httpapi-idempotency-key-header).", "schema": { "type": "string", "minLength": 3, "maxLength": 130 }, "example": "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"" }),
        ),
        (
            "IfMatch",
            json!({ "name": "If-Match", "in": "header", "required": true, "description": "The ETag of the version that is to be changed; * for whichever there is.", "schema": { "type": "string", "minLength": 1, "maxLength": 130 }, "example": "\"7\"" }),
        ),
    ]
}

/// Headers by name, as references: those of every answer, and more.
pub(super) fn headers(more: &[&str]) -> Value {
    let always = ["Access-Control-Allow-Origin", "RateLimit"];
    let names = always.iter().chain(more);
    names
        .map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })))
        .collect::<Map<_, _>>()
        .into()
}
