//! The tables before the numbers that rest on them: the plan of the storage needs the width of the tables, the tables need
//! the decisions, and some decisions ask for the size of the storage. So the tables are drafted until they measure what
//! they were decided by.

use crate::decisions::Settlement;
use crate::facts::Facts;
use crate::model::{Api, Database, Figure, Options};
use crate::settled::Settled;
use crate::{api, capacity, database, decisions, security};
use requirements::{Analysis, Diagnostic};

/// Drafts at the most: decisions that the size changes seldom change the size.
const DRAFTS: usize = 4;

/// What stands once the drafts measure what they were decided by.
pub(crate) struct Plan {
    pub(crate) facts: Facts,
    pub(crate) figures: Vec<Figure>,
    pub(crate) settlement: Settlement,
    pub(crate) api: Api,
    /// The tables, and how many rows each has.
    pub(crate) database: (Database, Vec<Figure>),
}

/// Settles figures, decisions, the interface and the tables. Refuses pins that name no decision.
pub(crate) fn plan(analysis: &Analysis, options: &Options) -> Result<Plan, Diagnostic> {
    let mut plan = draft(analysis, options)?;
    let Plan { facts, settlement, api, database, .. } = &mut plan;
    if !decisions::heeds(&settlement.decisions) {
        return Ok(plan);
    }
    // Only the matrix knows whose records a right is limited to.
    let decisions = &settlement.decisions;
    let grants = security::grants(&Settled { analysis, facts, decisions, api, database: &database.0 });
    decisions::heed(&mut settlement.decisions, &grants);
    Ok(plan)
}

/// Counts with the cache that was decided, whose reads never reach the database; whether that is news.
fn cache(measured: &mut Facts, settlement: &Settlement) -> bool {
    const USED: &str = "cache.used";
    let decision = settlement.decisions.iter().find(|decision| decision.slot == "cache");
    let Some(decision) = decision.filter(|_| !measured.is_set(USED)) else { return false };
    let used = if matches!(decision.chosen.as_str(), "redis" | "memcached") { 1.0 } else { 0.0 };
    if (measured.number(USED) - used).abs() < f64::EPSILON {
        return false;
    }
    measured.measure(USED, used, &decision.evidence);
    true
}

fn draft(analysis: &Analysis, options: &Options) -> Result<Plan, Diagnostic> {
    let mut measured = Facts::gather(analysis, options);
    let mut last: Option<(Vec<usize>, Api)> = None;
    let mut draft = 0;
    loop {
        draft += 1;
        let mut facts = measured.clone();
        let figures = capacity::capacity(&mut facts, analysis);
        let settlement = decisions::decide(analysis, &facts, options)?;
        let cached = cache(&mut measured, &settlement);
        let same = last.take().filter(|(chosen, _)| *chosen == settlement.chosen);
        let decided = same.is_some();
        let api = same.map_or_else(|| api::api(analysis, &settlement.decisions), |(_, api)| api);
        let database = database::database(analysis, &api, &settlement.decisions, &facts, &figures);
        let before = capacity::measured(&measured);
        capacity::measure(&mut measured, &mut capacity::sizes(&database.0, &facts));
        if decided && !cached && before == capacity::measured(&measured) {
            return Ok(Plan { facts, figures, settlement, api, database });
        }
        if draft == DRAFTS {
            // A decision at its threshold can change the size that it rests on to the other side of it. It stands then, and the
            // numbers are those of its tables.
            let mut facts = measured;
            let figures = capacity::capacity(&mut facts, analysis);
            return Ok(Plan { facts, figures, settlement, api, database });
        }
        last = Some((settlement.chosen, api));
    }
}
