//! From the tables of one design to those of another while the system runs: first what both versions of the program can
//! live with, then the rows, and what only the old version needed last.

mod columns;
mod constraints;
mod files;
mod tables;

pub use files::{evolution, evolution_files};

use design::{Design, ForeignKey, Table};
use knowledge::Gather as _;
use knowledge::Order as _;
use std::collections::{BTreeMap, BTreeSet};

/// When a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// Before the new version of the program runs: the old one does not notice.
    Expand,
    /// While both may run: rows are filled in batches.
    Backfill,
    /// After the last instance of the old version is gone.
    Contract,
}

/// What a step waits for and keeps waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lock {
    /// Only things that nobody uses yet.
    Nothing,
    /// `ACCESS EXCLUSIVE`, for an instant.
    Instant(String),
    /// `ACCESS EXCLUSIVE` while every row is read or written.
    Rewrite(String),
    /// `SHARE ROW EXCLUSIVE` on both ends of a reference or for a trigger, for an instant.
    Writers(String),
    /// `SHARE UPDATE EXCLUSIVE`: reads and writes go on.
    Beside(String),
    /// Rows of one batch.
    Rows(String),
}

impl Lock {
    fn text(&self) -> String {
        match self {
            Self::Nothing => "none on what is in use".to_owned(),
            Self::Instant(on) => format!("ACCESS EXCLUSIVE on {on}, for an instant: no row is read"),
            Self::Rewrite(on) => {
                format!("ACCESS EXCLUSIVE on {on} while all its rows are read: nobody else reaches the table")
            }
            Self::Writers(on) => format!("SHARE ROW EXCLUSIVE on {on}, for an instant: writers wait"),
            Self::Beside(on) => format!("SHARE UPDATE EXCLUSIVE on {on}: reads and writes go on"),
            Self::Rows(on) => format!("ROW EXCLUSIVE on {on}, and the rows of one batch"),
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    phase: Phase,
    /// Steps of a phase run in this order.
    rank: u8,
    what: String,
    sql: String,
    /// Whether it must not run within a transaction.
    alone: bool,
    lock: Lock,
    /// A query that gives true when the step has done its work; empty where the statement itself says so.
    verify: String,
    /// What takes it back; empty where nothing can.
    undo: String,
    /// What must be true before the step runs, beside what its phase asks for.
    gate: String,
}

impl Step {
    fn new(phase: Phase, rank: u8, what: String, sql: String, lock: Lock) -> Self {
        let (verify, undo, gate) = (String::new(), String::new(), String::new());
        Self { phase, rank, what, sql, alone: false, lock, verify, undo, gate }
    }

    fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    fn verify(mut self, query: String) -> Self {
        self.verify = query;
        self
    }

    fn undo(mut self, sql: String) -> Self {
        self.undo = sql;
        self
    }

    fn gate(mut self, gate: &str) -> Self {
        gate.clone_into(&mut self.gate);
        self
    }
}

/// The steps, and what no step does.
#[derive(Debug, Default)]
struct Plan {
    steps: Vec<Step>,
    /// What people have to plan: what it is, and why.
    by_hand: Vec<(String, &'static str)>,
}

/// What the modules of a plan look at.
struct Change<'a> {
    before: &'a Design,
    after: &'a Design,
    /// Tables on both sides whose key and partitions stay.
    common: Vec<(&'a Table, &'a Table)>,
    added: Vec<&'a Table>,
    dropped: Vec<&'a Table>,
    /// The names of the tables that are left to people: nothing may come to rest on them.
    stuck: BTreeSet<&'a str>,
}

impl Change<'_> {
    /// Whether a reference can be made: not where the key that it points to is still another.
    fn stands(&self, key: &ForeignKey) -> bool {
        !self.stuck.contains(key.references.table.as_str())
    }
}

fn plan(before: &Design, after: &Design) -> Plan {
    let old: BTreeMap<&str, &Table> =
        before.database.tables.iter().map(|table| (table.name.as_str(), table)).gather();
    let new: BTreeSet<&str> = after.database.tables.iter().map(|table| table.name.as_str()).gather();
    let mut plan = Plan::default();
    let mut change = Change {
        before,
        after,
        common: Vec::new(),
        added: Vec::new(),
        dropped: Vec::new(),
        stuck: BTreeSet::new(),
    };
    for table in after.database.in_order() {
        match old.get(table.name.as_str()) {
            None => change.added.push(table),
            Some(known) if same_key(known, table) => change.common.push((known, table)),
            Some(_) => {
                change.stuck.insert(&table.name);
                plan.by_hand.push((
                format!("the table {}", table.name),
                "its primary key or its partitions change: a new table, filled beside the old one and then renamed, has to be planned with everything that refers to it",
            ));
            }
        }
    }
    change.dropped =
        before.database.in_order().into_iter().filter(|table| !new.contains(table.name.as_str())).collect();
    change.dropped.reverse();
    tables::steps(&change, &mut plan);
    columns::steps(&change, &mut plan);
    constraints::steps(&change, &mut plan);
    if !change.stuck.is_empty() {
        plan.by_hand.push((
            "the references to these tables, and row-level security".to_owned(),
            "both read keys, and these change: they are in the schema of the new design",
        ));
    }
    // What was found first stays first within a rank.
    plan.steps.order_by_key(|step| (step.phase, step.rank));
    plan
}

fn same_key(old: &Table, new: &Table) -> bool {
    let kinds = |table: &Table| -> Vec<String> {
        let of = |name: &String| table.columns.iter().find(|column| column.name == *name);
        table.primary_key.iter().filter_map(of).map(|column| column.kind.clone()).collect()
    };
    old.primary_key == new.primary_key && kinds(old) == kinds(new) && old.partition_by == new.partition_by
}
