//! One brief with the design that follows from it, and with that of ten times its load.

use crate::Error;
use artifacts::File;
use design::{Design, Options};
use std::collections::BTreeMap;

/// The kinds of quantities that are load.
const LOAD: [&str; 7] = ["users", "dau", "concurrent", "requests", "reads", "writes", "messages"];
/// How much more load the second design is for.
pub(super) const TIMES: f64 = 10.0;
/// What is assumed where a text gives no load at all.
const ASSUMED_LOAD: &str = "users.daily";

/// A brief with its designs.
pub(super) struct Worked {
    /// The name by which the designer opens the brief.
    pub(super) name: String,
    /// The heading of its section.
    pub(super) title: String,
    /// What the engine makes of it.
    pub(super) design: Design,
    /// What it would make of it if every load were ten times as high.
    pub(super) tenfold: Design,
    /// The files of the design.
    pub(super) files: Vec<File>,
}

impl Worked {
    pub(super) fn new(name: &str, title: &str, text: &str) -> Result<Self, Error> {
        let wrong = |diagnostic: requirements::Diagnostic| fault(name, &diagnostic.what);
        let analysis = requirements::analyze(text).map_err(wrong)?;
        let mut more = analysis.clone();
        for quantity in &mut more.requirements.quantities {
            if LOAD.contains(&quantity.kind.as_str()) {
                quantity.value *= TIMES;
            }
        }
        let design = design::design(analysis, &Options::default()).map_err(wrong)?;
        let assumed = design.assumptions.iter().find(|assumption| assumption.subject == ASSUMED_LOAD);
        let set: BTreeMap<String, f64> = assumed
            .and_then(|assumption| assumption.value.parse::<f64>().ok())
            .map(|value| (ASSUMED_LOAD.to_owned(), value * TIMES))
            .into_iter()
            .collect();
        let tenfold = design::design(more, &Options { set, ..Options::default() }).map_err(wrong)?;
        let files = artifacts::files(&design);
        Ok(Self { name: name.to_owned(), title: title.to_owned(), design, tenfold, files })
    }

    /// The contents of a file of the design.
    pub(super) fn file(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.contents.as_str())
    }

    /// An error about this example.
    pub(super) fn fault(&self, what: &str) -> Error {
        fault(&self.name, what)
    }
}

fn fault(name: &str, what: &str) -> Error {
    Error::Example { path: format!("the brief `{name}` of examples.md").into(), what: what.to_owned() }
}

/// The requests a second at the peak: computed, or as the text states them.
pub(super) fn peak(design: &Design) -> Option<f64> {
    let figure = design.capacity.iter().find(|figure| figure.id == "requests.peak");
    figure.map(|figure| figure.value).or_else(|| {
        let stated = design.requirements.quantities.iter().filter(|quantity| quantity.kind == "requests");
        stated.map(|quantity| quantity.value).max_by(f64::total_cmp)
    })
}

/// The value of a figure.
pub(super) fn figure(design: &Design, id: &str) -> Option<f64> {
    design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value)
}

/// The days of all tasks: as likely less as more, and nine times in ten less.
pub(super) fn days(design: &Design) -> (f64, f64) {
    design
        .roadmap
        .tasks
        .iter()
        .fold((0.0, 0.0), |(p50, p90), task| (p50 + task.days_p50, p90 + task.days_p90))
}
