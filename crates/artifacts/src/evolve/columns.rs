//! Columns: added empty, filled in batches, made obligatory, and dropped when nobody reads them.

use super::{Change, Lock, Phase, Plan, Step};
use crate::sql::names::{dollar, literal, name, suffixed};
use crate::sql::tables;
use design::{Column, Table};

/// How many rows a batch changes: each is a transaction of its own, so that nobody waits long and vacuum keeps up.
const BATCH: u32 = 1_000;

pub(super) fn steps(change: &Change, plan: &mut Plan) {
    for (old, new) in &change.common {
        for column in &new.columns {
            match find(old, &column.name) {
                None => added(change, new, column, plan),
                Some(known) => changed(change, (old, known), (new, column), plan),
            }
        }
        for column in old.columns.iter().filter(|column| find(new, &column.name).is_none()) {
            dropped(old, column, plan);
        }
    }
}

fn find<'a>(table: &'a Table, named: &str) -> Option<&'a Column> {
    table.columns.iter().find(|column| column.name == named)
}

fn added(change: &Change, table: &Table, column: &Column, plan: &mut Plan) {
    let (on, it) = (name(&table.name), name(&column.name));
    let drop = format!("ALTER TABLE {on} DROP COLUMN {it};\n");
    let later = !column.nullable && column.default.is_none() && column.generated_from.is_empty();
    let line = if later { format!("{it} {}", column.kind) } else { tables::column_line(table, column) };
    let add = format!("ALTER TABLE {on} ADD COLUMN {line};\n");
    let lock = if column.generated_from.is_empty() {
        Lock::Instant(on)
    } else {
        // PostgreSQL computes it for every row at once.
        Lock::Rewrite(on)
    };
    let what = format!("add {}.{}", table.name, column.name);
    plan.steps.push(Step::new(Phase::Expand, 2, what, add, lock).undo(drop));
    if later {
        fill(change, table, column, plan);
        require(table, column, plan);
    }
}

/// Gives a value to the rows that have none.
fn fill(change: &Change, table: &Table, column: &Column, plan: &mut Plan) {
    let (on, it) = (name(&table.name), name(&column.name));
    let Some(value) = value(change, table, column) else {
        plan.by_hand.push((
            format!("a value of {}.{} for the rows that are there", table.name, column.name),
            "no rule can fill it: no two rows may agree in it, or the table that it points to is new and still empty",
        ));
        return;
    };
    let sql = format!(
        "-- Decide: the value that rows of before get. {value} is only of the right type.\n{}",
        batches(table, &format!("{it} = {value}"), &format!("{it} IS NULL AND ({value}) IS NOT NULL"))
    );
    let what = format!("fill {}.{}", table.name, column.name);
    plan.steps.push(
        Step::new(Phase::Backfill, 1, what, sql, Lock::Rows(on.clone()))
            .alone()
            .verify(format!("SELECT NOT EXISTS (SELECT FROM {on} WHERE {it} IS NULL)"))
            .undo("-- Nothing to take back: the old version does not read what was filled.\n".to_owned())
            .gate("the new version runs and writes the column; who owns the data decided on the value"),
    );
}

/// An update in batches, each a transaction of its own.
pub(super) fn batches(table: &Table, set: &str, left: &str) -> String {
    let on = name(&table.name);
    let body = format!(
        "DECLARE\n    touched bigint;\nBEGIN\n    LOOP\n        UPDATE {on} SET {set}\n        WHERE ctid = ANY (ARRAY(SELECT ctid FROM {on} WHERE {left} LIMIT {BATCH} FOR UPDATE SKIP LOCKED));\n        GET DIAGNOSTICS touched = ROW_COUNT;\n        COMMIT;\n        EXIT WHEN touched = 0;\n    END LOOP;\nEND"
    );
    let run = format!("DO {};\n", dollar(&body));
    if table.states.is_none() && table.frozen.is_none() {
        return run;
    }
    // Triggers would refuse what the application may not do; this is no work of the application.
    format!(
        "-- Without triggers, in this session alone.\nSET session_replication_role = 'replica';\n{run}RESET session_replication_role;\n"
    )
}

/// A value of the right type; nothing where rows must differ in it.
fn value(change: &Change, table: &Table, column: &Column) -> Option<String> {
    let key = table.foreign_keys.iter().find(|key| key.columns.last() == Some(&column.name));
    let unique = table.indexes.iter().any(|index| index.unique && index.columns.contains(&column.name));
    let check = table.checks.iter().find(|check| check.column == column.name);
    let rule = |kind: &str| {
        table.conditions.iter().any(|rule| rule.kind == kind && rule.columns.contains(&column.name))
    };
    if unique {
        return (column.kind == "text" && find(table, "id").is_some()).then(|| "id::text".to_owned());
    }
    if let Some(key) = key {
        // A new table has no rows yet that these could belong to.
        let target =
            change.common.iter().map(|(_, new)| new).find(|known| known.name == key.references.table)?;
        return (target.primary_key == ["id"])
            .then(|| format!("(SELECT id FROM {} ORDER BY id LIMIT 1)", name(&target.name)));
    }
    if let Some(first) = check.and_then(|check| check.values.first()) {
        return Some(literal(first));
    }
    let created = find(table, "created_at").is_some();
    Some(match column.kind.as_str() {
        "text" if rule("currency") => "'EUR'".to_owned(),
        "text" => "''".to_owned(),
        "boolean" => "false".to_owned(),
        "uuid" => "gen_random_uuid()".to_owned(),
        "jsonb" => "'{}'".to_owned(),
        "interval" => "'0'".to_owned(),
        "timestamptz" => if created { "created_at" } else { "now()" }.to_owned(),
        "date" => if created { "created_at::date" } else { "current_date" }.to_owned(),
        _ if rule("positive") => "1".to_owned(),
        _ => "0".to_owned(),
    })
}

/// Makes a column obligatory without a scan under a lock: a check is validated beside the traffic, and proves it.
fn require(table: &Table, column: &Column, plan: &mut Plan) {
    let (on, it) = (name(&table.name), name(&column.name));
    let check =
        name(&suffixed(&table.name, &format!("{}_set", column.name.get(..20).unwrap_or(&column.name))));
    let none = format!("SELECT NOT EXISTS (SELECT FROM {on} WHERE {it} IS NULL)");
    let drop = format!("ALTER TABLE {on} DROP CONSTRAINT {check};\n");
    let what = format!("{}.{} is always given", table.name, column.name);
    plan.steps.push(
        Step::new(
            Phase::Contract,
            1,
            format!("{what}: for new rows"),
            format!("ALTER TABLE {on} ADD CONSTRAINT {check} CHECK ({it} IS NOT NULL) NOT VALID;\n"),
            Lock::Instant(on.clone()),
        )
        .undo(drop.clone())
        .gate("all rows have a value, and every instance gives one"),
    );
    plan.steps.push(
        Step::new(
            Phase::Contract,
            2,
            format!("{what}: for all rows"),
            format!("ALTER TABLE {on} VALIDATE CONSTRAINT {check};\n"),
            Lock::Beside(on.clone()),
        )
        .verify(none),
    );
    plan.steps.push(
        Step::new(
            Phase::Contract,
            3,
            what,
            format!("ALTER TABLE {on} ALTER COLUMN {it} SET NOT NULL;\n{drop}"),
            Lock::Instant(on.clone()),
        )
        .undo(format!("ALTER TABLE {on} ALTER COLUMN {it} DROP NOT NULL;\n")),
    );
}

/// The step after which a column may be left out.
fn optional(table: &Table, column: &Column, what: String) -> Step {
    let (on, it) = (name(&table.name), name(&column.name));
    let alter = |how: &str| format!("ALTER TABLE {on} ALTER COLUMN {it} {how} NOT NULL;\n");
    Step::new(Phase::Expand, 3, what, alter("DROP"), Lock::Instant(on.clone())).undo(alter("SET"))
}

/// Whether every value of one type is one of the other, and how.
fn widens(from: &str, to: &str) -> bool {
    to == "text"
        || matches!(
            (from, to),
            ("integer", "bigint" | "numeric") | ("bigint", "numeric") | ("date", "timestamptz")
        )
}

fn changed(
    change: &Change,
    (old, before): (&Table, &Column),
    (new, after): (&Table, &Column),
    plan: &mut Plan,
) {
    let (on, it) = (name(&new.name), name(&after.name));
    let named = format!("{}.{}", new.name, after.name);
    if before.generated_from != after.generated_from {
        plan.steps.push(
            Step::new(
                Phase::Contract,
                4,
                format!("compute {named} anew"),
                format!(
                    "ALTER TABLE {on} DROP COLUMN {it};\nALTER TABLE {on} ADD COLUMN {};\n",
                    tables::column_line(new, after)
                ),
                Lock::Rewrite(on),
            )
            .undo(format!(
                "ALTER TABLE {0} DROP COLUMN {it};\nALTER TABLE {0} ADD COLUMN {1};\n",
                name(&old.name),
                tables::column_line(old, before)
            ))
            .gate("a time at which the table can wait: every row is written"),
        );
        return;
    }
    if before.kind != after.kind {
        kind((old, before), (new, after), plan);
    }
    if before.default != after.default {
        let default = |column: &Column| {
            column.default.as_ref().map_or_else(
                || format!("ALTER TABLE {on} ALTER COLUMN {it} DROP DEFAULT;\n"),
                |default| format!("ALTER TABLE {on} ALTER COLUMN {it} SET DEFAULT {default};\n"),
            )
        };
        let phase = if after.default.is_some() { Phase::Expand } else { Phase::Contract };
        plan.steps.push(
            Step::new(
                phase,
                4,
                format!("what {named} is by itself"),
                default(after),
                Lock::Instant(on.clone()),
            )
            .undo(default(before)),
        );
    }
    match (before.nullable, after.nullable) {
        (false, true) => plan.steps.push(optional(new, after, format!("{named} may be left out"))),
        (true, false) => {
            fill(change, new, after, plan);
            require(new, after, plan);
        }
        _ => {}
    }
}

fn kind((old, before): (&Table, &Column), (new, after): (&Table, &Column), plan: &mut Plan) {
    let (on, it) = (name(&new.name), name(&after.name));
    if !widens(&before.kind, &after.kind) {
        plan.by_hand.push((
            format!("{}.{} becomes {} instead of {}", new.name, after.name, after.kind, before.kind),
            "not every value of the one is a value of the other: add a column beside it, fill it, and drop the old one",
        ));
        return;
    }
    plan.steps.push(
        Step::new(
            Phase::Contract,
            4,
            format!("{}.{} as {}", new.name, after.name, after.kind),
            format!("ALTER TABLE {on} ALTER COLUMN {it} TYPE {};\n", after.kind),
            Lock::Rewrite(on.clone()),
        )
        .undo(format!(
            "ALTER TABLE {} ALTER COLUMN {it} TYPE {1} USING {it}::{1};\n",
            name(&old.name),
            before.kind
        ))
        .gate("a time at which the table can wait, or so few rows that it takes no second"),
    );
}

fn dropped(table: &Table, column: &Column, plan: &mut Plan) {
    let (on, it) = (name(&table.name), name(&column.name));
    let named = format!("{}.{}", table.name, column.name);
    if !column.nullable && column.generated_from.is_empty() && column.default.is_none() {
        let what = format!("{named} may be left out, since the new version does not write it");
        plan.steps.push(optional(table, column, what));
    }
    plan.steps.push(
        Step::new(Phase::Contract, 8, format!("drop {named}"), format!("ALTER TABLE {on} DROP COLUMN {it};\n"), Lock::Instant(on))
            .gate("no query, view, report or export reads it (pg_stat_statements, and the code): its values come back from a backup only"),
    );
}
