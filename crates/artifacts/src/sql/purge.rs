//! `db/purge.sql`: deletes what has been kept long enough, what belongs to others first, so that a night takes both.

use super::names::{comment, dollar, literal, name, names};
use super::tables::among;
use design::{Design, ForeignKey, Retention, Table, WORKER};

/// The script; nothing where nothing goes for its age.
pub(crate) fn purge(design: &Design) -> Option<String> {
    let tables = design.database.in_order();
    let mut parts = tables
        .iter()
        .rev()
        .flat_map(|table| table.retention.iter().map(move |kept| (*table, kept)))
        .peekable();
    parts.peek()?;
    let mut out = format!(
        "-- {}: deletes what has been kept long enough, a part of it a transaction.\n-- Each night, as the owner of the tables and outside of a transaction: psql --file purge.sql\n",
        comment(&design.title)
    );
    if tables.iter().any(|table| table.is_shared()) {
        out += "-- Once for each tenant: PGOPTIONS=\"-c app.tenant_id=…\" psql --file purge.sql\n";
    }
    if !design.database.policies.is_empty() {
        out += &format!("SET app.role = {};\n", literal(WORKER));
    }
    for (table, kept) in parts {
        out += &format!(
            "\n-- {}: after {} days, counted from {}. {}\nDO {};\n",
            table.name,
            kept.days,
            comment(&kept.counted_from()),
            comment(&kept.how),
            dollar(&if kept.is_dropped(table) { drop(table, kept) } else { delete(design, table, kept) })
        );
    }
    Some(out)
}

/// Drops the partitions of the months whose last day is old enough.
fn drop(table: &Table, kept: &Retention) -> String {
    format!(
        "DECLARE\n    part regclass;\nBEGIN\n    FOR part IN\n        SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid\n        WHERE inhparent = {}::regclass\n            AND to_date(right(relname, 7), 'YYYY_MM') + interval '1 month' < now() - interval '{} days'\n    LOOP\n        EXECUTE format('DROP TABLE %s', part);\n    END LOOP;\nEND",
        literal(&name(&table.name)),
        kept.days
    )
}

/// Deletes rows until none is old enough, 1,000 a transaction.
fn delete(design: &Design, table: &Table, kept: &Retention) -> String {
    let key = names(&table.primary_key);
    let mut rows = vec![format!("{} < now() - interval '{} days'", name(&kept.from), kept.days)];
    rows.extend(kept.only.as_ref().map(among));
    rows.extend(design.database.holders(&table.name).iter().map(|way| held(way)));
    format!(
        "BEGIN\n    LOOP\n        DELETE FROM {on} WHERE ({key}) IN (\n            SELECT {key} FROM {on} AS old\n            WHERE {}\n            LIMIT 1000);\n        EXIT WHEN NOT FOUND;\n        COMMIT;\n    END LOOP;\nEND",
        rows.join("\n                AND "),
        on = name(&table.name),
    )
}

/// No row of another table refers to the old one, nor to one that would go with it.
fn held(way: &[(&Table, &ForeignKey)]) -> String {
    let mut from = String::new();
    let mut first = String::new();
    for (at, (holder, key)) in way.iter().enumerate() {
        let of = |place: usize, columns: &[String]| {
            let alias = if place == 0 { "old".to_owned() } else { format!("part{place}") };
            columns.iter().map(|column| format!("{alias}.{}", name(column))).collect::<Vec<_>>().join(", ")
        };
        let bound = format!("({}) = ({})", of(at + 1, &key.columns), of(at, &key.references.columns));
        let table = format!("{} AS part{}", name(&holder.name), at + 1);
        if at == 0 {
            (from, first) = (table, bound);
        } else {
            from += &format!(" JOIN {table} ON {bound}");
        }
    }
    format!("NOT EXISTS (SELECT FROM {from} WHERE {first})")
}
