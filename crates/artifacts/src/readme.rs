//! `README.md` of a design: what is in the folder and how to use each part.

use crate::markdown;
use design::Design;
use knowledge::DIALECTS;

/// What each file is for, by the start of its path.
const PURPOSES: &[(&str, &str)] = &[
    ("design.md", "the design in eight sections; start here"),
    ("design.json", "the same design as data"),
    (
        "api/openapi.yaml",
        "the interface; `npx @redocly/cli lint api/openapi.yaml` checks it, `npx @stoplight/prism-cli mock api/openapi.yaml` answers it with examples",
    ),
    (
        "db/schema.sql",
        "the tables; `psql --single-transaction --file db/schema.sql` creates them in an empty PostgreSQL schema",
    ),
    ("db/due.sql", "moves on what time alone moves; each minute, as the owner of the tables"),
    ("db/purge.sql", "deletes what has been kept long enough; each night, as the owner of the tables"),
    ("deploy/nightly.yml", "the workflow that runs it"),
    ("db/shard.sql", "makes a shard of a database with the tables, and the map of the shards"),
    ("security/authorization.csv", "who may do what"),
    (
        "security/policies.cedar",
        "the same as policies of Cedar; `cedar validate --schema security/policies.cedarschema --policies security/policies.cedar` checks them",
    ),
    (
        "security/model.fga",
        "the same as a model of OpenFGA; `fga model validate --file security/model.fga` checks it",
    ),
    ("security/threats.csv", "what could go wrong on purpose, and what answers it"),
    (
        "traceability.md",
        "each sentence of the requirements with what it produced, and each element with its reasons",
    ),
    ("acceptance/", "what must be seen to work, in Gherkin"),
    ("backlog.csv", "the work with tests, owners and weeks"),
    ("decisions/", "one record a decision"),
    ("diagrams/", "the diagrams, in Mermaid"),
];

/// The README over the files of a design.
pub(crate) fn readme(design: &Design, paths: &[String]) -> String {
    let mut out =
        format!("# {}\n\nA backend design made from a requirements text.\n\n", markdown::text(&design.title));
    let mut rows: Vec<Vec<String>> = PURPOSES
        .iter()
        .filter(|(start, _)| paths.iter().any(|path| path.starts_with(start)))
        .map(|(start, purpose)| vec![markdown::code(start), (*purpose).to_owned()])
        .collect();
    for store in DIALECTS.iter().filter(|store| paths.iter().any(|path| path == store.file)) {
        let how = format!("the tables for {}; {} creates them", store.name, markdown::code(store.run));
        rows.push(vec![markdown::code(store.file), how]);
    }
    out += &markdown::table(&["File", "What it is"], &rows);
    out.trim_end().to_owned() + "\n"
}
