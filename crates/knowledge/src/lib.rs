//! What the engine knows, as typed tables compiled from the TOML files in `data/`.
//!
//! A behaviour that a reader could want to change is a row there, with a source, a date and its kind (`fact` or
//! `heuristic`), not code. The build script checks and packs the rows: no text is parsed at run time, and a malformed,
//! duplicate or dangling row stops the build. A table is unpacked when it is first asked for.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

type Text = &'static str;
type List<T> = &'static [T];

/// Rows and choices are copied freely: they hold numbers and references.
macro_rules! rows {
    ($($rows:tt)*) => { packed_rows! { (Debug, Clone, Copy, PartialEq) $($rows)* } };
}
macro_rules! compiled {
    ($($rows:tt)*) => { packed_rows! { (Debug, Clone, Copy, PartialEq) $($rows)* } };
}
include!("rows.rs");
include!("terms.rs");

/// What a verb asks a backend for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerbClass {
    /// A record comes into being.
    Create,
    /// Records are looked at.
    Read,
    /// A record changes.
    Update,
    /// A record goes.
    Delete,
    /// A record passes into another state.
    Transition,
    /// Somebody is told.
    Notify,
    /// A value is computed.
    Compute,
    /// Data moves to or from another system.
    Integrate,
    /// Somebody signs in or out.
    Session,
    /// How things are; no operation.
    State,
}

impl VerbClass {
    /// Whether what the verb is done to comes into being, changes or goes.
    pub fn changes(self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Delete | Self::Transition)
    }
}

mod conditions;
mod domains;
mod formula;
mod gather;
mod lexicon;
mod order;
mod packed;

pub use conditions::*;
pub use domains::*;
pub use gather::Gather;
pub use lexicon::*;
pub use order::Order;
pub use packed::{Packed, Phrases, Reader, Table, Unpack, look_up};
use packed::{choices, packed_rows};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The words of a row of the access table.
pub fn access(id: &str) -> &'static [&'static str] {
    ACCESS.iter().find(|row| row.id == id).map_or(&[], |row| row.words)
}

/// The words of a row of the storage table.
pub fn storage_words(id: &str) -> &'static [&'static str] {
    STORAGE.iter().find(|row| row.id == id).map_or(&[], |row| row.words)
}

/// The number of a row of the storage table.
pub fn storage_number(id: &str) -> f64 {
    STORAGE.iter().find(|row| row.id == id).map_or(0.0, |row| row.value)
}

/// How many bytes a value of a column type takes.
pub fn bytes_of(kind: &str) -> f64 {
    let row = STORAGE.iter().find(|row| row.id.starts_with("bytes") && row.words.contains(&kind));
    row.map_or_else(|| storage_number("bytes-text"), |row| row.value)
}

/// The words of a row of the interface table.
pub fn interface(id: &str) -> &'static [&'static str] {
    // Asked of each phrase of a text, so that the rows are not gone through.
    static PLACES: LazyLock<FxHashMap<&str, usize>> =
        LazyLock::new(|| INTERFACE.iter().enumerate().map(|(at, row)| (row.id, at)).collect());
    PLACES.get(id).map_or(&[], |at| INTERFACE[*at].words)
}

/// What the last words of an attribute's name say; the longest match wins. The words are lemmas in lower case. A "price per
/// day" is a price.
pub fn attribute(name: &str) -> Option<&'static AttributeRow> {
    let row = last_words(name);
    let timed = row.is_some_and(|row| matches!(row.kind, "date" | "timestamp" | "duration"));
    let whole = name.split_once(" per ").filter(|_| timed).and_then(|(what, _)| last_words(what));
    whole.or(row)
}

fn last_words(name: &str) -> Option<&'static AttributeRow> {
    let mut tail = name;
    loop {
        if let Some(row) = look_up(&ATTRIBUTE_WORDS, tail) {
            return Some(&ATTRIBUTES[usize::from(row)]);
        }
        tail = tail.split_once(' ')?.1;
    }
}

/// Whether a name in lower case ends in a word for people.
pub fn is_person(name: &str) -> bool {
    let word = last_word(name);
    holds(PEOPLE, word) || is_person_compound(word)
}

/// "Groundskeeper": a word for people with at least three letters before it, written as one.
fn is_person_compound(word: &str) -> bool {
    let tail = |letters: usize| {
        word.len() >= letters + 3
            && word.get(word.len() - letters..).is_some_and(|tail| holds(PEOPLE_TAILS, tail))
    };
    word.len() >= 8 && (tail(5) || tail(6))
}

/// The last word of a name, or the last part of that. Names are short, so that going from byte to byte is faster than
/// preparing a search.
pub fn last_word(name: &str) -> &str {
    let before = name.bytes().rposition(|byte| matches!(byte, b' ' | b'-' | b'/'));
    before.map_or(name, |at| &name[at + 1..])
}

/// Whether a name in lower case ends in a part of an organisation that stands for the people who work there.
pub fn is_department(name: &str) -> bool {
    look_up(&DEPARTMENTS, name.rsplit(' ').next().unwrap_or(name)).is_some()
}

/// The sensitivity class of an attribute of an entity: that of the row of its name, where what is recorded of a person can
/// need more, and the day on which an animal was born less.
pub fn class(entity: &str, name: &str, row: Option<&AttributeRow>) -> &'static str {
    let entity = entity.to_lowercase();
    let mut words = name.split([' ', '-']);
    match row.map_or("internal", |row| row.class) {
        "internal"
            if is_person(&entity) && words.clone().any(|word| storage_words("of-health").contains(&word)) =>
        {
            "sensitive"
        }
        "internal" if is_person(&entity) && words.all(|word| holds(PERSONAL, word)) => "personal",
        "personal" if row.is_some_and(|row| row.kind == "date") => {
            let kind = entity.rsplit(' ').next().unwrap_or_default();
            if storage_words("animals").contains(&kind) { "internal" } else { "personal" }
        }
        // The address of a hall is on its posters.
        "personal"
            if storage_words("places").contains(&entity.rsplit(' ').next().unwrap_or_default())
                && !words.any(|word| matches!(word, "name" | "contact" | "person")) =>
        {
            "internal"
        }
        class => class,
    }
}

/// How a request may name an attribute of an entity: `read-only` where the system finds it by itself, `write-only` where it
/// goes in and never comes out, and nothing where it is like any other.
pub fn mode(entity: &str, attribute: &str) -> &'static str {
    let name = attribute.to_lowercase().replace(['_', '-'], " ");
    let entity = entity.to_lowercase();
    let kind = entity.rsplit(' ').next().unwrap_or_default();
    // A row names an attribute of anything, or that of one kind of thing after its name.
    let own = name.strip_prefix(kind).map_or(name.as_str(), str::trim_start);
    let among = |row: &str| {
        access(row).iter().any(|words| {
            *words == name
                || words
                    .strip_prefix(kind)
                    .and_then(|rest| rest.strip_prefix(' '))
                    .is_some_and(|rest| rest == own || rest == name)
        })
    };
    match (among("withheld"), among("system-set")) {
        (true, _) => "write-only",
        (_, true) => "read-only",
        _ => "",
    }
}

/// How many nights a tier of recovery keeps a full backup for.
pub fn nights(tier: &str) -> u32 {
    RECOVERY.iter().find(|row| row.id == tier).map_or(14, |row| row.nights)
}

/// The place of a fact in [`FACTS`].
pub fn fact(id: &str) -> Option<usize> {
    static PLACES: LazyLock<FxHashMap<&str, usize>> =
        LazyLock::new(|| FACTS.iter().enumerate().map(|(at, row)| (row.id, at)).collect());
    PLACES.get(id).copied()
}

/// A starting number or limit by its id.
pub fn number(id: &str) -> Option<&'static NumberRow> {
    NUMBERS.iter().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_table_is_found_and_no_other() {
        fn complete<T: Unpack + Copy + PartialEq + std::fmt::Debug>(table: &Table<T>) {
            assert!(!table.entries().is_empty() && table.entries().is_sorted_by_key(|(word, _)| *word));
            for (word, says) in table.entries() {
                assert_eq!(look_up(table, word), Some(*says), "{word}");
                for other in [format!("{word} "), format!("x{word}"), word.to_uppercase()] {
                    let known = table.entries().iter().any(|(known, _)| **known == other);
                    assert_eq!(look_up(table, &other).is_some(), known, "{other}");
                }
            }
            assert_eq!(look_up(table, ""), None);
        }
        complete(&LEXICON);
        complete(&VERBS);
        complete(&PLURALS);
        complete(&VERB_FORMS);
        complete(&ACTION_NOUNS);
        complete(&COUNTED);
        complete(&BESIDE);
        complete(&STATES);
        complete(&ATTRIBUTE_WORDS);
        assert!(holds(PEOPLE, "nurse") && !holds(SYSTEMS, "nurse") && !holds(PEOPLE, "nurs"));
        assert_eq!(look_up(&VERBS, "approve"), Some(VerbClass::Transition));
        assert_eq!(look_up(&PLURALS, "people"), Some("person"));
    }

    #[test]
    fn the_last_words_of_a_name_say_what_an_attribute_is() {
        for (name, kind) in [
            ("unit price", "money"),
            ("price per day", "money"),
            ("working day", "date"),
            ("planned end", "timestamp"),
            ("colour per day", "text"),
            ("shape", ""),
        ] {
            assert_eq!(attribute(name).map_or("", |row| row.kind), kind, "{name}");
        }
    }

    #[test]
    fn people_are_told_by_the_end_of_a_word_as_well() {
        for (name, person) in [
            ("groundskeeper", true),
            ("shop owner", true),
            ("shopowner", true),
            ("owners", false),
            ("saw", false),
        ] {
            assert_eq!(is_person(name), person, "{name}");
        }
    }

    #[test]
    fn phrases_are_found_at_their_first_word_and_whole() {
        let found = |text: &str| -> Vec<&str> {
            let first = text.split(' ').next().unwrap_or_default();
            MEANINGS.at_start(first, text, |rest| rest.starts_with(' ')).map(|(phrase, _)| phrase).collect()
        };
        assert_eq!(found("response time of it "), ["response time"]);
        assert_eq!(found("response times "), Vec::<&str>::new());
        assert_eq!(found("res "), Vec::<&str>::new());
    }
}
