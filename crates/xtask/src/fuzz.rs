//! `cargo xtask fuzz`: long runs of the fuzz targets, led by which code an input reaches.

use crate::process::{command, root, run};
use anyhow::{Context as _, Result, bail};
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// What makes the compiler count which code runs. These are options of stable compilers.
const COUNTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// How long and with what the targets are run.
pub(crate) struct Limits {
    /// How many inputs a target gets.
    pub(crate) runs: u64,
    /// How many seconds it takes at most; 0 for no limit.
    pub(crate) seconds: u64,
    /// How many bytes an input has at most.
    pub(crate) length: u32,
}

/// Runs the targets, all where none is named, and prints how many inputs each was given. What breaks one is left in
/// `target/fuzz/` and printed.
pub(crate) fn fuzz(targets: &[String], limits: &Limits) -> Result<()> {
    let host = env::consts::ARCH.to_owned() + "-unknown-linux-gnu";
    let folder = root().join("target/fuzz");
    let build =
        ["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host, "--target-dir"];
    // Build scripts and procedural macros are not counted, as a target is named.
    run(crate::process::cargo(build).arg(&folder).env("RUSTFLAGS", COUNTED))?;
    let program = folder.join(&host).join("release/long");
    let mut told = Vec::new();
    for target in fuzz_targets(targets)? {
        let corpus = folder.join("corpus").join(&target);
        fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
        let mut libfuzzer = command(&program, [&corpus, &root().join("tests/fuzz").join(&target)]);
        libfuzzer
            .arg(format!("-runs={}", limits.runs))
            .arg(format!("-max_total_time={}", limits.seconds))
            .arg(format!("-max_len={}", limits.length))
            .args(["-timeout=10", "-print_final_stats=1", "-verbosity=1"])
            .arg(format!("-artifact_prefix={}/", folder.display()))
            .env("TARGET", &target);
        let statistics = executed(&mut libfuzzer).with_context(|| format!("the target {target} broke"))?;
        told.push((target, statistics));
    }
    println!("\n{:14} {:>12} {:>10} {:>14}", "target", "executions", "a second", "inputs kept");
    for (target, [executions, rate, kept]) in told {
        println!("{target:14} {executions:>12} {rate:>10} {kept:>14}");
    }
    Ok(())
}

/// The figures at the end of a run: the inputs given, how many a second, and how many of them reached something new.
fn executed(libfuzzer: &mut Command) -> Result<[u64; 3]> {
    let mut child = libfuzzer.stderr(Stdio::piped()).spawn().context("cannot start the fuzzer")?;
    let mut figures = [0; 3];
    for line in BufReader::new(child.stderr.take().context("the fuzzer says nothing")?).lines() {
        let line = line?;
        eprintln!("{line}");
        let names = ["number_of_executed_units", "average_exec_per_sec", "new_units_added"];
        if let Some((name, figure)) = line.strip_prefix("stat::").and_then(|rest| rest.split_once(':'))
            && let Some(at) = names.iter().position(|known| *known == name)
        {
            figures[at] = figure.trim().parse()?;
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the fuzzer failed ({status}); its own message stands above");
    }
    Ok(figures)
}

/// The folders of the seeds are the targets.
fn fuzz_targets(named: &[String]) -> Result<Vec<String>> {
    let folder = root().join("tests/fuzz");
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        if entry.path().is_dir() {
            all.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    all.sort_unstable();
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        anyhow::bail!("there is no fuzz target `{unknown}`; there are {}", all.join(", "));
    }
    Ok(if named.is_empty() { all } else { named.to_vec() })
}
