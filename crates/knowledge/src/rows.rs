// The rows of the tables. This file is included twice: by the build script, where text is owned and rows are read from
// TOML, and by the library, where the same rows are constants. So there is one definition of each row.

rows! {
    /// A group of attribute names with what they say.
    pub struct AttributeRow {
        /// The id of the attribute's type: `text`, `money`, `timestamp`, ….
        #[toml("type")]
        pub kind: Text,
        /// The sensitivity class.
        pub class: Text,
        /// How strongly such a noun is an attribute: 2 always, 1 unless it has attributes of its own, 0 not by itself.
        pub attribute: u8,
        /// Last words of names, lemmatised.
        pub words: List<Text>,
    }

    /// Cues for a quality of the system.
    pub struct QualityRow {
        /// The id of the quality.
        pub quality: Text,
        /// What one cue adds; 2 make a quality statement.
        pub weight: u8,
        /// Phrases of lemmas.
        pub cues: List<Text>,
    }

    /// A capability that a text may ask for.
    pub struct SignalRow {
        /// Kebab-case.
        pub id: Text,
        /// Phrases of which one is enough.
        pub strong: List<Text>,
        /// Phrases of which two different ones are needed.
        pub weak: List<Text>,
    }

    /// Names that a text may prescribe or forbid.
    pub struct TechnologyRow {
        /// The kind of constraint that such a name makes.
        pub kind: Text,
        /// The decision slot that it settles; empty where it settles none.
        pub slot: Text,
        /// The option of that slot.
        pub option: Text,
        /// What it is called, lower case.
        pub names: List<Text>,
    }

    /// Words that say whose records somebody may reach, or which steps on a record judge others.
    pub struct AccessRow {
        /// A scope, `visitors`, `asks` or `judges`.
        pub id: Text,
        /// Phrases in lower case.
        pub words: List<Text>,
    }

    /// A decision that a design may have to settle.
    pub struct SlotRow {
        /// One of the fixed slot ids.
        pub id: Text,
        /// In words.
        pub title: Text,
        /// The guide, and where there is one the section, that explains it.
        pub guide: Text,
        /// What would make one think again.
        pub revisit: Text,
        /// The choices, the simplest first.
        #[toml("option")]
        pub options: List<OptionRow>,
        /// What speaks for which choice.
        #[toml("rule")]
        pub rules: List<RuleRow>,
    }

    /// A choice of a decision.
    pub struct OptionRow {
        /// Kebab-case name of the field.
        pub id: Text,
        /// What it is called.
        pub name: Text,
        /// The score with which it starts.
        pub base: f64,
        /// What follows from it.
        pub consequences: List<Text>,
    }

    /// A rule: when the facts are so, an option gains.
    pub struct RuleRow {
        /// Unique over all slots.
        pub id: Text,
        /// Comparisons of facts with numbers, and signals, joined by `and`.
        pub when: Text,
        /// The option that gains.
        pub option: Text,
        /// How much.
        pub add: f64,
        /// Why, as the design says it.
        pub because: Text,
        /// `fact` or `heuristic`.
        pub kind: Text,
        /// Where it is from.
        pub source: Text,
        /// When that was so.
        pub date: Text,
    }

    /// A number that the arithmetic starts from when the text gives none, or a limit of a component.
    pub struct NumberRow {
        /// Dotted name.
        pub id: Text,
        /// What it is, in words.
        pub label: Text,
        /// The amount in `unit`.
        pub value: f64,
        /// The unit.
        pub unit: Text,
        /// Why this amount.
        pub why: Text,
        /// `fact` or `heuristic`.
        pub kind: Text,
        /// Where it is from.
        pub source: Text,
        /// When that was so.
        pub date: Text,
    }
}
