//! What differs between the design in view and another one: an earlier version, or the same text without the last step.

use crate::dom::{self, append, attribute, element, on};
use crate::messages::Difference;
use crate::versions::Version;
use js_sys::Object;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlSelectElement};

/// How many changes are named in a line of news.
const NAMED: usize = 3;

/// The design to compare with.
#[derive(Clone)]
pub(crate) struct Against {
    /// What it is called.
    pub(crate) label: String,
    /// Its text and options.
    pub(crate) text: String,
    pub(crate) options: Object,
    /// Whether the reader chose it; otherwise it holds for one step only.
    pub(crate) chosen: bool,
}

/// The view of what changed.
pub(crate) struct Changes {
    badge: HtmlElement,
    select: HtmlSelectElement,
    list: Element,
    news: HtmlElement,
    against: RefCell<Option<Against>>,
    versions: RefCell<Vec<Version>>,
}

impl Changes {
    /// Takes the view of the page into service; the function is called when the reader chooses a version.
    pub(crate) fn start(chosen: impl Fn() + 'static, open: impl Fn() + 'static) -> Result<Rc<Self>, JsValue> {
        let changes = Rc::new(Self {
            badge: dom::by_id("changes-count")?,
            select: dom::by_id("against")?,
            list: dom::by_id("changes-list")?,
            news: dom::by_id("news")?,
            against: RefCell::default(),
            versions: RefCell::default(),
        });
        let this = Rc::clone(&changes);
        on(&changes.select, "change", move |_| {
            let index: Option<usize> = this.select.value().parse().ok();
            let version = index.and_then(|index| this.versions.borrow().get(index).cloned());
            this.against.replace(version.map(|Version { label, text, options }| Against {
                label: format!("the version before “{label}”"),
                text,
                options,
                chosen: true,
            }));
            this.clear();
            chosen();
        });
        on(&changes.news, "click", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| target.tag_name().eq_ignore_ascii_case("button")) {
                open();
            }
        });
        changes.clear();
        Ok(changes)
    }

    /// The versions that one can compare with, the newest first.
    pub(crate) fn offer(&self, versions: Vec<Version>) {
        let chosen = self.against.borrow().as_ref().filter(|against| against.chosen).cloned();
        self.select.replace_children_with_node_0();
        let none = if versions.is_empty() { "no earlier version yet" } else { "choose a version…" };
        let mut options = vec![(String::new(), none.to_owned())];
        for (index, version) in versions.iter().enumerate() {
            let title = version.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("empty");
            let title: String = title.trim_start_matches(['#', ' ']).chars().take(40).collect();
            options.push((index.to_string(), format!("before “{}”: {title}", version.label)));
        }
        for (value, label) in options {
            let option = element("option", "", &label);
            attribute(&option, "value", &value);
            append(&self.select, &[option]);
        }
        let index = chosen.and_then(|chosen| {
            versions
                .iter()
                .position(|version| version.text == chosen.text && version.options == chosen.options)
        });
        self.select.set_value(&index.map(|index| index.to_string()).unwrap_or_default());
        self.versions.replace(versions);
    }

    /// Compares with a design for the next step.
    pub(crate) fn compare(&self, against: Against) {
        self.select.set_value("");
        self.against.replace(Some(against));
    }

    /// What the next design of a text is to be compared with.
    pub(crate) fn against(&self, text: &str) -> Option<(String, Object)> {
        let mut against = self.against.borrow_mut();
        // A step is over as soon as the text is another.
        if against.as_ref().is_some_and(|against| !against.chosen && against.text != text) {
            *against = None;
        }
        against.as_ref().map(|against| (against.text.clone(), against.options.clone()))
    }

    /// Shows what a new design changed.
    pub(crate) fn update(&self, differences: Option<&[Difference]>) {
        let against = self.against.borrow();
        let (Some(against), Some(differences)) = (&*against, differences) else {
            drop(against);
            self.clear();
            return;
        };
        dom::badge(&self.badge, differences.len());
        self.list.replace_children_with_node_0();
        let count = match differences.len() {
            0 => "Nothing in the design differs from".to_owned(),
            1 => "One thing differs from".to_owned(),
            many => format!("{many} things differ from"),
        };
        append(&self.list, &[element("p", "points-lead-line", &format!("{count} {}.", against.label))]);
        let mut kinds: Vec<String> = Vec::new();
        for kind in differences.iter().map(Difference::kind) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        for kind in &kinds {
            let of_kind: Vec<&Difference> =
                differences.iter().filter(|difference| difference.kind() == *kind).collect();
            append(&self.list, &[table(kind, &of_kind)]);
        }
        self.tell(against, differences);
    }

    /// A line above the view in which the step was made.
    fn tell(&self, against: &Against, differences: &[Difference]) {
        self.news.replace_children_with_node_0();
        self.news.set_hidden(against.chosen);
        if against.chosen {
            return;
        }
        // What somebody has to build comes before figures.
        let mut telling: Vec<&Difference> = differences.iter().filter(|one| one.kind() != "figure").collect();
        telling.extend(differences.iter().filter(|one| one.kind() == "figure"));
        let first: Vec<String> = telling.iter().take(NAMED).map(|one| sentence(one)).collect();
        let text = if first.is_empty() {
            format!("Compared with {}, nothing in the design changed.", against.label)
        } else {
            format!("Compared with {}: {}", against.label, first.join("; "))
        };
        append(&self.news, &[element("span", "", &text)]);
        if differences.len() > first.len() {
            let button = element("button", "link", &format!("All {} changes", differences.len()));
            attribute(&button, "type", "button");
            append(&self.news, &[button]);
        }
    }

    fn clear(&self) {
        dom::badge(&self.badge, 0);
        self.news.set_hidden(true);
        self.list.replace_children_with_node_0();
        let note = "Choose an earlier version to see what the design gained, lost and decided otherwise. A version is kept before \
                    each larger step: another text, a number that you set, a decision that you pinned.";
        append(&self.list, &[element("p", "empty", note)]);
    }
}

fn sentence(one: &Difference) -> String {
    match (one.before().as_str(), one.after().as_str()) {
        ("", _) => format!("{} {} is new", one.kind(), one.what()),
        (_, "") => format!("{} {} is gone", one.kind(), one.what()),
        (before, after) => format!("{} {}: {before} → {after}", one.kind(), one.what()),
    }
}

fn table(kind: &str, differences: &[&Difference]) -> Element {
    let table = element("table", "changes-table", "");
    let caption = element("caption", "", &format!("{kind} · {}", differences.len()));
    let head = element("thead", "", "");
    let row = element("tr", "", "");
    for name in ["What", "Before", "Now"] {
        let cell = element("th", "", name);
        attribute(&cell, "scope", "col");
        append(&row, &[cell]);
    }
    append(&head, &[row]);
    let body = element("tbody", "", "");
    for one in differences {
        let (before, after) = (one.before(), one.after());
        let class = match (before.is_empty(), after.is_empty()) {
            (true, _) => "added",
            (_, true) => "removed",
            _ => "changed",
        };
        let row = element("tr", class, "");
        let shown = |value: &str, none: &str| element("td", "", if value.is_empty() { none } else { value });
        append(&row, &[element("td", "", &one.what()), shown(&before, "new"), shown(&after, "gone")]);
        append(&body, &[row]);
    }
    append(&table, &[caption, head, body]);
    let frame = element("div", "table", "");
    append(&frame, &[table]);
    frame
}
