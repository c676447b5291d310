//! What words without a measure are taken for, once the numbers are settled.

use crate::facts::Facts;
use crate::figures::worded;
use requirements::Analysis;

/// Says of each such word the number that the design computes with. Another sentence may have given it, or it follows from
/// others; what the tables would assume is then not what is used.
pub(crate) fn settle(analysis: &mut Analysis, facts: &Facts) {
    for gap in &mut analysis.requirements.gaps {
        let Some(at) = gap.fact.as_deref().and_then(knowledge::fact) else { continue };
        if let (Some(value), Some(row)) = (facts.values.known(at), knowledge::FACTS.get(at)) {
            gap.assumed = Some(format!("{}: {}", row.label.to_lowercase(), worded(value, row.unit)));
        }
    }
}
