//! The checks of the build script on domain files: each mistake is found and named.

#[path = "../build/domains.rs"]
mod domains;
#[allow(dead_code, reason = "only the types of the rows need it here")]
#[path = "../build/formula.rs"]
mod formula;
#[path = "../build/rows.rs"]
mod rows;
#[path = "../build/terms.rs"]
mod terms;

use domains::{Known, read};

const GOOD: &str = r#"
id = "choir"
name = "Choir"
source = "test"
date = "2026-11"
strong = ["choir"]
words = ["voice"]
not_unless_asked = ["concerts"]
relations = ["Choir 1 holds * Rehearsal"]
parts = ["Rehearsal 1 has 1..* Piece"]
invariants = [
    { entity = "Rehearsal", kind = "no-overlap", on = ["Choir", "starts at", "ends at"], while = ["planned"], text = "A choir rehearses in one place at a time." },
]
homonyms = [{ word = "piece", here = "Piece", when = ["composer"] }]

[[entity]]
name = "Choir"
synonyms = ["chorus"]
core = true
attributes = ["name: text, unique", "founded on: date, optional"]

[[entity]]
name = "Rehearsal"
attributes = ["starts at: timestamp", "ends at: timestamp"]
transitions = ["planned -> held: hold", "planned, held -> canceled: cancel"]

[[entity]]
name = "Piece"
attributes = ["title: text"]

"#;

fn problems(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from} is not in the text");
    let known = Known { types: ["text", "date", "timestamp"].into(), signals: ["payments"].into() };
    match read(&GOOD.replacen(from, to, 1), "choir", &known) {
        Ok(_) => String::new(),
        Err(problems) => problems.join("\n"),
    }
}

#[test]
fn a_good_file_is_read() {
    let known = Known { types: ["text", "date", "timestamp"].into(), signals: ["payments"].into() };
    let choir = read(GOOD, "choir", &known).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(
        (choir.strong, choir.words, choir.against.len(), choir.row.vocabulary),
        (vec!["choir".to_owned()], vec!["voice".to_owned()], 0, 2)
    );
    let row = choir.row;
    let rehearsal = &row.entities[1];
    assert_eq!(rehearsal.states, ["planned", "held", "canceled"]);
    assert_eq!(rehearsal.transitions.len(), 3);
    let founded = &row.entities[0].attributes[1];
    assert_eq!(
        (founded.name.as_str(), founded.kind.as_str(), founded.required),
        ("founded on", "date", false)
    );
    let [holds, has] = row.relations.as_slice() else { panic!("two relations") };
    assert_eq!((holds.from_min, holds.from_many, holds.to_min, holds.to_many), (1, false, 0, true));
    assert_eq!((has.label.as_str(), has.to_min, has.part), ("has", 1, true));
    assert!(
        format!("{row:?}").contains("RelationRow { from: \"Choir\", to: \"Rehearsal\", label: \"holds\"")
    );
}

#[test]
fn each_mistake_is_named() {
    for (from, to, says) in [
        ("id = \"choir\"", "id = \"chorus\"", "the file is named `choir.toml`"),
        ("source = \"test\"", "source = \"\"", "source and date are needed"),
        ("words = [\"voice\"]", "words = [\"choir\"]", "the word `choir` stands twice"),
        ("words = [\"voice\"]", "words = [\"Voice\"]", "lower case"),
        ("words = [\"voice\"]", "words = []", "are needed, except in the kernel"),
        ("* Rehearsal\"", "* Reharsal\"", "the entity `Reharsal` is unknown"),
        ("Choir 1 holds * Rehearsal", "Choir holds Rehearsal", "is no relation"),
        ("Rehearsal 1 has 1..* Piece", "Rehearsal * has * Piece", "a part belongs to one whole"),
        ("name = \"Piece\"", "name = \"Chorus\"", "`Chorus` stands twice"),
        ("name = \"Piece\"", "name = \"piece\"", "capital letter"),
        ("name: text, unique", "name: string", "`name: string` is no attribute"),
        ("name: text, unique", "name: text, uniq", "`name: text, uniq` is no attribute"),
        ("name: text, unique", "id: text", "every entity has `id`"),
        ("\"ends at: timestamp\"", "\"starts at: date\"", "the attribute `starts at` stands twice"),
        ("\"ends at: timestamp\"", "\"status: text\"", "the states imply the attribute `status`"),
        ("planned -> held: hold", "planned -> held", "is no transition"),
        ("planned, held -> canceled", "planned, lost -> canceled", "`lost` is never reached from `planned`"),
        ("core = true", "signals = [\"payment\"]", "the signal `payment` is unknown"),
        ("entity = \"Rehearsal\"", "entity = \"Concert\"", "the entity is unknown"),
        ("kind = \"no-overlap\"", "kind = \"overlap\"", "the kind is unknown"),
        ("kind = \"no-overlap\"", "kind = \"order\"", "`on` must have 2 to 2 names"),
        ("kind = \"no-overlap\"", "kind = \"range\"", "needs one or two bounds"),
        ("on = [\"Choir\"", "on = [\"Piano\"", "`Piano` is neither an attribute nor linked"),
        ("while = [\"planned\"]", "while = [\"planed\"]", "the state `planed` is unknown"),
        ("at a time.", "at a time", "one short sentence"),
        ("here = \"Piece\"", "here = \"Song\"", "unknown entity `Song`"),
        ("when = [\"composer\"]", "when = []", "needs words in `when`"),
        ("core = true", "cora = true", "unknown field `cora`"),
    ] {
        let found = problems(from, to);
        assert!(found.contains(says), "{from} → {to}: expected “{says}”, found “{found}”");
    }
}
