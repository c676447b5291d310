//! `deploy/compose.yaml`, or `deploy/development.sh` without Docker: everything on the machine of a developer.

use super::{Plan, quoted, quoted_list};
use knowledge::{ENGINES, EngineRow};

/// The stores that a design runs, by the names that its program reaches them under.
fn stores(plan: &Plan) -> Vec<(&'static str, &'static EngineRow)> {
    [
        ("database", "database"),
        ("cache", "cache"),
        ("messaging", "broker"),
        ("search", "search"),
        ("files", "files"),
    ]
    .into_iter()
    .filter_map(|(slot, service)| {
        let chosen = plan.chosen(slot);
        ENGINES.iter().find(|row| row.id == chosen && !row.image.is_empty()).map(|row| (service, row))
    })
    .collect()
}

/// The variables of a store, as arguments of a command that runs its image.
pub(super) fn settings_of(row: &EngineRow) -> String {
    row.environment.iter().flat_map(|pair| [" --env ", *pair]).collect()
}

/// What the image of a store is called with, where it is not what the image does by itself.
const STORE: &str = "server -s3 -dir=/data";

/// `deploy/development.sh`, where the text rules Docker out: the same parts in one pod, which needs no more than Podman.
pub(super) fn pod(plan: &Plan) -> String {
    let stores = stores(plan);
    let mail = plan.chosen("notifications") != "none";
    let name = format!("{}-development", plan.name());
    let mut published = vec![8080];
    published.extend(
        stores.iter().filter(|(store, row)| *store == "database" && row.port > 0).map(|(_, row)| row.port),
    );
    if mail {
        published.push(8025);
    }
    let published: Vec<String> =
        published.iter().map(|port| format!(" --publish 127.0.0.1:{port}:{port}")).collect();
    let published = published.concat();
    // The parts of a pod share one address, which has the names of them all.
    let mut hosts: Vec<&str> = stores.iter().map(|(store, _)| *store).collect();
    hosts.extend(Some("mail").filter(|_| mail));
    let hosts: Vec<String> = hosts.iter().map(|host| format!(" --add-host {host}:127.0.0.1")).collect();
    let hosts = hosts.concat();
    let mut out = format!(
        "#!/bin/sh\n# For development alone: sh deploy/development.sh starts all parts anew, in one pod of Podman. Passwords here protect nothing.\nset -eu\ncd \"$(dirname \"$0\")/..\"\npodman build --file deploy/{} --tag {name} .\npodman pod create --replace --name {name}{published}{hosts}\n",
        plan.build_file()
    );
    for (store, row) in &stores {
        let schema = match row.id {
            "postgresql" => " --volume \"$PWD/db/schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro,Z\"",
            "mysql" => " --volume \"$PWD/db/mysql/schema.sql:/docker-entrypoint-initdb.d/schema.sql:ro,Z\"",
            _ => "",
        };
        let command = if row.id == "object-store" { format!(" {STORE}") } else { String::new() };
        out += &format!(
            "podman run --detach --pod {name} --name {name}-{store}{}{schema} {}{command}\n",
            settings_of(row),
            plan.pulled(row.image)
        );
        if !row.health.is_empty() {
            if row.health.contains('$') {
                out += "# shellcheck disable=SC2016 # The names are known within the container.\n";
            }
            out += &format!(
                "until podman exec {name}-{store} sh -c '{}'; do sleep 1; done\n",
                row.health.replace('\'', r"'\''")
            );
        }
        if row.id == "postgresql" {
            out += &format!(
                "# The program signs in as a role that the policies on rows bind, as it does elsewhere.\npodman exec {name}-{store} psql --username owner --dbname app --command \"CREATE ROLE api LOGIN PASSWORD 'api' IN ROLE app\"\n"
            );
        }
    }
    if mail {
        out += &format!("podman run --detach --pod {name} --name {name}-mail {}\n", plan.pulled(MAIL));
    }
    let mut environment = format!(" --env DATABASE_URL={}", quoted(plan.engine.url));
    for (store, row) in stores.iter().filter(|(store, _)| *store != "database") {
        environment += &format!(" --env {}_URL={}", store.to_uppercase(), quoted(row.url));
    }
    if mail {
        environment += " --env MAIL_URL=smtp://mail:1025";
    }
    if plan.is_sqlite() {
        environment += " --volume data:/data";
    }
    let mut parts = vec![("api", plan.stack.command)];
    if plan.has_worker() {
        parts.push(("worker", plan.stack.worker));
    }
    for (part, command) in parts {
        out += &format!(
            "podman run --detach --pod {name} --name {name}-{part}{environment} {name} {}\n",
            command.join(" ")
        );
    }
    out
}

/// What shows the mail that would have been sent.
const MAIL: &str = "axllent/mailpit:v1.27";

/// The application with what it needs beside it.
pub(super) fn development(plan: &Plan) -> String {
    let stores = stores(plan);
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
            out += &format!("    command: {STORE}\n");
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
        out += &format!("  mail:\n    image: {MAIL}\n    ports: [\"8025:8025\"]\n");
    }
    if plan.is_sqlite() {
        out += "volumes:\n  data: {}\n";
    }
    if plan.engine.id == "postgresql" {
        out += "configs:\n  login: { content: \"CREATE ROLE api LOGIN PASSWORD 'api' IN ROLE app\" }\n";
    }
    out
}
