//! What the engine holds on the heap. One test, since the count is that of the whole program.

#[path = "../benches/counted/mod.rs"]
mod counted;

use std::fs;
use std::path::Path;

/// How many bytes of the heap a byte of text may take at most, on its way to files.
const MOST_A_BYTE: usize = 1000;

/// How often a text is designed to see that nothing stays.
const TIMES: usize = 25;

#[test]
fn a_text_takes_a_bounded_heap_and_leaves_nothing_behind() {
    let text = briefs(60_000);
    // Tables that are unpacked on first use stay.
    whole(&text);
    let before = counted::now();
    let (files, most) = counted::most(|| whole(&text));
    assert!(files > 20, "{files} files");
    assert!(most < MOST_A_BYTE * text.len(), "{most} bytes for a text of {}", text.len());
    for time in 0..TIMES {
        whole(&text[..text.floor_char_boundary(2000 + time)]);
    }
    assert_eq!(counted::now(), before, "bytes stayed on the heap");
}

fn whole(text: &str) -> usize {
    let analysis = requirements::analyze(text).expect("the text is short enough");
    let design =
        design::design(analysis, &design::Options::default()).expect("there are no options to refuse");
    artifacts::files(&design).len()
}

/// The project's own requirement texts, one after the other, up to a length.
fn briefs(bytes: usize) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of the briefs")
        .filter_map(|product| Some(product.ok()?.path().join("prose.md")))
        .collect();
    files.sort_unstable();
    let mut text: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    text.truncate(text.floor_char_boundary(bytes));
    assert!(text.len() > bytes / 2, "the briefs are shorter than thought");
    text
}
