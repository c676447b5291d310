//! The form in which a statement is written, with its parts: EARS, job stories, user stories, and the steps of scenarios.

use crate::model::{Form, Part, Pattern};
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use std::ops::Range;

/// Words that open a condition in EARS, with the part that it is.
const CONDITIONS: &[(&str, &str)] = &[
    ("when", "trigger"),
    ("whenever", "trigger"),
    ("while", "state"),
    ("during", "state"),
    ("if", "unwanted"),
    ("where", "feature"),
];

/// Words that open a step of a scenario.
const STEPS: &[&str] = &["given", "when", "then", "and", "but"];

/// The forms of sentences, in their order. What a scenario says stands with its title as well as with its steps.
pub(crate) fn forms(text: &str, sentences: &[Sentence]) -> Vec<Option<Form>> {
    let mut found: Vec<Option<Form>> = sentences.iter().map(|sentence| form(text, sentence)).collect();
    let mut title = None;
    let mut last = "";
    for at in 0..sentences.len() {
        if is_scenario(&sentences[at].lower) {
            title = Some(at);
            last = "";
            found[at] = Some(Form { pattern: Pattern::Scenario, parts: Vec::new() });
            continue;
        }
        let step = step(&sentences[at]).filter(|step| title.is_some() || *step == "given");
        // "and" and "but" go on with the step before.
        let Some(role) = step.map(|step| if matches!(step, "and" | "but") { last } else { step }) else {
            if sentences[at].lower.chars().any(char::is_alphanumeric) && !sentences[at].words.is_empty() {
                title = None;
                last = "";
            }
            continue;
        };
        if role.is_empty() || title.is_none() && !followed_by_step(sentences, at) && last.is_empty() {
            continue;
        }
        last = role;
        let words = &sentences[at].words;
        let part = Part { name: role.to_owned(), text: written(text, words, 1..words.len()) };
        if let Some(Some(scenario)) = title.map(|title| &mut found[title]) {
            scenario.parts.push(part.clone());
        }
        found[at] = Some(Form { pattern: Pattern::Scenario, parts: vec![part] });
    }
    found
}

fn is_scenario(lower: &str) -> bool {
    let bare = lower.trim_start_matches(['#', '*', '-', ' ']);
    ["scenario:", "scenario outline:", "example:"].iter().any(|title| bare.starts_with(title))
}

fn step(sentence: &Sentence) -> Option<&'static str> {
    let first = sentence.words.first()?;
    STEPS.iter().find(|step| first.is(step)).copied()
}

fn followed_by_step(sentences: &[Sentence], at: usize) -> bool {
    sentences.get(at + 1).and_then(step).is_some()
}

/// The form of a sentence by itself.
fn form(text: &str, sentence: &Sentence) -> Option<Form> {
    if let Some(story) = &sentence.story {
        let part = |name: &str, range: &Range<usize>| Part {
            name: name.to_owned(),
            text: text[range.clone()].trim().trim_end_matches(['.', ',']).to_owned(),
        };
        let parts = [("role", &story.role), ("means", &story.means), ("ends", &story.ends)];
        let parts =
            parts.iter().filter(|(_, range)| !range.is_empty()).map(|(name, range)| part(name, range));
        return Some(Form { pattern: Pattern::Story, parts: parts.collect() });
    }
    let words = sentence.words.as_slice();
    job_story(text, words).or_else(|| ears(text, words))
}

/// "When …, I want to …, so I can …".
fn job_story(text: &str, words: &[Word]) -> Option<Form> {
    let first = words.first().filter(|word| word.is("when"))?;
    let wants = words.windows(2).position(|pair| {
        matches!(pair[0].lower, "i" | "we")
            && matches!(pair[1].lower, "want" | "need" | "would" | "wish" | "like")
    })?;
    if words[wants - 1].tag != Tag::Comma || !first.is("when") {
        return None;
    }
    let ends = (wants + 2..words.len()).find(|at| words[*at].is("so") && words[at - 1].tag == Tag::Comma);
    let means_end = ends.map_or(words.len(), |at| at - 1);
    let mut parts = vec![
        Part { name: "situation".to_owned(), text: written(text, words, 1..wants - 1) },
        Part { name: "means".to_owned(), text: written(text, words, wants + 2..means_end) },
    ];
    if let Some(at) = ends {
        let from = at + 1 + usize::from(words.get(at + 1).is_some_and(|word| word.is("that")));
        parts.push(Part { name: "ends".to_owned(), text: written(text, words, from..words.len()) });
    }
    Some(Form { pattern: Pattern::JobStory, parts })
}

/// "While …, when …, the … shall …".
fn ears(text: &str, words: &[Word]) -> Option<Form> {
    let mut parts = Vec::new();
    let mut at = words.iter().position(|word| word.tag != Tag::Punctuation && word.tag != Tag::Number)?;
    let opens = |word: &Word| CONDITIONS.iter().find(|(opening, _)| word.is(opening)).map(|(_, part)| *part);
    while let Some(part) = words.get(at).and_then(opens) {
        let comma = (at + 1..words.len()).find(|at| words[*at].tag == Tag::Comma)?;
        parts.push(Part { name: part.to_owned(), text: written(text, words, at + 1..comma) });
        at = comma + 1;
        at += usize::from(words.get(at).is_some_and(|word| word.is("then") || word.is("and")));
    }
    let modal = (at..words.len()).find(|at| words[*at].tag == Tag::Modal)?;
    if modal == at || !matches!(words[modal].lower, "shall" | "must" | "will" | "should") {
        return None;
    }
    // A condition may stand at the end as well: "shall … when …".
    let trailing = (modal + 2..words.len())
        .find(|at| matches!(words[*at].lower, "when" | "whenever" | "while" | "if"))
        .filter(|_| parts.is_empty());
    parts.push(Part { name: "system".to_owned(), text: written(text, words, at..modal) });
    let end = trailing.unwrap_or(words.len());
    parts.push(Part { name: "response".to_owned(), text: written(text, words, modal + 1..end) });
    if let Some(place) = trailing
        && let Some(part) = opens(&words[place])
    {
        parts.insert(0, Part { name: part.to_owned(), text: written(text, words, place + 1..words.len()) });
    }
    let conditions: Vec<&str> = parts.iter().map(|part| part.name.as_str()).take(parts.len() - 2).collect();
    let pattern = match conditions.as_slice() {
        [] => Pattern::Ubiquitous,
        ["trigger"] => Pattern::Event,
        ["state"] => Pattern::State,
        ["unwanted"] => Pattern::Unwanted,
        ["feature"] => Pattern::Optional,
        _ => Pattern::Complex,
    };
    Some(Form { pattern, parts })
}

/// Words as the text writes them, without the mark at the end.
fn written(text: &str, words: &[Word], range: Range<usize>) -> String {
    let words = words.get(range).unwrap_or_default();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    let part = text.get(first.span.start..last.span.end).unwrap_or_default();
    part.trim_end_matches(['.', ',', ';', ' ']).to_owned()
}
