//! `deploy/compose.yaml`: everything on the machine of a developer.

use super::{Plan, quoted, quoted_list};
use knowledge::{ENGINES, EngineRow};

/// The application with what it needs beside it.
pub(super) fn development(plan: &Plan) -> String {
    let mut stores: Vec<(&str, &EngineRow)> = Vec::new();
    for (slot, service) in [
        ("database", "database"),
        ("cache", "cache"),
        ("messaging", "broker"),
        ("search", "search"),
        ("files", "files"),
    ] {
        let chosen = plan.chosen(slot);
        if let Some(row) = ENGINES.iter().find(|row| row.id == chosen && !row.image.is_empty()) {
            stores.push((service, row));
        }
    }
    let mail = plan.chosen("notifications") != "none";
    let mut out = format!(
        "# For development alone: docker compose --file deploy/compose.yaml up. Passwords here protect nothing.\nname: {}-development\nservices:\n",
        plan.name()
    );
    let mut services = vec![("api", plan.stack.command.to_vec())];
    if plan.has_worker() {
        services.push(("worker", plan.stack.worker.to_vec()));
    }
    for (service, command) in services {
        out += &format!("  {service}:\n    build: {{ context: .., dockerfile: deploy/Dockerfile }}\n");
        out += &format!("    command: {}\n", quoted_list(&command));
        if service == "api" {
            out += "    ports: [\"8080:8080\"]\n";
        }
        out += "    environment:\n";
        out += &format!("      DATABASE_URL: {}\n", quoted(plan.engine.url));
        for (store, row) in stores.iter().filter(|(store, _)| *store != "database") {
            out += &format!("      {}_URL: {}\n", store.to_uppercase(), quoted(row.url));
        }
        if mail {
            out += "      MAIL_URL: smtp://mail:1025\n";
        }
        if plan.is_sqlite() {
            out += "    volumes: [\"data:/data\"]\n";
        }
        if !stores.is_empty() {
            out += "    depends_on:\n";
            for (store, row) in &stores {
                let condition = if row.health.is_empty() { "service_started" } else { "service_healthy" };
                out += &format!("      {store}: {{ condition: {condition} }}\n");
            }
        }
    }
    for (store, row) in &stores {
        out += &format!("  {store}:\n    image: {}\n", row.image);
        if !row.environment.is_empty() {
            out += &format!("    environment: {}\n", quoted_list(row.environment));
        }
        if row.id == "object-store" {
            out += "    command: server -s3 -dir=/data\n";
        }
        if *store == "database" && row.port > 0 {
            out += &format!("    ports: [\"{0}:{0}\"]\n", row.port);
        }
        if row.id == "postgresql" {
            // The program signs in as a role that the policies on rows bind, as it does elsewhere.
            out += "    volumes: [\"../db/schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro\"]\n    configs: [{ source: login, target: /docker-entrypoint-initdb.d/sign-in.sql }]\n";
        }
        if row.id == "mysql" {
            out += "    volumes: [\"../db/mysql/schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro\"]\n";
        }
        if !row.health.is_empty() {
            // A dollar sign would be read as a variable.
            let health = row.health.replace('$', "$$");
            out += &format!(
                "    healthcheck: {{ test: [\"CMD-SHELL\", {}], interval: 5s, timeout: 5s, retries: 20 }}\n",
                quoted(&health)
            );
        }
    }
    if mail {
        out += "  mail:\n    image: axllent/mailpit:v1.27\n    ports: [\"8025:8025\"]\n";
    }
    if plan.is_sqlite() {
        out += "volumes:\n  data: {}\n";
    }
    if plan.engine.id == "postgresql" {
        out += "configs:\n  login: { content: \"CREATE ROLE api LOGIN PASSWORD 'api' IN ROLE app\" }\n";
    }
    out
}
