//! Constraints, references and indexes of tables that stay.

use super::columns::batches;
use super::{Change, Lock, Phase, Plan, Step};
use crate::sql::names::{literal, literals, name, names};
use crate::sql::tables;
use design::{Check, ForeignKey, Index, Table};
use std::collections::BTreeMap;

pub(super) fn steps(change: &Change, plan: &mut Plan) {
    for (old, new) in &change.common {
        rules(old, new, plan);
        references(change, old, new, plan);
        indexes(old, new, plan);
    }
}

fn rules(old: &Table, new: &Table, plan: &mut Plan) {
    let (before, after): (BTreeMap<&str, String>, BTreeMap<&str, String>) =
        (tables::constraints(old).into_iter().collect(), tables::constraints(new).into_iter().collect());
    let on = name(&new.name);
    let add = |named: &str, rule: &str| format!("ALTER TABLE {on} ADD CONSTRAINT {} {rule};\n", name(named));
    let drop = |named: &str| format!("ALTER TABLE {on} DROP CONSTRAINT {};\n", name(named));
    for (named, rule) in before.iter().filter(|(named, rule)| after.get(*named) != Some(rule)) {
        // The new version may write what the old rule refuses.
        plan.steps.push(
            Step::new(
                Phase::Expand,
                4,
                format!("{} without {named}", new.name),
                drop(named),
                Lock::Instant(on.clone()),
            )
            .undo(add(named, rule)),
        );
    }
    for (named, rule) in after.iter().filter(|(named, rule)| before.get(*named) != Some(rule)) {
        if rule.starts_with("EXCLUDE") {
            plan.steps.push(
                Step::new(
                    Phase::Contract,
                    2,
                    format!("{} keeps {named}", new.name),
                    add(named, rule),
                    Lock::Rewrite(on.clone()),
                )
                .undo(drop(named))
                .gate("no two rows overlap, and a time at which the table can wait: no exclusion constraint is built beside the traffic"),
            );
            continue;
        }
        // Where every value of before stays allowed, nothing has to wait for the old version to go.
        let wider = list(new, named)
            .zip(list(old, named))
            .is_some_and(|(new, old)| old.values.iter().all(|value| new.values.contains(value)));
        let phase = if wider { Phase::Expand } else { Phase::Contract };
        if let Some(check) = list(new, named).filter(|_| !wider) {
            move_out(new, check, plan);
        }
        plan.steps.push(
            Step::new(
                phase,
                5,
                format!("{} keeps {named}: for new rows", new.name),
                format!("ALTER TABLE {on} ADD CONSTRAINT {} {rule} NOT VALID;\n", name(named)),
                Lock::Instant(on.clone()),
            )
            .undo(drop(named)),
        );
        let condition = rule.strip_prefix("CHECK ").unwrap_or("(true)");
        plan.steps.push(
            Step::new(
                phase,
                6,
                format!("{} keeps {named}: for all rows", new.name),
                format!("ALTER TABLE {on} VALIDATE CONSTRAINT {};\n", name(named)),
                Lock::Beside(on.clone()),
            )
            .verify(format!("SELECT NOT EXISTS (SELECT FROM {on} WHERE NOT {condition})"))
            .gate(if wider {
                ""
            } else {
                "the query of this step gives true: rows that break the rule were mended"
            }),
        );
    }
}

/// Gives rows whose value is no longer in a list another one.
fn move_out(table: &Table, check: &Check, plan: &mut Plan) {
    let (Some(first), it) = (check.values.first(), name(&check.column)) else { return };
    let left = format!("{it} NOT IN ({})", literals(&check.values));
    let sql = format!(
        "-- Decide: what becomes of rows with a value that is not in the list. {} only is in it.\n{}",
        literal(first),
        batches(table, &format!("{it} = {}", literal(first)), &left)
    );
    let on = name(&table.name);
    plan.steps.push(
        Step::new(
            Phase::Contract,
            4,
            format!("move rows of {} to values of {}", table.name, check.name),
            sql,
            Lock::Rows(on.clone()),
        )
        .alone()
        .verify(format!("SELECT NOT EXISTS (SELECT FROM {on} WHERE {left})"))
        .gate("who owns the data decided on the value, and the values of before are exported"),
    );
}

fn list<'a>(table: &'a Table, named: &str) -> Option<&'a Check> {
    table.checks.iter().find(|check| check.name == named)
}

fn references(change: &Change, old: &Table, new: &Table, plan: &mut Plan) {
    let same = |a: &ForeignKey, b: &ForeignKey| {
        a.name == b.name && tables::reference(old, a) == tables::reference(new, b)
    };
    let on = name(&new.name);
    let both = |key: &ForeignKey| Lock::Writers(format!("{on} and {}", name(&key.references.table)));
    for key in old.constraints().filter(|key| !new.constraints().any(|other| same(key, other))) {
        plan.steps.push(
            Step::new(
                Phase::Contract,
                4,
                format!("{} no longer refers to {} by {}", old.name, key.references.table, key.name),
                format!("ALTER TABLE {on} DROP CONSTRAINT {};\n", name(&key.name)),
                Lock::Instant(format!("{on} and {}", name(&key.references.table))),
            )
            .undo(tables::reference(old, key)),
        );
    }
    for key in
        new.constraints().filter(|key| change.stands(key) && !old.constraints().any(|other| same(other, key)))
    {
        let it = name(&key.name);
        let partitioned = new.partition_by.is_some();
        plan.steps.push(
            Step::new(
                Phase::Contract,
                5,
                format!("{} refers to {}: for new rows", new.name, key.references.table),
                if partitioned { tables::reference(new, key) } else { tables::unchecked(new, key) },
                both(key),
            )
            .undo(format!("ALTER TABLE {on} DROP CONSTRAINT {it};\n")),
        );
        if !partitioned {
            let (here, there) = (names(&key.columns), names(&key.references.columns));
            let set: Vec<String> =
                key.columns.iter().map(|column| format!("{} IS NOT NULL", name(column))).collect();
            plan.steps.push(
                Step::new(
                    Phase::Contract,
                    6,
                    format!("{} refers to {}: for all rows", new.name, key.references.table),
                    format!("ALTER TABLE {on} VALIDATE CONSTRAINT {it};\n"),
                    Lock::Beside(on.clone()),
                )
                .verify(format!(
                    "SELECT NOT EXISTS (SELECT {here} FROM {on} WHERE {} EXCEPT SELECT {there} FROM {})",
                    set.join(" AND "),
                    name(&key.references.table)
                ))
                .gate("the query of this step gives true: rows that point nowhere were mended"),
            );
        }
    }
}

fn indexes(old: &Table, new: &Table, plan: &mut Plan) {
    // What stands on a column that changes its type or is computed anew goes with it; PostgreSQL builds it again or not.
    let recomputed = |index: &Index| {
        index.columns.iter().any(|named| {
            let of = |table: &Table| {
                table
                    .columns
                    .iter()
                    .find(|column| column.name == *named)
                    .map(|column| column.generated_from.clone())
            };
            matches!((of(old), of(new)), (Some(a), Some(b)) if a != b)
        })
    };
    let same = |a: &Index, b: &Index| {
        a.name == b.name && tables::create_index(old, a) == tables::create_index(new, b) && !recomputed(a)
    };
    let on = name(&new.name);
    let partitioned = new.partition_by.is_some();
    let drop = |index: &Index| {
        let concurrently = if partitioned { "" } else { " CONCURRENTLY" };
        format!("DROP INDEX{concurrently} IF EXISTS {};\n", name(&index.name))
    };
    let build = |table: &Table, index: &Index| {
        let line = tables::create_index(table, index);
        // Within a block no index can be built beside the writing.
        if partitioned || index.method == "postgis" {
            line
        } else {
            line.replacen("INDEX ", "INDEX CONCURRENTLY ", 1)
        }
    };
    let gone: Vec<&Index> =
        old.indexes.iter().filter(|index| !new.indexes.iter().any(|other| same(index, other))).collect();
    for index in &gone {
        let replaced = new.indexes.iter().any(|other| other.name == index.name);
        let mut step = Step::new(
            Phase::Contract,
            if replaced { 4 } else { 7 },
            format!("drop the index {}", index.name),
            drop(index),
            if partitioned { Lock::Instant(on.clone()) } else { Lock::Beside(on.clone()) },
        )
        .verify(format!("SELECT to_regclass({}) IS NULL", literal(&name(&index.name))))
        .undo(build(old, index))
        .gate("pg_stat_user_indexes counts no scan of it, or another index serves the query");
        step.alone = !partitioned;
        plan.steps.push(step);
    }
    for index in new.indexes.iter().filter(|index| !old.indexes.iter().any(|other| same(other, index))) {
        let replaces = gone.iter().any(|other| other.name == index.name);
        // With the key among its columns no two rows can agree.
        let refuses = index.unique && !index.columns.contains(&"id".to_owned());
        let phase = if refuses || replaces { Phase::Contract } else { Phase::Expand };
        let it = literal(&name(&index.name));
        let mut step = Step::new(
            phase,
            4,
            format!("add the index {}", index.name),
            build(new, index),
            if partitioned { Lock::Writers(on.clone()) } else { Lock::Beside(on.clone()) },
        )
        .verify(format!("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass({it})"))
        .undo(drop(index))
        .gate(if refuses {
            "no two rows agree in its columns; where building fails, drop what is left of it and build again"
        } else {
            ""
        });
        step.alone = !partitioned;
        plan.steps.push(step);
    }
}
