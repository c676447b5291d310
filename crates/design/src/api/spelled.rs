//! The operations that the text spells out by method and path.

use super::Builder;
use crate::model::{LeftOut, Operation};
use crate::naming;
use requirements::{Evidence, Reason};
use std::collections::BTreeMap;

impl Builder<'_> {
    pub(super) fn spelled_out(&mut self) {
        let analysis = self.analysis;
        let mut by_resource: BTreeMap<String, &str> = BTreeMap::new();
        for entity in &analysis.model.entities {
            for name in [naming::kebab_plural(&entity.name), naming::snake(&entity.name).replace('_', "-")] {
                by_resource.entry(name).or_insert(&entity.name);
            }
        }
        let mut templates = Templates::default();
        for endpoint in &analysis.requirements.endpoints {
            let evidence: Evidence = Reason::alone(&endpoint.statement);
            if let Some(other) = templates.take(&endpoint.path) {
                self.left_out.push(LeftOut {
                    entity: String::new(),
                    action: format!("{} {}", endpoint.method, endpoint.path),
                    because: format!("{other} stands before it and takes some of the same addresses"),
                    spoken_of: true,
                    evidence,
                });
                continue;
            }
            let resource = endpoint
                .path
                .split('/')
                .rfind(|segment| !segment.is_empty() && !segment.starts_with('{'))
                .unwrap_or("root");
            let entity = by_resource
                .get(resource)
                .or_else(|| by_resource.get(&resource.replace('_', "-")))
                .map(|name| (*name).to_owned())
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
            self.push(Operation {
                id: format!(
                    "{}{}{}",
                    endpoint.method.to_lowercase(),
                    naming::pascal(&endpoint.path.replace('/', " ").replace(['{', '}'], "")),
                    names.concat()
                ),
                method: endpoint.method.clone(),
                path: endpoint.path.clone(),
                entity,
                action: action.to_owned(),
                summary: format!("{} {}", endpoint.method, endpoint.path),
                evidence,
                ..Operation::default()
            });
        }
    }
}

/// The paths so far, by the number of their segments and parameters and by their first segment: only paths that agree in
/// these can take each other's addresses.
#[derive(Default)]
struct Templates<'a> {
    known: BTreeMap<(usize, usize, &'a str), Vec<&'a str>>,
}

impl<'a> Templates<'a> {
    /// Keeps a path, or gives the one before it that takes some of its addresses while neither is narrower than the other:
    /// `/{code}/visits` and `/links/{id}` both take `/links/visits`.
    fn take(&mut self, path: &'a str) -> Option<&'a str> {
        let segments =
            || path.split('/').skip(1).map(|segment| if is_parameter(segment) { "{}" } else { segment });
        let first = segments().next().unwrap_or_default();
        let (count, parameters) = (segments().count(), segments().filter(|segment| *segment == "{}").count());
        let start = if first == "{}" { "" } else { first };
        let end = if first == "{}" { "\u{10FFFF}" } else { first };
        let alike = self.known.range((count, parameters, start)..=(count, parameters, end));
        let open = self.known.get(&(count, parameters, "{}")).filter(|_| first != "{}");
        let other =
            alike.map(|(_, paths)| paths).chain(open).flatten().find(|other| crosses(path, other)).copied();
        if other.is_none() {
            self.known.entry((count, parameters, first)).or_default().push(path);
        }
        other
    }
}

/// Whether there are addresses that both paths take, which have as many segments and parameters: then each has a parameter
/// where the other has none, or they are the same but for names.
fn crosses(path: &str, other: &str) -> bool {
    let pairs = || path.split('/').zip(other.split('/'));
    pairs().all(|(one, other)| one == other || is_parameter(one) || is_parameter(other))
        && pairs().any(|(one, other)| is_parameter(one) != is_parameter(other))
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}
