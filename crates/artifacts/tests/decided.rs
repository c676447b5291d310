//! What must hold of the numbers and decisions of every design of `tests/briefs`.

mod support;

use support::{briefs, design_of};

#[test]
fn the_tasks_of_the_roadmap_sum_to_the_effort() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        let figure =
            |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|known| known.value);
        let Some(days) = figure("effort.days") else { continue };
        let tasks: f64 = design.roadmap.tasks.iter().map(|task| task.days_p50).sum();
        // Each task is rounded to a tenth of a day.
        let tolerance = 0.05 * design.roadmap.tasks.len() as f64 + 0.05;
        assert!(
            (tasks - days).abs() <= tolerance,
            "{}: the tasks take {tasks} days, the effort is {days}",
            brief.name
        );
        let weeks = figure("effort.weeks.p50").expect("days are given in weeks as well");
        assert!((weeks - days / 5.0).abs() < 0.1, "{}: {weeks} weeks are not {days} days", brief.name);
        assert!(figure("effort.weeks.p90") > Some(weeks), "{}: P90 is below P50", brief.name);
    }
}

/// Names by which a design would be said to run something, with the decisions that may bring it.
const TECHNOLOGIES: &[(&str, &[(&str, &str)])] = &[
    ("Kafka", &[("messaging", "kafka")]),
    ("RabbitMQ", &[("messaging", "rabbitmq")]),
    ("Redis", &[("cache", "redis")]),
    ("Kubernetes", &[("deployment", "kubernetes")]),
    ("Elasticsearch", &[("search", "search-engine")]),
    ("OpenSearch", &[("search", "search-engine")]),
    ("ClickHouse", &[("database", "clickhouse"), ("analytics", "warehouse")]),
    ("MongoDB", &[("database", "mongodb")]),
    ("Cassandra", &[("database", "cassandra")]),
    ("TimescaleDB", &[("database", "timescaledb")]),
    ("DynamoDB", &[("database", "dynamodb")]),
    ("TigerBeetle", &[("database", "ledger-engine")]),
];

/// What a design runs: its parts with what they are made of, and the names of its files.
fn runs(design: &design::Design) -> String {
    let parts = design.deployment.components.iter();
    let mut all: Vec<String> = parts.map(|part| format!("{} {}", part.id, part.technology)).collect();
    all.extend(artifacts::files(design).into_iter().filter(|file| file.path.starts_with("deploy/")).map(
        |file| {
            // The runbook may say what is not there.
            if file.path == "deploy/runbook.md" {
                file.path
            } else {
                format!("{}\n{}", file.path, file.contents)
            }
        },
    ));
    all.join("\n")
}

#[test]
fn no_design_runs_a_technology_without_a_decision() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        let chosen = |slot: &str, option: &str| {
            design.decisions.iter().any(|decision| decision.slot == slot && decision.chosen == option)
        };
        for part in design.deployment.components.iter().filter(|part| !part.id.starts_with("client-")) {
            let decision = design.decisions.iter().find(|decision| decision.slot == part.decision);
            assert!(
                decision.is_some_and(|decision| decision.chosen != "none"),
                "{}: no decision brings {}",
                brief.name,
                part.id
            );
        }
        let runs = runs(&design).to_lowercase();
        for (name, brought) in TECHNOLOGIES {
            let decided = brought.iter().any(|(slot, option)| chosen(slot, option));
            let said = brief.text.to_lowercase().contains(&name.to_lowercase());
            assert!(
                decided || said || !runs.contains(&name.to_lowercase()),
                "{}: {name} is used and no decision chose it",
                brief.name
            );
        }
    }
}

#[test]
fn a_table_has_the_rows_of_the_capacity_sheet() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        for table in design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
            let id = design::entity_id("rows", &table.entity);
            let figure = design.capacity.iter().find(|figure| figure.id == id);
            let rows = figure.map(|figure| figure.value);
            assert_eq!(rows, Some(table.rows_year), "{}: rows of {}", brief.name, table.name);
        }
    }
}

#[test]
fn a_conflict_is_promised_only_where_a_constraint_keeps_records_apart() {
    let mut promised = 0;
    for brief in briefs() {
        let design = design_of(&brief.text);
        for operation in design
            .api
            .operations
            .iter()
            .filter(|operation| operation.problems.iter().any(|problem| problem == "already-exists"))
        {
            let mut tables = design.database.tables.iter().filter(|table| table.entity == operation.entity);
            let kept = tables.any(|table| {
                !table.exclusions.is_empty()
                    || table.indexes.iter().any(|index| index.unique)
                    || table.primary_key != ["id"]
            });
            assert!(kept, "{}: {} promises what nothing keeps", brief.name, operation.id);
            promised += 1;
        }
    }
    assert!(promised > 50, "only {promised} operations refuse a second record");
}

#[test]
fn what_is_asked_of_an_environment_is_asked_of_one_that_is_there() {
    let mut without = 0;
    for brief in briefs() {
        let design = design_of(&brief.text);
        if design.deployment.environments.iter().any(|environment| environment.name == "staging") {
            continue;
        }
        without += 1;
        for task in &design.roadmap.tasks {
            let said = format!("{} {}", task.exit, task.first_test);
            assert!(!said.contains("staging"), "{}: {said}", brief.name);
        }
    }
    assert!(without > 0, "every design has a staging environment");
}
