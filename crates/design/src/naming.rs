//! Names for tables, columns, paths and operations, made from the names of entities and attributes.
//!
//! A name in a text may be anything: a reserved word, an emoji, two hundred letters, another script. What comes out
//! here is ASCII, short, a safe identifier in SQL, URLs and diagrams, and unique within its scope.

use knowledge::Order as _;
use knowledge::{PLURALS, look_up};
use requirements::capitalised;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The longest identifier made here, well below PostgreSQL's 63 bytes so that suffixes fit.
const LONGEST: usize = 40;

/// The words of a name in lower-case ASCII; other letters are dropped.
pub(crate) fn ascii_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            // camelCase is two words.
            if letter.is_ascii_uppercase() && before_lower {
                words.push(std::mem::take(&mut word));
            }
            before_lower = letter.is_ascii_lowercase();
            word.push(letter.to_ascii_lowercase());
        } else if let Some(plain) = plain_letter(letter) {
            word.push_str(plain);
            before_lower = true;
        } else if !word.is_empty() && !matches!(letter, '\'' | '’') {
            words.push(std::mem::take(&mut word));
            before_lower = false;
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The commonest accented Latin letters without their accents.
fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Å' => "a",
        'ä' | 'æ' | 'Ä' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ö' | 'ø' | 'Ö' | 'Ø' => "oe",
        'ß' => "ss",
        'ù' | 'ú' | 'û' => "u",
        'ü' | 'Ü' => "ue",
        _ => return None,
    })
}

/// Words joined by a separator, no longer than an identifier should be, never starting with a digit.
fn joined(words: &[String], separator: &str) -> String {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && name.len() + word.len() + 1 > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push_str(separator);
        }
        name.extend(word.chars().take(LONGEST));
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, 'n');
    }
    name
}

/// `order_item`; empty where a name has no letter of the alphabet.
pub fn snake(name: &str) -> String {
    joined(&ascii_words(name), "_")
}

/// `order-items`, the name of a collection in a path.
pub(crate) fn kebab_plural(name: &str) -> String {
    joined(&plural_words(name), "-")
}

/// `order_items`, the name of a table.
pub(crate) fn snake_plural(name: &str) -> String {
    joined(&plural_words(name), "_")
}

/// `orderItem`.
pub(crate) fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    letters.next().map(|first| first.to_ascii_lowercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// `OrderItem`.
pub(crate) fn pascal(name: &str) -> String {
    let words: Vec<String> = ascii_words(name).iter().map(|word| capitalised(word)).collect();
    let name: String = words.concat().chars().take(LONGEST).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// The field that linters of OpenAPI take for the schema of an example when the data of one holds it.
const TAKEN: &str = "schema";

/// A column as a field of JSON: `start_time` is `startTime`. A number keeps its underscore, so that no two columns get one
/// name; a name that is taken gets one behind it, which no column has.
pub fn json_name(column: &str) -> String {
    if column == TAKEN {
        return format!("{column}_");
    }
    let mut words = column.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or(column).to_owned();
    words.fold(first, |name, word| {
        let gap = if word.starts_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        name + gap + &capitalised(word)
    })
}

fn plural_words(name: &str) -> Vec<String> {
    let mut words = ascii_words(name);
    if let Some(last) = words.last_mut() {
        *last = plural(last);
    }
    words
}

/// A string as SQL writes it. Control characters, which no name needs, are blanks; a backslash, which readers of SQL
/// take differently, is a slash.
pub fn literal(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("'{}'", clean.replace('\\', "/").replace('\'', "''"))
}

/// Whether a text in lower case names a thing, one or several of it.
pub(crate) fn names(text: &str, thing: &str) -> bool {
    contains_words(text, thing) || contains_words(text, &plural(thing))
}

/// The words of a text: what stands between everything that is no letter or digit.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a text holds a phrase between word boundaries.
pub(crate) fn contains_words(text: &str, phrase: &str) -> bool {
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// The nouns whose plurals follow no rule, in the order of the alphabet, and of several plurals the first.
static SINGULARS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut singulars: Vec<_> = PLURALS.entries().iter().map(|(plural, single)| (*single, *plural)).collect();
    singulars.order();
    singulars
});

/// The plural of an English noun in lower case.
pub fn plural(word: &str) -> String {
    let at = SINGULARS.partition_point(|(single, _)| *single < word);
    if let Some((_, plural)) = SINGULARS.get(at).filter(|(single, _)| *single == word) {
        return (*plural).to_owned();
    }
    if look_up(&PLURALS, word).is_some_and(|single| single != word) {
        return word.to_owned();
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{word}es");
    }
    if let Some(stem) = word.strip_suffix('y')
        && !ends(&["ay", "ey", "oy", "uy"])
    {
        return format!("{stem}ies");
    }
    format!("{word}s")
}

/// Names given out within one scope, each only once.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names are never given out.
    pub fn without(kept: &[&str]) -> Self {
        Self { taken: kept.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A name that is not taken yet: the wished one, or the fallback where it is empty, numbered where it is taken.
    pub fn take(&mut self, wished: &str, fallback: &str) -> String {
        let base = if wished.is_empty() { fallback } else { wished };
        let mut name = base.to_owned();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }

    /// The same for names in camel case, where a number follows without an underscore.
    pub fn take_joined(&mut self, wished: &str, fallback: &str) -> String {
        let base = if wished.is_empty() { fallback } else { wished };
        let mut name = base.to_owned();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        name
    }
}
