//! The texts to start from, which the page carries.

use crate::dom::by_id;
use crate::json;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// A text to start from.
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The examples.
pub(crate) struct Examples(Vec<Example>);

impl Examples {
    /// Those of the page.
    pub(crate) fn of_page() -> Result<Self, JsValue> {
        let written = by_id::<Element>("examples")?.text_content().unwrap_or_default();
        let parsed: Array =
            json::parse(&written).ok_or("the examples of the page are no JSON")?.dyn_into()?;
        let field = |value: &JsValue, name: &str| json::text(value, name).unwrap_or_default();
        let example = |value| Example { name: field(&value, "name"), text: field(&value, "text") };
        Ok(Self(parsed.iter().map(example).collect()))
    }

    /// The one that a first visitor sees.
    pub(crate) fn first(&self) -> Option<&Example> {
        self.0.first()
    }

    /// The one of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Example> {
        self.0.iter().find(|example| example.name == name)
    }

    /// The one that the fragment of an address names: `#example=NAME`.
    pub(crate) fn of_fragment(&self, fragment: &str) -> Option<&Example> {
        self.named(fragment.strip_prefix("#example=")?)
    }

    /// Whether a text is one of them, untouched.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.0.iter().any(|example| example.text == text)
    }
}
