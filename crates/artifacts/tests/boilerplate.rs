//! A small tool and a large system share no paragraph longer than a sentence: what would be true of any system is not
//! said of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The paragraphs, list items and cells of a document that hold more than one sentence. Headings, the heads of tables and
/// the titles of folded parts are left out.
fn paragraphs(document: &str) -> BTreeSet<String> {
    let mut code = false;
    let lines: Vec<&str> = document
        .lines()
        .filter(|line| {
            code ^= line.starts_with("```");
            !code && !line.starts_with(['#', '`', '<']) && !line.trim().is_empty()
        })
        .collect();
    let mut found = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let head = lines.get(at + 1).is_some_and(|next| next.starts_with("| ---"));
        let pieces: Vec<&str> = match line.strip_prefix("| ") {
            Some(_) if head => Vec::new(),
            Some(row) => row.trim_end_matches(" |").split(" | ").collect(),
            None => vec![line.trim_start_matches("- ")],
        };
        found.extend(
            pieces
                .into_iter()
                .map(str::trim)
                .filter(|piece| piece.trim_end_matches('.').contains(". "))
                .map(str::to_owned),
        );
    }
    found
}

fn document(brief: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs").join(brief);
    let text = fs::read_to_string(path).expect("the text is there");
    let analysis = requirements::analyze(&text).expect("within the limit");
    artifacts::document(
        &design::design(analysis, &design::Options::default()).expect("no options, no refusal"),
    )
}

#[test]
fn a_small_tool_and_a_large_system_share_no_paragraph() {
    // A tool of an office of 40 people, that of a studio and that of a university, beside a chat of ten million.
    let large = paragraphs(&document("chat/prose.md"));
    for small in ["../../site/examples/03-lunch-list.md", "pottery-studio/prose.md", "helpdesk/prose.md"] {
        let shared: Vec<String> = paragraphs(&document(small)).intersection(&large).cloned().collect();
        assert!(shared.is_empty(), "{small}: {shared:#?}");
    }
}

#[test]
fn the_measure_finds_a_shared_paragraph() {
    let shared = "One. Two.";
    assert_eq!(paragraphs(&format!("# A\n\n{shared}\n")).into_iter().collect::<Vec<_>>(), [shared]);
    assert!(paragraphs("| Head. Head |\n| --- |\n| One sentence. |\n").is_empty());
    assert_eq!(paragraphs("| Head |\n| --- |\n| a | One. Two. |\n").len(), 1);
}
