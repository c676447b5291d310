//! How the tables lie on shards, where these were decided: by which key, on how many, and what lies beside them.

use crate::assumed::Assumed;
use crate::model::{Database, ForeignKey, ShardedTable, Shards, Table};
use crate::settled::Settled;
use knowledge::Gather as _;
use requirements::{Evidence, Origin, add_reason};
use std::collections::{BTreeMap, VecDeque};

/// How many references a way to the key follows.
const LONGEST: usize = 3;

/// The slots among which keys are spread: many more than shards, so that a shard that grows gives some of its slots away.
const SLOTS: f64 = 4096.0;

/// The ways from the rows of each table to the rows of one, as references with their tables.
type Ways<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a ForeignKey)>>;

/// How well a table keeps together what is written: a share of the rows, whether it stands while others grow, how near they
/// are, whether several people work on it, and how many tables lead to it.
type Rank = (u32, bool, u32, bool, usize);

/// Lays the tables out on shards; nothing where these were not decided.
pub(crate) fn shards(settled: &Settled, assumed: &mut Assumed) -> Option<Shards> {
    let decision = settled.decision("partitioning").filter(|decision| decision.chosen == "shard")?;
    let database = settled.database;
    let (root, ways) = root(settled)?;
    let facts = settled.facts;
    let mut evidence: Evidence = decision.evidence.clone();
    let mut most = |id: &str| {
        let (value, _, reasons) = assumed.take(facts, id);
        for reason in reasons {
            add_reason(&mut evidence, reason);
        }
        value.max(1.0)
    };
    let by_writes = (facts.number("writes.peak") / most("shard.writes")).ceil();
    let by_size = (facts.number("storage.live") / most("shard.bytes")).ceil();
    let mut laid = Shards {
        key: root.name.clone(),
        count: by_writes.max(by_size).max(2.0),
        formula: format!(
            "max(⌈writes.peak ÷ shard.writes⌉, ⌈storage.live ÷ shard.bytes⌉, 2) = max({by_writes}, {by_size}, 2)"
        ),
        slots: SLOTS,
        evidence,
        ..Shards::default()
    };
    for table in &database.tables {
        let name = table.name.clone();
        match ways.get(table.name.as_str()) {
            Some(way) => laid.tables.push(ShardedTable {
                table: name,
                way: way
                    .iter()
                    .filter_map(|(of, key)| Some(format!("{of}.{}", key.columns.last()?)))
                    .collect(),
            }),
            // The tables of the system's own working stand in each database.
            None if table.origin == Origin::Kernel && table.entity.is_empty() => laid.everywhere.push(name),
            None => laid.beside.push(name),
        }
    }
    // What leads from a shard to the rows beside, or to a row that another key may have put elsewhere.
    for table in database.tables.iter().filter(|table| !laid.everywhere.contains(&table.name)) {
        let own = ways.get(table.name.as_str());
        for key in table.constraints() {
            let together = match (own, ways.get(key.references.table.as_str())) {
                (Some(way), Some(target)) => {
                    // Of two ways to the key only that over the target surely meets the target's own.
                    way.first().is_some_and(|(_, first)| first.name == key.name)
                        && way.len() == target.len() + 1
                }
                (None, None) => true,
                _ => false,
            };
            if !together {
                laid.apart.push(key.name.clone());
            }
        }
        let unique = table.indexes.iter().filter(|index| index.unique && own.is_some());
        let keyed = own.and_then(|way| way.first()).filter(|_| own.is_some_and(|way| way.len() == 1));
        let column = keyed.and_then(|(_, key)| key.columns.last());
        let scattered = unique.filter(|index| !column.is_some_and(|column| index.columns.contains(column)));
        laid.scattered.extend(scattered.map(|index| index.name.clone()));
    }
    Some(laid)
}

/// The table whose rows are spread over the shards with all that belongs to them: that of the tenants where they share the
/// tables, else the one to which most of what is written leads, on the shortest ways.
fn root<'a>(settled: &Settled<'a>) -> Option<(&'a Table, Ways<'a>)> {
    let database: &'a Database = settled.database;
    let shared = database.tables.iter().find(|table| table.name == "tenants" && table.entity.is_empty());
    if let Some(tenants) = shared {
        return Some((tenants, ways(database, tenants)));
    }
    let all: f64 = database.tables.iter().map(|table| table.rows_year).sum();
    let mut best: Option<(Rank, &Table, Ways)> = None;
    for table in database.tables.iter().filter(|table| !table.entity.is_empty()) {
        let found = ways(database, table);
        let covered = database.tables.iter().filter(|known| found.contains_key(known.name.as_str()));
        let (mut rows, mut steps) = (0.0, 0.0);
        for known in covered {
            rows += known.rows_year;
            steps += known.rows_year * found.get(known.name.as_str()).map_or(0.0, |way| way.len() as f64);
        }
        // Twentieths, so that a handful of rows decides nothing; of two alike, the one that needs fewer steps.
        let share = (rows / all.max(1.0) * 20.0).round() as u32;
        let near = (1000.0 / (1.0 + steps / rows.max(1.0))).round() as u32;
        // What several people work on is read by all of them, and what one of them did by the others as well.
        let shared = !requirements::is_person(&table.entity);
        // A record that is itself written all the time keeps little together: what it is part of does.
        let stands = !settled.facts.growing.contains_key(&table.entity);
        let rank = (share, stands, near, shared, found.len());
        // The largest table alone keeps nothing together.
        let parts = found.len() > 1;
        if parts && best.as_ref().is_none_or(|(known, ..)| *known < rank) {
            best = Some((rank, table, found));
        }
    }
    best.map(|(_, table, ways)| (table, ways))
}

/// The shortest ways to a table, over references that a constraint keeps, those that each row has before others.
fn ways<'a>(database: &'a Database, to: &'a Table) -> Ways<'a> {
    let mut found: Ways = Ways::new();
    found.insert(&to.name, Vec::new());
    let mut queue: VecDeque<&str> = VecDeque::from([to.name.as_str()]);
    while let Some(target) = queue.pop_front() {
        let way = found.get(target).cloned().unwrap_or_default();
        if way.len() == LONGEST {
            continue;
        }
        for table in &database.tables {
            let leads = |key: &&ForeignKey| key.references.table == target && table.name != target;
            let always = table.constraints().filter(leads).find(|key| table.requires(key));
            if let Some(key) = always.or_else(|| table.constraints().find(leads))
                && !found.contains_key(table.name.as_str())
            {
                let longer = std::iter::once((table.name.as_str(), key)).chain(way.iter().copied()).gather();
                found.insert(&table.name, longer);
                queue.push_back(&table.name);
            }
        }
    }
    found
}
