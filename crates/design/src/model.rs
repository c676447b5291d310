//! A backend design as plain data: everything that is shown or written to a file is computed from this one value.
//! The field names are those of `design.json`. One module a section of the design.

mod api;
mod consistency;
mod database;
mod decisions;
mod deployment;
mod difference;
mod options;
mod profile;
mod review;
mod roadmap;
mod scalability;
mod security;

pub use api::*;
pub use consistency::*;
pub use database::*;
pub use decisions::*;
pub use deployment::*;
pub use difference::*;
pub use options::*;
pub use profile::*;
pub use review::*;
pub use roadmap::*;
pub use scalability::*;
pub use security::*;

use requirements::{Assumption, Conflict, Diagnostic, Language, Model, Question, Requirements};
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The version of the shape of `design.json`. A field that changes its meaning raises the first number.
pub const SCHEMA_VERSION: &str = "1.0";

/// A complete backend design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Design {
    /// The version of this shape.
    pub schema_version: String,
    /// What the system is called.
    pub title: String,
    /// What the text states.
    pub requirements: Requirements,
    /// Entities, relations and lifecycles.
    pub model: Model,
    /// What had to be assumed.
    pub assumptions: Vec<Assumption>,
    /// What to ask the author, the most consequential question first.
    pub questions: Vec<Question>,
    /// Statements that contradict each other or arithmetic.
    pub conflicts: Vec<Conflict>,
    /// Load, sizes and budgets, each with its formula.
    pub capacity: Vec<Figure>,
    /// One decision for each slot that the design has to settle.
    pub decisions: Vec<Decision>,
    /// What was deliberately left out, with the number that would change that.
    pub unused: Vec<Unused>,
    /// The parts of the application, each with the parts that it calls.
    pub modules: Vec<Module>,
    /// What operations, relations and edges are guaranteed.
    #[serde(default)]
    pub consistency: Consistency,
    /// The interface.
    pub api: Api,
    /// The tables.
    pub database: Database,
    /// Who may do what, what is sensitive, what threatens it.
    pub security: Security,
    /// What carries the load and what gives way first.
    pub scalability: Scalability,
    /// Where it runs.
    pub deployment: Deployment,
    /// In which order it is built.
    pub roadmap: Roadmap,
    /// The design's own check of itself.
    pub review: Vec<ReviewItem>,
    /// The language of the text.
    pub language: Language,
    /// Remarks on the text.
    pub diagnostics: Vec<Diagnostic>,
}
