//! The numbered rules of the guides, as data.
//!
//! A rule is a heading of level 3 that begins with its id (`### DB-08 Give every table …`), with its parts in a list
//! below it (`- **Why:** …`). The section `Checklist` at the end of a guide has one line for each rule, which names it by a link.

use crate::guide::Guide;
use markdown::Slugger;

/// The heading of the section with one line for each rule.
const CHECKLIST: &str = "Checklist";

/// The names of the parts that an item of a rule's list begins with; other items explain.
const NAMES: [&str; 10] = [
    "Rule:",
    "Why:",
    "When not:",
    "Check:",
    "Source:",
    "Problem:",
    "Solution:",
    "Failure modes:",
    "Related:",
    "Engine:",
];

/// A numbered rule of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `DB-08`; never used for another rule.
    pub id: String,
    /// What the heading says after the id.
    pub title: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// The heading of the section that it stands in.
    pub section: String,
    /// Its parts in their order, as Markdown: name and text.
    pub parts: Vec<(String, String)>,
    /// The line of the checklist, as Markdown.
    pub tick: Option<String>,
}

impl Rule {
    /// A part by its name.
    pub fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(part, _)| part == name).map(|(_, text)| text.as_str())
    }

    /// The letters before the number.
    pub fn series(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }
}

/// The rules of a guide in their order.
pub fn rules(guide: &Guide) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut slugger = Slugger::default();
    let mut section = String::new();
    let mut open = false;
    let mut ticks = Vec::new();
    for line in prose(&guide.source) {
        if let Some((level, heading)) = heading(line) {
            let anchor = slugger.slug(heading);
            open = false;
            if level == 2 {
                heading.clone_into(&mut section);
            } else if level == 3
                && let Some((id, title)) = heading.split_once(' ').filter(|(id, _)| is_id(id))
            {
                open = true;
                rules.push(Rule {
                    id: id.to_owned(),
                    title: title.to_owned(),
                    anchor,
                    section: section.clone(),
                    parts: Vec::new(),
                    tick: None,
                });
            }
        } else if section == CHECKLIST {
            ticks.extend(tick(line));
        } else if open && let Some(rule) = rules.last_mut() {
            if let Some(item) =
                line.strip_prefix("- **").filter(|item| NAMES.iter().any(|name| item.starts_with(name)))
            {
                rule.parts.extend(parts(item));
            } else if let (Some(more), Some((_, text))) = (line.strip_prefix("  "), rule.parts.last_mut()) {
                text.push(' ');
                text.push_str(more.trim());
            }
        }
    }
    for (anchor, text) in ticks {
        if let Some(rule) = rules.iter_mut().find(|rule| rule.anchor == anchor) {
            rule.tick = Some(text.to_owned());
        }
    }
    rules
}

/// The lines outside of fenced blocks.
fn prose(source: &str) -> impl Iterator<Item = &str> {
    let mut fence = None;
    source.lines().filter(move |line| {
        let mark = line.trim_start();
        let opens = mark.starts_with("```") || mark.starts_with("~~~");
        match (fence, opens) {
            (None, true) => fence = mark.get(..3),
            (Some(open), true) if mark.trim_end() == open => {
                fence = None;
                return false;
            }
            _ => {}
        }
        fence.is_none()
    })
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    (level > 0).then_some(()).and(text.strip_prefix(' ')).map(|text| (level, text.trim()))
}

/// Two to four capital letters, a hyphen, two digits or more.
fn is_id(word: &str) -> bool {
    word.split_once('-').is_some_and(|(letters, number)| {
        (2..=4).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && number.len() >= 2
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The parts in one item of the list, without the stars that open the first: `Why:** text. **Source:** text`.
fn parts(item: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for piece in item.split(" **") {
        match piece.split_once(":** ") {
            Some((name, text)) => parts.push((name.to_owned(), text.trim().to_owned())),
            None => {
                if let Some((_, text)) = parts.last_mut() {
                    text.push_str(" **");
                    text.push_str(piece);
                }
            }
        }
    }
    parts
}

/// The anchor and the words of a line of the checklist: `- [ ] [DB-08](#db-08-…) Every table has …`.
fn tick(line: &str) -> Option<(&str, &str)> {
    let (_, target) = line.strip_prefix("- [ ] [")?.split_once("](#")?;
    let (anchor, text) = target.split_once(')')?;
    Some((anchor, text.trim_start_matches(':').trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::CATALOG;

    fn read(source: &str) -> Vec<Rule> {
        let guide = Guide::from_source(CATALOG[0], "guide.md".into(), source.to_owned()).unwrap();
        rules(&guide)
    }

    #[test]
    fn a_rule_has_its_parts_and_its_line_of_the_checklist() {
        let found = read(
            "# G\n\n## Keys\n\n### DB-08 Give a key\n\n- **Rule:** Every **table** has\n  one.\n- **Why:** Order. **Source:** RFC 1, 1999.\n\n\
             - **Not a part:** x\n\n```sql\n### DB-09 no heading\n```\n\n### More\n\n- **Why:** y\n\n## Checklist\n\n\
             - [ ] [DB-08](#db-08-give-a-key) Every table has a key.\n- [ ] [DB-10](#db-10) Unknown.\n",
        );
        let [rule] = &found[..] else { panic!("{found:?}") };
        assert_eq!((rule.id.as_str(), rule.title.as_str(), rule.series()), ("DB-08", "Give a key", "DB"));
        assert_eq!((rule.anchor.as_str(), rule.section.as_str()), ("db-08-give-a-key", "Keys"));
        assert_eq!(rule.part("Rule"), Some("Every **table** has one."));
        assert_eq!(rule.part("Why"), Some("Order."));
        assert_eq!(rule.part("Source"), Some("RFC 1, 1999."));
        assert_eq!(rule.tick.as_deref(), Some("Every table has a key."));
    }

    #[test]
    fn a_heading_without_an_id_is_no_rule() {
        assert_eq!(
            read("# G\n\n## A\n\n### Keys\n\n### DB 8\n\n### D-08 x\n\n### DB-8 x\n\n#### DB-08 x\n"),
            []
        );
    }
}
