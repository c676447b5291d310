//! What each operation and relation is guaranteed, and what that puts at the edges: decided by the rows of
//! `consistency.toml`, of which the first that fits counts. The words that rows ask of a subject:
//!
//! | Of | Words |
//! | --- | --- |
//! | operation | `write` or `read`; `list`; `scarce` (a constraint lets only one have it), `move` (between states), `money`, `long` (answered before it is done), `unique`, `shared` (several may change it), `feed`, `thread` |
//! | relation, module | `apart` (stored by different services), `border` (of different modules), `part`, `kind`, `many` |
//! | saga | `paid` (the provider takes money), `apart` |

mod edges;
mod sagas;

use crate::model::{Consistency, Guarantee, Module, Operation, Table};
use crate::settled::Settled;
use knowledge::Gather as _;
use knowledge::{CONSISTENCY, ConsistencyRow};
use requirements::{Evidence, Many, Reason, Relation, RelationKind, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Entities whose records answer each other in an order.
const THREADS: [&str; 4] = ["message", "comment", "reply", "post"];

/// What is guaranteed where.
pub(crate) fn consistency(settled: &Settled, modules: &[Module]) -> Consistency {
    let ground = Ground::new(settled, modules);
    let operations = &settled.api.operations;
    Consistency {
        operations: operations
            .iter()
            .filter_map(|operation| {
                let words = ground.operation(operation);
                guarantee(&ground, "operation", &operation.id, &words, &operation.evidence)
            })
            .collect(),
        relations: settled
            .analysis
            .model
            .relations
            .iter()
            // What is not kept with either end needs no guarantee.
            .filter(|relation| requirements::keeps(&relation.label))
            .filter_map(|relation| {
                let subject = format!("{} → {}", relation.from, relation.to);
                guarantee(&ground, "relation", &subject, &ground.relation(relation), &relation.evidence)
            })
            .collect(),
        edges: edges::edges(&ground),
        sagas: sagas::sagas(&ground),
    }
}

/// What the rows are asked about.
struct Ground<'a> {
    settled: &'a Settled<'a>,
    modules: &'a [Module],
    /// The rows whose conditions hold for the system, each with the reasons: the same for every subject.
    rows: Vec<(&'static ConsistencyRow, Evidence)>,
    /// The module of each entity.
    home: BTreeMap<&'a str, &'a Module>,
    /// The table of each entity.
    tables: BTreeMap<&'a str, &'a Table>,
    /// The entities of which a rule lets only one record be at a time.
    limited: BTreeSet<&'a str>,
    /// The entities whose records carry an amount of money.
    paid: BTreeSet<&'a str>,
}

impl<'a> Ground<'a> {
    fn new(settled: &'a Settled<'a>, modules: &'a [Module]) -> Self {
        let home = modules
            .iter()
            .flat_map(|module| module.entities.iter().map(move |entity| (entity.as_str(), module)))
            .collect();
        let tables = settled.database.tables.iter().filter(|table| !table.entity.is_empty());
        let rules = settled.database.rules.iter();
        let entities = settled.analysis.model.entities.iter();
        Self {
            settled,
            modules,
            rows: CONSISTENCY.iter().filter_map(|row| Some((row, reasons(settled, row)?))).collect(),
            home,
            tables: tables.map(|table| (table.entity.as_str(), table)).gather(),
            limited: rules
                .filter(|rule| matches!(rule.kind.as_str(), "no-overlap" | "one-active" | "once"))
                .map(|rule| rule.entity.as_str())
                .gather(),
            paid: entities
                .filter(|entity| entity.attributes.iter().any(|attribute| attribute.kind == "money"))
                .map(|entity| entity.name.as_str())
                .gather(),
        }
    }

    /// The first row that fits, with the reasons that its condition rests on.
    fn row(&self, of: &str, words: &[&str]) -> Option<(&'static ConsistencyRow, Evidence)> {
        let fits = |row: &ConsistencyRow| row.of == of && row.needs.iter().all(|need| words.contains(need));
        self.rows.iter().find(|(row, _)| fits(row)).map(|(row, evidence)| (*row, evidence.clone()))
    }

    /// Whether two entities are stored by different services.
    fn apart(&self, one: &str, other: &str) -> bool {
        match (self.home.get(one), self.home.get(other)) {
            (Some(one), Some(other)) => one.deployable != other.deployable,
            _ => false,
        }
    }

    /// Whether only one may have what a record of the entity takes.
    fn scarce(&self, entity: &str) -> bool {
        self.tables.get(entity).is_some_and(|table| !table.exclusions.is_empty())
            || self.limited.contains(entity)
    }

    /// Whether a record of the entity carries an amount of money.
    fn money(&self, entity: &str) -> bool {
        self.paid.contains(entity)
    }

    fn operation(&self, operation: &Operation) -> Vec<&'static str> {
        let entity = operation.entity.as_str();
        let needs = |kind: &str| operation.needs.iter().any(|need| need.kind == kind);
        let mut words = Vec::new();
        let mut add = |holds: bool, word| {
            if holds {
                words.push(word);
            }
        };
        if operation.method == "GET" {
            add(true, "read");
            add(operation.is_list(), "list");
            add(operation.path.ends_with("/feed"), "feed");
            let last = entity.rsplit(' ').next().unwrap_or_default().to_lowercase();
            add(THREADS.contains(&last.as_str()), "thread");
            return words;
        }
        let keeps = !matches!(operation.action.as_str(), "delete" | "unlink");
        add(true, "write");
        // A step takes nothing that the record has not taken before.
        add(!operation.leads_to.is_empty() || !operation.states.is_empty(), "move");
        add(keeps && self.scarce(entity), "scarce");
        add(keeps && self.tables.get(entity).is_some_and(|table| table.counts(operation)), "limited");
        add(keeps && self.money(entity), "money");
        add(needs("status-resource"), "long");
        let unique = self.tables.get(entity).is_some_and(|table| {
            table.indexes.iter().any(|index| index.unique && index.columns != table.primary_key)
        });
        add(unique && matches!(operation.action.as_str(), "create" | "update"), "unique");
        add(needs("if-match"), "shared");
        words
    }

    fn relation(&self, relation: &Relation) -> Vec<&'static str> {
        let mut words = Vec::new();
        if self.apart(&relation.from, &relation.to) {
            words.push("apart");
        }
        match relation.kind {
            RelationKind::Generalization => words.push("kind"),
            RelationKind::Composition => words.push("part"),
            RelationKind::Association => {}
        }
        if relation.from_max == Many::Any && relation.to_max == Many::Any {
            words.push("many");
        }
        let home = |entity: &str| self.home.get(entity).map(|module| &module.id);
        if home(&relation.from) != home(&relation.to) {
            words.push("border");
        }
        words
    }
}

/// The row itself and the reasons that its condition rests on, where that holds.
fn reasons(settled: &Settled, row: &ConsistencyRow) -> Option<Evidence> {
    let mut evidence = vec![Reason::rule(row.id)];
    for reason in settled.when(row.when)? {
        add_reason(&mut evidence, reason);
    }
    Some(evidence)
}

fn guarantee(
    ground: &Ground,
    of: &str,
    subject: &str,
    words: &[&str],
    because: &Evidence,
) -> Option<Guarantee> {
    let (row, mut evidence) = ground.row(of, words)?;
    for reason in because.iter().take(2) {
        add_reason(&mut evidence, reason.clone());
    }
    Some(Guarantee {
        subject: subject.to_owned(),
        model: row.gives.to_owned(),
        bound: row.bound,
        mechanism: row.mechanism.to_owned(),
        because: row.because.to_owned(),
        evidence,
    })
}
