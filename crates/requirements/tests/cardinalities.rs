//! How many there are at both ends of a relation: a table of sentences.

use requirements::{Many, Relation, analyze};
use std::path::Path;
use toml::{Table, Value};

#[test]
fn sentences_tell_how_many_there_are_at_both_ends() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cardinalities.toml");
    let file: Table =
        std::fs::read_to_string(path).expect("the table is there").parse().expect("the table is TOML");
    let mut failures = Vec::new();
    for (sentence, wanted) in file["sentences"].as_table().expect("sentences with what they tell") {
        let wanted: Vec<&str> = wanted.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        // Everything that a row names has attributes, so that it is an entity.
        let mut text = sentence.clone();
        for row in &wanted {
            for name in row.split([' ', '?', '1', '*']).filter(|name| !name.is_empty()) {
                text = format!("{text}\nThe system stores the {}'s date and weight.", name.to_lowercase());
            }
        }
        let analysis = analyze(&text).expect("no row is over the limit");
        let found: Vec<String> = analysis.model.relations.iter().map(written).collect();
        if found != wanted {
            failures.push(format!("{sentence}\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// "Team 1 * Player": `1` exactly one, `?` at most one, `*` any number.
fn written(relation: &Relation) -> String {
    let end = |min, max| match (min, max) {
        (_, Many::Any) => '*',
        (0, Many::One) => '?',
        (_, Many::One) => '1',
    };
    let (from, to) = (end(relation.from_min, relation.from_max), end(relation.to_min, relation.to_max));
    format!("{} {from} {to} {}", relation.from, relation.to)
}
