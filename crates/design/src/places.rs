//! Where things are on earth: what the geography is decided over has to stand in the records. A place that the text calls
//! by one word becomes its two degrees, half a pair is completed, and where the text asks for the nearest and names no
//! place at all, what it speaks of gets one.

use crate::naming;
use knowledge::storage_words;
use requirements::{Analysis, Attribute, Entity, Evidence, Model, Reason, Statement, is_person};
use std::iter;

/// The two halves of a place, as an index over them has them: the east first, as points are written.
pub(crate) const HALVES: [&str; 2] = ["longitude", "latitude"];

/// The signals by which the geography is decided.
const ASKED: [&str; 2] = ["geo", "moving-objects"];

/// Gives the entities of a text that asks for geography their degrees.
pub(crate) fn places(analysis: &mut Analysis) {
    let requirements = &analysis.requirements;
    let asked = requirements.signals.iter().find(|signal| ASKED.contains(&signal.id.as_str()));
    let asked = asked.map(|signal| signal.evidence.clone());
    // Half a place says nothing, whatever the text asks for; what is called a position may be one on a shelf.
    let words = if asked.is_some() { storage_words("place-names") } else { &[] };
    for entity in &mut analysis.model.entities {
        spell_out(entity, words);
    }
    let Some(asked) = asked else { return };
    if analysis.model.entities.iter().any(is_placed) {
        return;
    }
    let statements = &requirements.statements;
    let lower = |statement: &Statement| statement.text.to_lowercase();
    let says = |text: &String| storage_words("located").iter().any(|word| text.contains(word));
    let located: Vec<String> = statements.iter().map(lower).filter(says).collect();
    let model = &mut analysis.model;
    // What is said to have a place, then what has an address, then what the wish for geography itself names.
    if give(model, &asked, |entity| {
        let name = entity.name.to_lowercase();
        located.iter().any(|text| naming::names(text, &name))
    }) || give(model, &asked, |entity| {
        entity.attributes.iter().any(|known| known.name.ends_with("address"))
    }) {
        return;
    }
    let near = |text: &String| storage_words("near").iter().any(|word| naming::contains_words(text, word));
    // Where people are is their own business, unless the text says that it is kept; of the rest, the first that is spoken of
    // is what is looked for.
    let things: Vec<String> = model
        .entities
        .iter()
        .map(|entity| entity.name.to_lowercase())
        .filter(|name| !is_person(name))
        .collect();
    let looked_for = |text: String| {
        let spoken = things.iter().filter_map(|name| Some((text.find(name.as_str())?, name)));
        spoken.min_by_key(|(place, _)| *place).map(|(_, name)| name)
    };
    let mut said = asked.iter().filter_map(|reason| statements.get(reason.place()?)).map(lower).filter(near);
    if let Some(name) = said.find_map(looked_for) {
        give(model, &asked, |entity| entity.name.to_lowercase() == *name);
    }
}

fn is_placed(entity: &Entity) -> bool {
    entity.attributes.iter().any(|attribute| attribute.name.ends_with(HALVES[0]))
}

/// Gives each entity that is meant a place that may be open; whether there was one.
fn give(model: &mut Model, asked: &Evidence, meant: impl Fn(&Entity) -> bool) -> bool {
    let mut any = false;
    for entity in model.entities.iter_mut().filter(|entity| meant(entity)) {
        let place = degrees(entity, "", false, asked);
        entity.attributes.extend(place);
        any = true;
    }
    any
}

/// The two degrees of a place, whose names begin alike.
fn degrees(entity: &Entity, before: &str, required: bool, because: &Evidence) -> [Attribute; 2] {
    let evidence: Evidence = iter::once(Reason::rule("geo-asked")).chain(because.iter().cloned()).collect();
    let [east, north] = HALVES;
    [north, east].map(|half| {
        let name = format!("{before}{half}");
        Attribute {
            kind: "decimal".to_owned(),
            required,
            unique: false,
            class: knowledge::class(&entity.name, &name, knowledge::attribute(&name)).to_owned(),
            readers: Vec::new(),
            values: Vec::new(),
            evidence: evidence.clone(),
            name,
        }
    })
}

/// The degrees of what the text calls a position, and the missing half of a pair.
fn spell_out(entity: &mut Entity, words: &[&str]) {
    let mut found = Vec::with_capacity(entity.attributes.len());
    for attribute in std::mem::take(&mut entity.attributes) {
        let name = attribute.name.to_lowercase();
        let half = HALVES.iter().find_map(|half| name.strip_suffix(half));
        let Some(before) = half.or_else(|| words.contains(&name.as_str()).then_some("")) else {
            found.push(attribute);
            continue;
        };
        for half in degrees(entity, before, attribute.required, &attribute.evidence) {
            if !found.iter().any(|known: &Attribute| known.name == half.name) {
                found.push(half);
            }
        }
    }
    entity.attributes = found;
    // A position whose records are kept is a place itself.
    if words.contains(&entity.name.to_lowercase().as_str()) && !is_placed(entity) {
        let place = degrees(entity, "", true, &entity.evidence);
        entity.attributes.extend(place);
    }
}
