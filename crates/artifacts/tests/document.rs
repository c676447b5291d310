//! What the document keeps for every text: its length, its links, and that each row is told once.

#[allow(dead_code, reason = "what is expected of the texts is read by other tests")]
mod support;

use artifacts::document;
use std::collections::BTreeSet;
use support::{briefs, design_of};

/// What a reader can take in of a section without unfolding anything: two screens of fifty lines, headings included.
const TWO_SCREENS: usize = 100;

/// The lines of what stands outside of folded parts, as a page that is 120 characters wide shows them.
fn shown(section: &str) -> usize {
    let (mut folds, mut code, mut lines) = (0_usize, false, 0);
    for line in section.lines().filter(|line| !line.is_empty()) {
        match line {
            "<details>" => folds += 1,
            "</details>" => folds -= 1,
            _ if line.starts_with("```") => {
                // A diagram is as high as it is drawn, whatever the length of its source.
                lines += usize::from(!code && folds == 0) * 16;
                code = !code;
            }
            _ if code || folds > 0 && !line.starts_with("<summary>") => {}
            _ if line.starts_with('|') => {
                let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
                let width = 120 / cells.len();
                lines += cells.iter().map(|cell| cell.len().div_ceil(width)).max().unwrap_or(1);
            }
            _ if line.starts_with('#') => lines += 2,
            _ => lines += line.len().div_ceil(120) + 1,
        }
    }
    assert_eq!(folds, 0, "a folded part is left open");
    lines
}

#[test]
fn each_section_shows_at_most_two_screens() {
    let mut longest = 0;
    for brief in briefs() {
        for section in document(&design_of(&brief.text)).split("\n## ").skip(1) {
            let lines = shown(section);
            longest = longest.max(lines);
            let title = section.lines().next().unwrap_or_default();
            assert!(lines <= TWO_SCREENS, "{}: {title} shows {lines} lines", brief.name);
        }
    }
    println!("longest: {longest} lines");
}

#[test]
fn every_link_leads_to_a_place_that_stands_there_once() {
    for brief in briefs() {
        let document = document(&design_of(&brief.text));
        let targets = |start: &str, end: &str| -> Vec<String> {
            document
                .split(start)
                .skip(1)
                .map(|rest| rest.split(end).next().unwrap_or_default().to_owned())
                .collect()
        };
        let places = targets("<a id=\"", "\"");
        let known: BTreeSet<&String> = places.iter().collect();
        assert_eq!(known.len(), places.len(), "{}: a place stands twice", brief.name);
        let dangling: BTreeSet<String> =
            targets("](#", ")").into_iter().filter(|link| !known.contains(link)).collect();
        assert!(dangling.is_empty(), "{}: nothing stands at {dangling:?}", brief.name);
    }
}

#[test]
fn a_figure_leads_to_the_sentence_or_assumption_that_it_rests_on() {
    for brief in briefs() {
        let design = design_of(&brief.text);
        let document = document(&design);
        for figure in &design.capacity {
            let mut rows = document.lines().filter(|line| line.starts_with(&format!("| {} |", figure.label)));
            let linked = rows.any(|row| row.contains("](#") || row.contains("`rule:"));
            assert!(linked, "{}: {} leads nowhere", brief.name, figure.id);
        }
    }
}

#[test]
fn times_nest_along_each_call_chain() {
    for brief in briefs().iter().step_by(3) {
        let design = design_of(&brief.text);
        let document = document(&design);
        let figure = |id: &str| {
            design.deployment.figures.iter().find(|figure| figure.id == id).map(|found| found.value)
        };
        let Some(edge) = figure("timeout.edge") else { continue };
        let inner =
            ["timeout.request", "timeout.call", "timeout.statement"].map(|id| figure(id).unwrap_or(f64::MAX));
        assert!(figure("timeout.client").is_some_and(|client| client > edge), "{}", brief.name);
        assert!(edge > inner[0] && inner[0] > inner[1] && inner[1] > inner[2], "{}", brief.name);
        let turn = figure("timeout.pool").unwrap_or(0.0);
        // Figures are rounded to four digits.
        assert!(turn + inner[2] < inner[1] * 1.001, "{}", brief.name);
        assert!(document.contains("| Client → Edge → Application → Database |"), "{}", brief.name);
    }
}

#[test]
fn each_read_path_is_cached_or_says_why_not() {
    let mut seen = BTreeSet::new();
    for brief in briefs() {
        let design = design_of(&brief.text);
        let Some(cache) = design.decisions.iter().find(|decision| decision.slot == "cache") else { continue };
        let document = document(&design);
        seen.insert(cache.chosen.clone());
        if cache.chosen == "none" {
            assert!(document.contains("No cache on any read path, because "), "{}", brief.name);
            continue;
        }
        for operation in design.api.operations.iter().filter(|operation| operation.method == "GET") {
            let path = format!("| `GET {}` | ", operation.path);
            assert!(document.contains(&path), "{}: {path}", brief.name);
        }
    }
    assert!(seen.len() > 1, "only {seen:?} were decided");
}

#[test]
fn acceptance_and_traceability_cover_the_design() {
    for brief in briefs().iter().step_by(5) {
        let design = design_of(&brief.text);
        let files = artifacts::files(&design);
        let file = |path: &str| {
            files.iter().find(|file| file.path == path).map_or("", |file| file.contents.as_str())
        };
        let (forth, back) = (file("traceability.csv"), file("traceability-elements.csv"));
        for statement in &design.requirements.statements {
            assert!(forth.contains(&format!("\n{},", statement.id)), "{}: {}", brief.name, statement.id);
        }
        for task in &design.roadmap.tasks {
            assert!(back.contains(&format!("\ntask,{},", task.id)), "{}: {}", brief.name, task.id);
        }
        let scenarios = files.iter().filter(|file| file.path.starts_with("acceptance/")).count();
        assert!(
            scenarios > 0 || design.security.authorization.is_empty(),
            "{}: nothing is accepted",
            brief.name
        );
    }
}
