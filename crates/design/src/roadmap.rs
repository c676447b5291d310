//! Step 7: in which order the system is built. A walking skeleton first, then one slice for each entity, the most
//! valuable and risky first as far as references allow, then what makes it fit for use.

mod fit;
mod risks;
mod schedule;

use crate::effort::{self, Effort};
use crate::figures::{counted, duration, filled, many, shown};
use crate::model::{Deployment, Operation, Roadmap, Security, Table, Task};
use crate::settled::Settled;
use knowledge::Gather as _;
use knowledge::Order as _;
use knowledge::{WORK, WorkRow};
use requirements::{Evidence, Reason, add_reason};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// The most reasons that a task shows.
const REASONS: usize = 6;

/// Plans the work.
pub(crate) fn roadmap(
    settled: &Settled,
    deployment: &Deployment,
    security: &Security,
    effort: &Effort,
) -> Roadmap {
    if settled.database.tables.is_empty() {
        return Roadmap::default();
    }
    let values = values(settled, deployment, security);
    let existing = effort::existing(settled);
    let engineers = fit::engineers(settled.facts);
    let mut plan = Plan {
        settled,
        effort,
        values: &values,
        alone: engineers == 1,
        tasks: Vec::new(),
        worth: BTreeMap::new(),
    };
    let of = |phase: &str| -> Vec<(&'static WorkRow, Evidence)> {
        let rows = WORK.iter().filter(|row| row.phase == phase);
        rows.filter_map(|row| Some((row, applies(settled, row.when, &existing)?))).collect()
    };
    let mut base = Vec::new();
    for (row, evidence) in of("skeleton") {
        base = vec![plan.work(row, "Skeleton", &base, evidence)];
    }
    let slices = plan.slices(&base);
    let mut last: Vec<String> = Vec::new();
    for (row, evidence) in of("capability") {
        let after = plan.carriers(&evidence, &slices, &base);
        last.push(plan.work(row, "Capabilities", &after, evidence));
    }
    let waited: BTreeSet<&String> = plan.tasks.iter().flat_map(|task| &task.after).gather();
    let mut after: Vec<String> =
        slices.values().chain(&last).filter(|id| !waited.contains(id)).cloned().collect();
    if after.is_empty() {
        after = base;
    }
    after.order_by_key(|id| id[1..].parse::<usize>().unwrap_or_default());
    for (row, evidence) in of("readiness") {
        plan.work(row, "Readiness", &after, evidence);
    }
    let (mut tasks, worth) = (plan.tasks, plan.worth);
    let spans = schedule::schedule(&tasks.iter().collect::<Vec<_>>(), engineers).spans;
    for at in schedule::critical(&tasks) {
        tasks[at].critical = true;
    }
    for (task, (start, end)) in tasks.iter_mut().zip(spans) {
        (task.starts, task.ends) = (tenth(start), tenth(end));
    }
    let week = fit::week(settled);
    let terms = (week, effort.spread, effort.cost);
    let (fits, cuts) =
        fit::fit(&tasks, &worth, (settled.facts, settled.analysis), &deployment.figures, terms);
    let mut risks = risks::risks(settled, &values, &existing);
    risks.extend(risks::short(&fits));
    Roadmap { tasks, engineers: engineers as f64, week, spread: effort.spread, fits, cuts, risks }
}

/// Tasks in the making.
struct Plan<'a> {
    settled: &'a Settled<'a>,
    effort: &'a Effort,
    values: &'a [(&'static str, String)],
    /// Whether one person does all of it.
    alone: bool,
    tasks: Vec<Task>,
    /// What each task is worth, by its id.
    worth: BTreeMap<String, f64>,
}

impl Plan<'_> {
    /// A part of the work that is no slice.
    fn work(&mut self, row: &WorkRow, phase: &str, after: &[String], evidence: Evidence) -> String {
        let evidence = if evidence.is_empty() { vec![Reason::rule(row.id)] } else { evidence };
        self.add(Task {
            title: filled(row.title, self.values),
            phase: phase.to_owned(),
            after: after.to_vec(),
            exit: filled(row.exit, self.values),
            first_test: filled(row.test, self.values),
            owner: row.owner.to_owned(),
            days_p50: self.effort.days(row.effort),
            evidence,
            ..Task::default()
        })
    }

    fn add(&mut self, mut task: Task) -> String {
        let id = format!("w{}", self.tasks.len() + 1);
        task.id.clone_from(&id);
        // One person has no roles to share out.
        if self.alone {
            "developer".clone_into(&mut task.owner);
        }
        task.days_p90 = tenth(task.days_p50 * self.effort.spread);
        task.days_p50 = tenth(task.days_p50);
        let stated = task.evidence.iter().filter(|reason| matches!(reason, Reason::Statement(_))).count();
        self.worth.insert(id.clone(), stated as f64);
        task.evidence.truncate(REASONS);
        self.tasks.push(task);
        id
    }

    /// One slice for each entity: of those whose references are there, the one with the most value and risk comes next.
    fn slices(&mut self, base: &[String]) -> BTreeMap<String, String> {
        let settled = self.settled;
        let tables: Vec<&Table> =
            settled.database.tables.iter().filter(|table| !table.entity.is_empty()).collect();
        let days = self.effort.by_entity();
        let mut operations: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
        for operation in &settled.api.operations {
            operations.entry(&operation.entity).or_default().push(operation);
        }
        let mut done: BTreeMap<String, String> = BTreeMap::new();
        for at in self.order(&tables) {
            let table = tables[at];
            let mut after: Vec<String> = table
                .foreign_keys
                .iter()
                .filter_map(|key| done.get(&key.references.table).cloned())
                .collect();
            after.order_by_key(|id| id[1..].parse::<usize>().unwrap_or_default());
            after.dedup();
            if after.is_empty() {
                after = base.to_vec();
            }
            let operations = operations.get(table.entity.as_str()).map_or(&[][..], Vec::as_slice);
            let id = self.add(Task {
                title: table.entity.clone(),
                phase: "Slices".to_owned(),
                after,
                exit: exit(table, operations),
                first_test: first_test(table, operations),
                owner: "backend engineer".to_owned(),
                days_p50: days.get(table.entity.as_str()).copied().unwrap_or_default(),
                evidence: table.evidence.clone(),
                ..Task::default()
            });
            done.insert(table.name.clone(), id);
        }
        done
    }

    /// The places of the tables in the order of their slices.
    fn order(&self, tables: &[&Table]) -> Vec<usize> {
        let cycles = &self.settled.analysis.model.lifecycles;
        let mut moves: BTreeMap<&str, usize> = BTreeMap::new();
        for cycle in cycles {
            *moves.entry(&cycle.entity).or_default() += cycle.transitions.len();
        }
        let places: BTreeMap<&str, usize> =
            tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).gather();
        // Which tables wait for each, and for how many each waits.
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); tables.len()];
        let mut waits = vec![0_usize; tables.len()];
        for (at, table) in tables.iter().enumerate() {
            let parents: BTreeSet<usize> = table
                .foreign_keys
                .iter()
                .filter_map(|key| places.get(key.references.table.as_str()).copied())
                .filter(|parent| *parent != at)
                .gather();
            waits[at] = parents.len();
            for parent in parents {
                children[parent].push(at);
            }
        }
        // Of two that are worth the same, the earlier in the text comes first.
        let ranked = |at: usize| {
            let table = tables[at];
            (weight(table, moves.get(table.entity.as_str()).copied().unwrap_or_default()), Reverse(at))
        };
        let mut free: BinaryHeap<(usize, Reverse<usize>)> =
            (0..tables.len()).filter(|at| waits[*at] == 0).map(ranked).collect();
        let mut taken = vec![false; tables.len()];
        let mut order = Vec::with_capacity(tables.len());
        let mut first = 0;
        while order.len() < tables.len() {
            // Tables that wait for each other in a circle are taken as they come.
            let at = if let Some((_, Reverse(at))) = free.pop() {
                at
            } else {
                first += taken[first..].iter().take_while(|taken| **taken).count();
                first
            };
            if taken[at] {
                continue;
            }
            taken[at] = true;
            order.push(at);
            for child in &children[at] {
                waits[*child] -= 1;
                if waits[*child] == 0 {
                    free.push(ranked(*child));
                }
            }
        }
        order
    }

    /// The slices that a capability waits for: those of which the same sentences speak; else none.
    fn carriers(
        &self,
        evidence: &Evidence,
        slices: &BTreeMap<String, String>,
        base: &[String],
    ) -> Vec<String> {
        let slices: BTreeSet<&String> = slices.values().gather();
        let spoken = |task: &&Task| {
            slices.contains(&task.id)
                && task
                    .evidence
                    .iter()
                    .any(|reason| matches!(reason, Reason::Statement(_)) && evidence.contains(reason))
        };
        let found: Vec<String> = self.tasks.iter().filter(spoken).map(|task| task.id.clone()).collect();
        if !found.is_empty() {
            return found;
        }
        base.to_vec()
    }
}

/// Value and risk of a slice, in halves: sentences about it, what its states, rules and protected columns can get wrong.
fn weight(table: &Table, moves: usize) -> usize {
    let stated = table.evidence.iter().filter(|reason| matches!(reason, Reason::Statement(_))).count();
    let guarded = table.columns.iter().filter(|column| column.class != "internal").count();
    2 * (stated + moves) + guarded
}

/// How one sees that a slice is done.
fn exit(table: &Table, operations: &[&Operation]) -> String {
    let mut parts = vec![match operations.len() {
        0 => format!("Rows of {} are written and read by their parents", table.name),
        1 => format!("The operation on {} passes its contract test", table.name),
        count => format!("The {count} operations on {} pass their contract tests", table.name),
    }];
    if let Some(states) = table.states.as_ref().filter(|states| !states.moves.is_empty()) {
        parts.push(match states.moves.len() {
            1 => "its state changes in no other way than the one that is drawn".to_owned(),
            count => format!("its states change in no other way than the {count} that are drawn"),
        });
    }
    if !table.exclusions.is_empty() {
        parts.push("no two of its periods overlap".to_owned());
    }
    if !operations.is_empty() {
        parts.push("what the matrix grants on them passes, and what it does not is refused".to_owned());
    }
    parts.join("; ") + "."
}

/// The test to write first: what the slice must refuse or do, as a call and its answer.
fn first_test(table: &Table, operations: &[&Operation]) -> String {
    let call = |operation: &Operation| format!("{} {}", operation.method, operation.path);
    if let Some(step) = operations.iter().find(|operation| !operation.states.is_empty()) {
        return format!("{} answers 409 unless the record is {}.", call(step), step.states.join(" or "));
    }
    let find = |action: &str| operations.iter().find(|operation| operation.action == action);
    if let (Some(create), Some(get)) = (find("create"), find("get")) {
        return format!("{} answers 201, and {} at its Location the same record.", call(create), call(get));
    }
    match operations.first() {
        Some(only) => format!("{} answers 2xx with one known row in {}.", call(only), table.name),
        None => format!("A row of {} without its parent is refused by the database.", table.name),
    }
}

/// Whether a condition holds; `existing` does where something is there already.
fn applies(settled: &Settled, when: &str, existing: &Evidence) -> Option<Evidence> {
    match when {
        "existing" => (!existing.is_empty()).then(|| existing.clone()),
        "actor.system" => {
            let mut evidence = Evidence::new();
            for actor in settled.systems() {
                for reason in actor.evidence.iter().take(1) {
                    add_reason(&mut evidence, reason.clone());
                }
            }
            (!evidence.is_empty()).then_some(evidence)
        }
        when => settled.when(when),
    }
}

/// What stands in the braces of the rows.
fn values(settled: &Settled, deployment: &Deployment, security: &Security) -> Vec<(&'static str, String)> {
    let operations = &settled.api.operations;
    let reads = operations.iter().find(|operation| operation.action == "list").or(operations.first());
    let systems: Vec<String> = settled.systems().map(|actor| actor.name.clone()).collect();
    let figure = |id: &str| shown(crate::deployment::value(&deployment.figures, id));
    let mut values = vec![
        ("probe", reads.map_or_else(|| "GET /".to_owned(), |read| format!("{} {}", read.method, read.path))),
        ("roles", many(security.roles.len(), "role")),
        ("systems", systems.join(", ")),
        ("call", figure("timeout.call")),
        ("peak", counted(&shown(settled.facts.number("load.test")), "requests/s")),
        (
            "misprint",
            if settled.chosen("search") == "search-engine" { ", a misprint still finds it" } else { "" }
                .to_owned(),
        ),
        ("environment", tried_in(deployment).to_owned()),
        (
            "sized",
            tried_in(deployment).to_owned() + sized(settled.facts.number("instances.needed"), deployment),
        ),
        ("receivers", crate::messages::receivers(settled.analysis)),
        ("restored", duration(deployment.recovery.restore_time)),
    ];
    for slot in ["deployment", "search", "realtime", "analytics", "geo", "messaging", "offline"] {
        values.push((slot, settled.decision(slot).map(|decision| decision.name.clone()).unwrap_or_default()));
    }
    values
}

/// Where something is tried first.
fn tried_in(deployment: &Deployment) -> &'static str {
    let staging = deployment.environments.iter().any(|environment| environment.name == "staging");
    if staging { "staging" } else { "production before anybody uses it" }
}

/// What staging needs for a load that one instance of each part does not carry.
fn sized(needed: f64, deployment: &Deployment) -> &'static str {
    let small = needed > 1.0 && tried_in(deployment) == "staging";
    if small { " with the instances and the database of production for as long as it runs" } else { "" }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
