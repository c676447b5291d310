//! Operations that a text spells out: "`POST /api/users`", "a GET request to "/clicks"".

use crate::blocks::{Shape, Unit};
use crate::model::Endpoint;
use crate::sentence::id_of;
use std::ops::Range;

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The operations that a text spells out, in its order, each once.
pub(crate) fn endpoints(text: &str, units: &[Unit]) -> Vec<Endpoint> {
    let spoken = units.iter().enumerate().filter(|(_, unit)| !matches!(unit.shape, Shape::Layout));
    // Most texts spell out none.
    if spoken.clone().all(|(_, unit)| paths(text, unit.span.clone()).is_empty()) {
        return Vec::new();
    }
    let mentions: Vec<Mention> = spoken
        .map(|(at, unit)| Mention {
            statement: id_of(at),
            code: matches!(unit.shape, Shape::Code),
            paths: paths(text, unit.span.clone()),
            methods: methods(text, unit.span.clone()),
            span: unit.span.clone(),
        })
        .collect();
    // A text with paths but no method at all describes files or pages, not operations.
    if mentions.iter().all(|mention| mention.methods.is_empty()) {
        return Vec::new();
    }
    let mut reader = Reader { text, found: Vec::new(), waiting: Vec::new(), usual: usual(text, &mentions) };
    for mention in &mentions {
        reader.read(mention);
    }
    reader.flush();
    reader.found
}

/// The paths and methods of one unit.
struct Mention {
    statement: String,
    code: bool,
    paths: Vec<Range<usize>>,
    methods: Vec<(Range<usize>, &'static str)>,
    span: Range<usize>,
}

/// The method that the text says all operations have: "both endpoints use the POST method".
fn usual(text: &str, mentions: &[Mention]) -> Option<&'static str> {
    mentions.iter().filter(|mention| mention.paths.is_empty()).find_map(|mention| {
        let lower = text[mention.span.clone()].to_lowercase();
        let all = [
            " all of which",
            "both endpoints",
            "all endpoints",
            "each endpoint",
            "all of them",
            "both of which",
            "all are",
            "both are",
        ]
        .iter()
        .any(|phrase| lower.contains(phrase));
        let [(_, method)] = mention.methods.as_slice() else { return None };
        all.then_some(*method)
    })
}

struct Reader<'a> {
    text: &'a str,
    found: Vec<Endpoint>,
    /// Paths that were named without a method, with their statements: a later sentence may name it.
    waiting: Vec<(String, String)>,
    usual: Option<&'static str>,
}

impl Reader<'_> {
    fn read(&mut self, mention: &Mention) {
        if mention.paths.is_empty() {
            self.later(mention);
            return;
        }
        if mention.code && mention.methods.is_empty() {
            return;
        }
        self.flush();
        for n in 0..mention.paths.len() {
            let path = braces(&self.text[mention.paths[n].clone()]);
            let methods = self.methods_of(mention, n);
            for method in &methods {
                self.add(method, &path, &mention.statement);
            }
            if methods.is_empty() || n + 1 == mention.paths.len() {
                self.waiting.push((path, mention.statement.clone()));
            }
        }
    }

    /// A sentence that names methods but no path speaks of the paths before it.
    fn later(&mut self, mention: &Mention) {
        let waiting = self.waiting.clone();
        // "These are GET and POST requests, respectively."
        if waiting.len() > 1 && waiting.len() == mention.methods.len() {
            for ((path, _), (_, method)) in waiting.iter().zip(&mention.methods) {
                self.add(method, path, &mention.statement);
            }
            self.waiting.clear();
        } else if self.usual.is_some() {
            // The method is said of all; each path gets it in its turn.
        } else if let Some((path, _)) = waiting.last() {
            for (_, method) in &mention.methods {
                self.add(method, path, &mention.statement);
            }
        }
    }

    /// The methods of the nth path of a unit: the one right before it, else the last one before, else those after it.
    fn methods_of(&self, mention: &Mention, n: usize) -> Vec<&'static str> {
        let path = &mention.paths[n];
        let next = mention.paths.get(n + 1).map_or(mention.span.end, |next| next.start);
        let previous = n.checked_sub(1).map_or(mention.span.start, |before| mention.paths[before].end);
        let before = mention
            .methods
            .iter()
            .rev()
            .find(|(place, _)| place.end <= path.start && place.start >= previous);
        if let Some((_, method)) = before {
            return vec![*method];
        }
        let followed = |place: &Range<usize>| followed_by_path(self.text, place, &mention.paths);
        let after = mention
            .methods
            .iter()
            .filter(|(place, _)| place.start >= path.end && place.end <= next && !followed(place));
        after.map(|(_, method)| *method).collect()
    }

    /// Gives the paths that still wait the method that all share, if the text names one.
    fn flush(&mut self) {
        for (path, statement) in std::mem::take(&mut self.waiting) {
            if let Some(method) = self.usual
                && !self.found.iter().any(|known| known.path == path)
            {
                self.add(method, &path, &statement);
            }
        }
    }

    fn add(&mut self, method: &str, path: &str, statement: &str) {
        if !self.found.iter().any(|known| known.method == method && known.path == path) {
            self.found.push(Endpoint {
                method: method.to_owned(),
                path: path.to_owned(),
                statement: statement.to_owned(),
            });
        }
    }
}

fn followed_by_path(text: &str, method: &Range<usize>, paths: &[Range<usize>]) -> bool {
    paths.iter().any(|path| {
        path.start >= method.end
            && text[method.end..path.start].trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
    })
}

/// Where methods stand as words of their own.
fn methods(text: &str, span: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let mut end = span.start;
    text[span]
        .split_inclusive(|c: char| !c.is_alphanumeric())
        .filter_map(|word| {
            let start = end;
            end += word.len();
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let method = METHODS.iter().find(|method| **method == bare)?;
            Some((start..start + method.len(), *method))
        })
        .collect()
}

/// Where paths stand: a slash after white space, a quote or a bracket, then segments.
fn paths(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[span.clone()];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = part[from..].find('/').map(|at| from + at) {
        let before = part[..at].chars().next_back();
        let end = part[at..]
            .find(|c: char| {
                !(c.is_ascii_alphanumeric()
                    || matches!(c, '/' | '-' | '_' | '{' | '}' | ':' | '.' | '<' | '>'))
            })
            .map_or(part.len(), |end| at + end);
        let path = part[at..end].trim_end_matches(['.', ':', '/', '>']);
        let opens =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '`' | '\'' | '(' | '“' | '‘' | '*'));
        let segment = path[1.min(path.len())..]
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_lowercase() || matches!(c, '{' | ':' | '<'));
        let file = path.rsplit('/').next().is_some_and(|last| last.contains('.') && !last.contains('{'));
        let link = before == Some('(') && part[..at].ends_with("](");
        if opens && segment && !path.contains("//") && !file && !link {
            found.push(span.start + at..span.start + at + path.len());
        }
        from = end.max(at + 1);
    }
    found
}

/// A path with its parameters in braces: `/articles/:slug` is `/articles/{slug}`. A parameter is named by letters, digits,
/// `_` and `-`, differently from those before it: anything else is no template that a reader of paths takes.
fn braces(path: &str) -> String {
    let mut taken: Vec<String> = Vec::new();
    path.split('/')
        .map(|segment| {
            let plain: String =
                segment.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect();
            if !segment.starts_with([':', '<', '{']) {
                let clean = !segment.contains(['{', '}', '<', '>']) || is_template(segment);
                return if clean { segment.to_owned() } else { plain };
            }
            let mut name =
                if plain.contains(|c: char| c.is_ascii_alphanumeric()) { plain } else { "id".to_owned() };
            while taken.contains(&name) {
                name.push('2');
            }
            taken.push(name.clone());
            // What follows the braces stays: `{name}.json`.
            if segment.starts_with('{') && is_template(segment) {
                segment.to_owned()
            } else {
                format!("{{{name}}}")
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether braces in a segment enclose one name each, and nothing else is odd about it.
fn is_template(segment: &str) -> bool {
    let mut parts = segment.split('{');
    let letters =
        |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    let first = parts.next().unwrap_or_default();
    letters(first)
        && parts.all(|part| {
            part.split_once('}').is_some_and(|(name, after)| {
                name.starts_with(|c: char| c.is_ascii_alphanumeric()) && letters(name) && letters(after)
            })
        })
}
