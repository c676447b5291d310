//! The program of the designer page: it takes the text, asks the engine in a worker, and shows what comes back.
//!
//! It knows the page and the messages, and nothing of requirements or designs. The engine is reached through
//! `site/js/worker.js` only, so that no amount of text can make the page stutter.

mod changes;
mod designer;
mod document;
mod dom;
mod engine;
mod examples;
mod files;
mod json;
mod latest;
mod load;
mod marks;
mod messages;
mod notice;
mod open;
mod points;
mod settings;
mod share;
mod statement;
mod steps;
mod storage;
mod tabs;
mod versions;
mod why;

use wasm_bindgen::prelude::*;

/// Starts the program on the page that loaded it.
#[cfg_attr(not(test), wasm_bindgen(start))]
pub fn start() -> Result<(), JsValue> {
    designer::Designer::start()
}
