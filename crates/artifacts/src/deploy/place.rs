//! Where the text wants a system to stand, and the region there of the cloud that it prescribes.

use super::Plan;
use knowledge::{REGIONS, RegionRow};

/// A place that the text names.
pub(crate) struct Place<'a> {
    row: &'static RegionRow,
    /// The statement that names it.
    statement: &'a str,
    /// What else has to stand there: whatever keeps or sends records.
    parts: String,
    /// The region of the cloud there; empty where there is no cloud or it has none.
    pub(crate) region: &'static str,
}

/// The place of a design: a region or a city before the country or the union that it lies in.
pub(crate) fn place<'a>(plan: &Plan<'a>) -> Option<Place<'a>> {
    let constraints = plan.design.requirements.constraints.iter();
    let mut best: Option<Place> = None;
    for constraint in constraints.filter(|constraint| constraint.kind == "region") {
        let Some(row) = REGIONS.iter().find(|row| row.names.contains(&constraint.value.as_str())) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| best.row.part && !row.part) {
            let region = match plan.cloud() {
                "aws" => row.aws,
                "azure" => row.azure,
                "gcp" => row.gcp,
                _ => "",
            };
            best = Some(Place { row, statement: &constraint.statement, parts: parts(plan), region });
        }
    }
    best
}

/// The parts beside the program that records are given to, as the middle of a list.
fn parts(plan: &Plan) -> String {
    let parts = [
        ("files", "what keeps its files"),
        ("notifications", "what sends its messages"),
        ("identity", "what signs people in"),
    ];
    let there = |id: &str| plan.design.deployment.components.iter().any(|part| part.id == id);
    parts.iter().filter(|(id, _)| there(id)).flat_map(|(_, what)| [", ", *what]).collect()
}

impl Place<'_> {
    /// What a reader of a file has to know of the place, in one sentence. `reason` writes the statement down.
    pub(crate) fn note(&self, cloud: &str, reason: impl Fn(&str) -> String) -> String {
        let (place, reason) = (self.row.place, reason(self.statement));
        match (self.region, cloud) {
            ("", "") => {
                format!(
                    "It has to stand in {place} ({reason}): what runs it{} and what keeps its backups.",
                    self.parts
                )
            }
            ("", _) => format!(
                "It has to stand in {place} ({reason}), where we know of no region of the cloud: settle that before data is stored."
            ),
            (region, _) if self.row.part => {
                format!("The text names {place} ({reason}); of its regions, {region} is assumed.")
            }
            (region, _) => format!("{region} is the region in {place} that the text names ({reason})."),
        }
    }
}
