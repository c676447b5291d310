//! What leaves a statement open: vague words with the number that is taken meanwhile, and the other families of
//! ambiguity.

use crate::clauses::Subject;
use crate::model::{Gap, StatementKind};
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::Order as _;
use knowledge::{GAP_WORDS, GAPS, GapRow, number};

/// How many findings one statement has at most.
const MOST: usize = 3;

/// Families that a number in the statement answers.
const MEASURED: &[&str] = &["vague", "subjective", "quantity", "temporal", "universal"];

/// What the statements of a text leave open, in its order. A sentence has the topic before it beside it.
pub(crate) fn gaps<'a>(sentences: impl Iterator<Item = (&'a Sentence<'a>, bool)>) -> Vec<Gap> {
    sentences.flat_map(|(sentence, leads)| of_sentence(sentence, leads)).collect()
}

/// The gaps of a sentence. `leads` is whether anything was spoken of before it.
fn of_sentence(sentence: &Sentence, leads: bool) -> Vec<Gap> {
    use StatementKind::{Capability, Constraint, Quality};
    if !matches!(sentence.class.kind, Capability | Quality | Constraint) {
        return Vec::new();
    }
    let words = &sentence.words;
    // Why somebody wants something is no part of what the system must do.
    let end = if words.first().is_some_and(|word| word.is("as")) {
        words.windows(2).position(|pair| pair[0].is("so") && pair[1].is("that"))
    } else {
        None
    };
    let end = end.unwrap_or(words.len());
    let measured = words.iter().any(|word| word.tag == Tag::Number || word.is("%"));
    let mut found: Vec<(usize, &GapRow, String)> = Vec::new();
    for (at, phrase, row) in crate::marks::phrases(&GAP_WORDS, end, |at| words[at].lower) {
        let row = &GAPS[usize::from(row)];
        let answered = measured && MEASURED.contains(&row.family) || names_a_thing(words, at, phrase);
        if !answered && !found.iter().any(|(_, known, _)| known.id == row.id) {
            found.push((at, row, phrase.to_owned()));
        }
    }
    let row = |family: &str| GAPS.iter().find(|row| row.family == family);
    if let (Some((at, words)), Some(row)) =
        (without_agent(sentence).filter(|(at, _)| *at < end), row("passive"))
    {
        found.push((at, row, words));
    }
    if let (false, Some((at, words)), Some(row)) = (leads, stands_for_nothing(sentence), row("dangling")) {
        found.push((at, row, words));
    }
    found.order_by_key(|(at, ..)| *at);
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(_, row, words)| Gap {
            id: row.id.to_owned(),
            family: row.family.to_owned(),
            words,
            statement: sentence.id(),
            assumed: assumed(row),
            fact: (!row.number.is_empty()).then(|| row.number.to_owned()),
            fix: row.fix.to_owned(),
        })
        .collect()
}

/// What is taken meanwhile: the number of the tables in words, or what the row says.
fn assumed(row: &GapRow) -> Option<String> {
    let Some(taken) = number(row.number) else {
        return (!row.assumed.is_empty()).then(|| row.assumed.to_owned());
    };
    let amount = match taken.unit {
        "ratio" => format!("{} %", short(taken.value * 100.0)),
        unit => format!("{} {unit}", short(taken.value)),
    };
    Some(format!("{}: {amount}", taken.label))
}

fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "a secure area", "the standard rate": before a noun that is recorded, some words are part of a name.
fn names_a_thing(words: &[Word], at: usize, phrase: &str) -> bool {
    let next = words.get(at + phrase.split(' ').count());
    // "Clean of residues" says of what.
    let of = phrase == "clean" && next.is_some_and(|word| word.is("of"));
    of || matches!(phrase, "scale" | "scales" | "safe" | "good" | "best" | "clean" | "stable" | "relevant")
        && (words[at].tag == Tag::Noun || next.is_some_and(|word| word.tag == Tag::Noun))
}

/// "must be approved": nobody is said to do it.
fn without_agent(sentence: &Sentence) -> Option<(usize, String)> {
    let words = &sentence.words;
    let clause = sentence.clauses.iter().find(|clause| {
        let before = || words[..clause.verb].iter().rev().take(4);
        // Whatever must not be done is done by nobody.
        let denies =
            |word: &Word| word.tag == Tag::Negation || word.lower.ends_with("n't") || word.is("cannot");
        let modal = before().any(|word| word.tag == Tag::Modal) && !before().any(denies);
        let by = clause.obliques.iter().any(|(preposition, _)| words[*preposition].is("by"));
        clause.passive && modal && !by
    })?;
    // Somebody else in the sentence may well be the one.
    let person = sentence.things.iter().flatten().any(|name| crate::names::is_person(name));
    let operates = crate::lemma::class(words[clause.verb].lemma)
        .is_some_and(|class| class != knowledge::VerbClass::State);
    (operates && !person).then(|| (clause.verb, words[clause.verb].lower.to_string()))
}

/// "It must …" where nothing was spoken of before.
fn stands_for_nothing(sentence: &Sentence) -> Option<(usize, String)> {
    let Subject::Pronoun(at) = sentence.clauses.first()?.subject else { return None };
    let word = sentence.words.get(at)?;
    (at == 0 && matches!(word.lower, "they" | "these" | "those")).then(|| (at, word.lower.to_string()))
}
