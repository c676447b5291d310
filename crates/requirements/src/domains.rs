//! Which fields of application a text is about, as a scored blend, and what its things are called there.
//!
//! Words alone tell little: a pottery studio books kilns as a salon books appointments. A field is recognised only where it
//! also knows most of the things that the text keeps records of, so a text of an unfamiliar field stands by itself.

use crate::model::{Domain, Entity, Meaning, StatementKind};
use crate::names;
use crate::reason::{Evidence, add_next};
use crate::sentence::Sentence;
use knowledge::Gather as _;
use knowledge::Order as _;
use knowledge::{DOMAIN_PHRASES, DOMAINS, DomainRow, DomainWord, EntityRow};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// What a strong word adds to the score of a field, where an ordinary one adds 1.
const STRONG: usize = 3;

/// The most fields in a blend, and how far behind the first one another may be.
const BLEND: usize = 3;
const BEHIND: f64 = 1.6;

/// How many sentences are named as reasons.
const REASONS: usize = 3;

/// What a text says of one field.
#[derive(Default)]
struct Tally {
    strong: BTreeSet<&'static str>,
    words: BTreeSet<&'static str>,
    against: BTreeSet<&'static str>,
    evidence: Evidence,
}

/// The words of each field in the text, and all words of the text in base form.
pub(crate) struct Told<'a> {
    tallies: Vec<Tally>,
    sentences: &'a [Sentence<'a>],
    /// The words that tell what others mean. Gathered when one of several meanings first asks for them.
    spoken: OnceCell<Spoken<'a>>,
}

impl<'a> Told<'a> {
    fn spoken(&self) -> &Spoken<'a> {
        self.spoken.get_or_init(|| {
            let words = self.sentences.iter().filter(|sentence| tells(sentence));
            let words = words.flat_map(|sentence| sentence.words.iter().map(|word| word.lemma));
            words.filter(|word| knowledge::tells_meaning(word)).gather()
        })
    }
}

/// Whether a sentence tells what a text is about.
fn tells(sentence: &Sentence) -> bool {
    !matches!(sentence.class.kind, StatementKind::Exclusion | StatementKind::Question)
}

/// The share of a blend from which a field tells what a text is likely to keep records of.
const LEADING: f64 = 0.4;

/// The fields that a text is mostly about, from the names of the things that it surely keeps records of.
pub(crate) fn fields<'a>(told: &Told, names: impl Iterator<Item = &'a str>) -> Vec<&'static DomainRow> {
    let things: Vec<Thing> = names.map(thing).collect();
    let found = blend(told, &things);
    let sum: f64 = found.iter().map(|(score, _)| score).sum();
    found.into_iter().filter(|(score, _)| *score >= sum * LEADING).map(|(_, at)| &DOMAINS[at]).collect()
}

/// The fields that a text is about, the one that explains most of it first.
pub(crate) fn domains(told: &Told, entities: &[Entity]) -> Vec<Domain> {
    let things: Vec<Thing> = entities.iter().map(|entity| thing(&entity.name)).collect();
    let found = blend(told, &things);
    let sum: f64 = found.iter().map(|(score, _)| score).sum();
    let mut taken = BTreeSet::new();
    found
        .into_iter()
        .map(|(score, at)| Domain {
            id: DOMAINS[at].id.to_owned(),
            name: DOMAINS[at].name.to_owned(),
            share: (score / sum * 100.0).round() / 100.0,
            meanings: meanings(&DOMAINS[at], &things, told, &mut taken),
            evidence: told.tallies[at].evidence.iter().take(REASONS).cloned().collect(),
        })
        .collect()
}

/// The scores of the fields that explain a text, the best first, with their places in the table.
fn blend(told: &Told, things: &[Thing]) -> Vec<(f64, usize)> {
    let scored = DOMAINS.iter().zip(&told.tallies).enumerate();
    let mut found: Vec<(f64, usize)> = scored
        .filter_map(|(at, (row, tally))| score(row, tally, things, told).map(|score| (score, at)))
        .collect();
    // The sort is stable: of two fields with the same score, the one that comes first in the alphabet stays first.
    found.order_by(|a, b| b.0.total_cmp(&a.0));
    let best = found.first().map_or(0.0, |(score, _)| *score);
    found.retain(|(score, _)| score * BEHIND >= best);
    found.truncate(BLEND);
    found
}

/// Something that the text keeps records of.
struct Thing<'a> {
    name: &'a str,
    lower: String,
    person: bool,
    /// What it stands for, where any field keeps records of it.
    recorded: Option<knowledge::Spelling>,
}

fn thing(name: &str) -> Thing<'_> {
    let lower = name.to_lowercase();
    Thing { name, person: names::is_person(&lower), recorded: knowledge::spelling(&lower), lower }
}

/// Words in base form. Only asked for one by one, never gone through, so that their order in memory decides nothing.
type Spoken<'a> = FxHashSet<&'a str>;

/// Counts the words of each field.
pub(crate) fn told<'a>(sentences: &'a [Sentence<'a>]) -> Told<'a> {
    let mut tallies: Vec<Tally> = DOMAINS.iter().map(|_| Tally::default()).collect();
    for sentence in sentences.iter().filter(|sentence| tells(sentence)) {
        let words = &sentence.words;
        for (_, phrase, says) in crate::marks::phrases(&DOMAIN_PHRASES, words.len(), |at| words[at].lemma) {
            let (row, new) = match says {
                DomainWord::Strong(row) => (row, tallies[usize::from(row)].strong.insert(phrase)),
                DomainWord::Word(row) => (row, tallies[usize::from(row)].words.insert(phrase)),
                DomainWord::Against(row) => {
                    tallies[usize::from(row)].against.insert(phrase);
                    continue;
                }
            };
            if new {
                add_next(&mut tallies[usize::from(row)].evidence, sentence.reason());
            }
        }
    }
    Told { tallies, sentences, spoken: OnceCell::new() }
}

/// How well a field explains a text; nothing where it does not.
fn score(row: &'static DomainRow, tally: &Tally, things: &[Thing], told: &Told) -> Option<f64> {
    let (strong, words) = (tally.strong.len(), tally.words.len());
    if !tally.against.is_empty() || strong * STRONG + words < 5 {
        return None;
    }
    // Members and customers are known everywhere, so they tell nothing.
    let things = || things.iter().filter(|thing| !thing.person);
    let known = things().filter(|thing| meaning(row, thing, told).is_some()).count();
    let all = things().count();
    let explained = match strong {
        0 => words >= 5 && known >= 2 && known * 3 >= all * 2,
        1 | 2 => known * 2 >= all || known * 3 >= all && words >= 6,
        // Where the words leave no doubt, the text may keep records of its own beside those of the field.
        _ => known * 2 >= all || known * 3 >= all && words >= 8,
    };
    let size = f64::from(row.vocabulary).sqrt();
    (known > 0 && explained).then(|| (strong * STRONG + words) as f64 / size * known as f64 / all as f64)
}

/// What the entities are called in a field, but for those that a better one knows.
fn meanings(
    row: &'static DomainRow,
    things: &[Thing],
    told: &Told,
    taken: &mut BTreeSet<String>,
) -> Vec<Meaning> {
    let mut used = BTreeSet::new();
    things
        .iter()
        .filter_map(|thing| meaning(row, thing, told).map(|known| (thing, known)))
        .filter(|(thing, known)| used.insert(known.name) && taken.insert(thing.name.to_owned()))
        .map(|(thing, known)| Meaning { entity: thing.name.to_owned(), means: known.name.to_owned() })
        .collect()
}

/// What the name of a thing means in a field. A word of several meanings has the one of the field only beside words of
/// it.
fn meaning(row: &'static DomainRow, thing: &Thing, told: &Told) -> Option<&'static EntityRow> {
    let lower = thing.lower.as_str();
    let homonym = row.homonyms.iter().find(|homonym| homonym.word == lower);
    if let Some(homonym) = homonym {
        return homonym
            .when
            .iter()
            .any(|word| word.split(' ').all(|part| told.spoken().contains(part)))
            .then(|| row.entity(homonym.here))
            .flatten();
    }
    row.called(thing.recorded?)
}
