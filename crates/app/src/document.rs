//! The document in view. A new version replaces only the blocks that differ, and the reader stays where they were.

use crate::dom::{self, append, attribute, element, window};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlTemplateElement};

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
    /// The HTML of each child of the node as it came, which drawn diagrams no longer show.
    blocks: Vec<String>,
}

/// A section of a new version.
struct NewSection {
    key: String,
    title: String,
    blocks: Vec<(String, Element)>,
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

    /// Shows a new version.
    pub(crate) fn update(&self, html: &str) {
        let new = split(html);
        let place = self.place();
        let mut sections = self.sections.borrow_mut();
        if sections.is_empty() {
            // What the page said before there was a design.
            self.article.set_inner_html("");
        }
        let titles = |section: &Section| (section.key.clone(), section.title.clone());
        let titles_before: Vec<_> = sections.iter().map(titles).collect();

        let mut old = std::mem::take(&mut *sections);
        for section in new {
            let known = old.iter().position(|candidate| candidate.key == section.key);
            let merged = match known.map(|position| old.remove(position)) {
                Some(known) => known.replace_with(section),
                None => Section::new(section),
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
        let empty = Self { key: new.key.clone(), title: String::new(), node, blocks: Vec::new() };
        empty.replace_with(new)
    }

    /// Keeps the blocks at the start and at the end that did not change, and replaces those between.
    fn replace_with(self, new: NewSection) -> Self {
        let texts: Vec<&str> = new.blocks.iter().map(|(html, _)| html.as_str()).collect();
        let (start, end) = unchanged(&self.blocks, &texts);
        let children = self.node.children();
        for _ in start..self.blocks.len() - end {
            if let Some(child) = children.item(u32::try_from(start).unwrap_or(u32::MAX)) {
                child.remove();
            }
        }
        let next = children.item(u32::try_from(start).unwrap_or(u32::MAX));
        for (_, block) in &new.blocks[start..new.blocks.len() - end] {
            let _ = self.node.insert_before(block, next.as_deref());
        }
        let blocks = new.blocks.into_iter().map(|(html, _)| html).collect();
        Self { key: self.key, title: new.title, node: self.node, blocks }
    }
}

/// The button with the id of a reason at which an event happened.
fn reason_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(".evidence").ok()?
}

/// How many blocks at the start and, after those, at the end are the same.
fn unchanged(old: &[String], new: &[&str]) -> (usize, usize) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == *new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    (start, rest.take_while(|(old, new)| old == *new).count())
}

/// The sections of a version. The HTML comes from our own renderer, which lets no tag of the text through, and a
/// template runs nothing.
fn split(html: &str) -> Vec<NewSection> {
    let template: HtmlTemplateElement = element("template", "", "").unchecked_into();
    template.set_inner_html(html);
    let children = template.content().children();
    let mut sections: Vec<NewSection> = Vec::new();
    for index in 0..children.length() {
        let Some(block) = children.item(index) else { continue };
        let is_heading = block.tag_name().eq_ignore_ascii_case("h2");
        if is_heading || sections.is_empty() {
            let title = if is_heading { block.text_content().unwrap_or_default() } else { String::new() };
            let key = if is_heading { block.id() } else { String::new() };
            sections.push(NewSection { key, title, blocks: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.blocks.push((block.outer_html(), block));
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
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
        view.update(html);
        assert_eq!(shown(&view), html);
        let list = "<ol><li><a href=\"#a\">A</a></li><li><a href=\"#b\">B &amp; C</a></li></ol>";
        assert_eq!(view.navigation.inner_html(), list);
    }

    #[wasm_bindgen_test]
    fn blocks_that_did_not_change_are_the_same_elements() {
        let view = page();
        view.update("<h2 id=\"a\">A</h2><p>1</p><p>2</p><p>3</p><h2 id=\"b\">B</h2><p>4</p>");
        let blocks = view.article.query_selector_all("section > *").unwrap();
        let block = |index| blocks.item(index).unwrap();
        // What a program does to a block afterwards, such as drawing its diagram, stays with the block.
        block(3).set_text_content(Some("drawn"));
        view.update("<h2 id=\"a\">A</h2><p>1</p><p>other</p><p>3</p><h2 id=\"b\">B</h2><p>4</p>");
        for (index, stays) in [(0, true), (1, true), (2, false), (3, true), (4, true), (5, true)] {
            assert_eq!(block(index).is_connected(), stays, "block {index}");
        }
        assert_eq!(block(3).text_content().unwrap(), "drawn");
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
            view.update(&html);
            assert_eq!(shown(&view), html, "round {round}");
        }
    }
}
