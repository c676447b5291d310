//! The facts that the reader set in place of what is assumed, kept with the text.

use crate::draft;
use js_sys::{JSON, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// The facts by their ids, and the change that has not been accepted yet.
pub(crate) struct Settings {
    set: RefCell<Object>,
    /// The id that was changed last and its value before; undefined where it had none.
    pending: RefCell<Option<(String, JsValue)>>,
}

impl Settings {
    /// What was set in the last visit.
    pub(crate) fn load() -> Self {
        let parsed = draft::load_settings().and_then(|written| JSON::parse(&written).ok());
        let set = parsed.and_then(|value| value.dyn_into().ok()).unwrap_or_default();
        Self { set: RefCell::new(set), pending: RefCell::default() }
    }

    /// A copy of the facts.
    pub(crate) fn current(&self) -> Object {
        Object::assign(&Object::new(), &self.set.borrow())
    }

    /// Sets a fact, or forgets it where the value is undefined.
    pub(crate) fn change(&self, id: &str, value: &JsValue) {
        let before = Reflect::get(&self.set.borrow(), &id.into()).unwrap_or(JsValue::UNDEFINED);
        self.put(id, value);
        self.pending.replace(Some((id.to_owned(), before)));
    }

    /// The engine has worked with the present facts.
    pub(crate) fn accept(&self) {
        self.pending.replace(None);
    }

    /// The engine has refused the last change, if there was one: it is taken back, so that it does not spoil what follows.
    pub(crate) fn refuse(&self) {
        if let Some((id, before)) = self.pending.take() {
            self.put(&id, &before);
        }
    }

    /// Forgets all facts: they belong to a text.
    pub(crate) fn clear(&self) {
        self.set.replace(Object::new());
        self.accept();
        self.save();
    }

    fn put(&self, id: &str, value: &JsValue) {
        let set = self.set.borrow();
        // A plain object takes and gives up any property.
        if value.is_undefined() {
            let _ = Reflect::delete_property(&set, &id.into());
        } else {
            let _ = Reflect::set(&set, &id.into(), value);
        }
        drop(set);
        self.save();
    }

    fn save(&self) {
        let set = self.set.borrow();
        let written = JSON::stringify(&set).ok().map(String::from);
        draft::save_settings(written.as_deref().filter(|_| Object::keys(&set).length() > 0));
    }
}
