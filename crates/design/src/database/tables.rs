//! The tables of the entities, and the columns of their attributes.

use super::{Ground, limited};
use crate::model::{Check, Column, Condition, Index, StateMachine, Table};
use crate::naming::{self, Scope};
use crate::sealed::SEALED;
use knowledge::Gather as _;
use requirements::{Analysis, Attribute, Entity, Evidence, Lifecycle, Origin};
use std::collections::BTreeSet;

/// The table of an entity.
pub(super) fn entity_table(
    ground: &Ground,
    name: String,
    entity: &Entity,
    lifecycle: Option<&Lifecycle>,
    several_currencies: bool,
) -> Table {
    let mut table = empty(name, entity.origin, entity.evidence.clone());
    table.entity.clone_from(&entity.name);
    table.columns.push(key_column("id", ground.key));
    let mut scope = Scope::default();
    for reserved in ["id", "created_at", "updated_at"] {
        scope.take(reserved, reserved);
    }
    for (at, attribute) in entity.attributes.iter().enumerate() {
        let short = own_name(&attribute.name, &entity.name);
        if short == "id" {
            continue;
        }
        let column = scope.take(&short, &format!("field_{}", at + 1));
        if attribute.unique {
            table.indexes.push(index(&table.name, &[&column], true));
        }
        if !attribute.values.is_empty() {
            table.checks.push(Check {
                name: limited(&format!("{}_{column}_check", table.name)),
                column: column.clone(),
                values: attribute.values.clone(),
            });
        }
        table.columns.push(attribute_column(column, attribute, &entity.name));
    }
    let priced = entity.attributes.iter().any(|attribute| attribute.kind == "money");
    if priced && several_currencies && !table.columns.iter().any(|column| column.name == "currency") {
        let column = scope.take("currency", "currency");
        table.conditions.push(Condition {
            name: limited(&format!("{}_{column}_check", table.name)),
            kind: "currency".to_owned(),
            columns: vec![column.clone()],
        });
        let mut column = system_column(&column, "text", None);
        "Currency of the amounts of the row, a code of ISO 4217.".clone_into(&mut column.note);
        table.columns.push(column);
    }
    if let Some(lifecycle) = lifecycle.filter(|lifecycle| !lifecycle.states.is_empty()) {
        add_states(&mut table, &mut scope, lifecycle);
    }
    table.columns.push(system_column("created_at", "timestamptz", Some("now()")));
    table.columns.push(system_column("updated_at", "timestamptz", Some("now()")));
    table
}

/// The column of the state, its values, and the ways between them.
fn add_states(table: &mut Table, scope: &mut Scope, lifecycle: &Lifecycle) {
    let stated = table.columns.iter().find(|column| column.name == "status").cloned();
    let column = if stated.is_some() { "status".to_owned() } else { scope.take("status", "status") };
    table.columns.retain(|known| known.name != column);
    table.indexes.retain(|index| !index.columns.contains(&column));
    table.checks.retain(|check| check.column != column);
    table.checks.push(Check {
        name: limited(&format!("{}_{column}_check", table.name)),
        column: column.clone(),
        values: lifecycle.states.clone(),
    });
    let first = lifecycle.states.first().cloned().unwrap_or_default();
    table.columns.push(Column {
        name: column.clone(),
        kind: "text".to_owned(),
        nullable: false,
        default: Some(naming::literal(&first)),
        attribute: stated.map(|stated| stated.attribute).unwrap_or_default(),
        class: "internal".to_owned(),
        note: String::new(),
        generated_from: Vec::new(),
        readers: Vec::new(),
        tenant: false,
        mode: String::new(),
    });
    let known: BTreeSet<&str> = lifecycle.states.iter().map(String::as_str).gather();
    let mut moves: Vec<[String; 2]> = Vec::new();
    for transition in &lifecycle.transitions {
        let pair = [transition.from.clone(), transition.to.clone()];
        let ends = known.contains(transition.from.as_str()) && known.contains(transition.to.as_str());
        if ends && transition.from != transition.to && !moves.contains(&pair) {
            moves.push(pair);
        }
    }
    let mut reached: BTreeSet<&str> = BTreeSet::from([first.as_str()]);
    while let Some([_, to]) =
        moves.iter().find(|[from, to]| reached.contains(from.as_str()) && !reached.contains(to.as_str()))
    {
        reached.insert(to);
    }
    let enforced = !moves.is_empty() && reached.len() == known.len();
    table.states = Some(StateMachine { column, first, moves, enforced });
}

/// Whether a text needs the currency beside each amount.
pub(super) fn several_currencies(analysis: &Analysis) -> bool {
    analysis.requirements.statements.iter().any(|statement| {
        let text = statement.text.to_lowercase();
        knowledge::storage_words("several-currencies").iter().any(|word| text.contains(word))
    })
}

/// What an order comes to follows from its parts: nobody who calls says it.
pub(super) fn summed(tables: &mut [Table]) {
    let parts = |table: &Table| {
        table
            .foreign_keys
            .iter()
            .filter(|key| table.requires(key))
            .map(|key| key.references.table.clone())
            .collect::<Vec<_>>()
    };
    let wholes: BTreeSet<String> =
        tables.iter().filter(|table| !table.entity.is_empty()).flat_map(parts).gather();
    for table in tables.iter_mut().filter(|table| wholes.contains(&table.name)) {
        let kind = table.entity.rsplit(' ').next().unwrap_or_default().to_lowercase();
        if !knowledge::access("sums").contains(&kind.as_str()) {
            continue;
        }
        let sum = |column: &&mut Column| {
            knowledge::access("summed").contains(&column.attribute.to_lowercase().as_str())
        };
        table.columns.iter_mut().filter(sum).for_each(|column| "read-only".clone_into(&mut column.mode));
    }
}

/// A table without columns.
pub(super) fn empty(name: String, origin: Origin, evidence: Evidence) -> Table {
    Table {
        name,
        entity: String::new(),
        columns: Vec::new(),
        primary_key: vec!["id".to_owned()],
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        conditions: Vec::new(),
        exclusions: Vec::new(),
        limits: Vec::new(),
        states: None,
        frozen: None,
        timers: Vec::new(),
        retention: Vec::new(),
        partition_by: None,
        rows_year: 0.0,
        row_bytes: 0.0,
        origin,
        evidence,
    }
}

/// An index that is named after its columns.
pub(crate) fn index(table: &str, columns: &[&str], unique: bool) -> Index {
    let suffix = if unique { "key" } else { "idx" };
    Index {
        name: limited(&format!("{table}_{}_{suffix}", columns.join("_"))),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        unique,
        operations: Vec::new(),
        method: "btree".to_owned(),
        only: None,
        purpose: if unique { "no two rows alike".to_owned() } else { String::new() },
        rows_year: 0.0,
        bytes_year: 0.0,
        write_cost: String::new(),
    }
}

/// The name of a column: the attribute's, without the entity's own name in front; `employee id` of an employee is `id`.
fn own_name(attribute: &str, entity: &str) -> String {
    let (name, prefix) = (naming::snake(attribute), naming::snake(entity));
    match name.strip_prefix(&format!("{prefix}_")) {
        Some("id" | "identifier") => "id".to_owned(),
        _ if matches!(name.as_str(), "id" | "identifier" | "unique_id" | "unique_identifier") => {
            "id".to_owned()
        }
        _ => name,
    }
}

/// A column that no attribute stands behind.
pub(super) fn system_column(name: &str, kind: &str, default: Option<&str>) -> Column {
    Column {
        name: name.to_owned(),
        kind: kind.to_owned(),
        nullable: false,
        default: default.map(str::to_owned),
        attribute: String::new(),
        class: "internal".to_owned(),
        note: String::new(),
        generated_from: Vec::new(),
        readers: Vec::new(),
        tenant: false,
        mode: String::new(),
    }
}

/// A key that the database makes.
pub(super) fn key_column(name: &str, kind: &str) -> Column {
    let mut column = system_column(name, kind, None);
    if kind == "uuid" {
        "UUID of version 7: seen outside, so it does not count up; it begins with the time, so that a store which compares from the left indexes it cheaply."
            .clone_into(&mut column.note);
    }
    column
}

fn attribute_column(name: String, attribute: &Attribute, entity: &str) -> Column {
    let kind = match attribute.kind.as_str() {
        "integer" => "integer",
        "decimal" => "numeric",
        // Whole minor units: no rounding in sums.
        "money" => "bigint",
        "boolean" => "boolean",
        "date" => "date",
        "timestamp" => "timestamptz",
        "duration" => "interval",
        _ => "text",
    };
    let mode = knowledge::mode(entity, &attribute.name);
    let note = match attribute.kind.as_str() {
        _ if attribute.class == SEALED => {
            "Ciphertext in Base64: only the devices of sender and recipients read it."
        }
        "money" => "Whole minor units of the currency, such as cents.",
        "phone" => "In the form of E.164: +, country code, number.",
        "file" => "The key of the file in the file store, not the file.",
        _ if mode == "read-only" => "The system sets it; no request does.",
        _ if mode == "write-only" => "It goes in and is never shown: it gives the solution away.",
        _ => "",
    };
    Column {
        name,
        kind: kind.to_owned(),
        nullable: !attribute.required,
        default: (mode == "read-only" && kind == "timestamptz" && attribute.required)
            .then(|| "now()".to_owned()),
        attribute: attribute.name.clone(),
        class: attribute.class.clone(),
        note: note.to_owned(),
        generated_from: Vec::new(),
        readers: attribute.readers.clone(),
        tenant: false,
        mode: mode.to_owned(),
    }
}
