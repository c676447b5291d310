//! From declarations to entities, relations and rules, and how these outweigh what was read from sentences.

use super::{FIELDS, Field, Link, Record, Schema};
use crate::lemma;
use crate::model::{Attribute, Endpoint, Entity, Invariant, Lifecycle, Many, Origin, Relation, RelationKind};
use crate::names;
use crate::reason::{Reason, add_reason};
use crate::relations::Relations;
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// How many records are taken; a text with more is a dump and no description.
const RECORDS: usize = 500;

/// What the pasted schemas of a text say.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) entities: Vec<Entity>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) lifecycles: Vec<Lifecycle>,
    pub(crate) endpoints: Vec<Endpoint>,
}

impl Schema {
    /// Takes a record, unless there is one of this name or there are too many.
    pub(super) fn add(&mut self, record: Record) {
        let key = record.name.to_ascii_lowercase();
        if self.records.len() < RECORDS && !self.places.contains_key(&key) {
            self.places.insert(key, self.records.len());
            self.records.push(record);
        }
    }

    /// The facts. `statement` is the statement that holds a byte of the text.
    pub(crate) fn facts(mut self, statement: impl Fn(usize) -> Reason) -> Facts {
        super::notation::take(&mut self);
        super::braces::many_to_many(&mut self);
        for link in std::mem::take(&mut self.links) {
            let own = (!link.to_many && !link.field.is_empty())
                .then(|| self.record(&link.from).and_then(|record| record.field(&link.field)))
                .flatten();
            match own {
                Some(field) => {
                    field.refers = Some(link.to);
                    field.unique |= !link.from_many;
                }
                None => self.links.push(link),
            }
        }
        let names = Names::of(&self.records);
        let choices: BTreeMap<String, Vec<String>> =
            self.choices.into_iter().map(|(name, values)| (name.to_ascii_lowercase(), values)).gather();
        let reader = Reader { names, choices, statement: &statement };
        let mut facts = Facts::default();
        for record in &self.records {
            reader.record(record, &mut facts);
        }
        for link in &self.links {
            if let Some(relation) = reader.link(link) {
                facts.relations.push(relation);
            }
        }
        let endpoint = |(method, path, at): (String, String, usize)| Endpoint {
            method,
            path,
            statement: statement(at).to_string(),
        };
        facts.endpoints = self.operations.into_iter().map(endpoint).collect();
        facts
    }
}

/// The names of entities by the names of records.
struct Names {
    entities: BTreeMap<String, String>,
    /// What the key of an entity is called, where it is one field.
    keys: BTreeMap<String, String>,
}

impl Names {
    fn of(records: &[Record]) -> Self {
        let (mut entities, mut keys) = (BTreeMap::new(), BTreeMap::new());
        for record in records {
            let name = singular(&words(&record.name));
            entities.insert(record.name.to_ascii_lowercase(), name.clone());
            // A reference may write the name in another way: `user` for `users`.
            entities.entry(name.clone()).or_insert_with(|| name.clone());
            let mut key = record.fields.iter().filter(|field| field.key);
            if let (Some(only), None) = (key.next(), key.next()) {
                keys.insert(name, words(&only.name));
            }
        }
        Self { entities, keys }
    }

    fn find(&self, written: &str) -> Option<&str> {
        let entities = &self.entities;
        let found =
            entities.get(&written.to_ascii_lowercase()).or_else(|| entities.get(&singular(&words(written))));
        found.map(String::as_str)
    }

    /// What a reference is called, where that says more than the name of what it refers to: `author_id` of a user. A field
    /// that is called as the key that it holds says no more: `part_number` of a part, whose key is its `part_number`.
    fn role(&self, field: &str, target: &str) -> Option<String> {
        // A key of one word, as `id`, tells nothing of whose it is.
        let key = self.keys.get(target).filter(|key| key.contains(' '));
        match key.and_then(|key| field.strip_suffix(key.as_str())) {
            Some("") => None,
            // `parent_unit_code` is the parent of a unit, whose key is its `unit_code`.
            Some(role) if role.ends_with(' ') => Some(role.trim_end().to_owned()),
            _ => role(field, target),
        }
    }
}

struct Reader<'a, S: Fn(usize) -> Reason> {
    names: Names,
    choices: BTreeMap<String, Vec<String>>,
    statement: &'a S,
}

impl<S: Fn(usize) -> Reason> Reader<'_, S> {
    fn record(&self, record: &Record, facts: &mut Facts) {
        let name = names::capitalised(&singular(&words(&record.name)));
        if !name.starts_with(char::is_alphabetic) {
            return;
        }
        let fields = &record.fields[..record.fields.len().min(FIELDS)];
        let references: Vec<&Field> = fields.iter().filter(|field| self.target(field).is_some()).collect();
        // A table of two references and nothing else only links: its rows are no things.
        if let [first, second] = references.as_slice()
            && fields.iter().all(|field| self.target(field).is_some() || key(field, &name) || stamp(field))
            && let (Some(from), Some(to)) = (self.target(first), self.target(second))
        {
            let mut relation = self.plain(from, to, record.at);
            relation.from_max = Many::Any;
            relation.to_max = Many::Any;
            relation.label = words(&record.name);
            facts.relations.push(relation);
            return;
        }
        let mut entity = Entity {
            name: name.clone(),
            attributes: Vec::new(),
            invariants: Vec::new(),
            origin: Origin::Text,
            evidence: vec![(self.statement)(record.at)],
        };
        let mut called: BTreeMap<String, String> = BTreeMap::new();
        for field in fields {
            let own = words(&field.name);
            if let Some(target) = self.target(field) {
                let mut relation = self.plain(&name, target, field.at);
                relation.from_max = if field.unique { Many::One } else { Many::Any };
                relation.to_min = u32::from(field.required);
                relation.role = self.names.role(&own, target);
                called.insert(field.name.to_ascii_lowercase(), relation.to.clone());
                facts.relations.push(relation);
                add_reason(&mut entity.evidence, (self.statement)(field.at));
                continue;
            }
            if key(field, &name)
                || stamp(field)
                || self.names.find(&field.kind).is_some() && field.kind != "text"
            {
                add_reason(&mut entity.evidence, (self.statement)(field.at));
                continue;
            }
            let values = self.values(field);
            if values.len() >= 2
                && ["status", "state", "stage", "phase"].iter().any(|word| own.ends_with(word))
            {
                facts.lifecycles.push(Lifecycle {
                    entity: name.clone(),
                    states: values.iter().map(|value| words(value).replace(' ', "_")).collect(),
                    transitions: Vec::new(),
                    evidence: vec![(self.statement)(field.at)],
                });
            }
            called.insert(field.name.to_ascii_lowercase(), own.clone());
            if let Some(sign) = field.sign {
                let holds = if sign == "positive" { "is more than zero" } else { "is never below zero" };
                let text = format!("The {own} {holds}.");
                entity.invariants.push(self.invariant(sign, vec![own.clone()], text, field.at));
            }
            entity.attributes.push(self.attribute(&entity.name, field, &own));
        }
        for (columns, at) in &record.unique {
            let on: Vec<String> = columns
                .iter()
                .filter_map(|column| called.get(&column.to_ascii_lowercase()).cloned())
                .collect();
            if on.len() == columns.len() {
                let text = format!("No two have the same {}.", on.join(" and ").to_lowercase());
                entity.invariants.push(self.invariant("unique", on, text, *at));
            }
        }
        facts.entities.push(entity);
    }

    fn invariant(&self, kind: &str, on: Vec<String>, text: String, at: usize) -> Invariant {
        let evidence = vec![(self.statement)(at)];
        let kind = kind.to_owned();
        let (states, most, within) = (Vec::new(), String::new(), String::new());
        Invariant { kind, on, states, most, within, text, evidence }
    }

    fn target(&self, field: &Field) -> Option<&str> {
        field.refers.as_deref().and_then(|target| self.names.find(target))
    }

    /// The values that a field may have, in the order in which they are declared.
    fn values<'f>(&'f self, field: &'f Field) -> &'f [String] {
        self.choices.get(&field.kind).unwrap_or(&field.values)
    }

    fn attribute(&self, owner: &str, field: &Field, name: &str) -> Attribute {
        let row = knowledge::attribute(name);
        let by_name = row.map(|row| row.kind);
        // One value alone, or a number, is no choice between words.
        let values = Some(self.values(field)).filter(|values| values.len() > 1);
        Attribute {
            name: name.to_owned(),
            // "donated on", "visited at": what has no type is a time by its last word.
            kind: match (field.kind.as_str(), name.rsplit(' ').next()) {
                ("", Some("on")) => "date",
                ("", Some("at")) => "timestamp",
                _ if values.is_some() => "text",
                (written, _) => kind(written, by_name),
            }
            .to_owned(),
            required: field.required,
            unique: field.unique,
            class: knowledge::class(owner, name, row).to_owned(),
            readers: Vec::new(),
            values: values.unwrap_or_default().to_vec(),
            evidence: vec![(self.statement)(field.at)],
        }
    }

    fn link(&self, link: &Link) -> Option<Relation> {
        let (from, to) = (self.names.find(&link.from)?, self.names.find(&link.to)?);
        let mut relation = self.plain(from, to, link.at);
        relation.from_max = if link.from_many { Many::Any } else { Many::One };
        relation.to_max = if link.to_many { Many::Any } else { Many::One };
        relation.to_min = u32::from(link.required);
        Some(relation)
    }

    fn plain(&self, from: &str, to: &str, at: usize) -> Relation {
        Relation {
            from: names::capitalised(from),
            to: names::capitalised(to),
            label: "has".to_owned(),
            role: None,
            from_min: 0,
            from_max: Many::Any,
            to_min: 0,
            to_max: Many::One,
            kind: RelationKind::Association,
            evidence: vec![(self.statement)(at)],
        }
    }
}

/// What a reference is called, where that says more than the name of what it refers to: `author_id` of a user.
fn role(name: &str, target: &str) -> Option<String> {
    let name = [" id", " uuid", " key", " fk", " code"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    let target = target.to_lowercase();
    let said = name != target && !target.ends_with(&format!(" {name}")) && name != "id" && !name.is_empty();
    said.then(|| name.to_owned())
}

/// Keys that only tell rows apart; the design makes its own.
fn key(field: &Field, entity: &str) -> bool {
    let name = words(&field.name);
    field.key
        && (matches!(name.as_str(), "id" | "uuid" | "guid" | "pk" | "key")
            || name
                .strip_suffix(" id")
                .is_some_and(|stem| stem == entity.to_lowercase() || entity.to_lowercase().ends_with(stem)))
        || name == "id"
}

/// When a row was made and changed: every table of a design tells that.
fn stamp(field: &Field) -> bool {
    matches!(words(&field.name).as_str(), "created at" | "updated at" | "created" | "updated" | "modified at")
}

/// The type of an attribute by the type of its field, and by its name where that says more.
fn kind(written: &str, by_name: Option<&'static str>) -> &'static str {
    let by_name_of = |kinds: &[&str], else_: &'static str| match by_name {
        Some(kind) if kinds.contains(&kind) => kind,
        _ => else_,
    };
    match written {
        "int" | "integer" | "bigint" | "smallint" | "tinyint" | "mediumint" | "serial" | "bigserial"
        | "smallserial" | "int2" | "int4" | "int8" | "long" | "short" | "int32" | "int64" => {
            by_name_of(&["money", "duration"], "integer")
        }
        "numeric" | "decimal" | "float" | "double" | "real" | "number" | "bigdecimal" | "float4"
        | "float8" => by_name_of(&["money"], "decimal"),
        "money" => "money",
        "bool" | "boolean" | "bit" => "boolean",
        "date" | "localdate" => "date",
        "timestamp" | "timestamptz" | "datetime" | "datetime2" | "instant" | "zoneddatetime"
        | "date-time" | "localdatetime" => "timestamp",
        "interval" | "duration" => "duration",
        "json" | "jsonb" | "textblob" | "xml" | "clob" => "long-text",
        "bytea" | "blob" | "anyblob" | "imageblob" | "binary" | "bytes" | "varbinary" | "byte" => "file",
        "email" => "email",
        "uri" | "url" => "url",
        // A head of a CSV file has names and no types.
        "" => by_name.unwrap_or("text"),
        _ => by_name_of(&["email", "phone", "url", "long-text", "file"], "text"),
    }
}

/// A name of a program in words: `orderItems`, `order_items` and `OrderItems` are order items.
fn words(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        let next = if letter.is_alphanumeric() { letter } else { ' ' };
        let border = next.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
        if (next == ' ' || border) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        if next != ' ' {
            out.extend(next.to_lowercase());
        }
        before = next;
    }
    let out = out.trim_end();
    out.strip_prefix("tbl ").unwrap_or(out).to_owned()
}

/// Words with the last one in the singular.
fn singular(words: &str) -> String {
    match words.rsplit_once(' ') {
        Some((before, last)) => format!("{before} {}", lemma::singular(last)),
        None => lemma::singular(words).into_owned(),
    }
}

impl Facts {
    /// The names of the entities, in lower case.
    pub(crate) fn names(&self) -> impl Iterator<Item = (String, &Reason)> {
        self.entities.iter().filter_map(|entity| Some((entity.name.to_lowercase(), entity.evidence.first()?)))
    }

    /// The operations that sentences spell out, and those of the declarations.
    pub(crate) fn operations(&mut self, mut said: Vec<Endpoint>) -> Vec<Endpoint> {
        let known: BTreeSet<(String, String)> =
            said.iter().map(|known| (known.method.clone(), known.path.clone())).gather();
        let new = |endpoint: &Endpoint| !known.contains(&(endpoint.method.clone(), endpoint.path.clone()));
        said.extend(self.endpoints.drain(..).filter(new));
        said
    }

    /// Puts what is declared in the place of what was read: types, keys and uniqueness are those of the declaration, what
    /// only sentences say stays.
    pub(crate) fn outweigh(&mut self, entities: &mut [Entity], relations: &mut Relations) {
        for relation in self.relations.drain(..) {
            relations.given(relation);
        }
        let mut given: BTreeMap<String, Entity> = std::mem::take(&mut self.entities)
            .into_iter()
            .map(|entity| (entity.name.clone(), entity))
            .gather();
        for entity in entities {
            let Some(declared) = given.remove(&entity.name) else { continue };
            for reason in declared.evidence {
                add_reason(&mut entity.evidence, reason);
            }
            let known: BTreeSet<String> =
                declared.attributes.iter().map(|attribute| attribute.name.clone()).gather();
            let said = std::mem::replace(&mut entity.attributes, declared.attributes);
            for attribute in said {
                if !known.contains(&attribute.name) {
                    entity.attributes.push(attribute);
                } else if let Some(same) =
                    entity.attributes.iter_mut().find(|same| same.name == attribute.name)
                {
                    for reason in attribute.evidence {
                        add_reason(&mut same.evidence, reason);
                    }
                }
            }
            entity.invariants.extend(declared.invariants);
        }
    }
}
