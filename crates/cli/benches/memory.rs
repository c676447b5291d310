//! Measures what the engine holds on the heap at most, for each text file that is named, as it reads the text, designs it
//! and writes the files.
//!
//! Prints a line for each, `FILE heap MIB`. `cargo xtask bench` names the files and lays the lines out as a table.

mod counted;

use std::{env, fs};

fn main() {
    // What is unpacked once and kept is no part of a single text.
    whole("");
    // Cargo adds an option of its own.
    for file in env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
        let (_, most) = counted::most(|| whole(&text));
        println!("{file}\theap\t{}", most as f64 / f64::from(1 << 20));
    }
}

fn whole(text: &str) -> usize {
    let analysis = requirements::analyze(text).expect("the text is short enough");
    let design =
        design::design(analysis, &design::Options::default()).expect("there are no options to refuse");
    artifacts::files(&design).len()
}
