//! The connection with the worker in which the engine runs.

use crate::dom;
use crate::latest::Latest;
use crate::messages::{self, Job, Problem, Reply};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, MessageEvent, Worker, WorkerOptions, WorkerType};

/// After this many milliseconds a sign of work is shown; a shorter one would only flicker.
const PROGRESS_AFTER: u32 = 200;
/// After this many milliseconds the engine is taken for dead. It reads a megabyte in a small part of this.
const DEAD_AFTER: u32 = 60_000;
/// A clock that rings later than this has slept with its page, and so has the engine.
const SLEPT_AFTER: f64 = 2.0 * DEAD_AFTER as f64;

/// What the rest of the program wants to hear.
pub(crate) enum Answer {
    /// A design, a refusal or a file.
    Reply(Reply),
    /// The engine is not there; it is started again with the next text.
    Lost(Problem),
}

/// The engine as the page sees it.
pub(crate) struct Engine {
    script: String,
    progress: HtmlElement,
    answer: Box<dyn Fn(Answer)>,
    state: RefCell<State>,
}

struct State {
    worker: Option<Connection>,
    queue: Latest<Job>,
    /// The format in which the design is wanted as a file.
    wanted: Option<&'static str>,
    /// Dropped when the work ends, which cancels it.
    progress_timer: Option<Timeout>,
    watchdog: Option<Timeout>,
}

/// A worker and the listeners that go with it.
struct Connection {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Engine {
    /// Starts the worker.
    pub(crate) fn start(script: String, progress: HtmlElement, answer: Box<dyn Fn(Answer)>) -> Rc<Self> {
        let state =
            State { worker: None, queue: Latest::new(), wanted: None, progress_timer: None, watchdog: None };
        let engine = Rc::new(Self { script, progress, answer, state: RefCell::new(state) });
        engine.connect();
        engine
    }

    /// Asks for a design. A text that is still waiting is forgotten for it.
    pub(crate) fn design(self: &Rc<Self>, job: Job) {
        let connected = self.state.borrow().worker.is_some();
        if !connected && !self.connect() {
            return;
        }
        let job = self.state.borrow_mut().queue.submit(job);
        if let Some((id, job)) = job {
            self.send(id, &job);
        }
    }

    /// Whether everything that was asked for has been answered.
    pub(crate) fn is_idle(&self) -> bool {
        self.state.borrow().queue.is_idle()
    }

    /// Asks for the design as one file, once all texts before it are answered.
    pub(crate) fn export(self: &Rc<Self>, format: &'static str) {
        self.state.borrow_mut().wanted = Some(format);
        self.settle();
    }

    fn connect(self: &Rc<Self>) -> bool {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options(&self.script, &options) else {
            self.lose(&no_worker());
            return false;
        };
        let listen = |event: &'static str, handle: fn(&Rc<Self>, &Event)| {
            let engine = Rc::clone(self);
            EventListener::new(&worker, event, move |event| handle(&engine, event))
        };
        let listeners = [
            listen("message", |engine, event| {
                let event: &MessageEvent = event.unchecked_ref();
                engine.receive(event.data().unchecked_into());
            }),
            // The script of the worker is missing or may not run.
            listen("error", |engine, _| engine.lose(&no_worker())),
        ];
        self.state.borrow_mut().worker = Some(Connection { worker, _listeners: listeners });
        true
    }

    fn send(self: &Rc<Self>, id: u32, job: &Job) {
        self.post(&messages::design_request(id, job));
        let mut state = self.state.borrow_mut();
        if state.progress_timer.is_none() {
            let progress = self.progress.clone();
            state.progress_timer = Some(Timeout::new(PROGRESS_AFTER, move || progress.set_hidden(false)));
        }
        state.watchdog = Some(self.watch(id));
    }

    /// Waits for the answer to a question for as long as an engine that lives may take.
    fn watch(self: &Rc<Self>, id: u32) -> Timeout {
        let (engine, begun) = (Rc::clone(self), js_sys::Date::now());
        Timeout::new(DEAD_AFTER, move || {
            if !engine.state.borrow().queue.is_running(id) {
                return;
            }
            if js_sys::Date::now() - begun > SLEPT_AFTER {
                let watchdog = engine.watch(id);
                engine.state.borrow_mut().watchdog = Some(watchdog);
                return;
            }
            engine.lose(&Problem::new(
                "The engine has not answered for a minute.",
                "This text takes it unusually long, or the browser has stopped it.",
                "Change the text and go on: the engine is started anew. Please report the text that caused it.",
            ));
        })
    }

    fn post(&self, message: &JsValue) {
        if let Some(connection) = &self.state.borrow().worker {
            // Plain objects of numbers and texts can always be posted.
            let _ = connection.worker.post_message(message);
        }
    }

    fn receive(self: &Rc<Self>, reply: Reply) {
        match reply.kind().as_str() {
            "design" | "refused" => {
                let next = self.state.borrow_mut().queue.finish(reply.id());
                if let Some((id, job)) = next {
                    self.send(id, &job);
                }
                (self.answer)(Answer::Reply(reply));
                self.settle();
            }
            "files" | "file" => (self.answer)(Answer::Reply(reply)),
            "failed" => self.lose(&reply.error()),
            _ => {}
        }
    }

    /// What is to be done when nothing is left to answer.
    fn settle(self: &Rc<Self>) {
        let mut state = self.state.borrow_mut();
        if !state.queue.is_idle() {
            return;
        }
        state.progress_timer = None;
        state.watchdog = None;
        let wanted = state.wanted.take();
        drop(state);
        self.progress.set_hidden(true);
        if let Some(format) = wanted {
            self.post(&messages::export_request(format));
        }
    }

    fn lose(self: &Rc<Self>, problem: &Problem) {
        let mut state = self.state.borrow_mut();
        state.queue.abandon();
        state.wanted = None;
        state.progress_timer = None;
        state.watchdog = None;
        let connection = state.worker.take();
        drop(state);
        self.progress.set_hidden(true);
        // Its own listener may be running now, and must not be dropped under it.
        Timeout::new(0, move || drop(connection)).forget();
        (self.answer)(Answer::Lost(problem.clone()));
    }
}

fn no_worker() -> Problem {
    Problem::new(
        "The engine could not be started.",
        "It runs in a worker, and this browser or a content security policy refused the worker or could not find its file.",
        "Reload the page. If that does not help, whoever runs the site allows worker-src 'self' and checks that all files are there.",
    )
}

/// The script that the page names for the worker.
pub(crate) fn script_of_page() -> Result<String, JsValue> {
    let main: HtmlElement = dom::by_id("main")?;
    main.get_attribute("data-worker").ok_or_else(|| JsValue::from_str("the page names no worker"))
}
