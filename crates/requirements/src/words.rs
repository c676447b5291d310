//! Words of a sentence, with their part of speech and base form.

use crate::lemma::{self, Form};
use knowledge::{WordLists, holds};
use smol_str::SmolStr;
use std::collections::BTreeMap;
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
    pub(crate) lower: SmolStr,
    /// The base form in lower case: singular of a noun, infinitive of a verb.
    pub(crate) lemma: SmolStr,
    pub(crate) tag: Tag,
    /// The word lists that `lower` stands in.
    pub(crate) lists: WordLists,
    /// The word lists that `lemma` stands in.
    pub(crate) base_lists: WordLists,
    /// Whether it would be a plural, if it is a noun.
    pub(crate) plural: bool,
    /// What it would be, if it is a verb.
    pub(crate) verb: Option<(&'static str, Form)>,
    /// Whether white space or the start of the sentence stands before it.
    pub(crate) spaced: bool,
}

impl Word {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Whether one of the word lists holds it.
    pub(crate) fn among(&self, lists: WordLists) -> bool {
        self.lists.meets(lists)
    }

    /// Whether one of the word lists holds its base form.
    pub(crate) fn is_a(&self, lists: WordLists) -> bool {
        self.base_lists.meets(lists)
    }

    /// Takes the word for a noun; what is not the `head` of its phrase stays as it is written.
    pub(crate) fn make_noun(&mut self, head: bool) {
        if self.tag == Tag::Noun {
            return;
        }
        self.tag = Tag::Noun;
        if head {
            self.lemma = lemma::singular(&self.lower).into();
            self.base_lists = knowledge::lists_of(&self.lemma);
        } else {
            self.keep_as_written();
        }
    }

    /// Takes the word for a verb.
    pub(crate) fn make_verb(&mut self) {
        if let Some((base, form)) = self.verb {
            self.tag = Tag::Verb(form);
            self.lemma = SmolStr::new_static(base);
            self.base_lists = knowledge::lists_of(base);
        } else {
            self.tag = Tag::Verb(Form::Base);
            self.keep_as_written();
        }
    }

    /// Leaves the base form as it is written.
    pub(crate) fn keep_as_written(&mut self) {
        self.lemma.clone_from(&self.lower);
        self.base_lists = self.lists;
    }

    pub(crate) fn is_verb(&self) -> bool {
        matches!(self.tag, Tag::Verb(_))
    }
}

/// What the tables say of the words of a text. Each spelling is looked up once: a text repeats its words.
#[derive(Debug, Default)]
pub(crate) struct Dictionary<'a> {
    known: BTreeMap<&'a str, Entry>,
}

/// A word apart from its sentence.
#[derive(Debug, Clone)]
struct Entry {
    lower: SmolStr,
    singular: SmolStr,
    lists: WordLists,
    /// The lists that the singular stands in.
    singular_lists: WordLists,
    plural: bool,
    verb: Option<(&'static str, Form)>,
}

impl<'a> Dictionary<'a> {
    /// The words of a part of the text, tagged.
    pub(crate) fn words(&mut self, text: &'a str, span: Range<usize>) -> Vec<Word> {
        let mut words = self.tokens(text, span);
        tag(&mut words);
        crate::listing::mend(text, &mut words);
        words
    }

    /// A word as the noun that it may be.
    fn token(&mut self, text: &'a str, span: Range<usize>, spaced: bool) -> Word {
        let raw = &text[span.clone()];
        let entry = self.known.entry(raw).or_insert_with(|| {
            let lower = if raw.is_ascii() && !raw.bytes().any(|b| b.is_ascii_uppercase()) {
                SmolStr::new(raw)
            } else {
                SmolStr::new(raw.to_lowercase().replace('’', "'"))
            };
            let singular = lemma::singular(&lower);
            Entry {
                singular_lists: knowledge::lists_of(&singular),
                singular: singular.into(),
                lists: knowledge::lists_of(&lower),
                plural: lemma::is_plural(&lower),
                verb: lemma::verb(&lower),
                lower,
            }
        });
        Word {
            span,
            lower: entry.lower.clone(),
            lemma: entry.singular.clone(),
            tag: Tag::Noun,
            lists: entry.lists,
            base_lists: entry.singular_lists,
            plural: entry.plural,
            verb: entry.verb,
            spaced,
        }
    }

    fn tokens(&mut self, text: &'a str, span: Range<usize>) -> Vec<Word> {
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
            self.push_token(&mut words, text, span.start + at..span.start + end, spaced);
            if matches!(letter, '\'' | '’') && !spaced && part[end..].starts_with(' ') {
                possess(&mut words);
            }
            spaced = false;
        }
        words
    }

    /// Adds a token; the `'s` of a possessive becomes a word of its own.
    fn push_token(&mut self, words: &mut Vec<Word>, text: &'a str, span: Range<usize>, spaced: bool) {
        let raw = &text[span.clone()];
        if let Some(stem) = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s"))
            && !stem.is_empty()
            && !["it", "that", "there", "let", "what", "who", "here"].contains(&stem.to_lowercase().as_str())
        {
            let border = span.start + stem.len();
            words.push(self.token(text, span.start..border, spaced));
            words.push(self.token(text, border..span.end, false));
            return;
        }
        words.push(self.token(text, span, spaced));
    }
}

/// "the members' names": the apostrophe after a plural is a possessive, unless it closes a quotation.
fn possess(words: &mut [Word]) {
    let [before @ .., plural, mark] = words else { return };
    let quoted = before.iter().rev().take(20).any(|word| matches!(word.lower.as_str(), "'" | "‘"));
    if plural.lower.ends_with('s') && !quoted {
        mark.lower = SmolStr::new_static("'s");
        mark.lemma = SmolStr::new_static("'s");
    }
}

/// Tags the words of a sentence from left to right: closed classes first, then the places where only a verb or only a
/// noun can stand, then the word's own most usual class.
fn tag(words: &mut [Word]) {
    for at in 0..words.len() {
        let tag = choose(words, at);
        let word = &mut words[at];
        word.tag = tag;
        match word.verb {
            // A noun keeps its singular.
            _ if tag == Tag::Noun => {}
            Some((base, _)) if matches!(tag, Tag::Verb(_)) => {
                word.lemma = SmolStr::new_static(base);
                word.base_lists = knowledge::lists_of(base);
            }
            _ => word.keep_as_written(),
        }
    }
    mend(words);
}

fn choose(words: &[Word], at: usize) -> Tag {
    let word = &words[at];
    if let Some(tag) = closed(words, at) {
        return tag;
    }
    if verb_place(words, at)
        && let Some((_, form)) = word.verb
        && form != Form::ThirdPerson
    {
        return Tag::Verb(form);
    }
    // "sign up", "log out": with its particle it is a verb.
    if matches!(word.lower.as_str(), "sign" | "log")
        && words.get(at + 1).is_some_and(|next| matches!(next.lower.as_str(), "up" | "in" | "out" | "on"))
        && !noun_place(words, at)
    {
        return Tag::Verb(Form::Base);
    }
    // "Favorite articles", as a feature of a list, is something to do.
    let feature = at == 0 && word.among(knowledge::TOGGLES) && words.get(1).is_some_and(|next| next.plural);
    if feature && let Some((_, form)) = word.verb {
        return Tag::Verb(form);
    }
    if word.among(knowledge::ADJECTIVES) {
        return Tag::Adjective;
    }
    let Some((base, form)) = word.verb else {
        let tag = open(word);
        // No table knows it as a verb, but nothing else can stand there: "must defragment"; or its ending says so.
        let made = ["ize", "ise", "ify"].iter().any(|ending| word.lower.ends_with(ending))
            && word.lower.len() > 6
            && !noun_place(words, at)
            && plain_object_after(words, at);
        // "is noted with": what is done to a thing, whatever the verb.
        if tag == Tag::Noun && word.lower.len() > 4 && word.lower.ends_with("ed") && after_be(words, at) {
            return Tag::Verb(Form::Past);
        }
        let demanded = tag == Tag::Noun && (after_demand(words, at) || made) && !word.plural;
        return if demanded { Tag::Verb(Form::Base) } else { tag };
    };
    let noun_too = word.among(knowledge::NOUNS);
    match form {
        Form::Base | Form::ThirdPerson => {
            let also_noun = noun_too || holds(knowledge::NOUN_VERBS, base);
            let verbal = || match form {
                Form::Base => subject_before(words, at) || opens(words, at),
                _ => {
                    singular_before(words, at) && object_after(words, at) && !within_object(words, at)
                        || goes_on(words, at)
                }
            };
            if noun_place(words, at) || also_noun && !verbal() { Tag::Noun } else { Tag::Verb(form) }
        }
        Form::Past if noun_too => Tag::Noun,
        Form::Ing if noun_too && !after_be(words, at) && !takes_object(words, at) => Tag::Noun,
        Form::Past | Form::Ing => Tag::Verb(form),
    }
}

/// ", recording the quantity", "while also recording dates": an object of the participle follows.
fn takes_object(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| word.tag == Tag::Subordinator)
        || at > 0
            && matches!(words[at - 1].tag, Tag::Comma | Tag::Preposition | Tag::Adverb)
            && words
                .get(at + 1)
                .is_some_and(|next| next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES)))
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
    let before = words[..at].iter().rev().take(20).find(|word| word.is_verb());
    joined
        && before.is_some_and(|word| word.tag == Tag::Verb(Form::ThirdPerson))
        && words.get(at + 1).is_some_and(|next| {
            const OPEN: WordLists =
                knowledge::DETERMINERS.or(knowledge::PREPOSITIONS).or(knowledge::POSSESSIVES);
            next.among(OPEN)
                || matches!(next.lower.as_str(), "it" | "them" | "one" | "that" | "to")
                || next.plural
                || words.get(at + 2).is_some_and(|last| last.plural)
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
    let word = &words[at];
    let lower = word.lower.as_str();
    let first = lower.chars().next()?;
    if first == ',' {
        return Some(Tag::Comma);
    }
    if lower == "'s" || word.among(knowledge::POSSESSIVES) && lower != "her" {
        return Some(Tag::Possessive);
    }
    if !first.is_alphanumeric() {
        return Some(if lower == "&" { Tag::Conjunction } else { Tag::Punctuation });
    }
    if first.is_ascii_digit() && lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        || word.among(knowledge::NUMBER_WORDS)
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
    if word.among(knowledge::MODALS) && !(lower == "will" && at > 0 && noun_place(words, at)) {
        return Some(Tag::Modal);
    }
    if word.among(knowledge::BE.or(knowledge::HAVE).or(knowledge::DO)) {
        return Some(Tag::Auxiliary);
    }
    if word.among(knowledge::NEGATIONS) {
        return Some(Tag::Negation);
    }
    if word.among(knowledge::DETERMINERS) {
        return Some(Tag::Determiner);
    }
    // "other" before a noun narrows it; "I'm" and "we've" are no things.
    let narrows = || {
        lower == "other"
            && words.get(at + 1).is_some_and(|next| {
                next.plural
                    || next.verb.is_none()
                        && next.lists == WordLists::default()
                        && next.lower.starts_with(char::is_alphabetic)
            })
    };
    let contracted =
        || ["'m", "'ve", "'re", "'ll", "'d"].iter().any(|ending| lower.ends_with(ending)) && lower.len() < 8;
    if word.among(knowledge::PRONOUNS) && !narrows() || contracted() {
        return Some(Tag::Pronoun);
    }
    if lower == "her" {
        return Some(Tag::Possessive);
    }
    if word.among(knowledge::CONJUNCTIONS) {
        return Some(Tag::Conjunction);
    }
    if word.among(knowledge::SUBORDINATORS) && !word.among(knowledge::PREPOSITIONS) {
        return Some(Tag::Subordinator);
    }
    if lower == "like" && (at == 0 || !verb_place(words, at))
        || lower != "like" && word.among(knowledge::PREPOSITIONS)
    {
        return Some(Tag::Preposition);
    }
    if word.among(knowledge::ADVERBS) {
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

/// What a word is that no table holds: its ending decides.
fn open(word: &Word) -> Tag {
    let lower = word.lower.as_str();
    if word.among(knowledge::NOUNS) {
        Tag::Noun
    } else if lower.len() > 4 && lower.ends_with("ly") {
        Tag::Adverb
    } else if lower.len() > 5
        && ADJECTIVE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && !NOUNS_WITH_SUCH_ENDINGS.contains(&lower)
    {
        Tag::Adjective
    } else {
        Tag::Noun
    }
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
        Tag::Auxiliary => word.among(knowledge::DO) && word.lower != "done",
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
        Tag::Noun => words[b].plural,
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
        word.tag == Tag::Noun && !word.plural
            || word.tag == Tag::Pronoun
            || word.is("which")
            || word.is("that")
    })
}

/// The first word of a unit, as of an instruction or bullet: `Create orders`.
fn opens(words: &[Word], at: usize) -> bool {
    let start =
        words[..at].iter().all(|word| matches!(word.tag, Tag::Punctuation | Tag::Number | Tag::Adverb));
    start && object_after(words, at) && !names_a_thing(words, at) || after_colon(words, at)
}

/// "Doctor management: manage doctor information": after a colon, with an object that is no item of a list.
fn after_colon(words: &[Word], at: usize) -> bool {
    at > 0
        && words[at - 1].is(":")
        && (plain_object_after(words, at)
            || words[at + 1..]
                .iter()
                .take(3)
                .any(|word| word.is_a(knowledge::EMPTY_HEADS) && !word.is("class"))
                && words.get(at + 1).is_some_and(|word| word.lower.starts_with(char::is_alphabetic)))
}

/// "Book details include …", "Report management: …": the first word belongs to a name, as what follows the name shows.
fn names_a_thing(words: &[Word], at: usize) -> bool {
    const LONGEST: usize = 4;
    const VERBAL: WordLists = knowledge::BE.or(knowledge::HAVE).or(knowledge::MODALS);
    const PHRASAL: WordLists = knowledge::DETERMINERS.or(knowledge::PREPOSITIONS);
    let tells = |word: &Word| {
        word.among(VERBAL)
            || matches!(
                word.lower.as_str(),
                "include" | "includes" | "contain" | "contains" | "consist" | "consists"
            )
    };
    let stops =
        |word: &Word| tells(word) || word.among(PHRASAL) || !word.lower.starts_with(char::is_alphabetic);
    let next = words[at + 1..].iter().take(LONGEST).position(stops).filter(|next| *next > 0);
    let Some(next) = next.map(|next| at + 1 + next) else { return false };
    let last = &words[next - 1];
    tells(&words[next])
        || words[next].is(":") && (last.among(knowledge::EMPTY_HEADS) || last.lower.ends_with("ing"))
}

/// Whether an object follows that no noun could be part of: one with a determiner, or a plural.
fn plain_object_after(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| {
        next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES))
            || matches!(next.lower.as_str(), "it" | "them" | "him" | "her")
            || next.plural
            // "and edit existing sources"
            || next.among(knowledge::ADJECTIVES.or(knowledge::NARROWING))
                && words.get(at + 2).is_some_and(|noun| noun.plural)
    })
}

/// Whether an object can follow: a determiner, a plural, an adjective ….
fn object_after(words: &[Word], at: usize) -> bool {
    const OPEN: WordLists = knowledge::DETERMINERS
        .or(knowledge::POSSESSIVES)
        .or(knowledge::NUMBER_WORDS)
        .or(knowledge::ADJECTIVES);
    const NONE: WordLists = knowledge::PREPOSITIONS
        .or(knowledge::CONJUNCTIONS)
        .or(knowledge::MODALS)
        .or(knowledge::BE)
        .or(knowledge::HAVE);
    let Some(next) = words.get(at + 1) else { return false };
    let lower = next.lower.as_str();
    next.among(OPEN)
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
        || next.plural
        || next.verb.is_none_or(|(_, form)| matches!(form, Form::Base | Form::Ing))
            && lower.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !next.among(NONE)
}

fn after_be(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| word.among(knowledge::BE))
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
                    && words[at]
                        .among(knowledge::NOUN_VERBS.or(knowledge::NOUNS).or(knowledge::SOFT_NOUNS)) =>
            {
                words[at].tag = Tag::Noun;
            }
            // "first name", "daily limit": before a noun.
            Tag::Adverb
                if next == Some(Tag::Noun)
                    && words[at].among(knowledge::ADJECTIVES)
                    && !matches!(words[at].lower.as_str(), "most" | "more" | "less" | "least" | "much") =>
            {
                words[at].tag = Tag::Adjective;
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
                    && next == Some(Tag::Noun)
                    // "…, leaving details such as": an object, explained.
                    && !words.get(at + 2).is_some_and(|word| matches!(word.lower.as_str(), "such" | "including" | "to"));
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
                    && !words[at - 1].plural
                    && next.is_none_or(|tag| {
                        matches!(tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction)
                    })
                    && words[at].is_a(knowledge::NOUN_VERBS) =>
            {
                words[at].tag = Tag::Noun;
            }
            _ => {}
        }
    }
}
