//! What the reader settled: facts in place of what is assumed, and decisions in place of what the rules choose.

use crate::json;
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// The sorts of what can be settled, as the engine's options name them.
const SORTS: [&str; 2] = ["set", "pins"];

/// Something that the reader settles.
#[derive(Clone)]
pub(crate) struct Change {
    /// `set` for a fact, `pins` for a decision.
    pub(crate) sort: &'static str,
    /// The fact or the slot of the decision.
    pub(crate) id: String,
    /// The number or the option; undefined takes it back.
    pub(crate) value: JsValue,
}

/// The options of the engine, and how they were before a change that it has not accepted yet.
pub(crate) struct Settings {
    options: RefCell<Object>,
    before: RefCell<Option<Object>>,
}

impl Settings {
    /// Nothing is settled.
    pub(crate) fn new() -> Self {
        Self { options: RefCell::new(sound(&JsValue::UNDEFINED)), before: RefCell::default() }
    }

    /// A copy of the options.
    pub(crate) fn current(&self) -> Object {
        sound(&self.options.borrow())
    }

    /// Whether nothing is settled.
    pub(crate) fn is_empty(&self) -> bool {
        let options = self.options.borrow();
        SORTS
            .iter()
            .all(|sort| Object::keys(json::field(&options, sort).unchecked_ref::<Object>()).length() == 0)
    }

    /// Settles something.
    pub(crate) fn change(&self, change: &Change) {
        let options = self.current();
        let part: Object = json::field(&options, change.sort).unchecked_into();
        json::put(&part, &change.id, &change.value);
        let before = self.options.replace(options);
        self.before.replace(Some(before));
    }

    /// What a fact was set to; undefined where it was not.
    pub(crate) fn fact(&self, id: &str) -> JsValue {
        json::field(&json::field(&self.options.borrow(), "set"), id)
    }

    /// The engine has worked with the present options.
    pub(crate) fn accept(&self) {
        self.before.replace(None);
    }

    /// The engine has refused the last change, if there was one: it is taken back, so that it does not spoil what
    /// follows. Whether there was one.
    pub(crate) fn refuse(&self) -> bool {
        let before = self.before.take();
        before.map(|before| self.options.replace(before)).is_some()
    }

    /// Takes other options: they belong to a text.
    pub(crate) fn replace(&self, options: &JsValue) {
        self.options.replace(sound(options));
        self.accept();
    }

    /// The options as JSON, or nothing where nothing is settled.
    pub(crate) fn written(&self) -> Option<String> {
        (!self.is_empty()).then(|| json::write(&self.options.borrow()))
    }
}

/// A copy that holds both sorts, and of what comes from elsewhere only what the engine could take: numbers and names.
fn sound(given: &JsValue) -> Object {
    let options = Object::new();
    for sort in SORTS {
        let part = json::field(given, sort);
        let copy = Object::new();
        if json::is_object(&part) {
            for key in Object::keys(part.unchecked_ref::<Object>()) {
                let value = Reflect::get(&part, &key).unwrap_or(JsValue::UNDEFINED);
                let fits = if sort == "set" { value.as_f64().is_some() } else { value.is_string() };
                if let (Some(key), true) = (key.as_string(), fits) {
                    json::put(&copy, &key, &value);
                }
            }
        }
        json::put(&options, sort, &copy);
    }
    options
}
