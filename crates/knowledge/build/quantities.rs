//! What is stated, assumed and computed: the tables of facts, numbers and figures, checked against each other.

use crate::formula::When;
use crate::rows::{FactRow, FigureRow, List, NumberRow, StatedRow, VariantRow};
use crate::{Output, read, unique};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    row: List<NumberRow>,
    variant: List<VariantRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    source: String,
    date: String,
    fact: List<FactRow>,
    stated: List<StatedRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    source: String,
    date: String,
    figure: List<FigureRow>,
}

pub(crate) struct Quantities {
    numbers: Numbers,
    facts: Facts,
    figures: Figures,
}

impl Quantities {
    pub(crate) fn read(data: &Path) -> Self {
        let this = Self {
            numbers: read(&data.join("numbers.toml")),
            facts: read(&data.join("facts.toml")),
            figures: read(&data.join("figures.toml")),
        };
        let dated = [&this.facts.source, &this.facts.date, &this.figures.source, &this.figures.date];
        assert!(dated.iter().all(|text| !text.is_empty()), "facts and figures need their source and date");
        unique("numbers", this.numbers.row.0.iter().map(|row| &row.id));
        unique("facts", this.facts.fact.0.iter().map(|row| &row.id));
        unique("figures", this.figures.figure.0.iter().map(|row| &row.id));
        this
    }

    /// Whether there is a number of this id.
    pub(crate) fn has_number(&self, id: &str) -> bool {
        self.numbers.row.0.iter().any(|row| row.id == id)
    }

    /// Every fact with its unit, each once; figures stand in the order in which they are computed.
    pub(crate) fn facts(&self) -> Vec<(String, String)> {
        self.rows().into_iter().map(|row| (row.id, row.unit)).collect()
    }

    fn rows(&self) -> Vec<FactRow> {
        let copy = |id: &String, label: &String, unit: &String| FactRow {
            id: id.clone(),
            label: label.clone(),
            unit: unit.clone(),
        };
        let numbers = self.numbers.row.0.iter().map(|row| copy(&row.id, &row.label, &row.unit));
        let facts = self.facts.fact.0.iter().map(|row| copy(&row.id, &row.label, &row.unit));
        let figures = self.figures.figure.0.iter().map(|row| copy(&row.id, &row.label, &row.unit));
        let mut rows: Vec<FactRow> = Vec::new();
        for row in numbers.chain(facts).chain(figures) {
            match rows.iter().find(|known| known.id == row.id) {
                Some(known) => assert!(known.unit == row.unit, "`{}` has two units", row.id),
                None => rows.push(row),
            }
        }
        rows
    }

    /// The tables; stops the build where a formula reads what is computed later, or gives another unit.
    pub(crate) fn print(&self, out: &mut Output) {
        let rows = self.rows();
        let place = |id: &String| rows.iter().position(|row| row.id == *id);
        let mut known: BTreeSet<usize> = self
            .numbers
            .row
            .0
            .iter()
            .map(|row| &row.id)
            .chain(self.facts.fact.0.iter().map(|row| &row.id))
            .filter_map(place)
            .collect();
        for figure in &self.figures.figure.0 {
            for way in &figure.ways.0 {
                way.formula.check(&figure.id, &figure.unit);
                for fact in way.formula.facts() {
                    assert!(
                        known.contains(&fact),
                        "figures: `{}` reads `{}`, which is computed later",
                        figure.id,
                        rows[fact].id
                    );
                }
            }
            known.extend(place(&figure.id));
        }
        for variant in &self.numbers.variant.0 {
            assert!(
                self.numbers.row.0.iter().any(|row| row.id == variant.of),
                "numbers: there is no number `{}` to vary",
                variant.of
            );
            let When(text) = &variant.when;
            assert!(!text.is_empty(), "numbers: the variant of `{}` has no condition", variant.of);
        }
        for stated in &self.facts.stated.0 {
            assert!(place(&stated.fact).is_some(), "facts: there is no fact `{}`", stated.fact);
        }
        let places: Vec<usize> = self.figures.figure.0.iter().filter_map(|row| place(&row.id)).collect();
        out.table("FACTS", "Every fact: what may be stated, assumed or computed", "FactRow", &rows);
        out.table(
            "STATED",
            "Which facts stated quantities give; the first row that fits counts",
            "StatedRow",
            &self.facts.stated,
        );
        out.table("NUMBERS", "Starting numbers and limits", "NumberRow", &self.numbers.row);
        out.table(
            "VARIANTS",
            "Starting numbers in certain circumstances",
            "VariantRow",
            &self.numbers.variant,
        );
        out.table(
            "FIGURES",
            "The figures, in the order in which they are computed",
            "FigureRow",
            &self.figures.figure,
        );
        out.table(
            "FIGURE_FACTS",
            "The place of each figure in `FACTS`. Numbers stand there first, in their own order",
            "usize",
            &places,
        );
    }
}
