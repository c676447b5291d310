//! Words of a sentence, with their part of speech and base form.

use crate::lemma::{self, Form};
use knowledge::holds;
use std::ops::Range;

/// A part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Determiner,
    Possessive,
    Pronoun,
    Preposition,
    To,
    Conjunction,
    Subordinator,
    Modal,
    /// A form of be, have or do that carries another verb or stands alone.
    Auxiliary,
    Negation,
    Adverb,
    Number,
    Adjective,
    Noun,
    Verb(Form),
    Comma,
    /// `:`, `;`, brackets, quotes, slashes.
    Punctuation,
}

/// A word, number or mark.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Byte offsets in the text.
    pub(crate) span: Range<usize>,
    /// Lower case.
    pub(crate) lower: String,
    /// The base form in lower case: singular of a noun, infinitive of a verb.
    pub(crate) lemma: String,
    pub(crate) tag: Tag,
    /// Whether white space or the start of the sentence stands before it.
    pub(crate) spaced: bool,
}

impl Word {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Takes the word as it is written for its base form.
    fn keep_as_written(&mut self) {
        self.lemma.clone_from(&self.lower);
    }

    pub(crate) fn is_verb(&self) -> bool {
        matches!(self.tag, Tag::Verb(_))
    }
}

/// The words of a part of the text, tagged.
pub(crate) fn words(text: &str, span: Range<usize>) -> Vec<Word> {
    let mut words = tokens(text, span);
    tag(&mut words);
    words
}

fn tokens(text: &str, span: Range<usize>) -> Vec<Word> {
    let part = &text[span.clone()];
    let mut words: Vec<Word> = Vec::new();
    let mut letters = part.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = at + letter.len_utf8();
        if letter.is_alphanumeric() {
            while let Some((next, inner)) = letters.peek().copied() {
                let after = part[next + inner.len_utf8()..].chars().next();
                let joins = matches!(inner, '-' | '\'' | '’' | '_' | '&')
                    && after.is_some_and(char::is_alphanumeric)
                    || matches!(inner, '.' | ',')
                        && letter.is_ascii_digit()
                        && after.is_some_and(|c| c.is_ascii_digit())
                        && part[at..next].ends_with(|c: char| c.is_ascii_digit());
                if !inner.is_alphanumeric() && !joins {
                    break;
                }
                end = next + inner.len_utf8();
                letters.next();
            }
        }
        push_token(&mut words, text, span.start + at..span.start + end, spaced);
        spaced = false;
    }
    words
}

/// Adds a token; the `'s` of a possessive becomes a word of its own.
fn push_token(words: &mut Vec<Word>, text: &str, span: Range<usize>, spaced: bool) {
    let raw = &text[span.clone()];
    if let Some(stem) = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s"))
        && !stem.is_empty()
        && !["it", "that", "there", "let", "what", "who", "here"].contains(&stem.to_lowercase().as_str())
    {
        let border = span.start + stem.len();
        words.push(token(text, span.start..border, spaced));
        words.push(token(text, border..span.end, false));
        return;
    }
    words.push(token(text, span, spaced));
}

fn token(text: &str, span: Range<usize>, spaced: bool) -> Word {
    let raw = &text[span.clone()];
    let lower = raw.to_lowercase().replace('’', "'");
    Word { span, lemma: lower.clone(), lower, tag: Tag::Noun, spaced }
}

/// Tags the words of a sentence from left to right: closed classes first, then the places where only a verb or only a
/// noun can stand, then the word's own most usual class.
fn tag(words: &mut [Word]) {
    for at in 0..words.len() {
        let (tag, lemma) = choose(words, at);
        words[at].tag = tag;
        words[at].lemma = lemma;
    }
    mend(words);
}

fn choose(words: &[Word], at: usize) -> (Tag, String) {
    let word = &words[at];
    let lower = word.lower.as_str();
    let same = |tag| (tag, lower.to_owned());
    if let Some(tag) = closed(words, at) {
        return same(tag);
    }
    let verb = lemma::verb(lower);
    let noun = || (Tag::Noun, lemma::singular(lower));
    if verb_place(words, at)
        && let Some((base, form)) = verb
        && form != Form::ThirdPerson
    {
        return (Tag::Verb(form), base.to_owned());
    }
    if holds(knowledge::ADJECTIVES, lower) {
        return same(Tag::Adjective);
    }
    let Some((base, form)) = verb else {
        let (tag, lemma) = open(lower);
        // No table knows it as a verb, but nothing else can stand there: "must defragment".
        let demanded = tag == Tag::Noun && after_demand(words, at) && !lemma::is_plural(lower);
        return if demanded { (Tag::Verb(Form::Base), lower.to_owned()) } else { (tag, lemma) };
    };
    let as_verb = (Tag::Verb(form), base.to_owned());
    let also_noun = holds(knowledge::NOUN_VERBS, base) || holds(knowledge::NOUNS, lower);
    match form {
        Form::Base => {
            if noun_place(words, at) || also_noun && !subject_before(words, at) && !opens(words, at) {
                noun()
            } else {
                as_verb
            }
        }
        Form::ThirdPerson => {
            let verbal = singular_before(words, at) && object_after(words, at) && !within_object(words, at)
                || goes_on(words, at);
            if noun_place(words, at) || also_noun && !verbal { noun() } else { as_verb }
        }
        Form::Past => {
            if holds(knowledge::NOUNS, lower) {
                noun()
            } else {
                as_verb
            }
        }
        Form::Ing => {
            if holds(knowledge::NOUNS, lower) && !after_be(words, at) {
                noun()
            } else {
                as_verb
            }
        }
    }
}

/// Right after a modal, or after the "to" of "want to", "able to" and the like.
fn after_demand(words: &[Word], at: usize) -> bool {
    let Some(last) = words[..at].iter().rposition(|word| !matches!(word.tag, Tag::Adverb | Tag::Negation))
    else {
        return false;
    };
    match words[last].tag {
        Tag::Modal => true,
        Tag::To => {
            last > 0
                && matches!(
                    words[last - 1].lower.as_str(),
                    "want" | "wants" | "able" | "need" | "needs" | "like" | "wish" | "have" | "has" | "order"
                )
        }
        _ => false,
    }
}

/// "takes a key and says until when": after a conjunction, in the form of the verb before.
fn goes_on(words: &[Word], at: usize) -> bool {
    let joined = at > 0 && matches!(words[at - 1].tag, Tag::Conjunction)
        || at > 1 && words[at - 1].tag == Tag::Adverb && words[at - 2].tag == Tag::Conjunction;
    let before = words[..at].iter().rev().take(10).find(|word| word.is_verb());
    joined
        && before.is_some_and(|word| word.tag == Tag::Verb(Form::ThirdPerson))
        && words.get(at + 1).is_some_and(|next| {
            let lower = next.lower.as_str();
            holds(knowledge::DETERMINERS, lower)
                || holds(knowledge::PREPOSITIONS, lower)
                || holds(knowledge::POSSESSIVES, lower)
                || matches!(lower, "it" | "them" | "one" | "that" | "to")
                || lemma::is_plural(lower)
        })
}

/// Whether the words before belong to the object of a verb: "convert data formats", "of customer orders".
fn within_object(words: &[Word], at: usize) -> bool {
    let before = words[..at].iter().rev().find(|word| {
        !matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Possessive)
    });
    before.is_some_and(|word| matches!(word.tag, Tag::Verb(_) | Tag::Preposition))
}

/// The tag of a word of a closed class, of a number or of a mark.
fn closed(words: &[Word], at: usize) -> Option<Tag> {
    let lower = words[at].lower.as_str();
    let first = lower.chars().next()?;
    if first == ',' {
        return Some(Tag::Comma);
    }
    if lower == "'s" || holds(knowledge::POSSESSIVES, lower) && lower != "her" {
        return Some(Tag::Possessive);
    }
    if !first.is_alphanumeric() {
        return Some(if lower == "&" { Tag::Conjunction } else { Tag::Punctuation });
    }
    if first.is_ascii_digit() && lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        || holds(knowledge::NUMBER_WORDS, lower)
    {
        return Some(Tag::Number);
    }
    if lower == "to" {
        return Some(Tag::To);
    }
    // "a due date": a preposition only in "due to".
    if lower == "due" && !words.get(at + 1).is_some_and(|next| next.is("to")) {
        return Some(Tag::Adjective);
    }
    // "in order to" orders nothing.
    if lower == "order"
        && at > 0
        && words[at - 1].is("in")
        && words.get(at + 1).is_some_and(|next| next.is("to") || next.is("that"))
    {
        return Some(Tag::Adverb);
    }
    if holds(knowledge::MODALS, lower) && !(lower == "will" && at > 0 && noun_place(words, at)) {
        return Some(Tag::Modal);
    }
    if holds(knowledge::BE, lower) || holds(knowledge::HAVE, lower) || holds(knowledge::DO, lower) {
        return Some(Tag::Auxiliary);
    }
    if holds(knowledge::NEGATIONS, lower) {
        return Some(Tag::Negation);
    }
    if holds(knowledge::DETERMINERS, lower) {
        return Some(Tag::Determiner);
    }
    if holds(knowledge::PRONOUNS, lower) {
        return Some(Tag::Pronoun);
    }
    if lower == "her" {
        return Some(Tag::Possessive);
    }
    if holds(knowledge::CONJUNCTIONS, lower) {
        return Some(Tag::Conjunction);
    }
    if holds(knowledge::SUBORDINATORS, lower) && !holds(knowledge::PREPOSITIONS, lower) {
        return Some(Tag::Subordinator);
    }
    if lower == "like" && (at == 0 || !verb_place(words, at))
        || lower != "like" && holds(knowledge::PREPOSITIONS, lower)
    {
        return Some(Tag::Preposition);
    }
    if holds(knowledge::ADVERBS, lower) {
        return Some(Tag::Adverb);
    }
    None
}

/// Endings of adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &[
    "able", "ible", "ful", "ous", "less", "ive", "ical", "ary", "ish", "based", "specific", "friendly",
    "related", "wide", "ially",
];
/// Nouns that end like adjectives.
const NOUNS_WITH_SUCH_ENDINGS: &[&str] = &[
    "archive",
    "variable",
    "deliverable",
    "consumable",
    "executable",
    "dictionary",
    "beneficiary",
    "vocabulary",
    "anniversary",
    "library",
    "dish",
    "fish",
    "adhesive",
    "representative",
    "executive",
    "relative",
    "missive",
    "table",
    "cable",
    "vegetable",
    "timetable",
    "glossary",
    "itinerary",
    "secretary",
];

/// A word that no table holds: its ending decides.
fn open(lower: &str) -> (Tag, String) {
    if holds(knowledge::NOUNS, lower) {
        return (Tag::Noun, lemma::singular(lower));
    }
    if lower.len() > 4 && lower.ends_with("ly") {
        return (Tag::Adverb, lower.to_owned());
    }
    if lower.len() > 5
        && ADJECTIVE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && !NOUNS_WITH_SUCH_ENDINGS.contains(&lower)
    {
        return (Tag::Adjective, lower.to_owned());
    }
    (Tag::Noun, lemma::singular(lower))
}

/// The nearest word before that is no adverb or negation.
fn before(words: &[Word], at: usize) -> Option<&Word> {
    words[..at].iter().rev().find(|word| !matches!(word.tag, Tag::Adverb | Tag::Negation))
}

/// After a modal, `to`, or an emphatic do, where only a verb can stand.
fn verb_place(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| match word.tag {
        Tag::Modal => true,
        Tag::To => words[at].tag == Tag::Noun,
        Tag::Auxiliary => holds(knowledge::DO, &word.lower) && word.lower != "done",
        Tag::Pronoun => matches!(word.lower.as_str(), "i" | "we" | "they" | "you" | "who"),
        _ => word.is("let") || word.is("lets"),
    })
}

/// After a determiner, possessive, adjective, number or preposition, where only a noun phrase can go on.
fn noun_place(words: &[Word], at: usize) -> bool {
    at > 0
        && match words[at - 1].tag {
            Tag::Determiner => !matches!(words[at - 1].lower.as_str(), "that" | "which"),
            Tag::Possessive | Tag::Adjective | Tag::Number | Tag::Preposition => true,
            _ => false,
        }
}

/// A plural or a pronoun before, which a verb in base form can follow.
fn subject_before(words: &[Word], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| match words[b].tag {
        Tag::Noun => lemma::is_plural(&words[b].lower),
        Tag::Pronoun => true,
        // "filter, sort and aggregate": right after another verb without an object. "creates orders and sends the
        // invoice": a plain object follows.
        Tag::Conjunction | Tag::Comma => {
            let last =
                words[..b].iter().rev().find(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction));
            last.is_some_and(|word| word.tag == Tag::Verb(Form::Base))
                || words[..b]
                    .iter()
                    .rev()
                    .take(8)
                    .find(|word| word.is_verb())
                    .is_some_and(|word| word.tag == Tag::Verb(Form::Base))
                    && plain_object_after(words, at)
        }
        _ => false,
    })
}

fn singular_before(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| {
        word.tag == Tag::Noun && !lemma::is_plural(&word.lower)
            || word.tag == Tag::Pronoun
            || word.is("which")
            || word.is("that")
    })
}

/// The first word of a unit, as of an instruction or bullet: `Create orders`.
fn opens(words: &[Word], at: usize) -> bool {
    let start =
        words[..at].iter().all(|word| matches!(word.tag, Tag::Punctuation | Tag::Number | Tag::Adverb));
    start && object_after(words, at)
}

/// Whether an object follows that no noun could be part of: one with a determiner, or a plural.
fn plain_object_after(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| {
        let lower = next.lower.as_str();
        holds(knowledge::DETERMINERS, lower)
            || holds(knowledge::POSSESSIVES, lower)
            || matches!(lower, "it" | "them" | "him" | "her")
            || lemma::is_plural(lower)
    })
}

/// Whether an object can follow: a determiner, a plural, an adjective ….
fn object_after(words: &[Word], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return false };
    let lower = next.lower.as_str();
    [knowledge::DETERMINERS, knowledge::POSSESSIVES, knowledge::NUMBER_WORDS, knowledge::ADJECTIVES]
        .iter()
        .any(|list| holds(list, lower))
        || matches!(
            lower,
            "it" | "them"
                | "him"
                | "her"
                | "from"
                | "to"
                | "for"
                | "into"
                | "in"
                | "on"
                | "out"
                | "up"
                | "with"
        )
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || lemma::is_plural(lower)
        || lemma::verb(lower).is_none_or(|(_, form)| matches!(form, Form::Base | Form::Ing))
            && lower.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !holds(knowledge::PREPOSITIONS, lower)
            && !holds(knowledge::CONJUNCTIONS, lower)
            && !holds(knowledge::MODALS, lower)
            && !holds(knowledge::BE, lower)
            && !holds(knowledge::HAVE, lower)
}

fn after_be(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| holds(knowledge::BE, &word.lower))
}

/// Second thoughts that need the words to the right.
fn mend(words: &mut [Word]) {
    for at in 0..words.len() {
        let next = words.get(at + 1).map(|word| word.tag);
        match words[at].tag {
            // "each key has a number": a word that is a noun as well, where no noun follows.
            Tag::Adjective
                if at > 0
                    && matches!(words[at - 1].tag, Tag::Determiner | Tag::Possessive | Tag::Number)
                    && !matches!(next, Some(Tag::Noun | Tag::Adjective | Tag::Comma | Tag::Conjunction))
                    && [knowledge::NOUN_VERBS, knowledge::NOUNS, knowledge::SOFT_NOUNS]
                        .iter()
                        .any(|list| holds(list, &words[at].lower)) =>
            {
                words[at].tag = Tag::Noun;
            }
            // "a booked slot", "the assigned driver": a participle before a noun describes it.
            Tag::Verb(Form::Past) => {
                let described = next == Some(Tag::Noun)
                    && at > 0
                    && matches!(
                        words[at - 1].tag,
                        Tag::Determiner
                            | Tag::Possessive
                            | Tag::Adjective
                            | Tag::Number
                            | Tag::Preposition
                            | Tag::Comma
                            | Tag::Conjunction
                            | Tag::Verb(Form::Base | Form::ThirdPerson)
                    );
                if described {
                    words[at].tag = Tag::Adjective;
                    words[at].keep_as_written();
                }
            }
            // "parking space", "a waiting list": before a noun within a noun phrase.
            Tag::Verb(Form::Ing) => {
                let phrase = at > 0
                    && matches!(
                        words[at - 1].tag,
                        Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun
                    );
                // "…, purchase price and selling price": an item of a list of nouns.
                let listed = at > 1
                    && matches!(words[at - 1].tag, Tag::Comma | Tag::Conjunction)
                    && words[..at - 1]
                        .iter()
                        .rev()
                        .find(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction))
                        .is_some_and(|word| word.tag == Tag::Noun)
                    && next == Some(Tag::Noun);
                if listed
                    || phrase && next == Some(Tag::Noun)
                    || at > 0 && matches!(words[at - 1].tag, Tag::Determiner | Tag::Possessive)
                {
                    words[at].tag = Tag::Noun;
                    words[at].keep_as_written();
                }
            }
            Tag::Verb(Form::Base)
                if at > 0
                    && words[at - 1].tag == Tag::Noun
                    && !lemma::is_plural(&words[at - 1].lower)
                    && next.is_none_or(|tag| {
                        matches!(tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction)
                    })
                    && holds(knowledge::NOUN_VERBS, &words[at].lemma) =>
            {
                words[at].tag = Tag::Noun;
            }
            _ => {}
        }
    }
}
