//! The design's check of itself.

use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// One item of the design's check of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ReviewItem {
    /// Kebab-case.
    pub id: String,
    /// The section of the design.
    pub area: String,
    /// `consistency` for what every design must keep, `advice` for what the text may leave open.
    pub kind: String,
    /// What is checked.
    pub check: String,
    /// `pass`, `fail` or `not-applicable`.
    pub result: String,
    /// What it was found on.
    pub detail: String,
}
