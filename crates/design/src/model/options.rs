//! What a reader may set beside the text.

use super::Profile;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// What a reader may set beside the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[cfg_attr(feature = "typescript", ts(optional_fields = nullable))]
pub struct Options {
    /// Facts by id, such as `users.daily`, in base units: they replace what the text says or what would be assumed.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, f64>>"))]
    pub set: BTreeMap<String, f64>,
    /// Decisions by slot, such as `database`: the option with this id is chosen whatever the scores say.
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<String, String>>"))]
    pub pins: BTreeMap<String, String>,
    /// Whether the model is completed by what is usual in the fields of application that the text is about. It is unless
    /// one says no.
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>"))]
    pub domains: bool,
    /// What the house prefers, forbids and pays.
    #[cfg_attr(feature = "typescript", ts(as = "Option<Profile>"))]
    pub profile: Profile,
}

impl Default for Options {
    fn default() -> Self {
        Self { set: BTreeMap::new(), pins: BTreeMap::new(), domains: true, profile: Profile::default() }
    }
}
