//! The operations on links between records of which each has many others.

use super::Builder;
use super::paths::Place;
use crate::model::Operation;
use crate::naming::{self, Scope};
use knowledge::Gather as _;
use requirements::{Many, Reason, Relation, RelationKind, capitalised, known_verb, participle};
use std::collections::BTreeMap;

impl Builder<'_> {
    /// For each pair of entities that are linked many to many: list, link and unlink from the side that the text
    /// names first. The tables of such links would have no writer otherwise.
    pub(super) fn links(&mut self, places: &[Place], below: &mut BTreeMap<String, Scope>) {
        let model = &self.analysis.model;
        let at: BTreeMap<&str, usize> =
            model.entities.iter().enumerate().map(|(at, entity)| (entity.name.as_str(), at)).gather();
        for relation in &model.relations {
            let many = relation.from_max == Many::Any && relation.to_max == Many::Any;
            if !many || relation.kind == RelationKind::Generalization || !requirements::keeps(&relation.label)
            {
                continue;
            }
            let (Some(from), Some(to)) = (at.get(relation.from.as_str()), at.get(relation.to.as_str()))
            else {
                continue;
            };
            let (whole, other) = (&places[*from], &places[*to]);
            let segments: Vec<&str> = other.item.split('/').filter(|part| !part.is_empty()).collect();
            let [collection, parameter] = segments.as_slice() else { continue };
            let parameter = if whole.item.ends_with(parameter) {
                // Records that are linked with others of their own kind.
                format!("{{other{}", capitalised(parameter.trim_start_matches('{')))
            } else {
                (*parameter).to_owned()
            };
            // Among records of one kind the verb tells which are meant: "blocked users".
            let collection = match relation.label.as_str() {
                label if from == to && known_verb(label).is_some_and(|(base, _)| base == label) => {
                    format!("{}-{collection}", naming::snake(&participle(label)).replace('_', "-"))
                }
                _ => (*collection).to_owned(),
            };
            let slug = below.entry(relation.from.clone()).or_default().take(&collection, "links");
            self.link(relation, &format!("{}/{slug}", whole.item), &parameter);
        }
    }

    fn link(&mut self, relation: &Relation, collection: &str, parameter: &str) {
        let one = super::with_article(&relation.from.to_lowercase());
        let other = super::with_article(&relation.to.to_lowercase());
        let plain = naming::plural(&relation.to.to_lowercase());
        // The name of the collection tells which are meant, where it is not only theirs.
        let kind = collection
            .rsplit('/')
            .next()
            .and_then(|slug| slug.strip_suffix(&format!("-{}", naming::snake(&plain).replace('_', "-"))));
        let many = match kind.filter(|_| relation.from == relation.to) {
            Some(kind) => format!("{} {plain}", kind.replace('-', " ")),
            None => plain,
        };
        let actors = self.linkers(relation);
        let item = format!("{collection}/{parameter}");
        // "Users block users": the step links the two already.
        let stepped = relation.from == relation.to
            && self
                .operations
                .iter()
                .any(|known| known.entity == relation.to && known.action == relation.label);
        let (from, to) = (naming::pascal(&relation.from), naming::pascal(&relation.to));
        for (method, path, action, id, summary) in [
            (
                "GET",
                collection,
                "linked",
                format!("list{}Of{from}", naming::pascal(&many)),
                format!("List the {many} of {one}"),
            ),
            ("PUT", item.as_str(), "link", format!("add{to}To{from}"), format!("Link {other} to {one}")),
            (
                "DELETE",
                item.as_str(),
                "unlink",
                format!("remove{to}From{from}"),
                format!("Unlink {other} from {one}"),
            ),
        ] {
            if stepped && method != "GET" {
                continue;
            }
            let mut evidence = vec![Reason::rule("api-links")];
            evidence.extend(relation.evidence.iter().cloned());
            self.push(Operation {
                id,
                method: method.to_owned(),
                path: path.to_owned(),
                entity: relation.to.clone(),
                parent: relation.from.clone(),
                action: action.to_owned(),
                summary,
                actors: if action == "linked" { Vec::new() } else { actors.clone() },
                evidence,
                ..Operation::default()
            });
        }
    }

    /// Who links records, as the statement says that tells of the link: "administrators add members to groups".
    fn linkers(&self, relation: &Relation) -> Vec<String> {
        let because: Vec<String> = relation.evidence.iter().map(ToString::to_string).collect();
        let ends = [&relation.from, &relation.to];
        let mut found: Vec<String> = Vec::new();
        let acts = ends.iter().filter_map(|end| self.actions.get(end.as_str())).flatten();
        for action in acts.filter(|action| because.contains(&action.statement)) {
            let changes = known_verb(&action.verb).is_some_and(|(_, class)| class.changes());
            let end = ends.iter().any(|end| end.eq_ignore_ascii_case(&action.actor));
            if changes && !end && !action.actor.is_empty() && !found.contains(&action.actor) {
                found.push(action.actor.clone());
            }
        }
        found
    }
}
