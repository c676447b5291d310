//! Turns the events of the Markdown parser into events that the library writes out as safe HTML.
//!
//! Whatever needs a tag of our own (headings, links, tables, code, footnotes) becomes a ready piece of HTML here;
//! paragraphs, lists, emphasis and text are left to the library.

use crate::fold::{Fold, Folds};
use crate::footnotes::Footnotes;
use crate::links::{self, Target};
use crate::{Heading, Options, Rendered, Slugger};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options as Extensions,
    Tag, TagEnd,
};
use pulldown_cmark_escape::{escape_href, escape_html};

/// The parts of GitHub-flavoured Markdown that are understood.
pub(crate) fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_GFM
}

/// The state of one rendering.
pub(crate) struct Transformer<'a, 'o> {
    options: &'o Options<'o>,
    rendered: &'o mut Rendered,
    slugger: Slugger,
    footnotes: Footnotes<'a>,
    folds: Folds,
    /// The alignments of the open table and the column of the next cell.
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    /// For each open link, whether it was allowed.
    open_links: Vec<bool>,
    output: Vec<Event<'a>>,
}

impl<'a, 'o> Transformer<'a, 'o> {
    pub(crate) fn new(options: &'o Options<'o>, rendered: &'o mut Rendered) -> Self {
        Self {
            options,
            rendered,
            slugger: Slugger::default(),
            footnotes: Footnotes::default(),
            folds: Folds::default(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            open_links: Vec::new(),
            output: Vec::new(),
        }
    }

    /// Transforms a whole document.
    pub(crate) fn run(mut self, events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
        let body = self.set_footnotes_aside(events);
        self.blocks(body);
        let left = "</details>\n".repeat(self.folds.left());
        self.html(left);
        self.footnote_list();
        self.output
    }

    /// Moves footnote definitions out of the stream: they stand at the end of the document, wherever they are written.
    fn set_footnotes_aside(&mut self, events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
        let mut body = Vec::new();
        let mut open: Vec<(CowStr<'a>, Vec<Event<'a>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => open.push((name, Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((name, contents)) = open.pop() {
                        self.footnotes.define(&name, contents);
                    }
                }
                other => open.last_mut().map_or(&mut body, |(_, contents)| contents).push(other),
            }
        }
        body
    }

    fn blocks(&mut self, events: Vec<Event<'a>>) {
        let mut events = events.into_iter();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let contents = contents(&mut events);
                    self.heading(level, contents);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let contents = contents(&mut events);
                    self.code_block(&kind, &plain_text(&contents));
                }
                Event::Start(Tag::HtmlBlock) => {
                    let contents = contents(&mut events);
                    self.html_block(&plain_text(&contents));
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let contents = contents(&mut events);
                    self.image(&dest_url, &title, &plain_text(&contents));
                }
                other => self.event(other),
            }
        }
    }

    /// Raw HTML is text to us, except where a folded part begins or ends.
    fn html_block(&mut self, raw: &str) {
        let html = match self.folds.block(raw) {
            Some(Fold::Open(title)) => {
                format!("<details>\n<summary>{}</summary>\n", escaped(title))
            }
            Some(Fold::Close) => "</details>\n".to_owned(),
            None => format!("<p>{}</p>\n", escaped(raw.trim_end())),
        };
        self.html(html);
    }

    fn inline_html(&mut self, raw: CowStr<'a>) {
        match self.folds.inline(&raw) {
            Some("") => {}
            Some(id) => {
                let html = format!("<a id=\"{}{id}\"></a>", self.options.id_prefix);
                self.html(html);
            }
            None => self.output.push(Event::Text(raw)),
        }
    }

    fn event(&mut self, event: Event<'a>) {
        self.folds.follow(&event);
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                self.open_link(link_type, &dest_url, &title);
            }
            Event::End(TagEnd::Link) => {
                if self.open_links.pop() == Some(true) {
                    self.html("</a>".to_owned());
                }
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let (class, label) = note(kind);
                self.html(format!(
                    "<blockquote class=\"note note-{class}\">\n<p class=\"note-title\">{label}</p>\n"
                ));
            }
            Event::Start(tag @ (Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)) => {
                self.open_table_part(tag);
            }
            Event::End(tag @ (TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell)) => {
                self.close_table_part(tag);
            }
            // Raw HTML is text to us: as text the library escapes it.
            Event::Html(raw) => self.output.push(Event::Text(raw)),
            Event::InlineHtml(raw) => self.inline_html(raw),
            Event::TaskListMarker(done) => {
                let (checked, label) = if done { (" checked", "Done") } else { ("", "To do") };
                self.html(format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
            }
            Event::FootnoteReference(name) => {
                let reference = self.footnotes.refer(&name, self.options.id_prefix);
                self.html(reference);
            }
            other => self.output.push(other),
        }
    }

    fn heading(&mut self, level: HeadingLevel, contents: Vec<Event<'a>>) {
        let text = plain_text(&contents).trim().to_owned();
        let id = format!("{}{}", self.options.id_prefix, self.slugger.slug(&text));
        let level = level as u8;
        // A heading is a link to itself, unless it holds one: links do not nest.
        let linked = !contents.iter().any(|event| {
            matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::FootnoteReference(_))
        });
        let anchor = escaped(&id);
        if linked {
            self.html(format!("<h{level} id=\"{anchor}\"><a class=\"anchor\" href=\"#{anchor}\">"));
        } else {
            self.html(format!("<h{level} id=\"{anchor}\">"));
        }
        self.blocks(contents);
        let closing = if linked { "</a>" } else { "" };
        self.html(format!("{closing}</h{level}>\n"));
        if level == 1 && self.rendered.title.is_none() {
            self.rendered.title = Some(text.clone());
        }
        self.rendered.headings.push(Heading { level, id, text });
    }

    fn code_block(&mut self, kind: &CodeBlockKind, code: &str) {
        let language = match kind {
            // The first word of the info string is the language, whatever follows it.
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language == "mermaid" {
            let source = escaped(code);
            self.html(format!(
                "<figure class=\"diagram\"><pre class=\"mermaid-source\" tabindex=\"0\">{source}</pre></figure>\n"
            ));
            return;
        }
        let class: String =
            language.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+')).collect();
        let code = self.coloured(language, code);
        let class = if class.is_empty() { String::new() } else { format!(" class=\"language-{class}\"") };
        // Long lines scroll, and what scrolls must be reachable by keyboard.
        self.html(format!(
            "<div class=\"code\"><pre tabindex=\"0\"><code{class}>{code}</code></pre></div>\n"
        ));
    }

    /// The code as HTML, with the colours that the caller gives it.
    fn coloured(&self, language: &str, code: &str) -> String {
        let pieces = self.options.highlight.and_then(|highlight| highlight(language, code));
        let Some(pieces) = pieces else { return escaped(code) };
        pieces
            .iter()
            .map(|(class, text)| match *class {
                "" => escaped(text),
                class => format!("<span class=\"{}\">{}</span>", escaped(class), escaped(text)),
            })
            .collect()
    }

    fn open_link(&mut self, kind: LinkType, url: &str, title: &str) {
        let url = if kind == LinkType::Email { format!("mailto:{url}") } else { url.to_owned() };
        let target = self.resolve(&url);
        self.open_links.push(target.is_some());
        let Some((target, address)) = target else { return };
        self.rendered.links.push(url);
        let rel = if target == Target::External { " rel=\"noopener noreferrer\"" } else { "" };
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        self.html(format!("<a href=\"{address}\"{title}{rel}>"));
    }

    /// The escaped address that a link gets, if it may be followed at all.
    fn resolve(&self, url: &str) -> Option<(Target, String)> {
        links::classify(url)?;
        let rewritten = self.options.rewrite_link.map(|rewrite| rewrite(url));
        let url = rewritten.as_deref().unwrap_or(url);
        let target = links::classify(url)?;
        let prefixed = match (target, url.trim().strip_prefix('#')) {
            (Target::Fragment, Some(id)) => format!("#{}{id}", self.options.id_prefix),
            _ => url.to_owned(),
        };
        let mut address = String::with_capacity(prefixed.len());
        // Writing to a string cannot fail.
        let _ = escape_href(&mut address, &prefixed);
        Some((target, address))
    }

    fn image(&mut self, url: &str, title: &str, alt: &str) {
        let Some((target, address)) = self.resolve(url) else {
            self.output.push(Event::Text(alt.to_owned().into()));
            return;
        };
        let alt = escaped(alt);
        if self.options.images && target == Target::Relative {
            let title =
                if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
            self.html(format!("<img src=\"{address}\" alt=\"{alt}\"{title} loading=\"lazy\">"));
        } else if self.open_links.contains(&true) {
            // An image inside a link: the link is there already.
            self.html(alt);
        } else {
            let rel = if target == Target::External { " rel=\"noopener noreferrer\"" } else { "" };
            let text = if alt.is_empty() { address.clone() } else { alt };
            self.html(format!("<a href=\"{address}\"{rel}>{text}</a>"));
        }
    }

    fn open_table_part(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.html(
                    "<div class=\"table-scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n"
                        .to_owned(),
                );
            }
            Tag::TableHead => {
                self.column = 0;
                self.in_table_head = true;
                self.html("<thead>\n<tr>".to_owned());
            }
            Tag::TableRow => {
                self.column = 0;
                self.html("<tr>".to_owned());
            }
            _ => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => " class=\"align-left\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::None) | None => "",
                };
                let (name, scope) = if self.in_table_head { ("th", " scope=\"col\"") } else { ("td", "") };
                self.html(format!("<{name}{scope}{class}>"));
            }
        }
    }

    fn close_table_part(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            _ => {
                self.column += 1;
                if self.in_table_head { "</th>" } else { "</td>" }
            }
        };
        self.html(html.to_owned());
    }

    fn footnote_list(&mut self) {
        let prefix = self.options.id_prefix;
        let mut index = 0;
        while let Some(contents) = self.footnotes.take(index) {
            if index == 0 {
                self.html("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n".to_owned());
            }
            self.html(format!("<li id=\"{prefix}fn:{}\">", index + 1));
            let item = (Event::Start(Tag::Item), Event::End(TagEnd::Item));
            self.folds.follow(&item.0);
            self.blocks(contents);
            self.folds.follow(&item.1);
            let back = self.footnotes.back_links(index, prefix);
            self.html(format!("{back}</li>\n"));
            index += 1;
        }
        if index > 0 {
            self.html("</ol>\n</section>\n".to_owned());
        }
    }

    /// Adds a piece of HTML that was written here.
    fn html(&mut self, html: String) {
        self.output.push(Event::InlineHtml(html.into()));
    }
}

/// The contents of the element whose start was just read; its end is taken as well.
fn contents<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut depth = 1_usize;
    events
        .take_while(|event| {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            depth > 0
        })
        .collect()
}

/// The words of some events without their markup.
fn plain_text(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, text);
    html
}

/// The class and the label of a note.
fn note(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}
