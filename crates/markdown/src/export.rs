//! Markdown in the formats of places that run no scripts: wikis, and a file that is opened by itself.
//!
//! The same promises hold as for HTML: whatever the Markdown holds, what comes out is text in the markup of the place,
//! and no markup that the text brought along.

mod confluence;
mod mediawiki;
mod page;

use pulldown_cmark::{CodeBlockKind, Event, Parser, TagEnd};

/// A format that Markdown is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One HTML file that needs no other.
    Html,
    /// The storage format of Confluence.
    Confluence,
    /// The markup of MediaWiki.
    MediaWiki,
}

impl Format {
    /// All formats with their names.
    pub const ALL: [(&'static str, Self); 3] =
        [("html", Self::Html), ("confluence", Self::Confluence), ("mediawiki", Self::MediaWiki)];

    /// The format of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }
}

/// Writes Markdown in a format.
pub fn export(text: &str, format: Format) -> String {
    match format {
        Format::Html => page::page(text),
        Format::Confluence => confluence::confluence(text),
        Format::MediaWiki => mediawiki::mediawiki(text),
    }
}

/// What both writers of wiki markup need to know of Markdown.
fn events(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, crate::html::extensions()).collect()
}

/// The language of a block of code; empty where none is named.
fn language<'a>(kind: &'a CodeBlockKind) -> &'a str {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    }
}

/// The text of a block whose opening event was just taken, and how many events it takes up with its end.
fn verbatim(events: &[Event]) -> (String, usize) {
    let mut text = String::new();
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Text(piece) | Event::Html(piece) => text.push_str(piece),
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => return (text, index + 1),
            _ => {}
        }
    }
    (text, events.len())
}

/// An address that may be followed from another site; what is relative leads nowhere there.
fn external(url: &str) -> Option<&str> {
    (crate::links::classify(url) == Some(crate::links::Target::External)).then_some(url)
}

/// The id of a place of the document that a link leads to. Only ids of our own making pass: in them nothing is markup.
fn fragment(url: &str) -> Option<&str> {
    let id = url.strip_prefix('#')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!id.is_empty() && id.chars().all(plain)).then_some(id)
}
