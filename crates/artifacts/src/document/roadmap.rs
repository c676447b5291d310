//! In which order it is built.

use super::guidelines::guidelines;
use super::page::Page;
use super::places;
use crate::csv;
use crate::diagrams;
use crate::markdown::{code, one_line, reasons, text};
use crate::units::{amount, number};
use design::{Design, counted};

pub(super) fn roadmap(design: &Design, page: &mut Page) {
    if design.roadmap.tasks.is_empty() {
        return;
    }
    page.diagrams(diagrams::plan(design).as_slice());
    let rows: Vec<Vec<String>> = design
        .roadmap
        .tasks
        .iter()
        .map(|task| {
            let (first, last) = csv::weeks(task);
            let weeks = if first == last { first } else { format!("{first} to {last}") };
            vec![
                places::at(&task.id) + &code(&task.id),
                text(&task.phase),
                text(&task.title),
                task.after.iter().map(|id| format!("[{}](#{id})", code(id))).collect::<Vec<_>>().join(" "),
                text(&task.exit),
                text(&task.first_test),
                text(&task.owner),
                weeks,
                format!("{} to {}", number(task.days_p50), number(task.days_p90)),
                reasons(&task.evidence),
            ]
        })
        .collect();
    page.table(
        "",
        &[
            "Id",
            "Phase",
            "Task",
            "After",
            "Done when",
            "First failing test",
            "Owner",
            "Week",
            "Days, P50 to P90",
            "Because of",
        ],
        &rows,
    );
    fit(design, page);
    let risks: Vec<Vec<String>> = design
        .roadmap
        .risks
        .iter()
        .map(|risk| {
            let said = [&risk.risk, &risk.trigger, &risk.mitigation].map(|part| places::named(design, part));
            said.into_iter().chain([reasons(&risk.evidence)]).collect()
        })
        .collect();
    page.table("Risks", &["Risk", "How one notices", "What to do", "Because of"], &risks);
    let count = |result: &str| design.review.iter().filter(|item| item.result == result).count();
    guidelines(design, page);
    if !design.review.is_empty() {
        page.part(
            "Design review",
            &format!(
                "{} items were measured: {} pass, {} fail, {} do not apply; all of them stand in {}.",
                design.review.len(),
                count("pass"),
                count("fail"),
                count("not-applicable"),
                code("review.csv")
            ),
        );
        let failed: Vec<Vec<String>> = design
            .review
            .iter()
            .filter(|item| item.result == "fail")
            .map(|item| {
                vec![text(&item.area), text(&item.check), places::named(design, &one_line(&item.detail))]
            })
            .collect();
        page.table("", &["Section", "Not so", "Found"], &failed);
    }
}

/// The plan beside the team, the deadline and the money, and what to leave for later.
fn fit(design: &Design, page: &mut Page) {
    let roadmap = &design.roadmap;
    let (p50, p90) =
        roadmap.tasks.iter().fold((0.0, 0.0), |(p50, p90), task| (p50 + task.days_p50, p90 + task.days_p90));
    let week = if roadmap.week > 0.0 { roadmap.week } else { WEEK };
    let elapsed = roadmap.tasks.iter().map(|task| task.ends).fold(0.0, f64::max) / week;
    let chain: f64 = roadmap.tasks.iter().filter(|task| task.critical).map(|task| task.days_p50).sum();
    let mut people = amount(roadmap.engineers, "engineers");
    if week < WEEK {
        people += &format!(" with {} a week for it", amount(week, "days"));
    }
    let take = if roadmap.engineers > 1.0 { "take" } else { "takes" };
    page.say(&format!(
        "{} to {} working days of one engineer in all; {people} {take} {} to {} weeks, and no team less than {} for the longest chain. The days are those of {} and {}, which are our heuristic.",
        number(p50),
        number(p90),
        number(elapsed),
        number(elapsed * roadmap.spread),
        amount(chain / week, "weeks"),
        code("effort.days"),
        code("effort.spread")
    ));
    let rows: Vec<Vec<String>> = roadmap
        .fits
        .iter()
        .map(|fit| {
            let verdict = if fit.p90 <= fit.stated {
                "enough nine times in ten"
            } else if fit.p50 <= fit.stated {
                "enough every other time"
            } else {
                "not enough"
            };
            vec![
                text(&fit.subject),
                text(&if fit.said.is_empty() {
                    counted(&number(fit.stated), &fit.unit)
                } else {
                    let (_, purpose) = fit.unit.split_once(' ').unwrap_or_default();
                    format!("{}, {purpose}", fit.said)
                }),
                number(fit.p50),
                number(fit.p90),
                verdict.to_owned(),
                reasons(&fit.evidence),
            ]
        })
        .collect();
    page.table(
        "Does it fit?",
        &["What", "Stated or assumed", "Needed, P50", "Needed, P90", "Verdict", "Because of"],
        &rows,
    );
    let title = |id: &str| {
        roadmap.tasks.iter().find(|task| task.id == id).map_or_else(String::new, |task| text(&task.title))
    };
    let cuts: Vec<Vec<String>> = roadmap
        .cuts
        .iter()
        .enumerate()
        .map(|(at, cut)| {
            vec![
                (at + 1).to_string(),
                format!("[{}](#{}) {}", code(&cut.task), cut.task, title(&cut.task)),
                number(cut.days),
                number(cut.weeks),
                number(cut.left),
                text(&cut.enough),
            ]
        })
        .collect();
    page.table(
        "What to leave for later, in this order",
        &["", "Task", "Days saved", "Weeks bought", "Weeks left, P50", "Deadline met then"],
        &cuts,
    );
}

/// Working days of a week.
const WEEK: f64 = 5.0;
