//! Step 6: where the system runs, what is watched and what it costs. Every part follows from a decision; nothing runs
//! that no decision chose.

mod alerts;
mod components;
mod cost;
mod flows;
mod recovery;
mod sites;
mod sizing;

pub use sites::{Site, sites, sites_wanted};
pub(crate) use sizing::value;

use crate::assumed::Assumed;
use crate::model::{Deployment, Environment, Stack};
use crate::naming;
use crate::settled::Settled;
use requirements::{Reason, Requirements, add_reason};

/// Plans where and how a design runs.
pub(crate) fn deployment(settled: &Settled, title: &str, assumed: &mut Assumed) -> Deployment {
    let stack = stack(settled);
    let mut figures = sizing::sizing(settled, &stack, assumed);
    let components = components::components(settled, &figures);
    let flows = flows::flows(settled, &components);
    let recovery = recovery::recovery(settled, assumed);
    figures.extend(recovery::figures(&recovery));
    let objectives = alerts::objectives(settled);
    let alerts = alerts::alerts(settled, &figures, &recovery);
    let (costs, priced) = cost::costs(settled, &components, &figures, assumed);
    figures.extend(priced);
    Deployment {
        name: name(title),
        environments: environments(settled),
        stack,
        components,
        flows,
        figures,
        recovery,
        objectives,
        alerts,
        costs,
    }
}

/// The first word or two of the title as a DNS label, without what only says that it is a document.
fn name(title: &str) -> String {
    let words = naming::ascii_words(title);
    let lead = knowledge::interface("document-words");
    let start = words.iter().position(|word| !lead.contains(&word.as_str())).unwrap_or(0);
    let words: Vec<&str> = words.iter().skip(start).take(2).map(String::as_str).collect();
    let name: String = words.join("-").chars().take(30).collect();
    let name = name.trim_matches('-').trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    match name {
        "" => "app".to_owned(),
        // In YAML these are no texts.
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" => format!("{name}-app"),
        _ => name.to_owned(),
    }
}

/// What the text prescribes, with its framework where it names one, else the first row that it does not rule out.
fn stack(settled: &Settled) -> Stack {
    let requirements = &settled.analysis.requirements;
    let row = |name: &str| knowledge::STACKS.iter().find(|row| row.words.contains(&name));
    let mut named: Vec<_> = requirements
        .constraints
        .iter()
        .filter(|constraint| constraint.kind == "language")
        .filter_map(|constraint| Some((row(&constraint.value)?, constraint)))
        .collect();
    // What a sentence names first is what they know best.
    let place = |constraint: &requirements::Constraint| {
        let text =
            requirements.statement(&constraint.statement).map(|statement| statement.text.to_lowercase());
        text.and_then(|text| text.find(&constraint.value))
    };
    named.sort_by(|(_, a), (_, b)| {
        if a.statement == b.statement { place(a).cmp(&place(b)) } else { std::cmp::Ordering::Equal }
    });
    // "TypeScript in the browser, Go on the server": what people see is written in another.
    let first = named.iter().find(|(_, constraint)| !is_of_clients(requirements, constraint));
    if let Some(&(language, constraint)) = first.or(named.first()) {
        let framework = named
            .iter()
            .find(|(row, _)| row.id.strip_prefix(language.id).is_some_and(|rest| rest.starts_with('-')));
        let (row, constraint) = framework.copied().unwrap_or((language, constraint));
        let mut evidence = Vec::new();
        if let Ok(reason) = Reason::try_from(constraint.statement.clone()) {
            add_reason(&mut evidence, reason);
        }
        return Stack { id: row.id.to_owned(), name: row.name.to_owned(), evidence };
    }
    // With a language go its frameworks.
    let ruled_out = |known: &&knowledge::StackRow| {
        requirements.constraints.iter().filter(|constraint| constraint.kind == "forbidden-language").any(
            |constraint| {
                row(&constraint.value).is_some_and(|forbidden| {
                    let rest = known.id.strip_prefix(forbidden.id);
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            },
        )
    };
    let row = knowledge::STACKS.iter().find(|row| !ruled_out(row)).or(knowledge::STACKS.first());
    Stack {
        id: row.map_or("", |row| row.id).to_owned(),
        name: row.map_or("", |row| row.name).to_owned(),
        evidence: vec![Reason::rule("stack-default")],
    }
}

/// Whether a statement names a language for what runs at those who use the system: in the part of a sentence that names it.
fn is_of_clients(requirements: &Requirements, constraint: &requirements::Constraint) -> bool {
    const CLIENTS: [&str; 6] = ["frontend", "front-end", "front end", "browser", "mobile", "web app"];
    let Some(statement) = requirements.statement(&constraint.statement) else { return false };
    let text = statement.text.to_lowercase().replace(" and ", ",");
    let mut parts = text.split([',', ';', '.', '(', ')']);
    parts.any(|part| part.contains(&constraint.value) && CLIENTS.iter().any(|client| part.contains(client)))
}

/// Which cloud a text prescribes: `aws`, `azure` or `gcp`; empty where it prescribes none.
pub fn cloud(requirements: &Requirements) -> &'static str {
    let clouds = [
        ("aws", &["aws", "amazon web services"][..]),
        ("azure", &["azure"]),
        ("gcp", &["google cloud", "gcp", "cloud run"]),
    ];
    let stated = |names: &[&str]| {
        let constraints = &requirements.constraints;
        constraints
            .iter()
            .any(|constraint| constraint.kind == "platform" && names.contains(&constraint.value.as_str()))
    };
    clouds.into_iter().find(|(_, names)| stated(names)).map_or("", |(id, _)| id)
}

/// Whether the text rules Docker out.
pub fn without_docker(requirements: &Requirements) -> bool {
    requirements
        .constraints
        .iter()
        .any(|constraint| constraint.kind.starts_with("forbidden-") && constraint.value.starts_with("docker"))
}

fn environments(settled: &Settled) -> Vec<Environment> {
    let podman = without_docker(&settled.analysis.requirements);
    let single = settled.chosen("deployment") == "single-vm";
    let masked = if settled.has_class("personal") || settled.has_class("sensitive") {
        "made up by a script; no record of a real person"
    } else {
        "made up by a script"
    };
    let mut all = vec![Environment {
        name: "development".to_owned(),
        runs: format!(
            "deploy/{} on each developer's machine",
            if podman { "development.sh, with Podman" } else { "compose.yaml" }
        ),
        data: masked.to_owned(),
        deployed: if podman { "sh deploy/development.sh" } else { "docker compose up" }.to_owned(),
    }];
    if !single {
        all.push(Environment {
            name: "staging".to_owned(),
            runs: match settled.chosen("deployment") {
                "on-premises" => "the same files as production, on machines of its own",
                _ if settled.facts.number("instances.needed") > 1.0 => "the same files as production with one instance of each part; as many as there, and its database, while deploy/load-test.js runs",
                _ => "the same files as production with one instance of each part",
            }
            .to_owned(),
            data: masked.to_owned(),
            deployed: "every merge, after the checks of ci.yml".to_owned(),
        });
    }
    all.push(Environment {
        name: "production".to_owned(),
        runs: match sites::running(&settled.analysis.requirements).as_slice() {
            [] => "the files of deploy/".to_owned(),
            several => {
                let places: Vec<&str> = several.iter().map(|site| site.row.place).collect();
                format!("the files of deploy/, in {}", places.join(" and "))
            }
        },
        data: "real".to_owned(),
        deployed: match (settled.chosen("delivery"), settled.chosen("deployment")) {
            (_, "single-vm") => "a merge, after the checks of ci.yml and a backup",
            // No more than the pipeline of the target does.
            ("canary", "kubernetes") => "the image that passed staging, after somebody approves it: one new instance among the old ones for ten minutes, and the rest where the errors stay few",
            ("canary", "managed-containers") => "the image that passed staging, after somebody approves it: a growing share of the traffic in four steps of ten minutes, and back where the errors do not stay few",
            _ => "the image that passed staging, after somebody approves it",
        }
        .to_owned(),
    });
    all
}
