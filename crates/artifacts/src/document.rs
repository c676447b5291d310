//! `design.md`: the document in exactly eight sections.

use crate::diagrams::{self, Diagram};
use crate::markdown::{code, fence, one_line, reasons, table, text};
use crate::records;
use crate::units::{amount, number};
use design::{Decision, Design};
use requirements::{Statement, StatementKind, StatementStatus};

/// The most rows that a list of statements shows; the rest stands in `traceability.csv`.
const MOST_STATEMENTS: usize = 60;

/// The document: exactly eight sections in Markdown.
pub fn document(design: &Design) -> String {
    let mut out = format!("# {}\n\n", text(&design.title));
    for (title, section) in [
        ("System Overview", overview as fn(&Design) -> String),
        ("API Specification", api),
        ("Database Design", database),
        ("Architecture Decisions", decisions),
        ("Security Implementation", security),
        ("Scalability Plan", scalability),
        ("Deployment Architecture", deployment),
        ("Implementation Roadmap", roadmap),
    ] {
        out += &format!("## {title}\n\n");
        let body = section(design);
        out += if body.trim().is_empty() {
            "Nothing is designed here: the text names nothing to keep records of. The questions in the system overview say what is missing.\n\n"
        } else {
            &body
        };
    }
    out.trim_end().to_owned() + "\n"
}

fn diagram(diagram: Option<Diagram>) -> String {
    diagram
        .map(|diagram| format!("{}:\n\n{}", text(&diagram.title), fence("mermaid", &diagram.source)))
        .unwrap_or_default()
}

fn overview(design: &Design) -> String {
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
        .map(|assumption| {
            vec![
                code(&assumption.id),
                code(&assumption.subject),
                text(&format!("{} {}", assumption.value, assumption.unit.as_deref().unwrap_or_default())),
                text(&assumption.why),
                assumption.decisions.iter().map(|slot| code(slot)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    if !assumptions.is_empty() {
        out += "### Assumptions\n\nThe text gives no numbers for these. Each is our heuristic until the author says better.\n\n";
        out += &table(&["Id", "Fact", "Assumed", "Why", "Read by"], &assumptions);
    }
    out + &statements(design)
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
            .take(MOST_STATEMENTS)
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
                .take(MOST_STATEMENTS)
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
    if total > MOST_STATEMENTS {
        format!("{} more stand in {}.\n\n", total - MOST_STATEMENTS, code("traceability.csv"))
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

fn api(design: &Design) -> String {
    if design.api.operations.is_empty() {
        return String::new();
    }
    let style = chosen(design, "api").map_or("REST", |decision| decision.name.as_str());
    let mut out = format!(
        "{} operations; style: {}. The whole contract stands in {}.\n\n",
        design.api.operations.len(),
        text(style),
        code("api/openapi.yaml")
    );
    let rows: Vec<Vec<String>> = design
        .api
        .operations
        .iter()
        .map(|operation| {
            vec![
                format!("{} {}", operation.method, code(&operation.path)),
                text(&operation.summary),
                if operation.actors.is_empty() {
                    "signed in".to_owned()
                } else {
                    text(&operation.actors.join(", "))
                },
                reasons(&operation.evidence),
            ]
        })
        .collect();
    out += &table(&["Operation", "What it does", "Who", "Because of"], &rows);
    out += "Lists are paged by cursor, errors are problem details (RFC 9457), ids are opaque strings.\n\n";
    out
}

fn database(design: &Design) -> String {
    if design.database.tables.is_empty() {
        return String::new();
    }
    let engine = chosen(design, "database").map_or("PostgreSQL", |decision| decision.name.as_str());
    let mut out = format!(
        "{} tables; decided: {}. {} creates them on PostgreSQL 15 and later.\n\n",
        design.database.tables.len(),
        text(engine),
        code("db/schema.sql")
    );
    for part in diagrams::entities(design) {
        out += &diagram(Some(part));
    }
    let rows: Vec<Vec<String>> = design
        .database
        .tables
        .iter()
        .map(|found| {
            let columns: Vec<String> = found
                .columns
                .iter()
                .filter(|column| {
                    !matches!(column.name.as_str(), "id" | "created_at" | "updated_at" | "tenant_id")
                })
                .map(|column| code(&column.name))
                .collect();
            let origin = format!("{:?}", found.origin).to_lowercase();
            vec![
                code(&found.name),
                if columns.is_empty() { "none of its own".to_owned() } else { columns.join(" ") },
                origin,
                reasons(&found.evidence),
            ]
        })
        .collect();
    out += &table(&["Table", "Columns", "From", "Because of"], &rows);
    let indexes: Vec<Vec<String>> = design
        .database
        .tables
        .iter()
        .flat_map(|found| found.indexes.iter().map(move |index| (found, index)))
        .map(|(found, index)| {
            let keyed = found
                .foreign_keys
                .iter()
                .any(|key| key.columns.iter().any(|column| index.columns.contains(column)));
            let purpose = if index.unique {
                "no two rows alike"
            } else if keyed {
                "filter, join, delete of the parent"
            } else {
                "order of the list"
            };
            vec![
                code(&index.name),
                index.columns.iter().map(|column| code(column)).collect::<Vec<_>>().join(" "),
                purpose.to_owned(),
                index.operations.iter().map(|operation| code(operation)).collect::<Vec<_>>().join(" "),
            ]
        })
        .collect();
    if !indexes.is_empty() {
        out += "### Indexes\n\n";
        out += &table(&["Index", "Columns", "For", "Used by"], &indexes);
    }
    for part in diagrams::lifecycles(design) {
        out += &diagram(Some(part));
    }
    out
}

fn chosen<'a>(design: &'a Design, slot: &str) -> Option<&'a Decision> {
    design.decisions.iter().find(|decision| decision.slot == slot)
}

fn decisions(design: &Design) -> String {
    if design.decisions.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for (at, decision) in records::recorded(design).enumerate() {
        out += &format!("### {}. {}: {}\n\n", at + 1, text(&decision.title), text(&decision.name));
        out += &format!("Chosen {} ({}).\n\n", text(&records::why(decision)), reasons(&decision.evidence));
        out += &records::options(decision);
        for consequence in &decision.consequences {
            out += &format!("- {}\n", text(consequence));
        }
        out += &format!(
            "\nRevisit when {}. Explained in the guide {}.\n\n",
            text(&decision.revisit),
            code(&decision.guide)
        );
    }
    let recorded: Vec<&str> = records::recorded(design).map(|decision| decision.slot.as_str()).collect();
    let left: Vec<Vec<String>> = design
        .decisions
        .iter()
        .filter(|decision| !recorded.contains(&decision.slot.as_str()))
        .map(|decision| vec![text(&decision.title), text(&decision.name), text(&decision.revisit)])
        .collect();
    if !left.is_empty() {
        out += "### Deliberately left at the least\n\n";
        out += &table(&["Decision", "Left at", "Think again when"], &left);
    }
    out
}

fn security(design: &Design) -> String {
    if design.security.authorization.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    if let Some(decision) = chosen(design, "authentication") {
        out += &format!("Sign-in: {}, {}.\n\n", text(&decision.name), text(&records::why(decision)));
    }
    out += "### Who may do what\n\n";
    out += &table(&["Role", "Resource", "Actions"], &matrix(design));
    let fields: Vec<Vec<String>> = design
        .security
        .classified
        .iter()
        .map(|field| {
            vec![
                code(&format!("{}.{}", field.table, field.column)),
                text(&field.class),
                text(&field.controls.join("; ")),
            ]
        })
        .collect();
    if !fields.is_empty() {
        out += "### What needs protection\n\n";
        out += &table(&["Column", "Class", "Controls"], &fields);
    }
    let threats: Vec<Vec<String>> = design
        .security
        .threats
        .iter()
        .take(MOST_STATEMENTS)
        .map(|threat| {
            vec![code(&threat.id), text(&threat.category), text(&threat.threat), text(&threat.control)]
        })
        .collect();
    if !threats.is_empty() {
        out += "### Threats\n\n";
        out += &table(&["Id", "Category", "Threat", "Answer"], &threats);
    }
    out
}

/// The authorization matrix, one row a role and resource.
fn matrix(design: &Design) -> Vec<Vec<String>> {
    let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
    for grant in &design.security.authorization {
        let action = if grant.scope == "all" {
            grant.action.clone()
        } else {
            format!("{} ({})", grant.action, grant.scope)
        };
        match rows.iter_mut().find(|(role, resource, _)| *role == grant.role && *resource == grant.resource) {
            Some((_, _, actions)) => {
                if !actions.contains(&action) {
                    actions.push(action);
                }
            }
            None => rows.push((grant.role.clone(), grant.resource.clone(), vec![action])),
        }
    }
    rows.sort();
    rows.into_iter()
        .map(|(role, resource, actions)| vec![text(&role), text(&resource), text(&actions.join(", "))])
        .collect()
}

fn scalability(design: &Design) -> String {
    if design.capacity.is_empty() {
        return String::new();
    }
    let mut out = String::from("### Load and size\n\n");
    let rows: Vec<Vec<String>> = design
        .capacity
        .iter()
        .map(|figure| {
            vec![
                text(&figure.label),
                text(&amount(figure.value, &figure.unit)),
                code(&figure.formula),
                reasons(&figure.evidence),
            ]
        })
        .collect();
    out += &table(&["Figure", "Value", "Formula", "Because of"], &rows);
    let stated: Vec<Vec<String>> = design
        .requirements
        .quantities
        .iter()
        .map(|quantity| {
            vec![
                code(&quantity.id),
                text(&quantity.kind),
                text(&format!(
                    "{} {}",
                    if quantity.comparator == "=" { "" } else { &quantity.comparator },
                    amount(quantity.value, &quantity.unit)
                )),
                text(quantity.qualifier.as_deref().unwrap_or_default()),
                code(&quantity.statement),
            ]
        })
        .collect();
    if !stated.is_empty() {
        out += "### Numbers that the text states\n\n";
        out += &table(&["Id", "Kind", "Value", "Of", "Statement"], &stated);
    }
    out += "### What gives way first\n\n";
    let limits: Vec<Vec<String>> = design
        .scalability
        .limits
        .iter()
        .map(|limit| {
            let headroom = if limit.load > 0.0 {
                format!("×{}", number(limit.ceiling / limit.load))
            } else {
                "no load".to_owned()
            };
            vec![
                text(&limit.part),
                text(&amount(limit.load, &limit.unit)),
                text(&amount(limit.ceiling, &limit.unit)),
                headroom,
                text(&limit.remedy),
                text(&limit.source),
            ]
        })
        .collect();
    out + &table(&["Part", "Load", "Ceiling", "Headroom", "Before that", "Source of the ceiling"], &limits)
}

fn deployment(design: &Design) -> String {
    if design.deployment.components.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    if let Some(decision) = chosen(design, "deployment") {
        out += &format!("Target: {}, {}.\n\n", text(&decision.name), text(&records::why(decision)));
    }
    let rows: Vec<Vec<String>> = design
        .deployment
        .components
        .iter()
        .filter(|component| !component.technology.is_empty())
        .map(|component| {
            vec![
                text(&component.name),
                text(&component.technology),
                text(&component.zone),
                component.instances.to_string(),
                code(&component.decision),
            ]
        })
        .collect();
    out += &table(&["Part", "What it is", "Zone", "Instances", "Decision"], &rows);
    out += &format!("Environments: {}.\n\n", text(&design.deployment.environments.join(", ")));
    for slot in ["delivery", "observability"] {
        if let Some(decision) = chosen(design, slot) {
            out += &format!(
                "{}: {}. {}\n\n",
                text(&decision.title),
                text(&decision.name),
                text(&decision.consequences.join(" "))
            );
        }
    }
    out
}

fn roadmap(design: &Design) -> String {
    if design.roadmap.tasks.is_empty() {
        return String::new();
    }
    let mut out = diagram(diagrams::plan(design));
    let rows: Vec<Vec<String>> = design
        .roadmap
        .tasks
        .iter()
        .map(|task| {
            vec![
                code(&task.id),
                text(&task.phase),
                text(&task.title),
                task.after.iter().map(|id| code(id)).collect::<Vec<_>>().join(" "),
                text(&task.exit),
                format!("{} to {}", number(task.days_p50), number(task.days_p90)),
            ]
        })
        .collect();
    out += &table(&["Id", "Phase", "Task", "After", "Done when", "Days, P50 to P90"], &rows);
    let (p50, p90) = design
        .roadmap
        .tasks
        .iter()
        .fold((0.0, 0.0), |(p50, p90), task| (p50 + task.days_p50, p90 + task.days_p90));
    out += &format!(
        "{} to {} working days of one engineer in all; the days are our heuristic.\n\n",
        number(p50),
        number(p90)
    );
    let risks: Vec<Vec<String>> = design
        .roadmap
        .risks
        .iter()
        .map(|risk| vec![text(&risk.risk), text(&risk.trigger), text(&risk.mitigation)])
        .collect();
    if !risks.is_empty() {
        out += "### Risks\n\n";
        out += &table(&["Risk", "How one notices", "What to do"], &risks);
    }
    let review: Vec<Vec<String>> = design
        .review
        .iter()
        .map(|item| vec![text(&item.check), text(&item.result), text(&one_line(&item.detail))])
        .collect();
    if !review.is_empty() {
        out += "### Design review\n\n";
        out += &table(&["Check", "Result", "Found"], &review);
    }
    out
}
