//! `design.md`: the document in exactly eight sections, one module each.

mod api;
pub(crate) mod caching;
mod consistency;
mod database;
mod decisions;
mod deployment;
mod glossary;
mod guidelines;
mod overview;
mod page;
mod places;
mod roadmap;
mod scalability;
mod security;

use crate::markdown::text;
use design::{Decision, Design};
use page::Page;

/// The most rows that a table of the document shows; the rest stands in a file of its own.
const MOST_ROWS: usize = 60;

/// The document: exactly eight sections in Markdown.
pub fn document(design: &Design) -> String {
    let mut out = format!("# {}\n\n", text(&design.title));
    for (title, section) in [
        ("System Overview", overview::overview as fn(&Design, &mut Page)),
        ("API Specification", api::api),
        ("Database Design", database::database),
        ("Architecture Decisions", decisions::decisions),
        ("Security Implementation", security::security),
        ("Scalability Plan", scalability::scalability),
        ("Deployment Architecture", deployment::deployment),
        ("Implementation Roadmap", roadmap::roadmap),
    ] {
        out += &format!("## {title}\n\n");
        let mut page = Page::default();
        section(design, &mut page);
        let body = page.done();
        out += if body.trim().is_empty() {
            "Nothing is designed here: the text names nothing to keep records of. The questions in the system overview say what is missing.\n\n"
        } else {
            &body
        };
    }
    places::linked(design, out.trim_end()) + "\n"
}

fn chosen<'a>(design: &'a Design, slot: &str) -> Option<&'a Decision> {
    design.decisions.iter().find(|decision| decision.slot == slot)
}
