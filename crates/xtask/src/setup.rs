//! What a task needs beside Rust and Node: looked for, installed where that is possible, named where it is not.

use crate::process::{command, find_program, npm, read, root, run, succeeds};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The oldest Node that every npm package of the lock file runs on.
const NODE: (u32, u32) = (20, 19);

/// The oldest Python that the programs of the guides run on.
const PYTHON: (u32, u32) = (3, 11);

/// The oldest PostgreSQL that the schemas are written for.
const POSTGRES: u32 = 15;

/// Which npm packages a task needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packages {
    /// Those that become part of the site.
    Site,
    /// Those and the tools of the tests.
    All,
}

/// Chromium and its driver.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    /// The browser.
    pub(crate) chrome: PathBuf,
    /// The program that drives it.
    pub(crate) driver: PathBuf,
}

/// Makes sure that the site can be built.
pub(crate) fn for_build(packages: Packages) -> Result<()> {
    wasm_target()?;
    node()?;
    npm_packages(packages)
}

/// The compiler's library for WebAssembly.
fn wasm_target() -> Result<()> {
    let folder = read(&mut command("rustc", ["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if Path::new(&folder).is_dir() {
        return Ok(());
    }
    say(&format!("The Rust target {WASM_TARGET} is missing: adding it."));
    run(&mut command("rustup", ["target", "add", WASM_TARGET])).with_context(|| {
        format!(
            "add the target with the tool that installed Rust; with rustup: rustup target add {WASM_TARGET}"
        )
    })
}

fn node() -> Result<()> {
    let (major, minor) = NODE;
    let wanted = format!("install Node {major}.{minor} or newer, with npm");
    let version = read(&mut command("node", ["--version"])).with_context(|| wanted.clone())?;
    let mut parts = version.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < NODE {
        bail!("Node {version} is too old for the packages of package-lock.json; {wanted}");
    }
    Ok(())
}

fn npm_packages(packages: Packages) -> Result<()> {
    let missing = missing_packages(packages)?;
    let Some(first) = missing.first() else { return Ok(()) };
    say(&format!(
        "{} npm package(s) are not as package-lock.json wants them ({first}, …): installing.",
        missing.len()
    ));
    // No package of the lock file needs its install script, so none is run.
    let mut arguments = vec!["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    if packages == Packages::Site {
        arguments.push("--omit=dev");
    }
    run(&mut npm(arguments))
}

/// The packages of the lock file that are not installed, or in another version. npm itself keeps the list of what it
/// installed; times of files say nothing after a clone or a copy.
fn missing_packages(packages: Packages) -> Result<Vec<String>> {
    let wanted = root().join("package-lock.json");
    let wanted = fs::read_to_string(&wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    let installed = fs::read_to_string(root().join("node_modules/.package-lock.json")).unwrap_or_default();
    let wanted: Value = serde_json::from_str(&wanted).context("package-lock.json is no JSON")?;
    Ok(missing(&wanted, &serde_json::from_str(&installed).unwrap_or_default(), packages))
}

fn missing(wanted: &Value, installed: &Value, packages: Packages) -> Vec<String> {
    let is = |entry: &Value, key| entry[key].as_bool() == Some(true);
    wanted["packages"]
        .as_object()
        .into_iter()
        .flatten()
        // The entry without a name is the repository; an optional package may be one for another system.
        .filter(|(path, entry)| !path.is_empty() && !is(entry, "optional"))
        .filter(|(_, entry)| packages == Packages::All || !is(entry, "dev"))
        .filter(|(path, entry)| installed["packages"][path]["version"] != entry["version"])
        .map(|(path, _)| path.trim_start_matches("node_modules/").to_owned())
        .collect()
}

/// promtool: the one that `PROMTOOL` names, else the one on the search path, else unpacked below `target/` from
/// Debian's package of Prometheus. Nothing outside of the repository changes.
pub(crate) fn promtool() -> Result<PathBuf> {
    if let Some(found) = env::var_os("PROMTOOL").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(found));
    }
    let folder = root().join("target/prometheus");
    let program = folder.join("usr/bin/promtool");
    if program.exists() {
        return Ok(program);
    }
    if let Some(found) = find_program(&["promtool"]) {
        return Ok(found);
    }
    unpack_prometheus(&folder)?;
    Ok(program)
}

fn unpack_prometheus(folder: &Path) -> Result<()> {
    let by_hand = "install Prometheus and name its tool in the environment: PROMTOOL=/path/to/promtool";
    if !is_debian() {
        bail!("promtool is missing, and only on Debian it is clear where to get it; {by_hand}");
    }
    say("promtool is missing: unpacking Debian's package of Prometheus into target/prometheus.");
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut download = command("apt-get", ["download", "--quiet", "prometheus"]);
    download.current_dir(folder);
    if run(&mut download).is_err() {
        // A fresh system has no list of packages yet.
        run(&mut command("apt-get", ["update", "--quiet"])).context(by_hand)?;
        run(&mut download).context(by_hand)?;
    }
    let package = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .context(by_hand)?;
    run(command("dpkg-deb", ["--extract"]).arg(&package).arg(folder)).context(by_hand)
}

/// The folder of the programs of a PostgreSQL server, version 15 or newer: the one that `POSTGRES` names, else the
/// newest of Debian's, else that of the `initdb` on the search path, else installed by the package manager on Debian. The
/// tests start a server of their own in a temporary folder; no other is touched.
pub(crate) fn postgres() -> Result<PathBuf> {
    if let Some(found) = env::var_os("POSTGRES").filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(found));
    }
    let find = || {
        newest_postgres(Path::new("/usr/lib/postgresql"))
            .or_else(|| Some(find_program(&["initdb"])?.canonicalize().ok()?.parent()?.to_path_buf()))
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    install_from_debian(
        "The PostgreSQL server",
        &["postgresql"],
        "install version 15 or newer, and name the folder of initdb in the environment: \
         POSTGRES=/path/to/bin cargo xtask test artifacts",
    )?;
    find().context("Debian installed postgresql, but its programs are not where they should be")
}

/// The program of a MariaDB server: the one that `MARIADB` names, else the one on the search path or where Debian puts it,
/// else installed by the package manager on Debian. The tests start a server of their own in a temporary folder; no other
/// is touched.
pub(crate) fn mariadb() -> Result<PathBuf> {
    let debian = Path::new("/usr/sbin/mariadbd");
    let find = || {
        named("MARIADB")
            .or_else(|| find_program(&["mariadbd"]))
            .or_else(|| debian.exists().then(|| debian.to_path_buf()))
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    install_from_debian(
        "The MariaDB server",
        &["mariadb-server"],
        "install version 10.6 or newer with its client, and name the server in the environment: \
         MARIADB=/path/to/mariadbd cargo xtask test artifacts",
    )?;
    find().context("Debian installed mariadb-server, but its program is not where it should be")
}

/// Debian puts each version into a folder of its number.
fn newest_postgres(folder: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(folder).ok()?.filter_map(|entry| {
        let path = entry.ok()?.path();
        let number: u32 = path.file_name()?.to_str()?.parse().ok()?;
        let programs = path.join("bin");
        programs.join("initdb").exists().then_some((number, programs))
    });
    versions.max().filter(|(number, _)| *number >= POSTGRES).map(|(_, programs)| programs)
}

/// Chromium and its driver: those that `CHROME` and `CHROMEDRIVER` name, else those on the search path, else
/// installed by the package manager on Debian.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    install_from_debian(
        "Chromium or its driver",
        &["chromium", "chromium-driver"],
        "install both, and where they are not on the search path as chromium and chromedriver, name them in the \
         environment: CHROME=/path/to/chrome CHROMEDRIVER=/path/to/chromedriver cargo xtask test",
    )?;
    find_browser()
        .context("Debian installed chromium and chromium-driver, but they are not on the search path")
}

/// Firefox: the one that `FIREFOX` names, else the one on the search path, else installed by the package manager on
/// Debian. It needs no driver: the tests speak with the browser itself, by the protocol that it has for that.
pub(crate) fn firefox() -> Result<PathBuf> {
    let find = || named("FIREFOX").or_else(|| find_program(&["firefox-esr", "firefox"]));
    if let Some(found) = find() {
        return Ok(found);
    }
    install_from_debian(
        "Firefox",
        &["firefox-esr"],
        "install it, and where it is not on the search path, name it in the environment: FIREFOX=/path/to/firefox",
    )?;
    find().context("Debian installed firefox-esr, but it is not on the search path")
}

/// What an environment variable names.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from)
}

/// Installs packages of Debian, as root or with a `sudo` that asks nothing. Elsewhere `otherwise` says what to do.
fn install_from_debian(what: &str, packages: &[&str], otherwise: &str) -> Result<()> {
    let mut install = vec!["apt-get", "install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    let by_hand = format!("apt-get update && {}", install.join(" "));
    if !is_debian() {
        bail!("{what} is missing, and only on Debian it is clear how to install it; {otherwise}");
    }
    let prefix: &[&str] = if read(&mut command("id", ["-u"])).is_ok_and(|user| user == "0") {
        &[]
    } else if succeeds(&mut command("sudo", ["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        bail!(
            "{what} is missing, and installing it needs root; run this, then try again: sudo sh -c '{by_hand}'"
        );
    };
    say(&format!("{what} is missing: installing it from Debian."));
    for step in [&["apt-get", "update"][..], &install] {
        let words: Vec<&str> = prefix.iter().chain(step).copied().collect();
        run(command(words[0], &words[1..]).env("DEBIAN_FRONTEND", "noninteractive"))
            .with_context(|| format!("install it by hand, then try again: {by_hand}"))?;
    }
    Ok(())
}

/// The tools that are Python packages, in an environment of their own below `target/`. Gives its folder of programs.
pub(crate) fn python_tools() -> Result<PathBuf> {
    python_environment(&root().join("tests/requirements.txt"), &root().join("target/tools"))
}

/// An environment of Python in a folder, with the packages that a file names. Gives its folder of programs.
pub(crate) fn python_environment(wanted: &Path, folder: &Path) -> Result<PathBuf> {
    let wanted_text =
        fs::read_to_string(wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    // Written last, so that an installation that was broken off counts as none.
    let installed = folder.join("requirements.txt");
    if fs::read_to_string(&installed).is_ok_and(|text| text == wanted_text) {
        return Ok(programs);
    }
    let short = |path: &Path| path.strip_prefix(root()).unwrap_or(path).display().to_string();
    say(&format!(
        "The Python packages of {} are missing or of other versions: installing into {}.",
        short(wanted),
        short(folder)
    ));
    let python = python()?;
    let help = "Python needs its modules venv and pip; on Debian both come with python3-venv";
    run(command(&python, ["-m", "venv", "--clear"]).arg(folder)).context(help)?;
    let pip =
        ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet", "--requirement"];
    run(command(programs.join("python"), pip).arg(wanted)).context(help)?;
    fs::write(&installed, wanted_text).with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(programs)
}

/// Java, which a peer of the benchmarks runs on.
pub(crate) fn java() -> Result<()> {
    if find_program(&["java"]).is_none() {
        install_from_debian("Java", &["default-jre-headless"], "install version 11 or newer")?;
    }
    Ok(())
}

/// A Python that the guides' programs run on.
fn python() -> Result<PathBuf> {
    let (major, minor) = PYTHON;
    let wanted = format!("install Python {major}.{minor} or newer, as python3 on the search path");
    let find = || find_program(&["python3", "python"]);
    let found = if let Some(python) = find() {
        python
    } else {
        install_from_debian("Python", &["python3", "python3-venv"], &wanted)?;
        find().context("Debian installed python3, but it is not on the search path")?
    };
    let probe = format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))");
    if !succeeds(&mut command(&found, ["-c", &probe])) {
        bail!("{} is too old for the programs of the guides; {wanted}", found.display());
    }
    Ok(found)
}

fn find_browser() -> Option<Browser> {
    let chrome = named("CHROME").or_else(|| {
        find_program(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
    })?;
    let driver = named("CHROMEDRIVER").or_else(|| find_program(&["chromedriver"]))?;
    Some(Browser { chrome, driver })
}

/// Debian itself: other systems of its family have no Chromium package, or one that only installs something else.
fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian")
}

fn say(message: &str) {
    eprintln!("setup: {message}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lock() -> Value {
        json!({"packages": {
            "": {"name": "site"},
            "node_modules/a": {"version": "1.0.0"},
            "node_modules/b": {"version": "2.0.0", "dev": true},
            "node_modules/c": {"version": "3.0.0", "optional": true},
        }})
    }

    #[test]
    fn nothing_installed_means_everything_missing() {
        assert_eq!(missing(&lock(), &Value::Null, Packages::Site), ["a"]);
        assert_eq!(missing(&lock(), &Value::Null, Packages::All), ["a", "b"]);
    }

    #[test]
    fn another_version_is_missing() {
        let installed = json!({"packages": {
            "node_modules/a": {"version": "1.0.1"},
            "node_modules/b": {"version": "2.0.0"},
        }});
        assert_eq!(missing(&lock(), &installed, Packages::All), ["a"]);
        assert!(missing(&lock(), &lock(), Packages::All).is_empty());
    }
}
