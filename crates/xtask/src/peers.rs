//! `cargo xtask bench --peers`: what programs of others take for the same work on this machine, each installed below
//! `target/peers` in the version that stands here.

use crate::bench::{self, Times};
use crate::budget::{compressed, ends, files_below, first_load};
use crate::build;
use crate::process::{cargo, command, npm, read, root, run};
use crate::setup;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const MDBOOK: &str = "0.5.4";
const PAGEFIND: &str = "1.6.0";

/// How often a program that takes seconds is run; the median counts.
const RUNS: usize = 5;

/// The product of which contract and code are generated.
const PRODUCT: &str = "food-delivery";

/// Measures and prints.
pub(crate) fn peers() -> Result<()> {
    let folder = root().join("target/peers");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    eprintln!("building what is measured, and installing what it is measured beside");
    build::build()?;
    let mdbook = mdbook(&folder)?;
    let pagefind = pagefind(&folder)?;
    let python =
        setup::python_environment(&root().join("tests/peers/requirements.txt"), &folder.join("python"))?;
    setup::java()?;

    println!(
        "\nEach line is measured on this machine, in this run; times are medians. Weights are after gzip."
    );
    bench::print_surroundings()?;
    guides(&folder, &mdbook)?;
    search(&folder, &pagefind)?;
    phrases(&python)?;
    generators(&folder, &python)
}

/// mdBook, as Cargo installs it.
fn mdbook(folder: &Path) -> Result<PathBuf> {
    let home = folder.join("mdbook");
    let program = home.join(format!("bin/mdbook{}", std::env::consts::EXE_SUFFIX));
    let installed = read(&mut command(&program, ["--version"])).is_ok_and(|told| told.contains(MDBOOK));
    if !installed {
        run(cargo(["install", "--locked", "--force", "--version", MDBOOK, "mdbook", "--root"]).arg(&home))?;
    }
    Ok(program)
}

/// Pagefind, as npm installs it.
fn pagefind(folder: &Path) -> Result<PathBuf> {
    let home = folder.join("pagefind");
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    // What it writes are modules.
    fs::write(home.join("package.json"), "{\"private\": true, \"type\": \"module\"}\n")?;
    let package = format!("pagefind@{PAGEFIND}");
    run(npm(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&home).arg(package))?;
    Ok(home)
}

/// The six guides as a site: by this project, and by mdBook with a page for each of the same parts.
fn guides(folder: &Path, mdbook: &Path) -> Result<()> {
    let ours = folder.join("site");
    let mut times = Vec::new();
    for _ in 0..RUNS {
        build::remove_folder(&ours)?;
        let sources = [root().join("references"), root().join("site"), ours.clone()];
        let told = read(
            cargo(["run", "--release", "--quiet", "--package", "guides", "--example", "site", "--"])
                .args(sources),
        )?;
        let (_, time) = told.trim().split_once('\t').context("the site told no time")?;
        times.push(time.parse()?);
    }
    let theirs = book(&folder.join("book"))?;
    let time = timed(|| {
        command(mdbook, ["build"]).current_dir(&theirs).env("RUST_LOG", "error").output().map(drop)
    })?;
    println!(
        "\n{:40} {:>8} {:>8} {:>14} {:>14} {:>14}",
        "the six guides as a site", "pages", "ms", "median page", "heaviest page", "search index"
    );
    let indexed = |file: &Path| fs::read(file).map_err(Into::into).and_then(|bytes| compressed(&bytes));
    site(
        "backend-design (pages, rules, glossary)",
        &build::dist().join("guides"),
        median(times),
        indexed(&build::dist().join("search.json"))?,
    )?;
    let html = theirs.join("book");
    let index = files_below(&html)?.into_iter().find(|file| {
        file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("searchindex"))
            && ends(file, &["js"])
    });
    site(&format!("mdBook {MDBOOK}"), &html, time, indexed(&index.context("mdBook wrote no search index")?)?)
}

/// A line for a site: its pages, each with what it names in its head.
fn site(name: &str, folder: &Path, time: f64, index: usize) -> Result<()> {
    let mut pages = Vec::new();
    for page in files_below(folder)?.iter().filter(|file| ends(file, &["html"])) {
        // The page that holds all others is for printing.
        if page.file_stem().is_some_and(|name| name != "print" && name != "toc") {
            pages.push(first_load(page)?);
        }
    }
    pages.sort_unstable();
    let (middle, most) = (pages[pages.len() / 2], pages[pages.len() - 1]);
    println!("{name:40} {:>8} {time:>8.0} {middle:>14} {most:>14} {index:>14}", pages.len());
    Ok(())
}

/// A book of the guides for mdBook: each part under a heading of the second level is a page, as on this project's site.
fn book(folder: &Path) -> Result<PathBuf> {
    build::remove_folder(folder)?;
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    fs::write(folder.join("book.toml"), "[book]\ntitle = \"Guides\"\n")?;
    let mut summary = "# Summary\n\n".to_owned();
    for file in files_below(&root().join("references"))?.iter().filter(|file| ends(file, &["md"])) {
        let guide = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (at, part) in parts(&fs::read_to_string(file)?).iter().enumerate() {
            let title = part.lines().next().unwrap_or(&guide).trim_start_matches('#').trim();
            let indent = if at == 0 { "" } else { "  " };
            summary += &format!("{indent}- [{}]({guide}-{at}.md)\n", title.replace(['[', ']'], ""));
            fs::write(source.join(format!("{guide}-{at}.md")), part)?;
        }
    }
    fs::write(source.join("SUMMARY.md"), summary)?;
    Ok(folder.to_path_buf())
}

/// A text in parts, each from a heading of the second level to the next; those inside of code are none.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut fenced) = (vec![String::new()], false);
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced && line.starts_with("## ") {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

/// The search of the site beside Pagefind's over the same pages.
fn search(folder: &Path, pagefind: &Path) -> Result<()> {
    let index = folder.join("pagefind/pagefind-index");
    let program = pagefind.join("node_modules/.bin/pagefind");
    let guides = build::dist().join("guides");
    build::remove_folder(&index)?;
    run(command(program, ["--quiet", "--site"]).arg(&guides).arg("--output-path").arg(&index))?;
    let all: Times =
        bench::times(command("node", ["tests/peers/search.mjs"]).arg(build::dist()).arg(&index))?;
    let mut weight = 0;
    for file in files_below(&index)?.iter().filter(|file| ends(file, &["pf_index", "pf_fragment", "pf_meta"]))
    {
        weight += fs::metadata(file)?.len() as usize;
    }
    println!(
        "\n{:40} {:>8} {:>8} {:>14} {:>14} {:>14}",
        "12 questions to the search", "first ms", "again ms", "first answer", "all answers", "index"
    );
    for (name, shown, index) in [
        ("backend-design", "backend-design", compressed(&fs::read(build::dist().join("search.json"))?)?),
        ("Pagefind", &format!("Pagefind {PAGEFIND}"), weight),
    ] {
        let get = |what: &str| bench::get(&all, name, what);
        println!(
            "{shown:40} {:>8.1} {:>8.1} {:>14} {:>14} {index:>14}",
            get("first median")?,
            get("again median")?,
            get("bytes first")?,
            get("bytes all")?
        );
    }
    Ok(())
}

/// Understanding a text beside finding its noun phrases only.
fn phrases(python: &Path) -> Result<()> {
    let files = bench::texts()?;
    // The longest is more than spaCy reads.
    let files = &files[..files.len() - 1];
    let ours = bench::times(cargo(["bench", "--package", "cli", "--bench", "engine", "--"]).args(files))?;
    let theirs = bench::times(command(python.join("python"), ["tests/peers/chunks.py"]).args(files))?;
    let version =
        read(&mut command(python.join("python"), ["-c", "import spacy; print(spacy.__version__)"]))?;
    println!(
        "\n{:12} {:>40} {:>40}",
        "a text of",
        "backend-design, the whole analysis, ms",
        format!("spaCy {}, noun chunks, ms", version.trim())
    );
    for (file, (name, _)) in files.iter().zip(bench::TEXTS) {
        let file = file.display().to_string();
        println!(
            "{name:12} {:>40.2} {:>40.1}",
            bench::get(&ours, &file, "analyze")?,
            bench::get(&theirs, &file, "chunks")?
        );
    }
    Ok(())
}

/// From a text to all files of a design, beside the code of a server from the contract among them.
fn generators(folder: &Path, python: &Path) -> Result<()> {
    let text = root().join(format!("tests/briefs/{PRODUCT}/prose.md"));
    run(&mut cargo(["build", "--release", "--quiet", "--package", "cli"]))?;
    let program = root().join(format!("target/release/backend-design{}", std::env::consts::EXE_SUFFIX));
    let (ours, theirs) = (folder.join("design"), folder.join("generated"));
    let time = timed(|| {
        build::remove_folder(&ours).map_err(std::io::Error::other)?;
        Command::new(&program).arg(&text).args(["--format", "files", "--out"]).arg(&ours).output().map(drop)
    })?;
    let contract = ours.join("api/openapi.yaml");
    let generator = python.join("openapi-generator-cli");
    let generated = timed(|| {
        build::remove_folder(&theirs).map_err(std::io::Error::other)?;
        Command::new(&generator)
            .args(["generate", "--generator-name", "spring", "--input-spec"])
            .arg(&contract)
            .arg("--output")
            .arg(&theirs)
            .output()
            .map(drop)
    })?;
    let version = read(&mut command(&generator, ["version"]))?;
    println!("\n{:40} {:>8} {:>8}", format!("{PRODUCT}: to all files"), "files", "ms");
    println!("{:40} {:>8} {time:>8.0}", "backend-design, from the prose", files_below(&ours)?.len());
    println!(
        "{:40} {:>8} {generated:>8.0}",
        format!("openapi-generator {}, its contract", version.trim()),
        files_below(&theirs)?.len()
    );
    Ok(())
}

/// The median time of a whole process, in milliseconds.
fn timed(mut process: impl FnMut() -> std::io::Result<()>) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        process()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(median(times))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}
