//! What a list speaks of by the words before it: "employee information, including a name", "a set of attributes such
//! as a code", "information about each page of the site".

use crate::clauses::Subject;
use crate::lemma::Form;
use crate::lists;
use crate::names;
use crate::owners::{Owner, activity_name};
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};

/// What the list that starts with a phrase belongs to by what stands right before it: "a room with a number and a
/// price", "employee information (name, age)", "Course: title, credits".
pub(crate) fn before(sentence: &Sentence, first: usize) -> Option<Owner> {
    let start = sentence.phrases[first].words.start;
    let before = start.checked_sub(1).map(|at| &sentence.words[at])?;
    let leads = matches!(
        before.lower,
        "with" | "including" | "includes" | ":" | "(" | "as" | "like" | "-" | "–" | "include"
    );
    if !leads {
        return None;
    }
    // "The controller enters it with a reference and a description."
    let it = start.checked_sub(2).is_some_and(|at| matches!(sentence.words[at].lower, "it" | "them"));
    if it && before.is("with") {
        if let Some(owner) = done_before(sentence, start - 2, first) {
            return Some(owner);
        }
        return Some(Owner::spoken_of(Some(crate::owners::IT.to_owned())));
    }
    if before.is(":")
        && let Some(owner) = label(sentence, first)
    {
        return Some(owner);
    }
    let anchor = (0..first).rev().find(|phrase| sentence.phrases[*phrase].words.end < start)?;
    let gap = &sentence.words[sentence.phrases[anchor].words.end..start];
    // "Add plants to a garden, each with a number": of those of which there are several.
    let each = matches!(gap, [.., each, with] if each.is("each") && with.is("with"));
    if each && !sentence.phrases[anchor].plural {
        let several = (0..anchor).rev().take(2).find(|phrase| sentence.phrases[*phrase].plural);
        if let Some(owner) = several.and_then(|several| Owner::named(sentence, several)) {
            return Some(owner);
        }
    }
    // "A piece belongs to a member and is noted with a weight": another clause.
    let turns = gap.first().is_some_and(|word| word.tag == Tag::Conjunction)
        && gap.iter().any(|word| matches!(word.tag, Tag::Verb(_)));
    if gap.len() > 5 || turns {
        return None;
    }
    // "Passes through stations: model, framework, finishing": these are the stations, whatever a model is elsewhere.
    if before.is("with")
        && let Some(owner) = lines(sentence, anchor)
    {
        return Some(owner);
    }
    let named = before.is(":")
        && sentence.phrases[anchor].plural
        && sentence.clauses.iter().any(|clause| clause.obliques.iter().any(|(_, phrase)| *phrase == anchor));
    let few_attributes = || {
        let members = lists::run(sentence, first);
        lists::attributes_in(sentence, &members) * 2 < members.len()
    };
    if named && few_attributes() {
        return None;
    }
    // "It is a document, carrying characteristics such as": said of whatever carries them.
    if says_nothing(sentence, anchor) {
        return anchor_owner(sentence, anchor);
    }
    // "A borrower is another museum with a name and an address": of the borrower.
    if before.is("with")
        && let Some(clause) = sentence.clauses.iter().find(|clause| clause.objects == [anchor])
        && sentence.words[clause.verb].among(knowledge::BE)
        && !clause.negated
        && matches!(sentence.words[sentence.phrases[anchor].words.start].lower, "a" | "an" | "another")
        && let Some(subject) =
            clause.subject_phrase().filter(|subject| !names::is_software(sentence, *subject))
        && let Some(owner) = Owner::named(sentence, subject)
    {
        return Some(owner);
    }
    by_items(sentence, anchor, first).or_else(|| {
        let made = made(sentence, anchor).filter(|_| before.is("with") || before.is(":"));
        // "Record their time against a matter with a date": also what is a value elsewhere.
        let against = sentence.words[sentence.phrases[anchor].words.start.saturating_sub(1)].is("against");
        let recorded = made.filter(|_| against).and_then(|made| Owner::named(sentence, made));
        recorded.or_else(|| anchor_owner(sentence, made.unwrap_or(anchor)))
    })
}

/// "The clerk receives a parcel and logs it with a number", "helpers bag finds and hand them to the registrar, who enters them
/// with a find number": what the sentence itself has done something to, and of several such things that by whose name the
/// first item is called.
fn done_before(sentence: &Sentence, pronoun: usize, first: usize) -> Option<Owner> {
    let meant = sentence.words[pronoun].lower;
    let objects =
        sentence.clauses.iter().filter(|clause| clause.verb < pronoun).flat_map(|clause| &clause.objects);
    let things = objects
        .copied()
        .filter(|phrase| sentence.phrases[*phrase].words.end <= pronoun && sentence.can_be(*phrase, meant))
        .filter_map(|phrase| Owner::named(sentence, phrase))
        .filter(|owner| names::attribute_strength(&owner.name) < 2 && !names::is_person(&owner.name));
    let things: Vec<Owner> = things.collect();
    let item = sentence.name(first);
    let called = things.iter().position(|owner| item.split(' ').next() == Some(owner.name.as_str()));
    let at = called.or(things.len().checked_sub(1))?;
    things.into_iter().nth(at)
}

/// "Report an issue in a project with a title", "enter a call-out from the police with a grid reference": what is made has
/// it, and not the place or person that it is made in or comes from.
fn made(sentence: &Sentence, anchor: usize) -> Option<usize> {
    let link = sentence.phrases[anchor].words.start.checked_sub(1)?;
    let placed = matches!(
        sentence.words[link].lower,
        "in" | "from"
            | "to"
            | "at"
            | "on"
            | "by"
            | "of"
            | "for"
            | "against"
            | "about"
            | "under"
            | "through"
            | "via"
    );
    // "Report a loss without an account, with a description": what is not needed has nothing.
    let lacks = sentence.words[link].is("without");
    let placed = placed || lacks;
    let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < link)?;
    let verb = sentence.words[clause.verb].lemma;
    // "Draw up a contract for a loan with a number"
    let creates = lacks
        || crate::lemma::class(verb) == Some(knowledge::VerbClass::Create)
        || verb == "draw" && sentence.words[clause.end].is("up")
        // "Patients leave a request through the tablet"
        || verb == "leave" && matches!(sentence.words[link].lower, "through" | "via" | "on" | "at");
    let [object] = clause.objects.as_slice() else { return None };
    // "Every treatment is logged against the find with a date": the object of the passive stands before its verb.
    let direct = if clause.passive {
        clause.end + 1 == link && !matches!(sentence.words[link].lower, "of" | "by" | "from")
    } else {
        // "a stay for one or more of my dogs"
        let end = sentence.phrases[*object].words.end;
        let between = sentence.words.get(end..sentence.phrases[anchor].words.start);
        let counted = between.is_some_and(|between| {
            between.iter().all(|word| {
                matches!(word.tag, Tag::Preposition | Tag::Number | Tag::Determiner)
                    || matches!(word.lower, "or" | "more")
            })
        });
        counted || chain(sentence, anchor).any(|phrase| phrase == *object)
    };
    (placed && creates && direct && *object != anchor).then_some(*object)
}

/// "the plan of a soloist at the festival, including …": what stands before the list is only the place or time of it.
pub(crate) fn stands_somewhere(sentence: &Sentence, first: usize) -> bool {
    let start = sentence.phrases[first].words.start;
    let anchor = (0..first).rev().find(|phrase| sentence.phrases[*phrase].words.end < start);
    anchor
        .and_then(|anchor| sentence.phrases[anchor].words.start.checked_sub(1))
        .is_some_and(|link| matches!(sentence.words[link].lower, "at" | "in" | "on" | "during" | "within"))
}

/// "seat information for several halls, including seat row, type": of the things that are spoken of before the list, the
/// one by whose name the first item is called.
fn by_items(sentence: &Sentence, anchor: usize, first: usize) -> Option<Owner> {
    let name = sentence.name(first);
    let (owner, _) = name.rsplit_once(' ')?;
    chain(sentence, anchor).find_map(|phrase| {
        let found = Owner::named(sentence, phrase)?;
        let same = found.name == owner || found.name.ends_with(&format!(" {owner}"));
        (same && names::attribute_strength(&found.name) < 2).then_some(found)
    })
}

/// A phrase and those before it that it is linked to by one preposition each.
fn chain(sentence: &Sentence, anchor: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(anchor), move |phrase| {
        let outer = phrase.checked_sub(1)?;
        let gap = &sentence.words[sentence.phrases[outer].words.end..sentence.phrases[*phrase].words.start];
        matches!(gap, [link] if link.tag == Tag::Preposition || link.is("without")).then_some(outer)
    })
    .take(4)
}

/// The thing by whose name the first item of a list is called, where that is one that only a thing has: "the booking date
/// and the booking status are kept".
pub(crate) fn own_name(sentence: &Sentence, first: usize) -> Option<Owner> {
    let name = sentence.name(first);
    let (owner, attribute) = name.rsplit_once(' ')?;
    let whole = names::attribute_strength(attribute) == 2
        || matches!(attribute, "id" | "number" | "code" | "name" | "title" | "date" | "time");
    let thing = names::attribute_strength(owner) < 2
        && !knowledge::holds(knowledge::STOP_NOUNS.or(knowledge::SOFT_NOUNS), owner)
        && !owner.contains(' ')
        && sentence.words[sentence.phrases[first].name.start].tag == Tag::Noun;
    (whole && thing).then(|| Owner { name: owner.to_owned(), of: None, head: None, phrases: Vec::new() })
}

/// "Stock management: includes managing …": what the words before the colon speak of.
pub(crate) fn labelled(sentence: &Sentence) -> Option<Owner> {
    let label = sentence.phrases.first()?;
    let alone = label.words.start == 0 || sentence.words[label.words.start - 1].tag != Tag::Preposition;
    let head = &sentence.words[label.name.end - 1];
    (alone
        && sentence.words.get(label.words.end).is_some_and(|word| word.is(":"))
        && matches!(
            head.lemma,
            "management" | "information" | "data" | "recording" | "module" | "maintenance"
        ))
    .then(|| Owner::named(sentence, 0))
    .flatten()
}

/// "record a name, a major and grades in student records": the records in which the listed things stand.
pub(crate) fn in_records(sentence: &Sentence, last: usize) -> Option<Owner> {
    let end = sentence.phrases[last].words.end;
    let next = sentence.phrases.get(last + 1).filter(|next| next.words.start == end + 1)?;
    let head = &sentence.words[next.name.end - 1];
    (matches!(sentence.words[end].lower, "in" | "on" | "within")
        && next.name.len() > 1
        && matches!(head.lemma, "record" | "file" | "table" | "list" | "register"))
    .then(|| Owner::named(sentence, last + 1))
    .flatten()
}

/// The thing that a phrase before "including" or a colon speaks of; "maintenance details for the tools" speaks of
/// what is recorded when a tool is maintained.
fn anchor_owner(sentence: &Sentence, anchor: usize) -> Option<Owner> {
    // "register, leaving details such as a name", "identified by a set of attributes including a code".
    if says_nothing(sentence, anchor) {
        let start = sentence.phrases[anchor].words.start;
        let clause = sentence.clauses.iter().rev().find(|clause| clause.verb < start)?;
        // "It is a work, carrying characteristics such as": what is said of the work is said of it.
        let equal = sentence.clauses.iter().find(|other| {
            sentence.words[other.verb].among(knowledge::BE)
                && clause.subject_phrase().is_some_and(|subject| other.objects.contains(&subject))
        });
        let clause = equal.unwrap_or(clause);
        if let Subject::Pronoun(it) = clause.subject
            && !clause.passive
            && matches!(sentence.words[it].lower, "it" | "they" | "he" | "she")
        {
            return Some(Owner::spoken_of(None));
        }
        let subject = if clause.passive { clause.objects.last().copied() } else { clause.subject_phrase() };
        let subject =
            subject.filter(|subject| *subject < anchor && !names::is_software(sentence, *subject))?;
        return Owner::named(sentence, subject);
    }
    // "information for each page of the application": not the software, but what is in it.
    let each = chain(sentence, anchor).skip(1).find(|phrase| sentence.phrases[*phrase].count == Count::Each);
    if let Some(each) = each
        && names::is_software(sentence, anchor)
    {
        return Owner::named(sentence, each);
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
    if let Some(owner) = Owner::named(sentence, anchor).filter(|owner| {
        names::attribute_strength(&owner.name) < 2 || anchor == 0 || is_made(sentence, anchor)
    }) {
        return Some(owner);
    }
    whole
        .and_then(|whole| Owner::named(sentence, whole))
        .filter(|owner| names::attribute_strength(&owner.name) < 2)
}

/// "An order has lines with a product and an amount": the order lines, as such a noun says nothing by itself.
pub(crate) fn lines(sentence: &Sentence, anchor: usize) -> Option<Owner> {
    let this = &sentence.phrases[anchor];
    let noun = sentence.words[this.name.end - 1].lemma;
    let has = |clause: &&crate::clauses::Clause| {
        clause.objects.contains(&anchor)
            && !clause.passive
            && (sentence.words[clause.verb].among(knowledge::HAVE)
                || matches!(sentence.words[clause.verb].lemma, "contain" | "comprise" | "list"))
    };
    let whole = sentence.clauses.iter().find(has)?.subject_phrase()?;
    let whole = names::thing(sentence, whole).filter(|whole| names::attribute_strength(whole) < 2)?;
    (this.plural && this.name.len() == 1 && matches!(noun, "line" | "position" | "row" | "item")).then(|| {
        Owner { name: format!("{whole} {noun}"), of: Some(whole), head: None, phrases: vec![anchor] }
    })
}

/// "Contract for each loan: number, fee", "Sender (a shop): name": what a label names first, whatever it says of that.
fn label(sentence: &Sentence, first: usize) -> Option<Owner> {
    let this = sentence.phrases.first().filter(|this| this.words.start == 0 && first > 1)?;
    let next = &sentence.words[this.words.end];
    let linked = matches!(next.lower, "for" | "after" | "before" | "by" | "per" | "at" | "during" | "from")
        || next.is("(")
            && sentence.words.get(this.words.end + 1).is_some_and(|word| word.tag == Tag::Determiner);
    // A verb before the colon says more than a label does.
    let start = sentence.phrases[first].words.start;
    let tells = |word: &Word| {
        matches!(word.tag, Tag::Auxiliary | Tag::Modal | Tag::Verb(Form::Base | Form::Past | Form::Ing))
    };
    let told = sentence.words[..start].iter().any(tells) || informs(sentence, 0) || says_nothing(sentence, 0);
    let members = lists::run(sentence, first);
    let listed = lists::attributes_in(sentence, &members) * 2 >= members.len();
    let bare = this.words.start == this.name.start && !lists::is_empty_head(sentence, 0);
    Owner::named(sentence, 0).filter(|owner| {
        linked
            && !told
            && listed
            && bare
            && names::attribute_strength(&owner.name) < 2
            && !lists::names_attributes(&owner.name)
    })
}

/// "A flatmate adds an expense with a date and a shop": somebody makes one, so that it is a thing, whatever it is elsewhere.
fn is_made(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let one = matches!(sentence.words[this.words.start].lower, "a" | "an" | "each" | "every");
    let makes = |clause: &crate::clauses::Clause| {
        clause.objects.contains(&phrase)
            && clause.end < this.words.start
            && crate::lemma::class(sentence.words[clause.verb].lemma) == Some(knowledge::VerbClass::Create)
    };
    let end = this.words.end;
    let several = |first: usize| lists::attributes_in(sentence, &lists::run(sentence, first)) > 1;
    one && this.name.len() == 1
        && sentence.words.get(end).is_some_and(|word| word.is("with"))
        && sentence.clauses.iter().any(makes)
        && sentence.phrases.iter().position(|next| next.words.start > end).is_some_and(several)
}

/// "seat information": what is known of a thing, and no thing itself.
pub(crate) fn informs(sentence: &Sentence, phrase: usize) -> bool {
    let name = &sentence.phrases[phrase].name;
    matches!(sentence.words[name.end - 1].lemma, "information" | "info" | "data" | "detail")
}

/// "attributes", "details", "the following information": nothing before it, and no "of" after it, says of what.
fn says_nothing(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    // A booking is a thing, "including" is none.
    let counted = matches!(
        sentence.words[this.words.start].lower,
        "a" | "an" | "each" | "every" | "one" | "another" | "new"
    );
    let bare = sentence.words[this.name.clone()].iter().all(|word| {
        word.tag == Tag::Adjective
            || word.lower.ends_with("ing") && !counted
            || matches!(
                word.lemma,
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
