//! A small tool and a large system share no paragraph longer than a sentence: what would be true of any system is not
//! said of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The paragraphs and list items of a document that hold more than one sentence.
fn paragraphs(document: &str) -> BTreeSet<String> {
    let mut code = false;
    document
        .lines()
        .filter(|line| {
            code ^= line.starts_with("```");
            !code && !line.starts_with(['#', '|', '`']) && !line.trim().is_empty()
        })
        .map(|line| line.trim_start_matches("- ").trim().to_owned())
        .filter(|line| line.trim_end_matches('.').contains(". "))
        .collect()
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
    let (small, large) = (document("pottery-studio/prose.md"), document("chat/prose.md"));
    let shared: Vec<String> = paragraphs(&small).intersection(&paragraphs(&large)).cloned().collect();
    assert!(shared.is_empty(), "{shared:#?}");
}

#[test]
fn the_measure_finds_a_shared_paragraph() {
    let shared = "One. Two.";
    assert_eq!(paragraphs(&format!("# A\n\n{shared}\n")).into_iter().collect::<Vec<_>>(), [shared]);
    assert!(paragraphs("One sentence.\n").is_empty());
}
