//! The rows on what can go wrong, as far as they apply to a design, with its names put in.

use crate::deployment::value;
use crate::figures::{duration, filled, many, shown};
use crate::model::{Column, Component, Concern, Deployment, Flow, Grant, Threat};
use crate::settled::Settled;
use knowledge::Gather as _;
use requirements::{Evidence, Reason};
use std::collections::BTreeSet;

/// The rows of a group that apply to a design.
pub(crate) fn concerns(
    settled: &Settled,
    deployment: &Deployment,
    grants: &[Grant],
    group: &'static str,
) -> Vec<Concern> {
    let columns = || settled.database.tables.iter().flat_map(|table| &table.columns);
    let count = |number: usize| number.to_string();
    let roles: BTreeSet<&str> = grants.iter().map(|grant| grant.role.as_str()).gather();
    let name = |slot: &str| settled.decision(slot).map(|decision| decision.name.clone()).unwrap_or_default();
    let scoped = grants.iter().filter(|grant| grant.is_limited()).count();
    let (scoped, scoping) = if scoped == 0 {
        (
            "No grant of the matrix is limited to some of the records.".to_owned(),
            "Who may read a sort of record reads all of it; the text has to say whose a record is before that can be less.",
        )
    } else {
        (
            format!("{scoped} grants of the matrix are limited to a scope."),
            "The scope is part of each query; a negative test for each row asks for somebody else's record and wants 404.",
        )
    };
    let waiting = ["JobsWaiting", "QueueGrowing", "ConsumerLag"]
        .into_iter()
        .find(|id| deployment.alerts.iter().any(|alert| alert.id == *id))
        .unwrap_or("DeadLetters");
    let (reads, cpus) =
        (settled.facts.number("reads.peak"), settled.facts.number("database.cpus.needed").min(64.0));
    let each = knowledge::number("limit.vcpu.reads").map_or(0.0, |row| row.value);
    let answered = if reads > 0.0 { (cpus * each / reads).min(1.0) } else { 1.0 };
    let uncached = if answered < 1.0 {
        format!(
            "Answers are slower, and at the peak {} of 100 reads get one; none is wrong.",
            shown((answered * 100.0).floor())
        )
    } else {
        "Answers are slower; none is wrong.".to_owned()
    };
    let mut alerts = deployment.alerts.iter().map(|alert| alert.id.as_str());
    let errors =
        alerts.find(|id| *id == "ErrorsSeen" || id.starts_with("ErrorBudgetBurn")).unwrap_or("ErrorsSeen");
    let ids = match columns().find(|column| column.name == "id").map(|column| column.kind.as_str()) {
        Some("uuid") => "ids are UUIDs, which nobody guesses",
        _ => "ids count up, so they hide nothing: what a caller may not read is refused by the matrix",
    };
    let values = [
        ("uncached", uncached),
        ("scoped", scoped),
        ("scoping", scoping.to_owned()),
        ("classified", count(columns().filter(|column| column.class != "internal").count())),
        ("lists", count(settled.api.operations.iter().filter(|operation| operation.is_list()).count())),
        ("errors", errors.to_owned()),
        ("automated", automated(settled)),
        ("hardened", hardened(settled).to_owned()),
        ("scan", scanned(settled).to_owned()),
        ("ids", ids.to_owned()),
        ("erased", erased(settled)),
        ("operations", many(settled.api.operations.len(), "operation")),
        ("roles", many(roles.len(), "role")),
        ("authentication", name("authentication")),
        ("deployment", name("deployment")),
        ("recovery", duration(deployment.recovery.time)),
        ("pool", shown(value(&deployment.figures, "timeout.pool"))),
        ("statement", shown(value(&deployment.figures, "timeout.statement"))),
        ("waiting", waiting.to_owned()),
        ("gdpr", gdpr(settled).to_owned()),
        ("processors", processors(deployment)),
    ];
    let there = |id: &str| id.is_empty() || deployment.components.iter().any(|part| part.id == id);
    knowledge::CONCERNS
        .iter()
        .filter(|row| row.group == group && there(row.subject))
        .filter_map(|row| {
            let evidence = settled.when(row.when)?;
            Some(Concern {
                id: row.id.to_owned(),
                subject: row.subject.to_owned(),
                category: filled(row.category, &values),
                text: filled(row.text, &values),
                answer: filled(row.answer, &values),
                reference: filled(row.reference, &values),
                evidence: or_rule(evidence, group),
            })
        })
        .collect()
}

/// Which of the two laws of that name a text speaks of: they have the same articles and other authorities.
fn gdpr(settled: &Settled) -> &'static str {
    let said = |when: &str| settled.when(when).is_some();
    match (said("regulation.gdpr"), said("regulation.uk-gdpr or regulation.data-protection-act-2018")) {
        (true, true) => "EU and UK GDPR",
        (false, true) => "UK GDPR",
        _ => "EU GDPR",
    }
}

/// The parts that others run and that are given personal data.
fn processors(deployment: &Deployment) -> String {
    let parts = deployment.components.iter();
    let others = parts.filter(|part| part.zone == "external" && !part.technology.is_empty());
    others.map(|part| part.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn or_rule(evidence: Evidence, rule: &'static str) -> Evidence {
    if evidence.is_empty() { vec![Reason::rule(rule)] } else { evidence }
}

/// What keeps what is shown with a request from being of use to others.
fn held(identity: &str) -> &'static str {
    if identity.contains("signature") {
        "The signature over body and time is checked before the body is read; an old or a known one is refused."
    } else if identity.contains("certificate") {
        "The key of a certificate never leaves its device; the cookie is HttpOnly, Secure and SameSite=Lax, and ends when idle and at sign-out."
    } else if identity.contains("token") || identity.contains("credentials") {
        "The token lives minutes, is bound to its audience and is not renewed once its holder is shut out."
    } else {
        "The cookie is HttpOnly, Secure and SameSite=Lax, gets a new id at sign-in, and ends when idle and at sign-out."
    }
}

/// What the text asks for that programs would do in the place of people.
fn automated(settled: &Settled) -> String {
    let parts = [
        ("payments!=none", "paying"),
        ("signal.flash-sale", "booking what is scarce"),
        ("notifications!=none", "sending messages"),
    ];
    let held = parts.iter().filter(|(when, _)| settled.when(when).is_some()).map(|(_, what)| *what);
    held.collect::<Vec<_>>().join(", ")
}

/// How the containers of the application are closed, as far as the files of the target say.
fn hardened(settled: &Settled) -> &'static str {
    match settled.chosen("deployment") {
        "kubernetes" => "pods run without root, without capabilities and with a read-only disk",
        "managed-containers" => "the image runs without root, and the platform keeps containers apart",
        _ => {
            "the containers of the application run without root, without capabilities and with a read-only disk; edge and database run as their images do"
        }
    }
}

/// What is said of the scan of files: only what something does.
fn scanned(settled: &Settled) -> &'static str {
    if settled.chosen("messaging") == "none" {
        "the request that first asks for it has it scanned, and a file that is not clean is not given out"
    } else {
        "a job scans what arrived, and a file that is not clean is not given out"
    }
}

/// What is done when a person asks for data or its deletion.
fn erased(settled: &Settled) -> String {
    let about = |column: &Column| matches!(column.class.as_str(), "personal" | "sensitive");
    let tables = settled.database.tables.iter().filter(|table| table.columns.iter().any(about));
    let named: Vec<&str> = tables.map(|table| table.name.as_str()).collect();
    if named.is_empty() {
        return "No column is classed personal: names in free text have to be looked for".to_owned();
    }
    format!(
        "The columns classed personal or sensitive in security/classification.csv are exported, and overwritten to erase: rows that others refer to stay. Tables: {}",
        named.join(", ")
    )
}

/// An answer with the requirement that it meets.
fn answered(answer: &str, reference: &str) -> String {
    format!("{}; ASVS 5.0.0 {reference}", answer.trim_end_matches('.'))
}

/// The threats to each flow that crosses a border of trust, and those of abuse, numbered after those that are known.
pub(crate) fn threats(settled: &Settled, deployment: &Deployment, grants: &[Grant], known: &mut Vec<Threat>) {
    let part = |id: &str| {
        deployment.components.iter().find(|part| part.id == id).map(|part: &Component| part.name.clone())
    };
    let mut found = Vec::new();
    // Flows into the same part that show the same are threatened alike: each threat is told once, for all who send.
    let alike = |one: &Flow, other: &Flow| (&one.to, &one.identity) == (&other.to, &other.identity);
    let crossing: Vec<&Flow> = deployment.flows.iter().filter(|flow| flow.crosses).collect();
    for (at, flow) in crossing.iter().enumerate() {
        if crossing[..at].iter().any(|known| alike(known, flow)) {
            continue;
        }
        let senders: Vec<String> =
            crossing[at..].iter().filter(|one| alike(one, flow)).filter_map(|one| part(&one.from)).collect();
        let Some(to) = part(&flow.to).filter(|_| !senders.is_empty()) else { continue };
        let values = [
            ("from", senders.join(", ")),
            ("to", to),
            ("identity", flow.identity.clone()),
            ("held", held(&flow.identity).to_owned()),
            ("scan", scanned(settled).to_owned()),
        ];
        for row in knowledge::CONCERNS.iter().filter(|row| row.group == "flow" && row.subject == flow.to) {
            let Some(evidence) = settled.when(row.when) else { continue };
            let mut evidence = or_rule(evidence, "flow");
            evidence.extend(flow.evidence.iter().take(1).cloned());
            evidence.dedup();
            found.push((
                row.category.to_owned(),
                flow.id.clone(),
                filled(row.text, &values),
                answered(&filled(row.answer, &values), row.reference),
                evidence,
            ));
        }
    }
    for concern in concerns(settled, deployment, grants, "abuse") {
        let control = answered(&concern.answer, &concern.reference);
        found.push((
            format!("abuse: {}", concern.category),
            concern.id,
            concern.text,
            control,
            concern.evidence,
        ));
    }
    for (category, target, threat, control, evidence) in found {
        let id = format!("t{}", known.len() + 1);
        known.push(Threat { id, category, target, threat, control, evidence });
    }
}
