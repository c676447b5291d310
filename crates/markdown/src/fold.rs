//! The few tags of HTML that Markdown of ours may hold, because GitHub-flavoured Markdown has no other way to say the
//! same: parts that are folded away, and places that links lead to. They are recognised only in exactly the form that
//! is written here, so that everything else stays text; what comes out is written anew in each format.

use pulldown_cmark::Event;

/// The start or the end of a part that is folded away.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fold<'a> {
    /// The part begins, under this title.
    Open(&'a str),
    /// The part ends.
    Close,
}

/// Which parts are open while a document is read.
#[derive(Default)]
pub(crate) struct Folds {
    /// How many lists, quotations and the like are open: in them nothing is folded, or tags would cross.
    depth: usize,
    /// How many folded parts are open.
    open: usize,
    /// Whether the end tag of a place is still to come.
    place: bool,
}

impl Folds {
    /// Follows the nesting of blocks.
    pub(crate) fn follow(&mut self, event: &Event) {
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// What a block of HTML stands for; nothing for a block that is text to us.
    pub(crate) fn block<'a>(&mut self, html: &'a str) -> Option<Fold<'a>> {
        if self.depth > 0 {
            return None;
        }
        let html = html.trim();
        if html == "</details>" && self.open > 0 {
            self.open -= 1;
            return Some(Fold::Close);
        }
        let title = html.strip_prefix("<details>\n<summary>")?.strip_suffix("</summary>")?;
        if title.contains(['<', '>', '&', '\n']) {
            return None;
        }
        self.open += 1;
        Some(Fold::Open(title))
    }

    /// How many parts were left open at the end.
    pub(crate) fn left(&mut self) -> usize {
        std::mem::take(&mut self.open)
    }

    /// What inline HTML stands for: the id of a place, and an empty text for its end tag.
    pub(crate) fn inline<'a>(&mut self, html: &'a str) -> Option<&'a str> {
        if html == "</a>" && self.place {
            self.place = false;
            return Some("");
        }
        let id = html.strip_prefix("<a id=\"")?.strip_suffix("\">")?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!id.is_empty() && id.chars().all(plain)).then(|| {
            self.place = true;
            id
        })
    }
}
