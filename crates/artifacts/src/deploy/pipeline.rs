//! `deploy/ci.yml`: the checks, the image and the way to each environment, as a workflow of GitHub Actions.

use super::template::render;
use super::{Plan, quoted, target};

/// How a machine of its own runs the parts.
const COMPOSE: &str = "docker compose --file compose.production.yaml";

/// The pipeline of a design.
pub(super) fn pipeline(plan: &Plan) -> String {
    let migrations = matches!(plan.engine.id, "postgresql" | "mysql");
    let staging = plan.design.deployment.environments.iter().any(|environment| environment.name == "staging");
    let mut flags = Vec::new();
    if migrations {
        flags.extend(["migrations", "migrations-server", "migrations-env"]);
        flags.push(if plan.design.store().is_none() { "migrations-steps" } else { "migrations-schema" });
        if plan.engine.id == "mysql" {
            flags.push("migrations-mysql");
        }
    }
    if staging {
        flags.push("staging");
    }
    if plan.chosen("deployment") == "single-vm" {
        flags.push("host");
        if staging {
            flags.push("staging-host");
        }
    }
    if plan.chosen("delivery") == "canary" {
        flags.push("canary");
    }
    if migrate(plan).is_some() {
        flags.push("migrates");
        if staging {
            flags.push("staging-migrates");
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
    render(
        include_str!("../../templates/ci.yml"),
        &flags,
        &[
            ("name", plan.name().to_owned()),
            ("build-image", image.to_owned()),
            ("checks", quoted(plan.stack.ci)),
            ("engine-image", plan.engine.image.to_owned()),
            ("engine-port", plan.engine.port.to_string()),
            ("engine-environment", format!("{{ {} }}", environment.join(", "))),
            ("engine-health-ci", format!("\"{}\"", plan.engine.health.replace('"', "\\\""))),
            ("engine-url-ci", plan.engine.url.replace("@database:", "@127.0.0.1:")),
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
            ("before-production", if staging { "staging" } else { "image" }.to_owned()),
            // The commands stand in the job of the first environment, and nowhere where there is none.
            ("deploy", if staging { released(deploy(plan)) } else { String::new() }),
            ("deploy-production", released(release(plan))),
        ],
    )
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

/// The commands that bring a version to an environment, and back where it does not become ready.
fn deploy(plan: &Plan) -> Vec<String> {
    let name = plan.name();
    let placed = format!("s|{}|$IMAGE|", target::image(plan));
    let lines: Vec<String> = match (plan.chosen("deployment"), plan.cloud()) {
        ("kubernetes", _) => vec![
            format!("sed \"{placed}\" deploy/kubernetes.yaml | kubectl apply --filename -"),
            format!(
                "kubectl --namespace {name} rollout status deployment/api --timeout 5m || {{ kubectl --namespace {name} rollout undo deployment/api; exit 1; }}"
            ),
        ],
        ("single-vm", _) => [
            "scp deploy/compose.production.yaml deploy/backup.sh \"$HOST:\"".to_owned(),
            "ssh \"$HOST\" 'sh backup.sh'".to_owned(),
            // What else stands in .env stays there.
            "printf 'IMAGE=%s\\n' \"$IMAGE\" | ssh \"$HOST\" 'touch .env && sed -i /^IMAGE=/d .env && cat >> .env'"
                .to_owned(),
        ]
        .into_iter()
        .chain(migrate_within(plan))
        .chain([format!("ssh \"$HOST\" '{COMPOSE} up --detach --wait'")])
        .collect(),
        ("on-premises", _) => vec!["ansible-playbook --inventory inventory deploy/playbook.yaml".to_owned()],
        (_, "aws") => vec![
            "envsubst < deploy/task-definition.json > task.json".to_owned(),
            "aws ecs register-task-definition --cli-input-json file://task.json".to_owned(),
            format!("aws ecs update-service --cluster {name} --service api --task-definition {name}"),
            format!("aws ecs wait services-stable --cluster {name} --services api"),
        ],
        (_, "azure") => vec![
            format!("sed \"{placed}\" deploy/container-app.yaml > app.yaml"),
            format!("az containerapp update --resource-group {name} --name {name} --yaml app.yaml"),
        ],
        (_, "gcp") => vec![
            format!("sed \"{placed}\" deploy/service.yaml > service.yaml"),
            "gcloud run services replace service.yaml --quiet".to_owned(),
        ],
        _ => vec![
            format!("sed \"{placed}\" deploy/service.yaml > service.yaml"),
            "kn service apply --filename service.yaml".to_owned(),
        ],
    };
    lines
}

/// The same for production: where a canary was decided, some of the traffic first, and a look at the errors.
fn release(plan: &Plan) -> Vec<String> {
    let name = plan.name();
    let lines = deploy(plan);
    if plan.chosen("delivery") != "canary" {
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
    let steps = |prepare: Vec<String>, more: String, back: String| {
        let mut all = prepare;
        all.extend([
            "for share in 1 10 50 100; do".to_owned(),
            format!("  {more}"),
            "  sleep 600".to_owned(),
            format!("  {watch} || {{ {back}; exit 1; }}"),
            "done".to_owned(),
        ]);
        all
    };
    match (plan.chosen("deployment"), plan.cloud()) {
        // One new instance stands among the old ones while the errors are watched.
        ("kubernetes", _) => {
            let mut all: Vec<String> = lines.iter().take(1).cloned().collect();
            all.extend([
                format!("sleep 20 && kubectl --namespace {name} rollout pause deployment/api"),
                "sleep 600".to_owned(),
                format!("{watch} || {{ kubectl --namespace {name} rollout resume deployment/api; kubectl --namespace {name} rollout undo deployment/api; exit 1; }}"),
                format!("kubectl --namespace {name} rollout resume deployment/api"),
            ]);
            all.extend(lines.into_iter().skip(1));
            all
        }
        ("managed-containers", "gcp") => steps(
            vec![
                lines[0].clone(),
                format!("gcloud run deploy {name} --image \"$IMAGE\" --no-traffic --quiet"),
            ],
            format!("gcloud run services update-traffic {name} --to-revisions \"LATEST=$share\" --quiet"),
            format!("gcloud run services update-traffic {name} --to-revisions LATEST=0 --quiet"),
        ),
        ("managed-containers", "") => steps(
            vec![
                format!("kn service update {name} --tag @latest=stable"),
                format!("kn service update {name} --image \"$IMAGE\" --tag @latest=next"),
            ],
            format!(
                "kn service update {name} --traffic \"next=$share\" --traffic \"stable=$((100 - share))\""
            ),
            format!("kn service update {name} --traffic stable=100"),
        ),
        // The service of the platform moves the traffic by itself, and goes back when instances do not become ready.
        _ => lines,
    }
}
