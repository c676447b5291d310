//! What is open and what was assumed, then what the system is, who uses it and what its words mean.

use super::glossary::glossary;
use super::page::Page;
use super::places;
use crate::diagrams;
use crate::markdown::{MOST_STATEMENTS, code, link, listed, place, reasons, text, worded};
use design::{Design, counted};
use requirements::{ActorKind, Gap, Reason, Statement, StatementStatus};

pub(super) fn overview(design: &Design, page: &mut Page) {
    for diagnostic in &design.diagnostics {
        page.say(&format!(
            "**{}** {} {}",
            text(&diagnostic.what),
            text(&diagnostic.why),
            text(&diagnostic.fix)
        ));
    }
    if !design.model.entities.is_empty() {
        // There is one finance, and several customers.
        let several =
            |name: &str| if knowledge::is_department(name) { name.to_owned() } else { plural(name) };
        // A system of others is called, and uses nothing.
        let people = design.requirements.actors.iter().filter(|actor| actor.kind != ActorKind::System);
        let actors: Vec<String> = people.map(|actor| several(&actor.name)).collect();
        let who =
            if actors.is_empty() { "people whom the text does not name".to_owned() } else { series(&actors) };
        let records: Vec<String> =
            design.model.entities.iter().map(|entity| plural(&entity.name.to_lowercase())).collect();
        page.say(&format!("Used by {who}. It keeps records of {}.", series(&records)));
    }
    fields(design, page);
    open_points(design, page);
    page.diagrams(diagrams::topology(design).as_slice());
    let actors: Vec<Vec<String>> = design
        .requirements
        .actors
        .iter()
        .map(|actor| {
            vec![text(&actor.name), format!("{:?}", actor.kind).to_lowercase(), reasons(&actor.evidence)]
        })
        .collect();
    page.table("Actors", &["Actor", "Sort", "Because of"], &actors);
    glossary(design, page);
    gaps(design, page);
    coverage(design, page);
    statements(design, page, StatementStatus::Used, "Requirements");
    statements(design, page, StatementStatus::SetAside, "Set aside");
}

/// What a conflict is called: in words where its rule has a name, else by the number that other parts call it by.
fn title(id: &str) -> String {
    if id.contains('-') { format!("**{}.**", text(&worded(id))) } else { code(id) }
}

/// The lines that each list of open points shows of its beginning, so that the diagram stands on the first screen.
const FIRST: usize = 7;

/// What the author should look at first.
fn open_points(design: &Design, page: &mut Page) {
    let conflicts: Vec<Vec<String>> = design
        .conflicts
        .iter()
        .map(|conflict| {
            vec![
                format!(
                    "{}{} {}",
                    places::at(&conflict.id),
                    title(&conflict.id),
                    text(&conflict.explanation)
                ),
                text(&conflict.resolution),
                conflict.statements.iter().map(|id| link(id)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    page.begun("Conflicts", &["Conflict", "Meanwhile", "Statements"], &conflicts, FIRST);
    let questions: Vec<Vec<String>> = design
        .questions
        .iter()
        .map(|question| {
            vec![
                text(&question.text),
                text(&question.options.join(", ")),
                design.assumptions.iter().find(|known| known.subject == question.id).map_or_else(
                    || text(&question.default),
                    |known| format!("{} {}", text(&question.default), link(&known.id)),
                ),
                text(&question.impact),
            ]
        })
        .collect();
    page.begun("Questions", &["Question", "Answers", "Until then", "What it changes"], &questions, FIRST);
    statements(design, page, StatementStatus::NotUnderstood, "Not understood");
    let assumptions: Vec<Vec<String>> = design
        .assumptions
        .iter()
        .filter(|assumption| !assumption.decisions.is_empty())
        .map(|assumption| {
            vec![
                place(&assumption.id),
                code(&assumption.subject),
                text(&format!("{} {}", assumption.value, assumption.unit.as_deref().unwrap_or_default())),
                text(&assumption.why),
                assumption.decisions.iter().map(|slot| places::decided(slot)).collect::<Vec<_>>().join(" "),
                text(assumption.flips_at.as_deref().unwrap_or_default()),
                text(&super::scalability::source(&assumption.subject)),
            ]
        })
        .collect();
    page.begun(
        "Assumptions",
        &["Id", "Fact", "Assumed", "Why", "Read by", "Changes one at", "Source"],
        &assumptions,
        0,
    );
}

/// The most findings that the document shows: about a screen.
const MOST_GAPS: usize = 15;

/// What the statements leave open, those with a number that is taken meanwhile first.
fn gaps(design: &Design, page: &mut Page) {
    let gaps = &design.requirements.gaps;
    if gaps.is_empty() {
        return;
    }
    let (assumed, others): (Vec<&Gap>, Vec<&Gap>) = gaps.iter().partition(|gap| gap.assumed.is_some());
    // The same words mean the same wherever they stand.
    let mut groups: Vec<(&Gap, Vec<&str>)> = Vec::new();
    for gap in assumed.into_iter().chain(others) {
        match groups.iter_mut().find(|(known, _)| known.id == gap.id && known.words == gap.words) {
            Some((_, statements)) => statements.push(&gap.statement),
            None => groups.push((gap, vec![&gap.statement])),
        }
    }
    let more = groups.len().saturating_sub(MOST_GAPS);
    let rows: Vec<Vec<String>> = groups
        .into_iter()
        .take(MOST_GAPS)
        .map(|(gap, statements)| {
            vec![
                statements.into_iter().map(link).collect::<Vec<_>>().join(" "),
                text(&gap.words),
                gap.family.clone(),
                text(gap.assumed.as_deref().unwrap_or_default()),
                text(&gap.fix),
            ]
        })
        .collect();
    let read = match gaps.iter().filter(|gap| gap.fact.is_some()).count() {
        0 => "none of them stands".to_owned(),
        1 => "1 of them stands".to_owned(),
        count => format!("{count} of them stand"),
    };
    let rest =
        if more > 0 { format!("; {more} more stand in {}", code("design.json")) } else { String::new() };
    page.introduced(
        "Ambiguities",
        &format!(
            "{} can be taken differently; {read} for a number of the design{rest}.",
            counted(&gaps.len().to_string(), "words")
        ),
        &["Statement", "Words", "Family", "Read as", "Say instead"],
        &rows,
    );
}

/// How much of the text was understood, sort by sort.
fn coverage(design: &Design, page: &mut Page) {
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
    page.table("What was read", &["Sort", "Statements", "Used", "Set aside", "Not understood"], &rows);
}

/// What the text is about, and what that adds.
fn fields(design: &Design, page: &mut Page) {
    let domains = &design.requirements.domains;
    if domains.is_empty() {
        return;
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
    let model = &design.model;
    let attributes = model.entities.iter().flat_map(|entity| &entity.attributes);
    let adds = (attributes.map(|attribute| &attribute.evidence))
        .chain(model.entities.iter().map(|entity| &entity.evidence))
        .chain(model.relations.iter().map(|relation| &relation.evidence))
        .chain(model.lifecycles.iter().map(|cycle| &cycle.evidence))
        .flatten()
        .any(|reason| matches!(reason, Reason::Rule(id) if id.starts_with("domain-")));
    let adds = if adds {
        format!(
            " What is usual there completes what the text leaves open; its reason is {} with the name of the field.",
            code("rule:domain-…")
        )
    } else {
        String::new()
    };
    page.say(&format!("Recognised as {}.{adds}", names.join(", ")));
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

/// The statements of which one thing became, each at a place that links lead to.
fn statements(design: &Design, page: &mut Page, status: StatementStatus, title: &str) {
    let found: Vec<&Statement> =
        design.requirements.statements.iter().filter(|statement| statement.status == status).collect();
    let rows: Vec<Vec<String>> = found
        .iter()
        .filter(|statement| listed(&statement.id))
        .map(|statement| {
            let last = match &statement.reason {
                Some(reason) if status != StatementStatus::Used => text(reason),
                _ => kind(statement),
            };
            vec![place(&statement.id), text(&statement.text), last]
        })
        .collect();
    let last = if status == StatementStatus::Used { "Sort" } else { "Why" };
    let more = found.len() - rows.len();
    let rest = format!(
        "Those after {} stand in {}.",
        code(&format!("s{MOST_STATEMENTS}")),
        code("traceability.csv")
    );
    page.introduced(title, if more > 0 { &rest } else { "" }, &["Id", "Statement", last], &rows);
}

fn kind(statement: &Statement) -> String {
    let kind = format!("{:?}", statement.kind).to_lowercase();
    statement
        .quality
        .map_or(kind.clone(), |quality| format!("{kind}: {}", format!("{quality:?}").to_lowercase()))
}
