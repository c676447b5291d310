//! Writing the files of a design into a folder.

use crate::output::{Written, make_parent, unwritable};
use artifacts::File;
use requirements::Diagnostic;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// How many left-over files are named.
const NAMED: usize = 5;

/// Refuses a folder with something in it, unless that was asked for: a mistyped name must not mix a design into
/// somebody's sources.
pub(crate) fn check(folder: &Path, force: bool) -> Result<(), Diagnostic> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) if !force => Err(Diagnostic {
            what: format!("The folder {} is not empty.", folder.display()),
            why: "Files of the same names in it would be overwritten.".to_owned(),
            fix: "Name another folder, or add --force to write into this one.".to_owned(),
            span: None,
        }),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(folder, &error)),
        _ => Ok(()),
    }
}

/// Writes the files and remarks on those in the folder that are not of this design.
pub(crate) fn write(folder: &Path, files: &[File]) -> Result<Written, Diagnostic> {
    let mut written = BTreeSet::new();
    for file in files {
        let path = folder.join(local(&file.path)?);
        make_parent(&path)?;
        fs::write(&path, &file.contents).map_err(|error| unwritable(&path, &error))?;
        written.insert(path);
    }
    let others = others(folder, &written).map_err(|error| unwritable(folder, &error))?;
    Ok(Written { notes: remark(folder, &others).into_iter().collect() })
}

/// The path of a file as one that stays below the folder.
fn local(path: &str) -> Result<&Path, Diagnostic> {
    let local = Path::new(path);
    if local.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(local);
    }
    Err(Diagnostic {
        what: format!("The design names a file outside its folder: {path}."),
        why: "Writing it could overwrite something else.".to_owned(),
        fix: "This is a fault of the program; please report it with the text that leads to it.".to_owned(),
        span: None,
    })
}

/// What stands in the folder beside the files that were written.
fn others(folder: &Path, written: &BTreeSet<PathBuf>) -> io::Result<BTreeSet<PathBuf>> {
    let mut others = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if !written.contains(&entry.path()) {
                others.insert(entry.path());
            }
        }
    }
    Ok(others)
}

fn remark(folder: &Path, others: &BTreeSet<PathBuf>) -> Option<String> {
    let names: Vec<String> = others
        .iter()
        .take(NAMED)
        .map(|path| path.strip_prefix(folder).unwrap_or(path).display().to_string())
        .collect();
    let more = if others.len() > NAMED { ", …" } else { "" };
    (!names.is_empty()).then(|| {
        format!(
            "{} holds {} other file(s), perhaps of an earlier design: {}{more}",
            folder.display(),
            others.len(),
            names.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_folder() {
        assert!(local("api/openapi.yaml").is_ok());
        for path in ["../x", "/etc/passwd", "a/../../x", "./x"] {
            assert!(local(path).is_err(), "{path}");
        }
    }
}
