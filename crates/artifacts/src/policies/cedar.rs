//! Cedar: a policy for each cell of the matrix with the same conditions, and the schema that they are validated against.

use super::{Ground, because, of_tenant, people, statements};
use crate::openapi::names::{pascal, plain};
use design::{Grant, Scope, json_name};
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Types that the file or the language keeps for itself.
const KEPT: &[&str] = &[
    "Caller",
    "CallerRole",
    "Guest",
    "Organisation",
    "Action",
    "String",
    "Long",
    "Bool",
    "Set",
    "Record",
    "Entity",
    "Extension",
];

/// What a record tells beside its people: the attribute, its type, and whether the caller's must equal it or is its limit.
struct Compared {
    attribute: String,
    kind: &'static str,
    caller: String,
    limits: bool,
}

/// The types of the resources by name.
fn types(ground: &Ground) -> BTreeMap<String, String> {
    let mut names = Scope::without(KEPT);
    let resources = ground.resources();
    resources
        .iter()
        .map(|(resource, _)| ((*resource).to_owned(), names.take(&pascal(resource), "Thing")))
        .gather()
}

/// The attributes of a record that the statements on rules name, where they are the reason of a grant that changes
/// something: who may judge a record has to see it first.
fn compared(ground: &Ground, grant: &Grant) -> Vec<Compared> {
    if ground.operations.get(grant.operation.as_str()).is_none_or(|operation| operation.method == "GET") {
        return Vec::new();
    }
    let asked: Vec<String> = statements(&grant.evidence)
        .filter(|number| ground.asked.contains(number))
        .filter_map(|number| ground.design.requirements.statements.get((number as usize).checked_sub(1)?))
        .map(|statement| statement.text.to_lowercase())
        .collect();
    let entity = ground.design.model.entities.iter().find(|entity| entity.name == grant.resource);
    entity
        .into_iter()
        .flat_map(|entity| &entity.attributes)
        .filter(|attribute| {
            let name = attribute.name.to_lowercase();
            // A limit is what the caller brings, and not what is compared with it.
            !name.contains("limit") && asked.iter().any(|text| text.contains(name.as_str()))
        })
        .map(|attribute| {
            let limits = matches!(attribute.kind.as_str(), "money" | "integer" | "decimal" | "number");
            let name = json_name(&design::snake(&attribute.name));
            let caller = if limits { format!("{name}Limit") } else { name.clone() };
            Compared { attribute: name, kind: if limits { "Long" } else { "String" }, caller, limits }
        })
        .filter(|compared| !compared.attribute.is_empty())
        .collect()
}

/// `security/policies.cedar`.
pub(super) fn policies(ground: &Ground) -> String {
    let types = types(ground);
    let mut out = format!(
        "// {}: who may do what, as the authorization matrix of the design has it. What no policy permits is denied.\n\
         // A list is filtered record by record; for a creation the record is the one that would be made.\n",
        plain(&ground.design.title)
    );
    let mut unnamed = ground.asked.clone();
    for (resource, grants) in ground.resources() {
        let name = &types[resource];
        let mut cells: Vec<(&str, String, Vec<&Grant>)> = Vec::new();
        for grant in grants {
            let conditions = conditions(ground, grant, &mut unnamed).join(" && ");
            match cells.iter_mut().find(|(role, known, _)| *role == cell(grant) && *known == conditions) {
                Some((_, _, grants)) => grants.push(grant),
                None => cells.push((cell(grant), conditions, vec![grant])),
            }
        }
        for (at, (role, conditions, grants)) in cells.iter().enumerate() {
            let reasons = because(grants.iter().flat_map(|grant| &grant.evidence));
            let actions: Vec<String> =
                grants.iter().map(|grant| format!("App::Action::{}", quoted(&grant.operation))).collect();
            let principal = if role.is_empty() {
                "principal".to_owned()
            } else {
                format!("principal in App::CallerRole::{}", quoted(role))
            };
            let when =
                if conditions.is_empty() { String::new() } else { format!("\nwhen {{ {conditions} }}") };
            let _ = write!(
                out,
                "\n// {reasons}\n@id({})\npermit (\n    {principal},\n    action in [{}],\n    resource is App::{name}\n){when};\n",
                quoted(&format!("{name}-{}", at + 1)),
                actions.join(", ")
            );
        }
    }
    if ground.tenants {
        out += "\n// Nobody reaches records of another organisation, whatever else permits it.\n\
                @id(\"organisation\")\nforbid (principal is App::Caller, action, resource)\n\
                when { resource has organisation && resource.organisation != principal.organisation };\n";
    }
    for (resource, first, second) in ground.forbidden() {
        let Some(name) = types.get(resource) else { continue };
        let _ = write!(
            out,
            "\n// Whoever did {first} does not do {second} of the same record.\n@id({})\nforbid (principal, action == App::Action::{}, resource is App::{name})\nwhen {{ context.done.contains({}) }};\n",
            quoted(&format!("{name}-{first}-{second}")),
            quoted(second),
            quoted(first)
        );
    }
    if !unnamed.is_empty() {
        let ids: Vec<String> = unnamed.iter().map(|number| format!("s{number}")).collect();
        let _ = write!(
            out,
            "\n// Rules that {} asks for and that no attribute of a record carries are not among these policies.\n",
            ids.join(", ")
        );
    }
    out
}

/// The role of a grant; none where nobody has to be signed in.
fn cell(grant: &Grant) -> &str {
    if grant.scope == "public" { "" } else { &grant.role }
}

/// What must be true of the record and the caller beside the role.
fn conditions(ground: &Ground, grant: &Grant, unnamed: &mut BTreeSet<u32>) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(people) = people(grant) {
        found.push(format!("resource[{}].contains(principal)", quoted(people)));
    }
    let states = ground.operations.get(grant.operation.as_str()).map_or(&[][..], |one| &one.states);
    if !states.is_empty() && column_of_state(ground, &grant.resource).is_some() {
        let states: Vec<String> = states.iter().map(|state| quoted(state)).collect();
        found.push(format!("[{}].contains(resource[\"state\"])", states.join(", ")));
    }
    if !grant.states.is_empty() && column_of_state(ground, &grant.resource).is_some() {
        let states: Vec<String> = grant.states.iter().map(|state| quoted(state)).collect();
        found.push(format!("[{}].contains(resource[\"state\"])", states.join(", ")));
    }
    let compared = compared(ground, grant);
    if !compared.is_empty() {
        unnamed.retain(|number| !statements(&grant.evidence).any(|known| known == *number));
    }
    for one in compared {
        let (attribute, caller) = (quoted(&one.attribute), quoted(&one.caller));
        let sign = if one.limits { "<=" } else { "==" };
        found.push(format!(
            "resource has {attribute} && principal has {caller} && resource[{attribute}] {sign} principal[{caller}]"
        ));
    }
    found
}

/// The column that holds the state of a record.
fn column_of_state<'a>(ground: &'a Ground, resource: &str) -> Option<&'a str> {
    ground.lookup.table(resource)?.states.as_ref().map(|states| states.column.as_str())
}

/// `security/policies.cedarschema`.
pub(super) fn schema(ground: &Ground) -> String {
    let types = types(ground);
    let open = ground.design.security.authorization.iter().any(|grant| grant.scope == "public");
    let forbidden = ground.forbidden();
    let mut caller: BTreeMap<String, &str> = BTreeMap::new();
    let (mut entities, mut actions) = (String::new(), String::new());
    for (resource, grants) in ground.resources() {
        let name = &types[resource];
        let mut attributes: BTreeMap<String, String> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for grant in &grants {
            if let Some(people) = people(grant) {
                let way = if grant.owner.is_empty() { String::new() } else { grant.owner.join(", ") };
                let place = attributes.entry(people.to_owned()).or_default();
                if place.is_empty() {
                    let told = if way.is_empty() {
                        "no column leads there yet".to_owned()
                    } else {
                        format!("over {way}")
                    };
                    *place = format!("        // {told}\n        {}: Set<Caller>,\n", quoted(people));
                }
            }
            for one in compared(ground, grant) {
                caller.insert(one.caller.clone(), one.kind);
                attributes
                    .entry(one.attribute.clone())
                    .or_insert_with(|| format!("        {}?: {},\n", quoted(&one.attribute), one.kind));
            }
        }
        if let Some(column) = column_of_state(ground, resource) {
            attributes.insert(
                "state".to_owned(),
                format!("        // the column {column}\n        \"state\": String,\n"),
            );
        }
        if ground.lookup.table(resource).is_some_and(of_tenant) {
            attributes
                .insert("organisation".to_owned(), "        \"organisation\": Organisation,\n".to_owned());
        }
        let attributes: String = attributes.into_values().collect();
        let _ = if attributes.is_empty() {
            writeln!(entities, "    entity {name};")
        } else {
            writeln!(entities, "    entity {name} = {{\n{attributes}    }};")
        };
        for grant in &grants {
            if !seen.insert(&grant.operation) {
                continue;
            }
            let public = grants.iter().any(|one| one.operation == grant.operation && one.scope == "public");
            let context = if forbidden.iter().any(|(_, _, second)| *second == grant.operation) {
                "        // The operations of the record that the caller has done.\n        context: { \"done\": Set<String> },\n"
            } else {
                ""
            };
            let _ = write!(
                actions,
                "    action {} appliesTo {{\n        principal: [{}],\n        resource: [{name}],\n{context}    }};\n",
                quoted(&grant.operation),
                if public { "Caller, Guest" } else { "Caller" }
            );
        }
    }
    let mut own = String::new();
    if ground.tenants {
        own += "        \"organisation\": Organisation,\n";
    }
    for (name, kind) in caller {
        let _ = writeln!(own, "        {}?: {kind},", quoted(&name));
    }
    let own = if own.is_empty() { String::new() } else { format!(" = {{\n{own}    }}") };
    let guest = if open { "    // Somebody who is not signed in.\n    entity Guest;\n" } else { "" };
    let organisation = if ground.tenants { "    entity Organisation;\n" } else { "" };
    format!(
        "// {}: what the policies speak of.\nnamespace App {{\n    entity CallerRole;\n{organisation}    entity Caller in [CallerRole]{own};\n{guest}{entities}{actions}}}\n",
        plain(&ground.design.title)
    )
}

/// A string or a name of the language.
fn quoted(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}
