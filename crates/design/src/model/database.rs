//! The tables.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Database {
    /// In an order in which each comes after those it refers to, as far as there is one.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Table {
    /// Plural, snake case.
    pub name: String,
    /// The entity whose records it keeps; empty for a link table.
    pub entity: String,
    /// In the order of creation.
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub primary_key: Vec<String>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// Beside that of the primary key.
    pub indexes: Vec<Index>,
    /// Conditions that each row must meet.
    pub checks: Vec<Check>,
    /// Where it comes from.
    pub origin: requirements::Origin,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Column {
    /// Snake case.
    pub name: String,
    /// A PostgreSQL type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// What a new row gets, as an SQL expression.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default: Option<String>,
    /// The name of the attribute that it keeps; empty for columns of the system's own working.
    pub attribute: String,
    /// The sensitivity class.
    pub class: String,
}

/// A reference to another table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ForeignKey {
    /// The name of the constraint.
    pub name: String,
    /// The columns here.
    pub columns: Vec<String>,
    /// Where they point.
    pub references: KeyTarget,
    /// `cascade`, `restrict` or `set null`.
    pub on_delete: String,
}

/// Where a foreign key points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct KeyTarget {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The columns, the leading one first.
    pub columns: Vec<String>,
    /// Whether no two rows may agree in them.
    pub unique: bool,
    /// The operations that need it, by id.
    pub operations: Vec<String>,
}

/// A condition that each row must meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Check {
    /// The name of the constraint.
    pub name: String,
    /// The column it is about.
    pub column: String,
    /// The allowed values.
    pub values: Vec<String>,
}
