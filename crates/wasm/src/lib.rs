//! The JavaScript API: the only crate that the engine is reached through from JavaScript.
//!
//! Every function gives a value, `{ ok: true, … }` or `{ ok: false, error }`, and throws on no argument whatever. The
//! TypeScript types in the generated declarations are made from the Rust types (see `types.rs`).

mod argument;
mod decode;
mod outcome;
#[cfg(feature = "stages")]
mod stages;
mod types;

use argument::{list, text, value};
use design::Design;
use outcome::{Compared, Designed, Exported, Listed, Packed, Presented, Rendered, to_js};
use requirements::Diagnostic;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../types.d.ts");

/// Designs the backend that a requirements text asks for. `options` may be left out.
#[wasm_bindgen(unchecked_return_type = "Designed")]
pub fn design(
    #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] given: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: &JsValue,
) -> JsValue {
    to_js(&Designed::from(designed(given, options)))
}

/// Designs as `design` does, and gives the HTML of the document at once, which is what a page shows first: the same as
/// `render_markdown` makes of `design.md`, without the time that all other files take.
#[wasm_bindgen(unchecked_return_type = "Presented")]
pub fn present(
    #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] given: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Options")] options: &JsValue,
) -> JsValue {
    to_js(&Presented::from(designed(given, options)))
}

fn designed(given: &JsValue, options: &JsValue) -> Result<Design, Diagnostic> {
    let text = text(given, requirements::MAX_BYTES)?;
    let options = argument::options(options)?;
    design::design(requirements::analyze(&text)?, &options)
}

/// Writes all files of a design, sorted by path.
#[wasm_bindgen(unchecked_return_type = "Listed")]
pub fn files(#[wasm_bindgen(unchecked_param_type = "Design")] design: &JsValue) -> JsValue {
    let files = value("design", design);
    to_js(&Listed::from(files.map(|design| artifacts::files(&design))))
}

/// Says what differs between two designs: entities, operations, tables, modules, decisions and figures.
#[wasm_bindgen(unchecked_return_type = "Compared")]
pub fn diff(
    #[wasm_bindgen(unchecked_param_type = "Design")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Design")] after: &JsValue,
) -> JsValue {
    let designs = value("design", before).and_then(|before| Ok((before, value("design", after)?)));
    to_js(&Compared::from(designs.map(|(before, after)| design::difference(&before, &after))))
}

/// Plans the way from the tables of one design to those of another while the system runs: `plan.md`, and the scripts of
/// each step.
#[wasm_bindgen(unchecked_return_type = "Listed")]
pub fn migrate(
    #[wasm_bindgen(unchecked_param_type = "Design")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Design")] after: &JsValue,
) -> JsValue {
    let designs = value("design", before).and_then(|before| Ok((before, value("design", after)?)));
    to_js(&Listed::from(designs.map(|(before, after)| artifacts::evolution_files(&before, &after))))
}

/// Packs files into a ZIP archive: the same bytes for the same files.
#[wasm_bindgen(unchecked_return_type = "Packed")]
pub fn zip(#[wasm_bindgen(unchecked_param_type = "DesignFile[]")] files: &JsValue) -> JsValue {
    let files = list("files", files).and_then(argument::paths_below);
    to_js(&Packed::from(files.map(|files| artifacts::zip(&files))))
}

/// Renders Markdown to HTML that is safe to insert into a page, whatever the Markdown holds.
#[wasm_bindgen(unchecked_return_type = "Rendered")]
pub fn render_markdown(
    #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] given: &JsValue,
) -> JsValue {
    to_js(&Rendered::from(text(given, argument::MAX_DOCUMENT).map(|text| markdown::render(&text))))
}

/// Writes Markdown for a place that runs no scripts: `html` for one file that needs no other, `confluence` for the storage
/// format of Confluence, `mediawiki` for the markup of MediaWiki.
#[wasm_bindgen(unchecked_return_type = "Exported")]
pub fn export_markdown(
    #[wasm_bindgen(js_name = text, unchecked_param_type = "string")] given: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "\"html\" | \"confluence\" | \"mediawiki\"")] format: &JsValue,
) -> JsValue {
    let exported = text(given, argument::MAX_DOCUMENT)
        .and_then(|text| Ok(markdown::export(&text, argument::format(format)?)));
    to_js(&Exported::from(exported))
}

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
