//! What the guide shows of one design: enough to judge it by, and not the whole of it.

use super::document;
use super::example::{TIMES, Worked, days, figure, peak};
use super::format::{fence, number, table, text};
use super::schema;
use crate::Error;
use design::{Decision, Design};
use requirements::Many;
use std::collections::BTreeSet;

/// The most rows of a table, by what it lists.
const ENTITIES: usize = 12;
const QUESTIONS: usize = 5;
const SENTENCES: usize = 4;
const ASSUMPTIONS: usize = 8;
const FIGURES: usize = 10;
const OPERATIONS: usize = 8;
const ROLES: usize = 8;
const TASKS: usize = 8;
/// The most lines of an entity diagram that shows all columns.
const DIAGRAM: usize = 32;

/// The generated part of one example.
pub(super) fn sections(worked: &Worked, common: &BTreeSet<String>) -> Result<String, Error> {
    let mut out = summary(worked);
    for (title, body) in [
        ("Model", model(&worked.design)),
        ("Questions and assumptions", open_points(worked, common)?),
        ("Numbers", numbers(worked)?),
        ("Decisions", decisions(&worked.design)),
        ("Ten times the load", tenfold(worked)),
        ("Running parts", topology(worked)),
        ("Tables", tables(worked)),
        ("Operations", operations(worked)?),
        ("Who may do what", matrix(worked)?),
        ("Roadmap", roadmap(worked)?),
    ] {
        if !body.trim().is_empty() {
            out += &format!("#### {title}\n\n{}\n\n", body.trim_end());
        }
    }
    Ok(out)
}

fn summary(worked: &Worked) -> String {
    let design = &worked.design;
    let count =
        |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    let lines = worked.file("design.md").map_or(0, |document| document.lines().count());
    format!(
        "{}, {}, {}, {}; {} in {}, {} lines of `design.md`. [Run this one](../README.md?example={}#run-it).\n\n",
        count(design.requirements.statements.len(), "statement", "statements"),
        count(design.model.entities.len(), "entity", "entities"),
        count(design.api.operations.len(), "operation", "operations"),
        count(design.database.tables.len(), "table", "tables"),
        "the whole design",
        count(worked.files.len(), "file", "files"),
        number(lines as f64),
        worked.name
    )
}

fn model(design: &Design) -> String {
    if design.model.entities.is_empty() {
        return String::new();
    }
    let many = |many: Many| if matches!(many, Many::One) { "one" } else { "many" };
    let rows: Vec<Vec<String>> = design
        .model
        .entities
        .iter()
        .map(|entity| {
            let attributes: Vec<String> =
                entity.attributes.iter().map(|attribute| text(&attribute.name)).collect();
            let relations: Vec<String> = design
                .model
                .relations
                .iter()
                .filter(|relation| relation.from == entity.name)
                .map(|relation| {
                    let (from, to) = (many(relation.from_max), many(relation.to_max));
                    format!("{} {} ({from} to {to})", text(&relation.label), text(&relation.to))
                })
                .collect();
            let states: Vec<String> = design
                .model
                .lifecycles
                .iter()
                .filter(|lifecycle| lifecycle.entity == entity.name)
                .map(|lifecycle| text(&lifecycle.states.join(", ")))
                .collect();
            vec![text(&entity.name), attributes.join(", "), relations.join("; "), states.join("; ")]
        })
        .collect();
    table(&["Entity", "Recorded", "Linked", "States"], &rows, ENTITIES, "`design.json`")
}

fn open_points(worked: &Worked, common: &BTreeSet<String>) -> Result<String, Error> {
    let design = &worked.design;
    let mut out = String::new();
    if !design.questions.is_empty() {
        let columns = ["Question", "Until then", "What it changes"];
        out += &table(&columns, &cut(worked, "Questions", &columns)?, QUESTIONS, "`design.md`");
    }
    if !design.conflicts.is_empty() {
        let columns = ["Conflict", "Meanwhile", "Statements"];
        out += &table(&columns, &cut(worked, "Conflicts", &columns)?, QUESTIONS, "`design.md`");
    }
    let rows = assumptions(worked)?;
    let (shared, own): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| common.contains(&key(row)));
    if !own.is_empty() {
        out += &table(&ASSUMED, &own, ASSUMPTIONS, "`design.md`");
    }
    if !shared.is_empty() {
        out += &format!(
            "The [assumptions of every example](#assumed-in-every-example) apply ({}).\n\n",
            shared.len()
        );
    }
    let lost = design
        .requirements
        .statements
        .iter()
        .filter(|statement| statement.status == requirements::StatementStatus::NotUnderstood);
    if lost.count() > 0 {
        let rows = cut(worked, "Not understood", &["Statement", "Why"])?;
        out += &table(&["Not understood", "Why"], &rows, SENTENCES, "`design.md`");
    }
    Ok(out)
}

/// The columns of the table of assumptions.
pub(super) const ASSUMED: [&str; 4] = ["Fact", "Assumed", "Why", "Read by"];

/// What tells assumptions apart: the fact and its value.
pub(super) fn key(row: &[String]) -> String {
    row.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The rows of the table of assumptions.
pub(super) fn assumptions(worked: &Worked) -> Result<Vec<Vec<String>>, Error> {
    if worked.design.assumptions.is_empty() { Ok(Vec::new()) } else { cut(worked, "Assumptions", &ASSUMED) }
}

fn numbers(worked: &Worked) -> Result<String, Error> {
    let design = &worked.design;
    if design.capacity.is_empty() {
        return Ok(String::new());
    }
    let columns = ["Figure", "Value", "Formula", "Because of"];
    let mut out = table(&columns, &cut(worked, "Load and size", &columns)?, FIGURES, "`design.md`");
    if !design.scalability.limits.is_empty() {
        let rows =
            cut(worked, "What gives way first", &["Part", "Load", "Ceiling", "Headroom", "Before that"])?;
        if let Some([part, load, ceiling, headroom, before]) = rows.first().map(Vec::as_slice) {
            out += &format!(
                "What gives way first is the {part}: {load} of {ceiling}, headroom {headroom}. Before that, {before}.\n"
            );
        }
    }
    Ok(out)
}

fn decisions(design: &Design) -> String {
    let taken = design.decisions.iter().filter(|decision| decision.chosen != "none");
    let rows: Vec<Vec<String>> = taken
        .map(|decision| {
            let option = |at: usize| decision.options.get(at);
            let scored = |at: usize| {
                option(at).map_or(String::new(), |option| {
                    format!("{} ({})", text(&option.name), number(option.score))
                })
            };
            // The best option is the first, unless the reader pinned another, which nobody did here.
            vec![text(&decision.title), scored(0), scored(1), text(&decision.revisit)]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let all = design.decisions.len();
    let mut out =
        table(&["Decision", "Chosen (score)", "Next best (score)", "Think again when"], &rows, all, "");
    let left: Vec<String> = design
        .decisions
        .iter()
        .filter(|decision| decision.chosen == "none")
        .map(|decision| text(&decision.title))
        .collect();
    if !left.is_empty() {
        out += &format!("Deliberately left empty: {}.\n", left.join("; "));
    }
    out
}

fn tenfold(worked: &Worked) -> String {
    let (design, tenfold) = (&worked.design, &worked.tenfold);
    if design.capacity.is_empty() {
        return String::new();
    }
    let mut rows = Vec::new();
    for (label, unit, before, after) in [
        ("Peak", " requests/s", peak(design), peak(tenfold)),
        (
            "Application instances for it",
            "",
            figure(design, "instances.needed"),
            figure(tenfold, "instances.needed"),
        ),
    ] {
        if let (Some(before), Some(after)) = (before, after) {
            let cell = |value: f64| format!("{}{unit}", number(value));
            rows.push(vec![label.to_owned(), cell(before), cell(after)]);
        }
    }
    let then = |slot: &str| tenfold.decisions.iter().find(|decision| decision.slot == slot);
    for decision in &design.decisions {
        if let Some(other) = then(&decision.slot).filter(|other| other.chosen != decision.chosen) {
            rows.push(vec![text(&decision.title), text(&decision.name), because(other)]);
        }
    }
    let mut out = table(&["What", "As written", &format!("Load ×{TIMES}")], &rows, rows.len(), "");
    if design
        .decisions
        .iter()
        .all(|decision| then(&decision.slot).is_none_or(|other| other.chosen == decision.chosen))
    {
        out += "No decision changes.\n";
    }
    out
}

/// A choice with the first reason for it.
fn because(decision: &Decision) -> String {
    match decision.options.first().and_then(|option| option.reasons.first()) {
        Some(reason) => format!("{}: {}", text(&decision.name), text(reason)),
        None => text(&decision.name),
    }
}

fn topology(worked: &Worked) -> String {
    worked.file("diagrams/topology.mmd").map(|source| fence("mermaid", source)).unwrap_or_default()
}

fn tables(worked: &Worked) -> String {
    let mut out = String::new();
    let diagram = worked.file("diagrams/entities.mmd").or_else(|| worked.file("diagrams/entities-1.mmd"));
    if let Some(diagram) = diagram {
        out += &fence("mermaid", &shortened(diagram));
    }
    let excerpt =
        worked.file("db/schema.sql").and_then(|schema| schema::excerpt(&worked.design.database, schema));
    if let Some(excerpt) = excerpt {
        out += "From `db/schema.sql`, one table with all that it refers to, without triggers, policies and grants:\n\n";
        out += &fence("sql", &excerpt);
    }
    out
}

/// An entity diagram without the two columns that each table has, and with the names of the tables only where it is still long.
fn shortened(diagram: &str) -> String {
    let keep = |line: &&str| !line.ends_with(" created_at") && !line.ends_with(" updated_at");
    let lines: Vec<&str> = diagram.lines().filter(keep).collect();
    if lines.len() <= DIAGRAM {
        return lines.join("\n");
    }
    let mut out = String::new();
    for line in lines {
        // The columns of a table stand between its name with a brace and a line that closes it.
        if !line.starts_with("    ") && line != "  }" {
            out += line.trim_end_matches(" {");
            out.push('\n');
        }
    }
    out
}

fn operations(worked: &Worked) -> Result<String, Error> {
    const RECORDS: [&str; 5] = ["list", "get", "create", "update", "delete"];
    let operations = &worked.design.api.operations;
    if operations.is_empty() {
        return Ok(String::new());
    }
    let columns = ["Operation", "What it does", "Who", "Because of"];
    let rows = cut(worked, "API Specification", &columns)?;
    // Commands and what the text gives to somebody say more than the records that come with every entity.
    let mut order: Vec<usize> = (0..operations.len().min(rows.len())).collect();
    order.sort_by_key(|at| {
        let operation = &operations[*at];
        (RECORDS.contains(&operation.action.as_str()), operation.actors.is_empty())
    });
    let shown: BTreeSet<usize> = order.into_iter().take(OPERATIONS).collect();
    let (shown, rest): (Vec<_>, Vec<_>) =
        rows.into_iter().enumerate().partition(|(at, _)| shown.contains(at));
    let rows: Vec<_> = shown.into_iter().chain(rest).map(|(_, row)| row).collect();
    Ok(table(&columns, &rows, OPERATIONS, "`api/openapi.yaml`"))
}

fn matrix(worked: &Worked) -> Result<String, Error> {
    if worked.design.security.authorization.is_empty() {
        return Ok(String::new());
    }
    let columns = ["Role", "Resource", "Actions"];
    Ok(table(&columns, &cut(worked, "Who may do what", &columns)?, ROLES, "`security/authorization.csv`"))
}

fn roadmap(worked: &Worked) -> Result<String, Error> {
    if worked.design.roadmap.tasks.is_empty() {
        return Ok(String::new());
    }
    let columns = ["Id", "Phase", "Task", "After", "Days, P50 to P90"];
    let mut out = table(&columns, &cut(worked, "Implementation Roadmap", &columns)?, TASKS, "`design.md`");
    let (p50, p90) = days(&worked.design);
    out += &format!(
        "{} to {} working days of one engineer in all; the days are our heuristic.\n",
        number(p50),
        number(p90)
    );
    Ok(out)
}

/// Columns of the table that stands in `design.md` under a heading. That there is none is an error: the caller has
/// seen that the design has something to list.
fn cut(worked: &Worked, heading: &str, columns: &[&str]) -> Result<Vec<Vec<String>>, Error> {
    let found = worked.file("design.md").and_then(|document| document::table(document, heading));
    let found = found.ok_or_else(|| {
        worked.fault(&format!(
            "design.md has no table under `{heading}`; adapt the sections of worked examples to it"
        ))
    })?;
    found.columns(columns).map_err(|missing| {
        worked.fault(&format!(
            "the table under `{heading}` of design.md has no column `{missing}`; adapt the sections of worked examples to it"
        ))
    })
}
