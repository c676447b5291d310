//! The interface.

use super::{MOST_ROWS, chosen};
use crate::markdown::{code, reasons, table, text};
use design::{Design, Operation};
use std::collections::BTreeMap;

pub(super) fn api(design: &Design) -> String {
    if design.api.operations.is_empty() {
        return String::new();
    }
    let style = chosen(design, "api").map_or("REST", |decision| decision.name.as_str());
    let mut out = format!(
        "{} operations; style: {}. The whole contract stands in {}.\n\n",
        design.api.operations.len(),
        text(style),
        code("api/openapi.yaml")
    );
    let mut roles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for grant in &design.security.authorization {
        let whose = if grant.scope == "all" { String::new() } else { format!(" ({})", grant.scope) };
        roles.entry(&grant.operation).or_default().push(format!("{}{whose}", grant.role));
    }
    let rows: Vec<Vec<String>> = design
        .api
        .operations
        .iter()
        .map(|operation| {
            vec![
                format!("{} {}", operation.method, code(&operation.path)),
                text(&operation.summary),
                roles.get(operation.id.as_str()).map_or("nobody".to_owned(), |roles| text(&roles.join(", "))),
                text(&particulars(operation)),
                reasons(&operation.evidence),
            ]
        })
        .collect();
    out += &table(&["Operation", "What it does", "Who", "Particulars", "Because of"], &rows);
    let lists = design.api.operations.iter().filter(|operation| operation.action == "list").count();
    if lists > 0 {
        out += &format!(
            "{lists} of them are lists, paged by cursor, with a filter or sort only where an index makes it cheap.\n\n"
        );
    }
    out += &left_out(design);
    out += &limits(design);
    out += &problems(design);
    out += &events(design);
    out += "What breaks a client gets a new version in the path, while the old one answers with Deprecation (RFC 9745) at once and Sunset (RFC 8594) with the date of its end.\n\n";
    out
}

/// What an operation needs beyond a plain request and answer, and the ways into a list.
fn particulars(operation: &Operation) -> String {
    let mut parts = Vec::new();
    if !operation.states.is_empty() {
        parts.push(format!("only when {}, else 409", operation.states.join(" or ")));
    }
    for need in &operation.needs {
        let name = match need.kind.as_str() {
            "idempotency-key" => "Idempotency-Key",
            "if-match" => "If-Match",
            _ => "202 with a status resource",
        };
        parts.push(format!("{name}: {}", need.because));
    }
    let names = |list: &[design::Access]| {
        list.iter().map(|access| access.name.clone()).collect::<Vec<_>>().join(", ")
    };
    if !operation.filters.is_empty() {
        parts.push(format!("filters: {}", names(&operation.filters)));
    }
    if !operation.sorts.is_empty() {
        parts.push(format!("sorts: {}", names(&operation.sorts)));
    }
    parts.join("; ")
}

fn left_out(design: &Design) -> String {
    // What is missing because nothing asks for it is said in one sentence; what the text rules out, by its reason.
    let (ruled_out, unasked): (Vec<_>, Vec<_>) =
        design.api.left_out.iter().partition(|left| left.because.contains("stay"));
    let mut out = String::new();
    let rows: Vec<Vec<String>> = ruled_out
        .iter()
        .take(MOST_ROWS)
        .map(|left| {
            vec![text(&left.entity), left.action.clone(), text(&left.because), reasons(&left.evidence)]
        })
        .collect();
    if !rows.is_empty() {
        out += "Not offered, because the text rules it out:\n\n";
        out += &table(&["Records", "Action", "Why", "Because of"], &rows);
    }
    let of = |action: &str| {
        let names: Vec<&str> = unasked
            .iter()
            .filter(|left| left.action == action)
            .map(|left| left.entity.as_str())
            .take(MOST_ROWS)
            .collect();
        (!names.is_empty()).then(|| format!("{action}: {}", text(&names.join(", "))))
    };
    let unasked: Vec<String> = ["update", "delete"].into_iter().filter_map(of).collect();
    if !unasked.is_empty() {
        out += &format!(
            "Deliberately left out, because nothing in the text asks for it: {}.\n\n",
            unasked.join("; ")
        );
    }
    out
}

fn limits(design: &Design) -> String {
    if design.api.limits.is_empty() {
        return String::new();
    }
    let limits: Vec<String> = design
        .api
        .limits
        .iter()
        .map(|limit| {
            format!(
                "a {} {} requests in {} s ({})",
                limit.caller,
                limit.requests,
                limit.window,
                text(&limit.formula)
            )
        })
        .collect();
    format!("Rate limits: {}; beyond that 429 with Retry-After.\n\n", limits.join(", "))
}

fn problems(design: &Design) -> String {
    let rows: Vec<Vec<String>> = design
        .api
        .problems
        .iter()
        .map(|problem| {
            vec![
                format!("{} {}", problem.status, code(&format!("/problems/{}", problem.id))),
                text(&problem.title),
                text(&problem.remedy),
                if problem.retryable { "yes" } else { "no" }.to_owned(),
            ]
        })
        .collect();
    format!(
        "Errors are problem details (RFC 9457):\n\n{}",
        table(&["Problem", "Meaning", "What a caller does", "Can succeed later"], &rows)
    )
}

fn events(design: &Design) -> String {
    if design.api.events.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<String>> = design
        .api
        .events
        .iter()
        .take(MOST_ROWS)
        .map(|event| {
            vec![
                code(&event.id),
                code(&event.producer),
                text(&event.consumers.join(", ")),
                event.channels.join(", "),
                reasons(&event.evidence),
            ]
        })
        .collect();
    format!(
        "Events, in the envelope of CloudEvents 1.0. The subject is the key: events of one record come in order. They are delivered at least once; the id tells repetitions. Fields are only ever added.\n\n{}",
        table(&["Event", "Caused by", "Told to", "By", "Because of"], &rows)
    )
}
