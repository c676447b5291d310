//! Step 7 of the workflow: a design in, files out. One module a kind of file.
//!
//! Everything written here comes from hostile text until shown otherwise, so each format has one place that quotes
//! for it: `markdown` for documents, `sql` for the schema, `diagrams` for Mermaid, and the serialisers for JSON, YAML
//! and CSV.

mod acceptance;
mod archive;
mod asyncapi;
mod csv;
mod deploy;
mod diagrams;
mod difference;
mod document;
mod evolve;
mod graphql;
mod input;
mod load;
mod lookup;
mod markdown;
mod modules;
mod openapi;
mod policies;
mod proto;
mod readme;
mod records;
mod sql;
mod stores;
mod units;

pub use archive::zip;
pub use difference::difference;
pub use document::document;
pub use evolve::{evolution, evolution_files};
pub use input::{design as read_design, profile as read_profile};

use design::Design;
use knowledge::Order as _;

/// A file of a design.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct File {
    /// Relative, with forward slashes.
    pub path: String,
    /// UTF-8 text.
    pub contents: String,
}

/// All files of a design, sorted by path.
pub fn files(design: &Design) -> Vec<File> {
    let mut files = Vec::new();
    let mut add = |path: &str, contents: String| files.push(File { path: path.to_owned(), contents });
    add("design.json", json(design));
    add("design.md", document(design));
    if !design.database.tables.is_empty() {
        add("security/classification.csv", csv::classification(design));
    }
    // Another store takes no PostgreSQL: files that it refuses would only mislead.
    if !design.database.tables.is_empty() && design.store().is_none() {
        add("db/schema.sql", sql::schema(design));
        if let Some(script) = sql::shard(design) {
            add("db/shard.sql", script);
        }
        if let Some(script) = sql::due(design) {
            add("db/due.sql", script);
        }
        if let Some(script) = sql::purge(design) {
            add("db/purge.sql", script);
        }
        add("db/tests/constraints.sql", sql::constraints(design));
        if let Some(script) = sql::row_level_security(design) {
            add("db/tests/row_level_security.sql", script);
        }
        for step in sql::migrations(design) {
            add(&format!("db/migrations/{}", step.path), step.contents);
        }
    }
    if !design.api.operations.is_empty() {
        add("api/openapi.yaml", openapi::openapi(design));
        for (path, contents) in [
            ("api/asyncapi.yaml", asyncapi::asyncapi(design)),
            ("api/schema.graphql", graphql::graphql(design)),
            ("deploy/load-test.js", load::load_test(design)),
        ] {
            if let Some(contents) = contents {
                add(path, contents);
            }
        }
        if let Some((path, contents)) = proto::proto(design) {
            add(&path, contents);
            add(proto::CONFIGURATION, proto::BUF.to_owned());
        }
        add("security/authorization.csv", csv::authorization(design));
    }
    if !design.roadmap.tasks.is_empty() {
        add("backlog.csv", csv::backlog(design));
    }
    if !design.review.is_empty() {
        add("review.csv", csv::review(design));
    }
    if !design.security.threats.is_empty() {
        add("security/threats.csv", csv::threats(design));
    }
    add("traceability.csv", csv::traceability(design));
    add("traceability-elements.csv", csv::traceability_back(design));
    add("traceability.md", csv::traceability_page(design));
    for record in records::records(design) {
        add(&format!("decisions/{}", record.path), record.contents);
    }
    for diagram in diagrams::diagrams(design) {
        add(&format!("diagrams/{}.mmd", diagram.id), diagram.source);
    }
    files.extend(policies::files(design));
    files.extend(stores::files(design));
    files.extend(deploy::files(design));
    files.extend(acceptance::features(design));
    let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    files.push(File { path: "README.md".to_owned(), contents: readme::readme(design, &paths) });
    files.order_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The canonical JSON, two spaces a level, with a final line break.
pub fn json(design: &Design) -> String {
    // Serialising plain data into a string cannot fail: there are no maps with other keys than strings.
    serde_json::to_string_pretty(design).unwrap_or_default() + "\n"
}
