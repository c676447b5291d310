//! Row-level security. Settings are read in a scalar subquery, which PostgreSQL computes once a statement and not once a
//! row; ways over other tables are uncorrelated, so that they are computed once, too.

use super::names::{column, literals, name};
use design::{Design, Policy, RowAccess, SIGNED_IN, Table};
use knowledge::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

/// The policies of some tables.
pub(super) fn policies(design: &Design, tables: &[&Table]) -> String {
    let mut by_table: BTreeMap<&str, Vec<&Policy>> = BTreeMap::new();
    for policy in &design.database.policies {
        by_table.entry(&policy.table).or_default().push(policy);
    }
    if by_table.is_empty() {
        return String::new();
    }
    let known = by_name(design);
    let mut out = head(design, &known);
    for table in tables {
        if let Some(policies) = by_table.get(table.name.as_str()) {
            out += &on_table(table, policies, &known);
        }
    }
    out
}

/// What a reader of the policies has to know of the settings: only those that a policy reads.
fn head(design: &Design, known: &BTreeMap<&str, &Table>) -> String {
    let accesses = || design.database.policies.iter().flat_map(|policy| &policy.allows);
    let open =
        accesses().any(|access| matches!(access.scope.as_str(), "all" | "some") && access.roles.is_empty());
    // The tables that the ways to people end in.
    let people: BTreeSet<&str> = accesses()
        .filter(|access| access.scope == "own")
        .filter_map(|access| access.path.last()?.split_once('.'))
        .map(|(of, column)| {
            if column == "created_by" {
                return "the accounts of the sign-in";
            }
            let keys = known.get(of).into_iter().flat_map(|table| &table.foreign_keys);
            let mut named = keys.filter(|key| key.columns.last().is_some_and(|last| last == column));
            named.next().map_or(of, |key| key.references.table.as_str())
        })
        .gather();
    let mut settings: Vec<&str> = Vec::new();
    if accesses().any(|access| access.scope == "tenant") {
        settings.push("tenant_id");
    }
    if accesses().any(|access| !access.roles.is_empty()) {
        settings.push("role");
    }
    if !people.is_empty() {
        settings.push("user_id");
    }
    let set: Vec<String> = settings.iter().map(|name| format!("SET LOCAL app.{name} = '…';")).collect();
    let mut out = format!(
        "\n-- Each transaction says for whom it runs; the settings end with it:\n--   {}\n-- Without them {} of the tables below is reached; tables that are not below have no policies. The application never\n-- connects as the owner of the tables.\n",
        set.join(" "),
        if open { "only what is open to everybody" } else { "no row" },
    );
    if accesses().any(|access| access.roles.iter().any(|role| role == design::WORKER)) {
        out += "-- Work that nobody's request began runs as app.role worker.\n";
    }
    if !people.is_empty() {
        let people: Vec<&str> = people.into_iter().collect();
        out += &format!("-- app.user_id is the id of the caller's own row, in {}.\n", people.join(" or in "));
    }
    out
}

fn by_name(design: &Design) -> BTreeMap<&str, &Table> {
    design.database.tables.iter().map(|table| (table.name.as_str(), table)).gather()
}

fn on_table(table: &Table, policies: &[&Policy], known: &BTreeMap<&str, &Table>) -> String {
    let on = name(&table.name);
    let mut out = format!(
        "\nALTER TABLE {on} ENABLE ROW LEVEL SECURITY;\nALTER TABLE {on} FORCE ROW LEVEL SECURITY;\n"
    );
    for policy in policies {
        out += &create(policy, table, known);
    }
    out
}

fn of<'a>(design: &'a Design, table: &Table) -> Vec<&'a Policy> {
    design.database.policies.iter().filter(|policy| policy.table == table.name).collect()
}

/// The policies of one table; empty where it has none.
pub(crate) fn of_table(design: &Design, table: &Table) -> String {
    let policies = of(design, table);
    if policies.is_empty() { String::new() } else { on_table(table, &policies, &by_name(design)) }
}

/// Takes the policies of one table away.
pub(crate) fn off(design: &Design, table: &Table) -> String {
    let on = name(&table.name);
    let policies = of(design, table);
    let mut out = String::new();
    for policy in &policies {
        out += &format!("DROP POLICY IF EXISTS {} ON {on};\n", name(&policy.name));
    }
    if !policies.is_empty() {
        out += &format!(
            "ALTER TABLE {on} NO FORCE ROW LEVEL SECURITY;\nALTER TABLE {on} DISABLE ROW LEVEL SECURITY;\n"
        );
    }
    out
}

/// Takes all policies away again.
pub(super) fn drop(design: &Design) -> String {
    design.database.tables.iter().map(|table| off(design, table)).collect()
}

fn create(policy: &Policy, table: &Table, tables: &BTreeMap<&str, &Table>) -> String {
    let allows: Vec<String> = policy.allows.iter().map(|access| allowed(access, table, tables)).collect();
    let condition = allows.join("\n        OR ");
    let narrows = if policy.restrictive { " AS RESTRICTIVE" } else { "" };
    let using = match policy.command.as_str() {
        "insert" => String::new(),
        _ => format!("\n    USING ({condition})"),
    };
    // Who takes a record that is open to all leaves it as their own.
    let taken = policy.command == "update" && policy.allows.iter().any(|access| access.scope == "some");
    let left: Vec<String> = policy
        .allows
        .iter()
        .filter(|access| !taken || access.scope != "some")
        .map(|access| allowed(access, table, tables))
        .collect();
    let left = if left.is_empty() { condition.clone() } else { left.join("\n        OR ") };
    let check = match policy.command.as_str() {
        "select" | "delete" => String::new(),
        _ => format!("\n    WITH CHECK ({left})"),
    };
    format!(
        "CREATE POLICY {} ON {}{narrows} FOR {}{using}{check};\n",
        name(&policy.name),
        name(&policy.table),
        policy.command.to_uppercase()
    )
}

fn allowed(access: &RowAccess, table: &Table, tables: &BTreeMap<&str, &Table>) -> String {
    let rows = match access.scope.as_str() {
        "all" => None,
        "some" => {
            access.only.as_ref().map(|only| format!("{} IN ({})", name(&only.column), literals(&only.values)))
        }
        "tenant" => Some(way(&access.path, table, tables, "app.tenant_id")),
        _ => Some(way(&access.path, table, tables, "app.user_id")),
    };
    // Whoever has a session has a role, whichever it is.
    let roles = if access.roles.iter().any(|role| role == SIGNED_IN) {
        Some("(SELECT nullif(current_setting('app.role', true), '')) IS NOT NULL".to_owned())
    } else {
        (!access.roles.is_empty())
            .then(|| format!("(SELECT current_setting('app.role', true)) IN ({})", literals(&access.roles)))
    };
    match (roles, rows) {
        (Some(roles), Some(rows)) => format!("({roles} AND {rows})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "true".to_owned(),
    }
}

/// The condition that a row leads to the value of a setting.
fn way(path: &[String], table: &Table, tables: &BTreeMap<&str, &Table>, setting: &str) -> String {
    let Some((first, rest)) = path.split_first() else { return "false".to_owned() };
    let Some((of, field)) = first.split_once('.') else { return "false".to_owned() };
    if of != table.name {
        // A table that links the two.
        let Some(link) = tables.get(of) else { return "false".to_owned() };
        return format!(
            "id IN (SELECT {} FROM {} WHERE {})",
            name(field),
            name(of),
            way(rest, link, tables, setting)
        );
    }
    let next = rest.first().and_then(|next| next.split_once('.')).and_then(|(next, _)| tables.get(next));
    if let Some(next) = next {
        return format!(
            "{} IN (SELECT id FROM {} WHERE {})",
            name(field),
            name(&next.name),
            way(rest, next, tables, setting)
        );
    }
    let kind = column(table, field).map_or("bigint", |column| column.kind.as_str());
    // At the end of a transaction the setting becomes empty, not unset.
    format!("{} = (SELECT nullif(current_setting('{setting}', true), '')::{kind})", name(field))
}
