//! The worked examples: `references/examples.md`, whose generated parts are what the engine makes of its briefs.
//!
//! A heading says which parts are generated, since raw HTML would be shown as text: everything below
//! [`RESULT`], [`COMPARISON`] and [`ASSUMED`], up to the next heading of the same or a higher level, is written by [`regenerate`].
//! Headings inside a generated part are therefore of level 4. All else is written by hand and kept byte for byte.

mod comparison;
mod document;
mod example;
mod format;
mod scan;
mod schema;
mod sections;

use crate::Error;
use crate::examples::Example;
use example::Worked;
use scan::{Brief, Scan};
use std::path::{Path, PathBuf};

/// The heading of a part that shows the design of the brief above it.
const RESULT: &str = "What the engine makes of it";
/// The heading of the part that compares the designs.
const COMPARISON: &str = "The designs side by side";
/// The heading of the part that lists what all designs assume.
const ASSUMED: &str = "Assumed in every example";

/// The guide as it is and as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regenerated {
    /// The file.
    pub path: PathBuf,
    /// What it holds now.
    pub before: String,
    /// What it holds when its generated parts are those of the present engine.
    pub after: String,
}

/// Designs the briefs of `examples.md` anew. Nothing is written.
pub fn regenerate(references: &Path) -> Result<Regenerated, Error> {
    let (path, before) = read(references)?;
    let after = refresh(&path, &before)?;
    Ok(Regenerated { path, before, after })
}

/// The briefs of `examples.md`, for the designer to open by name; none may have the name of an example that is known.
pub(crate) fn briefs(references: &Path, known: &[Example]) -> Result<Vec<Example>, Error> {
    let (path, source) = read(references)?;
    let wrong = |what: String| Error::Guide { path: path.clone(), what };
    let mut briefs: Vec<Example> = Vec::new();
    for Brief { name, text, .. } in Scan::of(&source).briefs {
        if known.iter().chain(&briefs).any(|other| other.name == name) {
            return Err(wrong(format!(
                "there is another example with the name `{name}`; give this brief its own"
            )));
        }
        let Some(title) = markdown::render(&text).title else {
            return Err(wrong(format!("begin the brief `{name}` with a title, `# …`")));
        };
        briefs.push(Example { name, title, text });
    }
    Ok(briefs)
}

fn read(references: &Path) -> Result<(PathBuf, String), Error> {
    let path = references.join("examples.md");
    let source = crate::files::read(&path)?;
    Ok((path, source))
}

/// The text of the guide with its generated parts made anew.
fn refresh(path: &Path, source: &str) -> Result<String, Error> {
    let wrong = |what: String| Error::Guide { path: path.to_owned(), what };
    let scan = Scan::of(source);
    let designs = scan
        .briefs
        .iter()
        .map(|brief| Worked::new(&brief.name, &brief.title, &brief.text))
        .collect::<Result<Vec<_>, _>>()?;
    let common = comparison::common(&designs)?;
    let mut out = String::with_capacity(source.len());
    let mut kept = 0;
    for part in &scan.generated {
        let body = if part.heading == COMPARISON {
            comparison::comparison(&designs)
        } else if part.heading == ASSUMED {
            comparison::assumed(&designs, &common)?
        } else {
            // The brief that a result belongs to stands in the same section, above it.
            let brief = scan
                .briefs
                .iter()
                .rposition(|brief| brief.section == part.section && brief.at < part.range.start);
            let Some(brief) = brief else {
                let line = source[..part.range.start].matches('\n').count();
                return Err(wrong(format!(
                    "no brief stands above the heading of line {line}; add a block ```text brief NAME"
                )));
            };
            sections::sections(&designs[brief], &common)?
        };
        out += &source[kept..part.range.start];
        out += &format!("\n{}\n", body.trim_end());
        if part.range.end < source.len() {
            out.push('\n');
        }
        kept = part.range.end;
    }
    if scan.generated.is_empty() {
        return Err(wrong(format!("no heading `### {RESULT}` was found, so nothing can be generated")));
    }
    out += &source[kept..];
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = "# G\n\n## One\n\nBy hand.\n\n```text brief one\n# A list\n\nA member has a name and an email.\n```\n\n\
        ### What the engine makes of it\n\nold\n\n#### old part\n\n## Two\n\nBy hand, too.\n";

    #[test]
    fn only_generated_parts_change() {
        let path = Path::new("examples.md");
        let new = refresh(path, GUIDE).unwrap();
        let kept = &GUIDE[..GUIDE.find("old").unwrap()];
        assert!(new.starts_with(kept), "{new}");
        assert!(new.ends_with("\n\n## Two\n\nBy hand, too.\n"), "{new}");
        assert!(new.contains("?example=one#run-it") && !new.contains("old"), "{new}");
        assert_eq!(refresh(path, &new).unwrap(), new, "a second run changes nothing");
    }

    #[test]
    fn a_result_needs_its_brief() {
        let text = GUIDE.replace("text brief one", "text");
        let message = refresh(Path::new("examples.md"), &text).unwrap_err().to_string();
        assert!(message.contains("no brief") && message.contains("line 13"), "{message}");
    }

    #[test]
    fn a_guide_without_generated_parts_is_refused() {
        let error = refresh(Path::new("examples.md"), "# G\n\n## One\n").unwrap_err();
        assert!(error.to_string().contains(RESULT), "{error}");
    }
}
