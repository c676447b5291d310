//! Words of a sentence, with their part of speech and base form.

use crate::lemma::{self, Form};
use knowledge::WordLists;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::OnceCell;
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
///
/// What it is called is borrowed: each of the hundred questions that a word of a text is asked compares letters, and an
/// owned string would first have to be asked where it keeps them.
#[derive(Debug, Clone)]
pub(crate) struct Word<'a> {
    /// Byte offsets in the text.
    pub(crate) span: Range<usize>,
    /// Lower case.
    pub(crate) lower: &'a str,
    /// The base form in lower case: singular of a noun, infinitive of a verb.
    pub(crate) lemma: &'a str,
    /// The base form that it would have, if it is a noun.
    singular: &'a str,
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

impl<'a> Word<'a> {
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
            self.lemma = self.singular;
            self.base_lists = knowledge::lists_of(self.lemma);
        } else {
            self.keep_as_written();
        }
    }

    /// Takes the word for a verb.
    pub(crate) fn make_verb(&mut self) {
        if let Some((base, form)) = self.verb {
            self.tag = Tag::Verb(form);
            self.lemma = base;
            self.base_lists = knowledge::lists_of(base);
        } else {
            self.tag = Tag::Verb(Form::Base);
            self.keep_as_written();
        }
    }

    /// Leaves the base form as it is written.
    pub(crate) fn keep_as_written(&mut self) {
        self.lemma = self.lower;
        self.base_lists = self.lists;
    }

    /// Writes it otherwise, where the new spelling is no plural.
    pub(crate) fn rewrite(&mut self, lower: &'a str) {
        self.lower = lower;
        self.singular = lower;
    }

    pub(crate) fn is_verb(&self) -> bool {
        matches!(self.tag, Tag::Verb(_))
    }
}

/// Spellings that a text does not hold as they are: those of its capitalised words in lower case, and singulars that are
/// no part of their plural. Each hangs on the one before it, so that one can be added while those before it are borrowed.
#[derive(Debug, Default)]
pub(crate) struct Spellings(OnceCell<Box<Spelling>>);

#[derive(Debug)]
struct Spelling {
    letters: String,
    next: Spellings,
}

/// One after the other: dropped from within the first, a long chain would not fit on the stack.
impl Drop for Spellings {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut spelling) = next {
            next = spelling.next.0.take();
        }
    }
}

/// What the tables say of the words of a text. Each spelling is looked up once: a text repeats its words. Nothing goes
/// through the map, so that its order decides nothing.
#[derive(Debug)]
pub(crate) struct Dictionary<'a> {
    known: FxHashMap<&'a str, Entry<'a>>,
    /// Where the next spelling is kept.
    spellings: &'a Spellings,
}

/// A word apart from its sentence.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    lower: &'a str,
    singular: &'a str,
    lists: WordLists,
    /// The lists that the singular stands in.
    singular_lists: WordLists,
    plural: bool,
    verb: Option<(&'static str, Form)>,
}

/// How many letters a word has with the blank after it, rather too few than too many.
const LETTERS: usize = 5;

impl<'a> Dictionary<'a> {
    /// A dictionary that keeps in `spellings` what the text does not hold. Nothing else adds to them.
    pub(crate) fn new(spellings: &'a mut Spellings) -> Self {
        Self { known: FxHashMap::default(), spellings }
    }

    /// Reads a spelling as another word.
    pub(crate) fn means(&mut self, raw: &'a str, word: &'static str) {
        let entry = self.look_up(word);
        self.known.insert(raw, entry);
    }

    /// What the tables say of a spelling.
    fn entry(&mut self, raw: &'a str) -> Entry<'a> {
        if let Some(known) = self.known.get(raw) {
            return *known;
        }
        let entry = self.look_up(raw);
        self.known.insert(raw, entry);
        entry
    }

    fn look_up(&mut self, raw: &'a str) -> Entry<'a> {
        let written = raw.is_ascii() && !raw.bytes().any(|byte| byte.is_ascii_uppercase());
        let lower = if written { raw } else { self.keep(raw.to_lowercase().replace('’', "'")) };
        let lists = knowledge::lists_of(lower);
        let singular = match lemma::singular_of(lower, || lists) {
            Cow::Borrowed(part) => part,
            Cow::Owned(other) => self.keep(other),
        };
        Entry {
            lower,
            singular,
            lists,
            singular_lists: if singular == lower { lists } else { knowledge::lists_of(singular) },
            plural: lemma::is_plural(lower, singular),
            verb: lemma::verb(lower),
        }
    }

    /// Keeps a spelling as long as the text.
    fn keep(&mut self, letters: String) -> &'a str {
        let kept =
            self.spellings.0.get_or_init(|| Box::new(Spelling { letters, next: Spellings::default() }));
        self.spellings = &kept.next;
        &kept.letters
    }

    /// The words of a part of the text, tagged.
    pub(crate) fn words(&mut self, text: &'a str, span: Range<usize>) -> Vec<Word<'a>> {
        self.words_after(Vec::new(), text, span)
    }

    /// The words of a part of the text with words before them that it leaves unsaid, all tagged together.
    pub(crate) fn words_after(
        &mut self,
        unsaid: Vec<Word<'a>>,
        text: &'a str,
        span: Range<usize>,
    ) -> Vec<Word<'a>> {
        let mut words = self.tokens(text, span);
        if !unsaid.is_empty() {
            words.splice(..0, unsaid);
        }
        crate::tagging::tag(&mut words);
        crate::listing::mend(text, &mut words);
        words
    }

    /// A word that no part of the text writes.
    pub(crate) fn word(&mut self, word: &'static str) -> Word<'a> {
        self.token(word, 0..word.len(), true)
    }

    /// A word as the noun that it may be.
    fn token(&mut self, text: &'a str, span: Range<usize>, spaced: bool) -> Word<'a> {
        let raw = &text[span.clone()];
        let entry = self.entry(raw);
        Word {
            span,
            lower: entry.lower,
            lemma: entry.singular,
            singular: entry.singular,
            tag: Tag::Noun,
            lists: entry.lists,
            base_lists: entry.singular_lists,
            plural: entry.plural,
            verb: entry.verb,
            spaced,
        }
    }

    fn tokens(&mut self, text: &'a str, span: Range<usize>) -> Vec<Word<'a>> {
        let part = &text[span.clone()];
        let mut words: Vec<Word<'a>> = Vec::with_capacity(part.len() / LETTERS + 1);
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
    fn push_token(&mut self, words: &mut Vec<Word<'a>>, text: &'a str, span: Range<usize>, spaced: bool) {
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
                rest.rewrite(meant);
                rest.lemma = meant;
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
            to.rewrite("–");
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
        word.lemma,
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
    let quoted = before.iter().rev().take(20).any(|word| matches!(word.lower, "'" | "‘"));
    if plural.lower.ends_with('s') && !quoted {
        mark.rewrite("'s");
        mark.lemma = "'s";
    }
}
