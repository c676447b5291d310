//! The document in view. A new version replaces only the blocks that differ, and the reader stays where they were.

use crate::dom::{self, Holder, append, attribute, element, window};
use js_sys::JsString;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlCollection, HtmlDetailsElement, HtmlTemplateElement};

/// The document of the page.
pub(crate) struct DocumentView {
    article: Element,
    navigation: Element,
    sections: RefCell<Vec<Section>>,
}

/// A heading of the second level with everything up to the next one. What stands before the first has an empty key.
struct Section {
    key: String,
    title: String,
    node: Element,
    /// Its HTML as it came.
    html: JsString,
    /// The HTML of each child of the node as it came, which drawn diagrams no longer show.
    blocks: Vec<JsString>,
}

/// A section of a new version.
struct NewSection {
    key: String,
    title: String,
    html: JsString,
    blocks: Vec<(JsString, Element)>,
}

/// What the reader looks at: the first block that is in view.
struct Place {
    block: Element,
    section: String,
    index: usize,
    top: f64,
}

impl DocumentView {
    /// Takes the article of the page into service.
    pub(crate) fn start() -> Result<Self, JsValue> {
        Ok(Self {
            article: dom::by_id("document")?,
            navigation: dom::by_id("sections")?,
            sections: RefCell::default(),
        })
    }

    /// Calls a function with the id on each reason that the reader follows, and gives reasons a title when they are
    /// pointed at.
    pub(crate) fn on_reason(
        &self,
        follow: impl Fn(&str) + 'static,
        title: impl Fn(&str) -> Option<String> + 'static,
    ) {
        dom::on(&self.article, "click", move |event| {
            if let Some(reason) = reason_of(event) {
                follow(&reason.text_content().unwrap_or_default());
            }
        });
        dom::on(&self.article, "pointerover", move |event| {
            let Some(reason) = reason_of(event) else { return };
            if let Some(title) = title(&reason.text_content().unwrap_or_default()) {
                attribute(&reason, "title", &title);
            }
        });
    }

    /// The HTML of the sections in view: none before the first design.
    pub(crate) fn shown(&self) -> Vec<JsString> {
        self.sections.borrow().iter().map(|section| section.html.clone()).collect()
    }

    /// Shows a new version, given as the HTML of its sections.
    pub(crate) fn update(&self, new: &[JsString]) {
        let place = self.place();
        let mut sections = self.sections.borrow_mut();
        if sections.is_empty() {
            // What the page said before there was a design.
            self.article.set_inner_html("");
        }
        let titles = |section: &Section| (section.key.clone(), section.title.clone());
        let titles_before: Vec<_> = sections.iter().map(titles).collect();

        let mut old = std::mem::take(&mut *sections);
        for html in new {
            let same = old.iter().position(|candidate| candidate.html == *html);
            let merged = if let Some(same) = same {
                old.remove(same)
            } else {
                let section = parse(html);
                let known = old.iter().position(|candidate| candidate.key == section.key);
                match known.map(|position| old.remove(position)) {
                    Some(known) => known.replace_with(section),
                    None => Section::new(section),
                }
            };
            let position = u32::try_from(sections.len()).unwrap_or(u32::MAX);
            let there = self.article.children().item(position);
            if there.as_ref() != Some(&merged.node) {
                let _ = self.article.insert_before(&merged.node, there.as_deref());
            }
            sections.push(merged);
        }
        for gone in old {
            gone.node.remove();
        }
        let titles_now: Vec<_> = sections.iter().map(titles).collect();
        if titles_now != titles_before {
            self.navigate(&sections);
        }
        drop(sections);

        // Diagrams that are drawn already take their places before anything is measured.
        dom::announce_change();
        if let Some(place) = place {
            self.return_to(&place);
        }
    }

    /// Brings what a sentence produced into view: the row or block that names both.
    pub(crate) fn reveal(&self, id: &str, name: &str) {
        if let Ok(Some(before)) = self.article.query_selector(".revealed") {
            let _ = before.class_list().remove_1("revealed");
        }
        let Ok(reasons) = self.article.query_selector_all(".evidence") else { return };
        let holders: Vec<Element> = (0..reasons.length())
            .filter_map(|index| reasons.get(index)?.dyn_into::<Element>().ok())
            .filter(|reason| reason.text_content().as_deref() == Some(id))
            .filter_map(|reason| reason.closest("tr, li, p").ok().flatten())
            .collect();
        let naming = holders
            .iter()
            .find(|holder| holder.text_content().unwrap_or_default().contains(name))
            .or_else(|| holders.last());
        let Some(holder) = naming else { return };
        let _ = holder.class_list().add_1("revealed");
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        holder.scroll_into_view_with_scroll_into_view_options(&options);
        // The keyboard goes on from here.
        if let Ok(Some(button)) = holder.query_selector("button") {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = button.unchecked_into::<web_sys::HtmlElement>().focus_with_options(&options);
        }
    }

    fn navigate(&self, sections: &[Section]) {
        let list = element("ol", "", "");
        for section in sections.iter().filter(|section| !section.key.is_empty()) {
            let link = element("a", "", &section.title);
            attribute(&link, "href", &format!("#{}", section.key));
            let item = element("li", "", "");
            append(&item, &[link]);
            append(&list, &[item]);
        }
        self.navigation.replace_children_with_node_1(&list);
    }

    /// Where the reader is; `None` while the top of the document is in view, which simply stays there.
    fn place(&self) -> Option<Place> {
        if self.article.get_bounding_client_rect().top() >= 0.0 {
            return None;
        }
        let sections = self.sections.borrow();
        let below_bars = self.navigation.get_bounding_client_rect().bottom().clamp(0.0, 160.0);
        for section in &*sections {
            if section.node.get_bounding_client_rect().bottom() <= below_bars {
                continue;
            }
            let children = section.node.children();
            for index in 0..children.length() {
                let Some(block) = children.item(index) else { continue };
                let bounds = block.get_bounding_client_rect();
                if bounds.bottom() > below_bars {
                    let section = section.key.clone();
                    return Some(Place { block, section, index: index as usize, top: bounds.top() });
                }
            }
        }
        None
    }

    fn return_to(&self, place: &Place) {
        let sections = self.sections.borrow();
        let block = if place.block.is_connected() {
            Some(place.block.clone())
        } else {
            let section = sections.iter().find(|section| section.key == place.section);
            section.and_then(|section| {
                let last = section.blocks.len().saturating_sub(1);
                section.node.children().item(u32::try_from(place.index.min(last)).unwrap_or(u32::MAX))
            })
        };
        let Some(block) = block else { return };
        let moved = block.get_bounding_client_rect().top() - place.top;
        if moved.abs() >= 1.0 {
            window().scroll_by_with_x_and_y(0.0, moved);
        }
    }
}

impl Section {
    fn new(new: NewSection) -> Self {
        let node = element("section", "", "");
        let key = new.key.clone();
        let empty = Self { key, title: String::new(), node, html: JsString::from(""), blocks: Vec::new() };
        empty.replace_with(new)
    }

    /// Keeps the blocks at the start and at the end that did not change, and replaces those between. A fold that the
    /// reader opened is open in the new version as well.
    fn replace_with(self, new: NewSection) -> Self {
        let texts: Vec<JsString> = new.blocks.iter().map(|(html, _)| html.clone()).collect();
        let (start, end) = unchanged(&self.blocks, &texts);
        let children = self.node.children();
        let opened: Vec<Fold> = folds(&children).into_iter().filter(|fold| fold.element.open()).collect();
        for _ in start..self.blocks.len() - end {
            if let Some(child) = children.item(u32::try_from(start).unwrap_or(u32::MAX)) {
                child.remove();
            }
        }
        let next = children.item(u32::try_from(start).unwrap_or(u32::MAX));
        let replaced = start..new.blocks.len() - end;
        for (_, block) in &new.blocks[replaced.clone()] {
            let _ = self.node.insert_before(block, next.as_deref());
        }
        for fold in folds(&children).iter().filter(|fold| replaced.contains(&fold.index)) {
            if opened.iter().any(|before| before.place == fold.place) {
                fold.element.set_open(true);
            }
        }
        Self { key: self.key, title: new.title, node: self.node, html: new.html, blocks: texts }
    }
}

/// Something folded away.
struct Fold {
    /// Which block of the section it is.
    index: usize,
    /// Where it is, in words that outlive a version: the heading that it stands under, the sort of what it holds, and
    /// which of these it is.
    place: (String, String, usize),
    element: HtmlDetailsElement,
}

/// The folds among the blocks of a section.
fn folds(blocks: &HtmlCollection) -> Vec<Fold> {
    let mut heading = String::new();
    let mut folds: Vec<Fold> = Vec::new();
    for index in 0..blocks.length() {
        let Some(block) = blocks.item(index) else { continue };
        let Ok(element) = block.clone().dyn_into::<HtmlDetailsElement>() else {
            if matches!(block.tag_name().as_str(), "H2" | "H3" | "H4") {
                heading = block.id();
            }
            continue;
        };
        let summary = element.first_element_child().and_then(|summary| summary.text_content());
        let sort = sort_of(&summary.unwrap_or_default());
        let before = folds.iter().filter(|fold| fold.place.0 == heading && fold.place.1 == sort).count();
        folds.push(Fold { index: index as usize, place: (heading.clone(), sort, before), element });
    }
    folds
}

/// What a fold holds, by the first word of its summary: "rows" of "12 rows: Table, Columns".
fn sort_of(summary: &str) -> String {
    let from = summary.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let word = from.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    // How many there are changes while one types.
    word.trim_end_matches('s').to_ascii_lowercase()
}

/// The button with the id of a reason at which an event happened.
fn reason_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(".evidence").ok()?
}

/// How many blocks at the start and, after those, at the end are the same.
pub(crate) fn unchanged<T: PartialEq>(old: &[T], new: &[T]) -> (usize, usize) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    (start, rest.take_while(|(old, new)| old == new).count())
}

/// A section from its HTML, which begins with its heading. It comes from our own renderer, which lets no tag of the text
/// through, and a template runs nothing.
fn parse(html: &JsString) -> NewSection {
    let template: HtmlTemplateElement = element("template", "", "").unchecked_into();
    template.unchecked_ref::<Holder>().fill(html);
    let children = template.content().children();
    let blocks: Vec<(JsString, Element)> = (0..children.length())
        .filter_map(|index| children.item(index))
        .map(|block| (block.unchecked_ref::<Holder>().markup(), block))
        .collect();
    let heading = blocks.first().map(|(_, block)| block).filter(|block| block.tag_name() == "H2");
    let key = heading.map(Element::id).unwrap_or_default();
    let title = heading.and_then(|heading| heading.text_content()).unwrap_or_default();
    NewSection { key, title, html: html.clone(), blocks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fold_is_known_by_the_sort_of_what_it_holds() {
        for (summary, sort) in [
            ("12 rows: Table, Columns", "row"),
            ("1 row: Table", "row"),
            ("3 diagrams, States of A to States of B", "diagram"),
            ("Diagram: States of A", "diagram"),
            ("Consistency", "consistency"),
            ("7", ""),
        ] {
            assert_eq!(sort_of(summary), sort, "{summary}");
        }
    }

    #[test]
    fn only_what_lies_between_is_replaced() {
        for (old, new, expected) in [
            ("", "", (0, 0)),
            ("", "ab", (0, 0)),
            ("ab", "", (0, 0)),
            ("abc", "abc", (3, 0)),
            ("abc", "axc", (1, 1)),
            ("abc", "abxc", (2, 1)),
            ("aa", "a", (1, 0)),
            ("a", "aa", (1, 0)),
            ("abab", "ab", (2, 0)),
            ("xab", "ab", (0, 2)),
        ] {
            let old: Vec<String> = old.chars().map(String::from).collect();
            let new: Vec<String> = new.chars().map(String::from).collect();
            let (start, end) = unchanged(&old, &new);
            assert_eq!((start, end), expected, "{old:?} and {new:?}");
            assert!(start + end <= old.len().min(new.len()));
        }
    }
}

#[cfg(all(test, target_family = "wasm"))]
mod browser_tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    /// A page with the two elements that the document is shown in.
    fn page() -> DocumentView {
        // The page belongs to the program that runs the tests; only our own part of it is made anew.
        if let Ok(before) = dom::by_id::<Element>("page") {
            before.remove();
        }
        let page = element("div", "", "");
        page.set_id("page");
        page.set_inner_html("<nav id=\"sections\"></nav><article id=\"document\">Loading</article>");
        append(&dom::document().body().unwrap(), &[page]);
        DocumentView::start().unwrap()
    }

    /// Shows a version, cut at its headings as the worker cuts it.
    fn update(view: &DocumentView, html: &str) {
        let starts = html.match_indices("<h2").map(|(start, _)| start);
        let cuts: Vec<usize> = std::iter::once(0).chain(starts.filter(|start| *start > 0)).collect();
        let ends = cuts.iter().skip(1).copied().chain([html.len()]);
        let sections: Vec<JsString> =
            cuts.iter().zip(ends).map(|(start, end)| html[*start..end].into()).collect();
        view.update(&sections);
    }

    fn shown(view: &DocumentView) -> String {
        let sections = view.article.children();
        (0..sections.length())
            .filter_map(|index| sections.item(index))
            .map(|node| node.inner_html())
            .collect()
    }

    #[wasm_bindgen_test]
    fn a_version_is_shown_as_it_is_and_its_sections_are_listed() {
        let view = page();
        let html = "<h1>T</h1><h2 id=\"a\">A</h2><p>1</p><h2 id=\"b\">B &amp; C</h2>";
        update(&view, html);
        assert_eq!(shown(&view), html);
        let list = "<ol><li><a href=\"#a\">A</a></li><li><a href=\"#b\">B &amp; C</a></li></ol>";
        assert_eq!(view.navigation.inner_html(), list);
    }

    #[wasm_bindgen_test]
    fn blocks_that_did_not_change_are_the_same_elements() {
        let view = page();
        update(&view, "<h2 id=\"a\">A</h2><p>1</p><p>2</p><p>3</p><h2 id=\"b\">B</h2><p>4</p>");
        let blocks = view.article.query_selector_all("section > *").unwrap();
        let block = |index| blocks.item(index).unwrap();
        // What a program does to a block afterwards, such as drawing its diagram, stays with the block.
        block(3).set_text_content(Some("drawn"));
        update(&view, "<h2 id=\"a\">A</h2><p>1</p><p>other</p><p>3</p><h2 id=\"b\">B</h2><p>4</p>");
        for (index, stays) in [(0, true), (1, true), (2, false), (3, true), (4, true), (5, true)] {
            assert_eq!(block(index).is_connected(), stays, "block {index}");
        }
        assert_eq!(block(3).text_content().unwrap(), "drawn");
    }

    #[wasm_bindgen_test]
    fn what_the_reader_opened_stays_open() {
        let view = page();
        let fold = |summary: &str, body: &str| {
            format!("<details>\n<summary>{summary}</summary><p>{body}</p></details>")
        };
        let version = |rows: &[(&str, &str)]| {
            let folds: String = rows.iter().map(|(summary, body)| fold(summary, body)).collect();
            format!("<h2 id=\"a\">A</h2>{folds}<h3 id=\"b\">B</h3>{}", fold("1 row: X", "last"))
        };
        let open = || {
            let folds = view.article.query_selector_all("details").unwrap();
            (0..folds.length())
                .map(|index| folds.item(index).unwrap().unchecked_into::<HtmlDetailsElement>().open())
                .collect::<Vec<_>>()
        };
        update(&view, &version(&[("Diagram: D", "1"), ("1 row: X", "2"), ("9 rows: Y", "3")]));
        let second = view.article.query_selector_all("details").unwrap().item(1).unwrap();
        second.unchecked_into::<HtmlDetailsElement>().set_open(true);
        // Another count, and another fold of another sort before it.
        let more = [("Diagram: D", "4"), ("Scores", "5"), ("2 rows: X", "6"), ("9 rows: Y", "7")];
        update(&view, &version(&more));
        assert_eq!(open(), [false, false, true, false, false]);
        // What the reader closes stays closed.
        let third = view.article.query_selector_all("details").unwrap().item(2).unwrap();
        third.unchecked_into::<HtmlDetailsElement>().set_open(false);
        update(&view, &version(&[("Diagram: D", "8"), ("3 rows: X", "9")]));
        assert_eq!(open(), [false, false, false]);
    }

    #[wasm_bindgen_test]
    fn any_sequence_of_versions_ends_like_the_last_one() {
        let view = page();
        let mut state = 7_u32;
        let mut below = |limit: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % limit
        };
        for round in 0..400 {
            let mut html = String::new();
            let mut free = vec!["a", "b", "c", "d", "e"];
            for _ in 0..below(5) {
                html.push_str(&format!("<p>intro {}</p>", below(3)));
            }
            while !free.is_empty() && below(6) > 0 {
                let id = free.remove(below(free.len()));
                html.push_str(&format!("<h2 id=\"{id}\">{id}{}</h2>", below(2)));
                for _ in 0..below(5) {
                    html.push_str(&format!("<p>{}</p>", below(4)));
                }
            }
            update(&view, &html);
            assert_eq!(shown(&view), html, "round {round}");
        }
    }
}
