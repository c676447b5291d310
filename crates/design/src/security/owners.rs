//! How one gets from a record to the person whose it is: a path over foreign keys.

use crate::database::MAKER;
use crate::model::{Database, ForeignKey, Operation, Table};
use knowledge::Gather as _;
use std::collections::{BTreeMap, VecDeque};

/// The most references that a path follows: a policy that joins more tables is too slow to hold on every row.
const LONGEST: usize = 3;

/// What the people with a session may be called, whatever their role.
const ACCOUNTS: [&str; 3] = ["user", "account", "person"];

/// The tables as a graph of references.
pub(super) struct Owners<'a> {
    database: &'a Database,
    by_entity: BTreeMap<String, usize>,
    by_name: BTreeMap<&'a str, usize>,
    /// What the people with a session are called, whatever their role.
    accounts: Vec<&'static str>,
    /// The columns of the tables that link two others, by the tables that they link.
    links: BTreeMap<(&'a str, &'a str), (String, String)>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(database: &'a Database) -> Self {
        let tables = database.tables.iter().enumerate();
        // An account may also be one with money in it: a person's tells of a person.
        let told = |table: &&Table| {
            let mut columns = table.columns.iter();
            table.entity.eq_ignore_ascii_case("account")
                && !columns.any(|column| matches!(column.class.as_str(), "personal" | "sensitive" | "secret"))
        };
        let impersonal = database.tables.iter().any(|table| told(&table));
        let mut links = BTreeMap::new();
        for link in database.tables.iter().filter(|table| table.entity.is_empty()) {
            let ends: Vec<(&str, String, bool)> = link
                .foreign_keys
                .iter()
                .filter_map(|key| {
                    let column = format!("{}.{}", link.name, key.columns.last()?);
                    Some((key.references.table.as_str(), column, key.service.is_empty()))
                })
                .collect();
            // A table with more ends than these links nothing in particular.
            // The policies of a table read those of its own service.
            for (from, left, _) in ends.iter().take(4).filter(|(.., here)| *here) {
                for (to, right, _) in ends.iter().take(4).filter(|(to, ..)| to != from) {
                    links.entry((*from, *to)).or_insert((left.clone(), right.clone()));
                }
            }
        }
        Self {
            links,
            accounts: ACCOUNTS.into_iter().filter(|name| !(impersonal && *name == "account")).gather(),
            database,
            by_entity: tables
                .clone()
                .filter(|(_, table)| !table.entity.is_empty())
                .map(|(at, table)| (table.entity.to_lowercase(), at))
                .gather(),
            by_name: tables.map(|(at, table)| (table.name.as_str(), at)).gather(),
        }
    }

    /// The columns from a record of an entity to the row of a role, each as `table.column`; empty where there is no way.
    pub(super) fn path(&self, entity: &str, role: &str) -> Vec<String> {
        let (Some(&from), Some(to)) = (self.by_entity.get(&entity.to_lowercase()), self.of_role(role)) else {
            return Vec::new();
        };
        // What a record calls its account by is the shortest way to it.
        let (table, named) = (&self.database.tables[from], format!("{role}_id"));
        if table.columns.iter().any(|column| column.name == named) && !self.by_entity.contains_key(role) {
            return vec![format!("{}.{named}", table.name)];
        }
        // A session names a user: where the table of a role refers to users, each way goes on to there.
        let account =
            self.accounts.iter().find_map(|name| self.by_entity.get(*name)).filter(|one| **one != to);
        let key = account.and_then(|account| {
            let (table, users) = (&self.database.tables[to], &self.database.tables[*account].name);
            let key = table.foreign_keys.iter().find(|key| key.references.table == *users)?;
            Some(format!("{}.{}", table.name, key.columns.last()?))
        });
        if from == to || account == Some(&from) && key.is_some() {
            let key = key.filter(|_| from == to);
            let table = &self.database.tables[from];
            let own = || format!("{}.{}", table.name, table.primary_key.first().map_or("id", String::as_str));
            return vec![key.unwrap_or_else(own)];
        }
        let ways = || self.linked(from, to).or_else(|| self.among(from, to, account.copied()));
        let mut way = self.walk(from, to).or_else(ways).unwrap_or_default();
        if let Some(key) = key.filter(|_| !way.is_empty()) {
            // From a record of another service no policy can go on to the user.
            let leaves = |table: &Table| {
                let mut keys = table.foreign_keys.iter();
                keys.any(|key| {
                    !key.service.is_empty() && key.references.table == self.database.tables[to].name
                })
            };
            let last =
                way.last().and_then(|step| step.split_once('.')).and_then(|(name, _)| self.by_name.get(name));
            if last.and_then(|at| self.database.tables.get(*at)).is_some_and(leaves) {
                return Vec::new();
            }
            way.push(key);
        }
        way
    }

    /// Turns the way of a record over a table of links into the one of a new record, which nothing links yet: it says who
    /// made it.
    pub(super) fn made(&self, entity: &str, way: &mut Vec<String>) {
        let Some(at) = self.by_entity.get(&entity.to_lowercase()) else { return };
        let name = &self.database.tables[*at].name;
        let direct = |step: &String| step.split_once('.').is_some_and(|(of, _)| of == name);
        if way.first().is_some_and(|first| !direct(first)) {
            *way = vec![format!("{name}.{MAKER}")];
        }
    }

    /// The way of a record to who made it.
    pub(super) fn maker(&self, entity: &str, way: &mut Vec<String>) {
        let table = self.by_entity.get(&entity.to_lowercase()).and_then(|at| self.database.tables.get(*at));
        way.extend(table.map(|table| format!("{}.{MAKER}", table.name)));
    }

    /// The way of a linked record: over the table of the links to the record that it is linked to, and from there on.
    pub(super) fn over(&self, operation: &Operation, rest: &[String]) -> Vec<String> {
        let table = |name: &str| {
            self.by_entity.get(&name.to_lowercase()).and_then(|at| self.database.tables.get(*at))
        };
        let ends = (table(&operation.entity), table(&operation.parent));
        let (Some(table), Some(parent)) = ends else { return Vec::new() };
        let Some((link, _)) = self.database.links_of(table, operation).next() else { return Vec::new() };
        // The policies of a table read those of its own service, and a way that begins over links ends there.
        let begins =
            rest.first().and_then(|step| step.split_once('.')).is_some_and(|(of, _)| of == parent.name);
        if !begins || link.foreign_keys.iter().take(2).any(|key| !key.service.is_empty()) {
            return Vec::new();
        }
        let column = |key: &ForeignKey| Some(format!("{}.{}", link.name, key.columns.last()?));
        let ends = link.foreign_keys.iter().take(2).rev().filter_map(column);
        // The link names the record itself already.
        let own = parent.primary_key.first().map(|key| format!("{}.{key}", parent.name));
        ends.chain(rest.iter().filter(|step| Some(*step) != own.as_ref()).cloned()).collect()
    }

    /// Whether the people of a role have a table of their own, or are those of the accounts.
    pub(super) fn is_kept(&self, role: &str) -> bool {
        let role = role.to_lowercase();
        self.by_entity.contains_key(&role)
    }

    /// The table of the people of a role.
    fn of_role(&self, role: &str) -> Option<usize> {
        let role = role.to_lowercase();
        let own = self.by_entity.get(&role);
        own.or_else(|| self.accounts.iter().find_map(|name| self.by_entity.get(*name))).copied()
    }

    /// Breadth first over the references of each table, so that the shortest way wins.
    fn walk(&self, from: usize, to: usize) -> Option<Vec<String>> {
        let mut queue = VecDeque::from([(from, Vec::new())]);
        let mut seen = vec![from];
        while let Some((at, way)) = queue.pop_front() {
            if at == to {
                return Some(way);
            }
            if way.len() == LONGEST {
                continue;
            }
            let table = self.database.tables.get(at)?;
            // What a record must name is its own; what it may name, it may share with others.
            let must = |key: &&ForeignKey| table.requires(key);
            let may = table.foreign_keys.iter().filter(|key| !must(key));
            for key in table.foreign_keys.iter().filter(must).chain(may) {
                let Some(&next) = self.by_name.get(key.references.table.as_str()) else { continue };
                // The tenant's column is part of many keys; the one that names the record is the last.
                let Some(column) = key.columns.last() else { continue };
                // From a record of another service no policy can go on; to its id it can.
                let leaves = !key.service.is_empty() && next != to;
                if !leaves && !seen.contains(&next) {
                    seen.push(next);
                    let mut longer: Vec<String> = way.clone();
                    longer.push(format!("{}.{column}", table.name));
                    queue.push_back((next, longer));
                }
            }
        }
        None
    }

    /// From a record to those who stand to it in a capacity: a conversation to its participants, who refer to it and to
    /// the account.
    fn among(&self, from: usize, to: usize, account: Option<usize>) -> Option<Vec<String>> {
        let [record, people, account] =
            [Some(from), Some(to), account].map(|at| self.database.tables.get(at?));
        let (record, people) = (record?, people?);
        let mut keys = people.foreign_keys.iter();
        let key = keys.find(|key| key.references.table == record.name && key.service.is_empty())?;
        let accounts = &account?.name;
        people.foreign_keys.iter().find(|key| key.references.table == *accounts)?;
        Some(vec![format!("{}.{}", people.name, key.columns.last()?)])
    }

    /// Over a table that links the two.
    fn linked(&self, from: usize, to: usize) -> Option<Vec<String>> {
        let (from, to) = (self.database.tables.get(from)?, self.database.tables.get(to)?);
        let (left, right) = self.links.get(&(from.name.as_str(), to.name.as_str()))?;
        Some(vec![left.clone(), right.clone()])
    }
}
