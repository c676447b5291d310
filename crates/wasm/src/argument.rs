//! Reading arguments. JavaScript can pass anything, so each is checked, and what is wrong with it is said.

use crate::decode::decode;
use crate::outcome::DesignFile;
use artifacts::File;
use design::Options;
use js_sys::{Array, JsString, Object, Reflect};
use requirements::Diagnostic;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

/// The longest Markdown text that is rendered, in UTF-16 units: a design's document is several times its requirements.
pub(crate) const MAX_DOCUMENT: usize = 16 << 20;

/// How much of a wrong value is repeated in a message.
const SHOWN: usize = 200;

/// The fields of [`Options`]. A test compares them with the declared type.
pub(crate) const OPTIONS: [&str; 4] = ["set", "pins", "domains", "profile"];

#[wasm_bindgen]
extern "C" {
    /// A copy without getters, proxies or functions: reading it runs no foreign code. Fails on what has no such copy.
    #[wasm_bindgen(catch, js_name = structuredClone)]
    fn structured_clone(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// A text of at most so many UTF-16 units. Each is at least one byte, so a text that is too long for the engine is not
/// even copied when it is much too long.
pub(crate) fn text(given: &JsValue, most: usize) -> Result<String, Diagnostic> {
    let Some(string) = given.dyn_ref::<JsString>() else {
        return Err(Diagnostic {
            what: format!("The text is {}, not a string.", kind(given)),
            why: "Only a string can be read as a text.".to_owned(),
            fix: "Pass the text itself, an empty string where there is none.".to_owned(),
            span: None,
        });
    };
    if string.length() as usize > most {
        return Err(Diagnostic {
            what: format!("The text has {} characters; at most {most} are read.", string.length()),
            why: "A longer text could not be answered in the time that a page may take.".to_owned(),
            fix: "Split it, or leave out appendices and logs.".to_owned(),
            span: None,
        });
    }
    Ok(String::from(string))
}

/// The format of an export.
pub(crate) fn format(given: &JsValue) -> Result<markdown::Format, Diagnostic> {
    let name = given.as_string().unwrap_or_default();
    markdown::Format::named(&name).ok_or_else(|| {
        let names = markdown::Format::ALL.map(|(name, _)| name);
        Diagnostic {
            what: format!("There is no format `{}`.", name.chars().take(SHOWN).collect::<String>()),
            why: "Each place has markup of its own.".to_owned(),
            fix: format!("Pass one of: {}.", names.join(", ")),
            span: None,
        }
    })
}

/// The options, or none.
pub(crate) fn options(given: &JsValue) -> Result<Options, Diagnostic> {
    if given.is_undefined() || given.is_null() {
        return Ok(Options::default());
    }
    let given = copy("options", given)?;
    require_object("options", &given)?;
    for (key, value) in entries(&given) {
        if !OPTIONS.contains(&key.as_str()) {
            return Err(invalid(
                "options",
                &format!("`{key}` is no option; the options are {}", OPTIONS.join(", ")),
            ));
        }
        if value.is_undefined() || value.is_null() {
            // Written out, but empty: the same as left out. A property of one's own copy can be deleted.
            let _ = Reflect::delete_property::<Object>(given.unchecked_ref(), &key.into());
        } else if key != "domains" {
            // An array would be taken for a list of pairs.
            require_object(&format!("options.{key}"), &value)?;
        }
    }
    let options: Options = decode(given).map_err(|what| invalid("options", &what))?;
    match options.set.iter().find(|(_, value)| !value.is_finite()) {
        Some((id, value)) => Err(invalid("options", &format!("set.{id}: {value} is not a finite number"))),
        None => Ok(options),
    }
}

/// A value of a Rust type.
pub(crate) fn value<T: DeserializeOwned>(name: &str, given: &JsValue) -> Result<T, Diagnostic> {
    decode(copy(name, given)?).map_err(|what| invalid(name, &what))
}

/// A list of values of a Rust type.
pub(crate) fn list<T: DeserializeOwned>(name: &str, given: &JsValue) -> Result<Vec<T>, Diagnostic> {
    if Array::is_array(given) {
        return value(name, given);
    }
    Err(invalid(name, &format!("it is {}, not an array", kind(given))))
}

/// Files whose paths stay below the folder into which the archive is unpacked.
pub(crate) fn paths_below(files: Vec<DesignFile>) -> Result<Vec<File>, Diagnostic> {
    let below = |path: &str| {
        !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
    };
    match files.iter().find(|file| !below(&file.path)) {
        Some(file) => Err(invalid(
            "files",
            &format!("`{}` is no relative path with forward slashes below the archive", shorten(&file.path)),
        )),
        None => Ok(files.into_iter().map(|DesignFile { path, contents }| File { path, contents }).collect()),
    }
}

fn copy(name: &str, given: &JsValue) -> Result<JsValue, Diagnostic> {
    structured_clone(given)
        .map_err(|_| invalid(name, "it holds something that is no data, such as a function"))
}

fn require_object(name: &str, given: &JsValue) -> Result<(), Diagnostic> {
    if given.is_object() && !Array::is_array(given) {
        return Ok(());
    }
    Err(invalid(name, &format!("it is {}, not an object", kind(given))))
}

fn entries(object: &JsValue) -> Vec<(String, JsValue)> {
    Object::entries(object.unchecked_ref())
        .iter()
        .map(|pair| {
            let pair: Array = pair.unchecked_into();
            (pair.get(0).as_string().unwrap_or_default(), pair.get(1))
        })
        .collect()
}

fn invalid(name: &str, what: &str) -> Diagnostic {
    Diagnostic {
        what: format!("The argument `{name}` cannot be read: {}.", shorten(what)),
        why: "It does not have the shape that the declared type describes.".to_owned(),
        fix: match name {
            "design" => "Pass a design as `design` gave it, unchanged.",
            "files" => "Pass a list of files as `files` gave it: { path, contents }[].",
            _ => "Pass { set: { ID: NUMBER }, pins: { SLOT: OPTION }, domains: BOOLEAN }, or leave the options out.",
        }
        .to_owned(),
        span: None,
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A value's kind in words.
fn kind(value: &JsValue) -> String {
    if value.is_null() {
        return "null".to_owned();
    }
    if Array::is_array(value) {
        return "an array".to_owned();
    }
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match kind.as_str() {
        "undefined" => kind,
        "object" => "an object".to_owned(),
        _ => format!("a {kind}"),
    }
}
