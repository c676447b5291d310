//! How one gets from a record to the person whose it is: a path over foreign keys.

use crate::model::Database;
use knowledge::Gather as _;
use std::collections::{BTreeMap, VecDeque};

/// The most references that a path follows: a policy that joins more tables is too slow to hold on every row.
const LONGEST: usize = 3;

/// The tables as a graph of references.
pub(super) struct Owners<'a> {
    database: &'a Database,
    by_entity: BTreeMap<String, usize>,
    by_name: BTreeMap<&'a str, usize>,
    /// The columns of the tables that link two others, by the tables that they link.
    links: BTreeMap<(&'a str, &'a str), (String, String)>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(database: &'a Database) -> Self {
        let tables = database.tables.iter().enumerate();
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
        let people = [role.to_lowercase(), "user".to_owned(), "account".to_owned(), "person".to_owned()];
        let Some(&from) = self.by_entity.get(&entity.to_lowercase()) else { return Vec::new() };
        let Some(&to) = people.iter().find_map(|name| self.by_entity.get(name)) else { return Vec::new() };
        if from == to {
            let key = self.database.tables[from].primary_key.first().cloned().unwrap_or_default();
            return vec![format!("{}.{key}", self.database.tables[from].name)];
        }
        self.walk(from, to).or_else(|| self.linked(from, to)).unwrap_or_default()
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
            for key in &table.foreign_keys {
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

    /// Over a table that links the two.
    fn linked(&self, from: usize, to: usize) -> Option<Vec<String>> {
        let (from, to) = (self.database.tables.get(from)?, self.database.tables.get(to)?);
        let (left, right) = self.links.get(&(from.name.as_str(), to.name.as_str()))?;
        Some(vec![left.clone(), right.clone()])
    }
}
