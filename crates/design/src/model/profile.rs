//! What a house prefers, forbids and pays.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// What a house prefers, forbids, pays, and how it calls things: `profile.schema.json` describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[cfg_attr(feature = "typescript", ts(optional_fields = nullable))]
pub struct Profile {
    /// Decisions by slot with the option that the house takes unless a text or a hard rule says otherwise.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, String>>"))]
    pub prefer: BTreeMap<String, String>,
    /// Decisions by slot with the options that the house does not use.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, Vec<String>>>"))]
    pub forbid: BTreeMap<String, Vec<String>>,
    /// Prices and other starting numbers by id, such as `price.vcpu`.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, f64>>"))]
    pub numbers: BTreeMap<String, f64>,
    /// Options by id with what the house calls them.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, String>>"))]
    pub names: BTreeMap<String, String>,
}
