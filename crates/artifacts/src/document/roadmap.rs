//! In which order it is built.

use super::diagram;
use crate::diagrams;
use crate::markdown::{code, one_line, table, text};
use crate::units::number;
use design::Design;

pub(super) fn roadmap(design: &Design) -> String {
    if design.roadmap.tasks.is_empty() {
        return String::new();
    }
    let mut out = diagram(diagrams::plan(design));
    let rows: Vec<Vec<String>> = design
        .roadmap
        .tasks
        .iter()
        .map(|task| {
            vec![
                code(&task.id),
                text(&task.phase),
                text(&task.title),
                task.after.iter().map(|id| code(id)).collect::<Vec<_>>().join(" "),
                text(&task.exit),
                format!("{} to {}", number(task.days_p50), number(task.days_p90)),
            ]
        })
        .collect();
    out += &table(&["Id", "Phase", "Task", "After", "Done when", "Days, P50 to P90"], &rows);
    let (p50, p90) = design
        .roadmap
        .tasks
        .iter()
        .fold((0.0, 0.0), |(p50, p90), task| (p50 + task.days_p50, p90 + task.days_p90));
    out += &format!(
        "{} to {} working days of one engineer in all; the days are our heuristic.\n\n",
        number(p50),
        number(p90)
    );
    let risks: Vec<Vec<String>> = design
        .roadmap
        .risks
        .iter()
        .map(|risk| vec![text(&risk.risk), text(&risk.trigger), text(&risk.mitigation)])
        .collect();
    if !risks.is_empty() {
        out += "### Risks\n\n";
        out += &table(&["Risk", "How one notices", "What to do"], &risks);
    }
    let count = |result: &str| design.review.iter().filter(|item| item.result == result).count();
    if !design.review.is_empty() {
        out += "### Design review\n\n";
        out += &format!(
            "{} items were measured: {} pass, {} fail, {} do not apply; all of them stand in {}.\n\n",
            design.review.len(),
            count("pass"),
            count("fail"),
            count("not-applicable"),
            code("review.csv")
        );
        let failed: Vec<Vec<String>> = design
            .review
            .iter()
            .filter(|item| item.result == "fail")
            .map(|item| vec![text(&item.area), text(&item.check), text(&one_line(&item.detail))])
            .collect();
        out += &table(&["Section", "Not so", "Found"], &failed);
    }
    out
}
