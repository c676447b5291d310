//! The worked examples show what the present engine makes of their briefs.

use guides::regenerate;
use std::path::Path;

/// What to do about a guide that is not up to date.
const HELP: &str = "run `cargo xtask examples` and read what changed with `git diff references/examples.md`";

#[test]
fn the_generated_parts_are_those_of_the_present_engine() {
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../references");
    let guide = regenerate(&references).unwrap_or_else(|error| panic!("{error}"));
    if guide.before == guide.after {
        return;
    }
    let mut pairs = guide.before.lines().zip(guide.after.lines());
    let same = pairs.clone().take_while(|(is, should)| is == should).count();
    match pairs.nth(same) {
        Some((is, should)) => panic!(
            "references/examples.md is stale from line {}; {HELP}\n  it says: {is}\n  the engine says: {should}",
            same + 1
        ),
        None => panic!("references/examples.md is stale: its end is missing or left over; {HELP}"),
    }
}

#[test]
fn every_example_is_complete() {
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../references");
    let guide = regenerate(&references).unwrap_or_else(|error| panic!("{error}")).after;
    let briefs: Vec<&str> =
        guide.split("```text brief ").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(briefs.len(), 10, "ten examples are promised");
    for brief in briefs {
        let (name, text) = brief.split_once('\n').unwrap();
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        assert!((100..=260).contains(&words), "{name} has {words} words");
        assert!(guide.contains(&format!("(../README.md?example={name}#run-it)")), "{name} cannot be run");
    }
    for part in [
        "Model",
        "Numbers",
        "Decisions",
        "Running parts",
        "Tables",
        "Operations",
        "Who may do what",
        "Roadmap",
    ] {
        let count = guide.lines().filter(|line| *line == format!("#### {part}")).count();
        assert_eq!(count, 10, "{part}");
    }
}
