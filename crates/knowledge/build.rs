//! Checks the TOML tables in `data/` and packs them as the library reads them: as constants, their many short texts would
//! take twice the place in the module that browsers load.
//! A table with a duplicate id, an unknown option or a malformed row stops the build with the name of the file.

#[path = "build/conditions.rs"]
mod conditions;
#[path = "build/domains.rs"]
mod domains;
#[path = "build/formula.rs"]
mod formula;
#[path = "build/lexicon.rs"]
mod lexicon;
#[path = "build/quantities.rs"]
mod quantities;
#[path = "build/rows.rs"]
mod rows;
#[path = "build/terms.rs"]
mod terms;

use rows::{
    AccessRow, AlertRow, AttributeRow, BurnRow, ConcernRow, ConsistencyRow, CouplingRow, CurrencyRow,
    DialectRow, EffortRow, EngineRow, GapRow, List, PatternRow, ProblemRow, QualityRow, RecoveryRow,
    RegionRow, ReviewRow, RiskRow, SecretRow, SignInRow, SignalRow, SlotRow, StackRow, StorageRow,
    TechnologyRow, WorkRow,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use terms::{DomainWord, Mark, Meaning};

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

/// What the build script writes: a packed file for each table, and the constants that include them.
struct Output {
    target: PathBuf,
    text: String,
}

impl Output {
    /// A table of rows.
    fn table(&mut self, name: &str, doc: &str, kind: &str, rows: &impl Serialize) {
        self.constant(name, doc, &format!("Packed<{kind}>"), "Packed", rows);
    }

    /// A table of words, sorted, each with what is said of it.
    fn words<T: Serialize>(&mut self, name: &str, doc: &str, kind: &str, words: BTreeMap<String, T>) {
        let (words, says): (Vec<String>, Vec<T>) = words.into_iter().unzip();
        self.constant(name, doc, &format!("Table<{kind}>"), "Table", &(words, says));
    }

    fn constant(&mut self, name: &str, doc: &str, kind: &str, of: &str, value: &impl Serialize) {
        let bytes = postcard::to_allocvec(value).expect("rows of text, numbers and lists are serialised");
        let file = format!("{}.bin", name.to_lowercase());
        fs::write(self.target.join(&file), bytes).expect("the output folder of the build script is writable");
        self.text += &format!(
            "/// {doc}.\npub static {name}: {kind} = {of}::new(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")));\n"
        );
    }
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/rows.rs");
    println!("cargo::rerun-if-changed=src/domain_rows.rs");
    println!("cargo::rerun-if-changed=src/terms.rs");
    let data = Path::new("data");
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));
    let mut out = Output { target, text: String::new() };

    let attributes = rows_of::<AttributeRow>(data, "attributes", "ATTRIBUTES", "AttributeRow", &mut out);
    attribute_words(&attributes, &mut out);
    let qualities = rows_of::<QualityRow>(data, "qualities", "QUALITIES", "QualityRow", &mut out);
    let signals = rows_of::<SignalRow>(data, "signals", "SIGNALS", "SignalRow", &mut out);
    unique("signals", signals.iter().map(|row| &row.id));
    let access = rows_of::<AccessRow>(data, "access", "ACCESS", "AccessRow", &mut out);
    unique("access", access.iter().map(|row| &row.id));
    let storage = rows_of::<StorageRow>(data, "storage", "STORAGE", "StorageRow", &mut out);
    unique("storage", storage.iter().map(|row| &row.id));
    let interface = rows_of::<AccessRow>(data, "interface", "INTERFACE", "AccessRow", &mut out);
    unique("interface", interface.iter().map(|row| &row.id));
    let problems = rows_of::<ProblemRow>(data, "problems", "PROBLEMS", "ProblemRow", &mut out);
    unique("problems", problems.iter().map(|row| &row.id));
    let technologies =
        rows_of::<TechnologyRow>(data, "technologies", "TECHNOLOGIES", "TechnologyRow", &mut out);
    operate(data, &technologies, &mut out);
    meanings(&qualities, &signals, &mut out);
    marks(&data.join("marks.toml"), &qualities, &technologies, &mut out);
    let cues = conditions::cues(&read(&data.join("cues.toml")), &mut out);
    let known = conditions::Known {
        options: technologies.iter().map(|row| row.option.as_str()).collect(),
        slots: technologies.iter().map(|row| row.slot.as_str()).collect(),
        classes: attributes.iter().map(|row| row.class.as_str()).collect(),
        signals: signals.iter().map(|row| row.id.as_str()).collect(),
    };
    let conflicts: conditions::Conflicts = read(&data.join("conflicts.toml"));
    unique("conflicts", conflicts.row.iter().map(|row| &row.id));
    conditions::conflicts(conflicts, &cues, &known, &mut out);
    let coupling = rows_of::<CouplingRow>(data, "coupling", "COUPLING", "CouplingRow", &mut out);
    unique("coupling", coupling.iter().map(|row| &row.id));
    let consistency =
        rows_of::<ConsistencyRow>(data, "consistency", "CONSISTENCY", "ConsistencyRow", &mut out);
    unique("consistency", consistency.iter().map(|row| &row.id));
    let quantities = quantities::Quantities::read(data);
    gaps(data, &quantities, &mut out);
    let effort = rows_of::<EffortRow>(data, "effort", "EFFORT", "EffortRow", &mut out);
    unique("effort", effort.iter().map(|row| &row.id));
    for row in &effort {
        let number = format!("effort.{}", row.id);
        assert!(quantities.has_number(&number), "effort: there is no number `{number}`");
        assert!(EACH.contains(&row.each.as_str()), "effort: `{}` counts the unknown `{}`", row.id, row.each);
    }
    let slots: List<SlotRow> =
        List(files(&data.join("decisions")).iter().map(|path| read::<SlotRow>(path)).collect());
    formula::NAMES
        .set(formula::Names {
            facts: quantities.facts(),
            signals: signals.iter().map(|row| row.id.clone()).collect(),
            constraints: technologies.iter().flat_map(|row| row.names.0.iter().cloned()).collect(),
            slots: slots
                .0
                .iter()
                .map(|slot| {
                    (slot.id.clone(), slot.options.0.iter().map(|option| option.id.clone()).collect())
                })
                .collect(),
        })
        .expect("the names are set once");
    quantities.print(&mut out);
    decisions(&slots, &mut out);
    let known = domains::Known {
        types: attributes.iter().map(|row| row.kind.as_str()).collect(),
        signals: signals.iter().map(|row| row.id.as_str()).collect(),
    };
    domain_packs(&data.join("domains"), &known, &mut out);
    let mut lists = lexicon::Lexicon::default();
    verbs(&data.join("lexicon/verbs.toml"), &mut lists, &mut out);
    word_lists(&data.join("lexicon/words.toml"), &mut lists);
    word_lists(&data.join("lexicon/roles.toml"), &mut lists);
    nouns(&data.join("lexicon/nouns.toml"), &mut lists);
    lists.print(&mut out);
    irregular(&data.join("lexicon/irregular.toml"), &mut out);
    for (file, section, name, doc) in [
        ("counted", "counted", "COUNTED", "Nouns with the kind of quantity that a number of them is"),
        ("counted", "beside", "BESIDE", "Nouns that decide what a number beside them is, with their kind"),
        ("states", "states", "STATES", "Words for states, with where in a life they stand"),
        (
            "states",
            "before",
            "BEFORE",
            "Verbs with the states that they usually start from, the likeliest first",
        ),
        ("departments", "departments", "DEPARTMENTS", "Parts of an organisation that stand for its people"),
    ] {
        out.words(name, doc, "Text", kinds(&data.join(format!("lexicon/{file}.toml")), section));
    }

    fs::write(out.target.join("tables.rs"), out.text)
        .expect("the output folder of the build script is writable");
}

/// What the effort may be counted from.
const EACH: &[&str] = &["once", "entity", "operation", "transition", "external", "existing", "service"];

/// The tables of the sections on running a system.
fn operate(data: &Path, technologies: &[TechnologyRow], out: &mut Output) {
    let stacks = rows_of::<StackRow>(data, "operate/stacks", "STACKS", "StackRow", out);
    unique("stacks", stacks.iter().map(|row| &row.id));
    let engines = rows_of::<EngineRow>(data, "operate/engines", "ENGINES", "EngineRow", out);
    unique("engines", engines.iter().map(|row| &row.id));
    let dialects = rows_of::<DialectRow>(data, "operate/dialects", "DIALECTS", "DialectRow", out);
    unique("dialects", dialects.iter().map(|row| &row.id));
    let alerts = rows_of::<AlertRow>(data, "operate/alerts", "ALERTS", "AlertRow", out);
    unique("alerts", alerts.iter().map(|row| &row.id));
    let concerns = rows_of::<ConcernRow>(data, "operate/concerns", "CONCERNS", "ConcernRow", out);
    unique("concerns", concerns.iter().map(|row| &row.id));
    let review = rows_of::<ReviewRow>(data, "operate/review", "REVIEW", "ReviewRow", out);
    unique("review", review.iter().map(|row| &row.id));
    rows_of::<SecretRow>(data, "operate/secrets", "SECRETS", "SecretRow", out);
    let work = rows_of::<WorkRow>(data, "operate/work", "WORK", "WorkRow", out);
    unique("work", work.iter().map(|row| &row.id));
    let patterns = rows_of::<PatternRow>(data, "operate/patterns", "PATTERNS", "PatternRow", out);
    unique("patterns", patterns.iter().map(|row| &row.id));
    let risks = rows_of::<RiskRow>(data, "operate/risks", "RISKS", "RiskRow", out);
    unique("risks", risks.iter().map(|row| &row.id));
    let sign_in = rows_of::<SignInRow>(data, "operate/signin", "SIGN_IN", "SignInRow", out);
    unique("sign-in", sign_in.iter().map(|row| &row.id));
    rows_of::<BurnRow>(data, "operate/burn", "BURN", "BurnRow", out);
    let currencies = rows_of::<CurrencyRow>(data, "currencies", "CURRENCIES", "CurrencyRow", out);
    unique("currencies", currencies.iter().map(|row| &row.code));
    let rates: Rows<CurrencyRow> = read(&data.join("currencies.toml"));
    out.text += &format!(
        "/// When the rates of `data/currencies.toml` were looked up.\npub const RATES_OF: &str = {:?};\n",
        rates.date
    );
    let regions = rows_of::<RegionRow>(data, "operate/regions", "REGIONS", "RegionRow", out);
    unique("regions", regions.iter().flat_map(|row| row.names.0.iter()));
    for name in technologies.iter().filter(|row| row.kind == "region").flat_map(|row| &row.names.0) {
        let known = regions.iter().any(|row| row.names.0.contains(name));
        assert!(known, "regions: nothing says where `{name}` is");
    }
    let recovery = rows_of::<RecoveryRow>(data, "operate/recovery", "RECOVERY", "RecoveryRow", out);
    unique("recovery", recovery.iter().map(|row| &row.id));
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn rows_of<T: for<'a> Deserialize<'a> + Serialize>(
    data: &Path,
    file: &str,
    name: &str,
    kind: &str,
    out: &mut Output,
) -> Vec<T> {
    let path = data.join(file).with_extension("toml");
    let rows: Rows<T> = read(&path);
    assert!(
        !rows.source.is_empty() && !rows.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    out.table(name, &format!("The rows of `data/{file}.toml`"), kind, &rows.row);
    rows.row.0
}

/// Words that leave a requirement open, with the words by their first one.
fn gaps(data: &Path, quantities: &quantities::Quantities, out: &mut Output) {
    const FAMILIES: &[&str] = &[
        "vague",
        "subjective",
        "optional",
        "weak",
        "implicit",
        "quantity",
        "dangling",
        "passive",
        "universal",
        "temporal",
    ];
    let rows = rows_of::<GapRow>(data, "gaps", "GAPS", "GapRow", out);
    unique("gaps", rows.iter().map(|row| &row.id));
    let mut phrases = lexicon::Phrases::new();
    for (at, row) in (0_u16..).zip(&rows) {
        assert!(FAMILIES.contains(&row.family.as_str()), "gaps: `{}` is no family", row.family);
        let known = row.number.is_empty() || quantities.has_number(&row.number);
        assert!(known, "gaps: `{}` is no number", row.number);
        for words in &row.words.0 {
            phrases.add(words, at);
        }
    }
    for family in FAMILIES {
        assert!(rows.iter().any(|row| row.family == *family), "gaps: nothing of the family `{family}`");
    }
    phrases.print(
        out,
        "GAP_WORDS",
        "Words that leave a requirement open, with their rows in `GAPS`",
        "u16",
        |c| c == ' ',
    );
}

/// Phrases of base forms: what speaks of a quality, and what makes a signal.
fn meanings(qualities: &[QualityRow], signals: &[SignalRow], out: &mut Output) {
    let mut phrases = lexicon::Phrases::new();
    for (at, row) in (0_u16..).zip(qualities) {
        for cue in row.cues.0.iter().filter(|cue| !as_written(cue)) {
            phrases.add(cue, Meaning::Quality(at));
        }
    }
    for (at, row) in (0_u16..).zip(signals) {
        for phrase in &row.strong.0 {
            phrases.add(phrase, Meaning::Strong(at));
        }
        for phrase in &row.weak.0 {
            phrases.add(phrase, Meaning::Weak(at));
        }
    }
    phrases.print(out, "MEANINGS", "Phrases of base forms with what each says", "Meaning", |c| c == ' ');
}

/// Cues such as 24/7 are several words for the tagger.
fn as_written(cue: &str) -> bool {
    cue.contains(['%', '/'])
}

/// Marks of statements by their id.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    source: String,
    date: String,
    row: Vec<MarkRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkRow {
    mark: String,
    says: String,
    phrases: Vec<String>,
}

/// Phrases as they are written: marks of statements, names that a text prescribes, and some cues of qualities.
fn marks(path: &Path, qualities: &[QualityRow], technologies: &[TechnologyRow], out: &mut Output) {
    let table: Marks = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    let mut phrases = lexicon::Phrases::new();
    let markers: BTreeMap<&str, &str> =
        table.row.iter().map(|row| (row.mark.as_str(), row.says.as_str())).collect();
    unique("marks", table.row.iter().map(|row| &row.mark));
    for row in &table.row {
        let at = (0_u16..).zip(markers.keys()).find(|(_, mark)| **mark == row.mark).map(|(at, _)| at);
        for phrase in &row.phrases {
            phrases.add(phrase, Mark::Says(at.unwrap_or_default()));
        }
    }
    for (at, row) in (0_u16..).zip(technologies) {
        for name in &row.names.0 {
            phrases.add(name, Mark::Names(at));
        }
    }
    for (at, row) in (0_u16..).zip(qualities) {
        for cue in row.cues.0.iter().filter(|cue| as_written(cue)) {
            phrases.add(cue, Mark::Quality(at));
        }
    }
    phrases.print(
        out,
        "MARKS",
        "Phrases as they are written, in lower case, with what each says",
        "Mark",
        |c| !c.is_alphanumeric(),
    );
    let variants: Vec<String> =
        markers.iter().map(|(mark, says)| format!("/// {says}\n{},\n", camel(mark))).collect();
    let variants = variants.concat();
    out.text += &format!(
        "/// What a phrase says about the statement that it stands in.\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Marker {{ {variants} }}\n"
    );
    places("MARKERS", "Marker", markers.keys(), out);
}

/// The choices of a type in the order in which they are packed.
fn places(name: &str, kind: &str, words: impl Iterator<Item = impl AsRef<str>>, out: &mut Output) {
    let all: Vec<String> = words.map(|word| format!("{kind}::{}", camel(word.as_ref()))).collect();
    let all = all.join(", ");
    out.text += &format!("pub(crate) static {name}: &[{kind}] = &[{all}];\n");
}

/// The last words of attribute names, each with its row.
fn attribute_words(rows: &[AttributeRow], out: &mut Output) {
    let mut words: BTreeMap<String, u16> = BTreeMap::new();
    for (at, row) in (0_u16..).zip(rows) {
        for word in &row.words.0 {
            words.entry(word.clone()).or_insert(at);
        }
    }
    // Names end in the singular; some attributes are listed as plurals, such as points.
    for (word, at) in words.clone() {
        if let Some(single) = word.strip_suffix('s') {
            words.entry(single.to_owned()).or_insert(at);
        }
    }
    out.words(
        "ATTRIBUTE_WORDS",
        "Last words of attribute names with the index of their row in `ATTRIBUTES`",
        "u16",
        words,
    );
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
/// The words that tell them are no part of the rows, but one table of phrases.
fn domain_packs(folder: &Path, known: &domains::Known, out: &mut Output) {
    let (mut kernel, mut packs) = (None, Vec::new());
    let mut phrases = lexicon::Phrases::new();
    for path in files(folder) {
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        match domains::read(&text, id, known) {
            Ok(read) if id == domains::KERNEL => kernel = Some(read.row),
            Ok(read) => {
                let at = u8::try_from(packs.len()).expect("there are fewer than 256 domains");
                let mut add = |words: &[String], says: DomainWord| {
                    for word in words {
                        phrases.add(word, says.clone());
                    }
                };
                add(&read.strong, DomainWord::Strong(at));
                add(&read.words, DomainWord::Word(at));
                add(&read.against, DomainWord::Against(at));
                packs.push(read.row);
            }
            Err(problems) => panic!("{}:\n  {}", path.display(), problems.join("\n  ")),
        }
    }
    let kernel = kernel.unwrap_or_else(|| panic!("{}: kernel.toml is missing", folder.display()));
    out.table("KERNELS", "The one row that belongs to no field", "DomainRow", &List(vec![kernel]));
    out.table("DOMAINS", "The fields of application, sorted by id", "DomainRow", &packs);
    phrases
        .print(out, "DOMAIN_PHRASES", "The words and phrases that tell domains", "DomainWord", |c| c == ' ');
}

fn decisions(slots: &List<SlotRow>, out: &mut Output) {
    unique("decisions", slots.0.iter().map(|slot| &slot.id));
    unique("rules of decisions", slots.0.iter().flat_map(|slot| slot.rules.0.iter().map(|rule| &rule.id)));
    for slot in &slots.0 {
        unique(&slot.id, slot.options.0.iter().map(|option| &option.id));
        for rule in &slot.rules.0 {
            let known = slot.options.0.iter().any(|option| option.id == rule.option);
            assert!(known, "decisions: rule `{}` names the unknown option `{}`", rule.id, rule.option);
            let kind = rule.kind.as_deref().unwrap_or("heuristic");
            assert!(
                ["fact", "heuristic"].contains(&kind),
                "decisions: rule `{}` is neither fact nor heuristic",
                rule.id
            );
            assert!(
                kind == "heuristic" || rule.source.is_some() && rule.date.is_some(),
                "decisions: rule `{}` is a fact and needs its source and date",
                rule.id
            );
            assert!(
                rule.add.abs() <= 20.0 || (rule.add.abs() - 50.0).abs() < f64::EPSILON,
                "decisions: rule `{}` adds neither up to 20 nor forces or forbids with 50",
                rule.id
            );
        }
    }
    out.table("SLOTS", "The decisions, in the order of the document", "SlotRow", slots);
}

/// Verbs in base form, each with its class.
fn verbs(path: &Path, lists: &mut lexicon::Lexicon, out: &mut Output) {
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
    lists.add("noun_verbs", &table.also_nouns.words);
    let all: BTreeSet<&str> = classes.values().copied().collect();
    let place = |class: &str| (0_u16..).zip(&all).find(|(_, known)| **known == class).map(|(at, _)| at);
    let words = classes.iter().map(|(word, class)| ((*word).to_owned(), place(class).unwrap_or_default()));
    out.words("VERBS", "Verbs in base form and what they ask for", "VerbClass", words.collect());
    places("VERB_CLASSES", "VerbClass", all.iter(), out);
}

/// `later-release` as `LaterRelease`.
fn camel(word: &str) -> String {
    let capital = |part: &str| part[..1].to_uppercase() + &part[1..];
    word.split('-').filter(|part| !part.is_empty()).map(capital).collect()
}

fn word_lists(path: &Path, lists: &mut lexicon::Lexicon) {
    let table: BTreeMap<String, String> = read(path);
    for (name, words) in table.iter().filter(|(name, _)| !["source", "date"].contains(&name.as_str())) {
        lists.add(name, words);
    }
}

fn irregular(path: &Path, out: &mut Output) {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Irregular {
        source: String,
        date: String,
        plurals: BTreeMap<String, String>,
        verbs: BTreeMap<String, String>,
        actions: BTreeMap<String, String>,
    }
    let table: Irregular = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    out.words("PLURALS", "Irregular plurals with their singulars", "Text", table.plurals);
    out.words("VERB_FORMS", "Irregular verb forms with their base forms", "Text", table.verbs);
    out.words("ACTION_NOUNS", "Nouns with the verbs whose action they name", "Text", table.actions);
}

/// The words of a section of a lexicon, each with its kind.
fn kinds(path: &Path, section: &str) -> BTreeMap<String, String> {
    #[derive(Deserialize)]
    struct Kinds {
        source: String,
        date: String,
        #[serde(flatten)]
        sections: BTreeMap<String, BTreeMap<String, String>>,
    }
    let table: Kinds = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    let mut words = BTreeMap::new();
    for (kind, all) in &table.sections[section] {
        for word in all.split_whitespace() {
            let other = words.insert(word.to_owned(), kind.clone());
            assert!(other.is_none(), "{}: `{word}` stands in two kinds", path.display());
        }
    }
    words
}

fn nouns(path: &Path, lists: &mut lexicon::Lexicon) {
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
        devices: Words,
        products: Words,
        personal: Words,
        measures: Words,
        units: Words,
    }
    let table: Nouns = read(path);
    assert!(
        !table.source.is_empty() && !table.date.is_empty(),
        "{}: source and date are needed",
        path.display()
    );
    for (name, list) in [
        ("stop_nouns", table.stop),
        ("containers", table.containers),
        ("empty_heads", table.empty_heads),
        ("people", table.people),
        ("products", table.products),
        ("personal", table.personal),
        ("measures", table.measures),
        ("units", table.units),
        ("systems", table.systems),
        ("devices", table.devices),
    ] {
        lists.add(name, &list.words);
    }
}
