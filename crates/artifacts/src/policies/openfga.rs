//! OpenFGA: the types of records with the people and parents that they are bound to, and who may do what over that.

use super::{Ground, because, of_tenant, people, statements};
use crate::openapi::names::plain;
use design::{Grant, SIGNED_IN, Scope, snake};
use knowledge::Gather as _;
use knowledge::Order as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Words of the language.
const WORDS: &[&str] = &[
    "model",
    "schema",
    "type",
    "relations",
    "define",
    "condition",
    "module",
    "extend",
    "self",
    "this",
    "or",
    "and",
    "but",
    "not",
    "from",
    "with",
];

/// The types of the file itself.
const TYPES: [&str; 3] = ["user", "system", "organisation"];

/// The most letters of a relation.
const LONGEST: usize = 50;

/// Words of a name with underscores, as short as a relation must be.
fn short(name: &str) -> String {
    snake(name).chars().take(LONGEST - 10).collect()
}

/// `security/model.fga`.
pub(super) fn model(ground: &Ground) -> String {
    let resources = ground.resources();
    let mut names = Scope::without(&[WORDS, &TYPES[..]].concat());
    let types: BTreeMap<&str, String> =
        resources.iter().map(|(resource, _)| (*resource, names.take(&short(resource), "thing"))).gather();
    let whole = if ground.tenants { "organisation" } else { "system" };
    // The roles are relations of the organisation, beside what may be created in it.
    let mut names = Scope::without(WORDS);
    let roles: BTreeMap<&str, String> = ground
        .design
        .security
        .roles
        .iter()
        .map(|role| {
            let wished = short(&role.name);
            let wished = if wished.starts_with("can_") { format!("role_{wished}") } else { wished };
            (role.name.as_str(), names.take(&wished, "role"))
        })
        .gather();
    let shared: BTreeSet<&str> = resources
        .iter()
        .map(|(resource, _)| *resource)
        .filter(|resource| is_shared(ground, resource))
        .gather();
    let mut out = format!(
        "# {}: who may do what over which relationships, as the authorization matrix of the design has it.\n\
         # States of a record are kept by the database, and not here.\nmodel\n  schema 1.1\n\ntype user\n\ntype {whole}\n  relations\n",
        plain(&ground.design.title)
    );
    for role in &ground.design.security.roles {
        if ground
            .design
            .security
            .authorization
            .iter()
            .all(|grant| grant.role != role.name || grant.scope == "public")
        {
            continue;
        }
        let everybody = role.name == SIGNED_IN && !ground.tenants;
        let _ = writeln!(
            out,
            "    define {}: [{}]",
            roles[role.name.as_str()],
            if everybody { "user:*" } else { "user" }
        );
    }
    for (resource, grants) in &resources {
        let created: Vec<&Grant> = grants.iter().copied().filter(|grant| grant.action == "create").collect();
        if created.is_empty() {
            continue;
        }
        let may: BTreeSet<&str> =
            created.iter().filter_map(|grant| roles.get(grant.role.as_str())).map(String::as_str).gather();
        let open = created.iter().any(|grant| grant.scope == "public");
        let may = if open { "[user:*]".to_owned() } else { may.into_iter().collect::<Vec<_>>().join(" or ") };
        let relation = names.take(&format!("can_create_{}", types[resource]), "can_create");
        let _ = writeln!(out, "    # {}", because(created.iter().flat_map(|grant| &grant.evidence)));
        let _ = writeln!(out, "    define {relation}: {may}");
    }
    for (resource, grants) in &resources {
        let one =
            Resource { ground, name: resource, grants, types: &types, roles: &roles, shared: &shared, whole };
        one.write(&mut out);
    }
    out
}

/// Whether the statements on sharing speak of a resource; people share, and are not shared.
fn is_shared(ground: &Ground, resource: &str) -> bool {
    let actors = &ground.design.requirements.actors;
    if actors.iter().any(|actor| actor.name.eq_ignore_ascii_case(resource)) {
        return false;
    }
    let asks =
        |evidence: &[requirements::Reason]| statements(evidence).any(|number| ground.asked.contains(&number));
    let entity = ground.design.model.entities.iter().find(|entity| entity.name == resource);
    entity.is_some_and(|entity| asks(&entity.evidence))
        || ground.lookup.operations(resource).iter().any(|operation| asks(&operation.evidence))
}

/// A type of record in the making.
struct Resource<'a> {
    ground: &'a Ground<'a>,
    name: &'a str,
    grants: &'a [&'a Grant],
    types: &'a BTreeMap<&'a str, String>,
    roles: &'a BTreeMap<&'a str, String>,
    shared: &'a BTreeSet<&'a str>,
    whole: &'static str,
}

impl Resource<'_> {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "\ntype {}\n  relations\n", self.types[self.name]);
        let table = self.ground.lookup.table(self.name);
        let own = !self.ground.tenants || table.is_some_and(of_tenant);
        let whole = if own { self.whole } else { "" };
        if !whole.is_empty() {
            let _ = writeln!(out, "    define {whole}: [{whole}]");
        }
        let mut names = Scope::without(&[WORDS, &TYPES[..]].concat());
        let mut seen = BTreeSet::new();
        for grant in self.grants {
            if let Some(people) = people(grant)
                && seen.insert(people)
            {
                names.take(people, people);
                let way = if grant.owner.is_empty() {
                    "no column leads there yet".to_owned()
                } else {
                    format!("over {}", grant.owner.join(", "))
                };
                let _ = writeln!(out, "    # {way}\n    define {people}: [user]");
            }
        }
        let shared = self.shared.contains(self.name);
        if shared {
            names.take("shared_with", "shared_with");
            let mut from = String::new();
            for key in table.into_iter().flat_map(|table| &table.foreign_keys) {
                let parent = self
                    .ground
                    .design
                    .database
                    .tables
                    .iter()
                    .find(|table| table.name == key.references.table);
                let Some(parent) = parent.filter(|parent| self.shared.contains(parent.entity.as_str()))
                else {
                    continue;
                };
                let kind = &self.types[parent.entity.as_str()];
                let column = key.columns.last().map_or("", String::as_str);
                let relation = names.take(&short(column.strip_suffix("_id").unwrap_or(column)), "parent");
                let _ = writeln!(out, "    # the column {column}\n    define {relation}: [{kind}]");
                let _ = write!(from, " or shared_with from {relation}");
            }
            let _ = writeln!(out, "    define shared_with: [user]{from}");
        }
        let forbidden = self.ground.forbidden();
        // A step that bars from several others is told once.
        let of_it = forbidden.iter().filter(|(resource, ..)| *resource == self.name);
        let barring: BTreeSet<String> = of_it.map(|(_, first, _)| done(first)).gather();
        for step in barring {
            let _ = writeln!(out, "    define {step}: [user]");
        }
        let mut operations: Vec<(&str, Vec<&Grant>)> = Vec::new();
        for grant in self.grants.iter().filter(|grant| grant.action != "create") {
            match operations.iter_mut().find(|(operation, _)| *operation == grant.operation) {
                Some((_, grants)) => grants.push(grant),
                None => operations.push((&grant.operation, vec![grant])),
            }
        }
        for (operation, grants) in operations {
            let reads = self.ground.operations.get(operation).is_some_and(|one| one.method == "GET");
            let mut ways: Vec<String> = grants.iter().map(|grant| self.way(grant, whole)).collect();
            if shared && reads && ways.iter().all(|way| way != "[user:*]") {
                ways.push("shared_with".to_owned());
            }
            ways.order();
            ways.dedup();
            let many = ways.len() > 1;
            let joined = ways
                .iter()
                .map(|way| if many && way.contains(" and ") { format!("({way})") } else { way.clone() })
                .collect::<Vec<_>>()
                .join(" or ");
            let not: Vec<String> = forbidden
                .iter()
                .filter(|(_, _, second)| *second == operation)
                .map(|(_, first, _)| format!(" but not {}", done(first)))
                .collect();
            let (open, close) = if !not.is_empty() && joined.contains(' ') { ("(", ")") } else { ("", "") };
            let mut words = format!("{open}{joined}{close}");
            for one in not {
                // Each exclusion takes all before it as one.
                words = if words.contains(" but not ") { format!("({words}){one}") } else { words + &one };
            }
            let relation = names.take(&format!("can_{}", short(operation)), "can");
            let _ = writeln!(out, "    # {}", because(grants.iter().flat_map(|grant| &grant.evidence)));
            let mut in_states = grants.iter().filter(|grant| !grant.states.is_empty());
            if let Some(grant) = in_states.next() {
                let states = grant.states.join(" or ");
                let _ = writeln!(
                    out,
                    "    # {} only those that are {states}: the program asks for the state",
                    grant.role
                );
            }
            let _ = writeln!(out, "    define {relation}: {words}");
        }
    }

    /// How a grant is reached.
    fn way(&self, grant: &Grant, whole: &str) -> String {
        if grant.scope == "public" {
            return "[user:*]".to_owned();
        }
        let role = self.roles.get(grant.role.as_str()).map_or("", String::as_str);
        let by_role = if whole.is_empty() { "[user]".to_owned() } else { format!("{role} from {whole}") };
        match people(grant) {
            Some(people) if grant.role == SIGNED_IN || whole.is_empty() => people.to_owned(),
            Some(people) => format!("{by_role} and {people}"),
            None => by_role,
        }
    }
}

/// The relation to whoever did a step.
fn done(operation: &str) -> String {
    format!("did_{}", short(operation))
}
