//! Why an element of the design is there: its sentences, assumptions and rules, the guide, and for a decision the
//! options that it had, each of which can be pinned.

use crate::dom::{self, append, attribute, element, on};
use crate::messages::{Choice, Decision};
use crate::settings::Change;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Gives the words of a reason.
type Words = dyn Fn(&str) -> Option<String>;

/// What the panel asks of the rest of the program.
pub(crate) struct Ask {
    /// The words of a sentence or an assumption.
    pub(crate) words: Box<Words>,
    /// Leads to a sentence or an assumption.
    pub(crate) follow: Box<dyn Fn(&str)>,
    /// Settles a decision.
    pub(crate) change: Box<dyn Fn(Change)>,
}

/// The panel.
pub(crate) struct Why {
    panel: HtmlElement,
    title: HtmlElement,
    body: Element,
    decisions: RefCell<Vec<Decision>>,
    /// What had the focus before.
    opener: RefCell<Option<HtmlElement>>,
    ask: OnceCell<Ask>,
}

impl Why {
    /// Takes the panel and the document of the page into service.
    pub(crate) fn start() -> Result<Rc<Self>, JsValue> {
        let why = Rc::new(Self {
            panel: dom::by_id("why")?,
            title: dom::by_id("why-title")?,
            body: dom::by_id("why-body")?,
            decisions: RefCell::default(),
            opener: RefCell::default(),
            ask: OnceCell::new(),
        });
        let this = Rc::clone(&why);
        let document: Element = dom::by_id("document")?;
        on(&document, "click", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let named = target.and_then(|target| target.closest(".element").ok().flatten());
            if let Some(button) = named {
                this.open(&button);
            }
        });
        let this = Rc::clone(&why);
        let close: Element = dom::by_id("why-close")?;
        on(&close, "click", move |_| this.close());
        let this = Rc::clone(&why);
        on(&why.panel, "keydown", move |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                this.close();
            }
        });
        Ok(why)
    }

    /// Says what the panel may ask for.
    pub(crate) fn ask(&self, ask: Ask) {
        // It is set once, when the page starts.
        let _ = self.ask.set(ask);
    }

    /// Takes the decisions of a new design. What the panel shows may be gone from it.
    pub(crate) fn update(&self, decisions: Vec<Decision>) {
        self.decisions.replace(decisions);
        let stays = self.opener.borrow().as_ref().is_none_or(|opener| opener.is_connected());
        if !stays {
            self.panel.set_hidden(true);
        }
    }

    /// Closes the panel and gives the focus back.
    fn close(&self) {
        self.panel.set_hidden(true);
        if let Some(opener) = self.opener.take() {
            let _ = opener.focus();
        }
    }

    fn open(self: &Rc<Self>, button: &Element) {
        let line = button.closest("p").ok().flatten();
        // A decision is called by the heading above its button, anything else by the words that were clicked.
        let named = line.and_then(|line| line.previous_element_sibling()).unwrap_or_else(|| button.clone());
        let title = named.text_content().unwrap_or_default();
        self.body.replace_children_with_node_0();
        let row = button.closest("tr").ok().flatten();
        let (reasons, guide) = match &row {
            Some(row) => {
                self.cells(row);
                (codes(row), guide_of_section(row))
            }
            None => self.decision(button),
        };
        self.title.set_text_content(Some(&title));
        self.reasons(&reasons);
        if let Some((address, name)) = guide {
            let paragraph = element("p", "why-guide", "The guide: ");
            let anchor = element("a", "", &name);
            attribute(&anchor, "href", &address);
            append(&paragraph, &[anchor]);
            append(&self.body, &[paragraph]);
        }
        self.opener.replace(button.clone().dyn_into().ok());
        self.panel.set_hidden(false);
        let _ = self.title.focus();
    }

    /// What the row says beside its name and its reasons.
    fn cells(&self, row: &Element) {
        let head = row
            .closest("table")
            .ok()
            .flatten()
            .and_then(|table| table.query_selector("thead tr").ok().flatten());
        let Some(head) = head else { return };
        let list = element("dl", "", "");
        let (names, cells) = (head.children(), row.children());
        for index in 1..cells.length() {
            let (Some(name), Some(cell)) = (names.item(index), cells.item(index)) else { continue };
            let text = cell.text_content().unwrap_or_default();
            let is_reasons = name.text_content().as_deref() == Some("Because of");
            if !is_reasons && !text.trim().is_empty() {
                append(
                    &list,
                    &[element("dt", "", &name.text_content().unwrap_or_default()), element("dd", "", &text)],
                );
            }
        }
        append(&self.body, &[list]);
    }

    /// The options of the decision under a heading; gives its reasons and its guide.
    fn decision(self: &Rc<Self>, button: &Element) -> (Vec<String>, Option<(String, String)>) {
        // All blocks from its line to the next heading belong to it.
        let line = button.closest("p").ok().flatten();
        let mut next = line.as_ref().and_then(Element::next_element_sibling);
        let (mut reasons, mut guide) = (Vec::new(), None);
        while let Some(block) = next.filter(|block| !block.tag_name().starts_with('H')) {
            for reason in codes(&block) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            guide = guide.or_else(|| guide_link(&block));
            next = block.next_element_sibling();
        }
        let slot = button.get_attribute("data-slot").unwrap_or_default();
        let decisions = self.decisions.borrow();
        let Some(decision) = decisions.iter().find(|decision| decision.slot() == slot) else {
            return (reasons, guide);
        };
        let list = element("ul", "choices-list", "");
        for choice in decision.options() {
            append(&list, &[self.choice(decision, &choice)]);
        }
        append(&self.body, &[list]);
        (reasons, guide)
    }

    fn choice(self: &Rc<Self>, decision: &Decision, choice: &Choice) -> Element {
        let item = element("li", if choice.chosen() { "chosen" } else { "" }, "");
        append(&item, &[element("strong", "", &choice.name()), element("span", "", &choice.why())]);
        let pinned = choice.chosen() && decision.pinned();
        let label = match (pinned, choice.chosen()) {
            (true, _) => "Take the pin back",
            (false, true) => "Pin it as it is",
            (false, false) => "Pin this instead",
        };
        let button = element("button", "control", label);
        attribute(&button, "type", "button");
        let value = if pinned { JsValue::UNDEFINED } else { JsValue::from_str(&choice.id()) };
        let (this, id) = (Rc::clone(self), decision.slot());
        on(&button, "click", move |_| {
            if let Some(ask) = this.ask.get() {
                this.close();
                (ask.change)(Change { sort: "pins", id: id.clone(), value: value.clone() });
            }
        });
        append(&item, &[button]);
        item
    }

    fn reasons(self: &Rc<Self>, reasons: &[String]) {
        if reasons.is_empty() {
            return;
        }
        let list = element("ul", "reasons", "");
        for reason in reasons {
            let item = element("li", "", "");
            let words = self.ask.get().and_then(|ask| (ask.words)(reason));
            if let Some(words) = words {
                let button = element("button", "evidence", reason);
                attribute(&button, "type", "button");
                let (this, id) = (Rc::clone(self), reason.clone());
                on(&button, "click", move |_| {
                    if let Some(ask) = this.ask.get() {
                        this.panel.set_hidden(true);
                        (ask.follow)(&id);
                    }
                });
                append(&item, &[button, element("span", "", &words)]);
            } else {
                let (sort, name) = reason.split_once(':').unwrap_or(("", reason));
                append(&item, &[element("code", "", name), element("span", "", kind_of(sort))]);
            }
            append(&list, &[item]);
        }
        append(&self.body, &[element("h3", "", "Because of"), list]);
    }
}

fn kind_of(sort: &str) -> &'static str {
    match sort {
        "rule" => "a rule of the engine, which derived it",
        "pin" => "pinned by you",
        _ => "",
    }
}

/// The reasons that an element names: sentences, assumptions, rules and pins.
fn codes(element: &Element) -> Vec<String> {
    let Ok(found) = element.query_selector_all("code, .evidence") else { return Vec::new() };
    let texts = (0..found.length()).filter_map(|index| found.get(index)?.text_content());
    let mut reasons = Vec::new();
    for text in texts {
        let is_id = text.starts_with("rule:") || text.starts_with("pin:") || is_number(&text);
        if is_id && !reasons.contains(&text) {
            reasons.push(text);
        }
    }
    reasons
}

/// Whether this is the id of a sentence or an assumption.
fn is_number(text: &str) -> bool {
    text.strip_prefix(['s', 'a'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The first link to a guide in an element.
fn guide_link(element: &Element) -> Option<(String, String)> {
    let link = element.query_selector("a[href^='guides/']").ok()??;
    Some((link.get_attribute("href")?, link.text_content()?))
}

/// The guide on what the section of an element is about.
fn guide_of_section(row: &Element) -> Option<(String, String)> {
    let section = row.closest("section").ok()??;
    let heading = section.query_selector("h2").ok()??.text_content()?;
    let (guide, name) = if heading.contains("API") {
        ("api-design-guide", "API design")
    } else if heading.contains("Database") {
        ("database-design", "Database design")
    } else if heading.contains("Security") || heading.contains("Deployment") {
        ("best-practices", "Best practices")
    } else if heading.contains("Scalab") {
        ("common-patterns", "Common patterns")
    } else {
        ("backend-design-process", "The design process")
    };
    Some((format!("guides/{guide}/index.html"), name.to_owned()))
}
