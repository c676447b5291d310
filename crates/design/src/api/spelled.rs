//! The operations that the text spells out by method and path.

use super::Builder;
use crate::model::Operation;
use crate::naming;
use requirements::Reason;
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
        for endpoint in &analysis.requirements.endpoints {
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
                evidence: Reason::try_from(endpoint.statement.clone()).ok().into_iter().collect(),
                ..Operation::default()
            });
        }
    }
}
