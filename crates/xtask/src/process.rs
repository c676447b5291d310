//! Running other programs.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest)
}

/// A command that runs in the root of the repository.
pub(crate) fn command<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// A Cargo command.
///
/// Cargo describes the package that it runs in the environment. A Cargo inside it must not see that: some build
/// scripts read these variables, and would be run again with all that depends on them, each time the caller changes.
pub(crate) fn cargo<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments);
    for (name, _) in env::vars_os() {
        let foreign = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("CARGO_PKG_")
                || matches!(name, "CARGO_PRIMARY_PACKAGE" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME")
        });
        if foreign {
            command.env_remove(name);
        }
    }
    command
}

/// An npm command.
pub(crate) fn npm<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    command(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments)
}

/// Runs a command to its end, with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`; is it installed?"))?;
    if !status.success() {
        bail!("`{line}` failed ({status}); its own message stands above");
    }
    Ok(())
}

/// Runs a command to its end and gives its standard output, without the final line break.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{line}`; is it installed?"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    let text = String::from_utf8(output.stdout).with_context(|| format!("`{line}` did not print UTF-8"))?;
    Ok(text.trim_end().to_owned())
}

/// Whether a command can be started and succeeds; its output is thrown away.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a Cargo command that builds, and gives the files that it made of these packages.
pub(crate) fn cargo_build(arguments: &[&str], packages: &[&str]) -> Result<Vec<PathBuf>> {
    let mut command = cargo(arguments);
    eprintln!("$ {}", line(&command));
    let messages = read(command.arg("--message-format=json-render-diagnostics"))?;
    let manifests: Vec<String> = packages.iter().map(|package| manifest(package)).collect();
    let mut files = Vec::new();
    for message in messages.lines() {
        let message: Value =
            serde_json::from_str(message).context("Cargo printed a message that is no JSON")?;
        let made_here = message["reason"] == "compiler-artifact"
            && manifests.iter().any(|manifest| message["manifest_path"] == manifest.as_str());
        if made_here && let Some(names) = message["filenames"].as_array() {
            files.extend(names.iter().filter_map(Value::as_str).map(PathBuf::from));
        }
    }
    Ok(files)
}

fn manifest(package: &str) -> String {
    root().join("crates").join(package).join("Cargo.toml").display().to_string()
}

/// The first program of these names on the search path.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names
        .iter()
        .flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)))
        .map(|file| if cfg!(windows) { file.with_extension("exe") } else { file })
        .find(|file| file.is_file())
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
