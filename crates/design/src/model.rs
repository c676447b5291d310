//! A backend design as plain data: everything that is shown or written to a file is computed from this one value.
//! The field names are those of `design.json`.

use requirements::{Assumption, Conflict, Diagnostic, Evidence, Language, Model, Question, Requirements};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The version of the shape of `design.json`. A field that changes its meaning raises the first number.
pub const SCHEMA_VERSION: &str = "1.0";

/// What a reader may set beside the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[cfg_attr(feature = "typescript", ts(optional_fields = nullable))]
pub struct Options {
    /// Facts by id, such as `users.daily`, in base units: they replace what the text says or what would be assumed.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, f64>>"))]
    pub set: BTreeMap<String, f64>,
    /// Decisions by slot, such as `database`: the option with this id is chosen whatever the scores say.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, String>>"))]
    pub pins: BTreeMap<String, String>,
}

/// A complete backend design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Design {
    /// The version of this shape.
    pub schema_version: String,
    /// What the system is called.
    pub title: String,
    /// What the text states.
    pub requirements: Requirements,
    /// Entities, relations and lifecycles.
    pub model: Model,
    /// What had to be assumed.
    pub assumptions: Vec<Assumption>,
    /// What to ask the author, the most consequential question first.
    pub questions: Vec<Question>,
    /// Statements that contradict each other or arithmetic.
    pub conflicts: Vec<Conflict>,
    /// Load, sizes and budgets, each with its formula.
    pub capacity: Vec<Figure>,
    /// One decision for each slot that the design has to settle.
    pub decisions: Vec<Decision>,
    /// The interface.
    pub api: Api,
    /// The tables.
    pub database: Database,
    /// Who may do what, what is sensitive, what threatens it.
    pub security: Security,
    /// What carries the load and what gives way first.
    pub scalability: Scalability,
    /// Where it runs.
    pub deployment: Deployment,
    /// In which order it is built.
    pub roadmap: Roadmap,
    /// The design's own check of itself.
    pub review: Vec<ReviewItem>,
    /// The language of the text.
    pub language: Language,
    /// Remarks on the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A computed number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Figure {
    /// Dotted name: `requests.peak`.
    pub id: String,
    /// What it is, in words.
    pub label: String,
    /// The amount in `unit`.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// The formula over the names of the inputs.
    pub formula: String,
    /// What went in: the ids of other figures, quantities or assumptions.
    pub inputs: Vec<String>,
    /// Why it is there.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// One settled choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Decision {
    /// `d1`, `d2`, ….
    pub id: String,
    /// What is decided: one of the fixed slot ids.
    pub slot: String,
    /// The slot in words.
    pub title: String,
    /// The id of the winning option.
    pub chosen: String,
    /// What the winner is called.
    pub name: String,
    /// All options, best first.
    pub options: Vec<ScoredOption>,
    /// What follows from the choice.
    pub consequences: Vec<String>,
    /// What would make one think again, with its number.
    pub revisit: String,
    /// Why it was decided so.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
    /// The section of a guide that explains the rule: `api-design-guide#choosing-a-style`.
    pub guide: String,
}

/// An option of a decision with its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ScoredOption {
    /// Kebab-case name of the field: `modular-monolith`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The sum of its base score and of the rules that fired.
    pub score: f64,
    /// The rules that fired, in words.
    pub reasons: Vec<String>,
}

/// The interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Api {
    /// One entry a method and path.
    pub operations: Vec<Operation>,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Operation {
    /// Verb and noun in camel case: `createOrder`.
    pub id: String,
    /// `GET`, `POST`, ….
    pub method: String,
    /// With parameters in braces: `/orders/{orderId}`.
    pub path: String,
    /// The entity that it is about.
    pub entity: String,
    /// `list`, `get`, `create`, `update`, `delete`, or the verb of a transition or command.
    pub action: String,
    /// One line for the reader.
    pub summary: String,
    /// The actors that may call it; empty where anyone who is signed in may.
    pub actors: Vec<String>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// The tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Database {
    /// In an order in which each comes after those it refers to, as far as there is one.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Table {
    /// Plural, snake case.
    pub name: String,
    /// The entity whose records it keeps; empty for a link table.
    pub entity: String,
    /// In the order of creation.
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub primary_key: Vec<String>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// Beside that of the primary key.
    pub indexes: Vec<Index>,
    /// Conditions that each row must meet.
    pub checks: Vec<Check>,
    /// Where it comes from.
    pub origin: requirements::Origin,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Column {
    /// Snake case.
    pub name: String,
    /// A PostgreSQL type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// What a new row gets, as an SQL expression.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default: Option<String>,
    /// The name of the attribute that it keeps; empty for columns of the system's own working.
    pub attribute: String,
    /// The sensitivity class.
    pub class: String,
}

/// A reference to another table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ForeignKey {
    /// The name of the constraint.
    pub name: String,
    /// The columns here.
    pub columns: Vec<String>,
    /// Where they point.
    pub references: KeyTarget,
    /// `cascade`, `restrict` or `set null`.
    pub on_delete: String,
}

/// Where a foreign key points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct KeyTarget {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The columns, the leading one first.
    pub columns: Vec<String>,
    /// Whether no two rows may agree in them.
    pub unique: bool,
    /// The operations that need it, by id.
    pub operations: Vec<String>,
}

/// A condition that each row must meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Check {
    /// The name of the constraint.
    pub name: String,
    /// The column it is about.
    pub column: String,
    /// The allowed values.
    pub values: Vec<String>,
}

/// Who may do what, what is sensitive, what threatens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Security {
    /// The one authorization matrix.
    pub authorization: Vec<Grant>,
    /// What is recorded that needs protection.
    pub classified: Vec<ClassifiedField>,
    /// What could go wrong on purpose, and what answers it.
    pub threats: Vec<Threat>,
}

/// One cell of the authorization matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Grant {
    /// The actor.
    pub role: String,
    /// The entity.
    pub resource: String,
    /// The action of an operation.
    pub action: String,
    /// Whose records: `all`, `own`.
    pub scope: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A column that needs protection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClassifiedField {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The sensitivity class.
    pub class: String,
    /// What protects it.
    pub controls: Vec<String>,
}

/// A threat and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Threat {
    /// `t1`, `t2`, ….
    pub id: String,
    /// The STRIDE category.
    pub category: String,
    /// The flow, operation or table that it threatens.
    pub target: String,
    /// What could happen.
    pub threat: String,
    /// What answers it.
    pub control: String,
    /// Why it applies here.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// What carries the load and what gives way first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Scalability {
    /// What saturates, the earliest first.
    pub limits: Vec<Limit>,
}

/// A part of the system with the load at which it saturates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Limit {
    /// The part.
    pub part: String,
    /// What it carries now, in `unit`.
    pub load: f64,
    /// What it can carry.
    pub ceiling: f64,
    /// The unit of both.
    pub unit: String,
    /// What to do before it is reached.
    pub remedy: String,
    /// The source of the ceiling, with its date.
    pub source: String,
    /// Why it is listed.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Where it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Deployment {
    /// The running parts.
    pub components: Vec<Component>,
    /// Places in which the system runs.
    pub environments: Vec<String>,
}

/// A running part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Component {
    /// Kebab-case.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// `client`, `edge`, `compute`, `data` or `external`.
    pub zone: String,
    /// How many of it run.
    pub instances: u32,
    /// What it is made of.
    pub technology: String,
    /// The slot of the decision behind it; empty for clients.
    pub decision: String,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// In which order it is built.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Roadmap {
    /// The parts of the work; each comes after those it waits for.
    pub tasks: Vec<Task>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
}

/// A part of the work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Task {
    /// `w1`, `w2`, ….
    pub id: String,
    /// What is built.
    pub title: String,
    /// The phase that it belongs to.
    pub phase: String,
    /// The ids of the tasks that must be done before.
    pub after: Vec<String>,
    /// How one sees that it is done.
    pub exit: String,
    /// Working days of one engineer: as likely less as more.
    pub days_p50: f64,
    /// Working days of one engineer: nine times in ten less.
    pub days_p90: f64,
    /// Why it is there.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Something that may go wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Risk {
    /// What may happen.
    pub risk: String,
    /// How one notices.
    pub trigger: String,
    /// What to do.
    pub mitigation: String,
    /// Why it applies here.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// One item of the design's check of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ReviewItem {
    /// Kebab-case.
    pub id: String,
    /// What is checked.
    pub check: String,
    /// `pass`, `fail` or `not-applicable`.
    pub result: String,
    /// What it was found on.
    pub detail: String,
}
