//! `deploy/`: what is needed to build the system, run it at its one target, watch it and bring it back.

mod alerts;
mod compose;
mod pipeline;
mod place;
mod runbook;
mod target;
mod template;

use crate::File;
use design::Design;
use knowledge::{ENGINES, EngineRow, STACKS, StackRow};

/// The files of the folder, for a design that has something to run.
pub(crate) fn files(design: &Design) -> Vec<File> {
    if design.deployment.components.is_empty() {
        return Vec::new();
    }
    let plan = Plan::of(design);
    let mut files = Vec::new();
    let mut add = |path: &str, contents: String| {
        files.push(File { path: format!("deploy/{path}"), contents });
    };
    add(plan.build_file(), dockerfile(&plan));
    if plan.without_docker() {
        add("development.sh", compose::pod(&plan));
    } else {
        add("compose.yaml", compose::development(&plan));
    }
    for (path, contents) in target::files(&plan) {
        add(path, contents);
    }
    if !plan.engine.backup.is_empty() {
        add("backup.sh", target::backup(&plan));
        add("restore.sh", target::restore(&plan));
    }
    if plan.migrates() {
        add("migrate.sh", include_str!("../templates/migrate.sh").to_owned());
    }
    add("ci.yml", pipeline::pipeline(&plan));
    if plan.purges() && plan.chosen("deployment") != "single-vm" {
        add("nightly.yml", include_str!("../templates/nightly.yml").to_owned());
    }
    add("alerts.yml", alerts::rules(design));
    for (path, slow) in [("alerts.test.yml", false), ("alerts.slow.test.yml", true)] {
        if let Some(tests) = alerts::tests(design, slow) {
            add(path, tests);
        }
    }
    add("runbook.md", runbook::runbook(&plan));
    files
}

/// The registry that Docker takes where a name says none.
const DOCKER_HUB: &str = "docker.io/";

/// A design with the rows that its choices stand for.
pub(crate) struct Plan<'a> {
    pub(crate) design: &'a Design,
    pub(crate) stack: &'static StackRow,
    pub(crate) engine: &'static EngineRow,
}

impl<'a> Plan<'a> {
    pub(crate) fn of(design: &'a Design) -> Self {
        let id = chosen(design, "database");
        Self {
            design,
            stack: STACKS.iter().find(|row| row.id == design.deployment.stack.id).unwrap_or(&STACKS[0]),
            engine: ENGINES.iter().find(|row| row.id == id).unwrap_or(&ENGINES[0]),
        }
    }

    /// The option that a slot was settled with.
    pub(crate) fn chosen(&self, slot: &str) -> &'a str {
        chosen(self.design, slot)
    }

    /// The name of the system as a DNS label.
    pub(crate) fn name(&self) -> &'a str {
        &self.design.deployment.name
    }

    /// A figure of the deployment as a whole number.
    pub(crate) fn figure(&self, id: &str) -> u64 {
        self.value(id) as u64
    }

    /// A time of the deployment in milliseconds.
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a time of some seconds")]
    pub(crate) fn milliseconds(&self, id: &str) -> u64 {
        (self.value(id) * 1000.0).round() as u64
    }

    fn value(&self, id: &str) -> f64 {
        let figures = &self.design.deployment.figures;
        figures.iter().find(|figure| figure.id == id).map_or(0.0, |figure| figure.value.max(0.0))
    }

    pub(crate) fn has_worker(&self) -> bool {
        self.chosen("messaging") != "none"
    }

    /// Whether the design has steps for its database that a release has to apply.
    pub(crate) fn migrates(&self) -> bool {
        self.engine.id == "postgresql"
            && self.design.store().is_none()
            && !self.design.database.tables.is_empty()
    }

    /// Whether rows go for their age, by a script that something has to run.
    pub(crate) fn purges(&self) -> bool {
        self.migrates() && crate::sql::purge(self.design).is_some()
    }

    /// Whether time moves records on, by a script that something has to run.
    pub(crate) fn is_timed(&self) -> bool {
        self.migrates() && crate::sql::due(self.design).is_some()
    }

    /// Whether the text rules Docker out, so that Podman, which needs none, builds and runs what development and the pipeline need.
    pub(crate) fn without_docker(&self) -> bool {
        design::without_docker(&self.design.requirements)
    }

    /// The name of the file that an image is built from.
    pub(crate) fn build_file(&self) -> &'static str {
        if self.without_docker() { "Containerfile" } else { "Dockerfile" }
    }

    /// An image as the program that fetches it wants its name: Podman is told the registry.
    pub(crate) fn pulled(&self, image: &str) -> String {
        if !self.without_docker() {
            return image.to_owned();
        }
        match image.split_once('/') {
            Some((first, _)) if first.contains('.') => image.to_owned(),
            Some(_) => format!("{DOCKER_HUB}{image}"),
            None => format!("{DOCKER_HUB}library/{image}"),
        }
    }

    /// Whether clients hold connections over which they are told what changes.
    pub(crate) fn stays_open(&self) -> bool {
        self.chosen("realtime") != "none"
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.engine.id == "sqlite"
    }

    /// Which cloud the text prescribes; empty where it prescribes none.
    pub(crate) fn cloud(&self) -> &'static str {
        design::cloud(&self.design.requirements)
    }

    /// The command of the worker: that of the application with one more word.
    pub(crate) fn worker_command(&self) -> String {
        quoted_list(self.stack.worker)
    }
}

/// What runs the script that deletes what is old enough, where there is one.
pub(crate) fn purged_by(design: &Design) -> Option<String> {
    let plan = Plan::of(design);
    let file = match plan.chosen("deployment") {
        "single-vm" => "deploy/compose.production.yaml, service purge,",
        _ => "deploy/nightly.yml",
    };
    (!design.deployment.components.is_empty() && plan.purges())
        .then(|| format!("{file} runs db/purge.sql each night."))
}

/// What moves on what is due, where anything is.
pub(crate) fn moved_by(design: &Design) -> Option<String> {
    let plan = Plan::of(design);
    let timers = design.database.tables.iter().any(|table| !table.timers.is_empty());
    let how = match plan.chosen("deployment") {
        _ if !plan.is_timed() => {
            "The program does it, once a minute and in one process: the same rows, by one update that names the state before."
        }
        "single-vm" => "deploy/compose.production.yaml, service due, runs db/due.sql each minute.",
        _ if plan.has_worker() => {
            "The worker runs db/due.sql each minute; a second one at the same time does nothing more."
        }
        _ => {
            "A schedule of the platform runs db/due.sql each minute; a second one at the same time does nothing more."
        }
    };
    (!design.deployment.components.is_empty() && timers).then(|| how.to_owned())
}

/// Where the time stands after which the edge gives up, as sentences.
pub(crate) fn edge_note(design: &Design) -> String {
    let plan = Plan::of(design);
    let (open, edge) = (plan.stays_open(), plan.figure("timeout.edge"));
    // A proxy that cannot tell an answer from a stream has one limit for both.
    let shared = if open {
        ", the same for answers and open connections; answers end by the program's own limit"
    } else {
        ""
    };
    match (plan.chosen("deployment"), plan.cloud()) {
        ("single-vm", _) => format!(
            "That of the edge is response_header_timeout ({edge} s) in deploy/compose.production.yaml."
        ),
        ("kubernetes", _) => format!(
            "That of the edge stands in the annotations of the Ingress in deploy/kubernetes.yaml ({} s){shared}.",
            target::silence(&plan)
        ),
        ("on-premises", _) => format!(
            "That of the edge is proxy_read_timeout ({} s) in deploy/edge.conf{shared}.",
            target::silence(&plan)
        ),
        (_, "aws") => format!(
            "That of the edge is the load balancer's idle timeout, set by deploy/ci.yml ({} s){shared}; the program keeps idle connections longer.",
            target::silence(&plan)
        ),
        (_, "azure") => "Azure Container Apps ends a request after 240 s and takes no other limit: the program's own holds before.".to_owned(),
        _ if open => "The platform takes a connection that stays open for a request, so timeoutSeconds of deploy/service.yaml is the longest that it allows; answers end by the program's own limit.".to_owned(),
        _ => format!("That of the edge is timeoutSeconds ({edge} s) in deploy/service.yaml."),
    }
}

/// What the document says of the place where the text wants it.
pub(crate) fn place_note(design: &Design) -> Option<String> {
    let plan = Plan::of(design);
    place::note(&plan, |statement| {
        let reason = requirements::Reason::try_from(statement.to_owned());
        crate::markdown::reasons(&reason.into_iter().collect::<Vec<_>>())
    })
}

fn chosen<'a>(design: &'a Design, slot: &str) -> &'a str {
    design.decisions.iter().find(|decision| decision.slot == slot).map_or("none", |decision| &decision.chosen)
}

/// A text as JSON and YAML quote it. Serialising a text cannot fail.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A list of texts as JSON and YAML write it in one line.
pub(crate) fn quoted_list(texts: &[&str]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn dockerfile(plan: &Plan) -> String {
    let engine = if plan.without_docker() { "podman" } else { "docker" };
    let stages = format!("{}\n\n{}", plan.stack.build, plan.stack.run);
    let mut out = format!(
        "# Built from the root of the repository: {engine} build --file deploy/{} .\n",
        plan.build_file()
    );
    for line in stages.lines() {
        // Where a stage begins, its image is named; a stage that goes on from another names that.
        match line
            .strip_prefix("FROM ")
            .map(|rest| rest.split_once(' ').map_or((rest, ""), |(image, stage)| (image, stage)))
        {
            Some((image, "")) => out += &format!("FROM {}\n", plan.pulled(image)),
            Some((image, stage)) => out += &format!("FROM {} {stage}\n", plan.pulled(image)),
            None => out += &format!("{line}\n"),
        }
    }
    out + &format!("USER 1000\nEXPOSE 8080\nCMD {}\n", quoted_list(plan.stack.command))
}
