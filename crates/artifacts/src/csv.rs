//! Tables for spreadsheets, after RFC 4180.

use design::Design;
use requirements::Reason;
use std::collections::BTreeMap;

/// `security/authorization.csv`: one row a role, resource and action.
pub(crate) fn authorization(design: &Design) -> String {
    let rows = design.security.authorization.iter().map(|grant| {
        vec![
            grant.role.clone(),
            grant.resource.clone(),
            grant.action.clone(),
            grant.scope.clone(),
            grant.operation.clone(),
            grant.owner.join(" > "),
            joined(&grant.evidence),
        ]
    });
    table(&["role", "resource", "action", "scope", "operation", "owner", "evidence"], rows)
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

/// `security/classification.csv`: one row a column with its class and controls.
pub(crate) fn classification(design: &Design) -> String {
    let rows = design.security.classified.iter().map(|field| {
        vec![field.table.clone(), field.column.clone(), field.class.clone(), field.controls.join("; ")]
    });
    table(&["table", "column", "class", "controls"], rows)
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
        vec![
            task.id.clone(),
            task.phase.clone(),
            task.title.clone(),
            task.after.join(" "),
            task.exit.clone(),
            task.days_p50.to_string(),
            task.days_p90.to_string(),
            joined(&task.evidence),
        ]
    });
    table(&["id", "phase", "title", "after", "done when", "days P50", "days P90", "evidence"], rows)
}

/// `traceability.csv`: each statement with what it produced.
pub(crate) fn traceability(design: &Design) -> String {
    let mut elements: Vec<(String, String, &[Reason])> = Vec::new();
    for actor in &design.requirements.actors {
        elements.push(("actor".to_owned(), actor.name.clone(), &actor.evidence));
    }
    for entity in &design.model.entities {
        elements.push(("entity".to_owned(), entity.name.clone(), &entity.evidence));
        for attribute in &entity.attributes {
            elements.push((
                "attribute".to_owned(),
                format!("{}: {}", entity.name, attribute.name),
                &attribute.evidence,
            ));
        }
    }
    for relation in &design.model.relations {
        elements.push((
            "relation".to_owned(),
            format!("{} {} {}", relation.from, relation.label, relation.to),
            &relation.evidence,
        ));
    }
    for operation in &design.api.operations {
        elements.push((
            "operation".to_owned(),
            format!("{} {}", operation.method, operation.path),
            &operation.evidence,
        ));
    }
    for decision in &design.decisions {
        elements.push((
            "decision".to_owned(),
            format!("{}: {}", decision.slot, decision.chosen),
            &decision.evidence,
        ));
    }
    for figure in &design.capacity {
        elements.push(("figure".to_owned(), figure.id.clone(), &figure.evidence));
    }
    // By statement, so that the cost grows with the statements and elements and not with their product.
    let mut produced: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (kind, name, evidence) in &elements {
        for reason in evidence.iter().filter(|reason| matches!(reason, Reason::Statement(_))) {
            produced.entry(reason.to_string()).or_default().push((kind, name));
        }
    }
    let mut rows = Vec::new();
    for statement in &design.requirements.statements {
        let why = statement.reason.as_deref().unwrap_or_default();
        let nothing = vec![("", why)];
        for (kind, name) in produced.get(&statement.id).unwrap_or(&nothing) {
            rows.push(vec![
                statement.id.clone(),
                word(statement.status),
                statement.text.clone(),
                (*kind).to_owned(),
                (*name).to_owned(),
            ]);
        }
    }
    table(&["statement", "status", "text", "element", "name"], rows.into_iter())
}

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

fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
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
