//! The requirement texts of `tests/briefs` with what is expected of each.

use design::{Design, Options};
use std::fs;
use std::path::{Path, PathBuf};

/// A text with what is expected of it.
#[allow(dead_code, reason = "some tests read the texts only")]
pub(crate) struct Brief {
    /// The folder and the file.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) expected: toml::Table,
}

/// All texts of `tests/briefs`.
pub(crate) fn briefs() -> Vec<Brief> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("tests/briefs is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        let mut texts: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("readable")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .collect();
        texts.sort();
        for path in texts {
            let own = path.with_extension("toml");
            let expected = fs::read_to_string(if own.exists() { own } else { folder.join("expect.toml") })
                .expect("each text has an expectation");
            found.push(Brief {
                name: path.strip_prefix(&root).expect("below the root").display().to_string(),
                text: fs::read_to_string(&path).expect("readable"),
                expected: expected.parse().expect("the expectation is TOML"),
            });
        }
    }
    assert!(found.len() > 100, "only {} texts were found", found.len());
    found
}

/// The design of a text, without options.
pub(crate) fn design_of(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("no text here is over the limit");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}
