//! The text that the reader works on, kept in the browser from visit to visit.
//!
//! Storage may be absent, full or denied; then the text lives as long as the page.

use crate::dom::window;
use web_sys::Storage;

/// The key of the text being worked on.
const DRAFT: &str = "backend-design.draft";
/// The key of the text that it replaced.
const PREVIOUS: &str = "backend-design.previous";
/// The key of the facts that the reader set, as JSON.
const SETTINGS: &str = "backend-design.set";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

fn write(key: &str, text: Option<&str>) {
    let Some(storage) = storage() else { return };
    // Full storage is no reason to stop someone from typing.
    let _ = match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    };
}

/// The text of the last visit.
pub(crate) fn load() -> Option<String> {
    read(DRAFT)
}

/// Keeps the text, or nothing: an untouched example is not worth keeping.
pub(crate) fn save(text: Option<&str>) {
    write(DRAFT, text);
}

/// The text that was replaced last.
pub(crate) fn load_previous() -> Option<String> {
    read(PREVIOUS)
}

/// Keeps the text that is about to be replaced.
pub(crate) fn save_previous(text: Option<&str>) {
    write(PREVIOUS, text);
}

/// The facts that were set for the text of the last visit, as JSON.
pub(crate) fn load_settings() -> Option<String> {
    read(SETTINGS)
}

/// Keeps the facts that were set.
pub(crate) fn save_settings(written: Option<&str>) {
    write(SETTINGS, written);
}
