//! The JavaScript API from the other side of the boundary, in Node and in a browser: outcomes are plain data, and no
//! argument makes a function throw.
#![cfg(target_family = "wasm")]

use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const BRIEF: &str = "\
# Tool library

Members borrow tools for up to 14 days. A member can reserve a tool that is out.
The librarian records returns and notes damage. About 3,000 members use the service.
";

/// The value of a JavaScript expression.
fn js(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return {expression}"))
        .call0(&JsValue::NULL)
        .expect("the expression has a value")
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).expect("the value has properties")
}

fn string(value: &JsValue, key: &str) -> String {
    get(value, key).as_string().unwrap_or_else(|| panic!("`{key}` is no string in {value:?}"))
}

#[track_caller]
fn done(outcome: &JsValue) -> &JsValue {
    assert_eq!(get(outcome, "ok"), true, "{outcome:?}");
    outcome
}

/// The outcome is an error value with all of its parts, whose first contains the words.
#[track_caller]
fn refused(outcome: &JsValue, words: &str) {
    assert_eq!(get(outcome, "ok"), false, "{outcome:?}");
    let error = get(outcome, "error");
    let what = string(&error, "what");
    assert!(what.contains(words), "`{words}` is not in `{what}`");
    assert!(what.len() < 500, "the message repeats too much of the value");
    assert!(!string(&error, "why").is_empty() && !string(&error, "fix").is_empty());
}

fn designed(text: &str) -> JsValue {
    get(done(&wasm::design(&text.into(), &JsValue::UNDEFINED)), "design")
}

/// What a native caller gets.
fn native(text: &str, options: &design::Options) -> design::Design {
    let analysis = requirements::analyze(text).expect("the text is short enough");
    design::design(analysis, options).expect("the options fit")
}

#[wasm_bindgen_test]
fn documents_are_written_for_places_without_scripts() {
    for (name, format) in markdown::Format::ALL {
        let outcome = wasm::export_markdown(&"# A\n\n[b](https://example.org)".into(), &name.into());
        let native = markdown::export("# A\n\n[b](https://example.org)", format);
        assert_eq!(string(done(&outcome), "contents"), native);
    }
    refused(&wasm::export_markdown(&"# A".into(), &"pdf".into()), "no format `pdf`");
    refused(&wasm::export_markdown(&"# A".into(), &JsValue::NULL), "no format");
    refused(&wasm::export_markdown(&1.into(), &"html".into()), "not a string");
}

#[wasm_bindgen_test]
fn a_design_comes_back_unchanged() {
    for text in [BRIEF, "", "\0\u{1F642} ¼ \u{202E}abc", "| a | b |\n|---|---|\n| 1 | 2 |"] {
        let files = wasm::files(&designed(text));
        let files: Array = get(done(&files), "files").unchecked_into();
        let json =
            files.iter().find(|file| string(file, "path") == "design.json").expect("the canonical model");
        let design = native(text, &design::Options::default());
        assert_eq!(string(&json, "contents"), artifacts::json(&design), "{text:?}");
        assert_eq!(files.length() as usize, artifacts::files(&design).len());
    }
}

#[wasm_bindgen_test]
fn what_is_presented_is_the_design_with_its_document() {
    let presented = wasm::present(&BRIEF.into(), &JsValue::UNDEFINED);
    let design = native(BRIEF, &design::Options::default());
    let document = markdown::render(&artifacts::document(&design)).html;
    assert_eq!(string(done(&presented), "html"), document);
    let same = JSON::stringify(&get(&presented, "design")).expect("plain data");
    assert_eq!(same, JSON::stringify(&designed(BRIEF)).expect("plain data"));
    refused(&wasm::present(&1.into(), &JsValue::UNDEFINED), "not a string");
}

#[wasm_bindgen_test]
fn a_design_survives_storage() {
    let design = designed(BRIEF);
    let stored = JSON::stringify(&design).expect("a design is plain data");
    let restored = JSON::parse(&String::from(stored)).expect("it was written by JSON");
    let contents =
        |design: &JsValue| JSON::stringify(&wasm::files(design)).map(String::from).expect("plain data");
    assert_eq!(contents(&design), contents(&restored));
}

#[wasm_bindgen_test]
fn options_reach_the_engine_as_objects_and_as_maps() {
    let mut options = design::Options::default();
    options.set.insert("users.daily".to_owned(), 50_000.0);
    let expected = artifacts::json(&native(BRIEF, &options));
    for given in [
        "{ set: { 'users.daily': 50000 } }",
        "{ set: new Map([['users.daily', 50000]]), pins: {} }",
        "{ set: { 'users.daily': 50000 }, pins: undefined }",
        "{ set: { 'users.daily': 50000 }, pins: null }",
        "Object.create(null, { set: { value: { 'users.daily': 50000 }, enumerable: true } })",
    ] {
        let outcome = wasm::design(&BRIEF.into(), &js(&format!("({given})")));
        let files: Array = get(&wasm::files(&get(done(&outcome), "design")), "files").unchecked_into();
        let json =
            files.iter().find(|file| string(file, "path") == "design.json").expect("the canonical model");
        assert_eq!(string(&json, "contents"), expected, "{given}");
    }
}

#[wasm_bindgen_test]
fn a_reader_can_do_without_what_is_usual_in_the_field() {
    let text = "We run a help desk. Customers create tickets by email. Agents can assign tickets and can resolve tickets. An SLA says how fast an agent answers.";
    for (given, domains) in [("{}", true), ("{ domains: true }", true), ("{ domains: false }", false)] {
        let options = design::Options { domains, ..design::Options::default() };
        let expected = artifacts::json(&native(text, &options));
        let outcome = wasm::design(&text.into(), &js(&format!("({given})")));
        let files: Array = get(&wasm::files(&get(done(&outcome), "design")), "files").unchecked_into();
        let json =
            files.iter().find(|file| string(file, "path") == "design.json").expect("the canonical model");
        assert_eq!(string(&json, "contents"), expected, "{given}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_text_is_refused() {
    for (given, words) in [
        ("undefined", "is undefined, not a string"),
        ("null", "is null"),
        ("12", "is a number"),
        ("['a']", "is an array"),
        ("({})", "is an object"),
        ("Symbol('a')", "is a symbol"),
        ("new String('a')", "is an object"),
    ] {
        refused(&wasm::design(&js(given), &JsValue::UNDEFINED), words);
        refused(&wasm::render_markdown(&js(given)), words);
    }
}

#[wasm_bindgen_test]
fn lengths_are_limited() {
    let longest = "a".repeat(requirements::MAX_BYTES);
    done(&wasm::design(&longest.as_str().into(), &JsValue::UNDEFINED));
    refused(&wasm::design(&(longest + "a").into(), &JsValue::UNDEFINED), "1048577");
    // Fewer characters than are allowed, but more bytes.
    refused(&wasm::design(&"ä".repeat(600_000).into(), &JsValue::UNDEFINED), "1200000");
    refused(&wasm::design(&js("'a'.repeat(2 ** 28)"), &JsValue::UNDEFINED), "268435456");
    refused(&wasm::render_markdown(&js("'a'.repeat(2 ** 28)")), "268435456");
}

#[wasm_bindgen_test]
fn half_a_surrogate_pair_is_a_text() {
    done(&wasm::design(&js("'A shop \\ud800 sells.'"), &JsValue::UNDEFINED));
}

#[wasm_bindgen_test]
fn malformed_options_are_refused() {
    for (given, words) in [
        ("1", "it is a number, not an object"),
        ("'set'", "it is a string"),
        ("[]", "it is an array"),
        ("{ sets: {} }", "`sets` is no option; the options are set, pins, domains, profile"),
        ("{ set: [['a', 1]] }", "it is an array"),
        ("{ set: [null] }", "it is an array"),
        ("{ set: 3 }", "options.set"),
        ("{ domains: 'no' }", "domains: "),
        ("{ set: { a: 'x' } }", "set.a: invalid type"),
        ("{ set: { a: NaN } }", "set.a: NaN is not a finite number"),
        ("{ set: { a: 1n } }", "set.a"),
        ("{ pins: { database: 1 } }", "pins.database: invalid type"),
        ("{ set: () => 1 }", "no data"),
        ("{ get set() { throw new Error('no') } }", "no data"),
        ("new Proxy({}, { ownKeys() { throw new Error('no') } })", "no data"),
        ("(o => { o.self = o; return o })({})", "`self` is no option"),
    ] {
        refused(&wasm::design(&BRIEF.into(), &js(&format!("({given})"))), words);
    }
}

#[wasm_bindgen_test]
fn malformed_designs_are_refused() {
    for (given, words) in [
        ("undefined", "invalid type"),
        ("7", "invalid type"),
        ("[]", "missing field"),
        ("{}", "missing field"),
        ("Symbol.iterator", "no data"),
        ("{ get schema_version() { throw new Error('no') } }", "no data"),
    ] {
        refused(&wasm::files(&js(&format!("({given})"))), words);
    }
    let design = designed(BRIEF);
    let broken = |key: &str, value: &str| {
        let copy = Object::assign(&Object::new(), design.unchecked_ref());
        Reflect::set(&copy, &key.into(), &js(value)).expect("the property is set");
        wasm::files(&copy)
    };
    refused(&broken("title", "1"), "title: invalid type");
    refused(&broken("decisions", "[{}]"), "decisions[0]: missing field");
    refused(&broken("decisions", "[1]"), "decisions[0]: invalid type");
    refused(
        &broken("model", "({ entities: 'x'.repeat(10000), relations: [], lifecycles: [] })"),
        "model.entities",
    );
    refused(&broken("language", "({ code: 'en', supported: 'yes' })"), "language.supported");
}

#[wasm_bindgen_test]
fn files_are_packed() {
    let files = get(&wasm::files(&designed(BRIEF)), "files");
    let archive = get(done(&wasm::zip(&files)), "archive");
    let bytes = archive.dyn_into::<Uint8Array>().expect("an archive is a Uint8Array").to_vec();
    assert_eq!(bytes, artifacts::zip(&artifacts::files(&native(BRIEF, &design::Options::default()))));
    done(&wasm::zip(&js("[]")));
}

#[wasm_bindgen_test]
fn malformed_files_are_refused() {
    for (given, words) in [
        ("null", "it is null, not an array"),
        ("'a'", "it is a string, not an array"),
        ("{ 0: { path: 'a', contents: 'b' }, length: 1 }", "it is an object, not an array"),
        ("[{ path: 'a' }]", "[0]: missing field `contents`"),
        ("[{ path: 'a', contents: 'b' }, { path: 1, contents: '' }]", "[1].path"),
        ("[{ path: '../a', contents: '' }]", "`../a` is no relative path"),
        ("[{ path: '/a', contents: '' }]", "`/a` is no relative path"),
        ("[{ path: 'a\\\\b', contents: '' }]", "is no relative path"),
        ("[{ path: 'C:a', contents: '' }]", "is no relative path"),
        ("[{ path: 'a//b', contents: '' }]", "is no relative path"),
        ("[{ path: '', contents: '' }]", "is no relative path"),
    ] {
        refused(&wasm::zip(&js(&format!("({given})"))), words);
    }
}

#[wasm_bindgen_test]
fn markdown_is_rendered_safely() {
    let outcome = wasm::render_markdown(&"# One\n\n<script>alert(1)</script>\n\n## Two *three*".into());
    let html = string(done(&outcome), "html");
    assert!(html.contains("<h1") && !html.contains("<script"), "{html}");
    let headings: Array = get(&outcome, "headings").unchecked_into();
    assert_eq!(headings.length(), 2);
    let second = headings.get(1);
    assert_eq!(get(&second, "level"), 2);
    assert_eq!(string(&second, "text"), "Two three");
    assert!(html.contains(&format!("id=\"{}\"", string(&second, "id"))), "{html}");
}

#[wasm_bindgen_test]
fn the_version_is_that_of_the_crate() {
    assert_eq!(wasm::version(), env!("CARGO_PKG_VERSION"));
}
