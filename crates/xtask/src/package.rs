//! What is given to developers: the npm package of the engine, and the skill folder for coding assistants.

use crate::build::{copy_flat, dist, remove_folder};
use crate::process::{npm, root, run};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of the engine's bindings.
const ENGINE: [&str; 4] = ["engine.js", "engine.d.ts", "engine_bg.wasm", "engine_bg.wasm.d.ts"];

/// Where both are written.
pub(crate) fn folder() -> PathBuf {
    root().join("target/package")
}

/// Writes the package, packed and as a folder. The site must have been built: the engine is taken from there.
pub(crate) fn package() -> Result<()> {
    let folder = folder();
    remove_folder(&folder)?;
    let npm_folder = folder.join("backend-design");
    copy_flat(&root().join("packages/npm"), &npm_folder)?;
    for file in ENGINE {
        copy(&dist().join("pkg/engine").join(file), &npm_folder.join(file))?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root().join(licence), &npm_folder.join(licence))?;
    }
    let skill = npm_folder.join("skill");
    copy_flat(&root().join("packages/skill"), &skill)?;
    copy_flat(&root().join("references"), &skill.join("references"))?;

    // One version for all: that of the crates.
    let manifest = npm_folder.join("package.json");
    let text =
        fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let mut value: serde_json::Value = serde_json::from_str(&text).context("package.json is no JSON")?;
    value["version"] = env!("CARGO_PKG_VERSION").into();
    let text = serde_json::to_string_pretty(&value)? + "\n";
    fs::write(&manifest, text).with_context(|| format!("cannot write {}", manifest.display()))?;

    run(npm(["pack", "--pack-destination", ".."]).current_dir(&npm_folder))
        .context("the package cannot be packed")
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
