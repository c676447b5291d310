//! A small system is spared what large ones need: where a text asks for fewer than ten requests a second and ten
//! engineers, no file that is run names microservices, Kafka, Kubernetes, Redis or a search engine, unless its text does.

mod support;

use support::{briefs, design_of};

/// Words.
type List = &'static [&'static str];

/// What is heavy: the slot and the options that decide it, the words of a text that ask for it, and what files of its use
/// say.
const HEAVY: &[(&str, List, List, List)] = &[
    ("architecture", &["microservices", "monolith-and-services"], &["microservice"], &[]),
    ("messaging", &["kafka"], &["kafka", "redpanda"], &["kafka", "redpanda"]),
    (
        "deployment",
        &["kubernetes"],
        &["kubernetes", "k8s"],
        &["kind: deployment", "kubectl", "kubernetes", "k3s"],
    ),
    ("cache", &["redis"], &["redis", "valkey"], &["redis", "valkey"]),
    (
        "search",
        &["search-engine"],
        &["elasticsearch", "opensearch", "meilisearch", "typesense", "solr"],
        &["elasticsearch", "opensearch", "meilisearch", "typesense"],
    ),
];

#[test]
fn small_systems_get_nothing_heavy() {
    let mut small = 0;
    let mut wrong = Vec::new();
    for brief in briefs() {
        let design = design_of(&brief.text);
        let figure =
            |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
        let assumed = |id: &str| {
            let assumption = design.assumptions.iter().find(|assumption| assumption.subject == id);
            assumption.and_then(|assumption| assumption.value.parse().ok())
        };
        let known = |id: &str| figure(id).or_else(|| assumed(id)).unwrap_or(0.0);
        if known("requests.average") >= 10.0 || known("team.engineers") > 10.0 {
            continue;
        }
        small += 1;
        let text = brief.text.to_lowercase();
        let files = artifacts::files(&design);
        for (slot, options, asked, marks) in HEAVY {
            if asked.iter().any(|word| text.contains(word)) {
                continue;
            }
            let chosen = design.decisions.iter().find(|decision| decision.slot == *slot);
            if chosen.is_some_and(|decision| options.contains(&decision.chosen.as_str())) {
                wrong.push(format!(
                    "{}: {slot} is decided as {}",
                    brief.name,
                    chosen.map_or("", |one| &one.chosen)
                ));
            }
            // What is discussed stands in the document, its data and the records; what is run stands in these.
            for file in files.iter().filter(|file| {
                ["deploy/", "db/", "api/", "README"].iter().any(|start| file.path.starts_with(start))
            }) {
                let contents = file.contents.to_lowercase();
                for mark in marks.iter().filter(|mark| contents.contains(**mark)) {
                    wrong.push(format!("{}: {} names {mark}", brief.name, file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(small > 50, "only {small} of the texts are small");
}
