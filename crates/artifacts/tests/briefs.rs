//! What holds for every requirement text, over all texts of `tests/briefs`, and how well the model agrees with what a
//! careful reader takes from them.

use artifacts::{document, files, json, zip};
use design::{Design, Options};
use requirements::{Evidence, Origin, Reason};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The eight sections, in their order.
const SECTIONS: [&str; 8] = [
    "System Overview",
    "API Specification",
    "Database Design",
    "Architecture Decisions",
    "Security Implementation",
    "Scalability Plan",
    "Deployment Architecture",
    "Implementation Roadmap",
];

/// A text with what is expected of it.
struct Brief {
    name: String,
    text: String,
    expected: toml::Table,
}

fn briefs() -> Vec<Brief> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("tests/briefs is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        let mut texts: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("readable")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .collect();
        texts.sort();
        for path in texts {
            let own = path.with_extension("toml");
            let expected = fs::read_to_string(if own.exists() { own } else { folder.join("expect.toml") })
                .expect("each text has an expectation");
            found.push(Brief {
                name: path.strip_prefix(&root).expect("below the root").display().to_string(),
                text: fs::read_to_string(&path).expect("readable"),
                expected: expected.parse().expect("the expectation is TOML"),
            });
        }
    }
    assert!(found.len() > 100, "only {} texts were found", found.len());
    found
}

fn design_of(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("no text here is over the limit");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

#[test]
fn every_word_belongs_to_exactly_one_statement() {
    for brief in briefs() {
        let analysis = requirements::analyze(&brief.text).expect("within the limit");
        let mut end = 0;
        for statement in &analysis.requirements.statements {
            let [from, to] = statement.span;
            assert!(from >= end, "{}: {} overlaps the one before", brief.name, statement.id);
            assert!(brief.text[from..to].ends_with(&statement.text), "{}: {}", brief.name, statement.id);
            let gap = &brief.text[end..from];
            assert!(
                gap.chars().all(|c| c.is_whitespace() || c == '\u{feff}'),
                "{}: {gap:?} before {} belongs to no statement",
                brief.name,
                statement.id
            );
            end = to;
        }
        let rest = &brief.text[end..];
        assert!(rest.trim().is_empty(), "{}: {rest:?} at the end belongs to no statement", brief.name);
    }
}

#[test]
fn every_design_passes_its_own_review_and_has_eight_sections() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        for item in &design.review {
            assert_eq!(item.result, "pass", "{}: {}: {}", brief.name, item.check, item.detail);
        }
        let document = document(&design);
        let mut code = false;
        let sections: Vec<&str> = document
            .lines()
            .filter(|line| {
                code ^= line.starts_with("```");
                !code
            })
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(sections, SECTIONS, "{}", brief.name);
    }
}

#[test]
fn the_same_text_gives_the_same_bytes_and_a_design_survives_its_own_json() {
    for brief in briefs().iter().step_by(7) {
        let first = design_of(&brief.text);
        let second = design_of(&brief.text);
        assert_eq!(zip(&files(&first)), zip(&files(&second)), "{}", brief.name);
        let read: Design = serde_json::from_str(&json(&first)).expect("its own JSON is read");
        assert_eq!(json(&read), json(&first), "{}", brief.name);
    }
}

#[test]
fn a_text_without_requirements_gets_questions_and_nothing_invented() {
    for brief in briefs() {
        let nothing =
            brief.expected.get("entities").and_then(|names| names.as_array()).is_some_and(Vec::is_empty);
        let unread = brief
            .expected
            .get("language")
            .and_then(|language| language.as_array())
            .is_some_and(|pair| pair.get(1).and_then(toml::Value::as_bool) == Some(false));
        if unread || nothing {
            let design = design_of(&brief.text);
            assert!(
                design.model.entities.is_empty(),
                "{}: {:?}",
                brief.name,
                design.model.entities.iter().map(|entity| &entity.name).collect::<Vec<_>>()
            );
            assert!(
                design.database.tables.is_empty()
                    && design.api.operations.is_empty()
                    && design.decisions.is_empty(),
                "{}",
                brief.name
            );
            assert!(!design.questions.is_empty() && !design.diagnostics.is_empty(), "{}", brief.name);
        }
    }
}

/// The briefs of fields that no domain of the knowledge tables has.
const UNFAMILIAR: [&str; 10] = [
    "allotment-gardens",
    "beekeeping-club",
    "choir",
    "costume-store",
    "lighthouse-maintenance",
    "mountain-rescue",
    "pottery-studio",
    "seed-bank",
    "tree-register",
    "veterinary-clinic",
];

#[test]
fn a_text_of_an_unfamiliar_field_stands_by_itself_and_familiar_fields_are_recognised() {
    let usual = |evidence: &Evidence| {
        evidence.iter().any(|reason| matches!(reason, Reason::Rule(id) if id.starts_with("domain-")))
    };
    let (mut recognised, mut familiar) = (0, 0);
    for brief in briefs() {
        let design = design_of(&brief.text);
        let field = brief.name.split('/').next().unwrap_or_default();
        if UNFAMILIAR.contains(&field) {
            assert_eq!(design.requirements.domains, [], "{}", brief.name);
            for entity in &design.model.entities {
                assert!(
                    entity.origin != Origin::Domain
                        && !usual(&entity.evidence)
                        && !entity.attributes.iter().any(|attribute| usual(&attribute.evidence))
                        && !entity.invariants.iter().any(|invariant| usual(&invariant.evidence)),
                    "{}: {} is completed",
                    brief.name,
                    entity.name
                );
            }
            assert!(
                !design.model.relations.iter().any(|relation| usual(&relation.evidence)),
                "{}",
                brief.name
            );
        } else if field != "traps" {
            familiar += 1;
            recognised += usize::from(!design.requirements.domains.is_empty());
        }
    }
    println!("fields: {recognised} of {familiar} familiar texts are recognised");
    assert!(recognised >= RECOGNISED_FLOOR, "{recognised} of {familiar}");
}

/// The least number of texts of a familiar field that are recognised; may only rise.
const RECOGNISED_FLOOR: usize = 59;

/// The least agreement with the expected entities: found among expected, and expected or optional among found.
/// These may only rise.
const RECALL_FLOOR: f64 = 0.45;
const PRECISION_FLOOR: f64 = 0.84;

#[test]
fn entities_agree_with_a_careful_reader() {
    let (mut found, mut wanted, mut right, mut claimed) = (0, 0, 0, 0);
    for brief in briefs() {
        let names = |key: &str| -> Vec<String> {
            let list = brief.expected.get(key).and_then(|names| names.as_array());
            list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        let entities: Vec<String> = design_of(&brief.text)
            .model
            .entities
            .iter()
            .filter(|entity| entity.origin == Origin::Text)
            .map(|entity| folded(&entity.name))
            .collect();
        let expected = names("entities");
        let allowed: BTreeSet<String> = [&expected, &names("optional"), &names("actors")]
            .into_iter()
            .flatten()
            .flat_map(|name| alternatives(name))
            .collect();
        wanted += expected.len();
        found += expected
            .iter()
            .filter(|name| alternatives(name).iter().any(|name| entities.contains(name)))
            .count();
        claimed += entities.len();
        right += entities.iter().filter(|name| allowed.contains(*name)).count();
    }
    let recall =
        f64::from(u32::try_from(found).expect("few")) / f64::from(u32::try_from(wanted).expect("few"));
    let precision =
        f64::from(u32::try_from(right).expect("few")) / f64::from(u32::try_from(claimed).expect("few"));
    println!(
        "entities: recall {recall:.3} ({found} of {wanted}), precision {precision:.3} ({right} of {claimed})"
    );
    assert!(
        recall >= RECALL_FLOOR && precision >= PRECISION_FLOOR,
        "recall {recall:.3}, precision {precision:.3}"
    );
}

/// The names of which any is right, folded.
fn alternatives(name: &str) -> Vec<String> {
    name.split('|').map(folded).collect()
}

/// A name without regard to case, number and hyphens.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace('-', " ");
    let singular = |word: &str| {
        word.strip_suffix("ies")
            .map_or_else(|| word.strip_suffix('s').unwrap_or(word).to_owned(), |stem| format!("{stem}y"))
    };
    lower.split(' ').map(singular).collect::<Vec<_>>().join(" ")
}
