//! The page as a whole: the text on one side, the design on the other.

use crate::document::DocumentView;
use crate::dom::{self, append, attribute, by_id, element, on, window};
use crate::draft;
use crate::engine::{self, Answer, Engine};
use crate::files::{self, Files};
use crate::messages::{Place, Problem, Reply};
use crate::points::Points;
use crate::settings::Settings;
use crate::tabs::Tabs;
use gloo::timers::callback::Timeout;
use js_sys::{Array, JSON, Reflect};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, FocusOptions, HtmlButtonElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

/// How many milliseconds of rest a text needs before it is designed.
const REST: u32 = 100;

/// The program.
pub(crate) struct Designer {
    text: HtmlTextAreaElement,
    text_size: Element,
    undo: HtmlButtonElement,
    zip: HtmlButtonElement,
    problem: HtmlElement,
    status: Element,
    document: DocumentView,
    points: Points,
    files: Rc<Files>,
    tabs: Rc<Tabs>,
    settings: Settings,
    /// Where the statements of the design in view stand in its text.
    places: RefCell<Vec<Place>>,
    examples: Vec<Example>,
    engine: OnceCell<Rc<Engine>>,
    /// Replaced with each key stroke, which cancels the one before.
    rest: RefCell<Option<Timeout>>,
}

/// A text to start from.
struct Example {
    name: String,
    text: String,
}

impl Designer {
    /// Takes the page into service.
    pub(crate) fn start() -> Result<(), JsValue> {
        let text: HtmlTextAreaElement = by_id("text")?;
        let show_place = {
            let text = text.clone();
            Rc::new(move |start, end| select(&text, start, end))
        };
        let designer = Rc::new(Self {
            text,
            text_size: by_id("text-size")?,
            undo: by_id("undo")?,
            zip: by_id("zip")?,
            problem: by_id("problem")?,
            status: by_id("status")?,
            document: DocumentView::start()?,
            points: Points::start(show_place)?,
            files: Files::start()?,
            tabs: Tabs::start()?,
            settings: Settings::load(),
            places: RefCell::default(),
            examples: examples()?,
            engine: OnceCell::new(),
            rest: RefCell::default(),
        });
        let this = Rc::clone(&designer);
        let answer = Box::new(move |answer| this.receive(answer));
        let started = Engine::start(engine::script_of_page()?, by_id("progress")?, answer);
        // It is set here and nowhere else.
        let _ = designer.engine.set(started);
        designer.listen()?;
        let this = Rc::clone(&designer);
        designer.points.on_change(Rc::new(move |id, value| {
            this.settings.change(id, value);
            this.design_now();
        }));
        designer.undo.set_hidden(draft::load_previous().is_none());
        designer.text.set_value(&designer.first_text());
        designer.design_now();
        Ok(())
    }

    fn listen(self: &Rc<Self>) -> Result<(), JsValue> {
        let this = Rc::clone(self);
        on(&self.text, "input", move |_| this.design_soon());

        let this = Rc::clone(self);
        on(&self.zip, "click", move |_| {
            this.design_if_due();
            this.engine().zip();
        });

        let this = Rc::clone(self);
        let clear: HtmlButtonElement = by_id("clear")?;
        on(&clear, "click", move |_| {
            this.replace("");
            let _ = this.text.focus();
        });

        let this = Rc::clone(self);
        on(&self.undo, "click", move |_| {
            if let Some(text) = draft::load_previous() {
                this.replace(&text);
            }
        });

        let this = Rc::clone(self);
        let select: HtmlSelectElement = by_id("example")?;
        let choice = select.clone();
        on(&select, "change", move |_| {
            if let Some(example) = this.example(&choice.value()) {
                this.replace(&example.text);
            }
            choice.set_value("");
        });

        let this = Rc::clone(self);
        let input: HtmlInputElement = by_id("open")?;
        let chosen = input.clone();
        on(&input, "change", move |_| {
            let Some(file) = chosen.files().and_then(|files| files.get(0)) else { return };
            chosen.set_value("");
            let this = Rc::clone(&this);
            spawn_local(async move {
                match JsFuture::from(file.text()).await {
                    Ok(text) => this.replace(&text.as_string().unwrap_or_default()),
                    Err(_) => this.show_problem(&Problem::new(
                        "The file could not be read.",
                        "It was moved or changed, or the browser may not open it.",
                        "Choose it again, or copy its text and paste it.",
                    )),
                }
            });
        });

        let (this, titled) = (Rc::clone(self), Rc::clone(self));
        self.document.on_reason(
            move |id| this.follow(id),
            move |id| titled.places.borrow().iter().find(|place| place.id() == id).map(Place::text),
        );

        let this = Rc::clone(self);
        on(&window(), "hashchange", move |_| {
            if let Some(example) = this.example_of_address() {
                this.replace(&example.text);
            }
        });
        Ok(())
    }

    /// Shows what an element rests on: a sentence of the text, or an assumption.
    fn follow(&self, id: &str) {
        if let Some(place) = self.places.borrow().iter().find(|place| place.id() == id) {
            select(&self.text, place.start(), place.end());
        } else {
            self.tabs.show_points();
            self.points.reveal(id);
        }
    }

    fn engine(&self) -> &Rc<Engine> {
        self.engine.get().expect_throw("the engine is set when the page starts")
    }

    /// The text of the first moment: what the address asks for, what was written last, or a real example.
    fn first_text(&self) -> String {
        let draft = draft::load().filter(|text| !text.trim().is_empty());
        if let Some(example) = self.example_of_address() {
            if let Some(draft) = draft {
                self.keep_previous(&draft);
            }
            self.settings.clear();
            return example.text.clone();
        }
        draft.or_else(|| self.examples.first().map(|example| example.text.clone())).unwrap_or_default()
    }

    fn example(&self, name: &str) -> Option<&Example> {
        self.examples.iter().find(|example| example.name == name)
    }

    /// The example that the address names: `#example=NAME`.
    fn example_of_address(&self) -> Option<&Example> {
        let hash = window().location().hash().ok()?;
        self.example(hash.strip_prefix("#example=")?)
    }

    /// Puts another text in place of the present one, which can be brought back.
    fn replace(self: &Rc<Self>, text: &str) {
        self.keep_previous(&self.text.value());
        self.settings.clear();
        self.text.set_value(text);
        self.text.set_scroll_top(0);
        self.design_now();
    }

    fn keep_previous(&self, text: &str) {
        let own = !text.trim().is_empty() && !self.is_example(text);
        if own {
            draft::save_previous(Some(text));
            self.undo.set_hidden(draft::load_previous().is_none());
        }
    }

    fn is_example(&self, text: &str) -> bool {
        self.examples.iter().any(|example| example.text == text)
    }

    fn design_soon(self: &Rc<Self>) {
        let this = Rc::clone(self);
        self.rest.replace(Some(Timeout::new(REST, move || this.design_now())));
    }

    fn design_if_due(self: &Rc<Self>) {
        if self.rest.borrow().is_some() {
            self.design_now();
        }
    }

    fn design_now(self: &Rc<Self>) {
        // A timer that has just fired is cancelled here as well, which does no harm.
        self.rest.replace(None);
        let text = self.text.value();
        draft::save((!self.is_example(&text)).then_some(text.as_str()));
        let words = text.split_whitespace().count();
        self.text_size.set_text_content(Some(&format!("{words} word{}", if words == 1 { "" } else { "s" })));
        self.engine().design(text, self.settings.current());
    }

    fn receive(&self, answer: Answer) {
        match answer {
            Answer::Reply(reply) => match reply.kind().as_str() {
                "design" => self.show(&reply),
                "refused" => {
                    self.settings.refuse();
                    self.show_problem(&reply.error());
                }
                _ => files::save_archive(&reply.name(), &reply.bytes()),
            },
            Answer::Lost(problem) => self.show_problem(&problem),
        }
    }

    fn show(&self, reply: &Reply) {
        if self.engine().is_idle() {
            self.settings.accept();
        }
        self.problem.set_hidden(true);
        self.document.update(&reply.html());
        self.points.update(&reply.points());
        self.files.update(&reply.files());
        self.places.replace(reply.places());
        self.zip.set_disabled(false);
        let status = format!("Design: {}.", reply.summary());
        if self.status.text_content().as_deref() != Some(&status) {
            self.status.set_text_content(Some(&status));
        }
    }

    fn show_problem(&self, problem: &Problem) {
        if let Ok(loading) = by_id::<HtmlElement>("loading") {
            loading.set_hidden(true);
        }
        self.problem.replace_children_with_node_0();
        let lines = [
            element("p", "problem-what", &problem.what()),
            element("p", "", &problem.why()),
            element("p", "problem-fix", &problem.fix()),
        ];
        append(&self.problem, &lines);
        self.problem.set_hidden(false);
    }
}

/// The examples that the page carries.
fn examples() -> Result<Vec<Example>, JsValue> {
    let written = by_id::<Element>("examples")?.text_content().unwrap_or_default();
    let field = |value: &JsValue, name: &str| {
        Reflect::get(value, &JsValue::from_str(name))
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default()
    };
    let parsed: Array = JSON::parse(&written)?.dyn_into()?;
    Ok(parsed
        .iter()
        .map(|value| Example { name: field(&value, "name"), text: field(&value, "text") })
        .collect())
}

/// Marks a place of the text and brings it into view.
fn select(text: &HtmlTextAreaElement, start: u32, end: u32) {
    // How far down a place is depends on how the lines before it wrap: a copy with the same class tells.
    let mirror = element("div", "text-mirror", "");
    attribute(&mirror, "aria-hidden", "true");
    let before: Vec<u16> = text.value().encode_utf16().take(start as usize).collect();
    mirror.set_text_content(Some(&String::from_utf16_lossy(&before)));
    if let Some(parent) = text.parent_element() {
        append(&parent, std::slice::from_ref(&mirror));
        let height = mirror.scroll_height();
        mirror.remove();
        text.set_scroll_top((height - text.client_height() / 2).max(0));
    }
    dom::show(text);
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = text.focus_with_options(&options);
    let _ = text.set_selection_range(start, end);
}
