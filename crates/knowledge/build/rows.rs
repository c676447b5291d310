//! The rows of the tables as the build script holds them: owned, read from TOML, and printed as Rust expressions or packed.

use crate::formula::{Formula, When};
use serde::{Deserialize, Serialize};
use std::fmt;

pub(crate) type Text = String;

/// A list that prints as a reference to an array, which is how the constant is written.
#[derive(Deserialize, Default)]
#[serde(transparent)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("&")?;
        f.debug_list().entries(&self.0).finish()
    }
}

/// Defines the rows as they stand in TOML. Their `Debug` output is the Rust expression of the constant.
macro_rules! rows {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* $(#[toml($key:literal)])? pub $field:ident: $kind:ty,)*
    })*) => { $(
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "most fields are only printed, by Debug")]
        pub(crate) struct $name { $($(#[serde(rename = $key)])? pub(crate) $field: $kind,)* }
    )* };
}
include!("../src/rows.rs");

#[allow(unreachable_pub, reason = "the library, which shares the file, makes the rows public")]
mod of_domains {
    use super::{Deserialize, Serialize, Text};
    include!("../src/domain_rows.rs");
}
pub(crate) use of_domains::*;
