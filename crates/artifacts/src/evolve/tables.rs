//! Whole tables, and what stands on them: functions, triggers, policies, rights and comments.

use super::{Change, Lock, Phase, Plan, Step};
use crate::sql::{functions, names::name, policies, tables};
use design::{Design, Table};
use knowledge::Gather as _;
use std::collections::BTreeSet;

pub(super) fn steps(change: &Change, plan: &mut Plan) {
    foundation(change, plan);
    for table in &change.added {
        create(change, table, plan);
    }
    triggers(change, plan);
    row_level_security(change, plan);
    rights(change, plan);
    comments(change, plan);
    for table in &change.dropped {
        let on = name(&table.name);
        unreach(change.before, table, plan);
        plan.steps.push(
            Step::new(
                Phase::Contract,
                9,
                format!("drop the table {}", table.name),
                format!("DROP TABLE {on};\n{}", functions::dropped_triggers(change.before, table)),
                Lock::Instant(on),
            )
            .verify(format!("SELECT to_regclass('{}') IS NULL", name(&table.name)))
            .gate("its rows are exported, or nobody needs them: they come back from a backup only"),
        );
    }
}

/// Closes a table that is to go: while it still stands, closing can be taken back, and dropping cannot. What refers to
/// other tables goes with it, since these may be dropped before.
fn unreach(before: &Design, table: &Table, plan: &mut Plan) {
    let on = name(&table.name);
    let mut sql = format!("REVOKE ALL ON {on} FROM {};\n", functions::ROLE);
    let mut undo = tables::rights(table);
    for policy in before.database.policies.iter().filter(|policy| policy.table == table.name) {
        sql += &format!("DROP POLICY {} ON {on};\n", name(&policy.name));
    }
    undo += &policies::of_table(before, table);
    for key in table.constraints() {
        sql += &format!("ALTER TABLE {on} DROP CONSTRAINT {};\n", name(&key.name));
        undo += &tables::reference(table, key);
    }
    plan.steps.push(
        Step::new(
            Phase::Contract,
            8,
            format!("close the table {}", table.name),
            sql,
            Lock::Instant(format!("{on} and what it refers to")),
        )
        .undo(undo)
        .gate("nothing has read or written it for a while (pg_stat_user_tables)"),
    );
}

/// Functions that tables share.
fn foundation(change: &Change, plan: &mut Plan) {
    let (old, new) = (functions::pieces(change.before), functions::pieces(change.after));
    for piece in new.iter().filter(|piece| !old.contains(piece)) {
        plan.steps.push(
            Step::new(Phase::Expand, 0, format!("add {}", piece.what), piece.create.clone(), Lock::Nothing)
                .undo(piece.drop.clone()),
        );
    }
    for piece in old.iter().filter(|piece| !new.contains(piece) && !piece.drop.is_empty()) {
        plan.steps.push(
            Step::new(Phase::Contract, 10, format!("drop {}", piece.what), piece.drop.clone(), Lock::Nothing)
                .undo(piece.create.clone()),
        );
    }
}

fn create(change: &Change, table: &Table, plan: &mut Plan) {
    let on = name(&table.name);
    let reasons = tables::Reasons::new(change.after);
    let mut sql = tables::create_table(table);
    for index in &table.indexes {
        sql += &tables::create_index(table, index);
    }
    sql += &tables::comments(&reasons, table);
    sql += &tables::rights(table);
    if table.partition_by.is_some() {
        sql += &tables::first_partitions(table);
    }
    plan.steps.push(
        Step::new(Phase::Expand, 1, format!("add the table {}", table.name), sql, Lock::Nothing)
            .verify(format!("SELECT to_regclass('{on}') IS NOT NULL"))
            .undo(format!("DROP TABLE {on};\n")),
    );
    for key in table.constraints().filter(|key| change.stands(key)) {
        plan.steps.push(
            Step::new(
                Phase::Expand,
                5,
                format!("let {} refer to {}", table.name, key.references.table),
                tables::reference(table, key),
                Lock::Writers(format!("{on} and {}", name(&key.references.table))),
            )
            .undo(format!("ALTER TABLE {on} DROP CONSTRAINT {};\n", name(&key.name))),
        );
    }
}

/// Triggers change with the new version of the program, so before it runs.
fn triggers(change: &Change, plan: &mut Plan) {
    let none = String::new();
    let known = change.common.iter().map(|(old, new)| (Some(*old), *new));
    for (old, new) in known.chain(change.added.iter().map(|table| (None, *table))) {
        let before = old.map_or(none.clone(), |old| functions::triggers(change.before, old));
        let after = functions::triggers(change.after, new);
        if before == after {
            continue;
        }
        let take = |design: &Design, table: &Table| {
            let mut out = String::new();
            for trigger in functions::trigger_names(design, table) {
                out += &format!("DROP TRIGGER {trigger} ON {};\n", name(&table.name));
            }
            out + &functions::dropped_triggers(design, table)
        };
        let gone = old.map_or(none.clone(), |old| take(change.before, old));
        plan.steps.push(
            Step::new(
                Phase::Expand,
                6,
                format!("what {} refuses and records", new.name),
                gone + &after,
                Lock::Writers(name(&new.name)),
            )
            .undo(take(change.after, new) + &before)
            .gate(if old.is_some() {
                "what it refuses from now on, the old version no longer does"
            } else {
                ""
            }),
        );
    }
}

/// Policies change when all instances set what they read.
fn row_level_security(change: &Change, plan: &mut Plan) {
    if !change.stuck.is_empty() {
        return;
    }
    let known = change.common.iter().map(|(old, new)| (Some(*old), *new));
    for (old, new) in known.chain(change.added.iter().map(|table| (None, *table))) {
        let before = old.map_or(String::new(), |old| policies::of_table(change.before, old));
        let after = policies::of_table(change.after, new);
        if before == after {
            continue;
        }
        let (take, back) = (
            old.map_or(String::new(), |old| policies::off(change.before, old)),
            policies::off(change.after, new),
        );
        let phase = if old.is_some() { Phase::Contract } else { Phase::Expand };
        plan.steps.push(
            Step::new(
                phase,
                7,
                format!("who reaches which rows of {}", new.name),
                take + &after,
                Lock::Instant(name(&new.name)),
            )
            .undo(back + &before)
            .gate("each transaction sets app.tenant_id, app.user_id and app.role; db/tests/row_level_security.sql passes in staging"),
        );
    }
}

fn rights(change: &Change, plan: &mut Plan) {
    for (old, new) in &change.common {
        let (before, after) = (tables::rights(old), tables::rights(new));
        if before == after {
            continue;
        }
        let none = format!("REVOKE ALL ON {} FROM {};\n", name(&new.name), functions::ROLE);
        plan.steps.push(
            Step::new(
                Phase::Contract,
                7,
                format!("the rights of the application on {}", new.name),
                none.clone() + &after,
                Lock::Instant(name(&new.name)),
            )
            .undo(none + &before),
        );
    }
}

/// Reasons and classes: they hold up nobody, and come last but for what is dropped.
fn comments(change: &Change, plan: &mut Plan) {
    let (old_reasons, new_reasons) =
        (tables::Reasons::new(change.before), tables::Reasons::new(change.after));
    for (old, new) in &change.common {
        let before = tables::comments(&old_reasons, old);
        let after = tables::comments(&new_reasons, new);
        // A column that is computed anew has lost its comment.
        let kept = |line: &&str| {
            !new.columns.iter().any(|column| {
                let on = format!("COMMENT ON COLUMN {}.{} IS ", name(&new.name), name(&column.name));
                !column.generated_from.is_empty() && line.starts_with(&on)
            })
        };
        let known: BTreeSet<&str> = before.lines().filter(kept).gather();
        let wanted: BTreeSet<&str> = after.lines().gather();
        if wanted.iter().all(|line| known.contains(line)) && before.lines().count() == wanted.len() {
            continue;
        }
        let of = |line: &str| line.split_once(" IS ").map(|(on, _)| on.to_owned()).unwrap_or_default();
        let still: BTreeSet<String> = new
            .columns
            .iter()
            .map(|column| format!("COMMENT ON COLUMN {}.{}", name(&new.name), name(&column.name)))
            .gather();
        let said: BTreeSet<String> = wanted.iter().map(|line| of(line)).gather();
        let mut sql = String::new();
        for on in known.iter().map(|line| of(line)).filter(|on| still.contains(on) && !said.contains(on)) {
            sql += &format!("{on} IS NULL;\n");
        }
        for line in wanted.iter().filter(|line| !known.contains(*line)) {
            sql += &format!("{line}\n");
        }
        if sql.is_empty() {
            continue;
        }
        plan.steps.push(
            Step::new(
                Phase::Contract,
                7,
                format!("the reasons of {}, as comments", new.name),
                sql,
                Lock::Beside(name(&new.name)),
            )
            .undo(
                "-- Comments change nothing that runs: those of before stand in its schema.sql.\n".to_owned(),
            ),
        );
    }
}
