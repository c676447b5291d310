//! The pages of the site, from the templates.

use crate::catalog::Entry;
use crate::examples::{self, Example};
use crate::excerpt::Excerpt;
use crate::guide::{Guide, Part};
use crate::{Error, files};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A finished page.
pub(crate) struct Page {
    /// Where it goes, below the folder of the site.
    pub(crate) path: PathBuf,
    /// The whole file.
    pub(crate) html: String,
}

/// The page of one guide.
#[derive(Serialize)]
struct GuidePage<'a> {
    entry: Entry,
    title: &'a str,
    html: &'a str,
    contents: Vec<Part>,
    has_diagrams: bool,
    previous: Option<Entry>,
    next: Option<Entry>,
}

/// A line of the list of guides.
#[derive(Serialize)]
struct GuideSummary<'a> {
    entry: Entry,
    title: &'a str,
    contents: Vec<Part>,
}

/// Renders all pages.
pub(crate) fn render_all(
    templates: &Path,
    guides: &[Guide],
    reference: &[Guide],
    examples: &[Example],
) -> Result<Vec<Page>, Error> {
    let environment = environment(templates)?;
    let entries = Value::from(Serde(guides.iter().map(|guide| guide.entry).collect::<Vec<_>>()));
    let made = Value::from(Serde(reference.iter().map(|page| page.entry).collect::<Vec<_>>()));
    let render = |template: &str, path: &str, area: &'static str, page: Value| -> Result<Page, Error> {
        // What every template knows: the way to the root of the site, which entry of the main navigation is the current
        // one, all guides, the pages made from them, the version, and what this page shows.
        let context = context! {
            root => Value::from_safe_string(if path.contains('/') { "../" } else { "" }.to_owned()),
            area,
            guides => entries.clone(),
            reference => made.clone(),
            version => env!("CARGO_PKG_VERSION"),
            page,
        };
        let html = environment.get_template(template)?.render(context)?;
        Ok(Page { path: path.into(), html })
    };

    let excerpt = Excerpt::of(&examples[0], &examples::design(&examples[0])?);
    let summaries: Vec<_> = guides.iter().map(summary).collect();
    let mut pages = vec![
        render("home.html", "index.html", "home", Value::from(Serde(&excerpt)))?,
        render("designer.html", "designer.html", "designer", Value::from(Serde(examples)))?,
        render("guides.html", "guides/index.html", "guides", Value::from(Serde(&summaries)))?,
        render("404.html", "404.html", "", Value::UNDEFINED)?,
    ];
    let neighbour = |index: Option<usize>| index.and_then(|index| guides.get(index)).map(|guide| guide.entry);
    let places = (0..guides.len()).map(Some).chain(std::iter::repeat(None));
    for (guide, place) in guides.iter().chain(reference).zip(places) {
        let page = GuidePage {
            entry: guide.entry,
            title: &guide.title,
            html: &guide.html,
            contents: guide.contents(),
            has_diagrams: guide.has_diagrams(),
            previous: neighbour(place.and_then(|place| place.checked_sub(1))),
            next: neighbour(place.map(|place| place + 1)),
        };
        let path = format!("guides/{}.html", guide.entry.name);
        pages.push(render("guide.html", &path, "guides", Value::from(Serde(&page)))?);
    }
    Ok(pages)
}

fn summary(guide: &Guide) -> GuideSummary<'_> {
    GuideSummary { entry: guide.entry, title: &guide.title, contents: guide.contents() }
}

fn environment(folder: &Path) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A misspelled name is a fault of the template and not an empty place on the page.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for path in files::entries(folder)? {
        let source = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        environment.add_template_owned(name, source)?;
    }
    Ok(environment)
}
