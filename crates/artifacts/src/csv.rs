//! Tables for spreadsheets, after RFC 4180.

use crate::markdown;
use design::{Design, Task};
use knowledge::Gather as _;
use requirements::Reason;
use std::collections::BTreeMap;

/// `security/authorization.csv`: one row a role, resource and action.
pub(crate) fn authorization(design: &Design) -> String {
    let rows = design.security.authorization.iter().map(|grant| {
        vec![
            grant.role.clone(),
            grant.resource.clone(),
            grant.action.clone(),
            grant.whose(),
            grant.operation.clone(),
            grant.owner.join(" > "),
            grant.needed.clone(),
            joined(&grant.evidence),
        ]
    });
    table(&["role", "resource", "action", "scope", "operation", "owner", "needed", "evidence"], rows)
}

/// `security/threats.csv`: one row a threat.
pub(crate) fn threats(design: &Design) -> String {
    let rows = design.security.threats.iter().map(|threat| {
        vec![
            threat.id.clone(),
            threat.category.clone(),
            threat.target.clone(),
            threat.threat.clone(),
            threat.control.clone(),
            joined(&threat.evidence),
        ]
    });
    table(&["id", "category", "target", "threat", "control", "evidence"], rows)
}

/// `security/classification.csv`: the dictionary of the data, one row a column, with class, controls and how long it is kept.
pub(crate) fn classification(design: &Design) -> String {
    let controls: BTreeMap<(&str, &str), String> = design
        .security
        .classified
        .iter()
        .map(|field| ((field.table.as_str(), field.column.as_str()), field.controls.join("; ")))
        .gather();
    let rows = design.database.tables.iter().flat_map(|table| {
        let each = table.retention.iter();
        let kept: Vec<String> =
            each.map(|kept| format!("{} days after {}", kept.days, kept.counted_from())).collect();
        let kept = if kept.is_empty() { "as long as the record".to_owned() } else { kept.join("; ") };
        let controls = &controls;
        table.columns.iter().map(move |column| {
            vec![
                table.name.clone(),
                column.name.clone(),
                column.kind.clone(),
                column.class.clone(),
                controls.get(&(table.name.as_str(), column.name.as_str())).cloned().unwrap_or_default(),
                kept.clone(),
            ]
        })
    });
    table(&["table", "column", "type", "class", "controls", "kept"], rows)
}

/// `review.csv`: one row an item of the review.
pub(crate) fn review(design: &Design) -> String {
    let rows = design.review.iter().map(|item| {
        vec![
            item.id.clone(),
            item.area.clone(),
            item.kind.clone(),
            item.check.clone(),
            item.result.clone(),
            item.detail.clone(),
        ]
    });
    table(&["id", "area", "kind", "check", "result", "found"], rows)
}

/// `backlog.csv`: one row a task, in the order of the plan.
pub(crate) fn backlog(design: &Design) -> String {
    let rows = design.roadmap.tasks.iter().map(|task| {
        let (first, last) = weeks(task);
        vec![
            task.id.clone(),
            task.phase.clone(),
            task.title.clone(),
            task.after.join(" "),
            task.exit.clone(),
            task.first_test.clone(),
            task.owner.clone(),
            first,
            last,
            if task.critical { "yes" } else { "no" }.to_owned(),
            task.days_p50.to_string(),
            task.days_p90.to_string(),
            joined(&task.evidence),
        ]
    });
    table(
        &[
            "id",
            "phase",
            "title",
            "after",
            "done when",
            "first test",
            "owner",
            "starts in week",
            "ends in week",
            "on the longest chain",
            "days P50",
            "days P90",
            "evidence",
        ],
        rows,
    )
}

/// The first and the last week in which a task is worked on, from 1.
pub(crate) fn weeks(task: &Task) -> (String, String) {
    let week = |day: f64| ((day / 5.0).floor() + 1.0).to_string();
    // What ends with a week is not worked on in the next one.
    (week(task.starts), week((task.ends - 0.1).max(task.starts)))
}

/// The elements of a design by kind and name, each with its reasons.
fn elements(design: &Design) -> Vec<(&'static str, String, &[Reason])> {
    let mut elements: Vec<(&str, String, &[Reason])> = Vec::new();
    let mut add = |kind: &'static str, name: String, evidence| elements.push((kind, name, evidence));
    for actor in &design.requirements.actors {
        add("actor", actor.name.clone(), &actor.evidence);
    }
    for entity in &design.model.entities {
        add("entity", entity.name.clone(), &entity.evidence);
        for attribute in &entity.attributes {
            add("attribute", format!("{}: {}", entity.name, attribute.name), &attribute.evidence);
        }
    }
    for relation in &design.model.relations {
        add("relation", format!("{} {} {}", relation.from, relation.label, relation.to), &relation.evidence);
    }
    for operation in &design.api.operations {
        add("operation", format!("{} {}", operation.method, operation.path), &operation.evidence);
    }
    for table in &design.database.tables {
        add("table", table.name.clone(), &table.evidence);
    }
    for decision in &design.decisions {
        add("decision", format!("{}: {}", decision.slot, decision.chosen), &decision.evidence);
    }
    for figure in &design.capacity {
        add("figure", figure.id.clone(), &figure.evidence);
    }
    for way in &design.security.sign_in {
        add("sign-in", way.id.clone(), &way.evidence);
    }
    for threat in &design.security.threats {
        add("threat", threat.id.clone(), &threat.evidence);
    }
    for part in &design.deployment.components {
        add("part", part.id.clone(), &part.evidence);
    }
    for task in &design.roadmap.tasks {
        add("task", task.id.clone(), &task.evidence);
    }
    elements
}

/// What each statement produced, as kinds and names. By statement, so that the cost grows with the statements and
/// elements and not with their product.
fn produced(design: &Design) -> BTreeMap<String, Vec<(&'static str, String)>> {
    let mut produced: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    for (kind, name, evidence) in elements(design) {
        for reason in evidence.iter().filter(|reason| matches!(reason, Reason::Statement(_))) {
            produced.entry(reason.to_string()).or_default().push((kind, name.clone()));
        }
    }
    produced
}

/// `traceability.csv`: each statement with what it produced.
pub(crate) fn traceability(design: &Design) -> String {
    let produced = produced(design);
    let mut rows = Vec::new();
    for statement in &design.requirements.statements {
        let nothing = vec![("", statement.reason.clone().unwrap_or_default())];
        for (kind, name) in produced.get(&statement.id).unwrap_or(&nothing) {
            rows.push(vec![
                statement.id.clone(),
                word(statement.status),
                statement.text.clone(),
                (*kind).to_owned(),
                name.clone(),
            ]);
        }
    }
    table(&["statement", "status", "text", "element", "name"], rows.into_iter())
}

/// `traceability-elements.csv`: each element with its reasons.
pub(crate) fn traceability_back(design: &Design) -> String {
    let rows = elements(design)
        .into_iter()
        .map(|(kind, name, evidence)| vec![kind.to_owned(), name, joined(evidence)]);
    table(&["element", "name", "because of"], rows)
}

/// `traceability.md`: both ways as a page.
pub(crate) fn traceability_page(design: &Design) -> String {
    let produced = produced(design);
    let statements: Vec<Vec<String>> = design
        .requirements
        .statements
        .iter()
        .map(|statement| {
            let made = produced.get(&statement.id).map_or_else(
                || markdown::text(statement.reason.as_deref().unwrap_or_default()),
                |made| {
                    let shown = made
                        .iter()
                        .take(MOST_MADE)
                        .map(|(kind, name)| format!("{kind} {}", markdown::code(name)));
                    let more = made.len().saturating_sub(MOST_MADE);
                    let rest = if more > 0 { format!("; {more} more") } else { String::new() };
                    shown.collect::<Vec<_>>().join("; ") + &rest
                },
            );
            vec![
                markdown::place(&statement.id),
                word(statement.status),
                markdown::text(&statement.text),
                made,
            ]
        })
        .collect();
    let assumptions: Vec<Vec<String>> = design
        .assumptions
        .iter()
        .map(|assumption| {
            vec![
                markdown::place(&assumption.id),
                markdown::code(&assumption.subject),
                markdown::text(&assumption.value),
            ]
        })
        .collect();
    let back: Vec<Vec<String>> = elements(design)
        .into_iter()
        .map(|(kind, name, evidence)| {
            vec![kind.to_owned(), markdown::code(&name), markdown::reasons(evidence)]
        })
        .collect();
    let mut out = format!("# Traceability of {}\n\n", markdown::text(&design.title));
    for (title, heads, rows) in [
        ("From sentences to the design", &["Id", "Became", "Sentence", "Produced"][..], &statements),
        ("Assumptions", &["Id", "Fact", "Assumed"], &assumptions),
        ("From the design to its reasons", &["Element", "Name", "Because of"], &back),
    ] {
        if !rows.is_empty() {
            out += &format!("## {title}\n\n{}", markdown::table(heads, rows));
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// The most elements that the page names beside a sentence; the rest stands in the file for spreadsheets.
const MOST_MADE: usize = 12;

fn word(status: requirements::StatementStatus) -> String {
    match status {
        requirements::StatementStatus::Used => "used",
        requirements::StatementStatus::SetAside => "set aside",
        requirements::StatementStatus::NotUnderstood => "not understood",
    }
    .to_owned()
}

fn joined(evidence: &[Reason]) -> String {
    evidence.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

pub(crate) fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = heads.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        out += &cells.join(",");
        out += "\r\n";
    }
    out
}

/// A cell in quotes where it needs them. A cell that a spreadsheet would take for a formula starts with an apostrophe.
fn quoted(cell: &str) -> String {
    let clean: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let safe = if clean.starts_with(['=', '+', '-', '@']) { format!("'{clean}") } else { clean };
    if safe.contains([',', '"', '\'']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formula() {
        for (raw, want) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("two\nlines", "two lines"),
        ] {
            assert_eq!(quoted(raw), want);
        }
    }
}
