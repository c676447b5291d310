//! What the site says of itself: `site/site.toml`.

use crate::Error;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Where the site stands and what changed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// The address of the site with a slash at the end; empty where it is not known.
    pub(crate) url: String,
    /// What comes before the path of a file in the address at which it is edited; empty where there is none.
    pub(crate) source: String,
    /// What changed for readers, the newest first.
    #[serde(rename = "change")]
    pub(crate) changes: Vec<Change>,
}

/// Something that changed for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// `2026-11-25`.
    pub(crate) date: String,
    /// What it is called.
    pub(crate) title: String,
    /// A sentence or two.
    pub(crate) text: String,
}

impl Settings {
    /// Reads the settings.
    pub(crate) fn read(site: &Path) -> Result<Self, Error> {
        let path = site.join("site.toml");
        let source = crate::files::read(&path)?;
        let wrong = |what: String| Error::Settings { path: path.clone(), what };
        let settings: Self = toml::from_str(&source).map_err(|error| wrong(error.to_string()))?;
        for (name, address) in [("url", &settings.url), ("source", &settings.source)] {
            let fits = address.is_empty() || (address.starts_with("https://") && address.ends_with('/'));
            if !fits {
                return Err(wrong(format!(
                    "`{name}` begins with https:// and ends with a slash, or is empty"
                )));
            }
        }
        let dates: Vec<&str> = settings.changes.iter().map(|change| change.date.as_str()).collect();
        let is_date = |date: &str| {
            let parts: Vec<usize> = date.split('-').map(str::len).collect();
            parts == [4, 2, 2] && date.chars().all(|c| c.is_ascii_digit() || c == '-')
        };
        if dates.is_empty() || !dates.iter().all(|date| is_date(date)) {
            return Err(wrong(
                "there is at least one `[[change]]`, and each `date` is like 2026-11-25".to_owned(),
            ));
        }
        if !dates.is_sorted_by(|newer, older| newer >= older) {
            return Err(wrong("the changes stand with the newest first".to_owned()));
        }
        Ok(settings)
    }
}
