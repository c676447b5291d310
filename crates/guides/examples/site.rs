//! Builds the pages of the guides as the site has them, and prints how many pages there are and the milliseconds it took.
//! `cargo xtask bench --peers` runs it beside other builders of documentation.
//!
//!     cargo run --release --package guides --example site -- REFERENCES SITE FOLDER

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [references, site, folder] = arguments.as_slice() else {
        eprintln!(
            "error: name the folder of the guides, that of the site's sources, and the one to write into"
        );
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    match guides::build_site(references, site, folder) {
        Ok(report) => {
            println!("{}\t{}", report.pages, start.elapsed().as_secs_f64() * 1000.0);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
