//! `api/openapi.yaml`: OpenAPI 3.1.

mod components;
pub(crate) mod names;
mod operations;
pub(crate) mod schemas;
pub(crate) mod webhooks;

use design::{Design, Grant, Operation, ProblemType};
use names::{Names, plain};
use schemas::Records;
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The interface of a design as an OpenAPI document.
pub(crate) fn openapi(design: &Design) -> String {
    yaml(&Writer::new(design).document())
}

/// A tree of JSON values as YAML.
pub(crate) fn yaml(document: &Value) -> String {
    // A tree of JSON values always has a YAML form.
    serde_saphyr::to_string(document).unwrap_or_default()
}

/// What callers of an older version can count on.
const VERSIONS: &str = "Additions come without notice: fields, operations, values of a state. What breaks a caller gets a new version in the path, and the old one lives on beside it: its answers carry Deprecation (RFC 9745) at once and Sunset (RFC 8594) with the date of its end";

struct Writer<'a> {
    design: &'a Design,
    names: Names<'a>,
    /// The cells of the authorization matrix, by operation.
    grants: BTreeMap<&'a str, Vec<&'a Grant>>,
    /// Entities that are moved by operations of their own.
    moved: BTreeSet<&'a str>,
    /// The entity that the path of each nested entity goes through.
    parents: BTreeMap<&'a str, &'a str>,
    /// Entities whose changes need the version that is changed.
    versioned: BTreeSet<&'a str>,
    /// The schemas, statuses and problems that something refers to.
    used: RefCell<BTreeSet<String>>,
    statuses: RefCell<BTreeSet<u16>>,
    problems: RefCell<BTreeSet<String>>,
}

/// How callers prove who they are.
enum Scheme {
    Session,
    Bearer,
    Certificate,
    None,
}

impl<'a> Writer<'a> {
    fn new(design: &'a Design) -> Self {
        let mut grants: BTreeMap<&str, Vec<&Grant>> = BTreeMap::new();
        for grant in &design.security.authorization {
            grants.entry(&grant.operation).or_default().push(grant);
        }
        let operations = &design.api.operations;
        let nested = |operation: &&Operation| {
            !operation.parent.is_empty() && matches!(operation.action.as_str(), "create" | "list")
        };
        let versioned = |operation: &&Operation| operation.needs.iter().any(|need| need.kind == "if-match");
        Self {
            design,
            names: Names::new(design),
            grants,
            moved: operations
                .iter()
                .filter(|operation| !operation.leads_to.is_empty())
                .map(|operation| operation.entity.as_str())
                .collect(),
            parents: operations
                .iter()
                .filter(nested)
                .map(|operation| (operation.entity.as_str(), operation.parent.as_str()))
                .collect(),
            versioned: operations
                .iter()
                .filter(versioned)
                .map(|operation| operation.entity.as_str())
                .collect(),
            used: RefCell::default(),
            statuses: RefCell::default(),
            problems: RefCell::default(),
        }
    }

    fn document(&self) -> Value {
        let callers = if self
            .design
            .api
            .events
            .iter()
            .any(|event| event.channels.iter().any(|channel| channel == "webhook"))
        {
            "a year later, because partners have plans of their own"
        } else {
            "as soon as no request has asked for it for a month"
        };
        let mut document = json!({
            "openapi": "3.1.1",
            "info": {
                "title": plain(&self.design.title),
                "version": "1.0.0",
                "description": format!("Generated from requirements; x-requirement names the sentences that each operation rests on. {VERSIONS}, {callers}."),
                "contact": { "name": "The team that runs the service" },
                "license": { "name": "Proprietary", "identifier": "LicenseRef-Proprietary" },
            },
            "servers": [{ "url": "https://{host}", "description": "Production, or the environment whose host is given.", "x-internal": false, "variables": { "host": { "default": "localhost:8443", "description": "Host and port." } } }],
        });
        document["security"] = if self.signs_in() { json!([{ self.scheme_name(): [] }]) } else { json!([]) };
        document["tags"] = self.tags();
        document["paths"] = self.paths();
        if let Some(webhooks) = self.webhooks() {
            document["webhooks"] = webhooks;
        }
        document["components"] = self.components(&document.to_string());
        document["x-problems"] = self
            .design
            .api
            .problems
            .iter()
            .map(|problem| json!({ "type": problem_uri(problem), "status": problem.status, "title": problem.title, "remedy": problem.remedy, "retryable": problem.retryable }))
            .collect();
        document["x-rate-limits"] = serde_json::to_value(&self.design.api.limits).unwrap_or_default();
        document
    }

    fn scheme(&self) -> Scheme {
        let decision = self.design.decisions.iter().find(|decision| decision.slot == "authentication");
        match decision.map(|decision| decision.chosen.as_str()) {
            Some("none") | None => Scheme::None,
            Some("oidc-session" | "enterprise-sso") => Scheme::Session,
            Some("device-certificates") => Scheme::Certificate,
            Some(_) => Scheme::Bearer,
        }
    }

    fn scheme_name(&self) -> &'static str {
        match self.scheme() {
            Scheme::Session => "session",
            Scheme::Bearer => "bearer",
            Scheme::Certificate => "certificate",
            Scheme::None => "none",
        }
    }

    fn signs_in(&self) -> bool {
        !matches!(self.scheme(), Scheme::None)
    }

    fn tags(&self) -> Value {
        let mut names: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for operation in &self.design.api.operations {
            let tag = tag(operation);
            if seen.insert(tag.clone()) {
                names.push(tag);
            }
        }
        names
            .into_iter()
            .map(|name| json!({ "name": name, "description": format!("Operations on: {name}.") }))
            .collect()
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

    /// How the records of an entity appear.
    fn records(&self, entity: &str) -> Option<Records<'a>> {
        let table = self.names.table(entity)?;
        let parent = self.parents.get(entity).and_then(|parent| self.names.table(parent));
        let path = table
            .foreign_keys
            .iter()
            .filter(|key| parent.is_some_and(|parent| parent.name == key.references.table))
            .take(1)
            .flat_map(|key| key.columns.iter().map(String::as_str))
            .collect();
        Some(Records { table, moves: self.moved.contains(entity), path })
    }

    fn use_schema(&self, name: &str) {
        self.used.borrow_mut().insert(name.to_owned());
    }

    fn use_status(&self, status: u16) {
        self.statuses.borrow_mut().insert(status);
    }

    fn use_problem(&self, id: &str) {
        self.problems.borrow_mut().insert(id.to_owned());
    }
}

fn tag(operation: &Operation) -> String {
    tag_of(&operation.entity)
}

fn tag_of(entity: &str) -> String {
    if entity.is_empty() { "Operations".to_owned() } else { plain(entity) }
}

/// The right that an operation needs: one for each, so that the matrix can grant them one by one.
fn scope(operation: &Operation) -> String {
    format!("{}:{}", if operation.method == "GET" { "read" } else { "write" }, operation.id)
}

fn problem_uri(problem: &ProblemType) -> String {
    format!("/problems/{}", problem.id)
}

fn problem_example(problem: &ProblemType) -> Value {
    json!({ "type": problem_uri(problem), "title": problem.title, "status": problem.status, "detail": problem.remedy })
}

/// The parameters of a path, all opaque strings.
fn parameters(path: &str) -> Option<Value> {
    let names: Vec<Value> = path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "description": "Names the record.", "schema": { "type": "string", "minLength": 1, "maxLength": 128 }, "example": "1001" }))
        .collect();
    (!names.is_empty()).then_some(Value::Array(names))
}
