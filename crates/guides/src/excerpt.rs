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
    summary: String,
}

impl Excerpt {
    pub(crate) fn of(example: &Example, design: &Design) -> Self {
        let files = artifacts::files(design);
        let schema = files.iter().find(|file| file.path == "db/schema.sql");
        Self {
            example: example.clone(),
            title: design.title.clone(),
            counts: counts(design),
            decisions: design
                .decisions
                .iter()
                .filter(|decision| decision.chosen != "none")
                .map(choice)
                .take(5)
                .collect(),
            operations: design
                .api
                .operations
                .iter()
                .take(6)
                .map(|operation| Call {
                    method: operation.method.clone(),
                    path: operation.path.clone(),
                    summary: operation.summary.clone(),
                })
                .collect(),
            sql: schema.and_then(|file| first_table(&file.contents)),
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

fn choice(decision: &design::Decision) -> Choice {
    let winner = decision.options.iter().find(|option| option.id == decision.chosen);
    Choice {
        title: decision.title.clone(),
        name: decision.name.clone(),
        reason: winner.and_then(|option| option.reasons.first()).cloned().unwrap_or_default(),
    }
}

/// The statement that creates the largest table that still fits.
fn first_table(sql: &str) -> Option<String> {
    const LINES: usize = 16;
    sql.split("\n\n")
        .filter(|statement| statement.contains("CREATE TABLE") && statement.lines().count() <= LINES)
        .max_by_key(|statement| statement.lines().count())
        .map(str::to_owned)
}
