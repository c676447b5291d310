//! Who is told something: a reminder that drivers get is that of one driver, and nobody reads those of others.

use crate::capacities::reference;
use requirements::{Analysis, Reason};

/// Links each record that tells somebody of something with those who get it, where the text does not.
pub(crate) fn receivers(analysis: &mut Analysis) {
    let words = knowledge::interface("written-by-system");
    let tells = |name: &str| {
        let name = name.to_lowercase();
        words.contains(&name.as_str()) || words.contains(&requirements::head(&name))
    };
    let entities = &analysis.model.entities;
    let mut found = Vec::new();
    for action in analysis.requirements.actions.iter().filter(|action| action.preposition.is_none()) {
        let Some(record) = action.entity.as_deref().filter(|name| tells(name)) else { continue };
        let gets = requirements::known_verb(&action.verb)
            .is_some_and(|(verb, _)| knowledge::access("receives").contains(&verb));
        let person = entities.iter().find(|entity| entity.name.eq_ignore_ascii_case(&action.actor));
        let (Some(person), Ok(reason)) = (person, Reason::try_from(action.statement.clone())) else {
            continue;
        };
        let between = |one: &str, other: &str| one == record && other == person.name;
        let linked =
            analysis.model.relations.iter().any(|relation| {
                between(&relation.from, &relation.to) || between(&relation.to, &relation.from)
            });
        if gets && !linked && person.name != record {
            found.push(reference(record.to_owned(), &person.name, None, vec![reason]));
        }
    }
    for relation in found {
        let known = |other: &requirements::Relation| other.from == relation.from && other.to == relation.to;
        if !analysis.model.relations.iter().any(known) {
            analysis.model.relations.push(relation);
        }
    }
}
