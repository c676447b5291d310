//! One guide: read, rendered and ready for its page.

use crate::Error;
use crate::catalog::{CATALOG, Entry};
use markdown::{Heading, Options};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// A guide that was read and rendered.
#[derive(Debug)]
pub struct Guide {
    /// What the site says about it.
    pub entry: Entry,
    /// Its file.
    pub path: PathBuf,
    /// Its Markdown.
    pub source: String,
    /// The heading of the page.
    pub title: String,
    /// The HTML of the whole guide, its title included.
    pub html: String,
    /// All its headings.
    pub headings: Vec<Heading>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
}

/// A part of a guide in the list of contents, with the parts inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The anchor.
    pub id: String,
    /// The heading.
    pub text: String,
    /// The headings of the next level.
    pub parts: Vec<Part>,
}

impl Guide {
    /// Reads all guides of the catalogue.
    pub fn read_all(references: &Path) -> Result<Vec<Self>, Error> {
        CATALOG.iter().map(|entry| Self::read(references, *entry)).collect()
    }

    fn read(references: &Path, entry: Entry) -> Result<Self, Error> {
        let path = references.join(entry.name).with_extension("md");
        let source = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        Self::from_source(entry, path, source)
    }

    /// Renders a guide that is in memory; `path` is where it is from, for messages.
    pub(crate) fn from_source(entry: Entry, path: PathBuf, source: String) -> Result<Self, Error> {
        let options = Options { images: true, rewrite_link: Some(&page_of), ..Options::default() };
        let rendered = markdown::render_with(&said_aloud(&source), &options);
        let Some(title) = rendered.title else {
            let what = "a guide begins with its title; add a first line `# …`".to_owned();
            return Err(Error::Guide { path, what });
        };
        Ok(Self {
            entry,
            path,
            source,
            title,
            html: rendered.html,
            headings: rendered.headings,
            links: rendered.links,
        })
    }

    /// Whether the page needs the program that draws diagrams.
    pub fn has_diagrams(&self) -> bool {
        self.html.contains("<figure class=\"diagram\">")
    }

    /// The list of contents: the headings of levels 2 and 3.
    pub fn contents(&self) -> Vec<Part> {
        let mut contents: Vec<Part> = Vec::new();
        for Heading { level, id, text } in &self.headings {
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

/// The target of a link on the site: guides refer to each other by their Markdown files.
fn page_of(link: &str) -> String {
    let (file, fragment) = link.find('#').map_or((link, ""), |at| link.split_at(at));
    match file.strip_suffix(".md") {
        Some(name) if !file.contains("://") => format!("{name}.html{fragment}"),
        _ => link.to_owned(),
    }
}

/// A guide with its remarks on bad examples as sentences. In the source they are comments before the block, which
/// machines read; the renderer would show them as they stand.
fn said_aloud(source: &str) -> String {
    let line = |line: &str| match line
        .trim_end()
        .strip_prefix("<!-- bad: ")
        .and_then(|rest| rest.strip_suffix(" -->"))
    {
        Some(reason) => format!("**Wrong on purpose:** {reason}.\n"),
        None => line.to_owned(),
    };
    source.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_guides_become_links_between_pages() {
        for (link, page) in [
            ("examples.md", "examples.html"),
            ("examples.md#a-b", "examples.html#a-b"),
            ("#a", "#a"),
            ("https://example.org/a.md", "https://example.org/a.md"),
            ("a.html", "a.html"),
        ] {
            assert_eq!(page_of(link), page);
        }
    }
}
