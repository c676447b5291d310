//! Who may do what, what is sensitive, what threatens it.

use super::page::Page;
use super::places;
use super::{MOST_ROWS, chosen};
use crate::diagrams;
use crate::markdown::{code, reasons, text};
use crate::records;
use design::Design;
use knowledge::Order as _;

pub(super) fn security(design: &Design, page: &mut Page) {
    if design.security.authorization.is_empty() {
        return;
    }
    if let Some(decision) = chosen(design, "authentication") {
        page.say(&format!(
            "Sign-in: {}, {} ({}).",
            text(&decision.name),
            text(&records::why(decision)),
            places::decided("authentication")
        ));
    }
    let engine = match chosen(design, "authorization").map(|decision| decision.chosen.as_str()) {
        Some("abac") => format!("As policies of Cedar: {}.", code("security/policies.cedar")),
        Some("rebac") => format!("As a model of OpenFGA: {}.", code("security/model.fga")),
        _ => String::new(),
    };
    page.introduced("Who may do what", &engine, &["Role", "Resource", "Actions"], &matrix(design));
    let ways: Vec<Vec<String>> = design
        .security
        .sign_in
        .iter()
        .map(|way| {
            let clients = if way.clients.is_empty() { "people".to_owned() } else { way.clients.join(", ") };
            vec![
                text(&clients),
                text(&way.flow),
                text(&way.credential),
                text(&way.lifetime),
                text(&way.ends),
                text(&way.recovery),
                format!("{} {}", places::decided("authentication"), reasons(&way.evidence)),
            ]
        })
        .collect();
    page.table(
        "Sign-in",
        &["Client", "Flow", "Shown with each request", "Holds", "Ended by", "When it is lost", "Because of"],
        &ways,
    );
    page.diagrams(&diagrams::sign_in(design));
    let duties: Vec<Vec<String>> = design
        .security
        .duties
        .iter()
        .map(|duties| {
            let roles = if duties.roles.is_empty() { "none".to_owned() } else { duties.roles.join(", ") };
            vec![
                text(&duties.resource),
                text(&format!("{} and {}", duties.first, duties.second)),
                text(&roles),
                text(&duties.control),
                reasons(&duties.evidence),
            ]
        })
        .collect();
    page.table(
        "Separation of duties",
        &["Resource", "Not by one person", "Roles with both rights", "Control", "Because of"],
        &duties,
    );
    let gaps: Vec<Vec<String>> = design
        .security
        .gaps
        .iter()
        .take(MOST_ROWS)
        .map(|gap| vec![text(&gap.missing), text(&gap.until), reasons(&gap.evidence)])
        .collect();
    page.table("What the text leaves open about rights", &["Not said", "Until it is", "Because of"], &gaps);
    let fields: Vec<Vec<String>> = design
        .security
        .classified
        .iter()
        .map(|field| {
            vec![
                code(&format!("{}.{}", field.table, field.column)),
                text(&field.class),
                text(&field.controls.join("; ")),
            ]
        })
        .collect();
    page.table("What needs protection", &["Column", "Class", "Controls"], &fields);
    let threats: Vec<Vec<String>> = design
        .security
        .threats
        .iter()
        .take(MOST_ROWS)
        .map(|threat| {
            vec![
                code(&threat.id),
                text(&threat.category),
                text(&threat.threat),
                text(&threat.control),
                with(&threatened(design, &threat.target), &threat.evidence),
            ]
        })
        .collect();
    page.table("Threats", &["Id", "Category", "Threat", "Answer", "Because of"], &threats);
    answers(design, page);
}

/// How the usual faults are answered, and what must stay secret.
fn answers(design: &Design, page: &mut Page) {
    for (title, concerns) in [
        ("OWASP API Security Top 10", &design.security.top_ten),
        ("Prompts of law and standards, for engineers and no legal advice", &design.security.compliance),
    ] {
        let rows: Vec<Vec<String>> = concerns
            .iter()
            .map(|concern| {
                let name = if concern.id.starts_with("API") {
                    format!("{} {}", concern.id, concern.category)
                } else {
                    concern.category.clone()
                };
                vec![
                    text(&name),
                    text(&concern.text),
                    text(&concern.answer),
                    text(&concern.reference),
                    with(&concerned(design, &concern.id), &concern.evidence),
                ]
            })
            .collect();
        page.table(title, &["Item", "Here", "Answer", "ASVS 5.0.0", "Because of"], &rows);
    }
    let secrets: Vec<Vec<String>> = design
        .security
        .secrets
        .iter()
        .map(|secret| {
            let days = if secret.days == 0 { "never".to_owned() } else { format!("{} days", secret.days) };
            vec![
                code(&secret.name),
                text(&secret.what),
                text(&secret.holder),
                text(&days),
                text(&secret.rotation),
                text(&secret.blast),
                with(&kept(design, &secret.name), &secret.evidence),
            ]
        })
        .collect();
    page.table(
        "Secrets",
        &["Secret", "What it is", "Held by", "Changed every", "How", "Who has it can", "Because of"],
        &secrets,
    );
}

/// The authorization matrix, one row a role and resource.
fn matrix(design: &Design) -> Vec<Vec<String>> {
    let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
    for grant in &design.security.authorization {
        let mut action = if grant.reaches_all() {
            grant.action.clone()
        } else {
            format!("{} ({})", grant.action, grant.whose())
        };
        if !grant.needed.is_empty() {
            action += &format!(" (needed {})", grant.needed);
        }
        match rows.iter_mut().find(|(role, resource, _)| *role == grant.role && *resource == grant.resource) {
            Some((_, _, actions)) => {
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
            None => rows.push((grant.role.clone(), grant.resource.clone(), vec![action])),
        }
    }
    rows.order();
    rows.into_iter()
        .map(|(role, resource, actions)| vec![text(&role), text(&resource), text(&actions.join(", "))])
        .collect()
}

/// Reasons with the way to the decision behind them.
fn with(decision: &str, evidence: &[requirements::Reason]) -> String {
    format!("{decision} {}", reasons(evidence)).trim().to_owned()
}

/// The decision for which there is what a threat is about: the part at the end of its flow, or that of a row on abuse.
fn threatened(design: &Design, target: &str) -> String {
    let flow = design.deployment.flows.iter().find(|flow| flow.id == target);
    flow.map_or_else(|| concerned(design, target), |flow| places::behind(design, "", &flow.to))
}

fn concerned(design: &Design, id: &str) -> String {
    let row = knowledge::CONCERNS.iter().find(|row| row.id == id);
    row.map_or_else(String::new, |row| places::behind(design, row.when, row.subject))
}

fn kept(design: &Design, name: &str) -> String {
    let row = knowledge::SECRETS.iter().find(|row| row.id == name);
    row.map_or_else(String::new, |row| places::behind(design, row.when, ""))
}
