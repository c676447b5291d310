//! DynamoDB and Cassandra: tables whose keys follow from who asks for what, with the list of those questions.

use super::{head, kind, left_to_program, quoted, quoted_list, stored};
use crate::csv;
use design::{Design, Operation, Table};
use knowledge::DialectRow;
use knowledge::Gather as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many indexes DynamoDB allows beside the key of a table.
const MOST_INDEXES: usize = 20;

/// The longest name of a table in Cassandra.
const LONGEST: usize = 48;

/// The part of a key that keeps partitions small where rows of one value grow without bound.
const MONTH: &str = "month";

/// A way in which rows of a table are asked for.
pub(super) struct Pattern<'a> {
    table: &'a Table,
    /// The operations that ask so; none for what keeps rows unique.
    operations: Vec<&'a str>,
    /// What a question names.
    partition: Vec<String>,
    /// In which order the answers come.
    sort: Vec<String>,
    /// Whether no two rows may agree in the partition.
    unique: bool,
}

/// All ways in which rows are asked for, by table: first each by its key.
pub(super) fn patterns(design: &Design) -> Vec<Pattern<'_>> {
    let mut found = Vec::new();
    for table in &design.database.tables {
        let start = found.len();
        let (first, rest) = table.primary_key.split_at(1.min(table.primary_key.len()));
        let identity = first.first().is_some_and(|first| first == "id");
        found.push(Pattern {
            table,
            operations: Vec::new(),
            partition: first.to_vec(),
            // Where a record has a number of its own, nothing else is needed to find it.
            sort: if identity { Vec::new() } else { rest.to_vec() },
            unique: false,
        });
        for operation in &design.api.operations {
            if operation.entity == table.entity && !table.entity.is_empty() {
                asked(design, table, operation, &mut found, start);
            }
        }
        for index in table.indexes.iter().filter(|index| index.unique && index.only.is_none()) {
            let own = Pattern {
                table,
                operations: Vec::new(),
                partition: index.columns.clone(),
                sort: Vec::new(),
                unique: true,
            };
            add(&mut found, start, own);
        }
        // The other side of a link asks as well.
        if table.entity.is_empty() {
            for key in table.foreign_keys.iter().filter(|key| table.primary_key.ends_with(&key.columns)) {
                let (partition, sort) = (key.columns.clone(), table.primary_key.clone());
                let sort = sort.into_iter().filter(|name| !partition.contains(name)).collect();
                add(
                    &mut found,
                    start,
                    Pattern { table, operations: Vec::new(), partition, sort, unique: false },
                );
            }
        }
    }
    found
}

/// Adds a way of asking, or its operations to the same way.
fn add<'a>(found: &mut Vec<Pattern<'a>>, start: usize, pattern: Pattern<'a>) {
    match found.iter_mut().skip(start).find(|known| known.partition == pattern.partition) {
        Some(known) => {
            for operation in pattern.operations {
                if !known.operations.contains(&operation) {
                    known.operations.push(operation);
                }
            }
        }
        None => found.push(pattern),
    }
}

fn asked<'a>(
    design: &Design,
    table: &'a Table,
    operation: &'a Operation,
    found: &mut Vec<Pattern<'a>>,
    start: usize,
) {
    if !matches!(operation.action.as_str(), "list" | "linked") {
        if operation.action != "create"
            && let Some(own) = found.get_mut(start)
        {
            own.operations.push(&operation.id);
        }
        return;
    }
    let has = |name: &str| table.columns.iter().any(|column| column.name == name);
    let whole = design
        .database
        .tables
        .iter()
        .find(|whole| !operation.parent.is_empty() && whole.entity == operation.parent);
    let parent = whole.and_then(|whole| {
        table.foreign_keys.iter().find(|key| key.references.table == whole.name)?.columns.last().cloned()
    });
    // A range is no key of a partition, within which the rows lie by their time anyway; computed search words are kept nowhere.
    let keyed = |name: &str| {
        let mut columns = stored(table).filter(|column| column.name == name);
        columns.any(|column| !matches!(column.kind.as_str(), "timestamptz" | "date"))
    };
    let filters = operation.filters.iter().filter(|filter| keyed(&filter.column));
    let filters = filters.map(|filter| Some(filter.column.clone()));
    let ways: BTreeSet<Option<String>> = filters.chain([parent]).gather();
    for column in ways {
        let mut partition: Vec<String> =
            ["tenant_id"].into_iter().filter(|name| table.is_tenant_key(name)).map(str::to_owned).collect();
        let reference = column
            .as_ref()
            .is_some_and(|name| table.foreign_keys.iter().any(|key| key.columns.last() == Some(name)));
        partition.extend(column.filter(|name| !table.is_tenant_key(name) && has(name)));
        if !reference {
            partition.push(MONTH.to_owned());
        }
        let sort = ["created_at", "id"].into_iter().filter(|name| has(name)).map(str::to_owned).collect();
        add(found, start, Pattern { table, operations: vec![&operation.id], partition, sort, unique: false });
    }
}

/// The path of the list beside a file.
pub(super) fn beside(store: &DialectRow) -> String {
    let folder = store.file.rsplit_once('/').map_or("db", |(folder, _)| folder);
    format!("{folder}/access-patterns.csv")
}

/// The list of all ways of asking.
pub(super) fn table(store: &DialectRow, patterns: &[Pattern]) -> String {
    let rows = patterns.iter().map(|pattern| {
        let how = match (store.id, pattern.unique) {
            ("dynamodb", true) => "a second item under table#columns#values, in one TransactWriteItems with attribute_not_exists",
            ("dynamodb", false) => "GetItem or Query; joined columns are one attribute, their values with # between them",
            (_, true) => "INSERT … IF NOT EXISTS here first",
            _ => "SELECT … WHERE the partition key is given",
        };
        vec![
            pattern.table.name.clone(),
            if pattern.unique { "keeps rows unique".to_owned() } else { pattern.operations.join(" ") },
            pattern.partition.join(" "),
            pattern.sort.join(" "),
            how.to_owned(),
        ]
    });
    csv::table(&["table", "asked by", "partition key", "sort key", "how"], rows)
}

/// The input of `CreateTable` for each table.
pub(super) fn dynamodb(design: &Design, store: &DialectRow, patterns: &[Pattern]) -> String {
    let tables: Vec<Value> = design
        .database
        .tables
        .iter()
        .map(|table| {
            let mut ways =
                patterns.iter().filter(|pattern| pattern.table.name == table.name && !pattern.unique);
            let mut attributes = BTreeSet::new();
            let mut schema = |pattern: &Pattern| {
                let mut keys = Vec::new();
                for (columns, role) in [(&pattern.partition, "HASH"), (&pattern.sort, "RANGE")] {
                    // Where times sort, the number of the record only tells equal ones apart.
                    let columns = if role == "RANGE" && columns.len() == 2 && columns[1] == "id" {
                        &columns[..1]
                    } else {
                        &columns[..]
                    };
                    if columns.is_empty() {
                        continue;
                    }
                    let name = columns.join("_");
                    let single =
                        table.columns.iter().find(|column| columns.len() == 1 && column.name == columns[0]);
                    attributes.insert((name.clone(), single.map_or("S", |column| kind(store, column, true))));
                    keys.push(json!({ "AttributeName": name, "KeyType": role }));
                }
                keys
            };
            let key = ways.next().map(&mut schema).unwrap_or_default();
            let indexes: Vec<Value> = ways
                .take(MOST_INDEXES)
                .map(|pattern| {
                    json!({
                        "IndexName": format!("by_{}", pattern.partition.join("_")),
                        "KeySchema": schema(pattern),
                        "Projection": { "ProjectionType": "ALL" },
                    })
                })
                .collect();
            let attributes: Vec<Value> = attributes
                .into_iter()
                .map(|(name, kind)| json!({ "AttributeName": name, "AttributeType": kind }))
                .collect();
            let mut input = json!({
                // A name has at least three letters.
                "TableName": format!("{:_<3}", table.name),
                "AttributeDefinitions": attributes,
                "KeySchema": key,
                "BillingMode": "PAY_PER_REQUEST",
            });
            if !indexes.is_empty() {
                input["GlobalSecondaryIndexes"] = indexes.into();
            }
            input
        })
        .collect();
    // Serialising plain data cannot fail.
    serde_json::to_string_pretty(&tables).unwrap_or_default() + "\n"
}

/// One table for each way of asking.
pub(super) fn cassandra(design: &Design, store: &DialectRow, patterns: &[Pattern]) -> String {
    let mut out = head(design, store, "--");
    let mut taken = BTreeSet::new();
    for pattern in patterns {
        let wanted = format!("{}_by_{}", pattern.table.name, pattern.partition.join("_"));
        let mut name: String = wanted.chars().take(LONGEST).collect();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{}_{number}", wanted.chars().take(LONGEST - 4).collect::<String>());
            number += 1;
        }
        let mut lines: Vec<String> = stored(pattern.table)
            .map(|column| format!("    {} {}", quoted(store, &column.name), kind(store, column, true)))
            .collect();
        if pattern.partition.iter().any(|column| column == MONTH)
            && !pattern.table.columns.iter().any(|column| column.name == MONTH)
        {
            lines.push(format!("    {} text", quoted(store, MONTH)));
        }
        // Rows that agree in a key are one row, so what tells them apart is part of it.
        let mut key = format!("({})", quoted_list(store, &pattern.partition));
        let mut order = String::new();
        if !pattern.sort.is_empty() {
            key += &format!(", {}", quoted_list(store, &pattern.sort));
        }
        if pattern.sort.first().is_some_and(|first| first == "created_at") {
            let all: Vec<String> =
                pattern.sort.iter().map(|name| format!("{} DESC", quoted(store, name))).collect();
            order = format!(" WITH CLUSTERING ORDER BY ({})", all.join(", "));
        }
        lines.push(format!("    PRIMARY KEY ({key})"));
        out += &format!("CREATE TABLE {} (\n{}\n){order};\n\n", quoted(store, &name), lines.join(",\n"));
    }
    let left = left_to_program(design, store);
    if !left.is_empty() {
        out += "-- Left to the program:\n";
        for line in left {
            out += &format!("-- {line}\n");
        }
    }
    out
}
