//! `deploy/runbook.md`: what to do when an alert is raised, a release fails or the data is gone.

use super::Plan;
use crate::markdown::{code, text};

/// One section an alert, then the way back and the restore.
pub(super) fn runbook(plan: &Plan) -> String {
    let deployment = &plan.design.deployment;
    let mut out = format!("# Runbook of {}\n", text(&plan.design.title));
    for alert in &deployment.alerts {
        out += &format!(
            "\n## {}\n\n{} Severity: {}.\n\n",
            alert.id,
            text(&alert.summary),
            text(&alert.severity)
        );
        for (at, check) in alert.checks.iter().enumerate() {
            out += &format!("{}. {}\n", at + 1, text(check));
        }
        out += &format!("\n{}\n", text(&alert.fix));
    }
    out += &format!("\n## Roll back\n\n{}\n", back(plan));
    out += "\nThe schema is not rolled back: each change of it was made to work with the version before, and is taken out by a later release.\n";
    if !plan.engine.restore.is_empty() {
        let script =
            if plan.chosen("deployment") == "single-vm" { "restore.sh" } else { "deploy/restore.sh" };
        let file = code(&format!("sh {script} FILE"));
        // The nightly file is what is left where the log is lost as well.
        let (steps, last) = if deployment.recovery.tier == "nightly-backup" {
            (format!("2. Restore into an empty database: {file}."), 3)
        } else {
            let log = "2. Restore to the last moment before the damage, into a new database beside the old one: the full backup, then the archived log up to that time.\n3. Point the program at the new database.";
            (format!("{log} Only where the log is lost too, restore the file of the last night: {file}."), 4)
        };
        out += &format!(
            "\n## Restore\n\n1. Stop the application: {}.\n{steps}\n{last}. Start the application, and read the newest record of each main table.\n\nPlanned time: {}.\n",
            text(stop(plan)),
            text(match deployment.recovery.restore.as_str() {
                "" => &deployment.recovery.formula,
                restore => restore,
            })
        );
        if plan.chosen("files") != "none" {
            out += "\nFiles: the object store brings back the version before; where the bucket is gone, copy the second one back.\n";
        }
    }
    out
}

fn stop(plan: &Plan) -> &'static str {
    match plan.chosen("deployment") {
        "kubernetes" => "scale the deployments api and worker to none, the autoscaler first",
        "single-vm" if plan.has_worker() => "docker compose --file compose.production.yaml stop api worker",
        "single-vm" => "docker compose --file compose.production.yaml stop api",
        "on-premises" => "stop the units on every machine",
        _ => "set the least and the most instances to none",
    }
}

/// The way back to the version before.
pub(crate) fn back(plan: &Plan) -> String {
    let name = plan.name();
    match (plan.chosen("deployment"), plan.cloud()) {
        ("kubernetes", _) => format!(
            "{} within a minute; the pods of the version before are started before those of the failed one stop.",
            code(&format!("kubectl --namespace {name} rollout undo deployment/api"))
        ),
        ("single-vm", _) => format!(
            "{} with the image before; the machine keeps it, so this takes the time of a restart.",
            code("IMAGE=… docker compose --file compose.production.yaml up --detach --wait")
        ),
        ("on-premises", _) => format!(
            "{}; every machine keeps the version before under that name.",
            code(&format!("IMAGE={name}:previous ansible-playbook deploy/playbook.yaml"))
        ),
        (_, "aws") => format!(
            "{} with the number of the task definition before.",
            code(&format!(
                "aws ecs update-service --cluster {name} --service api --task-definition {name}:N"
            ))
        ),
        (_, "azure") => format!(
            "{} to the revision before, which still stands.",
            code("az containerapp ingress traffic set --revision-weight REVISION=100")
        ),
        (_, "gcp") => format!(
            "{}; the revision before still stands.",
            code(&format!("gcloud run services update-traffic {name} --to-revisions REVISION=100"))
        ),
        _ => format!(
            "{}; the revision before still stands.",
            code(&format!("kn service update {name} --traffic REVISION=100"))
        ),
    }
}
