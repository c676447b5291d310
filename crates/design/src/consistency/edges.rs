//! Where something leaves a transaction or arrives more than once: only there is anything put.

use super::Ground;
use crate::model::Edge;
use knowledge::Gather as _;
use requirements::{Evidence, Reason, add_reason};
use std::collections::BTreeSet;

/// The edges of a design.
pub(super) fn edges(ground: &Ground) -> Vec<Edge> {
    let settled = ground.settled;
    let mut list = Edges { ground, edges: Vec::new() };
    for operation in &settled.api.operations {
        if let Some(need) = operation.needs.iter().find(|need| need.kind == "idempotency-key") {
            list.add("client", &[], "client", &operation.id, &need.because, &operation.evidence);
        }
    }
    for module in ground.modules {
        for other in &module.depends_on {
            let Some(other) = ground.modules.iter().find(|known| known.id == *other) else { continue };
            let apart: &[&str] = if module.deployable == other.deployable { &[] } else { &["apart"] };
            list.add("module", apart, &module.name, &other.name, "", &module.evidence);
        }
    }
    let decided = |slot: &str| settled.decision(slot).filter(|decision| decision.chosen != "none");
    if let Some(decision) = decided("messaging") {
        list.add("queue", &[], &writers(ground), "background work", "", &decision.evidence);
    }
    if let Some(paid) = paid(ground) {
        list.add("payment", &[], "application", "payment provider", "", paid);
    }
    if let Some(decision) = decided("notifications") {
        list.add("message", &[], "background work", "provider of messages", "", &decision.evidence);
    }
    let told =
        settled.api.events.iter().find(|event| event.channels.iter().any(|channel| channel == "webhook"));
    if let Some(event) = told {
        list.add("partner", &[], "background work", "partner", "", &event.evidence);
    }
    list.edges
}

/// Why payments are made through the system, where they are: then the table of the messages received is there.
pub(super) fn paid<'a>(ground: &Ground<'a>) -> Option<&'a Evidence> {
    let provider = ground.settled.chosen("payments") == "hosted-provider";
    let tables = &ground.settled.database.tables;
    let mut inbox =
        tables.iter().filter(|table| table.entity.is_empty() && table.name.starts_with("received_messages"));
    // The same table serves a broker; what is paid rests on what the text says of payments.
    let signals = ground.settled.analysis.requirements.signals.iter();
    let said: Evidence =
        signals.filter(|signal| signal.id == "payments").flat_map(|signal| signal.evidence.clone()).collect();
    let paid = inbox.find(|table| {
        !table.evidence.is_empty() && table.evidence.iter().all(|reason| said.contains(reason))
    });
    paid.filter(|_| provider).map(|table| &table.evidence)
}

/// What writes background work: the operations whose statements ask for it or whose answer does not wait for it, those whose
/// change is told, and the clock where nobody's command causes it.
fn writers(ground: &Ground) -> String {
    let api = ground.settled.api;
    let asked = knowledge::storage_words("background-signals");
    let signals = ground.settled.analysis.requirements.signals.iter();
    let statements: BTreeSet<&Reason> = signals
        .filter(|signal| asked.contains(&signal.id.as_str()))
        .flat_map(|signal| &signal.evidence)
        .gather();
    let broker = ground.settled.chosen("messaging") != "postgres-jobs";
    let mut found: Vec<&str> = Vec::new();
    let mut unheard = statements.clone();
    for operation in
        api.operations.iter().filter(|operation| operation.method != "GET" && operation.action != "upload")
    {
        // An operation that a rule adds only speaks of what the statement speaks of, as whom it tells: nothing follows from it.
        let added = operation.evidence.contains(&Reason::rule("api-write"));
        let because: Vec<&Reason> =
            operation.evidence.iter().filter(|reason| !added && statements.contains(reason)).collect();
        let long = operation.needs.iter().any(|need| need.kind == "status-resource");
        let told = broker && api.events.iter().any(|event| event.producer == operation.id);
        if long || told || !because.is_empty() {
            found.push(&operation.id);
        }
        for reason in because {
            unheard.remove(reason);
        }
    }
    let provider = paid(ground).is_some();
    let clock = !unheard.is_empty() || found.is_empty() && !provider;
    found.extend(provider.then_some("the payment provider's messages"));
    found.extend(clock.then_some("the clock"));
    found.join(", ")
}

struct Edges<'a> {
    ground: &'a Ground<'a>,
    edges: Vec<Edge>,
}

impl Edges<'_> {
    fn add(&mut self, kind: &str, words: &[&str], from: &str, to: &str, because: &str, reasons: &Evidence) {
        let Some((row, mut evidence)) = self.ground.row(kind, words) else { return };
        for reason in reasons.iter().take(3) {
            add_reason(&mut evidence, reason.clone());
        }
        self.edges.push(Edge {
            id: format!("e{}", self.edges.len() + 1),
            kind: kind.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            puts: row.gives.split(' ').map(str::to_owned).collect(),
            mechanism: row.mechanism.to_owned(),
            because: if because.is_empty() { row.because } else { because }.to_owned(),
            evidence,
        });
    }
}
