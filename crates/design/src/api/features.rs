//! Operations that features imply beyond the records themselves: signing in and one's own account, verbs with an
//! opposite ("follow" and "unfollow"), and the feed of those whom one follows.

use super::Builder;
use crate::model::Operation;
use crate::naming;
use knowledge::{TOGGLES, VERBS, VerbClass, holds, look_up};
use requirements::{Action, Analysis, Entity, Evidence, Reason, add_reason};

/// The record operations that a text asks for by letters: CRUD, CRU, CR-D.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) read: bool,
    pub(super) update: bool,
    pub(super) delete: bool,
}

/// The letters of a verb such as "crud".
pub(super) fn letters(verb: &str) -> Option<Letters> {
    let has = |letter| verb.contains(letter);
    matches!(verb, "crud" | "cru" | "cr-d" | "c-ud").then(|| Letters {
        read: has('r'),
        update: has('u'),
        delete: has('d'),
    })
}

/// Whether an operation sets a mark between its caller and a record or takes it back, and leaves the record as it is.
pub(crate) fn is_toggle(operation: &Operation) -> bool {
    let verb = operation.action.trim_start_matches("un");
    operation.path.rsplit('/').next() == Some(verb)
        && (holds(TOGGLES, verb) || knowledge::interface("between-equals").contains(&verb))
}

/// Where the text says that people are followed.
pub(super) fn follows(analysis: &Analysis) -> Vec<&Action> {
    let actions = analysis.requirements.actions.iter().filter(|action| action.verb == "follow");
    actions.filter(|action| action.entity.as_deref().is_some_and(requirements::is_person)).collect()
}

impl Builder<'_> {
    /// The letters by which the text asks for an entity's operations.
    pub(super) fn letters_of(&self, entity: &Entity) -> Option<Letters> {
        self.of(entity).find_map(|action| letters(&action.verb))
    }

    /// What is done to an entity.
    pub(super) fn of<'a>(&'a self, entity: &'a Entity) -> impl Iterator<Item = &'a Action> {
        self.actions.get(entity.name.as_str()).into_iter().flatten().copied()
    }

    /// The reasons of an entity's account, where people sign in to it and nobody else is said to work with it: its
    /// operations are then about one's own record.
    pub(super) fn account(&self, entity: &Entity) -> Option<Evidence> {
        let session = |action: &Action| {
            action.verb.split(' ').find_map(|verb| look_up(&VERBS, verb)) == Some(VerbClass::Session)
        };
        let signed_in = self.of(entity).any(session);
        let alone = self
            .of(entity)
            .all(|action| action.actor.is_empty() || action.actor.eq_ignore_ascii_case(&entity.name));
        if !(signed_in && alone) {
            return None;
        }
        let mut evidence = Evidence::new();
        for action in self.analysis.requirements.actions.iter().filter(|action| session(action)) {
            if let Ok(reason) = Reason::try_from(action.statement.clone()) {
                add_reason(&mut evidence, reason);
            }
        }
        Some(evidence)
    }

    /// Signing in, and reading and changing one's own record.
    pub(super) fn own_account(&mut self, entity: &Entity, collection: &str, evidence: &Evidence) {
        let (pascal, lower) = (naming::pascal(&entity.name), entity.name.to_lowercase());
        let own = format!("/{}", naming::snake(&entity.name).replace('_', "-"));
        let update = self.update_method(entity);
        for (method, path, id, action, summary) in [
            (
                "POST",
                format!("/{collection}/login"),
                format!("login{pascal}"),
                "login",
                format!("Sign in as {}", super::with_article(&lower)),
            ),
            ("GET", own.clone(), format!("getOwn{pascal}"), "get", format!("Get one's own {lower}")),
            (update, own, format!("updateOwn{pascal}"), "update", format!("Change one's own {lower}")),
        ] {
            self.push(Operation {
                id,
                method: method.to_owned(),
                path,
                entity: entity.name.clone(),
                action: action.to_owned(),
                summary,
                actors: Vec::new(),
                evidence: evidence.clone(),
                ..Operation::default()
            });
        }
    }

    /// CRUD by its letters replaces a record as a whole; otherwise fields are changed one by one.
    pub(super) fn update_method(&self, entity: &Entity) -> &'static str {
        if self.letters_of(entity).is_some_and(|letters| letters.update) { "PUT" } else { "PATCH" }
    }

    /// Verbs with an opposite are set and taken back on the record: "follow" and "unfollow".
    pub(super) fn toggles(&mut self, entity: &Entity, item: &str) {
        let mut asked: Vec<(String, String, Evidence)> = Vec::new();
        for action in self.of(entity) {
            let verb = action.verb.trim_start_matches("un");
            // Who blocks others of his kind can let them in again.
            let equals = action.actor.eq_ignore_ascii_case(&entity.name);
            if !(holds(TOGGLES, verb) || equals && knowledge::interface("between-equals").contains(&verb)) {
                continue;
            }
            let Ok(reason) = Reason::try_from(action.statement.clone()) else { continue };
            match asked.iter_mut().find(|(known, ..)| known == verb) {
                Some((_, _, evidence)) => add_reason(evidence, reason),
                None => asked.push((verb.to_owned(), action.actor.clone(), vec![reason])),
            }
        }
        for (verb, actor, evidence) in asked {
            for (method, action) in [("POST", verb.clone()), ("DELETE", format!("un{verb}"))] {
                let name = entity.name.to_lowercase();
                self.push(Operation {
                    id: format!("{}{}", naming::camel(&action), naming::pascal(&entity.name)),
                    method: method.to_owned(),
                    path: format!("{item}/{verb}"),
                    entity: entity.name.clone(),
                    summary: format!("{} {}", naming::pascal(&action), super::with_article(&name)),
                    action,
                    actors: Some(actor.clone()).filter(|actor| !actor.is_empty()).into_iter().collect(),
                    evidence: evidence.clone(),
                    ..Operation::default()
                });
            }
        }
    }

    /// "Managers see a monthly report of sales by shop": what is computed over the records is read by itself, so that
    /// nobody needs the right to all of them for it. Where reports are records of their own, they are read as such.
    pub(super) fn reports(&mut self, entity: &Entity, collection: &str) {
        let words = |row: &str| knowledge::interface(row);
        let plural = naming::plural(&entity.name.to_lowercase());
        let lower = entity.name.to_lowercase();
        let analysis = self.analysis;
        let mut asked: Vec<(String, String, Vec<String>, Evidence)> = Vec::new();
        for action in &self.reported {
            let object = action.object.to_lowercase();
            let of_it = |name: &str| name == lower || name == plural;
            let same = || {
                analysis.requirements.actions.iter().filter(|other| {
                    other.statement == action.statement
                        && other.verb == action.verb
                        && other.actor == action.actor
                })
            };
            let linked = |links: &[&str], other: &Action| {
                other.preposition.as_deref().is_some_and(|link| links.contains(&link))
            };
            // "The sales report" and "a report of sales".
            let told: Vec<&Action> = same().collect();
            let about = |other: &&&Action| linked(&["of", "on", "about", "for", "over", "from"], other);
            let place = told.iter().position(|other| {
                about(&other) && other.object.to_lowercase().rsplit(' ').next().is_some_and(of_it)
            });
            let Ok(reason) = Reason::try_from(action.statement.clone()) else { continue };
            if place.is_none() && !object.split(' ').any(of_it) {
                continue;
            }
            // "Of trips by hospital and of claims by driver": of several things, each has its own way of counting.
            let several = told.iter().filter(about).count() > 1;
            let from = place.filter(|_| several).map_or(0, |place| place + 1);
            let mut near = told[from..].iter().take_while(|other| !(several && about(other)));
            let grouped = near.find(|other| linked(&["by", "per"], other));
            let by = grouped.map(|other| other.object.to_lowercase()).unwrap_or_default();
            let each =
                object.split(' ').find(|word| words("reports-each").contains(word)).unwrap_or_default();
            match asked.iter_mut().find(|(known, time, ..)| *known == by && time == each) {
                Some((.., actors, evidence)) => {
                    actors.push(action.actor.clone());
                    add_reason(evidence, reason);
                }
                None => asked.push((by, each.to_owned(), vec![action.actor.clone()], vec![reason])),
            }
        }
        for (by, each, mut actors, evidence) in asked {
            actors.dedup();
            let parts = [each.as_str(), &by].map(|part| naming::snake(part).replace('_', "-"));
            let by_what = if by.is_empty() { String::new() } else { format!(" by {by}") };
            let slug: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let path = ["reports"]
                .into_iter()
                .chain(slug.is_empty().then_some("all"))
                .chain(slug)
                .collect::<Vec<_>>()
                .join("/");
            self.push(Operation {
                id: format!(
                    "report{}{}{}",
                    naming::pascal(&each),
                    naming::pascal(&plural),
                    naming::pascal(&by_what)
                ),
                method: "GET".to_owned(),
                path: format!("/{collection}/{path}"),
                entity: entity.name.clone(),
                action: "reports".to_owned(),
                summary: format!(
                    "Report on {plural}{by_what}{}",
                    if each.is_empty() { String::new() } else { format!(", {each}") }
                ),
                actors,
                evidence,
                ..Operation::default()
            });
        }
    }

    /// Who follows people sees what they publish in a feed.
    pub(super) fn feed(&mut self, entity: &Entity, collection: &str) {
        let listed = self.of(entity).any(|action| look_up(&VERBS, &action.verb) == Some(VerbClass::Read));
        let written = self.letters_of(entity).is_some()
            || self.of(entity).any(|action| matches!(action.verb.as_str(), "publish" | "post" | "write"));
        let follows =
            self.follows.iter().find(|action| action.entity.as_deref() != Some(entity.name.as_str()));
        let Some(follows) = follows.filter(|_| listed && written) else { return };
        let plural = naming::plural(&entity.name.to_lowercase());
        self.push(Operation {
            id: format!("list{}Feed", naming::pascal(&entity.name)),
            method: "GET".to_owned(),
            path: format!("/{collection}/feed"),
            entity: entity.name.clone(),
            action: "list".to_owned(),
            summary: format!("List the {plural} of those whom one follows"),
            actors: Vec::new(),
            evidence: Reason::alone(&follows.statement),
            ..Operation::default()
        });
    }
}

impl<'d> Builder<'d> {
    /// The entity that an entity's records are asked for on: "comments on articles".
    pub(super) fn parent(&self, entity: &Entity) -> Option<&'d Entity> {
        let analysis: &'d Analysis = self.analysis;
        let asked = self.of(entity).find(|action| letters(&action.verb).is_some())?;
        let on = analysis.requirements.actions.iter().find(|action| {
            action.statement == asked.statement && action.preposition.as_deref() == Some("on")
        })?;
        let name = on.object.to_lowercase();
        analysis.model.entities.iter().find(|parent| {
            let lower = parent.name.to_lowercase();
            parent.name != entity.name && (lower == name || naming::plural(&lower) == name)
        })
    }
}

/// The actions by which somebody reads a report that is computed. "Technicians read reports", where these are written, is
/// said of records of the text's own.
pub(super) fn reported(analysis: &Analysis) -> Vec<&Action> {
    let words = |row: &str| knowledge::interface(row);
    let is_report = |name: &str| {
        let last = requirements::head(name);
        words("reports").iter().any(|word| *word == last || naming::plural(word) == last)
    };
    let kept = |name: &str| {
        let last = requirements::head(name);
        analysis.model.entities.iter().any(|one| {
            let one = one.name.to_lowercase();
            is_report(&one) && (one == last || naming::plural(&one) == last)
        })
    };
    let read = |action: &&Action| {
        let object = action.object.to_lowercase();
        let verb = requirements::known_verb(&action.verb);
        let reads =
            verb.is_some_and(|(base, class)| class == VerbClass::Read || words("reports-by").contains(&base));
        !action.actor.is_empty()
            && action.preposition.is_none()
            && reads
            && is_report(&object)
            && !kept(&object)
    };
    analysis.requirements.actions.iter().filter(read).collect()
}
