//! The tables before the numbers that rest on them: the plan of the storage needs the width of the tables, the tables need
//! the decisions, and some decisions ask for the size of the storage. So the tables are drafted until they measure what
//! they were decided by.

use crate::facts::Facts;
use crate::model::{Api, Decision, Options};
use crate::{api, capacity, database, decisions};
use requirements::{Analysis, Diagnostic};

/// Drafts at the most: decisions that the size changes seldom change the size.
const DRAFTS: usize = 3;

/// What was drafted last.
#[derive(Default)]
pub(crate) struct Draft {
    /// The chosen options, slot by slot.
    chosen: Vec<String>,
    api: Api,
}

impl Draft {
    /// The interface for decisions: that of the draft, which follows from the same ones as a rule.
    pub(crate) fn into_api(self, analysis: &Analysis, decisions: &[Decision]) -> Api {
        if self.chosen == chosen(decisions) { self.api } else { api::api(analysis, decisions) }
    }
}

fn chosen(decisions: &[Decision]) -> Vec<String> {
    decisions.iter().map(|decision| decision.chosen.clone()).collect()
}

/// Gives the facts what drafted tables measure; nothing where there are no tables.
pub(crate) fn measure(
    facts: &mut Facts,
    analysis: &Analysis,
    options: &Options,
) -> Result<Draft, Diagnostic> {
    let mut last = Draft::default();
    for _ in 0..DRAFTS {
        let mut draft = facts.clone();
        let figures = capacity::capacity(&mut draft, analysis);
        let decided = decisions::decide(analysis, &draft, options)?.decisions;
        let chosen = chosen(&decided);
        if last.chosen == chosen {
            break;
        }
        let api = api::api(analysis, &decided);
        let (tables, _) = database::database(analysis, &api, &decided, &draft, &figures);
        let mut sizes = capacity::sizes(&tables, &draft);
        capacity::measure(facts, &mut sizes);
        last = Draft { chosen, api };
    }
    Ok(last)
}
