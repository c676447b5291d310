//! User stories: "As a role, I want means, so that ends", with the usual variants.

use std::ops::Range;

/// The parts of a user story as byte offsets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story {
    /// Who: "camp administrator".
    pub(crate) role: Range<usize>,
    /// What: "upload consent forms".
    pub(crate) means: Range<usize>,
    /// Why: "parents can access them"; empty where the story does not say.
    pub(crate) ends: Range<usize>,
    /// The wish itself, where it is for a thing and not for doing something: "want", "would like".
    pub(crate) wish: Option<&'static str>,
}

const ROLES: &[&str] = &["as an ", "as a ", "as the ", "as "];
const MEANS: &[&str] = &[
    "i want to be able to ",
    "i would like to be able to ",
    "i'd like to be able to ",
    "i need to be able to ",
    "i should be able to ",
    "i want to ",
    "i would like to ",
    "i'd like to ",
    "i wish to ",
    "i need to ",
    "i want to be able ",
    "i want the ability to ",
    "i want an option to ",
    "i want the option to ",
    "i want the possibility to ",
    "i want the opportunity to ",
    "i want a way to ",
    "i need the ability to ",
    "i need a way to ",
    "i would like the ability to ",
    "i would like the option to ",
    "i would like a way to ",
    "i would be able to ",
    "i will be able to ",
    "i must be able to ",
    "i can be able to ",
    "i would love to ",
    "i'd love to ",
    "i am able to ",
    "i'm able to ",
    "i should ",
    "i must ",
    "i can ",
    "i could ",
    "i will ",
    "i shall ",
    "i may ",
    "we want to be able to ",
    "we would like to ",
    "we should be able to ",
    "we would be able to ",
    "we want to ",
    "we need to ",
    "we can ",
    "we should ",
    "we must ",
    "we will ",
    "i would like ",
    "i want ",
    "i need ",
    "i'd like ",
    "we want ",
    "we need ",
    "i expect ",
    "i only want ",
    "i only need ",
];
/// The wishes of `MEANS` that are for a thing.
const WISHES: &[(&str, &str)] = &[
    ("i would like ", "would like"),
    ("i'd like ", "would like"),
    ("i want ", "want"),
    ("i need ", "need"),
    ("we want ", "want"),
    ("we need ", "need"),
    ("i expect ", "expect"),
    ("i only want ", "only want"),
    ("i only need ", "only need"),
];
const ENDS: &[&str] =
    &[" so that ", " in order to ", " in order that ", " so as to ", " so i ", " so we ", " because "];

/// Whether a line starts a story.
pub(crate) fn starts_story(line: &str) -> bool {
    let lower = line.get(..8.min(line.len())).unwrap_or_default().to_ascii_lowercase();
    lower.starts_with("as a ") || lower.starts_with("as an ")
}

/// The parts of a sentence that is a user story.
pub(crate) fn story(text: &str, span: Range<usize>) -> Option<Story> {
    let part = &text[span.clone()];
    if !may_tell(part) {
        return None;
    }
    // Byte offsets must survive the folding, so only ASCII letters are folded.
    let lower = part.to_ascii_lowercase().replace('’', "'  ");
    let mut lead = lower.find(|c: char| c.is_alphabetic())?;
    if let Some(told) = labelled(&lower, lead) {
        lead = told;
    }
    // "In order to keep watch, as a keeper I want …": the ends stand first.
    let mut first_ends = None;
    if let Some(opening) = ["in order to ", "so that "].iter().find(|ends| lower[lead..].starts_with(**ends))
    {
        let start = lead + opening.len();
        lead = ["as a ", "as an "].iter().filter_map(|role| find_word(&lower, start, role)).min()?;
        first_ends = Some(start..lead);
    }
    let role_word = ROLES.iter().find(|role| lower[lead..].starts_with(**role))?;
    let role_start = lead + role_word.len();
    let (means_at, means_word) = MEANS
        .iter()
        .filter_map(|means| find_word(&lower, role_start, means).map(|at| (at, *means)))
        .min_by_key(|(at, means)| (*at, usize::MAX - means.len()))
        .or_else(|| says_it(&lower, role_start))?;
    let means_start = means_at + means_word.len();
    let (ends_at, ends_start) = ENDS
        .iter()
        .filter_map(|ends| {
            lower[means_start..].find(ends).map(|at| {
                (
                    means_start + at,
                    means_start + at + ends.len()
                        - usize::from(ends.starts_with(" so i") || ends.starts_with(" so w")) * 2,
                )
            })
        })
        .min()
        .unwrap_or((lower.len(), lower.len()));
    let at = |range: Range<usize>| {
        span.start + range.start.min(part.len())..span.start + range.end.min(part.len())
    };
    let role = role_start..means_at;
    if role.is_empty() || role.len() > 120 || is_no_role(&lower[role.clone()]) {
        return None;
    }
    let wish = WISHES.iter().find(|(means, _)| *means == means_word).map(|(_, wish)| *wish);
    let ends = first_ends.unwrap_or(ends_start..lower.len());
    Some(Story { role: at(role), means: at(means_start..ends_at), ends: at(ends), wish }).filter(|story| {
        [&story.role, &story.means, &story.ends]
            .iter()
            .all(|range| text.is_char_boundary(range.start) && text.is_char_boundary(range.end))
    })
}

/// Whether "as" stands somewhere as a word, without which there is no story: most sentences need not be copied to find that
/// they are none.
fn may_tell(part: &str) -> bool {
    let bytes = part.as_bytes();
    let starts = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphabetic();
    bytes
        .windows(3)
        .enumerate()
        .any(|(at, word)| matches!(word, [b'A' | b'a', b'S' | b's', b' ']) && starts(at))
}

/// "Story 3: As a keeper, I …", "[US-12] As a keeper": where the story starts behind its label.
fn labelled(lower: &str, from: usize) -> Option<usize> {
    /// How long a label may be.
    const LABEL: usize = 32;
    let mut end = (from + LABEL + 8).min(lower.len());
    while !lower.is_char_boundary(end) {
        end -= 1;
    }
    let label = &lower[from..end];
    ["as a ", "as an ", "as the "]
        .iter()
        .filter_map(|role| label.find(role))
        .min()
        .filter(|at| {
            let before = label[..*at].trim_end();
            *at > 0 && *at <= LABEL && before.ends_with([':', ']', ')', '-', '–', '—', '|', '.'])
        })
        .map(|at| from + at)
}

/// "As agreed we need a form", "as a result I want": what the sentence goes on from, and nobody.
fn is_no_role(role: &str) -> bool {
    let role = role.trim_end_matches([' ', ',']);
    // "As promised, here is what we need."
    let first = role.split(',').next().unwrap_or(role);
    let said = first.ends_with("ed") && !first.contains(' ');
    said || matches!(
        role,
        "usual"
            | "always"
            | "before"
            | "such"
            | "result"
            | "rule"
            | "consequence"
            | "minimum"
            | "reminder"
            | "first step"
            | "next step"
            | "start"
            | "last point"
            | "side note"
            | "follow-up"
            | "bonus"
    ) || ["part of ", "soon as ", "long as ", "of ", "we ", "you ", "i "]
        .iter()
        .any(|start| role.starts_with(start))
}

/// "As a clerk, I see only my own cases": no wish, but what is done, right after the role.
fn says_it(lower: &str, from: usize) -> Option<(usize, &'static str)> {
    let comma = from + lower.get(from..)?.find(',')?;
    let at = comma + 2;
    let does =
        |word: &str| crate::lemma::verb(word).is_some_and(|(_, form)| form == crate::lemma::Form::Base);
    let verb = lower.get(at..)?.strip_prefix("i ")?.split(' ').next()?;
    does(verb).then_some((at, "i "))
}

/// Where a phrase stands as whole words.
fn find_word(text: &str, from: usize, phrase: &str) -> Option<usize> {
    text.get(from..)?
        .match_indices(phrase)
        .map(|(at, _)| from + at)
        .find(|at| text[..*at].ends_with([' ', ',', ':', '\t', '\n']))
}
