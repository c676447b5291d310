//! Step 3: the interface. The operations that the text spells out stand as they are; otherwise each entity is a
//! collection with the operations that its records need, and one for each transition.

mod features;

use crate::model::{Api, Operation};
use crate::naming::{self, Scope};
use knowledge::{VERBS, VerbClass, look_up};
use requirements::{Action, Analysis, Entity, Evidence, Reason, add_reason};

/// Designs the interface.
pub(crate) fn api(analysis: &Analysis) -> Api {
    let mut builder =
        Builder { analysis, ids: Scope::default(), routes: Scope::default(), operations: Vec::new() };
    if analysis.requirements.endpoints.is_empty() {
        let mut paths = Scope::default();
        for (at, entity) in analysis.model.entities.iter().enumerate() {
            let collection = paths.take(&naming::kebab_plural(&entity.name), &format!("entities-{}", at + 1));
            builder.entity(entity, &collection);
        }
    } else {
        builder.spelled_out();
    }
    Api { operations: builder.operations }
}

struct Builder<'a> {
    analysis: &'a Analysis,
    ids: Scope,
    routes: Scope,
    operations: Vec<Operation>,
}

impl Builder<'_> {
    fn entity(&mut self, entity: &Entity, collection: &str) {
        let single = naming::camel(&entity.name);
        let single = if single.is_empty() { "item".to_owned() } else { single };
        // "Comments on articles" stand below the article.
        let above = self.parent(entity).map_or(String::new(), |parent| {
            format!("/{}/{{{}Id}}", naming::kebab_plural(&parent.name), naming::camel(&parent.name))
        });
        let item = format!("{above}/{collection}/{{{single}Id}}");
        let all = format!("{above}/{collection}");
        let letters = self.letters_of(entity);
        let account = self.account(entity);
        let plural = naming::plural(&entity.name.to_lowercase());
        let lower = entity.name.to_lowercase();
        if let Some(evidence) = &account {
            self.own_account(entity, collection, evidence);
        }
        let read = account.is_none() && letters.is_none_or(|letters| letters.read);
        let update = account.is_none() && letters.is_none_or(|letters| letters.update);
        if read {
            self.add(entity, "GET", &all, "list", &format!("List {plural}"), &[VerbClass::Read]);
        }
        self.add(
            entity,
            "POST",
            &all,
            "create",
            &format!("Create {}", with_article(&lower)),
            &[VerbClass::Create],
        );
        // What stands below another record is read with the list of that record.
        if read && above.is_empty() {
            let summary = format!("Get {}", with_article(&lower));
            self.add(entity, "GET", &item, "get", &summary, &[VerbClass::Read]);
        }
        if update {
            let (method, summary) = (self.update_method(entity), format!("Change {}", with_article(&lower)));
            self.add(entity, method, &item, "update", &summary, &[VerbClass::Update]);
        }
        // Deleting is offered only where the text asks for it: most records are closed or archived instead.
        if self.asked(entity, &[VerbClass::Delete]).next().is_some() {
            self.add(
                entity,
                "DELETE",
                &item,
                "delete",
                &format!("Delete {}", with_article(&lower)),
                &[VerbClass::Delete],
            );
        }
        self.toggles(entity, &item);
        self.feed(entity, collection);
        let lifecycle =
            self.analysis.model.lifecycles.iter().find(|lifecycle| lifecycle.entity == entity.name);
        for transition in lifecycle.iter().flat_map(|lifecycle| &lifecycle.transitions) {
            let verb = naming::snake(&transition.action).replace('_', "-");
            let summary = format!(
                "{} {}: {} to {}",
                naming::pascal(&transition.action),
                with_article(&lower),
                transition.from,
                transition.to
            );
            self.push(Operation {
                id: format!("{}{}", naming::camel(&transition.action), naming::pascal(&entity.name)),
                method: "POST".to_owned(),
                path: format!("{item}/{verb}"),
                entity: entity.name.clone(),
                action: transition.action.clone(),
                summary,
                actors: Some(transition.actor.clone())
                    .filter(|actor| !actor.is_empty())
                    .into_iter()
                    .collect(),
                evidence: lifecycle.map(|lifecycle| lifecycle.evidence.clone()).unwrap_or_default(),
            });
        }
    }

    /// Actions on an entity whose verb is of one of these classes.
    fn asked<'a>(&'a self, entity: &'a Entity, classes: &'a [VerbClass]) -> impl Iterator<Item = &'a Action> {
        self.analysis.requirements.actions.iter().filter(move |action| {
            let class = action.verb.split(' ').find_map(|verb| look_up(VERBS, verb));
            let by_letters = features::letters(&action.verb).is_some_and(|letters| {
                classes.iter().any(|class| match class {
                    VerbClass::Create => true,
                    VerbClass::Read => letters.read,
                    VerbClass::Update => letters.update,
                    VerbClass::Delete => letters.delete,
                    _ => false,
                })
            });
            action.entity.as_deref() == Some(entity.name.as_str())
                && (by_letters
                    || class.is_some_and(|class| classes.contains(&class))
                        && features::letters(&action.verb).is_none())
        })
    }

    fn add(
        &mut self,
        entity: &Entity,
        method: &str,
        path: &str,
        action: &str,
        summary: &str,
        classes: &[VerbClass],
    ) {
        let mut evidence = Evidence::new();
        let mut actors = Vec::new();
        for asked in self.asked(entity, classes) {
            if let Ok(reason) = Reason::try_from(asked.statement.clone()) {
                add_reason(&mut evidence, reason);
            }
            if !asked.actor.is_empty() && !actors.contains(&asked.actor) {
                actors.push(asked.actor.clone());
            }
        }
        if evidence.is_empty() {
            // Nobody asks for it in words: records that are kept must be written and read by somebody.
            evidence.push(Reason::rule("api-records"));
            evidence.extend(entity.evidence.iter().take(1).cloned());
        }
        let noun = if action == "list" {
            naming::pascal(&naming::plural(&entity.name.to_lowercase()))
        } else {
            naming::pascal(&entity.name)
        };
        self.push(Operation {
            id: format!("{action}{noun}"),
            method: method.to_owned(),
            path: path.to_owned(),
            entity: entity.name.clone(),
            action: action.to_owned(),
            summary: summary.to_owned(),
            actors,
            evidence,
        });
    }

    /// The operations that the text spells out by method and path.
    fn spelled_out(&mut self) {
        for endpoint in &self.analysis.requirements.endpoints {
            let resource = endpoint
                .path
                .split('/')
                .rfind(|segment| !segment.is_empty() && !segment.starts_with('{'))
                .unwrap_or("root");
            let entity = self
                .analysis
                .model
                .entities
                .iter()
                .find(|entity| {
                    naming::kebab_plural(&entity.name) == resource
                        || naming::snake(&entity.name) == resource.replace('-', "_")
                })
                .map(|entity| entity.name.clone())
                .unwrap_or_default();
            let single = endpoint.path.ends_with('}');
            let action = match endpoint.method.as_str() {
                "GET" if single => "get",
                "GET" => "list",
                "POST" => "create",
                "DELETE" => "delete",
                _ => "update",
            };
            let names: Vec<String> = endpoint
                .path
                .split('/')
                .filter_map(|segment| segment.strip_prefix('{'))
                .map(|name| format!("By{}", naming::pascal(name)))
                .collect();
            let parameters = names.concat();
            self.push(Operation {
                id: format!(
                    "{}{}{parameters}",
                    endpoint.method.to_lowercase(),
                    naming::pascal(&endpoint.path.replace('/', " ").replace(['{', '}'], ""))
                ),
                method: endpoint.method.clone(),
                path: endpoint.path.clone(),
                entity,
                action: action.to_owned(),
                summary: format!("{} {}", endpoint.method, endpoint.path),
                actors: Vec::new(),
                evidence: Reason::try_from(endpoint.statement.clone()).ok().into_iter().collect(),
            });
        }
    }

    /// Adds an operation unless its method and path stand already.
    fn push(&mut self, mut operation: Operation) {
        let route = format!("{} {}", operation.method, parameterless(&operation.path));
        if self.routes.take(&route, "route") != route {
            return;
        }
        operation.id = self.ids.take(&operation.id, "operation").replace('_', "");
        self.operations.push(operation);
    }
}

/// A path without the names of its parameters: two paths that differ only in these are one route.
fn parameterless(path: &str) -> String {
    path.split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

/// "an order", "a booking".
pub(crate) fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o'])
        || noun.starts_with('u') && !noun.starts_with("us") && !noun.starts_with("uni");
    format!("{} {noun}", if vowel { "an" } else { "a" })
}
