//! How many rows there may be: counted by a trigger, because a condition on one row cannot see the others.

use super::limited;
use super::rules::{Kept, Rule, live_states, not_kept};
use crate::model::{Column, RowLimit, Table};
use requirements::capitalised;

impl Rule<'_> {
    /// "No more than six tickets per event": the rows of the same are counted after each is written, one transaction at a
    /// time.
    pub(super) fn limit(&self, tables: &mut [Table], at: usize) -> Kept {
        let mut per = Vec::new();
        for word in &self.invariant.on {
            let Some(way) = self.way(tables, at, word) else {
                let table = &tables[at];
                return not_kept(&format!(
                    "Open: {} says nothing of “{word}”, for which {} are counted. Until it does, the program counts them in the transaction that writes, after locking what they are counted for.",
                    table.name,
                    crate::naming::plural(&table.entity.to_lowercase())
                ));
            };
            per.push(way);
        }
        let most = self.invariant.most.parse::<u32>().ok();
        let most_in = match most {
            Some(_) => String::new(),
            None => match per.first().and_then(|way| self.most_in(tables, way)) {
                Some(column) => column,
                None => {
                    return not_kept(&format!(
                        "Open: no column holds “{}”, so the program has to know how many there may be.",
                        capitalised(&self.invariant.most)
                    ));
                }
            },
        };
        let table = &mut tables[at];
        let within = self.invariant.within.clone();
        let slides = within.starts_with(|first: char| first.is_ascii_digit());
        // "At most 3 in 24 hours" is about how often one does it; those of a week are the ones that are in it.
        let column = match within.as_str() {
            "" => String::new(),
            _ if slides => made(table).unwrap_or_default(),
            _ => moment(table).unwrap_or_default(),
        };
        if !within.is_empty() && column.is_empty() {
            return not_kept(&format!("Open: no column of {} says when each was.", table.name));
        }
        let only = if self.invariant.states.is_empty() { live_states(table) } else { self.rows(table) };
        let scope: Vec<&str> =
            per.iter().filter_map(|way| way.last()?.split_once('.')).map(|(_, column)| column).collect();
        let by = if within.is_empty() {
            "limit".to_owned()
        } else {
            format!("{}_limit", within.replace(' ', "_"))
        };
        let name = limited(&format!("{}_{}_{by}", table.name, scope.join("_")));
        let mut how =
            "A trigger that makes writers for the same wait for each other, and counts after each row."
                .to_owned();
        if slides {
            how += &format!(
                " It counts those that were made in the {within} up to each, by their {}: the time slides, so that no midnight lets twice as many in.",
                column.replace('_', " ")
            );
        } else if !within.is_empty() {
            // What is not dated would be counted nowhere.
            table
                .columns
                .iter_mut()
                .filter(|known| known.name == column)
                .for_each(|known| known.nullable = false);
            how += &format!(
                " It counts those of the same calendar {within} (UTC) by their {}, and each {within} begins anew.",
                column.replace('_', " ")
            );
        }
        if !table.limits.iter().any(|known| known.name == name) {
            table.limits.push(RowLimit { name: name.clone(), per, only, most, most_in, within, at: column });
        }
        (vec![name], how)
    }

    /// The columns over which a row leads to what a word names: its own, or one of a record that it must name.
    fn way(&self, tables: &[Table], at: usize, word: &str) -> Option<Vec<String>> {
        let table = &tables[at];
        if let Some(column) = self.column(table, word) {
            return Some(vec![format!("{}.{column}", table.name)]);
        }
        table.foreign_keys.iter().filter(|key| table.requires(key)).find_map(|key| {
            let own = key.columns.last()?;
            let next =
                tables.iter().find(|next| next.name == key.references.table && next.name != table.name)?;
            let column = self.column(next, word)?;
            Some(vec![format!("{}.{own}", table.name), format!("{}.{column}", next.name)])
        })
    }

    /// The column that says how many there may be, in the table that a way leads to.
    fn most_in(&self, tables: &[Table], way: &[String]) -> Option<String> {
        let [only] = way else { return None };
        let (of, column) = only.split_once('.')?;
        let table = tables.iter().find(|table| table.name == of)?;
        let key =
            table.foreign_keys.iter().find(|key| key.columns.last().is_some_and(|last| last == column))?;
        let target = tables.iter().find(|target| target.name == key.references.table)?;
        let whole =
            target.columns.iter().filter(|column| matches!(column.kind.as_str(), "integer" | "bigint"));
        let last = self.invariant.most.rsplit(' ').next().unwrap_or_default();
        let named = |name: &str, word: &str| name.split('_').any(|part| part == word);
        let words = knowledge::storage_words("limits");
        let mut found = whole.clone().filter(|column| named(&column.name, last));
        let mut other = whole.filter(|column| words.iter().any(|word| named(&column.name, word)));
        let column = found.next().or_else(|| other.next())?;
        Some(format!("{}.{}", target.name, column.name))
    }
}

/// The column that says when what a row records happens: its own date, else when the row was made.
fn moment(table: &Table) -> Option<String> {
    let dated = |column: &&Column| matches!(column.kind.as_str(), "date" | "timestamptz");
    let words = knowledge::storage_words("moments");
    let own = words.iter().find_map(|word| {
        table.columns.iter().filter(dated).find(|column| column.attribute.to_lowercase() == *word)
    });
    own.map(|column| column.name.clone()).or_else(|| made(table))
}

/// The column that says when a row was made.
fn made(table: &Table) -> Option<String> {
    table.columns.iter().find(|column| column.name == "created_at").map(|column| column.name.clone())
}
