//! The site: engine and browser program as WebAssembly, Mermaid, and the pages.

use crate::notices;
use crate::offline;
use crate::order;
use crate::paths;
use crate::process::{cargo_build, command, root, run};
use crate::vendor;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;
use wasm_bindgen_cli_support::Bindgen;

/// The browser modules: the crate, and the name of its folder and files below `dist/pkg/`.
const MODULES: [(&str, &str); 2] = [("wasm", "engine"), ("app", "app")];

/// What the browser modules are built for.
const TARGET: &str = "wasm32-unknown-unknown";

/// Where the site is built.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the site. The old one stays in place until the new one is complete. Gives the engine's module as Cargo built it,
/// with the names of its functions.
pub(crate) fn build() -> Result<PathBuf> {
    let start = Instant::now();
    let next = root().join("target/site");
    remove_folder(&next)?;
    fs::create_dir_all(&next).with_context(|| format!("cannot create {}", next.display()))?;

    let engine = modules(&next)?;
    vendor::copy(&next)?;
    let report = guides::build_site(&root().join("references"), &root().join("site"), &next)
        .context("the pages cannot be built")?;
    widget(&next)?;
    notices::write(&next)?;
    offline::write(&next)?;

    let dist = dist();
    remove_folder(&dist)?;
    fs::rename(&next, &dist)
        .with_context(|| format!("cannot move {} to {}", next.display(), dist.display()))?;
    eprintln!(
        "built {} with {} pages in {:.1} s",
        dist.strip_prefix(root()).unwrap_or(&dist).display(),
        report.pages,
        start.elapsed().as_secs_f64()
    );
    Ok(engine)
}

/// Compiles the browser crates and writes their JavaScript bindings.
fn modules(dist: &Path) -> Result<PathBuf> {
    let files = compiled(&[])?;
    let mut engine = PathBuf::new();
    for (package, name) in MODULES {
        let module = module(&files, package)?;
        bind(module, name, &dist.join("pkg").join(name))?;
        if name == "engine" {
            engine = module.to_path_buf();
        }
    }
    Ok(engine)
}

/// Builds the engine's module with its stages one by one, as they are measured, and gives the folder of its bindings.
pub(crate) fn stages() -> Result<PathBuf> {
    let folder = root().join("target/bench/stages");
    remove_folder(&folder)?;
    let files = compiled(&["--features", "wasm/stages"])?;
    bind(module(&files, "wasm")?, "engine", &folder)?;
    Ok(folder)
}

/// Compiles the browser crates, both at once: so each build shares its parts with any other.
fn compiled(more: &[&str]) -> Result<Vec<PathBuf>> {
    let packages = MODULES.map(|(package, _)| package);
    let renamed = paths::renamed(TARGET)?;
    let mut arguments = vec!["build", "--lib", "--target", TARGET, "--profile", "wasm", "--config", &renamed];
    arguments.extend(packages.iter().flat_map(|package| ["--package", package]));
    arguments.extend(more);
    cargo_build(&arguments, &packages)
}

/// The module of a package among what Cargo built.
fn module<'a>(files: &'a [PathBuf], package: &str) -> Result<&'a Path> {
    let file = format!("{package}.wasm");
    let Some(module) = files.iter().find(|path| path.file_name() == Some(OsStr::new(&file))) else {
        bail!("Cargo built no {file}; the crate {package} must have the crate type cdylib");
    };
    Ok(module)
}

/// Writes the bindings of a module and the module for them, as small as it gets.
fn bind(module: &Path, name: &str, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        // The library leaves the default path of the module out, unlike the command line.
        .omit_default_module_path(false)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("cannot write the bindings of {}", module.display()))?;
    let bound = folder.join(format!("{name}_bg.wasm"));
    let bytes = fs::read(&bound).with_context(|| format!("cannot read {}", bound.display()))?;
    fs::write(&bound, order::alike_side_by_side(&bytes)?)
        .with_context(|| format!("cannot write {}", bound.display()))
}

/// Makes the widget: one script of its parts and of the engine's bindings, and the engine beside it.
fn widget(dist: &Path) -> Result<()> {
    // Its parts import the bindings of the engine, which are only in the built site.
    let parts = dist.join("widget-parts");
    copy_flat(&root().join("site/widget"), &parts)?;
    let folder = dist.join("widget");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    // As a program and not by Node: where its install script was run, it is a binary.
    let esbuild = if cfg!(windows) { "esbuild.cmd" } else { "esbuild" };
    run(command(root().join("node_modules/.bin").join(esbuild), [parts.join("element.js")])
        .arg(format!("--outfile={}", folder.join("backend-design.js").display()))
        .args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--loader:.css=text"])
        .args(["--log-level=warning", "--legal-comments=none"]))
    .context("the widget cannot be bundled")?;
    let engine = dist.join("pkg/engine/engine_bg.wasm");
    fs::copy(&engine, folder.join("backend-design.wasm"))
        .with_context(|| format!("cannot copy {}", engine.display()))?;
    remove_folder(&parts)
}

/// Copies the files of a folder that holds no other folder.
pub(crate) fn copy_flat(from: &Path, to: &Path) -> Result<()> {
    let copied = (|| {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let path = entry?.path();
            fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
        io::Result::Ok(())
    })();
    copied.with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
