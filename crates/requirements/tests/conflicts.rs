//! Contradictions: each rule of the tables with texts that break it and texts that only look so.

use knowledge::CONFLICTS;
use requirements::{Conflict, analyze};
use std::path::Path;
use toml::{Table, Value};

fn rules() -> Vec<Table> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conflicts.toml");
    let file: Table =
        std::fs::read_to_string(path).expect("the rules are there").parse().expect("they are TOML");
    file["rule"].as_array().expect("a list").iter().filter_map(Value::as_table).cloned().collect()
}

fn texts<'a>(rule: &'a Table, key: &str) -> Vec<&'a str> {
    rule.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn conflicts(text: &str) -> Vec<Conflict> {
    analyze(text).expect("the text is short").conflicts
}

#[test]
fn each_rule_finds_what_breaks_it_and_passes_what_only_looks_so() {
    let mut failures = Vec::new();
    for rule in rules() {
        let id = rule["id"].as_str().expect("an id");
        let also = texts(&rule, "also");
        for text in texts(&rule, "finds") {
            let found: Vec<String> = conflicts(text).into_iter().map(|conflict| conflict.id).collect();
            if !found.iter().any(|found| found == id)
                || found.iter().any(|found| found != id && !also.contains(&found.as_str()))
            {
                failures.push(format!("{id} must find\n  {text}\n  found {found:?}"));
            }
        }
        for text in texts(&rule, "passes") {
            let found: Vec<String> = conflicts(text).into_iter().map(|conflict| conflict.id).collect();
            if found.iter().any(|found| !also.contains(&found.as_str())) {
                failures.push(format!("{id} must pass\n  {text}\n  found {found:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_texts_on_both_sides() {
    let rules = rules();
    for row in CONFLICTS.iter() {
        let rule = rules.iter().find(|rule| rule["id"].as_str() == Some(row.id));
        let rule = rule.unwrap_or_else(|| panic!("{} has no texts", row.id));
        assert!(!texts(rule, "finds").is_empty() && !texts(rule, "passes").is_empty(), "{}", row.id);
    }
    assert_eq!(rules.len(), CONFLICTS.len(), "texts for a rule that does not exist");
}

#[test]
fn a_conflict_names_both_statements_and_shows_the_arithmetic() {
    let found = conflicts("Availability must be 99.99 %. It runs on one virtual machine.");
    let [conflict] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(conflict.statements, ["s1", "s2"]);
    assert!(
        conflict.explanation.starts_with("99.99 % leaves 4.38 minutes"),
        "the explanation shows how much: {}",
        conflict.explanation
    );
    for row in CONFLICTS.iter() {
        let found = rules()
            .iter()
            .filter(|rule| rule["id"].as_str() == Some(row.id))
            .flat_map(|rule| texts(rule, "finds").iter().flat_map(|text| conflicts(text)).collect::<Vec<_>>())
            .collect::<Vec<_>>();
        for conflict in found {
            let whole = format!("{} {}", conflict.explanation, conflict.resolution);
            assert!(!whole.contains(['{', '}']) && !whole.contains("  "), "{}: {whole}", conflict.id);
            assert!(!conflict.statements.is_empty(), "{}", conflict.id);
        }
    }
}
