//! `backend-design`: requirements in, a complete backend design out.
//!
//! Standard output carries the design and nothing else; everything said about it goes to standard error. The exit code
//! is 0 whenever there is a design, however little the text said, and 2 when there is none.

mod args;
mod input;
mod output;
mod report;
mod tree;

use args::{Args, CompletionsArgs, DiffArgs, MigrateArgs};
use clap::{CommandFactory, Parser};
use design::{Design, Options};
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
    if words.get(1).is_some_and(|word| word == "completions") {
        let CompletionsArgs { shell } = CompletionsArgs::parse_from(&words[1..]);
        clap_complete::generate(shell, &mut Args::command(), "backend-design", &mut std::io::stdout());
        return ExitCode::SUCCESS;
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
fn read_design(path: &Path, options: &Options) -> Result<Design, Diagnostic> {
    let text = input::read(path)?;
    if path.extension().is_none_or(|ending| ending != "json") {
        return design::design(requirements::analyze(&text)?, options);
    }
    if *options != Options::default() {
        return Err(Diagnostic {
            what: format!("{} is a design already, and options cannot change it.", path.display()),
            why: "Options bear on the decisions, which are made from the text.".to_owned(),
            fix: "Name the text that it was made from, or leave the options out.".to_owned(),
            span: None,
        });
    }
    artifacts::read_design(&text)
}

/// Writes what differs between two designs to standard output.
fn compare(args: &DiffArgs) -> ExitCode {
    ended(&args.before, differences(args))
}

/// Writes the plan from the tables of one design to those of another.
fn migrate(args: &MigrateArgs) -> ExitCode {
    let done = read_design(&args.before, &Options::default()).and_then(|before| {
        let after = read_design(&args.after, &Options::default())?;
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

fn differences(args: &DiffArgs) -> Result<(), Diagnostic> {
    let [before, after] = args.options()?;
    let before = read_design(&args.before, &before)?;
    let after = read_design(args.after.as_ref().unwrap_or(&args.before), &after)?;
    output::print(&artifacts::difference(&design::difference(&before, &after)))
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
