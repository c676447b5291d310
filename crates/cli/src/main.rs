//! `backend-design`: requirements in, a complete backend design out.
//!
//! Standard output carries the design and nothing else; everything said about it goes to standard error. The exit code
//! is 0 whenever there is a design, however little the text said, and 2 when there is none.

mod args;
mod input;
mod output;
mod report;
mod tree;

use args::{Args, DiffArgs, MigrateArgs};
use clap::Parser;
use design::Design;
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
    match words.get(1).and_then(|word| word.to_str()) {
        Some("diff") => return compare(&DiffArgs::parse_from(&words[1..])),
        Some("migrate") => return migrate(&MigrateArgs::parse_from(&words[1..])),
        _ => {}
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

/// A design from a file: as it was written, or made from a text.
fn read_design(path: &Path) -> Result<Design, Diagnostic> {
    let text = input::read(path)?;
    if path.extension().is_some_and(|ending| ending == "json") {
        return artifacts::read_design(&text);
    }
    design::design(requirements::analyze(&text)?, &design::Options::default())
}

/// Writes what differs between two designs to standard output.
fn compare(args: &DiffArgs) -> ExitCode {
    let done = read_design(&args.before)
        .and_then(|before| Ok(design::difference(&before, &read_design(&args.after)?)))
        .and_then(|difference| output::print(&artifacts::difference(&difference)));
    ended(&args.before, done)
}

/// Writes the plan from the tables of one design to those of another.
fn migrate(args: &MigrateArgs) -> ExitCode {
    let done = read_design(&args.before).and_then(|before| {
        let after = read_design(&args.after)?;
        let Some(folder) = &args.out else {
            return output::print(&artifacts::evolution(&before, &after));
        };
        tree::check(folder, args.force)?;
        let written = tree::write(folder, &artifacts::evolution_files(&before, &after))?;
        let report = Report::new(folder);
        written.notes.iter().for_each(|note| report.note(note));
        Ok(())
    });
    ended(&args.before, done)
}

fn ended(input: &Path, done: Result<(), Diagnostic>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Report::new(input).error(&error);
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
