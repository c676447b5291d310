//! What the system is, who uses it, what was assumed and what was understood.

use super::{MOST_ROWS, diagram};
use crate::diagrams;
use crate::markdown::{code, reasons, table, text};
use design::Design;
use requirements::{Gap, Statement, StatementKind, StatementStatus};

pub(super) fn overview(design: &Design) -> String {
    let mut out = String::new();
    for diagnostic in &design.diagnostics {
        out += &format!(
            "**{}** {} {}\n\n",
            text(&diagnostic.what),
            text(&diagnostic.why),
            text(&diagnostic.fix)
        );
    }
    if !design.model.entities.is_empty() {
        let actors: Vec<String> =
            design.requirements.actors.iter().map(|actor| plural(&actor.name)).collect();
        let who =
            if actors.is_empty() { "people whom the text does not name".to_owned() } else { series(&actors) };
        let records: Vec<String> =
            design.model.entities.iter().map(|entity| plural(&entity.name.to_lowercase())).collect();
        out += &format!("Used by {who}. It keeps records of {}.\n\n", series(&records));
    }
    out += &fields(design);
    out += &diagram(diagrams::topology(design));
    let actors = design
        .requirements
        .actors
        .iter()
        .map(|actor| {
            vec![text(&actor.name), format!("{:?}", actor.kind).to_lowercase(), reasons(&actor.evidence)]
        })
        .collect::<Vec<_>>();
    if !actors.is_empty() {
        out += "### Actors\n\n";
        out += &table(&["Actor", "Sort", "Because of"], &actors);
    }
    let questions: Vec<Vec<String>> = design
        .questions
        .iter()
        .map(|question| {
            vec![
                text(&question.text),
                text(&question.options.join(", ")),
                text(&question.default),
                text(&question.impact),
            ]
        })
        .collect();
    if !questions.is_empty() {
        out += "### Questions\n\n";
        out += &table(&["Question", "Usual answers", "Until then", "What it changes"], &questions);
    }
    let conflicts: Vec<Vec<String>> = design
        .conflicts
        .iter()
        .map(|conflict| {
            vec![
                text(&conflict.explanation),
                text(&conflict.resolution),
                conflict.statements.iter().map(|id| code(id)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    if !conflicts.is_empty() {
        out += "### Conflicts\n\n";
        out += &table(&["Conflict", "Meanwhile", "Statements"], &conflicts);
    }
    let assumptions: Vec<Vec<String>> = design
        .assumptions
        .iter()
        .filter(|assumption| !assumption.decisions.is_empty())
        .map(|assumption| {
            vec![
                code(&assumption.id),
                code(&assumption.subject),
                text(&format!("{} {}", assumption.value, assumption.unit.as_deref().unwrap_or_default())),
                text(&assumption.why),
                assumption.decisions.iter().map(|slot| code(slot)).collect::<Vec<_>>().join(" "),
                text(assumption.flips_at.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    if !assumptions.is_empty() {
        out += "### Assumptions\n\nThe text gives no numbers for these, and each is our heuristic until the author says better.\n\n";
        out += &table(&["Id", "Fact", "Assumed", "Why", "Read by", "Changes one at"], &assumptions);
    }
    out + &gaps(design) + &coverage(design) + &statements(design)
}

/// The most findings that the document shows: about a screen.
const MOST_GAPS: usize = 15;

/// What the statements leave open, those with a number that is taken meanwhile first.
fn gaps(design: &Design) -> String {
    let gaps = &design.requirements.gaps;
    if gaps.is_empty() {
        return String::new();
    }
    let (assumed, others): (Vec<&Gap>, Vec<&Gap>) = gaps.iter().partition(|gap| gap.assumed.is_some());
    let rows: Vec<Vec<String>> = assumed
        .into_iter()
        .chain(others)
        .take(MOST_GAPS)
        .map(|gap| {
            vec![
                code(&gap.statement),
                text(&gap.words),
                gap.family.clone(),
                text(gap.assumed.as_deref().unwrap_or_default()),
                text(&gap.fix),
            ]
        })
        .collect();
    let read = gaps.iter().filter(|gap| gap.assumed.is_some()).count();
    let mut out = format!(
        "### Ambiguities\n\n{} of the words can be taken differently; {read} of them stand for a number of ours meanwhile.\n\n",
        gaps.len()
    );
    out += &table(&["Statement", "Words", "Family", "Read as", "Say instead"], &rows);
    if gaps.len() > MOST_GAPS {
        out += &format!("{} more stand in {}.\n\n", gaps.len() - MOST_GAPS, code("design.json"));
    }
    out
}

/// How much of the text was understood, sort by sort.
fn coverage(design: &Design) -> String {
    let rows: Vec<Vec<String>> = design
        .requirements
        .coverage
        .iter()
        .map(|row| {
            vec![
                format!("{:?}", row.kind).to_lowercase(),
                row.statements.to_string(),
                row.used.to_string(),
                row.set_aside.to_string(),
                row.not_understood.to_string(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    "### What was read\n\n".to_owned()
        + &table(&["Sort", "Statements", "Used", "Set aside", "Not understood"], &rows)
}

/// What the text is about, and what that adds.
fn fields(design: &Design) -> String {
    let domains = &design.requirements.domains;
    if domains.is_empty() {
        return String::new();
    }
    let names: Vec<String> = domains
        .iter()
        .map(|domain| {
            format!(
                "{} ({:.0} %, because of {})",
                domain.name,
                domain.share * 100.0,
                reasons(&domain.evidence)
            )
        })
        .collect();
    format!(
        "Recognised as {}. What is usual there completes what the text leaves open; its reason is {} with the name of the field.\n\n",
        names.join(", "),
        code("rule:domain-…")
    )
}

/// The most names that a sentence lists.
const MOST_NAMES: usize = 12;

/// Names as a series: "a, b and c".
fn series(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| text(name)).collect();
    if names.len() > MOST_NAMES {
        return format!("{} and {} more", shown.join(", "), names.len() - MOST_NAMES);
    }
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => shown.concat(),
    }
}

/// A name whose last word is in the plural.
fn plural(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((rest, last)) => format!("{rest} {}", design::plural(last)),
        None => design::plural(name),
    }
}

/// The statements by what became of them.
fn statements(design: &Design) -> String {
    let mut out = String::new();
    let of = |status: StatementStatus| {
        design
            .requirements
            .statements
            .iter()
            .filter(|statement| statement.status == status && statement.kind != StatementKind::Noise)
            .collect::<Vec<&Statement>>()
    };
    let used = of(StatementStatus::Used);
    if !used.is_empty() {
        out += "### Requirements\n\n";
        let rows: Vec<Vec<String>> = used
            .iter()
            .take(MOST_ROWS)
            .map(|statement| vec![code(&statement.id), kind(statement), text(&statement.text)])
            .collect();
        out += &table(&["Id", "Sort", "Statement"], &rows);
        out += &rest(used.len());
    }
    for (status, title) in
        [(StatementStatus::NotUnderstood, "Not understood"), (StatementStatus::SetAside, "Set aside")]
    {
        let found = of(status);
        if !found.is_empty() {
            out += &format!("### {title}\n\n");
            let rows: Vec<Vec<String>> = found
                .iter()
                .take(MOST_ROWS)
                .map(|statement| {
                    vec![
                        code(&statement.id),
                        text(&statement.text),
                        text(statement.reason.as_deref().unwrap_or_default()),
                    ]
                })
                .collect();
            out += &table(&["Id", "Statement", "Why"], &rows);
            out += &rest(found.len());
        }
    }
    out
}

fn rest(total: usize) -> String {
    if total > MOST_ROWS {
        format!("{} more stand in {}.\n\n", total - MOST_ROWS, code("traceability.csv"))
    } else {
        String::new()
    }
}

fn kind(statement: &Statement) -> String {
    let kind = format!("{:?}", statement.kind).to_lowercase();
    statement
        .quality
        .map_or(kind.clone(), |quality| format!("{kind}: {}", format!("{quality:?}").to_lowercase()))
}
