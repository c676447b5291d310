//! The language of a text, told by its letters and commonest words.

use crate::model::Language;
use std::sync::LazyLock;

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

/// The common words in groups, each with the place of its language: a word is only compared with those of its group.
static KNOWN: LazyLock<[Vec<(u64, usize)>; GROUPS]> = LazyLock::new(|| {
    let mut groups: [Vec<(u64, usize)>; GROUPS] = Default::default();
    for (at, (_, words)) in COMMON.iter().enumerate() {
        for common in words.iter().map(|word| number(word)) {
            groups[group(common)].push((common, at));
        }
    }
    groups
});

/// The words of a text, as far as they are looked at. Their ends are found byte by byte: most are ASCII.
/// So is the number of a word that is nothing else.
fn first_words(text: &str) -> impl Iterator<Item = (&str, Option<u64>)> {
    let mut rest = text;
    let words = std::iter::from_fn(move || {
        let mut end = 0;
        let (mut number, mut ascii) = (0, true);
        while let Some(byte) = rest.as_bytes().get(end) {
            if byte.is_ascii_alphabetic() {
                end += 1;
                number = number << 8 | u64::from(byte.to_ascii_lowercase());
                continue;
            }
            let letter = rest[end..].chars().next()?;
            if letter.is_alphabetic() {
                end += letter.len_utf8();
                ascii = false;
                continue;
            }
            let (word, after) = (&rest[..end], &rest[end + letter.len_utf8()..]);
            rest = after;
            if !word.is_empty() {
                return Some((word, ascii.then_some(number)));
            }
            (end, number, ascii) = (0, 0, true);
        }
        Some((std::mem::take(&mut rest), ascii.then_some(number))).filter(|(last, _)| !last.is_empty())
    });
    words.take(5000)
}

/// The next letter or sign beyond ASCII. The rest of the text after it is left.
fn next_wide(rest: &mut &str) -> Option<char> {
    let at = rest.bytes().position(|byte| !byte.is_ascii())?;
    let mut letters = rest[at..].chars();
    let wide = letters.next();
    *rest = letters.as_str();
    wide
}

/// Tells the language of a text.
pub(crate) fn language(text: &str) -> Language {
    let mut scripts = [0_usize; 6];
    let mut letters = 0;
    let mut rest = text;
    // From one other letter to the next: most texts have few.
    while let Some(letter) = next_wide(&mut rest) {
        if !letter.is_alphabetic() {
            continue;
        }
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
    if letters == 0 && !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Language { code: "und".to_owned(), supported: true };
    }
    let codes = ["ja", "zh", "ko", "ru", "he", "ar"];
    if let Some((at, hits)) = scripts.iter().enumerate().max_by_key(|(at, hits)| (**hits, usize::MAX - at))
        && *hits > 0
        // ASCII letters are of a script that does not tell the language: only beside another one are they counted.
        && *hits * 2 > letters + text.bytes().filter(u8::is_ascii_alphabetic).count()
    {
        return Language { code: codes[at].to_owned(), supported: false };
    }
    let mut hits = [0_usize; COMMON.len()];
    for (word, ascii) in first_words(text).filter(|(word, _)| word.len() <= LONGEST) {
        let spoken = ascii.unwrap_or_else(|| number(&word.to_lowercase()));
        for (_, at) in KNOWN[group(spoken)].iter().filter(|(common, _)| *common == spoken) {
            hits[*at] += 1;
        }
    }
    let best = (0..COMMON.len()).max_by_key(|at| (hits[*at], usize::MAX - at)).unwrap_or(0);
    // A few words without any of the common ones, such as "Order management", are read as English.
    // One common word of another language may stand in any text: "per", "e".
    let code = if hits[best] < 2 || hits[best] <= hits[0] { "en" } else { COMMON[best].0 };
    Language { code: code.to_owned(), supported: code == "en" }
}
