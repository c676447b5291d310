//! The check that no link of a guide leads nowhere.

use crate::error::{DeadLink, Error};
use crate::examples::Example;
use crate::guide::Guide;
use crate::places::example;
use std::collections::{BTreeMap, BTreeSet};

/// Fails with all dead links between and within the guides, and to examples of the designer.
pub(crate) fn check(guides: &[Guide], reference: &[Guide], examples: &[Example]) -> Result<(), Error> {
    // A guide links to guides only, so that its links work where its file is read as well. A page that is made from them
    // may link to any.
    let anchors: BTreeMap<String, BTreeSet<&str>> = guides
        .iter()
        .map(|guide| {
            let ids = guide.headings.iter().map(|heading| heading.id.as_str()).collect();
            (format!("{}.md", guide.entry.name), ids)
        })
        .collect();
    let mut dead = Vec::new();
    for guide in guides.iter().chain(reference) {
        let own_file = format!("{}.md", guide.entry.name);
        for link in &guide.links {
            if let Some(why) = fault(link, &own_file, &anchors, examples) {
                let line = line_of(&guide.source, link);
                dead.push(DeadLink { file: guide.path.clone(), line, link: link.clone(), why });
            }
        }
    }
    if dead.is_empty() { Ok(()) } else { Err(Error::DeadLinks(dead)) }
}

/// What is wrong with a link.
fn fault(
    link: &str,
    own_file: &str,
    anchors: &BTreeMap<String, BTreeSet<&str>>,
    examples: &[Example],
) -> Option<String> {
    // Whether another site is there is not ours to promise, nor to ask while building.
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    if let Some(name) = example(link) {
        let known = examples.iter().any(|example| example.name == name);
        return (!known).then(|| "the designer has no example of this name".to_owned());
    }
    let (file, fragment) = link.split_once('#').map_or((link, None), |(file, id)| (file, Some(id)));
    let file = if file.is_empty() { own_file } else { file };
    let Some(ids) = anchors.get(file) else {
        let files: Vec<_> = anchors.keys().map(String::as_str).collect();
        return Some(format!("there is no such guide; the guides are {}", files.join(", ")));
    };
    let id = fragment.filter(|id| !ids.contains(id))?;
    let near = nearest(id, ids).map_or(String::new(), |near| format!("; the nearest is #{near}"));
    Some(format!("{file} has no heading with this anchor{near}"))
}

/// The anchor that shares most of its words with the one that is missing.
fn nearest<'a>(id: &str, ids: &BTreeSet<&'a str>) -> Option<&'a str> {
    let wanted: BTreeSet<&str> = id.split('-').collect();
    let shared = |candidate: &str| candidate.split('-').filter(|word| wanted.contains(word)).count();
    ids.iter().copied().filter(|candidate| shared(candidate) > 0).max_by_key(|candidate| shared(candidate))
}

fn line_of(source: &str, link: &str) -> usize {
    source.find(&format!("({link}")).map_or(0, |at| source[..at].matches('\n').count() + 1)
}
