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
    /// What everybody has to keep to from then on.
    pub binds: String,
    /// What it makes impossible or dear.
    pub prevents: String,
    /// How one sees that the choice is kept.
    pub confirmation: String,
    /// What it costs to follow the text or a pin where the rules alone would have chosen otherwise; else empty.
    pub price: String,
    /// The numbers at which the choice would be another, the nearest first.
    pub flips: Vec<Flip>,
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

/// The value of a number at which a decision would be another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Flip {
    /// The fact: `team.engineers`.
    pub fact: String,
    /// Its value now.
    pub now: f64,
    /// The value at which the decision changes, to two digits.
    pub at: f64,
    /// The unit of both.
    pub unit: String,
    /// The option that is chosen there.
    pub to: String,
    /// What that is called.
    pub name: String,
    /// How many times away that is.
    pub headroom: f64,
}

/// Something that was deliberately left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Unused {
    /// The decision.
    pub slot: String,
    /// The option that was left out.
    pub option: String,
    /// What it is called.
    pub name: String,
    /// Why it was left out.
    pub why: String,
    /// The number, or the wish, that would change that.
    pub would_change: String,
    /// The rules that speak for it or against it.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Entities that belong together, with their tables and rules: a module of the application, or a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Module {
    /// `m1`, `m2`, ….
    pub id: String,
    /// After the entity at its heart, in the plural.
    pub name: String,
    /// The names of its entities.
    pub entities: Vec<String>,
    /// The ids of the modules that it calls.
    pub depends_on: Vec<String>,
    /// What it runs in: `application`, or the name of a service of its own.
    pub deployable: String,
    /// The share of its coupling that crosses its border; 0.2 or less is good.
    pub coupling: f64,
    /// Why its entities are there.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}
