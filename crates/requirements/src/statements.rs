//! What sort of statement each unit of a text is.

use crate::blocks::{Shape, Unit};
use crate::clauses::{Clause, Subject};
use crate::model::{Modality, Quality, StatementKind};
use crate::stories::Story;
use crate::words::{Tag, Word};
use knowledge::{QUALITIES, QUALITY_CUES, STOP_NOUNS, TECHNOLOGIES, VerbClass, holds};

/// What was found about a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    pub(crate) kind: StatementKind,
    pub(crate) quality: Option<Quality>,
    pub(crate) modality: Modality,
}

/// What the heading above a unit says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Scope {
    /// Nothing in particular.
    #[default]
    Open,
    /// What is not to be built.
    Excluded,
    /// What is built later.
    Later,
    /// How well it must work.
    Quality,
    /// Background.
    Context,
}

/// What a heading says about the units below it.
pub(crate) fn scope(heading: &str) -> Scope {
    let lower = heading.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    if says(&[
        "out of scope",
        "non-goal",
        "not in scope",
        "exclusion",
        "won't have",
        "out-of-scope",
        "not included",
    ]) {
        Scope::Excluded
    } else if says(&[
        "phase 2",
        "phase two",
        "later",
        "future",
        "nice to have",
        "nice-to-have",
        "could have",
        "backlog",
    ]) {
        Scope::Later
    } else if says(&[
        "non-functional",
        "nonfunctional",
        "quality",
        "performance",
        "security requirement",
        "constraints",
    ]) {
        Scope::Quality
    } else if says(&[
        "background",
        "introduction",
        "context",
        "glossary",
        "definition",
        "references",
        "revision",
        "table of contents",
        "acknowledg",
    ]) {
        Scope::Context
    } else {
        Scope::Open
    }
}

/// Classifies a unit.
pub(crate) fn classify(
    text: &str,
    unit: &Unit,
    words: &[Word],
    clauses: &[Clause],
    story: Option<&Story>,
    scope: Scope,
) -> Class {
    let raw = text[unit.span.clone()].trim();
    let lower = raw.to_lowercase();
    let modality = modality(&lower, scope);
    let of = |kind| Class { kind, quality: None, modality };
    match unit.shape {
        Shape::Layout | Shape::Code | Shape::Heading(_) | Shape::TableHead => {
            return of(StatementKind::Noise);
        }
        Shape::TableRow | Shape::Sentence | Shape::Item(_) => {}
    }
    if !raw.chars().any(char::is_alphabetic) {
        return of(StatementKind::Noise);
    }
    if excludes(&lower, scope) {
        return Class { kind: StatementKind::Exclusion, quality: None, modality: Modality::Wont };
    }
    if raw.ends_with('?') {
        return of(StatementKind::Question);
    }
    if story.is_some() {
        return of(StatementKind::Capability);
    }
    let reserved = reserves(words).then_some((Quality::Security, 4));
    let quality = quality(words, &lower).filter(|(_, weight)| reserved.is_none() || *weight > 4).or(reserved);
    let does = clauses.iter().any(|clause| operates(words, clause));
    if let Some((quality, weight)) = quality {
        let strong = weight >= 4 || scope == Scope::Quality;
        let measured = words.iter().any(|word| word.tag == Tag::Number || word.lower.ends_with('%'));
        if strong || measured || !does {
            return Class { kind: StatementKind::Quality, quality: Some(quality), modality };
        }
    }
    if constrains(&lower) {
        return of(StatementKind::Constraint);
    }
    if does {
        return of(if scope == Scope::Context { StatementKind::Context } else { StatementKind::Capability });
    }
    of(StatementKind::Context)
}

/// "Only supervisors may …": a right that others do not have.
fn reserves(words: &[Word]) -> bool {
    let first = words.iter().find(|word| word.tag != Tag::Punctuation);
    first.is_some_and(|word| word.is("only")) && words.iter().any(|word| word.tag == Tag::Modal)
}

/// Whether a clause asks for something that a backend does.
fn operates(words: &[Word], clause: &Clause) -> bool {
    let class = crate::lemma::class(&words[clause.verb].lemma);
    let acts = class.is_some_and(|class| class != VerbClass::State);
    let demanded = words[..clause.verb].iter().any(|word| word.tag == Tag::Modal)
        || matches!(clause.subject, Subject::Unsaid);
    acts || demanded && class.is_some() && !clause.objects.is_empty()
}

fn modality(lower: &str, scope: Scope) -> Modality {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    if scope == Scope::Later
        || says(&[
            "phase 2",
            "phase two",
            "second phase",
            "later release",
            "in a later",
            "future release",
            "future version",
            "in the future",
            "eventually",
        ])
    {
        Modality::Later
    } else if says(&[
        "nice to have",
        "nice-to-have",
        "could have",
        "optionally",
        "ideally",
        "if possible",
        " may ",
        " might ",
        " could ",
    ]) && !lower.contains("must")
    {
        Modality::Could
    } else if says(&[" should ", "should be", "preferably"]) && !says(&[" must ", " shall "]) {
        Modality::Should
    } else {
        Modality::Must
    }
}

fn excludes(lower: &str, scope: Scope) -> bool {
    const SAYS: &[&str] = &[
        "out of scope",
        "not in scope",
        "outside the scope",
        "outside of the scope",
        "will not be included",
        "is not included",
        "are not included",
        "not part of this",
        "not part of the",
        "is not needed",
        "are not needed",
        "is not required",
        "are not required",
        "we don't need",
        "we do not need",
        "no need for",
        "do not need",
        "does not need",
        "will not support",
        "won't support",
        "not support in",
        "won't be",
        "excluded from",
        "not planned",
        "not in the first",
        "not in v1",
        "not for now",
        "no longer needed",
    ];
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let no = bare.starts_with("no ")
        && !bare.starts_with("no more than")
        && !bare.starts_with("no later")
        && !bare.starts_with("no less")
        && !bare.contains(" shall ")
        && !bare.contains(" can ")
        && !bare.contains(" may ")
        && !bare.contains(" must ");
    scope == Scope::Excluded || no || SAYS.iter().any(|phrase| lower.contains(phrase))
}

/// The quality that a sentence speaks of, with the sum of its cues. Each cue counts once, and of two cues that start
/// at the same word the longer one.
fn quality(words: &[Word], lower: &str) -> Option<(Quality, u32)> {
    let lemmas = crate::signals::Lemmas::new(words);
    let mut sums: Vec<(&str, u32)> = Vec::new();
    let mut add = |row: usize| {
        let row = &QUALITIES[row];
        match sums.iter_mut().find(|(quality, _)| *quality == row.quality) {
            Some((_, sum)) => *sum += u32::from(row.weight),
            None => sums.push((row.quality, u32::from(row.weight))),
        }
    };
    let mut seen = Vec::new();
    for (_, at) in lemmas.find_phrases(QUALITY_CUES) {
        if !seen.contains(&at) {
            seen.push(at);
            add(QUALITY_CUES[at].1);
        }
    }
    // Cues such as 24/7 are several words for the tagger.
    for (cue, row) in QUALITY_CUES.iter().filter(|(cue, _)| cue.contains(['%', '/'])) {
        if lower.contains(cue) {
            add(*row);
        }
    }
    // The first of the table wins a tie.
    let best = sums.iter().map(|(_, sum)| *sum).max()?;
    QUALITIES
        .iter()
        .find_map(|row| sums.iter().find(|(quality, sum)| *quality == row.quality && *sum == best))
        .and_then(|(quality, sum)| quality_id(quality).map(|quality| (quality, *sum)))
}

fn quality_id(id: &str) -> Option<Quality> {
    Some(match id {
        "performance" => Quality::Performance,
        "scalability" => Quality::Scalability,
        "availability" => Quality::Availability,
        "reliability" => Quality::Reliability,
        "security" => Quality::Security,
        "usability" => Quality::Usability,
        "look-and-feel" => Quality::LookAndFeel,
        "maintainability" => Quality::Maintainability,
        "operability" => Quality::Operability,
        "portability" => Quality::Portability,
        "compatibility" => Quality::Compatibility,
        "compliance" => Quality::Compliance,
        _ => return None,
    })
}

/// Whether a sentence prescribes the solution: a named technology, a budget, a team, a deadline.
fn constrains(lower: &str) -> bool {
    const SAYS: &[&str] = &[
        "budget",
        "deadline",
        "go live",
        "go-live",
        "our team",
        "engineers",
        "developers who",
        "must be hosted",
        "must run on",
        "written in",
        "built with",
        "data centre",
        "data center",
    ];
    SAYS.iter().any(|phrase| lower.contains(phrase))
        || TECHNOLOGIES.iter().flat_map(|row| row.names).any(|name| crate::constraints::names(lower, name))
}

/// Whether a word can never name a thing with records of its own.
pub(crate) fn is_stop_noun(lemma: &str) -> bool {
    holds(STOP_NOUNS, lemma)
}
