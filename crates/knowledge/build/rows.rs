//! The rows of the tables as the build script holds them: owned, read from TOML, and packed.

use crate::formula::{Formula, When};
use serde::{Deserialize, Serialize};

pub(crate) type Text = String;

/// A list, as the shared definitions call it.
#[derive(Debug, Deserialize, Serialize, Default)]
#[serde(transparent)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

/// Defines the rows as they stand in TOML.
macro_rules! rows {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* $(#[toml($key:literal)])? pub $field:ident: $kind:ty,)*
    })*) => { $(
        #[derive(Debug, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "most fields are only packed")]
        pub(crate) struct $name { $($(#[serde(rename = $key)])? pub(crate) $field: $kind,)* }
    )* };
}
include!("../src/rows.rs");

/// The rows of the domains are made by the reader of domains.
macro_rules! domains {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* pub $field:ident: $kind:ty,)*
    })*) => { $(
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub(crate) struct $name { $(pub(crate) $field: $kind,)* }
    )* };
}
include!("../src/domain_rows.rs");
