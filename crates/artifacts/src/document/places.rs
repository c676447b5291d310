//! The places of the document to which its numbers lead: figures with their working, assumptions, known figures and
//! decisions. What names one of them links to it.

use crate::markdown::{code, link, text};
use design::{Design, Figure};
use knowledge::Gather as _;
use std::collections::BTreeMap;

/// The figures of the table of sizes: the lines of the bill stand in a table of their own.
pub(super) fn sizes(design: &Design) -> impl Iterator<Item = &Figure> {
    design.deployment.figures.iter().filter(|figure| !figure.id.starts_with("cost."))
}

/// The starting numbers that formulas read and that nobody assumed.
pub(super) fn known(design: &Design) -> Vec<&'static knowledge::NumberRow> {
    let own = |id: &str| design.capacity.iter().any(|figure| figure.id == id);
    let read: std::collections::BTreeSet<&str> =
        design.capacity.iter().flat_map(|figure| &figure.inputs).map(String::as_str).gather();
    let rows = knowledge::NUMBERS.iter();
    rows.filter(|row| row.kind == "fact" && read.contains(row.id) && !own(row.id)).collect()
}

/// A place that links lead to; nothing is seen of it.
pub(super) fn at(id: &str) -> String {
    format!("<a id=\"{id}\"></a>")
}

/// The id of a figure's place, by where it stands in its table.
pub(super) fn figure(table: char, at: usize) -> String {
    format!("{table}{}", at + 1)
}

/// The place of a decision.
pub(super) fn decision(slot: &str) -> String {
    format!("decision-{slot}")
}

/// A decision by its slot, with the way to where it is told.
pub(super) fn decided(slot: &str) -> String {
    format!("[{}](#{})", code(slot), decision(slot))
}

/// The way to the decision for which something is there: the first that its condition names, else that of its part.
pub(super) fn behind(design: &Design, when: &str, part: &str) -> String {
    let slot = |term: &str| {
        let slot = term.split(['=', '!']).next().unwrap_or_default();
        design.decisions.iter().find(|decision| decision.slot == slot)
    };
    if let Some(decision) = when.split_whitespace().find_map(slot) {
        return decided(&decision.slot);
    }
    let part = design.deployment.components.iter().find(|one| one.id == part);
    part.and_then(|part| slot(&part.decision)).map_or_else(String::new, |decision| decided(&decision.slot))
}

/// Text in which the ids of statements, assumptions and conflicts lead to their places.
pub(super) fn named(design: &Design, raw: &str) -> String {
    let known = |word: &str| {
        design.requirements.statements.iter().any(|one| one.id == word)
            || design.assumptions.iter().any(|one| one.id == word)
    };
    let told = design.conflicts.iter().filter(|one| one.id.contains('-') && raw.contains(&one.id));
    let conflict = told.max_by_key(|one| one.id.len());
    if let Some((conflict, (before, after))) =
        conflict.and_then(|one| Some((one, raw.split_once(one.id.as_str())?)))
    {
        let title = format!("[{}](#{})", text(&crate::markdown::worded(&conflict.id)), conflict.id);
        return named(design, before) + &title + &named(design, after);
    }
    let mut out = String::new();
    for part in text(raw).split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let id = word.len() > 1 && word[1..].bytes().all(|letter| letter.is_ascii_digit());
        if id && known(word) {
            out += &link(word);
        } else if id && design.conflicts.iter().any(|one| one.id == word) {
            out += &format!("[{}](#{word})", code(word));
        } else {
            out += word;
        }
        out += &part[word.len()..];
    }
    out
}

/// What stands at which place, by the names that the document calls it.
fn places(design: &Design) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for row in known(design) {
        let place = format!("known-{}", row.id.replace('.', "-"));
        all.insert(format!("rule:{}", row.id), place.clone());
        all.insert(row.id.to_owned(), place);
    }
    for assumption in &design.assumptions {
        all.insert(assumption.subject.clone(), assumption.id.clone());
    }
    for (at, one) in design.capacity.iter().enumerate() {
        all.insert(one.id.clone(), figure('f', at));
    }
    for (at, one) in sizes(design).enumerate() {
        all.insert(one.id.clone(), figure('z', at));
    }
    for slot in knowledge::SLOTS.iter().filter(|slot| design.decisions.iter().any(|one| one.slot == slot.id))
    {
        all.extend(slot.rules.iter().map(|rule| (format!("rule:{}", rule.id), decision(slot.id))));
    }
    // Other names are words of the text as well: a table may be called tenants.
    all.retain(|name, _| name.contains(['.', ':']));
    all
}

/// The document with each name of a figure, an assumption or a rule of a decision as a link to its place.
pub(super) fn linked(design: &Design, document: &str) -> String {
    let places = places(design);
    let mut out = String::with_capacity(document.len() * 5 / 4);
    let mut fenced = false;
    for line in document.split_inclusive('\n') {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if fenced || line.starts_with('#') || line.starts_with('<') {
            out += line;
            continue;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('`') {
            let Some((name, tail)) = after.split_once('`') else { break };
            out += before;
            match places.get(name).filter(|_| !before.ends_with(['[', '>'])) {
                Some(place) => out += &format!("[`{name}`](#{place})"),
                None => out += &format!("`{name}`"),
            }
            rest = tail;
        }
        out += rest;
    }
    out
}
