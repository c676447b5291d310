//! The site built once more, in another folder and other surroundings: the same bytes. `paths` keeps the paths of a machine
//! out of it; this sees whatever else may differ, such as the order in which a folder is read or an hour of the day.

use crate::budget::files_below;
use crate::build;
use crate::process::{cargo, root, run};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// What is made, and not written by hand.
const MADE: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// How many files that differ are named.
const NAMED: usize = 10;

/// Builds a copy of the sources from nothing, and compares its site with the one of this folder.
pub(crate) fn check() -> Result<()> {
    let folder = env::temp_dir().join(format!("backend-design-again-{}", std::process::id()));
    build::remove_folder(&folder)?;
    let compared = built_in(&folder).and_then(|other| compare(&build::dist(), &other));
    build::remove_folder(&folder)?;
    compared
}

/// Builds the site in a folder, with what is compiled in a second one.
fn built_in(folder: &Path) -> Result<PathBuf> {
    let sources = folder.join("a/copy/of/the/sources");
    copy(root(), &sources, &MADE)?;
    // The packages are those of the lock file in either place; where they cannot be shared, the build installs them.
    #[cfg(unix)]
    std::os::unix::fs::symlink(root().join("node_modules").canonicalize()?, sources.join("node_modules"))?;
    let mut other = cargo(["xtask", "build"]);
    other
        .current_dir(&sources)
        .env("CARGO_TARGET_DIR", folder.join("compiled"))
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "C")
        .env("SOURCE_DATE_EPOCH", "951782400");
    run(&mut other)?;
    Ok(sources.join("dist"))
}

/// Copies a folder without some of its entries.
fn copy(from: &Path, to: &Path, without: &[&str]) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if without.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name), &[])?;
        } else {
            fs::copy(&path, to.join(name)).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// Fails where two folders do not hold the same files with the same bytes.
fn compare(one: &Path, other: &Path) -> Result<()> {
    let names = |folder: &Path| -> Result<BTreeSet<PathBuf>> {
        files_below(folder)?.iter().map(|file| Ok(file.strip_prefix(folder)?.to_path_buf())).collect()
    };
    let (ones, others) = (names(one)?, names(other)?);
    let mut differ: Vec<String> =
        ones.symmetric_difference(&others).map(|file| format!("{} is only in one", file.display())).collect();
    for file in ones.intersection(&others) {
        if fs::read(one.join(file))? != fs::read(other.join(file))? {
            differ.push(format!("{} has other bytes", file.display()));
        }
    }
    if differ.is_empty() {
        println!("{} files are the same, byte for byte", ones.len());
        return Ok(());
    }
    let more = differ.len().saturating_sub(NAMED);
    differ.truncate(NAMED);
    if more > 0 {
        differ.push(format!("and {more} more"));
    }
    bail!("the site differs when it is built from another folder:\n  {}", differ.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_differ_in_a_file_or_a_byte_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        for (file, text) in [("index.html", "a"), ("js/site.js", "b")] {
            let file = one.join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        copy(&one, &other, &[]).expect("a copy");
        compare(&one, &other).expect("the same files");
        fs::write(other.join("js/site.js"), "c").expect("a file");
        fs::write(other.join("new.txt"), "").expect("a file");
        let told = compare(&one, &other).expect_err("other files").to_string();
        assert!(
            told.contains("site.js has other bytes") && told.contains("new.txt is only in one"),
            "{told}"
        );
    }

    #[test]
    fn what_is_made_is_not_copied() {
        let folder = tempfile::tempdir().expect("a folder");
        let from = folder.path().join("from");
        for name in ["src", "target"] {
            fs::create_dir_all(from.join(name)).expect("a folder");
            fs::write(from.join(name).join("file"), name).expect("a file");
        }
        copy(&from, &folder.path().join("to"), &MADE).expect("a copy");
        let copied = files_below(&folder.path().join("to")).expect("a folder");
        assert_eq!(copied, [folder.path().join("to/src/file")]);
    }
}
