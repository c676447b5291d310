//! Lists of attributes: "a customer has a name, an address and a phone number", "Course: title, credits".

use crate::clauses::Clause;
use crate::names;
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::Tag;

/// Things listed as belonging to something.
#[derive(Debug, Clone)]
pub(crate) struct OwnedList {
    /// The name of what they belong to; empty where it is "it" or "they".
    pub(crate) owner: String,
    pub(crate) items: Vec<Item>,
}

/// One of the listed things.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) name: String,
    /// The phrase that names it.
    pub(crate) phrase: usize,
    pub(crate) count: Count,
    pub(crate) unique: bool,
}

/// Verbs that tell what something has or what is recorded of it.
const HAS: &[&str] = &[
    "have",
    "contain",
    "include",
    "record",
    "store",
    "keep",
    "track",
    "capture",
    "hold",
    "consist",
    "comprise",
    "need",
    "require",
    "save",
    "specify",
    "register",
    "identify",
    "characterise",
    "characterize",
    "describe",
    "define",
    "carry",
    "list",
    "show",
    "possess",
    "provide",
    "enter",
    "collect",
    "manage",
    "maintain",
    "assign",
    "know",
    "display",
    "involve",
    "use",
    "fill",
    "log",
    "be",
    "cover",
    "note",
    "give",
    "set",
    "feature",
    "belong",
];

/// The lists of a sentence.
pub(crate) fn lists(sentence: &Sentence) -> Vec<OwnedList> {
    let mut found = Vec::new();
    let mut phrase = 0;
    while phrase < sentence.phrases.len() {
        let members = run(sentence, phrase);
        let next = members
            .last()
            .map_or(phrase + 1, |last| last + 1 + usize::from(sentence.of_phrase(*last).is_some()));
        if let Some(owner) = owner(sentence, &members) {
            let items: Vec<Item> = members
                .iter()
                .filter(|member| **member != owner.phrase)
                .map(|member| item(sentence, *member))
                .filter(|item| item.name != owner.name)
                .collect();
            if !items.is_empty() {
                found.push(OwnedList { owner: owner.name, items });
            }
        }
        phrase = next.max(phrase + 1);
    }
    found
}

/// The phrases that a list starting at a phrase goes on with: separated by commas and conjunctions only.
fn run(sentence: &Sentence, first: usize) -> Vec<usize> {
    let mut members = vec![first];
    loop {
        let Some(&last) = members.last() else { return members };
        let end_phrase = sentence.of_phrase(last).unwrap_or(last);
        let Some(next) = sentence.phrases.get(end_phrase + 1) else { return members };
        let gap = &sentence.words[sentence.phrases[end_phrase].words.end..next.words.start];
        let separates = gap.iter().any(|word| {
            matches!(word.tag, Tag::Comma | Tag::Conjunction) || word.is(";") || word.is("/") || word.is("|")
        });
        let nothing_else = gap.iter().all(|word| {
            matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Adjective)
                || matches!(
                    word.lower.as_str(),
                    ";" | "/"
                        | "|"
                        | "\""
                        | "“"
                        | "”"
                        | "`"
                        | "*"
                        | "etc"
                        | "also"
                        | "optionally"
                        | "well"
                        | "as"
                )
        });
        if !(separates && nothing_else) {
            return members;
        }
        members.push(end_phrase + 1);
    }
}

fn item(sentence: &Sentence, phrase: usize) -> Item {
    let words = &sentence.words[sentence.phrases[phrase].words.clone()];
    let unique = words.iter().any(|word| word.is("unique"));
    Item {
        name: names::attribute_name(sentence, phrase),
        phrase,
        count: sentence.phrases[phrase].count,
        unique,
    }
}

/// What a list belongs to.
struct Owner {
    name: String,
    /// The phrase that names it, which may be a member of the run; `usize::MAX` where it is a pronoun.
    phrase: usize,
}

fn owner(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let (&first, &last) = (members.first()?, members.last()?);
    let named = |phrase: usize| names::thing(sentence, phrase).map(|name| Owner { name, phrase });
    // "the customer's name and age"
    if let Some(owner) = sentence.phrases[first].owner {
        return named(owner);
    }
    let start = sentence.phrases[first].words.start;
    let before = start.checked_sub(1).map(|at| &sentence.words[at]);
    let attribute_like = members
        .iter()
        .filter(|member| names::attribute_strength(&names::attribute_name(sentence, **member)) > 0)
        .count();
    // "a room with a number and a price", "employee information (name, age)", "Course: title, credits"
    if let Some(before) = before
        && matches!(
            before.lower.as_str(),
            "with" | "including" | "includes" | ":" | "(" | "as" | "like" | "-" | "–" | "include"
        )
        && attribute_like > 0
        && let Some(anchor) = (0..first).rev().find(|phrase| sentence.phrases[*phrase].words.end < start)
    {
        let gap = &sentence.words[sentence.phrases[anchor].words.end..start];
        if gap.len() <= 4
            && let Some(owner) = anchor_owner(sentence, anchor)
        {
            return Some(owner);
        }
    }
    // "the name, age and gender of each employee"
    let end_phrase = sentence.of_phrase(last);
    if let Some(of) = end_phrase
        && attribute_like > 0
        && members.len() > 1
        && let Some(owner) = named(of)
    {
        return Some(owner);
    }
    let clause = sentence.clauses.iter().rev().find(|clause| {
        clause.verb < start
            && (clause.objects.contains(&first) || clause.obliques.iter().any(|(_, phrase)| *phrase == first))
    })?;
    by_clause(sentence, clause, members, attribute_like)
}

/// The thing that a phrase before "including" or a colon speaks of; "details for the tools" speaks of a tool.
fn anchor_owner(sentence: &Sentence, anchor: usize) -> Option<Owner> {
    let named = |phrase: usize| names::thing(sentence, phrase).map(|name| Owner { name, phrase });
    if let Some(owner) =
        named(anchor).filter(|owner| names::attribute_strength(&owner.name) < 2 || anchor == 0)
    {
        return Some(owner);
    }
    let outer = anchor.checked_sub(1)?;
    if let Some(owner) = sentence.phrases[anchor].owner {
        return named(owner);
    }
    let linked = sentence.of_phrase(outer) == Some(anchor)
        || sentence.phrases[anchor].words.start == sentence.phrases[outer].words.end + 1;
    if linked { named(outer).filter(|owner| names::attribute_strength(&owner.name) < 2) } else { None }
}

fn by_clause(
    sentence: &Sentence,
    clause: &Clause,
    members: &[usize],
    attribute_like: usize,
) -> Option<Owner> {
    let verb = sentence.words[clause.verb].lemma.as_str();
    if !HAS.contains(&verb) && verb != "has" && verb != "had" && verb != "having" {
        return None;
    }
    if verb == "be" || matches!(sentence.words[clause.verb].lower.as_str(), "is" | "are" | "was" | "were") {
        return None;
    }
    let named = |phrase: usize| names::thing(sentence, phrase).map(|name| Owner { name, phrase });
    if clause.passive {
        // "a table is identified by a number": only what stands after by, with or as belongs to it.
        let object = clause.objects.last().copied()?;
        return named(object).filter(|_| attribute_like > 0 && !members.contains(&object));
    }
    let subject = sentence.subject_phrase(clause);
    match subject {
        Some(subject) => {
            named(subject).filter(|owner| !names::is_system(&owner.name) && !organisation(&owner.name))
        }
        None => {
            let pronoun = matches!(clause.subject, crate::clauses::Subject::Pronoun(at) if matches!(sentence.words[at].lower.as_str(), "it" | "they" | "he" | "she" | "which"));
            (pronoun && attribute_like > 0).then(|| Owner { name: String::new(), phrase: usize::MAX })
        }
    }
}

/// Names of the organisation that runs the system, which records things of others rather than of itself.
fn organisation(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    matches!(
        last,
        "company" | "business" | "organization" | "organisation" | "enterprise" | "firm" | "institution"
    )
}
