//! A link that holds the whole text: in the fragment, which browsers send to no server.
//!
//! `#v1.` and after it, in the alphabet for addresses, the compressed JSON of the text and of what was settled for it.

use crate::json;
use crate::versions::Version;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableWritablePair, Response};

#[wasm_bindgen]
extern "C" {
    /// What packs a stream.
    #[wasm_bindgen(extends = ReadableWritablePair)]
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    /// What unpacks a stream.
    #[wasm_bindgen(extends = ReadableWritablePair)]
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// The packing: without a header, which a link has no use for.
const FORMAT: &str = "deflate-raw";

/// The beginning of a fragment of this kind. Another way of writing gets another number.
pub(crate) const PREFIX: &str = "#v1.";
/// From so many characters on some programs cut a link off.
pub(crate) const LONG: usize = 8 * 1024;
/// From so many characters on hardly any program takes a link.
pub(crate) const TOO_LONG: usize = 64 * 1024;

/// The fragment of a text.
pub(crate) async fn write(text: &str, options: &Object) -> Result<String, JsValue> {
    let mut fields = vec![("text", JsValue::from_str(text))];
    fields.extend(["set", "pins"].map(|sort| (sort, json::field(options, sort))));
    let written = json::write(&json::object(&fields));
    let stream = CompressionStream::new(FORMAT)?;
    let packed = piped(&JsValue::from_str(&written), &stream).await?;
    Ok(format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(packed.to_vec())))
}

/// What a fragment holds.
pub(crate) async fn read(fragment: &str) -> Result<Version, JsValue> {
    let damaged = || JsValue::from_str("damaged");
    let packed = fragment
        .strip_prefix(PREFIX)
        .and_then(|packed| BASE64_URL_SAFE_NO_PAD.decode(packed).ok())
        .ok_or_else(damaged)?;
    let stream = DecompressionStream::new(FORMAT)?;
    let bytes = piped(&Uint8Array::from(packed.as_slice()), &stream).await?;
    let written = String::from_utf8(bytes.to_vec()).map_err(|_| damaged())?;
    let value = json::parse(&written).ok_or_else(damaged)?;
    Ok(Version {
        label: "open a link".to_owned(),
        text: json::text(&value, "text").ok_or_else(damaged)?,
        options: value.dyn_into()?,
    })
}

async fn piped(given: &JsValue, through: &ReadableWritablePair) -> Result<Uint8Array, JsValue> {
    let source = Blob::new_with_str_sequence(&Array::of1(given))?;
    let stream: ReadableStream = source.stream().pipe_through(through);
    let response = Response::new_with_opt_readable_stream(Some(&stream))?;
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?))
}
