//! `backend-design`: requirements in, a complete backend design out.
//!
//! Standard output carries the design and nothing else; everything said about it goes to standard error. The exit code
//! is 0 whenever there is a design, however little the text said, and 2 when there is none.

mod args;
mod input;
mod output;
mod report;
mod tree;

use args::{Args, DiffArgs};
use clap::Parser;
use output::Destination;
use report::Report;
use requirements::Diagnostic;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// The exit code of every call that yields no design.
const FAILURE: u8 = 2;

fn main() -> ExitCode {
    // On bad usage this prints what is wrong and exits with 2, on `--help` and `--version` with 0.
    let words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_some_and(|word| word == "diff") {
        return compare(&DiffArgs::parse_from(&words[1..]));
    }
    let args = Args::parse_from(words);
    let report = Report::new(&args.input);
    match run(&args, &report) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report.error(&error);
            ExitCode::from(FAILURE)
        }
    }
}

/// Writes what differs between two designs to standard output.
fn compare(args: &DiffArgs) -> ExitCode {
    let read = |path: &Path| {
        let text = input::read(path)?;
        if path.extension().is_some_and(|ending| ending == "json") {
            return artifacts::read_design(&text);
        }
        design::design(requirements::analyze(&text)?, &design::Options::default())
    };
    let differences = read(&args.before)
        .and_then(|before| Ok(design::difference(&before, &read(&args.after)?)))
        .and_then(|difference| output::print(&artifacts::difference(&difference)));
    match differences {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Report::new(&args.before).error(&error);
            ExitCode::from(FAILURE)
        }
    }
}

fn run(args: &Args, report: &Report) -> Result<(), Diagnostic> {
    let options = args.options()?;
    let destination = args.destination()?;
    destination.check(&args.input, args.force)?;

    report.progress("Reading");
    let text = input::read(&args.input)?;
    report.progress("Designing");
    let design = design::design(requirements::analyze(&text)?, &options)?;
    match destination {
        // The design may go to the same terminal, where nothing may stand on its lines.
        Destination::Output(_) => report.finish(),
        Destination::File(..) | Destination::Folder(_) => report.progress("Writing"),
    }
    let written = output::write(&design, &destination)?;
    report.finish();

    report.remarks(&text, &design.diagnostics);
    for note in written.notes {
        report.note(&note);
    }
    Ok(())
}
