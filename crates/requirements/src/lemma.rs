//! Base forms of nouns and verbs, by rule and a table of exceptions.

use knowledge::{NOUNS, PLURALS, VERB_FORMS, VERBS, VerbClass, WordLists, look_up};
use std::borrow::Cow;

/// The singular of a noun in lower case. A singular stays as it is.
pub(crate) fn singular(word: &str) -> Cow<'_, str> {
    singular_of(word, || knowledge::lists_of(word))
}

/// The same, where the lists that the word stands in may be known already.
pub(crate) fn singular_of(word: &str, lists: impl FnOnce() -> WordLists) -> Cow<'_, str> {
    if let Some(single) = look_up(&PLURALS, word) {
        return single.into();
    }
    // salespeople, craftspeople; the table holds people itself.
    if let Some(stem) = word.strip_suffix("people").filter(|stem| stem.len() > 2) {
        return format!("{stem}person").into();
    }
    if !word.is_ascii()
        || word.len() < 3
        || lists().meets(NOUNS)
        || word.ends_with("ss")
        || word.ends_with("us")
        || word.ends_with("is")
    {
        return word.into();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 { format!("{stem}y") } else { format!("{stem}ie") }.into();
    }
    // boxes, classes, branches; but courses, licences, sizes. Words like buses and caches stand in the table.
    if let Some(stem) = word.strip_suffix("es")
        && ["sh", "ch", "x", "ss", "zz"].iter().any(|end| stem.ends_with(end))
    {
        return stem.into();
    }
    word.strip_suffix('s').unwrap_or(word).into()
}

/// Whether a noun in lower case is a plural, where `singular` is its singular.
pub(crate) fn is_plural(word: &str, singular: &str) -> bool {
    let ending = || word.len() > 3 && (word.ends_with('s') || word.ends_with("people"));
    singular != word && (ending() || look_up(&PLURALS, word).is_some())
}

/// How a verb is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// create
    Base,
    /// creates
    ThirdPerson,
    /// created
    Past,
    /// creating
    Ing,
}

/// The base form of a verb that the tables know, and how the word is inflected.
pub(crate) fn verb(word: &str) -> Option<(&'static str, Form)> {
    if let Some(base) = known(word) {
        return Some((base, Form::Base));
    }
    if let Some(base) = look_up(&VERB_FORMS, word) {
        let form = if word.ends_with("ing") {
            Form::Ing
        } else if matches!(word, "is" | "has" | "does" | "goes") {
            Form::ThirdPerson
        } else {
            Form::Past
        };
        return known(base).map(|base| (base, form)).or(Some((base, form)));
    }
    // Most words end otherwise, as their last letter shows.
    let endings: &[(&str, &[&str], Form)] = match word.as_bytes().last() {
        Some(b's') => &[
            ("ies", &["y"], Form::ThirdPerson),
            ("es", &["", "e"], Form::ThirdPerson),
            ("s", &[""], Form::ThirdPerson),
        ],
        Some(b'd') => &[("ied", &["y"], Form::Past), ("ed", &["", "e"], Form::Past)],
        Some(b'g') => &[("ing", &["", "e"], Form::Ing)],
        _ => return None,
    };
    for (ending, additions, form) in endings {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        for addition in *additions {
            let base = if addition.is_empty() { known(stem) } else { known(&[stem, addition].concat()) };
            if let Some(base) = base {
                return Some((base, *form));
            }
        }
        // A doubled consonant: planned, submitting.
        let mut letters = stem.chars().rev();
        if *form != Form::ThirdPerson
            && let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
            && let Some(base) = known(&stem[..stem.len() - last.len_utf8()])
        {
            return Some((base, *form));
        }
    }
    None
}

fn known(word: &str) -> Option<&'static str> {
    VERBS.entry(word).map(|(base, _)| *base)
}

/// The verb of which a noun names the doer: send of sender, edit of editor, rent of renter.
pub fn verb_of_doer(noun: &str) -> Option<&'static str> {
    let stem = noun.strip_suffix("er").or_else(|| noun.strip_suffix("or"))?;
    // "baker", "planner", "carrier"
    let doubled = stem
        .char_indices()
        .next_back()
        .map(|(last, _)| &stem[..last])
        .filter(|short| short.chars().next_back() == stem.chars().next_back());
    let spellings = [
        Some(stem.to_owned()),
        Some(format!("{stem}e")),
        Some(format!("{stem}ate")),
        doubled.map(str::to_owned),
        stem.strip_suffix('i').map(|rest| format!("{rest}y")),
    ];
    spellings.into_iter().flatten().filter(|base| base.len() > 2).find_map(|base| known(&base))
}

/// The first verb of some words in lower case that the tables know: its base form, and what it asks of a backend.
pub fn known_verb(words: &str) -> Option<(&'static str, VerbClass)> {
    // To set up a tournament is to make one, and to set one is to change it.
    if let Some((first, rest)) = words.split_once(' ')
        && let Some((base, _)) = verb(first)
        && let Some(whole) = known(&format!("{base}-{}", rest.split(' ').next().unwrap_or_default()))
    {
        return Some((whole, class(whole)?));
    }
    words.split(' ').find_map(|word| {
        let (base, _) = verb(word)?;
        Some((base, class(base)?))
    })
}

/// Whether a verb is done to a thing that is there and makes none of it: to open an account makes one, to open a barrier
/// lets somebody through.
pub fn handles(verb: &str, thing: &str) -> bool {
    let thing = thing.to_lowercase();
    let head = crate::names::head(&thing);
    knowledge::interface("handles").iter().any(|line| {
        let mut words = line.split(' ');
        words.next() == Some(verb) && words.any(|word| word == head)
    })
}

/// What a verb in base form asks for.
pub(crate) fn class(base: &str) -> Option<VerbClass> {
    look_up(&VERBS, base)
}
