//! What is read from pasted schemas: each case of `given.toml`; and that broken and hostile ones do no harm.

mod support;

use requirements::{Analysis, Reason, StatementStatus, analyze};
use support::{check, text};
use toml::{Table, Value};

#[test]
fn every_schema_is_read_as_it_says() {
    check("given.toml", found);
}

/// What the analysis holds under the keys that only these cases have.
fn found(analysis: &Analysis, key: &str, wanted: &Value) -> Option<Value> {
    let entity = |name: &str| analysis.model.entities.iter().find(|entity| entity.name == name);
    let rows = wanted.as_array()?.iter().filter_map(Value::as_array);
    let names = |row: &Vec<Value>, at: usize| row[at].as_str().unwrap_or_default().to_owned();
    let answer: Vec<Value> = match key {
        "types" => rows
            .map(|row| {
                let (owner, name) = (names(row, 0), names(row, 1));
                let attributes =
                    entity(&owner).map(|entity| entity.attributes.as_slice()).unwrap_or_default();
                let Some(attribute) = attributes.iter().find(|attribute| attribute.name == name) else {
                    return Value::Array(vec![text(&owner), text("nothing of this name")]);
                };
                let mut out = vec![text(&owner), text(&name), text(&attribute.kind)];
                out.extend(attribute.required.then(|| text("required")));
                out.extend(attribute.unique.then(|| text("unique")));
                Value::Array(out)
            })
            .collect(),
        "lines" => rows
            .map(|row| {
                let owner = names(row, 0);
                let evidence = entity(&owner).map(|entity| entity.evidence.as_slice()).unwrap_or_default();
                let line = evidence.iter().find_map(|reason| match reason {
                    Reason::Statement(number) => analysis.requirements.statements.get(*number as usize - 1),
                    _ => None,
                });
                let said =
                    line.filter(|line| line.status == StatementStatus::Used).map(|line| line.text.as_str());
                Value::Array(vec![text(&owner), text(said.unwrap_or_default())])
            })
            .collect(),
        _ => return None,
    };
    Some(answer.into())
}

/// Schemas that are cut off, nested without end, or full of what no format knows.
#[test]
fn broken_and_hostile_schemas_are_read_as_far_as_they_go() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/given.toml");
    let file: Table =
        std::fs::read_to_string(path).expect("the cases are there").parse().expect("they are TOML");
    let cases: Vec<&str> = file["case"]
        .as_array()
        .expect("a list of cases")
        .iter()
        .filter_map(|case| case["text"].as_str())
        .collect();
    // Each case cut off at every sixteenth place, and with each sort of mark taken out or doubled.
    for case in &cases {
        for end in (0..case.len()).step_by(16).filter(|end| case.is_char_boundary(*end)) {
            sound(&case[..end]);
            sound(&case[end..]);
        }
        for mark in ['(', ')', '{', '}', '[', ']', '\'', '"', '`', ',', ';', ':', '\n', '>', '@'] {
            sound(&case.replace(mark, ""));
            sound(&case.replace(mark, &format!("{mark}{mark}")));
        }
    }
    for piece in [
        "create table a (",
        "CREATE TABLE t (x int, y int);\n",
        "model M {\n",
        "model M {\n  a Int\n}\n",
        "{\"a\":",
        "[",
        "openapi: 3.0.0\n a:\n",
        "Ref: a.b > c.d\n",
        "a_b,c_d,e_f\n",
        "entity A { ",
        "relationship OneToMany { A to B }\n",
        "```sql\n",
        "create table \u{1f600} (\u{202e} int",
        "components:\n  schemas:\n   - a:\n",
        "enum E { a, b }\n",
        "alter table a add foreign key (b) references c;\n",
        "CREATE TABLE \"'; drop table x; --\" (\"<b>\" text);\n",
    ] {
        sound(&piece.repeat(20_000 / piece.len()));
        sound(&format!("openapi: 3.1.0\ncomponents:\n  schemas:\n{}", piece.repeat(200)));
        sound(&format!("create table a (\n{}", piece.repeat(200)));
    }
    let deep: Vec<String> = (0..400).map(|depth| " ".repeat(depth) + "k:").collect();
    sound(&format!("openapi: 3.1.0\ncomponents:\n{}", deep.join("\n")));
    sound(&("openapi: 3.1.0\npaths:\n  /a: ".to_owned() + &"{a: ".repeat(5000)));
}

/// Every byte that is no white space belongs to one statement, and every reason is a statement that there is.
fn sound(text: &str) {
    let analysis = analyze(text).expect("the text is short");
    let statements = &analysis.requirements.statements;
    let mut end = 0;
    for statement in statements {
        let [from, to] = statement.span;
        assert!(from >= end && text[end..from].trim().is_empty(), "a gap before {statement:?} in:\n{text}");
        end = to;
    }
    assert!(text[end..].trim().is_empty(), "a gap at the end of:\n{text}");
    for entity in &analysis.model.entities {
        for reason in entity.evidence.iter().chain(entity.attributes.iter().flat_map(|known| &known.evidence))
        {
            let Reason::Statement(number) = reason else { continue };
            assert!((1..=statements.len()).contains(&(*number as usize)), "{entity:?}");
        }
    }
}
