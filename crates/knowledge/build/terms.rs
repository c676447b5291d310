//! What conditions, formulas and phrases consist of, as the build script packs it.

use crate::rows::{List, Text};
use serde::Serialize;

/// A mark, by its place among the markers.
pub(crate) type Marker = u16;

/// Defines choices: the place of one is what is packed of it, before its parts.
macro_rules! choices {
    ($($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $choice_doc:literal])* $choice:ident $(($($part:ident: $kind:ty),*))?,)*
    })*) => { $(
        #[derive(Debug, Clone, PartialEq, PartialOrd, Serialize)]
        #[allow(dead_code, reason = "each file that includes this makes some of them")]
        pub(crate) enum $name { $($choice $(($($kind),*))?,)* }
    )* };
}

/// Defines what is made from the texts of rows.
macro_rules! compiled {
    ($($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* pub $field:ident: $kind:ty,)*
    })*) => { $(
        #[derive(Debug, Serialize)]
        #[allow(dead_code, reason = "each file that includes this makes some of them")]
        pub(crate) struct $name { $(pub(crate) $field: $kind,)* }
    )* };
}
include!("../src/terms.rs");
