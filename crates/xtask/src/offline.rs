//! The list of files in the service worker: what it keeps on the reader's machine.

use anyhow::{Context as _, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The worker, below the folder of the site.
pub(crate) const WORKER: &str = "sw.js";

/// What stands in the source of the worker in place of the version and of the list.
const PLACES: [&str; 2] = ["{{VERSION}}", "{{FILES}}"];

/// How many digits of a hash tell two versions of a file apart.
const DIGITS: usize = 16;

/// Writes the list of all files of a site into its worker. To be called when all others are written.
pub(crate) fn write(site: &Path) -> Result<()> {
    let path = site.join(WORKER);
    let source = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for place in PLACES {
        if source.matches(place).count() != 1 {
            bail!("{} must hold {place} exactly once", path.display());
        }
    }
    let mut list = BTreeMap::new();
    for file in files(site)? {
        let name = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        if is_kept(&name) {
            let contents = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            list.insert(name, hash(&contents));
        }
    }
    let list = serde_json::to_string(&list)?;
    let version = hash(list.as_bytes());
    let filled = source.replace(PLACES[0], &version).replace(PLACES[1], &list);
    fs::write(&path, filled).with_context(|| format!("cannot write {}", path.display()))
}

/// Whether a reader needs a file without a network: not what only tools and other sites read.
fn is_kept(name: &str) -> bool {
    const OTHERS: [&str; 6] = [WORKER, ".d.ts", "sitemap.xml", "changes.xml", "icons/preview.png", "LICENSE"];
    // PostgreSQL is larger than all the rest together, and few ask for it.
    !OTHERS.iter().any(|other| name.ends_with(other)) && !name.starts_with("vendor/pglite/")
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(DIGITS / 2).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(page: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pkg")).unwrap();
        for (name, contents) in [
            (WORKER, "v='{{VERSION}}'; f={{FILES}};"),
            ("a.html", page),
            ("pkg/e.d.ts", "x"),
            ("pkg/e.js", "y"),
        ] {
            fs::write(folder.path().join(name), contents).unwrap();
        }
        write(folder.path()).unwrap();
        let worker = fs::read_to_string(folder.path().join(WORKER)).unwrap();
        (folder, worker)
    }

    #[test]
    fn the_list_holds_what_a_reader_needs_and_changes_with_it() {
        let (_one, first) = site("one");
        assert!(first.contains("\"a.html\":\"7692c3ad3540bb80\""), "{first}");
        assert!(first.contains("\"pkg/e.js\"") && !first.contains("e.d.ts") && !first.contains("sw.js"));
        assert!(!first.contains("{{"));
        let version = |worker: &str| worker.split('\'').nth(1).map(str::to_owned);
        assert_eq!(version(&first), version(&site("one").1));
        assert_ne!(version(&first), version(&site("two").1));
    }

    #[test]
    fn a_worker_without_the_places_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(WORKER), "f={{FILES}};").unwrap();
        assert!(write(folder.path()).unwrap_err().to_string().contains("{{VERSION}}"));
    }
}
