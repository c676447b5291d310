//! Whose attributes a list names: "a customer has …", "for each sale, … are recorded", "the details include …".

use crate::clauses::{Clause, Subject};
use crate::lists::{Item, attributes_in};
use crate::names;
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::holds;

/// What a list belongs to.
pub(crate) struct Owner {
    pub(crate) name: String,
    pub(crate) of: Option<String>,
    pub(crate) head: Option<String>,
    /// The phrases that name it, which may be members of the run.
    pub(crate) phrases: Vec<usize>,
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

/// What the listed phrases belong to.
pub(crate) fn owner(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
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
    if attribute_like > 0
        && let Some(owner) = possessor(sentence, first)
    {
        return Some(owner);
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
        && (members.len() > 1 || stated(sentence, first))
        && let Some(owner) = Owner::named(sentence, of)
    {
        return Some(owner);
    }
    let clause = sentence.clauses.iter().rev().find(|clause| {
        let inside =
            clause.objects.contains(&first) || clause.obliques.iter().any(|(_, phrase)| *phrase == first);
        // "the product sold, the quantity and the time are recorded".
        let later = || clause.passive && clause.objects.iter().any(|object| members.contains(object));
        inside && (clause.verb < start || clause.passive) || later()
    })?;
    by_clause(sentence, clause, members, attribute_like)
}

/// The thing that a phrase before "including" or a colon speaks of; "maintenance details for the tools" speaks of
/// what is recorded when a tool is maintained.
fn anchor_owner(sentence: &Sentence, anchor: usize) -> Option<Owner> {
    // "register, leaving details such as a name", "identified by a set of attributes including a code".
    if says_nothing(sentence, anchor) {
        let start = sentence.phrases[anchor].words.start;
        let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start)?;
        let subject = if clause.passive { clause.objects.last().copied() } else { clause.subject_phrase() };
        let subject =
            subject.filter(|subject| *subject < anchor && !names::is_software(sentence, *subject))?;
        return Owner::named(sentence, subject);
    }
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

/// "attributes", "details", "the following information": nothing before it, and no "of" after it, says of what.
fn says_nothing(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let bare = sentence.words[this.name.clone()].iter().all(|word| {
        word.tag == Tag::Adjective
            || word.lower.ends_with("ing")
            || matches!(
                word.lemma.as_str(),
                "attribute"
                    | "aspect"
                    | "characteristic"
                    | "property"
                    | "field"
                    | "detail"
                    | "information"
                    | "info"
                    | "data"
                    | "column"
                    | "parameter"
            )
    });
    // A preposition before it leads to what it is recorded of: "a tool with information such as".
    let after = this.words.start.checked_sub(1).map(|at| &sentence.words[at]);
    bare && this.owner.is_none()
        && sentence.of_phrase(phrase).is_none()
        && after.is_none_or(|word| {
            word.is("of")
                || word.is("by")
                || matches!(
                    word.tag,
                    Tag::Verb(_)
                        | Tag::Auxiliary
                        | Tag::Determiner
                        | Tag::Adjective
                        | Tag::Number
                        | Tag::Comma
                )
        })
}

/// "the title of the paper": one that is an attribute of whatever it is said of.
fn stated(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let head = &sentence.words[this.name.end - 1];
    !this.plural
        && sentence.words[this.words.start].is("the")
        && names::attribute_strength(&sentence.name(phrase)) == 2
        && !head.is_a(knowledge::CONTAINERS.or(knowledge::SOFT_NOUNS).or(knowledge::EMPTY_HEADS))
}

/// "their names and positions": of what was named before.
fn possessor(sentence: &Sentence, first: usize) -> Option<Owner> {
    let this = &sentence.phrases[first];
    let word = sentence.words[this.words.start..this.name.start]
        .iter()
        .find(|word| matches!(word.lower.as_str(), "their" | "its" | "his" | "her"))?;
    let several = word.is("their");
    let named = (0..first).rev().find(|before| {
        let phrase = &sentence.phrases[*before];
        (phrase.plural == several || several && names::is_person(&sentence.name(*before)))
            && names::thing(sentence, *before).is_some_and(|name| names::attribute_strength(&name) < 2)
            && !names::is_software(sentence, *before)
    });
    named.and_then(|before| Owner::named(sentence, before))
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
    let has = holds(knowledge::TELLING, lemma) || matches!(lemma, "has" | "had" | "having");
    if clause.negated || !has || lemma == "be" || matches!(verb.lower.as_str(), "is" | "are" | "was" | "were")
    {
        return None;
    }
    // "No vet can have two appointments at the same time" says what nobody has.
    if clause.subject_phrase().is_some_and(|subject| sentence.denied(subject)) {
        return None;
    }
    let records = holds(knowledge::KEEPING, lemma);
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
                    || names::is_person(&owner.name) && !holds(knowledge::POSSESSING, lemma)
                    || organisation(&owner.name) && records
            });
            if keeper {
                introduced(sentence, members).filter(|_| records && attribute_like > 0 && members.len() > 1)
            } else {
                named
            }
        }
        None => {
            let pronoun = matches!(clause.subject, Subject::Pronoun(at) if matches!(sentence.words[at].lower.as_str(), "it" | "they" | "he" | "she" | "which" | "each" | "this" | "these" | "both" | "one"));
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
pub(crate) fn line_item(sentence: &Sentence, owner: &Owner, items: &[Item]) -> Option<String> {
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
    let opens = matches!(
        preposition,
        "for"
            | "regarding"
            | "about"
            | "concerning"
            | "during"
            | "upon"
            | "on"
            | "in"
            | "at"
            | "with"
            | "after"
            | "per"
    );
    if !opens || members.contains(&0) {
        return None;
    }
    // "After completion of a repair": at that moment of it.
    let moment = matches!(
        sentence.name(0).as_str(),
        "completion" | "end" | "start" | "beginning" | "creation" | "course"
    );
    let phrase = sentence.of_phrase(0).filter(|_| moment).unwrap_or(0);
    let name = sentence.name(phrase);
    let bare = name.strip_suffix(" management").or_else(|| name.strip_suffix(" process")).unwrap_or(&name);
    let activity =
        activity_name(bare).map(|name| Owner { name, of: None, head: None, phrases: vec![phrase] });
    activity.or_else(|| Owner::named(sentence, phrase))
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
