//! The running parts.

use crate::deployment::sizing::value;
use crate::model::{Component, Figure};
use crate::settled::Settled;
use requirements::{Actor, ActorKind};

/// The most actors that the picture of the parts shows.
const MOST_CLIENTS: usize = 6;

/// The running parts of a design, and those who use it.
pub(super) fn components(settled: &Settled, figures: &[Figure]) -> Vec<Component> {
    let mut components = Vec::new();
    let shown = |actor: &&Actor| match actor.kind {
        ActorKind::Time => false,
        ActorKind::System => settled.systems().any(|system| system.id == actor.id),
        ActorKind::Human | ActorKind::Device => true,
    };
    let actors = settled.analysis.requirements.actors.iter().filter(shown);
    for actor in actors.take(MOST_CLIENTS) {
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
    let single = matches!(settled.chosen("deployment"), "single-vm");
    let instances = value(figures, "replicas.min") as u32;
    let mut add = |slot: &str, id: &str, name: &str, zone: &str, instances: u32, technology: Option<&str>| {
        if let Some(decision) = settled.decision(slot).filter(|decision| decision.chosen != "none") {
            components.push(Component {
                id: id.to_owned(),
                name: name.to_owned(),
                zone: zone.to_owned(),
                instances,
                technology: technology.map_or_else(|| decision.name.clone(), str::to_owned),
                decision: slot.to_owned(),
                evidence: decision.evidence.clone(),
            });
        }
    };
    let edge = match settled.chosen("deployment") {
        "single-vm" => "Caddy: TLS and forwarding",
        "kubernetes" => "Ingress: TLS and forwarding",
        "on-premises" => "nginx: TLS and forwarding",
        _ => "The platform's load balancer: TLS and forwarding",
    };
    add("deployment", "edge", "Edge", "edge", 1, Some(edge));
    add("architecture", "api", "Application", "compute", instances, None);
    if settled.chosen("messaging") != "none" {
        add("messaging", "worker", "Background work", "compute", value(figures, "workers") as u32, None);
    }
    let engine = settled.chosen("database");
    let beside = (engine == "sqlite").then_some("SQLite, a file beside the application");
    add("database", "database", "Database", "data", if single || beside.is_some() { 1 } else { 2 }, beside);
    add("cache", "cache", "Cache", "data", 1, None);
    if matches!(settled.chosen("messaging"), "rabbitmq" | "kafka") {
        add("messaging", "broker", "Broker", "data", if single { 1 } else { 3 }, None);
    }
    // Search inside the database is no part of its own.
    if settled.chosen("search") == "search-engine" {
        add("search", "search", "Search", "data", 1, None);
    }
    if single && settled.chosen("observability") == "logs-and-uptime" {
        add(
            "observability",
            "metrics",
            "Metrics and alerts",
            "compute",
            1,
            Some("Prometheus with exporters"),
        );
    }
    add("files", "files", "Files", "data", 1, None);
    add("payments", "payments", "Payments", "external", 1, None);
    add("notifications", "notifications", "Messages to people", "external", 1, None);
    add("authentication", "identity", "Sign-in", "external", 1, None);
    components
}
