//! `deploy/ci.yml`: the checks, the image and the way to each environment, as a workflow of GitHub Actions.

use super::compose::settings_of;
use super::template::render;
use super::{DOCKER_HUB, Plan, quoted, target};
use knowledge::Order as _;

/// How a machine of its own runs the parts.
const COMPOSE: &str = "docker compose --file compose.production.yaml";

/// The pipeline of a design.
pub(super) fn pipeline(plan: &Plan) -> String {
    let migrations = matches!(plan.engine.id, "postgresql" | "mysql");
    let staging = plan.design.deployment.environments.iter().any(|environment| environment.name == "staging");
    let podman = plan.without_docker();
    let mut flags = vec![if podman { "podman" } else { "docker" }];
    if migrations {
        flags.extend(["migrations", "migrations-env"]);
        flags.push(if podman { "migrations-podman" } else { "migrations-services" });
        flags.push(if plan.design.store().is_none() { "migrations-steps" } else { "migrations-schema" });
        if plan.engine.id == "mysql" {
            flags.push("migrations-mysql");
        }
    }
    if staging {
        flags.push("staging");
    }
    if canary(plan) {
        flags.push("canary");
        if plan.chosen("deployment") == "managed-containers" && plan.cloud() == "aws" {
            flags.push("canary-aws");
        }
    }
    let regions = super::place::regions(plan);
    flags.push(if regions.is_empty() { "one-region" } else { "regions" });
    let access = access(plan);
    // What each job that deploys has.
    for (holds, production, before) in [
        (plan.chosen("deployment") == "single-vm", "host", "staging-host"),
        (access.contains(&"federated"), "federated", "staging-federated"),
        (migrate(plan).is_some(), "migrates", "staging-migrates"),
    ] {
        if holds {
            flags.push(production);
            if staging {
                flags.push(before);
            }
        }
    }
    let build = plan.stack.build.lines().next().unwrap_or_default();
    let image = build.trim_start_matches("FROM ").split(' ').next().unwrap_or_default();
    let environment: Vec<String> = plan
        .engine
        .environment
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| format!("{name}: {}", quoted(value)))
        .collect();
    let indented = |lines: &[String]| {
        lines.iter().map(|line| format!("          {line}")).collect::<Vec<_>>().join("\n")
    };
    let released = |lines: Vec<String>| indented(&migrate(plan).into_iter().chain(lines).collect::<Vec<_>>());
    let jobs = render(
        include_str!("../../templates/ci.yml"),
        &flags,
        &[
            ("name", plan.name().to_owned()),
            ("build-image", plan.pulled(image)),
            ("engine", if podman { "podman" } else { "docker" }.to_owned()),
            ("docker-hub", if podman { DOCKER_HUB } else { "" }.to_owned()),
            ("build-file", plan.build_file().to_owned()),
            ("engine-settings", settings_of(plan.engine)),
            ("engine-health", plan.engine.health.to_owned()),
            ("checks", quoted(plan.stack.ci)),
            ("engine-image", plan.pulled(plan.engine.image)),
            ("engine-port", plan.engine.port.to_string()),
            ("engine-environment", format!("{{ {} }}", environment.join(", "))),
            ("engine-health-ci", format!("\"{}\"", plan.engine.health.replace('"', "\\\""))),
            // The checks make the tables, as their owner does.
            (
                "engine-url-ci",
                plan.engine.url.replace("@database:", "@127.0.0.1:").replace("//api:api@", "//owner:owner@"),
            ),
            ("apply", plan.engine.apply.to_owned()),
            ("schema", plan.design.store().map_or("db/schema.sql", |store| store.file).to_owned()),
            (
                "rule-tests",
                if super::alerts::tests(plan.design, true).is_some() {
                    "/rules/alerts.test.yml /rules/alerts.slow.test.yml"
                } else {
                    "/rules/alerts.test.yml"
                }
                .to_owned(),
            ),
            ("needs-migrations", if migrations { ", migrations" } else { "" }.to_owned()),
            ("cloud", cloud(plan, "")),
            ("cloud-production", cloud(plan, if regions.is_empty() { "" } else { "${{ matrix.region }}" })),
            ("regions", regions.join(", ")),
            (
                "sign-in",
                render(include_str!("../../templates/sign-in.yml"), access, &[]).trim_end().to_owned(),
            ),
            // Four steps of ten minutes, and what it takes to start and to stop.
            ("minutes", if canary(plan) { "90" } else { "60" }.to_owned()),
            ("before-production", if staging { "staging" } else { "image" }.to_owned()),
            // The commands stand in the job of the first environment, and nowhere where there is none.
            ("deploy", if staging { released(deploy(plan, Size::One)) } else { String::new() }),
            ("deploy-production", released(release(plan))),
        ],
    );
    format!(
        "# To be set for the repository and its environments: variables {}; secrets {}.\n{jobs}",
        settings(&jobs, "vars."),
        settings(&jobs, "secrets.")
    )
}

/// The names that a workflow reads from a context of its repository, in the order of the alphabet.
fn settings(jobs: &str, context: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (at, _) in jobs.match_indices(context) {
        let rest = &jobs[at + context.len()..];
        let end = rest.bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b'_').count();
        if end > 0 && !names.contains(&&rest[..end]) {
            names.push(&rest[..end]);
        }
    }
    names.order();
    names.join(", ")
}

/// How the jobs that deploy prove who they are, as flags of the templates: to a cloud by the workflow itself (`federated`),
/// to a cluster or machines by a secret.
fn access(plan: &Plan) -> &'static [&'static str] {
    match (plan.chosen("deployment"), plan.cloud()) {
        ("managed-containers", "aws") => &["aws", "federated"],
        ("managed-containers", "azure") => &["azure", "federated"],
        ("managed-containers", "gcp") => &["gcp", "federated"],
        ("single-vm", _) => &["machines"],
        ("on-premises", _) => &["machines", "inventory"],
        ("managed-containers", _) => &["cluster", "knative"],
        _ => &["cluster", "kubernetes"],
    }
}

/// How many instances of each part an environment has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    /// As many as the files of the target say.
    Full,
    /// One: what is tried there is the version, not the load.
    One,
}

/// The command that applies the steps of the database before the version that reads what they make, where the runner
/// reaches the database.
fn migrate(plan: &Plan) -> Option<String> {
    (plan.migrates() && plan.chosen("deployment") != "single-vm").then(|| "sh deploy/migrate.sh".to_owned())
}

/// The same on a machine of its own, whose database is reached from within its container alone.
fn migrate_within(plan: &Plan) -> Vec<String> {
    if !plan.migrates() {
        return Vec::new();
    }
    vec![
        format!("ssh \"$HOST\" '{COMPOSE} up --detach --wait database'"),
        format!(
            "tar -cf - db/migrations deploy/migrate.sh | ssh \"$HOST\" '{COMPOSE} exec --no-TTY database sh -c \"rm -rf /tmp/release && mkdir /tmp/release && cd /tmp/release && tar -xf - && DATABASE_URL=postgresql:///\\$POSTGRES_DB?user=\\$POSTGRES_USER sh deploy/migrate.sh\"'"
        ),
    ]
}

/// What the jobs that deploy have to know of the cloud, as lines of their environment.
fn cloud(plan: &Plan, region: &str) -> String {
    let (name, variable) = match (plan.chosen("deployment"), plan.cloud()) {
        ("managed-containers", "aws") => ("AWS_REGION", "AWS_REGION"),
        ("managed-containers", "gcp") => ("CLOUDSDK_RUN_REGION", "RUN_REGION"),
        _ => return String::new(),
    };
    let mut lines: Vec<String> =
        Some(target::place_comment(plan)).filter(|note| !note.is_empty()).into_iter().collect();
    lines.push(match if region.is_empty() { target::region(plan) } else { region } {
        "" => format!("{name}: ${{{{ vars.{variable} }}}}"),
        region => format!("{name}: {region}"),
    });
    if plan.cloud() == "aws" {
        lines.push("ACCOUNT: ${{ vars.ACCOUNT }}".to_owned());
        lines.push("LOAD_BALANCER: ${{ vars.LOAD_BALANCER }}".to_owned());
    }
    lines.iter().map(|line| format!("      {line}")).collect::<Vec<_>>().join("\n")
}

/// A file of the target with the image of the release put in, and as many instances as the environment has.
fn filled(plan: &Plan, file: &str, size: Size) -> String {
    let one = match size {
        Size::Full => "",
        Size::One => r"; s/\(min-scale: .\|minReplicas: \| replicas: \)[0-9]*/\11/",
    };
    format!("sed \"s|{}|$IMAGE|{one}\" deploy/{file}", target::image(plan))
}

/// The same, in the folder that the job works in.
fn placed(plan: &Plan, file: &str, size: Size) -> String {
    format!("{} > {file}", filled(plan, file, size))
}

/// What a service of ECS is told in an environment with one instance of each part.
const ONE_TASK: &str = " --desired-count 1";

/// The command that has the load balancer give up when the design says so.
fn balancer(plan: &Plan) -> String {
    format!(
        "aws elbv2 modify-load-balancer-attributes --load-balancer-arn \"$LOAD_BALANCER\" --attributes Key=idle_timeout.timeout_seconds,Value={}",
        target::silence(plan)
    )
}

/// The commands that bring a part to ECS: a new revision of its task, and a service that runs it.
fn ecs(plan: &Plan, file: &str, service: &str, family: &str, count: &str) -> Vec<String> {
    let name = plan.name();
    vec![
        format!("envsubst < deploy/{file} > {file}"),
        format!("aws ecs register-task-definition --cli-input-json file://{file}"),
        format!(
            "aws ecs update-service --cluster {name} --service {service} --task-definition {family}{count}"
        ),
        format!("aws ecs wait services-stable --cluster {name} --services {service}"),
    ]
}

/// The commands that bring what works in the background to an environment, where it is deployed by itself.
fn background(plan: &Plan, size: Size) -> Vec<String> {
    let name = plan.name();
    if !plan.has_worker() || plan.chosen("deployment") != "managed-containers" {
        return Vec::new();
    }
    let replaced = match plan.cloud() {
        "aws" => {
            let count = match size {
                Size::Full => format!(" --desired-count {}", plan.figure("workers")),
                Size::One => ONE_TASK.to_owned(),
            };
            return ecs(plan, "worker.json", "worker", &format!("{name}-worker"), &count);
        }
        "azure" => {
            format!("az containerapp update --resource-group {name} --name {name}-worker --yaml worker.yaml")
        }
        "gcp" => "gcloud run services replace worker.yaml --quiet".to_owned(),
        _ => "kn service apply --filename worker.yaml".to_owned(),
    };
    vec![placed(plan, "worker.yaml", size), replaced]
}

/// The commands that bring a version to an environment, and back where it does not become ready.
fn deploy(plan: &Plan, size: Size) -> Vec<String> {
    let name = plan.name();
    let mut lines: Vec<String> = match (plan.chosen("deployment"), plan.cloud()) {
        ("kubernetes", _) => vec![
            format!("{} | kubectl apply --filename -", filled(plan, "kubernetes.yaml", size)),
            format!(
                "kubectl --namespace {name} rollout status deployment/api --timeout 5m || {{ kubectl --namespace {name} rollout undo deployment/api; exit 1; }}"
            ),
        ],
        ("single-vm", _) => [
            format!(
                "scp deploy/compose.production.yaml deploy/backup.sh deploy/restore.sh{}{}{} \"$HOST:\"",
                if target::is_watched(plan) { " deploy/alerts.yml" } else { "" },
                if plan.purges() { " db/purge.sql" } else { "" },
                if plan.is_timed() { " db/due.sql" } else { "" }
            ),
            "ssh \"$HOST\" 'sh backup.sh'".to_owned(),
            // What else stands in .env stays there.
            "printf 'IMAGE=%s\\n' \"$IMAGE\" | ssh \"$HOST\" 'touch .env && sed -i /^IMAGE=/d .env && cat >> .env'"
                .to_owned(),
        ]
        .into_iter()
        .chain(migrate_within(plan))
        .chain([format!("ssh \"$HOST\" '{COMPOSE} up --detach --wait'")])
        // Rules that changed are read by what runs already.
        .chain(
            target::is_watched(plan)
                .then(|| format!("ssh \"$HOST\" '{COMPOSE} kill --signal SIGHUP metrics'")),
        )
        .collect(),
        ("on-premises", _) => vec!["ansible-playbook --inventory inventory deploy/playbook.yaml".to_owned()],
        (_, "aws") => {
            let count = if size == Size::One { ONE_TASK } else { "" };
            let mut lines = vec![balancer(plan)];
            lines.extend(ecs(plan, "task-definition.json", "api", name, count));
            lines
        }
        (_, "azure") => vec![placed(plan, "container-app.yaml", size), replace(plan)],
        _ => vec![placed(plan, "service.yaml", size), replace(plan)],
    };
    lines.extend(background(plan, size));
    lines
}

/// The command that puts the file of the application in the place of what runs.
fn replace(plan: &Plan) -> String {
    let name = plan.name();
    match plan.cloud() {
        "azure" => {
            format!("az containerapp update --resource-group {name} --name {name} --yaml container-app.yaml")
        }
        "gcp" => "gcloud run services replace service.yaml --quiet".to_owned(),
        _ => "kn service apply --filename service.yaml".to_owned(),
    }
}

/// Whether a release meets some of the traffic first: it was decided, and the target has traffic to split.
fn canary(plan: &Plan) -> bool {
    plan.chosen("delivery") == "canary"
        && matches!(plan.chosen("deployment"), "kubernetes" | "managed-containers")
}

/// The same for production: where a canary was decided, some of the traffic first, and a look at the errors.
fn release(plan: &Plan) -> Vec<String> {
    let name = plan.name();
    let lines = deploy(plan, Size::Full);
    if !canary(plan) {
        return lines;
    }
    let objectives = &plan.design.deployment.objectives;
    let target = objectives
        .iter()
        .find(|objective| objective.id == "availability")
        .map_or(0.99, |objective| objective.target);
    let watch = format!(
        "curl --fail --silent --data-urlencode 'query=service:errors:ratio_rate5m' \"$PROMETHEUS/api/v1/query\" | jq --exit-status '.data.result | length == 1 and (.[0].value[1] | tonumber) < {}'",
        design::trimmed((14.4 * (1.0 - target)).min(0.5))
    );
    if plan.chosen("deployment") == "kubernetes" {
        // One new instance stands among the old ones while the errors are watched.
        let mut all: Vec<String> = lines.iter().take(1).cloned().collect();
        all.extend([
            format!("sleep 20 && kubectl --namespace {name} rollout pause deployment/api"),
            "sleep 600".to_owned(),
            format!("{watch} || {{ kubectl --namespace {name} rollout resume deployment/api; kubectl --namespace {name} rollout undo deployment/api; exit 1; }}"),
            format!("kubectl --namespace {name} rollout resume deployment/api"),
        ]);
        all.extend(lines.into_iter().skip(1));
        return all;
    }
    let Steps { mut prepare, split, end } = steps(plan);
    // What runs keeps all of the traffic until the new version stands beside it.
    prepare.push(format!("traffic() {{ {split}; }}"));
    prepare.extend([
        // The first release has nothing beside it.
        format!(
            "for share in {}; do",
            if plan.cloud() == "aws" { SHARES.to_owned() } else { format!("${{stable:+{SHARES}}}") }
        ),
        "  traffic \"$share\"".to_owned(),
        "  sleep 600".to_owned(),
        format!("  {watch} || {{ traffic 0; exit 1; }}"),
        "done".to_owned(),
    ]);
    prepare.into_iter().chain(end).chain(background(plan, Size::Full)).collect()
}

/// How much of the traffic a new version meets, step by step, in percent.
const SHARES: &str = "1 10 50 100";

/// How a platform lets a new version meet some of the traffic.
struct Steps {
    /// Brings the new version beside the old one, without traffic.
    prepare: Vec<String>,
    /// Gives it as much of the traffic as the first argument says, in percent.
    split: String,
    /// What is left to do when it has all of it.
    end: Vec<String>,
}

fn steps(plan: &Plan) -> Steps {
    let name = plan.name();
    // The revision that runs is written into the file as the one that has the traffic.
    let pinned = |stable: String, file: &str| {
        vec![
            placed(plan, file, Size::Full),
            stable,
            format!(
                "[ -z \"$stable\" ] || printf '  traffic:\\n    - {{ revisionName: %s, percent: 100 }}\\n' \"$stable\" >> {file}"
            ),
            replace(plan),
        ]
    };
    match plan.cloud() {
        // A second service of the same cluster has the new version until the first one has it too.
        "aws" => {
            let count = format!(
                " --desired-count \"$(aws ecs describe-services --cluster {name} --services api --query 'services[0].desiredCount' --output text)\""
            );
            Steps {
                prepare: std::iter::once(balancer(plan))
                    .chain(ecs(plan, "task-definition.json", "next", name, &count))
                    .collect(),
                split: "aws elbv2 modify-listener --listener-arn \"$LISTENER\" --default-actions \"Type=forward,ForwardConfig={TargetGroups=[{TargetGroupArn=$STABLE,Weight=$((100 - $1))},{TargetGroupArn=$NEXT,Weight=$1}]}\"".to_owned(),
                end: vec![
                    format!("aws ecs update-service --cluster {name} --service api --task-definition {name}"),
                    format!("aws ecs wait services-stable --cluster {name} --services api"),
                    "traffic 0".to_owned(),
                    format!("aws ecs update-service --cluster {name} --service next --desired-count 0"),
                ],
            }
        }
        "azure" => {
            let of = format!("--resource-group {name} --name {name}");
            let set = format!("az containerapp ingress traffic set {of} --revision-weight");
            Steps {
                prepare: vec![
                    placed(plan, "container-app.yaml", Size::Full),
                    format!(
                        "stable=$(az containerapp revision list {of} --query 'max_by(@, &properties.trafficWeight).name' --output tsv)"
                    ),
                    format!("{set} \"$stable=100\""),
                    replace(plan),
                    format!(
                        "next=$(az containerapp show {of} --query properties.latestRevisionName --output tsv)"
                    ),
                ],
                split: format!("{set} \"$stable=$((100 - $1))\" \"$next=$1\""),
                end: Vec::new(),
            }
        }
        "gcp" => Steps {
            prepare: pinned(
                format!(
                    "stable=$(gcloud run services describe {name} --format 'value(status.traffic[0].revisionName)' || true)"
                ),
                "service.yaml",
            ),
            split: format!(
                "gcloud run services update-traffic {name} --to-revisions \"LATEST=$1,$stable=$((100 - $1))\" --quiet"
            ),
            end: Vec::new(),
        },
        _ => Steps {
            prepare: pinned(
                format!(
                    "stable=$(kn service describe {name} --output jsonpath='{{.status.traffic[0].revisionName}}' || true)"
                ),
                "service.yaml",
            ),
            split: format!(
                "kn service update {name} --traffic \"@latest=$1\" --traffic \"$stable=$((100 - $1))\""
            ),
            end: Vec::new(),
        },
    }
}
