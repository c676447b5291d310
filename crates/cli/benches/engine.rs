//! Measures the engine on this machine: the time of each stage for each text file that is named.
//!
//! Prints a line for each, `FILE STAGE MILLISECONDS`, with the median of many runs. `cargo xtask bench` names the files
//! and lays the lines out as a table beside those of the browser module.

use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, fs};

/// For how long a stage is repeated.
const BUDGET: Duration = Duration::from_secs(1);

/// How often it is repeated at least and at most.
const RUNS: (usize, usize) = (3, 200);

fn main() {
    // Cargo adds an option of its own.
    for file in env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
        let options = design::Options::default();
        let analysis = requirements::analyze(&text).expect("the text is short enough");
        let design = design::design(analysis.clone(), &options).expect("there are no options to refuse");
        let files = artifacts::files(&design);

        let report =
            |stage: &str, time: Duration| println!("{file}\t{stage}\t{}", time.as_secs_f64() * 1000.0);
        report("markdown", median(|| (), |()| rendered(&text)));
        report("analyze", median(|| (), |()| requirements::analyze(&text)));
        report("decide", median(|| analysis.clone(), |analysis| design::decide(analysis, &options)));
        report("design", median(|| analysis.clone(), |analysis| design::design(analysis, &options)));
        report("files", median(|| (), |()| artifacts::files(&design)));
        report("zip", median(|| (), |()| artifacts::zip(&files)));
    }
}

/// The same text as HTML by pulldown-cmark: a measure of what going through a text once costs on this machine.
fn rendered(text: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(text));
    html
}

/// The median time of a function; what it consumes is prepared outside the time.
fn median<I, O>(prepare: impl Fn() -> I, run: impl Fn(I) -> O) -> Duration {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < RUNS.0 || (times.len() < RUNS.1 && begin.elapsed() < BUDGET) {
        let input = prepare();
        let start = Instant::now();
        let output = black_box(run(black_box(input)));
        times.push(start.elapsed());
        drop(output);
    }
    times.sort_unstable();
    times[times.len() / 2]
}
