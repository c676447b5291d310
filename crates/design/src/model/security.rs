//! Who may do what, what is sensitive, what threatens it.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// Who may do what, what is sensitive, what threatens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Security {
    /// The one authorization matrix.
    pub authorization: Vec<Grant>,
    /// What is recorded that needs protection.
    pub classified: Vec<ClassifiedField>,
    /// What could go wrong on purpose, and what answers it.
    pub threats: Vec<Threat>,
}

/// One cell of the authorization matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Grant {
    /// The actor.
    pub role: String,
    /// The entity.
    pub resource: String,
    /// The action of an operation.
    pub action: String,
    /// Whose records: `all`, `own`.
    pub scope: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A column that needs protection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClassifiedField {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The sensitivity class.
    pub class: String,
    /// What protects it.
    pub controls: Vec<String>,
}

/// A threat and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Threat {
    /// `t1`, `t2`, ….
    pub id: String,
    /// The STRIDE category.
    pub category: String,
    /// The flow, operation or table that it threatens.
    pub target: String,
    /// What could happen.
    pub threat: String,
    /// What answers it.
    pub control: String,
    /// Why it applies here.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}
