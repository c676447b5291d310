//! What carries the load and what gives way first.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

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
