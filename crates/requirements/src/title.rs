//! What a text is called.

use crate::blocks::{Shape, Unit};
use crate::model::Model;

/// The first heading of the first level, or a name made from the main entity; empty without either.
pub(crate) fn title(text: &str, units: &[Unit], model: &Model) -> String {
    let heading = units.iter().take(3).find(|unit| matches!(unit.shape, Shape::Heading(_))).map(|unit| {
        let raw = text[unit.span.clone()]
            .trim_matches(|c: char| matches!(c, '#' | '*' | '_' | '=' | ':') || c.is_whitespace());
        raw.chars().take(80).collect::<String>()
    });
    heading.filter(|title| title.chars().any(char::is_alphabetic)).unwrap_or_else(|| {
        model.entities.first().map(|entity| format!("{} system", entity.name)).unwrap_or_default()
    })
}
