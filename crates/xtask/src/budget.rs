//! What the site weighs, held against `budget.toml`.

use crate::process::root;
use crate::weight;
use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    part: Vec<Part>,
    index: Index,
    reading: Reading,
}

/// Files that are loaded together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    files: Vec<String>,
    most: usize,
    aim: Option<usize>,
    cause: Option<String>,
}

/// The search index, as a share of the guides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    file: String,
    most_percent: usize,
}

/// The pages that are only read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    folder: String,
    most: usize,
}

/// Checks the built site and prints what each part weighs. `module` is the engine as Cargo built it, with the names of its
/// functions, from which is told what weighs most.
pub(crate) fn check(dist: &Path, module: &Path) -> Result<()> {
    let file = root().join("budget.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let budget: Budget = toml::from_str(&text).context("budget.toml cannot be read")?;
    let mut problems = Vec::new();
    println!("\n{:32} {:>10} {:>10} {:>10}  bytes after gzip", "part", "weighs", "may weigh", "aim");
    for part in &budget.part {
        let weight = part.files.iter().map(|file| weighs(&dist.join(file))).sum::<Result<usize>>()?;
        let aim = part.aim.map_or_else(String::new, |aim| aim.to_string());
        println!("{:32} {weight:>10} {:>10} {aim:>10}", part.name, part.most);
        if weight > part.most {
            problems.push(format!("{} weighs {weight} bytes, more than {}", part.name, part.most));
        }
        let missed = part.aim.is_some_and(|aim| part.most > aim);
        if missed != part.cause.is_some() {
            problems.push(format!("{}: an aim that is missed, and no other, has its cause", part.name));
        }
    }
    reading(dist, &budget.reading, &mut problems)?;
    index(dist, &budget.index, &mut problems)?;
    foreign(dist, &mut problems)?;
    weight::print(module)?;
    if problems.is_empty() {
        return Ok(());
    }
    bail!(
        "the site is heavier than budget.toml allows:\n  {}\nMake it lighter; what weighs most in the engine stands above",
        problems.join("\n  ")
    )
}

/// Each page of the guides with what it names.
fn reading(dist: &Path, budget: &Reading, problems: &mut Vec<String>) -> Result<()> {
    let (mut heaviest, mut count) = ((0, String::new()), 0);
    for page in files_below(&dist.join(&budget.folder))?.iter().filter(|file| ends(file, &["html"])) {
        let name = page.strip_prefix(dist).unwrap_or(page).display().to_string();
        for part in loads(&read(page)?) {
            if ends(Path::new(&part), &["wasm"]) || part.contains("mermaid") || part.contains("/pkg/") {
                problems.push(format!("{name} loads {part}"));
            }
        }
        let weight = first_load(page)?;
        if weight > budget.most {
            problems
                .push(format!("{name} weighs {weight} bytes with what it loads, more than {}", budget.most));
        }
        heaviest = heaviest.max((weight, name));
        count += 1;
    }
    if count == 0 {
        problems.push(format!("there is no page in {}", budget.folder));
    }
    println!(
        "{:32} {:>10} {:>10}  ({}, of {count})",
        "the heaviest page to read", heaviest.0, budget.most, heaviest.1
    );
    Ok(())
}

/// What a page weighs with all that its head names.
pub(crate) fn first_load(page: &Path) -> Result<usize> {
    let folder = page.parent().unwrap_or(page);
    let parts = loads(&read(page)?);
    let weights = parts
        .iter()
        .map(|part| weighs(&folder.join(part)).with_context(|| format!("{} loads {part}", page.display())));
    Ok(weighs(page)? + weights.sum::<Result<usize>>()?)
}

/// The files of the site that a page names as its style, scripts and icons.
fn loads(html: &str) -> BTreeSet<String> {
    let head = html.split("</head>").next().unwrap_or_default();
    let tags = head.split('<').filter(|tag| {
        let link = ["stylesheet", "preload", "modulepreload", "icon", "manifest"];
        tag.starts_with("script ")
            || tag.starts_with("link ") && link.iter().any(|rel| tag.contains(&format!("rel=\"{rel}\"")))
    });
    let named = tags.filter_map(|tag| {
        let (_, rest) = tag.split_once("src=\"").or_else(|| tag.split_once("href=\""))?;
        Some(rest.split('"').next()?.to_owned())
    });
    named.collect()
}

fn index(dist: &Path, budget: &Index, problems: &mut Vec<String>) -> Result<()> {
    let mut guides = Vec::new();
    for file in files_below(&root().join("references"))?.iter().filter(|file| ends(file, &["md"])) {
        guides.extend(fs::read(file)?);
    }
    let (index, guides) = (weighs(&dist.join(&budget.file))?, compressed(&guides)?);
    let most = guides * budget.most_percent / 100;
    println!(
        "{:32} {index:>10} {most:>10}  ({} % of the guides' {guides})",
        "the search index", budget.most_percent
    );
    if index > most {
        problems.push(format!("{} weighs {index} bytes, more than {most}", budget.file));
    }
    Ok(())
}

/// Fonts, and addresses of other hosts from which a page would load something.
fn foreign(dist: &Path, problems: &mut Vec<String>) -> Result<()> {
    for file in files_below(dist)? {
        let name = file.strip_prefix(dist).unwrap_or(&file).display().to_string();
        if ends(&file, &["woff", "woff2", "ttf", "otf", "eot"]) {
            problems.push(format!("{name} is a font"));
        }
        let other = |address: &str| address.starts_with("http") || address.starts_with("//");
        if ends(&file, &["html"]) {
            let html = read(&file)?;
            problems.extend(
                loads(&html).iter().filter(|part| other(part)).map(|part| format!("{name} loads {part}")),
            );
            for kept in ["<img src=\"http", "<iframe src=\"http", "<script src=\"http"] {
                if html.contains(kept) {
                    problems.push(format!("{name} holds {kept}…"));
                }
            }
        }
        if ends(&file, &["css"]) && !name.starts_with("vendor") {
            let style = read(&file)?;
            if style.contains("@import") || style.contains("@font-face") || style.contains("url(http") {
                problems.push(format!("{name} loads a font or something from elsewhere"));
            }
        }
    }
    Ok(())
}

pub(crate) fn ends(file: &Path, extensions: &[&str]) -> bool {
    file.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// All files below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { files.extend(files_below(&path)?) } else { files.push(path) }
    }
    files.sort_unstable();
    Ok(files)
}

/// How many bytes a file takes as it is sent.
fn weighs(file: &Path) -> Result<usize> {
    compressed(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?)
}

pub(crate) fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAVY: &str = "<head><link rel=\"canonical\" href=\"https://a.example/\"><link rel=\"stylesheet\" href=\"../css/site.css\"><script type=\"module\" src=\"../pkg/engine/engine.js\"></script></head><body><script src=\"late.js\"></script>";

    #[test]
    fn what_a_page_loads_is_seen() {
        let all: Vec<String> = loads(HEAVY).into_iter().collect();
        assert_eq!(all, ["../css/site.css", "../pkg/engine/engine.js"]);
    }

    #[test]
    fn a_heavy_or_foreign_page_is_told() {
        let dist = tempfile::tempdir().expect("a folder");
        let write = |file: &str, text: &str| {
            let path = dist.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write("guides/a.html", HEAVY);
        write("css/site.css", "@import url(https://fonts.example/a.css);");
        write("css/a.woff2", "");
        write("pkg/engine/engine.js", "");
        let mut problems = Vec::new();
        let budget = Reading { folder: "guides".to_owned(), most: 10 };
        reading(dist.path(), &budget, &mut problems).expect("the pages are read");
        foreign(dist.path(), &mut problems).expect("the files are read");
        let told = problems.join("\n");
        for part in ["loads ../pkg/engine/engine.js", "more than 10", "a.woff2 is a font", "site.css loads"] {
            assert!(told.contains(part), "{part} is not in:\n{told}");
        }
    }
}
