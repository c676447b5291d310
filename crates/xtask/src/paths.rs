//! Paths of the machine that builds are kept out of what is built, so that any folder on any machine gives the same bytes.

use crate::process::{command, read, root};
use anyhow::{Context as _, Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// An argument for Cargo that makes the compiler write names in place of the paths of this machine: messages of panics
/// hold the file in which they stand.
pub(crate) fn renamed(target: &str) -> Result<String> {
    // Of two that fit, the compiler takes the later.
    let mut names = vec![(sysroot()?, "/rust".to_owned())];
    let sources = cargo_home().join("registry/src");
    if sources.is_dir() {
        for entry in fs::read_dir(&sources).with_context(|| format!("cannot read {}", sources.display()))? {
            names.push((entry?.path(), "/crates".to_owned()));
        }
    }
    names.push((root().to_owned(), "/backend-design".to_owned()));
    let flags = names.into_iter().map(|(path, name)| {
        toml::Value::from(format!("--remap-path-prefix={}={name}", path.display())).to_string()
    });
    Ok(format!("target.{target}.rustflags=[{}]", flags.collect::<Vec<_>>().join(", ")))
}

/// Fails where a file of the site holds a path of this machine.
pub(crate) fn check(files: &[PathBuf]) -> Result<()> {
    let own = [root().to_owned(), cargo_home(), sysroot()?];
    let own: Vec<String> = own.iter().map(|path| path.display().to_string()).collect();
    let mut found = Vec::new();
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        found.extend(held(&bytes, &own).map(|path| format!("{} holds {path}", file.display())));
    }
    if found.is_empty() {
        return Ok(());
    }
    bail!(
        "another folder would give another site, since paths of this one are in it:\n  {}",
        found.join("\n  ")
    )
}

/// The paths that some bytes hold.
fn held<'a>(bytes: &[u8], paths: &'a [String]) -> impl Iterator<Item = &'a String> {
    paths.iter().filter(|path| bytes.windows(path.len()).any(|window| window == path.as_bytes()))
}

fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(read(&mut command("rustc", ["--print", "sysroot"]))?))
}

fn cargo_home() -> PathBuf {
    let home = || env::home_dir().unwrap_or_default().join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, |folder| Path::new(&folder).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_file_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("engine.wasm");
        fs::write(&file, "/backend-design/crates/design/src/lib.rs").expect("a file");
        check(std::slice::from_ref(&file)).expect("a name in place of a path");
        fs::write(&file, root().join("crates/design/src/lib.rs").display().to_string()).expect("a file");
        let told = check(&[file]).expect_err("a path of this machine").to_string();
        assert!(told.contains("engine.wasm holds"), "{told}");
    }

    #[test]
    fn the_folder_of_the_repository_has_another_name() {
        let argument = renamed("wasm32-unknown-unknown").expect("an argument");
        let own = format!("--remap-path-prefix={}=/backend-design\"]", root().display());
        assert!(argument.ends_with(&own), "{argument}");
    }
}
