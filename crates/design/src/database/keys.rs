//! The keys of the tables and the references between them.

use super::tables::{empty, index, key_column, system_column};
use super::{Ground, limited};
use crate::model::{Column, Database, ForeignKey, Index, KeyTarget, Table};
use crate::naming::{self, Scope};
use knowledge::Gather as _;
use requirements::{Analysis, Evidence, Many, Origin, Reason, Relation, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

/// The type of the keys of entities: numbers that the database counts up inside, and UUIDs of version 7 where keys are
/// seen outside of the organisation, because there a number tells how many records there are and which one is next.
pub(super) fn kind(analysis: &Analysis) -> &'static str {
    let exposed = knowledge::storage_words("exposed-keys");
    let seen = analysis.requirements.signals.iter().any(|signal| exposed.contains(&signal.id.as_str()));
    if seen { "uuid" } else { "bigint" }
}

/// A column for each link that has a one side, and a table for each that has none.
pub(super) fn references(
    ground: &Ground,
    tables: &mut Vec<Table>,
    names: &mut Scope,
    by_entity: &BTreeMap<&str, usize>,
) {
    let pool = ground.chosen("tenancy") == "pool";
    for relation in &ground.analysis.model.relations {
        let (Some(&from), Some(&to)) =
            (by_entity.get(relation.from.as_str()), by_entity.get(relation.to.as_str()))
        else {
            continue;
        };
        // Who looks at records or changes them need not be kept with each of them.
        if !requirements::keeps(&relation.label) {
            continue;
        }
        let mut refer = |from: usize, to: usize, unique: bool, least: u32| {
            let link = Link { relation, unique, required: least > 0, pool };
            link.add(tables, from, to, ground.key);
        };
        match (relation.kind, relation.from_max, relation.to_max) {
            (RelationKind::Generalization, _, _) => refer(from, to, true, 1),
            (_, Many::Any, Many::Any) => {
                let table = link_table(names, &tables[from], &tables[to], relation, ground.key, pool);
                tables.push(table);
            }
            // The many side refers to the one; of one and one, the second refers to the first.
            (_, Many::Any, Many::One) => refer(from, to, false, relation.to_min),
            (_, Many::One, Many::Any) => refer(to, from, false, relation.from_min),
            (_, Many::One, Many::One) => refer(to, from, true, relation.from_min),
        }
    }
}

/// A reference that is to be added.
struct Link<'a> {
    relation: &'a Relation,
    unique: bool,
    required: bool,
    pool: bool,
}

impl Link<'_> {
    /// Adds the reference from one table to another, with the index that joins and deletes need.
    fn add(&self, tables: &mut [Table], from: usize, to: usize, key: &str) {
        let target = tables[to].name.clone();
        let own = from == to;
        let role =
            if own { &tables[to].entity } else { self.relation.role.as_ref().unwrap_or(&tables[to].entity) };
        // A name of other letters leaves none.
        let role =
            Some(naming::snake(role)).filter(|role| !role.is_empty()).unwrap_or_else(|| target.clone());
        let column = if own { format!("parent_{role}_id") } else { referring(&role, &target, self.pool) };
        let acting = self.relation.from == tables[to].entity && !own;
        let table = &mut tables[from];
        if table.columns.iter().any(|known| known.name == column) {
            return;
        }
        let required = !own && self.required;
        let place =
            table.columns.iter().position(|known| known.name == "created_at").unwrap_or(table.columns.len());
        let mut added = system_column(&column, key, None);
        added.nullable = !required;
        table.columns.insert(place, added);
        let part = self.relation.kind == RelationKind::Composition
            || self.relation.kind == RelationKind::Generalization && required;
        table.foreign_keys.push(ForeignKey {
            name: limited(&format!("{}_{column}_fkey", table.name)),
            columns: vec![column.clone()],
            references: KeyTarget { table: target, columns: vec!["id".to_owned()] },
            on_delete: if part { "cascade" } else { "restrict" }.to_owned(),
            label: self.relation.label.clone(),
            target_acts: acting,
            service: String::new(),
        });
        table.indexes.push(index(&table.name, &[&column], self.unique));
    }
}

fn link_table(
    names: &mut Scope,
    from: &Table,
    to: &Table,
    relation: &Relation,
    kind: &str,
    pool: bool,
) -> Table {
    let (a, b) = (single(from), single(to));
    let name = names.take(&limited(&format!("{a}_{}", to.name)), "link");
    let (left, mut right) = (referring(&a, &from.name, pool), referring(&b, &to.name, pool));
    if left == right {
        right = format!("other_{right}");
    }
    let key = |column: &str, target: &Table, label: &str| ForeignKey {
        name: limited(&format!("{name}_{column}_fkey")),
        columns: vec![column.to_owned()],
        references: KeyTarget { table: target.name.clone(), columns: vec!["id".to_owned()] },
        on_delete: "cascade".to_owned(),
        label: label.to_owned(),
        target_acts: true,
        service: String::new(),
    };
    let mut table = empty(name.clone(), Origin::Text, relation.evidence.clone());
    table.columns = vec![
        system_column(&left, kind, None),
        system_column(&right, kind, None),
        system_column("created_at", "timestamptz", Some("now()")),
    ];
    table.foreign_keys = vec![key(&left, from, &relation.label), key(&right, to, "")];
    table.indexes = vec![index(&name, &[&right], false)];
    table.primary_key = vec![left, right];
    table
}

/// The name of a column that refers to a record. Where tenants share the tables, theirs is taken.
fn referring(role: &str, target: &str, pool: bool) -> String {
    let of_tenants = pool && role == "tenant";
    if of_tenants { format!("{target}_id") } else { format!("{role}_id") }
}

fn single(table: &Table) -> String {
    let name = naming::snake(&table.entity);
    if name.is_empty() { table.name.clone() } else { name }
}

/// One table of tenants, and a reference to it in every other. References between tables lead over the tenant too, so
/// that no row can refer to that of another tenant.
pub(super) fn add_tenants(tables: &mut Vec<Table>, key: &str) {
    let why: Evidence = vec![Reason::rule("tenancy-signal")];
    let referred: BTreeSet<String> = tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(|key| key.references.table.clone()))
        .gather();
    for table in tables.iter_mut() {
        let mut column = system_column("tenant_id", key, None);
        column.tenant = true;
        if let Some(said) = take_column(table, "tenant_id") {
            column.attribute = said.attribute;
        }
        table.columns.insert(1.min(table.columns.len()), column);
        // An index over words cannot lead with a key, and whoever reads a few rows of all tenants needs none.
        let leads = |index: &Index| index.method == "btree" && (index.unique || index.only.is_none());
        for index in table.indexes.iter_mut().filter(|index| leads(index)) {
            index.columns.insert(0, "tenant_id".to_owned());
        }
        // The tables of the system's own working get no list that would lead with the tenant.
        if table.entity.is_empty() && !table.indexes.iter().any(|index| leads(index) && index.only.is_none())
        {
            let mut own = index(&table.name, &["tenant_id"], false);
            "the rows of a tenant that goes".clone_into(&mut own.purpose);
            own.operations.push("worker: remove a tenant".to_owned());
            table.indexes.push(own);
        }
        for exclusion in &mut table.exclusions {
            exclusion.equal.insert(0, "tenant_id".to_owned());
        }
        for key in &mut table.foreign_keys {
            key.columns.insert(0, "tenant_id".to_owned());
            key.references.columns.insert(0, "tenant_id".to_owned());
        }
        if referred.contains(&table.name) {
            let mut target = index(&table.name, &["tenant_id", "id"], true);
            "what the references of other tables point to, so that none leaves the tenant"
                .clone_into(&mut target.purpose);
            table.indexes.push(target);
        }
        table.foreign_keys.push(ForeignKey {
            name: limited(&format!("{}_tenant_id_fkey", table.name)),
            columns: vec!["tenant_id".to_owned()],
            references: KeyTarget { table: "tenants".to_owned(), columns: vec!["id".to_owned()] },
            // A tenant goes by a process of its own and never by one statement.
            on_delete: "restrict".to_owned(),
            label: "owns".to_owned(),
            target_acts: true,
            service: String::new(),
        });
    }
    let mut tenants = empty("tenants".to_owned(), Origin::Kernel, why);
    tenants.columns = vec![
        key_column("id", key),
        system_column("name", "text", None),
        system_column("created_at", "timestamptz", Some("now()")),
    ];
    tenants.indexes.push(index("tenants", &["name"], true));
    tables.insert(0, tenants);
}

/// Takes a column that the text names out of a table, with what was said of it alone.
fn take_column(table: &mut Table, name: &str) -> Option<Column> {
    let at = table.columns.iter().position(|column| column.name == name)?;
    let among = |columns: &[String]| columns.iter().any(|column| column == name);
    table.indexes.retain(|index| !among(&index.columns));
    table.checks.retain(|check| check.column != name);
    table.conditions.retain(|rule| !among(&rule.columns));
    table.exclusions.retain(|rule| !among(&rule.equal) && rule.from != name && rule.to != name);
    let taken = table.columns.remove(at);
    // Nobody searches for keys: what was only made of them goes too.
    let made: Vec<String> = table
        .columns
        .iter_mut()
        .filter(|column| column.generated_from.iter().any(|from| from == name))
        .filter_map(|column| {
            column.generated_from.retain(|from| from != name);
            column.generated_from.is_empty().then(|| column.name.clone())
        })
        .collect();
    table.columns.retain(|column| !made.contains(&column.name));
    table.indexes.retain(|index| !index.columns.iter().any(|column| made.contains(column)));
    Some(taken)
}

/// Where tables refer to each other in a circle, a reference to a table that comes later may be empty: otherwise no
/// first row could be written.
pub(super) fn relax_circles(database: &mut Database) {
    let place: BTreeMap<String, usize> =
        database.in_order().iter().enumerate().map(|(at, table)| (table.name.clone(), at)).gather();
    for table in &mut database.tables {
        let own = place.get(&table.name).copied().unwrap_or_default();
        let later: BTreeSet<&String> = table
            .foreign_keys
            .iter()
            .filter(|key| place.get(&key.references.table).is_some_and(|target| *target > own))
            .filter_map(|key| key.columns.last())
            .gather();
        let relaxed =
            |column: &&mut Column| later.contains(&column.name) && !table.primary_key.contains(&column.name);
        table.columns.iter_mut().filter(relaxed).for_each(|column| column.nullable = true);
    }
}
