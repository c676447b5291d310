//! The texts with which a reader may start, and what the engine makes of the first of them.

use crate::Error;
use crate::files;
use design::Design;
use serde::Serialize;
use std::path::Path;

/// A text that a reader can start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Example {
    /// The file name without its number and its ending.
    pub(crate) name: String,
    /// Its title.
    pub(crate) title: String,
    /// The text.
    pub(crate) text: String,
}

/// Reads the examples in the order of their numbered file names.
pub(crate) fn read_all(folder: &Path) -> Result<Vec<Example>, Error> {
    let mut examples = Vec::new();
    for path in files::entries(folder)? {
        let text = files::read(&path)?;
        let wrong = |what: &str| Error::Example { path: path.clone(), what: what.to_owned() };
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let (_, name) = stem
            .split_once('-')
            .ok_or_else(|| wrong("name it `NUMBER-NAME.md`; the number gives the order"))?;
        let title = markdown::render(&text).title.ok_or_else(|| wrong("begin it with a title, `# …`"))?;
        examples.push(Example { name: name.to_owned(), title, text });
    }
    if examples.is_empty() {
        return Err(Error::Example {
            path: folder.to_owned(),
            what: "there is no example; the designer needs at least one to start with".to_owned(),
        });
    }
    Ok(examples)
}

/// Designs an example, as the designer would.
pub(crate) fn design(example: &Example) -> Result<Design, Error> {
    requirements::analyze(&example.text)
        .and_then(|analysis| design::design(analysis, &design::Options::default()))
        .map_err(|diagnostic| Error::Example { path: example.name.clone().into(), what: diagnostic.what })
}
