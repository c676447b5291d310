//! The part of YAML in which OpenAPI documents are written, JSON included: nested maps and lists with plain and quoted
//! values. Anchors, tags and block texts are passed over.

use std::ops::Range;

/// A value with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<'a> {
    Value(&'a str),
    Map(Vec<(&'a str, usize, Tree<'a>)>),
    List(Vec<Tree<'a>>),
}

/// How deep a document may be nested; what lies deeper is passed over.
const DEEPEST: usize = 40;

impl<'a> Tree<'a> {
    pub(crate) fn get(&self, key: &str) -> Option<&Tree<'a>> {
        self.entries().iter().find(|(known, ..)| *known == key).map(|(.., value)| value)
    }

    pub(crate) fn entries(&self) -> &[(&'a str, usize, Tree<'a>)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }

    pub(crate) fn items(&self) -> &[Tree<'a>] {
        if let Self::List(items) = self { items } else { &[] }
    }

    pub(crate) fn value(&self) -> Option<&'a str> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }
}

/// Reads a document.
pub(crate) fn read(text: &str, range: Range<usize>) -> Tree<'_> {
    let part = &text[range.clone()];
    if part.trim_start().starts_with('{') {
        let mut flow = Flow { text, at: range.start, end: range.end };
        return flow.value(0);
    }
    let mut at = range.start;
    let mut lines = Vec::new();
    for raw in part.split_inclusive('\n') {
        let body = raw.trim_end();
        let indent = body.len() - body.trim_start_matches(' ').len();
        let content = body.trim_start();
        if !content.is_empty() && !content.starts_with('#') && content != "---" {
            lines.push(Line { at: at + indent, indent, text: content });
        }
        at += raw.len();
    }
    let mut place = 0;
    block(text, &lines, &mut place, 0, 0)
}

struct Line<'a> {
    at: usize,
    indent: usize,
    text: &'a str,
}

/// The lines from a place that are indented at least so far.
fn block<'a>(text: &'a str, lines: &[Line<'a>], place: &mut usize, indent: usize, depth: usize) -> Tree<'a> {
    let Some(first) = lines.get(*place) else { return Tree::Value("") };
    let level = first.indent;
    if level < indent || depth > DEEPEST {
        while lines.get(*place).is_some_and(|line| line.indent >= indent && depth > DEEPEST) {
            *place += 1;
        }
        return Tree::Value("");
    }
    if first.text.starts_with("- ") || first.text == "-" {
        let mut items = Vec::new();
        while let Some(line) =
            lines.get(*place).filter(|line| line.indent == level && line.text.starts_with('-'))
        {
            let rest = line.text[1..].trim_start();
            *place += 1;
            if rest.is_empty() {
                items.push(block(text, lines, place, level + 1, depth + 1));
            } else if let Some((key, value)) = pair(rest) {
                // "- name: id" opens a map whose other entries are indented further.
                let at = line.at + line.text.len() - rest.len();
                let mut entries = vec![(key, at, after(text, lines, place, level + 3, value, at, depth))];
                if lines.get(*place).is_some_and(|next| next.indent > level)
                    && let Tree::Map(more) = block(text, lines, place, level + 1, depth + 1)
                {
                    entries.extend(more);
                }
                items.push(Tree::Map(entries));
            } else {
                items.push(scalar(text, rest, line.at + line.text.len() - rest.len()));
            }
        }
        return Tree::List(items);
    }
    let mut entries = Vec::new();
    while let Some(line) = lines.get(*place).filter(|line| line.indent >= level) {
        *place += 1;
        if line.indent == level
            && let Some((key, value)) = pair(line.text)
        {
            entries.push((key, line.at, after(text, lines, place, level + 1, value, line.at, depth)));
        }
    }
    Tree::Map(entries)
}

/// What a key stands for: what follows it on its line, else the lines below.
fn after<'a>(
    text: &'a str,
    lines: &[Line<'a>],
    place: &mut usize,
    indent: usize,
    value: &'a str,
    at: usize,
    depth: usize,
) -> Tree<'a> {
    if value.is_empty() {
        // The items of a list may stand as far to the left as their key.
        let list =
            lines.get(*place).is_some_and(|next| next.indent + 1 == indent && next.text.starts_with("- "));
        return block(text, lines, place, indent - usize::from(list), depth + 1);
    }
    if value.starts_with(['|', '>']) {
        while lines.get(*place).is_some_and(|line| line.indent >= indent) {
            *place += 1;
        }
        return Tree::Value("");
    }
    scalar(text, value, at)
}

/// A key and what follows it.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = match line.strip_prefix(['"', '\'']) {
        Some(rest) => {
            let quote = if line.starts_with('"') { '"' } else { '\'' };
            let (key, rest) = rest.split_once(quote)?;
            (key, rest.trim_start().strip_prefix(':')?)
        }
        None => line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, "")))?,
    };
    let value = value.trim();
    Some((key, if value.starts_with('#') { "" } else { value }))
}

fn scalar<'a>(text: &'a str, value: &'a str, at: usize) -> Tree<'a> {
    if value.starts_with(['{', '[']) {
        let start = text[at..].find(value).map_or(at, |found| at + found);
        let mut flow = Flow { text, at: start, end: start + value.len() };
        return flow.value(0);
    }
    let value = value.split(" #").next().unwrap_or(value).trim();
    Tree::Value(value.trim_matches(['"', '\'']))
}

/// Values in braces and brackets, as in JSON.
struct Flow<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Flow<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, mark: char) -> bool {
        self.blanks();
        let found = self.rest().starts_with(mark);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Tree<'a> {
        if depth > DEEPEST {
            self.at = self.end;
            return Tree::Value("");
        }
        if self.takes('{') {
            let mut entries = Vec::new();
            while !self.rest().is_empty() && !self.takes('}') {
                let (key, at) = self.word();
                if self.takes(':') {
                    entries.push((key, at, self.value(depth + 1)));
                } else if key.is_empty() {
                    break;
                }
                self.takes(',');
            }
            return Tree::Map(entries);
        }
        if self.takes('[') {
            let mut items = Vec::new();
            while !self.rest().is_empty() && !self.takes(']') {
                let before = self.at;
                items.push(self.value(depth + 1));
                self.takes(',');
                if self.at == before {
                    break;
                }
            }
            return Tree::List(items);
        }
        Tree::Value(self.word().0)
    }

    /// A word, in quotes or up to the next mark.
    fn word(&mut self) -> (&'a str, usize) {
        self.blanks();
        let at = self.at;
        let rest = self.rest();
        for quote in ['"', '\''] {
            if let Some(inner) = rest.strip_prefix(quote) {
                let mut escaped = false;
                let end = inner.find(|c: char| {
                    let ends = c == quote && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                let end = end.unwrap_or(inner.len());
                self.at = (at + end + 2).min(self.end);
                return (&inner[..end], at);
            }
        }
        let end = rest.find([',', '}', ']', ':', '\n', '{', '[']).unwrap_or(rest.len());
        // A colon inside a plain value, as in a link, belongs to it.
        self.at += end;
        (rest[..end].trim(), at)
    }
}
