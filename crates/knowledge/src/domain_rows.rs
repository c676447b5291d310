// The rows of the domains. This file is included twice, as `rows.rs` is.

domains! {
    /// A field of application: what its systems usually keep. It completes a model and never replaces what a text says.
    pub struct DomainRow {
        /// Kebab-case.
        pub id: Text,
        /// In words.
        pub name: Text,
        /// How many words and phrases `DOMAIN_PHRASES` has for it, those that tell against it aside.
        pub vocabulary: u32,
        /// What records are kept of, the most central first. No name, synonym or kind stands twice.
        pub entities: Vec<EntityRow>,
        /// How the entities are linked; names are those of `entities`.
        pub relations: Vec<RelationRow>,
        /// What always holds.
        pub invariants: Vec<InvariantRow>,
        /// Words of several meanings, with the one that they have here.
        pub homonyms: Vec<HomonymRow>,
    }

    /// Something that the systems of a field keep records of.
    pub struct EntityRow {
        /// Singular, in words: `Order item`.
        pub name: Text,
        /// Other names of the same thing, singular, lower case.
        pub synonyms: Vec<Text>,
        /// Special kinds of it that a text may name instead, singular, lower case; several may stand side by side.
        pub kinds: Vec<Text>,
        /// Whether nearly every system of the field has it.
        pub core: bool,
        /// Ids of signals of which one makes the entity useful where the text does not name it.
        pub signals: Vec<Text>,
        /// What is recorded of it, beside its key, its times of creation and change, its state and its references.
        pub attributes: Vec<EntityAttributeRow>,
        /// The states that it passes through, the first one first; empty where it has none.
        pub states: Vec<Text>,
        /// The ways between the states.
        pub transitions: Vec<TransitionRow>,
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
        pub on: Vec<Text>,
        /// The states in which it holds; empty for all.
        pub states: Vec<Text>,
        /// For `range`: the lower bound, and the upper one where there is one.
        pub bounds: Vec<f64>,
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
        pub when: Vec<Text>,
    }
}
