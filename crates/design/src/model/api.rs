//! The interface.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The interface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Api {
    /// One entry a method and path.
    pub operations: Vec<Operation>,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Operation {
    /// Verb and noun in camel case: `createOrder`.
    pub id: String,
    /// `GET`, `POST`, ….
    pub method: String,
    /// With parameters in braces: `/orders/{orderId}`.
    pub path: String,
    /// The entity that it is about.
    pub entity: String,
    /// `list`, `get`, `create`, `update`, `delete`, or the verb of a transition or command.
    pub action: String,
    /// One line for the reader.
    pub summary: String,
    /// The actors that may call it; empty where anyone who is signed in may.
    pub actors: Vec<String>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}
