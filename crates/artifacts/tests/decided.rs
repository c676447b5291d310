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
