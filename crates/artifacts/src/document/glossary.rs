//! The words of the document: what the text calls things, each with what the design takes it for.

use super::page::Page;
use crate::lookup::Lookup;
use crate::markdown::{code, reasons, text};
use design::Design;
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::{Lifecycle, Reason, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// The words of a design, in the order of the alphabet.
pub(super) fn glossary(design: &Design, page: &mut Page) {
    let mut words: Vec<(String, Vec<String>)> = Vec::new();
    let lookup = Lookup::new(design);
    let cycles: BTreeMap<&str, &Lifecycle> =
        design.model.lifecycles.iter().rev().map(|cycle| (cycle.entity.as_str(), cycle)).gather();
    let mut relations: BTreeMap<&str, Vec<&Relation>> = BTreeMap::new();
    for relation in design.model.relations.iter().filter(|relation| requirements::keeps(&relation.label)) {
        relations.entry(&relation.from).or_default().push(relation);
    }
    let statements: BTreeMap<Reason, &str> = design
        .requirements
        .statements
        .iter()
        .filter_map(|known| Some((Reason::try_from(known.id.clone()).ok()?, known.text.as_str())))
        .collect();
    for entity in &design.model.entities {
        let mut means = Vec::new();
        let attributes: Vec<&str> =
            entity.attributes.iter().take(MOST).map(|known| known.name.as_str()).collect();
        if !attributes.is_empty() {
            let table = lookup
                .table(&entity.name)
                .map_or_else(String::new, |table| format!(" in {}", code(&table.name)));
            means.push(text(&attributes.join(", ")) + &table);
        }
        if let Some(cycle) = cycles.get(entity.name.as_str()) {
            means.push(format!("goes through {}", text(&cycle.states.join(", ").replace('_', " "))));
        }
        let (mut parts, mut bare) = (Vec::new(), Vec::new());
        for relation in relations.get(entity.name.as_str()).into_iter().flatten() {
            let heard = relation.evidence.iter().filter_map(|reason| statements.get(reason).copied());
            match said(relation, heard) {
                Some(label) => {
                    let part = format!("{label} {}", relation.to);
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
                None => bare.push(relation.to.as_str()),
            }
        }
        if !bare.is_empty() {
            parts.push(format!("goes with {}", bare.join(", ")));
        }
        if !parts.is_empty() {
            means.push(text(&parts.join(", ")));
        }
        // That a thing has a table of its name explains no word.
        if means.is_empty() {
            continue;
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

/// How many attributes a row names.
const MOST: usize = 6;

/// A relation as one says it of one record: the verb of its label in the third person, with the preposition that follows
/// it in the text. Nothing where the verb would say something else: "a message is delivered to each device" is no message
/// that delivers devices.
fn said<'a>(relation: &Relation, mut heard: impl Iterator<Item = &'a str>) -> Option<String> {
    let label = relation.label.as_str();
    let (verb, rest) =
        label.split_once(' ').map_or((label, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    let third = match verb {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ => design::plural(verb),
    };
    let base = requirements::known_verb(verb).map_or("", |(base, _)| base);
    if base != verb {
        return (!rest.is_empty() || !base.is_empty()).then(|| label.to_owned());
    }
    if !rest.is_empty() || verb == "have" {
        return Some(third + &rest);
    }
    // The last word of what does it, without an ending.
    let doer = requirements::head(&relation.from).to_lowercase();
    let doer = doer.get(..doer.len().saturating_sub(1)).unwrap_or(&doer);
    heard.find_map(|text| {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let at = words.iter().position(|word| *word == verb || *word == third)?;
        if !words.get(..at)?.iter().any(|word| word.starts_with(doer)) {
            return None;
        }
        let next = words.get(at + 1).copied().unwrap_or_default();
        let preposition = matches!(next, "in" | "to" | "on" | "at" | "with" | "for" | "from" | "of" | "into");
        Some(if preposition { format!("{third} {next}") } else { third.clone() })
    })
}
