//! The rows on what can go wrong, as far as they apply to a design, with its names put in.

use crate::deployment::value;
use crate::figures::{duration, filled, many, shown};
use crate::model::{Component, Concern, Deployment, Grant, Threat};
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
    let scoped = grants.iter().filter(|grant| grant.scope != "all" && grant.scope != "public").count();
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
    let values = [
        ("uncached", uncached),
        ("scoped", scoped),
        ("scoping", scoping.to_owned()),
        ("classified", count(columns().filter(|column| column.class != "internal").count())),
        (
            "lists",
            count(settled.api.operations.iter().filter(|operation| operation.action == "list").count()),
        ),
        ("operations", many(settled.api.operations.len(), "operation")),
        ("roles", many(roles.len(), "role")),
        ("authentication", name("authentication")),
        ("deployment", name("deployment")),
        ("recovery", duration(deployment.recovery.time)),
        ("request", shown(value(&deployment.figures, "timeout.request"))),
        ("statement", shown(value(&deployment.figures, "timeout.statement"))),
        ("waiting", waiting.to_owned()),
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
                category: row.category.to_owned(),
                text: filled(row.text, &values),
                answer: filled(row.answer, &values),
                reference: row.reference.to_owned(),
                evidence: or_rule(evidence, group),
            })
        })
        .collect()
}

fn or_rule(evidence: Evidence, rule: &'static str) -> Evidence {
    if evidence.is_empty() { vec![Reason::rule(rule)] } else { evidence }
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
    for flow in deployment.flows.iter().filter(|flow| flow.crosses) {
        let (Some(from), Some(to)) = (part(&flow.from), part(&flow.to)) else { continue };
        let values = [("from", from), ("to", to), ("identity", flow.identity.clone())];
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
