//! Short ways to what the browser offers in many words.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{
    CustomEvent, CustomEventInit, Document, Element, Event, EventTarget, HtmlElement, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

#[wasm_bindgen]
extern "C" {
    /// An element whose markup and text stay strings of JavaScript: those of a whole design are long, and to copy them
    /// into this program and back takes longer than what it does with them.
    #[wasm_bindgen(extends = Element)]
    pub(crate) type Holder;
    #[wasm_bindgen(method, getter, js_name = textContent)]
    pub(crate) fn text(this: &Holder) -> JsString;
    #[wasm_bindgen(method, setter, js_name = textContent)]
    pub(crate) fn set_text(this: &Holder, text: &JsString);
    #[wasm_bindgen(method, getter, js_name = outerHTML)]
    pub(crate) fn markup(this: &Holder) -> JsString;
    #[wasm_bindgen(method, setter, js_name = innerHTML)]
    pub(crate) fn fill(this: &Holder, markup: &JsString);
}

/// The window of the page. There is one: the program is started by a page.
pub(crate) fn window() -> Window {
    web_sys::window().expect_throw("the designer runs in a window")
}

/// The document of the page.
pub(crate) fn document() -> Document {
    window().document().expect_throw("a window has a document")
}

/// The element with this id, of the kind that the program relies on.
pub(crate) fn by_id<T: JsCast>(id: &str) -> Result<T, JsValue> {
    let missing = || JsValue::from_str(&format!("the page has no element #{id} of the expected kind"));
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or_else(missing)
}

/// A new element with a class and a text, each of which may be empty.
pub(crate) fn element(tag: &str, class: &str, text: &str) -> Element {
    let element = document().create_element(tag).expect_throw("the tags used here are valid");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    element
}

/// Puts elements into another, after what is there.
pub(crate) fn append(parent: &Element, children: &[Element]) {
    for child in children {
        parent.append_child(child).expect_throw("new elements can be put anywhere");
    }
}

/// Sets an attribute.
pub(crate) fn attribute(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).expect_throw("the attribute names used here are valid");
}

/// Calls a function on each event of a type, for as long as the page lives.
pub(crate) fn on(target: &EventTarget, event: &'static str, call: impl FnMut(&Event) + 'static) {
    EventListener::new(target, event, call).forget();
}

/// The same for an event whose usual course the function may stop.
pub(crate) fn on_active(target: &EventTarget, event: &'static str, call: impl FnMut(&Event) + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, call).forget();
}

/// Tells the programs that draw diagrams and colour code that there is something new, and waits for what they do at once.
pub(crate) fn announce_change() {
    if let Ok(event) = CustomEvent::new("documentchange") {
        // Whether a listener cancelled it does not matter.
        let _ = document().dispatch_event(&event);
    }
}

/// Gives another program of the page something to work on.
pub(crate) fn tell(event: &str, detail: &JsValue) {
    let options = CustomEventInit::new();
    options.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(event, &options) {
        // Whether a listener cancelled it does not matter.
        let _ = document().dispatch_event(&event);
    }
}

/// Scrolls as little as is needed to see an element.
pub(crate) fn show(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Shows a number in a badge, or hides the badge at 0.
pub(crate) fn badge(badge: &HtmlElement, number: usize) {
    badge.set_text_content(Some(&number.to_string()));
    badge.set_hidden(number == 0);
}
