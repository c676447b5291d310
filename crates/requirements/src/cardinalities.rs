//! How many there are at both ends of a relation, from determiners, numbers and verbs.

use crate::model::Many;
use crate::names;
use crate::phrases::{Count, Phrase};
use crate::relations::End;
use crate::words::{Tag, Word};
use knowledge::{VerbClass, WordLists, holds};

/// Verbs that tell of a state of two things.
pub(crate) const STATES: WordLists = knowledge::BELONGING.or(knowledge::HOLDING).or(knowledge::CONTAINING);

/// An entity as a sentence speaks of it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is something that the words before a noun say")]
pub(crate) struct Spoken {
    pub(crate) name: String,
    pub(crate) count: Count,
    /// Whether a number or "many" stands before it, rather than a bare plural.
    pub(crate) counted: bool,
    /// Whether there can be no second one: "exactly one", "only one", "at most one".
    pub(crate) limited: bool,
    /// Whether it is counted as a single one: "one queue".
    pub(crate) single: bool,
    /// Whether it is told from one that was spoken of: "another", "other", "an earlier contract".
    pub(crate) another: bool,
}

impl Spoken {
    /// An entity as its phrase speaks of it.
    pub(crate) fn of(name: String, words: &[Word], phrase: &Phrase) -> Self {
        let before = &words[phrase.words.start.saturating_sub(1)..phrase.name.start];
        let within = &words[phrase.words.start..phrase.name.start];
        let counted = within.iter().any(|word| {
            word.tag == Tag::Number
                || matches!(
                    word.lower,
                    "many" | "several" | "multiple" | "various" | "numerous"
                )
                // "different fleets" are several, "a different room" is one.
                || word.is("different") && phrase.plural
        });
        let one = matches!(phrase.count, Count::One | Count::UpToOne);
        let another = phrase.among_several(words)
            || phrase
                .before_head(words)
                .iter()
                .any(|word| matches!(word.lower, "another" | "other" | "different"));
        let single = one && within.iter().any(|word| matches!(word.lower, "one" | "1" | "single"));
        let limited = single
            && (phrase.count == Count::UpToOne
                || before
                    .iter()
                    .any(|word| matches!(word.lower, "exactly" | "only" | "just" | "most" | "single")));
        // "at most one active subscription": one at a time, and others that are not active.
        let passing = single && words[phrase.name.clone()].iter().any(|word| passes(word.lower));
        if passing {
            return Self { name, count: Count::Many, counted, limited: false, single: false, another };
        }
        Self { name, count: phrase.count, counted, limited, single, another }
    }

    /// One of it, of which the sentence says nothing else.
    pub(crate) const fn one(name: String) -> Self {
        Self { name, count: Count::One, counted: false, limited: false, single: false, another: false }
    }
}

/// Whether a word tells of a state that passes, and leaves others behind: "the active contract".
pub(crate) fn passes(word: &str) -> bool {
    matches!(word, "active" | "open" | "current" | "published" | "pending" | "running" | "ongoing" | "unpaid")
}

/// How many there are at both ends of what a verb links.
pub(crate) fn ends(lemma: &str, from: &Spoken, to: &Spoken, passive: bool) -> (End, End) {
    let many = match from.count {
        Count::Many if from.counted => End::said(Many::Any),
        // "exactly one courier wins a delivery".
        _ if from.limited => End::said(Many::One),
        _ => End::usual(Many::Any),
    };
    let state = holds(STATES, lemma) || matches!(crate::lemma::class(lemma), Some(VerbClass::State) | None);
    // "users publish an article": each article has one author, who may publish more.
    if holds(knowledge::AUTHORING, lemma) && !passive {
        let from_end = if many.said { many } else { End::usual(Many::One) };
        return (
            from_end,
            if to.count == Count::Many { End::said(Many::Any) } else { End::usual(Many::Any) },
        );
    }
    let to_end = match to.count {
        // "orders belong to customers": each to one.
        Count::Many
            if matches!(
                lemma,
                "belong" | "relate" | "correspond" | "refer" | "link" | "connect" | "attach"
            ) && !to.counted =>
        {
            End::usual(Many::One)
        }
        Count::Many => End::said(Many::Any),
        // "several drivers can share a vehicle".
        Count::One if lemma == "share" && many.max == Many::Any && many.said => End::said(Many::One),
        Count::One if labels(&from.name) && from.count == Count::Many => End::usual(Many::Any),
        // "exactly one courier wins a delivery", and others later.
        Count::One if from.limited && !to.single => End::usual(Many::Any),
        // "members book a room" more than once.
        Count::One if !state && !passive && !to.counted => End::usual(Many::Any),
        Count::One => End { needed: state || passive || to.counted, ..End::said(Many::One) },
        Count::UpToOne => End::said(Many::One),
        // "The lecturer returns the homework", and the next one after it.
        Count::Open if !state && !passive && names::is_person(&from.name) && settles(lemma) => {
            End::usual(Many::Any)
        }
        Count::Each | Count::Open => End::usual(Many::One),
    };
    let shared = to.count == Count::Many
        && (holds(knowledge::SHARING, lemma) || labels(&to.name) || shares(lemma, &from.name, &to.name));
    let exclusive = !shared
        && (holds(knowledge::CONTAINING, lemma)
            || holds(knowledge::HOLDING, lemma) && to_end.max == Many::Any);
    let from_end = match from.count {
        _ if many.said => many,
        // "every team has one queue": of its own, unless it is one that others refer to as well.
        Count::Each | Count::One
            if to.single && matches!(lemma, "have" | "has" | "own") && !passive && !referred(&to.name) =>
        {
            End::usual(Many::One)
        }
        _ if lemma == "share" && passive && to.count == Count::Many => End::usual(Many::One),
        _ if shared => End::said(Many::Any),
        _ if exclusive && !passive => End::usual(Many::One),
        // "a donor books an appointment": nobody else has it.
        _ if names::is_person(&from.name)
            && !passive
            && holds(knowledge::CLAIMING, lemma)
            && depends(&to.name) =>
        {
            End::usual(Many::One)
        }
        // "patients cancel appointments": each its own one.
        _ if names::is_person(&from.name) && !passive && settles(lemma) => End::usual(Many::One),
        // "a book can belong to several shelves", and each shelf has others.
        _ if holds(knowledge::BELONGING, lemma) && to.counted => many,
        // "each doctor treats several patients".
        Count::Each | Count::One if state && !passive && to_end.max == Many::Any => End::usual(Many::One),
        _ => many,
    };
    let sure = |end: End, spoken: &Spoken| {
        if end.said && spoken.counted && spoken.count == Count::Many { end.surely() } else { end }
    };
    (sure(from_end, from), sure(to_end, to))
}

/// How many there are of two things of one kind, of which the one comes in the place of the other.
pub(crate) fn successive(to: &Spoken) -> (End, End) {
    let several = to.counted && to.count == Count::Many;
    let to_end = End::said(if several { Many::Any } else { Many::One });
    (End::said(Many::One).surely(), to_end.surely())
}

/// "the part is in the whole", as "a cabin is part of a boat" and "a singer is a member of a choir" say it; at the end of
/// the whole first.
pub(crate) fn within(whole: &Spoken) -> (End, End) {
    let wholes = match whole.count {
        Count::Many if whole.counted => return (End::said(Many::Any).surely(), End::usual(Many::Any)),
        Count::One | Count::Each => End::said(Many::One).always(),
        Count::UpToOne => End::said(Many::One),
        Count::Many | Count::Open => End::usual(Many::One),
    };
    (wholes, End::usual(Many::Any))
}

/// Whether a verb moves a record on or takes it away, which one person does.
fn settles(lemma: &str) -> bool {
    matches!(crate::lemma::class(lemma), Some(VerbClass::Transition | VerbClass::Delete))
}

/// Whether what one has or contains may be with others as well: the dishes of an order are ordered again, and what an
/// employee sells is sold by others; but the lines of an order are its own.
fn shares(lemma: &str, from: &str, to: &str) -> bool {
    let head = names::head(from);
    holds(knowledge::COLLECTIONS, head)
        && !to.starts_with(head)
        && !holds(knowledge::DEPENDENTS, names::head(to))
        && (holds(knowledge::CONTAINING, lemma) || matches!(lemma, "have" | "has"))
        || names::is_person(from) && matches!(lemma, "sell" | "offer" | "operate")
}

/// How many there are at both ends of "the part of the whole".
pub(crate) fn held(part: &Spoken, whole: &str, definite: bool) -> (End, End) {
    match part.count {
        Count::Many | Count::Each if labels(&part.name) => (End::usual(Many::Any), End::said(Many::Any)),
        Count::Many | Count::Each => (End::usual(Many::One), End::said(Many::Any)),
        // "an inspection of each plot", "the subscription of a customer": what happens to a thing, or hangs on it, does so
        // again.
        _ if depends(&part.name) && !depends(whole) => (End::usual(Many::One), End::usual(Many::Any)),
        // "the department of each employee" is one of few; "a submission of a paper" is one of several.
        // "the courier's route".
        _ if definite && names::is_person(whole) && !referred(&part.name) => {
            (End::usual(Many::One), End::usual(Many::Any))
        }
        _ if definite => (End::usual(Many::Any), End::usual(Many::One)),
        _ => (End::usual(Many::One), End::usual(Many::Any)),
    }
}

/// What is attached to something else: "an offer on a listing", "several comments on posts", "a label on an issue".
pub(crate) fn attached(part: &Spoken, to: &Spoken) -> (End, End) {
    let shared = labels(&part.name) || part.counted && part.count == Count::Many && to.counted;
    let to_end = match to.count {
        Count::Many if to.counted => End::said(Many::Any),
        _ if shared => End::usual(Many::Any),
        Count::Each | Count::One => End::said(Many::One).always(),
        Count::UpToOne => End::said(Many::One),
        Count::Many | Count::Open => End::usual(Many::One),
    };
    (
        if part.counted && part.count == Count::Many { End::said(Many::Any) } else { End::usual(Many::Any) },
        to_end,
    )
}

/// "one queue for each team" is its own; "one review per customer and product" is one of many of each.
pub(crate) fn exchanged(part: &Spoken, several: bool) -> (End, End) {
    match part.count {
        Count::Many => (End::usual(Many::One), End::said(Many::Any)),
        Count::One | Count::UpToOne if part.single && !several && !depends(&part.name) => {
            (End::said(Many::One), End::said(Many::One))
        }
        _ => (End::usual(Many::One), End::usual(Many::Any)),
    }
}

/// Whether things of a name, in lower case, hang on others, or happen to them: their records are written as things happen,
/// rather than kept up by somebody.
pub fn depends(name: &str) -> bool {
    let head = names::head(name);
    holds(knowledge::DEPENDENTS.or(knowledge::ACTIVITIES), head)
}

/// Whether several of a name are with one thing and each of them with several things: tags, authors.
pub(crate) fn labels(name: &str) -> bool {
    holds(knowledge::SHARED, names::head(name))
}

/// Whether things of a name, in lower case, are those that others refer to, each to one of them: people, places, kinds.
pub fn referred(name: &str) -> bool {
    let head = names::head(name);
    names::is_person(name) || holds(knowledge::SHARED.or(knowledge::REFERRED), head)
}
