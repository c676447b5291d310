//! The markup of MediaWiki.

use super::{events, external, fragment, language, verbatim};
use crate::fold::{Fold, Folds};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Writes Markdown in the markup of MediaWiki.
pub(super) fn mediawiki(text: &str) -> String {
    let events = events(text);
    let mut writer = Writer { out: String::with_capacity(text.len() * 2), ..Writer::default() };
    let mut at = 0;
    while let Some(event) = events.get(at) {
        at += 1;
        if !matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) {
            writer.folds.follow(event);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let (code, taken) = verbatim(&events[at..]);
                at += taken;
                writer.block(&code_block(language(kind), code.trim_end_matches('\n')));
            }
            Event::Start(Tag::HtmlBlock) => {
                let (raw, taken) = verbatim(&events[at..]);
                at += taken;
                let markup = match writer.folds.block(&raw) {
                    Some(Fold::Open(title)) => format!(
                        "<div class=\"mw-collapsible mw-collapsed\">\n{}\n<div class=\"mw-collapsible-content\">",
                        escaped(title)
                    ),
                    Some(Fold::Close) => FOLD_END.to_owned(),
                    None => escaped(raw.trim_end()).replace('\n', "<br/>"),
                };
                writer.block(&markup);
            }
            Event::Start(tag) => writer.open(tag),
            Event::End(tag) => writer.close(*tag),
            other => writer.inline(other),
        }
    }
    let left = format!("{FOLD_END}\n").repeat(writer.folds.left());
    format!("{}\n{left}", writer.out.trim_end())
}

/// What ends a folded part.
const FOLD_END: &str = "</div></div>";

#[derive(Default)]
struct Writer {
    out: String,
    /// The marks of the open lists, the outermost first.
    lists: Vec<char>,
    /// For each open link, what closes it.
    links: Vec<&'static str>,
    folds: Folds,
    in_head: bool,
}

impl Writer {
    /// Something that stands by itself. Within a list nothing may begin a line, or the list would end.
    fn block(&mut self, markup: &str) {
        if self.lists.is_empty() {
            self.out += &format!("{markup}\n\n");
        } else {
            self.out += &markup.replace('\n', "&#10;");
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { level, .. } => self.out += &format!("{} ", "=".repeat(*level as usize)),
            Tag::BlockQuote(_) => self.out += "<blockquote>\n",
            Tag::List(first) => self.lists.push(if first.is_some() { '#' } else { '*' }),
            Tag::Item => {
                if !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push('\n');
                }
                self.out.extend(&self.lists);
                self.out.push(' ');
            }
            Tag::Table(_) => self.out += "{| class=\"wikitable\"\n",
            Tag::TableHead => self.in_head = true,
            Tag::TableRow => self.out += "|-\n",
            Tag::TableCell => self.out += if self.in_head { "! " } else { "| " },
            Tag::Emphasis => self.out += "<em>",
            Tag::Strong => self.out += "<strong>",
            Tag::Strikethrough => self.out += "<del>",
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push(if let Some(address) = external(dest_url) {
                    self.out += &format!("[{} ", address_of(address));
                    "]"
                } else if let Some(place) = fragment(dest_url) {
                    self.out += &format!("[[#{}|", address_of(place));
                    "]]"
                } else {
                    ""
                });
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::FootnoteDefinition => {
                self.out += if self.lists.is_empty() { "\n\n" } else { "<br/>" };
            }
            TagEnd::Heading(level) => self.out += &format!(" {}\n\n", "=".repeat(level as usize)),
            TagEnd::BlockQuote(_) => self.out += "</blockquote>\n\n",
            TagEnd::Item => {
                let length = self.out.trim_end_matches("<br/>").len();
                self.out.truncate(length);
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out += "\n\n";
                }
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableCell => self.out.push('\n'),
            TagEnd::Table => self.out += "|}\n\n",
            TagEnd::Emphasis => self.out += "</em>",
            TagEnd::Strong => self.out += "</strong>",
            TagEnd::Strikethrough => self.out += "</del>",
            TagEnd::Link | TagEnd::Image => self.out += self.links.pop().unwrap_or_default(),
            _ => {}
        }
    }

    fn inline(&mut self, event: &Event) {
        match event {
            Event::InlineHtml(piece) => match self.folds.inline(piece) {
                Some("") => {}
                Some(id) => self.out += &format!("<span id=\"{id}\"></span>"),
                None => self.out += &escaped(piece),
            },
            Event::Text(piece)
            | Event::Html(piece)
            | Event::InlineMath(piece)
            | Event::DisplayMath(piece) => self.out += &escaped(piece),
            Event::Code(code) => self.out += &format!("<code>{}</code>", escaped(code)),
            Event::FootnoteReference(name) => self.out += &format!("<sup>{}</sup>", escaped(name)),
            // A line that begins with a space or a mark would mean something.
            Event::SoftBreak => self.out.push(' '),
            Event::HardBreak => self.out += "<br/>",
            Event::Rule => self.out += "<hr/>\n\n",
            Event::TaskListMarker(done) => self.out += if *done { "☑ " } else { "☐ " },
            Event::Start(_) | Event::End(_) => {}
        }
    }
}

/// Code with its colours, where the wiki has them, or plain where the code would end the block itself.
fn code_block(language: &str, code: &str) -> String {
    let named: String = language.chars().filter(char::is_ascii_alphanumeric).collect();
    let ends_itself = code.to_ascii_lowercase().contains("</syntaxhighlight");
    if named.is_empty() || named == "mermaid" || ends_itself {
        return format!("<pre>{}</pre>", escaped(code));
    }
    format!("<syntaxhighlight lang=\"{named}\">\n{code}\n</syntaxhighlight>")
}

/// Text that means nothing to the wiki: each character that could begin markup is written by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '[' | ']' | '{' | '}' | '|' | '\'' | '~' | '_' | '=' | '*' | '#' | ';' | ':' | '!' | '-'
            | '"' => {
                out += &format!("&#{};", u32::from(c));
            }
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// An address without the characters that would end it.
fn address_of(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '[' | ']' | '<' | '>' | '"' | '\'' | '{' | '}' | '|' => {
                out += &format!("%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
