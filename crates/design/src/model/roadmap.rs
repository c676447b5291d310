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
    /// The engineers that the weeks are planned for.
    #[serde(default)]
    pub engineers: f64,
    /// On how many days of a week each of them works on it.
    #[serde(default)]
    pub week: f64,
    /// P90 over P50.
    #[serde(default)]
    pub spread: f64,
    /// The plan beside what the text states.
    #[serde(default)]
    pub fits: Vec<Fit>,
    /// What to leave for later so that the deadline is met, in this order.
    #[serde(default)]
    pub cuts: Vec<Cut>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
}

/// Something that the text states beside what the plan needs of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Fit {
    /// `team`, `deadline`, `budget` (to run it) or `budget in all` (to build it).
    pub subject: String,
    /// What is stated or assumed.
    pub stated: f64,
    /// What is needed, as likely less as more.
    pub p50: f64,
    /// What is enough nine times in ten.
    pub p90: f64,
    /// The unit of all three.
    pub unit: String,
    /// What is stated, in the words of the text, where that is in another currency.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub said: String,
    /// Where it is stated.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A task that is left for later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Cut {
    /// The id of the task.
    pub task: String,
    /// Working days of one engineer that it saves.
    pub days: f64,
    /// Weeks that it buys.
    pub weeks: f64,
    /// Weeks that are left then.
    pub left: f64,
    /// Whether the deadline is met then: `nine times in ten`, `every other time` or `no`.
    pub enough: String,
}

/// A part of the work.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// The test that is written first and fails.
    #[serde(default)]
    pub first_test: String,
    /// The role that does it.
    #[serde(default)]
    pub owner: String,
    /// Working days from the start until it begins, with the team at hand.
    #[serde(default)]
    pub starts: f64,
    /// Working days from the start until it ends.
    #[serde(default)]
    pub ends: f64,
    /// Whether it stands on the longest chain: a day more on it is a day more in all.
    #[serde(default)]
    pub critical: bool,
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
