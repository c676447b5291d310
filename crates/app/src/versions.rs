//! Earlier versions of the text with what was settled for it: to go back to, and to compare with.

use crate::json;
use js_sys::{Array, Object};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// How many versions are kept.
const MOST: usize = 40;
/// How many characters all of them may have together; browsers keep some five million for a whole site.
const ROOM: usize = 1_500_000;

/// A text with what was settled for it.
#[derive(Clone)]
pub(crate) struct Version {
    /// What happened next: the step that going back to it undoes.
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) options: Object,
}

/// The versions, the newest last, and those that were undone.
#[derive(Default)]
pub(crate) struct Versions {
    past: RefCell<Vec<Version>>,
    future: RefCell<Vec<Version>>,
}

impl Versions {
    /// Takes what was kept; `false` where that is no list of versions.
    pub(crate) fn load(&self, written: &str) -> bool {
        let Some(list) = json::parse(written).filter(Array::is_array) else { return false };
        let versions: Option<Vec<Version>> =
            list.unchecked_into::<Array>().iter().map(|value| Version::read(&value)).collect();
        let sound = versions.is_some();
        self.past.replace(versions.unwrap_or_default());
        sound
    }

    /// The versions as JSON, or nothing where there are none.
    pub(crate) fn written(&self) -> Option<String> {
        let past = self.past.borrow();
        let list: Array = past.iter().map(Version::write).collect();
        (!past.is_empty()).then(|| json::write(&list))
    }

    /// Notes a version that is about to be left.
    pub(crate) fn note(&self, version: Version) {
        self.future.borrow_mut().clear();
        push(&mut self.past.borrow_mut(), version);
    }

    /// Goes back one step from the present version.
    pub(crate) fn undo(&self, present: Version) -> Option<Version> {
        step(&self.past, &self.future, present)
    }

    /// Goes forward again.
    pub(crate) fn redo(&self, present: Version) -> Option<Version> {
        step(&self.future, &self.past, present)
    }

    /// The step that would be undone.
    pub(crate) fn last_step(&self) -> Option<String> {
        self.past.borrow().last().map(|version| version.label.clone())
    }

    /// Whether something can be done again.
    pub(crate) fn can_redo(&self) -> bool {
        !self.future.borrow().is_empty()
    }

    /// All versions that one can compare with, the newest first.
    pub(crate) fn all(&self) -> Vec<Version> {
        self.past.borrow().iter().rev().cloned().collect()
    }
}

fn step(from: &RefCell<Vec<Version>>, to: &RefCell<Vec<Version>>, mut present: Version) -> Option<Version> {
    let version = from.borrow_mut().pop()?;
    // The step between the two keeps its name in both directions.
    present.label.clone_from(&version.label);
    push(&mut to.borrow_mut(), present);
    Some(version)
}

/// Adds a version, and forgets the oldest where there are too many.
fn push(list: &mut Vec<Version>, version: Version) {
    list.push(version);
    let mut size: usize = list.iter().map(|version| version.text.len()).sum();
    while list.len() > 1 && (list.len() > MOST || size > ROOM) {
        size -= list.remove(0).text.len();
    }
}

impl Version {
    /// As a plain object.
    pub(crate) fn write(&self) -> JsValue {
        let fields = [
            ("label", JsValue::from_str(&self.label)),
            ("text", JsValue::from_str(&self.text)),
            ("options", self.options.clone().into()),
        ];
        json::object(&fields).into()
    }

    fn read(value: &JsValue) -> Option<Self> {
        let options = json::field(value, "options");
        Some(Self {
            label: json::text(value, "label")?,
            text: json::text(value, "text")?,
            options: json::is_object(&options).then(|| options.unchecked_into())?,
        })
    }
}
