//! On which page of the site each heading of the guides stands.

use crate::guide::{Guide, page_name};
use std::collections::BTreeMap;

/// The name of the example that a link of a guide opens in the designer. Where the guide is read in the repository there
/// is no designer, so the link leads to what says how to run one: `../README.md?example=NAME#run-it`.
pub(crate) fn example(link: &str) -> Option<&str> {
    link.strip_prefix("../README.md?example=")?.strip_suffix("#run-it")
}

/// The pages of all guides with the anchors on each.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By guide and anchor: the name of the page.
    pages: BTreeMap<&'static str, BTreeMap<String, String>>,
}

impl Places {
    /// The places of all headings.
    pub(crate) fn of<'a>(guides: impl IntoIterator<Item = &'a Guide>) -> Self {
        let pages = guides
            .into_iter()
            .map(|guide| {
                let mut anchors = BTreeMap::new();
                for (index, headings) in guide.cut().into_iter().enumerate() {
                    let page = page_name(index, headings);
                    anchors.extend(headings.iter().map(|heading| (heading.id.clone(), page.clone())));
                }
                (guide.entry.name, anchors)
            })
            .collect();
        Self { pages }
    }

    /// The target of a link on the site. The source links to Markdown files, `other.md#anchor`; a page links to the
    /// page of the anchor, from the folder of the guide that the link stands in.
    pub(crate) fn rewrite(&self, own: &str, link: &str) -> String {
        if link.contains("://") {
            return link.to_owned();
        }
        if let Some(name) = example(link) {
            return format!("../../designer.html#example={name}");
        }
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let guide = match file.strip_suffix(".md") {
            Some(name) => name,
            None if file.is_empty() => own,
            None => return link.to_owned(),
        };
        let Some(anchors) = self.pages.get(guide) else { return link.to_owned() };
        let page = anchors.get(anchor).map_or("index", String::as_str);
        // A section begins its page, so that its anchor says nothing more.
        let fragment = if anchor.is_empty() || anchor == page { String::new() } else { format!("#{anchor}") };
        let folder = if guide == own { String::new() } else { format!("../{guide}/") };
        format!("{folder}{page}.html{fragment}")
    }

    /// As JSON: each guide, each of its pages, the anchors on it. The designer finds by it where the rules that a
    /// design names are explained.
    pub(crate) fn json(&self) -> String {
        let mut guides = BTreeMap::new();
        for (guide, anchors) in &self.pages {
            let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (anchor, page) in anchors {
                pages.entry(page).or_default().push(anchor);
            }
            guides.insert(guide, pages);
        }
        // Maps from strings to lists of strings always serialise.
        serde_json::to_string(&guides).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::CATALOG;
    use markdown::Heading;

    fn guide(index: usize, source: &str) -> Guide {
        Guide::from_source(CATALOG[index], std::path::PathBuf::new(), source.to_owned()).unwrap()
    }

    #[test]
    fn links_between_guides_become_links_between_pages() {
        let opening = "# A\n\n## Decision card\n\n## In this guide\n\n## Errors\n\n### API-01 Name them\n";
        let places = Places::of([
            &guide(1, opening),
            &guide(2, "# B\n\n## In this guide\n\n## Keys\n\n### DB-01 Short\n"),
        ]);
        for (link, page) in [
            ("database-design.md", "../database-design/index.html"),
            ("database-design.md#keys", "../database-design/keys.html"),
            ("database-design.md#db-01-short", "../database-design/keys.html#db-01-short"),
            ("#errors", "errors.html"),
            ("#api-01-name-them", "errors.html#api-01-name-them"),
            ("#decision-card", "index.html#decision-card"),
            ("api-design-guide.md#in-this-guide", "index.html#in-this-guide"),
            ("../README.md?example=chat#run-it", "../../designer.html#example=chat"),
            ("https://example.org/a.md", "https://example.org/a.md"),
            ("a.html", "a.html"),
        ] {
            assert_eq!(places.rewrite("api-design-guide", link), page, "{link}");
        }
    }

    #[test]
    fn a_guide_is_cut_at_its_sections() {
        for (source, pages) in [
            ("# A\n\nText.\n", "A"),
            ("# A\n\n## B\n\n### C\n\n## D\n", "A B C D"),
            (
                "# A\n\n## Card\n\n## In this guide\n\n## B\n\n### C\n\n## D\n",
                "A Card In this guide | B C | D",
            ),
        ] {
            let guide = guide(0, source);
            let texts = |headings: &[Heading]| {
                headings.iter().map(|heading| heading.text.clone()).collect::<Vec<_>>().join(" ")
            };
            let cut: Vec<String> = guide.cut().into_iter().map(texts).collect();
            assert_eq!(cut.join(" | "), pages, "{source:?}");
            let sections = guide.sections(&Places::default());
            assert_eq!(sections.len(), cut.len());
            for section in sections {
                let title = markdown::render(&format!("# {}", section.title)).html;
                assert!(
                    section.html.starts_with(title.trim_end()),
                    "{} begins with its heading",
                    section.name
                );
                assert_eq!(section.html.matches("<h1 ").count(), 1, "{} has one", section.name);
            }
        }
    }
}
