//! Step 7: in which order the system is built. A walking skeleton first, then one slice for each entity in the order
//! of its references, then what makes it fit for use.

use crate::effort::Effort;
use crate::model::{Api, Database, Decision, Risk, Roadmap, Task};
use requirements::{Analysis, Evidence, Reason};
use std::collections::BTreeMap;

/// Plans the work.
pub(crate) fn roadmap(
    analysis: &Analysis,
    api: &Api,
    database: &Database,
    decisions: &[Decision],
    effort: &Effort,
) -> Roadmap {
    if database.tables.is_empty() {
        return Roadmap::default();
    }
    let mut plan = Plan { tasks: Vec::new(), spread: effort.spread };
    let skeleton = plan.add(
        "Walking skeleton: one request through API, database and pipeline",
        "Skeleton",
        &[],
        "A request that reads one row answers in an environment that is deployed by the pipeline.",
        effort.days(&["skeleton", "infrastructure", "service", "operation"], ""),
        vec![Reason::rule("walking-skeleton")],
    );
    let signs_in =
        decisions.iter().find(|decision| decision.slot == "authentication" && decision.chosen != "none");
    let access = signs_in.map(|decision| {
        plan.add(
            "Sign-in and roles",
            "Skeleton",
            std::slice::from_ref(&skeleton),
            "A caller without the role gets 403, one without a session 401.",
            effort.days(&["sign-in", "sso", "tenancy"], ""),
            decision.evidence.clone(),
        )
    });
    let base: Vec<String> = access.into_iter().chain([skeleton]).take(1).collect();
    let mut done: BTreeMap<&str, String> = BTreeMap::new();
    for table in database.tables.iter().filter(|table| !table.entity.is_empty()) {
        let operations = api.operations.iter().filter(|operation| operation.entity == table.entity).count();
        let mut after: Vec<String> = base.clone();
        after.extend(
            table.foreign_keys.iter().filter_map(|key| done.get(key.references.table.as_str()).cloned()),
        );
        after.dedup();
        let id = plan.add(
            &table.entity,
            "Slices",
            &after,
            &format!("{operations} operations on {} pass their contract tests.", table.name),
            effort.days(&[], &table.entity),
            table.evidence.clone(),
        );
        done.insert(&table.name, id);
    }
    let slices: Vec<String> = done.values().cloned().collect();
    let capabilities = [
        ("payments", "Payments"),
        ("notifications", "Notifications"),
        ("files", "Files"),
        ("search", "Search"),
        ("realtime", "Real-time updates"),
        ("analytics", "Reports"),
        ("geo", "Geography"),
    ];
    let mut last = Vec::new();
    let systems =
        analysis.requirements.actors.iter().filter(|actor| actor.kind == requirements::ActorKind::System);
    let present = analysis.requirements.constraints.iter();
    let present = present
        .filter(|constraint| constraint.kind.starts_with("existing-"))
        .filter_map(|constraint| Reason::try_from(constraint.statement.clone()).ok());
    let works = [
        (
            "external",
            "Connections to other systems",
            "Each answers in staging, and its failure is shown and alerted.",
            systems.filter_map(|actor| actor.evidence.first().cloned()).collect::<Evidence>(),
        ),
        (
            "migration",
            "Taking over existing data",
            "A rehearsal with a copy of the present data ends with the same counts and sums.",
            present.collect(),
        ),
    ];
    for (row, title, exit, evidence) in works.into_iter().filter(|(.., evidence)| !evidence.is_empty()) {
        last.push(plan.add(title, "Capabilities", &slices, exit, effort.days(&[row], ""), evidence));
    }
    for (slot, title) in capabilities {
        if let Some(decision) =
            decisions.iter().find(|decision| decision.slot == slot && decision.chosen != "none")
        {
            last.push(plan.add(
                title,
                "Capabilities",
                &slices,
                &format!("{} works in staging with {}.", title, decision.name),
                effort.days(&[slot], ""),
                decision.evidence.clone(),
            ));
        }
    }
    let after = if last.is_empty() { slices } else { last };
    plan.add("Load test, restore drill, alerts", "Readiness", &after, "The load test meets the latency target at the peak of the capacity sheet, and a restored backup answers.", effort.days(&["observability", "readiness", "security-review"], ""), vec![Reason::rule("readiness")]);
    Roadmap { tasks: plan.tasks, risks: risks(analysis, decisions) }
}

struct Plan {
    tasks: Vec<Task>,
    spread: f64,
}

impl Plan {
    fn add(
        &mut self,
        title: &str,
        phase: &str,
        after: &[String],
        exit: &str,
        days: f64,
        evidence: Evidence,
    ) -> String {
        let id = format!("w{}", self.tasks.len() + 1);
        self.tasks.push(Task {
            id: id.clone(),
            title: title.to_owned(),
            phase: phase.to_owned(),
            after: after.to_vec(),
            exit: exit.to_owned(),
            days_p50: (days * 10.0).round() / 10.0,
            days_p90: (days * self.spread * 10.0).round() / 10.0,
            evidence,
        });
        id
    }
}

fn risks(analysis: &Analysis, decisions: &[Decision]) -> Vec<Risk> {
    let mut risks = Vec::new();
    let assumed =
        |subject: &str| analysis.assumptions.iter().find(|assumption| assumption.subject == subject);
    if let Some(assumption) = assumed("users.daily") {
        risks.push(Risk {
            risk: format!("The load is assumed ({} people a day), not stated.", assumption.value),
            trigger:
                "The first month's figures differ from the capacity sheet by more than a factor of three."
                    .to_owned(),
            mitigation: "Ask before the first slice; the limits table says what the answer changes."
                .to_owned(),
            evidence: Reason::try_from(assumption.id.clone()).ok().into_iter().collect(),
        });
    }
    for decision in
        decisions.iter().filter(|decision| decision.slot == "payments" && decision.chosen != "none")
    {
        risks.push(Risk {
            risk: "The payment provider takes two to six weeks to accept the business.".to_owned(),
            trigger: "No live keys when the payments task starts.".to_owned(),
            mitigation: "Apply in the first week; build against the provider's test mode.".to_owned(),
            evidence: decision.evidence.clone(),
        });
    }
    let unclear: Vec<&requirements::Statement> = analysis
        .requirements
        .statements
        .iter()
        .filter(|statement| statement.status == requirements::StatementStatus::NotUnderstood)
        .collect();
    if let Some(first) = unclear.first() {
        risks.push(Risk {
            risk: match unclear.len() {
                1 => "One statement of the text is not covered by the design.".to_owned(),
                count => format!("{count} statements of the text are not covered by the design."),
            },
            trigger: "A reviewer finds a requirement there.".to_owned(),
            mitigation: "Read the list of what was not understood, and say it in other words.".to_owned(),
            evidence: Reason::try_from(first.id.clone()).ok().into_iter().collect(),
        });
    }
    risks
}
