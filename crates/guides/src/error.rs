//! Why a site could not be built.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a site could not be built, and what to do about it.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read or written.
    File {
        /// What was being done: `read`, `write`, `copy`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// A guide of the catalogue has no file or no title.
    Guide {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Links of the guides that lead nowhere, all of them at once.
    DeadLinks(Vec<DeadLink>),
    /// A template is wrong.
    Template(minijinja::Error),
    /// The settings of the site are wrong.
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// An example text of the site gives no design.
    Example {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLink {
    /// The file that it stands in.
    pub file: PathBuf,
    /// The line of its first appearance, counted from 1; 0 where it could not be found.
    pub line: usize,
    /// The link as written.
    pub link: String,
    /// What is missing, and what there is instead.
    pub why: String,
}

impl Error {
    /// Names the file in an error of the operating system.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { action, path, source } => write!(f, "cannot {action} {}: {source}", path.display()),
            Self::Guide { path, what } | Self::Settings { path, what } | Self::Example { path, what } => {
                write!(f, "{}: {what}", path.display())
            }
            Self::DeadLinks(links) => {
                let count = links.len();
                write!(f, "{count} link{} of the guides lead nowhere:", if count == 1 { "" } else { "s" })?;
                for DeadLink { file, line, link, why } in links {
                    write!(f, "\n  {}:{line}: {link}: {why}", file.display())?;
                }
                Ok(())
            }
            // The alternate form holds the line of the template and the values around it.
            Self::Template(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Template(error) => Some(error),
            _ => None,
        }
    }
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Self::Template(error)
    }
}
