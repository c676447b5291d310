//! What a text prescribes or forbids for the solution: technologies, platforms, regulations.

use crate::marks::{self, FoundMark};
use crate::model::Constraint;
use crate::sentence::Sentence;
use knowledge::Order as _;
use knowledge::{Mark, Marker, TECHNOLOGIES};

/// The constraints of one statement, given in lower case with its marks.
pub(crate) fn constraints(
    statement: &str,
    lower: &str,
    marks: &[FoundMark],
    excluded: bool,
) -> Vec<Constraint> {
    let mut rows: Vec<u16> = marks.iter().filter_map(|mark| named(lower, marks, mark)).collect();
    rows.order();
    rows.dedup();
    let existing = !rows.is_empty() && marks::says(marks, Marker::Present);
    let mut found: Vec<Constraint> = Vec::new();
    for row in rows {
        let known = &TECHNOLOGIES[usize::from(row)];
        let here = || marks.iter().filter(|mark| named(lower, marks, mark) == Some(row));
        // A technology is one by whichever name, a place is not: "in Frankfurt and Dublin".
        let names = known.names.iter().filter(|name| here().any(|mark| mark.phrase == **name));
        let most = if known.kind == "region" { known.names.len() } else { 1 };
        for name in names.take(most) {
            let denied = here().any(|mark| {
                mark.phrase == *name && (forbids(lower, marks, mark) || is_forbidden(lower, marks, mark))
            });
            let kind = match (excluded || denied, existing) {
                (true, _) => format!("forbidden-{}", known.kind),
                (false, true) => format!("existing-{}", known.kind),
                (false, false) => known.kind.to_owned(),
            };
            let value = (*name).to_owned();
            if !found.iter().any(|known| known.kind == kind && known.value == value) {
                found.push(Constraint { kind, value, statement: statement.to_owned() });
            }
        }
    }
    found
}

/// The row of the technology that a mark names, if it names one: "rest" as a word of its own is English more often
/// than a style, an oracle may be one of Delphi, a place is a constraint where something is to be kept in it or a platform
/// stands before it, and the cloud where something is or is not to be in it.
pub(crate) fn named(lower: &str, marks: &[FoundMark], mark: &FoundMark) -> Option<u16> {
    let Mark::Names(row) = mark.mark else { return None };
    let before = &lower[..mark.at];
    let prescribes = match mark.phrase {
        "rest" => lower[mark.at + mark.phrase.len()..].starts_with(" api"),
        // Where its users are is not yet where it stands.
        "european" => [" host", " server", " data cent", " cloud", " region", " soil"]
            .iter()
            .any(|place| lower[mark.at + mark.phrase.len()..].starts_with(place)),
        "oracle" => !lower.contains("oracle of"),
        // Words of English, and a language of browsers that a page may do without.
        "go" | "rails" | "javascript" | "rust" | "ruby" | "flask" => {
            let after = &lower[mark.at + mark.phrase.len()..];
            is_what_they_know(before, after, marks)
                || ["language", "framework", "stack", "backend"].iter().any(|word| lower.contains(word))
        }
        "cloud" => {
            forbids(lower, marks, mark)
                || ["in the ", "to the ", "into the ", "from the "]
                    .iter()
                    .any(|in_it| before.ends_with(in_it))
        }
        // The "GDPR" of "UK GDPR" is no law of its own.
        _ if is_a(row, "regulation") => !marks.iter().any(|other| {
            let ends = |mark: &FoundMark| mark.at + mark.phrase.len();
            matches!(other.mark, Mark::Names(_))
                && other.phrase.len() > mark.phrase.len()
                && other.at <= mark.at
                && ends(mark) <= ends(other)
        }),
        _ if is_a(row, "region") => {
            // The "eu" of "eu-west-1" is no union.
            let part = |other: &FoundMark| other.at == mark.at && other.phrase.len() > mark.phrase.len();
            (marks::says(marks, Marker::Keeps) || follows_a_cloud(before, marks)) && !marks.iter().any(part)
        }
        _ => true,
    };
    prescribes.then_some(row)
}

/// Whether a thing is nothing but a technology that the sentence names: "we know PostgreSQL" keeps no record of it.
pub(crate) fn is_named(sentence: &Sentence, thing: &str) -> bool {
    sentence.marks.iter().any(|mark| {
        matches!(mark.mark, Mark::Names(_))
            && mark.phrase.eq_ignore_ascii_case(thing)
            && named(&sentence.lower, &sentence.marks, mark).is_some()
    })
}

/// Whether a name that is a word as well is meant as what those who build the system know or write: "developers who know Go",
/// "written in Go", "Go and PostgreSQL", "Rails developers".
fn is_what_they_know(before: &str, after: &str, marks: &[FoundMark]) -> bool {
    const LEADING: &[&str] = &[
        "know", "knows", "use", "uses", "using", "speak", "speaks", "write", "mostly", "mainly", "like",
        "prefer", "want",
    ];
    const WRITTEN: &[&str] =
        &["written in", "built in", "built with", "implemented in", "experience in", "fluent in"];
    const BUILDERS: &[&str] =
        &["developer", "programmer", "engineer", "team", "backend", "service", "code", "shop"];
    let (before, after) = (before.trim_end(), after.trim_start());
    if ["on the server", "on the backend", "in the backend"].iter().any(|place| after.starts_with(place)) {
        return true;
    }
    let moves = ["live", "to ", "into ", "through ", "on ", "back", "home", "offline", "online", "for "];
    if moves.iter().any(|next| after.starts_with(next)) {
        return false;
    }
    let last = before.rsplit(' ').next().unwrap_or_default();
    let named = |text: &str| {
        let is = |mark: &&FoundMark| matches!(mark.mark, Mark::Names(_)) && text.ends_with(mark.phrase);
        marks.iter().any(|mark| is(&mark))
    };
    let joined = ["and", "or", ",", "/"]
        .iter()
        .any(|link| before.strip_suffix(link).is_some_and(|one| named(one.trim_end())));
    // "Go, PostgreSQL" and "developers (Go)" name nothing else.
    let beside = ["and ", "or ", ", ", "/ "].iter().filter_map(|link| after.strip_prefix(link)).any(|rest| {
        marks.iter().any(|mark| matches!(mark.mark, Mark::Names(_)) && rest.starts_with(mark.phrase))
    });
    LEADING.contains(&last)
        || WRITTEN.iter().any(|words| before.ends_with(words))
        || BUILDERS.iter().any(|word| after.starts_with(word))
        || joined
        || beside
        || last.starts_with('(') && BUILDERS.iter().any(|word| before.contains(word))
        || before.strip_suffix([',', ':']).is_some_and(|said| BUILDERS.iter().any(|word| said.contains(word)))
}

/// Whether the row of a name is of a kind.
fn is_a(row: u16, kind: &str) -> bool {
    TECHNOLOGIES.get(usize::from(row)).is_some_and(|row| row.kind == kind)
}

/// Whether the words before a place end in a platform: "AWS Mumbai", "on Google Cloud in Finland".
fn follows_a_cloud(before: &str, marks: &[FoundMark]) -> bool {
    let before = before.trim_end();
    let before = before.strip_suffix(" in").unwrap_or(before);
    marks.iter().any(|mark| {
        matches!(mark.mark, Mark::Names(row) if is_a(row, "platform")) && before.ends_with(mark.phrase)
    })
}

/// Whether the words before a name forbid it: "no Redis", "without Kafka", "must not use MongoDB", "doesn't want to hear
/// about Kubernetes".
fn forbids(lower: &str, marks: &[FoundMark], mark: &FoundMark) -> bool {
    const UNWANTED: &[&str] = &["n't want ", "n’t want ", "not want ", "never want "];
    let before = &lower[..mark.at];
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    // "We don't want users to wait for Redis" wants it to be fast.
    let unwanted = || {
        UNWANTED.iter().filter_map(|words| clause.rsplit_once(words)).any(|(_, between)| {
            let mut words = between.split_whitespace();
            words.next().is_none_or(|first| matches!(first, "to" | "any" | "a" | "an" | "another"))
                && words.count() < 4
        })
    };
    let end = before.trim_end().len();
    let mut denied = of(marks, Marker::Denies);
    denied.any(|denies| denies.at + denies.phrase.len() == end)
        || clause.contains("want ") && unwanted()
        || nobody_can(clause, before.len() - clause.len(), marks)
}

/// The marks of one sort.
fn of(marks: &[FoundMark], marker: Marker) -> impl Iterator<Item = &FoundMark> {
    marks.iter().filter(move |found| found.mark == Mark::Says(marker))
}

/// "There's nobody to operate Kubernetes", "none of us knows Java", "we have no experience with Kafka": who cannot run or write
/// it cannot use it. The clause ends before the name, and starts at this place of the sentence.
fn nobody_can(clause: &str, start: usize, marks: &[FoundMark]) -> bool {
    /// How many words may stand between: "nobody in the office who could run".
    const BETWEEN: usize = 8;
    let inside = |mark: &&FoundMark| (start..start + clause.len()).contains(&mark.at);
    let Some(lacks) = of(marks, Marker::Lacks).filter(inside).last() else { return false };
    let said = &clause[lacks.at - start..];
    let words = said.split_whitespace().count();
    // The word of what is lacking, such as the experience, may be within the mark.
    let able = of(marks, Marker::Masters).filter(inside).find(|able| able.at >= lacks.at);
    let behind = |able: &FoundMark| clause[able.at - start..].split_whitespace().count();
    words <= BETWEEN && able.is_some_and(|able| behind(able) <= 3)
        || lacks.phrase.starts_with("lack") && words <= 2
}

/// Whether the words after a name forbid it: "Kafka is not allowed", "Oracle is out of the question".
fn is_forbidden(lower: &str, marks: &[FoundMark], mark: &FoundMark) -> bool {
    let after = lower[mark.at + mark.phrase.len()..].trim_start();
    let after = ["is ", "are "].iter().find_map(|be| after.strip_prefix(be)).unwrap_or(after);
    let start = lower.len() - after.len();
    of(marks, Marker::Denied).any(|denied| denied.at == start)
}
