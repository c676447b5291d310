//! The words of the document: what the text calls things, each with what the design takes it for.

use super::page::Page;
use crate::markdown::{code, reasons, text};
use design::Design;

/// The words of a design, in the order of the alphabet.
pub(super) fn glossary(design: &Design, page: &mut Page) {
    let mut words: Vec<(String, Vec<String>)> = Vec::new();
    for entity in &design.model.entities {
        let mut means: Vec<String> = design
            .database
            .tables
            .iter()
            .find(|table| table.entity == entity.name)
            .map(|table| format!("a row of {}", code(&table.name)))
            .into_iter()
            .collect();
        if let Some(cycle) = design.model.lifecycles.iter().find(|cycle| cycle.entity == entity.name) {
            means.push(format!("goes through {}", text(&cycle.states.join(", ").replace('_', " "))));
        }
        let parts: Vec<String> = design
            .model
            .relations
            .iter()
            .filter(|relation| relation.from == entity.name)
            .map(|relation| format!("{} {}", relation.label, relation.to))
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
        let mut does: Vec<String> = Vec::new();
        for grant in design.security.authorization.iter().filter(|grant| grant.role == role.name) {
            if !does.contains(&grant.resource) {
                does.push(grant.resource.clone());
            }
        }
        let means = if does.is_empty() {
            "a role without rights".to_owned()
        } else {
            format!("a role with rights on {}", text(&does.join(", ")))
        };
        words.push((role.name.clone(), vec![text(&role.name), means, reasons(&role.evidence)]));
    }
    words.sort_by_key(|(word, _)| word.to_lowercase());
    let rows: Vec<Vec<String>> = words.into_iter().map(|(_, row)| row).collect();
    page.table("Glossary", &["Word", "Means here", "Because of"], &rows);
}
