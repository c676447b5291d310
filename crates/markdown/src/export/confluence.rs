//! The storage format of Confluence: XHTML with macros of its own. It is what "Insert markup" and the interface take.

use super::{events, external, language, verbatim};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Writes Markdown in the storage format of Confluence.
pub(super) fn confluence(text: &str) -> String {
    let events = events(text);
    let mut out = String::with_capacity(text.len() * 2);
    let (mut at, mut in_head) = (0, false);
    // For each open link, whether it became one.
    let mut links: Vec<bool> = Vec::new();
    while let Some(event) = events.get(at) {
        at += 1;
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let (code, taken) = verbatim(&events[at..]);
                at += taken;
                out += &code_macro(language(kind), code.trim_end_matches('\n'));
            }
            Event::Start(Tag::HtmlBlock) => {
                let (raw, taken) = verbatim(&events[at..]);
                at += taken;
                out += &format!("<p>{}</p>", escaped(raw.trim_end()));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let address = external(dest_url);
                if let Some(address) = address {
                    out += &format!("<a href=\"{}\">", escaped(address));
                }
                links.push(address.is_some());
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if links.pop() == Some(true) {
                    out += "</a>";
                }
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
            Event::Text(piece)
            | Event::Html(piece)
            | Event::InlineHtml(piece)
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
    out
}

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
