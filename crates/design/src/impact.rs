//! What the answers to open questions would change: the flips of the decisions, the questions in the order of their
//! impact, and the values at which assumptions matter.

use crate::decisions::Sensitivity;
use crate::facts::{Facts, trimmed};
use crate::figures::worded;
use crate::model::{Decision, Flip};
use knowledge::Order as _;
use knowledge::{FACTS, NUMBERS, SLOTS};
use requirements::{Analysis, Question, capitalised};

/// How many questions are asked at a time.
const AT_ONCE: usize = 5;

/// By which factor an assumed number is off at the most: what only flips beyond is not worth a question.
const OFF: f64 = 10.0;

/// Writes the sensitivities where they are read.
pub(crate) fn impact(
    analysis: &mut Analysis,
    decisions: &mut [Decision],
    sensitivities: &[Sensitivity],
    facts: &Facts,
) {
    for sensitivity in sensitivities {
        for (slot, flip) in &sensitivity.flips {
            if let Some(decision) = decisions.get_mut(*slot) {
                decision.flips.push(flip.clone());
            }
        }
        assumption(analysis, sensitivity);
    }
    for decision in decisions {
        decision.flips.order_by(|a, b| a.headroom.total_cmp(&b.headroom));
    }
    questions(analysis, sensitivities, facts);
}

/// Tells an assumption at which value it would change which decisions.
fn assumption(analysis: &mut Analysis, sensitivity: &Sensitivity) {
    let Some(row) = FACTS.get(sensitivity.fact) else { return };
    let Some(assumption) = analysis.assumptions.iter_mut().find(|known| known.subject == row.id) else {
        return;
    };
    for slot in sensitivity.flips.iter().filter_map(|(slot, _)| SLOTS.get(*slot)) {
        if !assumption.decisions.iter().any(|known| known == slot.id) {
            assumption.decisions.push(slot.id.to_owned());
        }
    }
    assumption.flips_at = nearest(&sensitivity.flips).map(|flip| trimmed(flip.at));
}

fn nearest(flips: &[(usize, Flip)]) -> Option<&Flip> {
    flips.iter().map(|(_, flip)| flip).min_by(|a, b| a.headroom.total_cmp(&b.headroom))
}

/// What the answer to a question about a number would change: the weights of the decisions that flip, the more the
/// nearer the flip.
fn weight(sensitivity: &Sensitivity) -> f64 {
    let flips = sensitivity.flips.iter();
    flips.map(|(slot, flip)| SLOTS.get(*slot).map_or(1.0, |row| row.weight) / flip.headroom.max(1.0)).sum()
}

/// Ranks the questions by what their answers change, and asks for assumed numbers that change a decision.
fn questions(analysis: &mut Analysis, sensitivities: &[Sensitivity], facts: &Facts) {
    let of =
        |id: &str| sensitivities.iter().find(|known| FACTS.get(known.fact).is_some_and(|row| row.id == id));
    let mut ranked: Vec<(f64, Question)> = Vec::new();
    for mut question in analysis.questions.drain(..) {
        let Some(sensitivity) = of(&question.id) else {
            // Who uses the system decides on the authorization matrix; a number that flips nothing can wait.
            let open = knowledge::fact(&question.id).is_none();
            ranked.push((if open { 10.0 } else { 0.0 }, question));
            continue;
        };
        question.impact = changes(sensitivity);
        ranked.push((weight(sensitivity), question));
    }
    for sensitivity in sensitivities {
        let Some(row) = NUMBERS.get(sensitivity.fact) else { continue };
        let assumed = analysis.assumptions.iter().any(|known| known.subject == row.id);
        let within: Vec<&(usize, Flip)> =
            sensitivity.flips.iter().filter(|(_, flip)| flip.headroom <= OFF).collect();
        if !assumed || within.is_empty() || ranked.iter().any(|(_, question)| question.id == row.id) {
            continue;
        }
        let value = facts.values.known(sensitivity.fact).unwrap_or(row.value);
        let mut options: Vec<f64> = within.iter().map(|(_, flip)| flip.at).chain([value]).collect();
        options.order_by(f64::total_cmp);
        options.dedup();
        options.truncate(5);
        ranked.push((
            weight(sensitivity),
            Question {
                id: row.id.to_owned(),
                text: asked(row.label, row.unit),
                options: options.into_iter().map(trimmed).collect(),
                default: trimmed(value),
                impact: changes(sensitivity),
            },
        ));
    }
    ranked.order_by(|(one, _), (two, _)| two.total_cmp(one));
    analysis.questions = ranked.into_iter().map(|(_, question)| question).take(AT_ONCE).collect();
}

/// The question for a planning figure.
fn asked(label: &str, unit: &str) -> String {
    let label = capitalised(label);
    match unit {
        "people" | "sessions" | "requests" | "connections" | "count" => format!("{label}: how many?"),
        "ratio" => format!("{label}: how large, as a ratio?"),
        _ => format!("{label}: how much, in {unit}?"),
    }
}

/// What changes at which value, in a sentence.
fn changes(sensitivity: &Sensitivity) -> String {
    let said: Vec<String> = sensitivity
        .flips
        .iter()
        .filter_map(|(slot, flip)| {
            let from = if flip.at > flip.now { "from" } else { "down to" };
            SLOTS
                .get(*slot)
                .map(|row| format!("{}: {} {from} {}", row.title, flip.name, worded(flip.at, &flip.unit)))
        })
        .collect();
    format!("{}.", said.join("; "))
}
