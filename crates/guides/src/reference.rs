//! The pages that are made from the guides rather than written: the index of rules, a checklist for each guide, and the
//! glossary. Each is Markdown first, so that it is rendered, linked and checked as a guide is.

use crate::catalog::{CHECKLISTS, GLOSSARY, RULES};
use crate::error::Error;
use crate::glossary;
use crate::guide::Guide;
use crate::rules::{Rule, rules};
use std::path::Path;

/// All such pages; those that nothing is known for are left out.
pub(crate) fn pages(guides: &[Guide], references: &Path) -> Result<Vec<Guide>, Error> {
    let with_rules: Vec<(&Guide, Vec<Rule>)> =
        guides.iter().map(|guide| (guide, rules(guide))).filter(|(_, rules)| !rules.is_empty()).collect();
    let mut pages = Vec::new();
    if !with_rules.is_empty() {
        pages.push(Guide::from_source(RULES, references.join("rules"), index(&with_rules))?);
    }
    for (guide, rules) in &with_rules {
        if let Some((_, entry)) = CHECKLISTS.iter().find(|(name, _)| *name == guide.entry.name) {
            let source = checklist(guide, rules);
            pages.push(Guide::from_source(*entry, references.join(entry.name), source)?);
        }
    }
    if let Some(source) = glossary::page(references)? {
        pages.push(Guide::from_source(GLOSSARY, references.join(glossary::FILE), source)?);
    }
    Ok(pages)
}

/// The part of a rule that says what a generated design does about it.
const ENGINE: &str = "Engine";

fn index(guides: &[(&Guide, Vec<Rule>)]) -> String {
    let count: usize = guides.iter().map(|(_, rules)| rules.len()).sum();
    let followed =
        guides.iter().flat_map(|(_, rules)| rules).filter(|rule| rule.part(ENGINE).is_some()).count();
    let mut page = format!(
        "# Index of rules\n\nThe {count} numbered rules of the guides. A number is never used for another rule. \
         Those {followed} that every generated design follows, or that decide something in it, are marked with ✓.\n"
    );
    for (guide, rules) in guides {
        page += &format!("\n## {}\n", guide.title);
        let mut section = "";
        for rule in rules {
            if rule.section != section {
                section = &rule.section;
                page += &format!("\n### {section}\n\n");
            }
            let mark = if rule.part(ENGINE).is_some() { "\u{a0}✓" } else { "" };
            page +=
                &format!("- [{}]({}.md#{}) {}{mark}\n", rule.id, guide.entry.name, rule.anchor, rule.title);
        }
    }
    page
}

fn checklist(guide: &Guide, rules: &[Rule]) -> String {
    let name = guide.entry.name;
    let mut page = format!(
        "# Checklist: {}\n\nOne line for each of the {} rules of the guide [{}]({name}.md). \
         Tick it, or write down why it does not apply.\n",
        guide.entry.label.to_lowercase().replace("api", "API"),
        rules.len(),
        guide.title
    );
    let mut section = "";
    for rule in rules {
        if rule.section != section {
            section = &rule.section;
            page += &format!("\n## {section}\n\n");
        }
        let tick = rule.tick.as_deref().unwrap_or(&rule.title);
        page += &format!("- [ ] [{}]({name}.md#{}) {tick}\n", rule.id, rule.anchor);
    }
    page
}
