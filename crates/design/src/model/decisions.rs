//! Computed numbers and settled choices.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

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
