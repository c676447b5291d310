//! Step 4: the tables. Each entity has one, each link between many and many has one, and each column says which
//! attribute it keeps.

use crate::decisions;
use crate::model::{Api, Check, Column, Database, Decision, ForeignKey, Index, KeyTarget, Table};
use crate::naming::{self, Scope};
use requirements::{
    Analysis, Attribute, Entity, Evidence, Lifecycle, Many, Origin, Reason, Relation, RelationKind,
};
use std::collections::BTreeMap;

/// Designs the tables.
pub(crate) fn database(analysis: &Analysis, api: &Api, decisions: &[Decision]) -> Database {
    let tenancy = decisions::chosen(decisions, "tenancy") == "pool";
    let model = &analysis.model;
    let mut names = Scope::default();
    let mut by_entity: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tables: Vec<Table> = Vec::new();
    if tenancy && !model.entities.is_empty() {
        names.take("tenants", "tenants");
    }
    for (at, entity) in model.entities.iter().enumerate() {
        let name = names.take(&naming::snake_plural(&entity.name), &format!("entity_{}", at + 1));
        let lifecycle = model.lifecycles.iter().find(|lifecycle| lifecycle.entity == entity.name);
        by_entity.insert(&entity.name, tables.len());
        tables.push(entity_table(name, entity, lifecycle));
    }
    for relation in &model.relations {
        let (Some(&from), Some(&to)) =
            (by_entity.get(relation.from.as_str()), by_entity.get(relation.to.as_str()))
        else {
            continue;
        };
        // Who looks at records or changes them need not be kept with each of them.
        if !requirements::keeps(&relation.label) {
            continue;
        }
        match (relation.kind, relation.from_max, relation.to_max) {
            (RelationKind::Generalization, _, _) => refer(&mut tables, from, to, relation, true),
            (_, Many::Any, Many::Any) => {
                let table = link_table(&mut names, &tables[from], &tables[to], relation);
                tables.push(table);
            }
            // The many side refers to the one; of one and one, the second refers to the first.
            (_, Many::Any, Many::One) => refer(&mut tables, from, to, relation, false),
            (_, Many::One, Many::Any) => refer(&mut tables, to, from, relation, false),
            (_, Many::One, Many::One) => refer(&mut tables, to, from, relation, true),
        }
    }
    if !model.lifecycles.is_empty() {
        let name = names.take("state_changes", "state_changes");
        tables.push(state_changes(name, &model.lifecycles));
    }
    if let Some(decision) =
        decisions.iter().find(|decision| decision.chosen == "postgres-jobs" && !tables.is_empty())
    {
        let name = names.take("jobs", "jobs");
        tables.push(jobs(name, decision));
    }
    if tenancy && !tables.is_empty() {
        add_tenants(&mut tables);
    }
    for table in &mut tables {
        let wrote_index = list_index(table, api);
        table.indexes.extend(wrote_index);
    }
    Database { tables }
}

fn entity_table(name: String, entity: &Entity, lifecycle: Option<&Lifecycle>) -> Table {
    let mut columns = vec![system_column("id", "bigint", None)];
    let mut scope = Scope::default();
    for reserved in ["id", "created_at", "updated_at"] {
        scope.take(reserved, reserved);
    }
    let mut indexes = Vec::new();
    let mut checks = Vec::new();
    for (at, attribute) in entity.attributes.iter().enumerate() {
        let short = own_name(&attribute.name, &entity.name);
        if short == "id" {
            continue;
        }
        let column = scope.take(&short, &format!("field_{}", at + 1));
        if attribute.unique {
            indexes.push(Index {
                name: limited(&format!("{name}_{column}_key")),
                columns: vec![column.clone()],
                unique: true,
                operations: Vec::new(),
            });
        }
        columns.push(attribute_column(column, attribute));
    }
    if let Some(lifecycle) = lifecycle {
        let column = if columns.iter().any(|column| column.name == "status") {
            "status".to_owned()
        } else {
            scope.take("status", "status")
        };
        columns.retain(|known| known.name != column);
        checks.push(Check {
            name: limited(&format!("{name}_{column}_check")),
            column: column.clone(),
            values: lifecycle.states.clone(),
        });
        let default = lifecycle.states.first().map(|state| format!("'{}'", state.replace('\'', "''")));
        columns.push(Column {
            name: column,
            kind: "text".to_owned(),
            nullable: false,
            default,
            attribute: String::new(),
            class: "internal".to_owned(),
        });
    }
    columns.push(system_column("created_at", "timestamptz", Some("now()")));
    columns.push(system_column("updated_at", "timestamptz", Some("now()")));
    Table {
        name,
        entity: entity.name.clone(),
        columns,
        primary_key: vec!["id".to_owned()],
        foreign_keys: Vec::new(),
        indexes,
        checks,
        origin: entity.origin,
        evidence: entity.evidence.clone(),
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

fn system_column(name: &str, kind: &str, default: Option<&str>) -> Column {
    Column {
        name: name.to_owned(),
        kind: kind.to_owned(),
        nullable: false,
        default: default.map(str::to_owned),
        attribute: String::new(),
        class: "internal".to_owned(),
    }
}

fn attribute_column(name: String, attribute: &Attribute) -> Column {
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
    Column {
        name,
        kind: kind.to_owned(),
        nullable: !attribute.required,
        default: None,
        attribute: attribute.name.clone(),
        class: attribute.class.clone(),
    }
}

/// Adds a reference from one table to another, with the index that joins and deletes need.
fn refer(tables: &mut [Table], from: usize, to: usize, relation: &Relation, unique: bool) {
    let target = tables[to].name.clone();
    let own = from == to;
    let role = if own {
        format!("parent_{}", naming::snake(&tables[to].entity))
    } else {
        naming::snake(relation.role.as_deref().unwrap_or(&tables[to].entity))
    };
    let column = format!("{}_id", if role.is_empty() { target.clone() } else { role });
    let table = &mut tables[from];
    if table.columns.iter().any(|known| known.name == column) {
        return;
    }
    let required = !own && relation.kind == RelationKind::Generalization;
    let place =
        table.columns.iter().position(|known| known.name == "created_at").unwrap_or(table.columns.len());
    table.columns.insert(
        place,
        Column {
            name: column.clone(),
            kind: "bigint".to_owned(),
            nullable: !required,
            default: None,
            attribute: String::new(),
            class: "internal".to_owned(),
        },
    );
    let on_delete =
        if relation.kind == RelationKind::Composition || required { "cascade" } else { "restrict" };
    table.foreign_keys.push(ForeignKey {
        name: limited(&format!("{}_{column}_fkey", table.name)),
        columns: vec![column.clone()],
        references: KeyTarget { table: target, columns: vec!["id".to_owned()] },
        on_delete: on_delete.to_owned(),
    });
    let suffix = if unique { "key" } else { "idx" };
    table.indexes.push(Index {
        name: limited(&format!("{}_{column}_{suffix}", table.name)),
        columns: vec![column],
        unique,
        operations: Vec::new(),
    });
}

fn link_table(names: &mut Scope, from: &Table, to: &Table, relation: &Relation) -> Table {
    let (a, b) = (single(from), single(to));
    let name = names.take(&limited(&format!("{a}_{}", to.name)), "link");
    let (left, mut right) = (format!("{a}_id"), format!("{b}_id"));
    if left == right {
        right = format!("other_{right}");
    }
    let key = |column: &str, target: &Table| ForeignKey {
        name: limited(&format!("{name}_{column}_fkey")),
        columns: vec![column.to_owned()],
        references: KeyTarget { table: target.name.clone(), columns: vec!["id".to_owned()] },
        on_delete: "cascade".to_owned(),
    };
    Table {
        entity: String::new(),
        columns: vec![
            system_column(&left, "bigint", None),
            system_column(&right, "bigint", None),
            system_column("created_at", "timestamptz", Some("now()")),
        ],
        primary_key: vec![left.clone(), right.clone()],
        foreign_keys: vec![key(&left, from), key(&right, to)],
        indexes: vec![Index {
            name: limited(&format!("{name}_{right}_idx")),
            columns: vec![right],
            unique: false,
            operations: Vec::new(),
        }],
        checks: Vec::new(),
        origin: Origin::Text,
        evidence: relation.evidence.clone(),
        name,
    }
}

fn single(table: &Table) -> String {
    let name = naming::snake(&table.entity);
    if name.is_empty() { table.name.clone() } else { name }
}

/// Who moved what from which state to which, and when.
fn state_changes(name: String, lifecycles: &[Lifecycle]) -> Table {
    let mut evidence: Evidence = vec![Reason::rule("transitions-recorded")];
    evidence.extend(lifecycles.iter().flat_map(|lifecycle| lifecycle.evidence.iter().take(1).cloned()));
    let record = Index {
        name: limited(&format!("{name}_subject_record_id_idx")),
        columns: vec!["subject".to_owned(), "record_id".to_owned()],
        unique: false,
        operations: vec!["history of a record".to_owned()],
    };
    kernel_table(
        name,
        &[
            ("subject", "text"),
            ("record_id", "bigint"),
            ("from_state", "text"),
            ("to_state", "text"),
            ("changed_by", "text"),
        ],
        record,
        evidence,
    )
}

/// The queue of background work.
fn jobs(name: String, decision: &Decision) -> Table {
    let next = Index {
        name: limited(&format!("{name}_status_run_at_idx")),
        columns: vec!["status".to_owned(), "run_at".to_owned()],
        unique: false,
        operations: vec!["worker: take the next job".to_owned()],
    };
    let mut table = kernel_table(
        name,
        &[
            ("kind", "text"),
            ("payload", "jsonb"),
            ("status", "text"),
            ("attempts", "integer"),
            ("run_at", "timestamptz"),
        ],
        next,
        decision.evidence.clone(),
    );
    let states = ["ready", "running", "done", "failed"].map(str::to_owned).to_vec();
    table.checks.push(Check {
        name: limited(&format!("{}_status_check", table.name)),
        column: "status".to_owned(),
        values: states,
    });
    table
}

/// A table that the system needs for its own working.
fn kernel_table(name: String, columns: &[(&str, &str)], index: Index, evidence: Evidence) -> Table {
    let mut all = vec![system_column("id", "bigint", None)];
    all.extend(columns.iter().map(|(column, kind)| system_column(column, kind, None)));
    all.push(system_column("created_at", "timestamptz", Some("now()")));
    Table {
        name,
        entity: String::new(),
        columns: all,
        primary_key: vec!["id".to_owned()],
        foreign_keys: Vec::new(),
        indexes: vec![index],
        checks: Vec::new(),
        origin: Origin::Kernel,
        evidence,
    }
}

/// One table of tenants, and a reference to it in every other.
fn add_tenants(tables: &mut Vec<Table>) {
    let why: Evidence = vec![Reason::rule("tenancy-signal")];
    for table in tables.iter_mut() {
        table.columns.insert(1.min(table.columns.len()), system_column("tenant_id", "bigint", None));
        table.foreign_keys.push(ForeignKey {
            name: limited(&format!("{}_tenant_id_fkey", table.name)),
            columns: vec!["tenant_id".to_owned()],
            references: KeyTarget { table: "tenants".to_owned(), columns: vec!["id".to_owned()] },
            on_delete: "cascade".to_owned(),
        });
        for index in &mut table.indexes {
            index.columns.insert(0, "tenant_id".to_owned());
        }
    }
    tables.insert(
        0,
        Table {
            name: "tenants".to_owned(),
            entity: String::new(),
            columns: vec![
                system_column("id", "bigint", None),
                system_column("name", "text", None),
                system_column("created_at", "timestamptz", Some("now()")),
            ],
            primary_key: vec!["id".to_owned()],
            foreign_keys: Vec::new(),
            indexes: vec![Index {
                name: "tenants_name_key".to_owned(),
                columns: vec!["name".to_owned()],
                unique: true,
                operations: Vec::new(),
            }],
            checks: Vec::new(),
            origin: Origin::Kernel,
            evidence: why,
        },
    );
}

/// Names the operations that use each index, and adds the one that the list operation sorts by where a tenant leads.
fn list_index(table: &mut Table, api: &Api) -> Option<Index> {
    let of = |action: &str| {
        api.operations
            .iter()
            .find(|operation| {
                operation.entity == table.entity && operation.action == action && !table.entity.is_empty()
            })
            .map(|operation| operation.id.clone())
    };
    let list = of("list");
    let create = of("create");
    let tenant = table.columns.iter().any(|column| column.name == "tenant_id");
    for index in &mut table.indexes {
        let user = if index.unique { create.clone().or_else(|| list.clone()) } else { list.clone() };
        if !table.entity.is_empty() {
            index.operations = user.into_iter().collect();
        }
    }
    let list = list?;
    tenant.then(|| Index {
        name: limited(&format!("{}_tenant_id_id_idx", table.name)),
        columns: vec!["tenant_id".to_owned(), "id".to_owned()],
        unique: false,
        operations: vec![list],
    })
}

/// An identifier of at most 63 bytes, PostgreSQL's limit; the end, which tells what it is, stays.
fn limited(name: &str) -> String {
    if name.len() <= 63 {
        return name.to_owned();
    }
    let end = name.rfind('_').map_or("", |at| &name[at..]);
    let mut sum: u32 = 0;
    for byte in name.bytes() {
        sum = sum.wrapping_mul(31).wrapping_add(u32::from(byte));
    }
    format!("{}_{:04x}{end}", &name[..63 - end.len() - 5], sum % 0x1_0000)
}
