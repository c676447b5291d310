//! The views of a design: one of them is shown, and the arrow keys lead from one to the next.

use crate::dom::{self, attribute, on, window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent};

/// The views by the last part of their ids, in the order of the tabs.
const VIEWS: [&str; 5] = ["document", "points", "changes", "files", "proof"];

struct View {
    tab: HtmlElement,
    panel: HtmlElement,
    /// Where the window was scrolled to when the view was left.
    place: f64,
}

/// The tabs of the page.
pub(crate) struct Tabs {
    views: RefCell<Vec<View>>,
    current: RefCell<usize>,
}

impl Tabs {
    /// Takes the tabs of the page into service.
    pub(crate) fn start() -> Result<Rc<Self>, JsValue> {
        let mut views = Vec::new();
        for name in VIEWS {
            let tab = dom::by_id(&format!("tab-{name}"))?;
            let panel = dom::by_id(&format!("panel-{name}"))?;
            views.push(View { tab, panel, place: 0.0 });
        }
        let tabs = Rc::new(Self { views: RefCell::new(views), current: RefCell::new(0) });
        for (index, view) in tabs.views.borrow().iter().enumerate() {
            let this = Rc::clone(&tabs);
            on(&view.tab, "click", move |_| this.show(index));
            let this = Rc::clone(&tabs);
            on(&view.tab, "keydown", move |event| {
                let key = event.unchecked_ref::<KeyboardEvent>().key();
                let target = match key.as_str() {
                    "ArrowRight" => (index + 1) % VIEWS.len(),
                    "ArrowLeft" => (index + VIEWS.len() - 1) % VIEWS.len(),
                    "Home" => 0,
                    "End" => VIEWS.len() - 1,
                    _ => return,
                };
                event.prevent_default();
                this.show(target);
                // The element is on the page, so it can have the focus.
                let _ = this.views.borrow()[target].tab.focus();
            });
        }
        Ok(tabs)
    }

    /// Shows the view of the document.
    pub(crate) fn show_document(&self) {
        self.show(0);
    }

    /// Shows the view of the open points.
    pub(crate) fn show_points(&self) {
        self.show(1);
    }

    /// Shows the view of what changed.
    pub(crate) fn show_changes(&self) {
        self.show(2);
    }

    /// Shows a view at the place where it was left.
    fn show(&self, index: usize) {
        let previous = self.current.replace(index);
        if previous == index {
            return;
        }
        let mut views = self.views.borrow_mut();
        views[previous].place = window().scroll_y().unwrap_or_default();
        for (position, view) in views.iter().enumerate() {
            let selected = position == index;
            attribute(&view.tab, "aria-selected", if selected { "true" } else { "false" });
            attribute(&view.tab, "tabindex", if selected { "0" } else { "-1" });
            view.panel.set_hidden(!selected);
        }
        window().scroll_to_with_x_and_y(0.0, views[index].place);
    }
}
