//! What operations, relations and edges are guaranteed.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// What is guaranteed where, and what is put at the edges for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Consistency {
    /// One for each operation, by its id.
    pub operations: Vec<Guarantee>,
    /// One for each relation: `Booking → Kiln`.
    pub relations: Vec<Guarantee>,
    /// Where something leaves a transaction.
    pub edges: Vec<Edge>,
    /// Commands that need compensations.
    pub sagas: Vec<Saga>,
}

/// What a subject is guaranteed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Guarantee {
    /// The id of the operation, or the two ends of the relation.
    pub subject: String,
    /// `strong`, `monotonic`, `read-your-writes` or `eventual`.
    pub model: String,
    /// Seconds after which it holds at the latest; 0 where it does at once.
    pub bound: f64,
    /// What keeps it.
    pub mechanism: String,
    /// Why it is so.
    pub because: String,
    /// The row of the tables first, then what it rests on.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A place at which something leaves a transaction, or arrives more than once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Edge {
    /// `e1`, `e2`, ….
    pub id: String,
    /// `client`, `module`, `queue`, `payment`, `message` or `partner`.
    pub kind: String,
    /// Who calls.
    pub from: String,
    /// Who is called.
    pub to: String,
    /// `transaction`, `idempotency`, `outbox`, `inbox`: what is put there.
    pub puts: Vec<String>,
    /// How it works.
    pub mechanism: String,
    /// Why it is needed.
    pub because: String,
    /// Why the edge is there.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A command whose steps are no single transaction, so that each needs a way back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Saga {
    /// `saga1`, `saga2`, ….
    pub id: String,
    /// The operation that begins it.
    pub operation: String,
    /// Who keeps how far it came.
    pub coordinator: String,
    /// How it is kept.
    pub mechanism: String,
    /// Why one transaction does not do.
    pub because: String,
    /// In their order.
    pub steps: Vec<SagaStep>,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A step of a saga.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct SagaStep {
    /// Who does it.
    pub participant: String,
    /// What is done.
    pub action: String,
    /// What takes it back; empty for steps that are repeated until they succeed.
    pub compensation: String,
}
