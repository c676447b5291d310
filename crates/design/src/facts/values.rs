//! The facts as bare numbers: what the arithmetic computes and conditions ask, as often as it takes.

use knowledge::{FACTS, FIGURE_FACTS, FIGURES, NUMBERS, Term, VARIANTS, When};

/// The values of the facts, and what else conditions ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    /// In the order of [`FACTS`]; not a number where nothing is known.
    numbers: Vec<f64>,
    /// Which of them were given, by the text, the reader or an assumption: these are not computed.
    given: Vec<bool>,
    /// Which signals the text gives, in the order of their table.
    pub(crate) signals: Vec<bool>,
    /// Names that the text prescribes.
    pub(crate) prescribed: Vec<String>,
    /// Options that the text forbids, by the places of slot and option.
    pub(crate) denied: Vec<(usize, usize)>,
}

impl Values {
    pub(super) fn new() -> Self {
        Self {
            numbers: vec![f64::NAN; FACTS.len()],
            given: vec![false; FACTS.len()],
            signals: vec![false; knowledge::SIGNALS.len()],
            prescribed: Vec::new(),
            denied: Vec::new(),
        }
    }

    /// The value of a fact, where it is known.
    pub(crate) fn known(&self, at: usize) -> Option<f64> {
        self.numbers.get(at).copied().filter(|value| !value.is_nan())
    }

    /// Whether the value was given, and not computed.
    pub(crate) fn is_given(&self, at: usize) -> bool {
        self.given.get(at).copied().unwrap_or_default()
    }

    /// Gives a fact a value that is not computed.
    pub(crate) fn give(&mut self, at: usize, value: f64) {
        if let (Some(number), Some(given)) = (self.numbers.get_mut(at), self.given.get_mut(at)) {
            *number = value;
            *given = true;
        }
    }

    /// Takes the numbers of others, which differ in nothing else.
    pub(crate) fn take_numbers(&mut self, other: &Self) {
        self.numbers.clone_from(&other.numbers);
        self.given.clone_from(&other.given);
    }

    /// The places of the facts that were given.
    pub(crate) fn all_given(&self) -> impl Iterator<Item = usize> + '_ {
        self.given.iter().enumerate().filter(|(_, given)| **given).map(|(at, _)| at)
    }

    /// Computes the figures anew. Starting numbers are taken where a figure needs them and reported, the first needed
    /// first; the way in which each figure was computed is reported as well.
    pub(crate) fn compute(&mut self, assumed: impl FnMut(usize), computed: impl FnMut(usize, usize)) {
        self.compute_wanted(|_| true, assumed, computed);
    }

    /// Computes those figures anew that are wanted; the others keep their values.
    pub(crate) fn compute_wanted(
        &mut self,
        wanted: impl Fn(usize) -> bool,
        mut assumed: impl FnMut(usize),
        mut computed: impl FnMut(usize, usize),
    ) {
        for at in FIGURE_FACTS.iter().filter(|at| wanted(**at)) {
            if !self.is_given(*at)
                && let Some(number) = self.numbers.get_mut(*at)
            {
                *number = f64::NAN;
            }
        }
        for (figure, at) in FIGURE_FACTS.iter().enumerate() {
            let Some(row) = FIGURES.get(figure) else { continue };
            if self.is_given(*at) || !wanted(*at) {
                continue;
            }
            let Some((which, way)) = row.ways.iter().enumerate().find(|(_, way)| self.holds(&way.when, &[]))
            else {
                continue;
            };
            for fact in way.formula.facts() {
                self.need(fact, &mut assumed);
            }
            let value = way.formula.value(|fact| self.known(fact).unwrap_or(0.0));
            if let Some(number) = self.numbers.get_mut(*at) {
                *number = value;
            }
            computed(figure, which);
        }
    }

    /// Takes the starting number of a fact that something needs and that is not known.
    pub(crate) fn need(&mut self, at: usize, assumed: &mut impl FnMut(usize)) {
        if self.known(at).is_some() {
            return;
        }
        let Some(row) = NUMBERS.get(at) else { return };
        let value = VARIANTS
            .iter()
            .find(|variant| variant.of == row.id && self.holds(&variant.when, &[]))
            .map_or(row.value, |variant| variant.value);
        self.give(at, value);
        assumed(at);
    }

    /// Whether a condition holds; `chosen` are the places of the options that earlier decisions were settled with.
    pub(crate) fn holds(&self, when: &When, chosen: &[usize]) -> bool {
        when.any.is_empty()
            || when.any.iter().any(|all| all.iter().all(|(not, term)| self.term(term, chosen) != *not))
    }

    /// Whether a single term of a condition holds.
    pub(crate) fn term(&self, term: &Term, chosen: &[usize]) -> bool {
        match term {
            Term::Number(at, compare, limit) => {
                self.known(*at).is_some_and(|value| compare.holds(value, *limit))
            }
            Term::Known(at) => self.known(*at).is_some(),
            Term::Signal(at) => self.signals.get(*at).copied().unwrap_or_default(),
            Term::Constraint(name) => self.prescribed.iter().any(|known| known == name),
            Term::Denied(slot, option) => self.denied.contains(&(*slot, *option)),
            Term::Decided(slot, option) => chosen.get(*slot) == Some(option),
        }
    }
}
