//! The number or label that a line has for being found: "2.2", "FR-12", "NFR 3.1", "§ 3", "[UC-4]". It is layout, and no
//! number of what the line says.

use crate::numbers::{SIZES, TIMES, currency, multiplier, unit};
use std::collections::BTreeSet;

/// The most letters that a label of no known sort begins with: "ABC-4".
const LONGEST_LABEL: usize = 8;

/// The largest part of a section number: "120.5 litres" has none.
const LARGEST_PART: usize = 2;

/// What the lines of a text begin with. A number may begin a sentence as well, so that often only the lines beside it
/// tell: "2.3 sensors" is a section after 2.2, and odd otherwise.
#[derive(Default)]
pub(crate) struct Numbering<'a> {
    /// The section numbers at the beginning of lines, as they are written.
    sections: BTreeSet<&'a str>,
    /// The letters of the labels there, with how often each stands.
    labels: Vec<(&'a str, usize)>,
}

/// What may be the number of a line, before it is known whether it is one.
enum Mark<'a> {
    /// Digits with full stops between them.
    Section(&'a str),
    /// The letters before a number, and whether they are joined to it.
    Label(&'a str, bool),
    /// The sign of a paragraph.
    Sign,
}

/// Such a mark with where it ends.
struct Found<'a> {
    mark: Mark<'a>,
    /// Whether a colon, bracket or full stop closes it.
    closed: bool,
    /// The length with what closes it.
    end: usize,
}

impl<'a> Numbering<'a> {
    /// Gathers the marks of lines that have lost the marker of a list item or heading.
    pub(crate) fn of(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut numbering = Self::default();
        for found in lines.filter_map(find) {
            match found.mark {
                Mark::Section(number) => {
                    numbering.sections.insert(number);
                }
                Mark::Label(letters, true) => {
                    match numbering.labels.iter_mut().find(|(known, _)| *known == letters) {
                        Some((_, count)) => *count += 1,
                        None => numbering.labels.push((letters, 1)),
                    }
                }
                Mark::Label(..) | Mark::Sign => {}
            }
        }
        numbering
    }

    /// The length of the mark that a line begins with.
    pub(crate) fn marker(&self, line: &str) -> Option<usize> {
        let found = find(line)?;
        let rest = line[found.end..].trim_start();
        let first = rest.chars().find(|c| !matches!(c, '"' | '“' | '*' | '_' | '('));
        let upper = first.is_some_and(char::is_uppercase);
        let capital = upper || first.is_some_and(|c| c.is_ascii_digit());
        let is_one = match found.mark {
            Mark::Section(number) => match number.matches('.').count() {
                // "3 Operators can cancel" among others from 1 on.
                0 => upper && !is_measured(rest) && self.sections.contains("1") && self.follows(number),
                1 => !is_measured(rest) && (capital || self.follows(number)),
                _ => true,
            },
            Mark::Label(letters, joined) => {
                let known = knowledge::interface("clause-labels").contains(&&*letters.to_lowercase());
                let again =
                    || joined && self.labels.iter().any(|(label, count)| *label == letters && *count > 1);
                known && (joined || capital || found.closed) || again()
            }
            Mark::Sign => true,
        };
        is_one.then_some(found.end)
    }

    /// Whether the section before or after one begins a line as well.
    fn follows(&self, number: &str) -> bool {
        let at = number.rfind('.').map_or(0, |at| at + 1);
        let (above, last) = number.split_at(at);
        let Ok(last) = last.parse::<u32>() else { return false };
        [last.checked_sub(1), last.checked_add(1)]
            .into_iter()
            .flatten()
            .any(|beside| self.sections.contains(format!("{above}{beside}").as_str()))
    }
}

/// Whether what follows a number is what it counts or measures by its size: "2.5 million", "1.5 GB", "99.5 %".
fn is_measured(rest: &str) -> bool {
    let word = rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).next().unwrap_or_default();
    let word = word.to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    word.starts_with(['%', '€', '$', '£', '-', '–', '/', '+', '='])
        || [word.as_str(), singular].iter().any(|word| {
            unit(TIMES, word).is_some()
                || unit(SIZES, word).is_some()
                || multiplier(word).is_some()
                || currency(word).is_some()
                || matches!(*word, "to" | "and" | "or" | "percent" | "x")
        })
}

/// What stands at the beginning of a line and may be its number.
fn find(line: &str) -> Option<Found<'_>> {
    let open = ["**", "__", "[", "("].into_iter().find(|open| line.starts_with(open)).unwrap_or_default();
    let close = match open {
        "[" => "]",
        "(" => ")",
        open => open,
    };
    let inner = &line[open.len()..];
    let (mark, length) = bare(inner)?;
    let mut end = open.len() + length;
    let mut closed = false;
    let ends = |at: usize| line[at..].chars().next().filter(|c| matches!(c, ':' | '.' | ')'));
    if let Some(c) = ends(end).filter(|_| !line[end..].starts_with(close) || close.is_empty()) {
        end += c.len_utf8();
        closed = true;
    }
    if !close.is_empty() {
        line[end..].strip_prefix(close)?;
        end += close.len();
        closed = true;
    }
    if let Some(c) = ends(end).filter(|_| !close.is_empty()) {
        end += c.len_utf8();
    }
    // "FR-12 – The system".
    let rest = &line[end..];
    if let Some(dash) = [" - ", " – ", " — "].iter().find(|dash| rest.starts_with(**dash)) {
        end += dash.len() - 1;
        closed = true;
    }
    let rest = &line[end..];
    (rest.starts_with([' ', '\t', '\u{a0}']) && !rest.trim().is_empty()).then_some(Found {
        mark,
        closed,
        end,
    })
}

/// The mark itself, with its length.
fn bare(line: &str) -> Option<(Mark<'_>, usize)> {
    if let Some(rest) = line.strip_prefix('§') {
        let rest = rest.trim_start_matches('§').trim_start();
        let digits = number(rest)?;
        return Some((Mark::Sign, line.len() - rest.len() + digits));
    }
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        let length = number(line)?;
        let written = &line[..length];
        let short = written.split('.').all(|part| part.len() <= LARGEST_PART);
        return short.then_some((Mark::Section(written), length));
    }
    // "FR-AUTH-3": parts of letters before the number.
    let letters = line.bytes().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_')).count();
    let named = line[..letters].trim_end_matches(['-', '_']);
    let first = named.split(['-', '_']).next().unwrap_or_default();
    if first.is_empty() {
        return None;
    }
    let (label, gap) = match line[letters..].chars().next()? {
        ' ' | '\u{a0}' | '.' if named.len() == letters => (named, line[letters..].chars().next()?.len_utf8()),
        c if c.is_ascii_digit() => (named, 0),
        _ => return None,
    };
    let joined = gap == 0 || line[letters..].starts_with('.');
    let shouted = named.bytes().all(|b| !b.is_ascii_lowercase());
    if joined
        && !(shouted && named.len() <= LONGEST_LABEL * 2 && first.len() <= LONGEST_LABEL)
        && !knowledge::interface("clause-labels").contains(&&*first.to_lowercase())
    {
        return None;
    }
    let digits = number(&line[letters + gap..])?;
    let after = letters + gap + digits;
    // "REQ-12a"; "3D", "24x7" go on with a word.
    let suffix = line[after..].bytes().take_while(u8::is_ascii_lowercase).count();
    (suffix <= 1).then_some((Mark::Label(if joined { first } else { label }, joined), after + suffix))
}

/// The length of a number with parts: "12", "3.1", "4-2".
fn number(line: &str) -> Option<usize> {
    let mut length = line.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 4 {
        return None;
    }
    while let Some(rest) = line[length..].strip_prefix(['.', '-', '_']) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            break;
        }
        length += 1 + digits;
    }
    Some(length)
}
