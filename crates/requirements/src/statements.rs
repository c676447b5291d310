//! What sort of statement each unit of a text is.

use crate::blocks::{Shape, Unit};
use crate::clauses::{Clause, Subject};
use crate::marks::{self, FoundMark, FoundMeaning};
use crate::model::{Modality, Quality, StatementKind};
use crate::stories::Story;
use crate::words::{Tag, Word};
use knowledge::{Mark, Marker, Meaning, QUALITIES, VerbClass};

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
        "not needed",
        "not wanted",
        "not required",
        "not planned",
        "not asked for",
        "not part of",
        "what we do not",
        "what we don't",
    ]) {
        Scope::Excluded
    } else if says(&["phase 2", "phase two", "later", "future", "nice to have", "nice-to-have", "could have"])
        || lower.trim_matches(|c: char| !c.is_alphanumeric()) == "backlog"
    {
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

/// What was read of a unit before it is classified.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read<'a> {
    /// The unit in lower case, without its marker.
    pub(crate) lower: &'a str,
    pub(crate) marks: &'a [FoundMark],
    pub(crate) meanings: &'a [FoundMeaning],
    pub(crate) words: &'a [Word<'a>],
    pub(crate) clauses: &'a [Clause],
    pub(crate) story: Option<&'a Story>,
    pub(crate) scope: Scope,
}

/// Classifies a unit.
pub(crate) fn classify(unit: &Unit, read: Read) -> Class {
    let Read { lower, marks, meanings, words, clauses, story, scope } = read;
    let modality = modality(marks, scope);
    let of = |kind| Class { kind, quality: None, modality };
    match unit.shape {
        Shape::Layout | Shape::Code | Shape::Heading(_) | Shape::TableHead => {
            return of(StatementKind::Noise);
        }
        Shape::TableRow | Shape::Sentence | Shape::Item(_) => {}
    }
    if !lower.chars().any(char::is_alphabetic) && !lower.contains('%') {
        return of(StatementKind::Noise);
    }
    if excludes(lower, marks, scope) || left_out(words) {
        return Class { kind: StatementKind::Exclusion, quality: None, modality: Modality::Wont };
    }
    if lower.ends_with('?') {
        return of(StatementKind::Question);
    }
    if story.is_some() {
        return of(StatementKind::Capability);
    }
    let reserved = reserves(words).then_some((Quality::Security, 4));
    let quality =
        quality(meanings, marks).filter(|(_, weight)| reserved.is_none() || *weight > 4).or(reserved);
    let does = clauses.iter().any(|clause| operates(words, clause));
    let demanded = words.iter().any(|word| word.tag == Tag::Modal);
    let described = !demanded && marks::says(marks, Marker::Describes);
    if let Some((quality, weight)) = quality {
        let strong = weight >= 4 || scope == Scope::Quality;
        let measured = words.iter().any(|word| word.tag == Tag::Number || word.lower.ends_with('%'));
        if !strong && rules_out(words) {
            // "No vet can have two appointments at the same time": what must hold of the records.
            return of(StatementKind::Capability);
        }
        if !strong && measured && bounds_the_project(words) {
            return of(StatementKind::Constraint);
        }
        if !demanded && !measured && (marks::says(marks, Marker::Present) || described) {
            // How well the present system works asks for nothing.
            return of(StatementKind::Context);
        }
        let told = || weight < 4 || !says_strongly(meanings, marks, quality) && waits_for_somebody(words);
        let limited = does && scope != Scope::Quality && told() && limits_an_act(words, quality);
        if !limited && (strong || measured || !does) {
            return Class { kind: StatementKind::Quality, quality: Some(quality), modality };
        }
    }
    if up_share(words) {
        return Class { kind: StatementKind::Quality, quality: Some(Quality::Availability), modality };
    }
    if marks::says(marks, Marker::Prescribes)
        || marks.iter().any(|mark| crate::constraints::named(lower, marks, mark).is_some())
    {
        return of(StatementKind::Constraint);
    }
    if does {
        return of(if scope == Scope::Context || described {
            StatementKind::Context
        } else {
            StatementKind::Capability
        });
    }
    of(StatementKind::Context)
}

/// "No vet can …": a rule on records.
fn rules_out(words: &[Word]) -> bool {
    let mut words = words.iter().skip_while(|word| word.tag == Tag::Punctuation);
    words.next().is_some_and(|word| word.is("no")) && words.any(|word| word.tag == Tag::Modal)
}

/// Money, or a time of weeks and more within which it is made.
fn bounds_the_project(words: &[Word]) -> bool {
    let money = words.iter().any(|word| matches!(word.lower, "€" | "$" | "£" | "eur" | "usd" | "gbp"));
    let within = words.iter().position(|word| matches!(word.lower, "within" | "in"));
    let long = within.is_some_and(|at| {
        words[at..].iter().take(4).any(|word| matches!(word.lemma, "week" | "month" | "year"))
    });
    let made = words.iter().any(|word| {
        matches!(
            word.lemma,
            "developer" | "engineer" | "programmer" | "budget" | "launch" | "deliver" | "build"
        )
    });
    money || long && made
}

/// The longest time in seconds that somebody waits for an answer.
const LONGEST_WAIT: f64 = 120.0;

/// "Reserve a slot up to 7 days ahead", "escalated if nobody answers within 5 minutes", "up to three reminders": how long or how
/// often something is done, and not how well the system works. What it does itself, how many use it and how long they wait
/// are qualities.
fn limits_an_act(words: &[Word], quality: Quality) -> bool {
    /// How far before the time what is done stands: "is sent to the guest within".
    const NEAR: usize = 6;
    use crate::numbers::{TIMES, figure, unit, word_value};
    if !matches!(quality, Quality::Performance | Quality::Scalability | Quality::Reliability)
        || words.iter().any(|word| {
            word.is("%")
                || matches!(
                    word.lemma,
                    "system"
                        | "application"
                        | "product"
                        | "platform"
                        | "server"
                        | "lose"
                        | "loss"
                        | "restore"
                        | "recover"
                        | "take"
                        | "simultaneous"
                        | "simultaneously"
                        | "concurrent"
                        | "concurrently"
                )
        })
    {
        return false;
    }
    // "A voucher is sent within 5 minutes": by the system, which is to be so fast.
    // "18,000 phones connected at the same time".
    if words.windows(2).any(|pair| pair[0].is("same") && pair[1].is("time")) {
        return false;
    }
    let within = words.iter().position(|word| word.is("within"));
    let passive = within.is_some_and(|within| {
        words[within.saturating_sub(NEAR)..within].windows(2).any(|pair| {
            pair[0].is_a(knowledge::BE) && matches!(pair[1].tag, Tag::Verb(crate::lemma::Form::Past))
        })
    });
    if passive && !waits_for_somebody(words) {
        return false;
    }
    let mut numbers = words.iter().enumerate().filter(|(_, word)| word.tag == Tag::Number).peekable();
    numbers.peek().is_some()
        && numbers.all(|(at, word)| {
            let Some(next) = words.get(at + 1) else { return false };
            let value = figure(word.lower).map(|(value, _)| value).or_else(|| word_value(word.lower));
            match unit(TIMES, next.lemma) {
                Some(factor) => value.is_some_and(|value| value * factor > LONGEST_WAIT),
                None => {
                    // "four or five days" has its unit after the second.
                    next.tag == Tag::Noun && !crate::counted::is_counted(next)
                        || matches!(next.lower, "or" | "to" | "-" | "–" | "and")
                }
            }
        })
}

/// "If nobody answers within 5 minutes": the time is that after which something else is done.
fn waits_for_somebody(words: &[Word]) -> bool {
    let condition = words.iter().position(|word| matches!(word.lower, "if" | "unless"));
    let number = words.iter().position(|word| word.tag == Tag::Number);
    condition.zip(number).is_some_and(|(condition, number)| condition < number)
}

/// "99.5 % during opening hours": a share of a time.
fn up_share(words: &[Word]) -> bool {
    let share = words.windows(2).any(|pair| {
        pair[1].is("%")
            && crate::numbers::figure(pair[0].lower).is_some_and(|(value, _)| (95.0..100.0).contains(&value))
    });
    share
        && words
            .iter()
            .any(|word| matches!(word.lemma, "hour" | "time" | "uptime" | "month" | "year" | "day" | "week"))
}

/// "Only supervisors may …": a right that others do not have.
fn reserves(words: &[Word]) -> bool {
    let first = words.iter().find(|word| word.tag != Tag::Punctuation);
    first.is_some_and(|word| word.is("only")) && words.iter().any(|word| word.tag == Tag::Modal)
        || crate::doers::nobody_but(words).is_some()
}

/// Whether a clause asks for something that a backend does.
fn operates(words: &[Word], clause: &Clause) -> bool {
    let class = crate::lemma::class(words[clause.verb].lemma);
    let acts = class.is_some_and(|class| class != VerbClass::State);
    let demanded = words[..clause.verb].iter().any(|word| word.tag == Tag::Modal)
        || matches!(clause.subject, Subject::Unsaid);
    acts || demanded && class.is_some() && !clause.objects.is_empty()
}

fn modality(marks: &[FoundMark], scope: Scope) -> Modality {
    let says = |marker| marks::says(marks, marker);
    let must = || marks.iter().any(|mark| mark.mark == Mark::Says(Marker::Must) && mark.phrase == "must");
    if scope == Scope::Later || says(Marker::Later) {
        Modality::Later
    } else if says(Marker::Could) && !must() {
        Modality::Could
    } else if says(Marker::Should) && !says(Marker::Must) {
        Modality::Should
    } else {
        Modality::Must
    }
}

fn excludes(lower: &str, marks: &[FoundMark], scope: Scope) -> bool {
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let no = bare.starts_with("no ")
        && !bare.starts_with("no more than")
        && !bare.starts_with("no later")
        && !bare.starts_with("no less")
        && !bare.starts_with("no one ")
        // "No page needs to be faster than 3 s": a bound.
        && !bare.contains(" than ")
        // "No record is ever deleted": a rule.
        && !bare.contains(" ever ")
        && ![" shall ", " can ", " may ", " must "].iter().any(|modal| bare.contains(modal));
    // "Not: e-mail campaigns; telephony."
    let listed = ["not:", "out:", "no:"].iter().any(|word| bare.starts_with(word));
    // "Voice calls are out. Neither are bots. There will be no ads."
    let goes_on =
        ["neither are ", "neither is ", "nor are ", "nor is ", "there will be no ", "there won't be "]
            .iter()
            .any(|opening| bare.starts_with(opening));
    scope == Scope::Excluded || no || listed || goes_on || marks::says(marks, Marker::Excludes)
}

/// "We don't file taxes", "we will not ship abroad": what those who write do not do, the system does not either.
fn left_out(words: &[Word]) -> bool {
    let mut spoken = words.iter().filter(|word| word.tag != Tag::Punctuation);
    let ours = spoken.next().is_some_and(|word| word.is("we"));
    let auxiliary = spoken.next().map(|word| word.lower.replace('’', "'")).unwrap_or_default();
    let denied = match auxiliary.as_str() {
        "don't" | "won't" => true,
        "do" | "will" => spoken.next().is_some_and(|word| word.is("not")),
        _ => false,
    };
    let conditional = words.iter().any(|word| {
        matches!(word.lower, "if" | "when" | "unless" | "until" | "than" | "yet" | "today" | "want" | "know")
    });
    ours && denied
        && !conditional
        && spoken
            .next()
            .and_then(|word| word.verb)
            .is_some_and(|(base, _)| crate::lemma::class(base).is_some_and(|class| class != VerbClass::State))
}

/// Whether a cue that is enough by itself speaks of a quality.
fn says_strongly(meanings: &[FoundMeaning], marks: &[FoundMark], quality: Quality) -> bool {
    let spoken = meanings.iter().filter_map(|found| match found.meaning {
        Meaning::Quality(row) => Some(row),
        Meaning::Strong(_) | Meaning::Weak(_) => None,
    });
    let written = marks.iter().filter_map(|found| match found.mark {
        Mark::Quality(row) => Some(row),
        Mark::Says(_) | Mark::Names(_) => None,
    });
    spoken.chain(written).any(|row| {
        let row = &QUALITIES[usize::from(row)];
        row.weight >= 4 && quality_id(row.quality) == Some(quality)
    })
}

/// The quality that a sentence speaks of, with the sum of its cues. Each cue counts once.
fn quality(meanings: &[FoundMeaning], marks: &[FoundMark]) -> Option<(Quality, u32)> {
    let mut sums: Vec<(&str, u32)> = Vec::new();
    let mut seen: Vec<(&str, u16)> = Vec::new();
    let spoken = meanings.iter().filter_map(|found| match found.meaning {
        Meaning::Quality(row) => Some((found.phrase, row)),
        Meaning::Strong(_) | Meaning::Weak(_) => None,
    });
    let written = marks.iter().filter_map(|found| match found.mark {
        Mark::Quality(row) => Some((found.phrase, row)),
        Mark::Says(_) | Mark::Names(_) => None,
    });
    for cue in spoken.chain(written) {
        if seen.contains(&cue) {
            continue;
        }
        seen.push(cue);
        let row = &QUALITIES[usize::from(cue.1)];
        match sums.iter_mut().find(|(quality, _)| *quality == row.quality) {
            Some((_, sum)) => *sum += u32::from(row.weight),
            None => sums.push((row.quality, u32::from(row.weight))),
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
        "portability" => Quality::Portability,
        "compatibility" => Quality::Compatibility,
        "compliance" => Quality::Compliance,
        _ => return None,
    })
}
