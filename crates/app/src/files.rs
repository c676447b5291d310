//! The files of the design: the list, the view of one of them, and downloads.

use crate::dom::{self, Holder, append, attribute, element, on};
use crate::json;
use crate::messages::File;
use js_sys::{Array, JsString};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, Url};

/// The view of the files.
pub(crate) struct Files {
    badge: HtmlElement,
    list: Element,
    name: Element,
    contents: Holder,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    files: Vec<(String, JsString)>,
    /// The path of the file in view.
    shown: String,
    /// Whether a newer design is in view than that of the files, whose own are still being written.
    old: bool,
    /// What the reader has asked for since.
    asked: Vec<fn(&Files)>,
}

impl Files {
    /// Takes the view of the page into service.
    pub(crate) fn start() -> Result<Rc<Self>, JsValue> {
        let contents: Element = dom::by_id("file-contents")?;
        let code: Holder =
            contents.first_element_child().ok_or("the view of a file has no code element")?.unchecked_into();
        let files = Rc::new(Self {
            badge: dom::by_id("files-count")?,
            list: dom::by_id("file-list")?,
            name: dom::by_id("file-name")?,
            contents: code,
            state: RefCell::default(),
        });
        let this = Rc::clone(&files);
        let download: Element = dom::by_id("download")?;
        on(&download, "click", move |_| this.when_written(Self::download));
        let this = Rc::clone(&files);
        let prove: Element = dom::by_id("prove")?;
        on(&prove, "click", move |_| this.when_written(Self::prove));
        Ok(files)
    }

    /// Another design is in view; its files follow.
    pub(crate) fn expect(&self) {
        self.state.borrow_mut().old = true;
    }

    /// Does something with the files of the design in view: now, or when they are there.
    fn when_written(&self, act: fn(&Self)) {
        if self.state.borrow().old {
            self.state.borrow_mut().asked.push(act);
        } else {
            act(self);
        }
    }

    /// Takes the files of a new design; the file in view stays in view as long as there is one of its path.
    pub(crate) fn update(self: &Rc<Self>, files: &[File]) {
        let files: Vec<_> = files.iter().map(|file| (file.path(), file.contents())).collect();
        let mut state = self.state.borrow_mut();
        let same_paths = files.iter().map(|(path, _)| path).eq(state.files.iter().map(|(path, _)| path));
        if !files.iter().any(|(path, _)| *path == state.shown) {
            state.shown = files.first().map(|(path, _)| path.clone()).unwrap_or_default();
        }
        state.files = files;
        state.old = false;
        let asked = std::mem::take(&mut state.asked);
        drop(state);
        if !same_paths {
            self.list();
        }
        self.show();
        for act in asked {
            act(self);
        }
    }

    fn list(self: &Rc<Self>) {
        let state = self.state.borrow();
        dom::badge(&self.badge, state.files.len());
        self.list.replace_children_with_node_0();
        for (path, _) in &state.files {
            let button = element("button", "", "");
            attribute(&button, "type", "button");
            attribute(&button, "data-path", path);
            let (folder, name) =
                path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
            if !folder.is_empty() {
                append(&button, &[element("span", "folder", &format!("{folder}/"))]);
            }
            append(&button, &[element("span", "", name)]);
            let (this, path) = (Rc::clone(self), path.clone());
            on(&button, "click", move |_| {
                this.state.borrow_mut().shown.clone_from(&path);
                this.show();
            });
            let item = element("li", "", "");
            append(&item, &[button]);
            append(&self.list, &[item]);
        }
    }

    fn show(&self) {
        let state = self.state.borrow();
        let shown = state.files.iter().find(|(path, _)| *path == state.shown);
        let contents = shown.map_or_else(|| JsString::from(""), |(_, text)| text.clone());
        if self.contents.text() != contents {
            self.contents.set_class_name(&format!("language-{}", language(&state.shown)));
            self.contents.set_text(&contents);
            dom::announce_change();
        }
        self.name.set_text_content(Some(&state.shown));
        let buttons = self.list.query_selector_all("button").ok();
        let buttons = buttons.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
        for button in buttons.filter_map(|node| node.dyn_into::<Element>().ok()) {
            let shown = button.get_attribute("data-path").as_deref() == Some(state.shown.as_str());
            attribute(&button, "aria-current", if shown { "true" } else { "false" });
        }
    }

    fn prove(&self) {
        let state = self.state.borrow();
        let given = state
            .files
            .iter()
            .map(|(path, contents)| json::object(&[("path", path.into()), ("contents", contents.into())]));
        dom::tell("prove", &given.collect::<Array>());
    }

    fn download(&self) {
        let state = self.state.borrow();
        let Some((path, contents)) = state.files.iter().find(|(path, _)| *path == state.shown) else {
            return;
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        save(name, "text/plain;charset=utf-8", contents);
    }
}

/// The language of a file, as code blocks name it.
fn language(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase()
}

/// Gives the reader a file.
pub(crate) fn save(name: &str, kind: &str, part: &JsValue) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(part), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let link: HtmlAnchorElement = element("a", "", "").unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken the data over once the click has been handled.
    gloo::timers::callback::Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}
