//! Words of a sentence, with their part of speech and base form.

use crate::lemma::{self, Form};
use knowledge::WordLists;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
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

    /// Whether it is emphasis, as Markdown writes it.
    pub(crate) fn is_emphasis(&self) -> bool {
        self.lower.bytes().all(|byte| matches!(byte, b'*' | b'_'))
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
            self.lemma = SmolStr::new(lemma::singular(&self.lower));
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

/// What the tables say of the words of a text. Each spelling is looked up once: a text repeats its words. Nothing goes
/// through the map, so that its order decides nothing.
#[derive(Debug, Default)]
pub(crate) struct Dictionary<'a> {
    known: FxHashMap<&'a str, Entry>,
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

impl Entry {
    /// What the tables say of a spelling.
    fn of(raw: &str) -> Self {
        let lower = if raw.is_ascii() && !raw.bytes().any(|b| b.is_ascii_uppercase()) {
            SmolStr::new(raw)
        } else {
            SmolStr::new(raw.to_lowercase().replace('’', "'"))
        };
        let lists = knowledge::lists_of(&lower);
        let singular = lemma::singular_of(&lower, || lists);
        Self {
            singular_lists: if *singular == *lower { lists } else { knowledge::lists_of(&singular) },
            plural: lemma::is_plural(&lower, &singular),
            singular: SmolStr::new(&singular),
            lists,
            verb: lemma::verb(&lower),
            lower,
        }
    }
}

/// How many letters a word has with the blank after it, rather too few than too many.
const LETTERS: usize = 5;

impl<'a> Dictionary<'a> {
    /// Reads a spelling as another word.
    pub(crate) fn means(&mut self, raw: &'a str, word: &str) {
        self.known.insert(raw, Entry::of(word));
    }

    /// The words of a part of the text, tagged.
    pub(crate) fn words(&mut self, text: &'a str, span: Range<usize>) -> Vec<Word> {
        self.words_after(Vec::new(), text, span)
    }

    /// The words of a part of the text with words before them that it leaves unsaid, all tagged together.
    pub(crate) fn words_after(&mut self, unsaid: Vec<Word>, text: &'a str, span: Range<usize>) -> Vec<Word> {
        let mut words = self.tokens(text, span);
        if !unsaid.is_empty() {
            words.splice(..0, unsaid);
        }
        crate::tagging::tag(&mut words);
        crate::listing::mend(text, &mut words);
        words
    }

    /// A word that no part of the text writes.
    pub(crate) fn word(&mut self, word: &'static str) -> Word {
        self.token(word, 0..word.len(), true)
    }

    /// A word as the noun that it may be.
    fn token(&mut self, text: &'a str, span: Range<usize>, spaced: bool) -> Word {
        let raw = &text[span.clone()];
        let entry = self.known.entry(raw).or_insert_with(|| Entry::of(raw));
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
        let mut words: Vec<Word> = Vec::with_capacity(part.len() / LETTERS + 1);
        let bytes = part.as_bytes();
        let mut end = 0;
        let mut spaced = true;
        while let Some(letter) = part[end..].chars().next() {
            let at = end;
            end += letter.len_utf8();
            if letter.is_whitespace() {
                spaced = true;
                continue;
            }
            if letter.is_alphanumeric() {
                // Most letters of a word are ASCII, which one byte tells.
                loop {
                    while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                        end += 1;
                    }
                    let Some(inner) = part[end..].chars().next() else { break };
                    let next = end + inner.len_utf8();
                    let joins = || {
                        let after = part[next..].chars().next();
                        matches!(inner, '-' | '\'' | '’' | '_' | '&')
                            && after.is_some_and(char::is_alphanumeric)
                            || matches!(inner, '.' | ',')
                                && letter.is_ascii_digit()
                                && after.is_some_and(|c| c.is_ascii_digit())
                                && part[at..end].ends_with(|c: char| c.is_ascii_digit())
                    };
                    if !inner.is_alphanumeric() && !joins() {
                        break;
                    }
                    end = next;
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
        {
            let border = span.start + stem.len();
            words.push(self.token(text, span.start..border, spaced));
            let mut rest = self.token(text, border..span.end, false);
            // "it's" is no possessive.
            let meant = match stem.to_lowercase().as_str() {
                "it" | "that" | "there" | "what" | "who" | "here" => Some("is"),
                "let" => Some("us"),
                _ => None,
            };
            if let Some(meant) = meant {
                rest.lower = SmolStr::new_static(meant);
                rest.lemma = rest.lower.clone();
                rest.lists = knowledge::lists_of(meant);
                rest.base_lists = rest.lists;
                rest.verb = lemma::verb(meant);
                rest.plural = false;
            }
            words.push(rest);
            return;
        }
        // "20-30 guests": two numbers with what joins them, as where they are written apart.
        if let Some(dash) = range(raw).filter(|_| !words.last().is_some_and(counts_parts)) {
            let dash = span.start + dash;
            words.push(self.token(text, span.start..dash, spaced));
            let mut to = self.token(text, dash..dash + 1, false);
            to.lower = SmolStr::new_static("–");
            words.push(to);
            words.push(self.token(text, dash + 1..span.end, false));
            return;
        }
        words.push(self.token(text, span, spaced));
    }
}

/// Where the hyphen stands in a range of numbers, of which the second is the larger; a year is no amount.
fn range(raw: &str) -> Option<usize> {
    if !raw.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (low, high) = raw.split_once('-')?;
    let ((least, unit), (most, suffix)) = (crate::numbers::figure(low)?, crate::numbers::figure(high)?);
    let year = |written: &str, value: f64| written.len() == 4 && (1900.0..2100.0).contains(&value);
    let larger = least < most || !suffix.is_empty();
    (unit.is_empty() && larger && !year(low, least) && !year(high, most)).then_some(low.len())
}

/// "Table 9-11", "page 3-4": the number of one place, and no two.
fn counts_parts(word: &Word) -> bool {
    matches!(
        word.lemma.as_str(),
        "table"
            | "figure"
            | "fig"
            | "page"
            | "section"
            | "chapter"
            | "clause"
            | "appendix"
            | "annex"
            | "part"
            | "version"
            | "std"
            | "ieee"
            | "iso"
            | "en"
            | "no"
            | "item"
            | "step"
            | "rule"
            | "form"
    )
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
