//! Mermaid diagrams. Identifiers are made here and never taken from the text; labels are quoted and hold no character
//! that a Mermaid parser of any age gives a meaning to.

use crate::modules;
use design::{Component, Design, ForeignKey, Saga, Table};
use knowledge::Gather as _;
use std::collections::BTreeMap;

/// The most attributes shown of a table.
const COLUMNS_A_TABLE: usize = 12;

/// A diagram with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagram {
    /// The name of its file.
    pub(crate) id: String,
    /// What it shows, in words.
    pub(crate) title: String,
    /// Mermaid.
    pub(crate) source: String,
}

/// All diagrams of a design.
pub(crate) fn diagrams(design: &Design) -> Vec<Diagram> {
    let mut found = Vec::new();
    found.extend(topology(design));
    found.extend(entities(design));
    found.extend(lifecycles(design));
    found.extend(design.consistency.sagas.iter().map(saga));
    found.extend(sign_in(design));
    found.extend(plan(design));
    found
}

/// The running parts by zone and who talks to whom.
pub(crate) fn topology(design: &Design) -> Option<Diagram> {
    let parts = &design.deployment.components;
    if parts.is_empty() {
        return None;
    }
    let mut source = String::from("flowchart LR\n");
    for (zone, title) in [
        ("client", "People and clients"),
        ("compute", "Application"),
        ("data", "Data"),
        ("external", "Other systems"),
    ] {
        let members: Vec<(usize, &Component)> =
            parts.iter().enumerate().filter(|(_, part)| part.zone == zone).collect();
        if members.is_empty() {
            continue;
        }
        source += &format!("  subgraph z_{zone}[\"{title}\"]\n");
        for (at, part) in members {
            let count = if part.instances > 1 { format!(" ×{}", part.instances) } else { String::new() };
            let technology = if part.technology.is_empty() {
                String::new()
            } else {
                format!("<br/>{}", label(short(&part.technology)))
            };
            source += &format!("    n{at}[\"{}{count}{technology}\"]\n", label(&part.name));
        }
        source += "  end\n";
    }
    let at = |id: &str| parts.iter().position(|part| part.id == id);
    let api = at("api");
    for (n, part) in parts.iter().enumerate() {
        let Some(api) = api else { break };
        match part.zone.as_str() {
            "client" => source += &format!("  n{n} --> n{api}\n"),
            "data" => source += &format!("  n{api} --> n{n}\n"),
            "external" if part.id.starts_with("client-") => source += &format!("  n{n} --> n{api}\n"),
            "external" => {
                source += &format!(
                    "  n{} --> n{n}\n",
                    if part.id == "notifications" { at("worker").unwrap_or(api) } else { api }
                );
            }
            _ => {}
        }
    }
    if let (Some(worker), Some(database)) = (at("worker"), at("database")) {
        source += &format!("  n{worker} --> n{database}\n");
    }
    Some(Diagram { id: "topology".to_owned(), title: "Running parts".to_owned(), source })
}

/// The name of a technology up to the first comma or "with", where the rest explains it.
fn short(technology: &str) -> &str {
    let end =
        [", ", " with "].iter().filter_map(|mark| technology.find(mark)).min().unwrap_or(technology.len());
    &technology[..end]
}

/// The tables and their references: one diagram, or one for each module where they are too many for one.
pub(crate) fn entities(design: &Design) -> Vec<Diagram> {
    let tables = &design.database.tables;
    if tables.is_empty() {
        return Vec::new();
    }
    let groups = modules::groups(design);
    let tables: BTreeMap<&str, &Table> = tables.iter().map(|table| (table.name.as_str(), table)).gather();
    let [only] = groups.as_slice() else {
        return groups
            .iter()
            .enumerate()
            .map(|(at, group)| Diagram {
                id: format!("entities-{}", at + 1),
                title: group.title.clone(),
                source: entity_diagram(&tables, &group.tables),
            })
            .collect();
    };
    vec![Diagram {
        id: "entities".to_owned(),
        title: "Tables".to_owned(),
        source: entity_diagram(&tables, &only.tables),
    }]
}

fn entity_diagram(tables: &BTreeMap<&str, &Table>, group: &[String]) -> String {
    let members: Vec<&Table> = group.iter().filter_map(|name| tables.get(name.as_str()).copied()).collect();
    let mut source = String::from("erDiagram\n");
    for table in &members {
        source += &format!("  \"{}\" {{\n", table.name);
        for column in table.columns.iter().take(COLUMNS_A_TABLE) {
            let key = if table.primary_key.contains(&column.name) {
                " PK"
            } else if table.foreign_keys.iter().any(|key| key.columns.contains(&column.name)) {
                " FK"
            } else {
                ""
            };
            source += &format!("    {} {}{key}\n", kind(&column.kind), column.name);
        }
        source += "  }\n";
    }
    // Tables of other diagrams that these refer to stand as boxes without columns: Mermaid makes them of the line.
    for table in members {
        for key in &table.foreign_keys {
            source += &reference(table, key);
        }
    }
    source
}

/// A reference as a line from the table that is the subject of its verb to the other.
fn reference(table: &Table, key: &ForeignKey) -> String {
    let target = &key.references.table;
    let optional = table.columns.iter().any(|column| key.columns.contains(&column.name) && column.nullable);
    let one = table.primary_key == key.columns
        || table.indexes.iter().any(|index| index.unique && index.columns == key.columns);
    let mut verb = if key.label.is_empty() { "has".to_owned() } else { label(&key.label) };
    if table.foreign_keys.iter().filter(|other| other.references.table == *target).count() > 1 {
        // Several lines between the same two are told apart by what the rows call each other.
        verb += &format!(", {}", label(&key.columns.last().map_or("", String::as_str).replace('_', " ")));
    }
    if key.target_acts || key.label.is_empty() {
        let (left, right) = (if optional { "|o" } else { "||" }, if one { "o|" } else { "o{" });
        format!("  \"{target}\" {left}--{right} \"{}\" : \"{verb}\"\n", table.name)
    } else {
        let (left, right) = (if one { "|o" } else { "}o" }, if optional { "o|" } else { "||" });
        format!("  \"{}\" {left}--{right} \"{target}\" : \"{verb}\"\n", table.name)
    }
}

/// A column type in the small alphabet that every Mermaid parser takes.
fn kind(sql: &str) -> &str {
    let end = sql.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(sql.len());
    &sql[..end]
}

/// One state diagram for each lifecycle.
pub(crate) fn lifecycles(design: &Design) -> Vec<Diagram> {
    design
        .model
        .lifecycles
        .iter()
        .enumerate()
        .map(|(at, lifecycle)| {
            let mut source = String::from("stateDiagram-v2\n");
            let table = design.database.tables.iter().find(|table| table.entity == lifecycle.entity);
            let timer = |action: &str| table?.timers.iter().find(|timer| timer.action == action);
            let state = |name: &str| lifecycle.states.iter().position(|state| state == name);
            for (n, name) in lifecycle.states.iter().enumerate() {
                source += &format!("  state \"{}\" as s{n}\n", label(&name.replace('_', " ")));
            }
            source += "  [*] --> s0\n";
            for transition in &lifecycle.transitions {
                if let (Some(from), Some(to)) = (state(&transition.from), state(&transition.to)) {
                    let when = timer(&transition.action)
                        .map_or_else(String::new, |timer| format!(", {}", label(&timer.due())));
                    source += &format!("  s{from} --> s{to} : {}{when}\n", label(&transition.action));
                }
            }
            Diagram {
                id: format!("lifecycle-{}", at + 1),
                title: format!("States of {}", lifecycle.entity),
                source,
            }
        })
        .collect()
}

/// The steps of a saga, and for each that can fail what takes back the steps before it.
pub(crate) fn saga(saga: &Saga) -> Diagram {
    let mut source = String::from("sequenceDiagram\n  autonumber\n  participant c as Client\n");
    let mut participants: Vec<&str> = vec![&saga.coordinator];
    for step in &saga.steps {
        if !participants.contains(&step.participant.as_str()) {
            participants.push(&step.participant);
        }
    }
    for (at, name) in participants.iter().enumerate() {
        source += &format!("  participant p{at} as {}\n", label(name));
    }
    let place = |name: &str| participants.iter().position(|known| *known == name).unwrap_or_default();
    source += &format!("  c->>p0: {}\n", label(&saga.operation));
    let mut failures = String::new();
    for (at, step) in saga.steps.iter().enumerate() {
        let to = place(&step.participant);
        let answer = if at == 0 { "  p0-->>c: pending\n" } else { "" };
        source += &format!("  p0->>p{to}: {}\n{answer}", label(&step.action));
        // A step of the coordinator itself is a transaction of its own: it is repeated, and takes nothing back.
        if at == 0 || to == 0 {
            continue;
        }
        failures += &format!("  else {} is refused or has no answer\n", label(&step.action));
        // A step that was not answered may have happened, so its own compensation comes first.
        for (number, done) in saga.steps[..=at].iter().enumerate().rev() {
            if !done.compensation.is_empty() {
                let if_done = if number == at { ", if it was done" } else { "" };
                let back = label(&done.compensation) + if_done;
                failures += &format!("    p0->>p{}: {back}\n", place(&done.participant));
            }
        }
        failures += "    p0-->>c: failed\n";
    }
    source += &format!("  alt all steps are done\n    p0-->>c: confirmed\n{failures}  end\n");
    Diagram { id: saga.id.clone(), title: format!("Saga of {}", label(&saga.operation)), source }
}

/// One sequence diagram for each way to sign in.
pub(crate) fn sign_in(design: &Design) -> Vec<Diagram> {
    design
        .security
        .sign_in
        .iter()
        .map(|way| {
            let clients = if way.clients.is_empty() { "person".to_owned() } else { way.clients.join(", ") };
            let mut source = String::from("sequenceDiagram\n");
            for (id, name) in [
                ("client", clients.as_str()),
                ("app", "Application"),
                ("idp", "Sign-in provider"),
                ("db", "Database"),
            ] {
                if way.steps.iter().any(|step| step.from == id || step.to == id) {
                    source += &format!("  participant {id} as {}\n", label(name));
                }
            }
            for step in &way.steps {
                source += &format!("  {}->>{}: {}\n", step.from, step.to, label(&step.text));
            }
            Diagram { id: format!("sign-in-{}", way.id), title: format!("Sign-in of {clients}"), source }
        })
        .collect()
}

/// The tasks with their order, in working days from the start: relative, since no calendar is known.
pub(crate) fn plan(design: &Design) -> Option<Diagram> {
    let tasks = &design.roadmap.tasks;
    if tasks.is_empty() {
        return None;
    }
    let mut source = String::from("gantt\n  dateFormat X\n  axisFormat %s\n");
    let mut phase = "";
    for task in tasks {
        if task.phase != phase {
            phase = &task.phase;
            source += &format!("  section {}\n", task_label(phase));
        }
        let start =
            if task.after.is_empty() { "0".to_owned() } else { format!("after {}", task.after.join(" ")) };
        // The id in front keeps a title such as "Call" from being read as a keyword.
        source += &format!(
            "  {} {} :{}{}, {start}, {}s\n",
            task.id,
            task_label(&task.title),
            if task.critical { "crit, " } else { "" },
            task.id,
            task.days_p50.ceil().max(1.0)
        );
    }
    Some(Diagram {
        id: "plan".to_owned(),
        title: "Order of work; red is the longest chain, and the axis counts working days with an engineer for each task".to_owned(),
        source,
    })
}

/// The most letters of a label.
const LONGEST_LABEL: usize = 60;

/// Text within a quoted label: letters, digits, blanks and a few harmless marks.
fn label(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '/' | '_' | '+') { c } else { ' ' }
        })
        .collect();
    // Whole words, up to what fits; of one long word, its beginning.
    let mut short = String::new();
    for word in clean.split_whitespace() {
        let longer = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
        if longer.chars().count() > LONGEST_LABEL {
            short.truncate(unbroken(&short).len());
            break;
        }
        short = longer;
    }
    if short.is_empty() {
        short = clean.split_whitespace().next().unwrap_or_default().chars().take(LONGEST_LABEL).collect();
    }
    if short.is_empty() { "unnamed".to_owned() } else { short }
}

/// A text that was cut after some word, cut where a phrase ends: at the last comma of its second half, else before the
/// words that lead to what follows.
fn unbroken(text: &str) -> &str {
    const LEADING: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "that",
        "the", "through", "to", "which", "with",
    ];
    if let Some((phrase, rest)) = text.rsplit_once(", ")
        && phrase.len() > rest.len()
    {
        return phrase;
    }
    let mut text = text;
    while let Some((before, word)) = text.rsplit_once(' ') {
        if !LEADING.contains(&word.to_lowercase().as_str()) {
            break;
        }
        text = before;
    }
    text.trim_end_matches(',')
}

/// A label of a gantt chart, where commas, colons and hashes end a field.
fn task_label(text: &str) -> String {
    label(text).replace([',', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
