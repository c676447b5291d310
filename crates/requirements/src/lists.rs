//! Lists of attributes: "a customer has a name, an address and a phone number", "Course: title, credits".

use crate::anchors;
use crate::cardinalities::passes;
use crate::clauses::Clause;
use crate::flags;
use crate::names;
use crate::owners;
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
    /// Whether the owner is pointed to, by a noun that may stand for what was spoken of: "this event has …".
    pub(crate) pointed: bool,
    /// What the owner itself belongs to: the tool of a tool's usage.
    pub(crate) of: Option<String>,
    /// What the text names in the place of the owner, whose record it is: the account of a donor.
    pub(crate) record: Option<String>,
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
    /// Whether it is told in which unit: "an area in square metres".
    pub(crate) measured: bool,
    /// Whether it is yes or no: "whether it is vaccinated".
    pub(crate) flag: bool,
    /// All values that it can have, where the text says so.
    pub(crate) values: Vec<String>,
}

/// The lists of a sentence.
pub(crate) fn lists(sentence: &Sentence) -> Vec<OwnedList> {
    let mut found = Vec::new();
    let mut seen = told_as_values(sentence);
    for phrase in 0..sentence.phrases.len() {
        if seen[phrase] || tells_unit(sentence, phrase) {
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
            && !opens_list(sentence, &members)
            && let Some(owner) = owners::owner(sentence, &members)
        {
            let items: Vec<Item> = members
                .iter()
                .filter(|member| !owner.phrases.contains(member))
                .filter(|member| !measures(sentence, **member) || are_files(sentence, **member))
                .filter(|member| !tells_when(sentence, **member))
                .map(|member| item(sentence, *member))
                .chain(flags::flags(sentence, &members))
                .map(|item| said_of(item, &owner.name))
                .map(|item| if members.len() > 1 { without_kind(item) } else { item })
                .filter(|item| {
                    item.name != owner.name
                        && !is_it_itself(&item.name, &owner.name)
                        && item.name.chars().nth(1).is_some()
                        && !(item.count == Count::Many && names_attributes(&item.name))
                        // What it goes through is no value that it has.
                        && !matches!(names::head(&item.name), "lifecycle" | "workflow")
                        && !(knowledge::holds(knowledge::EMPTY_HEADS, &item.name) && item.name != "class"
                            || matches!(
                                item.name.as_str(),
                                "etc" | "column" | "field" | "attribute" | "property"
                            ))
                })
                .collect();
            if !items.is_empty() {
                let registrant = owners::registrant(sentence, &owner, &items);
                let record = registrant.as_ref().map(|_| owner.name.clone());
                let name = registrant.or_else(|| owners::line_item(sentence, &owner, &items));
                let name = name.unwrap_or(owner.name);
                let pointed = owner.phrases.first().is_some_and(|phrase| {
                    let first = &sentence.words[sentence.phrases[*phrase].words.start];
                    matches!(first.lower, "this" | "these")
                });
                found.push(OwnedList { owner: name, head: owner.head, pointed, of: owner.of, record, items });
            }
        }
    }
    found
}

/// "They view the graded homework, including the submitted homework": the thing itself, in a state that it was in.
fn is_it_itself(item: &str, owner: &str) -> bool {
    let told = item.strip_suffix(owner).and_then(|before| before.strip_suffix(' '));
    told.and_then(crate::lemma::verb).is_some_and(|(_, form)| form == crate::lemma::Form::Past)
}

/// "18,000 trucks enter on a normal day": a time in which something happens, and nothing that is recorded.
fn tells_when(sentence: &Sentence, phrase: usize) -> bool {
    let named = &sentence.phrases[phrase];
    let link = named.words.start.checked_sub(1).map(|at| sentence.words[at].lower);
    let head = &sentence.words[named.name.end - 1];
    matches!(link, Some("on" | "in" | "during" | "within" | "per" | "from" | "over" | "since"))
        && crate::numbers::unit(crate::numbers::TIMES, head.lemma).is_some()
}

/// "information on services, including …": what stands for the list behind it.
fn opens_list(sentence: &Sentence, members: &[usize]) -> bool {
    let [one] = members else { return false };
    let phrase = &sentence.phrases[*one];
    let mut behind = sentence.words[phrase.words.end..].iter().skip_while(|word| word.tag == Tag::Comma);
    sentence.words[phrase.name.end - 1].is("information")
        && behind.next().is_some_and(|word| word.is("including"))
}

/// "several traits: a name, …": what the list names are these.
pub(crate) fn names_attributes(name: &str) -> bool {
    matches!(
        names::head(name),
        "aspect" | "characteristic" | "quality" | "attribute" | "property" | "field" | "parameter" | "trait"
    )
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
    // "date, temper, queen seen": whether it was.
    let seen = verb == end
        && members.len() > 1
        && sentence.words[verb].tag == Tag::Verb(crate::lemma::Form::Past)
        && sentence.words.get(verb + 1).is_none_or(|word| word.tag == Tag::Punctuation);
    if verb <= end && !seen {
        return Vec::new();
    }
    members
        .into_iter()
        .filter(|member| !measures(sentence, *member))
        .map(|member| item(sentence, member))
        // "list of pieces": these are things of their own.
        .filter(|item| !item.name.starts_with("list of "))
        .collect()
}

/// Phrases that are only examples of something: "goods such as phones and computers".
pub(crate) fn examples(sentence: &Sentence) -> Vec<usize> {
    let mut found = Vec::new();
    // In most sentences examples can stand nowhere.
    if !sentence.phrases.iter().any(|phrase| may_be_example(sentence, phrase.words.start)) {
        return found;
    }
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

/// Which phrases only tell the values that an attribute can have: "a status (open, in progress, done)".
fn told_as_values(sentence: &Sentence) -> Vec<bool> {
    let mut found: Vec<bool> = (0..sentence.phrases.len()).map(|phrase| sentence.is_value(phrase)).collect();
    for (at, phrase) in sentence.phrases.iter().enumerate() {
        let open = phrase.words.end;
        if !sentence.words.get(open).is_some_and(|word| word.is("(")) || names::strength_of(sentence, at) < 2
        {
            continue;
        }
        let close = after_brackets(sentence, open);
        let inside: Vec<usize> = (at + 1..sentence.phrases.len())
            .take_while(|inside| sentence.phrases[*inside].words.end < close)
            .collect();
        // "an address (street, city)" has parts.
        if attributes_in(sentence, &inside) < 2 {
            for phrase in inside {
                found[phrase] = true;
            }
        }
    }
    found
}

/// Whether examples, quotations or values can start at a word, as [`gives_examples`] looks for them.
fn may_be_example(sentence: &Sentence, start: usize) -> bool {
    let before = start.checked_sub(1).map_or("", |before| sentence.words[before].lower);
    matches!(before, "as" | "e.g" | "eg" | "like" | "." | "\"" | "“" | "'" | "(")
}

/// Whether a run stands after "such as" or "e.g." without being a list of attributes.
fn gives_examples(sentence: &Sentence, members: &[usize]) -> bool {
    let Some(start) = members.first().map(|first| sentence.phrases[*first].words.start) else { return false };
    if !may_be_example(sentence, start) {
        return false;
    }
    let before = |back: usize| start.checked_sub(back).map_or("", |at| sentence.words[at].lower);
    let marked = before(1) == "as" && before(2) == "such"
        || matches!(before(1), "e.g" | "eg" | "like")
        || before(1) == "." && matches!(before(2), "g" | "e.g");
    let quoted = matches!(before(1), "\"" | "“" | "'");
    // "payment method (cash or card)".
    let values = before(1) == "("
        && (0..sentence.phrases.len()).any(|phrase| {
            sentence.phrases[phrase].words.end + 1 == start && names::strength_of(sentence, phrase) == 2
        });
    // "attachments (images, voice notes, documents)": several sorts of what stands before, which has none of them.
    let several = |phrase: &usize| sentence.phrases[*phrase].count == Count::Many;
    let kinds = before(1) == "("
        && members.len() > 1
        && members.iter().all(several)
        && (0..sentence.phrases.len())
            .any(|phrase| sentence.phrases[phrase].words.end + 1 == start && several(&phrase));
    // "consists of items (jacket, breeches, hat)", of which none is known to be an attribute.
    let contained = || {
        let part = |phrase: usize| {
            sentence.clauses.iter().any(|clause| {
                sentence.words[clause.verb].is_a(knowledge::CONTAINING) && clause.objects.contains(&phrase)
            })
        };
        before(1) == "("
            && members.len() > 1
            && (0..sentence.phrases.len()).any(|phrase| {
                sentence.phrases[phrase].words.end + 1 == start && several(&phrase) && part(phrase)
            })
    };
    kinds || (marked || quoted || values || contained()) && attributes_in(sentence, members) == 0
}

/// The phrases that a list starting at a phrase goes on with: separated by commas and conjunctions only. What stands in
/// brackets after an item explains it.
pub(crate) fn run(sentence: &Sentence, first: usize) -> Vec<usize> {
    let mut members = vec![first];
    while let Some(&last) = members.last() {
        let end_phrase = sentence.rest_of_name(last).unwrap_or(last);
        let end = after_brackets(sentence, sentence.phrases[end_phrase].words.end);
        let end = after_remark(sentence, last, after_unit(sentence, end));
        let end = after_flags(sentence, end);
        let Some(next) = (end_phrase + 1..sentence.phrases.len()).find(|next| {
            let start = sentence.phrases[*next].words.start;
            // "if chipped" is a condition, and no item.
            start >= end && !sentence.words[start - 1].is("if")
        }) else {
            break;
        };
        let gap = &sentence.words[end..sentence.phrases[next].words.start];
        // "with an id, including the colour" goes on; "its information, including the colour" says what that is.
        let opens = gap.iter().any(|word| word.is("including"))
            && (names::attribute_strength(&sentence.name(last)) == 0
                || is_empty_head(sentence, last)
                || members.len() == 1 && about_something(sentence, last));
        // "several joiners; their names": of something else.
        let turns = gap.iter().any(|word| word.is(";"))
            && sentence.words[sentence.phrases[next].words.start].tag == Tag::Possessive;
        // "…; doctor information includes a name": the subject of another clause.
        let after = sentence.words.get(sentence.phrases[next].words.end);
        let subject = after.is_some_and(|word| {
            // "a name and a date are recorded" is one list; "and each lock has a code" is another clause.
            word.tag == Tag::Verb(crate::lemma::Form::ThirdPerson)
                || word.among(knowledge::HAVE)
                || word.is("including") && is_empty_head(sentence, next)
        });
        // "A firing has a start and an end, and one kiln cannot be booked twice": what the firing has ends at the comma.
        let joined = matches!(gap, [comma, and] if comma.tag == Tag::Comma && and.tag == Tag::Conjunction);
        // "a fee, and both sides sign it"
        let acted = joined
            && sentence.phrases[next].plural
            && after.is_some_and(|word| word.tag == Tag::Verb(crate::lemma::Form::Base));
        let clause = acted
            || joined
                && after.is_some_and(|word| matches!(word.tag, Tag::Modal | Tag::Auxiliary))
                && sentence.clauses.iter().any(|clause| {
                    // "An editor can reject it with a reason, and an archivist can withdraw it."
                    let led = clause.objects.contains(&first)
                        || clause.obliques.iter().any(|(_, phrase)| *phrase == first);
                    led && clause.verb < sentence.phrases[first].words.start
                });
        // ", so that the data is complete": why, and no item.
        let why = gap.iter().any(|word| word.is("so"))
            || sentence.in_story(next, |story| &story.ends) && !sentence.in_story(last, |story| &story.ends);
        if opens || turns || subject || clause || why || !separates(gap) {
            break;
        }
        members.push(next);
    }
    members
}

/// "information about observed bodies, including …": what follows is the information.
fn about_something(sentence: &Sentence, phrase: usize) -> bool {
    let Some(outer) = phrase.checked_sub(1) else { return false };
    let gap = &sentence.words[sentence.phrases[outer].words.end..sentence.phrases[phrase].words.start];
    matches!(gap, [link] if link.tag == Tag::Preposition) && anchors::informs(sentence, outer)
}

pub(crate) fn is_empty_head(sentence: &Sentence, phrase: usize) -> bool {
    sentence.words[sentence.phrases[phrase].name.end - 1].is_a(knowledge::EMPTY_HEADS)
}

/// The word after the brackets that open at a word, or that word itself.
pub(crate) fn after_brackets(sentence: &Sentence, open: usize) -> usize {
    const LONGEST: usize = 30;
    if !sentence.words.get(open).is_some_and(|word| word.is("(")) {
        return open;
    }
    let inside = sentence.words[open..].iter().take(LONGEST);
    inside.take_while(|word| !word.is(")")).count() + open + 1
}

/// The word after what a list says to be yes or no behind a word: ", whether breakfast is included".
fn after_flags(sentence: &Sentence, mut end: usize) -> usize {
    while let Some(clause) = flags::clause(sentence, end) {
        end = clause.end;
    }
    end
}

/// The word after a remark on an attribute, where the list goes on with another one: "a place where it is held, and a
/// name"; else the word itself.
fn after_remark(sentence: &Sentence, item: usize, end: usize) -> usize {
    const LONGEST: usize = 16;
    let words = &sentence.words;
    let comma = usize::from(words.get(end).is_some_and(|word| word.tag == Tag::Comma));
    let opens = words.get(end + comma).is_some_and(|word| {
        matches!(word.lower, "when" | "where" | "which" | "who" | "that" | "whose" | "either")
            || word.tag == Tag::Verb(crate::lemma::Form::Ing) && !word.is("including")
    });
    if !opens || names::strength_of(sentence, item) == 0 {
        return end;
    }
    let inside = words[end + comma..].iter().take(LONGEST).take_while(|word| word.tag != Tag::Comma);
    let close = end + comma + inside.count();
    // Another attribute with an article of its own.
    let next = sentence.phrases.iter().position(|phrase| phrase.words.start > close).filter(|next| {
        let this = &sentence.phrases[*next];
        let article = matches!(words[this.words.start].lower, "a" | "an" | "its" | "the" | "their");
        article
            && words[close..this.words.start]
                .iter()
                .all(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
            && names::strength_of(sentence, *next) == 2
    });
    if next.is_some() { close } else { end }
}

/// Whether a phrase tells in which unit something is measured, or when: "in metres", "in October".
fn tells_unit(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let after = this.words.start.checked_sub(1).is_some_and(|before| sentence.words[before].is("in"));
    after && sentence.words[this.name.end - 1].is_a(knowledge::UNITS.or(knowledge::MEASURES))
}

/// The word after the unit of an attribute, "an area in square metres", or that word itself.
fn after_unit(sentence: &Sentence, end: usize) -> usize {
    let next = sentence.phrases.partition_point(|phrase| phrase.words.start <= end);
    match sentence.phrases.get(next) {
        Some(unit) if unit.words.start == end + 1 && tells_unit(sentence, next) => unit.words.end,
        _ => end,
    }
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
            word.lower,
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
    // "difficulty 1-5, number of players": from where to where the one before goes.
    let gap = match gap {
        [low, to, high, rest @ ..]
            if low.tag == Tag::Number
                && high.tag == Tag::Number
                && (to.is("–") || to.is("to"))
                && !rest.is_empty() =>
        {
            rest
        }
        _ => gap,
    };
    // "a price and up to 12 photos": how many there may be.
    let gap = match gap {
        [before @ .., up, to] if up.is("up") && to.is("to") => before,
        _ => gap,
    };
    // "a species, if chipped, its chip number": when there is such an item.
    let condition = gap.iter().position(|word| matches!(word.lower, "if" | "when"));
    let rest = condition.map_or(gap.len(), |at| {
        gap[at..].iter().position(|word| word.tag == Tag::Comma).map_or(gap.len(), |comma| at + comma)
    });
    let (before, after) = (&gap[..condition.unwrap_or(gap.len())], &gap[rest..]);
    let mut said = before.iter().chain(after);
    said.clone().any(separator) && said.all(nothing_else)
}

/// "ten years", "500 characters": an amount is no attribute.
fn measures(sentence: &Sentence, phrase: usize) -> bool {
    let phrase = &sentence.phrases[phrase];
    sentence.words[phrase.words.start..phrase.name.start].iter().any(|word| {
        word.tag == Tag::Number
            && !matches!(word.lower, "one" | "many" | "several" | "multiple" | "few" | "various")
    })
}

/// "up to 12 photos": one column holds one file, so that several are things of their own.
pub(crate) fn are_files(sentence: &Sentence, phrase: usize) -> bool {
    sentence.phrases[phrase].count == Count::Many
        && knowledge::attribute(&sentence.name(phrase)).is_some_and(|row| row.kind == "file")
        && (measures(sentence, phrase)
            || sentence.words[sentence.phrases[phrase].words.clone()]
                .iter()
                .any(|word| matches!(word.lower, "several" | "many" | "multiple")))
}

pub(crate) fn item(sentence: &Sentence, phrase: usize) -> Item {
    let words = &sentence.words[sentence.phrases[phrase].words.clone()];
    // "a unique code", "a code, which is unique".
    let after = sentence.words[sentence.phrases[phrase].words.end..].iter().take(5);
    let after: Vec<&str> = after.map(|word| word.lower).filter(|word| *word != ",").collect();
    let unique = words.iter().any(|word| word.is("unique"))
        || tells_apart(sentence, phrase)
        || matches!(
            after[..],
            ["which" | "that", "is" | "are", "unique", ..] | ["which" | "that", "must", "be", "unique", ..]
        );
    // "staff" or "alumni" in a list may well be one of them.
    let bare = sentence.phrases[phrase].name.start == sentence.phrases[phrase].words.start;
    let count = match sentence.phrases[names::meant(sentence, phrase)].count {
        Count::Many if bare && words.last().is_some_and(|head| !head.lower.ends_with('s')) => Count::Open,
        // "at most one active contract", and others that are over.
        Count::One | Count::UpToOne if words.iter().any(|word| passes(word.lower)) => Count::Many,
        Count::One if optional(sentence, phrase) => Count::UpToOne,
        count => count,
    };
    Item {
        name: shared_head(sentence, phrase).unwrap_or_else(|| names::attribute_name(sentence, phrase)),
        phrase,
        count,
        unique,
        measured: after_unit(sentence, sentence.phrases[phrase].words.end)
            > sentence.phrases[phrase].words.end,
        flag: false,
        values: sentence
            .values
            .iter()
            .find(|(valued, _)| *valued == phrase)
            .map(|(_, values)| values.stored.clone())
            .unwrap_or_default(),
    }
}

/// Whether a clause says by what something is identified.
pub(crate) fn identifies(sentence: &Sentence, clause: &Clause) -> bool {
    clause.passive && sentence.words[clause.verb].lemma == "identify"
}

/// "A player is identified by a licence number": by that alone.
fn tells_apart(sentence: &Sentence, phrase: usize) -> bool {
    let start = sentence.phrases[phrase].words.start;
    let by = start.checked_sub(1).filter(|by| sentence.words[*by].is("by"));
    by.is_some_and(|by| {
        sentence.clauses.iter().any(|clause| {
            identifies(sentence, clause)
                && clause
                    .obliques
                    .iter()
                    .filter(|(link, _)| *link == by)
                    .map(|(_, phrase)| *phrase)
                    .eq([phrase])
        })
    })
}

/// "with name and description columns": what it is in a table is no part of the name.
fn without_kind(mut item: Item) -> Item {
    let bare = ["column", "columns", "field", "fields"].iter().find_map(|kind| {
        let bare = item.name.strip_suffix(kind).and_then(|bare| bare.strip_suffix(' '));
        let listed = || item.name.strip_prefix(kind).filter(|_| kind.ends_with('s'));
        bare.or_else(|| listed().and_then(|bare| bare.strip_prefix(' ')))
    });
    if let Some(bare) = bare {
        item.name = bare.to_owned();
    }
    item
}

/// "may have an owner".
fn optional(sentence: &Sentence, phrase: usize) -> bool {
    let governing = sentence.clauses.iter().rev().find(|clause| clause.objects.contains(&phrase));
    governing.is_some_and(|clause| sentence.optional(clause.verb))
}

/// "the date and the place of the rehearsal": the place, where the rehearsal is what the list belongs to.
fn said_of(mut item: Item, owner: &str) -> Item {
    if let Some((name, of)) = item.name.split_once(" of ")
        && !owner.is_empty()
        && (of == owner || owner.ends_with(&format!(" {of}")) || of.ends_with(&format!(" {owner}")))
    {
        item.name = name.to_owned();
    }
    item
}

/// "start and end time": the first of two opposites shares the last word of the second.
fn shared_head(sentence: &Sentence, phrase: usize) -> Option<String> {
    let this = &sentence.phrases[phrase];
    let next = sentence.phrases.get(phrase + 1)?;
    let word = |at: usize| sentence.words[at].lower;
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
pub(crate) fn attributes_in(sentence: &Sentence, members: &[usize]) -> usize {
    members.iter().filter(|member| names::strength_of(sentence, **member) > 0).count()
}
