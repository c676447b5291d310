//! What is said on standard error.

use requirements::Diagnostic;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Standard error, with the name of the text.
pub(crate) struct Report {
    name: String,
    terminal: bool,
}

impl Report {
    /// A report on the text of this name.
    pub(crate) fn new(input: &Path) -> Self {
        let name =
            if input.as_os_str() == "-" { "standard input".to_owned() } else { input.display().to_string() };
        Self { name, terminal: io::stderr().is_terminal() }
    }

    /// Shows what is being done, where someone watches; the next message takes its place.
    pub(crate) fn progress(&self, doing: &str) {
        if self.terminal {
            say(format_args!("\r\x1b[K{doing} {} …", self.name));
        }
    }

    /// Takes the progress line away.
    pub(crate) fn finish(&self) {
        if self.terminal {
            say(format_args!("\r\x1b[K"));
        }
    }

    /// Why there is no design.
    pub(crate) fn error(&self, error: &Diagnostic) {
        self.finish();
        say(format_args!("error: {}\n  why: {}\n  fix: {}\n", error.what, error.why, error.fix));
    }

    /// Remarks on the text, each with its line and column where it has a place.
    pub(crate) fn remarks(&self, text: &str, diagnostics: &[Diagnostic]) {
        for (diagnostic, place) in diagnostics.iter().zip(places(text, diagnostics)) {
            let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
            say(format_args!(
                "{}{place}: {}\n  why: {}\n  fix: {}\n",
                self.name, diagnostic.what, diagnostic.why, diagnostic.fix
            ));
        }
    }

    /// A remark that is not about the text.
    #[expect(clippy::unused_self, reason = "All messages are sent through the report.")]
    pub(crate) fn note(&self, note: &str) {
        say(format_args!("note: {note}\n"));
    }
}

/// Standard error may be closed; a message that nobody reads must not end the program.
fn say(message: fmt::Arguments) {
    let _ = io::stderr().lock().write_fmt(message);
}

/// Line and column, counted from 1 in characters, of the start of each diagnostic: one walk through the text for all.
fn places(text: &str, diagnostics: &[Diagnostic]) -> Vec<Option<(usize, usize)>> {
    let mut starts: Vec<(usize, usize)> = diagnostics
        .iter()
        .enumerate()
        .filter_map(|(index, diagnostic)| diagnostic.span.map(|[start, _]| (start, index)))
        .collect();
    starts.sort_unstable();

    let mut places = vec![None; diagnostics.len()];
    let mut starts = starts.into_iter().peekable();
    let (mut line, mut column) = (1, 1);
    for (offset, character) in text.char_indices() {
        while let Some((_, index)) = starts.next_if(|(start, _)| *start <= offset) {
            places[index] = Some((line, column));
        }
        (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    for (_, index) in starts {
        places[index] = Some((line, column));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: usize) -> Diagnostic {
        Diagnostic { what: String::new(), why: String::new(), fix: String::new(), span: Some([start, start]) }
    }

    #[test]
    fn places_count_lines_and_characters() {
        let text = "Ärger\nüber alles";
        let end = text.len();
        let over = text.find("alles").unwrap_or_default();
        let nowhere = Diagnostic { span: None, ..at(0) };
        assert_eq!(
            places(text, &[at(over), nowhere, at(0), at(end)]),
            [Some((2, 6)), None, Some((1, 1)), Some((2, 11))]
        );
    }
}
