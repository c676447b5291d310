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

    /// A field of application: what its systems usually keep. It completes a model and never replaces what a text says.
    pub struct DomainRow {
        /// Kebab-case.
        pub id: Text,
        /// In words.
        pub name: Text,
        /// Base forms of words and phrases of which one is nearly enough to tell that a text is about the field.
        pub strong: List<Text>,
        /// Base forms of its ordinary words and phrases; several different ones are needed.
        pub words: List<Text>,
        /// What records are kept of, the most central first. No name, synonym or kind stands twice.
        #[toml("entity")]
        pub entities: List<EntityRow>,
        /// How the entities are linked; names are those of `entities`.
        pub relations: List<RelationRow>,
        /// What always holds.
        pub invariants: List<InvariantRow>,
        /// Words of several meanings, with the one that they have here.
        pub homonyms: List<HomonymRow>,
        /// What neighbouring systems have and this one gets only when the text asks for it.
        pub not_unless_asked: List<Text>,
    }

    /// Something that the systems of a field keep records of.
    pub struct EntityRow {
        /// Singular, in words: `Order item`.
        pub name: Text,
        /// Other names of the same thing, singular, lower case.
        pub synonyms: List<Text>,
        /// Special kinds of it that a text may name instead, singular, lower case; several may stand side by side.
        pub kinds: List<Text>,
        /// Whether nearly every system of the field has it.
        pub core: bool,
        /// Ids of signals of which one makes the entity useful where the text does not name it.
        pub signals: List<Text>,
        /// What is recorded of it, beside its key, its times of creation and change, its state and its references.
        pub attributes: List<EntityAttributeRow>,
        /// The states that it passes through, the first one first; empty where it has none.
        pub states: List<Text>,
        /// The ways between the states.
        pub transitions: List<TransitionRow>,
    }

    /// Something that is recorded of an entity.
    pub struct EntityAttributeRow {
        /// In words, lower case.
        pub name: Text,
        /// The id of an attribute type, one of `ATTRIBUTES`.
        pub kind: Text,
        /// Whether each record must have it.
        pub required: bool,
        /// Whether no two records may share it.
        pub unique: bool,
    }

    /// A way from one state of an entity to another.
    pub struct TransitionRow {
        /// The state before.
        pub from: Text,
        /// The state after.
        pub to: Text,
        /// The verb that moves it.
        pub action: Text,
    }

    /// How two entities are linked.
    pub struct RelationRow {
        /// The name of an entity.
        pub from: Text,
        /// The name of an entity.
        pub to: Text,
        /// What `from` does with `to`.
        pub label: Text,
        /// The least number of `from` for one `to`.
        pub from_min: u32,
        /// Whether one `to` may have several `from`.
        pub from_many: bool,
        /// The least number of `to` for one `from`.
        pub to_min: u32,
        /// Whether one `from` may have several `to`.
        pub to_many: bool,
        /// Whether `to` is a part of `from` and goes with it.
        pub part: bool,
    }

    /// Something that always holds.
    pub struct InvariantRow {
        /// The name of the entity.
        pub entity: Text,
        /// How it is kept, by what `on` names.
        ///
        /// - `unique`: no two records have the same `on`.
        /// - `one-active`: no two records with the same `on` are in `states`.
        /// - `no-overlap`: no two records with the same first of `on` overlap in the time from the second to the third.
        /// - `order`: the first of `on` is at most the second.
        /// - `range`: `on` lies within `bounds`.
        /// - `positive`, `non-negative`: the sign of `on`.
        /// - `distinct`: the two references or values of `on` differ.
        /// - `acyclic`: following the reference to its own kind never comes back.
        /// - `idempotent`: the same `on` sent twice is taken once.
        /// - `gapless`: `on` counts up without holes.
        /// - `append-only`: records are neither changed nor deleted.
        /// - `immutable`: records in `states`, or all of them, or only `on`, do not change.
        /// - `snapshot`: `on` keeps the value that it had at the time.
        /// - `balance`: two sums agree.
        /// - `capacity`: a sum or a number of records stays within a limit.
        /// - `guard`: an action needs a condition.
        pub kind: Text,
        /// Attributes of the entity, names of the entities that it is linked with, or, where it is linked with the same
        /// one twice, labels of the relations.
        pub on: List<Text>,
        /// The states in which it holds; empty for all.
        #[toml("while")]
        pub states: List<Text>,
        /// For `range`: the lower bound, and the upper one where there is one.
        pub bounds: List<f64>,
        /// In one short sentence.
        pub text: Text,
    }

    /// A word of several meanings.
    pub struct HomonymRow {
        /// In base form.
        pub word: Text,
        /// The entity that it means in this field.
        pub here: Text,
        /// Base forms of words of which one nearby tells so.
        pub when: List<Text>,
    }
}
