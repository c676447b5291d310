//! Row-level security, made from the one authorization matrix: a table has policies where tenants share it, or where the
//! matrix says that somebody reaches only some of its rows.

use crate::model::{Database, ForeignKey, Grant, Policy, RowAccess, Security, Table};
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::{Evidence, Reason, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// What a command allows, and why.
type Allowed = (Vec<RowAccess>, Evidence);

/// The policies of all tables.
pub(crate) fn policies(database: &Database, security: &Security) -> Vec<Policy> {
    let mut grants: BTreeMap<&str, Vec<&Grant>> = BTreeMap::new();
    for grant in &security.authorization {
        grants.entry(grant.resource.as_str()).or_default().push(grant);
    }
    let mut maker = Maker::default();
    let mut limited = Vec::new();
    for table in database.tables.iter().filter(|table| !table.entity.is_empty()) {
        let grants = grants.get(table.entity.as_str()).map_or(&[][..], Vec::as_slice);
        if grants.iter().any(|grant| grant.is_limited()) {
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
    let mut found = Vec::new();
    // A `tenant_id` may also lead to somebody who rents a garden.
    let shared = database.tables.iter().any(|table| table.name == "tenants" && table.entity.is_empty());
    for table in &database.tables {
        let own = maker.rows.remove(table.name.as_str());
        if shared {
            found.extend(tenant(table, own.is_some()));
        }
        for (command, (allows, evidence)) in own.into_iter().flatten() {
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

/// The table in which the way from a record to its owner starts.
fn first_table(grant: &Grant) -> Option<&str> {
    grant.owner.first()?.split_once('.').map(|(table, _)| table)
}

/// The rows of the tenant for whom a transaction runs.
fn tenant(table: &Table, narrows: bool) -> Option<Policy> {
    let own = table.name == "tenants" && table.entity.is_empty();
    let column = if own { "id" } else { "tenant_id" };
    let leads = |key: &ForeignKey| key.columns == ["tenant_id"] && key.references.table == "tenants";
    if !own && !table.foreign_keys.iter().any(leads) {
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
        }],
        evidence: vec![Reason::rule("tenancy-signal")],
    })
}

#[derive(Default)]
struct Maker<'a> {
    /// What is allowed, by table and command.
    rows: BTreeMap<&'a str, BTreeMap<&'static str, Allowed>>,
    /// Which tables the policies of a table look into.
    reads: BTreeMap<String, BTreeSet<String>>,
    /// The tables that link a table with the owners of its rows.
    links: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Maker<'a> {
    fn grant(&mut self, table: &'a Table, grant: &'a Grant) {
        let command = match grant.action.as_str() {
            "list" | "get" => "select",
            "create" => "insert",
            "delete" => "delete",
            _ => "update",
        };
        let (roles, scope, path) = match grant.scope.as_str() {
            "public" => (Vec::new(), "all", Vec::new()),
            "all" => (vec![grant.role.clone()], "all", Vec::new()),
            // Without a way from the record to its owner nothing is allowed; the matrix lists the gap.
            _ if grant.owner.is_empty() || !self.look(table, &grant.owner) => return,
            _ => (vec![grant.role.clone()], "own", grant.owner.clone()),
        };
        self.allow(&table.name, command, &roles, scope, &path, &grant.evidence);
        // What the way leads through must be readable, too.
        self.pass(&roles, &path, &grant.evidence);
        // Who has all records has all links to their owners; the others have those that lead to them.
        let links: Vec<&str> = self.links.get(table.name.as_str()).into_iter().flatten().copied().collect();
        for link in links {
            let own = first_table(grant) == Some(link);
            let commands: &[&str] = match command {
                "update" => &["insert", "delete"],
                "select" => &["select"],
                "insert" => &["insert"],
                _ => &["delete"],
            };
            for command in commands.iter().filter(|_| scope == "all" || own) {
                self.allow(link, command, &roles, scope, path.get(1..).unwrap_or_default(), &grant.evidence);
            }
        }
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
        evidence: &Evidence,
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
