//! Conditions over what a text says.

use crate::{CUE_NAMES, Condition};

/// Alternatives of conditions that hold together.
pub type Side = &'static [&'static [Condition]];

/// The place of a cue by its name.
pub fn cue(name: &str) -> Option<usize> {
    CUE_NAMES.binary_search(&name).ok()
}
