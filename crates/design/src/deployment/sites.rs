//! Where the text wants the system to stand.

use knowledge::{REGIONS, RegionRow};
use requirements::Requirements;

/// A place that the text names.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// What is known of it.
    pub row: &'static RegionRow,
    /// The statement that names it, by its id.
    pub statement: &'a str,
}

impl Site<'_> {
    /// The region of a cloud there; empty where there is no cloud or it has none.
    pub fn region(&self, cloud: &str) -> &'static str {
        match cloud {
            "aws" => self.row.aws,
            "azure" => self.row.azure,
            "gcp" => self.row.gcp,
            _ => "",
        }
    }
}

/// The places that the text names, each once: cities and regions where it names some, since countries and unions are what
/// these lie in.
pub fn sites(requirements: &Requirements) -> Vec<Site<'_>> {
    let mut found: Vec<Site> = Vec::new();
    for constraint in requirements.constraints.iter().filter(|constraint| constraint.kind == "region") {
        let row = REGIONS.iter().find(|row| row.names.contains(&constraint.value.as_str()));
        let Some(row) = row.filter(|row| found.iter().all(|known| known.row.place != row.place)) else {
            continue;
        };
        found.push(Site { row, statement: &constraint.statement });
    }
    if found.iter().any(|site| !site.row.part) {
        found.retain(|site| !site.row.part);
    }
    found
}

/// In how many places the text wants the system to stand, with the statement that counts them, where it wants several.
pub fn sites_wanted(requirements: &Requirements) -> Option<(usize, &str)> {
    let counts = |noun: &str| matches!(noun, "region" | "data centre" | "data center" | "datacenter");
    requirements
        .quantities
        .iter()
        .filter(|known| known.kind == "count" && (2.0..=20.0).contains(&known.value))
        .find(|known| known.qualifier.as_deref().is_some_and(counts))
        .map(|known| (known.value as usize, known.statement.as_str()))
}

/// The places in which the system runs at once: several cities or regions that the text names.
pub(crate) fn running(requirements: &Requirements) -> Vec<Site<'_>> {
    let mut found = sites(requirements);
    found.retain(|site| !site.row.part);
    if found.len() < 2 {
        found.clear();
    }
    found
}
