//! Where the system runs.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

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
