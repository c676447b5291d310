//! What must hold of any input, whatever it is: no panic, every byte accounted for, every element with its reason, and
//! files that parse. Each [`Target`] takes bytes, as a fuzzer gives them, and panics where something does not hold.

mod files;
mod page;

use design::{Design, Options};
use requirements::Analysis;
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// An entry that takes text from outside.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of the folder of its seeds.
    pub name: &'static str,
    /// Tries it with an input.
    pub check: fn(&str),
}

/// All entries.
pub const TARGETS: [Target; 8] = [
    Target { name: "reading", check: reading },
    Target { name: "schemas", check: schemas },
    Target { name: "requirements", check: requirements },
    Target { name: "imports", check: imports },
    Target { name: "diff", check: diff },
    Target { name: "profile", check: profile },
    Target { name: "model", check: model },
    Target { name: "markdown", check: page::markdown },
];

thread_local! {
    /// The profiles that a design was made with, by their hash.
    static SEEN: RefCell<HashSet<u64>> = RefCell::default();
}

/// A design to try other things with.
const BRIEF: &str = "Members book kilns. A kiln has a name and a capacity. A booking can be confirmed or canceled. We expect 200 members.";

/// Tries an entry by its name with bytes of any kind. What is no UTF-8 is read as a browser reads it.
pub fn run(name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(target) = TARGETS.iter().find(|target| target.name == name) {
        (target.check)(&text);
    }
}

/// A requirements text, read only: many times as fast as a design, so that a long run gets further.
fn reading(text: &str) {
    match requirements::analyze(text) {
        Ok(analysis) => covered(text, &analysis),
        Err(told) => refused(text, &told),
    }
}

/// A schema, read only.
fn schemas(text: &str) {
    let (fenced, bare) = both(text);
    reading(&fenced);
    reading(bare);
}

/// A requirements text: read, designed, written.
fn requirements(text: &str) {
    let Some(design) = designed(text, &Options::default()) else { return };
    files::check(&artifacts::files(&design));
}

/// A schema: read, designed, written.
fn imports(text: &str) {
    let (fenced, bare) = both(text);
    requirements(&fenced);
    requirements(bare);
}

/// A schema in a fence, of the language that its first line names, and bare.
fn both(text: &str) -> (String, &str) {
    let (language, schema) = text.split_once('\n').unwrap_or_default();
    let language: String = language.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    (format!("Members book kilns.\n\n```{language}\n{schema}\n```\n"), schema)
}

/// Two texts, parted by a line of equals signs.
fn diff(text: &str) {
    let (before, after) = text.split_once("\n====\n").unwrap_or((text, BRIEF));
    let options = Options::default();
    let (Some(before), Some(after)) = (designed(before, &options), designed(after, &options)) else { return };
    let difference = design::difference(&before, &after);
    assert!(!artifacts::difference(&difference).contains('\0'), "a difference is text");
    files::check(&artifacts::evolution_files(&before, &after));
    assert!(design::difference(&after, &after).changes.is_empty(), "a design differs from itself");
}

/// A house profile. One that was read before gives the design that it gave then, so that only new ones are designed with.
fn profile(text: &str) {
    match artifacts::read_profile(text) {
        Ok(profile) => {
            let mut hasher = DefaultHasher::new();
            format!("{profile:?}").hash(&mut hasher);
            if !SEEN.with_borrow_mut(|seen| seen.insert(hasher.finish())) {
                return;
            }
            let options = Options { profile, ..Options::default() };
            if let Some(design) = designed(BRIEF, &options) {
                files::check(&artifacts::files(&design));
            }
        }
        Err(told) => said(&told),
    }
}

/// A design as JSON, from elsewhere: nothing that the engine itself would keep holds of it, so that only crashes count.
fn model(text: &str) {
    match artifacts::read_design(text) {
        Ok(design) => {
            let files = artifacts::files(&design);
            assert!(!files.is_empty(), "a design has files");
            artifacts::evolution_files(&design, &design);
        }
        Err(told) => said(&told),
    }
}

/// The design of a text, with all that must hold of any.
fn designed(text: &str, options: &Options) -> Option<Design> {
    let analysis = match requirements::analyze(text) {
        Ok(analysis) => analysis,
        Err(told) => {
            refused(text, &told);
            return None;
        }
    };
    covered(text, &analysis);
    let design = design::design(analysis, options).unwrap_or_else(|told| panic!("{told:?}"));
    for item in &design.review {
        assert!(item.result != "fail" || item.kind == "advice", "{}: {}", item.check, item.detail);
    }
    Some(design)
}

fn refused(text: &str, told: &requirements::Diagnostic) {
    assert!(text.len() > requirements::MAX_BYTES, "a text is refused for its length only");
    said(told);
}

/// Each byte that is no white space belongs to one statement.
fn covered(text: &str, analysis: &Analysis) {
    let mut end = 0;
    for statement in &analysis.requirements.statements {
        let [from, to] = statement.span;
        assert!(from >= end, "{} overlaps the one before", statement.id);
        blank(&text[end..from]);
        end = to;
    }
    blank(&text[end..]);
}

fn blank(gap: &str) {
    let counts = |letter: char| !letter.is_whitespace() && letter != '\u{feff}' && !letter.is_control();
    assert!(!gap.contains(counts), "{gap:?} belongs to no statement");
}

/// A refusal says what, why and how to fix it.
fn said(told: &requirements::Diagnostic) {
    assert!([&told.what, &told.why, &told.fix].iter().all(|part| !part.is_empty()), "{told:?}");
}
