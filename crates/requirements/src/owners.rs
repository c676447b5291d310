//! Whose attributes a list names: "a customer has …", "for each sale, … are recorded", "the details include …".

use crate::anchors;
use crate::clauses::{Clause, Subject};
use crate::lemma::Form;
use crate::lists::{Item, attributes_in};
use crate::names;
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::holds;

/// The pronoun that stands for no person.
pub(crate) const IT: &str = "it";

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
    pub(crate) fn spoken_of(head: Option<String>) -> Self {
        Self { name: String::new(), of: None, head, phrases: Vec::new() }
    }

    pub(crate) fn named(sentence: &Sentence, phrase: usize) -> Option<Self> {
        names::thing(sentence, phrase).map(|name| Self { name, of: None, head: None, phrases: vec![phrase] })
    }
}

/// What the listed phrases belong to, unless they are only reckoned.
pub(crate) fn owner(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    if is_reported(sentence, members) { None } else { holder(sentence, members) }
}

/// What the listed phrases belong to.
fn holder(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let (&first, &last) = (members.first()?, members.last()?);
    let start = sentence.phrases[first].words.start;
    let attribute_like = attributes_in(sentence, members);
    // "the customer's name and age"
    if let Some(owner) = sentence.phrases[first].owner
        && (attribute_like > 0 || members.len() > 1)
    {
        return Owner::named(sentence, owner);
    }
    if let Some(owner) = of_each(sentence, members, attribute_like) {
        return Some(owner);
    }
    if let Some(owner) = of_table(sentence, start) {
        return Some(owner);
    }
    if let Some(owner) = in_brackets(sentence, members, attribute_like) {
        return Some(owner);
    }
    if attribute_like > 0
        && let Some(owner) = possessor(sentence, first)
    {
        return Some(owner);
    }
    // "…, including the date and place of the rehearsal": said of one that is meant, whatever stands before.
    // "a date of birth" is said of nobody's birth,
    // and a number of seats is no number of the seats'.
    let counts = matches!(
        sentence.words[sentence.phrases[last].name.end - 1].lemma,
        "number" | "total" | "amount" | "count" | "quantity" | "list" | "set" | "series" | "choice"
    );
    let of = sentence.of_phrase(last).filter(|of| {
        attribute_like > 0 && !names::is_set_name(sentence, last) && !(counts && sentence.phrases[*of].plural)
    });
    if let Some(of) = of
        && members.len() > 1
        && anchors::stands_somewhere(sentence, first)
        && sentence.words[sentence.phrases[of].words.start].tag == Tag::Determiner
        && names::thing(sentence, of).is_some_and(|name| names::attribute_strength(&name) < 2)
    {
        return Owner::named(sentence, of);
    }
    // "record a name, a major and grades in student records"
    if attribute_like > 0
        && let Some(owner) = anchors::in_records(sentence, last)
    {
        return Some(owner);
    }
    if attribute_like > 0
        && let Some(owner) = done_to(sentence, members)
    {
        return Some(owner);
    }
    if (attribute_like > 0 || of_lines(sentence, members))
        && let Some(owner) = anchors::before(sentence, first)
    {
        return Some(owner);
    }
    // "Plans have a name, a price and an amount of usage": only of the last is that said, and all are the plan's.
    let of_last = || {
        matches!(sentence.words[sentence.phrases[last].words.start].lower, "a" | "an")
            && sentence.clauses.iter().any(|clause| {
                clause.objects.contains(&first)
                    && clause.verb < start
                    && sentence.words[clause.verb].among(knowledge::HAVE)
            })
    };
    // "the name, age and gender of each employee"
    if let Some(of) = of.filter(|_| !of_last())
        && (members.len() > 1 && attribute_like * 2 >= members.len() || stated(sentence, first))
        && let Some(owner) = Owner::named(sentence, of)
    {
        return Some(owner);
    }
    let inside = |clause: &&Clause| {
        let inside =
            clause.objects.contains(&first) || clause.obliques.iter().any(|(_, phrase)| *phrase == first);
        inside && (clause.verb < start || clause.passive)
    };
    // "the product sold, the quantity and the time are recorded": but "a name and a number given by the district" are what
    // something has.
    let later =
        |clause: &&Clause| clause.passive && clause.objects.iter().any(|object| members.contains(object));
    // "The log contains the ship, the hours sailed and the distance": of the log, whatever was sailed.
    let has = |clause: &&Clause| {
        let verb = &sentence.words[clause.verb];
        clause.verb < start
            && clause.objects.contains(&first)
            && (verb.among(knowledge::HAVE)
                || !clause.passive && matches!(verb.lemma, "contain" | "include" | "comprise" | "list"))
    };
    let clauses = || sentence.clauses.iter().rev();
    let told = |clause: &&Clause| has(clause) || identified_by(sentence, clause, first);
    let clause = clauses().find(told).or_else(|| clauses().find(|clause| inside(clause) || later(clause)));
    let owner = clause
        .filter(|clause| !hands_over(sentence, clause) && !is_kept_today(sentence, clause))
        .and_then(|clause| {
            specified(sentence, clause).or_else(|| by_clause(sentence, clause, members, attribute_like))
        })
        .or_else(|| received(sentence, members, attribute_like))
        .or_else(|| required(sentence, first, attribute_like))
        .or_else(|| clause.and_then(|clause| observed(sentence, clause, members, attribute_like)))
        .or_else(|| happens_on(sentence, members));
    owner.or_else(|| {
        let verb = clause.filter(|clause| !clause.negated).map(|clause| &sentence.words[clause.verb])?;
        let tells = verb.is_a(knowledge::TELLING.or(knowledge::KEEPING)) && !verb.among(knowledge::BE);
        (tells && attribute_like > 1)
            .then(|| anchors::own_name(sentence, first).or_else(|| anchors::labelled(sentence)))
            .flatten()
    })
}

/// "The manager sees the revenue per day and the use of the bikes": figures that are reckoned, and nothing that a bike has.
fn is_reported(sentence: &Sentence, members: &[usize]) -> bool {
    let Some(first) = members.first() else { return false };
    let read = |clause: &Clause| {
        clause.objects.contains(first)
            && crate::lemma::class(sentence.words[clause.verb].lemma) == Some(knowledge::VerbClass::Read)
    };
    let this = &sentence.phrases[*first].words;
    let per = sentence.words[this.start..].iter().take(this.len() + 1).any(|word| word.is("per"));
    per && sentence.clauses.iter().any(read)
}

/// "The club still keeps its list of members on paper": what there is today, and on what.
fn is_kept_today(sentence: &Sentence, clause: &Clause) -> bool {
    clause.obliques.iter().any(|(link, medium)| {
        matches!(sentence.words[*link].lower, "on" | "in")
            && holds(knowledge::MEDIA, sentence.words[sentence.phrases[*medium].name.end - 1].lemma)
    })
}

/// "A player is identified by a licence number; the name and the rating are also stored": all of it is the player's.
fn identified_by(sentence: &Sentence, clause: &Clause, first: usize) -> bool {
    crate::lists::identifies(sentence, clause) && clause.obliques.iter().any(|(_, phrase)| *phrase == first)
}

/// "Drivers record the mileage and the parking costs after the trip", "nurses note the weight at each visit": of what happens
/// then, and not of who notes it.
fn observed(sentence: &Sentence, clause: &Clause, members: &[usize], attribute_like: usize) -> Option<Owner> {
    let subject = sentence.name(clause.subject_phrase()?);
    let verb = &sentence.words[clause.verb];
    let kept = verb.is_a(knowledge::KEEPING) && !clause.passive && !clause.negated;
    if !kept || attribute_like * 2 < members.len() || !names::is_person(&subject) {
        return None;
    }
    let then = |(link, phrase): &&(usize, usize)| {
        let this = &sentence.phrases[*phrase];
        let behind =
            members.last().is_some_and(|last| this.words.start > sentence.phrases[*last].words.start);
        let single = !this.plural && sentence.words[this.words.start].tag == Tag::Determiner;
        behind
            && match sentence.words[*link].lower {
                "after" | "before" | "during" => single,
                "at" | "on" => this.count == Count::Each,
                _ => false,
            }
    };
    let (_, phrase) = clause.obliques.iter().find(then)?;
    let name = names::thing(sentence, *phrase)?;
    let event = !names::is_person(&name) && names::attribute_strength(&name) < 2;
    event.then(|| Owner::named(sentence, *phrase)).flatten()
}

/// What is listed in brackets: of what stands before them, or of what has that.
fn in_brackets(sentence: &Sentence, members: &[usize], attribute_like: usize) -> Option<Owner> {
    let &first = members.first()?;
    let start = sentence.phrases[first].words.start;
    start.checked_sub(1).filter(|before| sentence.words[*before].is("("))?;
    let before = first.checked_sub(1).filter(|before| sentence.phrases[*before].words.end + 1 == start)?;
    // "patients have prescriptions (drug, dose)": what stands in brackets belongs to what stands before them.
    if sentence.phrases[before].count == Count::Many && (attribute_like > 0 || members.len() > 1) {
        return Owner::named(sentence, before);
    }
    // "a name and an address (street, city)": the parts of what something has are what it has.
    if attribute_like != members.len() || names::attribute_strength(&sentence.name(before)) < 2 {
        return None;
    }
    let listed =
        (0..=before).map(|first| crate::lists::run(sentence, first)).find(|run| run.contains(&before))?;
    owner(sentence, &listed)
}

/// "A play is given in shows, each in a hall on a date": what each of several is in, at or for is said of these.
fn of_each(sentence: &Sentence, members: &[usize], attribute_like: usize) -> Option<Owner> {
    let first = &sentence.phrases[*members.first()?];
    let words = &sentence.words;
    let link = |at: usize| {
        matches!(words[at].lower, "in" | "at" | "on" | "for" | "by" | "from" | "to")
            && words[at].tag == Tag::Preposition
    };
    first.words.start.checked_sub(1).filter(|at| link(*at))?;
    let each = words[..first.words.start].iter().rposition(|word| word.is("each"))?;
    let comma = each.checked_sub(1).filter(|comma| words[*comma].tag == Tag::Comma)?;
    let one = matches!(words[first.words.start].lower, "a" | "an" | "one");
    let plain = words[each + 1..first.words.start]
        .iter()
        .all(|word| matches!(word.tag, Tag::Preposition | Tag::Determiner | Tag::Noun | Tag::Adjective));
    if !(link(each + 1) && plain && (one || attribute_like > 0)) {
        return None;
    }
    let several = sentence.phrases.iter().position(|phrase| phrase.plural && phrase.words.end == comma)?;
    Owner::named(sentence, several)
}

/// "Crags are entered by users: name, rock type": of what is entered, and not of who does it.
fn done_to(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let start = sentence.phrases[*members.first()?].words.start;
    let colon = start.checked_sub(1).is_some_and(|before| sentence.words[before].is(":"));
    let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start)?;
    let verb = &sentence.words[clause.verb];
    let by = clause.obliques.last().is_some_and(|(link, _)| sentence.words[*link].is("by"));
    let kept = verb.is_a(knowledge::KEEPING)
        || crate::lemma::class(verb.lemma) == Some(knowledge::VerbClass::Create);
    let [object] = clause.objects[..] else { return None };
    (colon && by && kept && clause.passive && !members.contains(&object))
        .then(|| Owner::named(sentence, object))
        .flatten()
}

/// "A guest gives a rating to the hotel": what somebody gives away is nothing of his own.
fn hands_over(sentence: &Sentence, clause: &Clause) -> bool {
    // "They must give a reason" for what they do.
    let grounds = |object: &usize| knowledge::interface("grounds").contains(&sentence.name(*object).as_str());
    let gives = |verb: &str| knowledge::interface("gives-grounds").contains(&verb);
    let people = match clause.subject {
        Subject::Phrase(subject) => sentence.names_people(subject),
        Subject::Pronoun(word) => !sentence.words[word].is(IT),
        Subject::Unsaid => false,
    };
    if people
        && !clause.passive
        && matches!(&clause.objects[..], [only] if grounds(only))
        && gives(sentence.words[clause.verb].lemma)
    {
        return true;
    }
    let gives = matches!(sentence.words[clause.verb].lemma, "give" | "send" | "leave" | "pay");
    let person = clause.subject_phrase().is_some_and(|subject| sentence.names_people(subject));
    let receiver = |(preposition, phrase): &(usize, usize)| {
        matches!(sentence.words[*preposition].lower, "to" | "for")
            && names::thing(sentence, *phrase).is_some()
    };
    gives && !clause.passive && person && clause.obliques.iter().any(receiver)
}

/// "Each booking is assigned a unique number", "a booking is made for a date, a time and a number of guests": of what it is
/// done to.
fn received(sentence: &Sentence, members: &[usize], attribute_like: usize) -> Option<Owner> {
    let &first = members.first()?;
    let start = sentence.phrases[first].words.start;
    let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start)?;
    let verb = &sentence.words[clause.verb];
    let given =
        clause.end + 1 == start && matches!(verb.lemma, "assign" | "give" | "issue" | "allocate" | "grant");
    let made = attribute_like > 1
        && clause.end + 2 == start
        && sentence.words[clause.end + 1].is("for")
        && crate::lemma::class(verb.lemma) == Some(knowledge::VerbClass::Create);
    let object = clause.objects.last().filter(|object| !members.contains(object))?;
    (clause.passive && !clause.negated && attribute_like > 0 && (given || made))
        .then(|| Owner::named(sentence, *object))
        .flatten()
}

/// "An order has lines with colour and size": of the lines, whatever is listed.
fn of_lines(sentence: &Sentence, members: &[usize]) -> bool {
    let Some((first, _)) = members.split_first().filter(|(_, rest)| !rest.is_empty()) else { return false };
    sentence.phrases[*first].words.start.checked_sub(1).is_some_and(|with| sentence.words[with].is("with"))
        && first.checked_sub(1).is_some_and(|anchor| anchors::lines(sentence, anchor).is_some())
}

/// "A ferry leaves on a date at a time": when each of what happens does so.
fn happens_on(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    let [only] = members else { return None };
    let this = &sentence.phrases[*only];
    let words = &sentence.words;
    let start = this.words.start;
    let when = start > 0
        && matches!(words[start - 1].lower, "on" | "at")
        && matches!(words[start].lower, "a" | "an")
        && this.words.len() == 2
        && matches!(words[this.name.end - 1].lemma, "date" | "time" | "day");
    let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start).filter(|_| when)?;
    let happens = matches!(
        words[clause.verb].lemma,
        "leave"
            | "depart"
            | "start"
            | "begin"
            | "happen"
            | "occur"
            | "take"
            | "end"
            | "arrive"
            | "run"
            | "hold"
            | "schedule"
    );
    let subject = if clause.passive { clause.objects.last().copied() } else { clause.subject_phrase() };
    let owner = Owner::named(sentence, subject.filter(|_| happens && !clause.negated)?)?;
    (!names::is_person(&owner.name) && !names::is_system(&owner.name)).then_some(owner)
}

/// "An email address is required": of what the text speaks of; "the member name is unique": of the member.
fn required(sentence: &Sentence, first: usize, attribute_like: usize) -> Option<Owner> {
    let this = &sentence.phrases[first];
    let words = &sentence.words;
    let clause = sentence.clauses.iter().find(|clause| {
        clause.subject_phrase() == Some(first) || clause.passive && clause.objects == [first]
    })?;
    let be = words[clause.verb].among(knowledge::BE);
    let copula = (be || words[clause.verb].is("required")) && !clause.negated && !this.plural;
    let needed = words.get(clause.verb + usize::from(be)).is_some_and(|word| {
        matches!(word.lower, "required" | "mandatory" | "essential" | "necessary" | "compulsory" | "optional")
    });
    if !copula || attribute_like == 0 || words.get(this.words.end).is_some_and(|word| word.is("of")) {
        return None;
    }
    let article = words[this.words.start].lower;
    if needed && matches!(article, "a" | "an") {
        return Some(Owner::spoken_of(None));
    }
    (be && article == "the").then(|| anchors::own_name(sentence, first)).flatten()
}

/// "the title of the paper": one that is an attribute of whatever it is said of.
fn stated(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let head = &sentence.words[this.name.end - 1];
    !this.plural
        && sentence.words[this.words.start].is("the")
        && names::attribute_strength(&sentence.name(phrase)) == 2
        && !head.is_a(knowledge::CONTAINERS.or(knowledge::EMPTY_HEADS))
}

/// "their names and positions": of what was named before.
fn possessor(sentence: &Sentence, first: usize) -> Option<Owner> {
    let this = &sentence.phrases[first];
    let word = sentence.words[this.words.start..this.name.start]
        .iter()
        .find(|word| matches!(word.lower, "their" | "its" | "his" | "her"))?;
    let several = word.is("their");
    let named = (0..first).rev().find(|before| {
        let phrase = &sentence.phrases[*before];
        let person = sentence.names_people(*before);
        // "hand a task to a translator, reset its deadline": no person is it, and no thing is she.
        (phrase.plural == several || several && person)
            && (several
                || (person || crate::lemma::verb_of_doer(&sentence.name(*before)).is_some())
                    != word.is("its"))
            && (several || !sentence.in_story(*before, |story| &story.role))
            && names::thing(sentence, *before).is_some_and(|name| names::attribute_strength(&name) < 2)
            && !names::is_software(sentence, *before)
    });
    // "Surveyors walk their districts": what somebody has to do with is no value of theirs.
    let governing = sentence.clauses.iter().rev().find(|clause| clause.verb < this.words.start);
    let stays = governing.is_some_and(|clause| {
        let verb = sentence.words[clause.verb].lemma;
        matches!(crate::lemma::class(verb), None | Some(knowledge::VerbClass::State))
            && !holds(knowledge::TELLING.or(knowledge::KEEPING), verb)
    });
    // "Rangers log their hours on a trail", "employees submit their expenses": what they put down is no value of theirs.
    let put_down = governing.is_some_and(|clause| {
        let verb = sentence.words[clause.verb].lemma;
        clause.objects == [first]
            && matches!(
                verb,
                "record" | "log" | "track" | "enter" | "book" | "submit" | "report" | "note" | "claim"
            )
    });
    let head = sentence.words[this.name.end - 1].lemma;
    if put_down
        && matches!(
            head,
            "time" | "hour" | "work" | "expense" | "mileage" | "absence" | "progress" | "effort"
        )
    {
        return None;
    }
    // "Record their time against a matter": what is recorded is no value of theirs.
    if sentence.words.get(this.words.end).is_some_and(|link| link.is("against")) {
        return None;
    }
    if this.plural && stays && several && sentence.of_phrase(first).is_none() && !sentence.coordinates(first)
    {
        return None;
    }
    named.and_then(|before| Owner::named(sentence, before))
}

/// The name of the record of an activity: "repair details" are kept of a repair, "maintenance details" in maintenance
/// records, as maintenance alone is nothing that there can be two of.
pub(crate) fn activity_name(phrase: &str) -> Option<String> {
    let bare = ["record", "detail", "information", "history", "data"]
        .iter()
        .find_map(|head| phrase.strip_suffix(head))
        .unwrap_or(phrase)
        .trim();
    let last = names::head(bare);
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
    let lemma = verb.lemma;
    let has = holds(knowledge::TELLING, lemma) || matches!(lemma, "has" | "had" | "having");
    // "A donor may give blood four times a year" tells how often, "an operator must give a reason" why something is done.
    if how_often(sentence, clause)
        || members.iter().all(|member| is_of_act(sentence, *member)) && gives(sentence, clause)
    {
        return None;
    }
    if clause.negated || !has || lemma == "be" || matches!(verb.lower, "is" | "are" | "was" | "were") {
        return None;
    }
    // "No vet can have two appointments at the same time" says what nobody has.
    let nobodys = |subject: usize| sentence.denied(subject) || is_of_everyone(sentence, subject);
    if clause.subject_phrase().is_some_and(nobodys) {
        return None;
    }
    // "in charge of managing cooks and gardeners": who manages others has them not as attributes.
    if lemma == "manage" && attribute_like == 0 {
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
    // "18,000 cars enter on a normal day and at night": when and where is nothing that a car has.
    let placed = |(link, phrase): &(usize, usize)| {
        members.first() == Some(phrase)
            && matches!(
                sentence.words[*link].lower,
                "on" | "at" | "in" | "from" | "to" | "between" | "until" | "after" | "before" | "during"
            )
    };
    if clause.objects.is_empty() && clause.obliques.iter().any(placed) {
        return None;
    }
    let system = |subject: usize| {
        let head = sentence.words[sentence.phrases[subject].name.end - 1].lemma;
        names::is_system(head)
    };
    // "For the reservation of boats, members reserve boats, recording the date": of the reservation.
    let passing = |subject: usize| {
        verb.tag == Tag::Verb(Form::Ing)
            && sentence
                .clauses
                .iter()
                .any(|other| other.verb < clause.verb && !other.passive && other.objects.contains(&subject))
    };
    if records
        && attribute_like > 0
        && members.len() > 1
        && clause.subject_phrase().is_some_and(passing)
        && let Some(owner) = introduced(sentence, members)
    {
        return Some(owner);
    }
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
            // "Each service has a date": one of several is no system that is to be built.
            let one_of_several = sentence.phrases[subject].count == Count::Each && !records;
            let keeper = named.as_ref().is_none_or(|owner| {
                let recorded = one_of_several
                    || names::is_filed(sentence, subject)
                    || verb.among(knowledge::HAVE) && names::is_device(&owner.name);
                !recorded && (names::is_system(&owner.name) || system(subject))
                    || names::is_person(&owner.name)
                        && (!holds(knowledge::POSSESSING, lemma)
                            // "Technicians register gateways": nothing that they have, as is "personal accounts".
                            || attribute_like == 0
                                && !is_own(sentence, members) && matches!(lemma, "register" | "enter" | "fill" | "give"))
                    || organisation(&owner.name) && records
            });
            if keeper {
                introduced(sentence, members).filter(|_| records && attribute_like > 0 && members.len() > 1)
            } else {
                named
            }
        }
        None => {
            let Subject::Pronoun(at) = clause.subject else { return None };
            let pronoun = sentence.words[at].lower;
            // "For each casualty we keep an age and an injury."
            if matches!(pronoun, "we" | "i" | "you") {
                return introduced(sentence, members)
                    .filter(|_| records && attribute_like > 0 && members.len() > 1);
            }
            let stands = matches!(
                pronoun,
                IT | "they" | "he" | "she" | "which" | "each" | "this" | "these" | "both" | "one"
            );
            (stands && attribute_like > 0).then(|| Owner::spoken_of((pronoun == IT).then(|| IT.to_owned())))
        }
    }
}

/// "Clubs request a tour by giving a day and a number of guests": of the tour.
fn specified(sentence: &Sentence, clause: &Clause) -> Option<Owner> {
    let verb = &sentence.words[clause.verb];
    let how = clause.verb > 0
        && sentence.words[clause.verb - 1].is("by")
        && verb.tag == Tag::Verb(Form::Ing)
        // "by giving them a link"
        && sentence.words.get(clause.end + 1).is_some_and(|next| next.tag != Tag::Pronoun)
        && matches!(
            verb.lemma,
            "specify" | "give" | "enter" | "provide" | "state" | "indicate" | "fill" | "name" | "choose" | "select"
        );
    let asked = sentence.clauses.iter().rev().find(|other| other.verb < clause.verb).filter(|_| how)?;
    let creates = crate::lemma::class(sentence.words[asked.verb].lemma) == Some(knowledge::VerbClass::Create);
    let [object] = asked.objects[..] else { return None };
    Owner::named(sentence, object).filter(|owner| {
        creates && !names::is_person(&owner.name) && names::attribute_strength(&owner.name) < 2
    })
}

/// "Everyone in the club gets a message": not the club.
fn is_of_everyone(sentence: &Sentence, subject: usize) -> bool {
    let start = sentence.phrases[subject].words.start;
    start > 1
        && sentence.words[start - 1].tag == Tag::Preposition
        && sentence.words[start - 2].tag == Tag::Pronoun
}

/// "Personal accounts", "their own cars": what the words themselves give to somebody.
fn is_own(sentence: &Sentence, members: &[usize]) -> bool {
    members.iter().any(|member| {
        sentence.words[sentence.phrases[*member].words.clone()]
            .iter()
            .any(|word| matches!(word.lower, "own" | "personal" | "private"))
    })
}

/// Whether a clause tells how often something is done: "four times a year", "twice a week".
fn how_often(sentence: &Sentence, clause: &Clause) -> bool {
    let rest = sentence.words[clause.end + 1..]
        .iter()
        .take_while(|word| word.tag != Tag::Comma && !matches!(word.lower, ":" | ";"));
    let words: Vec<_> = rest.collect();
    words.windows(2).any(|pair| {
        pair[1].is("times") && pair[0].tag == Tag::Number
            || matches!(pair[0].lower, "once" | "twice")
                && matches!(pair[1].lower, "a" | "an" | "per" | "each" | "every")
    })
}

/// Whether somebody gives what a clause speaks of, or states it.
fn gives(sentence: &Sentence, clause: &Clause) -> bool {
    let verb = sentence.words[clause.verb].lemma;
    let person = |phrase: usize| sentence.names_people(phrase);
    let who = clause.subject_phrase().is_some_and(person)
        || matches!(clause.subject, Subject::Pronoun(at) if !sentence.words[at].is(IT));
    !clause.passive && who && matches!(verb, "give" | "state" | "provide" | "enter" | "specify")
}

/// "a reason", "a justification": what is said of an act, and of nobody who does it.
fn is_of_act(sentence: &Sentence, phrase: usize) -> bool {
    matches!(
        sentence.words[sentence.phrases[phrase].name.end - 1].lemma,
        "reason" | "justification" | "explanation" | "remark" | "comment"
    )
}

/// "the records", "this information": a noun for records in general that names no thing itself.
fn refers_back(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    this.name.len() == 1
        && this.words.start < this.name.start
        && !matches!(sentence.words[this.words.start].lower, "a" | "an" | "each" | "every")
        && matches!(
            sentence.words[this.name.start].lemma,
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

/// "Donors create an account with a name and a date of birth": these are the donor's, of whom the account is only the record.
pub(crate) fn registrant(sentence: &Sentence, owner: &Owner, items: &[Item]) -> Option<String> {
    let &account = owner.phrases.first()?;
    if !holds(knowledge::REGISTRATIONS, names::head(&owner.name)) {
        return None;
    }
    let clause = sentence.clauses.iter().find(|clause| clause.objects.contains(&account))?;
    let creates =
        crate::lemma::class(sentence.words[clause.verb].lemma) == Some(knowledge::VerbClass::Create);
    let of_person = |item: &Item| {
        names::attribute_row(&item.name).is_some_and(|row| matches!(row.class, "personal" | "secret"))
    };
    if !creates || clause.passive || !items.iter().any(of_person) {
        return None;
    }
    let role = || (0..account).find(|phrase| sentence.in_story(*phrase, |story| &story.role));
    let person = match clause.subject {
        Subject::Phrase(subject) => Some(subject),
        Subject::Pronoun(at) if sentence.words[at].is("i") => role(),
        Subject::Pronoun(_) | Subject::Unsaid => None,
    };
    person.and_then(|person| names::thing(sentence, person)).filter(|name| names::is_person(name))
}

/// "The sales order table records information on customers, including …": what the table is of, whatever it tells about.
fn of_table(sentence: &Sentence, start: usize) -> Option<Owner> {
    let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start)?;
    let subject = clause.subject_phrase().filter(|_| !clause.passive)?;
    let named = sentence.phrases[subject].name.clone();
    let table = named.len() > 1 && sentence.words[named.end - 1].is("table");
    let including =
        sentence.words[clause.verb..start].iter().any(|word| matches!(word.lower, "including" | "as"));
    (table && including).then(|| Owner::named(sentence, subject)).flatten()
}

/// What a sentence says first that it speaks of: "During each production, … are recorded", "For each sale, …".
fn introduced(sentence: &Sentence, members: &[usize]) -> Option<Owner> {
    // "Players take part; for each participation the rank is stored": what is said first after the semicolon.
    let start = sentence.phrases[*members.first()?].words.start;
    let from = sentence.words[..start].iter().rposition(|word| word.is(";")).map_or(0, |at| at + 1);
    let opening = sentence.phrases.partition_point(|phrase| phrase.words.start < from);
    let first = sentence.phrases.get(opening)?;
    let preposition = first.words.start.checked_sub(1).map(|at| sentence.words[at].lower)?;
    let opens = matches!(
        preposition,
        "for"
            | "from"
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
    if !opens || members.contains(&opening) {
        return None;
    }
    // "After completion of a repair": at that moment of it.
    let moment = matches!(
        sentence.name(opening).as_str(),
        "completion" | "end" | "start" | "beginning" | "creation" | "course"
    );
    let phrase = sentence.of_phrase(opening).filter(|_| moment).unwrap_or(opening);
    let name = sentence.name(phrase);
    let bare = name.strip_suffix(" management").or_else(|| name.strip_suffix(" process")).unwrap_or(&name);
    let activity =
        activity_name(bare).map(|name| Owner { name, of: None, head: None, phrases: vec![phrase] });
    activity.or_else(|| Owner::named(sentence, phrase))
}

/// Names of the organisation that runs the system, which records things of others rather than of itself.
fn organisation(name: &str) -> bool {
    let last = names::head(name);
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
