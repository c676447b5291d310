//! Settles the decisions of the tables: every option starts with its base score, the rules whose condition holds add
//! to it, what the text prescribes wins, and the simpler option wins a tie.

use crate::facts::Facts;
use crate::model::{Decision, Options, ScoredOption};
use knowledge::{RuleRow, SLOTS, SlotRow, TECHNOLOGIES};
use requirements::{Analysis, Constraint, Diagnostic, Evidence, Reason, add_reason};

/// Settles every slot.
pub(crate) fn decide(
    analysis: &mut Analysis,
    facts: &Facts,
    options: &Options,
) -> Result<Vec<Decision>, Diagnostic> {
    check_pins(options)?;
    let decisions: Vec<Decision> = SLOTS
        .iter()
        .enumerate()
        .map(|(at, slot)| settle(at, slot, &analysis.requirements.constraints, facts, options))
        .collect();
    for decision in &decisions {
        for reason in &decision.evidence {
            if let Reason::Assumption(number) = reason
                && let Some(assumption) = analysis.assumptions.get_mut(*number as usize - 1)
                && !assumption.decisions.contains(&decision.slot)
            {
                assumption.decisions.push(decision.slot.clone());
            }
        }
    }
    Ok(decisions)
}

fn check_pins(options: &Options) -> Result<(), Diagnostic> {
    for (slot, option) in &options.pins {
        let wrong = |what: String, known: Vec<&str>| Diagnostic {
            what,
            why: "A pin names a decision and one of its options.".to_owned(),
            fix: format!("Use one of: {}.", known.join(", ")),
            span: None,
        };
        let Some(row) = SLOTS.iter().find(|row| row.id == slot) else {
            return Err(wrong(
                format!("There is no decision `{slot}` to pin."),
                SLOTS.iter().map(|row| row.id).collect(),
            ));
        };
        if !row.options.iter().any(|known| known.id == option) {
            return Err(wrong(
                format!("The decision `{slot}` has no option `{option}`."),
                row.options.iter().map(|known| known.id).collect(),
            ));
        }
    }
    Ok(())
}

fn settle(
    at: usize,
    slot: &SlotRow,
    constraints: &[Constraint],
    facts: &Facts,
    options: &Options,
) -> Decision {
    let mut evidence = Evidence::new();
    let mut scored: Vec<ScoredOption> = slot
        .options
        .iter()
        .map(|option| ScoredOption {
            id: option.id.to_owned(),
            name: option.name.to_owned(),
            score: option.base,
            reasons: Vec::new(),
        })
        .collect();
    for rule in slot.rules.iter().filter(|rule| holds(rule, facts)) {
        if let Some(option) = scored.iter_mut().find(|option| option.id == rule.option) {
            option.score += rule.add;
            option.reasons.push(rule.because.to_owned());
        }
        add_reason(&mut evidence, Reason::rule(rule.id));
        for reason in condition_evidence(rule, facts) {
            add_reason(&mut evidence, reason);
        }
    }
    for constraint in constraints {
        let Some(row) = TECHNOLOGIES
            .iter()
            .find(|row| row.slot == slot.id && row.names.contains(&constraint.value.as_str()))
        else {
            continue;
        };
        let Some(option) = scored.iter_mut().find(|option| option.id == row.option) else { continue };
        if constraint.kind.starts_with("existing-") {
            continue;
        }
        let forbidden = constraint.kind.starts_with("forbidden-");
        option.score += if forbidden { -100.0 } else { 100.0 };
        option.reasons.push(format!(
            "the text {} it ({})",
            if forbidden { "forbids" } else { "prescribes" },
            constraint.statement
        ));
        if let Ok(reason) = Reason::try_from(constraint.statement.clone()) {
            add_reason(&mut evidence, reason);
        }
    }
    if let Some(pin) = options.pins.get(slot.id)
        && let Some(option) = scored.iter_mut().find(|option| option.id == *pin)
    {
        option.score += 1000.0;
        option.reasons.push("pinned by the reader".to_owned());
        add_reason(&mut evidence, Reason::Pin(slot.id.to_owned()));
    }
    // The sort is stable and options stand with the simplest first, so the simpler one wins a tie.
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    if evidence.is_empty() {
        evidence.push(Reason::rule("default-to-less"));
    }
    let (chosen, name) =
        scored.first().map(|option| (option.id.clone(), option.name.clone())).unwrap_or_default();
    let consequences = slot
        .options
        .iter()
        .find(|option| option.id == chosen)
        .map(|option| option.consequences)
        .unwrap_or_default();
    Decision {
        id: format!("d{}", at + 1),
        slot: slot.id.to_owned(),
        title: slot.title.to_owned(),
        consequences: consequences.iter().map(|text| (*text).to_owned()).collect(),
        revisit: slot.revisit.to_owned(),
        guide: slot.guide.to_owned(),
        options: scored,
        chosen,
        name,
        evidence,
    }
}

/// Whether the condition of a rule holds: comparisons and signals joined by `and`.
fn holds(rule: &RuleRow, facts: &Facts) -> bool {
    rule.when.split(" and ").all(|term| {
        let (negated, term) = match term.trim().strip_prefix("not ") {
            Some(rest) => (true, rest),
            None => (false, term.trim()),
        };
        let parts: Vec<&str> = term.split(' ').collect();
        let value = match parts.as_slice() {
            [name] => name.strip_prefix("signal.").is_some_and(|id| facts.signal(id).is_some()),
            [name, operator, number] => {
                facts.get(name).is_some_and(|fact| compare(fact.value, operator, number))
            }
            _ => false,
        };
        value != negated
    })
}

fn compare(value: f64, operator: &str, number: &str) -> bool {
    let Ok(limit) = number.parse::<f64>() else { return false };
    match operator {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        _ => false,
    }
}

/// The reasons of the facts that a condition reads.
fn condition_evidence(rule: &RuleRow, facts: &Facts) -> Evidence {
    let mut evidence = Evidence::new();
    for term in rule.when.split(" and ") {
        let Some(name) = term.trim().trim_start_matches("not ").split(' ').next() else { continue };
        let reasons = match name.strip_prefix("signal.") {
            Some(id) => facts.signal(id).cloned().unwrap_or_default(),
            None => facts.get(name).map(|fact| fact.evidence.clone()).unwrap_or_default(),
        };
        for reason in reasons {
            add_reason(&mut evidence, reason);
        }
    }
    evidence
}

/// The chosen option of a slot.
pub(crate) fn chosen<'a>(decisions: &'a [Decision], slot: &str) -> &'a str {
    decisions
        .iter()
        .find(|decision| decision.slot == slot)
        .map_or("none", |decision| decision.chosen.as_str())
}
