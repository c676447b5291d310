//! Conditions over what a text says, and the rows that rest on them.

use crate::{CUE_NAMES, Text};

/// What one statement says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Condition {
    /// A cue, by its place in `CUES`.
    Cue(usize),
    /// The same, denied or excluded.
    Denied(usize),
    /// A quantity of a kind within a bound.
    Quantity(Text, Bound, f64),
    /// A technology that stands for an option is prescribed.
    Option(Text),
    /// A technology for a slot is prescribed.
    Slot(Text),
    /// An attribute of a class is recorded.
    Class(Text),
    /// A capability is asked for.
    Signal(Text),
    /// A technology is ruled out.
    Forbidden,
    /// A technology is prescribed.
    Prescribed,
}

/// How a quantity is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// More than.
    More,
    /// At least.
    AtLeast,
    /// Less than.
    Less,
    /// At most.
    AtMost,
}

impl Bound {
    /// Whether a value is within the bound.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::More => value > bound,
            Self::AtLeast => value >= bound,
            Self::Less => value < bound,
            Self::AtMost => value <= bound,
        }
    }
}

/// Alternatives of conditions that hold together.
pub type Side = &'static [&'static [Condition]];

/// What cannot both be so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConflictRow {
    /// Kebab-case.
    pub id: Text,
    /// What one statement says.
    pub a: Side,
    /// What the other says; it may be the same statement.
    pub b: Side,
    /// What the two must share.
    pub same: Text,
    /// How the numbers of the two must compare.
    pub compare: Text,
    /// What is wrong, with places for numbers.
    pub explanation: Text,
    /// What the design does meanwhile.
    pub resolution: Text,
}

/// The place of a cue by its name.
pub fn cue(name: &str) -> Option<usize> {
    CUE_NAMES.binary_search(&name).ok()
}
