//! What the files of a design say and never say, as cases of `said.toml`.

use design::Options;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text with what its files must and must not say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// The file that is read; the document where it is empty.
    #[serde(default)]
    file: String,
    #[serde(default)]
    set: BTreeMap<String, f64>,
    #[serde(default)]
    pins: BTreeMap<String, String>,
    /// What stands in it.
    #[serde(default)]
    says: Vec<String>,
    /// What does not.
    #[serde(default)]
    never: Vec<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn files_say_what_the_cases_want() {
    let cases: Cases = toml::from_str(include_str!("said.toml")).expect("the cases are TOML");
    let mut wrong = Vec::new();
    for case in cases.case {
        assert!(!case.says.is_empty() || !case.never.is_empty(), "{}: nothing is wanted", case.name);
        let analysis = requirements::analyze(&case.text).expect("no text here is over the limit");
        let options = Options { set: case.set, pins: case.pins, ..Options::default() };
        let design = design::design(analysis, &options).expect("the options name what is there");
        let wanted = if case.file.is_empty() { "design.md" } else { &case.file };
        let files = artifacts::files(&design);
        let file = files.iter().find(|file| file.path == wanted);
        let Some(file) = file else {
            if !case.says.is_empty() {
                wrong.push(format!("{}: there is no {wanted}", case.name));
            }
            continue;
        };
        let missing = case.says.iter().filter(|text| !file.contents.contains(*text));
        wrong.extend(missing.map(|text| format!("{}: {wanted} does not say {text:?}", case.name)));
        let unwanted = case.never.iter().filter(|text| file.contents.contains(*text));
        wrong.extend(unwanted.map(|text| format!("{}: {wanted} says {text:?}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
