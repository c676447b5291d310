//! The interface.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Api {
    /// One entry a method and path.
    pub operations: Vec<Operation>,
    /// The sorts of problems that operations answer with.
    pub problems: Vec<ProblemType>,
    /// What others are told when it has happened.
    pub events: Vec<Event>,
    /// How much one caller may ask.
    pub limits: Vec<RateLimit>,
    /// What one could expect and is deliberately not offered.
    pub left_out: Vec<LeftOut>,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
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
    /// The entity whose records the path goes through: the whole of a part, or the first of two that are linked.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub parent: String,
    /// `list`, `get`, `create`, `update`, `delete`; `link`, `unlink` and `linked` for records that are linked to
    /// others; or the verb of a transition or command.
    pub action: String,
    /// One line for the reader.
    pub summary: String,
    /// The actors whom the text lets call it; who may in the end stands in the authorization matrix.
    pub actors: Vec<String>,
    /// The states of the record in which it is possible; empty where that does not depend on a state.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub states: Vec<String>,
    /// The state that it leads to; empty where it moves none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub leads_to: String,
    /// By what a list can be narrowed, each with the index that makes it cheap.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub filters: Vec<Access>,
    /// By what a list can be sorted, each with the index that makes it cheap.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sorts: Vec<Access>,
    /// What it needs beyond a plain request and answer.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub needs: Vec<Need>,
    /// The problems that it can answer with, by id.
    pub problems: Vec<String>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

impl Operation {
    /// Whether it answers with a page of records.
    pub fn is_list(&self) -> bool {
        matches!(self.action.as_str(), "list" | "linked") && self.method == "GET"
    }
}

/// A way into a list that an index makes cheap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Access {
    /// The name in the query: `customerId`.
    pub name: String,
    /// The column.
    pub column: String,
    /// The index or primary key of the table that holds the column in front.
    pub index: String,
}

/// Something that an operation needs beyond a plain request and answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Need {
    /// `idempotency-key`, `client-id`, `if-match`, `status-resource` or `reason`.
    pub kind: String,
    /// Why it is needed here.
    pub because: String,
}

/// A sort of problem, as RFC 9457 describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ProblemType {
    /// Kebab-case; the end of its URI.
    pub id: String,
    /// The HTTP status.
    pub status: u16,
    /// The title, the same at each occurrence.
    pub title: String,
    /// What a caller does about it.
    pub remedy: String,
    /// Whether the same request can succeed later.
    pub retryable: bool,
}

/// Something that has happened, as others are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Event {
    /// `booking.approved`; the end of the `CloudEvents` type.
    pub id: String,
    /// The entity whose record it is about.
    pub entity: String,
    /// The operation that causes it.
    pub producer: String,
    /// Who is told.
    pub consumers: Vec<String>,
    /// How they are told: `webhook`, `broker` or `stream`.
    pub channels: Vec<String>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// How much one caller may ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RateLimit {
    /// `person` or `machine`.
    pub caller: String,
    /// How many requests.
    pub requests: u32,
    /// In how many seconds.
    pub window: u32,
    /// The formula over the names of figures.
    pub formula: String,
    /// The figures that went in.
    pub inputs: Vec<String>,
}

/// Something that one could expect of the interface and that is deliberately not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct LeftOut {
    /// The entity.
    pub entity: String,
    /// The action.
    pub action: String,
    /// Why it is not offered.
    pub because: String,
    /// Whether the text speaks of it; otherwise nothing in it asks for it.
    #[serde(default)]
    pub spoken_of: bool,
    /// What it rests on.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}
