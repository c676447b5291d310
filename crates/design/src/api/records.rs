//! The operations on the records of one entity: what the text asks for, then what records need to be of use.

use super::Builder;
use super::asked::{Asked, Wish};
use super::paths::Place;
use crate::clock::Timed;
use crate::figures::duration;
use crate::model::{LeftOut, Need, Operation};
use crate::naming::{self, Scope};
use crate::payments;
use requirements::{
    Attribute, Entity, Evidence, Invariant, Lifecycle, Many, Reason, Relation, add_reason, capitalised,
};
use std::collections::BTreeMap;

/// The operations of one entity.
pub(super) struct Records<'b, 'a> {
    pub(super) builder: &'b mut Builder<'a>,
    pub(super) entity: &'a Entity,
    pub(super) place: Place,
    pub(super) lifecycle: Option<&'a Lifecycle>,
    /// Names of what stands behind the path of a record, so that no two steps share one.
    pub(super) below: Scope,
    /// Whether the records are read only with the list of the record that they stand below.
    pub(super) listed_only: bool,
}

impl<'a> Records<'_, 'a> {
    pub(super) fn operations(&mut self) {
        let one = with_article(&self.entity.name.to_lowercase());
        let many = naming::plural(&self.entity.name.to_lowercase());
        let asked = |wish| self.builder.wishes.get(&self.entity.name, wish).cloned();
        let (create, read, update, delete) =
            (asked(Wish::Create), asked(Wish::Read), asked(Wish::Update), asked(Wish::Delete));
        let create = create.or_else(|| asked(Wish::Enter));
        let update = update.or_else(|| self.own_record(create.as_ref()));
        // Where nobody is said to write them, somebody must still enter and correct them.
        let by_system = create.is_none() && self.is_written_by_system();
        let plain = !by_system && !self.builder.wishes.writes(&self.entity.name);
        let letters = self.builder.letters_of(self.entity);
        let account = self.builder.account(self.entity);
        let collection = self.place.collection.trim_start_matches('/').to_owned();
        if let Some(evidence) = &account {
            self.builder.own_account(self.entity, &collection, evidence);
        }
        let readable = account.is_none() && letters.is_none_or(|letters| letters.read);
        if readable {
            self.add("GET", "list", &format!("List {many}"), read.clone(), "api-read");
        }
        if by_system {
            self.leave_out(
                "create",
                "the system writes these records by itself",
                true,
                &self.entity.evidence,
            );
        } else {
            self.create(&one, create);
        }
        if readable && !self.listed_only {
            self.add("GET", "get", &format!("Get {one}"), read, "api-read");
        }
        let fixed = self.fixed(&[]);
        for (action, summary, asked, derived) in [
            // A state that no step leads to is set by hand.
            ("update", format!("Change {one}"), update, plain && self.changeable() || self.is_set_by_hand()),
            // Deleting is offered only where the text asks for it: most records are closed or archived instead.
            ("delete", format!("Delete {one}"), delete, false),
        ] {
            if let Some(invariant) = fixed {
                self.leave_out(
                    action,
                    "the text says that these records stay as they are",
                    true,
                    &invariant.evidence,
                );
            } else if action == "update" && asked.is_some() && letters.is_none() && !self.changeable() {
                let evidence = asked.map(|asked| asked.evidence).unwrap_or_default();
                self.leave_out(action, "nothing is recorded of it that could be changed", true, &evidence);
            } else if asked.is_some() || derived {
                if account.is_some() && action == "update" {
                    continue;
                }
                let method =
                    if action == "update" { self.builder.update_method(self.entity) } else { "DELETE" };
                self.add(method, action, &summary, asked, "api-write");
            } else {
                self.leave_out(action, "nothing in the text asks for it", false, &self.entity.evidence);
            }
        }
        let item = self.place.item.clone();
        self.builder.toggles(self.entity, &item);
        self.builder.feed(self.entity, &collection);
        self.builder.reports(self.entity, &collection);
        self.transitions(&one);
        self.steps(&one);
        self.long_work(&many);
    }

    /// Whoever signs up keeps what is recorded of him up to date, unless the text says who does.
    fn own_record(&self, create: Option<&Asked>) -> Option<Asked> {
        let create = create?;
        let own = |actor: &String| actor.eq_ignore_ascii_case(&self.entity.name);
        if !create.actors.iter().any(own) || !self.changeable() {
            return None;
        }
        let mut evidence = vec![Reason::rule(OWN_ACCOUNT)];
        evidence.extend(create.evidence.iter().cloned());
        Some(Asked { actors: create.actors.iter().filter(|actor| own(actor)).cloned().collect(), evidence })
    }

    /// Whether records tell somebody of something: nobody calls to make a reminder.
    fn is_written_by_system(&self) -> bool {
        let name = self.entity.name.to_lowercase();
        let words = knowledge::interface("written-by-system");
        payments::is_added(self.entity)
            || words.contains(&name.as_str())
            || words.contains(&requirements::head(&name))
    }

    fn create(&mut self, one: &str, asked: Option<Asked>) {
        let because = self.repeated_creation(asked.as_ref());
        let mut operation = self.operation("POST", "create", &format!("Create {one}"), asked, "api-write");
        operation.needs.extend(because.map(|because| need("idempotency-key", because)));
        self.builder.push(operation);
    }

    /// Why a creation that arrives twice would do harm, where it would.
    fn repeated_creation(&self, asked: Option<&Asked>) -> Option<&'static str> {
        // A unique attribute refuses the second one.
        if self.entity.attributes.iter().any(|attribute| attribute.unique) {
            return None;
        }
        // Where nothing sends a command again by itself, a key would be work for nothing.
        let repeats = self.builder.repeats;
        if repeats && self.entity.attributes.iter().any(|attribute| attribute.kind == "money") {
            return Some("it carries an amount of money, and a retry must not count it twice");
        }
        if repeats && self.lifecycle.is_some_and(|lifecycle| !lifecycle.transitions.is_empty()) {
            return Some("it starts a process, and a retry must not start it twice");
        }
        let machine = asked?.actors.iter().any(|actor| self.builder.machines.contains(actor.as_str()));
        machine.then_some("a machine calls it, and machines repeat what was not answered in time")
    }

    /// The invariant that keeps the records as they are, in all states or in those given.
    fn fixed(&self, states: &[String]) -> Option<&'a Invariant> {
        self.entity.invariants.iter().find(|invariant| {
            matches!(invariant.kind.as_str(), "immutable" | "append-only")
                && invariant.on.is_empty()
                && invariant.states == states
        })
    }

    /// Whether a record has anything that could be changed by hand.
    fn changeable(&self) -> bool {
        let name = naming::snake(&self.entity.name);
        let recorded = |attribute: &Attribute| {
            let attribute = naming::snake(&attribute.name);
            attribute != "id" && attribute.strip_suffix("_id") != Some(&name)
        };
        // The column of a reference is in the table whose records have one of the others.
        let refers = |relation: &Relation| {
            let one = match (relation.from_max, relation.to_max) {
                (Many::Any, Many::Any) => return false,
                (Many::Any, Many::One) => &relation.from,
                _ => &relation.to,
            };
            *one == self.entity.name && requirements::keeps(&relation.label)
        };
        let overlaps = |invariant: &Invariant| invariant.kind == "no-overlap";
        self.entity.attributes.iter().any(recorded)
            || self.entity.invariants.iter().any(overlaps)
            || self.builder.analysis.model.relations.iter().take(MOST_RELATIONS).any(refers)
    }

    /// Whether the text gives a record states and says of no step that leads from one to another.
    fn is_set_by_hand(&self) -> bool {
        self.lifecycle.is_some_and(|cycle| cycle.states.len() > 1 && cycle.transitions.is_empty())
    }

    /// The states in which a record may be changed or deleted, and why, where the text locks it in some.
    fn unlocked(&self) -> Option<(Vec<String>, Evidence)> {
        let lock = self.entity.invariants.iter().find(|invariant| {
            matches!(invariant.kind.as_str(), "immutable" | "append-only") && !invariant.states.is_empty()
        })?;
        let all = self.lifecycle.map(|lifecycle| lifecycle.states.as_slice()).unwrap_or_default();
        let open = all.iter().filter(|state| !lock.states.contains(*state)).cloned().collect::<Vec<_>>();
        let open = if open.is_empty() || open.len() == all.len() {
            lock.states.iter().map(|state| format!("not {state}")).collect()
        } else {
            open
        };
        Some((open, lock.evidence.clone()))
    }

    /// One operation for each verb that moves a record, from whichever states it does.
    fn transitions(&mut self, one: &str) {
        let Some(lifecycle) = self.lifecycle else { return };
        let mut order: Vec<&str> = Vec::new();
        let mut by_verb: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, transition) in lifecycle.transitions.iter().enumerate() {
            let moves = by_verb.entry(&transition.action).or_default();
            if moves.is_empty() {
                order.push(&transition.action);
            }
            moves.push(at);
        }
        for verb in order {
            let moves =
                by_verb.get(verb).into_iter().flatten().filter_map(|at| lifecycle.transitions.get(*at));
            let mut states: Vec<String> = Vec::new();
            let mut asked = self.builder.wishes.step(&self.entity.name, verb).cloned().unwrap_or_default();
            let mut leads_to = String::new();
            for transition in moves {
                if !states.contains(&transition.from) {
                    states.push(transition.from.clone());
                }
                if !transition.actor.is_empty() && !asked.actors.contains(&transition.actor) {
                    asked.actors.push(transition.actor.clone());
                }
                leads_to.clone_from(&transition.to);
            }
            for reason in &lifecycle.evidence {
                add_reason(&mut asked.evidence, reason.clone());
            }
            let by_clock = |timed: &&Timed| timed.entity == self.entity.name && timed.action == verb;
            if let Some(timed) = self.builder.timed.iter().find(by_clock).filter(|timed| timed.alone) {
                let because = format!("time does it, {} after", duration(timed.seconds));
                self.leave_out(verb, &because, true, &asked.evidence);
                continue;
            }
            if payments::is_added(self.entity) && asked.actors.is_empty() {
                self.leave_out(verb, "the provider's message does it", true, &asked.evidence);
                continue;
            }
            let summary = format!("{}: {} to {leads_to}", done(verb, one), states.join(" or "));
            let mut operation = self.step(verb, &summary, asked, &format!("move-to-{leads_to}"));
            operation.states = states;
            operation.leads_to = leads_to;
            self.builder.push(operation);
        }
    }

    /// Verbs of the text that are neither changes of fields nor transitions.
    fn steps(&mut self, one: &str) {
        let found: Vec<(String, Asked)> = self
            .builder
            .wishes
            .verbs(&self.entity.name, Wish::Step)
            .filter(|(_, asked)| !asked.actors.is_empty())
            .map(|(verb, asked)| (verb.to_owned(), asked.clone()))
            .collect();
        for (verb, asked) in found {
            let moves = self
                .lifecycle
                .is_some_and(|lifecycle| lifecycle.transitions.iter().any(|known| known.action == verb));
            if moves || knowledge::holds(knowledge::TOGGLES, &verb) {
                continue;
            }
            let operation = self.step(&verb, &done(&verb, one), asked, "step");
            self.builder.push(operation);
        }
    }

    /// Imports and exports, where there is something to run them after the request.
    fn long_work(&mut self, many: &str) {
        let found: Vec<(String, Asked)> = self
            .builder
            .wishes
            .verbs(&self.entity.name, Wish::Long)
            .map(|(verb, asked)| (verb.to_owned(), asked.clone()))
            .collect();
        for (verb, asked) in found {
            let place = format!("{}/{verb}", self.place.collection);
            let mut operation =
                self.operation("POST", &verb, &format!("{} {many}", spoken(&verb)), Some(asked), "api-read");
            operation.path = place;
            operation.id = format!("{verb}{}", naming::pascal(&naming::plural(&self.entity.name)));
            if self.builder.jobs {
                operation.needs.push(need("status-resource", "it takes longer than a request may"));
                self.builder.long = true;
            }
            self.builder.push(operation);
        }
    }

    /// An operation on one record by a verb.
    fn step(&mut self, verb: &str, summary: &str, asked: Asked, fallback: &str) -> Operation {
        let slug = naming::snake(verb).replace('_', "-");
        let fallback = naming::snake(fallback).replace('_', "-");
        let slug = self.below.take(&slug, if fallback.is_empty() { "step" } else { &fallback });
        let grounds = self.builder.wishes.with_grounds(verb, &asked);
        let mut operation = self.operation("POST", verb, summary, Some(asked), "api-write");
        operation.path = format!("{}/{slug}", self.place.item);
        operation.id = format!("{}{}", naming::camel(&slug), naming::pascal(&self.entity.name));
        if let Some(said) = grounds {
            operation.needs.push(need("reason", "the text has whoever takes the step say why"));
            add_reason(&mut operation.evidence, said);
        }
        operation
    }

    fn add(&mut self, method: &str, action: &str, summary: &str, asked: Option<Asked>, rule: &'static str) {
        let mut operation = self.operation(method, action, summary, asked, rule);
        if matches!(action, "update" | "delete")
            && let Some((states, evidence)) = self.unlocked()
        {
            operation.states = states;
            for reason in evidence {
                add_reason(&mut operation.evidence, reason);
            }
        }
        self.builder.push(operation);
    }

    /// An operation with the reasons of those who ask for it, or with the rule that records need it.
    fn operation(
        &self,
        method: &str,
        action: &str,
        summary: &str,
        asked: Option<Asked>,
        rule: &'static str,
    ) -> Operation {
        let mut asked = asked.unwrap_or_default();
        if asked.evidence.is_empty() {
            asked.evidence.push(Reason::rule(rule));
            asked.evidence.extend(self.entity.evidence.iter().take(1).cloned());
        }
        let (path, noun) = match action {
            "list" => (&self.place.collection, naming::plural(&self.entity.name.to_lowercase())),
            "create" => (&self.place.collection, self.entity.name.clone()),
            _ => (&self.place.item, self.entity.name.clone()),
        };
        Operation {
            id: format!("{action}{}", naming::pascal(&noun)),
            method: method.to_owned(),
            path: path.clone(),
            entity: self.entity.name.clone(),
            parent: self.place.parent.clone(),
            action: action.to_owned(),
            summary: summary.to_owned(),
            actors: asked.actors,
            evidence: asked.evidence,
            ..Operation::default()
        }
    }

    fn leave_out(&mut self, action: &str, because: &str, spoken_of: bool, evidence: &Evidence) {
        self.builder.left_out.push(LeftOut {
            entity: self.entity.name.clone(),
            action: action.to_owned(),
            because: because.to_owned(),
            spoken_of,
            evidence: evidence.clone(),
        });
    }
}

/// The rule by which whoever signs up changes what is recorded of him.
pub(crate) const OWN_ACCOUNT: &str = "access-own-account";

/// How many relations are looked through for one of an entity without attributes.
const MOST_RELATIONS: usize = 200;

pub(super) fn need(kind: &str, because: &str) -> Need {
    Need { kind: kind.to_owned(), because: because.to_owned() }
}

/// A step in words: "Cancel a booking", "Mark a tenancy as under notice".
fn done(verb: &str, one: &str) -> String {
    match verb.strip_prefix("mark-") {
        Some(state) => format!("Mark {one} as {}", state.replace(['-', '_'], " ")),
        None => format!("{} {one}", spoken(verb)),
    }
}

/// A verb at the beginning of a sentence.
fn spoken(verb: &str) -> String {
    capitalised(&verb.replace(['-', '_'], " "))
}

/// "an order", "a booking".
pub(crate) fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o'])
        || noun.starts_with('u') && !noun.starts_with("us") && !noun.starts_with("uni");
    format!("{} {noun}", if vowel { "an" } else { "a" })
}
