//! The language of a text, told by its letters and commonest words.

use crate::model::Language;
use std::borrow::Cow;

/// Commonest words of languages that are often pasted.
const COMMON: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "and", "of", "to", "is", "a", "in", "that", "for", "with", "be", "as", "an", "are", "can",
            "should", "must", "want",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "für", "auf", "werden", "soll",
            "können", "wird", "sich", "dem", "den",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "et", "est", "des", "un", "une", "pour", "dans", "que", "doit", "peut",
            "avec", "sur", "du", "au", "être",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "y", "es", "que", "una", "para", "con", "debe", "puede", "por", "del",
            "se", "un", "en", "su",
        ],
    ),
    (
        "it",
        &[
            "il", "lo", "gli", "e", "che", "una", "per", "con", "deve", "può", "della", "del", "sono", "di",
            "un", "nel",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "as", "e", "que", "uma", "para", "com", "deve", "pode", "dos", "da", "do", "em", "um",
            "não",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "en", "van", "is", "niet", "voor", "met", "moet", "kan", "op", "worden",
            "zijn", "te",
        ],
    ),
];

/// No common word has more bytes, so that each is a number of 64 bits.
const LONGEST: usize = 8;

/// The bytes of a short word as a number, in which the case of ASCII letters does not matter.
fn number(word: &str) -> u64 {
    word.bytes().fold(0, |number, byte| number << 8 | u64::from(byte.to_ascii_lowercase()))
}

/// How many groups the common words are put in: a prime, so that all letters of a word tell its group.
const GROUPS: usize = 31;

fn group(number: u64) -> usize {
    (number % GROUPS as u64) as usize
}

/// Tells the language of a text.
pub(crate) fn language(text: &str) -> Language {
    let mut scripts = [0_usize; 6];
    // ASCII letters, which are most, are of a script that does not tell the language.
    let mut letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    for letter in text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()) {
        letters += 1;
        match letter {
            '\u{3040}'..='\u{30ff}' => scripts[0] += 2,
            '\u{4e00}'..='\u{9fff}' => scripts[1] += 1,
            '\u{ac00}'..='\u{d7af}' => scripts[2] += 1,
            '\u{0400}'..='\u{04ff}' => scripts[3] += 1,
            '\u{0590}'..='\u{05ff}' => scripts[4] += 1,
            '\u{0600}'..='\u{06ff}' => scripts[5] += 1,
            _ => {}
        }
    }
    if letters == 0 {
        return Language { code: "und".to_owned(), supported: true };
    }
    let codes = ["ja", "zh", "ko", "ru", "he", "ar"];
    if let Some((at, hits)) = scripts.iter().enumerate().max_by_key(|(at, hits)| (**hits, usize::MAX - at))
        && *hits * 2 > letters
    {
        return Language { code: codes[at].to_owned(), supported: false };
    }
    let mut hits = [0_usize; COMMON.len()];
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(5000);
    // The common words in groups, each with the place of its language: a word is only compared with those of its group.
    let mut groups: [Vec<(u64, usize)>; GROUPS] = Default::default();
    for (at, (_, words)) in COMMON.iter().enumerate() {
        for common in words.iter().map(|word| number(word)) {
            groups[group(common)].push((common, at));
        }
    }
    for word in words.filter(|word| word.len() <= LONGEST) {
        let lower = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        let spoken = number(&lower);
        for (_, at) in groups[group(spoken)].iter().filter(|(common, _)| *common == spoken) {
            hits[*at] += 1;
        }
    }
    let best = (0..COMMON.len()).max_by_key(|at| (hits[*at], usize::MAX - at)).unwrap_or(0);
    // A few words without any of the common ones, such as "Order management", are read as English.
    // One common word of another language may stand in any text: "per", "e".
    let code = if hits[best] < 2 || hits[best] <= hits[0] { "en" } else { COMMON[best].0 };
    Language { code: code.to_owned(), supported: code == "en" }
}
