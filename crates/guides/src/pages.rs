//! The pages of the site, from the templates.

use crate::catalog::Entry;
use crate::examples::{self, Example};
use crate::excerpt::Excerpt;
use crate::guide::{Guide, Part, Section};
use crate::highlight::highlight;
use crate::settings::Settings;
use crate::{Error, files};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A finished page.
pub(crate) struct Page {
    /// Where it goes, below the folder of the site.
    pub(crate) path: PathBuf,
    /// The whole file.
    pub(crate) html: String,
}

/// A guide with its pages.
pub(crate) struct Book<'a> {
    pub(crate) guide: &'a Guide,
    pub(crate) sections: Vec<Section>,
}

/// A page of a guide.
#[derive(Serialize)]
struct GuidePage<'a> {
    entry: Entry,
    title: &'a str,
    html: &'a str,
    /// The file of the guide in the repository.
    file: Option<String>,
    /// The sections of the guide, for navigation.
    sections: &'a [Step],
    /// The name of this page.
    name: &'a str,
    contents: Vec<Part>,
    has_diagrams: bool,
    previous: Option<&'a Step>,
    next: Option<&'a Step>,
}

/// A page of text that belongs to no guide.
#[derive(Serialize)]
struct TextPage {
    title: String,
    /// Its first paragraph.
    description: String,
    html: String,
}

impl TextPage {
    fn of(source: &str) -> Self {
        let options = markdown::Options { highlight: Some(&highlight), ..markdown::Options::default() };
        let rendered = markdown::render_with(source, &options);
        let description = source.split("\n\n").nth(1).unwrap_or_default().to_owned();
        Self { title: rendered.title.unwrap_or_default(), description, html: rendered.html }
    }
}

/// A page that one may go to from another one of the guides.
#[derive(Serialize)]
struct Step {
    /// Its address.
    address: String,
    /// The name of the page.
    name: String,
    label: String,
}

/// A line of the list of guides.
#[derive(Serialize)]
struct GuideSummary<'a> {
    entry: Entry,
    title: &'a str,
    sections: Vec<Step>,
}

/// Renders all pages.
pub(crate) fn render_all(
    templates: &Path,
    settings: &Settings,
    embedding: &str,
    guides: &[Book],
    reference: &[Book],
    examples: &[Example],
) -> Result<Vec<Page>, Error> {
    let environment = environment(templates)?;
    let entries = Value::from(Serde(guides.iter().map(|book| book.guide.entry).collect::<Vec<_>>()));
    let made = Value::from(Serde(reference.iter().map(|book| book.guide.entry).collect::<Vec<_>>()));
    let render = |template: &str, path: &str, area: &'static str, page: Value| -> Result<Page, Error> {
        // What every template knows: the settings, the way to the root of the site, its own address below it, which entry
        // of the main navigation is the current one, all guides, the pages made from them, the version, and what this
        // page shows.
        let context = context! {
            settings => Value::from(Serde(settings)),
            root => Value::from_safe_string("../".repeat(path.matches('/').count())),
            path,
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
    let summaries: Vec<_> = guides
        .iter()
        .map(|Book { guide, sections }| GuideSummary {
            entry: guide.entry,
            title: &guide.title,
            sections: sections.iter().skip(1).map(|section| step("", guide, section)).collect(),
        })
        .collect();
    let mut pages = vec![
        render("home.html", "index.html", "home", Value::from(Serde(&excerpt)))?,
        render("designer.html", "designer.html", "designer", Value::from(Serde(examples)))?,
        render("guides.html", "guides/index.html", "guides", Value::from(Serde(&summaries)))?,
        render("text.html", "embedding.html", "", Value::from(Serde(&TextPage::of(embedding))))?,
        render("changes.html", "changes.html", "", Value::UNDEFINED)?,
        render("changes.xml", "changes.xml", "", Value::UNDEFINED)?,
        render("404.html", "404.html", "", Value::UNDEFINED)?,
    ];
    // One reads from section to section, and from the last of a guide to the first of the next.
    let line: Vec<Step> = guides
        .iter()
        .flat_map(|Book { guide, sections }| sections.iter().map(|section| step("../", guide, section)))
        .collect();
    let mut at = 0_usize;
    for (book, read) in
        guides.iter().map(|book| (book, true)).chain(reference.iter().map(|book| (book, false)))
    {
        let Book { guide, sections } = book;
        let steps: Vec<Step> = sections.iter().skip(1).map(|section| step("../", guide, section)).collect();
        for section in sections {
            let page = GuidePage {
                entry: guide.entry,
                title: &section.title,
                html: &section.html,
                // Pages that are made from the guides have no source of their own to edit.
                file: read.then(|| format!("references/{}.md", guide.entry.name)),
                sections: &steps,
                name: &section.name,
                contents: section.contents(),
                has_diagrams: section.has_diagrams(),
                previous: at.checked_sub(1).filter(|_| read).map(|before| &line[before]),
                next: line.get(at + 1).filter(|_| read),
            };
            let path = format!("guides/{}/{}.html", guide.entry.name, section.name);
            pages.push(render("guide.html", &path, "guides", Value::from(Serde(&page)))?);
            at += 1;
        }
    }
    if !settings.url.is_empty() {
        let addresses: Vec<String> = pages.iter().filter_map(|page| address(&page.path)).collect();
        pages.push(render("sitemap.xml", "sitemap.xml", "", Value::from(addresses))?);
    }
    Ok(pages)
}

/// The address of a page that one may find by itself, below the root of the site.
fn address(path: &Path) -> Option<String> {
    let is_page = path.extension().is_some_and(|ending| ending == "html");
    let path = path.to_str()?.replace('\\', "/");
    (is_page && path != "404.html")
        .then(|| path.strip_suffix("index.html").map_or_else(|| path.clone(), str::to_owned))
}

/// A page of a guide as it is seen from a folder with the guides in it.
fn step(folder: &str, guide: &Guide, section: &Section) -> Step {
    Step {
        address: format!("{folder}{}/{}.html", guide.entry.name, section.name),
        name: section.name.clone(),
        label: if section.name == "index" { guide.entry.label.to_owned() } else { section.title.clone() },
    }
}

fn environment(folder: &Path) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A misspelled name is a fault of the template and not an empty place on the page.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for path in files::entries(folder)? {
        let source = files::read(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        environment.add_template_owned(name, source)?;
    }
    Ok(environment)
}
