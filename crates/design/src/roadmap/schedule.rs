//! Who works when: tasks in their order, each taken by the first engineer who is free once what it waits for is done.

use crate::model::Task;
use std::collections::BTreeMap;

/// When each task begins and ends, in working days from the start.
pub(super) struct Schedule {
    /// By the place of the task.
    pub(super) spans: Vec<(f64, f64)>,
}

impl Schedule {
    /// Working days until everything is done.
    pub(super) fn days(&self) -> f64 {
        self.spans.iter().map(|span| span.1).fold(0.0, f64::max)
    }
}

/// Spreads tasks over engineers. What a task waits for stands before it; what is left out is waited for by nobody.
pub(super) fn schedule(tasks: &[&Task], engineers: usize) -> Schedule {
    let mut free = vec![0.0_f64; engineers.max(1)];
    let mut ends: BTreeMap<&str, f64> = BTreeMap::new();
    let mut spans = Vec::with_capacity(tasks.len());
    for task in tasks {
        let ready = after(&ends, task);
        let first = (0..free.len()).min_by(|a, b| free[*a].max(ready).total_cmp(&free[*b].max(ready)));
        let Some(first) = first else { continue };
        let start = free[first].max(ready);
        let end = start + task.days_p50;
        free[first] = end;
        ends.insert(&task.id, end);
        spans.push((start, end));
    }
    Schedule { spans }
}

/// The tasks of the longest chain, by place: no team is so large that it takes less time than these.
pub(super) fn critical(tasks: &[Task]) -> Vec<usize> {
    let mut ends: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(tasks.len());
    let (mut last, mut longest) = (None, -1.0);
    for (at, task) in tasks.iter().enumerate() {
        let latest = task
            .after
            .iter()
            .filter_map(|id| ends.get(id.as_str()).copied())
            .reduce(|one, other| if other.0 > one.0 { other } else { one });
        let end = latest.map_or(0.0, |(end, _)| end) + task.days_p50;
        before.push(latest.map(|(_, at)| at));
        ends.insert(&task.id, (end, at));
        if end > longest {
            (last, longest) = (Some(at), end);
        }
    }
    let mut path = Vec::new();
    while let Some(at) = last {
        path.push(at);
        last = before[at];
    }
    path.reverse();
    path
}

fn after(ends: &BTreeMap<&str, f64>, task: &Task) -> f64 {
    task.after.iter().filter_map(|id| ends.get(id.as_str())).copied().fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, after: &[&str], days: f64) -> Task {
        let after = after.iter().map(|id| (*id).to_owned()).collect();
        Task { id: id.to_owned(), after, days_p50: days, ..Task::default() }
    }

    #[test]
    fn more_engineers_help_until_the_longest_chain() {
        let tasks = [
            task("a", &[], 2.0),
            task("b", &["a"], 3.0),
            task("c", &["a"], 4.0),
            task("d", &["b", "c"], 1.0),
        ];
        let all: Vec<&Task> = tasks.iter().collect();
        for (engineers, days) in [(1, 10.0), (2, 7.0), (9, 7.0)] {
            assert!((schedule(&all, engineers).days() - days).abs() < 1e-9, "{engineers}");
        }
        assert_eq!(critical(&tasks), [0, 2, 3]);
        // What is cut is waited for by nobody.
        assert!((schedule(&[&tasks[0], &tasks[1], &tasks[3]], 1).days() - 6.0).abs() < 1e-9);
    }
}
