//! Where another store than PostgreSQL was chosen: the tables as that store takes them, and the keys of a cache. Small on
//! purpose: each file holds what the store itself keeps, and says what is left to the program.

mod documents;
mod keys;
mod measurements;
mod relational;

use crate::document::caching;
use crate::{File, csv};
use design::{Column, Design, Retention, Table};
use knowledge::DialectRow;

/// The files of the stores that are not PostgreSQL; none for most designs.
pub(crate) fn files(design: &Design) -> Vec<File> {
    let mut files = Vec::new();
    let mut add = |path: &str, contents: String| files.push(File { path: path.to_owned(), contents });
    if !design.database.tables.is_empty()
        && let Some(store) = design.store()
    {
        match store.id {
            "mongodb" => add(store.file, documents::collections(design, store)),
            "dynamodb" | "cassandra" => {
                let patterns = keys::patterns(design);
                add(&keys::beside(store), keys::table(store, &patterns));
                add(
                    store.file,
                    if store.id == "dynamodb" {
                        keys::dynamodb(design, store, &patterns)
                    } else {
                        keys::cassandra(design, store, &patterns)
                    },
                );
            }
            _ => add(store.file, relational::schema(design, store)),
        }
    } else if let Some(store) = design.store_beside()
        && let Some(schema) = measurements::schema(design, store)
    {
        add(store.file, schema);
    }
    let cache = caching::kept(design);
    if !cache.is_empty() {
        let plain = cache.into_iter().map(|row| row.into_iter().map(|cell| cell.replace('`', "")).collect());
        add("db/redis/keys.csv", csv::table(&caching::HEADS, plain));
    }
    files
}

/// The lines in front of a file: what it is for, how it is run, and what to know of it.
fn head(design: &Design, store: &DialectRow, comment: &str) -> String {
    let mut out = format!(
        "{comment} {}: the tables of the design, for {}.\n{comment} Run in an empty database: {}\n",
        crate::markdown::one_line(&design.title),
        store.name,
        store.run
    );
    for note in store.notes {
        out += &format!("{comment} {note}\n");
    }
    out + "\n"
}

/// The type of a column in a store. `short` says that keys, indexes or checks name the column.
fn kind(store: &DialectRow, column: &Column, short: bool) -> &'static str {
    let wanted = match column.kind.split('(').next().unwrap_or_default() {
        "text" if !short => "long",
        kind => kind,
    };
    let of = |wanted: &str| {
        store.types.iter().filter_map(|pair| pair.split_once('=')).find(|(from, _)| *from == wanted)
    };
    of(wanted).or_else(|| of("text")).map_or("text", |(_, to)| to)
}

/// A name between the quotes of a store. Names of tables and columns are words of ASCII, made so by the design.
fn quoted(store: &DialectRow, name: &str) -> String {
    let (open, close) = store.quotes.split_at_checked(1).unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    format!("{open}{name}{close}")
}

fn quoted_list(store: &DialectRow, names: &[String]) -> String {
    names.iter().map(|name| quoted(store, name)).collect::<Vec<_>>().join(", ")
}

/// The columns that rows have by themselves: search words are computed by PostgreSQL alone.
fn stored(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.generated_from.is_empty())
}

/// Whether an index is one over computed search words.
fn is_search(table: &Table, columns: &[String]) -> bool {
    table.columns.iter().any(|column| !column.generated_from.is_empty() && columns.contains(&column.name))
}

/// Whether a store deletes by itself what is old enough: MySQL by an event, MongoDB by an index that counts the seconds. What
/// has to wait for rows of others is left to the program, since neither of the two looks there.
fn goes_by_itself(design: &Design, store: &DialectRow, table: &Table, kept: &Retention) -> bool {
    let column = table.columns.iter().find(|column| column.name == kept.from);
    let timed = column.is_some_and(|column| column.kind == "timestamptz");
    timed && matches!(store.id, "mysql" | "mongodb") && design.database.holders(&table.name).is_empty()
}

/// What the tables ask for and the store does not keep, as lines for the end of the file.
fn left_to_program(design: &Design, store: &DialectRow) -> Vec<String> {
    let keeps_checks = !store.identity.is_empty();
    let mut lines = Vec::new();
    for table in &design.database.tables {
        for rule in &table.exclusions {
            lines.push(format!(
                "{}: no two rows that agree in {} overlap from {} to {}; the transaction locks the row that they share, looks, then writes.",
                table.name,
                if rule.equal.is_empty() { "nothing".to_owned() } else { rule.equal.join(", ") },
                rule.from,
                rule.to
            ));
        }
        if let Some(states) = table.states.as_ref().filter(|states| states.enforced) {
            let ways: Vec<String> = states.moves.iter().map(|[from, to]| format!("{from} to {to}")).collect();
            lines.push(format!(
                "{}.{}: {}; each move is an update whose condition names the state before.",
                table.name,
                states.column,
                crate::markdown::one_line(&ways.join(", "))
            ));
        }
        if let Some(frozen) = &table.frozen {
            let what = if frozen.columns.is_empty() { "rows".to_owned() } else { frozen.columns.join(", ") };
            lines.push(format!("{}: {what} keep their values once they are final.", table.name));
        }
        for timer in &table.timers {
            lines.push(format!(
                "{}: what is {} becomes {}, {}; a job looks each minute.",
                table.name,
                crate::markdown::one_line(&timer.states.join(" or ")),
                crate::markdown::one_line(&timer.leads_to),
                timer.due()
            ));
        }
        for kept in table.retention.iter().filter(|kept| !goes_by_itself(design, store, table, kept)) {
            lines.push(format!(
                "{}: rows go {} days after {}. {}",
                table.name,
                kept.days,
                kept.counted_from(),
                kept.how
            ));
        }
        for rule in table.conditions.iter().filter(|rule| !table.checkable(store, &rule.columns)) {
            lines.push(format!(
                "{}: {} ({}); MySQL allows no check on a column that a deletion elsewhere clears.",
                table.name,
                rule.kind,
                rule.columns.join(", ")
            ));
        }
        if !keeps_checks {
            for index in table.indexes.iter().filter(|index| index.unique && store.id != "mongodb") {
                lines.push(format!("{}: no two rows agree in {}.", table.name, index.columns.join(", ")));
            }
        }
    }
    lines
}
