//! The glossary: `references/glossary.toml`, the words of the field as the guides use them.

use crate::Error;
use serde::Deserialize;
use std::path::Path;

/// The name of the file.
pub(crate) const FILE: &str = "glossary.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    /// The word, as a heading.
    name: String,
    /// What it means, in Markdown.
    means: String,
    /// Where the guides go into it, as a link from one guide to another: `database-design.md#indexes`.
    see: String,
}

/// The page as Markdown, or nothing where there is no glossary.
pub(crate) fn page(references: &Path) -> Result<Option<String>, Error> {
    let path = references.join(FILE);
    if !path.exists() {
        return Ok(None);
    }
    let text = crate::files::read(&path)?;
    let wrong = |what: String| Error::Guide { path: path.clone(), what };
    let glossary: Glossary = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    if let Some([before, after]) =
        glossary.term.array_windows().find(|[before, after]| key(&before.name) >= key(&after.name))
    {
        return Err(wrong(format!(
            "`{}` stands before `{}`; keep the terms in the order of the alphabet, each once",
            before.name, after.name
        )));
    }
    let mut page = format!(
        "# Glossary\n\n{} words of the field, as the guides use them. Each leads to the section that goes into it.\n",
        glossary.term.len()
    );
    let mut letter = None;
    for Term { name, means, see } in &glossary.term {
        let first = key(name).chars().next().filter(char::is_ascii_alphabetic);
        if letter != Some(first) {
            letter = Some(first);
            page += &format!(
                "\n## {}\n",
                first.map_or("0–9".to_owned(), |first| first.to_uppercase().to_string())
            );
        }
        page += &format!("\n### {name}\n\n{means} See [{}]({see}).\n", label(see));
    }
    Ok(Some(page))
}

/// What a link is called: the id of the rule that it leads to, else the words of the anchor.
fn label(see: &str) -> String {
    let anchor = see.split_once('#').map_or(see, |(_, anchor)| anchor);
    let mut words = anchor.splitn(3, '-');
    match (words.next(), words.next()) {
        (Some(series), Some(number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}-{number}", series.to_uppercase())
        }
        _ => anchor.replace('-', " "),
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}
