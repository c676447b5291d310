//! Formulas and conditions as the build script prints them, and how they are computed.

/// A condition over the facts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// As the table writes it.
    pub text: &'static str,
    /// Groups of which one must hold; a group holds when all of its terms do. A `true` before a term denies it. Without
    /// groups the condition always holds.
    pub any: &'static [&'static [(bool, Term)]],
}

/// One term of a condition. Facts, signals and decisions are named by their place in their table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Term {
    /// A fact is known and compares so with a number.
    Number(usize, Compare, f64),
    /// A fact is known.
    Known(usize),
    /// The text asks for a capability.
    Signal(usize),
    /// The text prescribes something of this name.
    Constraint(&'static str),
    /// An earlier decision was settled with this option.
    Decided(usize, usize),
    /// The text forbids an option of a decision.
    Denied(usize, usize),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

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

/// A formula over facts, which are named by their place in the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Formula {
    /// How it is computed: each step takes its operands from a stack and leaves its result there.
    pub steps: &'static [Step],
    /// How it is shown.
    pub shown: &'static [Piece],
}

/// A step of a formula.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Step {
    Fact(usize),
    Constant(f64),
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
    Ceil,
    Floor,
    /// To a whole power, by multiplication: the same bits on every target.
    Power(u32),
}

/// A piece of a formula as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Piece {
    Text(&'static str),
    Fact(usize),
    Number(f64),
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
