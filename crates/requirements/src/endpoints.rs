//! Operations that a text spells out: "`POST /api/users`", "a GET request to "/clicks"".

use crate::blocks::{Shape, Unit};
use crate::model::Endpoint;
use std::ops::Range;

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The operations that a text spells out, in its order, each once.
pub(crate) fn endpoints(text: &str, units: &[Unit]) -> Vec<Endpoint> {
    let mut found: Vec<Endpoint> = Vec::new();
    // A path that was named without a method waits for the next sentence that names one.
    let mut path_before: Option<String> = None;
    let paths: Vec<(usize, Range<usize>)> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| !matches!(unit.shape, Shape::Layout))
        .flat_map(|(at, unit)| paths(text, unit.span.clone()).into_iter().map(move |path| (at, path)))
        .collect();
    let explicit = paths.iter().filter(|(at, _)| !methods(text, units[*at].span.clone()).is_empty()).count();
    if explicit == 0 {
        return found;
    }
    for (at, unit) in units.iter().enumerate() {
        let here: Vec<&Range<usize>> =
            paths.iter().filter(|(owner, _)| *owner == at).map(|(_, path)| path).collect();
        let methods = methods(text, unit.span.clone());
        let code = matches!(unit.shape, Shape::Code);
        let mut add = |method: &str, path: &str| {
            if !found.iter().any(|known| known.method == method && known.path == path) {
                found.push(Endpoint {
                    method: method.to_owned(),
                    path: path.to_owned(),
                    statement: format!("s{}", at + 1),
                });
            }
        };
        if here.is_empty() {
            if let Some(path) = &path_before {
                for (_, method) in &methods {
                    add(method, path);
                }
            }
            continue;
        }
        if code && methods.is_empty() {
            continue;
        }
        for (n, path) in here.iter().enumerate() {
            let written = braces(&text[(*path).clone()]);
            let next = here.get(n + 1).map_or(unit.span.end, |next| next.start);
            let previous = n.checked_sub(1).map_or(unit.span.start, |before| here[before].end);
            // "GET /a": the method right before; else those up to the next path; else the nearest before.
            let right_before = methods.iter().rev().find(|(place, _)| {
                place.end <= path.start
                    && text[place.end..path.start].trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
            });
            let after: Vec<&str> = methods
                .iter()
                .filter(|(place, _)| {
                    place.start >= path.end && place.end <= next && !followed_by_path(text, place, &here)
                })
                .map(|(_, method)| *method)
                .collect();
            let before: Vec<&str> = methods
                .iter()
                .filter(|(place, _)| place.end <= path.start && place.start >= previous)
                .map(|(_, method)| *method)
                .collect();
            let chosen: Vec<&str> = match right_before {
                Some((_, method)) => vec![method],
                None if !before.is_empty() => before.last().map(|method| vec![*method]).unwrap_or_default(),
                None => after,
            };
            for method in &chosen {
                add(method, &written);
            }
            path_before = Some(written);
        }
    }
    found
}

fn followed_by_path(text: &str, method: &Range<usize>, paths: &[&Range<usize>]) -> bool {
    paths.iter().any(|path| {
        path.start >= method.end
            && text[method.end..path.start].trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
    })
}

/// Where methods stand as words of their own.
fn methods(text: &str, span: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let part = &text[span.clone()];
    let mut found: Vec<(Range<usize>, &'static str)> = METHODS
        .iter()
        .flat_map(|method| {
            part.match_indices(method)
                .filter(|(at, _)| {
                    let before = part[..*at].chars().next_back();
                    let after = part[at + method.len()..].chars().next();
                    before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
                })
                .map(|(at, _)| (span.start + at..span.start + at + method.len(), *method))
        })
        .collect();
    found.sort_by_key(|(place, _)| place.start);
    found
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

/// A path with its parameters in braces: `/articles/:slug` is `/articles/{slug}`.
fn braces(path: &str) -> String {
    path.split('/')
        .map(|segment| {
            match segment
                .strip_prefix(':')
                .or_else(|| segment.strip_prefix('<').map(|rest| rest.trim_end_matches('>')))
            {
                Some(name) => format!("{{{name}}}"),
                None => segment.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}
