//! What carries the load and what gives way first.

use crate::model::Concern;
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
    /// What gives way first at the load of today, at ten and at a hundred times of it.
    pub breaks: Vec<Break>,
    /// What changes as the load grows, the nearest first.
    pub ladder: Vec<Rung>,
    /// What users see when a dependency fails, and how one notices.
    pub failures: Vec<Concern>,
    /// How the tables lie on shards, where these were decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shards: Option<Shards>,
}

/// How the tables lie on shards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Shards {
    /// The table by whose keys rows are spread.
    pub key: String,
    /// How many shards there are.
    pub count: f64,
    /// The working of `count`.
    pub formula: String,
    /// The slots among which keys are spread; each shard has some.
    pub slots: f64,
    /// The tables whose rows lie on shards.
    pub tables: Vec<ShardedTable>,
    /// The tables whose rows have no key: they lie in one database beside the shards.
    pub beside: Vec<String>,
    /// The tables of the system's own working: each database has them, with the rows of what it does.
    pub everywhere: Vec<String>,
    /// The references that no constraint can keep, by the names that their constraints have in one database.
    pub apart: Vec<String>,
    /// The unique indexes that hold on each shard, and not over all of them.
    pub scattered: Vec<String>,
    /// Why there are shards.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A table whose rows lie on shards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ShardedTable {
    /// The table.
    pub table: String,
    /// The columns over which a row leads to the key, each as `table.column`; none where it is the key's own.
    pub way: Vec<String>,
}

/// The part that gives way first at a multiple of the load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Break {
    /// The multiple: 1, 10, 100.
    pub factor: f64,
    /// Requests a second at the peak then.
    pub requests_peak: f64,
    /// The part.
    pub part: String,
    /// What it carries then, as a share of what it can carry; above 1 it has given way.
    pub share: f64,
    /// What to do before that.
    pub remedy: String,
}

/// A step of growth: at this load a decision is another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Rung {
    /// How many times the load of today.
    pub factor: f64,
    /// The trigger: requests a second at the peak.
    pub requests_peak: f64,
    /// The decision.
    pub slot: String,
    /// The option that is left.
    pub from: String,
    /// The option that is chosen from there on.
    pub to: String,
    /// What that is called.
    pub name: String,
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
