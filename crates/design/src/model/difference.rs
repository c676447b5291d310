//! What differs between two designs.

use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// What differs between two designs, by what it means and not by its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Difference {
    /// Entities, attributes, operations, tables, columns and modules that came or went, and decisions and figures that
    /// changed, in that order.
    pub changes: Vec<Change>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Change {
    /// `entity`, `attribute`, `operation`, `table`, `column`, `module`, `decision` or `figure`.
    pub kind: String,
    /// What differs: a name, a path, the id of a figure.
    pub what: String,
    /// What it was; empty where it is new.
    pub before: String,
    /// What it is; empty where it is gone.
    pub after: String,
}
