//! The larger steps of the reader: another text, a number that is set, a decision that is pinned, and back again. Each
//! notes the version before it, so that no text is lost; and what comes from elsewhere (a link, another window) never
//! takes the place of a text without keeping it.

use crate::changes::Against;
use crate::designer::{Designer, fragment};
use crate::dom::{by_id, on, window};
use crate::files;
use crate::json;
use crate::messages::Problem;
use crate::settings::Change;
use crate::share;
use crate::storage::{self, DRAFT, Fault, SETTINGS, VERSIONS};
use crate::versions::Version;
use js_sys::Object;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlButtonElement, StorageEvent};

/// The name of the file that holds a text with what was settled for it.
const FILE: &str = "requirements.backend-design.json";

impl Designer {
    pub(crate) fn listen_to_steps(self: &Rc<Self>) -> Result<(), JsValue> {
        let act = |id: &str, act: fn(&Rc<Self>)| -> Result<(), JsValue> {
            let button: HtmlButtonElement = by_id(id)?;
            let this = Rc::clone(self);
            on(&button, "click", move |_| act(&this));
            Ok(())
        };
        act("clear", |this| {
            this.replace("clear", "");
            let _ = this.text.focus();
        })?;
        act("undo", |this| this.go(this.versions.undo(this.present(""))))?;
        act("redo", |this| this.go(this.versions.redo(this.present(""))))?;
        act("keep", |this| {
            this.note("keep this version");
            this.after_step();
        })?;
        act("share", |this| {
            let this = Rc::clone(this);
            spawn_local(async move { this.share().await });
        })?;
        let this = Rc::clone(self);
        on(&window(), "hashchange", move |_| {
            this.open_address();
        });
        let this = Rc::clone(self);
        on(&window(), "storage", move |event| this.other_window(event.unchecked_ref()));
        Ok(())
    }

    /// The first moment: what the address asks for, what was written last, or a real example.
    pub(crate) fn begin(self: &Rc<Self>) {
        let mut damaged = Vec::new();
        if storage::read(VERSIONS).is_some_and(|written| !self.versions.load(&written)) {
            damaged.push("the earlier versions");
        }
        if let Some(written) = storage::read(SETTINGS) {
            match json::parse(&written).filter(json::is_object) {
                Some(options) => self.settings.replace(&options),
                None => damaged.push("what you had set and pinned"),
            }
        }
        if !damaged.is_empty() {
            let what = damaged.join(" and ");
            let text = format!(
                "This browser kept {what} in a damaged form, which cannot be read. The text itself is here."
            );
            self.notices.say("damaged", &text, Vec::new());
        }
        let draft = self.kept.draft().filter(|text| !text.trim().is_empty());
        let first = self.examples.first().map(|example| example.text.clone());
        self.text.set_value(&draft.or(first).unwrap_or_default());
        self.after_step();
        if !self.open_address() {
            self.design_now();
        }
    }

    /// Opens what the fragment of the address asks for; whether it asks for anything.
    fn open_address(self: &Rc<Self>) -> bool {
        let fragment = fragment();
        if let Some(example) = self.examples.of_fragment(&fragment) {
            self.replace("open an example", &example.text);
            return true;
        }
        // Links of any version, also of those to come.
        let is_link =
            fragment.strip_prefix("#v").and_then(|rest| rest.split_once('.')).is_some_and(|(version, _)| {
                !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
            });
        if is_link {
            let this = Rc::clone(self);
            spawn_local(async move { this.open_link(&fragment).await });
        }
        is_link
    }

    async fn open_link(self: &Rc<Self>, fragment: &str) {
        if let Ok(version) = share::read(fragment).await {
            self.take(&version);
            // Otherwise the next visit at this address would put the text of the link over what was written since.
            forget_fragment();
            return;
        }
        self.design_now();
        self.show_problem(&Problem::new(
            "The link holds no text that can be read.",
            "It was cut off or changed on its way, or a newer version of this page made it. What you had here before is untouched.",
            "Ask for the link again, or for the text as a file.",
        ));
    }

    /// Puts a link to the present text into the clipboard, or a file where that would be too long for a link.
    async fn share(self: &Rc<Self>) {
        let text = self.text.value();
        let options = self.settings.current();
        let Ok(fragment) = share::write(&text, &options).await else {
            self.notices.say(
                "share",
                "This browser cannot compress a text into a link. Save it as a file instead.",
                self.save_acts(),
            );
            return;
        };
        if fragment.len() > share::TOO_LONG {
            let size = fragment.len() / 1024;
            let said = format!(
                "A link would have {size} kB, and hardly any program takes one of more than 64. Here is the text as a file; whoever opens it on this page sees the same design."
            );
            self.notices.say("share", &said, self.save_acts());
            self.save_text();
            return;
        }
        let address = window().location().href().unwrap_or_default();
        let link = format!("{}{fragment}", address.split('#').next().unwrap_or_default());
        let copied = JsFuture::from(window().navigator().clipboard().write_text(&link)).await.is_ok();
        if !copied {
            // It can be copied from the bar.
            let _ = window().location().set_hash(&fragment);
        }
        let place =
            if copied { "The link is in the clipboard." } else { "The link stands in the address bar." };
        let what = "It holds the text itself, compressed, and is sent to no server; whoever has it can read the text.";
        let long = if fragment.len() > share::LONG {
            format!(" It has {} kB: some programs cut off links of more than 8.", fragment.len() / 1024)
        } else {
            String::new()
        };
        let acts = if long.is_empty() { Vec::new() } else { self.save_acts() };
        self.notices.say("share", &format!("{place} {what}{long}"), acts);
    }

    fn save_acts(self: &Rc<Self>) -> Vec<(&'static str, crate::notice::Act)> {
        let this = Rc::clone(self);
        vec![("Save as a file", Box::new(move || this.save_text()))]
    }

    fn save_text(&self) {
        let version = self.present("share");
        files::save(FILE, "application/json", &JsValue::from_str(&json::write(&version.write())));
    }

    /// The text as it is, with what is settled for it.
    fn present(&self, label: &str) -> Version {
        Version { label: label.to_owned(), text: self.text.value(), options: self.settings.current() }
    }

    /// Notes the present version before a step. An untouched example is not worth it.
    fn note(&self, label: &str) {
        let version = self.present(label);
        let own = !version.text.trim().is_empty() && !self.examples.holds(&version.text);
        if own || !self.settings.is_empty() {
            self.versions.note(version);
        }
    }

    /// Puts another text in place of the present one, which can be brought back.
    pub(crate) fn replace(self: &Rc<Self>, label: &str, text: &str) {
        self.take(&Version { label: label.to_owned(), text: text.to_owned(), options: Object::new() });
    }

    /// Puts a text with what is settled for it in place of the present one.
    pub(crate) fn take(self: &Rc<Self>, version: &Version) {
        self.note(&version.label);
        self.go(Some(version.clone()));
    }

    fn go(self: &Rc<Self>, version: Option<Version>) {
        let Some(version) = version else { return };
        if self.text.value() != version.text {
            self.text.set_value(&version.text);
            self.text.set_scroll_top(0);
        }
        self.settings.replace(&version.options);
        self.rest_the_slider();
        self.after_step();
        self.design_now();
    }

    /// Settles a fact or a decision, and shows what that changes.
    pub(crate) fn settle(self: &Rc<Self>, change: &Change) {
        self.rest_the_slider();
        self.step(&name_of(change), change, true);
    }

    /// Tries another load; only the first move of the slider is a step that can be undone.
    pub(crate) fn what_if(self: &Rc<Self>, change: &Change, first: bool) {
        self.step("try another load", change, first);
    }

    fn step(self: &Rc<Self>, label: &str, change: &Change, noted: bool) {
        if noted {
            let present = self.present(label);
            self.versions.note(present.clone());
            self.changes.compare(Against {
                label: format!("the design before “{label}”"),
                text: present.text,
                options: present.options,
                chosen: false,
            });
        }
        self.settings.change(change);
        if noted {
            self.after_step();
        } else {
            self.keep_settings();
        }
        self.design_soon();
    }

    /// The engine has refused: a step that caused it is taken back.
    pub(crate) fn refuse(&self) {
        if self.settings.refuse() {
            let _ = self.versions.undo(self.present(""));
            self.rest_the_slider();
            self.after_step();
        }
    }

    /// Keeps what a step changed, and offers to undo it.
    fn after_step(&self) {
        self.report(self.kept.keep(VERSIONS, self.versions.written().as_deref()));
        self.keep_settings();
        self.changes.offer(self.versions.all());
        let button = |id: &str, hidden: bool, title: &str| {
            if let Ok(button) = by_id::<HtmlButtonElement>(id) {
                button.set_hidden(hidden);
                button.set_title(title);
            }
        };
        let last = self.versions.last_step();
        button("undo", last.is_none(), &last.map(|label| format!("Undo: {label}")).unwrap_or_default());
        button("redo", !self.versions.can_redo(), "Do again what was undone");
    }

    /// Keeps what is settled for the next visit.
    fn keep_settings(&self) {
        self.report(self.kept.keep(SETTINGS, self.settings.written().as_deref()));
    }

    /// Keeps the text for the next visit.
    pub(crate) fn keep(&self, text: &str) {
        let own = !self.examples.holds(text);
        self.report(self.kept.keep_draft(own.then_some(text)));
    }

    fn report(&self, fault: Option<Fault>) {
        match fault {
            None => {}
            Some(Fault::NotKept) => self.notices.say(
                "storage",
                "This browser does not let the page keep your text: its storage is full or denied. The text lives as long as this page is open; download it, or share it as a link.",
                Vec::new(),
            ),
            // It is a version from now on, so that neither text is lost.
            Some(Fault::Overtaken(text)) => {
                let options = self.settings.current();
                self.versions.note(Version { label: "the text of another window".to_owned(), text, options });
                self.after_step();
            }
        }
    }

    /// Another window of the site has kept another text.
    fn other_window(self: &Rc<Self>, event: &StorageEvent) {
        let written = event.new_value().filter(|_| event.key().as_deref() == Some(DRAFT));
        let Some(theirs) = written.filter(|text| *text != self.text.value()) else { return };
        let this = Rc::clone(self);
        let act = Box::new(move || this.replace("take the text of another window", &theirs));
        let said = "This text was changed in another window. Whichever is changed last is kept for the next visit; the other stays under Undo.";
        self.notices.say("window", said, vec![("Take that text here", act)]);
    }
}

/// What a step is called.
fn name_of(change: &Change) -> String {
    let shown = change.value.as_string().or_else(|| change.value.as_f64().map(json::number));
    match shown {
        Some(value) => format!("{} = {value}", change.id),
        None => format!("take {} back", change.id),
    }
}

/// Takes the fragment out of the address without a new entry in the history.
fn forget_fragment() {
    let address = window().location().href().unwrap_or_default();
    let plain = address.split('#').next().unwrap_or_default().to_owned();
    if let Ok(history) = window().history() {
        // The same page at the same origin can always be named.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&plain));
    }
}
