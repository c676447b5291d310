//! Reading the JSON that people give: house profiles and earlier designs. An error points to its line.

use design::{Design, Options, Profile};
use requirements::Diagnostic;

/// Reads a house profile and checks it.
pub fn profile(text: &str) -> Result<Profile, Diagnostic> {
    let profile: Profile = read(text, "profile", "Compare it with profile.schema.json.")?;
    let options = Options { profile, ..Options::default() };
    design::check(&options).map_err(|error| {
        // The subject of the message stands in backticks; its first place in the text is its line.
        let subject = error.what.split('`').nth(1).unwrap_or_default();
        let line = text.lines().position(|line| line.contains(&format!("\"{subject}\"")));
        let place = line.map_or_else(String::new, |line| format!("line {}: ", line + 1));
        Diagnostic { what: format!("{place}{}", error.what), ..error }
    })?;
    Ok(options.profile)
}

/// Reads a design that was written as JSON.
pub fn design(text: &str) -> Result<Design, Diagnostic> {
    read(text, "design", "Give a design.json as this version writes it, or the text of the requirements.")
}

fn read<T: serde::de::DeserializeOwned>(text: &str, what: &str, fix: &str) -> Result<T, Diagnostic> {
    serde_json::from_str(text).map_err(|error| Diagnostic {
        what: format!("line {}, column {}: this is no {what}.", error.line(), error.column()),
        why: format!("{error}."),
        fix: fix.to_owned(),
        span: None,
    })
}
