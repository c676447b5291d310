//! The operations on links between records of which each has many others.

use super::Builder;
use super::paths::Place;
use crate::model::Operation;
use crate::naming::{self, Scope};
use knowledge::Gather as _;
use requirements::{Many, Reason, Relation, RelationKind, capitalised};
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
            let slug = below.entry(relation.from.clone()).or_default().take(collection, "links");
            self.link(relation, &format!("{}/{slug}", whole.item), &parameter);
        }
    }

    fn link(&mut self, relation: &Relation, collection: &str, parameter: &str) {
        let one = super::with_article(&relation.from.to_lowercase());
        let other = super::with_article(&relation.to.to_lowercase());
        let many = naming::plural(&relation.to.to_lowercase());
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
                evidence,
                ..Operation::default()
            });
        }
    }
}
