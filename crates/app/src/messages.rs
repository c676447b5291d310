//! The messages of `site/js/worker.js`, as they are: the getters read the fields of plain JavaScript objects.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the worker posts; `kind` tells which of the other fields are there.
    pub(crate) type Reply;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn kind(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Reply) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn error(this: &Reply) -> Problem;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn html(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn summary(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn files(this: &Reply) -> Vec<File>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn points(this: &Reply) -> Vec<Group>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn places(this: &Reply) -> Vec<Place>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Reply) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn bytes(this: &Reply) -> Uint8Array;

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
    pub(crate) fn contents(this: &File) -> String;

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
    /// Whether the reader has set it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pinned(this: &Point) -> Option<bool>;

    /// A statement and where it stands in the text.
    pub(crate) type Place;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &Place) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn text(this: &Place) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn start(this: &Place) -> u32;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn end(this: &Place) -> u32;

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

/// The request for a design of a text with the facts that the reader set.
pub(crate) fn design_request(id: u32, text: &str, set: &Object) -> JsValue {
    let options = object(&[("set", set.into())]);
    object(&[("kind", "design".into()), ("id", id.into()), ("text", text.into()), ("options", options)])
}

/// The request for the archive of the latest design.
pub(crate) fn zip_request() -> JsValue {
    object(&[("kind", "zip".into()), ("id", 0.into())])
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A field of a fresh plain object can always be set.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
