//! The tables before the numbers that rest on them: the plan of the storage needs the width of the tables, the tables need
//! the decisions, and some decisions ask for the size of the storage. So the tables are drafted until they measure what
//! they were decided by.

use crate::decisions::Settlement;
use crate::facts::Facts;
use crate::model::{Api, Figure, Options};
use crate::{api, capacity, database, decisions};
use requirements::{Analysis, Diagnostic};

/// Drafts at the most: decisions that the size changes seldom change the size.
const DRAFTS: usize = 3;

/// What stands once the drafts measure what they were decided by.
pub(crate) struct Plan {
    pub(crate) facts: Facts,
    pub(crate) figures: Vec<Figure>,
    pub(crate) settlement: Settlement,
    pub(crate) api: Api,
}

/// Settles figures, decisions and the interface. Refuses pins that name no decision.
pub(crate) fn plan(analysis: &Analysis, options: &Options) -> Result<Plan, Diagnostic> {
    let mut measured = Facts::gather(analysis, options);
    let mut last: Option<(Vec<usize>, Api)> = None;
    let mut drafts = 0;
    loop {
        let mut facts = measured.clone();
        let figures = capacity::capacity(&mut facts, analysis);
        let settlement = decisions::decide(analysis, &facts, options)?;
        let same = last.take().filter(|(chosen, _)| *chosen == settlement.chosen);
        let stands = same.is_some() || drafts == DRAFTS;
        let api = same.map_or_else(|| api::api(analysis, &settlement.decisions), |(_, api)| api);
        if stands {
            return Ok(Plan { facts, figures, settlement, api });
        }
        let (tables, _) = database::database(analysis, &api, &settlement.decisions, &facts, &figures);
        capacity::measure(&mut measured, &mut capacity::sizes(&tables, &facts));
        last = Some((settlement.chosen, api));
        drafts += 1;
    }
}
