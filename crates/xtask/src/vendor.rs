//! What the site takes from npm: copied file by file, so that a page loads only what it needs, from the site itself.

use crate::process::root;
use anyhow::{Context as _, Result};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// A library: its package, its folder below `vendor/`, and its files with the names that they get there. The name of a
/// folder with a slash at its end stands for the modules in it.
struct Library {
    package: &'static str,
    folder: &'static str,
    files: &'static [(&'static str, &'static str)],
}

/// The ending of the modules of a folder.
const MODULES: [&str; 2] = ["mjs", "js"];

const LIBRARIES: [Library; 4] = [
    // A page loads the module for its kind of diagram when one comes near the viewport.
    Library {
        package: "mermaid",
        folder: "mermaid",
        files: &[
            ("LICENSE", "LICENSE"),
            ("dist/mermaid.esm.min.mjs", "mermaid.esm.min.mjs"),
            ("dist/chunks/mermaid.esm.min/", "chunks/mermaid.esm.min/"),
        ],
    },
    // The highlighter of code; the languages stand below.
    Library {
        package: "@highlightjs/cdn-assets",
        folder: "highlight",
        files: &[("LICENSE", "LICENSE"), ("es/core.min.js", "core.min.js")],
    },
    // The search in the guides; the page's worker loads it with the first search.
    Library {
        package: "minisearch",
        folder: "minisearch",
        files: &[("LICENSE.txt", "LICENSE.txt"), ("dist/es/index.js", "minisearch.js")],
    },
    // PostgreSQL, for whoever wants a design proved in the browser. The extension is the one that schemas ask for.
    Library {
        package: "@electric-sql/pglite",
        folder: "pglite",
        files: &[
            ("LICENSE", "LICENSE"),
            ("dist/", ""),
            ("dist/fs/", "fs/"),
            ("dist/pglite.wasm", "pglite.wasm"),
            ("dist/pglite.data", "pglite.data"),
            ("dist/initdb.wasm", "initdb.wasm"),
            ("dist/contrib/btree_gist.js", "contrib/btree_gist.js"),
            ("dist/btree_gist.tar.gz", "btree_gist.tar.gz"),
        ],
    },
];

/// The languages that pages colour, by the names of the highlighter's modules.
const LANGUAGES: [&str; 15] = [
    "bash",
    "dockerfile",
    "graphql",
    "http",
    "ini",
    "javascript",
    "json",
    "lua",
    "markdown",
    "protobuf",
    "python",
    "rust",
    "sql",
    "typescript",
    "yaml",
];

/// Copies all libraries into a site.
pub(crate) fn copy(site: &Path) -> Result<()> {
    for Library { package, folder, files } in LIBRARIES {
        let from = root().join("node_modules").join(package);
        let to = site.join("vendor").join(folder);
        for (file, name) in files {
            copy_one(&from.join(file), &to.join(name), file.ends_with('/'))
                .with_context(|| format!("cannot copy {file} from {}", from.display()))?;
        }
    }
    let from = root().join("node_modules/@highlightjs/cdn-assets/es/languages");
    let to = site.join("vendor/highlight/languages");
    for language in LANGUAGES {
        let file = format!("{language}.min.js");
        copy_one(&from.join(&file), &to.join(&file), false)
            .with_context(|| format!("cannot copy {file} from {}", from.display()))?;
    }
    Ok(())
}

fn copy_one(from: &Path, to: &Path, modules: bool) -> io::Result<()> {
    if !modules {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let is_module =
            path.extension().and_then(OsStr::to_str).is_some_and(|ending| MODULES.contains(&ending));
        if let (true, Some(name)) = (is_module, path.file_name()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::LIBRARIES;
    use crate::process::root;
    use std::fs;

    /// `cargo xtask serve` installs what stands in `dependencies` alone; npm leaves out what stands among the tools of the
    /// tests too, which it takes for one of them.
    #[test]
    fn what_the_site_takes_is_installed_without_the_tools_of_the_tests() {
        let read = |file: &str| -> serde_json::Value {
            serde_json::from_str(&fs::read_to_string(root().join(file)).expect("a file of npm"))
                .expect("JSON")
        };
        let (wanted, locked) = (read("package.json"), read("package-lock.json"));
        for library in &LIBRARIES {
            let package = library.package;
            assert!(wanted["dependencies"][package].is_string(), "{package} is no dependency");
            assert!(wanted["devDependencies"][package].is_null(), "{package} is a tool of the tests too");
            assert!(
                locked["packages"][format!("node_modules/{package}")]["dev"].is_null(),
                "npm would leave out {package}; run `npm install --package-lock-only`"
            );
        }
    }
}
