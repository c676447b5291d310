//! Writing the design.

use crate::tree;
use design::Design;
use requirements::Diagnostic;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What is written, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// One document to standard output.
    Output(Document),
    /// One document to a file.
    File(Document, PathBuf),
    /// All files into a folder.
    Folder(PathBuf),
}

/// A design as one sequence of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Document {
    /// The document with its eight sections.
    Markdown,
    /// The document in another format.
    Export(markdown::Format),
    /// The canonical model.
    Json,
    /// A ZIP archive of all files.
    Archive,
}

/// What the reader is told after the design is written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Remarks on the files, not on the text.
    pub(crate) notes: Vec<String>,
}

impl Destination {
    /// Refuses a destination that would destroy something, before any work is done.
    pub(crate) fn check(&self, input: &Path, force: bool) -> Result<(), Diagnostic> {
        match self {
            Self::Output(Document::Archive) if io::stdout().is_terminal() => Err(Diagnostic {
                what: "The archive is not written to a terminal.".to_owned(),
                why: "It is binary and would garble the screen.".to_owned(),
                fix: "Name a file with --out FILE, or redirect standard output.".to_owned(),
                span: None,
            }),
            Self::Output(_) => Ok(()),
            Self::File(_, file) => check_file(file, input),
            Self::Folder(folder) => tree::check(folder, force),
        }
    }
}

/// Writes a design to a destination.
pub(crate) fn write(design: &Design, destination: &Destination) -> Result<Written, Diagnostic> {
    match destination {
        Destination::Output(document) => {
            to_output(&document.bytes(design))?;
            Ok(Written::default())
        }
        Destination::File(document, file) => {
            make_parent(file)?;
            fs::write(file, document.bytes(design)).map_err(|error| unwritable(file, &error))?;
            Ok(Written::default())
        }
        Destination::Folder(folder) => tree::write(folder, &artifacts::files(design)),
    }
}

impl Document {
    fn bytes(self, design: &Design) -> Vec<u8> {
        match self {
            Self::Markdown => artifacts::document(design).into_bytes(),
            Self::Export(format) => markdown::export(&artifacts::document(design), format).into_bytes(),
            Self::Json => artifacts::json(design).into_bytes(),
            Self::Archive => artifacts::zip(&artifacts::files(design)),
        }
    }
}

/// Writes a text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Diagnostic> {
    to_output(text.as_bytes())
}

/// A reader who closes the pipe early (`| head`) has what they wanted: that is no failure.
fn to_output(bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut output = io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(unwritable(Path::new("standard output"), &error))
        }
        _ => Ok(()),
    }
}

fn check_file(file: &Path, input: &Path) -> Result<(), Diagnostic> {
    if file.is_dir() {
        return Err(Diagnostic {
            what: format!("{} is a folder.", file.display()),
            why: "This format is one file.".to_owned(),
            fix: "Name a file, or write all files into the folder with --format files.".to_owned(),
            span: None,
        });
    }
    // Both must exist to be the same; an input that does not is reported when it is read.
    if let (Ok(file), Ok(input)) = (file.canonicalize(), input.canonicalize())
        && file == input
    {
        return Err(Diagnostic {
            what: format!("{} is the text itself.", file.display()),
            why: "The design would overwrite its own requirements.".to_owned(),
            fix: "Give --out another name.".to_owned(),
            span: None,
        });
    }
    Ok(())
}

/// Creates the folder that a file is to stand in.
pub(crate) fn make_parent(file: &Path) -> Result<(), Diagnostic> {
    match file.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error)),
        None => Ok(()),
    }
}

/// The error of a write that failed.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic {
        what: format!("Cannot write {}: {error}.", path.display()),
        why: "The operating system refused, so the design is not, or not completely, written.".to_owned(),
        fix: "Check the name, the permissions and the free space, or choose another place with --out."
            .to_owned(),
        span: None,
    }
}
