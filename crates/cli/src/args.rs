//! What can be said on the command line.

use crate::input;
use crate::output::{Destination, Document};
use clap::{Parser, ValueEnum};
use clap_complete::Shell;
use design::{Options, Profile};
use requirements::Diagnostic;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  backend-design brief.md                      the design as Markdown, on standard output
  backend-design brief.md --out design/        every file of it: OpenAPI, SQL, diagrams, …, in a folder
  backend-design brief.md --out design.zip     the same files as one archive
  backend-design brief.md --format confluence  the document for a wiki page
  cat *.txt | backend-design - --format json   the canonical model, from standard input
  backend-design brief.md --set users.daily=50000 --pin database=postgresql
  backend-design brief.md --profile house.json with what the house prefers, forbids and pays
  backend-design diff old.md new.md            what differs between two designs, from texts or design.json files
  backend-design diff brief.md --set users.daily=2000000    what the options change
  backend-design completions bash              what makes the shell complete these options
  backend-design migrate old.json new.md --out plan/   from the tables of the one to those of the other, step by step

Without --format, the name after --out decides: .md, .html, .json and .zip name a file, anything else a folder.
The exit code is 0 whenever there is a design, with remarks on the text on standard error, and 2 when there is none.";

/// Turns requirements, in any prose, into a complete backend design.
#[derive(Debug, Parser)]
#[command(name = "backend-design", version, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The text with the requirements (UTF-8, at most 1 MiB), or - for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) input: PathBuf,

    /// Where to write: a file, or the folder for `files` [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    out: Option<PathBuf>,

    /// What to write [default: by the name after --out, else markdown]
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    #[command(flatten)]
    choices: Choices,

    /// Write into a folder that is not empty: files of the design replace files of the same name
    #[arg(long)]
    pub(crate) force: bool,
}

/// What the reader decides for the engine.
#[derive(Debug, clap::Args)]
struct Choices {
    /// Set a fact, in base units, in place of what the text says or would be assumed; may be repeated
    #[arg(long, value_name = "ID=VALUE", value_parser = fact)]
    set: Vec<(String, f64)>,

    /// Settle a decision, whatever the scores say; may be repeated
    #[arg(long, value_name = "SLOT=OPTION", value_parser = pin)]
    pin: Vec<(String, String)>,

    /// Leave the model as the text has it: complete nothing by what is usual in the text's field
    #[arg(long)]
    no_domains: bool,

    /// What the house prefers, forbids and pays: a JSON file
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

/// Says what differs between the designs of two texts, or between two designs in JSON. With one text and options, says
/// what the options change.
#[derive(Debug, Parser)]
#[command(name = "backend-design diff", version)]
pub(crate) struct DiffArgs {
    /// The text or design.json before
    pub(crate) before: PathBuf,

    /// The text or design.json after; without it the text before is designed once more, with the options
    pub(crate) after: Option<PathBuf>,

    #[command(flatten)]
    choices: Choices,
}

/// Plans the way from the tables of one design to those of another while the system runs: each step with its lock, its
/// batches, the query that verifies it, its rollback and its gate.
#[derive(Debug, Parser)]
#[command(name = "backend-design migrate", version)]
pub(crate) struct MigrateArgs {
    /// The text or design.json before
    pub(crate) before: PathBuf,

    /// The text or design.json after
    pub(crate) after: PathBuf,

    /// The folder for the plan and its scripts [default: the plan alone, on standard output]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Write into a folder that is not empty: files of the plan replace files of the same name
    #[arg(long)]
    pub(crate) force: bool,
}

/// Prints what makes a shell complete the options of this program.
#[derive(Debug, Parser)]
#[command(name = "backend-design completions", version, after_help = COMPLETIONS)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

const COMPLETIONS: &str = "\
Examples:
  backend-design completions bash > ~/.local/share/bash-completion/completions/backend-design
  backend-design completions zsh > \"${fpath[1]}/_backend-design\"
  backend-design completions fish > ~/.config/fish/completions/backend-design.fish";

/// What is written of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The document with its eight sections
    Markdown,
    /// The document as one HTML file that needs no other
    Html,
    /// The document in the storage format of Confluence
    Confluence,
    /// The document in the markup of MediaWiki
    Mediawiki,
    /// The canonical model, design.json
    Json,
    /// Every file, in a folder
    Files,
    /// Every file, in one archive
    Zip,
}

impl Format {
    /// The format that the name of the destination asks for.
    fn of(out: &Path) -> Self {
        let extension = out.extension().map(OsStr::to_ascii_lowercase);
        match extension.as_ref().and_then(|extension| extension.to_str()) {
            Some("md" | "markdown") => Self::Markdown,
            Some("html" | "htm") => Self::Html,
            Some("json") => Self::Json,
            Some("zip") => Self::Zip,
            _ => Self::Files,
        }
    }
}

impl Choices {
    fn options(&self) -> Result<Options, Diagnostic> {
        let profile = match &self.profile {
            Some(file) => artifacts::read_profile(&input::read(file)?).map_err(|error| Diagnostic {
                what: format!("{}: {}", file.display(), error.what),
                ..error
            })?,
            None => Profile::default(),
        };
        Ok(Options {
            set: once("--set", &self.set)?,
            pins: once("--pin", &self.pin)?,
            domains: !self.no_domains,
            profile,
        })
    }
}

impl DiffArgs {
    /// The options for the design before and for the one after: the same for two texts, and none before where one text is
    /// compared with itself.
    pub(crate) fn options(&self) -> Result<[Options; 2], Diagnostic> {
        let options = self.choices.options()?;
        let before = if self.after.is_some() { options.clone() } else { Options::default() };
        Ok([before, options])
    }
}

impl Args {
    /// The options for the engine.
    pub(crate) fn options(&self) -> Result<Options, Diagnostic> {
        self.choices.options()
    }

    /// What is written, and where.
    pub(crate) fn destination(&self) -> Result<Destination, Diagnostic> {
        let format = self.format.or(self.out.as_deref().map(Format::of)).unwrap_or(Format::Markdown);
        let document = match format {
            Format::Markdown => Document::Markdown,
            Format::Html => Document::Export(markdown::Format::Html),
            Format::Confluence => Document::Export(markdown::Format::Confluence),
            Format::Mediawiki => Document::Export(markdown::Format::MediaWiki),
            Format::Json => Document::Json,
            Format::Zip => Document::Archive,
            Format::Files => {
                return self.out.clone().map(Destination::Folder).ok_or_else(|| Diagnostic {
                    what: "The format `files` has nowhere to go.".to_owned(),
                    why: "It is a tree of files, which standard output cannot carry.".to_owned(),
                    fix: "Name a folder with --out DIR, or choose --format zip.".to_owned(),
                    span: None,
                });
            }
        };
        Ok(match &self.out {
            Some(file) => Destination::File(document, file.clone()),
            None => Destination::Output(document),
        })
    }
}

/// The pairs of a repeatable option; refuses a name that is given twice, since one of its values would be ignored.
fn once<V: Clone>(option: &str, pairs: &[(String, V)]) -> Result<BTreeMap<String, V>, Diagnostic> {
    let mut map = BTreeMap::new();
    for (id, value) in pairs {
        match map.entry(id.clone()) {
            Entry::Vacant(entry) => entry.insert(value.clone()),
            Entry::Occupied(_) => {
                return Err(Diagnostic {
                    what: format!("`{option} {id}=…` is given twice."),
                    why: "Only one of the two values can hold.".to_owned(),
                    fix: "Leave one of them out.".to_owned(),
                    span: None,
                });
            }
        };
    }
    Ok(map)
}

fn fact(argument: &str) -> Result<(String, f64), String> {
    let (id, value) = pair(argument, "users.daily=50000")?;
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((id, number)),
        _ => Err(format!(
            "`{value}` is not a number; write it plainly and in base units (seconds, bytes, per second, 0 to 1), \
             such as users.daily=50000"
        )),
    }
}

fn pin(argument: &str) -> Result<(String, String), String> {
    pair(argument, "database=postgresql")
}

fn pair(argument: &str, example: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((id, value)) if !id.trim().is_empty() && !value.trim().is_empty() => {
            Ok((id.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err(format!("it needs a name and a value with `=` between them, such as {example}")),
    }
}
