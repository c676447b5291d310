//! What the tables stand on: extensions, the role of the application, and functions.

use super::names::{column, dollar, literal, literals, name, suffixed};
use design::{Design, Table};

/// The role as which the application connects. It owns nothing, so that row-level security binds it.
pub(crate) const ROLE: &str = "app";

/// What tables stand on: how it is made, and how it goes; nothing where it belongs to the server and may serve others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In words.
    pub(crate) what: &'static str,
    /// SQL.
    pub(crate) create: String,
    /// SQL.
    pub(crate) drop: String,
}

/// Extensions, roles and functions, each only where a table needs it.
pub(crate) fn pieces(design: &Design) -> Vec<Piece> {
    let tables = &design.database.tables;
    let mut found = Vec::new();
    let mut add = |what, create, drop: &str| found.push(Piece { what, create, drop: drop.to_owned() });
    if tables.iter().any(|table| !table.exclusions.is_empty()) {
        add("the extension btree_gist", "-- For exclusion constraints that compare keys as well as periods.\nCREATE EXTENSION IF NOT EXISTS btree_gist;\n\n".to_owned(), "");
    }
    add(
        "the role of the application",
        format!(
            "-- The application connects as a member of this role. It owns no table and has no BYPASSRLS.\nDO {};\n\n",
            dollar(&format!(
                "BEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN\n        CREATE ROLE {ROLE} NOLOGIN;\n    END IF;\nEND"
            ))
        ),
        "",
    );
    if needs_uuid(design) {
        add(
            "the function uuid_v7",
            format!(
                "-- UUID of version 7 (RFC 9562), ordered by time. PostgreSQL 18 has uuidv7() of its own; this works from 15 on.\nCREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS {};\n\n",
                dollar(
                    "SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())\n    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)\n    FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"
                )
            ),
            "DROP FUNCTION IF EXISTS uuid_v7();\n",
        );
    }
    if tables.iter().any(touched) {
        add(
            "the function touch_updated_at",
            format!(
                "CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS {};\n\n",
                dollar("BEGIN\n    NEW.updated_at := now();\n    RETURN NEW;\nEND")
            ),
            "DROP FUNCTION IF EXISTS touch_updated_at();\n",
        );
    }
    if tables.iter().any(|table| table.partition_by.is_some()) {
        add(
            "the function add_month_partitions",
            format!(
                "-- Makes the partitions of this month and of those to come; a job calls it every day.\nCREATE FUNCTION add_month_partitions(parent regclass, months integer) RETURNS void LANGUAGE plpgsql AS {};\n\n",
                dollar(
                    "DECLARE\n    month date;\nBEGIN\n    FOR month IN\n        SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n))::date\n        FROM generate_series(0, months) AS n\n    LOOP\n        EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',\n            (SELECT relname FROM pg_class WHERE oid = parent) || to_char(month, '_YYYY_MM'),\n            parent, month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');\n    END LOOP;\nEND"
                )
            ),
            "DROP FUNCTION IF EXISTS add_month_partitions(regclass, integer);\n",
        );
    }
    found
}

/// All of them.
pub(super) fn foundation(design: &Design) -> String {
    pieces(design).into_iter().map(|piece| piece.create).collect()
}

/// The functions that a foundation made, for taking them away again.
pub(super) fn dropped(design: &Design) -> String {
    let out: String = pieces(design).into_iter().rev().map(|piece| piece.drop).collect();
    out + &format!(
        "-- The role {ROLE} and the extensions belong to the server and may serve others: they stay.\n"
    )
}

fn needs_uuid(design: &Design) -> bool {
    design.database.tables.iter().any(|table| column(table, "id").is_some_and(|id| id.kind == "uuid"))
}

fn touched(table: &Table) -> bool {
    column(table, "updated_at").is_some_and(|column| column.attribute.is_empty())
}

/// The triggers of a table with their functions.
pub(crate) fn triggers(design: &Design, table: &Table) -> String {
    let mut out = String::new();
    let on = name(&table.name);
    if touched(table) {
        out += &format!(
            "CREATE TRIGGER touch BEFORE UPDATE ON {on}\n    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();\n"
        );
    }
    if let Some(body) = state_body(design, table) {
        let function = name(&suffixed(&table.name, "states"));
        let state = table.states.as_ref().map(|states| name(&states.column)).unwrap_or_default();
        out += &format!(
            "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {};\nCREATE TRIGGER states AFTER UPDATE OF {state} ON {on}\n    FOR EACH ROW EXECUTE FUNCTION {function}();\n",
            dollar(&body)
        );
    }
    if let Some(body) = frozen_body(table) {
        let function = name(&suffixed(&table.name, "frozen"));
        out += &format!(
            "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {};\nCREATE TRIGGER frozen BEFORE UPDATE ON {on}\n    FOR EACH ROW EXECUTE FUNCTION {function}();\n",
            dollar(&body)
        );
    }
    if !table.limits.is_empty() {
        let function = name(&suffixed(&table.name, "limits"));
        // It counts what others have written as well, which the caller of the moment may not see.
        out += &format!(
            "CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET app.role = {} AS {};\nCREATE TRIGGER limits AFTER INSERT OR UPDATE ON {on}\n    FOR EACH ROW EXECUTE FUNCTION {function}();\n",
            literal(design::WORKER),
            dollar(&limits_body(table))
        );
    }
    out
}

/// The names of the triggers of a table.
pub(crate) fn trigger_names(design: &Design, table: &Table) -> Vec<&'static str> {
    let states = state_body(design, table).is_some();
    let all = [
        ("touch", touched(table)),
        ("states", states),
        ("frozen", table.frozen.is_some()),
        ("limits", !table.limits.is_empty()),
    ];
    all.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// The functions that the triggers of a table call, for taking them away again.
pub(crate) fn dropped_triggers(design: &Design, table: &Table) -> String {
    let mut out = String::new();
    if state_body(design, table).is_some() {
        out += &format!("DROP FUNCTION IF EXISTS {}();\n", name(&suffixed(&table.name, "states")));
    }
    if table.frozen.is_some() {
        out += &format!("DROP FUNCTION IF EXISTS {}();\n", name(&suffixed(&table.name, "frozen")));
    }
    if !table.limits.is_empty() {
        out += &format!("DROP FUNCTION IF EXISTS {}();\n", name(&suffixed(&table.name, "limits")));
    }
    out
}

/// Refuses moves that the lifecycle does not have, and records the others.
fn state_body(design: &Design, table: &Table) -> Option<String> {
    let states = table.states.as_ref()?;
    let state = name(&states.column);
    let history = design
        .database
        .tables
        .iter()
        .find(|known| known.entity.is_empty() && column(known, "from_state").is_some());
    if !states.enforced && history.is_none() {
        return None;
    }
    let mut body =
        format!("BEGIN\n    IF NEW.{state} = OLD.{state} THEN\n        RETURN NULL;\n    END IF;\n");
    if states.enforced {
        let moves: Vec<String> =
            states.moves.iter().map(|[from, to]| format!("({}, {})", literal(from), literal(to))).collect();
        body += &format!(
            "    IF (OLD.{state}, NEW.{state}) NOT IN ({}) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = {},\n            MESSAGE = 'There is no way from ' || OLD.{state} || ' to ' || NEW.{state} || '.';\n    END IF;\n",
            moves.join(", "),
            literal(&suffixed(&table.name, "states"))
        );
    }
    if let Some(history) = history {
        let (tenant, of) = if history.is_shared() && table.is_shared() {
            ("tenant_id, ", "NEW.tenant_id, ")
        } else {
            ("", "")
        };
        body += &format!(
            "    INSERT INTO {} ({tenant}subject, record_id, from_state, to_state, changed_by)\n    VALUES ({of}TG_TABLE_NAME, NEW.id, OLD.{state}, NEW.{state},\n        coalesce(nullif(current_setting('app.user_id', true), ''), session_user));\n",
            name(&history.name)
        );
    }
    Some(body + "    RETURN NULL;\nEND")
}

/// Refuses changes of rows that keep their values.
fn frozen_body(table: &Table) -> Option<String> {
    let frozen = table.frozen.as_ref()?;
    let mut when: Vec<String> = Vec::new();
    if let Some(only) = &frozen.only {
        let column = name(&only.column);
        when.push(match (only.values.is_empty(), only.is_null) {
            (false, _) => format!("OLD.{column} IN ({})", literals(&only.values)),
            (true, true) => format!("OLD.{column} IS NULL"),
            (true, false) => format!("OLD.{column} IS NOT NULL"),
        });
    }
    if !frozen.columns.is_empty() {
        let changed: Vec<String> = frozen
            .columns
            .iter()
            .map(|column| format!("NEW.{0} IS DISTINCT FROM OLD.{0}", name(column)))
            .collect();
        when.push(format!("({})", changed.join(" OR ")));
    } else if !frozen.kept {
        let mut free = vec!["updated_at".to_owned()];
        free.extend(table.states.as_ref().map(|states| states.column.clone()));
        when.push(format!(
            "(to_jsonb(NEW) - ARRAY[{0}]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{0}])",
            literals(&free)
        ));
    }
    let raise = format!(
        "RAISE EXCEPTION USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = {},\n            MESSAGE = 'The record keeps its values.';",
        literal(&suffixed(&table.name, "frozen"))
    );
    Some(if when.is_empty() {
        format!("BEGIN\n    {raise}\nEND")
    } else {
        format!(
            "BEGIN\n    IF {} THEN\n        {raise}\n    END IF;\n    RETURN NEW;\nEND",
            when.join(" AND ")
        )
    })
}

/// Counts the rows that agree in what a limit is for, one transaction at a time.
fn limits_body(table: &Table) -> String {
    let mut body = "DECLARE\n    most bigint;\nBEGIN\n".to_owned();
    for limit in &table.limits {
        let values: Vec<String> = limit.per.iter().map(|way| led("NEW", way)).collect();
        let mut same: Vec<String> = limit
            .per
            .iter()
            .zip(&values)
            .map(|(way, value)| format!("{} = {value}", led("other", way)))
            .collect();
        let tenants = table.columns.iter().filter(|column| column.tenant);
        same.extend(tenants.map(|column| format!("other.{0} = NEW.{0}", name(&column.name))));
        let only = limit.only.as_ref();
        let counts = |row: &str| {
            only.map(|only| {
                let column = format!("{row}.{}", name(&only.column));
                match (only.values.is_empty(), only.is_null) {
                    (false, _) => format!("{column} IN ({})", literals(&only.values)),
                    (true, true) => format!("{column} IS NULL"),
                    (true, false) => format!("{column} IS NOT NULL"),
                }
            })
        };
        same.extend(counts("other"));
        // A week of the calendar is the same in every session, whatever its time zone is.
        let dated = column(table, &limit.at).is_some_and(|at| at.kind == "date");
        let time = |row: &str| {
            let zone = if dated { "::timestamp" } else { " AT TIME ZONE 'UTC'" };
            format!("date_trunc({}, {row}.{}{zone})", literal(&limit.within), name(&limit.at))
        };
        if limit.slides() {
            let at = name(&limit.at);
            same.push(format!(
                "other.{at} > NEW.{at} - interval {} AND other.{at} <= NEW.{at}",
                literal(&limit.within)
            ));
        } else if !limit.within.is_empty() {
            same.push(format!("{} = {}", time("other"), time("NEW")));
        }
        let most = match limit.most_in.split_once('.') {
            Some((of, column)) => format!(
                "(SELECT {} FROM {} WHERE id = {})",
                name(column),
                name(of),
                values.first().map_or("NULL", String::as_str)
            ),
            None => limit.most.unwrap_or_default().to_string(),
        };
        let (open, close, margin) = match counts("NEW") {
            Some(when) => (format!("    IF {when} THEN\n"), "    END IF;\n", "        "),
            None => (String::new(), "", "    "),
        };
        let key = literal(&limit.name);
        let rule = format!(
            "-- Who writes for the same waits until the other transaction has ended.\nPERFORM pg_advisory_xact_lock(hashtextextended(concat_ws('/', {key}, {}), 0));\nmost := {most};\nIF (SELECT count(*) FROM {} AS other WHERE {}) > most THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = {key},\n        MESSAGE = 'There are no more than ' || most || ' of these{}.';\nEND IF;\n",
            values.join(", "),
            name(&table.name),
            same.join(" AND "),
            match limit.within.as_str() {
                "" => String::new(),
                within if limit.slides() => format!(" in {within}"),
                within => format!(" in a {within}"),
            },
        );
        body += &open;
        for line in rule.lines() {
            body += &format!("{margin}{line}\n");
        }
        body += close;
    }
    body + "    RETURN NULL;\nEND"
}

/// What a row leads to: a column of its own, or one of the record that it names.
fn led(row: &str, way: &[String]) -> String {
    let step = |at: usize| way.get(at).and_then(|step| step.split_once('.'));
    match (step(0), step(1)) {
        (Some((_, own)), Some((of, column))) => {
            format!("(SELECT {} FROM {} WHERE id = {row}.{})", name(column), name(of), name(own))
        }
        (Some((_, own)), None) => format!("{row}.{}", name(own)),
        _ => "NULL".to_owned(),
    }
}
