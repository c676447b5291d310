//! Row-level security, made from the one authorization matrix: a table has policies where tenants share it, or where the
//! matrix says that somebody reaches only some of its rows.

use super::tables::system_column;
use crate::api::is_toggle;
use crate::model::{
    Api, Database, ForeignKey, Grant, Operation, Policy, RowAccess, RowFilter, Security, Table,
};
use crate::security::SIGNED_IN;
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::{Evidence, Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// As what work runs that nobody's request began: it reads what it tells people of, and deletes what is old enough.
pub const WORKER: &str = "worker";

/// What a command allows, and why.
type Allowed = (Vec<RowAccess>, Evidence);

/// The policies of all tables.
pub(crate) fn policies(database: &Database, security: &Security, api: &Api) -> Vec<Policy> {
    let mut grants: BTreeMap<&str, Vec<&Grant>> = BTreeMap::new();
    for grant in &security.authorization {
        grants.entry(grant.resource.as_str()).or_default().push(grant);
    }
    let mut maker = Maker {
        database,
        operations: api.operations.iter().map(|operation| (operation.id.as_str(), operation)).gather(),
        written: BTreeSet::new(),
        rows: BTreeMap::new(),
        reads: BTreeMap::new(),
        links: BTreeMap::new(),
    };
    maker.written = maker.written();
    let mut limited = Vec::new();
    for table in database.tables.iter().filter(|table| !table.entity.is_empty()) {
        let grants = grants.get(table.entity.as_str()).map_or(&[][..], Vec::as_slice);
        if grants.iter().any(|grant| grant.is_limited() || in_states(table, grant).is_some()) {
            maker.rows.entry(&table.name).or_default();
            limited.push((table, grants));
        }
    }
    // The tables that link a record with its owner tell whose it is, so they are closed as well.
    for (table, grants) in &limited {
        for link in grants.iter().filter_map(|grant| first_table(grant)).filter(|first| *first != table.name)
        {
            maker.rows.entry(link).or_default();
            maker.links.entry(&table.name).or_default().insert(link);
        }
    }
    for (table, grants) in limited {
        for grant in grants {
            maker.grant(table, grant);
        }
    }
    let works = database.tables.iter().any(|table| table.entity.is_empty() && table.name == "jobs");
    for table in &database.tables {
        let worker = [WORKER.to_owned()];
        for retention in &table.retention {
            for command in ["select", "delete"] {
                maker.allow(&table.name, command, &worker, "all", &[], &retention.evidence);
            }
            // What may go only once no row of another table refers to it is looked for there.
            for (holder, _) in database.holders(&table.name).into_iter().flatten() {
                maker.allow(&holder.name, "select", &worker, "all", &[], &retention.evidence);
            }
        }
        for timer in &table.timers {
            for command in ["select", "update"] {
                maker.allow(&table.name, command, &worker, "all", &[], &timer.evidence);
            }
        }
        if table.retention.is_empty() && works {
            maker.allow(&table.name, "select", &worker, "all", &[], &[Reason::rule("jobs-after-commit")]);
        }
    }
    // What is counted for a limit is counted whole, over the records that it is counted by as well.
    for table in &database.tables {
        for limit in &table.limits {
            let worker = [WORKER.to_owned()];
            let ways = limit.per.iter().flatten().chain(std::iter::once(&limit.most_in));
            for (of, _) in ways.filter_map(|step| step.split_once('.')) {
                maker.allow(of, "select", &worker, "all", &[], &[Reason::rule("limits-counted")]);
            }
        }
    }
    let mut found = Vec::new();
    // A `tenant_id` may also lead to somebody who rents a garden.
    let shared = database.tables.iter().any(|table| table.name == "tenants" && table.entity.is_empty());
    for table in &database.tables {
        let own = maker.rows.remove(table.name.as_str());
        if shared {
            found.extend(tenant(table, own.is_some()));
        }
        for (command, (mut allows, evidence)) in own.into_iter().flatten() {
            covered(&mut allows);
            found.push(Policy {
                name: format!("rows_{command}"),
                table: table.name.clone(),
                command: command.to_owned(),
                restrictive: false,
                allows,
                evidence,
            });
        }
    }
    found
}

/// The rows of a table that a grant reaches, where it reaches those in some states only.
fn in_states(table: &Table, grant: &Grant) -> Option<RowFilter> {
    let column = &table.states.as_ref().filter(|_| !grant.states.is_empty())?.column;
    let check = table.checks.iter().find(|check| check.column == *column)?;
    let named = |value: &&String| grant.states.iter().any(|state| state.eq_ignore_ascii_case(value));
    let values: Vec<String> = check.values.iter().filter(named).cloned().collect();
    (!values.is_empty()).then(|| RowFilter { column: column.clone(), values, is_null: false })
}

/// The column that says who made a record.
pub(crate) const MAKER: &str = "created_by";

/// Adds the column of those who make records, where the matrix needs it: a record that is only just made is linked to
/// nobody, and its maker could not read it; and who made a record does not judge it.
pub(crate) fn makers(database: &mut Database, security: &Security, postgresql: bool) {
    let named = security.authorization.iter().filter_map(|grant| grant.owner.first()?.split_once('.'));
    let wanted: BTreeSet<&str> =
        named.filter(|(_, column)| *column == MAKER).map(|(table, _)| table).gather();
    let judged = |table: &Table| {
        security.duties.iter().any(|duties| duties.first == "create" && duties.resource == table.entity)
    };
    for table in &mut database.tables {
        if !wanted.contains(table.name.as_str()) && !judged(table) {
            continue;
        }
        let key = table.columns.iter().find(|column| column.name == "id").map(|column| column.kind.clone());
        let (Some(key), false) = (key, table.columns.iter().any(|column| column.name == MAKER)) else {
            continue;
        };
        let default = format!("nullif(current_setting('app.user_id', true), '')::{key}");
        let mut column = system_column(MAKER, &key, postgresql.then_some(default.as_str()));
        column.nullable = true;
        "Who made it.".clone_into(&mut column.note);
        let at = table.columns.iter().position(|known| known.name == "created_at");
        table.columns.insert(at.unwrap_or(table.columns.len()), column);
    }
}

/// Takes away what narrower rows allow to those who reach all.
fn covered(allows: &mut Vec<RowAccess>) {
    let all: Vec<RowAccess> = allows.iter().filter(|access| access.scope == "all").cloned().collect();
    let open =
        all.iter().any(|access| access.roles.is_empty() || access.roles.iter().any(|one| one == SIGNED_IN));
    allows.retain_mut(|access| {
        if access.scope == "all" || access.roles.is_empty() {
            return true;
        }
        access.roles.retain(|role| !open && !all.iter().any(|wide| wide.roles.contains(role)));
        !access.roles.is_empty()
    });
}

/// The table in which the way from a record to its owner starts.
fn first_table(grant: &Grant) -> Option<&str> {
    grant.owner.first()?.split_once('.').map(|(table, _)| table)
}

/// The rows of the tenant for whom a transaction runs.
fn tenant(table: &Table, narrows: bool) -> Option<Policy> {
    let own = table.name == "tenants" && table.entity.is_empty();
    let column = if own { "id" } else { "tenant_id" };
    let leads = |key: &ForeignKey| key.columns == ["tenant_id"] && key.references.table == "tenants";
    let led = table.is_shared() && table.foreign_keys.iter().any(leads);
    if !own && !led {
        return None;
    }
    Some(Policy {
        name: "tenant".to_owned(),
        table: table.name.clone(),
        command: "all".to_owned(),
        restrictive: narrows,
        allows: vec![RowAccess {
            roles: Vec::new(),
            scope: "tenant".to_owned(),
            path: vec![format!("{}.{column}", table.name)],
            only: None,
        }],
        evidence: vec![Reason::rule("tenancy-signal")],
    })
}

struct Maker<'a> {
    database: &'a Database,
    /// The operations by their ids.
    operations: BTreeMap<&'a str, &'a Operation>,
    /// The tables of links that operations of their own write.
    written: BTreeSet<&'a str>,
    /// What is allowed, by table and command.
    rows: BTreeMap<&'a str, BTreeMap<&'static str, Allowed>>,
    /// Which tables the policies of a table look into.
    reads: BTreeMap<String, BTreeSet<String>>,
    /// The tables that link a table with the owners of its rows.
    links: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Maker<'a> {
    fn grant(&mut self, table: &'a Table, grant: &'a Grant) {
        let operation = self.operations.get(grant.operation.as_str()).copied();
        let command = match grant.action.as_str() {
            "create" => "insert",
            "delete" => "delete",
            "link" | "unlink" => "link",
            _ if operation.is_some_and(|operation| operation.method == "GET") => "select",
            _ if operation.is_some_and(is_toggle) => "toggle",
            _ => "update",
        };
        let (roles, scope, path) = match grant.scope.as_str() {
            "public" => (Vec::new(), "all", Vec::new()),
            "all" => (vec![grant.role.clone()], "all", Vec::new()),
            // Without a way from the record to its owner nothing is allowed; the matrix lists the gap.
            _ if grant.owner.is_empty() || !self.look(table, &grant.owner) => return,
            _ => (vec![grant.role.clone()], "own", grant.owner.clone()),
        };
        if let Some(only) = in_states(table, grant) {
            self.some(table, "select", &roles, only.clone(), &grant.evidence);
            // Who takes a record changes it while it is nobody's; that it is theirs afterwards, their own rows say.
            if command == "update" {
                self.some(table, command, &roles, only, &grant.evidence);
            }
            return;
        }
        let Some(operation) = operation.filter(|_| matches!(command, "link" | "toggle")) else {
            self.record(table, grant, command, &roles, scope, &path);
            return;
        };
        // A step that only links two records writes the table of the links and neither of the two.
        let (own, writes) = match command {
            "link" => (None, if grant.action == "link" { "insert" } else { "delete" }),
            _ => (Some(grant), if operation.method == "POST" { "insert" } else { "delete" }),
        };
        for (link, from) in self.database.links_of(table, operation) {
            let Some(from) = from.columns.last() else { continue };
            let path = match own {
                // What somebody sets and takes back is theirs.
                Some(_) => vec![format!("{}.{from}", link.name)],
                None => path.get(1..).unwrap_or_default().to_vec(),
            };
            let scope = if own.is_some() { "own" } else { scope };
            for command in ["select", writes] {
                self.allow(&link.name, command, &roles, scope, &path, &grant.evidence);
            }
        }
    }

    /// Lets records in some states be read, or be taken.
    fn some(
        &mut self,
        table: &Table,
        command: &'static str,
        roles: &[String],
        only: RowFilter,
        evidence: &[Reason],
    ) {
        let Some(commands) = self.rows.get_mut(table.name.as_str()) else { return };
        let (allows, reasons) = commands.entry(command).or_default();
        for reason in evidence {
            add_reason(reasons, reason.clone());
        }
        let new =
            RowAccess { roles: roles.to_vec(), scope: "some".to_owned(), path: Vec::new(), only: Some(only) };
        if !allows.contains(&new) {
            allows.push(new);
        }
    }

    /// What a grant allows on the records themselves, and on the tables that link them with their owners.
    fn record(
        &mut self,
        table: &'a Table,
        grant: &'a Grant,
        command: &'static str,
        roles: &[String],
        scope: &str,
        path: &[String],
    ) {
        // A change finds its rows by reading them, and what was written is answered with. Who makes records of everybody
        // reads those that the matrix says.
        let reads = command != "insert" || scope == "own";
        let made = vec![format!("{}.{MAKER}", table.name)];
        let linked = scope == "own" && first_table(grant) != Some(&table.name);
        for command in [command, "select"].into_iter().filter(|one| *one == command || reads) {
            self.allow(&table.name, command, roles, scope, path, &grant.evidence);
            // What leads to people over links alone is its maker's as well.
            if linked && table.columns.iter().any(|column| column.name == MAKER) {
                self.allow(&table.name, command, roles, scope, &made, &grant.evidence);
            }
        }
        // What the way leads through must be readable, too.
        self.pass(roles, path, &grant.evidence);
        // Who has all records has all links to their owners; the others see those that lead to them.
        let links: Vec<&str> = self.links.get(table.name.as_str()).into_iter().flatten().copied().collect();
        for link in links {
            let own = first_table(grant) == Some(link);
            if scope == "all" || own {
                let rest = path.get(1..).unwrap_or_default();
                self.allow(link, "select", roles, scope, rest, &grant.evidence);
            }
            // Where no operation of its own writes the links, they come and go with the records.
            let commands: &[&str] = match command {
                "update" => &["insert", "delete"],
                "insert" => &["insert"],
                _ => &[],
            };
            if scope != "all" || self.written.contains(link) {
                continue;
            }
            for command in commands {
                self.allow(link, command, roles, scope, &[], &grant.evidence);
            }
        }
    }

    /// The tables of links whose rows operations write.
    fn written(&self) -> BTreeSet<&'a str> {
        let tables = &self.database.tables;
        let entity = |operation: &Operation| tables.iter().find(|table| table.entity == operation.entity);
        let operations = self.operations.values().filter(|operation| operation.method != "GET");
        operations
            .filter_map(|operation| Some(self.database.links_of(entity(operation)?, operation)))
            .flatten()
            .map(|(link, _)| link.name.as_str())
            .gather()
    }

    /// Lets the tables on a way be read as far as the way leads.
    fn pass(&mut self, roles: &[String], path: &[String], evidence: &Evidence) {
        for at in 1..path.len() {
            let rest = &path[at..];
            let Some((table, _)) = rest[0].split_once('.') else { return };
            self.allow(table, "select", roles, "own", rest, evidence);
        }
    }

    fn allow(
        &mut self,
        table: &str,
        command: &'static str,
        roles: &[String],
        scope: &str,
        path: &[String],
        evidence: &[Reason],
    ) {
        let Some(commands) = self.rows.get_mut(table) else { return };
        let (allows, reasons) = commands.entry(command).or_default();
        for reason in evidence {
            add_reason(reasons, reason.clone());
        }
        match allows.iter_mut().find(|known| known.scope == scope && known.path == path) {
            // Everybody stays everybody.
            Some(known) if known.roles.is_empty() || roles.is_empty() => known.roles.clear(),
            Some(known) => {
                known.roles.extend(roles.iter().cloned());
                known.roles.order();
                known.roles.dedup();
            }
            None => {
                allows.push(RowAccess {
                    roles: roles.to_vec(),
                    scope: scope.to_owned(),
                    path: path.to_vec(),
                    only: None,
                });
            }
        }
    }

    /// Notes that the policy of a table looks into those of a path; refuses where these look back, because PostgreSQL
    /// would follow the circle for ever.
    fn look(&mut self, table: &Table, path: &[String]) -> bool {
        let targets: BTreeSet<String> = path
            .iter()
            .filter_map(|column| column.split_once('.'))
            .map(|(name, _)| name.to_owned())
            .filter(|name| *name != table.name)
            .gather();
        if targets.iter().any(|target| self.reaches(target, &table.name)) {
            return false;
        }
        // Each table of the way looks into the next.
        let mut from = table.name.clone();
        for column in path {
            let Some((to, _)) = column.split_once('.') else { continue };
            if to != from {
                self.reads
                    .entry(std::mem::replace(&mut from, to.to_owned()))
                    .or_default()
                    .insert(to.to_owned());
            }
        }
        true
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut todo = vec![from];
        while let Some(at) = todo.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) {
                todo.extend(self.reads.get(at).into_iter().flatten().map(String::as_str));
            }
        }
        false
    }
}
