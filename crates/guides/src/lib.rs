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
mod highlight;
mod links;
mod pages;
mod places;
mod reference;
mod rules;
mod search;
mod settings;
mod worked;

pub use catalog::{CATALOG, CHECKLISTS, Entry, GLOSSARY, RULES};
pub use error::{DeadLink, Error};
pub use guide::{Guide, Part, Section};
pub use rules::{Rule, rules};
pub use worked::{Regenerated, regenerate};

use pages::Book;
use places::Places;
use search::Source;
use settings::Settings;
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

/// The folders of `site/` that are copied as they are; what is in `root` goes beside the pages.
const STATIC: [&str; 4] = ["css", "embed", "icons", "js"];

/// Builds the site into `dist`. What else is there (the engine, Mermaid) is left alone.
pub fn build_site(references: &Path, site: &Path, dist: &Path) -> Result<Report, Error> {
    let settings = Settings::read(site)?;
    let guides = Guide::read_all(references)?;
    let reference = reference::pages(&guides, references)?;
    let mut examples = examples::read_all(&site.join("examples"))?;
    examples.extend(worked::briefs(references, &examples)?);
    links::check(&guides, &reference, &examples)?;
    let places = Places::of(guides.iter().chain(&reference));
    let (guides, reference) = (books(&guides, &places), books(&reference, &places));
    let embedding = files::read(&site.join("embedding.md"))?;
    let templates = site.join("templates");
    let pages = pages::render_all(&templates, &settings, &embedding, &guides, &reference, &examples)?;
    for page in &pages {
        files::write(&dist.join(&page.path), &page.html)?;
    }
    files::write(&dist.join("guides/anchors.json"), &places.json())?;
    // The pages made from the guides say nothing that the guides do not say, but for the glossary.
    let glossary = reference.iter().filter(|book| book.guide.entry == GLOSSARY);
    let sources: Vec<Source> = guides.iter().chain(glossary).flat_map(sources).collect();
    files::write(&dist.join("search.json"), &search::index(&sources))?;
    let mut copied = 2;
    for folder in STATIC {
        copied += files::copy_tree(&site.join(folder), &dist.join(folder))?;
    }
    copied += files::copy_tree(&site.join("root"), dist)?;
    Ok(Report { pages: pages.len(), files: copied })
}

fn books<'a>(guides: &'a [Guide], places: &Places) -> Vec<Book<'a>> {
    guides.iter().map(|guide| Book { guide, sections: guide.sections(places) }).collect()
}

/// The pages of a guide as the search reads them.
fn sources<'a>(Book { guide, sections }: &'a Book) -> impl Iterator<Item = Source<'a>> {
    let entry = guide.entry;
    sections.iter().map(move |section| Source {
        address: format!("guides/{}/{}.html", entry.name, section.name),
        area: entry.label,
        title: &section.title,
        html: &section.html,
    })
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
