//! Where the system runs, what is watched, and what it costs.

use crate::model::Figure;
use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// Where it runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Deployment {
    /// The name of the system in file names, images and namespaces: a DNS label.
    pub name: String,
    /// What the program is built and run with.
    pub stack: Stack,
    /// The running parts.
    pub components: Vec<Component>,
    /// Who sends what to whom.
    pub flows: Vec<Flow>,
    /// Places in which the system runs.
    pub environments: Vec<Environment>,
    /// Replicas, limits, pools and times, each with its formula.
    pub figures: Vec<Figure>,
    /// What is lost and how long it takes when the data is gone.
    pub recovery: Recovery,
    /// What the users are promised.
    pub objectives: Vec<Objective>,
    /// What wakes somebody up, with what to do then.
    pub alerts: Vec<Alert>,
    /// What it costs a month.
    pub costs: Vec<Cost>,
}

/// What the program is built and run with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Stack {
    /// The id of its row in the knowledge tables.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Why it was taken.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
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

/// A flow of data from one part to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Flow {
    /// `f1`, `f2`, ….
    pub id: String,
    /// The id of the component that opens the connection.
    pub from: String,
    /// The id of the component that is called.
    pub to: String,
    /// The protocol.
    pub protocol: String,
    /// How the caller is known to the other side.
    pub identity: String,
    /// Whether it crosses from one zone of trust into another.
    pub crosses: bool,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A place in which the system runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Environment {
    /// `development`, `staging` or `production`.
    pub name: String,
    /// What runs there.
    pub runs: String,
    /// Which data it holds.
    pub data: String,
    /// What leads there.
    pub deployed: String,
}

/// What is lost and how long it takes when the data is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Recovery {
    /// The tier by its usual name: `backup-and-restore`, `warm-standby`, ….
    #[serde(default)]
    pub tier: String,
    /// How it is saved.
    pub method: String,
    /// Seconds of work that are lost at the most.
    pub point: f64,
    /// Seconds until it answers again.
    pub time: f64,
    /// The working of `time`.
    pub formula: String,
    /// Seconds until it answers again where what takes over is lost as well, so that the data is restored; the same as
    /// `time` where nothing takes over.
    #[serde(default)]
    pub restore_time: f64,
    /// The working of `restore_time`; empty where nothing takes over.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub restore: String,
    /// Whether both keep what the text demands; empty where it demands nothing.
    pub verdict: String,
    /// Why it is done so.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// What the users are promised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Objective {
    /// `availability` or `latency`.
    pub id: String,
    /// What is measured.
    pub indicator: String,
    /// The share that must be good.
    pub target: f64,
    /// Over how many days.
    pub days: u32,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// What wakes somebody up, with what to do then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Alert {
    /// In Pascal case.
    pub id: String,
    /// `page` or `ticket`.
    pub severity: String,
    /// `PromQL`.
    pub expr: String,
    /// How long it must hold.
    pub hold: String,
    /// What is wrong.
    pub summary: String,
    /// The first checks.
    pub checks: Vec<String>,
    /// What to do.
    pub fix: String,
    /// The series of a unit test, with values that raise the alert and values that do not.
    pub tests: Vec<AlertSeries>,
    /// Minutes after which the test looks.
    pub minutes: u32,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A series of the unit test of an alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct AlertSeries {
    /// Its name with labels.
    pub series: String,
    /// Values that raise the alert.
    pub bad: String,
    /// Values that do not.
    pub good: String,
}

/// What a part costs a month, in US dollars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Cost {
    /// The part.
    pub part: String,
    /// How it was reckoned.
    pub formula: String,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Where the prices are from, with their date.
    pub source: String,
}
