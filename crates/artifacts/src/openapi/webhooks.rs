//! Events, as partners are told by webhook: `CloudEvents` in JSON, signed as Standard Webhooks say.

use super::Writer;
use super::names::plain;
use design::Event;
use serde_json::{Map, Value, json};

/// How the contract of events may change, in every contract that holds events.
pub(crate) const EVOLUTION: &str = "Fields and events are only added; none is removed, renamed or given another meaning. A consumer ignores what it does not know. A change that breaks this is a new event beside the old one.";
/// What consumers can rely on.
pub(crate) const DELIVERY: &str = "Delivered at least once: a consumer drops an id that it has seen. In order for one subject, not across subjects.";

impl Writer<'_> {
    pub(super) fn webhooks(&self) -> Option<Value> {
        let mut out = Map::new();
        for event in &self.design.api.events {
            if event.channels.iter().any(|channel| channel == "webhook") {
                out.insert(event.id.clone(), self.webhook(event));
            }
        }
        (!out.is_empty()).then_some(Value::Object(out))
    }

    fn webhook(&self, event: &Event) -> Value {
        let header = |name: &str, description: &str, example: &str| json!({ "name": name, "in": "header", "required": true, "description": description, "schema": { "type": "string", "maxLength": 512 }, "example": example });
        let data = match self.names.schema(&event.entity) {
            Some(name) => {
                self.use_schema(name);
                json!({ "$ref": format!("#/components/schemas/{name}") })
            }
            None => json!({ "type": "object", "additionalProperties": true, "maxProperties": 100 }),
        };
        let answer = |description: &str| json!({ "description": description });
        json!({
            "post": {
                "operationId": format!("receive{}", event.id.split(['.', '-']).map(requirements::capitalised).collect::<String>()),
                "summary": plain(&format!("Learn that this happened: {}", event.id)),
                "description": format!("{DELIVERY} Repeated with growing pauses for three days unless it is answered with 2xx; 410 ends the subscription. {EVOLUTION}"),
                "tags": [super::tag_of(&event.entity)],
                "x-requirement": event.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "parameters": [
                    header("webhook-id", "The id of the event; the same at each repetition.", "msg_1001"),
                    header("webhook-timestamp", "Seconds since 1970; refuse what is older than five minutes.", "1773480600"),
                    header("webhook-signature", "HMAC-SHA256 over id, timestamp and body, with v1 in front.", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
                ],
                "requestBody": { "required": true, "content": { "application/cloudevents+json": { "schema": envelope(&event.id, &data) } } },
                "responses": {
                    "200": answer("Received."),
                    "400": answer("The signature is wrong or too old."),
                    "410": answer("The receiver wants no more events."),
                },
            }
        })
    }
}

/// The envelope of an event, after `CloudEvents` 1.0.
pub(crate) fn envelope(id: &str, data: &Value) -> Value {
    json!({
        "type": "object",
        "description": "An event after CloudEvents 1.0.",
        "required": ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
        "properties": {
            "specversion": { "type": "string", "const": "1.0" },
            "id": { "type": "string", "maxLength": 64, "description": "Unique with source: what a consumer drops repetitions by." },
            "source": { "type": "string", "format": "uri-reference", "maxLength": 256 },
            "type": { "type": "string", "const": id },
            "subject": { "type": "string", "maxLength": 128, "description": "The id of the record: what the order holds for." },
            "time": { "type": "string", "format": "date-time", "maxLength": 40 },
            "datacontenttype": { "type": "string", "const": "application/json" },
            "data": data,
        },
    })
}
