//! The page as a whole: the text on one side, the design on the other.

use crate::changes::Changes;
use crate::document::DocumentView;
use crate::dom::{self, append, by_id, element, on, window};
use crate::engine::{self, Answer, Engine};
use crate::examples::Examples;
use crate::files::{self, Files};
use crate::load::Load;
use crate::marks::Marks;
use crate::messages::{Job, Place, Problem, Reply};
use crate::notice::Notices;
use crate::open;
use crate::points::Points;
use crate::settings::Settings;
use crate::statement::Statement;
use crate::storage::Kept;
use crate::tabs::Tabs;
use crate::versions::Versions;
use crate::why::{Ask, Why};
use gloo::timers::callback::Timeout;
use js_sys::JsString;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlSelectElement, HtmlTextAreaElement};

/// How many milliseconds of rest a text needs before it is designed, where that takes long.
const REST: u32 = 100;
/// Where the last design was there within so many milliseconds, a key is answered at once. The engine works beside the page,
/// and of what is typed meanwhile it takes the latest only: so this may be longer than the time between two keys.
const QUICK: f64 = 250.0;
/// From so many UTF-16 units of HTML on a document is shown section by section.
const LONG: u32 = 1_500_000;

/// The program.
pub(crate) struct Designer {
    pub(crate) text: HtmlTextAreaElement,
    text_size: Element,
    problem: HtmlElement,
    status: Element,
    document: DocumentView,
    points: Points,
    files: Rc<Files>,
    tabs: Rc<Tabs>,
    marks: Rc<Marks>,
    statement: Statement,
    why: Rc<Why>,
    load: Rc<Load>,
    engine: Rc<Engine>,
    pub(crate) changes: Rc<Changes>,
    pub(crate) settings: Settings,
    pub(crate) versions: Versions,
    pub(crate) kept: Kept,
    pub(crate) notices: Rc<Notices>,
    pub(crate) examples: Examples,
    /// Where the statements of the design in view stand in its text.
    places: RefCell<Vec<Place>>,
    /// Replaced with each key stroke, which cancels the one before.
    rest: RefCell<Option<Timeout>>,
    /// When the text was given to the engine last.
    asked: Cell<f64>,
    /// Whether the last design was there quickly.
    quick: Cell<bool>,
    /// What is still to be shown of the first design.
    turns: RefCell<Option<Timeout>>,
}

/// A part of the work of showing a design.
type Turn = Box<dyn FnOnce(&Designer)>;

/// The program for its own parts, which are made before it and call it later.
#[derive(Clone, Default)]
struct Later(Rc<OnceCell<Weak<Designer>>>);

impl Later {
    fn call<T: Default>(&self, act: impl FnOnce(&Rc<Designer>) -> T) -> T {
        self.0.get().and_then(Weak::upgrade).as_ref().map(act).unwrap_or_default()
    }

    /// A function that calls the program.
    fn act(&self, act: fn(&Rc<Designer>)) -> impl Fn() + 'static {
        let later = self.clone();
        move || later.call(act)
    }
}

impl Designer {
    /// Takes the page into service.
    pub(crate) fn start() -> Result<(), JsValue> {
        let later = Later::default();
        let text: HtmlTextAreaElement = by_id("text")?;
        let (pointed, found, placed) = (later.clone(), later.clone(), later.clone());
        let (fact, moved, answered) = (later.clone(), later.clone(), later.clone());
        let designer = Rc::new(Self {
            marks: Marks::start(&text, move |id| pointed.call(|this| this.point_at(id)))?,
            text,
            text_size: by_id("text-size")?,
            problem: by_id("problem")?,
            status: by_id("status")?,
            document: DocumentView::start()?,
            points: Points::start(Rc::new(move |start, end| {
                placed.call(|this| this.marks.select(start, end));
            }))?,
            files: Files::start()?,
            tabs: Tabs::start()?,
            statement: Statement::start(Rc::new(move |id, name| found.call(|this| this.find(id, name))))?,
            why: Why::start()?,
            load: Load::start(
                move |id| fact.call(|this| Some(this.settings.fact(id))).unwrap_or(JsValue::UNDEFINED),
                move |change, first| moved.call(|this| this.what_if(&change, first)),
            )?,
            engine: Engine::start(
                engine::script_of_page()?,
                by_id("progress")?,
                Box::new(move |answer| answered.call(|this| this.receive(answer))),
            ),
            changes: Changes::start(later.act(Self::design_now), later.act(|this| this.tabs.show_changes()))?,
            settings: Settings::new(),
            versions: Versions::default(),
            kept: Kept::default(),
            notices: Notices::start()?,
            examples: Examples::of_page()?,
            places: RefCell::default(),
            rest: RefCell::default(),
            asked: Cell::default(),
            quick: Cell::default(),
            turns: RefCell::default(),
        });
        // It is set here and nowhere else; the listeners keep the program for as long as the page lives.
        let _ = later.0.set(Rc::downgrade(&designer));
        designer.listen()?;
        designer.listen_to_steps()?;
        designer.begin();
        Ok(())
    }

    fn listen(self: &Rc<Self>) -> Result<(), JsValue> {
        let this = Rc::clone(self);
        on(&self.text, "input", move |_| {
            this.marks.moved();
            this.design_soon();
        });
        // A page that goes out of sight may be frozen or ended before the pause after typing is over.
        let this = Rc::clone(self);
        on(&dom::document(), "visibilitychange", move |_| this.design_if_due());
        let this = Rc::clone(self);
        on(&window(), "pagehide", move |_| this.design_if_due());
        for format in ["zip", "md", "json", "html"] {
            let button: HtmlButtonElement = by_id(format)?;
            let this = Rc::clone(self);
            on(&button, "click", move |_| {
                this.design_if_due();
                this.engine.export(format);
            });
        }
        let this = Rc::clone(self);
        let select: HtmlSelectElement = by_id("example")?;
        let choice = select.clone();
        on(&select, "change", move |_| {
            if let Some(example) = this.examples.named(&choice.value()) {
                this.replace("open an example", &example.text);
            }
            choice.set_value("");
        });
        let this = Rc::clone(self);
        open::listen(move |opened| match opened {
            Ok(version) => this.take(&version),
            Err(problem) => this.show_problem(&problem),
        })?;
        let (this, titled) = (Rc::clone(self), Rc::clone(self));
        self.document.on_reason(move |id| this.follow(id), move |id| titled.words(id));
        let this = Rc::clone(self);
        self.points.on_change(Rc::new(move |change| this.settle(change)));
        let (said, followed, changed) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        self.why.ask(Ask {
            words: Box::new(move |id| said.words(id)),
            follow: Box::new(move |id| followed.follow(id)),
            change: Box::new(move |change| changed.settle(&change)),
        });
        Ok(())
    }

    /// Shows what an element rests on: a sentence of the text, or an assumption.
    fn follow(&self, id: &str) {
        if let Some(place) = self.places.borrow().iter().find(|place| place.id() == id) {
            self.marks.select(place.start(), place.end());
        } else {
            self.tabs.show_points();
            self.points.reveal(id);
        }
    }

    /// The words of a sentence or an assumption.
    fn words(&self, id: &str) -> Option<String> {
        let place = self.places.borrow().iter().find(|place| place.id() == id).map(Place::text);
        place.or_else(|| self.points.words(id))
    }

    fn point_at(&self, id: Option<&str>) {
        let places = self.places.borrow();
        self.statement.show(id.and_then(|id| places.iter().find(|place| place.id() == id)));
    }

    /// Shows what a sentence produced.
    fn find(&self, id: &str, name: &str) {
        self.tabs.show_document();
        self.document.reveal(id, name);
    }

    pub(crate) fn engine_is_idle(&self) -> bool {
        self.engine.is_idle()
    }

    /// The slider no longer stands for what is set.
    pub(crate) fn rest_the_slider(&self) {
        self.load.rest();
    }

    pub(crate) fn design_soon(self: &Rc<Self>) {
        if self.quick.get() {
            return self.design_now();
        }
        let this = Rc::clone(self);
        self.rest.replace(Some(Timeout::new(REST, move || this.design_now())));
    }

    fn design_if_due(self: &Rc<Self>) {
        if self.rest.borrow().is_some() {
            self.design_now();
        }
    }

    pub(crate) fn design_now(self: &Rc<Self>) {
        // A timer that has just fired is cancelled here as well, which does no harm.
        self.rest.replace(None);
        let text = self.text.value();
        self.keep(&text);
        let words = text.split_whitespace().count();
        self.text_size.set_text_content(Some(&format!("{words} word{}", if words == 1 { "" } else { "s" })));
        let against = self.changes.against(&text);
        self.asked.set(js_sys::Date::now());
        self.engine.design(Job { text, options: self.settings.current(), against });
    }

    fn receive(self: &Rc<Self>, answer: Answer) {
        match answer {
            Answer::Reply(reply) => match reply.kind().as_str() {
                "design" => self.show(reply),
                "files" => self.show_files(&reply),
                "refused" => {
                    self.refuse();
                    self.show_problem(&reply.error());
                }
                _ => files::save(&reply.name(), &reply.media_type(), &reply.contents()),
            },
            Answer::Lost(problem) => self.show_problem(&problem),
        }
    }

    /// Shows a design: at once, but for the first one and long ones. A page that is busy for long cannot be scrolled or
    /// typed into; so the sections of these come one after the other, each in the place of the one before it.
    fn show(self: &Rc<Self>, reply: Reply) {
        // What is still to come of an earlier design is in this one.
        self.turns.replace(None);
        if self.engine_is_idle() {
            self.settings.accept();
        }
        self.problem.set_hidden(true);
        let sections = reply.sections();
        let shown = self.document.shown();
        let length: u32 = sections.iter().map(JsString::length).sum();
        let one_by_one = shown.is_empty() || length > LONG;
        let mut turns: Vec<Turn> = Vec::new();
        if one_by_one {
            for end in (1..sections.len()).filter(|end| shown.get(end - 1) != sections.get(end - 1)) {
                let before = shown.iter().skip(end);
                let upto: Vec<JsString> = sections[..end].iter().chain(before).cloned().collect();
                turns.push(Box::new(move |this| this.document.update(&upto)));
            }
        }
        turns.push(Box::new(move |this| this.document.update(&sections)));
        let panels = reply.clone();
        turns.push(Box::new(move |this| this.show_panels(&panels)));
        turns.push(Box::new(move |this| this.show_places(&reply)));
        if one_by_one {
            self.quick.set(false);
            self.take_turns(turns.into_iter());
        } else {
            for turn in turns {
                turn(self);
            }
            self.quick.set(js_sys::Date::now() - self.asked.get() <= QUICK);
        }
    }

    /// Takes one turn, and the next when the page has answered to whatever happened meanwhile.
    fn take_turns(self: &Rc<Self>, mut turns: std::vec::IntoIter<Turn>) {
        let Some(turn) = turns.next() else { return };
        turn(self);
        let this = Rc::clone(self);
        self.turns.replace(Some(Timeout::new(0, move || this.take_turns(turns))));
    }

    fn show_panels(&self, reply: &Reply) {
        self.points.update(&reply.points());
        self.files.expect();
        self.why.update(reply.decisions());
        self.changes.update(reply.changes().as_deref());
        self.load.update(reply.load());
        for format in ["zip", "more"] {
            if let Ok(button) = by_id::<Element>(format) {
                // An attribute that is not there is taken away all the same.
                let _ = button.remove_attribute("disabled");
            }
        }
        let status = format!("Design: {}.", reply.summary());
        if self.status.text_content().as_deref() != Some(&status) {
            self.status.set_text_content(Some(&status));
        }
    }

    /// Shows the files, and what they tell of each sentence.
    fn show_files(&self, reply: &Reply) {
        self.files.update(&reply.files());
        let shown = self.statement.forget();
        self.places.replace(reply.places());
        if let Some(place) = self.places.borrow().iter().find(|place| place.id() == shown) {
            self.statement.show(Some(place));
        }
    }

    fn show_places(&self, reply: &Reply) {
        self.statement.forget();
        self.places.replace(reply.places());
        // What was typed meanwhile has moved the sentences; its own design follows.
        if self.engine_is_idle() && self.rest.borrow().is_none() {
            self.marks.update(&self.places.borrow());
        }
    }

    pub(crate) fn show_problem(&self, problem: &Problem) {
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
        dom::show(&self.problem);
    }
}

/// The fragment of the address.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}
