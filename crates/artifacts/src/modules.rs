//! Tables that belong together, for diagrams and migrations that a reader can take in at once.

use design::{Design, Table};
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::capitalised;
use std::collections::BTreeMap;

/// The most tables that one diagram shows.
pub(crate) const MOST: usize = 12;

/// Tables that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Kebab-case.
    pub(crate) id: String,
    /// In words.
    pub(crate) title: String,
    /// The names of the tables, in the order of the design.
    pub(crate) tables: Vec<String>,
}

/// The groups of a design: one where all fit into a diagram, else the tables that refer to each other, each group named
/// after the table that most others of it refer to, and what else is in it.
pub(crate) fn groups(design: &Design) -> Vec<Group> {
    let tables = &design.database.tables;
    if tables.len() <= MOST {
        let names = tables.iter().map(|table| table.name.clone()).collect();
        return vec![Group { id: "all".to_owned(), title: "All tables".to_owned(), tables: names }];
    }
    let place: BTreeMap<&str, usize> =
        tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).gather();
    let own = |table: &Table| table.entity.is_empty() && table.origin == requirements::Origin::Kernel;
    let mut sets = Sets::new(tables.len());
    // Parts first, then links, then all other references: what goes together stays together.
    for strength in 0..3 {
        for (at, table) in tables.iter().enumerate().filter(|(_, table)| !own(table)) {
            let link = table.entity.is_empty();
            for key in &table.foreign_keys {
                let Some(&target) = place.get(key.references.table.as_str()) else { continue };
                let rank = if link {
                    1
                } else if key.on_delete == "cascade" {
                    0
                } else {
                    2
                };
                if rank == strength && !own(&tables[target]) {
                    sets.join(at, target);
                }
            }
        }
    }
    let system: Vec<usize> = (0..tables.len()).filter(|at| own(&tables[*at])).collect();
    for pair in system.windows(2) {
        sets.join(pair[0], pair[1]);
    }
    sets.gather_loose(&system);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..tables.len() {
        members.entry(sets.find(at)).or_default().push(at);
    }
    let mut referred: BTreeMap<&str, usize> = BTreeMap::new();
    for key in tables.iter().flat_map(|table| &table.foreign_keys) {
        *referred.entry(key.references.table.as_str()).or_default() += 1;
    }
    let mut found: Vec<(usize, Group)> = members
        .into_values()
        .map(|members| {
            let count = |at: &usize| referred.get(tables[*at].name.as_str()).copied().unwrap_or_default();
            // Of several with as many references the first of the design names the group.
            let head = members.iter().rev().max_by_key(|at| count(at)).copied().unwrap_or_default();
            let system = own(&tables[head]);
            // The head alone would hide what else is made with it.
            let words = |at: usize| tables[at].name.replace('_', " ");
            let others: Vec<usize> = members.iter().copied().filter(|at| *at != head).collect();
            let (id, title) = match others.as_slice() {
                _ if system => ("system".to_owned(), "Tables of the system itself".to_owned()),
                [] => (tables[head].name.clone(), capitalised(&words(head))),
                [other] => (
                    format!("{}-{}", tables[head].name, tables[*other].name),
                    format!("{} and {}", capitalised(&words(head)), words(*other)),
                ),
                [second, third, rest @ ..] => (
                    format!("{}-and-{}-more", tables[head].name, rest.len() + 2),
                    match rest.len() {
                        0 => {
                            format!("{}, {} and {}", capitalised(&words(head)), words(*second), words(*third))
                        }
                        more => format!(
                            "{}, {}, {} and {more} more",
                            capitalised(&words(head)),
                            words(*second),
                            words(*third)
                        ),
                    },
                ),
            };
            let id = id.replace('_', "-");
            let first = members.first().copied().unwrap_or_default();
            (first, Group { id, title, tables: members.iter().map(|at| tables[*at].name.clone()).collect() })
        })
        .collect();
    found.order_by_key(|(first, _)| *first);
    found.into_iter().map(|(_, group)| group).collect()
}

/// The groups in an order in which their first tables can be created.
pub(crate) fn in_order<'a>(order: &[&Table], groups: &'a [Group]) -> Vec<&'a Group> {
    let place: BTreeMap<&str, usize> =
        order.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).gather();
    let mut sorted: Vec<&Group> = groups.iter().collect();
    sorted.order_by_key(|group| {
        group.tables.iter().filter_map(|name| place.get(name.as_str())).min().copied().unwrap_or_default()
    });
    sorted
}

/// Sets that never grow above what a diagram shows.
struct Sets {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), size: vec![1; count] }
    }

    fn find(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parent[root] != root {
            self.parent[root] = self.parent[self.parent[root]];
            root = self.parent[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b && self.size[a] + self.size[b] <= MOST {
            // The smaller number leads, so that the result does not depend on the order of joining.
            let (low, high) = (a.min(b), a.max(b));
            self.parent[high] = low;
            self.size[low] += self.size[high];
        }
    }

    /// Sets of one or two that nothing else leads to are put together: a diagram of one table says little.
    fn gather_loose(&mut self, except: &[usize]) {
        let mut open: Option<usize> = None;
        for at in 0..self.parent.len() {
            let root = self.find(at);
            if root != at || self.size[root] > 2 || except.contains(&at) {
                continue;
            }
            if let Some(other) = open {
                self.join(other, root);
            }
            let joined = self.find(root);
            open = (self.size[joined] < MOST - 1).then_some(joined);
        }
    }
}
