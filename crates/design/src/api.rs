//! Step 3: the interface. The operations that the text spells out stand as they are; otherwise they follow from what
//! the text lets somebody do with the records of each entity, and the rest that records need is derived by rule.

mod asked;
mod events;
mod features;
mod links;
mod lists;
mod offline;
mod paths;
mod policy;
mod problems;
mod records;
mod spelled;

pub(crate) use features::is_toggle;
pub(crate) use records::{OWN_ACCOUNT, with_article};

use crate::assumed::Assumed;
use crate::clock::Timed;
use crate::decisions;
use crate::facts::Facts;
use crate::model::{Api, Database, Decision, LeftOut, Operation, Security};
use crate::naming::Scope;
use asked::Wishes;
use knowledge::Gather as _;
use records::{Records, need};
use requirements::{Action, Actor, ActorKind, Analysis, Entity, Evidence, Lifecycle, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Designs the operations. What depends on tables, rights or load is added by [`complete`].
pub(crate) fn api(analysis: &Analysis, decisions: &[Decision]) -> Api {
    let machine = |kind| matches!(kind, ActorKind::System | ActorKind::Device);
    let mut actions: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for action in &analysis.requirements.actions {
        if let Some(entity) = action.entity.as_deref() {
            actions.entry(entity).or_default().push(action);
        }
    }
    let mut builder = Builder {
        analysis,
        actions,
        follows: features::follows(analysis),
        wishes: Wishes::of(analysis),
        machines: analysis
            .requirements
            .actors
            .iter()
            .filter(|actor| machine(actor.kind))
            .map(|actor| actor.name.as_str())
            .gather(),
        repeats: repeats(analysis),
        jobs: decisions::chosen(decisions, "messaging") != "none",
        uploads: crate::database::own_files(analysis, decisions).map(|kept| kept.evidence.clone()),
        timed: crate::clock::timed(analysis),
        reported: features::reported(analysis),
        long: false,
        ids: Scope::default(),
        routes: BTreeSet::new(),
        operations: Vec::new(),
        left_out: Vec::new(),
    };
    if analysis.requirements.endpoints.is_empty() {
        builder.derived();
    } else {
        builder.spelled_out();
    }
    if decisions::chosen(decisions, "offline") == "outbox" {
        offline::offline(analysis, &mut builder.operations);
    }
    let events = events::events(analysis, decisions, &builder.operations);
    Api { operations: builder.operations, events, left_out: builder.left_out, ..Api::default() }
}

/// Adds what depends on the tables, the matrix and the load: filters and sorts, preconditions, problems and limits.
pub(crate) fn complete(
    api: &mut Api,
    database: &Database,
    security: &Security,
    decisions: &[Decision],
    facts: &Facts,
    assumed: &mut Assumed,
) {
    lists::lists(api, database);
    policy::preconditions(api, security);
    problems::problems(api, database, decisions::chosen(decisions, "authentication") != "none");
    api.limits = policy::limits(security, facts, assumed);
}

struct Builder<'a> {
    analysis: &'a Analysis,
    wishes: Wishes<'a>,
    /// What is done to each entity, by its name.
    actions: BTreeMap<&'a str, Vec<&'a Action>>,
    /// Somebody who follows people, and what is followed.
    follows: Vec<&'a Action>,
    /// The actors that are programs or devices.
    machines: BTreeSet<&'a str>,
    /// Whether commands arrive again by themselves: from phones and programs, or because money is taken.
    repeats: bool,
    /// Whether there is something that works after the request.
    jobs: bool,
    /// Why files are kept, where they are and no record of the text's own says where.
    uploads: Option<Evidence>,
    /// What time alone moves on, so that nobody calls for it.
    timed: Vec<Timed<'a>>,
    /// By what somebody reads a report that is computed over records.
    reported: Vec<&'a Action>,
    /// Whether an operation is answered before its work is done.
    long: bool,
    ids: Scope,
    routes: BTreeSet<String>,
    operations: Vec<Operation>,
    left_out: Vec<LeftOut>,
}

fn repeats(analysis: &Analysis) -> bool {
    let again = knowledge::storage_words("repeated-commands");
    analysis.requirements.signals.iter().any(|signal| again.contains(&signal.id.as_str()))
        || !crate::database::paid_online(analysis).is_empty()
}

impl Builder<'_> {
    fn derived(&mut self) {
        let analysis = self.analysis;
        // "Comments on articles" stand below the article, and are read with its list.
        let on: BTreeMap<&str, &str> = analysis
            .model
            .entities
            .iter()
            .filter_map(|entity| Some((entity.name.as_str(), self.parent(entity)?.name.as_str())))
            .gather();
        let places = paths::places(&analysis.model, &on);
        let mut lifecycles: BTreeMap<&str, &Lifecycle> = BTreeMap::new();
        for lifecycle in &analysis.model.lifecycles {
            lifecycles.entry(&lifecycle.entity).or_insert(lifecycle);
        }
        // What stands behind the path of a record: the collections of its parts, its steps, its links.
        let mut below: BTreeMap<String, Scope> = BTreeMap::new();
        for place in places.iter().filter(|place| !place.parent.is_empty()) {
            let collection = place.collection.rsplit('/').next().unwrap_or_default();
            below.entry(place.parent.clone()).or_default().take(collection, "parts");
        }
        for (entity, place) in analysis.model.entities.iter().zip(&places) {
            let mut records = Records {
                entity,
                place: place.clone(),
                lifecycle: lifecycles.get(entity.name.as_str()).copied(),
                below: below.remove(&entity.name).unwrap_or_default(),
                listed_only: on.contains_key(entity.name.as_str()) && !place.parent.is_empty(),
                builder: self,
            };
            records.operations();
            let names = records.below;
            below.insert(entity.name.clone(), names);
        }
        self.links(&places, &mut below);
        if self.long {
            self.status_resource();
        }
        if let Some(evidence) = self.uploads.take() {
            self.upload(&evidence);
        }
    }

    /// Where a file begins: its row is written, and the answer says where its bytes go.
    fn upload(&mut self, evidence: &Evidence) {
        let requirements = &self.analysis.requirements;
        let because: BTreeSet<String> = evidence.iter().map(Reason::to_string).gather();
        let those = |asked: &dyn Fn(&Action) -> bool| -> Vec<String> {
            let acting: BTreeSet<&str> = requirements
                .actions
                .iter()
                .filter(|action| asked(action))
                .map(|action| action.actor.as_str())
                .gather();
            let acts =
                |actor: &&Actor| actor.kind == ActorKind::Human && acting.contains(actor.name.as_str());
            requirements.actors.iter().filter(acts).map(|actor| actor.name.clone()).collect()
        };
        let mut actors = those(&|action| because.contains(&action.statement));
        // Where nobody is said to upload, those may who make or change the records that the files are of; where these are
        // nobody's either, whoever does something, since a file is nobody's until a record names it.
        if actors.is_empty() {
            let entities = || self.analysis.model.entities.iter();
            let said =
                |evidence: &Evidence| evidence.iter().any(|reason| because.contains(&reason.to_string()));
            let filed = |entity: &&Entity| entity.attributes.iter().any(|attribute| attribute.kind == "file");
            let told = |entity: &&Entity| entity.attributes.iter().any(|attribute| said(&attribute.evidence));
            let mut of: Vec<&str> = entities().filter(filed).map(|entity| entity.name.as_str()).collect();
            if of.is_empty() {
                of.extend(entities().filter(told).map(|entity| entity.name.as_str()));
            }
            let kept = self.operations.iter().filter(|operation| {
                matches!(operation.action.as_str(), "create" | "update")
                    && of.contains(&operation.entity.as_str())
            });
            let acting: BTreeSet<&str> =
                kept.flat_map(|operation| operation.actors.iter().map(String::as_str)).gather();
            let named = requirements.actors.iter().filter(|actor| acting.contains(actor.name.as_str()));
            actors = named.map(|actor| actor.name.clone()).collect();
        }
        if actors.is_empty() {
            actors = those(&|_| true);
        }
        let mut path = "/uploads".to_owned();
        while self.routes.contains(&route("POST", &path)) {
            path.insert_str(1, "file-");
        }
        let item = format!("{path}/{{storageKey}}");
        let mut offer = |id: &str, method: &str, path: String, action: &str, summary: &str, actors| {
            self.push(Operation {
                id: id.to_owned(),
                method: method.to_owned(),
                path,
                action: action.to_owned(),
                summary: summary.to_owned(),
                actors,
                evidence: evidence.clone(),
                ..Operation::default()
            });
        };
        offer("startUpload", "POST", path, "upload", "Begin the upload of a file", actors);
        // Who reads a record reads its files: the operation looks at the record before it answers.
        let summary = "Get the address of a file of a record that the caller may read";
        offer("getUpload", "GET", item, "download", summary, Vec::new());
    }

    /// Where the callers of long work see how far it is.
    fn status_resource(&mut self) {
        let mut path = "/jobs/{jobId}".to_owned();
        while self.routes.contains(&route("GET", &path)) {
            path.insert_str(1, "background-");
        }
        self.push(Operation {
            id: "getJob".to_owned(),
            method: "GET".to_owned(),
            path,
            action: "status".to_owned(),
            summary: "Get the status of long work".to_owned(),
            evidence: vec![Reason::rule("api-status")],
            ..Operation::default()
        });
    }

    /// Adds an operation unless its method and path stand already.
    fn push(&mut self, mut operation: Operation) {
        if !self.routes.insert(route(&operation.method, &operation.path)) {
            return;
        }
        operation.id = self.ids.take_joined(&operation.id, "operation");
        self.operations.push(operation);
    }
}

/// A method and path without the names of parameters: two paths that differ only in these are one route.
fn route(method: &str, path: &str) -> String {
    let segments: Vec<&str> =
        path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect();
    format!("{method} {}", segments.join("/"))
}
