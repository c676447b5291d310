//! The notices of what the site is made with: the licence of each library whose code is in what browsers load.

use crate::process::{cargo, read};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The packages that become modules of the site.
const MODULES: [&str; 2] = ["wasm", "app"];

/// Writes `notices.txt`: first each library with its licence, then the text of each licence once.
pub(crate) fn write(dist: &Path) -> Result<()> {
    let metadata = read(&mut cargo([
        "metadata",
        "--format-version=1",
        "--locked",
        "--filter-platform=wasm32-unknown-unknown",
    ]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is JSON")?;
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut list = String::new();
    for package in linked(&metadata) {
        let (name, version) = (text(package, "name"), text(package, "version"));
        list +=
            &format!("{name} {version}: {} ({})\n", text(package, "license"), text(package, "repository"));
        let folder = Path::new(text(package, "manifest_path")).parent().unwrap_or(dist);
        for licence in licences(folder)? {
            texts.entry(licence).or_default().insert(name.to_owned());
        }
    }
    for (name, folder) in [
        ("mermaid", "mermaid"),
        ("highlight.js", "highlight"),
        ("MiniSearch", "minisearch"),
        ("PGlite", "pglite"),
    ] {
        list += &format!("{name}: its files and licence lie in vendor/{folder}/\n");
    }
    let mut out = format!(
        "Backend Design is under the MIT licence or the Apache licence 2.0, at your choice.\n\n\
         Its site holds code of these libraries:\n\n{list}"
    );
    for (licence, of) in &texts {
        let of: Vec<&str> = of.iter().map(String::as_str).collect();
        out += &format!("\n{}\n{}\n\n{}\n", "-".repeat(80), of.join(", "), licence.trim_end());
    }
    let file = dist.join("notices.txt");
    fs::write(&file, out).with_context(|| format!("cannot write {}", file.display()))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The packages of others that are linked into the modules: not those that only run while something is built.
fn linked(metadata: &Value) -> Vec<&Value> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let packages: BTreeMap<&str, &Value> = packages.map(|package| (text(package, "id"), package)).collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| (text(node, "id"), node))
        .collect();
    let is_module =
        |package: &&&Value| MODULES.contains(&text(package, "name")) && package["source"].is_null();
    let mut waiting: Vec<&str> =
        packages.values().filter(is_module).map(|package| text(package, "id")).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().into_iter().flatten() {
            let mut kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
            let package = packages[text(dependency, "pkg")];
            let macros = package["targets"][0]["kind"][0] == "proc-macro";
            if kinds.any(|kind| kind["kind"].is_null()) && !macros {
                waiting.push(text(dependency, "pkg"));
            }
        }
    }
    let mut found: Vec<&Value> =
        seen.into_iter().map(|id| packages[id]).filter(|package| !package["source"].is_null()).collect();
    found.sort_by_key(|package| (text(package, "name"), text(package, "version")));
    found
}

/// The texts of the licences that lie beside a manifest.
fn licences(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
        if ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| name.starts_with(start))
            && path.is_file()
        {
            texts.push(fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    texts.sort_unstable();
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_name_what_is_linked_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path()).expect("the notices are written");
        let notices = fs::read_to_string(folder.path().join("notices.txt")).expect("the notices");
        for (part, there) in
            [("\nserde_core 1", true), ("\nwasm-bindgen ", true), ("\ntoml ", false), ("\nsyn ", false)]
        {
            assert_eq!(notices.contains(part), there, "{part}");
        }
        assert!(notices.contains("Permission is hereby granted"), "the texts of licences");
    }
}
