//! `api/asyncapi.yaml`: `AsyncAPI` 3, where the design has a broker or a stream to carry events.

use crate::openapi::names::{Names, plain};
use crate::openapi::schemas::{Records, Shape};
use crate::openapi::webhooks::{DELIVERY, EVOLUTION, envelope};
use crate::openapi::yaml;
use design::{Design, Event};
use requirements::capitalised;
use serde_json::{Map, json};

/// The events of a design as an `AsyncAPI` document; nothing where none is carried by a broker or a stream.
pub(crate) fn asyncapi(design: &Design) -> Option<String> {
    let events: Vec<&Event> = design
        .api
        .events
        .iter()
        .filter(|event| event.channels.iter().any(|channel| channel != "webhook"))
        .collect();
    if events.is_empty() {
        return None;
    }
    let names = Names::new(design);
    let chosen = |slot: &str| {
        let decision = design.decisions.iter().find(|decision| decision.slot == slot);
        decision.map_or("", |decision| decision.chosen.as_str())
    };
    let mut servers = Map::new();
    for (slot, option, protocol, host) in [
        ("messaging", "kafka", "kafka", "localhost:9092"),
        ("messaging", "rabbitmq", "amqp", "localhost:5672"),
        ("realtime", "sse", "https", "localhost:8443"),
        ("realtime", "websocket", "wss", "localhost:8443"),
    ] {
        if chosen(slot) == option {
            servers.insert(
                option.to_owned(),
                json!({ "host": "{host}", "protocol": protocol, "description": format!("The decision on {slot}."), "variables": { "host": { "default": host, "description": "Host and port." } } }),
            );
        }
    }
    let mut channels = Map::new();
    let mut operations = Map::new();
    let mut messages = Map::new();
    let mut schemas = Map::new();
    for event in events {
        let (Some(table), Some(schema)) = (names.table(&event.entity), names.schema(&event.entity)) else {
            continue;
        };
        let id: String = event.id.split(['.', '-']).map(capitalised).collect();
        let records = Records { table, moves: false, path: Vec::new() };
        schemas.entry(schema.to_owned()).or_insert_with(|| records.schema(Shape::Record));
        let data = json!({ "$ref": format!("#/components/schemas/{schema}") });
        let example = json!({
            "name": "usual",
            "payload": {
                "specversion": "1.0", "id": "01890a5d-ac96-774b-bcce-000000001001", "source": "/", "type": event.id,
                "subject": "1001", "time": "2026-03-14T09:30:00Z", "datacontenttype": "application/json",
                "data": records.example(Shape::Record, 1),
            },
        });
        messages.insert(
            id.clone(),
            json!({
                "name": event.id,
                "title": plain(&format!("{}: {}", event.entity, event.id)),
                "summary": format!("Caused by {}.", event.producer),
                "contentType": "application/cloudevents+json",
                "payload": envelope(&event.id, &data),
                "examples": [example],
                "x-key": "subject",
                "x-ordering": "by subject",
                "x-dedupe": "id",
                "x-producer": event.producer,
                "x-consumers": event.consumers.iter().map(|name| plain(name)).collect::<Vec<_>>(),
                "x-requirement": event.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }),
        );
        let channel = channels.entry(table.name.clone()).or_insert_with(|| {
            json!({
                "address": table.name.replace('_', "-"),
                "description": plain(&format!("What happens to the records of: {}.", event.entity)),
                "messages": {},
            })
        });
        channel["messages"][&id] = json!({ "$ref": format!("#/components/messages/{id}") });
        operations.insert(
            format!("send{id}"),
            json!({
                "action": "send",
                "channel": { "$ref": format!("#/channels/{}", table.name) },
                "summary": plain(&format!("Tell that this happened: {}.", event.id)),
                "messages": [{ "$ref": format!("#/channels/{}/messages/{id}", table.name) }],
            }),
        );
    }
    Some(yaml(&json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": plain(&design.title),
            "version": "1.0.0",
            "description": format!("{DELIVERY} {} {EVOLUTION}", written(design)),
            "license": { "name": "Proprietary" },
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": servers,
        "channels": channels,
        "operations": operations,
        "components": { "messages": messages, "schemas": schemas },
    })))
}

/// How events leave with the transaction of the change.
fn written(design: &Design) -> &'static str {
    if design.database.tables.iter().any(|table| table.name == "outbox") {
        "Written by way of an outbox, in the transaction of the change."
    } else {
        "Sent when the transaction of the change has committed; who was not connected reads what is missing by the interface."
    }
}
