//! The sentences of the text, underlined by what became of them: a copy of the text lies behind the field, invisible but
//! for its lines.

use crate::document::unchanged;
use crate::dom::{self, append, attribute, document, element, on, window};
use crate::messages::Place;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, FocusOptions, HtmlTextAreaElement, Node, PointerEvent};

/// A text of more UTF-16 units is not marked: its copy would cost more than the lines are worth.
const LONGEST: usize = 200_000;

/// The marks behind the text.
pub(crate) struct Marks {
    text: HtmlTextAreaElement,
    copy: Element,
    state: RefCell<State>,
    pointed: Cell<bool>,
}

#[derive(Default)]
struct State {
    /// The text as it is marked, in UTF-16 units as the browser counts.
    units: Vec<u16>,
    spans: Vec<Span>,
    /// The copy, piece by piece.
    pieces: Vec<(Piece, Node)>,
    /// The marks among them, one for each span.
    nodes: Vec<Element>,
    active: Option<usize>,
}

/// A piece of the copy: words of a statement, or what stands between them.
#[derive(PartialEq)]
struct Piece {
    class: Option<String>,
    words: String,
}

impl Piece {
    fn node(&self) -> Node {
        match &self.class {
            Some(class) => element("span", &format!("mark {class}"), &self.words).into(),
            None => document().create_text_node(&self.words).into(),
        }
    }
}

/// Where a statement stands now.
#[derive(Clone)]
struct Span {
    id: String,
    class: String,
    at: Range<usize>,
}

impl Marks {
    /// Takes the field of the text into service. The function is called with the id of the sentence at which the reader
    /// points or where the caret stands.
    pub(crate) fn start(
        text: &HtmlTextAreaElement,
        active: impl Fn(Option<&str>) + 'static,
    ) -> Result<Rc<Self>, JsValue> {
        let marks = Rc::new(Self {
            text: text.clone(),
            copy: dom::by_id("marks")?,
            state: RefCell::default(),
            pointed: Cell::new(false),
        });
        let active = Rc::new(active);
        let this = Rc::clone(&marks);
        on(text, "scroll", move |_| this.follow_scroll());
        let (this, call) = (Rc::clone(&marks), Rc::clone(&active));
        on(text, "pointermove", move |event| {
            let event: &PointerEvent = event.unchecked_ref();
            let index = this.at_point(event.client_x(), event.client_y());
            this.pointed.set(index.is_some());
            this.activate(index.or_else(|| this.at_caret()), &*call);
        });
        let (this, call) = (Rc::clone(&marks), Rc::clone(&active));
        on(text, "pointerleave", move |_| {
            this.pointed.set(false);
            this.activate(this.at_caret(), &*call);
        });
        let this = Rc::clone(&marks);
        on(&document(), "selectionchange", move |_| {
            let here = document().active_element().is_some_and(|element| element.id() == this.text.id());
            if here && !this.pointed.get() {
                this.activate(this.at_caret(), &*active);
            }
        });
        // The copy wraps as the field does.
        let this = Rc::clone(&marks);
        on(&window(), "resize", move |_| this.follow_scroll());
        Ok(marks)
    }

    /// Marks the statements of a design of the present text.
    pub(crate) fn update(&self, places: &[Place]) {
        let spans = places
            .iter()
            .map(|place| Span {
                id: place.id(),
                class: place.class(),
                at: place.start() as usize..place.end() as usize,
            })
            .collect();
        let mut state = self.state.borrow_mut();
        state.spans = spans;
        state.units = self.text.value().encode_utf16().collect();
        drop(state);
        self.draw();
    }

    /// The text has changed before its design is there: the marks move with their sentences.
    pub(crate) fn moved(&self) {
        let units: Vec<u16> = self.text.value().encode_utf16().collect();
        let mut state = self.state.borrow_mut();
        let spans = std::mem::take(&mut state.spans);
        state.spans = shifted(spans, &state.units, &units);
        state.units = units;
        drop(state);
        self.draw();
    }

    /// Brings the copy to what the text and its statements are now. What did not change stays: laying out the copy of a
    /// long text takes longer than anything else that a key causes.
    fn draw(&self) {
        let mut state = self.state.borrow_mut();
        let state = &mut *state;
        if let Some(node) = state.active.take().and_then(|index| state.nodes.get(index)) {
            let _ = node.class_list().remove_1("active");
        }
        state.nodes.clear();
        if state.units.len() > LONGEST {
            self.copy.replace_children_with_node_0();
            state.spans.clear();
            state.pieces.clear();
            return;
        }
        if state.pieces.is_empty() {
            // A line break at the end of the field has a line of its own, but not at the end of an element.
            self.copy.replace_children_with_node_1(&element("br", "", ""));
        }
        let wanted = pieces(&state.units, &state.spans);
        let (old, new): (Vec<&Piece>, Vec<&Piece>) =
            (state.pieces.iter().map(|(piece, _)| piece).collect(), wanted.iter().collect());
        let (start, end) = unchanged(&old, &new);
        let (old_end, new_end) = (old.len() - end, new.len() - end);
        let next = state.pieces.get(old_end).map(|(_, node)| node.clone()).or_else(|| self.copy.last_child());
        let made: Vec<Node> = wanted[start..new_end].iter().map(Piece::node).collect();
        for node in &made {
            // A new node can be put anywhere.
            let _ = self.copy.insert_before(node, next.as_ref());
        }
        for (_, node) in state.pieces.drain(start..old_end) {
            let _ = self.copy.remove_child(&node);
        }
        let kept: Vec<Node> = state.pieces.drain(..).map(|(_, node)| node).collect();
        let nodes = kept[..start].iter().chain(&made).chain(&kept[start..]).cloned();
        state.pieces = wanted.into_iter().zip(nodes).collect();
        let marks = state.pieces.iter().filter(|(piece, _)| piece.class.is_some());
        state.nodes = marks.map(|(_, node)| node.clone().unchecked_into()).collect();
        for (node, span) in state.nodes.iter().zip(&state.spans) {
            if node.get_attribute("data-id").as_deref() != Some(span.id.as_str()) {
                attribute(node, "data-id", &span.id);
            }
        }
        // A copy that stays is scrolled as before, and the field tells when it scrolls; to ask it makes the page lay out.
        if start + end == 0 {
            self.follow_scroll();
        }
    }

    fn follow_scroll(&self) {
        self.copy.set_scroll_top(self.text.scroll_top());
    }

    fn at_point(&self, x: i32, y: i32) -> Option<usize> {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a window are small numbers")]
        let below = document().elements_from_point(x as f32, y as f32);
        let mark = below.iter().filter_map(|element| element.dyn_into::<Element>().ok());
        let id = mark
            .filter(|element| element.class_list().contains("mark"))
            .find_map(|mark| mark.get_attribute("data-id"))?;
        self.state.borrow().spans.iter().position(|span| span.id == id)
    }

    fn at_caret(&self) -> Option<usize> {
        let caret = self.text.selection_start().ok().flatten()? as usize;
        let state = self.state.borrow();
        state.spans.iter().position(|span| span.at.start <= caret && caret <= span.at.end)
    }

    fn activate(&self, index: Option<usize>, call: &dyn Fn(Option<&str>)) {
        let mut state = self.state.borrow_mut();
        if state.active == index {
            return;
        }
        for (node, is) in [(state.active, false), (index, true)] {
            if let Some(node) = node.and_then(|index| state.nodes.get(index)) {
                // The name of the class is valid.
                let _ = node.class_list().toggle_with_force("active", is);
            }
        }
        state.active = index;
        let id = index.and_then(|index| state.spans.get(index)).map(|span| span.id.clone());
        drop(state);
        call(id.as_deref());
    }

    /// Selects a place of the text and brings it into view.
    pub(crate) fn select(&self, start: u32, end: u32) {
        // How far down a place is depends on how the lines before it wrap: a copy with the same class tells.
        let mirror = element("div", "text-mirror", "");
        attribute(&mirror, "aria-hidden", "true");
        let before: Vec<u16> = self.text.value().encode_utf16().take(start as usize).collect();
        mirror.set_text_content(Some(&String::from_utf16_lossy(&before)));
        if let Some(parent) = self.text.parent_element() {
            append(&parent, std::slice::from_ref(&mirror));
            let height = mirror.scroll_height();
            mirror.remove();
            self.text.set_scroll_top((height - self.text.client_height() / 2).max(0));
        }
        dom::show(&self.text);
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = self.text.focus_with_options(&options);
        let _ = self.text.set_selection_range(start, end);
    }
}

/// The text in pieces, with one for each span.
fn pieces(units: &[u16], spans: &[Span]) -> Vec<Piece> {
    let piece = |class: Option<&str>, at: Range<usize>| Piece {
        class: class.map(str::to_owned),
        words: String::from_utf16_lossy(&units[at]),
    };
    let (mut pieces, mut done) = (Vec::new(), 0);
    for span in spans {
        let start = span.at.start.clamp(done, units.len().max(done));
        let end = span.at.end.min(units.len()).max(start);
        if done < start {
            pieces.push(piece(None, done..start));
        }
        pieces.push(piece(Some(&span.class), start..end));
        done = end;
    }
    if done < units.len() {
        pieces.push(piece(None, done..units.len()));
    }
    pieces
}

/// Where spans of one text stand in another: what lies before or after the change keeps its words, what the change
/// touches grows or shrinks with it, and what is gone is left out.
fn shifted(spans: Vec<Span>, old: &[u16], new: &[u16]) -> Vec<Span> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - start;
    let same = old.iter().rev().zip(new.iter().rev()).take(rest);
    let end = same.take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let place = |at: usize, is_end: bool| {
        if at < start || (at == start && (is_end || old_end > start)) {
            at
        } else if at >= old_end {
            at - old_end + new_end
        } else if is_end {
            new_end
        } else {
            start
        }
    };
    spans
        .into_iter()
        // What was replaced as a whole is gone.
        .filter(|span| !(start < old_end && span.at.start >= start && span.at.end <= old_end))
        .filter_map(|span| {
            let at = place(span.at.start, false)..place(span.at.end, true);
            (at.start < at.end).then_some(Span { at, ..span })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_their_words() {
        for (old, new, expected) in [
            ("[one] [two]", "one two", "one|two"),
            ("[one] [two]", "xx one two", "one|two"),
            ("[one] [two]", "one xx two", "one|two"),
            ("[one] [two]", "one two xx", "one|two"),
            ("[one] [two]", "onxxe two", "onxxe|two"),
            ("[one] [two]", "two", "two"),
            ("[one] [two]", "", ""),
            ("[one] [two]", "xyz", ""),
        ] {
            let mut spans = Vec::new();
            let mut plain: Vec<u16> = Vec::new();
            for character in old.chars() {
                match character {
                    '[' => spans.push(plain.len()..0),
                    ']' => spans.last_mut().unwrap().end = plain.len(),
                    _ => plain.push(character as u16),
                }
            }
            let spans =
                spans.into_iter().map(|at| Span { id: String::new(), class: String::new(), at }).collect();
            let units: Vec<u16> = new.encode_utf16().collect();
            let words: Vec<String> = shifted(spans, &plain, &units)
                .into_iter()
                .map(|span| String::from_utf16_lossy(&units[span.at]))
                .collect();
            assert_eq!(words.join("|").trim_matches('|'), expected, "{old} to {new}");
        }
    }
}
