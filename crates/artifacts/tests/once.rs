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

#[test]
fn what_is_decided_is_carried_out() {
    let (mut places, mut files, mut jobs) = (0, 0, 0);
    for brief in briefs() {
        let design = design_of(&brief.text);
        let decided = |slot: &str| {
            let mut decisions = design.decisions.iter();
            decisions.find(|decision| decision.slot == slot).is_some_and(|decision| decision.chosen != "none")
        };
        if design.database.tables.is_empty() {
            continue;
        }
        let columns = || design.database.tables.iter().flat_map(|table| &table.columns);
        for table in &design.database.tables {
            let ends = |half| table.columns.iter().filter(|column| column.name.ends_with(half)).count();
            assert_eq!(
                ends("latitude"),
                ends("longitude"),
                "{}: {} has half a place",
                brief.name,
                table.name
            );
        }
        if decided("geo") {
            let mut indexes = design.database.tables.iter().flat_map(|table| &table.indexes);
            let near = indexes.any(|index| matches!(index.method.as_str(), "gist" | "postgis"));
            assert!(near, "{}: geography is decided, and nothing has an indexed place", brief.name);
            places += 1;
        }
        if decided("files") && design.requirements.endpoints.is_empty() {
            let described = columns().any(|column| column.name == "storage_key");
            assert!(described, "{}: files are decided, and no table says where one is", brief.name);
            let text = design.model.entities.iter().flat_map(|entity| &entity.attributes);
            let own = text.into_iter().any(|attribute| attribute.name == "storage key");
            let uploaded = design.api.operations.iter().any(|operation| operation.action == "upload");
            assert!(own || uploaded, "{}: files are decided, and no operation takes one", brief.name);
            files += 1;
        }
        for edge in design.consistency.edges.iter().filter(|edge| edge.kind == "queue") {
            assert!(!edge.from.is_empty() && edge.from != "application", "{}: {edge:?}", brief.name);
            jobs += 1;
        }
        let paid = design.consistency.edges.iter().any(|edge| edge.kind == "payment");
        assert_eq!(
            decided("payments"),
            paid,
            "{}: payments are decided: {}",
            brief.name,
            decided("payments")
        );
    }
    assert!(places > 3 && files > 10 && jobs > 20, "{places} {files} {jobs}");
}
