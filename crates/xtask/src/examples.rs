//! `cargo xtask examples`: the worked examples as the present engine designs them.

use crate::process::root;
use anyhow::{Context, Result};
use std::fs;

/// Writes the generated parts of the guide anew, if they changed.
pub(crate) fn write() -> Result<()> {
    let guide = guides::regenerate(&root().join("references")).context("the examples cannot be made")?;
    let name = guide.path.strip_prefix(root()).unwrap_or(&guide.path).display();
    if guide.before == guide.after {
        println!("{name} is up to date");
        return Ok(());
    }
    fs::write(&guide.path, &guide.after).with_context(|| format!("cannot write {name}"))?;
    println!("{name} was written anew; read what changed with `git diff {name}`");
    Ok(())
}
