//! Compiles the TOML tables in `data/` to Rust constants, so that the library parses nothing at run time. Domains alone are
//! packed: as constants, their many short texts would take twice the place in the module that browsers load.
//! A table with a duplicate id, an unknown option or a malformed row stops the build with the name of the file.

#[path = "build/conditions.rs"]
mod conditions;
#[path = "build/domains.rs"]
mod domains;
#[path = "build/rows.rs"]
mod rows;

use rows::{AccessRow, AttributeRow, List, NumberRow, QualityRow, SignalRow, SlotRow, TechnologyRow};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A TOML file with rows under one name, and where they are from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows<T> {
    source: String,
    date: String,
    row: List<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    source: String,
    date: String,
    group: Vec<VerbGroup>,
    also_nouns: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbGroup {
    class: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/rows.rs");
    let data = Path::new("data");
    let mut out = String::new();
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));

    let attributes = rows_of::<AttributeRow>(data, "attributes", "ATTRIBUTES", "AttributeRow", &mut out);
    out += &attribute_words(&attributes);
    let qualities = rows_of::<QualityRow>(data, "qualities", "QUALITIES", "QualityRow", &mut out);
    let cues = qualities
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.cues.0.iter().map(move |cue| (cue.as_str(), at)));
    out += &phrases("QUALITY_CUES", "Cues of qualities with the index of their row", cues);
    let signals = rows_of::<SignalRow>(data, "signals", "SIGNALS", "SignalRow", &mut out);
    unique("signals", signals.iter().map(|row| &row.id));
    let strong = signals
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.strong.0.iter().map(move |phrase| (phrase.as_str(), at)));
    out +=
        &phrases("STRONG_SIGNALS", "Phrases of which one makes a signal, with the index of its row", strong);
    let weak = signals
        .iter()
        .enumerate()
        .flat_map(|(at, row)| row.weak.0.iter().map(move |phrase| (phrase.as_str(), at)));
    out += &phrases("WEAK_SIGNALS", "Phrases of which two make a signal, with the index of its row", weak);
    let access = rows_of::<AccessRow>(data, "access", "ACCESS", "AccessRow", &mut out);
    unique("access", access.iter().map(|row| &row.id));
    let technologies =
        rows_of::<TechnologyRow>(data, "technologies", "TECHNOLOGIES", "TechnologyRow", &mut out);
    let cues = conditions::cues(&read(&data.join("cues.toml")));
    out += &cues.constants;
    let known = conditions::Known {
        options: technologies.iter().map(|row| row.option.as_str()).collect(),
        slots: technologies.iter().map(|row| row.slot.as_str()).collect(),
        classes: attributes.iter().map(|row| row.class.as_str()).collect(),
        signals: signals.iter().map(|row| row.id.as_str()).collect(),
    };
    let conflicts: conditions::Conflicts = read(&data.join("conflicts.toml"));
    unique("conflicts", conflicts.row.iter().map(|row| &row.id));
    out += &conditions::conflicts(&conflicts, &cues, &known);
    let numbers: Numbers = read(&data.join("numbers.toml"));
    unique("numbers", numbers.row.0.iter().map(|row| &row.id));
    out += &format!(
        "/// Starting numbers and limits.\n#[allow(clippy::unreadable_literal, reason = \"numbers are read in the TOML\")]\npub static NUMBERS: &[NumberRow] = {:?};\n",
        numbers.row
    );

    out += &decisions(&data.join("decisions"));
    let known = domains::Known {
        types: attributes.iter().map(|row| row.kind.as_str()).collect(),
        signals: signals.iter().map(|row| row.id.as_str()).collect(),
    };
    domain_packs(&data.join("domains"), &known, &target);
    out += &verbs(&data.join("lexicon/verbs.toml"));
    out += &word_lists(&data.join("lexicon/words.toml"));
    out += &irregular(&data.join("lexicon/irregular.toml"));
    out += &nouns(&data.join("lexicon/nouns.toml"));

    fs::write(target.join("tables.rs"), out).expect("the output folder of the build script is writable");
}

/// The file of numbers: each row has its own source, so the file has none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    row: List<NumberRow>,
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn rows_of<T: for<'a> Deserialize<'a> + fmt::Debug>(
    data: &Path,
    file: &str,
    name: &str,
    kind: &str,
    out: &mut String,
) -> Vec<T> {
    let path = data.join(file).with_extension("toml");
    let rows: Rows<T> = read(&path);
    assert!(
        !rows.source.is_empty() && !rows.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    *out += &format!("/// The rows of `data/{file}.toml`.\npub static {name}: &[{kind}] = {:?};\n", rows.row);
    rows.row.0
}

/// Phrases sorted, so that those that start with a word stand together.
fn phrases<'a>(name: &str, doc: &str, phrases: impl Iterator<Item = (&'a str, usize)>) -> String {
    let mut sorted: Vec<(&str, usize)> = phrases.collect();
    sorted.sort_unstable();
    sorted.dedup();
    format!("/// {doc}, sorted.\npub static {name}: &[(&str, usize)] = &{sorted:?};\n")
}

/// The last words of attribute names, sorted, each with its row.
fn attribute_words(rows: &[AttributeRow]) -> String {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for word in &row.words.0 {
            words.entry(word).or_insert(at);
        }
    }
    format!(
        "/// Last words of attribute names, sorted, with the index of their row in `ATTRIBUTES`.\npub static ATTRIBUTE_WORDS: &[(&str, usize)] = &{:?};\n",
        words.into_iter().collect::<Vec<_>>()
    )
}

fn unique<'a>(table: &str, ids: impl Iterator<Item = &'a String>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id), "{table}: the id `{id}` stands twice");
    }
}

/// The files of a folder in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("readable entry").path())
        .collect();
    files.sort();
    files
}

/// The fields of application sorted by id, and apart from them the kernel, which belongs to none; both packed.
fn domain_packs(folder: &Path, known: &domains::Known, target: &Path) {
    let (mut kernel, mut packs) = (None, Vec::new());
    for path in files(folder) {
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        match domains::read(&text, id, known) {
            Ok(row) if id == domains::KERNEL => kernel = Some(row),
            Ok(row) => packs.push(row),
            Err(problems) => panic!("{}:\n  {}", path.display(), problems.join("\n  ")),
        }
    }
    let kernel = kernel.unwrap_or_else(|| panic!("{}: kernel.toml is missing", folder.display()));
    pack(&kernel, &target.join("kernel.bin"));
    pack(&packs, &target.join("domains.bin"));
}

fn pack(rows: &impl Serialize, path: &Path) {
    let bytes = postcard::to_allocvec(rows).expect("rows of text, numbers and lists are serialised");
    fs::write(path, bytes).expect("the output folder of the build script is writable");
}

fn decisions(folder: &Path) -> String {
    let slots: List<SlotRow> = List(files(folder).iter().map(|path| read::<SlotRow>(path)).collect());
    unique("decisions", slots.0.iter().map(|slot| &slot.id));
    unique("rules of decisions", slots.0.iter().flat_map(|slot| slot.rules.0.iter().map(|rule| &rule.id)));
    for slot in &slots.0 {
        unique(&slot.id, slot.options.0.iter().map(|option| &option.id));
        for rule in &slot.rules.0 {
            let known = slot.options.0.iter().any(|option| option.id == rule.option);
            assert!(known, "decisions: rule `{}` names the unknown option `{}`", rule.id, rule.option);
            assert!(
                ["fact", "heuristic"].contains(&rule.kind.as_str()),
                "decisions: rule `{}` is neither fact nor heuristic",
                rule.id
            );
        }
    }
    format!("/// The decisions, in the order of the document.\npub static SLOTS: &[SlotRow] = {slots:?};\n")
}

/// `(lemma, class)` pairs sorted by lemma, and the sorted verbs that are nouns as well.
fn verbs(path: &Path) -> String {
    let table: Verbs = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    // A verb may stand in several groups: the first one, the most specific to a backend, counts.
    let mut classes: BTreeMap<&str, &str> = BTreeMap::new();
    for group in &table.group {
        for word in group.words.split_whitespace() {
            classes.entry(word).or_insert(&group.class);
        }
    }
    let nouns: BTreeSet<&str> = table.also_nouns.words.split_whitespace().collect();
    let pairs: Vec<String> =
        classes.iter().map(|(word, class)| format!("({word:?}, VerbClass::{})", camel(class))).collect();
    format!(
        "/// Verbs and what they ask for, sorted by lemma.\npub static VERBS: &[(&str, VerbClass)] = &[{}];\n\
         /// Verbs that are nouns as well, sorted.\npub static NOUN_VERBS: &[&str] = &{nouns:?};\n",
        pairs.join(", ")
    )
    .replace("&{", "&[")
    .replace("};\n", "];\n")
}

fn camel(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// One sorted constant for each list of words.
fn word_lists(path: &Path) -> String {
    let table: BTreeMap<String, String> = read(path);
    let mut out = String::new();
    for (name, words) in table.iter().filter(|(name, _)| !["source", "date"].contains(&name.as_str())) {
        out += &sorted_list(&name.to_uppercase(), words);
    }
    out
}

fn sorted_list(name: &str, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect::<BTreeSet<_>>().into_iter().collect();
    format!(
        "/// The word list `{}`, sorted.\npub static {name}: &[&str] = &{words:?};\n",
        name.to_lowercase()
    )
}

fn irregular(path: &Path) -> String {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Irregular {
        source: String,
        date: String,
        plurals: BTreeMap<String, String>,
        verbs: BTreeMap<String, String>,
    }
    let table: Irregular = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    let pairs = |map: &BTreeMap<String, String>| format!("{:?}", map.iter().collect::<Vec<_>>());
    format!(
        "/// Irregular plurals with their singulars, sorted.\npub static PLURALS: &[(&str, &str)] = &{};\n\
         /// Irregular verb forms with their base forms, sorted.\npub static VERB_FORMS: &[(&str, &str)] = &{};\n",
        pairs(&table.plurals),
        pairs(&table.verbs)
    )
}

fn nouns(path: &Path) -> String {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nouns {
        source: String,
        date: String,
        stop: Words,
        containers: Words,
        empty_heads: Words,
        people: Words,
        systems: Words,
    }
    let table: Nouns = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    [
        ("STOP_NOUNS", table.stop),
        ("CONTAINERS", table.containers),
        ("EMPTY_HEADS", table.empty_heads),
        ("PEOPLE", table.people),
        ("SYSTEMS", table.systems),
    ]
    .iter()
    .map(|(name, list)| sorted_list(name, &list.words))
    .collect()
}
