//! The sentence at which the reader points or where the caret stands: what it is and what it produced.

use crate::dom::{self, append, attribute, element, on};
use crate::messages::Place;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// How many elements of one sort are named; a sentence can cause dozens of figures.
const NAMED: usize = 4;

/// Takes a sentence and the name of what it produced.
type Find = dyn Fn(&str, &str);

/// The line below the text.
pub(crate) struct Statement {
    line: Element,
    shown: RefCell<String>,
    find: Rc<Find>,
}

impl Statement {
    /// Takes the line of the page into service.
    pub(crate) fn start(find: Rc<Find>) -> Result<Self, JsValue> {
        Ok(Self { line: dom::by_id("statement")?, shown: RefCell::default(), find })
    }

    /// Shows a sentence, or what the line is for.
    pub(crate) fn show(&self, place: Option<&Place>) {
        let id = place.map(Place::id).unwrap_or_default();
        if *self.shown.borrow() == id && !id.is_empty() {
            return;
        }
        self.shown.replace(id);
        self.line.replace_children_with_node_0();
        match place {
            Some(place) => self.describe(place),
            None => append(
                &self.line,
                &[element(
                    "span",
                    "hint",
                    "Point at a sentence, or put the caret into it, to see what it produced.",
                )],
            ),
        }
    }

    /// The design is another: what is shown may have produced something else. Gives what that is.
    pub(crate) fn forget(&self) -> String {
        self.shown.take()
    }

    fn describe(&self, place: &Place) {
        let sort = element("span", &format!("sort {}", place.class()), &place.sort());
        append(&self.line, &[element("b", "", &place.id()), sort]);
        let made = place.made();
        let nothing = made.is_some().then(|| "It produced nothing by itself.".to_owned());
        let made = made.unwrap_or_default();
        if made.is_empty() {
            if let Some(reason) = place.reason().or(nothing) {
                append(&self.line, &[element("span", "", &reason)]);
            }
            return;
        }
        let mut kinds: Vec<String> = Vec::new();
        for kind in made.iter().map(crate::messages::Made::kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        append(&self.line, &[element("span", "hint", "produced")]);
        for kind in kinds {
            let names: Vec<String> =
                made.iter().filter(|made| made.kind() == kind).map(crate::messages::Made::name).collect();
            let group = element("span", "made-group", "");
            append(&group, &[element("span", "made-kind", &kind)]);
            for name in names.iter().take(NAMED) {
                let button = element("button", "made", name);
                attribute(&button, "type", "button");
                let (find, id, name) = (Rc::clone(&self.find), place.id(), name.clone());
                on(&button, "click", move |_| find(&id, &name));
                append(&group, &[button]);
            }
            if names.len() > NAMED {
                append(&group, &[element("span", "hint", &format!("and {} more", names.len() - NAMED))]);
            }
            append(&self.line, &[group]);
        }
    }
}
