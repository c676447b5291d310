//! What if the load were another: a slider over powers of ten.

use crate::dom::{self, on};
use crate::json;
use crate::settings::Change;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// The fact that the slider sets: requests a second, on average over a day.
const FACT: &str = "requests.average";
/// How many steps of the slider are a power of ten.
const STEPS: f64 = 4.0;

/// The slider.
pub(crate) struct Load {
    frame: HtmlElement,
    slider: HtmlInputElement,
    says: Element,
    /// The load without the slider.
    base: Cell<f64>,
    /// What the reader had set the load to before the slider was moved; the slider is at rest where there is nothing.
    before: RefCell<Option<JsValue>>,
}

impl Load {
    /// Takes the slider of the page into service. `fact` tells what a fact is set to, `change` sets it; its second
    /// argument tells whether this is the first move of the slider.
    pub(crate) fn start(
        fact: impl Fn(&str) -> JsValue + 'static,
        change: impl Fn(Change, bool) + 'static,
    ) -> Result<Rc<Self>, JsValue> {
        let load = Rc::new(Self {
            frame: dom::by_id("what-if")?,
            slider: dom::by_id("load")?,
            says: dom::by_id("load-says")?,
            base: Cell::new(0.0),
            before: RefCell::default(),
        });
        let this = Rc::clone(&load);
        on(&load.slider, "input", move |_| {
            let factor = this.factor();
            let first = this.before.borrow().is_none();
            if first {
                this.before.replace(Some(fact(FACT)));
            }
            let at_rest = (factor - 1.0).abs() < f64::EPSILON;
            let value = if at_rest {
                this.before.take().unwrap_or(JsValue::UNDEFINED)
            } else {
                JsValue::from_f64(rounded(this.base.get() * factor))
            };
            this.say();
            change(Change { sort: "set", id: FACT.to_owned(), value }, first);
        });
        Ok(load)
    }

    /// Takes the load of a new design.
    pub(crate) fn update(&self, load: Option<f64>) {
        if self.before.borrow().is_none() {
            self.base.set(load.unwrap_or_default());
            self.slider.set_value("0");
        }
        self.frame.set_hidden(self.base.get() <= 0.0);
        self.say();
    }

    /// Forgets that the slider was moved: what it set stays, or was taken back elsewhere.
    pub(crate) fn rest(&self) {
        self.before.replace(None);
        self.slider.set_value("0");
    }

    fn factor(&self) -> f64 {
        10_f64.powf(self.slider.value_as_number() / STEPS)
    }

    fn say(&self) {
        let factor = json::number(rounded(self.factor()));
        let load = json::number(rounded(self.base.get() * self.factor()));
        let text = format!("× {factor}: {load} requests/s on average");
        self.says.set_text_content(Some(&text));
        dom::attribute(&self.slider, "aria-valuetext", &text);
    }
}

/// Three digits are as exact as any guess about load.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powf(2.0 - value.log10().floor());
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    #[expect(clippy::float_cmp, reason = "the shortest decimal of a rounded number is exact")]
    fn three_digits_stay() {
        for (value, expected) in
            [(1.0, 1.0), (17.782_794, 17.8), (0.022_22, 0.0222), (123_456.0, 123_000.0), (0.0, 0.0)]
        {
            assert_eq!(rounded(value), expected);
        }
    }
}
