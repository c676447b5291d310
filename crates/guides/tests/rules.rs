//! The rules of the guides: each complete, each in the checklist, each pointed to by what the engine knows.

use guides::{Guide, Rule, rules};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The guides with numbered rules, and the letters of their ids.
const SERIES: [(&str, &str); 5] = [
    ("backend-design-process", "PROC"),
    ("api-design-guide", "API"),
    ("database-design", "DB"),
    ("best-practices", "BP"),
    ("common-patterns", "PAT"),
];

/// What a rule says, in this order.
const RULE: [&str; 5] = ["Rule", "Why", "When not", "Check", "Source"];
/// What a pattern says, in this order.
const PATTERN: [&str; 8] =
    ["Problem", "Forces", "Solution", "Failure modes", "When not", "Check", "Related", "Source"];
/// What may follow: what a generated design does about it.
const ENGINE: &str = "Engine";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn guides() -> Vec<Guide> {
    Guide::read_all(&repository().join("references")).unwrap_or_else(|error| panic!("{error}"))
}

/// All rules with the name of their guide.
fn all() -> Vec<(&'static str, Rule)> {
    guides().iter().flat_map(|guide| rules(guide).into_iter().map(|rule| (guide.entry.name, rule))).collect()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} fault(s):\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn rules_are_numbered_without_gaps_in_the_series_of_their_guide() {
    let mut numbers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (guide, rule) in all() {
        numbers.entry(guide).or_default().push(rule.id);
    }
    for (guide, series) in SERIES {
        let found = numbers.remove(guide).unwrap_or_default();
        let wanted: Vec<String> = (1..=found.len()).map(|number| format!("{series}-{number:02}")).collect();
        assert_eq!(found, wanted, "{guide}");
        assert!(found.len() > 50, "{guide} has only {} rules", found.len());
    }
    assert_eq!(numbers, BTreeMap::new(), "only these guides number their rules");
}

#[test]
fn every_rule_has_all_its_parts() {
    let mut faults = Vec::new();
    for (guide, rule) in all() {
        let wanted: &[&str] = if rule.series() == "PAT" { &PATTERN } else { &RULE };
        let parts: Vec<&str> =
            rule.parts.iter().map(|(name, _)| name.as_str()).filter(|name| *name != ENGINE).collect();
        if parts != wanted {
            faults.push(format!(
                "{guide}, {}: it has {}; it needs {}",
                rule.id,
                parts.join(", "),
                wanted.join(", ")
            ));
        }
        for (name, text) in &rule.parts {
            if text.len() < 6 || !text.ends_with(['.', ')', '?', '`', '"']) {
                faults.push(format!("{guide}, {}: {name} is no sentence: {text}", rule.id));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_source_has_a_date_or_is_our_own() {
    let faults: Vec<String> = all()
        .iter()
        .filter_map(|(guide, rule)| {
            let source = rule.part("Source")?.to_lowercase();
            let own = ["our heuristic", "our measurement", "measured", "arithmetic", "verified"];
            let dated =
                year(&source) || own.iter().any(|word| source.contains(word)) || source.contains("](");
            (!dated).then(|| format!("{guide}, {}: {source}", rule.id))
        })
        .collect();
    assert_none(&faults);
}

/// Whether a text names a year from 1960 to 2026.
fn year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| {
        digits.len() == 4 && digits.parse().is_ok_and(|year: u16| (1960..=2026).contains(&year))
    })
}

#[test]
fn every_rule_has_its_line_in_the_checklist_of_its_guide() {
    let faults: Vec<String> = all()
        .iter()
        .filter(|(_, rule)| rule.tick.as_deref().is_none_or(|tick| tick.len() < 15))
        .map(|(guide, rule)| format!("{guide}, {}: the section Checklist has no line for it", rule.id))
        .collect();
    assert_none(&faults);
}

#[test]
fn every_section_with_rules_says_which_decision_it_helps_to_make() {
    let mut faults = Vec::new();
    for guide in guides() {
        let sections: BTreeSet<String> = rules(&guide).into_iter().map(|rule| rule.section).collect();
        for section in sections {
            let start = guide
                .source
                .find(&format!("\n## {section}\n"))
                .expect("the section of a rule is in its guide");
            let opening =
                guide.source[start..].lines().skip(2).find(|line| !line.is_empty()).unwrap_or_default();
            if !opening.starts_with("**Decision:** ") {
                faults.push(format!("{}, {section}: begins with: {opening}", guide.entry.name));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn anchors_of_rules_are_those_of_the_page() {
    let anchors = guides::anchors(&repository().join("references")).unwrap();
    for (guide, rule) in all() {
        let place = format!("{guide}#{}", rule.anchor);
        assert!(anchors.contains(&place), "{place}");
        assert!(rule.anchor.starts_with(&rule.id.to_lowercase()), "{place}");
    }
}

/// Every `guide = "…"` of the knowledge tables, with the file that it stands in.
fn citations() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![repository().join("crates/knowledge/data")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                collect(&toml::Value::Table(table), &name, &mut found);
            }
        }
    }
    found.sort();
    found
}

fn collect(value: &toml::Value, file: &str, found: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value {
                    toml::Value::String(place) if key == "guide" => {
                        found.push((file.to_owned(), place.clone()));
                    }
                    _ => collect(value, file, found),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, file, found)),
        _ => {}
    }
}

#[test]
fn every_place_that_the_tables_cite_exists() {
    let anchors = guides::anchors(&repository().join("references")).unwrap();
    let citations = citations();
    assert!(citations.len() >= 20, "only {} rows cite a guide", citations.len());
    let faults: Vec<String> = citations
        .iter()
        .filter(|(_, place)| !place.contains('#') || !anchors.contains(place))
        .map(|(file, place)| format!("{file}: no guide has {place}"))
        .collect();
    assert_none(&faults);
}

#[test]
fn every_rule_that_the_engine_applies_is_cited() {
    let cited: BTreeSet<String> = citations().into_iter().map(|(_, place)| place).collect();
    let faults: Vec<String> = all()
        .iter()
        .filter(|(guide, rule)| {
            rule.part(ENGINE).is_some() && !cited.contains(&format!("{guide}#{}", rule.anchor))
        })
        .map(|(guide, rule)| {
            format!(
                "{}: the guide says that the engine applies it, and no table cites {guide}#{}",
                rule.id, rule.anchor
            )
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn every_practice_of_the_engine_is_told_in_its_rule() {
    let told: BTreeSet<String> = all()
        .iter()
        .filter(|(_, rule)| rule.part(ENGINE).is_some())
        .map(|(guide, rule)| format!("{guide}#{}", rule.anchor))
        .collect();
    let faults: Vec<String> = citations()
        .iter()
        .filter(|(file, place)| file == "practices.toml" && !told.contains(place))
        .map(|(_, place)| {
            format!("{place}: the rule has no part `{ENGINE}` that says what every design does")
        })
        .collect();
    assert_none(&faults);
}
