//! What a text says, as plain data. The field names are those of `design.json`.

use crate::reason::{Evidence, place_of};
use serde::{Deserialize, Serialize};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// A text as understood: what it states, the model behind it, and what is missing or contradictory in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Analysis {
    /// The title of the text, or a name made from its main subject; empty when there is neither.
    pub title: String,
    /// What the text states, sentence by sentence.
    pub requirements: Requirements,
    /// Entities, relations and lifecycles.
    pub model: Model,
    /// What had to be assumed, in the order in which the assumptions were made.
    pub assumptions: Vec<Assumption>,
    /// What to ask the author, the most consequential question first.
    pub questions: Vec<Question>,
    /// Statements that contradict each other or arithmetic.
    pub conflicts: Vec<Conflict>,
    /// The language of the text.
    pub language: Language,
    /// Remarks on the text, each with what, why and how to fix.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the text states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Requirements {
    /// Every statement of the text in reading order; together they cover all of its words.
    pub statements: Vec<Statement>,
    /// Who or what acts on the system.
    pub actors: Vec<Actor>,
    /// Who does what to what.
    pub actions: Vec<Action>,
    /// Numbers with a meaning.
    pub quantities: Vec<Quantity>,
    /// What the text prescribes or forbids for the solution.
    pub constraints: Vec<Constraint>,
    /// Capabilities that the text asks for, as the knowledge tables name them.
    pub signals: Vec<Signal>,
    /// Operations that the text spells out by method and path.
    pub endpoints: Vec<Endpoint>,
    /// The fields of application that the text is about, the one that explains most of it first; empty where it is about
    /// none that the knowledge tables have.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub domains: Vec<Domain>,
    /// What the statements leave open, with how to say it better.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub gaps: Vec<Gap>,
    /// How much of the text was understood, sort by sort.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub coverage: Vec<Coverage>,
}

impl Requirements {
    /// The statement of an id, which tells its place.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.get(place_of(id)?).filter(|statement| statement.id == id)
    }
}

/// Words of a statement that leave it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Gap {
    /// The id in the knowledge tables: `fast`, `passive`, ….
    pub id: String,
    /// The family: `vague`, `subjective`, `optional`, `weak`, `implicit`, `quantity`, `dangling`, `passive`, `universal` or
    /// `temporal`.
    pub family: String,
    /// The words, in lower case.
    pub words: String,
    /// The statement.
    pub statement: String,
    /// What is taken meanwhile, where that is a number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub assumed: Option<String>,
    /// The fact that holds this number; `--set` changes it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fact: Option<String>,
    /// How to say it better.
    pub fix: String,
}

/// What became of the statements of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Coverage {
    /// The sort.
    pub kind: StatementKind,
    /// How many there are.
    pub statements: usize,
    /// How many bytes of the text they take.
    pub bytes: usize,
    /// How many were used.
    pub used: usize,
    /// How many were set aside with a reason.
    pub set_aside: usize,
    /// How many were not understood.
    pub not_understood: usize,
}

/// The form in which a statement is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Form {
    /// The pattern.
    pub pattern: Pattern,
    /// Its parts, in the order of the pattern.
    pub parts: Vec<Part>,
}

/// A pattern of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum Pattern {
    /// EARS: the system shall always do it.
    Ubiquitous,
    /// EARS: when something happens.
    Event,
    /// EARS: while something holds.
    State,
    /// EARS: if something goes wrong.
    Unwanted,
    /// EARS: where a feature is included.
    Optional,
    /// EARS: several of these.
    Complex,
    /// As a role, I want means, so that ends.
    Story,
    /// When situation, I want to means, so I can ends.
    JobStory,
    /// Given, when, then.
    Scenario,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Part {
    /// `trigger`, `state`, `unwanted`, `feature`, `system`, `response`, `role`, `situation`, `means`, `ends`, `given`, `when`
    /// or `then`.
    pub name: String,
    /// As the text writes it.
    pub text: String,
}

/// A field of application that a text is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Domain {
    /// The id in the knowledge tables: `booking`, `library`, ….
    pub id: String,
    /// In words.
    pub name: String,
    /// Its share of the blend, from 0 to 1.
    pub share: f64,
    /// What the entities of the text are called in the field.
    pub meanings: Vec<Meaning>,
    /// The first statements that tell so.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// What an entity of the text is called in a field of application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Meaning {
    /// The name of the entity.
    pub entity: String,
    /// The name in the knowledge tables.
    pub means: String,
}

/// A capability that the text asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Signal {
    /// The id in the knowledge tables: `payments`, `search`, ….
    pub id: String,
    /// Where it is asked for.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// An operation that the text spells out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Endpoint {
    /// `GET`, `POST`, ….
    pub method: String,
    /// With parameters in braces: `/orders/{orderId}`.
    pub path: String,
    /// The statement.
    pub statement: String,
}

/// One sentence, list item, heading or table row of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Statement {
    /// `s1`, `s2`, … in reading order.
    pub id: String,
    /// The words as written, without the marker of a list item or heading.
    pub text: String,
    /// Where they stand, marker included: byte offsets of the first byte and of the byte after the last.
    pub span: [usize; 2],
    /// What sort of statement it is.
    pub kind: StatementKind,
    /// The quality that it asks for, where it asks for one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quality: Option<Quality>,
    /// How binding it is.
    pub modality: Modality,
    /// The form in which it is written, where that is a known one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub form: Option<Form>,
    /// What became of it.
    pub status: StatementStatus,
    /// Why it was set aside or not understood.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// The sort of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum StatementKind {
    /// Something that the system or a user of it does.
    Capability,
    /// How well it must do so.
    Quality,
    /// A restriction on the solution.
    Constraint,
    /// Background.
    Context,
    /// Something that is not to be built.
    Exclusion,
    /// Something that the author asks.
    Question,
    /// Layout, headings without a message, code.
    Noise,
}

/// A quality of a system, after ISO/IEC 25010 and the words in common use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum Quality {
    /// Speed and resource use.
    Performance,
    /// Growth of load or data.
    Scalability,
    /// Being there when needed.
    Availability,
    /// Surviving faults.
    Reliability,
    /// Protection of data and functions.
    Security,
    /// Ease of use and of learning.
    Usability,
    /// Appearance.
    LookAndFeel,
    /// Ease of change, test and support.
    Maintainability,
    /// Moving to another environment.
    Portability,
    /// Working with other systems, and in the environment that is there.
    Compatibility,
    /// Law, standards and licences.
    Compliance,
}

/// How binding a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum Modality {
    /// Must, shall, will, or a plain statement.
    Must,
    /// Should.
    Should,
    /// Could, may, nice to have.
    Could,
    /// Later, next phase.
    Later,
    /// Excluded.
    Wont,
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum StatementStatus {
    /// An element of the design rests on it.
    Used,
    /// It asks for nothing that a backend design answers; `reason` says why.
    SetAside,
    /// It could not be read; `reason` says how far.
    NotUnderstood,
}

/// Someone or something that acts on the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Actor {
    /// Kebab-case name.
    pub id: String,
    /// The name as the text writes it, singular.
    pub name: String,
    /// The sort of actor.
    pub kind: ActorKind,
    /// Where it is named.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// The sort of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum ActorKind {
    /// A person in a role.
    Human,
    /// Another program or service.
    System,
    /// A physical device.
    Device,
    /// A clock: something that happens by schedule.
    Time,
}

/// Who does what to what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Action {
    /// The actor's name as in `actors`; empty where the text names none.
    pub actor: String,
    /// The verb as the text writes it.
    pub verb: String,
    /// What it is done to or with, as the text writes it; may be empty.
    pub object: String,
    /// The preposition before the object, where it is no direct one: "send to customers".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub preposition: Option<String>,
    /// The statement.
    pub statement: String,
    /// Whether it is what the statement mainly asks for.
    pub primary: bool,
    /// The name of the entity behind `object`, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
}

/// A number with a meaning, in base units: seconds, bytes, per second, ratio 0–1, count, currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Quantity {
    /// `q1`, `q2`, ….
    pub id: String,
    /// What is counted or measured, one of the fixed kinds (`dau`, `latency`, …).
    pub kind: String,
    /// The amount in `unit`.
    pub value: f64,
    /// The base unit.
    pub unit: String,
    /// How the amount binds: `=`, `<=`, `>=`, `<`, `>` or `~`.
    pub comparator: String,
    /// What narrows it: `peak`, `p99`, `average`, a noun ….
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub qualifier: Option<String>,
    /// The code of the currency (ISO 4217) of an amount of money.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub currency: Option<String>,
    /// The statement.
    pub statement: String,
}

/// Something that the text prescribes or forbids for the solution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Constraint {
    /// `technology`, `forbidden-technology`, `platform`, `regulation`, `region`, ….
    pub kind: String,
    /// The id of what is prescribed, as in the knowledge tables.
    pub value: String,
    /// The statement.
    pub statement: String,
}

/// Entities, relations and lifecycles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Model {
    /// The things that the system keeps records of.
    pub entities: Vec<Entity>,
    /// How they are linked.
    pub relations: Vec<Relation>,
    /// The states that they pass through.
    pub lifecycles: Vec<Lifecycle>,
}

/// A thing that the system keeps records of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Entity {
    /// Singular, in words: `Order item`.
    pub name: String,
    /// What is recorded of it.
    pub attributes: Vec<Attribute>,
    /// What must hold of its records at all times.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub invariants: Vec<Invariant>,
    /// Where it comes from.
    pub origin: Origin,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Something that is recorded of an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Attribute {
    /// In words: `due date`.
    pub name: String,
    /// The id of an attribute type of the knowledge tables: `text`, `integer`, `money`, `timestamp`, ….
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether each record must have it.
    pub required: bool,
    /// Whether no two records may share it.
    pub unique: bool,
    /// The sensitivity class: `internal`, `personal`, `sensitive`, `financial`, `secret`, ….
    pub class: String,
    /// All values that it can have, where the text names them; empty where it may have any.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub values: Vec<String>,
    /// Who alone may read it, where the text says so.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub readers: Vec<String>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// What must hold of the records of an entity at all times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Invariant {
    /// How it is kept, by what `on` names: one of the kinds of the knowledge tables (`no-overlap`, `one-active`,
    /// `unique`, `once`, `limit`, `order`, `positive`, `non-negative`, `immutable`, `append-only`, ...).
    pub kind: String,
    /// Attributes of the entity, or names of the entities that it is linked with.
    pub on: Vec<String>,
    /// The states in which it holds; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub states: Vec<String>,
    /// For `limit`: how many there may be, as a number or as the name of the attribute that says it; otherwise empty.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub most: String,
    /// For `limit`: the length of time of the calendar in which so many are counted (`day`, `week`, `month`, ...), or one
    /// that slides (`24 hours`); empty where they are counted at all times.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub within: String,
    /// In a sentence.
    pub text: String,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Where an element comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum Origin {
    /// The text names it.
    Text,
    /// The domain that the text was recognised as belonging to completes it.
    Domain,
    /// The system needs it for its own working.
    Kernel,
}

/// A link between two entities. `to_max` is how many `to` one `from` has; a generalization runs from child to parent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Relation {
    /// The name of an entity.
    pub from: String,
    /// The name of an entity.
    pub to: String,
    /// The verb that links them.
    pub label: String,
    /// What `from` calls its `to`, where that is not the name of the entity: the creator of a task.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The least number of `from` for one `to`.
    pub from_min: u32,
    /// The largest number of `from` for one `to`.
    pub from_max: Many,
    /// The least number of `to` for one `from`.
    pub to_min: u32,
    /// The largest number of `to` for one `from`.
    pub to_max: Many,
    /// The sort of link.
    pub kind: RelationKind,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// The upper end of a cardinality: 1 or many. Written `1` or `"*"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "ManyRepr", try_from = "ManyRepr")]
pub enum Many {
    /// At most one.
    One,
    /// No upper limit.
    Any,
}

#[cfg(feature = "typescript")]
impl TS for Many {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "1 | \"*\"".to_owned()
    }
    fn inline(config: &ts_rs::Config) -> String {
        Self::name(config)
    }
}

/// How [`Many`] is written.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ManyRepr {
    Number(u32),
    Text(String),
}

impl From<Many> for ManyRepr {
    fn from(many: Many) -> Self {
        match many {
            Many::One => Self::Number(1),
            Many::Any => Self::Text("*".to_owned()),
        }
    }
}

impl TryFrom<ManyRepr> for Many {
    type Error = String;

    fn try_from(written: ManyRepr) -> Result<Self, String> {
        match written {
            ManyRepr::Number(1) => Ok(Self::One),
            ManyRepr::Text(text) if text == "*" => Ok(Self::Any),
            ManyRepr::Number(_) | ManyRepr::Text(_) => Err("a cardinality ends at 1 or \"*\"".to_owned()),
        }
    }
}

/// The sort of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(TS))]
pub enum RelationKind {
    /// Each lives by itself.
    Association,
    /// `to` is a part of `from` and goes with it.
    Composition,
    /// `from` is a kind of `to`.
    Generalization,
}

/// The states that an entity passes through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Lifecycle {
    /// The name of the entity.
    pub entity: String,
    /// Its states, the first one first.
    pub states: Vec<String>,
    /// The ways between them.
    pub transitions: Vec<Transition>,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// A way from one state to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Transition {
    /// The state before.
    pub from: String,
    /// The state after.
    pub to: String,
    /// The verb that moves it.
    pub action: String,
    /// Who does it; empty where the text does not say.
    pub actor: String,
}

/// Something that the text leaves open and the design needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Assumption {
    /// `a1`, `a2`, ….
    pub id: String,
    /// The fact that is assumed, by its id (`users.daily`); `--set` changes it.
    pub subject: String,
    /// The assumed value.
    pub value: String,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// Why this value.
    pub why: String,
    /// The decision slots that read it.
    pub decisions: Vec<String>,
    /// The value at which a decision would change, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub flips_at: Option<String>,
}

/// Something to ask the author.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Question {
    /// Kebab-case.
    pub id: String,
    /// The question.
    pub text: String,
    /// The usual answers.
    pub options: Vec<String>,
    /// The answer that the design assumes meanwhile.
    pub default: String,
    /// What the answer changes.
    pub impact: String,
}

/// Statements that contradict each other or arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Conflict {
    /// Kebab-case: the rule that found it, with a number where it found several.
    pub id: String,
    /// The statements.
    pub statements: Vec<String>,
    /// What is wrong.
    pub explanation: String,
    /// What the design does meanwhile, or the cheapest fix.
    pub resolution: String,
}

/// The language of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Language {
    /// ISO 639-1, or `und` where it could not be told.
    pub code: String,
    /// Whether texts in it are understood.
    pub supported: bool,
}

/// A remark on the text or an error of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Diagnostic {
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// How to fix it.
    pub fix: String,
    /// Where: byte offsets in the text, if it is about a place in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<[usize; 2]>,
}
