//! Who reads records in some states only: "only published articles are visible to readers", "guests see published events",
//! "drafts are visible only to their authors".

use super::{ANYONE, Matrix, SIGNED_IN, by_people, is_default, is_visitor, people};
use crate::model::Grant;
use crate::naming;
use crate::security::said::{says, spaced};
use knowledge::Gather as _;
use knowledge::VerbClass;
use requirements::{Lifecycle, Reason, add_reason};
use std::collections::BTreeSet;

/// What a statement says of the states in which records are shown.
struct Shown {
    states: Vec<String>,
    /// Those to whom it is said; empty where everybody who only reads is meant.
    to: Vec<String>,
    number: u32,
}

impl Matrix<'_> {
    /// Limits the reading of those who do nothing else with records to the states that the text shows them.
    pub(super) fn by_state(&mut self) {
        let settled = self.settled;
        for lifecycle in &settled.analysis.model.lifecycles {
            let shown: Vec<Shown> = (1_u32..)
                .zip(&self.said)
                .filter_map(|(number, said)| self.shown(lifecycle, &said.text, number))
                .collect();
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

    /// "Privileged files are seen only by lawyers": a mark that no attribute carries limits nobody, which must be said.
    pub(super) fn by_mark(&mut self) {
        let settled = self.settled;
        for entity in &settled.analysis.model.entities {
            let plural = naming::plural(requirements::head(&entity.name.to_lowercase()));
            let lives = settled.analysis.model.lifecycles.iter().filter(|cycle| cycle.entity == entity.name);
            let states: BTreeSet<&str> =
                lives.flat_map(|cycle| cycle.states.iter().map(String::as_str)).gather();
            for number in 0..self.said.len() {
                let words: Vec<&str> = naming::words(&self.said[number].text).collect();
                let Some(at) = words.iter().position(|word| *word == plural).filter(|at| *at > 0) else {
                    continue;
                };
                let (mark, behind) = (words[at - 1], spaced(&words[at + 1..].join(" ")));
                let told = mark.ends_with("ed") || knowledge::access("marks").contains(&mark);
                let limited = behind.contains(" only by ") || behind.contains(" only to ");
                if !told || states.contains(mark) || !limited || !says("shown", &behind) {
                    continue;
                }
                let reason = u32::try_from(number + 1).map(Reason::Statement);
                let missing = format!(
                    "The text limits who sees {mark} {plural}, and the matrix knows of no attribute that says which are."
                );
                let until = format!(
                    "Whoever reads {plural} reads the {mark} ones as well: add the attribute and a policy on it before any of them is entered."
                );
                self.gap(&entity.name, &missing, &until, &reason.into_iter().collect());
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
        let reader = |action: &&requirements::Action| {
            action.statement == format!("s{number}")
                && by_people(self.settled, action)
                && requirements::known_verb(action.verb.split(' ').next().unwrap_or_default())
                    .is_some_and(|(_, class)| class == VerbClass::Read)
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
