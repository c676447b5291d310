//! `db/due.sql`: moves on what time alone moves: a place that was held long enough is free again.

use super::names::{comment, dollar, literal, literals, name};
use design::{Design, StateMachine, Table, Timer, WORKER};

/// The script; nothing where time moves nothing.
pub(crate) fn due(design: &Design) -> Option<String> {
    let tables = design.database.tables.iter();
    let mut parts = tables
        .filter_map(|table| Some((table, table.states.as_ref()?)))
        .flat_map(|(table, states)| table.timers.iter().map(move |timer| (table, states, timer)))
        .peekable();
    parts.peek()?;
    let mut out = format!(
        "-- {}: moves on what is due, a part of it a transaction. Run twice it does nothing more.\n-- Each minute, as the owner of the tables and outside of a transaction: psql --file due.sql\n",
        comment(&design.title)
    );
    if design.database.tables.iter().any(Table::is_shared) {
        out += "-- Once for each tenant: PGOPTIONS=\"-c app.tenant_id=…\" psql --file due.sql\n";
    }
    if !design.database.policies.is_empty() {
        out += &format!("SET app.role = {};\n", literal(WORKER));
    }
    for (table, states, timer) in parts {
        out += &format!(
            "\n-- {}: to {}, {}.\nDO {};\n",
            table.name,
            comment(&timer.leads_to),
            comment(&timer.due()),
            dollar(&moved(design, table, states, timer))
        );
    }
    Some(out)
}

/// Moves rows until none is due, 1,000 a transaction; what somebody is moving at this moment waits for the next minute.
fn moved(design: &Design, table: &Table, states: &StateMachine, timer: &Timer) -> String {
    let (on, state) = (name(&table.name), name(&states.column));
    let history =
        design.database.tables.iter().find(|known| known.entity.is_empty() && known.name == "state_changes");
    let since = match history {
        _ if !timer.from.is_empty() => name(&timer.from),
        // When it came into its state stands in the history; a row that was made in it has none.
        Some(history) => format!(
            "coalesce((SELECT max(change.created_at) FROM {} AS change\n                    WHERE change.subject = {} AND change.record_id = old.id AND change.to_state = old.{state}), created_at)",
            name(&history.name),
            literal(&table.name),
        ),
        None => "updated_at".to_owned(),
    };
    format!(
        "BEGIN\n    LOOP\n        UPDATE {on} SET {state} = {} WHERE id IN (\n            SELECT id FROM {on} AS old\n            WHERE {state} IN ({})\n                AND {since} < now() - interval '{} seconds'\n            LIMIT 1000 FOR UPDATE SKIP LOCKED);\n        EXIT WHEN NOT FOUND;\n        COMMIT;\n    END LOOP;\nEND",
        literal(&timer.leads_to),
        literals(&timer.states),
        timer.seconds,
    )
}
