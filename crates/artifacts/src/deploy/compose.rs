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

/// The variables by which the program reaches what it needs, by their names, with values as both files write them.
fn addresses(plan: &Plan, stores: &[(&str, &EngineRow)]) -> Vec<(String, String)> {
    let database = ("DATABASE_URL".to_owned(), quoted(plan.engine.url));
    let beside = stores.iter().filter(|(store, _)| *store != "database");
    let mail = has_mail(plan).then(|| ("MAIL_URL".to_owned(), "smtp://mail:1025".to_owned()));
    std::iter::once(database)
        .chain(beside.map(|(store, row)| (format!("{}_URL", store.to_uppercase()), quoted(row.url))))
        .chain(mail)
        .collect()
}

/// The parts of the program, with the commands that start them.
fn parts(plan: &Plan) -> Vec<(&'static str, &'static [&'static str])> {
    let worker = plan.has_worker().then_some(("worker", plan.stack.worker));
    std::iter::once(("api", plan.stack.command)).chain(worker).collect()
}

/// Whether messages to people are shown in the place of being sent.
fn has_mail(plan: &Plan) -> bool {
    plan.chosen("notifications") != "none"
}

/// The file whose statements the image of a store runs when it starts for the first time.
fn schema_of(row: &EngineRow) -> Option<&'static str> {
    match row.id {
        "postgresql" => Some("db/schema.sql"),
        "mysql" => Some("db/mysql/schema.sql"),
        _ => None,
    }
}

/// The program signs in as a role that the policies on rows bind, as it does elsewhere.
const SIGN_IN: &str = "CREATE ROLE api LOGIN PASSWORD 'api' IN ROLE app";

/// What the image of a store is called with, where it is not what the image does by itself.
const STORE: &str = "server -s3 -dir=/data";

/// `deploy/development.sh`, where the text rules Docker out: the same parts in one pod, which needs no more than Podman.
pub(super) fn pod(plan: &Plan) -> String {
    let stores = stores(plan);
    let mail = has_mail(plan);
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
        let schema = schema_of(row).map_or_else(String::new, |file| {
            format!(" --volume \"$PWD/{file}:/docker-entrypoint-initdb.d/schema.sql:ro,Z\"")
        });
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
                "# The program signs in as a role that the policies on rows bind, as it does elsewhere.\npodman exec {name}-{store} psql --username owner --dbname app --command \"{SIGN_IN}\"\n"
            );
        }
    }
    if mail {
        out += &format!("podman run --detach --pod {name} --name {name}-mail {}\n", plan.pulled(MAIL));
    }
    let mut environment = String::new();
    for (variable, url) in addresses(plan, &stores) {
        environment += &format!(" --env {variable}={url}");
    }
    if plan.is_sqlite() {
        environment += " --volume data:/data";
    }
    for (part, command) in parts(plan) {
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
    let mail = has_mail(plan);
    let mut out = format!(
        "# For development alone: docker compose --file deploy/compose.yaml up. Passwords here protect nothing.\nname: {}-development\nservices:\n",
        plan.name()
    );
    for (service, command) in parts(plan) {
        out += &format!("  {service}:\n    build: {{ context: .., dockerfile: deploy/Dockerfile }}\n");
        out += &format!("    command: {}\n", quoted_list(command));
        if service == "api" {
            out += "    ports: [\"8080:8080\"]\n";
        }
        out += "    environment:\n";
        for (variable, url) in addresses(plan, &stores) {
            out += &format!("      {variable}: {url}\n");
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
        if let Some(file) = schema_of(row) {
            out += &format!("    volumes: [\"../{file}:/docker-entrypoint-initdb.d/schema.sql:ro\"]\n");
        }
        if row.id == "postgresql" {
            out += "    configs: [{ source: login, target: /docker-entrypoint-initdb.d/sign-in.sql }]\n";
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
        out += &format!("configs:\n  login: {{ content: \"{SIGN_IN}\" }}\n");
    }
    out
}
