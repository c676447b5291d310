//! Reads cues and conflicts and checks them. A condition is written as in `data/conflicts.toml` and compiled,
//! so that a misspelt cue or kind stops the build.

use crate::Output;
use crate::rows::List;
use crate::terms::{Compare, Condition, ConflictRow};
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

/// The names of the cues, sorted.
pub(crate) struct Compiled(Vec<String>);

/// Sorts the pieces of all phrases, and writes each cue as its phrases, each phrase as the places of its pieces.
pub(crate) fn cues(table: &Cues, out: &mut Output) -> Compiled {
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
    let mut numbered = crate::lexicon::Phrases::new();
    for (at, piece) in (0_u16..).zip(&pieces) {
        numbered.add(piece, at);
    }
    let names: Vec<String> = table.cue.keys().cloned().collect();
    numbered.print(out, "CUE_PIECES", "The pieces of the phrases of cues, each with its place", "u16", |c| {
        c == ' '
    });
    out.table("CUE_NAMES", "The names of the cues, sorted", "Text", &names);
    out.table(
        "CUES",
        "Each cue as its phrases, each phrase as the places of its pieces in `CUE_PIECES`",
        "List<List<usize>>",
        &rows,
    );
    Compiled(names)
}

/// The conflicts.
pub(crate) fn conflicts(table: Conflicts, cues: &Compiled, known: &Known, out: &mut Output) {
    assert!(!table.source.is_empty() && !table.date.is_empty(), "conflicts.toml: source and date are needed");
    let rows: Vec<ConflictRow> = table
        .row
        .into_iter()
        .map(|row| {
            let place = format!("conflicts.toml: {}", row.id);
            assert!(
                ["fact", "heuristic"].contains(&row.kind.as_str()),
                "{place}: neither fact nor heuristic"
            );
            assert!(SAME.contains(&row.same.as_str()), "{place}: `{}` is nothing to share", row.same);
            assert!(COMPARE.contains(&row.compare.as_str()), "{place}: `{}` compares nothing", row.compare);
            ConflictRow {
                id: row.id,
                a: sides(&row.a, cues, known, &place),
                b: sides(&row.b, cues, known, &place),
                same: row.same,
                compare: row.compare,
                explanation: row.explanation,
                resolution: row.resolution,
            }
        })
        .collect();
    out.table("CONFLICTS", "What cannot both be so", "ConflictRow", &rows);
}

/// The ids of other tables that a condition may name.
pub(crate) struct Known<'a> {
    pub(crate) options: Vec<&'a str>,
    pub(crate) slots: Vec<&'a str>,
    pub(crate) classes: Vec<&'a str>,
    pub(crate) signals: Vec<&'a str>,
}

/// `A and B or C` as alternatives of conditions that hold together.
fn sides(text: &str, cues: &Compiled, known: &Known, place: &str) -> List<List<Condition>> {
    let side = |side: &str| {
        List(side.split(" and ").map(|atom| condition(atom, cues, known, place)).collect::<Vec<_>>())
    };
    List(text.split(" or ").map(side).collect())
}

fn condition(atom: &str, cues: &Compiled, known: &Known, place: &str) -> Condition {
    let words: Vec<&str> = atom.split(' ').collect();
    let cue = |name: &str| cues.0.iter().position(|known| known == name);
    let one_of = |list: &[&str], id: &str| list.contains(&id);
    match words.as_slice() {
        [kind, op, value] => {
            let number: f64 = value.parse().unwrap_or_else(|_| panic!("{place}: `{value}` is no number"));
            assert!(KINDS.contains(kind), "{place}: `{kind}` is no kind of quantity");
            let op = match *op {
                ">" => Compare::More,
                ">=" => Compare::AtLeast,
                "<" => Compare::Less,
                "<=" => Compare::AtMost,
                _ => panic!("{place}: `{op}` compares nothing"),
            };
            Condition::Quantity((*kind).to_owned(), op, number)
        }
        ["not", name] => match cue(name) {
            Some(at) => Condition::Denied(at),
            None => panic!("{place}: there is no cue `{name}`"),
        },
        ["forbidden"] => Condition::Forbidden,
        ["prescribed"] => Condition::Prescribed,
        [name] => match name.split_once(':') {
            Some(("option", id)) if one_of(&known.options, id) => Condition::Option(id.to_owned()),
            Some(("slot", id)) if one_of(&known.slots, id) => Condition::Slot(id.to_owned()),
            Some(("class", id)) if one_of(&known.classes, id) => Condition::Class(id.to_owned()),
            Some(("signal", id)) if one_of(&known.signals, id) => Condition::Signal(id.to_owned()),
            None if cue(name).is_some() => Condition::Cue(cue(name).unwrap_or_default()),
            _ => panic!("{place}: `{name}` is neither a cue nor the id of another table"),
        },
        _ => panic!("{place}: `{atom}` is no condition"),
    }
}
