//! The storage format of Confluence: XHTML with macros of its own. It is what "Insert markup" and the interface take.

use super::{events, external, fragment, language, verbatim};
use crate::fold::{Fold, Folds};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Writes Markdown in the storage format of Confluence.
pub(super) fn confluence(text: &str) -> String {
    let events = events(text);
    let mut out = String::with_capacity(text.len() * 2);
    let (mut at, mut in_head) = (0, false);
    // For each open link, what closes it.
    let mut links: Vec<&str> = Vec::new();
    let mut folds = Folds::default();
    while let Some(event) = events.get(at) {
        at += 1;
        if !matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)) {
            folds.follow(event);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let (code, taken) = verbatim(&events[at..]);
                at += taken;
                out += &code_macro(language(kind), code.trim_end_matches('\n'));
            }
            Event::Start(Tag::HtmlBlock) => {
                let (raw, taken) = verbatim(&events[at..]);
                at += taken;
                out += &match folds.block(&raw) {
                    Some(Fold::Open(title)) => format!(
                        "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">{}</ac:parameter><ac:rich-text-body>\n",
                        escaped(title)
                    ),
                    Some(Fold::Close) => FOLD_END.to_owned(),
                    None => format!("<p>{}</p>", escaped(raw.trim_end())),
                };
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(if let Some(address) = external(dest_url) {
                    out += &format!("<a href=\"{}\">", escaped(address));
                    "</a>"
                } else if let Some(place) = fragment(dest_url) {
                    out += &format!("<ac:link ac:anchor=\"{}\"><ac:link-body>", escaped(place));
                    "</ac:link-body></ac:link>"
                } else {
                    ""
                });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                out += links.pop().unwrap_or_default();
            }
            Event::Start(Tag::TableHead) => {
                in_head = true;
                out += "<tr>";
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                out += "</tr>";
            }
            Event::Start(Tag::TableCell) => out += if in_head { "<th>" } else { "<td>" },
            Event::End(TagEnd::TableCell) => out += if in_head { "</th>" } else { "</td>" },
            Event::Start(tag) => out += opening(tag),
            Event::End(tag) => out += closing(*tag),
            Event::InlineHtml(piece) => match folds.inline(piece) {
                Some("") => {}
                Some(id) => {
                    out += &format!(
                        "<ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">{id}</ac:parameter></ac:structured-macro>"
                    );
                }
                None => out += &escaped(piece),
            },
            Event::Text(piece)
            | Event::Html(piece)
            | Event::InlineMath(piece)
            | Event::DisplayMath(piece) => out += &escaped(piece),
            Event::Code(code) => out += &format!("<code>{}</code>", escaped(code)),
            Event::FootnoteReference(name) => out += &format!("<sup>{}</sup>", escaped(name)),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out += "<br/>",
            Event::Rule => out += "<hr/>",
            Event::TaskListMarker(done) => out += if *done { "☑ " } else { "☐ " },
        }
    }
    out + &FOLD_END.repeat(folds.left())
}

/// What ends a folded part.
const FOLD_END: &str = "</ac:rich-text-body></ac:structured-macro>\n";

fn opening(tag: &Tag) -> &'static str {
    match tag {
        Tag::Paragraph | Tag::FootnoteDefinition(_) => "<p>",
        Tag::Heading { level, .. } => ["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"][*level as usize - 1],
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::List(None) => "<ul>",
        Tag::List(Some(_)) => "<ol>",
        Tag::Item => "<li>",
        Tag::Table(_) => "<table><tbody>",
        Tag::TableRow => "<tr>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        _ => "",
    }
}

fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph | TagEnd::FootnoteDefinition => "</p>\n",
        TagEnd::Heading(level) => {
            ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level as usize - 1]
        }
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>",
        TagEnd::Table => "</tbody></table>\n",
        TagEnd::TableRow => "</tr>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        _ => "",
    }
}

/// A block of code. The body is literal up to its end mark, which a text may hold as well: there it is cut in two.
fn code_macro(language: &str, code: &str) -> String {
    let named: String = language.chars().filter(char::is_ascii_alphanumeric).collect();
    let parameter =
        |name: &str, value: &str| format!("<ac:parameter ac:name=\"{name}\">{value}</ac:parameter>");
    let parameters = match named.as_str() {
        "" => String::new(),
        "mermaid" => parameter("title", "Diagram (Mermaid)"),
        named => parameter("language", named),
    };
    let body = printable(code).replace("]]>", "]]]]><![CDATA[>");
    format!(
        "<ac:structured-macro ac:name=\"code\">{parameters}<ac:plain-text-body><![CDATA[{body}]]></ac:plain-text-body></ac:structured-macro>\n"
    )
}

/// Text as XML.
fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text without the characters that XML does not allow.
fn printable(text: &str) -> String {
    let allowed =
        |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\t');
    text.chars().filter(allowed).collect()
}
