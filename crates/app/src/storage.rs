//! What the browser keeps from visit to visit: the text, what the reader set, and earlier versions.
//!
//! Storage may be absent, full or denied; then everything lives as long as the page, and the reader is told once.

use crate::dom::window;
use std::cell::RefCell;
use web_sys::Storage;

/// The key of the text being worked on.
pub(crate) const DRAFT: &str = "backend-design.draft";
/// The key of what the reader set and pinned, as JSON.
pub(crate) const SETTINGS: &str = "backend-design.settings";
/// The key of the earlier versions, as JSON.
pub(crate) const VERSIONS: &str = "backend-design.versions";

/// What happened to the storage of this page.
pub(crate) enum Fault {
    /// Something could not be written.
    NotKept,
    /// What another window of the site wrote stood where this one would write.
    Overtaken(String),
}

/// The storage as this page knows it.
#[derive(Default)]
pub(crate) struct Kept {
    /// The draft as this page last read or wrote it: what differs from it was written by another window.
    draft: RefCell<Option<String>>,
    /// What could not be written lately, so that it is told once and not with every key.
    failing: RefCell<bool>,
}

impl Kept {
    /// The text of the last visit.
    pub(crate) fn draft(&self) -> Option<String> {
        let draft = read(DRAFT);
        self.draft.replace(draft.clone());
        draft
    }

    /// Keeps the text, or nothing: an untouched example is not worth keeping.
    pub(crate) fn keep_draft(&self, text: Option<&str>) -> Option<Fault> {
        let there = read(DRAFT);
        let known = self.draft.borrow().clone();
        if there.as_deref() == text {
            self.draft.replace(there);
            return None;
        }
        let kept = self.keep(DRAFT, text);
        self.draft.replace(read(DRAFT));
        match there {
            Some(other) if known.as_ref() != Some(&other) && !other.trim().is_empty() => {
                Some(Fault::Overtaken(other))
            }
            _ => kept,
        }
    }

    /// Keeps a value, or forgets it.
    pub(crate) fn keep(&self, key: &str, value: Option<&str>) -> Option<Fault> {
        let written = storage().is_some_and(|storage| {
            match value {
                Some(value) => storage.set_item(key, value),
                None => storage.remove_item(key),
            }
            .is_ok()
        });
        // Nothing to keep is kept, even where nothing can be.
        let failed = !written && value.is_some();
        let before = self.failing.replace(failed);
        (failed && !before).then_some(Fault::NotKept)
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A value that was kept.
pub(crate) fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}
