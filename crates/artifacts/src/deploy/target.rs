//! The files of the one target that was chosen, and the scripts that save and restore the data.

use super::place::{note, place};
use super::template::render;
use super::{Plan, quoted, quoted_list};

/// The files with their names in `deploy/`.
pub(super) fn files(plan: &Plan) -> Vec<(&'static str, String)> {
    let (flags, values) = (flags(plan), values(plan));
    let file = |template: &str| render(template, &flags, &values);
    // A part in a file of its own.
    let part = |part: &'static str, arguments: String, template: &str| {
        let (role, unit) = match part {
            "worker" => ("works", format!("{}-worker", plan.name())),
            _ => ("serves", plan.name().to_owned()),
        };
        let mut flags = flags.clone();
        flags.push(role);
        if role == "works" {
            flags.push(if plan.cloud() == "gcp" { "works-gcp" } else { "works-knative" });
        }
        let mut values = values.clone();
        values.extend([("part", part.to_owned()), ("unit", unit), ("arguments", arguments)]);
        render(template, &flags, &values)
    };
    // Platforms read one service from a file.
    let services = |names: [&'static str; 2], template: &str| {
        let mut files = vec![(names[0], part("api", String::new(), template))];
        if plan.has_worker() {
            files.push((names[1], part("worker", String::new(), template)));
        }
        files
    };
    match plan.chosen("deployment") {
        "kubernetes" => vec![("kubernetes.yaml", file(include_str!("../../templates/kubernetes.yaml")))],
        "single-vm" => {
            vec![("compose.production.yaml", file(include_str!("../../templates/compose.production.yaml")))]
        }
        "on-premises" => {
            let unit = include_str!("../../templates/app.service");
            let mut files = vec![
                ("api.service", part("api", String::new(), unit)),
                ("edge.conf", file(include_str!("../../templates/edge.conf"))),
                ("playbook.yaml", file(include_str!("../../templates/playbook.yaml"))),
            ];
            if plan.has_worker() {
                files.push(("worker.service", part("worker", plan.stack.worker.join(" "), unit)));
            }
            files
        }
        _ => match plan.cloud() {
            "aws" => {
                services(["task-definition.json", "worker.json"], include_str!("../../templates/ecs.json"))
            }
            "azure" => services(
                ["container-app.yaml", "worker.yaml"],
                include_str!("../../templates/container-app.yaml"),
            ),
            _ => services(["service.yaml", "worker.yaml"], include_str!("../../templates/knative.yaml")),
        },
    }
}

fn flags(plan: &Plan) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if plan.has_worker() {
        flags.push("worker");
        if plan.is_sqlite() {
            flags.push("worker-sqlite");
        }
    }
    flags.push(if plan.is_sqlite() { "sqlite" } else { "server" });
    flags.push(if plan.chosen("realtime") == "websocket" { "socket" } else { "plain" });
    if plan.stays_open() {
        flags.push("open");
    }
    let postgresql = plan.engine.id == "postgresql";
    if postgresql {
        flags.push("postgresql");
    }
    if plan.purges() {
        flags.push("purged");
    }
    if plan.is_timed() {
        flags.push("timed");
    }
    if is_watched(plan) {
        flags.push("watched");
        if postgresql {
            flags.push("watched-postgresql");
        }
    }
    if !region(plan).is_empty() {
        flags.push("region");
        if plan.cloud() == "gcp" {
            flags.push("region-gcp");
        }
    }
    flags
}

/// Whether the machine of the system watches itself.
pub(super) fn is_watched(plan: &Plan) -> bool {
    plan.chosen("deployment") == "single-vm" && plan.chosen("observability") == "logs-and-uptime"
}

/// The region of the cloud, where the text names a place that it has one in.
pub(super) fn region(plan: &Plan) -> &'static str {
    place(plan).map_or("", |place| place.region(plan.cloud()))
}

/// The same in a comment; nothing where the text names no place.
pub(super) fn place_comment(plan: &Plan) -> String {
    note(plan, str::to_owned).map_or_else(String::new, |note| format!("# {note}"))
}

/// Where the image of a release is put in by the pipeline.
pub(super) fn image(plan: &Plan) -> String {
    format!("registry.example.com/{}:revision", plan.name())
}

/// The most requests at once that the platforms let an instance have.
const MOST_OPEN: u64 = 1000;

fn values(plan: &Plan) -> Vec<(&'static str, String)> {
    let memory = plan.figure("instance.memory").max(128);
    let limit = memory * 3 / 2;
    let millis = plan.figure("instance.request").max(100);
    let cpus = millis.div_ceil(1000).max(1);
    let secrets: Vec<&str> = plan
        .design
        .security
        .secrets
        .iter()
        .filter(|secret| secret.holder == "application")
        .map(|secret| secret.name.as_str())
        .collect();
    let list = |indent: &str, line: &dyn Fn(&str) -> String, separator: &str| {
        secrets.iter().map(|name| format!("{indent}{}", line(name))).collect::<Vec<_>>().join(separator)
    };
    let lower = |name: &str| name.to_lowercase().replace('_', "-");
    let knative = |name: &str| {
        format!(
            "- {{ name: {name}, valueFrom: {{ secretKeyRef: {{ name: {}, key: latest }} }} }}",
            lower(name)
        )
    };
    let units: &[&str] = if plan.has_worker() { &["api", "worker"] } else { &["api"] };
    // Fargate takes these sizes alone.
    let fargate_cpu = match millis {
        0..=250 => 256,
        251..=500 => 512,
        501..=1000 => 1024,
        _ => 2048,
    };
    let image = match plan.chosen("deployment") {
        "managed-containers" if plan.cloud() == "aws" => "${IMAGE}".to_owned(),
        "on-premises" => "{{ image }}".to_owned(),
        _ => image(plan),
    };
    let (services, volumes) = beside(plan);
    let (concurrency, timeout) = held(plan);
    let mut values = times(plan);
    values.extend([
        ("name", plan.name().to_owned()),
        ("image", image),
        ("image-compose", format!("${{IMAGE:-{}}}", self::image(plan))),
        ("image-ansible", "\"{{ lookup('env', 'IMAGE') }}\"".to_owned()),
        ("units", quoted_list(units)),
        ("min", plan.figure("replicas.min").max(1).to_string()),
        ("max", plan.figure("replicas.max").max(1).to_string()),
        ("workers", plan.figure("workers").to_string()),
        ("slots", plan.figure("worker.slots").to_string()),
        ("pool", plan.figure("pool.size").max(1).to_string()),
        ("concurrency", concurrency.to_string()),
        ("millis", millis.to_string()),
        ("cpus", cpus.to_string()),
        ("memory", memory.to_string()),
        ("memory-limit", limit.to_string()),
        ("azure-memory", memory.div_ceil(1024).to_string()),
        ("fargate-cpu", fargate_cpu.to_string()),
        ("fargate-memory", memory.to_string()),
        ("utilisation", percent(plan, "cpu.utilisation")),
        ("timeout", timeout.to_string()),
        ("grace", "35".to_owned()),
        ("stop", "45".to_owned()),
        ("region", region(plan).to_owned()),
        ("place", place_comment(plan)),
        ("ports", ports(plan)),
        ("secrets", list("            ", &knative, "\n")),
        (
            "secrets-json",
            list(
                "        ",
                &|name| {
                    format!(
                        "{{ \"name\": {}, \"valueFrom\": \"arn:aws:secretsmanager:${{AWS_REGION}}:${{ACCOUNT}}:secret:{}/{name}\" }}",
                        quoted(name),
                        plan.name()
                    )
                },
                ",\n",
            ),
        ),
        (
            "secrets-azure",
            list("          ", &|name| format!("- {{ name: {name}, secretRef: {} }}", lower(name)), "\n"),
        ),
        ("beside", services),
        ("volumes", volumes),
        ("connections", plan.figure("connections.limit").to_string()),
        ("metered", units.iter().map(|unit| quoted(&format!("{unit}:9464"))).collect::<Vec<_>>().join(", ")),
        ("worker-command", plan.worker_command()),
        ("engine-image", plan.engine.image.to_owned()),
        ("engine-data", plan.engine.data.to_owned()),
        ("engine-health", quoted(&plan.engine.health.replace('$', "$$"))),
    ]);
    values
}

/// What the document says of how long each part waits is what the files tell it.
fn times(plan: &Plan) -> Vec<(&'static str, String)> {
    vec![
        ("request-ms", plan.milliseconds("timeout.request").to_string()),
        ("call-ms", plan.milliseconds("timeout.call").to_string()),
        ("pool-ms", plan.milliseconds("timeout.pool").to_string()),
        (
            "pool-wait",
            if plan.is_sqlite() {
                String::new()
            } else {
                format!("POOL_TIMEOUT_MS: \"{}\", ", plan.milliseconds("timeout.pool"))
            },
        ),
        ("statement-ms", plan.milliseconds("timeout.statement").to_string()),
        ("edge", plan.figure("timeout.edge").to_string()),
        ("silence", silence(plan).to_string()),
    ]
}

/// How many seconds a proxy waits that has one limit for answers and for connections that stay open.
pub(super) fn silence(plan: &Plan) -> u64 {
    plan.figure(if plan.stays_open() { "timeout.open" } else { "timeout.edge" }).max(1)
}

/// How many requests an instance has at once, and how long each may take.
fn held(plan: &Plan) -> (u64, u64) {
    match (plan.chosen("realtime"), plan.cloud()) {
        ("none", _) => (plan.figure("instance.concurrency").max(10), plan.figure("timeout.edge").max(5)),
        // A connection that stays open is a request that does not end: the longest that the platform allows.
        (_, "gcp") => (MOST_OPEN, 3600),
        _ => (MOST_OPEN, 600),
    }
}

/// The ports of the stores, as a list of YAML.
fn ports(plan: &Plan) -> String {
    let ports: Vec<String> = [
        ("database", plan.engine.port),
        ("cache", port(plan.chosen("cache"))),
        ("messaging", port(plan.chosen("messaging"))),
        ("search", port(plan.chosen("search"))),
    ]
    .into_iter()
    .filter(|(_, port)| *port > 0)
    .map(|(_, port)| format!("        - {{ port: {port} }}"))
    .collect();
    if ports.is_empty() { "        - { port: 443 }".to_owned() } else { ports.join("\n") }
}

/// The stores beside the database that one machine runs as well, as services of Compose, and their volumes.
fn beside(plan: &Plan) -> (String, String) {
    let (mut services, mut volumes) = (Vec::new(), Vec::new());
    for (slot, service) in [("cache", "cache"), ("messaging", "broker"), ("search", "search")] {
        let row = knowledge::ENGINES.iter().find(|row| row.id == plan.chosen(slot) && !row.image.is_empty());
        let Some(row) = row else { continue };
        let mut kept = String::new();
        if !row.data.is_empty() {
            kept = format!("    volumes: [\"{service}:{}\"]\n", row.data);
            volumes.push(format!("  {service}: {{}}"));
        }
        services.push(format!(
            "  {service}:\n    image: {}\n    restart: unless-stopped\n    env_file: [/etc/{}/{service}.env]\n{kept}    networks: [data]",
            row.image,
            plan.name()
        ));
    }
    (services.join("\n"), volumes.join("\n"))
}

/// The port of a store; 0 where the option runs nothing.
fn port(option: &str) -> u16 {
    knowledge::ENGINES.iter().find(|row| row.id == option).map_or(0, |row| row.port)
}

fn percent(plan: &Plan, fact: &str) -> String {
    let assumed = plan
        .design
        .assumptions
        .iter()
        .find(|assumption| assumption.subject == fact)
        .and_then(|assumption| assumption.value.parse::<f64>().ok());
    let value = assumed.or_else(|| knowledge::number(fact).map(|row| row.value)).unwrap_or(0.6);
    format!("{:.0}", (value * 100.0).clamp(10.0, 90.0))
}

/// `deploy/backup.sh`.
pub(super) fn backup(plan: &Plan) -> String {
    let schedule = if plan.chosen("deployment") == "single-vm" || plan.chosen("deployment") == "on-premises" {
        "a timer at 02:00"
    } else {
        "a scheduled task at 02:00, beside the point-in-time recovery of the database"
    };
    let check = match plan.engine.id {
        "postgresql" => "pg_restore --list \"$target\" > /dev/null",
        "sqlite" => "sqlite3 \"$target\" 'PRAGMA integrity_check' | grep --quiet ok",
        "dynamodb" => "aws dynamodb list-backups --table-name \"$TABLE\" > /dev/null",
        "sql-server" => "sqlcmd -b -Q \"RESTORE VERIFYONLY FROM DISK = '$target' WITH CHECKSUM\"",
        _ => "test -s \"$target\"",
    };
    let within = match plan.engine.id {
        "postgresql" => "compose exec --no-TTY database pg_restore --list < \"$target\" > /dev/null",
        _ => "test -s \"$target\"",
    };
    render(
        include_str!("../../templates/backup.sh"),
        &scripts(plan),
        &[
            ("name", plan.name().to_owned()),
            ("schedule", schedule.to_owned()),
            ("needs", needs(plan, &[plan.engine.backup])),
            ("backup", plan.engine.backup.to_owned()),
            ("check", check.to_owned()),
            ("dump", plan.engine.dump.to_owned()),
            ("check-within", within.to_owned()),
            ("nights", knowledge::nights(&plan.design.deployment.recovery.tier).to_string()),
        ],
    )
}

/// `deploy/restore.sh`.
pub(super) fn restore(plan: &Plan) -> String {
    render(
        include_str!("../../templates/restore.sh"),
        &scripts(plan),
        &[
            ("needs", needs(plan, &[plan.engine.restore, plan.engine.probe])),
            ("restore", plan.engine.restore.to_owned()),
            ("probe", plan.engine.probe.to_owned()),
            ("load", plan.engine.load.to_owned()),
            ("health", plan.engine.health.replace('\'', r"'\''")),
        ],
    )
}

/// Whether the database is reached from within its container alone, as on a machine of its own.
fn is_within(plan: &Plan) -> bool {
    plan.chosen("deployment") == "single-vm" && !plan.engine.dump.is_empty()
}

/// What the scripts that save and restore have to know, as flags of their templates.
fn scripts(plan: &Plan) -> Vec<&'static str> {
    let mut flags = vec![if is_within(plan) { "within" } else { "beside" }];
    match plan.chosen("deployment") {
        "single-vm" => flags.extend(["own", "machine"]),
        "on-premises" => flags.extend(["own", "servers"]),
        _ => {}
    }
    if plan.is_sqlite() {
        flags.push("file");
    }
    flags
}

/// The variables that the commands of the store read, each asked for by name.
fn needs(plan: &Plan, commands: &[&str]) -> String {
    let all = if is_within(plan) { String::new() } else { commands.concat() };
    ["BACKUP_URL", "DATABASE_URL", "DATABASE_FILE", "MYSQL_CONFIG", "TABLE"]
        .into_iter()
        .filter(|name| all.contains(&format!("${name}")))
        .map(|name| format!(": \"${{{name}:?where the database is}}\""))
        .collect::<Vec<_>>()
        .join("\n")
}
