//! Plain objects of JavaScript: what is kept as JSON, sent in links and posted to the worker.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

/// An object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        put(&object, name, value);
    }
    object
}

/// A field; undefined where there is none.
pub(crate) fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A field that holds a text.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

/// Sets a field, or takes it away where the value is undefined.
pub(crate) fn put(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes and gives up any property.
    let _ = if value.is_undefined() {
        Reflect::delete_property(object, &name.into())
    } else {
        Reflect::set(object, &name.into(), value)
    };
}

/// A value as JSON.
pub(crate) fn write(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// A number as it is written. The browser knows how, and a second way to do it would weigh in the module.
pub(crate) fn number(value: f64) -> String {
    write(&value.into())
}

/// The value that JSON holds, where it is JSON.
pub(crate) fn parse(text: &str) -> Option<JsValue> {
    JSON::parse(text).ok()
}

/// Whether a value is an object that is no list.
pub(crate) fn is_object(value: &JsValue) -> bool {
    value.is_object() && !js_sys::Array::is_array(value)
}
