//! What the files and the document say of the places where the text wants a system to stand, with the regions there of the
//! cloud that it prescribes.

use super::Plan;
use design::{Site, sites, sites_wanted};

/// The place of a design, or the first of them.
pub(crate) fn place<'a>(plan: &Plan<'a>) -> Option<Site<'a>> {
    sites(&plan.design.requirements).first().copied()
}

/// The regions between which the pipeline goes on: those of several cities, on a cloud whose files name none themselves.
pub(super) fn regions(plan: &Plan) -> Vec<&'static str> {
    let found = sites(&plan.design.requirements);
    let several =
        found.len() > 1 && found.iter().all(|site| !site.row.part && !site.region(plan.cloud()).is_empty());
    if several && plan.cloud() == "aws" && plan.chosen("deployment") == "managed-containers" {
        found.iter().map(|site| site.region("aws")).collect()
    } else {
        Vec::new()
    }
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

/// What a reader of a file has to know of the places, in a few sentences; nothing where the text names none and wants no
/// several. `reason` writes a statement down.
pub(crate) fn note(plan: &Plan, reason: impl Fn(&str) -> String) -> Option<String> {
    let requirements = &plan.design.requirements;
    let found = sites(requirements);
    let mut said: Vec<String> = Vec::new();
    if let Some(first) = found.first() {
        said.push(one(plan, first, &reason(first.statement)));
    }
    for site in found.iter().skip(1) {
        let (place, because) = (site.row.place, reason(site.statement));
        said.push(match site.region(plan.cloud()) {
            "" => format!("It has to stand in {place}, too ({because})."),
            region if site.row.part => {
                format!("The text also names {place} ({because}); of its regions, {region} is assumed.")
            }
            region => format!("It has to stand in {place}, too ({because}): {region}."),
        });
    }
    let cities = found.iter().filter(|site| !site.row.part).count();
    if let [first, ..] = found.as_slice()
        && cities > 1
    {
        let first = first.row.place;
        let others: Vec<&str> = found.iter().skip(1).map(|site| site.row.place).collect();
        let others = others.join(" and ");
        let how = if regions(plan).is_empty() {
            "what deploys it is run once for each place"
        } else {
            "the pipeline deploys it to one region after the other"
        };
        said.push(format!("The program runs in each of them, and {how}. The database writes in {first}; in {others} a copy of it is kept, which is promoted when {first} is lost."));
    } else if found.len() > 1 {
        said.push("Which records stay in which of them has to be settled before data is stored: this design has one database.".to_owned());
    }
    if let Some((wanted, statement)) = sites_wanted(requirements)
        && wanted > cities
    {
        let because = reason(statement);
        said.push(format!("The text asks for {wanted} places ({because}) and names {cities} of them: settle the others before it is deployed."));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// The first place, in one sentence.
fn one(plan: &Plan, site: &Site, reason: &str) -> String {
    let place = site.row.place;
    match (site.region(plan.cloud()), plan.cloud()) {
        ("", "") => {
            let parts = parts(plan);
            format!("It has to stand in {place} ({reason}): what runs it{parts} and what keeps its backups.")
        }
        ("", _) => format!(
            "It has to stand in {place} ({reason}), where we know of no region of the cloud: settle that before data is stored."
        ),
        (region, _) if site.row.part => {
            format!("The text names {place} ({reason}); of its regions, {region} is assumed.")
        }
        (region, _) => format!("{region} is the region in {place} that the text names ({reason})."),
    }
}
