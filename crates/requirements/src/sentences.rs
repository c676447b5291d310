//! Where sentences end.

use std::ops::Range;

/// Words whose final full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "cf", "approx", "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "fig",
    "figs", "sec", "ch", "vol", "inc", "ltd", "co", "corp", "dept", "est", "min", "max", "resp", "incl",
    "excl", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "a.m",
    "p.m", "u.s", "u.k", "ref", "para", "art", "ed", "eq",
];

/// The sentences within a range. Together they cover all of it but white space.
pub(crate) fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut found = Vec::new();
    let mut start = 0;
    let mut read = 0;
    // From one sign that may end a sentence to the next: most letters are none, as one byte shows.
    let ends = |byte: &u8| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii();
    while let Some(next) = part.as_bytes()[read..].iter().position(ends) {
        let at = read + next;
        let Some(letter) = part[at..].chars().next() else { break };
        let mut end = at + letter.len_utf8();
        read = end;
        if !matches!(letter, '.' | '!' | '?' | '。' | '！' | '？' | '؟') {
            continue;
        }
        // Closing quotes and brackets belong to the sentence.
        let closes = |c: char| matches!(c, '"' | '”' | '’' | ')' | ']' | '.' | '!' | '?' | '*');
        end = part.len() - part[end..].trim_start_matches(closes).len();
        read = end;
        let after = &part[end..];
        let wide = matches!(letter, '。' | '！' | '？');
        // "each facility.Each user": the blank was forgotten.
        let forgotten = letter == '.' && part[start..at].ends_with(char::is_lowercase) && {
            let mut next = after.chars();
            next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase)
        };
        let gap = after.starts_with(char::is_whitespace) || wide || forgotten;
        let next = after.trim_start().chars().next();
        let opens = next.is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ')'));
        if gap && opens && !(letter == '.' && abbreviation(&part[start..at], next)) {
            push(&mut found, text, range.start + start..range.start + end);
            start = end;
        }
    }
    push(&mut found, text, range.start + start..range.end);
    found
}

/// Signs of money that stand before their amount.
const CURRENCIES: [char; 5] = ['$', '€', '£', '¥', '₹'];

/// Whether a full stop after these words belongs to an abbreviation, an initial or a clause number.
fn abbreviation(before: &str, next: Option<char>) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“'))
        .next()
        .unwrap_or_default();
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // "etc." ends a sentence before a capital; "no." is one only before a number.
        return match lower.as_str() {
            "etc" | "a.m" | "p.m" => false,
            // "max. £25" is a bound; "within 5 min." ends what it says.
            "min" | "max" => {
                let measured =
                    before[..before.len() - word.len()].trim_end().ends_with(|c: char| c.is_ascii_digit());
                !measured && next.is_some_and(|c| c.is_ascii_digit() || CURRENCIES.contains(&c))
            }
            "no" | "nos" | "sec" | "ch" | "fig" | "art" | "ref" | "ed" | "st" | "co" => {
                next.is_some_and(|c| c.is_ascii_digit())
            }
            _ => true,
        };
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && before.trim() != word;
    let clause =
        before.trim() == word && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    initial && next.is_some_and(char::is_uppercase) && word != "I" || clause
}

/// The longest sentence, in bytes. What is longer is a list or a dump without full stops; cutting it keeps the cost of
/// a text linear in its length, since a sentence is read as a whole.
const LONGEST: usize = 2000;

fn push(found: &mut Vec<Range<usize>>, text: &str, mut span: Range<usize>) {
    while span.len() > LONGEST {
        let mut limit = span.start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let cut = text[span.start..limit].rfind(char::is_whitespace).map_or(limit, |at| span.start + at);
        let cut = if cut == span.start { limit } else { cut };
        if !text[span.start..cut].trim().is_empty() {
            found.push(span.start..cut);
        }
        span.start = cut;
    }
    if !text[span.clone()].trim().is_empty() {
        found.push(span);
    }
}
