//! The names of schemas and fields, which the contracts of all styles share.

use design::{Design, Table};
use knowledge::Gather as _;
use requirements::capitalised;
use std::collections::{BTreeMap, BTreeSet};

/// Whether callers wait for long work: its status is a `Job` then. Else a record of the text may have that name.
pub(super) fn has_long_work(design: &Design) -> bool {
    let mut operations = design.api.operations.iter();
    operations.any(|operation| operation.needs.iter().any(|need| need.kind == "status-resource"))
}

/// Names that the contracts of a design use for themselves; what none of them writes stays free.
fn taken(design: &Design) -> Vec<&'static str> {
    let decided =
        |option: &str| design.decisions.iter().any(|known| known.slot == "api" && known.chosen == option);
    let mut taken = vec!["Problem"];
    taken.extend(has_long_work(design).then_some("Job"));
    taken.extend((!design.api.events.is_empty()).then_some("Event"));
    if decided("graphql") {
        taken.extend(["Query", "Mutation", "Subscription"]);
    }
    taken
}

/// The tables of entities, and what their schemas are called.
pub(crate) struct Names<'a> {
    tables: BTreeMap<&'a str, &'a Table>,
    schemas: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(design: &'a Design) -> Self {
        let mut tables = BTreeMap::new();
        let mut schemas = BTreeMap::new();
        // Names are told apart without regard to case: some tools make files of them.
        let mut taken: BTreeSet<String> = taken(design).iter().map(|name| name.to_lowercase()).gather();
        for table in design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
            let base = pascal(&table.entity);
            let base = if base.is_empty() { "Record".to_owned() } else { base };
            let free = |name: &String| {
                ["", "Create", "Update", "Page"]
                    .iter()
                    .all(|ending| !taken.contains(&format!("{name}{ending}").to_lowercase()))
            };
            let mut name = base.clone();
            let mut number = 2;
            while !free(&name) {
                name = format!("{base}{number}");
                number += 1;
            }
            for ending in ["", "Create", "Update", "Page"] {
                taken.insert(format!("{name}{ending}").to_lowercase());
            }
            tables.insert(table.entity.as_str(), table);
            schemas.insert(table.entity.as_str(), name);
        }
        Self { tables, schemas }
    }

    /// The table of an entity.
    pub(crate) fn table(&self, entity: &str) -> Option<&'a Table> {
        self.tables.get(entity).copied()
    }

    /// The name of an entity's schema.
    pub(crate) fn schema(&self, entity: &str) -> Option<&str> {
        self.schemas.get(entity).map(String::as_str)
    }
}

/// Words of letters and digits, each with a capital, at most forty letters: the name of a schema.
pub(crate) fn pascal(name: &str) -> String {
    let name: String = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(capitalised)
        .collect::<String>()
        .chars()
        .take(40)
        .collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// Text for a description: one line, without what a reader of Markdown would take for markup.
pub(crate) fn plain(text: &str) -> String {
    // A link needs its bracket and parenthesis side by side.
    let line: String = crate::markdown::one_line(&text.replace("](", "] ("))
        .chars()
        .map(|letter| match letter {
            '<' => '‹',
            '>' => '›',
            _ => letter,
        })
        .collect();
    if line.is_empty() { "Untitled".to_owned() } else { line }
}
