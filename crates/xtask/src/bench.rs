//! `cargo xtask bench`: how long the engine takes for texts of several lengths and what memory, on this machine and as the
//! module that the browser loads; and with `--designer`, how long the page takes in a browser.

use crate::build;
use crate::process::{cargo, command, read, root};
use crate::setup;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The lengths, up to the longest text that is read.
pub(crate) const TEXTS: [(&str, usize); 4] =
    [("1 kB", 1_000), ("10 kB", 10_000), ("100 kB", 100_000), ("1 MiB", 1 << 20)];

/// Texts about many things, by how many.
const DISTINCT: [(&str, usize); 4] =
    [("20 things", 20), ("250 things", 250), ("500 things", 500), ("1000 things", 1000)];

/// Milliseconds by file and stage, and MiB under `memory`.
pub(crate) type Times = BTreeMap<(String, String), f64>;

/// A column of a table: its title, and the stages whose times it adds up.
type Column = (&'static str, &'static [&'static str]);

/// What is measured on this machine.
const NATIVE: &[Column] = &[
    ("markdown", &["markdown"]),
    ("understand", &["analyze"]),
    ("decide", &["decide"]),
    ("design", &["design"]),
    ("emit", &["files"]),
    ("whole", &["analyze", "design", "files"]),
    ("zip", &["zip"]),
    ("heap, MiB", &["heap"]),
];

/// What is measured of the module by itself, and set in relation to the same on this machine.
const STAGES: &[Column] = &[
    ("understand", &["analyze"]),
    ("decide", &["decide"]),
    ("design", &["design"]),
    ("emit", &["files"]),
    ("whole", &["analyze", "design", "files"]),
];

/// What is measured of the module through its JavaScript functions.
const MODULE: &[Column] = &[
    ("understand, design", &["design"]),
    ("emit", &["files"]),
    ("whole", &["design", "files"]),
    ("zip", &["zip"]),
    ("memory, MiB", &["memory"]),
];

/// What is aimed at: the growth, and how many times the time of this machine the module may take.
const AIMS: (f64, f64) = (1.05, 2.0);

/// Measures and prints.
pub(crate) fn bench() -> Result<()> {
    let files = texts()?;
    eprintln!("building what is measured");
    build::build()?;
    let stages = build::stages()?;
    let module = build::dist().join("pkg/engine");
    let distinct = distinct()?;
    let engine = |bench: &str| {
        times(
            cargo(["bench", "--package", "cli", "--bench", bench, "--"]).args(files.iter().chain(&distinct)),
        )
    };
    let mut native = engine("engine")?;
    native.extend(engine("memory")?);
    let browser =
        times(command("node", [Path::new("crates/wasm/benches/engine.mjs"), &module, &stages]).args(&files))?;
    let only: Times = browser
        .iter()
        .filter_map(|((file, stage), time)| {
            Some(((file.clone(), stage.strip_prefix("only ")?.to_owned()), *time))
        })
        .collect();

    println!(
        "\nMilliseconds, the median of up to 200 runs. Each text is made of the project's own requirement texts."
    );
    println!(
        "Beside them, the time that pulldown-cmark takes to render the same text from Markdown to HTML."
    );
    println!(
        "To decide is to settle all decisions, with each number run over four powers of ten; to design is that and all\nthat follows from it, as data."
    );
    println!(
        "The heap is what is held at most from the text to all files; the memory is all that the module has taken by then."
    );
    println!(
        "Growth is the exponent from the shorter to the longest text, from 10 kB on: 1 is linear, the aim is {}.",
        AIMS.0
    );
    print_surroundings()?;
    print("native", &TEXTS, &files, &native, NATIVE)?;
    print("module", &TEXTS, &files, &only, STAGES)?;
    println!("\nThe time of the module in those of this machine; the aim is {}.", AIMS.1);
    rows("module/native", &TEXTS, &files, STAGES, |file, stages| {
        Ok(sum(&only, file, stages)? / sum(&native, file, stages)?)
    })?;
    println!("\nThe same module through its JavaScript functions, which carry a design out and in:");
    print("module", &TEXTS, &files, &browser, MODULE)?;
    println!("\nEach paragraph of these texts is about another thing, so that nothing is said twice:");
    print("native", &DISTINCT, &distinct, &native, NATIVE)?;
    println!("\nThe module starts in {:.1} ms in Node.", get(&browser, "", "start")?);
    println!(
        "It has taken {} MiB after one design of a short text, and {} MiB after 10,000 more.",
        get(&browser, "", "memory after 1")?,
        get(&browser, "", "memory after 10000")?
    );
    Ok(())
}

/// Measures the designer page of the built site in Chromium, and prints.
pub(crate) fn designer() -> Result<()> {
    let files = texts()?;
    let chrome = setup::browser()?.chrome;
    eprintln!("building what is measured");
    build::build()?;
    let mut node = command("node", ["crates/app/benches/designer.mjs"]);
    let all = times(node.args(&files).env("CHROME", chrome))?;
    println!(
        "\nThe designer page, in milliseconds. A design is there when a key has changed the document and the page is drawn."
    );
    println!(
        "Slowed, the browser makes the main thread {} times slower; the engine runs beside it, at full speed.",
        get(&all, "", "slowdown")?
    );
    println!(
        "A task is what the main thread does at a stretch; those below 50 ms are not told by the browser, and are 0 here."
    );
    print_surroundings()?;
    for speed in ["as it is", "slowed"] {
        print!("\n{speed:11}");
        for title in DESIGNER {
            print!(" {title:>width$}", width = width(title));
        }
        println!();
        for ((name, _), file) in TEXTS.iter().zip(&files) {
            print!("{name:11}");
            for title in DESIGNER {
                let time = get(&all, &file.display().to_string(), &format!("{speed}: {title}"))?;
                print!(" {time:>width$.0}", width = width(title));
            }
            println!();
        }
    }
    Ok(())
}

/// What is measured of the designer page.
const DESIGNER: [&str; 7] = [
    "key to design, median",
    "95 %",
    "of it engine, median",
    "longest task on a key",
    "tasks over 50",
    "longest task on a paste",
    "tasks over 50 on a paste",
];

/// Says when, on what and with what is measured, and how busy the machine is, where it tells.
pub(crate) fn print_surroundings() -> Result<()> {
    let date = read(&mut command("node", ["-p", "new Date().toISOString().slice(0, 10)"]))?;
    let node = read(&mut command("node", ["--version"]))?;
    let rust = read(&mut command("rustc", ["--version"]))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let processor = processor.map_or("of a kind that is not told", |(_, name)| name.trim());
    println!("Measured on {date} with {rust} and Node {node}, on {cores} cores, {processor}.");
    if let Ok(load) = fs::read_to_string("/proc/loadavg") {
        println!("Load average of the machine: {}.", load.split(' ').take(3).collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

/// Writes the texts: all of the project's own, one after the other, as often as it takes.
pub(crate) fn texts() -> Result<Vec<PathBuf>> {
    let briefs = root().join("tests/briefs");
    let mut sources = Vec::new();
    for product in fs::read_dir(&briefs).with_context(|| format!("cannot read {}", briefs.display()))? {
        sources.push(product?.path().join("prose.md"));
    }
    sources.sort_unstable();
    let all: Vec<String> = sources.iter().filter_map(|source| fs::read_to_string(source).ok()).collect();
    let all = all.join("\n\n");
    if all.is_empty() {
        bail!("{} holds no text to measure with", briefs.display());
    }
    let mut files = Vec::new();
    for (name, bytes) in TEXTS {
        let mut text = all.repeat(bytes / all.len() + 1);
        text.truncate(text.floor_char_boundary(bytes));
        files.push(written(name, &text)?);
    }
    Ok(files)
}

/// Writes the texts about many things.
fn distinct() -> Result<Vec<PathBuf>> {
    let text = |count: usize| -> String { (0..count).map(paragraph).collect() };
    DISTINCT.iter().map(|(name, count)| written(name, &text(*count))).collect()
}

/// What a text says of its thing of a number: its fields, its states, and that it belongs to an earlier one.
fn paragraph(number: usize) -> String {
    let (thing, whole) = (invented(number), invented(number / 2));
    format!(
        "A {thing} has a name, a price and a start date. Managers create, edit, approve and cancel {thing}s. \
         Each {thing} belongs to one {whole}.\n\n"
    )
}

/// A word that no language has, another for each number.
fn invented(number: usize) -> String {
    let syllables = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"];
    let digits = [number / 1000, number / 100, number / 10, number].map(|digit| syllables[digit % 10]);
    format!("z{}k", digits.concat())
}

fn written(name: &str, text: &str) -> Result<PathBuf> {
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join(name.replace(' ', "-") + ".md");
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// The lines that a program prints: file, stage and milliseconds, with tabs between them.
pub(crate) fn times(program: &mut std::process::Command) -> Result<Times> {
    let mut times = Times::new();
    for line in read(program)?.lines() {
        let mut parts = line.split('\t');
        if let (Some(file), Some(stage), Some(time)) = (parts.next(), parts.next(), parts.next()) {
            let time = time.parse().with_context(|| format!("no time in `{line}`"))?;
            times.insert((file.to_owned(), stage.to_owned()), time);
        }
    }
    Ok(times)
}

pub(crate) fn get(times: &Times, file: &str, stage: &str) -> Result<f64> {
    let time = times.get(&(file.to_owned(), stage.to_owned()));
    time.copied().with_context(|| format!("`{stage}` was not measured for `{file}`"))
}

/// What some stages take together for a text.
fn sum(times: &Times, file: &Path, stages: &[&str]) -> Result<f64> {
    stages.iter().map(|stage| get(times, &file.display().to_string(), stage)).sum()
}

/// Prints a table: a row for each text and one for the growth.
fn print(
    title: &str,
    texts: &[(&str, usize)],
    files: &[PathBuf],
    times: &Times,
    columns: &[Column],
) -> Result<()> {
    rows(title, texts, files, columns, |file, stages| sum(times, file, stages))?;
    // The first text is so short that its time is mostly what any text takes.
    let ([_, short, .., long], [_, less, .., more]) = (files, texts) else { return Ok(()) };
    let longer = (more.1 as f64 / less.1 as f64).ln();
    print!("{:14}", "growth");
    for (title, stages) in columns {
        let growth = (sum(times, long, stages)? / sum(times, short, stages)?).ln() / longer;
        print!(" {growth:>width$.2}", width = width(title));
    }
    println!();
    Ok(())
}

/// Prints a row for each text.
fn rows(
    title: &str,
    texts: &[(&str, usize)],
    files: &[PathBuf],
    columns: &[Column],
    value: impl Fn(&Path, &[&str]) -> Result<f64>,
) -> Result<()> {
    print!("\n{title:14}");
    for (title, _) in columns {
        print!(" {title:>width$}", width = width(title));
    }
    println!();
    for ((name, _), file) in texts.iter().zip(files) {
        print!("{name:14}");
        for (title, stages) in columns {
            print!(" {:>width$.2}", value(file, stages)?, width = width(title));
        }
        println!();
    }
    Ok(())
}

/// The width of a column.
fn width(title: &str) -> usize {
    title.len().max(10)
}
