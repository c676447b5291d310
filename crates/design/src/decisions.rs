//! Settles the decisions of the tables: every option starts with its base score, the rules whose condition holds add
//! to it, what the text prescribes wins, and the simpler option wins a tie.

mod growth;
mod scores;
mod sensitivity;
mod unused;

use crate::facts::Facts;
use crate::model::{Decision, Grant, Options, ScoredOption};
use knowledge::Order as _;
use knowledge::{FACTS, RuleRow, SLOTS, SlotRow, TECHNOLOGIES, Term};
use requirements::{Analysis, Assumption, Constraint, Diagnostic, Evidence, Reason, add_reason};
use scores::Adjust;
use std::collections::BTreeMap;

pub(crate) use sensitivity::{Sensitivity, sensitivities};
pub(crate) use unused::unused;

/// What a prescription of the text, a prohibition and a pin weigh: more than all rules together, in this order.
const PRESCRIBED: f64 = 100.0;
const PINNED: f64 = 1000.0;
/// What a house's wish weighs, more than the soft rules; and its prohibition, more than any rule but less than the text.
const PREFERRED: f64 = 30.0;
const UNWANTED: f64 = -90.0;
/// What a rule weighs that forces or forbids an option.
const HARD: f64 = 50.0;

/// The decisions with what they were settled from, so that they can be settled again for other numbers.
pub(crate) struct Settlement {
    pub(crate) decisions: Vec<Decision>,
    adjust: Adjust,
    /// The place of the chosen option, slot by slot.
    pub(crate) chosen: Vec<usize>,
}

/// How the reasons begin that speak against an option.
const RULED_OUT: &str = "ruled out: ";
const AGAINST: &str = "against it: ";

/// What a reason says against its option, where it does.
pub fn speaks_against(reason: &str) -> Option<&str> {
    reason.strip_prefix(RULED_OUT).or_else(|| reason.strip_prefix(AGAINST))
}

/// Something other than a rule that bears on an option.
struct Given {
    option: usize,
    add: f64,
    because: String,
    reason: Option<Reason>,
}

/// Settles every slot.
pub(crate) fn decide(
    analysis: &Analysis,
    facts: &Facts,
    options: &Options,
) -> Result<Settlement, Diagnostic> {
    check_pins(options)?;
    let mut settlement = Settlement { decisions: Vec::new(), adjust: Adjust::new(), chosen: Vec::new() };
    for (at, slot) in SLOTS.iter().enumerate() {
        let given = given(slot, &analysis.requirements.constraints, options);
        let mut adjust = vec![0.0; slot.options.len()];
        for one in &given {
            adjust[one.option] += one.add;
        }
        settlement.adjust.push(adjust);
        let mut decision = settle(at, slot, &given, facts, &settlement);
        rename(&mut decision, &options.profile.names);
        let chosen = slot.options.iter().position(|option| option.id == decision.chosen).unwrap_or_default();
        settlement.chosen.push(chosen);
        settlement.decisions.push(decision);
    }
    Ok(settlement)
}

/// Names with each assumption the decisions that rest on it.
pub(crate) fn name_readers(assumptions: &mut [Assumption], decisions: &[Decision]) {
    for decision in decisions {
        for reason in &decision.evidence {
            if let Reason::Assumption(number) = reason
                && let Some(assumption) = assumptions.get_mut(*number as usize - 1)
                && !assumption.decisions.contains(&decision.slot)
            {
                assumption.decisions.push(decision.slot.clone());
            }
        }
    }
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

/// What the text prescribes and the reader pins in a slot.
fn given(slot: &SlotRow, constraints: &[Constraint], options: &Options) -> Vec<Given> {
    let place = |id: &str| slot.options.iter().position(|option| option.id == id);
    let mut given: Vec<Given> = Vec::new();
    for constraint in constraints.iter().filter(|constraint| !constraint.kind.starts_with("existing-")) {
        let fits = |row: &&knowledge::TechnologyRow| {
            row.slot == slot.id && row.names.contains(&constraint.value.as_str())
        };
        let Some(row) = TECHNOLOGIES.iter().find(fits) else { continue };
        let Some(option) = place(row.option) else { continue };
        let (add, what) = match row.leans {
            _ if constraint.kind.starts_with("forbidden-") => (-PRESCRIBED, "forbids it".to_owned()),
            Some(leans) => (leans, format!("names {}, which offers it", constraint.value)),
            None => (PRESCRIBED, "prescribes it".to_owned()),
        };
        // Said twice, it weighs no more.
        if given.iter().any(|one| one.option == option && (one.add - add).abs() < f64::EPSILON) {
            continue;
        }
        given.push(Given {
            option,
            add,
            because: format!("the text {what} ({})", constraint.statement),
            reason: Reason::try_from(constraint.statement.clone()).ok(),
        });
    }
    let wished = options.profile.prefer.get(slot.id).map(|id| (id, PREFERRED, "the house prefers it"));
    let unwanted = options.profile.forbid.get(slot.id).into_iter().flatten();
    let because = format!("{RULED_OUT}the house does not use it");
    let unwanted = unwanted.map(|id| (id, UNWANTED, because.as_str()));
    for (id, add, because) in wished.into_iter().chain(unwanted) {
        if let Some(option) = place(id) {
            let reason = Some(Reason::Pin(format!("profile.{}", slot.id)));
            given.push(Given { option, add, because: because.to_owned(), reason });
        }
    }
    if let Some(option) = options.pins.get(slot.id).and_then(|id| place(id)) {
        given.push(Given {
            option,
            add: PINNED,
            because: "pinned by the reader".to_owned(),
            reason: Some(Reason::Pin(slot.id.to_owned())),
        });
    }
    given
}

fn settle(at: usize, slot: &SlotRow, given: &[Given], facts: &Facts, so_far: &Settlement) -> Decision {
    let mut evidence = Evidence::new();
    let sums = scores::scores(at, &facts.values, &so_far.adjust, &so_far.chosen);
    let mut scored: Vec<ScoredOption> = slot
        .options
        .iter()
        .zip(sums)
        .map(|(option, score)| ScoredOption {
            id: option.id.to_owned(),
            name: option.name.to_owned(),
            score,
            reasons: Vec::new(),
        })
        .collect();
    for rule in slot.rules.iter().filter(|rule| facts.values.holds(&rule.when, &so_far.chosen)) {
        if let Some(option) = scored.iter_mut().find(|option| option.id == rule.option) {
            option.reasons.push(said(rule));
        }
        add_reason(&mut evidence, Reason::rule(rule.id));
        for reason in condition_evidence(rule, facts, so_far) {
            add_reason(&mut evidence, reason);
        }
    }
    for one in given {
        if let Some(option) = scored.get_mut(one.option) {
            option.reasons.push(one.because.clone());
        }
        if let Some(reason) = &one.reason {
            add_reason(&mut evidence, reason.clone());
        }
    }
    let price = price(slot, given, &scored);
    // The sort is stable and options stand with the simplest first, so the simpler one wins a tie.
    scored.order_by(|a, b| b.score.total_cmp(&a.score));
    if evidence.is_empty() {
        evidence.push(Reason::rule("default-to-less"));
    }
    let mut decision = Decision {
        id: format!("d{}", at + 1),
        slot: slot.id.to_owned(),
        title: slot.title.to_owned(),
        consequences: Vec::new(),
        binds: String::new(),
        prevents: String::new(),
        confirmation: String::new(),
        price,
        flips: Vec::new(),
        revisit: String::new(),
        guide: slot.guide.to_owned(),
        options: scored,
        chosen: String::new(),
        name: String::new(),
        evidence,
    };
    let place = take_first(slot, &mut decision);
    decision.revisit += &met(at, slot, place, facts, so_far);
    decision
}

/// Takes the option with the highest score, with what follows from it; gives its place.
fn take_first(slot: &SlotRow, decision: &mut Decision) -> Option<usize> {
    let first = decision.options.first()?;
    (decision.chosen, decision.name) = (first.id.clone(), first.name.clone());
    let place = slot.options.iter().position(|option| option.id == decision.chosen)?;
    let row = slot.options.get(place)?;
    decision.consequences = row.consequences.iter().map(|text| (*text).to_owned()).collect();
    row.binds.unwrap_or_default().clone_into(&mut decision.binds);
    row.prevents.unwrap_or_default().clone_into(&mut decision.prevents);
    row.confirm.unwrap_or(slot.confirm).clone_into(&mut decision.confirmation);
    row.revisit.unwrap_or(slot.revisit).clone_into(&mut decision.revisit);
    Some(place)
}

/// Whether the authorization matrix may still change a decision.
pub(crate) fn heeds(decisions: &[Decision]) -> bool {
    decisions.iter().any(is_open)
}

/// Whether roles alone decide who may do what, and nothing but that less was asked for says so.
fn is_open(decision: &Decision) -> bool {
    decision.slot == "authorization"
        && decision.chosen == "rbac"
        && decision.options.first().is_some_and(|first| first.reasons.is_empty())
}

/// Counts with what the authorization matrix turned out to be: where it limits a right to some records, roles alone do not
/// say who may do what. What the text or a pin settles stays.
pub(crate) fn heed(decisions: &mut [Decision], grants: &[Grant]) {
    let Some(slot) = SLOTS.iter().find(|slot| slot.id == "authorization") else { return };
    let (Some(rule), Some(grant), Some(decision)) = (
        slot.rules.iter().find(|rule| rule.id == "authz-own"),
        grants.iter().find(|grant| grant.is_limited()),
        decisions.iter_mut().find(|decision| is_open(decision)),
    ) else {
        return;
    };
    let Some(option) = decision.options.iter_mut().find(|option| option.id == rule.option) else {
        return;
    };
    option.score += rule.add;
    option.reasons.push(said(rule));
    decision.options.order_by(|a, b| b.score.total_cmp(&a.score));
    decision.evidence = vec![Reason::rule(rule.id)];
    for reason in &grant.evidence {
        add_reason(&mut decision.evidence, reason.clone());
    }
    take_first(slot, decision);
}

/// Where a number of the text meets a part of what would make one think again already, that is said, with why the choice
/// stands: a condition that reads as if it lay ahead would be no condition.
fn met(at: usize, slot: &SlotRow, chosen: Option<usize>, facts: &Facts, so_far: &Settlement) -> String {
    let mut places = so_far.chosen.clone();
    debug_assert_eq!(places.len(), at, "a decision knows those before it");
    places.extend(chosen);
    let Some(met) = slot.met.into_iter().flatten().find(|met| facts.values.holds(&met.when, &places)) else {
        return String::new();
    };
    let number = met.when.any.iter().copied().flatten().find_map(|(_, term)| match term {
        Term::Number(at, ..) => Some((FACTS.get(*at)?, facts.values.known(*at)?)),
        _ => None,
    });
    number.map_or_else(String::new, |(fact, value)| {
        format!(
            "; met already by {} ({}), and it stands: {}",
            fact.label.to_lowercase(),
            amount(value, fact.unit),
            met.stands
        )
    })
}

/// A number as a sentence has it: rounded, and bytes in GB.
fn amount(value: f64, unit: &str) -> String {
    let (value, unit) = match unit {
        "bytes" => (value / 1e9, " GB"),
        "per second" => (value, "/s"),
        _ => (value, ""),
    };
    format!("{}{unit}", crate::capacity::grouped(crate::capacity::rounded(value)))
}

/// Calls options what the house calls them.
fn rename(decision: &mut Decision, names: &BTreeMap<String, String>) {
    for option in &mut decision.options {
        if let Some(name) = names.get(&option.id) {
            option.name.clone_from(name);
        }
    }
    if let Some(first) = decision.options.first() {
        decision.name.clone_from(&first.name);
    }
}

/// Why a rule speaks for its option, or against it.
fn said(rule: &RuleRow) -> String {
    match rule.add {
        add if add <= -HARD => format!("{RULED_OUT}{}", rule.because),
        add if add < 0.0 => format!("{AGAINST}{}", rule.because),
        _ => rule.because.to_owned(),
    }
}

/// What it costs to follow the text where the rules alone would have chosen otherwise; empty where they agree.
fn price(slot: &SlotRow, given: &[Given], scored: &[ScoredOption]) -> String {
    let with: Vec<f64> = scored.iter().map(|option| option.score).collect();
    let mut without = with.clone();
    for one in given {
        if let Some(score) = without.get_mut(one.option) {
            *score -= one.add;
        }
    }
    let (chosen, alone) = (scores::best(&with), scores::best(&without));
    let (Some(taken), Some(better)) = (slot.options.get(chosen), slot.options.get(alone)) else {
        return String::new();
    };
    if chosen == alone {
        return String::new();
    }
    let costs = taken.costs.map_or_else(String::new, |costs| format!(" It costs {costs}."));
    format!("Without what is prescribed or pinned, {} would be chosen.{costs}", better.name)
}

/// The reasons of the facts, signals and decisions that a condition reads.
fn condition_evidence(rule: &RuleRow, facts: &Facts, so_far: &Settlement) -> Evidence {
    let mut evidence = Evidence::new();
    for (_, term) in rule.when.any.iter().copied().flatten() {
        let reasons: Vec<Reason> = match term {
            Term::Number(at, ..) | Term::Known(at) => facts.why(*at).to_vec(),
            Term::Signal(at) => facts.signal(*at).to_vec(),
            Term::Constraint(_) | Term::Denied(..) => Vec::new(),
            Term::Decided(slot, _) => {
                so_far.decisions.get(*slot).map(|decision| decision.evidence.clone()).unwrap_or_default()
            }
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
