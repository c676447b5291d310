//! Reads a domain of `data/domains/` and checks it: what is misspelt there would be missing in every design.
//!
//! An attribute is written `due date: date`, with `, optional` or `, unique` after it where it is so. A relation is
//! written as one says it, `Customer 1 places * Order`, with `1`, `0..1`, `*` or `1..*` for how many there are of each; in
//! `parts` the right side goes with the left one. A transition is written `held, confirmed -> canceled: cancel`. The states
//! are those of the transitions in the order in which they are named, the first one first.

use crate::rows::{
    DomainRow, EntityAttributeRow, EntityRow, HomonymRow, InvariantRow, RelationRow, TransitionRow,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The id of the domain that is none: what any system may need.
pub(crate) const KERNEL: &str = "kernel";

/// The ids of other tables that a domain may name.
pub(crate) struct Known<'a> {
    /// The types of attributes.
    pub(crate) types: BTreeSet<&'a str>,
    /// The signals.
    pub(crate) signals: BTreeSet<&'a str>,
}

/// The kinds of invariants, with the fewest and the most names that they are about.
const INVARIANTS: &[(&str, usize, usize)] = &[
    ("acyclic", 0, 1),
    ("append-only", 0, 0),
    ("balance", 0, 2),
    ("capacity", 0, 2),
    ("distinct", 2, 2),
    ("gapless", 1, 2),
    ("guard", 0, 2),
    ("idempotent", 1, 3),
    ("immutable", 0, 4),
    ("no-overlap", 3, 3),
    ("non-negative", 1, 2),
    ("one-active", 1, 3),
    ("order", 2, 2),
    ("positive", 1, 2),
    ("range", 1, 2),
    ("snapshot", 0, 4),
    ("unique", 1, 4),
];

/// What every table has without being told.
const IMPLIED: &[&str] = &["id", "created at", "updated at"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Domain {
    id: String,
    name: String,
    source: String,
    date: String,
    #[serde(default)]
    strong: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    against: Vec<String>,
    #[serde(default)]
    not_unless_asked: Vec<String>,
    #[serde(default)]
    relations: Vec<String>,
    #[serde(default)]
    parts: Vec<String>,
    entity: Vec<Entity>,
    #[serde(default)]
    invariants: Vec<Invariant>,
    #[serde(default)]
    homonyms: Vec<Homonym>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entity {
    name: String,
    #[serde(default)]
    synonyms: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    core: bool,
    #[serde(default)]
    signals: Vec<String>,
    attributes: Vec<String>,
    #[serde(default)]
    states: Vec<String>,
    #[serde(default)]
    transitions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invariant {
    entity: String,
    kind: String,
    #[serde(default)]
    on: Vec<String>,
    #[serde(default, rename = "while")]
    states: Vec<String>,
    #[serde(default)]
    bounds: Vec<f64>,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Homonym {
    word: String,
    here: String,
    when: Vec<String>,
}

/// A domain as its file has it: the row, and apart from it the words that tell it.
pub(crate) struct Read {
    pub(crate) row: DomainRow,
    pub(crate) strong: Vec<String>,
    pub(crate) words: Vec<String>,
    pub(crate) against: Vec<String>,
}

/// A domain, or everything that is wrong with its file. `id` is what the file's name says.
pub(crate) fn read(text: &str, id: &str, known: &Known) -> Result<Read, Vec<String>> {
    let domain: Domain = toml::from_str(text).map_err(|e| vec![e.to_string()])?;
    let mut problems = Vec::new();
    if domain.id != id {
        problems.push(format!("the id is `{}`, but the file is named `{id}.toml`", domain.id));
    }
    if domain.name.is_empty() || domain.source.is_empty() || domain.date.is_empty() {
        problems.push("name, source and date are needed".to_owned());
    }
    words(&domain, &mut problems);
    if domain.not_unless_asked.is_empty() {
        problems.push(
            "`not_unless_asked` is needed: what neighbouring fields have and this one has not".to_owned(),
        );
    }
    names(&domain.entity, &mut problems);
    let entities: Vec<EntityRow> =
        domain.entity.into_iter().map(|written| entity(written, known, &mut problems)).collect();
    let relations = relations(&domain.relations, &domain.parts, &entities, &mut problems);
    let invariants: Vec<InvariantRow> = domain.invariants.into_iter().map(row_of_invariant).collect();
    for row in &invariants {
        invariant(row, &entities, &relations, &mut problems);
    }
    for row in &domain.homonyms {
        if !entities.iter().any(|entity| entity.name == row.here) {
            problems.push(format!("the homonym `{}` means the unknown entity `{}`", row.word, row.here));
        }
        if row.when.is_empty() {
            problems.push(format!("the homonym `{}` needs words in `when` that tell its meaning", row.word));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let row = DomainRow {
        id: domain.id,
        name: domain.name,
        vocabulary: u32::try_from(domain.strong.len() + domain.words.len()).unwrap_or(u32::MAX),
        entities,
        relations,
        invariants,
        homonyms: domain
            .homonyms
            .into_iter()
            .map(|row| HomonymRow { word: row.word, here: row.here, when: row.when })
            .collect(),
    };
    Ok(Read { row, strong: domain.strong, words: domain.words, against: domain.against })
}

/// The words that tell a domain: in lower case, each one once. The kernel is recognised by none.
fn words(domain: &Domain, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for word in domain.strong.iter().chain(&domain.words).chain(&domain.against) {
        if !seen.insert(word) {
            problems.push(format!("the word `{word}` stands twice"));
        }
        if word.trim() != word || word.to_lowercase() != *word || word.is_empty() {
            problems.push(format!("the word `{word}` must be in lower case, without blanks around it"));
        }
    }
    let kernel = domain.id == KERNEL;
    if kernel != domain.strong.is_empty() || kernel != domain.words.is_empty() {
        problems.push("`strong` and `words` are needed, except in the kernel".to_owned());
    }
}

/// Names, synonyms and kinds: no two things have the same.
fn names(entities: &[Entity], problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for entity in entities {
        let mut letters = entity.name.chars();
        if !letters.next().is_some_and(char::is_uppercase) {
            problems.push(format!("the entity `{}` must begin with a capital letter", entity.name));
        }
        if !entity.name.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-') {
            problems.push(format!("the name of `{}` must consist of words", entity.name));
        }
        let others: Vec<&String> = entity.synonyms.iter().chain(&entity.kinds).collect();
        for name in &others {
            if name.to_lowercase() != **name {
                problems.push(format!("the synonym or kind `{name}` must be in lower case"));
            }
        }
        for name in std::iter::once(&entity.name).chain(others) {
            if !seen.insert(name.to_lowercase()) {
                problems.push(format!("the name, synonym or kind `{name}` stands twice"));
            }
        }
    }
}

fn entity(written: Entity, known: &Known, problems: &mut Vec<String>) -> EntityRow {
    let name = &written.name;
    for signal in &written.signals {
        if !known.signals.contains(signal.as_str()) {
            problems.push(format!("{name}: the signal `{signal}` is unknown"));
        }
    }
    let mut attributes: Vec<EntityAttributeRow> = Vec::new();
    for line in &written.attributes {
        let Some(row) = attribute(line, known) else {
            problems.push(format!(
                "{name}: `{line}` is no attribute; write `name: type`, then `, optional` or `, unique`, with a type of \
                 attributes.toml"
            ));
            continue;
        };
        if attributes.iter().any(|other| other.name == row.name) {
            problems.push(format!("{name}: the attribute `{}` stands twice", row.name));
        }
        if IMPLIED.contains(&row.name.as_str()) {
            problems.push(format!("{name}: every entity has `{}` without being told", row.name));
        }
        attributes.push(row);
    }
    let (transitions, mut states) = transitions(name, &written.transitions, problems);
    if !written.states.is_empty() {
        if !states.is_empty() {
            problems.push(format!("{name}: the transitions name the states; leave `states` out"));
        }
        states = written.states;
    }
    if !states.is_empty() && attributes.iter().any(|row| row.name == "status" || row.name == "state") {
        problems.push(format!("{name}: the states imply the attribute `status`; leave it out"));
    }
    EntityRow {
        name: written.name,
        synonyms: written.synonyms,
        kinds: written.kinds,
        core: written.core,
        signals: written.signals,
        attributes,
        states,
        transitions,
    }
}

fn attribute(line: &str, known: &Known) -> Option<EntityAttributeRow> {
    let (name, kind) = line.split_once(": ")?;
    let mut parts = kind.split(", ");
    let kind = parts.next().filter(|kind| known.types.contains(kind))?;
    let mut row =
        EntityAttributeRow { name: name.to_owned(), kind: kind.to_owned(), required: true, unique: false };
    for flag in parts {
        match flag {
            "optional" => row.required = false,
            "unique" => row.unique = true,
            _ => return None,
        }
    }
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ' || c == '-');
    (plain && name.starts_with(|c: char| c.is_ascii_lowercase())).then_some(row)
}

/// The transitions, and the states that they name, in that order. Every state is reached from the first one.
fn transitions(
    name: &str,
    written: &[String],
    problems: &mut Vec<String>,
) -> (Vec<TransitionRow>, Vec<String>) {
    let mut rows: Vec<TransitionRow> = Vec::new();
    let mut states: Vec<String> = Vec::new();
    for line in written {
        let parts = line.split_once(" -> ").and_then(|(from, rest)| Some((from, rest.split_once(": ")?)));
        let Some((sources, (to, action))) = parts else {
            problems.push(format!("{name}: `{line}` is no transition; write `state, state -> state: verb`"));
            continue;
        };
        for from in sources.split(", ") {
            for state in [from, to] {
                if !states.iter().any(|known| known == state) {
                    states.push(state.to_owned());
                }
            }
            if from == to || rows.iter().any(|row| row.from == from && row.to == to) {
                problems.push(format!("{name}: `{from} -> {to}` stands twice or leads nowhere"));
            }
            rows.push(TransitionRow { from: from.to_owned(), to: to.to_owned(), action: action.to_owned() });
        }
    }
    let mut reached: BTreeSet<&str> = states.first().map(String::as_str).into_iter().collect();
    while let Some(row) =
        rows.iter().find(|row| reached.contains(row.from.as_str()) && !reached.contains(row.to.as_str()))
    {
        reached.insert(&row.to);
    }
    for state in states.iter().filter(|state| !reached.contains(state.as_str())) {
        problems.push(format!("{name}: the state `{state}` is never reached from `{}`", states[0]));
    }
    (rows, states)
}

fn relations(
    relations: &[String],
    parts: &[String],
    entities: &[EntityRow],
    problems: &mut Vec<String>,
) -> Vec<RelationRow> {
    let mut rows: Vec<RelationRow> = Vec::new();
    let lines = relations.iter().map(|line| (line, false)).chain(parts.iter().map(|line| (line, true)));
    for (line, part) in lines {
        let Some(row) = relation(line, part) else {
            problems.push(format!("`{line}` is no relation; write `Order 1 holds 1..* Order item`"));
            continue;
        };
        for name in [&row.from, &row.to] {
            if !entities.iter().any(|entity| entity.name == *name) {
                problems.push(format!("`{line}`: the entity `{name}` is unknown"));
            }
        }
        if part && row.from_many {
            problems.push(format!("`{line}`: a part belongs to one whole"));
        }
        if rows.iter().any(|other| (&other.from, &other.to, &other.label) == (&row.from, &row.to, &row.label))
        {
            problems.push(format!("`{line}` stands twice"));
        }
        rows.push(row);
    }
    rows
}

/// `Customer 1 places * Order`: what stands before the first multiplicity, between the two, and after the second.
fn relation(line: &str, part: bool) -> Option<RelationRow> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut marks = words.iter().enumerate().filter_map(|(at, word)| Some((at, multiplicity(word)?)));
    let ((left, (from_min, from_many)), (right, (to_min, to_many))) = (marks.next()?, marks.next()?);
    let row = RelationRow {
        from: words[..left].join(" "),
        to: words[right + 1..].join(" "),
        label: words[left + 1..right].join(" "),
        from_min,
        from_many,
        to_min,
        to_many,
        part,
    };
    let complete = !row.from.is_empty() && !row.to.is_empty() && !row.label.is_empty();
    (complete && marks.next().is_none()).then_some(row)
}

fn multiplicity(word: &str) -> Option<(u32, bool)> {
    match word {
        "1" => Some((1, false)),
        "0..1" => Some((0, false)),
        "*" => Some((0, true)),
        "1..*" => Some((1, true)),
        _ => None,
    }
}

fn row_of_invariant(written: Invariant) -> InvariantRow {
    InvariantRow {
        entity: written.entity,
        kind: written.kind,
        on: written.on,
        states: written.states,
        bounds: written.bounds,
        text: written.text,
    }
}

fn invariant(
    row: &InvariantRow,
    entities: &[EntityRow],
    relations: &[RelationRow],
    problems: &mut Vec<String>,
) {
    let place = format!("the invariant `{}` of `{}`", row.kind, row.entity);
    let Some(entity) = entities.iter().find(|entity| entity.name == row.entity) else {
        problems.push(format!("{place}: the entity is unknown"));
        return;
    };
    match INVARIANTS.iter().find(|(kind, ..)| *kind == row.kind) {
        None => problems.push(format!("{place}: the kind is unknown")),
        Some((_, fewest, most)) => {
            if !(*fewest..=*most).contains(&row.on.len()) {
                problems.push(format!("{place}: `on` must have {fewest} to {most} names"));
            }
        }
    }
    for name in &row.on {
        let linked = relations.iter().any(|relation| {
            (relation.from == row.entity && (relation.to == *name || relation.label == *name))
                || (relation.to == row.entity && (relation.from == *name || relation.label == *name))
        });
        if !linked && !entity.attributes.iter().any(|attribute| attribute.name == *name) {
            problems.push(format!("{place}: `{name}` is neither an attribute nor linked with the entity"));
        }
    }
    for state in &row.states {
        if !entity.states.contains(state) {
            problems.push(format!("{place}: the state `{state}` is unknown"));
        }
    }
    if (row.kind == "range") == row.bounds.is_empty() || row.bounds.len() > 2 {
        problems.push(format!("{place}: `range`, and only that, needs one or two bounds"));
    }
    if row.text.is_empty() || row.text.len() > 110 || !row.text.ends_with('.') {
        problems.push(format!("{place}: the text must be one short sentence"));
    }
}
