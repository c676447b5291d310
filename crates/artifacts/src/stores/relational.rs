//! MySQL, SQLite, SQL Server and Oracle: the same tables with their keys, references, checks and indexes.

use super::{goes_by_itself, head, is_search, kind, left_to_program, quoted, quoted_list, stored};
use crate::markdown::one_line;
use crate::sql::names::{column, literals, suffixed};
use crate::sql::tables::Reasons;
use design::{Column, Condition, Design, ForeignKey, Index, Retention, RowFilter, Table};
use knowledge::DialectRow;
use knowledge::Gather as _;
use std::collections::BTreeSet;

/// The whole schema. Names fit: the shortest limit, MySQL's, is 64 letters, and the design keeps to 63.
pub(super) fn schema(design: &Design, store: &'static DialectRow) -> String {
    let mut out = head(design, store, "--");
    let writer = Writer { store, reasons: Reasons::new(design) };
    let order = design.database.in_order();
    for table in &order {
        out += &writer.table(table);
    }
    for table in &order {
        out += &writer.indexes(table);
    }
    // SQLite takes a reference with its table alone, and minds no order.
    if store.id != "sqlite" {
        for table in &order {
            for key in table.constraints() {
                out +=
                    &format!("ALTER TABLE {} ADD {};\n", quoted(store, &table.name), writer.reference(key));
            }
        }
    }
    let mut aged = String::new();
    for (table, kept) in order.iter().flat_map(|table| table.retention.iter().map(move |kept| (table, kept)))
    {
        if goes_by_itself(design, store, table, kept) {
            aged += &writer.aged(table, kept);
        }
    }
    if !aged.is_empty() {
        out += &format!(
            "\n-- What has been kept long enough goes by itself where the server runs events: SET GLOBAL event_scheduler = ON;\n{aged}"
        );
    }
    let left = left_to_program(design, store);
    if !left.is_empty() {
        out += "\n-- Left to the program:\n";
        for line in left {
            out += &format!("-- {line}\n");
        }
    }
    out
}

struct Writer<'a> {
    store: &'static DialectRow,
    reasons: Reasons<'a>,
}

impl Writer<'_> {
    fn name(&self, name: &str) -> String {
        quoted(self.store, name)
    }

    /// The event by which MySQL deletes what is old enough, a part at a time.
    fn aged(&self, table: &Table, kept: &Retention) -> String {
        let mut rows = format!("{} < UTC_TIMESTAMP(6) - INTERVAL {} DAY", self.name(&kept.from), kept.days);
        if let Some(only) = &kept.only {
            let column = self.name(&only.column);
            rows += &match (only.values.is_empty(), only.is_null) {
                (true, true) => format!(" AND {column} IS NULL"),
                (true, false) => format!(" AND {column} IS NOT NULL"),
                _ => format!(" AND {column} IN ({})", literals(&only.values)),
            };
        }
        format!(
            "CREATE EVENT IF NOT EXISTS {} ON SCHEDULE EVERY 1 MINUTE DO DELETE FROM {} WHERE {rows} LIMIT 1000;\n",
            self.name(&suffixed(&table.name, &format!("{}_aged", kept.from))),
            self.name(&table.name)
        )
    }

    fn table(&self, table: &Table) -> String {
        let named = named(table);
        // Parts by month are PostgreSQL's: without them the key needs no time.
        let identity = table.primary_key.first().is_some_and(|first| first == "id");
        let key = if identity { vec!["id".to_owned()] } else { table.primary_key.clone() };
        // A line with what stands behind it as a comment, since a comma comes before that.
        let mut lines: Vec<(String, String)> = Vec::new();
        for column in stored(table) {
            lines.push((self.column(table, column, identity, &named), self.reasons.of(table, column)));
        }
        for index in table.indexes.iter().filter(|index| index.unique && index.only.is_some()) {
            if self.store.partial == "column" {
                lines.push((self.computed(table, index), String::new()));
            }
        }
        let constraint =
            |name: &str, rule: String| (format!("CONSTRAINT {} {rule}", self.name(name)), String::new());
        lines.push(constraint(
            &suffixed(&table.name, "pkey"),
            format!("PRIMARY KEY ({})", quoted_list(self.store, &key)),
        ));
        for check in &table.checks {
            let rule = format!("CHECK ({} IN ({}))", self.name(&check.column), literals(&check.values));
            lines.push(constraint(&check.name, rule));
        }
        for rule in table.conditions.iter().filter(|rule| table.checkable(self.store, &rule.columns)) {
            lines.push(constraint(&rule.name, format!("CHECK ({})", self.condition(rule))));
        }
        if self.store.id == "sqlite" {
            lines.extend(table.constraints().map(|key| (self.reference(key), String::new())));
        }
        let last = lines.len();
        let body: Vec<String> = (1..)
            .zip(&lines)
            .map(|(at, (line, about))| {
                let comma = if at == last { "" } else { "," };
                let about = if about.is_empty() { String::new() } else { format!(" -- {about}") };
                format!("    {line}{comma}{about}\n")
            })
            .collect();
        format!(
            "-- {}\nCREATE TABLE {} (\n{}){};\n\n",
            one_line(&crate::sql::tables::about(table)),
            self.name(&table.name),
            body.concat(),
            self.store.end
        )
    }

    fn column(&self, table: &Table, column: &Column, identity: bool, named: &BTreeSet<&str>) -> String {
        let name = self.name(&column.name);
        if identity && column.name == "id" && column.kind == "bigint" {
            return format!("{name} {}", self.store.identity);
        }
        let mut line = format!("{name} {}", kind(self.store, column, named.contains(column.name.as_str())));
        if let Some(default) = &column.default {
            line += &format!(
                " DEFAULT {}",
                match default.as_str() {
                    "now()" => self.store.now,
                    "false" => "0",
                    "true" => "1",
                    other => other,
                }
            );
            if column.name == "updated_at" {
                line += self.store.touch;
            }
        }
        if !column.nullable || table.primary_key.contains(&column.name) {
            line += " NOT NULL";
        }
        match column.kind.as_str() {
            "boolean" if matches!(self.store.id, "sqlite" | "oracle") => {
                line += &format!(" CHECK ({name} IN (0, 1))");
            }
            "jsonb" if self.store.id == "sqlite" => line += &format!(" CHECK (json_valid({name}))"),
            "jsonb" if self.store.id == "sql-server" => line += &format!(" CHECK (ISJSON({name}) = 1)"),
            "jsonb" if self.store.id == "oracle" => line += &format!(" CHECK ({name} IS JSON)"),
            _ => {}
        }
        line
    }

    fn condition(&self, rule: &Condition) -> String {
        let at = |n: usize| rule.columns.get(n).map(|column| self.name(column)).unwrap_or_default();
        match rule.kind.as_str() {
            "positive" => format!("{} > 0", at(0)),
            "non-negative" => format!("{} >= 0", at(0)),
            "different" => format!("{} <> {}", at(0), at(1)),
            "before" => format!("{} < {}", at(0), at(1)),
            "currency" => format!("{} LIKE '___'", at(0)),
            _ => format!("{} <= {}", at(0), at(1)),
        }
    }

    fn reference(&self, key: &ForeignKey) -> String {
        let action = match key.on_delete.as_str() {
            "restrict" => self.store.restrict.to_owned(),
            _ if self.store.id == "sql-server" => self.store.restrict.to_owned(),
            other => other.to_uppercase(),
        };
        format!(
            "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}){}",
            self.name(&key.name),
            quoted_list(self.store, &key.columns),
            self.name(&key.references.table),
            quoted_list(self.store, &key.references.columns),
            if action.is_empty() { action } else { format!(" ON DELETE {action}") }
        )
    }

    /// The condition of some rows.
    fn filter(&self, filter: &RowFilter) -> String {
        let name = self.name(&filter.column);
        match (filter.values.is_empty(), filter.is_null) {
            (true, true) => format!("{name} IS NULL"),
            (true, false) => format!("{name} IS NOT NULL"),
            _ => format!("{name} IN ({})", literals(&filter.values)),
        }
    }

    /// A column that has a value in the rows alone that count: nulls are never alike.
    fn computed(&self, table: &Table, index: &Index) -> String {
        let (Some(first), Some(only)) = (index.columns.first(), &index.only) else { return String::new() };
        let kept = column(table, first).map_or("BIGINT", |column| kind(self.store, column, true));
        format!(
            "{} {kept} GENERATED ALWAYS AS (CASE WHEN {} THEN {} END) VIRTUAL",
            self.name(&suffixed(&index.name, "counts")),
            self.filter(only),
            self.name(first)
        )
    }

    fn indexes(&self, table: &Table) -> String {
        let mut out = String::new();
        for index in &table.indexes {
            let (name, on) = (self.name(&index.name), self.name(&table.name));
            if is_search(table, &index.columns) {
                let words: Vec<String> = table
                    .columns
                    .iter()
                    .filter(|column| index.columns.contains(&column.name))
                    .flat_map(|column| column.generated_from.clone())
                    .collect();
                out += &if self.store.id == "mysql" {
                    format!(
                        "ALTER TABLE {on} ADD FULLTEXT INDEX {name} ({});\n",
                        quoted_list(self.store, &words)
                    )
                } else {
                    format!(
                        "-- {}: the words of {} are searched by the full-text index of the store.\n",
                        table.name,
                        words.join(", ")
                    )
                };
                continue;
            }
            let mut columns: Vec<String> = index.columns.iter().map(|column| self.name(column)).collect();
            let mut end = String::new();
            match (&index.only, self.store.partial) {
                (Some(only), "where") => end = format!(" WHERE {}", self.filter(only)),
                (Some(only), "case") if index.unique => {
                    let condition = self.filter(only);
                    columns =
                        columns.iter().map(|name| format!("CASE WHEN {condition} THEN {name} END")).collect();
                }
                (Some(_), "column") if index.unique => {
                    if let Some(first) = columns.first_mut() {
                        *first = self.name(&suffixed(&index.name, "counts"));
                    }
                }
                // An index over some rows is as good over all, only larger.
                _ => {}
            }
            let unique = if index.unique { "UNIQUE " } else { "" };
            // To SQL Server two nulls are alike.
            if index.unique && index.only.is_none() && self.store.id == "sql-server" {
                let open: Vec<String> = index
                    .columns
                    .iter()
                    .filter(|name| column(table, name).is_some_and(|column| column.nullable))
                    .map(|name| format!("{} IS NOT NULL", self.name(name)))
                    .collect();
                if !open.is_empty() {
                    end = format!(" WHERE {}", open.join(" AND "));
                }
            }
            out += &format!("CREATE {unique}INDEX {name} ON {on} ({}){end};\n", columns.join(", "));
        }
        out
    }
}

/// The columns that keys, indexes or checks name, or that have a value by themselves.
fn named(table: &Table) -> BTreeSet<&str> {
    let names = table
        .primary_key
        .iter()
        .chain(table.foreign_keys.iter().flat_map(|key| &key.columns))
        .chain(table.indexes.iter().flat_map(|index| &index.columns))
        .chain(table.checks.iter().map(|check| &check.column))
        .chain(table.conditions.iter().flat_map(|rule| &rule.columns))
        .chain(table.columns.iter().filter(|column| column.default.is_some()).map(|column| &column.name));
    names.map(String::as_str).gather()
}
