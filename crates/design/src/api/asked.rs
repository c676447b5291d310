//! What the text asks of the records of each entity, verb by verb.

use super::features::letters;
use crate::naming;
use knowledge::Gather as _;
use knowledge::VerbClass;
use requirements::{Action, ActorKind, Analysis, Evidence, Reason, add_reason, known_verb};
use std::collections::{BTreeMap, BTreeSet};

/// What a verb asks of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wish {
    Create,
    Read,
    Update,
    Delete,
    /// To come into being by one's own doing: to sign up.
    Enter,
    /// A step that is none of these, or a transition.
    Step,
    /// Work that is too long for one request.
    Long,
}

/// Who asks for something, and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) actors: Vec<String>,
    pub(super) evidence: Evidence,
}

impl Asked {
    fn add(&mut self, action: &Action) {
        if let Ok(reason) = Reason::try_from(action.statement.clone()) {
            add_reason(&mut self.evidence, reason);
        }
        if !action.actor.is_empty() && !self.actors.contains(&action.actor) {
            self.actors.push(action.actor.clone());
        }
    }
}

/// What the text asks, by entity and wish; steps and long work also by their verb.
pub(super) struct Wishes<'a> {
    found: BTreeMap<(&'a str, Wish, &'a str), Asked>,
    /// The statements whose steps are taken with a reason, each with the only verb of which that is said, where there is one.
    grounds: BTreeMap<u32, Option<&'a str>>,
}

impl<'a> Wishes<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        // The entities by the last word of their name: a booking is what booking something leaves behind.
        let mut by_head: BTreeMap<String, &'a str> = BTreeMap::new();
        for entity in &analysis.model.entities {
            if let Some(head) = naming::ascii_words(&entity.name).pop() {
                by_head.entry(head).or_insert(&entity.name);
            }
        }
        let quantities = analysis.requirements.quantities.iter();
        let kept: BTreeSet<&str> = quantities
            .filter(|quantity| quantity.kind == "retention")
            .map(|quantity| quantity.statement.as_str())
            .gather();
        let mut wishes = Self { found: BTreeMap::new(), grounds: grounds(analysis) };
        let entities = &analysis.model.entities;
        // "An operator registers a pump with a name" makes pumps.
        let done = analysis.requirements.actions.iter();
        let with_objects: BTreeSet<(&str, &str)> = done
            .filter(|action| action.preposition.is_none() && !action.object.is_empty())
            .map(|action| (action.statement.as_str(), action.verb.as_str()))
            .gather();
        let made = made(analysis);
        let lives = Lives::of(analysis);
        for action in &analysis.requirements.actions {
            // "A user signs up": a record of the user.
            if enters(action)
                && !with_objects.contains(&(action.statement.as_str(), action.verb.as_str()))
                && let Some(own) =
                    entities.iter().find(|known| known.name.eq_ignore_ascii_case(&action.actor))
            {
                wishes.add(&own.name, Wish::Enter, "", action);
            }
            if let Some(record) = asked_by(action).and_then(|record| by_head.get(record)) {
                wishes.add(record, Wish::Create, "", action);
            }
            let Some(entity) = action.entity.as_deref() else { continue };
            if action.preposition.is_some() {
                continue;
            }
            // "Messages are dropped after 30 days": time does that, and nobody who calls.
            if action.actor.is_empty() && kept.contains(action.statement.as_str()) {
                continue;
            }
            if let Some(letters) = letters(&action.verb) {
                wishes.add(entity, Wish::Create, "", action);
                for (asked, wish) in [
                    (letters.read, Wish::Read),
                    (letters.update, Wish::Update),
                    (letters.delete, Wish::Delete),
                ] {
                    if asked {
                        wishes.add(entity, wish, "", action);
                    }
                }
                continue;
            }
            if knowledge::interface("everything").contains(&action.verb.as_str()) {
                wishes.everything(entity, action);
                continue;
            }
            let Some((verb, class)) = known_verb(&action.verb) else { continue };
            if lives.begins(entity, verb) && !action.actor.is_empty() {
                wishes.add(entity, Wish::Create, "", action);
            } else if knowledge::interface("everything").contains(&verb) {
                wishes.everything(entity, action);
            } else if !action.actor.is_empty() && knowledge::interface("keeps").contains(&verb) {
                // "so that I can keep the list up to date": what there is already.
                if action.primary {
                    wishes.add(entity, Wish::Create, "", action);
                }
                wishes.add(entity, Wish::Update, "", action);
            } else if knowledge::interface("long").contains(&verb) {
                wishes.add(entity, Wish::Long, verb, action);
            } else if let Some(record) = left_behind(verb, entity, &by_head) {
                wishes.add(record, Wish::Create, "", action);
            } else if records_of("acts", verb).is_some()
                // "report a guest": nobody makes guests by that. To ask for a refund makes one, and to report a loss.
                || records_of("leaves", verb).is_some()
                    && verb != "request"
                    && (verb != "report" || made.contains(entity) || requirements::is_person(&entity.to_lowercase()))
            {
                wishes.add(entity, Wish::Step, verb, action);
            } else {
                match class {
                    VerbClass::Create if is_step(verb, entity, &made) || lives.goes_on(entity, verb) => {
                        wishes.add(entity, Wish::Step, verb, action);
                    }
                    // "A citizen asks for a copy of a deed": no deed is made by that.
                    VerbClass::Create if is_copy(&action.object) && !is_copy(entity) => {
                        wishes.add(entity, Wish::Step, "copy", action);
                    }
                    VerbClass::Create => wishes.add(entity, Wish::Create, "", action),
                    VerbClass::Read => wishes.add(entity, Wish::Read, "", action),
                    VerbClass::Update => wishes.add(entity, Wish::Update, "", action),
                    VerbClass::Delete => wishes.add(entity, Wish::Delete, "", action),
                    VerbClass::Transition => wishes.add(entity, Wish::Step, verb, action),
                    _ if verb == "report" => wishes.add(entity, Wish::Create, "", action),
                    _ => {}
                }
            }
        }
        wishes.of_attributes(analysis);
        wishes.of_recipients(analysis);
        wishes
    }

    /// "Members send messages to the harbour master": whoever is given a record reads it.
    fn of_recipients(&mut self, analysis: &'a Analysis) {
        let actions = &analysis.requirements.actions;
        let people: BTreeMap<String, &str> = analysis
            .requirements
            .actors
            .iter()
            .filter(|actor| actor.kind == ActorKind::Human)
            .flat_map(|actor| {
                let name = actor.name.to_lowercase();
                [(naming::plural(&name), actor.name.as_str()), (name, actor.name.as_str())]
            })
            .gather();
        let hands = knowledge::interface("hands");
        for (at, given) in actions.iter().enumerate() {
            let Some(entity) = given.entity.as_deref().filter(|_| given.preposition.is_none()) else {
                continue;
            };
            let gives = known_verb(&given.verb).is_some_and(|(verb, _)| hands.contains(&verb));
            if !gives || given.actor.is_empty() {
                continue;
            }
            // What belongs to one clause stands behind one another.
            let clause = actions[at + 1..].iter().take_while(|other| {
                other.statement == given.statement && other.verb == given.verb && other.actor == given.actor
            });
            for to in clause.filter(|other| other.preposition.as_deref() == Some("to")) {
                if let Some(actor) =
                    people.get(&to.object.to_lowercase()).filter(|actor| **actor != given.actor)
                {
                    let reader = Action { actor: (*actor).to_owned(), ..given.clone() };
                    self.add(entity, Wish::Read, "", &reader);
                }
            }
        }
    }

    /// "Nurses record the weight of a patient": who fills in what belongs to a record changes it, and makes it where nobody
    /// else does.
    fn of_attributes(&mut self, analysis: &'a Analysis) {
        let fills = |action: &&Action| {
            let known = known_verb(&action.verb);
            action.entity.is_none()
                && action.preposition.is_none()
                && !action.actor.is_empty()
                && !action.object.is_empty()
                && known.is_some_and(|(_, class)| matches!(class, VerbClass::Create | VerbClass::Update))
        };
        // The attributes that each statement tells, with whose they are.
        let mut told: BTreeMap<&Reason, Vec<(&'a str, &'a str)>> = BTreeMap::new();
        for entity in &analysis.model.entities {
            for attribute in &entity.attributes {
                for reason in &attribute.evidence {
                    told.entry(reason).or_default().push((&entity.name, &attribute.name));
                }
            }
        }
        let mut filled: Vec<(&str, &Action)> = Vec::new();
        for action in analysis.requirements.actions.iter().filter(fills) {
            let Ok(reason) = Reason::try_from(action.statement.clone()) else { continue };
            let object = action.object.to_lowercase();
            let named = |(_, name): &&(&str, &str)| *name == object || naming::plural(name) == object;
            if let Some((entity, _)) = told.get(&reason).into_iter().flatten().find(named) {
                filled.push((*entity, action));
            } else if let Some(entity) = requirements::sets(action, &analysis.model.entities) {
                self.add(&entity.name, Wish::Update, "", action);
            }
        }
        let unmade =
            |entity: &str| [Wish::Create, Wish::Enter].iter().all(|wish| self.get(entity, *wish).is_none());
        let unmade: BTreeSet<&str> =
            filled.iter().map(|(entity, _)| *entity).filter(|entity| unmade(entity)).gather();
        for (entity, action) in filled {
            self.add(entity, Wish::Update, "", action);
            // Whoever fills in something of himself is there already.
            if unmade.contains(entity) && !entity.eq_ignore_ascii_case(&action.actor) {
                self.add(entity, Wish::Create, "", action);
            }
        }
    }

    fn everything(&mut self, entity: &'a str, action: &Action) {
        for wish in [Wish::Create, Wish::Read, Wish::Update, Wish::Delete] {
            self.add(entity, wish, "", action);
        }
    }

    fn add(&mut self, entity: &'a str, wish: Wish, verb: &'a str, action: &Action) {
        self.found.entry((entity, wish, verb)).or_default().add(action);
    }

    /// Who asks for this, where anybody does.
    pub(super) fn get<'s>(&'s self, entity: &'s str, wish: Wish) -> Option<&'s Asked> {
        self.found.get(&(entity, wish, ""))
    }

    /// Who asks for a step, by its verb.
    pub(super) fn step<'s>(&'s self, entity: &'s str, verb: &'s str) -> Option<&'s Asked> {
        self.found.get(&(entity, Wish::Step, verb))
    }

    /// The steps or the long work asked for, by verb.
    pub(super) fn verbs<'s>(
        &'s self,
        entity: &'s str,
        wish: Wish,
    ) -> impl Iterator<Item = (&'s str, &'s Asked)> {
        self.found
            .range((entity, wish, "")..)
            .take_while(move |((known, its, _), _)| *known == entity && *its == wish)
            .map(|((_, _, verb), asked)| (*verb, asked))
    }

    /// Whether a step is taken with a reason: the statement that asks for it, or the next one, says so.
    pub(super) fn with_grounds(&self, verb: &str, asked: &Asked) -> Option<Reason> {
        let mut statements = asked.evidence.iter().filter_map(|reason| match reason {
            Reason::Statement(at) => Some(*at),
            _ => None,
        });
        let said = |at: &u32| {
            let only = self.grounds.get(at)?;
            only.is_none_or(|only| only == verb).then_some(Reason::Statement(*at))
        };
        statements.find_map(|at| said(&at))
    }

    /// Whether the text says of anybody that he writes records of this entity.
    pub(super) fn writes(&self, entity: &str) -> bool {
        [Wish::Create, Wish::Update, Wish::Delete, Wish::Step]
            .into_iter()
            .any(|wish| self.verbs(entity, wish).next().is_some())
    }
}

/// The record by which somebody asks for what is none: "customers pay by card", "researchers request seeds".
fn asked_by(action: &Action) -> Option<&'static str> {
    if action.entity.is_some() || action.preposition.is_some() || action.actor.is_empty() {
        return None;
    }
    let (verb, _) = known_verb(&action.verb)?;
    (verb == "pay" || !action.object.is_empty()).then(|| records_of("leaves", verb)).flatten()
}

/// The verbs with which records begin and go on: a passage that is announced, then scheduled, is made by who announces it.
struct Lives<'a> {
    first: BTreeMap<&'a str, &'a str>,
    /// The entities that somebody is said to make by the verb of their first state.
    begun: BTreeSet<&'a str>,
    steps: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Lives<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let cycles = || analysis.model.lifecycles.iter().filter(|cycle| !cycle.transitions.is_empty());
        let first =
            cycles().filter_map(|cycle| Some((cycle.entity.as_str(), cycle.states.first()?.as_str())));
        let steps = cycles().flat_map(|cycle| {
            cycle.transitions.iter().map(|step| (cycle.entity.as_str(), step.action.as_str()))
        });
        let mut lives = Self { first: first.gather(), begun: BTreeSet::new(), steps: steps.gather() };
        let begins = |action: &&Action| {
            !action.actor.is_empty()
                && action.entity.as_deref().is_some_and(|entity| {
                    known_verb(&action.verb).is_some_and(|(verb, _)| lives.begins(entity, verb))
                })
        };
        let begun: BTreeSet<&str> = analysis
            .requirements
            .actions
            .iter()
            .filter(begins)
            .filter_map(|action| action.entity.as_deref())
            .gather();
        lives.begun = begun;
        lives
    }

    /// Whether a verb names the first state of a record: announce, announced.
    fn begins(&self, entity: &str, verb: &str) -> bool {
        self.first.get(entity).is_some_and(|first| *first == requirements::participle(verb))
    }

    /// Whether a verb moves on what another one began.
    fn goes_on(&self, entity: &str, verb: &str) -> bool {
        self.begun.contains(entity) && self.steps.contains(&(entity, verb))
    }
}

/// Whether somebody comes into the system by an action, and says with what: who signs up for a course does not.
fn enters(action: &Action) -> bool {
    let with = |preposition: &str| knowledge::interface("enters-with").contains(&preposition);
    let (first, rest) = action.verb.split_once(' ').unwrap_or((&action.verb, ""));
    let Some((base, _)) = known_verb(first) else { return false };
    let verb = if rest.is_empty() { base.to_owned() } else { format!("{base} {rest}") };
    action.preposition.as_deref().is_some_and(with) && knowledge::interface("enters").contains(&verb.as_str())
}

/// The entity whose records a verb leaves behind: booking a room makes a booking, booking an appointment makes that.
fn left_behind<'a>(verb: &str, entity: &'a str, by_head: &BTreeMap<String, &'a str>) -> Option<&'a str> {
    let records = records_of("acts", verb).or_else(|| records_of("leaves", verb))?;
    let head = naming::ascii_words(entity).pop()?;
    if records.split(' ').any(|record| record == head) {
        return Some(entity);
    }
    records.split(' ').find_map(|record| by_head.get(record).copied())
}

/// The records that a verb of a row of the interface table leaves behind.
fn records_of(row: &str, verb: &str) -> Option<&'static str> {
    knowledge::interface(row).iter().find_map(|line| {
        let (known, records) = line.split_once(' ')?;
        (known == verb).then_some(records)
    })
}

/// The entities that somebody is said to make by a verb that is done to nothing that is there.
fn made(analysis: &Analysis) -> BTreeSet<&str> {
    let plain = |action: &&Action| {
        action.preposition.is_none()
            && known_verb(&action.verb).is_some_and(|(verb, class)| {
                let kept = knowledge::interface("everything").contains(&verb);
                (kept || class == VerbClass::Create)
                    && !knowledge::interface("afterwards").contains(&verb)
                    && records_of("acts", verb).is_none()
                    && records_of("leaves", verb).is_none()
            })
    };
    analysis.requirements.actions.iter().filter(plain).filter_map(|action| action.entity.as_deref()).gather()
}

/// Whether a verb that can make records is done to what is there: to a thing of which nobody makes one by it, or to
/// records that are made by another verb.
fn is_step(verb: &str, entity: &str, made: &BTreeSet<&str>) -> bool {
    requirements::handles(verb, entity)
        || made.contains(entity) && knowledge::interface("afterwards").contains(&verb)
}

/// Where the text has somebody say why he takes a step: the statement, and the verb where the reason is that of one alone.
/// "They must give a reason" says it of the statement before, where it stands for itself.
fn grounds(analysis: &Analysis) -> BTreeMap<u32, Option<&str>> {
    let actions = &analysis.requirements.actions;
    let place = |action: &Action| match Reason::try_from(action.statement.clone()) {
        Ok(Reason::Statement(at)) => Some(at),
        _ => None,
    };
    let mut found = BTreeMap::new();
    for action in actions {
        let object = action.object.to_lowercase();
        let Some((verb, _)) = known_verb(&action.verb) else { continue };
        let Some(at) = place(action) else { continue };
        if !knowledge::interface("grounds").contains(&requirements::head(&object)) {
            continue;
        }
        if action.preposition.as_deref() == Some("with") {
            found.insert(at, Some(verb));
        } else if action.preposition.is_none() && knowledge::interface("gives-grounds").contains(&verb) {
            let alone =
                !actions.iter().any(|other| other.statement == action.statement && other.entity.is_some());
            found.insert(if alone { at.saturating_sub(1) } else { at }, None);
        }
    }
    found
}

/// Whether something is named as a copy of something else.
fn is_copy(name: &str) -> bool {
    knowledge::interface("copies").contains(&requirements::head(&name.to_lowercase()))
}
