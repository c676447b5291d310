//! The static site: six reference guides, a home page and the page of the designer, made from `references/` and `site/`.
//!
//! Every page is complete without a script; all links are relative, so the result works below any path of any host.

mod catalog;
mod error;
mod examples;
mod excerpt;
mod files;
mod glossary;
mod guide;
mod links;
mod pages;
mod reference;
mod rules;
mod worked;

pub use catalog::{CATALOG, CHECKLISTS, Entry, GLOSSARY, RULES};
pub use error::{DeadLink, Error};
pub use guide::{Guide, Part};
pub use rules::{Rule, rules};
pub use worked::{Regenerated, regenerate};

use std::collections::BTreeSet;
use std::path::Path;

/// What was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// How many pages were written.
    pub pages: usize,
    /// How many files were copied beside them.
    pub files: usize,
}

/// The folders of `site/` that are copied as they are.
const STATIC: [&str; 3] = ["css", "icons", "js"];

/// Builds the site into `dist`. What else is there (the engine, Mermaid) is left alone.
pub fn build_site(references: &Path, site: &Path, dist: &Path) -> Result<Report, Error> {
    let guides = Guide::read_all(references)?;
    let reference = reference::pages(&guides, references)?;
    let mut examples = examples::read_all(&site.join("examples"))?;
    examples.extend(worked::briefs(references, &examples)?);
    links::check(&guides, &reference, &examples)?;
    let pages = pages::render_all(&site.join("templates"), &guides, &reference, &examples)?;
    for page in &pages {
        files::write(&dist.join(&page.path), &page.html)?;
    }
    let mut copied = 0;
    for folder in STATIC {
        copied += files::copy_tree(&site.join(folder), &dist.join(folder))?;
    }
    Ok(Report { pages: pages.len(), files: copied })
}

/// Every place that a design may refer to: `api-design-guide#errors`, and `api-design-guide` for a whole guide.
pub fn anchors(references: &Path) -> Result<BTreeSet<String>, Error> {
    let mut anchors = BTreeSet::new();
    for guide in Guide::read_all(references)? {
        anchors.insert(guide.entry.name.to_owned());
        anchors.extend(guide.headings.iter().map(|heading| format!("{}#{}", guide.entry.name, heading.id)));
    }
    Ok(anchors)
}
