//! What was deliberately left out, with the number that would change that.

use super::Settlement;
use crate::facts::{Facts, trimmed};
use crate::model::{Flip, Unused};
use knowledge::{Compare, FACTS, SIGNALS, SLOTS, Term};
use requirements::{Evidence, Reason, add_reason};

/// The options with moving parts of their own that no decision chose.
pub(crate) fn unused(settlement: &Settlement, facts: &Facts) -> Vec<Unused> {
    let mut left = Vec::new();
    for (slot, decision) in SLOTS.iter().zip(&settlement.decisions) {
        for option in
            slot.options.iter().filter(|option| option.costs.is_some() && option.id != decision.chosen)
        {
            let mut evidence = Evidence::new();
            let flip = nearest(&decision.flips, option.id);
            let would_change = match flip {
                Some(flip) => format!(
                    "{} {} {} {} (now {})",
                    flip.fact,
                    if flip.at > flip.now { "from" } else { "down to" },
                    trimmed(flip.at),
                    flip.unit,
                    trimmed(flip.now)
                ),
                None => conditions(
                    slot.rules.iter().filter(|rule| rule.option == option.id && rule.add > 0.0),
                    facts,
                ),
            };
            for rule in slot.rules.iter().filter(|rule| rule.option == option.id) {
                add_reason(&mut evidence, Reason::rule(rule.id));
            }
            if evidence.is_empty() {
                evidence.push(Reason::rule("default-to-less"));
            }
            let score = decision.options.iter().find(|known| known.id == option.id);
            let against = score.and_then(|option| option.reasons.iter().find(|reason| reason.contains(": ")));
            left.push(Unused {
                slot: slot.id.to_owned(),
                option: option.id.to_owned(),
                name: option.name.to_owned(),
                why: against.cloned().unwrap_or_else(|| {
                    format!(
                        "nothing in the text asks for it; it would cost {}",
                        option.costs.unwrap_or_default()
                    )
                }),
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

/// The conditions of rules in words, with the numbers as they are now.
fn conditions<'a>(rules: impl Iterator<Item = &'a knowledge::RuleRow>, facts: &Facts) -> String {
    let mut said: Vec<String> = Vec::new();
    for group in rules.flat_map(|rule| rule.when.any).take(3) {
        let terms: Vec<String> = group.iter().filter_map(|(not, term)| words(*not, term, facts)).collect();
        let text = terms.join(" and ");
        if !text.is_empty() && !said.contains(&text) {
            said.push(text);
        }
    }
    said.join("; or ")
}

fn words(not: bool, term: &Term, facts: &Facts) -> Option<String> {
    let text = match term {
        Term::Number(at, compare, limit) => {
            let row = FACTS.get(*at)?;
            let sign = match compare {
                Compare::Less => "below",
                Compare::AtMost => "at most",
                Compare::More => "above",
                Compare::AtLeast => "from",
            };
            let now = facts.values.known(*at).map_or_else(
                || "not stated".to_owned(),
                |value| format!("now {}", trimmed(crate::capacity::rounded(value))),
            );
            format!("{} {sign} {} {} ({now})", row.id, trimmed(*limit), row.unit)
        }
        Term::Known(at) => format!("a stated {}", FACTS.get(*at)?.id),
        Term::Signal(at) => format!("a text that asks for {}", SIGNALS.get(*at)?.id.replace('-', " ")),
        Term::Constraint(name) => format!("a text that names {name}"),
        Term::Denied(slot, option) => {
            let slot = SLOTS.get(*slot)?;
            format!("a text that forbids {}", slot.options.get(*option)?.id)
        }
        Term::Decided(slot, option) => {
            let slot = SLOTS.get(*slot)?;
            format!("{} decided as {}", slot.id, slot.options.get(*option)?.id)
        }
    };
    Some(if not { format!("not {text}") } else { text })
}
