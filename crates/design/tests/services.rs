//! Which modules run together, and what becomes of references between services.

use design::{Design, Options};
use std::collections::BTreeSet;

fn design(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("short enough");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

/// A text about a fair with eight entities, of which only some belong together.
fn fair(team: &str) -> Design {
    design(&format!(
        "{team}\n- Visitors write messages. A message belongs to a visitor and has a text.\n\
         - A stall has a number. Traders book stalls.\n- A ride has a height.\n- A ticket has a price and belongs to a ride.\n\
         - A gate has a width.\n- A tent has a name and a colour.\n- A poster has a title and a size.\n"
    ))
}

fn services(design: &Design) -> BTreeSet<&str> {
    design.modules.iter().map(|module| module.deployable.as_str()).collect()
}

#[test]
fn no_more_services_than_people_can_own() {
    for (team, most) in [
        ("12 engineers build it as microservices.", 4),
        ("45 engineers in two teams build it as microservices.", 4),
        ("Three engineers build it as microservices.", 2),
        ("Three engineers build it.", 1),
    ] {
        let design = fair(team);
        let modules = design.modules.len();
        assert!(modules > most, "{team}: {modules} modules leave nothing to join");
        assert_eq!(services(&design).len(), most, "{team}: {:?}", services(&design));
    }
}

#[test]
fn a_service_joined_of_modules_says_which_number_joined_it() {
    let design = fair("12 engineers build it as microservices.");
    let assumed =
        design.assumptions.iter().find(|known| known.subject == "service.engineers").expect("assumed");
    for module in &design.modules {
        let reasons: Vec<String> = module.evidence.iter().map(ToString::to_string).collect();
        assert!(reasons.contains(&assumed.id), "{}: {reasons:?}", module.name);
    }
}

#[test]
fn no_constraint_and_no_policy_reaches_into_another_service() {
    // Each of three services: neither devices nor groups are parts of what refers to them.
    let design = fair("45 engineers in eight teams build it as microservices.");
    assert!(services(&design).len() > 2, "{:?}", services(&design));
    let home = |entity: &str| {
        let module = design.modules.iter().find(|module| module.entities.iter().any(|known| known == entity));
        module.map(|module| module.deployable.as_str())
    };
    for table in design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
        for key in &table.foreign_keys {
            let target = design
                .database
                .tables
                .iter()
                .find(|known| known.name == key.references.table)
                .expect("there");
            let apart = home(&table.entity) != home(&target.entity);
            assert_eq!(!key.service.is_empty(), apart, "{}", key.name);
            assert_eq!(table.constraints().any(|kept| kept.name == key.name), !apart, "{}", key.name);
        }
    }
}
