//! Each number of the document stands in a row or paragraph that leads to a sentence, an assumption, a figure or a
//! decision. What need not is listed in `numbers.toml`, with the reason.

#[allow(dead_code, reason = "what is expected of the texts is read by other tests")]
mod support;

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use support::{briefs, design_of};

/// What is excepted from the measure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    /// Numbers that are part of a name: what stands before them.
    name: Vec<Name>,
    /// Parts of the document, by the start of their heading.
    part: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    before: String,
    #[allow(dead_code, reason = "an exception has a reason")]
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    heading: String,
    #[allow(dead_code, reason = "an exception has a reason")]
    why: String,
}

/// A row or a paragraph with the heading that it stands under.
struct Piece<'a> {
    heading: &'a str,
    /// The paragraph over its table, which leads for all rows.
    intro: &'a str,
    line: &'a str,
}

/// The rows and paragraphs of a document; heads of tables, headings, diagrams and titles of folds are no such.
fn pieces(document: &str) -> Vec<Piece<'_>> {
    let (mut found, mut heading, mut intro, mut fenced) = (Vec::new(), "", "", false);
    let lines: Vec<&str> = document.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced || line.is_empty() || line.starts_with("<details>") || line.starts_with("</details>") {
            continue;
        }
        if line.starts_with("<summary>") || line.starts_with("| ---") {
            continue;
        }
        if line.starts_with('#') {
            (heading, intro) = (line.trim_start_matches('#').trim(), "");
            continue;
        }
        let head = lines.get(at + 1).is_some_and(|next| next.starts_with("| ---"));
        if head {
            continue;
        }
        if !line.starts_with('|') {
            intro = line;
        }
        found.push(Piece { heading, intro, line });
    }
    found
}

/// The text without what stands between marks, and without the marks.
fn without(text: &str, open: &str, close: char) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out += before;
        rest = after.split_once(close).map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// The text without code, links, places and names that hold a number.
fn bare(line: &str, exceptions: &Exceptions) -> String {
    let mut out = String::new();
    for (at, part) in line.split('`').enumerate() {
        if at % 2 == 0 {
            out += part;
        }
    }
    let mut clean = without(&without(&out, "](#", ')'), "<a id=\"", '>');
    for name in &exceptions.name {
        let mut out = String::new();
        let mut rest = clean.as_str();
        while let Some((before, after)) = rest.split_once(name.before.as_str()) {
            out += before;
            out += &name.before;
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        }
        clean = out + rest;
    }
    clean
}

#[test]
fn each_number_leads_to_where_it_is_from() {
    let exceptions: Exceptions =
        toml::from_str(include_str!("numbers.toml")).expect("the exceptions are TOML");
    let (mut led, mut lost) = (0_usize, BTreeMap::<String, (usize, String)>::new());
    let mut used = BTreeSet::new();
    for brief in briefs() {
        let document = artifacts::document(&design_of(&brief.text));
        for piece in pieces(&document) {
            let bare = bare(piece.line, &exceptions);
            if !bare.bytes().any(|letter| letter.is_ascii_digit()) {
                continue;
            }
            let leads = |text: &str| text.contains("](#") || text.contains("<a id=\"");
            // The parts of a decision are headed by its number and title.
            let of_decision = piece.heading.split_once(". ").is_some_and(|(at, _)| at.parse::<u32>().is_ok());
            if leads(piece.line) || leads(piece.intro) || of_decision {
                led += 1;
            } else if let Some(part) =
                exceptions.part.iter().find(|part| piece.heading.starts_with(&part.heading))
            {
                used.insert(part.heading.clone());
            } else {
                let row = lost
                    .entry(piece.heading.to_owned())
                    .or_insert_with(|| (0, format!("{}: {bare}", brief.name)));
                row.0 += 1;
            }
        }
    }
    let lines: Vec<String> =
        lost.iter().map(|(heading, (count, first))| format!("{heading} ({count}), as {first}")).collect();
    assert!(lines.is_empty(), "{} parts with numbers that lead nowhere:\n{}", lines.len(), lines.join("\n"));
    assert!(led > 10_000, "only {led} numbers were found");
    let idle: Vec<&str> = exceptions
        .part
        .iter()
        .map(|part| part.heading.as_str())
        .filter(|heading| !used.contains(*heading))
        .collect();
    assert!(idle.is_empty(), "exceptions that excuse nothing: {idle:?}");
}

#[test]
fn a_number_that_leads_nowhere_is_found() {
    let exceptions = Exceptions { name: Vec::new(), part: Vec::new() };
    let document = "## Part\n\nThere are 30 of them.\n\n| Head 1 | B |\n| --- | --- |\n| 40 | [`s1`](#s1) |\n| `x` | 50 |\n";
    let found: Vec<String> = pieces(document)
        .iter()
        .filter(|piece| !piece.line.contains("](#"))
        .map(|piece| bare(piece.line, &exceptions))
        .filter(|text| text.bytes().any(|letter| letter.is_ascii_digit()))
        .collect();
    assert_eq!(found, ["There are 30 of them.", "|  | 50 |"]);
}
