//! Reading and writing the files of a site.

use crate::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file("read", path))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, contents: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
    }
    fs::write(path, contents).map_err(Error::file("write", path))
}

/// Copies a folder with everything in it and counts the files.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> Result<usize, Error> {
    fs::create_dir_all(to).map_err(Error::file("create", to))?;
    let mut copied = 0;
    for path in entries(from)? {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copied += copy_tree(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(Error::file("copy", &path))?;
            copied += 1;
        }
    }
    Ok(copied)
}

/// What a folder holds, in the order of the names: two builds are to give the same bytes.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let listing = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry.map_err(Error::file("read", folder))?.path());
    }
    paths.sort();
    Ok(paths)
}
