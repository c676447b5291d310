//! What each statement says, as far as the conditions of the tables ask.

use crate::lemma::Form;
use crate::model::{Constraint, Modality, Model, Quantity, Requirements, StatementKind};
use crate::reason::{Reason, place_of};
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use knowledge::Order as _;
use knowledge::{CUE_PIECES, CUES, Condition, Side, TECHNOLOGIES};
use std::collections::BTreeMap;
use std::ops::Range;

/// A statement with what conditions may ask of it.
pub(crate) struct Heard<'a> {
    pub(crate) sentence: &'a Sentence<'a>,
    /// The pieces of cues that stand in it, sorted, each with its words.
    pieces: Vec<(usize, Range<usize>)>,
    quantities: Vec<&'a Quantity>,
    pub(crate) constraints: Vec<&'a Constraint>,
    /// The classes of the attributes that it lists.
    classes: Vec<&'a str>,
    signals: Vec<&'a str>,
}

/// How a statement meets a condition.
#[derive(Clone)]
pub(crate) struct Meeting<'a> {
    /// The number that meets it, where it is about one.
    pub(crate) quantity: Option<&'a Quantity>,
    /// The words of the first cue that meets it.
    pub(crate) cue: Range<usize>,
}

/// Something other than a cue on which a condition rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground<'a> {
    /// A number of a kind.
    Quantity(&'a str),
    /// An attribute of a class.
    Class(&'a str),
    Signal(&'a str),
    /// Something prescribed or ruled out.
    Constraint,
}

/// All statements that say anything that a condition can ask for, and where to look for what: rules are many, and most
/// ask for something that few statements say.
pub(crate) struct Hearing<'a> {
    pub(crate) all: Vec<Heard<'a>>,
    /// The statements that say each piece of a cue, by the place of the piece.
    by_piece: Vec<Vec<usize>>,
    by_ground: BTreeMap<Ground<'a>, Vec<usize>>,
}

impl<'a> Hearing<'a> {
    /// The statements that may meet a condition, in the order of the text, each with the ways in which it does.
    pub(crate) fn meetings(&self, side: Side) -> impl Iterator<Item = (usize, Meeting<'a>)> + '_ {
        let mut places: Vec<usize> =
            side.iter().filter_map(|all| all.first()).flat_map(|first| self.grounded(first)).collect();
        places.order();
        places.dedup();
        places.into_iter().flat_map(move |at| {
            let met = self.all.get(at).map(|heard| heard.meetings(side)).unwrap_or_default();
            met.into_iter().map(move |meeting| (at, meeting))
        })
    }

    /// The statements on which a condition can rest.
    fn grounded(&self, condition: &Condition) -> Vec<usize> {
        let of = |ground| self.by_ground.get(&ground).map(Vec::as_slice).unwrap_or_default();
        match condition {
            Condition::Cue(cue) | Condition::Denied(cue) => CUES
                .get(*cue)
                .into_iter()
                .flat_map(|phrases| phrases.iter())
                .filter_map(|phrase| phrase.first())
                .filter_map(|piece| self.by_piece.get(*piece))
                .flat_map(|places| places.iter().copied())
                .collect(),
            Condition::Quantity(kind, ..) => of(Ground::Quantity(kind)).to_vec(),
            Condition::Class(id) => of(Ground::Class(id)).to_vec(),
            Condition::Signal(id) => of(Ground::Signal(id)).to_vec(),
            Condition::Option(_) | Condition::Slot(_) | Condition::Forbidden | Condition::Prescribed => {
                of(Ground::Constraint).to_vec()
            }
        }
    }
}

/// The statements that say anything that a condition can ask for.
pub(crate) fn heard<'a>(
    sentences: &'a [Sentence<'a>],
    requirements: &'a Requirements,
    model: &'a Model,
) -> Hearing<'a> {
    let mut all: Vec<Heard> = sentences
        .iter()
        .map(|sentence| Heard {
            sentence,
            pieces: pieces(sentence),
            quantities: Vec::new(),
            constraints: Vec::new(),
            classes: Vec::new(),
            signals: Vec::new(),
        })
        .collect();
    for quantity in &requirements.quantities {
        if let Some(heard) = place_of(&quantity.statement).and_then(|at| all.get_mut(at)) {
            heard.quantities.push(quantity);
        }
    }
    for constraint in &requirements.constraints {
        if let Some(heard) = place_of(&constraint.statement).and_then(|at| all.get_mut(at)) {
            heard.constraints.push(constraint);
        }
    }
    let mut mark = |reason: &Reason, add: &dyn Fn(&mut Heard<'a>)| {
        if let Reason::Statement(number) = reason
            && let Some(heard) = all.get_mut((*number as usize).wrapping_sub(1))
        {
            add(heard);
        }
    };
    for attribute in model.entities.iter().flat_map(|entity| &entity.attributes) {
        for reason in &attribute.evidence {
            mark(reason, &|heard| heard.classes.push(&attribute.class));
        }
    }
    for signal in &requirements.signals {
        for reason in &signal.evidence {
            mark(reason, &|heard| heard.signals.push(&signal.id));
        }
    }
    all.retain(|heard| {
        let silent = matches!(heard.sentence.class.kind, StatementKind::Noise | StatementKind::Question)
            || heard.sentence.class.modality == Modality::Later;
        let empty = heard.pieces.is_empty()
            && heard.quantities.is_empty()
            && heard.constraints.is_empty()
            && heard.classes.is_empty()
            && heard.signals.is_empty();
        !silent && !empty
    });
    let mut by_piece: Vec<Vec<usize>> = Vec::new();
    let mut by_ground: BTreeMap<Ground, Vec<usize>> = BTreeMap::new();
    for (at, heard) in all.iter().enumerate() {
        for (piece, _) in &heard.pieces {
            if by_piece.len() <= *piece {
                by_piece.resize_with(*piece + 1, Vec::new);
            }
            add_place(&mut by_piece[*piece], at);
        }
        let constraint = (!heard.constraints.is_empty()).then_some(Ground::Constraint);
        let quantities = heard.quantities.iter().map(|quantity| Ground::Quantity(&quantity.kind));
        let grounds = quantities
            .chain(heard.classes.iter().map(|class| Ground::Class(class)))
            .chain(heard.signals.iter().map(|signal| Ground::Signal(signal)))
            .chain(constraint);
        for ground in grounds {
            add_place(by_ground.entry(ground).or_default(), at);
        }
    }
    Hearing { all, by_piece, by_ground }
}

/// Adds the place of a statement once; they come in their order.
fn add_place(places: &mut Vec<usize>, at: usize) {
    if places.last() != Some(&at) {
        places.push(at);
    }
}

fn pieces(sentence: &Sentence) -> Vec<(usize, Range<usize>)> {
    // "is published" says the same as "publish", whether it is taken for a verb or for an adjective.
    let form = |at: usize| match &sentence.words[at] {
        Word { verb: Some((base, Form::Past)), tag: Tag::Adjective, .. } => base,
        word => word.lemma,
    };
    let mut found: Vec<(usize, Range<usize>)> =
        crate::marks::phrases(&CUE_PIECES, sentence.words.len(), form)
            .into_iter()
            .map(|(word, piece, at)| {
                (usize::from(at), word..word + 1 + piece.bytes().filter(|byte| *byte == b' ').count())
            })
            .collect();
    found.order_by_key(|(at, words)| (*at, words.start));
    found
}

impl<'a> Heard<'a> {
    /// The ways in which the statement meets a condition: one for each number that does, else at most one.
    pub(crate) fn meetings(&self, side: Side) -> Vec<Meeting<'a>> {
        side.iter().map(|all| self.meets(all)).find(|met| !met.is_empty()).unwrap_or_default()
    }

    fn meets(&self, all: &[Condition]) -> Vec<Meeting<'a>> {
        let mut cue = None;
        let mut kind = None;
        for condition in all {
            let met = match condition {
                Condition::Cue(at) => self.says(*at, false),
                Condition::Denied(at) => self.says(*at, true),
                Condition::Quantity(of, ..) => {
                    kind.get_or_insert(*of);
                    self.quantities.iter().any(|quantity| within(quantity, condition)).then_some(0..0)
                }
                Condition::Option(id) => self.prescribes(|row| row.option == *id).then_some(0..0),
                Condition::Slot(id) => self.prescribes(|row| row.slot == *id).then_some(0..0),
                Condition::Class(id) => self.classes.contains(id).then_some(0..0),
                Condition::Signal(id) => self.signals.contains(id).then_some(0..0),
                Condition::Forbidden => self
                    .constraints
                    .iter()
                    .any(|row| row.kind == "forbidden-technology" || row.kind == "forbidden-platform")
                    .then_some(0..0),
                Condition::Prescribed => self.prescribes(|_| true).then_some(0..0),
            };
            match met {
                None => return Vec::new(),
                Some(words) if !words.is_empty() && cue.is_none() => cue = Some(words),
                Some(_) => {}
            }
        }
        let cue = cue.unwrap_or(0..0);
        let Some(kind) = kind else { return vec![Meeting { quantity: None, cue }] };
        // One number must be within all bounds of its kind.
        let bounds =
            || all.iter().filter(|bound| matches!(bound, Condition::Quantity(of, ..) if *of == kind));
        self.quantities
            .iter()
            .filter(|quantity| bounds().all(|bound| within(quantity, bound)))
            .map(|quantity| Meeting { quantity: Some(quantity), cue: cue.clone() })
            .collect()
    }

    /// Where the statement says a cue, or denies it.
    pub(crate) fn says(&self, cue: usize, denied: bool) -> Option<Range<usize>> {
        CUES.get(cue)?.iter().find_map(|phrase| {
            let places = |piece: usize| {
                let from = self.pieces.partition_point(|(at, _)| *at < piece);
                self.pieces[from..].iter().take_while(move |(at, _)| *at == piece).map(|(_, words)| words)
            };
            let (first, rest) = phrase.split_first()?;
            if !rest.iter().all(|piece| places(*piece).next().is_some()) {
                return None;
            }
            places(*first).find(|words| self.denies(words) == denied).cloned()
        })
    }

    /// Whether a phrase is denied by the words around it or stands in an exclusion.
    fn denies(&self, phrase: &Range<usize>) -> bool {
        let words = &self.sentence.words;
        if self.sentence.class.kind == StatementKind::Exclusion {
            return true;
        }
        // A negation reaches over the verbs of having and wanting, not over others: what never exceeds a payment does not
        // deny that there are payments.
        let passes = |word: &&Word| {
            negates(word)
                || matches!(
                    word.tag,
                    Tag::Determiner | Tag::Adjective | Tag::Adverb | Tag::Auxiliary | Tag::To | Tag::Modal
                )
                || word.is_a(knowledge::HAVING)
        };
        // "If there is no address" rules nothing out.
        let conditional =
            words[..phrase.start].iter().any(|word| matches!(word.lower, "if" | "when" | "unless"));
        let before = &words[phrase.start.saturating_sub(4)..phrase.start];
        if !conditional && before.iter().rev().take_while(passes).any(negates) {
            return true;
        }
        let after = &words[phrase.end.min(words.len())..(phrase.end + 5).min(words.len())];
        let nothing = after.first().is_some_and(|word| matches!(word.lower, "nothing" | "none" | "no"));
        let ruled_out = after.iter().position(negates).is_some_and(|at| {
            after[at..].iter().any(|word| word.is_a(knowledge::HAVING) && word.lemma != "be")
        });
        let out = after.windows(2).any(|pair| pair[0].is("out") && pair[1].is("of"));
        nothing || ruled_out || out
    }

    fn prescribes(&self, fits: impl Fn(&knowledge::TechnologyRow) -> bool) -> bool {
        self.options().any(fits)
    }

    /// What is prescribed, as rows of the technologies.
    pub(crate) fn options(&self) -> impl Iterator<Item = &'static knowledge::TechnologyRow> {
        self.constraints
            .iter()
            .filter(|constraint| {
                !constraint.kind.starts_with("forbidden-") && !constraint.kind.starts_with("existing-")
            })
            .filter_map(|constraint| {
                TECHNOLOGIES
                    .iter()
                    .find(|row| row.kind == constraint.kind && row.names.contains(&constraint.value.as_str()))
            })
    }

    /// The things that the statement speaks of, in base form.
    pub(crate) fn nouns(&self) -> impl Iterator<Item = &'a str> {
        self.sentence
            .words
            .iter()
            .filter(|word| word.tag == Tag::Noun && word.lemma.chars().all(char::is_alphabetic))
            .map(|word| word.lemma)
    }
}

fn negates(word: &Word) -> bool {
    word.tag == Tag::Negation
        || matches!(word.lower, "no" | "not" | "without" | "never" | "none" | "nobody" | "cannot")
        || word.lower.ends_with("n't")
}

fn within(quantity: &Quantity, condition: &Condition) -> bool {
    let Condition::Quantity(kind, bound, value) = condition else { return false };
    // A time of day says when it is available, not how much of the time.
    let measured = quantity.kind != "availability" || quantity.unit == "ratio";
    measured && quantity.kind == *kind && bound.holds(quantity.value, *value)
}
