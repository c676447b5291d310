//! What two parts of a design tell of the same thing comes from one place, in every brief.

mod support;

use support::{briefs, design_of};

#[test]
fn the_plan_of_the_storage_is_the_sum_of_the_tables() {
    let mut checked = 0;
    for brief in briefs() {
        let design = design_of(&brief.text);
        let figure =
            |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|found| found.value);
        let Some(year) = figure("storage.year").filter(|_| !design.database.tables.is_empty()) else {
            continue;
        };
        let tables: f64 = design
            .database
            .tables
            .iter()
            .map(|table| {
                let id = design::table_id("bytes", table);
                figure(&id).unwrap_or_else(|| panic!("{}: {id} is missing", brief.name))
            })
            .sum();
        // Figures keep four digits.
        assert!((year - tables).abs() <= tables * 0.002, "{}: {year} and {tables}", brief.name);
        checked += 1;
    }
    assert!(checked > 100, "only {checked} briefs have tables");
}

#[test]
fn a_key_for_repetitions_is_asked_for_where_there_is_a_table_for_it() {
    let mut keyed = 0;
    for brief in briefs() {
        let design = design_of(&brief.text);
        let asked = design
            .api
            .operations
            .iter()
            .any(|operation| operation.needs.iter().any(|need| need.kind == "idempotency-key"));
        let kept = design.database.tables.iter().any(|table| table.name == "idempotency_keys");
        assert_eq!(asked, kept, "{}: asked for: {asked}, kept: {kept}", brief.name);
        let files = artifacts::files(&design);
        let contract = files.iter().find(|file| file.path == "api/openapi.yaml");
        let told = contract.is_some_and(|file| file.contents.contains("Idempotency-Key"));
        assert_eq!(told, kept, "{}: in the contract: {told}, kept: {kept}", brief.name);
        keyed += usize::from(kept);
    }
    assert!(keyed > 10, "only {keyed} briefs have keys");
}

#[test]
fn a_conflict_is_told_in_words() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        let document = artifacts::document(&design);
        // The name of a place is no text.
        for conflict in design.conflicts.iter().filter(|conflict| conflict.id.contains('-')) {
            let text = document.replace(&format!("(#{})", conflict.id), "");
            let text = text.replace(&format!("<a id=\"{}\">", conflict.id), "");
            assert!(!text.contains(&conflict.id), "{}: {}", brief.name, conflict.id);
        }
    }
}

#[test]
fn the_decisions_alone_are_those_of_the_design() {
    for brief in briefs() {
        let analysis = requirements::analyze(&brief.text).expect("the text is short");
        let alone = design::decide(analysis, &design::Options::default()).expect("no options, no refusal");
        let design = design_of(&brief.text);
        assert_eq!(alone, design.decisions, "{}", brief.name);
    }
}
