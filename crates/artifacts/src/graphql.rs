//! `api/schema.graphql`: the schema, where the design chose GraphQL.

use crate::openapi::names::{Names, plain};
use crate::openapi::schemas::{LARGEST_PAGE, is_id};
use design::{Column, Design, Operation, Table, json_name};
use requirements::capitalised;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What the schema says in front.
const HEAD: &str = "\
# Limits that the server enforces: 8 levels, a cost of 1,000 a query (a list costs its page), persisted queries only from
# our own clients, introspection off in production. Each list of children is read by one batched query (a data loader).
# Evolution: fields and types are only added; what goes is marked @deprecated with a reason, and removed when nobody has
# asked for it for a month. An argument is never made required.

scalar DateTime
scalar Date
scalar Time
scalar Duration
scalar Decimal
scalar JSON
";

/// Types of the language, and those that the schema makes for itself.
const TAKEN: &[&str] =
    &["Int", "Float", "String", "Boolean", "ID", "DateTime", "Date", "Time", "Duration", "Decimal", "JSON"];

/// The schema of a design; nothing where another style was chosen.
pub(crate) fn graphql(design: &Design) -> Option<String> {
    let style = design.decisions.iter().find(|decision| decision.slot == "api")?;
    if style.chosen != "graphql" {
        return None;
    }
    let names = Names::new(design);
    let mut out = HEAD.to_owned();
    let (mut queries, mut mutations) = (String::new(), String::new());
    let mut pages = BTreeSet::new();
    let (mut inputs, mut written) = (String::new(), BTreeSet::new());
    let mut types = String::new();
    for operation in &design.api.operations {
        let (Some(table), Some(name)) =
            (names.table(&operation.entity), type_name(&names, &operation.entity))
        else {
            continue;
        };
        if written.insert(name.clone()) {
            types += &object("type", &name, &table.entity, table, |column| {
                column.class != "secret" && column.mode != "write-only"
            });
        }
        let list = matches!(operation.action.as_str(), "list" | "linked");
        if list && pages.insert(name.clone()) {
            let _ = write!(types, "\ntype {name}Page {{\n  items: [{name}!]!\n  nextCursor: String\n}}\n");
        }
        let mut arguments: Vec<String> = parameters(operation).map(|name| format!("{name}: ID!")).collect();
        let sent =
            matches!(operation.action.as_str(), "create" | "update").then_some(operation.action.as_str());
        if let Some(action) = sent {
            let input = format!("{name}{}Input", capitalised(action));
            let fields = |column: &Column| !own(column);
            if table.columns.iter().any(|column| fields(column) && shown(column)) {
                if written.insert(input.clone()) {
                    inputs += &input_type(&input, table, action == "update", fields);
                }
                arguments.push(format!("input: {input}!"));
            }
        }
        if operation.needs.iter().any(|need| need.kind == "reason") {
            arguments.push("reason: String!".to_owned());
        }
        if list {
            for filter in &operation.filters {
                let column = table.columns.iter().find(|column| column.name == filter.column);
                arguments.extend(column.map(|column| format!("{}: {}", filter.name, scalar(column))));
            }
            arguments.extend([format!("limit: Int = {}", LARGEST_PAGE / 5), "cursor: String".to_owned()]);
        }
        if operation.action == "reports" {
            arguments.extend(["from: Date!".to_owned(), "before: Date!".to_owned()]);
        }
        let arguments =
            if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let result = if operation.action == "reports" {
            "JSON!".to_owned()
        } else if list {
            format!("{name}Page!")
        } else if operation.action == "get" {
            name
        } else {
            format!("{name}!")
        };
        let removes = matches!(operation.action.as_str(), "delete" | "unlink" | "link");
        let result = if removes { "Boolean!" } else { &result };
        let target = if operation.method == "GET" { &mut queries } else { &mut mutations };
        let _ =
            write!(target, "  {}\n  {}{arguments}: {result}\n", describe(&operation.summary), operation.id);
    }
    if queries.is_empty() {
        queries += "  \"\"\"Whether the service answers.\"\"\"\n  ready: Boolean!\n";
    }
    out += &types;
    out += &inputs;
    let _ = write!(out, "\ntype Query {{\n{queries}}}\n");
    if !mutations.is_empty() {
        let _ = write!(out, "\ntype Mutation {{\n{mutations}}}\n");
    }
    Some(out)
}

/// The name of an entity's type.
fn type_name(names: &Names, entity: &str) -> Option<String> {
    let name = names.schema(entity)?;
    let clashes = TAKEN.contains(&name) || name.ends_with("Input");
    Some(if clashes { format!("{name}Record") } else { name.to_owned() })
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn own(column: &Column) -> bool {
    matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "version")
        || column.mode == "read-only"
}

fn shown(column: &Column) -> bool {
    !column.tenant
}

fn object(
    keyword: &str,
    name: &str,
    description: &str,
    table: &Table,
    wanted: impl Fn(&Column) -> bool,
) -> String {
    let mut out = format!("\n{}\n{keyword} {name} {{\n", describe(description));
    for column in table.columns.iter().filter(|column| shown(column) && wanted(column)) {
        let needed = if column.nullable { "" } else { "!" };
        let _ = writeln!(out, "  {}: {}{needed}", json_name(&column.name), scalar(column));
    }
    out + "}\n"
}

fn input_type(name: &str, table: &Table, partial: bool, wanted: impl Fn(&Column) -> bool) -> String {
    let mut out = format!("\ninput {name} {{\n");
    for column in table.columns.iter().filter(|column| shown(column) && wanted(column)) {
        let needed = if column.nullable || partial || column.default.is_some() { "" } else { "!" };
        let _ = writeln!(out, "  {}: {}{needed}", json_name(&column.name), scalar(column));
    }
    out + "}\n"
}

/// The type of a column's values.
fn scalar(column: &Column) -> &'static str {
    if is_id(column) {
        return "ID";
    }
    match column.kind.split('(').next().unwrap_or_default() {
        "integer" | "int" | "smallint" => "Int",
        // Int has 32 bits.
        "bigint" | "numeric" | "decimal" => "Decimal",
        "real" | "double precision" => "Float",
        "boolean" => "Boolean",
        "date" => "Date",
        "time" => "Time",
        "timestamptz" | "timestamp" => "DateTime",
        "interval" => "Duration",
        "json" | "jsonb" => "JSON",
        _ => "String",
    }
}

/// A description; a quotation mark or backslash could end it early.
fn describe(text: &str) -> String {
    format!("\"\"\"{}\"\"\"", plain(text).replace('"', "'").replace('\\', "/"))
}
