//! What weighs most in the engine's module: crates by their code, and tables as they are packed.

use crate::budget::compressed;
use crate::order;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// How many of each are printed.
const SHOWN: usize = 12;

/// Prints the heaviest crates of a module that still has the names of its functions, and the heaviest tables beside it.
pub(crate) fn print(module: &Path) -> Result<()> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let mut crates: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, code) in functions(&bytes)? {
        crates.entry(crate_of(&name)).or_default().extend(code);
    }
    let mut weights = Vec::new();
    for (name, code) in crates {
        weights.push((compressed(&code)?, name));
    }
    show("crate (code, by its own compression)", weights);
    let mut tables = Vec::new();
    for file in table_files(module)? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        tables.push((compressed(&fs::read(file)?)?, name));
    }
    show("table", tables);
    Ok(())
}

fn show(title: &str, mut weights: Vec<(usize, String)>) {
    weights.sort_unstable_by(|a, b| b.cmp(a));
    println!("\n{:>10}  {title}", weights.iter().map(|(weight, _)| weight).sum::<usize>());
    for (weight, name) in weights.iter().take(SHOWN) {
        println!("{weight:>10}  {name}");
    }
}

/// The functions of a module with their names.
fn functions(module: &[u8]) -> Result<Vec<(String, &[u8])>> {
    let (imported, bodies) = order::functions(module)?;
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(parts) = section.as_known() else { continue };
        for part in parts {
            let Name::Function(functions) = part? else { continue };
            for naming in functions {
                let naming = naming?;
                names.insert(naming.index, naming.name.to_owned());
            }
        }
    }
    Ok((imported..).zip(bodies).map(|(at, body)| (names.remove(&at).unwrap_or_default(), body)).collect())
}

/// The crate of a function. Of generic code, the first crate that is named and is no part of the language: the code is
/// there for its sake.
fn crate_of(name: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let of_language = ["core", "alloc", "std", "hashbrown"];
    let mut paths = name.split(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == ':'));
    let crates = |path: &str| path.split_once("::").map(|(first, _)| first.to_owned());
    let found = paths.by_ref().filter_map(crates).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    let own = found.iter().find(|name| !of_language.contains(&name.as_str()));
    own.or(found.first()).cloned().unwrap_or_else(|| "(others)".to_owned())
}

/// The packed tables that were made last for this target.
fn table_files(module: &Path) -> Result<Vec<std::path::PathBuf>> {
    let build = module.parent().unwrap_or(module).join("build");
    let mut newest = None;
    for entry in fs::read_dir(&build).with_context(|| format!("cannot read {}", build.display()))? {
        let out = entry?.path().join("out");
        let tables = out.join("tables.rs");
        if out.to_string_lossy().contains("knowledge-") && tables.is_file() {
            newest = newest.max(Some((tables.metadata()?.modified()?, out)));
        }
    }
    let (_, folder) = newest.context("the tables of the engine were not found")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "bin") {
            files.push(path);
        }
    }
    Ok(files)
}
