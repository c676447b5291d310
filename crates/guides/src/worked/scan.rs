//! Where the briefs and the generated parts of the guide stand.

use super::{ASSUMED, COMPARISON, RESULT};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What the information string of a brief begins with; its name follows.
const BRIEF: &str = "text brief ";

/// A requirements text in the guide.
#[derive(Debug)]
pub(super) struct Brief {
    /// The name by which the designer opens it.
    pub(super) name: String,
    /// The text.
    pub(super) text: String,
    /// The heading of the section that it stands in.
    pub(super) title: String,
    /// The number of that section.
    pub(super) section: usize,
    /// Where it begins in the guide.
    pub(super) at: usize,
}

/// A generated part.
#[derive(Debug)]
pub(super) struct Part {
    /// The heading above it.
    pub(super) heading: String,
    /// The number of its section.
    pub(super) section: usize,
    /// From the end of its heading to the next heading of level 3 or higher.
    pub(super) range: Range<usize>,
}

/// The guide, as far as generating is concerned.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) briefs: Vec<Brief>,
    pub(super) generated: Vec<Part>,
}

impl Scan {
    pub(super) fn of(source: &str) -> Self {
        let mut scan = Self::default();
        let (mut section, mut title) = (0, String::new());
        let mut open: Option<(String, usize)> = None;
        // The text of the heading or code block that the parser is in.
        let mut text = String::new();
        let mut name: Option<String> = None;
        for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    text.clear();
                    if level <= HeadingLevel::H3 {
                        scan.close(&mut open, section, range.start);
                    }
                }
                Event::End(TagEnd::Heading(HeadingLevel::H2)) => {
                    section += 1;
                    text.trim().clone_into(&mut title);
                }
                Event::End(TagEnd::Heading(HeadingLevel::H3))
                    if [RESULT, COMPARISON, ASSUMED].contains(&text.trim()) =>
                {
                    open = Some((text.trim().to_owned(), range.end));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    text.clear();
                    name = info.strip_prefix(BRIEF).map(|name| name.trim().to_owned());
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(name) = name.take() {
                        scan.briefs.push(Brief {
                            name,
                            text: text.clone(),
                            title: title.clone(),
                            section,
                            at: range.start,
                        });
                    }
                }
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                _ => {}
            }
        }
        scan.close(&mut open, section, source.len());
        scan
    }

    fn close(&mut self, open: &mut Option<(String, usize)>, section: usize, end: usize) {
        if let Some((heading, start)) = open.take() {
            self.generated.push(Part { heading, section, range: start..end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_code_are_no_headings() {
        let text = "## A\n\n```text brief a\n# Title\n\n### What the engine makes of it\n```\n\n### What the engine makes of it\n\n```sql\n## no\n```\n\n### Next\n";
        let scan = Scan::of(text);
        assert_eq!(scan.briefs.len(), 1);
        assert_eq!(scan.briefs[0].name, "a");
        assert_eq!(scan.briefs[0].title, "A");
        assert_eq!(scan.briefs[0].text, "# Title\n\n### What the engine makes of it\n");
        assert_eq!(scan.generated.len(), 1);
        assert_eq!(&text[scan.generated[0].range.clone()], "\n```sql\n## no\n```\n\n");
        assert_eq!(scan.generated[0].section, scan.briefs[0].section);
    }
}
