//! The states that a sentence lists: joined by arrows, after "is" or "whether", or by what something is marked as.

use crate::entities::Chosen;
use crate::mentions::{Place, place};
use crate::model::{Lifecycle, Transition};
use crate::names;
use crate::paths::refused_from;
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::holds;

/// The lifecycle that a sentence lists: "planned → loaded → fired", "is placed, then paid, packed and shipped",
/// "status: open, frozen or closed". `previous` is the sentence before, to whose object "it" may go back, `context` the
/// thing that the sentence stands under, and `topic` what was spoken of last.
pub(crate) fn stated(
    sentence: &Sentence,
    previous: Option<&Sentence>,
    chosen: &Chosen,
    context: Option<&str>,
    topic: &str,
) -> Option<Lifecycle> {
    let words = &sentence.words;
    let listed = arrows(words).or_else(|| listed(words)).or_else(|| becoming(words));
    let by_mark = listed.is_none();
    let (states, ordered, start) = listed.or_else(|| marked(words))?;
    // "See the bookings and mark a room as cleaned": what stands behind the verb is marked, and nothing before it.
    let marking = words.iter().position(is_marking).filter(|_| by_mark).unwrap_or_default();
    let before = |at: usize| {
        let phrase = sentence.phrases.iter().rposition(|phrase| phrase.words.end <= at)?;
        let behind = sentence.phrases.partition_point(|phrase| phrase.words.start <= marking);
        let from = if marking > 0 && behind <= phrase { behind } else { 0 };
        (from..=phrase).rev().find_map(|phrase| {
            names::thing(sentence, phrase).and_then(|name| chosen.find_bare(&name).map(str::to_owned))
        })
    };
    // "Order status: placed → paid", where the first word may be taken for a verb.
    let labelled = || {
        let label = words[..start].iter().rposition(|word| word.is("status") || word.is("state"))?;
        let name: Vec<&str> = words[..label].iter().map(|word| word.lemma).collect();
        chosen.find_bare(&name.join(" ")).map(str::to_owned)
    };
    // "raise an order and see all of them, whether …": what was named first.
    let mentioned = words[..start].iter().rfind(|word| word.tag != Tag::Comma);
    let pronoun = mentioned.is_some_and(|word| word.is("them") || word.is("it"));
    // "It's submitted, then approved": what the sentence before did something to, or was about.
    let it = start > 0 && words[..start].iter().all(|word| word.tag == Tag::Pronoun);
    let object = || objects(sentence).find_map(|phrase| names::thing(sentence, phrase));
    let named = if pronoun && !it { object() } else { None };
    let entity = named
        .and_then(|name| chosen.find_bare(&name).map(str::to_owned))
        .or_else(labelled)
        .or_else(|| before(start))
        .or_else(|| if it { spoken_of(previous, chosen, topic) } else { None })
        .or_else(|| context.and_then(|name| chosen.find(name)).map(str::to_owned))
        .or_else(|| only_thing(words, &states, start, chosen))?;
    // "Whether a boat is free, on loan or in repair" tells no order.
    let ordered = ordered && !words[..start].iter().any(|word| word.is("whether"));
    // "Mark a request as played or declined": one or the other.
    let forks = if by_mark { states.len() - 1 } else { alternatives(words, start, &states) };
    let transitions = if ordered { chain(&states, forks) } else { Vec::new() };
    Some(Lifecycle {
        entity: names::capitalised(&entity),
        states,
        transitions,
        evidence: vec![sentence.reason()],
    })
}

/// "Flow: received → sorted → shelved", where nothing is named that goes through it: of the only thing that is no
/// person.
fn only_thing(words: &[Word], states: &[String], start: usize, chosen: &Chosen) -> Option<String> {
    let done = words[start..].iter().filter(|word| is_participle(word)).count();
    let alone = words[..start].iter().all(|word| word.tag != Tag::Noun || is_flow(word));
    let arrows = words[start..].iter().any(|word| word.is("→") || word.is(">"));
    let sure = arrows && alone && states.len() > 2 && done + 1 >= states.len();
    let mut things = chosen.names().filter(|name| sure && !names::is_person(name));
    let only = things.next()?;
    things.next().is_none().then(|| only.to_owned())
}

/// What a line of states is called.
fn is_flow(word: &Word) -> bool {
    matches!(word.lower, "flow" | "lifecycle" | "workflow" | "status" | "states")
}

/// What a sentence lists at least three states of, right before them: "a stay is requested, accepted or declined".
pub(crate) fn lives(sentence: &Sentence) -> Option<usize> {
    // Three of them stand between commas, which most sentences have none of.
    sentence.words.iter().find(|word| word.tag == Tag::Comma)?;
    let (states, _, start) = listed(&sentence.words)?;
    let subject = sentence.phrases.iter().position(|phrase| phrase.words.end == start)?;
    (states.len() > 2).then_some(subject)
}

/// The phrases to which something is done in a sentence.
fn objects(sentence: &Sentence) -> impl Iterator<Item = usize> {
    sentence.clauses.iter().flat_map(|clause| &clause.objects).copied()
}

/// The things to which a sentence does something, those of which it speaks of one.
pub(crate) fn single_objects(sentence: &Sentence) -> impl Iterator<Item = String> {
    objects(sentence)
        .filter(|phrase| sentence.phrases[*phrase].count == Count::One)
        .filter_map(|phrase| names::thing(sentence, phrase))
}

/// What "it" stands for at the start of a sentence: the one thing to which the sentence before does something, else the
/// topic.
fn spoken_of(previous: Option<&Sentence>, chosen: &Chosen, topic: &str) -> Option<String> {
    let single = |sentence: &Sentence| {
        single_objects(sentence).find_map(|name| chosen.find_bare(&name).map(str::to_owned))
    };
    previous.and_then(single).or_else(|| chosen.find(topic).map(str::to_owned))
}

/// States joined by arrows, with the word at which they start.
pub(crate) fn arrows(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    let arrow = |at: usize| {
        // Most words are letters, as their first byte shows.
        if words[at].lower.as_bytes().first().is_none_or(|byte| byte.is_ascii() && *byte != b'>') {
            return false;
        }
        words[at].is("→") || words[at].is(">") && at > 0 && words[at - 1].is("-") || words[at].is("⇒")
    };
    let first = (0..words.len()).find(|at| arrow(*at))?;
    // A state is at most three words long; it starts after a comma, colon or verb.
    let mut start = first - usize::from(words[first].is(">"));
    if start > 0
        && words[start - 1].is(")")
        && let Some(open) = words[..start].iter().rposition(|word| word.is("("))
    {
        start = open;
    }
    let mut length = 0;
    while start > 0 && length < 2 && matches!(words[start - 1].tag, Tag::Noun | Tag::Adjective | Tag::Verb(_))
    {
        start -= 1;
        length += 1;
    }
    // "Flow", and on the next line "received → sorted → shelved": what all of it is called is no state.
    if length > 1 && start == 0 && is_flow(&words[0]) {
        start += 1;
    }
    // "in 4 minutes → rejected", "items of one shop → place order": what happens, and no states.
    if start.checked_sub(1).is_some_and(|before| words[before].tag == Tag::Number) {
        return None;
    }
    let mut states = Vec::new();
    let mut state: Vec<&str> = Vec::new();
    let mut bracketed = false;
    for at in start..=words.len() {
        let word = words.get(at);
        // "trialing (14 days) → active": what stands in brackets is said of the state.
        let opens = word.is_some_and(|word| word.is("("));
        if opens || bracketed {
            bracketed = word.is_some_and(|word| !word.is(")"));
            continue;
        }
        let part = word.is_some_and(|word| {
            matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Verb(_) | Tag::Preposition | Tag::Adverb)
                && !word.is("then")
        });
        if part {
            state.extend(word.map(|word| word.lower));
            continue;
        }
        // "rejected by a moderator": who does it is no part of the state.
        let end = state.iter().position(|word| *word == "by").unwrap_or(state.len());
        state.truncate(end);
        if !state.is_empty() && state.len() <= 3 {
            push_state(&mut states, &state.join(" "));
        }
        state.clear();
        let goes_on = word.is_some_and(|word| {
            arrow(at)
                || word.is("-")
                || matches!(word.tag, Tag::Comma | Tag::Conjunction)
                || word.is("/")
                || word.is("|")
                || word.is(")")
                || word.is("then")
        });
        if !goes_on {
            break;
        }
    }
    // A single arrow may lead to anything: "a failed check → defect". To a state it leads by what is then the case.
    let single = (first + 1..words.len()).all(|at| !arrow(at));
    let next = words[first + 1..].iter().find(|word| word.tag != Tag::Adverb);
    let leads = !single || next.is_some_and(|word| word.tag == Tag::Adjective || is_participle(word));
    (states.len() >= 2 && leads).then_some((states, true, start))
}

/// States after "is" or "status": single words between commas and conjunctions, at least three after "is".
fn listed(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    for at in 0..words.len() {
        let labelled = matches!(words[at].lemma, "status" | "state")
            && words.get(at + 1).is_some_and(|next| matches!(next.lower, ":" | "(" | "of" | "is" | "-"));
        let copula = words[at].among(knowledge::BE);
        // "all orders, whether raised, planned or done"
        let whether = words[at].is("whether");
        // "passes through the states drafted, sealed and opened", "goes through: in stock, on loan, scrapped"
        let through = through(words, at);
        if !(labelled || copula || whether || through.is_some()) {
            continue;
        }
        // "The parts are called “items” and are made by others": what something is called is no state.
        if words.get(at + 1).is_some_and(|next| next.is_verb() && next.is_a(knowledge::NAMING)) {
            continue;
        }
        let labelled = labelled || through.is_some();
        let from = through.unwrap_or(at + 1 + usize::from(labelled));
        let in_order = words.iter().rposition(|word| word.is("then")) >= Some(from);
        let mut states = Vec::new();
        let mut end = from;
        let mut expects = true;
        while let Some(word) = words.get(end) {
            match word.tag {
                // "status: issued, scanned, void".
                Tag::Verb(_) if expects && labelled => {
                    push_state(&mut states, word.lower);
                    expects = false;
                }
                Tag::Verb(crate::lemma::Form::Past | crate::lemma::Form::Ing)
                | Tag::Adjective
                | Tag::Noun
                | Tag::Auxiliary
                    if expects && (word.tag != Tag::Auxiliary || word.is("done")) =>
                {
                    push_state(&mut states, word.lower);
                    expects = false;
                }
                // "on loan, in repair"
                Tag::Preposition
                    if expects
                        && words.get(end + 1).is_some_and(|next| {
                            matches!(next.tag, Tag::Noun | Tag::Verb(crate::lemma::Form::Ing))
                        }) =>
                {
                    end += 1;
                    push_state(&mut states, &format!("{} {}", word.lower, words[end].lower));
                    expects = false;
                }
                // "approved, out, returned"
                Tag::Preposition | Tag::Adverb
                    if expects && !states.is_empty() && is_whereabouts(words, end) =>
                {
                    push_state(&mut states, word.lower);
                    expects = false;
                }
                // "picked up, and delivered"
                Tag::Preposition | Tag::Adverb if !expects && is_particle(word) => {
                    if let Some(state) = states.last_mut() {
                        *state = format!("{state}_{}", word.lower);
                    }
                }
                // "pending while we wait for the requester, solved"
                _ if !expects && in_order && matches!(word.lower, "while" | "when" | "once" | "if") => {
                    let comma = words[end..].iter().position(|word| word.tag == Tag::Comma);
                    end = comma.map_or(words.len(), |comma| end + comma) - 1;
                }
                Tag::Preposition if !expects && labelled && waits_for(words, end, &mut states) => end += 1,
                // "delivered to each device, then read"
                Tag::Preposition | Tag::To if !expects && in_order => end = after_phrase(words, end) - 1,
                // "then read": the form of the present is that of the past.
                Tag::Verb(crate::lemma::Form::Base) if expects && !states.is_empty() && in_order => {
                    push_state(&mut states, word.lower);
                    expects = false;
                }
                Tag::Comma | Tag::Conjunction => expects = true,
                // "and afterwards it is either attended or missed".
                Tag::Pronoun | Tag::Auxiliary if expects && !states.is_empty() && !word.is("done") => {}
                Tag::Adverb
                    if matches!(
                        word.lower,
                        "then" | "finally" | "later" | "eventually" | "afterwards" | "either"
                    ) =>
                {
                    expects = true;
                }
                Tag::Punctuation if matches!(word.lower, "/" | "\"" | "“" | "”" | "|" | "'") => {
                    expects = true;
                }
                Tag::Punctuation if labelled && word.is(";") => expects = true,
                Tag::Determiner if labelled && (word.is("either") || word.is("one")) => {}
                // "is a draft for two days, then …"
                Tag::Determiner if states.is_empty() && in_order && (word.is("a") || word.is("an")) => {}
                _ => break,
            }
            end += 1;
        }
        let closed = words.get(end).is_none_or(|word| matches!(word.tag, Tag::Punctuation));
        let participles = words[from..end].iter().filter(|word| is_participle(word)).count();
        if states.len() >= if labelled { 2 } else { 3 }
            && (labelled || participles >= if in_order { 1 } else { 2 })
            && (closed || states.len() >= 3)
        {
            return Some((states, copula || through.is_some(), at));
        }
    }
    None
}

/// "in progress, waiting for parts, closed": what it waits for is part of the state.
fn waits_for(words: &[Word], preposition: usize, states: &mut [String]) -> bool {
    let what = words.get(preposition + 1).filter(|what| what.tag == Tag::Noun);
    let ends = words
        .get(preposition + 2)
        .is_none_or(|next| matches!(next.tag, Tag::Comma | Tag::Conjunction | Tag::Punctuation));
    let waits = words[preposition - 1].tag == Tag::Verb(crate::lemma::Form::Ing);
    let (Some(what), Some(state)) = (what, states.last_mut()) else { return false };
    if waits && ends {
        *state = format!("{state}_{}_{}", words[preposition].lower, what.lower);
    }
    waits && ends
}

/// The word at which the states begin that something goes through: behind a word for them, or behind a colon. "A lot is in
/// one of the states open, tested or spoilt" says the same, where the word for them stands.
fn through(words: &[Word], at: usize) -> Option<usize> {
    let verb = at.checked_sub(1).map(|verb| &words[verb]);
    let goes = words[at].is("through")
        && verb
            .is_some_and(|verb| matches!(verb.lemma, "go" | "pass" | "move" | "run" | "progress" | "cycle"));
    let one_of = words[at].is("of") && verb.is_some_and(|one| one.is("one"));
    if !goes && !one_of {
        return None;
    }
    let rest = words[at + 1..].iter();
    let stages = rest.clone().take_while(|word| {
        matches!(word.tag, Tag::Determiner | Tag::Number | Tag::Possessive)
            || matches!(word.lower, "following" | "states" | "stages" | "statuses" | "phases" | ":")
    });
    let from = at + 1 + stages.count();
    let last = &words[from - 1];
    let named = |word: &Word| matches!(word.lower, "states" | "stages" | "statuses" | "phases");
    (named(last) || last.is(":") && (goes || words[at..from].iter().any(named))).then_some(from)
}

/// "A subscription begins as trialing, for 14 days, and becomes active", "begins as placed, becomes paid, packed, shipped":
/// where it begins, and what it becomes.
fn becoming(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    let named =
        |word: &Word| matches!(word.tag, Tag::Adjective | Tag::Noun | Tag::Verb(_)) && word.lemma != "become";
    let begins = |at: &usize| {
        matches!(words[*at].lemma, "begin" | "start") && words.get(at + 1).is_some_and(|next| next.is("as"))
    };
    let at = (0..words.len()).find(begins)?;
    let first = words[at + 2..].iter().find(|word| word.tag != Tag::Determiner)?;
    let then = (at + 2..words.len()).find(|then| words[*then].lemma == "become")?;
    let mut states = Vec::new();
    push_state(&mut states, named(first).then_some(&first.lower)?);
    let mut expects = true;
    for word in &words[then + 1..] {
        if expects && named(word) {
            push_state(&mut states, word.lower);
            expects = false;
        } else if matches!(word.tag, Tag::Comma | Tag::Conjunction) || word.is(";") || word.is("then") {
            expects = true;
        } else {
            break;
        }
    }
    (states.len() > 1).then_some((states, true, at))
}

/// "Mark an open deal as won or lost": each from the state that is named with it, else from the first of all.
fn marked(words: &[Word]) -> Option<(Vec<String>, bool, usize)> {
    /// How many words may stand between the verb and "as".
    const REACH: usize = 6;
    let verb = words.iter().position(is_marking)?;
    let near = words[verb..].iter().take(REACH + 1);
    let thing = near.clone().take_while(|word| !word.is("as"));
    // "Mark orders as done", "mark them done".
    let bare = words[verb + 1..].iter().take(REACH).position(is_participle).map(|at| verb + at);
    let bare = bare.filter(|at| {
        let done = &words[verb + 1..=*at];
        !done.is_empty()
            && done.iter().all(|word| {
                matches!(
                    word.tag,
                    Tag::Noun | Tag::Pronoun | Tag::Determiner | Tag::Possessive | Tag::Adjective
                )
            })
            && words
                .get(at + 2)
                .is_none_or(|next| matches!(next.tag, Tag::Comma | Tag::Conjunction | Tag::Punctuation))
    });
    let from = bare.unwrap_or_else(|| verb + thing.clone().count());
    if bare.is_none() && !words.get(from)?.is("as")
        || thing.clone().any(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
    {
        return None;
    }
    let first = thing.clone().find(|word| word.is("open") || word.is("pending") || word.is("active"));
    let mut states = vec![first.map_or("open", |word| word.lower).to_owned()];
    let parts = |word: &Word| matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Punctuation);
    for at in from + 1..words.len() {
        let word = &words[at];
        let ends = |at: usize| words.get(at).is_none_or(|next| parts(next) && !next.is("-"));
        let alone = ends(at + 1);
        match word.tag {
            // "Mark a dish as sold out."
            _ if is_participle(word) && words.get(at + 1).is_some_and(is_particle) && ends(at + 2) => {
                push_state(&mut states, &format!("{} {}", word.lower, words[at + 1].lower));
            }
            _ if at > from + 1 && is_particle(word) && is_participle(&words[at - 1]) => {}
            Tag::Verb(_) | Tag::Adjective | Tag::Noun | Tag::Auxiliary
                if alone
                    && (word.tag != Tag::Auxiliary || word.is("done"))
                    // "Mark walks as favourites": whoever does so has them, and the walk stays as it is.
                    && !(word.plural && word.is_a(knowledge::TOGGLES)) =>
            {
                push_state(&mut states, word.lower);
            }
            Tag::Comma if words.get(at + 1).is_some_and(|next| !next.is("and")) => {}
            Tag::Conjunction if word.is("or") => {}
            _ => break,
        }
    }
    (states.len() > 1).then_some((states, true, from + usize::from(bare.is_some())))
}

/// Verbs of giving something a state by its name.
pub(crate) const MARKING: &[&str] = &["mark", "flag"];

/// Whether somebody gives something a state by its name. What is marked already only has an attribute that says so.
fn is_marking(word: &Word) -> bool {
    matches!(word.tag, Tag::Verb(crate::lemma::Form::Base | crate::lemma::Form::ThirdPerson))
        && MARKING.contains(&word.lemma)
}

/// Whether a word tells what has been done: "done" is a form of an auxiliary as well.
fn is_participle(word: &Word) -> bool {
    matches!(word.tag, Tag::Verb(crate::lemma::Form::Past)) || word.is("done")
}

/// The place after a preposition and the noun phrase that follows it.
fn after_phrase(words: &[Word], preposition: usize) -> usize {
    let inside = |word: &Word| {
        matches!(word.tag, Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Noun | Tag::Possessive)
    };
    preposition + 1 + words[preposition + 1..].iter().take_while(|word| inside(word)).count()
}

/// Whether a word says by itself where something is: "approved, out, returned".
fn is_whereabouts(words: &[Word], at: usize) -> bool {
    matches!(words[at].lower, "out" | "away" | "back" | "over")
        && words.get(at + 1).is_none_or(|next| matches!(next.tag, Tag::Comma | Tag::Conjunction))
}

/// The second word of a verb of two.
fn is_particle(word: &Word) -> bool {
    matches!(word.lower, "up" | "out" | "off" | "in" | "down" | "back" | "over")
}

fn push_state(states: &mut Vec<String>, name: &str) {
    let name = name.replace([' ', '-'], "_");
    if name.chars().any(char::is_alphabetic) && !states.contains(&name) {
        states.push(name);
    }
}

/// How many of the last states are alternatives of each other: "fixed, verified or rejected" ends in two, and "confirmed,
/// completed, cancelled or missed" in three.
fn alternatives(words: &[Word], start: usize, states: &[String]) -> usize {
    // The "or" stands before one of them: "booked, checked in, completed, or the owner did not come" names no alternative.
    let named = |word: &Word| states.iter().any(|state| state.split('_').any(|part| word.is(part)));
    let before_one = |pair: &[Word]| pair[0].is("or") && named(&pair[1]);
    // "active, under notice or ended" is a list like any other; "approved or rejected" parts the ways.
    let parts = states
        .last()
        .is_some_and(|last| holds(knowledge::RETREATS, last) || !holds(knowledge::ENDINGS, last));
    // "Draft, published or archived" goes on: what comes last in a life comes after what stands on the way.
    let goes_on =
        matches!(states, [.., before, last] if place(before) < Place::Last && place(last) == Place::Last);
    let parts = parts && !goes_on;
    let said = if parts && words[start..].windows(2).any(before_one) { 2 } else { 1 };
    let endings = states.iter().rev().take_while(|state| holds(knowledge::ENDINGS, state)).count();
    if endings < 2 { said } else { said.max(endings + 1) }
}

/// Each state leads to the next; the alternatives at the end are reached from the same state, and what can be called off
/// can be called off before.
fn chain(states: &[String], alternatives: usize) -> Vec<Transition> {
    let fork = states.len().saturating_sub(alternatives + 1);
    let mut found = Vec::new();
    for at in 1..states.len() {
        let from = if at > fork { fork } else { at - 1 };
        // "requested, approved, out, returned or rejected": not what was returned is rejected.
        let from = refused_from(&states[at], &states[..at]).unwrap_or(from);
        let earlier =
            if alternatives > 1 && holds(knowledge::RETREATS, &states[at]) { 0..from } else { 0..0 };
        found.extend(earlier.chain([from]).map(|from| step(&states[from], &states[at])));
    }
    found
}

/// A step by the verb that leads to its state: "close" to "closed", else that of marking it so. Nobody is said to take it.
pub(crate) fn step(from: &str, to: &str) -> Transition {
    let action = crate::lemma::verb(to)
        .map_or_else(|| format!("mark-{}", to.replace('_', "-")), |(base, _)| base.to_owned());
    Transition { from: from.to_owned(), to: to.to_owned(), action, actor: String::new() }
}
