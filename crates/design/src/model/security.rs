//! Who may do what, what is sensitive, what threatens it.

use requirements::Evidence;
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// Who may do what, what is sensitive, what threatens it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Security {
    /// The roles of the matrix.
    pub roles: Vec<Role>,
    /// The one authorization matrix; what it does not hold is denied.
    pub authorization: Vec<Grant>,
    /// Pairs of steps on one record that one person should not do both.
    pub duties: Vec<Duties>,
    /// What the text leaves open about who may do what.
    pub gaps: Vec<AccessGap>,
    /// How each sort of client proves who it is.
    pub sign_in: Vec<SignIn>,
    /// What must stay secret.
    pub secrets: Vec<Secret>,
    /// What is recorded that needs protection.
    pub classified: Vec<ClassifiedField>,
    /// What could go wrong on purpose, and what answers it.
    pub threats: Vec<Threat>,
    /// How the design answers the OWASP API Security Top 10.
    pub top_ten: Vec<Concern>,
    /// Prompts for engineers where the text triggers a law or standard; no legal advice.
    pub compliance: Vec<Concern>,
}

/// A role of the authorization matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Role {
    /// The name of an actor, or that of a role that the matrix needs beside those of the text.
    pub name: String,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Two steps on one record that one person should not do both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Duties {
    /// The entity.
    pub resource: String,
    /// The action that asks.
    pub first: String,
    /// The action that judges.
    pub second: String,
    /// The roles that may do both, and are held back only by the control.
    pub roles: Vec<String>,
    /// What keeps one person from doing both.
    pub control: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Something that the text leaves open about who may do what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct AccessGap {
    /// The entity; empty where it is about a role.
    pub resource: String,
    /// What is not said.
    pub missing: String,
    /// What holds until it is.
    pub until: String,
    /// What it is about.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// One cell of the authorization matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Grant {
    /// The actor.
    pub role: String,
    /// The entity.
    pub resource: String,
    /// The action of an operation.
    pub action: String,
    /// Whose records: `all`, `own`, `assigned`, `team`, or `public` for callers without a session.
    pub scope: String,
    /// What the caller is to a record of the scope, where the text says so: its `author`, a `participant`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub capacity: String,
    /// The id of the operation.
    pub operation: String,
    /// For the scopes `own`, `assigned` and `team`: the columns, each as `table.column`, over which a record leads to
    /// the row of the caller. The first is a column of the resource's own table, or of a table that links the two.
    pub owner: Vec<String>,
    /// The states of the records that it reaches, where the text shows only those; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub states: Vec<String>,
    /// What it is needed for, where it is derived from another right and the text does not give it: "to create Booking".
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub needed: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

impl Grant {
    /// Whether it reaches only some of the records, by who they belong to.
    pub(crate) fn is_limited(&self) -> bool {
        matches!(self.scope.as_str(), "own" | "assigned" | "team")
    }

    /// What the text calls whoever has it: the capacity in which a role has it, else the role.
    pub(crate) fn who(&self) -> &str {
        if self.capacity.is_empty() { &self.role } else { &self.capacity }
    }

    /// Whose records it reaches, as a reader is told: `own`, `own: author`.
    pub fn whose(&self) -> String {
        let mut whose = self.scope.clone();
        if !self.capacity.is_empty() {
            whose += &format!(": {}", self.capacity);
        }
        if !self.states.is_empty() {
            whose += &format!(", {}", self.states.join(" or "));
        }
        whose
    }

    /// Whether it reaches all records, whoever they belong to and whatever state they are in.
    pub fn reaches_all(&self) -> bool {
        self.scope == "all" && self.states.is_empty()
    }
}

/// How a sort of client proves who it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct SignIn {
    /// The id of its row.
    pub id: String,
    /// The names of the actors; empty where the text names none.
    pub clients: Vec<String>,
    /// The flow.
    pub flow: String,
    /// What is shown with each request.
    pub credential: String,
    /// How long that holds.
    pub lifetime: String,
    /// What ends it before.
    pub ends: String,
    /// How somebody who lost it gets in again.
    pub recovery: String,
    /// What is sent, in order.
    pub steps: Vec<Step>,
    /// Why it is done so.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A message of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Step {
    /// `client`, `app`, `idp` or `db`.
    pub from: String,
    /// The same.
    pub to: String,
    /// What is sent or done.
    pub text: String,
}

/// Something that must stay secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Secret {
    /// The name of the environment variable.
    pub name: String,
    /// What it is.
    pub what: String,
    /// After how many days it is changed; 0 for never.
    pub days: u32,
    /// How that goes without an outage.
    pub rotation: String,
    /// What somebody who has it can do.
    pub blast: String,
    /// Who holds it: `application`, or `pipeline` where it never reaches what runs.
    pub holder: String,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A column that needs protection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ClassifiedField {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The sensitivity class.
    pub class: String,
    /// What protects it.
    pub controls: Vec<String>,
}

/// A threat and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Threat {
    /// `t1`, `t2`, ….
    pub id: String,
    /// The STRIDE category.
    pub category: String,
    /// The flow, operation or table that it threatens.
    pub target: String,
    /// What could happen.
    pub threat: String,
    /// What answers it.
    pub control: String,
    /// Why it applies here.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Something that can go wrong, and what answers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Concern {
    /// The id of its row.
    pub id: String,
    /// The component that it is about; empty where it is about all.
    pub subject: String,
    /// The category within its group.
    pub category: String,
    /// What can happen; for the failure of a dependency, what users see.
    pub text: String,
    /// What answers it.
    pub answer: String,
    /// A requirement of ASVS 5.0.0; for failures, how one notices.
    pub reference: String,
    /// Why it applies here.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}
