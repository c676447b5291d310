//! The words of the document: what the text calls things, each with what the design takes it for.

use super::page::Page;
use crate::lookup::Lookup;
use crate::markdown::{code, reasons, text};
use design::Design;
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::{Lifecycle, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// The words of a design, in the order of the alphabet.
pub(super) fn glossary(design: &Design, page: &mut Page) {
    let mut words: Vec<(String, Vec<String>)> = Vec::new();
    let lookup = Lookup::new(design);
    let cycles: BTreeMap<&str, &Lifecycle> =
        design.model.lifecycles.iter().rev().map(|cycle| (cycle.entity.as_str(), cycle)).gather();
    let mut relations: BTreeMap<&str, Vec<&Relation>> = BTreeMap::new();
    for relation in &design.model.relations {
        relations.entry(&relation.from).or_default().push(relation);
    }
    for entity in &design.model.entities {
        let mut means: Vec<String> = lookup
            .table(&entity.name)
            .map(|table| format!("a row of {}", code(&table.name)))
            .into_iter()
            .collect();
        if let Some(cycle) = cycles.get(entity.name.as_str()) {
            means.push(format!("goes through {}", text(&cycle.states.join(", ").replace('_', " "))));
        }
        let parts: Vec<String> = relations
            .get(entity.name.as_str())
            .into_iter()
            .flatten()
            .map(|relation| format!("{} {}", said(&relation.label), relation.to))
            .collect();
        if !parts.is_empty() {
            means.push(text(&parts.join(", ")));
        }
        words.push((
            entity.name.clone(),
            vec![text(&entity.name), means.join("; "), reasons(&entity.evidence)],
        ));
    }
    for role in &design.security.roles {
        let mut does: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        for grant in design.security.authorization.iter().filter(|grant| grant.role == role.name) {
            if seen.insert(grant.resource.as_str()) {
                does.push(&grant.resource);
            }
        }
        let means = if does.is_empty() {
            "a role without rights".to_owned()
        } else {
            format!("a role with rights on {}", text(&does.join(", ")))
        };
        words.push((role.name.clone(), vec![text(&role.name), means, reasons(&role.evidence)]));
    }
    words.order_by_key(|(word, _)| word.to_lowercase());
    let rows: Vec<Vec<String>> = words.into_iter().map(|(_, row)| row).collect();
    page.table("Glossary", &["Word", "Means here", "Because of"], &rows);
}

/// A label as one says it of one record: the verb that it begins with in the third person.
fn said(label: &str) -> String {
    let (verb, rest) =
        label.split_once(' ').map_or((label, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    if requirements::known_verb(verb).is_none_or(|(base, _)| base != verb) {
        return label.to_owned();
    }
    let third = match verb {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ => design::plural(verb),
    };
    third + &rest
}
