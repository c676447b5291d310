//! How entities are linked, with how many of each.

use crate::clauses::Clause;
use crate::entities::Chosen;
use crate::model::{Many, Relation, RelationKind};
use crate::names;
use crate::phrases::Count;
use crate::reason::{Reason, add_reason};
use crate::sentence::Sentence;
use std::collections::{BTreeMap, BTreeSet};

/// Verbs whose subject is on the many side: "an order belongs to a customer".
const BELONGS: &[&str] =
    &["belong", "attach", "refer", "correspond", "relate", "link", "associate", "assign", "connect"];
/// Verbs whose subject brings the object about, so that each object has one.
const AUTHORS: &[&str] = &[
    "create", "publish", "post", "write", "upload", "submit", "place", "open", "raise", "make", "add",
    "compose", "own", "have",
];
/// Verbs that say that one is made of the other.
const PARTS: &[&str] = &["contain", "consist", "comprise", "include"];

/// Collects relations; the same pair and direction is kept once.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    found: Vec<Relation>,
    /// Where the relation of a pair stands, by both names in order and whether it generalizes.
    places: BTreeMap<(String, String, bool), usize>,
}

impl Relations {
    /// The relations in the order of discovery. Where the records of an activity refer to both ends of an action
    /// ("members book rooms", and a booking has a member and a room), these records are the link.
    pub(crate) fn into_vec(self) -> Vec<Relation> {
        // What refers to one of each, by its name: looked up, since a long text has thousands of relations.
        let mut referring: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for relation in self.found.iter().filter(|relation| relation.kind == RelationKind::Association) {
            if relation.to_max == Many::One {
                referring.entry(&relation.to).or_default().insert(&relation.from);
            }
            if relation.from_max == Many::One {
                referring.entry(&relation.from).or_default().insert(&relation.to);
            }
        }
        let owning = |label: &str| {
            matches!(label, "has" | "have" | "about") || BELONGS.contains(&label) || PARTS.contains(&label)
        };
        let linked = |relation: &Relation| {
            let (from, to) = (relation.from.as_str(), relation.to.as_str());
            let (Some(a), Some(b)) = (referring.get(from), referring.get(to)) else { return false };
            a.intersection(b).any(|third| *third != from && *third != to)
        };
        let keep: Vec<bool> = self
            .found
            .iter()
            .map(|relation| {
                relation.kind == RelationKind::Generalization || owning(&relation.label) || !linked(relation)
            })
            .collect();
        self.found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(relation, _)| relation).collect()
    }

    /// The record of an activity refers to what the activity was done to.
    pub(crate) fn about(&mut self, record: &str, thing: &str, reason: &Reason) {
        self.add(Relation {
            from: names::capitalised(record),
            to: names::capitalised(thing),
            label: "about".to_owned(),
            from_min: 0,
            from_max: Many::Any,
            to_min: 1,
            to_max: Many::One,
            kind: RelationKind::Association,
            evidence: vec![reason.clone()],
        });
    }

    /// Reads the relations that the clauses of a sentence state between chosen entities.
    pub(crate) fn gather(&mut self, sentence: &Sentence, chosen: &Chosen) {
        // What a list of attributes names belongs to the owner of the list, and is read there.
        let listed: Vec<usize> =
            sentence.lists.iter().flat_map(|list| list.items.iter().map(|item| item.phrase)).collect();
        let mixed = listed
            .iter()
            .any(|phrase| names::attribute_strength(&names::attribute_name(sentence, *phrase)) > 0);
        let entity = |phrase: usize| {
            let name = names::thing(sentence, phrase)
                .filter(|_| !(names::is_software(sentence, phrase) || mixed && listed.contains(&phrase)))?;
            chosen.find(&name).map(str::to_owned)
        };
        for clause in &sentence.clauses {
            let verb = sentence.words[clause.verb].lemma.clone();
            if clause.negated {
                continue;
            }
            let subjects = if clause.passive {
                clause.objects.clone()
            } else {
                clause.subject_phrase().into_iter().collect()
            };
            let targets: Vec<usize> = if clause.passive || clause.objects.is_empty() {
                clause.obliques.iter().map(|(_, phrase)| *phrase).take(1).collect()
            } else {
                clause.objects.clone()
            };
            for from in &subjects {
                for to in &targets {
                    let (Some(a), Some(b)) = (entity(*from), entity(*to)) else { continue };
                    if is_a(sentence, clause, *to) {
                        self.generalize(&a, &b, sentence.reason());
                    } else if verb != "be"
                        && !matches!(sentence.words[clause.verb].lower.as_str(), "is" | "are")
                    {
                        self.link(sentence, &verb, (&a, *from), (&b, *to), clause.passive);
                    }
                }
            }
        }
        // "the rooms of a hotel", "the hotel's rooms"
        for phrase in 0..sentence.phrases.len() {
            if let (Some(of), Some(part)) = (sentence.of_phrase(phrase), entity(phrase))
                && let Some(whole) = entity(of)
            {
                self.link(sentence, "have", (&whole, of), (&part, phrase), false);
            }
            // "several technicians at each workstation"
            if let Some(next) = sentence.phrases.get(phrase + 1).filter(|next| {
                next.count == Count::Each && next.words.start == sentence.phrases[phrase].words.end + 1
            }) && matches!(
                sentence.words[next.words.start - 1].lower.as_str(),
                "at" | "in" | "for" | "on" | "per"
            ) && sentence.phrases[phrase].count == Count::Many
                && let (Some(part), Some(whole)) = (entity(phrase), entity(phrase + 1))
            {
                self.link(sentence, "have", (&whole, phrase + 1), (&part, phrase), false);
            }
            if let (Some(owner), Some(part)) = (sentence.phrases[phrase].owner, entity(phrase))
                && let Some(whole) = entity(owner)
            {
                self.link(sentence, "have", (&whole, owner), (&part, phrase), false);
            }
        }
    }

    /// A listed item that is an entity: one of it for a "customer ID", many for "items".
    pub(crate) fn owned(&mut self, owner: &str, target: &str, count: Count, reason: &Reason) {
        let many = count == Count::Many;
        let (from_max, to_max) = if many { (Many::One, Many::Any) } else { (Many::Any, Many::One) };
        self.add(Relation {
            from: names::capitalised(owner),
            to: names::capitalised(target),
            label: "has".to_owned(),
            from_min: 0,
            from_max,
            to_min: u32::from(!many),
            to_max,
            kind: RelationKind::Association,
            evidence: vec![reason.clone()],
        });
    }

    fn link(
        &mut self,
        sentence: &Sentence,
        verb: &str,
        from: (&str, usize),
        to: (&str, usize),
        passive: bool,
    ) {
        if from.0 == to.0
            && !matches!(verb, "manage" | "report" | "supervise" | "follow" | "depend" | "reply")
        {
            return;
        }
        let (from_count, to_count) = (sentence.phrases[from.1].count, sentence.phrases[to.1].count);
        let belongs = BELONGS.contains(&verb);
        let part = PARTS.contains(&verb);
        let max = |count: Count| if count == Count::Many { Many::Any } else { Many::One };
        let to_max = max(to_count);
        // Nothing said about the other end: a container holds its own parts; what acts on one thing may be many.
        let from_max = match from_count {
            // "users publish articles": each article has one author.
            Count::Many if AUTHORS.contains(&verb) && !passive => Many::One,
            Count::Many => Many::Any,
            _ if part || verb == "have" => Many::One,
            _ if belongs || passive || to_max == Many::One => Many::Any,
            _ => Many::One,
        };
        self.add(Relation {
            from: names::capitalised(from.0),
            to: names::capitalised(to.0),
            label: verb.to_owned(),
            from_min: 0,
            from_max,
            to_min: u32::from(matches!(to_count, Count::One) && belongs),
            to_max,
            kind: if part && to_max == Many::Any && from_max == Many::One {
                RelationKind::Composition
            } else {
                RelationKind::Association
            },
            evidence: vec![sentence.reason()],
        });
    }

    fn generalize(&mut self, child: &str, parent: &str, reason: Reason) {
        if child != parent {
            self.add(Relation {
                from: names::capitalised(child),
                to: names::capitalised(parent),
                label: "is a".to_owned(),
                from_min: 0,
                from_max: Many::One,
                to_min: 1,
                to_max: Many::One,
                kind: RelationKind::Generalization,
                evidence: vec![reason],
            });
        }
    }

    fn add(&mut self, relation: Relation) {
        let generalizes = relation.kind == RelationKind::Generalization;
        let (first, second) = if relation.from <= relation.to {
            (relation.from.clone(), relation.to.clone())
        } else {
            (relation.to.clone(), relation.from.clone())
        };
        let place = self.places.entry((first, second, generalizes)).or_insert(self.found.len());
        let Some(known) = self.found.get_mut(*place) else {
            self.found.push(relation);
            return;
        };
        // Two statements that each show one side as many make it many to many; what is merely done to a thing does not.
        let owning = matches!(relation.label.as_str(), "has" | "have")
            || BELONGS.contains(&relation.label.as_str())
            || PARTS.contains(&relation.label.as_str());
        let turned = known.from == relation.to && known.from != known.to;
        let (from_max, to_max) =
            if turned { (relation.to_max, relation.from_max) } else { (relation.from_max, relation.to_max) };
        if owning && from_max == Many::Any && to_max == Many::Any {
            known.from_max = Many::Any;
        }
        if owning && to_max == Many::Any && (from_max == Many::Any || turned) {
            known.to_max = Many::Any;
        }
        for reason in relation.evidence {
            add_reason(&mut known.evidence, reason);
        }
    }
}

/// "A manager is an employee", "is a kind of".
fn is_a(sentence: &Sentence, clause: &Clause, to: usize) -> bool {
    let copula = sentence.words[clause.verb].among(knowledge::BE);
    let article = sentence.words[sentence.phrases[to].words.start].lower.as_str();
    copula
        && (matches!(article, "a" | "an")
            || sentence.words[clause.verb].lower == "are" && sentence.phrases[to].plural)
}
