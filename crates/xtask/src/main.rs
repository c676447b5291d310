//! The tasks of this repository, run as `cargo xtask TASK`. What the continuous integration runs is `cargo xtask test`.

mod again;
mod bench;
mod budget;
mod build;
mod examples;
mod fuzz;
mod notices;
mod offline;
mod order;
mod package;
mod paths;
mod peers;
mod process;
mod serve;
mod setup;
mod test;
mod vendor;
mod watch;
mod weight;

use anyhow::Result;
use clap::{Parser, Subcommand};
use process::cargo;
use setup::Packages;
use std::process::ExitCode;
use test::Step;

/// The tasks of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build the site, serve it to this machine, and build it again whenever a source changes
    Serve {
        /// The port to serve at [default: the first free one from 8080]
        #[arg(short, long)]
        port: Option<u16>,
    },
    /// Build the site into dist/, for any path of any static host
    Build,
    /// Build the site, and from its engine the npm package and the skill folder, into target/package/
    Package,
    /// Run the tests: all steps, or those named
    Test {
        /// The steps to run
        #[arg(value_enum)]
        steps: Vec<Step>,
    },
    /// Give the files of all designs to the tools that read them, and print a table of what they refuse
    Prove {
        /// How many hostile models are designed beside the texts
        #[arg(long, default_value_t = 500)]
        models: u32,
        /// Only the checks whose artefact or tool has one of these words in its name
        checks: Vec<String>,
    },
    /// Write the generated parts of references/examples.md anew, from its briefs
    Examples,
    /// Measure how long the engine takes and what memory, on this machine and as the browser's module
    Bench {
        /// Measure programs of others beside it instead, on the same work; they are installed below target/peers
        #[arg(long, conflicts_with = "designer")]
        peers: bool,
        /// Measure the designer page in Chromium instead: from a key to the new design, and how long the page is busy
        #[arg(long)]
        designer: bool,
    },
    /// Try what takes text from outside with inputs that libFuzzer makes up, each target in turn
    Fuzz {
        /// How many inputs a target gets
        #[arg(long, default_value_t = 10_000_000)]
        runs: u64,
        /// How many seconds a target runs at most; 0 for no limit
        #[arg(long, default_value_t = 0)]
        seconds: u64,
        /// How many bytes an input has at most
        #[arg(long, default_value_t = 4096)]
        length: u32,
        /// The targets; all when none is named
        targets: Vec<String>,
    },
    /// Write the TypeScript declarations of the JavaScript API anew, from the Rust types
    Types,
}

fn main() -> ExitCode {
    match run(&Args::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<ExitCode> {
    match task {
        Task::Serve { port } => serve::serve(*port)?,
        Task::Build => {
            setup::for_build(Packages::Site)?;
            build::build()?;
        }
        Task::Package => {
            setup::for_build(Packages::Site)?;
            build::build()?;
            package::package()?;
        }
        Task::Test { steps } => {
            if !test::test(steps) {
                return Ok(ExitCode::FAILURE);
            }
        }
        Task::Prove { models, checks } => test::prove(*models, checks)?,
        Task::Examples => examples::write()?,
        Task::Fuzz { runs, seconds, length, targets } => {
            fuzz::fuzz(targets, &fuzz::Limits { runs: *runs, seconds: *seconds, length: *length })?;
        }
        Task::Bench { peers, designer } => {
            // The browser is driven by a package of the tests.
            setup::for_build(if *designer { Packages::All } else { Packages::Site })?;
            if *designer {
                bench::designer()?;
            } else if *peers {
                peers::peers()?;
            } else {
                bench::bench()?;
            }
        }
        Task::Types => {
            process::run(cargo(["test", "--package", "wasm", "--lib", "types"]).env("WRITE_TYPES", "1"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
