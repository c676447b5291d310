//! The interface.

use super::page::Page;
use super::{MOST_ROWS, chosen};
use crate::markdown::{code, reasons, text};
use crate::units::number;
use design::{Design, Operation};
use std::collections::BTreeMap;

/// The lines of operations that are shown; what follows has the rest of the section.
const MOST_SHOWN: usize = 34;

pub(super) fn api(design: &Design, page: &mut Page) {
    if design.api.operations.is_empty() {
        return;
    }
    let style = chosen(design, "api").map_or("REST", |decision| decision.name.as_str());
    page.say(&format!(
        "{} operations; style: {}. The whole contract stands in {}.",
        design.api.operations.len(),
        text(style),
        code("api/openapi.yaml")
    ));
    let mut roles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for grant in &design.security.authorization {
        let whose = if grant.reaches_all() { String::new() } else { format!(" ({})", grant.whose()) };
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
    page.begun("", &["Operation", "What it does", "Who", "Particulars", "Because of"], &rows, MOST_SHOWN);
    let lists = design.api.operations.iter().filter(|operation| operation.is_list()).count();
    if lists > 0 {
        page.say(&format!(
            "{lists} of them are lists, paged by cursor, with a filter or sort only where an index makes it cheap."
        ));
    }
    left_out(design, page);
    limits(design, page);
    problems(design, page);
    events(design, page);
    page.say("What breaks a client gets a new version in the path, while the old one answers with Deprecation (RFC 9745) at once and Sunset (RFC 8594) with the date of its end.");
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
            "client-id" => "its id may come from the device",
            "if-match" => "If-Match",
            "reason" => "a reason in the body",
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

fn left_out(design: &Design, page: &mut Page) {
    // What is missing because nothing asks for it is said in one sentence; what the text speaks of, by its reason.
    let (spoken_of, unasked): (Vec<_>, Vec<_>) = design.api.left_out.iter().partition(|left| left.spoken_of);
    let rows: Vec<Vec<String>> = spoken_of
        .iter()
        .take(MOST_ROWS)
        .map(|left| {
            vec![text(&left.entity), text(&left.action), text(&left.because), reasons(&left.evidence)]
        })
        .collect();
    page.table(
        "Not offered, though the text speaks of it",
        &["Records", "Action", "Why", "Because of"],
        &rows,
    );
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
        page.say(&format!(
            "Deliberately left out, because nothing in the text asks for it: {}.",
            unasked.join("; ")
        ));
    }
}

/// How much one caller may ask, from the same peak that the instances are sized for.
fn limits(design: &Design, page: &mut Page) {
    let rows: Vec<Vec<String>> = design
        .api
        .limits
        .iter()
        .map(|limit| {
            vec![
                text(&limit.caller),
                format!("{} in {} s", number(f64::from(limit.requests)), limit.window),
                code(&limit.formula),
                limit.inputs.iter().map(|input| code(input)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    page.introduced(
        "Rate limits",
        "Beyond it: 429 with Retry-After.",
        &["Caller", "Requests", "Formula", "From the figure"],
        &rows,
    );
}

fn problems(design: &Design, page: &mut Page) {
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
    page.table(
        "Errors, as problem details (RFC 9457)",
        &["Problem", "Meaning", "What a caller does", "Can succeed later"],
        &rows,
    );
}

fn events(design: &Design, page: &mut Page) {
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
    page.introduced(
        "Events",
        "In the envelope of CloudEvents 1.0, delivered at least once; the id tells repetitions, and the subject is the key by which events of one record keep their order.",
        &["Event", "Caused by", "Told to", "By", "Because of"],
        &rows,
    );
}
