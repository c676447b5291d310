//! What must always hold of the records, as constraints: what the database keeps no program can break.

use super::tables::{index, system_column};
use super::{Ground, limited};
use crate::model::{Column, Condition, Database, Exclusion, Frozen, RecordRule, RowFilter, Table};
use crate::naming;
use knowledge::DialectRow;
use knowledge::Gather as _;
use requirements::{Invariant, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// What keeps a rule: the names of constraints, and how.
pub(super) type Kept = (Vec<String>, String);

/// Turns the invariants of all entities into constraints, and says of each what keeps it.
pub(super) fn rules(ground: &Ground, database: &mut Database, by_entity: &BTreeMap<&str, usize>) {
    let names: BTreeMap<String, String> = by_entity
        .iter()
        .map(|(entity, at)| (entity.to_lowercase(), database.tables[*at].name.clone()))
        .gather();
    for entity in &ground.analysis.model.entities {
        let Some(&own) = by_entity.get(entity.name.as_str()) else { continue };
        for invariant in &entity.invariants {
            let rule = Rule { invariant, tables: &names };
            let at = if invariant.kind == "once" { rule.links(&database.tables) } else { Some(own) };
            let (kept_by, how) = match (at, invariant.kind.as_str()) {
                (Some(at), "limit") => rule.limit(&mut database.tables, at),
                (Some(at), _) => rule.keep(&mut database.tables[at]),
                (None, _) => {
                    not_kept("No record names both: where one does, a unique constraint keeps the rule.")
                }
            };
            database.rules.push(RecordRule {
                entity: at.map_or(&entity.name, |at| &database.tables[at].entity).clone(),
                kind: invariant.kind.clone(),
                text: invariant.text.clone(),
                kept_by,
                how,
                evidence: invariant.evidence.clone(),
            });
        }
    }
}

pub(super) struct Rule<'a> {
    pub(super) invariant: &'a Invariant,
    /// The tables by the names of their entities in lower case.
    pub(super) tables: &'a BTreeMap<String, String>,
}

impl Rule<'_> {
    fn keep(&self, table: &mut Table) -> Kept {
        match self.invariant.kind.as_str() {
            "unique" | "idempotent" => self.unique(table),
            "once" => self.once(table),
            "one-active" => self.one_active(table),
            "no-overlap" => self.no_overlap(table),
            "order" => self.pair(table, "at-most"),
            "distinct" => self.pair(table, "different"),
            "positive" | "non-negative" => self.signed(table),
            "append-only" => append_only(table),
            "immutable" => self.immutable(table),
            "acyclic" => not_kept(
                "Walked upwards in the transaction that changes the reference; a condition on one row cannot see the others.",
            ),
            "gapless" => not_kept(
                "The number comes from a row that the writing transaction locks; a sequence leaves holes when a transaction fails.",
            ),
            "times" => not_kept(&format!(
                "Open: no record says each time that somebody does it (“{}”), so nothing can be counted. Keep one, with who did it and when; the limit is then a trigger on its table.",
                self.invariant.on.join(", ")
            )),
            "snapshot" => not_kept(
                "The value is copied into the row when it is written; see the departures from the normal form.",
            ),
            "balance" => not_kept(
                "Checked by the transaction that writes the rows, and by a query over all rows each night.",
            ),
            _ => not_kept(
                "Checked by the program within the transaction that writes, after locking the rows that it counts.",
            ),
        }
    }

    /// The column that a word of the rule means: an attribute, or a reference to an entity.
    pub(super) fn column(&self, table: &Table, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        let named = || table.columns.iter().find(|column| column.attribute.to_lowercase() == lower);
        let last = naming::snake(word);
        let short = || {
            // "account balance" is the balance of an account.
            let short = last.strip_prefix(&format!("{}_", naming::snake(&table.entity))).unwrap_or(&last);
            table.columns.iter().find(|column| !short.is_empty() && column.name == short)
        };
        named().or_else(short).map(|column| column.name.clone()).or_else(|| {
            let target = self.tables.get(&lower)?;
            let key = table.foreign_keys.iter().find(|key| key.references.table == *target)?;
            key.columns.last().cloned()
        })
    }

    /// All columns of the rule, or the first word that no column stands for.
    fn columns(&self, table: &Table) -> Result<Vec<String>, String> {
        let mut columns = Vec::new();
        for word in &self.invariant.on {
            let column = self.column(table, word).ok_or_else(|| word.clone())?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(columns)
    }

    /// The rows in the states of the rule.
    pub(super) fn rows(&self, table: &Table) -> Option<RowFilter> {
        let states = table.states.as_ref()?;
        let check = table.checks.iter().find(|check| check.column == states.column)?;
        let values: Vec<String> = check
            .values
            .iter()
            .filter(|value| self.invariant.states.iter().any(|state| state.eq_ignore_ascii_case(value)))
            .cloned()
            .collect();
        let known = !values.is_empty();
        known.then(|| RowFilter { column: states.column.clone(), values, is_null: false })
    }

    fn unique(&self, table: &mut Table) -> Kept {
        // "Permit numbers are unique per branch": alone they may repeat.
        if let [first, _, ..] = self.invariant.on.as_slice()
            && let Some(column) = self.column(table, first)
        {
            let named = |known: &Column| known.name == column && !known.attribute.is_empty();
            if table.columns.iter().any(named) {
                table.indexes.retain(|known| !(known.unique && known.columns == [column.as_str()]));
            }
        }
        match self.columns(table) {
            Ok(columns) if !columns.is_empty() => {
                let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                let mut unique = index(&table.name, &columns, true);
                unique.only = self.rows(table);
                unique.purpose = format!("keeps the rule: {}", self.invariant.text);
                let name = unique.name.clone();
                self.filled(table, &unique.columns);
                if !table.indexes.iter().any(|known| known.unique && known.columns == unique.columns) {
                    // An index for looking up is one more that does the same.
                    table.indexes.retain(|known| known.columns != unique.columns);
                    table.indexes.push(unique);
                }
                (vec![name], "A unique index.".to_owned())
            }
            Ok(_) => not_kept("The text does not say what must be unique."),
            Err(word) => missing(table, &word),
        }
    }

    /// What the text wants to stand once is there: empty values are never alike.
    fn filled(&self, table: &mut Table, columns: &[String]) {
        let stated = self.invariant.evidence.iter().any(|reason| matches!(reason, Reason::Statement(_)));
        let named = |column: &&mut Column| stated && columns.contains(&column.name);
        table.columns.iter_mut().filter(named).for_each(|column| column.nullable = false);
    }

    /// "Not twice for the same": at most one row that is alive for the two together, and not for one of them alone.
    fn once(&self, table: &mut Table) -> Kept {
        let Ok(columns) = self.columns(table) else { return missing(table, &self.invariant.on.join(" + ")) };
        let [thing, scope] = columns.as_slice() else { return not_kept("The text names only one thing.") };
        let alone = index(&table.name, &[thing], false);
        let said = |known: &&mut crate::model::Index| known.columns == alone.columns;
        table.indexes.iter_mut().filter(said).for_each(|known| *known = alone.clone());
        self.filled(table, std::slice::from_ref(scope));
        let mut unique = index(&table.name, &[scope, thing], true);
        unique.only = live_states(table);
        unique.purpose = format!("keeps the rule: {}", self.invariant.text);
        let name = unique.name.clone();
        let how = if unique.only.is_some() {
            "A unique index over the rows that still count."
        } else {
            "A unique index."
        };
        table.indexes.retain(|known| known.name != name);
        table.indexes.push(unique);
        (vec![name], how.to_owned())
    }

    /// The table whose rows name all that the rule is on: a ticket names its seat and its event.
    fn links(&self, tables: &[Table]) -> Option<usize> {
        tables.iter().position(|table| {
            !table.entity.is_empty()
                && self.columns(table).is_ok_and(|found| found.len() == self.invariant.on.len())
        })
    }

    /// At most one row in a state for each of something.
    fn one_active(&self, table: &mut Table) -> Kept {
        let columns = match self.columns(table) {
            Ok(columns) if !columns.is_empty() => columns,
            Ok(_) => return not_kept("The text does not say whose there may be only one."),
            Err(word) => return missing(table, &word),
        };
        let only = self.rows(table).or_else(|| open_states(table)).unwrap_or_else(|| {
            add(table, "ended_at", "timestamptz", "Empty as long as the record is active.");
            RowFilter { column: "ended_at".to_owned(), values: Vec::new(), is_null: true }
        });
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut unique = index(&table.name, &names, true);
        unique.name = limited(&format!("{}_{}_one_active_key", table.name, columns.join("_")));
        unique.only = Some(only);
        unique.purpose = format!("keeps the rule: {}", self.invariant.text);
        let name = unique.name.clone();
        table.indexes.retain(|known| known.name != name);
        table.indexes.push(unique);
        (vec![name], "A unique index over the rows that are active.".to_owned())
    }

    /// No two rows of the same overlap in time.
    fn no_overlap(&self, table: &mut Table) -> Kept {
        let columns = match self.columns(table) {
            Ok(columns) => columns,
            Err(word) => return missing(table, &word),
        };
        let kind = |name: &String| {
            table.columns.iter().find(|column| column.name == *name).map_or("", |column| column.kind.as_str())
        };
        let is_time = |name: &&String| matches!(kind(name), "date" | "timestamptz");
        let times: Vec<String> = columns.iter().filter(is_time).cloned().collect();
        let equal: Vec<String> = columns.iter().filter(|name| !is_time(name)).cloned().collect();
        if equal.is_empty() {
            return not_kept(
                "No column says what must not be taken twice at the same time: refer to it from this table first.",
            );
        }
        let only = live_states(table);
        match times.as_slice() {
            // A record that begins at a time takes its place until it ends, and one of a day takes the day.
            [from] if kind(from) == "timestamptz" => from_on(table, equal, &from.clone(), only),
            [at] => {
                let mut columns: Vec<&str> = equal.iter().map(String::as_str).collect();
                columns.push(at);
                let mut unique = index(&table.name, &columns, true);
                unique.only = only;
                unique.purpose = format!("keeps the rule: {}", self.invariant.text);
                let name = unique.name.clone();
                table.indexes.retain(|known| known.name != name);
                table.indexes.push(unique);
                (vec![name], "A unique index over the time at which each record is.".to_owned())
            }
            [from, to, ..] if kind(from) == kind(to) => {
                let (from, to) = (from.clone(), to.clone());
                exclude(table, equal, &from, &to, only)
            }
            [_, _, ..] => not_kept(
                "The start is a date and the end a time, or the other way round; make both the same.",
            ),
            [] => {
                add(table, "starts_at", "timestamptz", "When it begins.");
                from_on(table, equal, "starts_at", only)
            }
        }
    }

    fn pair(&self, table: &mut Table, kind: &str) -> Kept {
        let columns = match self.columns(table) {
            Ok(columns) => columns,
            Err(word) => return missing(table, &word),
        };
        let [first, second] = columns.as_slice() else {
            return not_kept("The text does not say which two values are compared.");
        };
        let of = |name: &String| {
            table.columns.iter().find(|column| column.name == *name).map(|column| column.kind.clone())
        };
        if of(first) != of(second) {
            return not_kept("The two values have different types; make both the same.");
        }
        let name = if kind == "at-most" {
            order(table, first, second)
        } else {
            condition(table, kind, &[first, second])
        };
        (vec![name], "A check on each row.".to_owned())
    }

    fn signed(&self, table: &mut Table) -> Kept {
        let columns = match self.columns(table) {
            Ok(columns) => columns,
            Err(word) => return missing(table, &word),
        };
        let numeric = |name: &String| {
            let kind =
                table.columns.iter().find(|column| column.name == *name).map(|column| column.kind.as_str());
            matches!(kind, Some("bigint" | "integer" | "numeric"))
        };
        let Some(column) = columns.first().filter(|column| numeric(column)).cloned() else {
            return not_kept("The value is not kept as a number.");
        };
        (vec![condition(table, &self.invariant.kind, &[&column])], "A check on each row.".to_owned())
    }

    /// Rows, or some of their columns, that keep their values: always, or once they are in a state.
    fn immutable(&self, table: &mut Table) -> Kept {
        let columns = match self.columns(table) {
            Ok(columns) => columns,
            Err(word) => return missing(table, &word),
        };
        let only = self.invariant.states.first().map(|state| {
            self.rows(table).unwrap_or_else(|| {
                let column = format!("{}_at", naming::snake(state));
                add(table, &column, "timestamptz", "From then on the record keeps its values.");
                RowFilter { column, values: Vec::new(), is_null: false }
            })
        });
        table.frozen = Some(Frozen { only, columns, kept: false });
        frozen(table, "A trigger refuses changes; only the state may move on.")
    }
}

/// Gives a record that begins at a time an end as well: without times of its own a row would take the place for ever.
fn from_on(table: &mut Table, equal: Vec<String>, from: &str, only: Option<RowFilter>) -> Kept {
    add(table, "ends_at", "timestamptz", "When it ends; the end itself is outside.");
    let times = |column: &&mut Column| column.name == from || column.name == "ends_at";
    table.columns.iter_mut().filter(times).for_each(|column| column.nullable = false);
    exclude(table, equal, from, "ends_at", only)
}

fn exclude(table: &mut Table, equal: Vec<String>, from: &str, to: &str, only: Option<RowFilter>) -> Kept {
    let name = limited(&format!("{}_{}_overlap_excl", table.name, equal.join("_")));
    let day = table.columns.iter().any(|column| column.name == from && column.kind == "date");
    // A last day is inside; a period of no length would overlap nothing.
    let order = order(table, from, to);
    for rule in table.conditions.iter_mut().filter(|rule| rule.name == order && !day) {
        "before".clone_into(&mut rule.kind);
    }
    if !table.exclusions.iter().any(|known| known.name == name) {
        table.exclusions.push(Exclusion {
            name: name.clone(),
            equal,
            from: from.to_owned(),
            to: to.to_owned(),
            only,
        });
    }
    (vec![name, order], "An exclusion constraint over the periods.".to_owned())
}

fn append_only(table: &mut Table) -> Kept {
    table.frozen = Some(Frozen { only: None, columns: Vec::new(), kept: true });
    frozen(table, "A trigger refuses changes, and the role of the application may neither change nor delete.")
}

fn frozen(table: &Table, how: &str) -> Kept {
    (vec![limited(&format!("{}_frozen", table.name))], how.to_owned())
}

pub(super) fn not_kept(why: &str) -> Kept {
    (Vec::new(), why.to_owned())
}

pub(super) fn missing(table: &Table, word: &str) -> Kept {
    not_kept(&format!("{} has no column for “{word}”: record it, and the rule can be kept.", table.name))
}

/// A column that a rule needs and the text does not name.
fn add(table: &mut Table, name: &str, kind: &str, note: &str) {
    if table.columns.iter().any(|column| column.name == name) {
        return;
    }
    let place =
        table.columns.iter().position(|known| known.name == "created_at").unwrap_or(table.columns.len());
    let mut column = system_column(name, kind, None);
    note.clone_into(&mut column.note);
    column.nullable = true;
    table.columns.insert(place, column);
}

fn condition(table: &mut Table, kind: &str, columns: &[&str]) -> String {
    let name = limited(&format!("{}_{}_{}_check", table.name, columns.join("_"), kind.replace('-', "_")));
    if !table.conditions.iter().any(|known| known.name == name) {
        table.conditions.push(Condition {
            name: name.clone(),
            kind: kind.to_owned(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        });
    }
    name
}

fn order(table: &mut Table, from: &str, to: &str) -> String {
    condition(table, "at-most", &[from, to])
}

/// The states from which a row can still move: those in which it is at work.
fn open_states(table: &Table) -> Option<RowFilter> {
    let states = table.states.as_ref()?;
    let check = table.checks.iter().find(|check| check.column == states.column)?;
    let values: Vec<String> = check
        .values
        .iter()
        .filter(|value| states.moves.iter().any(|[from, _]| from == *value))
        .cloned()
        .collect();
    let some = !values.is_empty() && values.len() < check.values.len();
    some.then(|| RowFilter { column: states.column.clone(), values, is_null: false })
}

/// The states in which a row still takes its place.
pub(super) fn live_states(table: &Table) -> Option<RowFilter> {
    let states = table.states.as_ref()?;
    let check = table.checks.iter().find(|check| check.column == states.column)?;
    let void = knowledge::storage_words("void-states");
    let values: Vec<String> = check
        .values
        .iter()
        .filter(|value| !void.contains(&value.to_lowercase().replace('-', " ").as_str()))
        .cloned()
        .collect();
    let some = !values.is_empty() && values.len() < check.values.len();
    some.then(|| RowFilter { column: states.column.clone(), values, is_null: false })
}

/// Takes back what a store other than PostgreSQL does not keep, and says who keeps it then.
pub(super) fn keep(database: &mut Database, store: &DialectRow) {
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    // A store without a type for keys that count up has no checks between columns and no references either.
    let relational = !store.identity.is_empty();
    for table in database.tables.iter().filter(|_| relational || store.id == "mongodb") {
        kept.extend(table.indexes.iter().filter(|index| index.unique).map(|index| index.name.as_str()));
        kept.extend(table.checks.iter().map(|check| check.name.as_str()));
        if relational {
            let conditions = table.conditions.iter().filter(|rule| table.checkable(store, &rule.columns));
            kept.extend(conditions.map(|rule| rule.name.as_str()));
            kept.extend(table.constraints().map(|key| key.name.as_str()));
        }
    }
    for rule in database.rules.iter_mut().filter(|rule| !rule.kept_by.is_empty()) {
        rule.kept_by.retain(|name| kept.contains(name.as_str()));
        if rule.kept_by.is_empty() {
            rule.how = format!(
                "By the program: {} has nothing that keeps it. The transaction locks what the rows share, looks, then writes.",
                store.name
            );
        }
    }
}
