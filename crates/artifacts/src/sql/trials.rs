//! Scripts that try what the database must refuse. Each runs in a transaction that is rolled back, as a superuser, and
//! fails with what was not refused.

use super::functions::ROLE;
use super::names::{column, comment, dollar, literal, literals, name, suffixed};
use super::samples::{Samples, key, keys, stands};
use design::{Design, Policy, RowAccess, SIGNED_IN, Table};
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// The highest limit whose rows are all written to see the next one refused.
const MOST_TRIED: u32 = 12;

/// `db/tests/constraints.sql`: every constraint and trigger refuses what it is there for.
pub(crate) fn constraints(design: &Design) -> String {
    let samples = Samples::new(design);
    let mut tries = String::new();
    for table in &samples.tables {
        for trial in table_trials(&samples, table) {
            tries += &trial;
        }
    }
    script(
        design,
        "Sample rows can be written, and what breaks a constraint is refused.",
        "Run in a database with the schema",
        &(samples.insert_all() + &tries),
    )
}

fn script(design: &Design, what: &str, how: &str, body: &str) -> String {
    format!(
        "-- {}. {what}\n-- {how}, as a superuser; it leaves nothing behind:\n--   psql --set ON_ERROR_STOP=1 --file FILE\nBEGIN;\n\n{body}\nROLLBACK;\n",
        comment(&design.title)
    )
}

/// A statement that must fail with one of these conditions.
fn refused(what: &str, statement: &str, conditions: &str) -> String {
    let body = format!(
        "BEGIN\n    BEGIN\n        {}\n    EXCEPTION WHEN {conditions} THEN\n        RETURN;\n    END;\n    RAISE EXCEPTION USING MESSAGE = {};\nEND",
        statement.trim_end().replace('\n', "\n        "),
        literal(&format!("Not refused: {what}."))
    );
    format!("DO {};\n", dollar(&body))
}

/// One row more than each limit allows.
fn limit_trials(samples: &Samples, table: &Table) -> Vec<String> {
    let limits = table.limits.iter().filter_map(|limit| Some((limit, limit.most?)));
    let tried = limits.filter(|(limit, most)| {
        table.primary_key == ["id"] && *most <= MOST_TRIED && samples.counted(table, limit)
    });
    tried
        .map(|(limit, most)| {
            let rows: String = (0..most).map(|more| samples.insert_as(table, 1, 3 + more)).collect();
            refused(
                &format!("one row more of {} than there may be ({})", table.name, limit.name),
                &rows,
                // What is unique as well is refused at the second row.
                "check_violation OR unique_violation OR exclusion_violation",
            )
        })
        .collect()
}

fn table_trials(samples: &Samples, table: &Table) -> Vec<String> {
    let mut found = Vec::new();
    let on = name(&table.name);
    let set = |column: &str, value: &str| {
        format!("UPDATE {on} SET {} = {value} WHERE {};", name(column), is(table, 1))
    };
    let free = table.frozen.as_ref().is_none_or(|frozen| !frozen.kept);
    for check in table.checks.iter().filter(|_| free) {
        found.push(refused(
            &format!("a value of {}.{} outside its list", table.name, check.column),
            &set(&check.column, "'no such value'"),
            // A row that keeps its values refuses before its conditions are looked at.
            "check_violation OR restrict_violation",
        ));
    }
    for rule in table.conditions.iter().filter(|_| free) {
        let Some(first) = rule.columns.first() else { continue };
        let wrong = match (rule.kind.as_str(), column(table, first).map(|column| column.kind.as_str())) {
            ("positive" | "non-negative", _) => "-1".to_owned(),
            ("currency", _) => "'euros'".to_owned(),
            ("different", _) => rule.columns.get(1).map(|column| name(column)).unwrap_or_default(),
            (_, Some("date" | "timestamptz")) => "'2099-01-01'".to_owned(),
            _ => "1000000".to_owned(),
        };
        found.push(refused(
            &format!("a row of {} that breaks {}", table.name, rule.name),
            &set(first, &wrong),
            // A row that keeps its values refuses before its conditions are looked at.
            "check_violation OR restrict_violation",
        ));
    }
    // The same place at the same time, under another key: a unique index may see it first.
    let alone = table.primary_key == ["id"];
    for rule in table
        .exclusions
        .iter()
        .filter(|rule| alone && rule.equal.iter().all(|column| samples.linked(table, column)))
    {
        found.push(refused(
            &format!("two rows of {} that overlap ({})", table.name, rule.name),
            &samples.insert_as(table, 1, 3),
            "exclusion_violation OR unique_violation",
        ));
    }
    let filled = |column: &String| samples.linked(table, column);
    if alone
        && table.indexes.iter().any(|index| {
            index.unique
                && index.columns.iter().all(filled)
                && !index.columns.contains(&"id".to_owned())
                && stands(table, index.only.as_ref())
        })
    {
        found.push(refused(
            &format!("two rows of {} alike in what is unique", table.name),
            &samples.insert_as(table, 1, 3),
            "exclusion_violation OR unique_violation",
        ));
    }
    found.extend(limit_trials(samples, table));
    if let Some(states) = table.states.as_ref().filter(|states| states.enforced) {
        let check = table.checks.iter().find(|check| check.column == states.column);
        let away = check.into_iter().flat_map(|check| &check.values).find(|value| {
            **value != states.first
                && !states.moves.iter().any(|[from, to]| *from == states.first && to == *value)
        });
        if let Some(away) = away {
            found.push(refused(
                &format!("{} from {} to {away}", table.name, states.first),
                &set(&states.column, &literal(away)),
                "check_violation OR restrict_violation",
            ));
        }
    }
    if table.frozen.as_ref().is_some_and(|frozen| frozen.kept) {
        let some = table
            .columns
            .iter()
            .find(|column| !keys(table).contains(column.name.as_str()) && column.generated_from.is_empty());
        if let Some(some) = some {
            found.push(refused(
                &format!(
                    "a change in {}, to which rows are only added ({})",
                    table.name,
                    suffixed(&table.name, "frozen")
                ),
                &set(&some.name, &name(&some.name)),
                "restrict_violation",
            ));
        }
        found.push(refused(
            &format!("a deletion from {} by the application", table.name),
            &format!("SET LOCAL ROLE {ROLE};\nDELETE FROM {on};"),
            "insufficient_privilege",
        ));
        found.push("RESET ROLE;\n".to_owned());
    }
    found
}

/// The condition that a row is the sample with a number.
fn is(table: &Table, n: u32) -> String {
    let kind = |name: &str| column(table, name).map_or("bigint", |column| column.kind.as_str());
    let parts: Vec<String> = table
        .primary_key
        .iter()
        .filter(|column| *column != "created_at")
        .map(|column| match kind(column) {
            "text" => format!("{} = {}", name(column), literal(&format!("{column} {n}"))),
            kind => format!("{} = {}", name(column), key(kind, n)),
        })
        .collect();
    parts.join(" AND ")
}

/// `db/tests/row_level_security.sql`: nobody reaches rows of another tenant or owner. Nothing where there are no policies.
pub(crate) fn row_level_security(design: &Design) -> Option<String> {
    let mut by_table: BTreeMap<&str, Vec<&Policy>> = BTreeMap::new();
    for policy in &design.database.policies {
        by_table.entry(&policy.table).or_default().push(policy);
    }
    if by_table.is_empty() {
        return None;
    }
    let samples = Samples::new(design);
    let mut body = samples.insert_all() + &format!("\nSET LOCAL ROLE {ROLE};\n");
    for table in &samples.tables {
        if let Some(policies) = by_table.get(table.name.as_str()) {
            body += &Probe { samples: &samples, design, table, policies }.all();
        }
    }
    let what = "Nobody reaches rows of another tenant or of another owner, and who may reach rows does.";
    Some(script(design, what, "Run in a database with the schema", &body))
}

struct Probe<'a> {
    samples: &'a Samples<'a>,
    design: &'a Design,
    table: &'a Table,
    policies: &'a [&'a Policy],
}

impl Probe<'_> {
    fn all(&self) -> String {
        let mut out = format!("\n-- {}\n", self.table.name);
        out += &self.nobody();
        let tenant =
            self.policies.iter().any(|policy| policy.allows.iter().any(|access| access.scope == "tenant"));
        if tenant {
            out += &self.other_tenant();
        }
        let select = self.policies.iter().find(|policy| policy.command == "select");
        for access in
            select.into_iter().flat_map(|policy| &policy.allows).filter(|access| access.scope == "own")
        {
            out += &self.other_owner(access);
        }
        for access in select.into_iter().flat_map(|policy| &policy.allows) {
            out += &self.other_state(access);
        }
        for policy in self.policies {
            for access in &policy.allows {
                out += &self.writes(&policy.command, access);
            }
        }
        out
    }

    /// Who may write a row does: a change finds the row that it reads, and what is made can be answered with.
    fn writes(&self, command: &str, access: &RowAccess) -> String {
        let kept = self.table.frozen.as_ref().is_some_and(|frozen| frozen.kept);
        let Some(role) = access.roles.first().filter(|_| !kept) else { return String::new() };
        if !matches!(access.scope.as_str(), "own" | "all") || access.scope == "own" && !self.reached(access) {
            return String::new();
        }
        let on = name(&self.table.name);
        let statement = match command {
            "insert" if self.reads(role, access) => {
                let row = self.samples.insert_as(self.table, 1, 1);
                let first =
                    self.table.primary_key.iter().map(|column| name(column)).next().unwrap_or_default();
                format!("{} RETURNING {first} INTO written", row.trim_end().trim_end_matches(';'))
            }
            "update" => format!(
                "UPDATE {on} SET created_at = created_at WHERE {} RETURNING 'x' INTO written",
                is(self.table, 1)
            ),
            "delete" => format!("DELETE FROM {on} WHERE {} RETURNING 'x' INTO written", is(self.table, 1)),
            _ => return String::new(),
        };
        // The row stays as it was: what was written is undone, and what another rule refuses was let through by this one.
        let body = format!(
            "DECLARE\n    written text;\nBEGIN\n    BEGIN\n        {};\n        IF written IS NOT NULL THEN\n            RAISE EXCEPTION USING ERRCODE = 'AAAAA';\n        END IF;\n    EXCEPTION\n        WHEN insufficient_privilege THEN\n            written := NULL;\n        WHEN OTHERS THEN\n            written := 'undone';\n    END;\n    IF written IS NULL THEN\n        RAISE EXCEPTION USING MESSAGE = {};\n    END IF;\nEND",
            statement.replace('\n', "\n        "),
            literal(&format!("{}: {role} cannot write an own row ({command})", self.table.name))
        );
        self.settings(role, Some(1)) + &format!("DO {};\n", dollar(&body))
    }

    /// Whether a role reads the rows that it makes.
    fn reads(&self, role: &String, made: &RowAccess) -> bool {
        let mut selects = self.policies.iter().filter(|policy| policy.command == "select");
        selects.any(|policy| {
            policy.allows.iter().any(|access| {
                access.roles.contains(role)
                    && (access.scope == "all" || access.path == made.path && access.scope == made.scope)
            })
        })
    }

    /// The settings of a transaction, as a superuser would not need them.
    fn settings(&self, role: &str, n: Option<u32>) -> String {
        let tenants = self
            .design
            .database
            .tables
            .iter()
            .find(|table| table.name == "tenants" && table.entity.is_empty());
        let kind =
            tenants.and_then(|tenants| column(tenants, "id")).map_or("bigint", |column| column.kind.as_str());
        let value =
            |kind: &str| n.map_or("''".to_owned(), |n| format!("'{}'", key(kind, n).trim_matches('\'')));
        format!(
            "SET LOCAL app.tenant_id = {};\nSET LOCAL app.user_id = {};\nSET LOCAL app.role = {};\n",
            value(kind),
            value(self.user_kind()),
            literal(role)
        )
    }

    /// The type of the keys of people.
    fn user_kind(&self) -> &str {
        let first = self.design.database.tables.iter().find(|table| !table.entity.is_empty());
        first.and_then(|table| column(table, "id")).map_or("bigint", |column| column.kind.as_str())
    }

    /// Whether a command is open to everybody.
    fn open(&self, command: &str) -> bool {
        let narrowed = self.policies.iter().any(|policy| policy.command == "all");
        !narrowed
            && self.policies.iter().any(|policy| {
                policy.command == command
                    && policy.allows.iter().any(|access| {
                        access.roles.is_empty() && matches!(access.scope.as_str(), "all" | "some")
                    })
            })
    }

    fn count(&self, condition: &str, wanted: u32, what: &str) -> String {
        let body = format!(
            "BEGIN\n    IF (SELECT count(*) FROM {} WHERE {condition}) <> {wanted} THEN\n        RAISE EXCEPTION USING MESSAGE = {};\n    END IF;\nEND",
            name(&self.table.name),
            literal(&format!("{}: {what}", self.table.name))
        );
        format!("DO {};\n", dollar(&body))
    }

    /// Writing to the row of somebody else touches nothing, or is refused outright.
    fn no_writing(&self, n: u32, what: &str) -> String {
        if self.table.frozen.as_ref().is_some_and(|frozen| frozen.kept) {
            return String::new();
        }
        let mut out = String::new();
        let on = name(&self.table.name);
        let tries = [
            ("update", format!("UPDATE {on} SET created_at = created_at WHERE {}", is(self.table, n))),
            ("delete", format!("DELETE FROM {on} WHERE {}", is(self.table, n))),
        ];
        for (command, statement) in tries.iter().filter(|(command, _)| !self.open(command)) {
            let body = format!(
                "DECLARE\n    touched bigint;\nBEGIN\n    {statement};\n    GET DIAGNOSTICS touched = ROW_COUNT;\n    IF touched > 0 THEN\n        RAISE EXCEPTION USING MESSAGE = {};\n    END IF;\nEND",
                literal(&format!("{}: {what} ({command})", self.table.name))
            );
            out += &format!("DO {};\n", dollar(&body));
        }
        out
    }

    /// Without a session nothing is reached.
    fn nobody(&self) -> String {
        if self.open("select") {
            return String::new();
        }
        self.settings("", None)
            + &self.count("true", 0, "a row is reached without a session")
            + &self.no_writing(1, "a row is written without a session")
    }

    fn other_tenant(&self) -> String {
        // Some role that reads all rows of the tenant, where roles matter.
        let select = self.policies.iter().find(|policy| policy.command == "select");
        let all = |access: &&RowAccess| access.scope == "all";
        let reader = select.and_then(|policy| policy.allows.iter().find(all));
        let role = reader.and_then(|access| access.roles.first()).map_or("", String::as_str);
        let narrowed = self.policies.iter().any(|policy| policy.restrictive);
        let mut out = self.settings(role, Some(1));
        if !narrowed || reader.is_some() {
            out += &self.count(&is(self.table, 1), 1, "the own tenant's row is not reached");
        }
        out += &self.count(&is(self.table, 2), 0, "a row of another tenant is reached");
        out += &self.no_writing(2, "a row of another tenant is written");
        let kept = self.table.frozen.as_ref().is_some_and(|frozen| frozen.kept);
        if !kept
            && !narrowed
            && let Some(tenant) = column(self.table, "tenant_id").filter(|column| column.tenant)
        {
            out += &refused(
                &format!("a row of {} that is given to another tenant", self.table.name),
                &format!(
                    "UPDATE {} SET tenant_id = {} WHERE {};",
                    name(&self.table.name),
                    key(&tenant.kind, 2),
                    is(self.table, 1)
                ),
                "insufficient_privilege",
            );
        }
        out
    }

    fn other_owner(&self, access: &RowAccess) -> String {
        let select = self.policies.iter().find(|policy| policy.command == "select");
        let all: BTreeSet<&String> = select
            .into_iter()
            .flat_map(|policy| &policy.allows)
            // The second row may be in one of the states that somebody reads as well.
            .filter(|access| matches!(access.scope.as_str(), "all" | "some"))
            .flat_map(|access| &access.roles)
            .gather();
        let everybody = all.iter().any(|role| *role == SIGNED_IN) || self.open("select");
        let Some(role) = access.roles.iter().find(|role| !all.contains(role)).filter(|_| !everybody) else {
            return String::new();
        };
        let mut out = self.settings(role, Some(1));
        // Another way of the same role may lead to the second row; the samples link each row with its own number only.
        out += &self.count(&is(self.table, 2), 0, &format!("{role} reaches the row of somebody else"));
        if self.reached(access) {
            out += &self.count(&is(self.table, 1), 1, &format!("{role} does not reach an own row"));
        }
        // A role may write all rows although it reads only its own.
        let writes =
            self.policies.iter().filter(|policy| matches!(policy.command.as_str(), "update" | "delete"));
        let everywhere = writes
            .flat_map(|policy| &policy.allows)
            .any(|access| access.scope == "all" && access.roles.contains(role));
        if !everywhere {
            out += &self.no_writing(2, &format!("{role} writes the row of somebody else"));
        }
        // Whoever has signed in reaches the own rows in a capacity: then somebody without any reaches none.
        let mut roles = select.into_iter().flat_map(|policy| &policy.allows).flat_map(|access| &access.roles);
        let capable = roles.any(|role| role == SIGNED_IN);
        out + &self.settings("nobody", Some(if capable { 3 } else { 1 }))
            + &self.count("true", 0, "a role without rights reaches a row")
    }

    /// Whoever reads records in some states only does not reach those in another.
    fn other_state(&self, access: &RowAccess) -> String {
        let Some(only) = access.only.as_ref().filter(|only| !only.values.is_empty()) else {
            return String::new();
        };
        let role = access.roles.first().map_or("", String::as_str);
        let wide = self
            .policies
            .iter()
            .filter(|policy| policy.command == "select")
            .flat_map(|policy| &policy.allows);
        if wide.clone().any(|other| {
            other != access && (other.roles.is_empty() || other.roles.iter().any(|one| one == role))
        }) {
            return String::new();
        }
        let other = format!("{} NOT IN ({})", name(&only.column), literals(&only.values));
        let who = if role.is_empty() { "whoever has no session" } else { role };
        self.settings(role, Some(1))
            + &self.count(&other, 0, &format!("{who} reaches a row in another state"))
    }

    /// Whether the sample rows of a way are linked.
    fn reached(&self, access: &RowAccess) -> bool {
        access.path.iter().filter_map(|step| step.split_once('.')).all(|(of, field)| {
            let table = self.samples.tables.iter().find(|table| table.name == of);
            table.is_some_and(|table| self.samples.linked(table, field))
        })
    }
}
