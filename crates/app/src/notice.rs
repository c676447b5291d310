//! What the reader should know and may act upon, above the text. Nothing of it stops anyone from working.

use crate::dom::{self, append, attribute, element, on};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// What a button of a notice does.
pub(crate) type Act = Box<dyn Fn()>;

/// The place of the notices; a later one takes the place of one of the same sort.
pub(crate) struct Notices {
    frame: HtmlElement,
    shown: RefCell<Vec<(&'static str, HtmlElement)>>,
}

impl Notices {
    /// Takes the place of the page into service.
    pub(crate) fn start() -> Result<Rc<Self>, JsValue> {
        Ok(Rc::new(Self { frame: dom::by_id("notices")?, shown: RefCell::default() }))
    }

    /// Says something, with buttons that each end the notice.
    pub(crate) fn say(self: &Rc<Self>, sort: &'static str, text: &str, acts: Vec<(&str, Act)>) {
        self.end(sort);
        let notice: HtmlElement = element("div", "notice", "").unchecked_into();
        attribute(&notice, "data-sort", sort);
        append(&notice, &[element("span", "", text)]);
        let acts = acts.into_iter().map(|(label, act)| (label.to_owned(), Some(act)));
        for (label, act) in acts.chain([("Dismiss".to_owned(), None)]) {
            let button = element("button", "link", &label);
            attribute(&button, "type", "button");
            let this = Rc::clone(self);
            on(&button, "click", move |_| {
                this.end(sort);
                if let Some(act) = &act {
                    act();
                }
            });
            append(&notice, &[button]);
        }
        append(&self.frame, &[notice.clone().into()]);
        self.shown.borrow_mut().push((sort, notice));
    }

    /// Takes a notice away.
    pub(crate) fn end(&self, sort: &str) {
        self.shown.borrow_mut().retain(|(shown, notice)| {
            if *shown == sort {
                notice.remove();
            }
            *shown != sort
        });
    }
}
