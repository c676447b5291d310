//! Texts from files: chosen, or dropped anywhere on the page.

use crate::dom::{self, document, on};
use crate::json;
use crate::messages::Problem;
use crate::versions::Version;
use js_sys::Object;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, File, HtmlInputElement};

/// How large a file may be: the longest text in bytes, and room for a design in JSON.
const LARGEST: f64 = 32.0 * 1024.0 * 1024.0;

/// Calls a function with each text that the reader opens.
pub(crate) fn listen(opened: impl Fn(Result<Version, Problem>) + 'static) -> Result<(), JsValue> {
    let opened: Rc<dyn Fn(Result<Version, Problem>)> = Rc::new(opened);
    let input: HtmlInputElement = dom::by_id("open")?;
    let (chosen, call) = (input.clone(), Rc::clone(&opened));
    on(&input, "change", move |_| {
        let file = chosen.files().and_then(|files| files.get(0));
        if let Some(file) = file {
            take(file, &call);
        }
        chosen.set_value("");
    });

    let page: Element = dom::by_id("main")?;
    // Without this the browser would leave the page for the file.
    let target = page.clone();
    dom::on_active(&document(), "dragover", move |event| {
        if files_of(event).is_some() {
            event.prevent_default();
            let _ = target.class_list().add_1("dropping");
        }
    });
    let target = page.clone();
    on(&document(), "dragleave", move |event| {
        if event.unchecked_ref::<DragEvent>().related_target().is_none() {
            let _ = target.class_list().remove_1("dropping");
        }
    });
    dom::on_active(&document(), "drop", move |event| {
        let _ = page.class_list().remove_1("dropping");
        let Some(transfer) = files_of(event) else { return };
        event.prevent_default();
        if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
            take(file, &opened);
        }
    });
    Ok(())
}

/// What is dragged, where it is files: a word that is dragged within the text is none of ours.
fn files_of(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let transfer = event.unchecked_ref::<DragEvent>().data_transfer()?;
    transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")).then_some(transfer)
}

fn take(file: File, opened: &Rc<dyn Fn(Result<Version, Problem>)>) {
    let opened = Rc::clone(opened);
    spawn_local(async move { opened(read(&file).await) });
}

async fn read(file: &File) -> Result<Version, Problem> {
    let name = file.name();
    if file.size() > LARGEST {
        return Err(Problem::new(
            &format!("The file {name} is too large."),
            "A text may have at most 1 MiB.",
            "Split it, or leave out appendices and logs.",
        ));
    }
    let unreadable = |_| {
        Problem::new(
            "The file could not be read.",
            "It was moved or changed, or the browser may not open it.",
            "Choose it again, or copy its text and paste it.",
        )
    };
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or_else(|| {
        Problem::new(
            &format!("The file {name} is no text."),
            "Its bytes are not UTF-8: it is a document of an office program, a picture, or a text in another encoding.",
            "Save it as plain text in UTF-8, or copy its text and paste it.",
        )
    })?;
    Ok(of_text(&name, text))
}

/// A file that this page saved holds the text with what was settled for it; any other is a text.
fn of_text(name: &str, text: String) -> Version {
    let saved = json::parse(&text).filter(json::is_object);
    let options = saved.as_ref().map(|saved| json::field(saved, "options")).filter(json::is_object);
    let inner = saved.as_ref().and_then(|saved| json::text(saved, "text"));
    let label = format!("open {name}");
    match (inner, options) {
        (Some(text), Some(options)) => Version { label, text, options: options.unchecked_into() },
        _ => Version { label, text, options: Object::new() },
    }
}
