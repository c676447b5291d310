//! The checks of a house profile, which is as little trusted as the text.

use crate::model::Profile;
use knowledge::{NUMBERS, SLOTS};
use requirements::Diagnostic;

/// The longest name that a house may give an option.
const LONGEST: usize = 60;

/// Refuses what names nothing. The subject of a refusal stands in its message in backticks, so that it can be found.
pub(crate) fn check(profile: &Profile) -> Result<(), Diagnostic> {
    let refuse = |what: String, fix: String| {
        let why = "A profile names decisions, options and numbers that the engine has.".to_owned();
        Err(Diagnostic { what, why, fix, span: None })
    };
    let forbidden =
        profile.forbid.iter().flat_map(|(slot, options)| options.iter().map(move |one| (slot, one)));
    for (slot, option) in profile.prefer.iter().chain(forbidden) {
        let Some(row) = SLOTS.iter().find(|row| row.id == slot) else {
            let known: Vec<&str> = SLOTS.iter().map(|row| row.id).collect();
            return refuse(
                format!("There is no decision `{slot}`."),
                format!("Use one of: {}.", known.join(", ")),
            );
        };
        if !row.options.iter().any(|known| known.id == option) {
            let known: Vec<&str> = row.options.iter().map(|known| known.id).collect();
            return refuse(
                format!("There is no option `{option}` of the decision {slot}."),
                format!("Use one of: {}.", known.join(", ")),
            );
        }
    }
    for (id, value) in &profile.numbers {
        if !NUMBERS.iter().any(|row| row.id == id) {
            return refuse(
                format!("There is no number `{id}`."),
                "Use an id of the list of planning figures, such as price.vcpu.".to_owned(),
            );
        }
        if !value.is_finite() || *value <= 0.0 {
            return refuse(format!("`{id}` cannot be {value}."), "Give a number above zero.".to_owned());
        }
    }
    for (option, name) in &profile.names {
        if !SLOTS.iter().flat_map(|row| row.options).any(|known| known.id == option) {
            return refuse(
                format!("There is no option `{option}`."),
                "Name an option of a decision.".to_owned(),
            );
        }
        if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
            return refuse(
                format!("The name of `{option}` is empty, too long, or has control characters."),
                format!("Give a name of at most {LONGEST} characters on one line."),
            );
        }
    }
    Ok(())
}
