//! In which order the system is built, and what may go wrong.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

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
