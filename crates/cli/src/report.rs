//! What is said on standard error.

use requirements::Diagnostic;
use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Standard error, with the name of the text.
pub(crate) struct Report {
    name: String,
    terminal: bool,
    /// Whether a progress line stands there.
    progress: Cell<bool>,
}

impl Report {
    /// A report on the text of this name.
    pub(crate) fn new(input: &Path) -> Self {
        let name =
            if input.as_os_str() == "-" { "standard input".to_owned() } else { input.display().to_string() };
        Self { name, terminal: io::stderr().is_terminal(), progress: Cell::new(false) }
    }

    /// Shows what is being done, where someone watches; the next message takes its place.
    pub(crate) fn progress(&self, doing: &str) {
        if self.terminal {
            self.finish();
            say(&printable(&format!("{doing} {} …", self.name)));
            self.progress.set(true);
        }
    }

    /// Takes the progress line away.
    pub(crate) fn finish(&self) {
        if self.progress.take() {
            say("\r\x1b[K");
        }
    }

    /// Why there is no design.
    pub(crate) fn error(&self, error: &Diagnostic) {
        self.message(&format!("error: {}\n  why: {}\n  fix: {}", error.what, error.why, error.fix));
    }

    /// Remarks on the text, each with its line and column where it has a place.
    pub(crate) fn remarks(&self, text: &str, diagnostics: &[Diagnostic]) {
        for (Diagnostic { what, why, fix, .. }, place) in diagnostics.iter().zip(places(text, diagnostics)) {
            let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
            self.message(&format!("{}{place}: {what}\n  why: {why}\n  fix: {fix}", self.name));
        }
    }

    /// A remark that is not about the text.
    pub(crate) fn note(&self, note: &str) {
        self.message(&format!("note: {note}"));
    }

    fn message(&self, message: &str) {
        self.finish();
        say(&(printable(message) + "\n"));
    }
}

/// Standard error may be closed; a message that nobody reads must not end the program.
fn say(message: &str) {
    let _ = io::stderr().lock().write_all(message.as_bytes());
}

/// A message repeats words of the text and names of files, and these must not command the terminal.
fn printable(message: &str) -> String {
    let harmless = |c: char| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c };
    message.chars().map(harmless).collect()
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
    fn messages_do_not_command_the_terminal() {
        assert_eq!(printable("a\x1b[2J\r\u{9b}b\nc"), "a\u{fffd}[2J\u{fffd}\u{fffd}b\nc");
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
