//! Noun phrases: "each of the registered members", "order items", "the customer's delivery address".

use crate::lemma::Form;
use crate::words::{Tag, Word};
use std::ops::Range;

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// The words of the phrase, determiner included.
    pub(crate) words: Range<usize>,
    /// The words of its name, from the first modifier to the head.
    pub(crate) name: Range<usize>,
    /// Whether the head is a plural.
    pub(crate) plural: bool,
    /// How many, from the determiner or number.
    pub(crate) count: Count,
    /// The index of the phrase that owns it: "the customer's address".
    pub(crate) owner: Option<usize>,
}

impl Phrase {
    /// The words before the head: determiners, numbers, adjectives and other nouns.
    pub(crate) fn before_head<'w, 'a>(&self, words: &'w [Word<'a>]) -> &'w [Word<'a>] {
        &words[self.words.start..self.name.end - 1]
    }

    /// Whether it places what it speaks of among others of its kind: "the last repair", "an earlier contract".
    pub(crate) fn among_several(&self, words: &[Word]) -> bool {
        self.before_head(words).iter().any(|word| word.among(knowledge::SEQUENCE))
    }
}

/// How many things a phrase speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    /// "a", "one", "exactly one", "its".
    One,
    /// "each", "every": of any one of them.
    Each,
    /// "at most one", "zero or one", "optionally a".
    UpToOne,
    /// "many", "several", "one or more", a plural.
    Many,
    /// "the", or nothing said.
    Open,
}

/// The noun phrases of a sentence from left to right.
pub(crate) fn phrases(words: &[Word]) -> Vec<Phrase> {
    // A phrase has four words or so with what stands around it.
    let mut found: Vec<Phrase> = Vec::with_capacity(words.len().div_ceil(4));
    let mut at = 0;
    while at < words.len() {
        match phrase(words, at) {
            // "two deliveries at a time" and "for instance" name nothing.
            Some(phrase) if is_idiom(words, &phrase, found.last()) => at = phrase.words.end,
            Some(mut phrase) => {
                // "After receipt | buyers can": the rest is read as a phrase of its own.
                if let Some(end) = parted(words, &phrase) {
                    phrase.words.end = end;
                    phrase.name.end = end;
                    phrase.plural = words[end - 1].plural;
                    phrase.count = count(&words[phrase.words.start..phrase.name.start], phrase.plural);
                }
                let start = phrase.words.start;
                if let Some(last) = found.last()
                    && start > 0
                    && words[start - 1].is("'s")
                    && last.words.end == start - 1
                {
                    phrase.owner = Some(found.len() - 1);
                }
                at = phrase.words.end;
                found.push(phrase);
            }
            None => at += 1,
        }
    }
    found
}

/// Where a phrase ends within words that look like one name, of which the last is the subject of the verb behind them:
/// "After receipt | buyers can leave a review" has no other, and of "During a dig | helpers bag finds" no article fits a
/// plural.
fn parted(words: &[Word], phrase: &Phrase) -> Option<usize> {
    let head = phrase.name.end - 1;
    let (start, last) = (phrase.words.start, &words[head]);
    let ruled = words[phrase.name.end..].iter().find(|word| word.tag != Tag::Adverb)?;
    let acts = matches!(ruled.tag, Tag::Modal | Tag::Verb(Form::Base | Form::ThirdPerson));
    let link = start.checked_sub(1).filter(|link| words[*link].tag == Tag::Preposition)?;
    let before = words[phrase.name.start..head].last().filter(|before| before.tag == Tag::Noun)?;
    let person = knowledge::is_person(last.lemma);
    if before.plural && !person || !acts && ruled.tag != Tag::Auxiliary {
        return None;
    }
    let single = ["a", "an", "each", "every"].iter().any(|one| words[start].is(one));
    if single
        && last.plural
        && !before.plural
        && !words[start..phrase.name.start].iter().any(|word| word.tag == Tag::Number)
    {
        return Some(head);
    }
    let fronted = link == 0 || matches!(words[link - 1].lower, ":" | ";" | ".");
    // "In the tool boxes are spare parts" has its subject behind the verb.
    let done = words[phrase.name.end..]
        .windows(2)
        .any(|pair| pair[0].tag == Tag::Auxiliary && matches!(pair[1].tag, Tag::Verb(Form::Past)));
    if !fronted
        || !(person || last.plural && (ruled.tag == Tag::Modal || done && ruled.tag == Tag::Auxiliary))
    {
        return None;
    }
    // "After contract signature shop owners can": what is done ends the first of the two.
    let act = |word: &Word| {
        word.is_a(knowledge::ACTIVITIES)
            || ["tion", "ment", "ance", "ture"].iter().any(|end| word.lower.ends_with(end))
    };
    let done = words[phrase.name.start..head].iter().rposition(act);
    Some(done.map_or(head, |done| phrase.name.start + done + 1))
}

/// Whether a phrase only says how or that there are others: "for example", "at most two loans at a time".
fn is_idiom(words: &[Word], phrase: &Phrase, before: Option<&Phrase>) -> bool {
    let Some(link) = phrase.words.start.checked_sub(1).and_then(|at| words.get(at)) else { return false };
    let alone = phrase.name.len() == 1;
    let head = words[phrase.name.start].lower;
    match (link.lower, head) {
        ("for", "instance" | "example") => alone && phrase.words.len() == 1,
        ("at", "time") => {
            let counted = |before: &Phrase| {
                before.words.end + 1 == phrase.words.start
                    && words[before.words.clone()].iter().any(|word| word.tag == Tag::Number)
            };
            alone && words[phrase.words.start].is("a") && before.is_some_and(counted)
        }
        _ => false,
    }
}

/// The phrase that starts at a word.
fn phrase(words: &[Word], start: usize) -> Option<Phrase> {
    let mut at = start;
    while words.get(at).is_some_and(|word| quantifies(words, at, word)) {
        at += 1;
    }
    let name_start = at;
    let mut head = None;
    while let Some(word) = words.get(at) {
        match word.tag {
            Tag::Noun => head = Some(at),
            Tag::Adjective if head.is_none() => {}
            // "20 seat minivan": a number within a name.
            Tag::Number if head.is_none() && at > name_start => {}
            // "first-aid and fire equipment" is left to coordination.
            _ => break,
        }
        at += 1;
    }
    let head = head?;
    let name = name_start..head + 1;
    let plural = words[head].plural;
    let count = count(&words[start..name_start], plural);
    Some(Phrase { words: start..head + 1, name, plural, count, owner: None })
}

fn quantifies(words: &[Word], at: usize, word: &Word) -> bool {
    match word.tag {
        Tag::Determiner | Tag::Number => true,
        // "no more than one".
        Tag::Negation => bounds(words, at),
        Tag::Possessive => word.lower != "'s",
        // "one or more", "at least one", "one of the".
        Tag::Conjunction => {
            at > 0
                && words[at - 1].tag == Tag::Number
                && words.get(at + 1).is_some_and(|next| next.is("more") || next.tag == Tag::Number)
        }
        Tag::Adverb if word.is("more") && at > 0 && bounds(words, at - 1) => true,
        Tag::Adverb => {
            matches!(word.lower, "least" | "most" | "more" | "only" | "exactly" | "just")
                && words.get(at + 1).is_some_and(|next| {
                    matches!(next.tag, Tag::Number | Tag::Noun | Tag::Determiner | Tag::Adjective)
                })
        }
        Tag::Preposition if word.is("than") => at > 1 && bounds(words, at - 2),
        Tag::Preposition => {
            word.is("of")
                && at > 0
                && matches!(words[at - 1].tag, Tag::Number | Tag::Determiner)
                && words.get(at + 1).is_some_and(|next| matches!(next.tag, Tag::Determiner | Tag::Possessive))
        }
        Tag::Adjective => {
            word.among(knowledge::NUMBER_WORDS)
                || matches!(
                    word.lower,
                    "many"
                        | "several"
                        | "multiple"
                        | "various"
                        | "more"
                        | "single"
                        | "numerous"
                        | "different"
                        | "certain"
                        | "specific"
                )
        }
        _ => false,
    }
}

/// Whether a word begins a bound: "no more than", "not more than".
pub(crate) fn bounds(words: &[Word], at: usize) -> bool {
    matches!(words[at].lower, "no" | "not")
        && words.get(at + 1).is_some_and(|more| more.is("more"))
        && words.get(at + 2).is_some_and(|than| than.is("than"))
}

fn count(quantifiers: &[Word], plural: bool) -> Count {
    if quantifiers.is_empty() {
        return if plural { Count::Many } else { Count::Open };
    }
    let said = |text: &str| quantifiers.iter().any(|word| word.is(text));
    // "no more than one" and "at most one" leave room for none, "at least one" for several.
    if said("than") && said("more") && (said("one") || said("1")) {
        return Count::UpToOne;
    }
    if said("more")
        || said("least")
        || said("many")
        || said("several")
        || said("multiple")
        || said("various")
        || said("numerous")
        || said("few")
    {
        return Count::Many;
    }
    if said("each") || said("every") || said("any") || said("either") {
        return Count::Each;
    }
    if said("zero") && said("one") || said("most") && said("one") {
        return Count::UpToOne;
    }
    if plural {
        return Count::Many;
    }
    if ["a", "an", "one", "single", "another", "1"].iter().any(|word| said(word))
        || quantifiers.iter().any(|word| word.tag == Tag::Possessive)
    {
        return Count::One;
    }
    Count::Open
}

/// The name of a phrase: lemmas with the last one singular.
pub(crate) fn name(words: &[Word], phrase: &Phrase) -> String {
    join(words, phrase.name.clone())
}

/// Words as a name: as written in lower case, the last one in the singular.
pub(crate) fn join(words: &[Word], range: Range<usize>) -> String {
    let mut name = String::with_capacity(words[range.clone()].iter().map(|word| word.lower.len() + 1).sum());
    let last = range.end.saturating_sub(1);
    for at in range {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(if at == last { words[at].lemma } else { words[at].lower });
    }
    name
}

/// The words of a phrase as the text writes them.
pub(crate) fn written<'a>(text: &'a str, words: &[Word], range: Range<usize>) -> &'a str {
    match (words.get(range.start), range.end.checked_sub(1).and_then(|end| words.get(end))) {
        (Some(first), Some(last)) if first.span.start <= last.span.end => {
            &text[first.span.start..last.span.end]
        }
        _ => "",
    }
}

/// Whether only commas and conjunctions join a phrase to the next one.
pub(crate) fn coordinates(words: &[Word], phrases: &[Phrase], phrase: usize) -> bool {
    let Some([this, next]) = phrases.get(phrase..phrase + 2) else { return false };
    let gap = words.get(this.words.end..next.words.start).unwrap_or_default();
    !gap.is_empty() && gap.iter().all(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
}
