//! Lists of attributes: "a customer has a name, an address and a phone number", "Course: title, credits".

use crate::clauses::Clause;
use crate::names;
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};

/// Things listed as belonging to something.
#[derive(Debug, Clone)]
pub(crate) struct OwnedList {
    /// The name of what they belong to; empty where it is "it" or "they".
    pub(crate) owner: String,
    /// The noun that stands for it, where that says no more than "it": "the records include …".
    pub(crate) head: Option<String>,
    /// What the owner itself belongs to: the tool of a tool's usage.
    pub(crate) of: Option<String>,
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

/// Those of them that say of a person what is recorded of them; the others say what the person works with.
const POSSESSES: &[&str] = &[
    "have",
    "has",
    "had",
    "having",
    "include",
    "contain",
    "consist",
    "comprise",
    "possess",
    "hold",
    "carry",
    "provide",
    "identify",
    "describe",
    "define",
    "characterise",
    "characterize",
    "enter",
    "give",
    "need",
    "fill",
    "be",
    "register",
];

/// Verbs for keeping records, whose subject is whoever keeps them.
const RECORDS: &[&str] = &[
    "record", "store", "log", "save", "register", "keep", "track", "capture", "document", "include", "enter",
    "collect", "maintain", "note", "require", "need", "list", "specify", "contain",
];

/// The lists of a sentence.
pub(crate) fn lists(sentence: &Sentence) -> Vec<OwnedList> {
    let mut found = Vec::new();
    let mut seen = vec![false; sentence.phrases.len()];
    for phrase in 0..sentence.phrases.len() {
        if seen[phrase] {
            continue;
        }
        let members = run(sentence, phrase);
        for member in &members {
            seen[*member] = true;
            if let Some(rest) = sentence.rest_of_name(*member) {
                seen[rest] = true;
            }
        }
        if !gives_examples(sentence, &members)
            && let Some(owner) = owner(sentence, &members)
        {
            let items: Vec<Item> = members
                .iter()
                .filter(|member| !owner.phrases.contains(member) && !measures(sentence, **member))
                .map(|member| item(sentence, *member))
                .filter(|item| {
                    item.name != owner.name
                        && !(knowledge::holds(knowledge::EMPTY_HEADS, &item.name) && item.name != "class"
                            || matches!(
                                item.name.as_str(),
                                "etc" | "column" | "field" | "attribute" | "property"
                            ))
                })
                .collect();
            if !items.is_empty() {
                let name = line_item(sentence, &owner, &items).unwrap_or(owner.name);
                found.push(OwnedList { owner: name, head: owner.head, of: owner.of, items });
            }
        }
    }
    found
}

/// The list with which a unit starts, where it is one: "name, volume, maximum temperature".
pub(crate) fn leading(sentence: &Sentence) -> Vec<Item> {
    let starts = sentence.phrases.first().is_some_and(|phrase| phrase.words.start == 0);
    let verb = sentence.clauses.first().map_or(usize::MAX, |clause| clause.verb);
    if !starts {
        return Vec::new();
    }
    let members = run(sentence, 0);
    // "piece belongs to a member": what goes on with a verb is a sentence and no list.
    let end = members.last().map_or(0, |last| sentence.phrases[*last].words.end);
    if verb <= end {
        return Vec::new();
    }
    members
        .into_iter()
        .filter(|member| !measures(sentence, *member))
        .map(|member| item(sentence, member))
        .collect()
}

/// Phrases that are only examples of something: "goods such as phones and computers".
pub(crate) fn examples(sentence: &Sentence) -> Vec<usize> {
    let mut found = Vec::new();
    let mut phrase = 0;
    while phrase < sentence.phrases.len() {
        let members = run(sentence, phrase);
        let next = members.last().map_or(phrase, |last| *last) + 1;
        if gives_examples(sentence, &members) {
            found.extend(members);
        }
        phrase = next;
    }
    found
}

/// Whether a run stands after "such as" or "e.g." without being a list of attributes.
fn gives_examples(sentence: &Sentence, members: &[usize]) -> bool {
    let Some(start) = members.first().map(|first| sentence.phrases[*first].words.start) else { return false };
    let before = |back: usize| start.checked_sub(back).map_or("", |at| sentence.words[at].lower.as_str());
    let marked = before(1) == "as" && before(2) == "such"
        || matches!(before(1), "e.g" | "eg" | "like")
        || before(1) == "." && matches!(before(2), "g" | "e.g");
    let quoted = matches!(before(1), "\"" | "“" | "'");
    (marked || quoted) && attributes_in(sentence, members) == 0
}

/// The phrases that a list starting at a phrase goes on with: separated by commas and conjunctions only. What stands in
/// brackets after an item explains it.
fn run(sentence: &Sentence, first: usize) -> Vec<usize> {
    let mut members = vec![first];
    while let Some(&last) = members.last() {
        let end_phrase = sentence.rest_of_name(last).unwrap_or(last);
        let end = after_brackets(sentence, sentence.phrases[end_phrase].words.end);
        let Some(next) =
            (end_phrase + 1..sentence.phrases.len()).find(|next| sentence.phrases[*next].words.start >= end)
        else {
            break;
        };
        let gap = &sentence.words[end..sentence.phrases[next].words.start];
        // "with an id, including the colour" goes on; "its information, including the colour" says what that is.
        let opens = gap.iter().any(|word| word.is("including"))
            && (names::attribute_strength(&sentence.name(last)) == 0 || is_empty_head(sentence, last));
        if opens || !separates(gap) {
            break;
        }
        members.push(next);
    }
    members
}

fn is_empty_head(sentence: &Sentence, phrase: usize) -> bool {
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    knowledge::holds(knowledge::EMPTY_HEADS, &head.lemma)
}

/// The word after the brackets that open at a word, or that word itself.
fn after_brackets(sentence: &Sentence, open: usize) -> usize {
    const LONGEST: usize = 30;
    if !sentence.words.get(open).is_some_and(|word| word.is("(")) {
        return open;
    }
    let inside = sentence.words[open..].iter().take(LONGEST);
    inside.take_while(|word| !word.is(")")).count() + open + 1
}

/// Whether the words between two phrases only separate the items of a list.
fn separates(gap: &[Word]) -> bool {
    let separator = |word: &Word| {
        matches!(word.tag, Tag::Comma | Tag::Conjunction) || word.is(";") || word.is("/") || word.is("|")
    };
    let nothing_else = |word: &Word| {
        // "the product sold, the quantity": a participle narrows the item before it.
        matches!(
            word.tag,
            Tag::Comma | Tag::Conjunction | Tag::Adjective | Tag::Verb(crate::lemma::Form::Past)
        ) || matches!(
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
                | "including"
                | "plus"
        )
    };
    gap.iter().any(separator) && gap.iter().all(nothing_else)
}

/// "ten years", "500 characters": an amount is no attribute.
fn measures(sentence: &Sentence, phrase: usize) -> bool {
    let phrase = &sentence.phrases[phrase];
    sentence.words[phrase.words.start..phrase.name.start].iter().any(|word| {
        word.tag == Tag::Number
            && !matches!(word.lower.as_str(), "one" | "many" | "several" | "multiple" | "few" | "various")
    })
}

fn item(sentence: &Sentence, phrase: usize) -> Item {
    let words = &sentence.words[sentence.phrases[phrase].words.clone()];
    let unique = words.iter().any(|word| word.is("unique"));
    // "staff" or "alumni" in a list may well be one of them.
    let bare = sentence.phrases[phrase].name.start == sentence.phrases[phrase].words.start;
    let count = match sentence.phrases[phrase].count {
        Count::Many if bare && words.last().is_some_and(|head| !head.lower.ends_with('s')) => Count::Open,
        count => count,
    };
    Item {
        name: shared_head(sentence, phrase).unwrap_or_else(|| names::attribute_name(sentence, phrase)),
        phrase,
        count,
        unique,
    }
}

/// "start and end time": the first of two opposites shares the last word of the second.
fn shared_head(sentence: &Sentence, phrase: usize) -> Option<String> {
    let this = &sentence.phrases[phrase];
    let next = sentence.phrases.get(phrase + 1)?;
    let word = |at: usize| sentence.words[at].lower.as_str();
    let joined =
        next.words.start == this.words.end + 1 && sentence.words[this.words.end].tag == Tag::Conjunction;
    let opposite = this.name.len() == 1
        && next.name.len() == 2
        && OPPOSITES.iter().any(|(a, b)| {
            let (first, second) = (word(this.name.start), word(next.name.start));
            first == *a && second == *b || first == *b && second == *a
        });
    (joined && opposite)
        .then(|| format!("{} {}", word(this.name.start), sentence.words[next.name.end - 1].lemma))
}

/// Words that come in pairs before one noun.
const OPPOSITES: &[(&str, &str)] = &[
    ("start", "end"),
    ("begin", "end"),
    ("beginning", "end"),
    ("opening", "closing"),
    ("first", "last"),
    ("minimum", "maximum"),
    ("arrival", "departure"),
    ("check-in", "check-out"),
    ("pickup", "return"),
    ("pick-up", "return"),
    ("billing", "shipping"),
    ("purchase", "selling"),
    ("purchase", "sale"),
    ("purchase", "sales"),
    ("creation", "update"),
    ("creation", "modification"),
    ("entry", "exit"),
    ("home", "work"),
    ("origin", "destination"),
];

/// How many members of a run are attributes by their names.
fn attributes_in(sentence: &Sentence, members: &[usize]) -> usize {
    members
        .iter()
        .filter(|member| names::attribute_strength(&names::attribute_name(sentence, **member)) > 0)
        .count()
}

/// What a list belongs to.
struct Owner {
    name: String,
    of: Option<String>,
    head: Option<String>,
    /// The phrases that name it, which may be members of the run.
    phrases: Vec<usize>,
}

impl Owner {
    /// What the text speaks of, or the last thing called by a noun.
    fn spoken_of(head: Option<String>) -> Self {
        Self { name: String::new(), of: None, head, phrases: Vec::new() }
    }

    fn named(sentence: &Sentence, phrase: usize) -> Option<Self> {
        names::thing(sentence, phrase).map(|name| Self { name, of: None, head: None, phrases: vec![phrase] })
    }
}

fn owner(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let (&first, &last) = (members.first()?, members.last()?);
    let start = sentence.phrases[first].words.start;
    let before = start.checked_sub(1).map(|at| &sentence.words[at]);
    let attribute_like = attributes_in(sentence, members);
    // "the customer's name and age"
    if let Some(owner) = sentence.phrases[first].owner
        && (attribute_like > 0 || members.len() > 1)
    {
        return Owner::named(sentence, owner);
    }
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
        if gap.len() <= 5
            && let Some(owner) = anchor_owner(sentence, anchor)
        {
            return Some(owner);
        }
    }
    // "the name, age and gender of each employee"
    if let Some(of) = sentence.of_phrase(last)
        && attribute_like > 0
        && members.len() > 1
        && let Some(owner) = Owner::named(sentence, of)
    {
        return Some(owner);
    }
    let clause = sentence.clauses.iter().rev().find(|clause| {
        let inside =
            clause.objects.contains(&first) || clause.obliques.iter().any(|(_, phrase)| *phrase == first);
        inside && (clause.verb < start || clause.passive)
    })?;
    by_clause(sentence, clause, members, attribute_like)
}

/// The thing that a phrase before "including" or a colon speaks of; "maintenance details for the tools" speaks of
/// what is recorded when a tool is maintained.
fn anchor_owner(sentence: &Sentence, anchor: usize) -> Option<Owner> {
    let whole = sentence.phrases[anchor].owner.or_else(|| {
        // The words "information", "details" and the like leave it to what comes before or after.
        let outer = anchor.checked_sub(1)?;
        let gap = &sentence.words[sentence.phrases[outer].words.end..sentence.phrases[anchor].words.start];
        let linked = gap.len() <= 1
            && gap.iter().all(|word| matches!(word.tag, Tag::Preposition) || word.is("'s") || word.is("'"));
        linked.then_some(outer)
    });
    if let Some(whole) = whole {
        let (part, part_name) = (anchor, sentence.name(anchor));
        if let Some(name) =
            activity_name(&sentence.name(whole)).filter(|_| sentence.phrases[part].owner.is_none())
        {
            // "maintenance details for the tools": the activity stands first.
            let of = names::thing(sentence, part);
            return Some(Owner { name, of, head: None, phrases: vec![whole, part] });
        }
        if let Some(name) = activity_name(&part_name) {
            let of = names::thing(sentence, whole);
            return Some(Owner { name, of, head: None, phrases: vec![whole, part] });
        }
        if sentence.phrases[anchor].owner.is_some() {
            return Owner::named(sentence, whole);
        }
    }
    if let Some(owner) = Owner::named(sentence, anchor)
        .filter(|owner| names::attribute_strength(&owner.name) < 2 || anchor == 0)
    {
        return Some(owner);
    }
    whole
        .and_then(|whole| Owner::named(sentence, whole))
        .filter(|owner| names::attribute_strength(&owner.name) < 2)
}

/// The name of the record of an activity: "repair details" are kept of a repair, "maintenance details" in maintenance
/// records, as maintenance alone is nothing that there can be two of.
fn activity_name(phrase: &str) -> Option<String> {
    let bare = ["record", "detail", "information", "history", "data"]
        .iter()
        .find_map(|head| phrase.strip_suffix(head))
        .unwrap_or(phrase)
        .trim();
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let countable = !knowledge::holds(knowledge::STOP_NOUNS, last);
    knowledge::holds(knowledge::ACTIVITIES, last)
        .then(|| if countable { bare.to_owned() } else { format!("{bare} record") })
}

fn by_clause(
    sentence: &Sentence,
    clause: &Clause,
    members: &[usize],
    attribute_like: usize,
) -> Option<Owner> {
    let verb = &sentence.words[clause.verb];
    let lemma = verb.lemma.as_str();
    let has = HAS.contains(&lemma) || matches!(lemma, "has" | "had" | "having");
    if clause.negated || !has || lemma == "be" || matches!(verb.lower.as_str(), "is" | "are" | "was" | "were")
    {
        return None;
    }
    // "No vet can have two appointments at the same time" says what nobody has.
    if clause.subject_phrase().is_some_and(|subject| sentence.denied(subject)) {
        return None;
    }
    let records = RECORDS.contains(&lemma);
    if clause.passive {
        // "a table is identified by a number": only what stands after by, with or as belongs to it.
        let object = clause.objects.last().copied()?;
        if !members.contains(&object) {
            return Owner::named(sentence, object).filter(|_| attribute_like > 0);
        }
        return introduced(sentence, members).filter(|_| records && attribute_like > 0 && members.len() > 1);
    }
    let system = |subject: usize| {
        let head = &sentence.words[sentence.phrases[subject].name.end - 1].lemma;
        names::is_system(head)
    };
    match clause.subject_phrase() {
        // "…, whose details include a name": what stands before.
        Some(subject) if subject > 0 && sentence.words[sentence.phrases[subject].words.start].is("whose") => {
            Owner::named(sentence, subject - 1)
        }
        // "The records include a date": the records spoken of before.
        Some(subject) if refers_back(sentence, subject) && attribute_like > 0 => {
            Some(Owner::spoken_of(Some(sentence.name(subject))))
        }
        Some(subject) => {
            let named = Owner::named(sentence, subject);
            let keeper = named.as_ref().is_none_or(|owner| {
                names::is_system(&owner.name)
                    || system(subject)
                    || names::is_person(&owner.name) && !POSSESSES.contains(&lemma)
                    || organisation(&owner.name) && records
            });
            if keeper {
                introduced(sentence, members).filter(|_| records && attribute_like > 0 && members.len() > 1)
            } else {
                named
            }
        }
        None => {
            let pronoun = matches!(clause.subject, crate::clauses::Subject::Pronoun(at) if matches!(sentence.words[at].lower.as_str(), "it" | "they" | "he" | "she" | "which" | "each" | "this" | "these" | "both" | "one"));
            (pronoun && attribute_like > 0).then(|| Owner::spoken_of(None))
        }
    }
}

/// "the records", "this information": a noun for records in general that names no thing itself.
fn refers_back(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    this.name.len() == 1
        && this.words.start < this.name.start
        && matches!(
            sentence.words[this.name.start].lemma.as_str(),
            "record" | "detail" | "information" | "info" | "data" | "entry" | "table" | "object"
        )
}

/// "The order details record the order id, the product id and the quantity": the lines of an order are things of
/// their own, which refer to the order and to something else.
fn line_item(sentence: &Sentence, owner: &Owner, items: &[Item]) -> Option<String> {
    let &phrase = owner.phrases.first()?;
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    let keys = items.iter().filter_map(|item| item.name.strip_suffix(" id"));
    let (own, others): (Vec<&str>, Vec<&str>) = keys.partition(|key| *key == owner.name);
    (head.lemma == "detail" && !own.is_empty() && !others.is_empty())
        .then(|| format!("{} detail", owner.name))
}

/// What a sentence says first that it speaks of: "During each production, … are recorded", "For each sale, …".
fn introduced(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let first = sentence.phrases.first()?;
    let preposition = first.words.start.checked_sub(1).map(|at| sentence.words[at].lower.as_str())?;
    let opens =
        matches!(preposition, "for" | "during" | "upon" | "on" | "in" | "at" | "with" | "after" | "per");
    if !opens || members.contains(&0) {
        return None;
    }
    let name = sentence.name(0);
    let bare = name.strip_suffix(" management").or_else(|| name.strip_suffix(" process")).unwrap_or(&name);
    let activity = activity_name(bare).map(|name| Owner { name, of: None, head: None, phrases: vec![0] });
    activity.or_else(|| Owner::named(sentence, 0))
}

/// Names of the organisation that runs the system, which records things of others rather than of itself.
fn organisation(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    matches!(
        last,
        "company"
            | "business"
            | "organization"
            | "organisation"
            | "enterprise"
            | "firm"
            | "institution"
            | "department"
            | "agency"
    )
}
