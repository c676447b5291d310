//! The tables.

use super::Operation;
use crate::api::is_toggle;
use knowledge::DialectRow;
use knowledge::Gather as _;
use requirements::Evidence;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "typescript")]
use ts_rs::TS;

/// The tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Database {
    /// The tables, those of the model first.
    pub tables: Vec<Table>,
    /// What the text says must always hold, and what keeps it.
    #[serde(default)]
    pub rules: Vec<RecordRule>,
    /// Who reaches which rows, made from the authorization matrix.
    #[serde(default)]
    pub policies: Vec<Policy>,
    /// Where the tables depart from the third normal form on purpose.
    #[serde(default)]
    pub departures: Vec<Departure>,
}

impl Database {
    /// The ways over which rows of others keep those of a table from being deleted: a reference that restricts that, also
    /// one to a row that would be deleted with it.
    pub fn holders(&self, table: &str) -> Vec<Vec<(&Table, &ForeignKey)>> {
        let mut found = Vec::new();
        self.hold(table, &mut Vec::new(), &mut found);
        found
    }

    fn hold<'a>(
        &'a self,
        table: &str,
        way: &mut Vec<(&'a Table, &'a ForeignKey)>,
        found: &mut Vec<Vec<(&'a Table, &'a ForeignKey)>>,
    ) {
        for holder in &self.tables {
            for key in holder.constraints().filter(|key| key.references.table == table) {
                way.push((holder, key));
                match key.on_delete.as_str() {
                    "restrict" => found.push(way.clone()),
                    "cascade" if way.len() < DEEPEST => self.hold(&holder.name, way, found),
                    _ => {}
                }
                way.pop();
            }
        }
    }

    /// The tables that an operation on links reads or writes in place of the records of its entity, whose table is given: each with
    /// the reference to the record that the link goes out from.
    pub fn links_of<'a>(
        &'a self,
        table: &'a Table,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a Table, &'a ForeignKey)> {
        let base = operation.action.trim_start_matches("un");
        let linking = matches!(base, "link" | "linked");
        let writes = linking || is_toggle(operation);
        let goes = move |key: &ForeignKey| {
            if operation.parent.is_empty() || !linking {
                return key.label == base;
            }
            let parent = self.tables.iter().find(|table| table.entity == operation.parent);
            parent.is_some_and(|parent| parent.name == key.references.table)
        };
        let found = self.tables.iter().filter(|link| link.entity.is_empty());
        found.filter_map(move |link| match link.foreign_keys.as_slice() {
            [from, to, ..] if writes && goes(from) && to.references.table == table.name => Some((link, from)),
            _ => None,
        })
    }

    /// The tables in an order in which each comes after those it refers to, as far as there is one.
    pub fn in_order(&self) -> Vec<&Table> {
        let place: BTreeMap<&str, usize> =
            self.tables.iter().enumerate().map(|(at, table)| (table.name.as_str(), at)).gather();
        // How many references of each table still wait for their target, and who waits for it.
        let mut waits = vec![0_usize; self.tables.len()];
        let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); self.tables.len()];
        for (at, table) in self.tables.iter().enumerate() {
            for key in &table.foreign_keys {
                let Some(&target) = place.get(key.references.table.as_str()) else { continue };
                if target != at {
                    waits[at] += 1;
                    waiting[target].push(at);
                }
            }
        }
        let mut ready: BTreeSet<usize> = (0..waits.len()).filter(|at| waits[*at] == 0).gather();
        let mut left: BTreeSet<usize> = (0..waits.len()).gather();
        let mut order = Vec::with_capacity(waits.len());
        // Where tables refer to each other in a circle, the first of those left is taken.
        while let Some(at) = ready.pop_first().or_else(|| left.first().copied()) {
            if !left.remove(&at) {
                continue;
            }
            order.push(&self.tables[at]);
            for &next in &waiting[at] {
                waits[next] = waits[next].saturating_sub(1);
                if waits[next] == 0 {
                    ready.insert(next);
                }
            }
        }
        order
    }
}

/// How many references the ways to rows that hold others follow.
const DEEPEST: usize = 3;

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Table {
    /// Plural, snake case.
    pub name: String,
    /// The entity whose records it keeps; empty for a link table.
    pub entity: String,
    /// In the order of creation.
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub primary_key: Vec<String>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// Beside that of the primary key.
    pub indexes: Vec<Index>,
    /// Columns of which only some values are allowed.
    pub checks: Vec<Check>,
    /// Conditions that each row must meet by itself.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conditions: Vec<Condition>,
    /// Periods of which no two rows may overlap.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub exclusions: Vec<Exclusion>,
    /// How many rows there may be at most that agree in something.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub limits: Vec<RowLimit>,
    /// The states of a row and the ways between them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub states: Option<StateMachine>,
    /// When rows may no longer be changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub frozen: Option<Frozen>,
    /// What time alone moves on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub timers: Vec<Timer>,
    /// How long rows are kept.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub retention: Vec<Retention>,
    /// The column by whose months the table is partitioned.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub partition_by: Option<String>,
    /// Rows after twelve months.
    #[serde(default)]
    pub rows_year: f64,
    /// Bytes of a row, with its header.
    #[serde(default)]
    pub row_bytes: f64,
    /// Where it comes from.
    pub origin: requirements::Origin,
    /// Why it exists.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

impl Table {
    /// Whether a column says which tenant of a shared system a row is of.
    pub fn is_tenant_key(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.tenant && column.name == name)
    }

    /// Whether its rows belong to tenants of a shared system.
    pub fn is_shared(&self) -> bool {
        self.columns.iter().any(|column| column.tenant)
    }

    /// Whether an operation can meet a limit on how many rows there may be: it makes rows that count, or moves them there.
    pub fn counts(&self, operation: &super::Operation) -> bool {
        self.limits.iter().any(|limit| match &limit.only {
            Some(only) if !operation.leads_to.is_empty() => only.values.contains(&operation.leads_to),
            _ => matches!(operation.action.as_str(), "create" | "update"),
        })
    }

    /// Whether each row has a reference: the column that names the other row is never empty.
    pub fn requires(&self, key: &ForeignKey) -> bool {
        self.columns.iter().any(|column| Some(&column.name) == key.columns.last() && !column.nullable)
    }

    /// The references that the database keeps by a constraint: those to tables of the same service.
    pub fn constraints(&self) -> impl Iterator<Item = &ForeignKey> {
        self.foreign_keys.iter().filter(|key| key.service.is_empty())
    }

    /// Whether a store keeps a check on columns: MySQL refuses one on a column that a deletion elsewhere clears.
    pub fn checkable(&self, store: &DialectRow, columns: &[String]) -> bool {
        store.id != "mysql"
            || !self.constraints().any(|key| {
                key.on_delete != "restrict" && key.columns.iter().any(|column| columns.contains(column))
            })
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Column {
    /// Snake case.
    pub name: String,
    /// A PostgreSQL type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// What a new row gets, as an SQL expression.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default: Option<String>,
    /// The name of the attribute that it keeps; empty for columns of the system's own working.
    pub attribute: String,
    /// The sensitivity class.
    pub class: String,
    /// What a reader of the table has to know about the values; empty where the name says it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
    /// The columns whose words it holds for full-text search; the database computes it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub generated_from: Vec<String>,
    /// The roles to which alone it is answered; empty where whoever reads the row reads it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub readers: Vec<String>,
    /// Whether it says which tenant of a shared system the row is of: a `tenant_id` may also lead to who rents a garden.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub tenant: bool,
    /// How a request may name it: `read-only` where the system finds the value by itself, `write-only` where it goes in and
    /// never comes out; empty where both ways are open.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub mode: String,
}

impl Column {
    /// Whether it holds a credential that is shown to those who gave it out: that needs its value and not a hash.
    pub fn is_presented(&self) -> bool {
        self.class == "secret" && knowledge::access("presented").iter().any(|name| self.name.ends_with(name))
    }
}

/// A reference to another table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ForeignKey {
    /// The name of the constraint.
    pub name: String,
    /// The columns here.
    pub columns: Vec<String>,
    /// Where they point.
    pub references: KeyTarget,
    /// `cascade`, `restrict` or `set null`.
    pub on_delete: String,
    /// The verb of the text that links the two; empty where there is none.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub label: String,
    /// Whether the subject of the verb is the table that is referred to.
    #[serde(default)]
    pub target_acts: bool,
    /// The service that keeps the table referred to, where it is another: then no constraint can keep the reference.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub service: String,
}

/// Where a foreign key points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct KeyTarget {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The columns, the leading one first.
    pub columns: Vec<String>,
    /// Whether no two rows may agree in them.
    pub unique: bool,
    /// The operations that need it, by id.
    pub operations: Vec<String>,
    /// `btree`, `gin` or `brin`.
    #[serde(default)]
    pub method: String,
    /// Which rows it holds, where not all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
    /// What it is for, in words.
    #[serde(default)]
    pub purpose: String,
    /// Its entries after twelve months.
    #[serde(default)]
    pub rows_year: f64,
    /// Its size after twelve months.
    #[serde(default)]
    pub bytes_year: f64,
    /// What it costs to write.
    #[serde(default)]
    pub write_cost: String,
}

/// The rows that an index or a rule is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RowFilter {
    /// The column.
    pub column: String,
    /// Its values; where there are none, `is_null` says which rows are meant.
    pub values: Vec<String>,
    /// Without values: whether the column is null or is not.
    #[serde(default)]
    pub is_null: bool,
}

/// A column of which only some values are allowed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Check {
    /// The name of the constraint.
    pub name: String,
    /// The column it is about.
    pub column: String,
    /// The allowed values.
    pub values: Vec<String>,
}

/// A condition that each row must meet by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Condition {
    /// The name of the constraint.
    pub name: String,
    /// `positive`, `non-negative`, `at-most` (the first column is at most the second), `before` (it is less), `different`
    /// (the two differ) or `currency` (a code of ISO 4217).
    pub kind: String,
    /// The columns.
    pub columns: Vec<String>,
}

/// Periods of which no two rows that agree in other columns may overlap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Exclusion {
    /// The name of the constraint.
    pub name: String,
    /// The columns in which the rows agree.
    pub equal: Vec<String>,
    /// The column at which a period starts.
    pub from: String,
    /// The column at which it ends; the end itself is outside, except that a last day is inside.
    pub to: String,
    /// The rows that count, where not all do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
}

/// How many rows there may be at most that agree in something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RowLimit {
    /// What the refusal names.
    pub name: String,
    /// What the rows agree in: for each the columns, as `table.column`, over which a row leads to it.
    pub per: Vec<Vec<String>>,
    /// The rows that count, where not all do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
    /// The number; where it is empty, a column of what the first of `per` leads to says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub most: Option<u32>,
    /// That column, as `table.column`; empty where the number stands.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub most_in: String,
    /// The length of time of the calendar in which they are counted, such as `week`, or one that slides, such as `24 hours`;
    /// empty where all are.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub within: String,
    /// The column that says in which of these a row is.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub at: String,
}

/// The states of a row and the ways between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct StateMachine {
    /// The column that holds the state.
    pub column: String,
    /// The state of a new row.
    pub first: String,
    /// From which state to which.
    pub moves: Vec<[String; 2]>,
    /// Whether the database refuses other moves. It does where the moves reach every state: otherwise the text left
    /// some out.
    pub enforced: bool,
}

/// When rows may no longer be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Frozen {
    /// The rows; all of them where there is no filter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
    /// The columns that keep their value; none where the whole row does.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub columns: Vec<String>,
    /// Whether rows are never deleted either, except for their age.
    pub kept: bool,
}

/// A step that time takes: a job does it, and nobody who calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Timer {
    /// The verb of the step.
    pub action: String,
    /// The states of the rows that it moves.
    pub states: Vec<String>,
    /// The state that it leads to.
    pub leads_to: String,
    /// After so many seconds; 0 where the column itself says when.
    pub seconds: f64,
    /// Counted from this column; empty where it counts from when the row came into its state.
    pub from: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

impl Timer {
    /// When it is due, in words: "30 minutes after `starts_at`".
    pub fn due(&self) -> String {
        let from = if self.from.is_empty() { "it came into that state" } else { &self.from };
        if self.seconds > 0.0 {
            format!("{} after {from}", crate::figures::duration(self.seconds))
        } else {
            format!("once {from} has passed")
        }
    }
}

/// How long rows are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Retention {
    /// For so many days.
    pub days: f64,
    /// Counted from this column.
    pub from: String,
    /// The rows that go, where not all do: those in a state that the text names.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
    /// How what is older goes.
    pub how: String,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

impl Retention {
    /// Whether rows go with the partition of their month: all of them, counted from what the table is partitioned by.
    pub fn is_dropped(&self, table: &Table) -> bool {
        self.only.is_none() && table.partition_by.as_ref() == Some(&self.from)
    }

    /// From when it counts, in words: "`updated_at`, where status is ended or cancelled".
    pub fn counted_from(&self) -> String {
        let only = self.only.as_ref().map_or_else(String::new, |only| {
            let what = if only.values.is_empty() { "there".to_owned() } else { only.values.join(" or ") };
            format!(", where {} is {what}", only.column)
        });
        format!("{}{only}", self.from)
    }
}

impl RowLimit {
    /// Whether the time in which rows are counted ends with each of them, and not with a day or week of the calendar.
    pub fn slides(&self) -> bool {
        self.within.starts_with(|first: char| first.is_ascii_digit())
    }
}

/// Something that must always hold, with what keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RecordRule {
    /// The entity.
    pub entity: String,
    /// The kind of the invariant: `no-overlap`, `one-active`, `unique`, ….
    pub kind: String,
    /// As the text says it.
    pub text: String,
    /// The names of the constraints, indexes and triggers that keep it; empty where the tables cannot.
    pub kept_by: Vec<String>,
    /// How it is kept, or what is missing.
    pub how: String,
    /// Why it is there.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Which rows of a table may be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// The table.
    pub table: String,
    /// `select`, `insert`, `update`, `delete` or `all`.
    pub command: String,
    /// Whether it narrows what the other policies allow.
    pub restrictive: bool,
    /// Who reaches which rows; rows that one of these allows can be reached.
    pub allows: Vec<RowAccess>,
    /// Why.
    #[cfg_attr(feature = "typescript", ts(type = "string[]"))]
    pub evidence: Evidence,
}

/// Who reaches which rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct RowAccess {
    /// The roles; empty for everybody.
    pub roles: Vec<String>,
    /// `all`, `tenant`, `own`, or `some`: those in the states that `only` has.
    pub scope: String,
    /// For `own`: the columns, each as `table.column`, over which a row leads to the caller.
    pub path: Vec<String>,
    /// For `some`: the rows that are reached.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub only: Option<RowFilter>,
}

/// A place at which the tables depart from the third normal form on purpose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Departure {
    /// The table.
    pub table: String,
    /// The columns.
    pub columns: Vec<String>,
    /// What departs.
    pub what: String,
    /// Why it stays, and what keeps the copies true.
    pub why: String,
}
