//! Where things are on earth: what the geography is decided over has to stand in the records. A place that the text calls
//! by one word becomes its two degrees, half a pair is completed, and where the text asks for the nearest and names no
//! place at all, what it speaks of gets one.

use knowledge::storage_words;
use requirements::{Analysis, Attribute, Entity, Evidence, Model, Reason, add_reason};

/// The two halves of a place, as an index over them has them: the east first, as points are written.
pub(crate) const HALVES: [&str; 2] = ["longitude", "latitude"];

/// The signals by which the geography is decided.
const ASKED: [&str; 2] = ["geo", "moving-objects"];

/// Gives the entities of a text that asks for geography their degrees.
pub(crate) fn places(analysis: &mut Analysis) {
    let signals = &analysis.requirements.signals;
    let asked = signals.iter().find(|signal| ASKED.contains(&signal.id.as_str()));
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
    let named = |words: &[&str]| -> Vec<String> {
        let statements = &analysis.requirements.statements;
        let spoken = statements.iter().map(|statement| statement.text.to_lowercase());
        spoken.filter(|text| words.iter().any(|word| text.contains(word))).collect()
    };
    let statements = &analysis.requirements.statements;
    let said: Vec<String> = statements
        .iter()
        .filter(|statement| asked.iter().any(|reason| reason.to_string() == statement.id))
        .map(|statement| statement.text.to_lowercase())
        .collect();
    let located = named(storage_words("located"));
    let model = &mut analysis.model;
    // What is said to have a place, then what has an address, then what the wish for geography itself names.
    if !give(model, &asked, |entity| speaks_of(&located, entity))
        && !give(model, &asked, |entity| {
            entity.attributes.iter().any(|known| known.name.ends_with("address"))
        })
    {
        // Where people are is their own business, unless the text says that it is kept; of the rest, the first that is
        // spoken of is what is looked for.
        let looked_for = |text: &String| {
            let spoken = model.entities.iter().filter(|entity| !requirements::is_person(&entity.name));
            let of_it = spoken.filter_map(|entity| Some((text.find(&entity.name.to_lowercase())?, entity)));
            Some(of_it.min_by_key(|(place, _)| *place)?.1.name.clone())
        };
        let near = |text: &&String| {
            storage_words("near").iter().any(|word| crate::naming::contains_words(text, word))
        };
        if let Some(name) = said.iter().filter(near).find_map(looked_for) {
            give(model, &asked, |entity| entity.name == name);
        }
    }
}

fn speaks_of(texts: &[String], entity: &Entity) -> bool {
    let name = entity.name.to_lowercase();
    let plural = crate::naming::plural(&name);
    texts.iter().any(|text| {
        crate::naming::contains_words(text, &name) || crate::naming::contains_words(text, &plural)
    })
}

fn is_placed(entity: &Entity) -> bool {
    entity.attributes.iter().any(|attribute| attribute.name.ends_with(HALVES[0]))
}

/// Gives each entity that is meant a place that may be open; whether there was one.
fn give(model: &mut Model, asked: &Evidence, meant: impl Fn(&Entity) -> bool) -> bool {
    let mut any = false;
    for entity in model.entities.iter_mut().filter(|entity| meant(entity)) {
        for half in HALVES.iter().rev() {
            let half = degrees(entity, half, false, asked);
            entity.attributes.push(half);
        }
        any = true;
    }
    any
}

fn degrees(entity: &Entity, name: &str, required: bool, because: &Evidence) -> Attribute {
    let mut evidence = vec![Reason::rule("geo-asked")];
    for reason in because {
        add_reason(&mut evidence, reason.clone());
    }
    Attribute {
        name: name.to_owned(),
        kind: "decimal".to_owned(),
        required,
        unique: false,
        class: knowledge::class(&entity.name, name, knowledge::attribute(name)).to_owned(),
        evidence,
    }
}

/// The degrees of what the text calls a position, and the missing half of a pair.
fn spell_out(entity: &mut Entity, words: &[&str]) {
    let mut found = Vec::with_capacity(entity.attributes.len());
    for attribute in std::mem::take(&mut entity.attributes) {
        let name = attribute.name.to_lowercase();
        let half = HALVES.iter().find(|half| name.ends_with(**half));
        let before = match half {
            Some(half) => name.trim_end_matches(half),
            None if words.contains(&name.as_str()) => "",
            None => {
                found.push(attribute);
                continue;
            }
        };
        for half in HALVES.iter().rev() {
            let name = format!("{before}{half}");
            if !found.iter().any(|known: &Attribute| known.name == name) {
                found.push(degrees(entity, &name, attribute.required, &attribute.evidence));
            }
        }
    }
    entity.attributes = found;
    // A position whose records are kept is a place itself.
    if words.contains(&entity.name.to_lowercase().as_str()) && !is_placed(entity) {
        let evidence = entity.evidence.clone();
        for half in HALVES.iter().rev() {
            let half = degrees(entity, half, true, &evidence);
            entity.attributes.push(half);
        }
    }
}
