//! The arithmetic of the document can be followed by hand: each result that stands beside a formula with its numbers put
//! in is among those that these numbers give, taken as exact as they are printed. Nothing but the text of the document
//! is read.

mod support;

use support::{briefs, design_of};

/// All that a printed number may stand for: the lowest and the highest.
#[derive(Debug, Clone, Copy)]
struct Range(f64, f64);

impl Range {
    fn over(results: [f64; 4]) -> Self {
        let of = |pick: fn(f64, f64) -> f64| results.into_iter().reduce(pick).unwrap_or(f64::NAN);
        Self(of(f64::min), of(f64::max))
    }

    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        Self(function(self.0), function(self.1))
    }

    fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self::over([
            function(self.0, other.0),
            function(self.0, other.1),
            function(self.1, other.0),
            function(self.1, other.1),
        ])
    }

    /// Whether the two have a number in common, but for what floating point loses.
    fn meets(self, other: Self) -> bool {
        let slack = 1e-9 * (1.0 + self.1.abs());
        self.0 <= other.1 + slack && other.0 <= self.1 + slack
    }
}

/// A formula with its numbers put in.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, mark: &str) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.strip_prefix(mark);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn expect(&mut self, mark: &str) -> Option<()> {
        self.take(mark).then_some(())
    }

    fn sum(&mut self) -> Option<Range> {
        let mut sum = self.product()?;
        loop {
            if self.take("+") {
                sum = sum.with(self.product()?, |a, b| a + b);
            } else if self.take("−") {
                sum = sum.with(self.product()?, |a, b| a - b);
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<Range> {
        let mut product = self.power()?;
        loop {
            if self.take("×") {
                product = product.with(self.power()?, |a, b| a * b);
            } else if self.take("÷") {
                product = product.with(self.power()?, |a, b| a / b);
            } else {
                return Some(product);
            }
        }
    }

    fn power(&mut self) -> Option<Range> {
        let base = self.one()?;
        if self.take("to the power") {
            let exponent = self.one()?.0;
            return Some(base.map(|base| base.powf(exponent)));
        }
        Some(base)
    }

    fn one(&mut self) -> Option<Range> {
        for (name, pick) in [("max(", f64::max as fn(f64, f64) -> f64), ("min(", f64::min)] {
            if self.take(name) {
                let one = self.sum()?;
                self.expect(",")?;
                let two = self.sum()?;
                self.expect(")")?;
                return Some(one.with(two, pick));
            }
        }
        for (open, close, round) in
            [("⌈", "⌉", f64::ceil as fn(f64) -> f64), ("⌊", "⌋", f64::floor), ("(", ")", |value| value)]
        {
            if self.take(open) {
                let inner = self.sum()?;
                self.expect(close)?;
                return Some(inner.map(round));
            }
        }
        self.amount()
    }

    /// A number with its unit, as exact as its last digit.
    fn amount(&mut self) -> Option<Range> {
        self.rest = self.rest.trim_start();
        let end =
            self.rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(self.rest.len());
        // A comma at the end parts two arguments.
        let (digits, rest) = self.rest.split_at(self.rest[..end].trim_end_matches([',', '.']).len());
        let digits = digits.replace(',', "");
        let value: f64 = digits.parse().ok()?;
        let decimals =
            digits.split_once('.').map_or(0, |(_, fraction)| i32::try_from(fraction.len()).unwrap_or(0));
        // Three significant digits are printed, and zeros at the end are not.
        let printed = match value {
            value if value >= 100.0 => 0,
            value if value >= 10.0 => 1,
            value if value >= 1.0 => 2,
            _ => 3,
        };
        let end = rest.find(['+', '−', '×', '÷', ')', ',', '⌉', '⌋']).unwrap_or(rest.len());
        let (unit, after) = rest.split_at(rest[..end].find(" to the power").unwrap_or(end));
        let scale = scale(unit.trim());
        self.rest = after;
        // A number without a unit stands in the formula itself.
        let half = if unit.trim().is_empty() { 0.0 } else { 0.5 * 10_f64.powi(-decimals.max(printed)) };
        Some(Range((value - half) * scale, (value + half) * scale))
    }
}

/// What a unit stands for, in seconds, bytes and shares; people, rows and dollars count as they are.
fn scale(unit: &str) -> f64 {
    match unit.trim_end_matches("/s") {
        "%" => 0.01,
        "ms" => 1e-3,
        "minutes" => 60.0,
        "hours" => 3600.0,
        "days" | "day" | "person-weeks" | "person-week" => 86_400.0,
        "years" => 31_557_600.0,
        "kB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "TB" => 1e12,
        "USD per GB" => 1e-9,
        "USD per day" => 1.0 / 86_400.0,
        _ => 1.0,
    }
}

/// The range of a text that is one formula; nothing where it is none.
fn range(text: &str) -> Option<Range> {
    // Words after a colon explain the formula.
    let text = text.split(": ").next()?;
    let mut reader = Reader { rest: text };
    let found = reader.sum()?;
    reader.rest.trim().is_empty().then_some(found)
}

/// The rows of the tables that show formulas with the numbers put in: the name, the result and the working.
fn rows(document: &str) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in document.lines() {
        // The place that links lead to is no part of the working.
        let line = line.split("<a id=").next().unwrap_or_default();
        let cells: Vec<String> =
            line.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('\\', "")).collect();
        let [name, value, .., working] = cells.as_slice() else {
            inside = false;
            continue;
        };
        if working == "With the numbers put in" {
            inside = true;
        } else if inside && !name.starts_with("---") {
            rows.push([name.clone(), value.clone(), working.clone()]);
        }
    }
    rows
}

/// Formulas that are words: nothing to compute, or found by trying.
fn is_told(working: &str) -> bool {
    working == "stated"
        || ["assumed", "what ", "smallest ", "time between", "every commit", "1: "]
            .iter()
            .any(|start| working.starts_with(start))
}

#[test]
fn printed_results_follow_from_printed_numbers() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for brief in briefs() {
        let document = artifacts::document(&design_of(&brief.text));
        for [name, value, working] in rows(&document) {
            if is_told(&working) {
                continue;
            }
            let (Some(printed), Some(computed)) = (range(&value), range(&working)) else {
                wrong.push(format!("{}: {name}: cannot be read: {value} = {working}", brief.name));
                continue;
            };
            checked += 1;
            // A result has three digits, also where it has no unit.
            let printed = printed.with(Range(0.995, 1.005), |printed, about| printed * about);
            if !printed.meets(computed) {
                wrong.push(format!("{}: {name}: {value} = {working} gives {computed:?}", brief.name));
            }
        }
    }
    wrong.sort();
    let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {checked}:\n{shown}", wrong.len());
    assert!(checked > 3000, "only {checked} results were checked");
}

#[test]
fn a_wrong_result_is_found() {
    for (value, working, right) in [
        ("34.7 per second", "5.78 per second × 6", true),
        ("35.7 per second", "5.78 per second × 6", false),
        ("52.6 minutes", "(1 − 99.88 %) × 2,628,000", true),
        ("43.8 minutes", "(1 − 99.88 %) × 2,628,000", false),
        ("65.6 TB", "684 GB × ((1 + 5 %) to the power 36 − 1) ÷ 5 %", true),
        ("1 instance", "max(1, ⌈34.7 per second × 5 ms ÷ (2 vCPU × 60 %)⌉): one is enough", true),
    ] {
        let (Some(printed), Some(computed)) = (range(value), range(working)) else {
            panic!("{value} = {working}")
        };
        assert_eq!(printed.meets(computed), right, "{value} = {working}: {computed:?}");
    }
}
