//! Reads cues and conflicts and checks them. A condition is written as in `data/conflicts.toml` and compiled to a
//! constant, so that a misspelt cue or kind stops the build.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What a quantity may be, as the model names it.
const KINDS: &[&str] = &[
    "availability",
    "budget",
    "concurrent",
    "count",
    "dau",
    "deadline",
    "devices",
    "latency",
    "messages",
    "payload",
    "ratio",
    "reads",
    "requests",
    "retention",
    "rpo",
    "rto",
    "storage",
    "team",
    "tenants",
    "users",
    "writes",
];

/// What two statements may have to share, and how their numbers may have to compare.
const SAME: &[&str] =
    &["", "apart", "noun", "next", "before", "counted", "subject", "technology", "other-option"];
const COMPARE: &[&str] = &["", "a > b", "a > most b", "a < b", "differ"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cues {
    pub(crate) source: String,
    pub(crate) date: String,
    pub(crate) cue: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conflicts {
    pub(crate) source: String,
    pub(crate) date: String,
    pub(crate) row: Vec<Conflict>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conflict {
    pub(crate) id: String,
    kind: String,
    a: String,
    b: String,
    #[serde(default)]
    same: String,
    #[serde(default)]
    compare: String,
    explanation: String,
    resolution: String,
}

/// The cues with the pieces of their phrases, as constants.
pub(crate) struct Compiled {
    names: Vec<String>,
    pub(crate) constants: String,
}

/// Sorts the pieces of all phrases, and writes each cue as its phrases, each phrase as the places of its pieces.
pub(crate) fn cues(table: &Cues) -> Compiled {
    assert!(!table.source.is_empty() && !table.date.is_empty(), "cues.toml: source and date are needed");
    let mut pieces: Vec<&str> = table.cue.values().flatten().flat_map(|phrase| phrase.split(" + ")).collect();
    pieces.sort_unstable();
    pieces.dedup();
    for piece in &pieces {
        let plain = piece.trim() == *piece && !piece.is_empty() && piece.to_lowercase() == *piece;
        assert!(plain, "cues.toml: `{piece}` must be in lower case, without blanks around it");
    }
    let place = |piece: &str| pieces.binary_search(&piece).unwrap_or_default();
    let rows: Vec<Vec<Vec<usize>>> = table
        .cue
        .values()
        .map(|phrases| phrases.iter().map(|phrase| phrase.split(" + ").map(place).collect()).collect())
        .collect();
    let mut numbered = crate::lexicon::Phrases::default();
    for (at, piece) in pieces.iter().enumerate() {
        numbered.add(piece, at.to_string());
    }
    let rows = format!("{rows:?}").replace('[', "&[");
    Compiled {
        names: table.cue.keys().cloned().collect(),
        constants: format!(
            "{}/// The names of the cues, sorted.\npub static CUE_NAMES: &[&str] = &{:?};\n\
             /// Each cue as its phrases, each phrase as the places of its pieces in `CUE_PIECES`.\npub static CUES: &[&[&[usize]]] = {rows};\n",
            numbered.print(
                "CUE_PIECES",
                "The pieces of the phrases of cues, each with its place",
                "u16",
                |c| c == ' '
            ),
            table.cue.keys().collect::<Vec<_>>(),
        ),
    }
}

/// The conflicts as constants.
pub(crate) fn conflicts(table: &Conflicts, cues: &Compiled, known: &Known) -> String {
    assert!(!table.source.is_empty() && !table.date.is_empty(), "conflicts.toml: source and date are needed");
    let mut out = "/// What cannot both be so.\n#[allow(clippy::unreadable_literal, reason = \"numbers are read in the TOML\")]\npub static CONFLICTS: &[ConflictRow] = &[\n".to_owned();
    for row in &table.row {
        let place = format!("conflicts.toml: {}", row.id);
        assert!(["fact", "heuristic"].contains(&row.kind.as_str()), "{place}: neither fact nor heuristic");
        assert!(SAME.contains(&row.same.as_str()), "{place}: `{}` is nothing to share", row.same);
        assert!(COMPARE.contains(&row.compare.as_str()), "{place}: `{}` compares nothing", row.compare);
        out += &format!(
            "ConflictRow {{ id: {:?}, a: {}, b: {}, same: {:?}, compare: {:?}, explanation: {:?}, resolution: {:?} }},\n",
            row.id,
            sides(&row.a, cues, known, &place),
            sides(&row.b, cues, known, &place),
            row.same,
            row.compare,
            row.explanation,
            row.resolution
        );
    }
    out + "];\n"
}

/// The ids of other tables that a condition may name.
pub(crate) struct Known<'a> {
    pub(crate) options: Vec<&'a str>,
    pub(crate) slots: Vec<&'a str>,
    pub(crate) classes: Vec<&'a str>,
    pub(crate) signals: Vec<&'a str>,
}

/// `A and B or C` as alternatives of conditions that hold together.
pub(crate) fn sides(text: &str, cues: &Compiled, known: &Known, place: &str) -> String {
    let alternatives: Vec<String> = text
        .split(" or ")
        .map(|side| {
            let all: Vec<String> =
                side.split(" and ").map(|atom| condition(atom, cues, known, place)).collect();
            format!("&[{}]", all.join(", "))
        })
        .collect();
    format!("&[{}]", alternatives.join(", "))
}

fn condition(atom: &str, cues: &Compiled, known: &Known, place: &str) -> String {
    let words: Vec<&str> = atom.split(' ').collect();
    let cue = |name: &str| cues.names.iter().position(|known| known == name);
    let one_of = |list: &[&str], id: &str| list.contains(&id);
    match words.as_slice() {
        [kind, op, value] => {
            let number: f64 = value.parse().unwrap_or_else(|_| panic!("{place}: `{value}` is no number"));
            assert!(KINDS.contains(kind), "{place}: `{kind}` is no kind of quantity");
            let op = match *op {
                ">" => "More",
                ">=" => "AtLeast",
                "<" => "Less",
                "<=" => "AtMost",
                _ => panic!("{place}: `{op}` compares nothing"),
            };
            format!("Condition::Quantity({kind:?}, Bound::{op}, {number:?})")
        }
        ["not", name] => match cue(name) {
            Some(at) => format!("Condition::Denied({at})"),
            None => panic!("{place}: there is no cue `{name}`"),
        },
        ["forbidden"] => "Condition::Forbidden".to_owned(),
        ["prescribed"] => "Condition::Prescribed".to_owned(),
        [name] => match name.split_once(':') {
            Some(("option", id)) if one_of(&known.options, id) => format!("Condition::Option({id:?})"),
            Some(("slot", id)) if one_of(&known.slots, id) => format!("Condition::Slot({id:?})"),
            Some(("class", id)) if one_of(&known.classes, id) => format!("Condition::Class({id:?})"),
            Some(("signal", id)) if one_of(&known.signals, id) => format!("Condition::Signal({id:?})"),
            None if cue(name).is_some() => format!("Condition::Cue({})", cue(name).unwrap_or_default()),
            _ => panic!("{place}: `{name}` is neither a cue nor the id of another table"),
        },
        _ => panic!("{place}: `{atom}` is no condition"),
    }
}
