//! What was deliberately left out, with the number that would change that.

use super::{Settlement, speaks_against};
use crate::facts::Facts;
use crate::figures::worded;
use crate::model::{Flip, Unused};
use knowledge::{Compare, FACTS, SIGNALS, SLOTS, Term};
use requirements::{Evidence, Reason, add_reason};

/// How many times away a number may be that would bring an option in, so that it is worth a line.
const NEAR: f64 = 10.0;

/// The options with moving parts of their own that no decision chose, of which something can be said here: a rule or the
/// text speaks for or against one, or a number that is not far away would bring it in.
pub(crate) fn unused(settlement: &Settlement, facts: &Facts) -> Vec<Unused> {
    let mut left = Vec::new();
    for (slot, decision) in SLOTS.iter().zip(&settlement.decisions) {
        for option in
            slot.options.iter().filter(|option| option.costs.is_some() && option.id != decision.chosen)
        {
            let mut evidence = Evidence::new();
            let flip = nearest(&decision.flips, option.id);
            let known = decision.options.iter().find(|known| known.id == option.id);
            let reasons = known.map_or(&[][..], |known| &known.reasons);
            if reasons.is_empty() && flip.is_none_or(|flip| flip.headroom > NEAR) {
                continue;
            }
            let would_change = match flip {
                Some(flip) => format!(
                    "{} {} {} (now {})",
                    flip.fact,
                    if flip.at > flip.now { "from" } else { "down to" },
                    worded(flip.at, &flip.unit),
                    worded(flip.now, &flip.unit)
                ),
                None => conditions(
                    slot.rules.iter().filter(|rule| rule.option == option.id && rule.add > 0.0),
                    facts,
                    &settlement.chosen,
                ),
            };
            for rule in slot.rules.iter().filter(|rule| rule.option == option.id) {
                add_reason(&mut evidence, Reason::rule(rule.id));
            }
            if evidence.is_empty() {
                evidence.push(Reason::rule("default-to-less"));
            }
            let against = reasons.iter().find(|reason| speaks_against(reason).is_some());
            left.push(Unused {
                slot: slot.id.to_owned(),
                option: option.id.to_owned(),
                name: option.name.to_owned(),
                why: match (against, option.costs.unwrap_or_default()) {
                    (Some(against), _) => against.clone(),
                    (None, costs) if reasons.is_empty() => {
                        format!("nothing in the text asks for it; it would cost {costs}")
                    }
                    (None, costs) => format!(
                        "{}, which {} outweighs; it would cost {costs}",
                        reasons.join("; "),
                        decision.name
                    ),
                },
                would_change: if would_change.is_empty() {
                    "a text that prescribes it".to_owned()
                } else {
                    would_change
                },
                evidence,
            });
        }
    }
    left
}

/// The flip to an option that needs the smallest change.
fn nearest<'a>(flips: &'a [Flip], option: &str) -> Option<&'a Flip> {
    flips.iter().filter(|flip| flip.to == option).min_by(|a, b| a.headroom.total_cmp(&b.headroom))
}

/// What the conditions of rules lack, in words, with the numbers as they are now. A rule that holds already was not enough,
/// and of the others only what does not hold would have to change.
fn conditions<'a>(
    rules: impl Iterator<Item = &'a knowledge::RuleRow>,
    facts: &Facts,
    chosen: &[usize],
) -> String {
    let mut said: Vec<String> = Vec::new();
    for group in rules.flat_map(|rule| rule.when.any).take(3) {
        let lacking = group.iter().filter(|(not, term)| facts.values.term(term, chosen) == *not);
        let terms: Vec<String> = lacking.filter_map(|(not, term)| words(*not, term, facts)).collect();
        let text = terms.join(" and ");
        if !text.is_empty() && !said.contains(&text) {
            said.push(text);
        }
    }
    said.join("; or ")
}

fn words(not: bool, term: &Term, facts: &Facts) -> Option<String> {
    let (text, otherwise) = match term {
        Term::Number(at, compare, limit) => {
            let row = FACTS.get(*at)?;
            let sign = match (compare, not) {
                (Compare::Less, false) | (Compare::AtLeast, true) => "below",
                (Compare::AtMost, false) | (Compare::More, true) => "at most",
                (Compare::More, false) | (Compare::AtMost, true) => "above",
                (Compare::AtLeast, false) | (Compare::Less, true) => "from",
            };
            let now = facts.values.known(*at);
            let now = now
                .map_or_else(|| "not stated".to_owned(), |value| format!("now {}", worded(value, row.unit)));
            return Some(format!("{} {sign} {} ({now})", row.id, worded(*limit, row.unit)));
        }
        Term::Known(at) => {
            let id = FACTS.get(*at)?.id;
            (format!("a text that gives {id}"), format!("a text that does not give {id}"))
        }
        Term::Signal(at) => {
            // In a word of those who would ask for it; the id is one of ours.
            let row = SIGNALS.get(*at)?;
            let asked =
                row.strong.first().map_or_else(|| row.id.replace('-', " "), |word| format!("“{word}”"));
            (format!("a text that speaks of {asked}"), format!("a text that does not speak of {asked}"))
        }
        Term::Constraint(name) => {
            (format!("a text that names {name}"), format!("a text that does not name {name}"))
        }
        Term::Denied(slot, option) => {
            let option = SLOTS.get(*slot)?.options.get(*option)?.id;
            (format!("a text that forbids {option}"), format!("a text that allows {option}"))
        }
        Term::Decided(slot, option) => {
            let slot = SLOTS.get(*slot)?;
            let option = slot.options.get(*option)?.id;
            (
                format!("{} decided as {option}", slot.id),
                format!("{} decided as other than {option}", slot.id),
            )
        }
    };
    Some(if not { otherwise } else { text })
}
