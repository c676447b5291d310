//! Who sends what to whom: the one list that the picture, the network policies and the threats are made from.

use crate::model::{Component, Flow};
use crate::settled::Settled;

/// The flows between the parts of a design.
pub(super) fn flows(settled: &Settled, components: &[Component]) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    let zone = |id: &str| components.iter().find(|part| part.id == id).map(|part| part.zone.as_str());
    let mut add = |from: &str, to: &str, protocol: &str, identity: &str| {
        let (Some(source), Some(target)) = (zone(from), zone(to)) else { return };
        let evidence = components
            .iter()
            .find(|part| part.id == if source == "client" { from } else { to })
            .map(|part| part.evidence.clone())
            .unwrap_or_default();
        flows.push(Flow {
            id: format!("f{}", flows.len() + 1),
            from: from.to_owned(),
            to: to.to_owned(),
            protocol: protocol.to_owned(),
            identity: identity.to_owned(),
            crosses: source != target,
            evidence,
        });
    };
    let session = match settled.chosen("authentication") {
        "oidc-tokens" => "access token of the person",
        "device-certificates" => "certificate of the device, session cookie of a person",
        "none" => "none",
        _ => "session cookie",
    };
    let realtime = match settled.chosen("realtime") {
        "websocket" => "HTTPS and WebSocket, 443",
        "sse" => "HTTPS with event stream, 443",
        _ => "HTTPS, 443",
    };
    for part in components.iter().filter(|part| part.id.starts_with("client-")) {
        let identity = if part.zone == "external" { "client credentials of the system" } else { session };
        add(&part.id, "edge", realtime, identity);
    }
    add("edge", "api", "HTTP, 8080", "network position");
    let engine = settled.chosen("database");
    let port = knowledge::ENGINES.iter().find(|row| row.id == engine).map_or(0, |row| row.port);
    // On one machine nothing leaves the network of its containers, and the file that starts them sets up no certificates.
    let way = if settled.chosen("deployment") == "single-vm" { "within the machine" } else { "over TLS" };
    let protocol =
        if port == 0 { "file access".to_owned() } else { format!("{engine} protocol {way}, {port}") };
    for from in ["api", "worker"] {
        add(from, "database", &protocol, "role app, password from the secret store");
        add(from, "cache", &format!("cache protocol {way}"), "password from the secret store");
        add(from, "broker", &format!("broker protocol {way}"), "user with rights on its own queues");
        add(from, "search", "HTTPS", "API key for its own index");
    }
    add("api", "files", "HTTPS, presigned for one object", "access key of the application");
    add("api", "payments", "HTTPS", "secret key of the provider");
    add("payments", "edge", "HTTPS webhook", "signature over body and time");
    let sender = if components.iter().any(|part| part.id == "worker") { "worker" } else { "api" };
    add(sender, "notifications", "HTTPS", "secret key of the provider");
    add("api", "identity", "HTTPS", "client secret");
    flows
}
