//! Who reads records in some states only: "only published articles are visible to readers", "guests see published events",
//! "drafts are visible only to their authors".

use super::{ANYONE, Matrix, SIGNED_IN, by_people, is_default, is_visitor, people};
use crate::model::Grant;
use crate::naming;
use crate::security::said::{says, spaced};
use crate::spoken::Spoken;
use knowledge::Gather as _;
use knowledge::VerbClass;
use requirements::{Action, Lifecycle, Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// What a statement says of the states in which records are shown.
struct Shown {
    states: Vec<String>,
    /// Those to whom it is said; empty where everybody who only reads is meant.
    to: Vec<String>,
    number: u32,
}

impl<'a> Matrix<'a> {
    /// Limits the reading of those who do nothing else with records to the states that the text shows them.
    pub(super) fn by_state(&mut self) {
        let settled = self.settled;
        let mut candidates = self.showing();
        for lifecycle in &settled.analysis.model.lifecycles {
            let of_drafts = lifecycle.states.iter().any(|state| state == DRAFT);
            let mut places = candidates.remove(lifecycle.entity.as_str()).unwrap_or_default();
            places.extend(candidates.get(DRAFT).into_iter().flatten().filter(|_| of_drafts));
            let shown = places
                .into_iter()
                .filter_map(|at| self.shown(lifecycle, &self.said[at].text, u32::try_from(at + 1).ok()?));
            let shown: Vec<Shown> = shown.collect();
            if shown.is_empty() {
                continue;
            }
            // Who only says something of records, as by rating them, is a reader.
            let changes = |operation: &str| {
                settled.api.operations.iter().any(|one| {
                    let writes = matches!(one.action.as_str(), "create" | "update" | "delete");
                    one.id == operation && (writes || !one.leads_to.is_empty())
                })
            };
            let works = |grant: &&Grant| {
                grant.resource == lifecycle.entity
                    && !matches!(grant.action.as_str(), "link" | "unlink")
                    && changes(&grant.operation)
            };
            let workers: BTreeSet<String> =
                self.grants.iter().filter(works).map(|grant| grant.role.clone()).gather();
            for grant in &mut self.grants {
                let reading = matches!(grant.action.as_str(), "list" | "get")
                    && matches!(grant.scope.as_str(), "all" | "public");
                if grant.resource != lifecycle.entity || !reading || workers.contains(&grant.role) {
                    continue;
                }
                let everybody = [SIGNED_IN, ANYONE].contains(&grant.role.as_str()) || is_visitor(&grant.role);
                let said = shown.iter().find(|shown| {
                    shown.to.contains(&grant.role)
                        || everybody
                        || shown.to.is_empty() && (is_default(grant) || grant.needed.is_empty())
                });
                if let Some(said) = said {
                    grant.states.clone_from(&said.states);
                    add_reason(&mut grant.evidence, Reason::Statement(said.number));
                }
            }
        }
    }

    /// The places of the statements that say what is shown or seen, by the entities that they name; those that name drafts
    /// alone stand under these.
    fn showing(&self) -> BTreeMap<&'a str, BTreeSet<usize>> {
        let analysis = self.settled.analysis;
        let actions = analysis.requirements.actions.iter().filter(|action| reads(action));
        let seen: BTreeSet<&str> = actions.map(|action| action.statement.as_str()).gather();
        let spoken = Spoken::new(analysis);
        let mut found: BTreeMap<&'a str, BTreeSet<usize>> = BTreeMap::new();
        for (at, said) in self.said.iter().enumerate() {
            if !seen.contains(format!("s{}", at + 1).as_str()) && !says("shown", &spaced(&said.text)) {
                continue;
            }
            for name in spoken.near(&said.text) {
                found.entry(name).or_default().insert(at);
            }
            if naming::names(&said.text, DRAFT) {
                found.entry(DRAFT).or_default().insert(at);
            }
        }
        found
    }

    /// "Privileged files are seen only by lawyers": a mark that no attribute carries limits nobody, which must be said.
    pub(super) fn by_mark(&mut self) {
        let settled = self.settled;
        let spoken = Spoken::new(settled.analysis);
        for number in 0..self.said.len() {
            if !self.said[number].text.contains(" only ") {
                continue;
            }
            let text = self.said[number].text.clone();
            let words: Vec<&str> = naming::words(&text).collect();
            for entity in spoken.near(&text) {
                let plural = naming::plural(requirements::head(&entity.to_lowercase()));
                let Some(at) = words.iter().position(|word| *word == plural).filter(|at| *at > 0) else {
                    continue;
                };
                let (mark, behind) = (words[at - 1], spaced(&words[at + 1..].join(" ")));
                let told = mark.ends_with("ed") || knowledge::access("marks").contains(&mark);
                let limited = behind.contains(" only by ") || behind.contains(" only to ");
                if !told || !limited || !says("shown", &behind) {
                    continue;
                }
                let mut lives =
                    settled.analysis.model.lifecycles.iter().filter(|cycle| cycle.entity == entity);
                if lives.any(|cycle| cycle.states.iter().any(|state| state == mark)) {
                    continue;
                }
                let reason = u32::try_from(number + 1).map(Reason::Statement);
                let missing = format!(
                    "The text limits who sees {mark} {plural}, and the matrix knows of no attribute that says which are."
                );
                let until = format!(
                    "Whoever reads {plural} reads the {mark} ones as well: add the attribute and a policy on it before any of them is entered."
                );
                self.gap(entity, &missing, &until, &reason.into_iter().collect());
            }
        }
    }

    /// What a statement says of the states in which the records of a lifecycle are shown.
    fn shown(&self, lifecycle: &Lifecycle, text: &str, number: u32) -> Option<Shown> {
        let words: Vec<&str> = naming::words(text).collect();
        let name = lifecycle.entity.to_lowercase();
        let head = requirements::head(&name);
        let things = [naming::plural(head), head.to_owned()];
        let state = |word: &str| {
            lifecycle.states.iter().find(|state| {
                state.as_str() == word || naming::plural(state) == word && state.as_str() == DRAFT
            })
        };
        // "Published articles", "published or archived articles", "drafts".
        let (start, end) = (0..words.len()).find_map(|at| {
            let thing = things.iter().any(|thing| thing == words[at]);
            let joined = |word: &&&str| state(word).is_some() || matches!(**word, "and" | "or");
            let before = words[..at].iter().rev().take_while(joined).count();
            let states = words[at - before..at].iter().any(|word| state(word).is_some());
            if thing && states {
                return Some((at - before, at));
            }
            (state(words[at]).is_some_and(|state| state == DRAFT && words[at] != DRAFT))
                .then_some((at, at + 1))
        })?;
        let named: Vec<String> = words[start..end].iter().filter_map(|word| state(word)).cloned().collect();
        let others = || {
            let all = lifecycle.states.iter();
            all.filter(|state| !named.contains(state)).cloned().collect::<Vec<_>>()
        };
        let only = |at: usize| words[..at].last() == Some(&"only");
        let behind = spaced(&words[end..].join(" "));
        let roles = |part: &str| -> Vec<String> {
            let actors = people(self.settled).map(|actor| actor.name.clone());
            actors
                .filter(|name| {
                    let name = name.to_lowercase();
                    part.contains(&format!(" {name} "))
                        || part.contains(&format!(" {} ", naming::plural(&name)))
                })
                .collect()
        };
        let is_shown = says("shown", &behind);
        let denied = words.iter().any(|word| matches!(*word, "not" | "never" | "no"));
        // "Drafts are visible only to authors", "drafts are not visible to readers".
        if is_shown && behind.contains(" only ") {
            let to = roles(&behind);
            let rest = people(self.settled).map(|actor| actor.name.clone()).filter(|name| !to.contains(name));
            return Some(Shown { states: others(), to: rest.collect(), number });
        }
        if is_shown && denied {
            return Some(Shown { states: others(), to: roles(&behind), number });
        }
        if is_shown && only(start) {
            return Some(Shown { states: named, to: roles(&behind), number });
        }
        // "Guests see only published events", "visitors browse published events".
        let reader = |action: &&Action| {
            action.statement == format!("s{number}") && by_people(self.settled, action) && reads(action)
        };
        let actions = &self.settled.analysis.requirements.actions;
        let to: BTreeSet<String> = actions.iter().filter(reader).map(|action| action.actor.clone()).gather();
        let limits = words[..start].contains(&"only") || to.iter().all(|role| is_visitor(role));
        (!to.is_empty() && limits).then(|| Shown {
            states: if denied { others() } else { named.clone() },
            to: to.into_iter().collect(),
            number,
        })
    }
}

/// The one state that is spoken of as a thing: "drafts".
const DRAFT: &str = "draft";

/// Whether somebody sees something by an action.
fn reads(action: &Action) -> bool {
    let verb = action.verb.split(' ').next().unwrap_or_default();
    requirements::known_verb(verb).is_some_and(|(_, class)| class == VerbClass::Read)
}
