//! Step 1 of the workflow: a requirements text in, what it says out.
//!
//! Pure: no input or output, no clock, no randomness, no global state. Any text gives an [`Analysis`]; the one thing
//! that is refused is a text longer than [`MAX_BYTES`].

mod model;
mod reason;

pub use model::*;
pub use reason::{Evidence, Reason, add_reason};

/// The longest text that is read, in bytes (1 MiB).
pub const MAX_BYTES: usize = 1 << 20;

/// Reads a text.
pub fn analyze(text: &str) -> Result<Analysis, Diagnostic> {
    if text.len() > MAX_BYTES {
        return Err(Diagnostic {
            what: format!("The text has {} bytes; at most {MAX_BYTES} (1 MiB) are read.", text.len()),
            why:
                "A longer text is usually several documents, and would no longer be answered while one types."
                    .to_owned(),
            fix: "Give one product or subsystem at a time, or leave out appendices and logs.".to_owned(),
            span: None,
        });
    }
    Ok(Analysis::default())
}
