//! What the home page shows of a real design.

use crate::examples::Example;
use design::Design;
use serde::Serialize;

/// Parts of the design of an example, chosen so that they fit on one screen.
#[derive(Serialize)]
pub(crate) struct Excerpt {
    example: Example,
    title: String,
    counts: Vec<Count>,
    decisions: Vec<Choice>,
    operations: Vec<Call>,
    sql: Option<String>,
    files: Vec<String>,
}

/// How many elements of a kind the design has.
#[derive(Serialize)]
struct Count {
    number: usize,
    label: &'static str,
}

/// A decision with the sentence or rule that decided it.
#[derive(Serialize)]
struct Choice {
    title: String,
    name: String,
    reason: String,
}

/// An operation of the interface.
#[derive(Serialize)]
struct Call {
    method: String,
    path: String,
}

impl Excerpt {
    pub(crate) fn of(example: &Example, design: &Design) -> Self {
        let files = artifacts::files(design);
        let schema = files.iter().find(|file| file.path == "db/schema.sql");
        Self {
            example: example.clone(),
            title: design.title.clone(),
            counts: counts(design),
            decisions: choices(design),
            operations: calls(design),
            sql: schema.and_then(|file| table(&file.contents, design)),
            files: files.into_iter().map(|file| file.path).collect(),
        }
    }
}

fn counts(design: &Design) -> Vec<Count> {
    [
        (design.requirements.statements.len(), "statements read"),
        (design.model.entities.len(), "entities"),
        (design.api.operations.len(), "operations"),
        (design.database.tables.len(), "tables"),
        (design.decisions.len(), "decisions"),
        (design.assumptions.len(), "assumptions"),
    ]
    .map(|(number, label)| Count { number, label })
    .into()
}

/// Some decisions; first those that something in the text decided.
fn choices(design: &Design) -> Vec<Choice> {
    let taken = design.decisions.iter().filter(|decision| decision.chosen != "none");
    let mut choices: Vec<_> = taken.map(choice).collect();
    choices.sort_by_key(|choice| choice.reason.is_empty());
    choices.truncate(5);
    choices
}

/// Some operations; first those that do more than keep records.
fn calls(design: &Design) -> Vec<Call> {
    let mut operations: Vec<_> = design.api.operations.iter().collect();
    operations.sort_by_key(|operation| {
        matches!(operation.action.as_str(), "list" | "get" | "create" | "update" | "delete")
    });
    operations
        .into_iter()
        .take(6)
        .map(|operation| Call { method: operation.method.clone(), path: operation.path.clone() })
        .collect()
}

fn choice(decision: &design::Decision) -> Choice {
    let winner = decision.options.iter().find(|option| option.id == decision.chosen);
    Choice {
        title: decision.title.clone(),
        name: decision.name.clone(),
        reason: winner.and_then(|option| option.reasons.first()).cloned().unwrap_or_default(),
    }
}

/// The statement that creates the largest table that still fits, of those that keep what the text speaks of.
fn table(sql: &str, design: &Design) -> Option<String> {
    const LINES: usize = 16;
    let tables = design.database.tables.iter().filter(|table| !table.entity.is_empty());
    let beginnings: Vec<String> = tables.map(|table| format!("CREATE TABLE {} (", table.name)).collect();
    sql.split("\n\n")
        .filter(|statement| beginnings.iter().any(|beginning| statement.contains(beginning)))
        .filter(|statement| statement.lines().count() <= LINES)
        .max_by_key(|statement| statement.lines().count())
        .map(str::to_owned)
}
