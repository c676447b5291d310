//! The design's check of itself: each item of the table is measured on every design. What the engine must keep fails
//! only by a fault of the engine; what the text may leave open fails as an advice, and stands in the register of risks.

mod measures;
mod references;

use crate::model::{Design, ReviewItem, Risk};
use requirements::Reason;

/// Checks a finished design.
pub(crate) fn review(design: &Design) -> Vec<ReviewItem> {
    if design.database.tables.is_empty() {
        return Vec::new();
    }
    knowledge::REVIEW
        .iter()
        .map(|row| {
            let (name, subject) = row.measure.split_once(' ').unwrap_or((row.measure, ""));
            let (result, mut failures) = match measures::measure(design, name, subject) {
                None => ("not-applicable", Vec::new()),
                Some(failures) if failures.is_empty() => ("pass", failures),
                Some(failures) => ("fail", failures),
            };
            let more = failures.len().saturating_sub(SHOWN);
            failures.truncate(SHOWN);
            if more > 0 {
                failures.push(format!("and {more} more"));
            }
            ReviewItem {
                id: row.id.to_owned(),
                area: row.area.to_owned(),
                kind: row.kind.to_owned(),
                check: row.check.to_owned(),
                result: result.to_owned(),
                detail: failures.join("; "),
            }
        })
        .collect()
}

/// The most elements that an item names.
const SHOWN: usize = 12;

/// What to do about an item that failed.
fn fix(id: &str) -> String {
    let row = knowledge::REVIEW.iter().find(|row| row.id == id);
    row.and_then(|row| row.fix).unwrap_or("The engine is at fault here: please report the text.").to_owned()
}

/// The items that the roadmap tells of as risks by itself.
const TOLD: [&str; 2] = ["all-understood", "load-stated"];

/// A risk for each item that failed and is told nowhere else.
pub(crate) fn risks(review: &[ReviewItem]) -> Vec<Risk> {
    review
        .iter()
        .filter(|item| item.result == "fail" && !TOLD.contains(&item.id.as_str()))
        .map(|item| Risk {
            risk: format!("Not so yet: {} ({}).", item.check, item.detail),
            trigger: format!("{} stands as failed in review.csv when the first slice begins.", item.id),
            mitigation: fix(&item.id),
            evidence: vec![Reason::rule(format!("review-{}", item.id))],
        })
        .collect()
}
