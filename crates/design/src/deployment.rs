//! Step 6: where the system runs. Every part follows from a decision; nothing runs that no decision chose.

use crate::facts::Facts;
use crate::model::{Component, Decision, Deployment};
use requirements::{ActorKind, Analysis};

/// The running parts of a design.
pub(crate) fn deployment(analysis: &Analysis, facts: &Facts, decisions: &[Decision]) -> Deployment {
    let mut components = Vec::new();
    for actor in analysis.requirements.actors.iter().filter(|actor| actor.kind != ActorKind::Time).take(6) {
        let zone = if actor.kind == ActorKind::System { "external" } else { "client" };
        components.push(Component {
            id: format!("client-{}", actor.id),
            name: actor.name.clone(),
            zone: zone.to_owned(),
            instances: 0,
            technology: String::new(),
            decision: String::new(),
            evidence: actor.evidence.clone(),
        });
    }
    let single = decision(decisions, "deployment").is_some_and(|decision| decision.chosen == "single-vm");
    let needed = facts.number("instances.needed").max(1.0) as u32;
    // One instance more than the load needs, so that one may fail or be replaced; not where an outage is accepted.
    let instances = if single { 1 } else { needed.saturating_add(1).max(2) };
    let mut add = |slot: &str, id: &str, name: &str, zone: &str, instances: u32| {
        if let Some(decision) = decision(decisions, slot).filter(|decision| decision.chosen != "none") {
            components.push(Component {
                id: id.to_owned(),
                name: name.to_owned(),
                zone: zone.to_owned(),
                instances,
                technology: decision.name.clone(),
                decision: slot.to_owned(),
                evidence: decision.evidence.clone(),
            });
        }
    };
    add("architecture", "api", "Application", "compute", instances);
    add("messaging", "worker", "Background work", "compute", 1);
    add("database", "database", "Database", "data", if single { 1 } else { 2 });
    add("cache", "cache", "Cache", "data", 1);
    add("search", "search", "Search", "data", 1);
    add("files", "files", "Files", "data", 1);
    add("payments", "payments", "Payments", "external", 1);
    add("notifications", "notifications", "Messages to people", "external", 1);
    add("authentication", "identity", "Sign-in", "external", 1);
    // Search and jobs inside the database are no parts of their own.
    components.retain(|component| {
        let chosen = decision(decisions, &component.decision).map_or("", |decision| decision.chosen.as_str());
        !matches!(chosen, "postgres-fts")
    });
    let environments = if single {
        vec!["development".to_owned(), "production".to_owned()]
    } else {
        vec!["development".to_owned(), "staging".to_owned(), "production".to_owned()]
    };
    Deployment { components, environments }
}

fn decision<'a>(decisions: &'a [Decision], slot: &str) -> Option<&'a Decision> {
    decisions.iter().find(|decision| decision.slot == slot)
}
