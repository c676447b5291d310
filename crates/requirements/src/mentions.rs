//! States that a text mentions one by one: "a solved ticket", "the listing is reserved", "mark an order as delivered".

use crate::entities::Chosen;
use crate::lemma::{Form, class};
use crate::names;
use crate::numbers::{TIMES, unit};
use crate::reason::Reason;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::{Gather as _, STATES, VerbClass, look_up};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A state that a sentence says an entity may be in.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The things that it may be a state of, as the sentence names them: the first that is an entity counts.
    pub(crate) things: Vec<String>,
    /// The state, its words joined by underscores.
    pub(crate) state: String,
    /// Whether it tells of a life by itself: "a new customer" does not.
    pub(crate) strong: bool,
    /// Whether the record is gone then, which tells that it has a life and is no state of it.
    pub(crate) gone: bool,
    /// Whether it tells which things the sentence speaks of: "approved" of approved trips.
    pub(crate) narrows: bool,
    pub(crate) reason: Reason,
}

/// Where in a life a state usually stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    First,
    Middle,
    Last,
    /// Before its time, or out of the way.
    Ended,
}

/// Where in a life a state stands, if the table knows; one that it does not know is on the way.
pub(crate) fn place(state: &str) -> Place {
    match look_up(&STATES, state).map(|says| says.trim_start_matches(WEAK)) {
        Some("first") => Place::First,
        Some("last") => Place::Last,
        Some("ended") => Place::Ended,
        _ => Place::Middle,
    }
}

/// What the table writes before the places of words that tell of no life by themselves.
const WEAK: &str = "weak-";

/// How many of the things that a sentence names first may be what "it" is.
const FIRST: usize = 8;

/// Verbs by which something is in a state, or comes into it.
const BEING: &[&str] =
    &["be", "get", "become", "stay", "remain", "go", "turn", "appear", "end", "start", "begin", "count"];

/// Verbs by which somebody brings something into a state.
const MOVING: &[&str] = &["mark", "flag", "set", "move", "change", "put", "turn", "switch"];

/// The states that a sentence mentions. `previous` is the one before, `topic` what was spoken of last, `context` the thing that the sentence stands under.
pub(crate) fn mentions(
    sentence: &Sentence,
    previous: Option<&Sentence>,
    topic: &str,
    context: Option<&str>,
) -> Vec<Mention> {
    let words = &sentence.words;
    let mut found = Vec::new();
    // "Rejected invoices are deleted after 30 days": what is gone is in no state.
    let timed = || words.iter().any(|word| unit(TIMES, word.lemma).is_some_and(|seconds| seconds >= 60.0));
    let gone = |state: &State| matches!(state.name.as_str(), "deleted" | "erased" | "purged") && timed();
    let mut say = |things: &[String], states: Vec<State>, narrows: bool| {
        for state in states {
            found.push(Mention {
                things: things.to_vec(),
                strong: state.strong,
                narrows,
                gone: gone(&state),
                state: state.name,
                reason: sentence.reason(),
            });
        }
    };
    for (at, phrase) in sentence.phrases.iter().enumerate() {
        if sentence.things[at].is_none() {
            continue;
        }
        // "A certified copy of a deed": the copy is certified.
        let copied = words[phrase.name.end - 1].lemma == "copy" && names::meant(sentence, at) != at;
        let narrowing =
            if copied { Vec::new() } else { modifiers(words, phrase.words.start..phrase.name.end) };
        let mut states = Vec::new();
        // "How many portions of each dish are ordered", "the payment for an order is received": said of what stands before.
        if !narrows(sentence, at) {
            states.append(&mut predicated(words, phrase.words.end));
        }
        let led = words[phrase.words.start.saturating_sub(3)..phrase.words.start]
            .iter()
            .any(|word| MOVING.contains(&word.lemma) && matches!(word.tag, Tag::Verb(_)));
        if led {
            states.append(&mut moved(words, phrase.words.end));
        }
        if let (false, Some(entity)) = (narrowing.is_empty() && states.is_empty(), names::thing(sentence, at))
        {
            let things = [entity];
            say(&things, narrowing, true);
            say(&things, states, false);
        }
    }
    // "Costume", and below it "available / reserved / on loan".
    if let Some(context) = context {
        let first = words.iter().position(|word| word.tag != Tag::Punctuation).unwrap_or_default();
        if let Some((states, ..)) = crate::states::arrows(words).filter(|(.., start)| *start <= first) {
            say(
                &[context.to_owned()],
                states.into_iter().map(|name| State { name, strong: true }).collect(),
                false,
            );
        } else if whole_state(words, first).is_some() {
            say(&[context.to_owned()], run(words, first), false);
        }
    }
    let topic = Some(topic).filter(|topic| !topic.is_empty()).or(context);
    for at in 0..words.len() {
        // "It" is what the sentence spoke of first, else what was spoken of before.
        let spoken = || -> Vec<String> {
            let ends = |phrase: &usize| sentence.phrases[*phrase].words.end <= at;
            // "When all tasks of a job are done, it is delivered": one thing is it.
            let one = |phrase: &usize| !words[at].is("it") || !sentence.phrases[*phrase].plural;
            let before = (0..sentence.phrases.len()).take_while(ends).filter(one).take(FIRST);
            let before = before.filter_map(|phrase| names::thing(sentence, phrase));
            // "A researcher submits a request. It is approved": no person is it.
            before
                .chain(previous.and_then(|previous| crate::states::single_objects(previous).next()))
                .chain(topic.map(str::to_owned))
                .filter(|name| !words[at].is("it") || !names::is_person(name))
                .collect()
        };
        let pronoun = matches!(words[at].lower, "it" | "they" | "one" | "ones");
        let states = if pronoun { predicated(words, at + 1) } else { Vec::new() };
        if !states.is_empty() {
            say(&spoken(), states, false);
        }
        // "Once removed, …", "while pending".
        let when = matches!(words[at].lower, "once" | "while" | "when");
        if when && let Some((state, end)) = state(words, at + 1) {
            let alone = words
                .get(end)
                .is_none_or(|word| matches!(word.tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction));
            if alone {
                say(&spoken(), vec![state], false);
            }
        }
    }
    found
}

/// Whether a phrase only tells of which one speaks, so that what follows is said of the phrase before it.
fn narrows(sentence: &Sentence, phrase: usize) -> bool {
    let Some(outer) = phrase.checked_sub(1) else { return false };
    let gap = &sentence.words[sentence.phrases[outer].words.end..sentence.phrases[phrase].words.start];
    // "Every access to a file must be logged": the access is.
    let links = matches!(gap, [link] if matches!(link.lower, "of" | "for" | "per" | "to"));
    // Of a list of orders, the orders are meant.
    links && names::meant(sentence, outer) == outer && !after_verb(sentence, outer)
}

/// Whether a verb stands before a phrase in its part of the sentence, so that it is no subject: "they check the lists of a
/// visit that is planned".
fn after_verb(sentence: &Sentence, phrase: usize) -> bool {
    let start = sentence.phrases[phrase].words.start;
    sentence.words[..start]
        .iter()
        .rev()
        .take_while(|word| {
            !matches!(word.tag, Tag::Comma | Tag::Punctuation | Tag::Subordinator | Tag::Conjunction)
                && !word.is("how")
        })
        .any(Word::is_verb)
}

/// Settles which thing each state is of: the first that is an entity, or the first of these that the text says to be in
/// other states. "If a payment fails it is past due": the subscription is, which was active before.
pub(crate) fn settle(mentions: &mut [Mention], chosen: &Chosen) {
    let mut lives: BTreeSet<String> = BTreeSet::new();
    for mention in mentions.iter_mut() {
        let known = mention.things.iter().filter_map(|name| chosen.find_bare(name));
        let mut known: Vec<String> = known.map(str::to_owned).collect();
        known.dedup();
        mention.things = known;
        if let [only] = mention.things.as_slice()
            && mention.strong
            && !lives.contains(only)
        {
            lives.insert(only.clone());
        }
    }
    for mention in mentions {
        let at = mention.things.iter().position(|name| lives.contains(name)).unwrap_or_default();
        mention.things = mention.things.drain(..).skip(at).take(1).collect();
    }
}

/// A state as it is written.
struct State {
    name: String,
    strong: bool,
}

/// The state that a word begins, and the word after it.
fn state(words: &[Word], at: usize) -> Option<(State, usize)> {
    // "Drivers who live nearby": what they do.
    let word = words.get(at).filter(|word| !(word.tag == Tag::Verb(Form::Base) && word.is("live")))?;
    if let Some((name, length)) = several_words(&words[at..]) {
        return Some((State { name: name.to_owned(), strong: true }, at + length));
    }
    let moved = matches!(word.tag, Tag::Verb(Form::Past) | Tag::Adjective)
        && word
            .verb
            .is_some_and(|(base, form)| form == Form::Past && class(base) == Some(VerbClass::Transition));
    // Most words are no state, so that a name is made only where it is needed.
    let name = || word.lower.replace('-', "_");
    let known =
        if word.lower.contains('-') { look_up(&STATES, &name()) } else { look_up(&STATES, word.lower) };
    // "Is held in the chapel": where it takes place, and no state.
    let takes_place =
        word.is("held") && words.get(at + 1).is_some_and(|next| matches!(next.lower, "in" | "at" | "on"));
    match known {
        _ if takes_place => None,
        Some(says) => Some((State { name: name(), strong: !says.starts_with(WEAK) }, at + 1)),
        None if moved => {
            // "Is checked by", "is moved to" go on; "is switched off" is one state.
            let particle =
                words.get(at + 1).filter(|next| matches!(next.lower, "off" | "out" | "up" | "down"));
            let name = particle.map_or_else(name, |particle| format!("{}_{}", word.lower, particle.lower));
            Some((State { name, strong: true }, at + 1 + usize::from(particle.is_some())))
        }
        None => None,
    }
}

/// The states of the table that have several words, with all that such a one begins with: many words of a text are looked
/// for there.
static SEVERAL: LazyLock<(FxHashSet<&str>, Vec<&str>)> = LazyLock::new(|| {
    let states = STATES.entries().iter().map(|(known, _)| *known);
    let several: Vec<&str> = states.filter(|known| known.contains('_')).collect();
    let begins = several.iter().flat_map(|known| known.match_indices('_').map(|(at, _)| &known[..at]));
    (begins.gather(), several)
});

/// The state of the table with which words begin, where it has three or two, and how many it has.
fn several_words(words: &[Word]) -> Option<(&'static str, usize)> {
    let (begins, several) = &*SEVERAL;
    if !begins.contains(words.first()?.lower) {
        return None;
    }
    [3, 2].into_iter().find_map(|length| {
        let words = words.get(..length)?;
        several.iter().find(|known| is_written(known, words)).map(|known| (*known, length))
    })
}

/// Whether a state of the table is these words, with underscores between them.
fn is_written(state: &str, words: &[Word]) -> bool {
    let mut rest = Some(state);
    for (at, word) in words.iter().enumerate() {
        rest = rest.and_then(|rest| if at == 0 { Some(rest) } else { rest.strip_prefix('_') });
        rest = rest.and_then(|rest| rest.strip_prefix(word.lower));
    }
    rest == Some("")
}

/// "A solved ticket", "approved or rejected requests".
fn modifiers(words: &[Word], name: std::ops::Range<usize>) -> Vec<State> {
    let head = name.end.saturating_sub(1);
    let mut found = Vec::new();
    let mut at = name.start;
    while at < head {
        match state(words, at) {
            Some((state, end)) if end <= head => {
                // "A new customer", "an open window" tell of no life.
                if state.strong {
                    found.push(state);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// "… is reserved", "… that are held", "… gets confirmed or rejected", "… goes live".
fn predicated(words: &[Word], from: usize) -> Vec<State> {
    let mut at = from;
    while words
        .get(at)
        .is_some_and(|word| matches!(word.lower, "that" | "which" | "who" | "can" | "may" | "must" | "will"))
    {
        at += 1;
    }
    let verb = |word: &Word| {
        word.is_a(knowledge::BE) || BEING.contains(&word.lemma) || word.is("'s") || word.is("’s")
    };
    if !words.get(at).is_some_and(verb) {
        return Vec::new();
    }
    run(words, at + 1)
}

/// "… as picked up and as delivered", "… from open to in progress".
fn moved(words: &[Word], from: usize) -> Vec<State> {
    let starts =
        words.get(from).is_some_and(|word| matches!(word.lower, "as" | "to" | "into" | "from" | "back"))
            || state(words, from).is_some();
    if starts { run(words, from) } else { Vec::new() }
}

/// The states from a place on, between commas, conjunctions and words of order. What is said of one of them is passed over
/// where another one follows it: "paid by card, then shipped".
fn run(words: &[Word], from: usize) -> Vec<State> {
    let mut found = Vec::new();
    let mut at = from;
    while at < words.len() {
        if let Some((state, end)) = whole_state(words, at) {
            found.push(state);
            at = end;
        } else if is_passed(&words[at]) {
            at += 1;
        } else if let Some(next) = next_state(words, at).filter(|_| !found.is_empty()) {
            at = next;
        } else {
            break;
        }
    }
    found
}

/// The state that a word begins, unless it is that of what the next word names: "a reserved costume".
fn whole_state(words: &[Word], at: usize) -> Option<(State, usize)> {
    state(words, at).filter(|(_, end)| words.get(*end).is_none_or(|next| next.tag != Tag::Noun))
}

/// How far the next state may be.
const REACH: usize = 10;

/// The place of the state after the next comma or conjunction.
fn next_state(words: &[Word], from: usize) -> Option<usize> {
    let last = words.len().min(from + REACH);
    let parted = (from..last).find(|at| {
        matches!(words[*at].tag, Tag::Comma | Tag::Conjunction) || words[*at].is("then") || words[*at].is("/")
    })?;
    let next = (parted..words.len()).find(|at| !is_passed(&words[*at]))?;
    whole_state(words, next).map(|_| next)
}

/// Whether a word may stand between two states.
fn is_passed(word: &Word) -> bool {
    matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Determiner)
        || word.is_a(knowledge::BE)
        || matches!(
            word.lower,
            "then"
                | "later"
                | "finally"
                | "either"
                | "as"
                | "to"
                | "into"
                | "from"
                | "at"
                | "first"
                | "still"
                | "already"
                | "afterwards"
                | "automatically"
                | "only"
                | "back"
                | "again"
                | "/"
                | "until"
                | "it"
                | "it's"
                | "they"
                | "gets"
                | "get"
                | "becomes"
                | "become"
                | "eventually"
                | "usually"
        )
}
