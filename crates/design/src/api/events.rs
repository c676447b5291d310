//! What others are told when it has happened: partners by webhook, other parts of the system by a broker, people who
//! look at a page by a stream. Without anybody to tell there are no events.

use crate::decisions;
use crate::model::{Decision, Event, Operation};
use crate::naming::{self, Scope};
use requirements::{ActorKind, Analysis, Evidence, Reason, add_reason};

/// The events of a system.
pub(super) fn events(analysis: &Analysis, decisions: &[Decision], operations: &[Operation]) -> Vec<Event> {
    let told = told(analysis, decisions);
    if told.is_empty() {
        return Vec::new();
    }
    let mut names = Scope::default();
    operations
        .iter()
        .filter(|operation| !operation.entity.is_empty())
        .filter_map(|operation| {
            let what = if operation.leads_to.is_empty() {
                match operation.action.as_str() {
                    "create" => "created".to_owned(),
                    "update" => "changed".to_owned(),
                    "delete" => "deleted".to_owned(),
                    _ => return None,
                }
            } else {
                naming::snake(&operation.leads_to).replace('_', "-")
            };
            let subject = naming::snake(&operation.entity).replace('_', "-");
            let subject = if subject.is_empty() { "record" } else { &subject };
            let what = if what.is_empty() { "moved" } else { &what };
            let mut evidence: Evidence = Evidence::new();
            for reason in told.iter().flat_map(|told| &told.evidence).chain(&operation.evidence) {
                add_reason(&mut evidence, reason.clone());
            }
            Some(Event {
                id: names.take_joined(&format!("{subject}.{what}"), "record"),
                entity: operation.entity.clone(),
                producer: operation.id.clone(),
                consumers: told.iter().flat_map(|told| told.who.clone()).collect(),
                channels: told.iter().map(|told| told.channel.to_owned()).collect(),
                evidence,
            })
        })
        .collect()
}

/// Somebody who is told, and how.
struct Told {
    channel: &'static str,
    who: Vec<String>,
    evidence: Evidence,
}

fn told(analysis: &Analysis, decisions: &[Decision]) -> Vec<Told> {
    let mut told = Vec::new();
    let signal = |id: &str| analysis.requirements.signals.iter().find(|signal| signal.id == id);
    // A partner is a program outside that the text lets act, in a system that is open to such programs.
    if let Some(open) = signal("public-api") {
        let partners: Vec<_> =
            analysis.requirements.actors.iter().filter(|actor| actor.kind == ActorKind::System).collect();
        let mut evidence = open.evidence.clone();
        for reason in partners.iter().flat_map(|partner| &partner.evidence) {
            add_reason(&mut evidence, reason.clone());
        }
        let who = partners.iter().map(|partner| partner.name.clone()).collect::<Vec<_>>();
        let who = if who.is_empty() { vec!["partner".to_owned()] } else { who };
        told.push(Told { channel: "webhook", who, evidence });
    }
    let chosen = |slot: &str| decisions.iter().find(|decision| decision.slot == slot);
    let because = |decision: &Decision| {
        if decision.evidence.is_empty() {
            vec![Reason::rule(format!("{}-events", decision.slot))]
        } else {
            decision.evidence.clone()
        }
    };
    if let Some(decision) =
        chosen("messaging").filter(|decision| matches!(decision.chosen.as_str(), "rabbitmq" | "kafka"))
    {
        told.push(Told { channel: "broker", who: vec!["worker".to_owned()], evidence: because(decision) });
    }
    if let Some(decision) =
        chosen("realtime").filter(|_| matches!(decisions::chosen(decisions, "realtime"), "sse" | "websocket"))
    {
        told.push(Told {
            channel: "stream",
            who: vec!["web client".to_owned()],
            evidence: because(decision),
        });
    }
    told
}
