//! `cargo xtask fuzz`: long runs of the fuzz targets, led by which code an input reaches.

use crate::process::{command, root, run};
use anyhow::{Context as _, Result};
use std::env;
use std::fs;

/// What makes the compiler count which code runs. These are options of stable compilers.
const COUNTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Runs the targets, all where none is named. What breaks one is left in `target/fuzz/` and printed.
pub(crate) fn fuzz(targets: &[String], runs: u64, seconds: u64) -> Result<()> {
    let host = env::consts::ARCH.to_owned() + "-unknown-linux-gnu";
    let folder = root().join("target/fuzz");
    let build =
        ["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host, "--target-dir"];
    // Build scripts and procedural macros are not counted, as a target is named.
    run(crate::process::cargo(build).arg(&folder).env("RUSTFLAGS", COUNTED))?;
    let program = folder.join(&host).join("release/long");
    for target in fuzz_targets(targets)? {
        let corpus = folder.join("corpus").join(&target);
        fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
        let mut libfuzzer = command(&program, [&corpus, &root().join("tests/fuzz").join(&target)]);
        libfuzzer
            .arg(format!("-runs={runs}"))
            .arg(format!("-max_total_time={seconds}"))
            .args(["-timeout=10", "-max_len=4096", "-print_final_stats=1", "-verbosity=1"])
            .arg(format!("-artifact_prefix={}/", folder.display()))
            .env("TARGET", &target);
        run(&mut libfuzzer).with_context(|| format!("the target {target} broke"))?;
    }
    Ok(())
}

/// The folders of the seeds are the targets.
fn fuzz_targets(named: &[String]) -> Result<Vec<String>> {
    let folder = root().join("tests/fuzz");
    let mut all = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        all.push(entry?.file_name().to_string_lossy().into_owned());
    }
    all.sort_unstable();
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        anyhow::bail!("there is no fuzz target `{unknown}`; there are {}", all.join(", "));
    }
    Ok(if named.is_empty() { all } else { named.to_vec() })
}
