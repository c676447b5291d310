//! The search index: which words stand under which heading.
//!
//! It holds no text: each part of a page is the list of the words in it, each word once, as differences of positions in
//! one sorted list of all words. That takes about a third of the text, and the search shows its excerpts from the pages
//! themselves. The browser's part is `site/js/search-worker.js`.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A page as the search reads it.
pub(crate) struct Source<'a> {
    /// The address of the page below the root of the site.
    pub(crate) address: String,
    /// The guide or part of the site that it belongs to, as navigation names it.
    pub(crate) area: &'a str,
    /// The heading of the page.
    pub(crate) title: &'a str,
    /// What the page says, with its headings.
    pub(crate) html: &'a str,
}

/// The index as the browser reads it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Index {
    /// All words, sorted, separated by spaces.
    words: String,
    pages: Vec<Page>,
}

/// A page: address, area, title, parts.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Page(String, String, String, Vec<Part>);

/// A part: anchor (empty at the top of the page), heading, positions of its words, each as the difference from the one before.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Part(String, String, Vec<usize>);

/// The index of some pages, as JSON.
pub(crate) fn index(sources: &[Source]) -> String {
    let parts: Vec<Vec<(String, String, BTreeSet<String>)>> =
        sources.iter().map(|source| parts(source.html)).collect();
    let words: BTreeSet<&str> =
        parts.iter().flatten().flat_map(|(_, _, words)| words).map(String::as_str).collect();
    let position: BTreeMap<&str, usize> = words.iter().enumerate().map(|(at, word)| (*word, at)).collect();
    let pages = sources
        .iter()
        .zip(&parts)
        .map(|(source, parts)| {
            let parts = parts.iter().map(|(anchor, heading, words)| {
                let mut before = 0;
                let differences = words
                    .iter()
                    .filter_map(|word| position.get(word.as_str()))
                    .map(|at| at - std::mem::replace(&mut before, *at))
                    .collect();
                Part(anchor.clone(), heading.clone(), differences)
            });
            Page(source.address.clone(), source.area.to_owned(), source.title.to_owned(), parts.collect())
        })
        .collect();
    let words = words.into_iter().collect::<Vec<_>>().join(" ");
    // Strings and numbers always serialise.
    serde_json::to_string(&Index { words, pages }).unwrap_or_default() + "\n"
}

/// The parts of a page: anchor, heading and words of what stands under each heading. The heading of the page itself has
/// no anchor.
fn parts(html: &str) -> Vec<(String, String, BTreeSet<String>)> {
    let mut parts: Vec<(String, String, BTreeSet<String>)> = Vec::new();
    let html = without_code(html);
    let mut rest = html.as_str();
    while let Some(start) = next_heading(rest) {
        if let Some((_, _, words)) = parts.last_mut() {
            words.extend(words_of(&text(&rest[..start])));
        }
        let heading = &rest[start..];
        let end = heading.find("</h").unwrap_or(heading.len());
        let anchor = heading.split('"').nth(1).unwrap_or_default();
        let anchor = if parts.is_empty() { String::new() } else { anchor.to_owned() };
        let title = text(&heading[..end]).trim().to_owned();
        let words = words_of(&title).collect();
        parts.push((anchor, title, words));
        rest = &heading[end..];
    }
    if let Some((_, _, words)) = parts.last_mut() {
        words.extend(words_of(&text(rest)));
    }
    parts
}

/// Where the next heading begins. The renderer writes each with its id.
fn next_heading(html: &str) -> Option<usize> {
    (1..=6).filter_map(|level| html.find(&format!("<h{level} id=\""))).min()
}

/// The page without its blocks of code: their words are names of examples.
fn without_code(html: &str) -> String {
    html.split("<pre")
        .enumerate()
        .map(
            |(index, piece)| {
                if index == 0 { piece } else { piece.split_once("</pre>").map_or("", |(_, after)| after) }
            },
        )
        .collect()
}

/// HTML without its tags; a tag separates words.
fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (index, piece) in html.split('<').enumerate() {
        let shown = if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) };
        text.push_str(shown);
        // Marks inside a word are rare; cells and items that touch are not.
        if index > 0 && !shown.starts_with(|first: char| first.is_alphanumeric()) {
            text.push(' ');
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The words of a text in small letters.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_under_their_headings() {
        let html = markdown::render(
            "# Errors\n\nUse `problem+json`.\n\n## API-01 Name them\n\nA *type* & a title.\n\n```sql\nSELECT hidden;\n```\n\n| Code | Use |\n|---|---|\n| 409 | conflict |\n",
        )
        .html;
        let found: Vec<String> = parts(&html)
            .into_iter()
            .map(|(anchor, heading, words)| {
                format!("{anchor}|{heading}|{}", words.into_iter().collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            found,
            [
                "|Errors|errors json problem use",
                "api-01-name-them|API-01 Name them|01 409 a api code conflict name them title type use",
            ]
        );
    }

    #[test]
    fn positions_are_differences_in_the_list_of_words() {
        let source = |address: &str, html: &'static str| Source {
            address: address.to_owned(),
            area: "G",
            title: "T",
            html,
        };
        let json =
            index(&[source("a.html", "<h1 id=\"t\">c a</h1>"), source("b.html", "<h1 id=\"t\">b d</h1>")]);
        assert_eq!(
            json,
            "{\"words\":\"a b c d\",\"pages\":[[\"a.html\",\"G\",\"T\",[[\"\",\"c a\",[0,2]]]],[\"b.html\",\"G\",\"T\",[[\"\",\"b d\",[1,2]]]]]}\n"
        );
    }
}
