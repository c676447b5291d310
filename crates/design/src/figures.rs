//! Figures beside those of the capacity sheet: computed once in the step that needs them first, and read by id.

use crate::assumed::Assumed;
use crate::capacity::{grouped, rounded};
use crate::model::Figure;
use crate::settled::Settled;
use requirements::{Evidence, Reason, add_reason, capitalised};

/// Figures in the making.
pub(crate) struct Figures<'a> {
    settled: &'a Settled<'a>,
    pub(crate) list: Vec<Figure>,
}

impl<'a> Figures<'a> {
    pub(crate) fn new(settled: &'a Settled<'a>) -> Self {
        Self { settled, list: Vec::new() }
    }

    /// Records a figure with what went in, and gives its value.
    pub(crate) fn add(
        &mut self,
        id: &str,
        label: &str,
        value: f64,
        unit: &str,
        formula: &str,
        inputs: &[&str],
    ) -> f64 {
        let mut evidence = Evidence::new();
        for input in inputs {
            let own =
                self.list.iter().find(|figure| figure.id == *input).map(|figure| figure.evidence.clone());
            for reason in own.unwrap_or_else(|| self.settled.facts.reasons(input)) {
                add_reason(&mut evidence, reason);
            }
        }
        if evidence.is_empty() {
            evidence.push(Reason::rule("capacity"));
        }
        self.list.push(Figure {
            id: id.to_owned(),
            label: label.to_owned(),
            value: rounded(value),
            unit: unit.to_owned(),
            formula: formula.to_owned(),
            inputs: inputs.iter().map(|input| (*input).to_owned()).collect(),
            evidence,
        });
        value
    }

    /// Records a figure that is a starting number, as it is known or as it is assumed now, and gives its value. Where there
    /// is none of this id, the one of the id without its last part is taken: `job.seconds` for `job.seconds.redis`.
    pub(crate) fn assumed(&mut self, assumed: &mut Assumed, id: &str, number: &str, unit: &str) -> f64 {
        let there = |id: &str| knowledge::NUMBERS.iter().any(|row| row.id == id);
        let number =
            if there(number) { number } else { number.rsplit_once('.').map_or(number, |(whole, _)| whole) };
        let (value, label, evidence) = assumed.take(self.settled.facts, number);
        self.list.push(Figure {
            id: id.to_owned(),
            label: capitalised(label),
            value: rounded(value),
            unit: unit.to_owned(),
            formula: number.to_owned(),
            inputs: vec![number.to_owned()],
            evidence,
        });
        value
    }
}

/// A value with its unit as sentences give it: `83 %`, `10,000 people`, `5 TB`.
pub(crate) fn worded(value: f64, unit: &str) -> String {
    let value = rounded(value);
    match unit {
        "ratio" if value <= 1.0 => format!("{} %", crate::facts::trimmed(value * 100.0)),
        "bytes" => bytes(value),
        "seconds" => format!("{} s", crate::facts::trimmed(value)),
        "ratio" | "count" | "" => grouped(value),
        _ => counted(&grouped(value), unit),
    }
}

/// A number as it is written with its unit: "1 engineer", "3 engineers", "1 request/s".
pub fn counted(number: &str, unit: &str) -> String {
    let (things, rest) = unit.find([' ', '/']).map_or((unit, ""), |at| unit.split_at(at));
    let one = match things {
        _ if number != "1" => things,
        "people" => "person",
        // One process is no "processe".
        _ => things
            .strip_suffix("es")
            .filter(|stem| stem.ends_with("ss"))
            .or(things.strip_suffix('s'))
            .unwrap_or(things),
    };
    format!("{number} {one}{rest}")
}

/// A number as rows and formulas show it: no needless digits.
pub(crate) fn shown(value: f64) -> String {
    crate::facts::trimmed(rounded(value))
}

/// Bytes in the largest unit that leaves a number above one.
pub(crate) fn bytes(value: f64) -> String {
    let scales = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let (scale, name) = scales.into_iter().find(|(scale, _)| value >= *scale).unwrap_or((1.0, "bytes"));
    format!("{} {name}", crate::facts::trimmed((value / scale * 100.0).round() / 100.0))
}

/// Seconds in the largest unit that leaves a number above two.
pub(crate) fn duration(seconds: f64) -> String {
    let scales = [(86_400.0, "days"), (3600.0, "hours"), (60.0, "minutes"), (1.0, "seconds")];
    match scales.into_iter().find(|(scale, _)| seconds >= 2.0 * *scale) {
        Some((scale, name)) => {
            format!("{} {name}", crate::facts::trimmed((seconds / scale * 10.0).round() / 10.0))
        }
        None => format!("{} ms", crate::facts::trimmed((seconds * 1000.0).round())),
    }
}

/// A number of things: "1 role", "3 roles".
pub(crate) fn many(count: usize, thing: &str) -> String {
    format!("{count} {}", if count == 1 { thing.to_owned() } else { crate::naming::plural(thing) })
}

/// A text of a table with the values of its names in braces put in.
pub(crate) fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out += &rest[..open];
        let after = &rest[open..];
        let known = values
            .iter()
            .find(|(name, _)| after[1..].strip_prefix(*name).is_some_and(|tail| tail.starts_with('}')));
        if let Some((name, value)) = known {
            out += value;
            rest = &after[name.len() + 2..];
        } else {
            out.push('{');
            rest = &after[1..];
        }
    }
    out + rest
}
