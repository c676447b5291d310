//! What the reader may want to settle: contradictions, questions, assumptions, and what was not understood.

use crate::dom::{self, append, attribute, element, on};
use crate::messages::{Answer, Group, Point};
use crate::settings::Change;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlInputElement};

/// Takes what the reader settles.
type Settle = dyn Fn(&Change);

/// The view of the open points.
pub(crate) struct Points {
    badge: HtmlElement,
    panel: Element,
    /// What is shown, as text, to see whether anything changed.
    shown: RefCell<String>,
    /// Called with the place of a statement in the text.
    show_place: Rc<dyn Fn(u32, u32)>,
    change: OnceCell<Rc<Settle>>,
}

impl Points {
    /// Takes the view of the page into service.
    pub(crate) fn start(show_place: Rc<dyn Fn(u32, u32)>) -> Result<Self, JsValue> {
        Ok(Self {
            badge: dom::by_id("points-count")?,
            panel: dom::by_id("points")?,
            shown: RefCell::default(),
            show_place,
            change: OnceCell::new(),
        })
    }

    /// Calls a function with each fact that the reader sets.
    pub(crate) fn on_change(&self, change: Rc<Settle>) {
        // It is set once, when the page starts.
        let _ = self.change.set(change);
    }

    /// Shows the points of a new design.
    pub(crate) fn update(&self, groups: &[Group]) {
        let as_text: String =
            groups.iter().filter_map(|group| js_sys::JSON::stringify(group).ok()).map(String::from).collect();
        if *self.shown.borrow() == as_text {
            return;
        }
        self.shown.replace(as_text);
        let settled = |group: &Group| !group.open() || group.id() == "set";
        let open = groups.iter().filter(|group| !settled(group)).map(|group| group.items().len()).sum();
        dom::badge(&self.badge, open);

        let sections: Vec<Element> =
            groups.iter().filter(|group| !group.items().is_empty()).map(|group| self.group(group)).collect();
        let empty = sections.is_empty();
        self.panel.replace_children_with_node_0();
        append(&self.panel, &sections);
        if empty {
            let note = "Nothing is open: no assumption was needed, no question is left, and every sentence was understood.";
            append(&self.panel, &[element("p", "empty", note)]);
        }
    }

    /// The words of a point.
    pub(crate) fn words(&self, id: &str) -> Option<String> {
        let item = self.panel.query_selector(&format!("#point-{id}")).ok()??;
        item.query_selector(".point-title").ok()??.text_content()
    }

    /// Brings a point into view and marks it.
    pub(crate) fn reveal(&self, id: &str) {
        let marked = self.panel.query_selector(".revealed").ok().flatten();
        if let Some(marked) = marked {
            marked.set_class_name("");
        }
        let Ok(item) = dom::by_id::<HtmlElement>(&format!("point-{id}")) else { return };
        if let Ok(Some(group)) = item.closest("details") {
            group.unchecked_into::<HtmlDetailsElement>().set_open(true);
        }
        item.set_class_name("revealed");
        item.set_tab_index(-1);
        dom::show(&item);
        let _ = item.focus();
    }

    fn group(&self, group: &Group) -> Element {
        let details: HtmlDetailsElement = element("details", "points", "").unchecked_into();
        let id = format!("points-{}", group.id());
        // A group that the reader folded or unfolded stays so.
        let before = dom::by_id::<HtmlDetailsElement>(&id).ok();
        details.set_open(before.map_or(group.open(), |before| before.open()));
        details.set_id(&id);

        let items = group.items();
        let summary = element("summary", "", "");
        let badge = element("span", "badge", &items.len().to_string());
        append(&summary, &[element("span", "points-title", &group.title()), badge]);
        let list = element("ul", "", "");
        append(&list, &items.iter().map(|item| self.point(item)).collect::<Vec<_>>());
        append(&details, &[summary, element("p", "points-lead", &group.lead()), list]);
        details.into()
    }

    fn point(&self, point: &Point) -> Element {
        let item = element("li", "", "");
        if let Some(id) = point.id() {
            item.set_id(&format!("point-{id}"));
        }
        append(&item, &[element("p", "point-title", &point.title())]);
        let lines = point.details();
        if !lines.is_empty() {
            let list = element("dl", "", "");
            for line in lines {
                append(&list, &[element("dt", "", &line.label()), element("dd", "", &line.text())]);
            }
            append(&item, &[list]);
        }
        let answers = point.answers().unwrap_or_default();
        if let (Some(question), false) = (point.question(), answers.is_empty()) {
            append(&item, &[self.answers(&question, &answers)]);
        }
        if let Some(slot) = point.slot() {
            append(&item, &[self.take_back("pins", &slot)]);
        }
        if let Some(subject) = point.subject() {
            append(&item, &[self.setter(&subject, point)]);
        }
        if let (Some(start), Some(end)) = (point.start(), point.end()) {
            let button = element("button", "link", "Show in the text");
            attribute(&button, "type", "button");
            let show_place = Rc::clone(&self.show_place);
            on(&button, "click", move |_| show_place(start, end));
            append(&item, &[button]);
        }
        item
    }

    /// The usual answers to a question, each given by a click.
    fn answers(&self, question: &str, answers: &[Answer]) -> Element {
        let line = element("p", "answers", "");
        for answer in answers {
            let button = element("button", "control", &answer.label());
            attribute(&button, "type", "button");
            attribute(&button, "data-answer", question);
            let change = Change { sort: "set", id: question.to_owned(), value: answer.value().into() };
            if let Some(settle) = self.change.get().cloned() {
                on(&button, "click", move |_| settle(&change));
            }
            append(&line, &[button]);
        }
        line
    }

    /// A button that takes back what was settled.
    fn take_back(&self, sort: &'static str, id: &str) -> Element {
        let reset = element("button", "link", "Take back");
        attribute(&reset, "type", "button");
        let change = Change { sort, id: id.to_owned(), value: JsValue::UNDEFINED };
        if let Some(settle) = self.change.get().cloned() {
            on(&reset, "click", move |_| settle(&change));
        }
        reset
    }

    /// A field in which the reader sets a fact, and takes it back once it is set.
    fn setter(&self, subject: &str, point: &Point) -> Element {
        let line = element("p", "setter", "");
        let label = element("label", "", "Your value ");
        let input: HtmlInputElement = element("input", "control", "").unchecked_into();
        input.set_type("number");
        attribute(&input, "step", "any");
        attribute(&input, "data-subject", subject);
        let value = point.value().unwrap_or_default();
        if point.pinned() == Some(true) {
            input.set_value(&value);
        } else {
            attribute(&input, "placeholder", &value);
        }
        append(&label, &[input.clone().into()]);
        append(&line, &[label]);
        let Some(change) = self.change.get() else { return line };

        let (set, id, field) = (Rc::clone(change), subject.to_owned(), input.clone());
        on(&input, "change", move |_| {
            let number = field.value_as_number();
            if number.is_finite() {
                set(&Change { sort: "set", id: id.clone(), value: number.into() });
            }
        });
        if point.pinned() == Some(true) {
            append(&line, &[self.take_back("set", subject)]);
        }
        line
    }
}
