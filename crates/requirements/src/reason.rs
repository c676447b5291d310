//! Why an element of a design exists.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// One reason for an element. Written as text wherever it is stored: `s12` for a statement, `a3` for an assumption,
/// `rule:ID` for a rule of the knowledge tables, `pin:ID` for something that the reader set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Reason {
    /// The statement with this number.
    Statement(u32),
    /// The assumption with this number.
    Assumption(u32),
    /// A rule of the knowledge tables, by its id, which is copied only where it was read from outside.
    Rule(Cow<'static, str>),
    /// A value that the reader set, by the id of what was set.
    Pin(String),
}

impl Reason {
    /// A rule of the knowledge tables, by its id.
    pub fn rule(id: impl Into<Cow<'static, str>>) -> Self {
        Self::Rule(id.into())
    }

    /// The reason that an id stands for, as the evidence of what rests on it alone; empty where the id is none.
    pub fn alone(id: &str) -> Evidence {
        Self::try_from(id.to_owned()).ok().into_iter().collect()
    }

    /// The place of its statement among all statements; nothing where the reason is no statement.
    pub fn place(&self) -> Option<usize> {
        match self {
            Self::Statement(number) => (*number as usize).checked_sub(1),
            _ => None,
        }
    }
}

/// The place of a statement among all statements, from its id.
pub(crate) fn place_of(id: &str) -> Option<usize> {
    id.strip_prefix('s')?.parse::<usize>().ok()?.checked_sub(1)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statement(n) => write!(f, "s{n}"),
            Self::Assumption(n) => write!(f, "a{n}"),
            Self::Rule(id) => write!(f, "rule:{id}"),
            Self::Pin(id) => write!(f, "pin:{id}"),
        }
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.to_string()
    }
}

impl TryFrom<String> for Reason {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some(id) = text.strip_prefix("rule:") {
            return Ok(Self::rule(id.to_owned()));
        }
        if let Some(id) = text.strip_prefix("pin:") {
            return Ok(Self::Pin(id.to_owned()));
        }
        let number = text.get(1..).and_then(|digits| digits.parse().ok());
        match (text.chars().next(), number) {
            (Some('s'), Some(n)) => Ok(Self::Statement(n)),
            (Some('a'), Some(n)) => Ok(Self::Assumption(n)),
            _ => Err(format!(
                "`{text}` is no reason: write s1 (a statement), a1 (an assumption), rule:ID or pin:ID"
            )),
        }
    }
}

/// The reasons of one element: never empty in a finished design, each reason once, in the order of discovery.
pub type Evidence = Vec<Reason>;

/// Adds the statement that is being read: only the last reason can be the same. Unlike [`add_reason`], this does not
/// compare it with all others, of which a long text has thousands.
pub(crate) fn add_next(evidence: &mut Evidence, reason: Reason) {
    if evidence.last() != Some(&reason) {
        evidence.push(reason);
    }
}

/// Adds a reason unless it is there already.
pub fn add_reason(evidence: &mut Evidence, reason: Reason) {
    if !evidence.contains(&reason) {
        evidence.push(reason);
    }
}
