// What conditions, formulas and phrases consist of. This file is included twice, as `rows.rs` is.

choices! {
    /// One term of a condition. Facts, signals and decisions are named by their place in their table.
    pub enum Term {
        /// A fact is known and compares so with a number.
        Number(fact: usize, compare: Compare, value: f64),
        /// A fact is known.
        Known(fact: usize),
        /// The text asks for a capability.
        Signal(at: usize),
        /// The text prescribes something of this name.
        Constraint(name: Text),
        /// An earlier decision was settled with this option.
        Decided(slot: usize, option: usize),
        /// The text forbids an option of a decision.
        Denied(slot: usize, option: usize),
    }

    /// A comparison.
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

    /// A step of a formula.
    pub enum Step {
        /// The value of a fact.
        Fact(at: usize),
        /// A number.
        Constant(value: f64),
        /// The sum of two.
        Add,
        /// The first without the second.
        Subtract,
        /// The product of two.
        Multiply,
        /// The first by the second.
        Divide,
        /// The larger of two.
        Max,
        /// The smaller of two.
        Min,
        /// Up to a whole number.
        Ceil,
        /// Down to a whole number.
        Floor,
        /// To a whole power, by multiplication: the same bits on every target.
        Power(exponent: u32),
    }

    /// A piece of a formula as it is shown.
    pub enum Piece {
        /// Signs and words.
        Text(text: Text),
        /// The name of a fact.
        Fact(at: usize),
        /// A number.
        Number(value: f64),
    }

    /// What one statement says.
    pub enum Condition {
        /// A cue, by its place in `CUES`.
        Cue(at: usize),
        /// The same, denied or excluded.
        Denied(at: usize),
        /// A quantity of a kind within a bound.
        Quantity(kind: Text, bound: Compare, value: f64),
        /// A technology that stands for an option is prescribed.
        Option(id: Text),
        /// A technology for a slot is prescribed.
        Slot(id: Text),
        /// An attribute of a class is recorded.
        Class(id: Text),
        /// A capability is asked for.
        Signal(id: Text),
        /// A technology is ruled out.
        Forbidden,
        /// A technology is prescribed.
        Prescribed,
    }

    /// What a phrase of base forms says.
    pub enum Meaning {
        /// It speaks of a quality: the index of its row in `QUALITIES`.
        Quality(row: u16),
        /// It makes a signal: the index of its row in `SIGNALS`.
        Strong(row: u16),
        /// Two of these make a signal: the index of its row in `SIGNALS`.
        Weak(row: u16),
    }

    /// What a phrase says as it is written.
    pub enum Mark {
        /// One of the marks of `marks.toml`.
        Says(marker: Marker),
        /// It names something that a text may prescribe or forbid: the index of its row in `TECHNOLOGIES`.
        Names(row: u16),
        /// It speaks of a quality: the index of its row in `QUALITIES`.
        Quality(row: u16),
    }

    /// What a word or phrase says of a domain, given by its place in `DOMAINS`.
    pub enum DomainWord {
        /// It is nearly enough to tell that a text is about the domain.
        Strong(domain: u8),
        /// It is an ordinary word there; several different ones are needed.
        Word(domain: u8),
        /// It tells that a text is about something else that sounds alike.
        Against(domain: u8),
    }
}

compiled! {
    /// A condition over the facts.
    pub struct When {
        /// As the table writes it.
        pub text: Text,
        /// Groups of which one must hold; a group holds when all of its terms do. A `true` before a term denies it.
        /// Without groups the condition always holds.
        pub any: List<List<(bool, Term)>>,
    }

    /// A formula over facts, which are named by their place in the table.
    pub struct Formula {
        /// How it is computed: each step takes its operands from a stack and leaves its result there.
        pub steps: List<Step>,
        /// How it is shown.
        pub shown: List<Piece>,
    }

    /// What cannot both be so.
    pub struct ConflictRow {
        /// Kebab-case.
        pub id: Text,
        /// What one statement says: alternatives of conditions that hold together.
        pub a: List<List<Condition>>,
        /// What the other says; it may be the same statement.
        pub b: List<List<Condition>>,
        /// What the two must share.
        pub same: Text,
        /// How the numbers of the two must compare.
        pub compare: Text,
        /// What is wrong, with places for numbers.
        pub explanation: Text,
        /// What the design does meanwhile.
        pub resolution: Text,
    }
}
