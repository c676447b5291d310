//! Which of the things that a text speaks of have records of their own, and what is recorded of them.

use crate::lists::{Item, OwnedList};
use crate::model::{Attribute, Entity, Origin, StatementKind};
use crate::names;
use crate::phrases::Count;
use crate::reason::{Evidence, Reason, add_reason};
use crate::sentence::Sentence;
use knowledge::{VerbClass, attribute};
use std::collections::BTreeMap;

/// A thing that may become an entity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidate {
    /// Where it was first named.
    order: usize,
    /// Sentences that name it.
    mentions: u32,
    /// Sentences in which something is done to it, weighted by the verb.
    acted_on: u32,
    /// What the text lists as belonging to it.
    items: Vec<(Item, Reason)>,
    evidence: Evidence,
}

/// Everything that may become an entity, by name.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    by_name: BTreeMap<String, Candidate>,
    next: usize,
}

/// The score from which a thing is an entity.
const ENOUGH: i64 = 4;

impl Candidates {
    fn entry(&mut self, name: &str) -> &mut Candidate {
        let next = self.next;
        self.by_name.entry(name.to_owned()).or_insert_with(|| {
            self.next = next + 1;
            Candidate { order: next, ..Candidate::default() }
        })
    }

    /// Gathers what a sentence says about things. `topic` is the last thing spoken of, for "it" and "they".
    pub(crate) fn gather(&mut self, sentence: &Sentence, lists: &[OwnedList], topic: &str) {
        if matches!(sentence.class.kind, StatementKind::Noise | StatementKind::Exclusion) {
            return;
        }
        let reason = sentence.reason();
        let listed: Vec<usize> =
            lists.iter().flat_map(|list| list.items.iter().map(|item| item.phrase)).collect();
        let mut named = Vec::new();
        for phrase in (0..sentence.phrases.len()).filter(|phrase| !in_role(sentence, *phrase)) {
            if let Some(name) = names::thing(sentence, phrase)
                && !named.contains(&name)
            {
                let candidate = self.entry(&name);
                candidate.mentions += 1;
                if !listed.contains(&phrase) || candidate.evidence.is_empty() {
                    add_reason(&mut candidate.evidence, reason.clone());
                }
                named.push(name);
            }
        }
        for clause in &sentence.clauses {
            let weight = match crate::lemma::class(&sentence.words[clause.verb].lemma) {
                Some(VerbClass::Create | VerbClass::Update | VerbClass::Delete | VerbClass::Transition) => 2,
                Some(VerbClass::Read | VerbClass::Notify | VerbClass::Integrate | VerbClass::Compute) => 1,
                Some(VerbClass::Session | VerbClass::State) | None => 0,
            };
            for object in &clause.objects {
                if let Some(name) = names::thing(sentence, *object) {
                    self.entry(&name).acted_on += weight;
                }
            }
        }
        for list in lists {
            let owner = if list.owner.is_empty() { topic } else { &list.owner };
            if owner.is_empty() {
                continue;
            }
            let candidate = self.entry(owner);
            add_reason(&mut candidate.evidence, reason.clone());
            for item in &list.items {
                if !candidate.items.iter().any(|(known, _)| known.name == item.name) {
                    candidate.items.push((item.clone(), reason.clone()));
                }
            }
        }
    }

    /// The names that have enough behind them, in the order of the text.
    pub(crate) fn chosen(&self) -> Vec<String> {
        let mut chosen: Vec<(&String, &Candidate)> =
            self.by_name.iter().filter(|(name, candidate)| score(name, candidate) >= ENOUGH).collect();
        if chosen.is_empty() {
            // A one-line text gives little: then what is acted on or named at all counts, unless it is an attribute.
            chosen = self
                .by_name
                .iter()
                .filter(|(name, candidate)| {
                    (candidate.acted_on > 0 || candidate.mentions > 0)
                        && names::attribute_strength(name) == 0
                        && !names::is_person(name)
                })
                .collect();
        }
        chosen.sort_by_key(|(_, candidate)| candidate.order);
        chosen.into_iter().map(|(name, _)| name.clone()).collect()
    }

    /// The entities of these names.
    pub(crate) fn entities(&self, chosen: &[String]) -> Vec<Entity> {
        chosen
            .iter()
            .filter_map(|name| self.by_name.get(name).map(|candidate| (name, candidate)))
            .map(|(name, candidate)| Entity {
                name: names::capitalised(name),
                attributes: candidate
                    .items
                    .iter()
                    .filter(|(item, _)| is_attribute(name, item, chosen))
                    .map(|(item, reason)| attribute_of(name, item, reason))
                    .collect(),
                origin: Origin::Text,
                evidence: candidate.evidence.clone(),
            })
            .collect()
    }

    /// What a thing has that is a thing of its own: pairs of owner and item.
    pub(crate) fn owned_things<'a>(
        &'a self,
        chosen: &'a [String],
    ) -> impl Iterator<Item = (&'a str, &'a Item, &'a Reason, &'a str)> {
        chosen.iter().filter_map(|name| self.by_name.get(name).map(|candidate| (name, candidate))).flat_map(
            move |(name, candidate)| {
                candidate.items.iter().filter_map(move |(item, reason)| {
                    refers_to(name, item, chosen).map(|target| (name.as_str(), item, reason, target))
                })
            },
        )
    }
}

/// Whether a phrase only names the role of a user story.
fn in_role(sentence: &Sentence, phrase: usize) -> bool {
    let start = sentence.words[sentence.phrases[phrase].name.start].span.start;
    sentence.story.as_ref().is_some_and(|story| story.role.contains(&start))
}

/// How much speaks for a thing having records of its own.
fn score(name: &str, candidate: &Candidate) -> i64 {
    let attributes =
        candidate.items.iter().filter(|(item, _)| names::attribute_strength(&item.name) > 0).count();
    let listed = i64::try_from(candidate.items.len()).unwrap_or(i64::MAX);
    let mut score = i64::from(candidate.acted_on.min(4)) + i64::from(candidate.mentions.min(4)) - 1;
    score += match attributes {
        0 => listed.min(2),
        1 => 2,
        _ => 5,
    };
    let strength = names::attribute_strength(name);
    if strength == 2 {
        score -= if attributes >= 2 { 2 } else { 5 };
    } else if strength == 1 && attributes == 0 {
        score -= 1;
    }
    score
}

/// The entity that a listed item stands for: "customer" or "customer ID" in an order.
fn refers_to<'a>(owner: &str, item: &Item, chosen: &'a [String]) -> Option<&'a str> {
    let bare =
        item.name.strip_suffix(" id").or_else(|| item.name.strip_suffix(" identifier")).unwrap_or(&item.name);
    chosen
        .iter()
        .map(String::as_str)
        .find(|name| *name != owner && (*name == bare || bare.ends_with(&format!(" {name}"))))
}

fn is_attribute(owner: &str, item: &Item, chosen: &[String]) -> bool {
    if refers_to(owner, item, chosen).is_some() {
        return false;
    }
    let plural_thing =
        item.count == Count::Many && names::attribute_strength(&item.name) == 0 && !item.name.contains(' ');
    !plural_thing && !item.name.is_empty() && item.name.split(' ').count() <= 5
}

fn attribute_of(owner: &str, item: &Item, reason: &Reason) -> Attribute {
    let head = item.name.split(" of ").next().unwrap_or(&item.name);
    let row = attribute(&item.name).or_else(|| attribute(head));
    let kind =
        row.map_or_else(|| if item.name.starts_with("is ") { "boolean" } else { "text" }, |row| row.kind);
    let identifies = kind == "identifier" || item.unique;
    let _ = owner;
    Attribute {
        name: item.name.clone(),
        kind: kind.to_owned(),
        required: identifies || item.name == "name" || item.name == "title",
        unique: identifies,
        class: row.map_or("internal", |row| row.class).to_owned(),
        evidence: vec![reason.clone()],
    }
}
