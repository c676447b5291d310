//! The tables before the numbers that rest on them: the plan of the storage needs the width of the tables, the tables need
//! the decisions, and some decisions ask for the size of the storage. So the tables are drafted until they measure what
//! they were decided by.

use crate::facts::Facts;
use crate::model::Options;
use crate::{api, capacity, database, decisions};
use requirements::{Analysis, Diagnostic};

/// Drafts at the most: decisions that the size changes seldom change the size.
const DRAFTS: usize = 3;

/// Gives the facts what drafted tables measure; nothing where there are no tables.
pub(crate) fn measure(
    facts: &mut Facts,
    analysis: &mut Analysis,
    options: &Options,
) -> Result<(), Diagnostic> {
    let mut before: Option<Vec<String>> = None;
    for _ in 0..DRAFTS {
        let mut draft = facts.clone();
        let figures = capacity::capacity(&mut draft, analysis);
        let decided = decisions::decide(analysis, &draft, options)?.decisions;
        let chosen: Vec<String> = decided.iter().map(|decision| decision.chosen.clone()).collect();
        if before.as_ref() == Some(&chosen) {
            break;
        }
        before = Some(chosen);
        let api = api::api(analysis, &decided);
        let (tables, _) = database::database(analysis, &api, &decided, &draft, &figures);
        let mut sizes = capacity::sizes(&tables, &draft);
        capacity::measure(facts, &mut sizes);
    }
    Ok(())
}
