//! `api/proto`: Protocol Buffers, where the design chose gRPC.

use crate::openapi::names::{Names, plain};
use crate::openapi::schemas::is_id;
use design::{Column, Design, Operation, Scope, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The path of the module's configuration.
pub(crate) const CONFIGURATION: &str = "api/proto/buf.yaml";
/// What `buf` checks: its usual rules, and that no change breaks a caller.
pub(crate) const BUF: &str =
    "version: v2\nlint:\n  use:\n    - STANDARD\nbreaking:\n  use:\n    - WIRE_JSON\n";

/// The path and text of the service definitions; nothing where another style was chosen.
pub(crate) fn proto(design: &Design) -> Option<(String, String)> {
    let style = design.decisions.iter().find(|decision| decision.slot == "api")?;
    if style.chosen != "grpc" {
        return None;
    }
    let names = Names::new(design);
    let mut messages = String::new();
    let mut written = BTreeSet::new();
    let mut services: BTreeMap<String, String> = BTreeMap::new();
    let mut calls = Scope::default();
    for operation in &design.api.operations {
        let (Some(table), Some(name)) =
            (names.table(&operation.entity), message_name(&names, &operation.entity))
        else {
            continue;
        };
        if written.insert(name.clone()) {
            messages += &message(&name, &table.entity, table, |column| {
                column.class != "secret" && column.mode != "write-only"
            });
        }
        // Names that differ by their capitals alone are one name as buf writes them.
        let rpc = calls.take_joined(&pascal_case(&operation.id), "Call");
        let mut fields: Vec<String> = parameters(operation).map(|name| format!("string {name}")).collect();
        match operation.action.as_str() {
            "create" | "update" => {
                let input =
                    format!("{name}{}", if operation.action == "create" { "Draft" } else { "Change" });
                if written.insert(input.clone()) {
                    messages += &message(&input, &operation.summary, table, |column| !own(column));
                }
                fields.push(format!(
                    "{input} {}",
                    if operation.action == "create" { "draft" } else { "change" }
                ));
                if operation.needs.iter().any(|need| need.kind == "idempotency-key") {
                    fields.push("string request_id".to_owned());
                }
            }
            "list" | "linked" => {
                for filter in &operation.filters {
                    let column = table.columns.iter().find(|column| column.name == filter.column);
                    fields.extend(
                        column.map(|column| format!("optional {} {}", kind(column), filter_name(filter))),
                    );
                }
                fields.extend(["int32 page_size".to_owned(), "string page_token".to_owned()]);
            }
            "reports" => fields.extend(["string from_day".to_owned(), "string before_day".to_owned()]),
            _ => {}
        }
        if operation.needs.iter().any(|need| need.kind == "reason") {
            fields.push("string reason".to_owned());
        }
        let answer = match operation.action.as_str() {
            "list" | "linked" => vec![format!("repeated {name} items"), "string next_page_token".to_owned()],
            "delete" | "unlink" | "link" => Vec::new(),
            // One of each for a row: what its records have in common, how many they are, what they come to.
            "reports" => ["repeated string groups", "repeated int64 counts", "repeated string sums"]
                .map(str::to_owned)
                .to_vec(),
            _ => vec![format!("{name} record")],
        };
        messages += &fields_message(&format!("{rpc}Request"), &fields);
        messages += &fields_message(&format!("{rpc}Response"), &answer);
        let service = services.entry(name).or_default();
        let _ = write!(
            service,
            "  // {}\n  rpc {rpc}({rpc}Request) returns ({rpc}Response);\n",
            plain(&operation.summary)
        );
    }
    let package = package(&design.title);
    let mut out = format!(
        "// Every call has a deadline; none is sent without one. Errors are google.rpc.Status with an ErrorInfo whose reason is\n\
         // the id of a problem of api/openapi.yaml. Evolution: a field number is never used again; who removes a field reserves\n\
         // its number and its name; `buf breaking` refuses anything else.\nsyntax = \"proto3\";\n\npackage {package}.v1;\n"
    );
    if messages.contains("google.protobuf.Timestamp") {
        out += "\nimport \"google/protobuf/timestamp.proto\";\n";
    }
    for (name, calls) in &services {
        let _ = write!(out, "\n// The operations on: {name}.\nservice {name}Service {{\n{calls}}}\n");
    }
    out += &messages;
    Some((format!("api/proto/{package}/v1/{package}.proto"), out))
}

/// The name of an entity's message. Names of requests and answers are made from those of calls.
fn message_name(names: &Names, entity: &str) -> Option<String> {
    let name = pascal_case(names.schema(entity)?);
    let clashes = ["Request", "Response", "Service", "Draft", "Change"].iter().any(|end| name.ends_with(end));
    Some(if clashes { format!("{name}Record") } else { name })
}

/// A name as `buf` writes it: runs of capitals become words.
fn pascal_case(name: &str) -> String {
    let mut out = String::new();
    let mut before_upper = false;
    for letter in name.chars() {
        out.push(if out.is_empty() {
            letter.to_ascii_uppercase()
        } else if before_upper {
            letter.to_ascii_lowercase()
        } else {
            letter
        });
        before_upper = letter.is_ascii_uppercase();
    }
    out
}

fn parameters(operation: &Operation) -> impl Iterator<Item = String> {
    let names = operation.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| {
        let mut out = String::new();
        for letter in name.chars() {
            if letter.is_ascii_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.push(letter.to_ascii_lowercase());
        }
        out
    })
}

fn own(column: &Column) -> bool {
    matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "version")
        || column.mode == "read-only"
}

fn message(name: &str, about: &str, table: &Table, wanted: impl Fn(&Column) -> bool) -> String {
    let fields: Vec<String> = table
        .columns
        .iter()
        .filter(|column| !column.tenant && wanted(column))
        .map(|column| {
            let optional = if column.nullable { "optional " } else { "" };
            format!("{optional}{} {}", kind(column), column.name)
        })
        .collect();
    format!("\n// {}.{}", plain(about), fields_message(name, &fields))
}

fn fields_message(name: &str, fields: &[String]) -> String {
    if fields.is_empty() {
        return format!("\nmessage {name} {{}}\n");
    }
    let mut out = format!("\nmessage {name} {{\n");
    for (number, field) in (1..).zip(fields) {
        let _ = writeln!(out, "  {field} = {number};");
    }
    out + "}\n"
}

/// The type of a column's values.
fn kind(column: &Column) -> &'static str {
    if is_id(column) {
        return "string";
    }
    match column.kind.split('(').next().unwrap_or_default() {
        "integer" | "int" | "smallint" => "int32",
        "bigint" => "int64",
        "real" | "double precision" => "double",
        "boolean" => "bool",
        "timestamptz" | "timestamp" => "google.protobuf.Timestamp",
        _ => "string",
    }
}

/// The name of the package: the letters of the title.
fn package(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(str::to_lowercase)
        .collect();
    let name: String = words.join("_").chars().take(40).collect();
    let name = name.trim_end_matches('_');
    // A package of a reserved word would not compile in the languages that it is for.
    if name.is_empty() { "service_api".to_owned() } else { format!("{name}_api") }
}

/// The name of a filter: that of its column, with the end of a range where it is one.
fn filter_name(filter: &design::Access) -> String {
    let ends = [("From", "from"), ("Before", "before")];
    let name = design::json_name(&filter.column);
    let end = filter.name.strip_prefix(&name).and_then(|rest| ends.into_iter().find(|(end, _)| *end == rest));
    end.map_or_else(|| filter.column.clone(), |(_, end)| format!("{}_{end}", filter.column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_whose_names_differ_by_capitals_alone_are_told_apart() {
        let text = "Members keep boats and keep kilns. A boat has a name and a length. A kiln has a name and a size.";
        let mut analysis = requirements::analyze(text).expect("the text is short enough");
        for (old, new) in [("Boat", "X xyz"), ("Kiln", "Xxyz")] {
            let model = &mut analysis.model;
            model
                .entities
                .iter_mut()
                .filter(|entity| entity.name == old)
                .for_each(|entity| entity.name = new.to_owned());
            for end in model.relations.iter_mut().flat_map(|relation| [&mut relation.from, &mut relation.to])
            {
                if end == old {
                    new.clone_into(end);
                }
            }
        }
        let mut options = design::Options::default();
        options.pins.insert("api".to_owned(), "grpc".to_owned());
        let design = design::design(analysis, &options).expect("the decision has this option");
        let (_, file) = proto(&design).expect("gRPC was chosen");
        let names = |start: &str| -> Vec<&str> {
            file.lines()
                .filter_map(|line| line.trim().strip_prefix(start)?.split([' ', '(']).next())
                .collect()
        };
        for (kind, least) in [("message ", 10), ("rpc ", 4)] {
            let all = names(kind);
            let once: BTreeSet<&&str> = all.iter().collect();
            assert!(all.len() > least, "{file}");
            assert_eq!(all.len(), once.len(), "{all:?}");
        }
    }
}
