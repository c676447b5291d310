//! How formulas and conditions are computed.

use crate::{Compare, Formula, Step};

impl Compare {
    /// Whether the comparison holds. It does not for a number that is none.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Less => value < limit,
            Self::AtMost => value <= limit,
            Self::More => value > limit,
            Self::AtLeast => value >= limit,
        }
    }
}

/// The most operands that wait at once; the build script's formulas are far below it.
const DEEPEST: usize = 16;

impl Formula {
    /// The places of the facts that it reads.
    pub fn facts(&self) -> impl Iterator<Item = usize> + use<> {
        self.steps.iter().filter_map(|step| match step {
            Step::Fact(at) => Some(*at),
            _ => None,
        })
    }

    /// Its value over the facts; zero where it is not a finite number.
    pub fn value(&self, fact: impl Fn(usize) -> f64) -> f64 {
        let mut stack = [0.0_f64; DEEPEST];
        let mut top = 0_usize;
        for step in self.steps {
            let result = match *step {
                Step::Fact(at) => {
                    top += 1;
                    fact(at)
                }
                Step::Constant(number) => {
                    top += 1;
                    number
                }
                Step::Ceil => at(&stack, top).ceil(),
                Step::Floor => at(&stack, top).floor(),
                Step::Power(exponent) => {
                    let base = at(&stack, top);
                    (0..exponent).fold(1.0, |product, _| product * base)
                }
                binary => {
                    let (one, two) = (at(&stack, top.saturating_sub(1)), at(&stack, top));
                    top = top.saturating_sub(1);
                    match binary {
                        Step::Add => one + two,
                        Step::Subtract => one - two,
                        Step::Multiply => one * two,
                        Step::Divide => one / two,
                        Step::Max => one.max(two),
                        _ => one.min(two),
                    }
                }
            };
            if let Some(place) = stack.get_mut(top.saturating_sub(1)) {
                *place = result;
            }
        }
        let value = at(&stack, top);
        if value.is_finite() { value } else { 0.0 }
    }
}

/// The operand at a height of the stack.
fn at(stack: &[f64; DEEPEST], height: usize) -> f64 {
    stack.get(height.saturating_sub(1)).copied().unwrap_or_default()
}
