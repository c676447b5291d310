//! Anchors of headings, made as GitHub makes them, so that links work there and here.

use std::collections::{BTreeMap, BTreeSet};

/// Hands out the anchors of one document, each of them once.
#[derive(Debug, Default)]
pub struct Slugger {
    used: BTreeSet<String>,
    /// The number that the next repetition of a heading gets.
    repetitions: BTreeMap<String, usize>,
}

impl Slugger {
    /// The anchor of a heading: lower case, spaces as hyphens, punctuation left out. A repeated heading gets `-1`, `-2`, ….
    pub fn slug(&mut self, heading: &str) -> String {
        let mut base: String =
            heading.trim().chars().filter_map(slug_char).flat_map(char::to_lowercase).collect();
        if base.is_empty() {
            base.push_str("section");
        }
        let repetition = self.repetitions.entry(base.clone()).or_default();
        let mut slug = base.clone();
        // A document may also hold a heading that is spelled like a numbered repetition, hence the loop.
        while !self.used.insert(slug.clone()) {
            *repetition += 1;
            slug = format!("{base}-{repetition}");
        }
        slug
    }
}

/// What stands in an anchor for a character of the heading.
fn slug_char(c: char) -> Option<char> {
    match c {
        ' ' | '\t' | '\n' => Some('-'),
        '-' | '_' => Some(c),
        _ if c.is_alphanumeric() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        let cases = [
            ("Choosing a style", "choosing-a-style"),
            ("1. Requirements & constraints", "1-requirements--constraints"),
            ("What is `p99`?", "what-is-p99"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("Über Größe", "über-größe"),
            ("日本語 の", "日本語-の"),
            ("  padded  ", "padded"),
            ("!!!", "section"),
            ("", "section"),
        ];
        for (heading, expected) in cases {
            assert_eq!(Slugger::default().slug(heading), expected, "{heading:?}");
        }
    }

    #[test]
    fn repeated_headings_get_distinct_anchors() {
        let mut slugger = Slugger::default();
        let slugs: Vec<_> =
            ["A", "a-1", "A", "a", "A-1"].iter().map(|heading| slugger.slug(heading)).collect();
        assert_eq!(slugs, ["a", "a-1", "a-2", "a-3", "a-1-1"]);
    }

    #[test]
    fn many_equal_headings_stay_distinct() {
        let mut slugger = Slugger::default();
        let slugs: BTreeSet<_> = (0..500).map(|_| slugger.slug("Same")).collect();
        assert_eq!(slugs.len(), 500);
    }
}
