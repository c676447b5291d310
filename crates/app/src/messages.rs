//! The messages of `site/js/worker.js`, as they are: the getters read the fields of plain JavaScript objects.

use crate::json::object;
use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the worker posts; `kind` tells which of the other fields are there.
    #[derive(Clone)]
    pub(crate) type Reply;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kind(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Reply) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn error(this: &Reply) -> Problem;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn sections(this: &Reply) -> Vec<JsString>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn summary(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn files(this: &Reply) -> Vec<File>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn points(this: &Reply) -> Vec<Group>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn places(this: &Reply) -> Vec<Place>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn decisions(this: &Reply) -> Vec<Decision>;
    /// What differs from the design that it was to be compared with, if any.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn changes(this: &Reply) -> Option<Vec<Difference>>;
    /// The requests a second that it is designed for, on average.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn load(this: &Reply) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn contents(this: &Reply) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = type)]
    pub(crate) fn media_type(this: &Reply) -> String;

    /// Something that went wrong.
    #[derive(Clone)]
    pub(crate) type Problem;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn what(this: &Problem) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn why(this: &Problem) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn fix(this: &Problem) -> String;

    /// A file of the design.
    pub(crate) type File;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn path(this: &File) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn contents(this: &File) -> JsString;

    /// Points of one sort that the reader may want to settle.
    pub(crate) type Group;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Group) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn title(this: &Group) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lead(this: &Group) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn open(this: &Group) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn items(this: &Group) -> Vec<Point>;

    /// One such point.
    pub(crate) type Point;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Point) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn title(this: &Point) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn details(this: &Point) -> Vec<Detail>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn start(this: &Point) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn end(this: &Point) -> Option<u32>;
    /// The fact that the reader may set, if there is one.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn subject(this: &Point) -> Option<String>;
    /// Its present value, a number as text.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn value(this: &Point) -> Option<String>;
    /// The fact that an answer to this question sets.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn question(this: &Point) -> Option<String>;
    /// The answers that one click gives.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn answers(this: &Point) -> Option<Vec<Answer>>;
    /// The decision that is pinned.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn slot(this: &Point) -> Option<String>;
    /// Whether the reader has set it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pinned(this: &Point) -> Option<bool>;

    /// A statement and where it stands in the text.
    #[derive(Clone)]
    pub(crate) type Place;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Place) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn text(this: &Place) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn start(this: &Place) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn end(this: &Place) -> u32;
    /// How it is marked in the text.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn class(this: &Place) -> String;
    /// Its sort in words.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn sort(this: &Place) -> String;
    /// Why it produced nothing.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn reason(this: &Place) -> Option<String>;
    /// What it produced, once that is known.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn made(this: &Place) -> Option<Vec<Made>>;

    /// An element of the design that a statement produced.
    pub(crate) type Made;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kind(this: &Made) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Made) -> String;

    /// A decision with the options that it had.
    #[derive(Clone)]
    pub(crate) type Decision;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn slot(this: &Decision) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn title(this: &Decision) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pinned(this: &Decision) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn options(this: &Decision) -> Vec<Choice>;

    /// An option of a decision.
    pub(crate) type Choice;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Choice) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Choice) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn chosen(this: &Choice) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn why(this: &Choice) -> String;

    /// Something that differs between two designs.
    pub(crate) type Difference;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kind(this: &Difference) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn what(this: &Difference) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn before(this: &Difference) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn after(this: &Difference) -> String;

    /// An answer to a question that one click gives.
    pub(crate) type Answer;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn label(this: &Answer) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn value(this: &Answer) -> f64;

    /// A line below a point.
    pub(crate) type Detail;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn label(this: &Detail) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn text(this: &Detail) -> String;
}

impl Problem {
    /// A problem that was noticed on this side.
    pub(crate) fn new(what: &str, why: &str, fix: &str) -> Self {
        object(&[("what", what.into()), ("why", why.into()), ("fix", fix.into())]).unchecked_into()
    }
}

/// What is to be designed.
pub(crate) struct Job {
    /// The text.
    pub(crate) text: String,
    /// What the reader settled, as the engine's options.
    pub(crate) options: Object,
    /// The text and options of the design that this one is to be compared with.
    pub(crate) against: Option<(String, Object)>,
}

/// The request for a design.
pub(crate) fn design_request(id: u32, job: &Job) -> JsValue {
    let asked = |text: &str, options: &Object| [("text", text.into()), ("options", options.clone().into())];
    let request = object(&[("kind", "design".into()), ("id", id.into())]);
    let against = job.against.as_ref().map(|(text, options)| object(&asked(text, options)));
    let fields =
        asked(&job.text, &job.options).into_iter().chain(against.map(|against| ("against", against.into())));
    for (name, value) in fields {
        crate::json::put(&request, name, &value);
    }
    request.into()
}

/// The request for the latest design as one file: `zip`, `md`, `json` or `html`.
pub(crate) fn export_request(format: &str) -> JsValue {
    object(&[("kind", "export".into()), ("id", 0.into()), ("format", format.into())]).into()
}
