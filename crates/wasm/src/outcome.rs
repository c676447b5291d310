//! What the functions give, as data types of this crate: the shape that JavaScript sees changes only here.

use artifacts::File;
use design::{Design, Difference};
use js_sys::{Object, Reflect, Uint8Array};
use requirements::Diagnostic;
use serde::{Deserialize, Serialize};
#[cfg(all(test, not(target_family = "wasm")))]
use ts_rs::TS;
use wasm_bindgen::JsValue;

/// Declares the outcome of a function: `{ ok: true, FIELDS }` or `{ ok: false, error }`.
macro_rules! outcome {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Serialize)]
        #[serde(untagged)]
        #[cfg_attr(all(test, not(target_family = "wasm")), derive(TS))]
        pub(crate) enum $name {
            /// It was done.
            Done {
                #[cfg_attr(all(test, not(target_family = "wasm")), ts(type = "true"))]
                ok: bool,
                $($(#[$field_doc])* $field: $type),+
            },
            /// It was refused.
            Refused {
                #[cfg_attr(all(test, not(target_family = "wasm")), ts(type = "false"))]
                ok: bool,
                error: Diagnostic,
            },
        }

        impl $name {
            fn done($($field: $type),+) -> Self {
                Self::Done { ok: true, $($field),+ }
            }

            fn refused(error: Diagnostic) -> Self {
                Self::Refused { ok: false, error }
            }
        }
    };
}

outcome! {
    /// What `design` gives.
    Designed { design: Box<Design> }
}

outcome! {
    /// What `present` gives.
    Presented { design: Box<Design>, html: String }
}

outcome! {
    /// What `diff` gives.
    Compared { difference: Difference }
}

outcome! {
    /// What `files` gives.
    Listed { files: Vec<DesignFile> }
}

outcome! {
    /// What `zip` gives.
    Packed {
        #[serde(with = "serde_wasm_bindgen::preserve")]
        #[cfg_attr(all(test, not(target_family = "wasm")), ts(type = "Uint8Array<ArrayBuffer>"))]
        archive: Uint8Array,
    }
}

outcome! {
    /// What `render_markdown` gives.
    Rendered { html: String, headings: Vec<Heading> }
}

outcome! {
    /// What `export_markdown` gives.
    Exported { contents: String }
}

/// A file of a design.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(all(test, not(target_family = "wasm")), derive(TS))]
pub(crate) struct DesignFile {
    /// Relative, with forward slashes.
    pub(crate) path: String,
    /// Its text.
    pub(crate) contents: String,
}

/// A heading of a Markdown text.
#[derive(Debug, Serialize)]
#[cfg_attr(all(test, not(target_family = "wasm")), derive(TS))]
pub(crate) struct Heading {
    /// 1 to 6.
    level: u8,
    /// Its anchor in the HTML.
    id: String,
    /// The heading without markup.
    text: String,
}

impl From<Result<Design, Diagnostic>> for Designed {
    fn from(design: Result<Design, Diagnostic>) -> Self {
        design.map_or_else(Self::refused, |design| Self::done(Box::new(design)))
    }
}

impl From<Result<Design, Diagnostic>> for Presented {
    fn from(design: Result<Design, Diagnostic>) -> Self {
        design.map_or_else(Self::refused, |design| {
            let html = markdown::render(&artifacts::document(&design)).html;
            Self::done(Box::new(design), html)
        })
    }
}

impl From<Result<Difference, Diagnostic>> for Compared {
    fn from(difference: Result<Difference, Diagnostic>) -> Self {
        difference.map_or_else(Self::refused, Self::done)
    }
}

impl From<Result<Vec<File>, Diagnostic>> for Listed {
    fn from(files: Result<Vec<File>, Diagnostic>) -> Self {
        let file = |File { path, contents }| DesignFile { path, contents };
        files.map_or_else(Self::refused, |files| Self::done(files.into_iter().map(file).collect()))
    }
}

impl From<Result<Vec<u8>, Diagnostic>> for Packed {
    fn from(archive: Result<Vec<u8>, Diagnostic>) -> Self {
        archive.map_or_else(Self::refused, |archive| Self::done(Uint8Array::from(archive.as_slice())))
    }
}

impl From<Result<markdown::Rendered, Diagnostic>> for Rendered {
    fn from(rendered: Result<markdown::Rendered, Diagnostic>) -> Self {
        let heading = |markdown::Heading { level, id, text }| Heading { level, id, text };
        rendered.map_or_else(Self::refused, |rendered| {
            Self::done(rendered.html, rendered.headings.into_iter().map(heading).collect())
        })
    }
}

impl From<Result<String, Diagnostic>> for Exported {
    fn from(contents: Result<String, Diagnostic>) -> Self {
        contents.map_or_else(Self::refused, Self::done)
    }
}

/// An outcome as plain JavaScript data, of the same shape as the JSON of the same value: maps are objects, and a value
/// that is not there is left out or null.
pub(crate) fn to_js<T: Serialize>(outcome: &T) -> JsValue {
    outcome.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_else(|error| {
        let failure = Object::new();
        let set = |object: &Object, key: &str, value: &JsValue| {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(object, &key.into(), value);
        };
        let diagnostic = Object::new();
        set(&diagnostic, "what", &"The result has no form in JavaScript.".into());
        set(&diagnostic, "why", &error.to_string().into());
        set(&diagnostic, "fix", &"This is a fault of the engine; please report it with the text.".into());
        set(&failure, "ok", &false.into());
        set(&failure, "error", &diagnostic);
        failure.into()
    })
}
