//! One guide: read, cut into its pages, rendered and ready for the templates.

use crate::Error;
use crate::catalog::{CATALOG, Entry};
use crate::highlight::highlight;
use crate::places::Places;
use markdown::{Heading, Options};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A guide that was read.
#[derive(Debug)]
pub struct Guide {
    /// What the site says about it.
    pub entry: Entry,
    /// Its file.
    pub path: PathBuf,
    /// Its Markdown.
    pub source: String,
    /// The heading of its first page.
    pub title: String,
    /// All its headings.
    pub headings: Vec<Heading>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
}

/// A page of a guide: its opening, or one of its sections.
#[derive(Debug)]
pub struct Section {
    /// The name of its file without the ending: `index` for the opening, else the anchor of the section.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The HTML with the heading.
    pub html: String,
    /// The headings on it.
    pub headings: Vec<Heading>,
}

/// A part of a page in the list of contents, with the parts inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The anchor.
    pub id: String,
    /// The heading.
    pub text: String,
    /// The headings of the next level.
    pub parts: Vec<Part>,
}

/// The section up to which, itself included, everything stands on the opening page of a guide. What comes after it is cut
/// into a page for each section; a guide without it is one page.
const CONTENTS: &str = "in-this-guide";

impl Guide {
    /// Reads all guides of the catalogue.
    pub fn read_all(references: &Path) -> Result<Vec<Self>, Error> {
        CATALOG.iter().map(|entry| Self::read(references, *entry)).collect()
    }

    fn read(references: &Path, entry: Entry) -> Result<Self, Error> {
        let path = references.join(entry.name).with_extension("md");
        let source = crate::files::read(&path)?;
        Self::from_source(entry, path, source)
    }

    /// A guide that is in memory; `path` is where it is from, for messages.
    pub(crate) fn from_source(entry: Entry, path: PathBuf, source: String) -> Result<Self, Error> {
        let rendered = markdown::render(&source);
        let Some(title) = rendered.title else {
            let what = "a guide begins with its title; add a first line `# …`".to_owned();
            return Err(Error::Guide { path, what });
        };
        Ok(Self { entry, path, source, title, headings: rendered.headings, links: rendered.links })
    }

    /// The headings of its pages: of the opening first, then of each section.
    pub(crate) fn cut(&self) -> Vec<&[Heading]> {
        let listed = self.headings.iter().position(|heading| heading.level == 2 && heading.id == CONTENTS);
        let first = listed.map_or(self.headings.len(), |listed| listed + 1);
        let mut starts: Vec<usize> =
            (first..self.headings.len()).filter(|index| self.headings[*index].level == 2).collect();
        starts.insert(0, 0);
        let ends = starts[1..].iter().copied().chain([self.headings.len()]);
        starts.iter().zip(ends).map(|(start, end)| &self.headings[*start..end]).collect()
    }

    /// The pages of the guide, in reading order. Its links lead to the places where the headings of all guides stand.
    pub(crate) fn sections(&self, places: &Places) -> Vec<Section> {
        let rewrite = |link: &str| places.rewrite(self.entry.name, link);
        let options = Options {
            images: true,
            rewrite_link: Some(&rewrite),
            highlight: Some(&highlight),
            ..Options::default()
        };
        let html = markdown::render_with(&said_aloud(&self.source), &options).html;
        let mut rest = html.as_str();
        let mut sections = Vec::new();
        let cut = self.cut();
        for (index, headings) in cut.iter().enumerate() {
            // The renderer begins each heading on a line of its own with its id, and nothing else writes such a tag.
            let end = cut.get(index + 1).and_then(|next| {
                let heading = next.first()?;
                rest.find(&format!("<h{} id=\"{}\">", heading.level, heading.id))
            });
            let (html, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            let name = page_name(index, headings);
            let section = Section {
                name,
                title: headings.first().map(|heading| heading.text.clone()).unwrap_or_default(),
                html: html.to_owned(),
                headings: headings.to_vec(),
            };
            sections.push(if index == 0 { section } else { section.raised() });
        }
        sections
    }
}

/// The name of a page of a guide, from its number and its headings.
pub(crate) fn page_name(index: usize, headings: &[Heading]) -> String {
    match headings.first() {
        Some(heading) if index > 0 => heading.id.clone(),
        _ => "index".to_owned(),
    }
}

impl Section {
    /// The section as a page of its own: its heading is the heading of the page, and all below it rise with it.
    fn raised(mut self) -> Self {
        for level in 2..=6 {
            let above = level - 1;
            self.html = self
                .html
                .replace(&format!("<h{level} id="), &format!("<h{above} id="))
                .replace(&format!("</h{level}>"), &format!("</h{above}>"));
        }
        for heading in &mut self.headings {
            heading.level = heading.level.saturating_sub(1).max(1);
        }
        self
    }

    /// Whether the page needs the program that draws diagrams.
    pub(crate) fn has_diagrams(&self) -> bool {
        self.html.contains("<figure class=\"diagram\">")
    }

    /// The list of contents: the headings below the one of the page, two levels of them.
    pub(crate) fn contents(&self) -> Vec<Part> {
        let mut contents: Vec<Part> = Vec::new();
        for Heading { level, id, text } in self.headings.iter().skip(1) {
            let part = Part { id: id.clone(), text: text.clone(), parts: Vec::new() };
            match (level, contents.last_mut()) {
                (2, _) => contents.push(part),
                (3, Some(above)) => above.parts.push(part),
                _ => {}
            }
        }
        contents
    }
}

/// A guide with its remarks on bad examples as sentences, and the names of its files above them. In the source they are comments before the block, which
/// machines read; the renderer would show them as they stand.
fn said_aloud(source: &str) -> String {
    let line = |line: &str| {
        let text = line.trim_end();
        if let Some(reason) = text.strip_prefix("<!-- bad: ").and_then(|rest| rest.strip_suffix(" -->")) {
            format!("**Wrong on purpose:** {reason}.\n")
        } else if let Some(name) = file_name(text) {
            format!("`{name}`:\n\n{line}")
        } else {
            line.to_owned()
        }
    };
    source.split_inclusive('\n').map(line).collect()
}

/// The name of the file that a block is, from its first line: the renderer shows the language alone, and other blocks
/// import it by its name.
fn file_name(line: &str) -> Option<&str> {
    let (_, words) = line.strip_prefix("```")?.split_once(' ')?;
    words.split(' ').find(|word| word.contains('.'))
}
