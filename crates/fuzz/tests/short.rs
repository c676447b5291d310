//! A short run of every target: each seed as it is, and changed at random places by a fixed sequence of numbers.
//! `cargo xtask fuzz` runs long ones, led by what the code does.

use fastrand::Rng;
use fuzz::TARGETS;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// How many changed inputs a target is tried with.
const TRIES: usize = 150;

/// Pieces that matter to some reader.
const PIECES: &[&str] = &[
    "```",
    "\"",
    "'",
    "''",
    "$$",
    "--",
    "/*",
    "*/",
    ";",
    "\\",
    "|",
    "#",
    "\n\n",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "{{",
    "}}",
    "{",
    "}",
    "[",
    "](",
    ")",
    "<script>",
    "javascript:",
    "&#x6a;",
    "=1+1",
    "@x",
    "\u{202e}",
    "\u{feff}",
    "é",
    "𝒜",
    "a\u{301}",
    "- ",
    "> ",
    "1. ",
    "Given ",
    " must ",
    " within 2 seconds ",
    " each ",
    " belongs to ",
    "9999999999999",
    "0",
    "-1",
    "1e400",
    "users",
    " or 1=1",
    "NULL",
    "CREATE TABLE ",
    "PRIMARY KEY",
    "yes: no",
    "|-\n",
    "!!binary ",
    "&a",
    "*a",
];

#[test]
fn nothing_breaks_any_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz");
    let mut broken = Vec::new();
    for target in TARGETS {
        let seeds = seeds(&folder.join(target.name));
        assert!(seeds.len() > 2, "{} has too few seeds", target.name);
        let mut random = Rng::with_seed(7);
        let changed: Vec<String> = (0..TRIES).map(|_| changed(&seeds, &mut random)).collect();
        for input in seeds.iter().chain(&changed) {
            if catch_unwind(AssertUnwindSafe(|| (target.check)(input))).is_err() {
                broken.push(format!("{} broke on {input:?}", target.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn seeds(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort_unstable();
    files
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).expect("a readable file")).into_owned())
        .collect()
}

/// A seed with some changes: pieces put in, parts taken out, doubled, or put in from another seed.
fn changed(seeds: &[String], random: &mut Rng) -> String {
    let mut text: Vec<char> = random.choice(seeds).map_or("", String::as_str).chars().collect();
    for _ in 0..random.usize(1..8) {
        let from = random.usize(0..=text.len());
        let to = (from + random.usize(0..40)).min(text.len());
        let piece: Vec<char> = match random.u8(0..4) {
            0 => Vec::new(),
            1 => text[from..to].repeat(random.usize(2..4)),
            2 => {
                let other: Vec<char> = random.choice(seeds).map_or("", String::as_str).chars().collect();
                let start = random.usize(0..=other.len());
                other[start..(start + 80).min(other.len())].to_vec()
            }
            _ => random.choice(PIECES).map_or("", |piece| *piece).chars().collect(),
        };
        text.splice(from..to, piece);
    }
    text.into_iter().collect()
}
