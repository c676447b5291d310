//! How entities are linked, with how many of each.

use crate::cardinalities::labels;
use crate::model::{Many, Relation, RelationKind};
use crate::names;
use crate::phrases::Count;
use crate::reason::{Reason, add_reason};
use knowledge::holds;
use std::collections::{BTreeMap, BTreeSet};

/// What is said of one end of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    /// Whether there is always one: "each order belongs to one customer".
    pub(crate) needed: bool,
    pub(crate) max: Many,
    /// Whether the text says so; otherwise it is what is usual.
    pub(crate) said: bool,
    /// Whether a number or the sense of a word says so, which holds beside whatever else is said of the two.
    pub(crate) sure: bool,
}

impl End {
    pub(crate) const fn said(max: Many) -> Self {
        Self { needed: false, max, said: true, sure: false }
    }
    /// The same end, of which there is always one.
    pub(crate) const fn always(self) -> Self {
        Self { needed: true, ..self }
    }
    /// The same end, as a number or the sense of a word says it.
    pub(crate) const fn surely(self) -> Self {
        Self { sure: true, ..self }
    }
    pub(crate) const fn usual(max: Many) -> Self {
        Self { needed: false, max, said: false, sure: false }
    }
}

/// A relation with what the text itself says of its ends.
#[derive(Debug)]
struct Link {
    relation: Relation,
    from_said: bool,
    to_said: bool,
    owning: bool,
    /// The largest of its reasons.
    latest: Option<Reason>,
}

/// Names of a pair in order, whether the relation generalizes, and the role that tells it from others of the pair.
type Place = (String, String, bool, String);

/// Collects relations; the same pair, direction and role is kept once.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    found: Vec<Link>,
    places: BTreeMap<Place, usize>,
}

impl Relations {
    /// The relations in the order of discovery. Where the records of an activity refer to both ends of an action
    /// ("members book rooms", and a booking has a member and a room), these records are the link.
    pub(crate) fn into_vec(self) -> Vec<Relation> {
        // What refers to one of each, by its name: looked up, since a long text has thousands of relations.
        let mut referring: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let links = self.found.iter().map(|link| &link.relation);
        for relation in links.filter(|relation| relation.kind == RelationKind::Association) {
            if relation.to_max == Many::One {
                referring.entry(&relation.to).or_default().insert(&relation.from);
            }
            if relation.from_max == Many::One {
                referring.entry(&relation.from).or_default().insert(&relation.to);
            }
        }
        let linked = |relation: &Relation| {
            let (from, to) = (relation.from.as_str(), relation.to.as_str());
            let (Some(a), Some(b)) = (referring.get(from), referring.get(to)) else { return false };
            a.intersection(b).any(|third| *third != from && *third != to)
        };
        let keep: Vec<bool> = self
            .found
            .iter()
            .map(|link| {
                let both = link.relation.from_max == Many::Any && link.relation.to_max == Many::Any;
                link.relation.kind == RelationKind::Generalization
                    || link.owning && !both
                    || !linked(&link.relation)
            })
            .collect();
        self.found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(link, _)| link.relation).collect()
    }

    /// Whether something else is known that one thing has and that has another: the zones of a hall that the seats are in.
    pub(crate) fn leads_through(&self, whole: &str, part: &str) -> bool {
        let [whole, part] = [whole, part].map(names::capitalised);
        let links = || self.found.iter().map(|link| &link.relation);
        let between = links().filter(|relation| relation.from == whole).map(|relation| &relation.to);
        between.into_iter().any(|third| links().any(|next| next.from == *third && next.to == part))
    }

    /// The record of an activity refers to what the activity was done to.
    pub(crate) fn about(&mut self, record: &str, thing: &str, reason: &Reason) {
        self.link(
            record,
            thing,
            "about",
            (End::usual(Many::Any), End::said(Many::One).always()),
            reason.clone(),
        );
    }

    /// A listed item that is an entity: one of it for a "customer ID", many for "items". `role` is what the item is
    /// called, where that is not the name of the entity.
    pub(crate) fn owned(
        &mut self,
        owner: &str,
        target: &str,
        role: Option<&str>,
        count: Count,
        reason: &Reason,
    ) {
        let ends = if count == Count::Many && labels(target) {
            (End::usual(Many::Any), End::said(Many::Any))
        } else if count == Count::Many {
            (End::usual(Many::One), End::said(Many::Any))
        } else {
            (End::usual(Many::Any), End::said(Many::One))
        };
        let mut relation = plain(owner, target, "has", ends, reason.clone());
        relation.to_min = u32::from(!matches!(count, Count::Many | Count::UpToOne));
        relation.role = role.map(str::to_owned);
        self.add(relation, ends);
    }

    /// A relation that a pasted schema declares: its ends hold whatever sentences say of them.
    pub(crate) fn given(&mut self, relation: Relation) {
        let (from, to) = (relation.from_max, relation.to_max);
        let least = relation.to_min;
        let names = (relation.from.clone(), relation.to.clone());
        let at = self.add(relation, (End::said(from), End::said(to)));
        if let Some(known) = self.found.get_mut(at).map(|link| &mut link.relation) {
            let turned = known.from == names.1 && known.from != names.0;
            (known.from_max, known.to_max) = if turned { (to, from) } else { (from, to) };
            let end = if turned { &mut known.from_min } else { &mut known.to_min };
            *end = least.max(*end);
        }
    }

    /// A relation that a sentence states.
    pub(crate) fn link(&mut self, from: &str, to: &str, label: &str, ends: (End, End), reason: Reason) {
        let mut relation = plain(from, to, label, ends, reason);
        if holds(knowledge::CONTAINING, label) && ends.1.max == Many::Any && ends.0.max == Many::One {
            relation.kind = RelationKind::Composition;
        }
        relation.from_min = u32::from(ends.0.needed && ends.0.max == Many::One);
        relation.to_min = u32::from(ends.1.needed && ends.1.max == Many::One);
        self.add(relation, ends);
    }

    /// The child is a kind of the parent.
    pub(crate) fn generalize(&mut self, child: &str, parent: &str, reason: Reason) {
        if child != parent {
            let ends = (End::said(Many::One), End::said(Many::One));
            let mut relation = plain(child, parent, "is a", ends, reason);
            relation.to_min = 1;
            relation.kind = RelationKind::Generalization;
            self.add(relation, ends);
        }
    }

    /// Adds a relation, or what it says to the one that is known, and tells its place.
    fn add(&mut self, relation: Relation, (from, to): (End, End)) -> usize {
        let generalizes = relation.kind == RelationKind::Generalization;
        let (first, second) = if relation.from <= relation.to {
            (relation.from.clone(), relation.to.clone())
        } else {
            (relation.to.clone(), relation.from.clone())
        };
        let label = relation.label.as_str();
        let owning = matches!(label, "has" | "have" | "about")
            || holds(knowledge::BELONGING, label)
            || holds(knowledge::CONTAINING, label);
        let role = relation.role.clone().unwrap_or_default();
        let place = *self.places.entry((first, second, generalizes, role)).or_insert(self.found.len());
        let Some(known) = self.found.get_mut(place) else {
            let latest = relation.evidence.iter().max().cloned();
            self.found.push(Link { relation, from_said: from.said, to_said: to.said, owning, latest });
            return place;
        };
        let turned = known.relation.from == relation.to && known.relation.from != known.relation.to;
        let (from, to) = if turned { (to, from) } else { (from, to) };
        // What is done to a thing says less of how many belong to it than what it has.
        let heard = |end: End| owning || !known.owning || end.sure;
        let outweighs = owning && !known.owning;
        let (from_heard, to_heard) = (heard(from), heard(to));
        if from_heard {
            settle(&mut known.relation.from_max, &mut known.from_said, from, outweighs);
        }
        if to_heard {
            settle(&mut known.relation.to_max, &mut known.to_said, to, outweighs);
        }
        let least =
            if turned { (relation.to_min, relation.from_min) } else { (relation.from_min, relation.to_min) };
        known.relation.from_min = known.relation.from_min.max(least.0);
        known.relation.to_min = known.relation.to_min.max(least.1);
        if relation.kind == RelationKind::Composition && !turned {
            known.relation.kind = RelationKind::Composition;
        }
        known.owning |= owning;
        for reason in relation.evidence {
            // What comes later in the text than all others is new; a long text has thousands of reasons for one link.
            if known.latest.as_ref().is_some_and(|latest| reason > *latest) {
                known.relation.evidence.push(reason.clone());
            } else {
                add_reason(&mut known.relation.evidence, reason.clone());
            }
            known.latest = known.latest.take().max(Some(reason));
        }
        place
    }
}

/// What is said outweighs what is usual; of two things said, many includes one.
fn settle(max: &mut Many, said: &mut bool, end: End, outweighs: bool) {
    if end.said && (!*said || end.max == Many::Any) || outweighs && !*said {
        *max = end.max;
        *said = end.said;
    }
}

fn plain(from: &str, to: &str, label: &str, (from_end, to_end): (End, End), reason: Reason) -> Relation {
    Relation {
        from: names::capitalised(from),
        to: names::capitalised(to),
        label: label.to_owned(),
        role: None,
        from_min: 0,
        from_max: from_end.max,
        to_min: 0,
        to_max: to_end.max,
        kind: RelationKind::Association,
        evidence: vec![reason],
    }
}
