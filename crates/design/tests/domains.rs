//! What the fields of application add to a text, and to which texts they add nothing.

use design::{Design, Options, design};
use requirements::{Evidence, Origin, Reason, RelationKind, analyze};
use std::collections::BTreeSet;
use std::path::Path;
use toml::{Table, Value};

fn designed(text: &str, domains: bool) -> Design {
    let options = Options { domains, ..Options::default() };
    design(analyze(text).expect("the text is short"), &options).expect("the options fit")
}

/// What rests on a field of application, as the cases write it.
fn added(design: &Design) -> BTreeSet<String> {
    let usual = |evidence: &Evidence| {
        evidence.iter().any(|reason| matches!(reason, Reason::Rule(id) if id.starts_with("domain-")))
    };
    let mut found = BTreeSet::new();
    for entity in &design.model.entities {
        if entity.origin == Origin::Domain {
            assert!(usual(&entity.evidence), "{} has another reason", entity.name);
            found.insert(entity.name.clone());
        }
        let attributes = entity.attributes.iter().filter(|attribute| usual(&attribute.evidence));
        found.extend(attributes.map(|attribute| format!("{}.{}", entity.name, attribute.name)));
    }
    let links = design.model.relations.iter().filter(|relation| usual(&relation.evidence));
    found.extend(links.map(|relation| format!("{} - {}", relation.from, relation.to)));
    let cycles = design.model.lifecycles.iter().filter(|lifecycle| usual(&lifecycle.evidence));
    found.extend(cycles.flat_map(|cycle| {
        cycle.states.iter().map(|state| format!("{}: {state}", cycle.entity)).collect::<Vec<_>>()
    }));
    found
}

fn texts<'a>(case: &'a Table, key: &str) -> Vec<&'a str> {
    case.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn each_text_is_completed_as_its_case_says_and_not_at_all_where_the_reader_does_without() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/domains.toml");
    let file: Table = std::fs::read_to_string(path).expect("the cases are there").parse().expect("TOML");
    let mut failures = Vec::new();
    for case in file["case"].as_array().expect("a list").iter().filter_map(Value::as_table) {
        let (name, text) = (&case["name"], case["text"].as_str().expect("a text"));
        let design = designed(text, true);
        let domains: Vec<&str> =
            design.requirements.domains.iter().map(|domain| domain.id.as_str()).collect();
        if domains != texts(case, "domains") {
            failures.push(format!("{name}: recognised {domains:?}"));
        }
        let found = added(&design);
        for wanted in texts(case, "adds").iter().filter(|wanted| !found.contains(**wanted)) {
            failures.push(format!("{name}: `{wanted}` is not among {found:?}"));
        }
        let relations = &design.model.relations;
        let parts: BTreeSet<String> = relations
            .iter()
            .filter(|relation| relation.kind == RelationKind::Composition)
            .map(|relation| format!("{} {} {}", relation.from, relation.label, relation.to))
            .collect();
        for wanted in texts(case, "parts").iter().filter(|wanted| !parts.contains(**wanted)) {
            failures.push(format!("{name}: `{wanted}` is not among {parts:?}"));
        }
        for unwanted in texts(case, "not").iter().filter(|unwanted| found.contains(**unwanted)) {
            failures.push(format!("{name}: `{unwanted}` is added"));
        }
        if texts(case, "adds").is_empty() && texts(case, "domains").is_empty() && !found.is_empty() {
            failures.push(format!("{name}: adds {found:?}"));
        }
        let without = added(&designed(text, false));
        if !without.is_empty() {
            failures.push(format!("{name}: adds {without:?} although the reader does without"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_added_names_its_field_and_the_sentences_that_tell_it() {
    let design = designed(
        "We run a help desk. Customers create tickets by email. Agents can assign tickets and can resolve tickets. An SLA says how fast an agent answers.",
        true,
    );
    let ticket = design.model.entities.iter().find(|entity| entity.name == "Ticket").expect("a ticket");
    let reasons: Vec<String> = ticket.attributes[0].evidence.iter().map(Reason::to_string).collect();
    assert_eq!(reasons[0], "rule:domain-helpdesk");
    assert!(reasons[1..].iter().any(|reason| reason == "s1"), "{reasons:?}");
}
