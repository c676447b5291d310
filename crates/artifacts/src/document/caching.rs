//! What is cached and what is not, read path by read path, and the times that nest along each call chain.

use super::chosen;
use super::page::Page;
use super::places;
use crate::lookup::Lookup;
use crate::markdown::{code, text};
use crate::records;
use crate::units::{amount, number};
use design::{Design, Operation};
use knowledge::Gather as _;
use std::collections::BTreeSet;

/// The cache plan of each read path, or why there is none.
pub(super) fn plan(design: &Design, page: &mut Page) {
    let Some(cache) = chosen(design, "cache") else { return };
    let figure = |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
    if cache.chosen == "none" {
        let limit = design.scalability.limits.iter().find(|limit| limit.part == "database reads");
        let load = limit.map_or_else(String::new, |limit| {
            format!(
                ": {} at the peak are {} % of what the database answers",
                amount(limit.load, &limit.unit),
                number(limit.load / limit.ceiling * 100.0)
            )
        });
        page.part(
            "Cache plan",
            &format!(
                "No cache on any read path, {}{} ({}).",
                text(&records::why(cache)),
                text(&load),
                places::decided("cache")
            ),
        );
        return;
    }
    let rows = rows(design, &cache.chosen);
    let hit = design.assumptions.iter().find(|assumed| assumed.subject == "cache.hit");
    let left = figure("cache.database")
        .map(|left| format!("{} at the peak are left to the database", amount(left, "reads per second")));
    let intro = match (left, hit) {
        (Some(left), Some(hit)) => {
            let share = hit.value.parse().map_or_else(|_| hit.value.clone(), |share| amount(share, "ratio"));
            format!("{left}, assumed that {share} of the reads are answered by the cache.")
        }
        (Some(left), None) => format!("{left}."),
        _ => String::new(),
    };
    let intro =
        format!("{} The lifetimes are those of the decision {}.", text(&intro), places::decided("cache"));
    page.introduced("Cache plan", intro.trim_start(), &HEADS, &rows);
}

/// The heads of the cache plan.
pub(crate) const HEADS: [&str; 6] =
    ["Read path", "What", "Key", "Lifetime", "Made stale by", "When many ask at once"];

/// One row for each read path.
fn rows(design: &Design, cache: &str) -> Vec<Vec<String>> {
    let lookup = Lookup::new(design);
    design
        .api
        .operations
        .iter()
        .filter(|operation| operation.method == "GET")
        .map(|operation| {
            let path = code(&format!("GET {}", operation.path));
            match refused(&lookup, operation, cache) {
                Some(why) => {
                    vec![
                        path,
                        format!("no cache, because {why}"),
                        String::new(),
                        String::new(),
                        String::new(),
                        String::new(),
                    ]
                }
                None => cached(&lookup, operation, &path, cache),
            }
        })
        .collect()
}

/// What is kept in a cache beside the database, by the heads above; nothing without one.
pub(crate) fn kept(design: &Design) -> Vec<Vec<String>> {
    let beside = chosen(design, "cache").filter(|cache| cache.chosen == "redis");
    let all = beside.map(|cache| rows(design, &cache.chosen)).unwrap_or_default();
    all.into_iter().filter(|row| row.get(2).is_some_and(|key| !key.is_empty())).collect()
}

/// Why a read path is not cached.
fn refused(lookup: &Lookup, operation: &Operation, cache: &str) -> Option<String> {
    let table = lookup.table(&operation.entity);
    let guarded: Vec<&str> = table
        .into_iter()
        .flat_map(|table| &table.columns)
        .filter(|column| matches!(column.class.as_str(), "sensitive" | "secret" | "financial"))
        .map(|column| column.name.as_str())
        .collect();
    if let Some(column) = guarded.first() {
        return Some(format!("{} is protected", code(column)));
    }
    let scopes: BTreeSet<&str> =
        lookup.grants(&operation.id).iter().map(|grant| grant.scope.as_str()).gather();
    if lookup.grants(&operation.id).iter().any(|grant| !grant.states.is_empty()) {
        return Some("what it holds depends on who asks".to_owned());
    }
    if scopes.is_empty() {
        return Some("nobody may call it".to_owned());
    }
    if cache == "cdn" && !scopes.contains("public") {
        return Some("what it holds depends on who asks".to_owned());
    }
    let shared = |scope: &&str| matches!(*scope, "all" | "public");
    // A row is the same whoever asks, and rights are checked after it is read; a page of a list is not.
    let differs =
        if operation.action == "get" { !scopes.iter().any(shared) } else { !scopes.iter().all(shared) };
    differs.then(|| "what it holds depends on who asks".to_owned())
}

fn cached(lookup: &Lookup, operation: &Operation, path: &str, cache: &str) -> Vec<String> {
    let table = lookup.table(&operation.entity);
    let name = table.map_or(operation.entity.as_str(), |table| table.name.as_str());
    let tenant = table.is_some_and(design::Table::is_shared);
    let start = if tenant { "{tenant}:" } else { "" };
    let one = operation.action == "get";
    let writers: Vec<String> = lookup
        .operations(&operation.entity)
        .iter()
        .filter(|other| other.method != "GET")
        .map(|other| code(&other.id))
        .collect();
    let stale = if writers.is_empty() { "no operation".to_owned() } else { writers.join(" ") };
    if cache == "cdn" {
        return vec![
            path.to_owned(),
            "the whole answer, at the edge".to_owned(),
            "the address with its query".to_owned(),
            "s-maxage 60 s, stale-while-revalidate 300 s".to_owned(),
            stale,
            "the edge asks once and serves the old answer meanwhile".to_owned(),
        ];
    }
    vec![
        path.to_owned(),
        if one { "the row as JSON" } else { "the ids of a page; rows by their own keys" }.to_owned(),
        code(&if one {
            format!("{start}{name}:{{id}}")
        } else {
            format!("{start}{name}:v{{n}}:{{hash of the query}}")
        }),
        if one { "300 s ± 10 %" } else { "60 s ± 10 %" }.to_owned(),
        if one {
            format!("{stale}: deleted after the commit")
        } else {
            format!("{stale}: n is raised after the commit")
        },
        if one {
            "one refills under a lock of 2 s, the others wait"
        } else {
            "one refills, the others get the old page"
        }
        .to_owned(),
    ]
}

/// The call chains with the time after which each part gives up: each a part of what its caller waits.
pub(super) fn chains(design: &Design, page: &mut Page) {
    let figure = |id: &str| {
        design.deployment.figures.iter().find(|figure| figure.id == id).map_or(0.0, |figure| figure.value)
    };
    let pooled = figure("timeout.pool") > 0.0;
    let mut rows: Vec<Vec<String>> = design
        .deployment
        .flows
        .iter()
        .filter(|flow| flow.from == "api" && flow.to != "edge")
        .filter_map(|flow| {
            let part = design.deployment.components.iter().find(|part| part.id == flow.to)?;
            let (last, again) = match flow.to.as_str() {
                "database" => {
                    (figure("timeout.statement"), "once, on a deadlock, while the request has time")
                }
                "payments" => (figure("timeout.call"), "once, with the same idempotency key"),
                "cache" => (0.05, "never: the database answers"),
                "broker" => {
                    (figure("timeout.call"), "never in the request: the row in the outbox is sent later")
                }
                _ => (figure("timeout.call"), "once, after 100 to 300 ms, reads alone"),
            };
            let [client, edge, request, last] =
                [figure("timeout.client"), figure("timeout.edge"), figure("timeout.request"), last]
                    .map(|seconds| amount(seconds, "seconds"));
            let turn = if pooled && flow.to == "database" {
                format!("{} for a connection, then ", amount(figure("timeout.pool"), "seconds"))
            } else {
                String::new()
            };
            Some(vec![
                text(&format!("Client → Edge → Application → {}", part.name)),
                format!("{client} > {edge} > {request} > {turn}{last}"),
                again.to_owned(),
            ])
        })
        .collect();
    let mut names = vec!["timeout.client", "timeout.edge", "timeout.request", "timeout.call"];
    let mut read = vec!["REQUEST_TIMEOUT_MS", "CALL_TIMEOUT_MS"];
    if pooled {
        names.push("timeout.pool");
        read.push("POOL_TIMEOUT_MS");
    }
    names.push("timeout.statement");
    read.push("STATEMENT_TIMEOUT_MS");
    let listed = |names: Vec<&str>| names.into_iter().map(code).collect::<Vec<_>>().join(", ");
    let set = crate::deploy::edge_note(design);
    rows.push(vec![
        "where they are set".to_owned(),
        text(&set),
        format!("deploy/ gives the program {}, the last for each connection, too", listed(read)),
    ]);
    let cached = design.deployment.components.iter().any(|part| part.id == "cache");
    let cache = if cached { "; a call to the cache has 50 ms" } else { "" };
    page.introduced(
        "Call chains",
        &format!("The times are {}{cache}.", listed(names)),
        &["Chain", "Gives up after", "Tries again"],
        &rows,
    );
}
