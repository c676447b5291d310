//! Which part of speech each word of a sentence is.

use crate::lemma::Form;
use crate::words::{Tag, Word};
use knowledge::{VerbClass, WordLists, holds};

/// Tags the words of a sentence from left to right: closed classes first, then the places where only a verb or only a
/// noun can stand, then the word's own most usual class.
pub(crate) fn tag(words: &mut [Word]) {
    for at in 0..words.len() {
        let tag = choose(words, at);
        let word = &mut words[at];
        word.tag = tag;
        match word.verb {
            // A noun keeps its singular.
            _ if tag == Tag::Noun => {}
            Some((base, _)) if matches!(tag, Tag::Verb(_)) => {
                word.lemma = base;
                word.base_lists = knowledge::lists_of(base);
            }
            _ => word.keep_as_written(),
        }
    }
    mend(words);
}

fn choose(words: &[Word], at: usize) -> Tag {
    let word = &words[at];
    if let Some(tag) = closed(words, at) {
        return tag;
    }
    if let Some(form) = placed(words, at) {
        return Tag::Verb(form);
    }
    if word.verb.is_some() && labels(words, at) {
        return Tag::Noun;
    }
    if verb_place(words, at)
        && let Some((_, form)) = word.verb
        && form != Form::ThirdPerson
    {
        return Tag::Verb(form);
    }
    // "sign up", "log out": with its particle it is a verb.
    if matches!(word.lower, "sign" | "log")
        && words.get(at + 1).is_some_and(|next| matches!(next.lower, "up" | "in" | "out" | "on"))
        && !noun_place(words, at)
    {
        return Tag::Verb(Form::Base);
    }
    // "firing records need to include": before "to", after a noun, nothing but a verb makes sense.
    if matches!(word.lower, "need" | "needs")
        && words.get(at + 1).is_some_and(|next| next.is("to"))
        && !noun_place(words, at)
    {
        return Tag::Verb(if word.is("need") { Form::Base } else { Form::ThirdPerson });
    }
    // "Favorite articles", as a feature of a list, is something to do.
    let feature = at == 0 && word.among(knowledge::TOGGLES) && words.get(1).is_some_and(|next| next.plural);
    if feature && let Some((_, form)) = word.verb {
        return Tag::Verb(form);
    }
    // "is associated with": what binds two things, however much it looks like a quality of one.
    let bound = matches!(word.verb, Some((base, Form::Past)) if holds(knowledge::BELONGING, base))
        && after_be(words, at)
        && words.get(at + 1).is_some_and(|next| matches!(next.lower, "with" | "to"));
    let is_quality = || !bound && !acts(words, at) && !is_done(words, at) && !has_something(words, at);
    if word.among(knowledge::ADJECTIVES) && is_quality() {
        return Tag::Adjective;
    }
    let Some((base, form)) = word.verb else {
        let tag = open(word);
        // No table knows it as a verb, but nothing else can stand there: "must defragment"; or its ending says so.
        let made = ["ize", "ise", "ify"].iter().any(|ending| word.lower.ends_with(ending))
            && word.lower.len() > 6
            && !noun_place(words, at)
            && plain_object_after(words, at);
        // "marked as privileged": what something is marked as.
        if tag == Tag::Noun && word.lower.ends_with("ed") && at > 0 && words[at - 1].is("as") {
            return Tag::Adjective;
        }
        // "is noted with": what is done to a thing, whatever the verb.
        if tag == Tag::Noun && word.lower.len() > 4 && word.lower.ends_with("ed") && after_be(words, at) {
            return Tag::Verb(Form::Past);
        }
        let demanded = tag == Tag::Noun && (after_demand(words, at) || made) && !word.plural;
        return if demanded { Tag::Verb(Form::Base) } else { tag };
    };
    let noun_too = word.among(knowledge::NOUNS);
    match form {
        // "Exhibit: number, title": a label.
        Form::Base
            if at == 0
                && words.get(1).is_some_and(|next| next.is(":"))
                && crate::lemma::class(base) == Some(knowledge::VerbClass::State) =>
        {
            Tag::Noun
        }
        Form::Base | Form::ThirdPerson => {
            let also_noun = noun_too || holds(knowledge::NOUN_VERBS, base);
            let verbal = || match form {
                Form::Base => subject_before(words, at) || opens(words, at) || alternates(words, at),
                _ => {
                    singular_before(words, at) && object_after(words, at) && !within_object(words, at)
                        || goes_on(words, at)
                        || in_row(words, at)
                        || in_relative(words, at)
                }
            };
            // "and either passes the piece on or rejects it": one of two things that somebody does.
            if form == Form::ThirdPerson && at > 0 && words[at - 1].is("either") && or_does(words, at) {
                return Tag::Verb(form);
            }
            if form == Form::ThirdPerson && is_many(words, at) {
                return Tag::Noun;
            }
            // "What goes beyond is charged": the subject of a clause, and no kind of thing.
            let relative = form == Form::ThirdPerson && at > 0 && words[at - 1].is("what") && !also_noun;
            let acts_alone = form == Form::ThirdPerson && after_singular(words, at);
            let named = !acts_alone && (noun_place(words, at) && !relative || also_noun && !verbal());
            if named { Tag::Noun } else { Tag::Verb(form) }
        }
        Form::Past if noun_too => Tag::Noun,
        Form::Ing if noun_too && !after_be(words, at) && !takes_object(words, at) => Tag::Noun,
        Form::Ing if has_something(words, at) => Tag::Noun,
        Form::Past | Form::Ing => Tag::Verb(form),
    }
}

/// "The clerk may approve, return or counter a bid": a verb in its base form, joined to others and right before an article,
/// where no noun can stand.
fn alternates(words: &[Word], at: usize) -> bool {
    let article = |next: &Word| matches!(next.lower, "a" | "an" | "the" | "it" | "them");
    let Some(joint) = at.checked_sub(1).filter(|joint| words[*joint].tag == Tag::Conjunction) else {
        return false;
    };
    words.get(at + 1).is_some_and(article)
        && joint.checked_sub(1).is_some_and(|last| words[last].tag == Tag::Verb(Form::Base))
}

/// The form of a verb where nothing but a verb can stand, whatever the word mostly is.
fn placed(words: &[Word], at: usize) -> Option<Form> {
    let (base, form) = words[at].verb?;
    // "is then split": the form of the base is that of the participle.
    let alike = || knowledge::look_up(&knowledge::VERB_FORMS, base) == Some(base);
    if form == Form::Base && after_be(words, at) && alike() {
        return Some(Form::Past);
    }
    // "No one sees them": somebody, and no number of sights.
    let no_one = || matches!(&words[..at], [.., no, one] if no.is("no") && one.is("one"));
    // "A report that nobody answers", "the head, who orders felling": nothing but a verb goes on from such a subject.
    let someone = |before: &Word| {
        matches!(
            before.lower,
            "nobody"
                | "everybody"
                | "somebody"
                | "anybody"
                | "everyone"
                | "someone"
                | "anyone"
                | "he"
                | "she"
                | "who"
        )
    };
    (form == Form::ThirdPerson && (no_one() || before(words, at).is_some_and(someone))).then_some(form)
}

/// Whether a word that is an adjective as well is a verb by its place: "Agents close tickets", right between a plural and
/// an object, "confirm receipt or open a complaint", after a verb and before an article, "Guards open or close the gate",
/// before a verb that it is joined to.
fn acts(words: &[Word], at: usize) -> bool {
    if !matches!(words[at].verb, Some((_, Form::Base))) {
        return false;
    }
    let article = || {
        words.get(at + 1).is_some_and(|next| {
            next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES))
                || matches!(next.lower, "it" | "them" | "him" | "her")
        })
    };
    let Some(before) = at.checked_sub(1) else { return article() };
    match words[before].tag {
        Tag::Noun => {
            words[before].plural
                && !modifies(words, before)
                && (plain_object_after(words, at) || joined_to_verb(words, at))
        }
        Tag::Comma | Tag::Conjunction => {
            let verb = words[..before].iter().rev().find(|word| word.is_verb());
            let last =
                words[..before].iter().rfind(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction));
            verb.is_some_and(|word| word.tag == Tag::Verb(Form::Base)) && article()
                || last.is_some_and(|word| word.tag == Tag::Verb(Form::Base)) && joined_to_verb(words, at)
        }
        Tag::Punctuation => article(),
        _ => false,
    }
}

/// "open or close the gate", "clean, mend and label the finds": a comma or conjunction, and behind it a verb in its base
/// form that is no noun, or has an object.
fn joined_to_verb(words: &[Word], at: usize) -> bool {
    let joins = |word: &&Word| word.lower == "," || word.among(knowledge::CONJUNCTIONS);
    let gap = words[at + 1..].iter().take_while(joins).count();
    let next = at + 1 + gap;
    let Some(word) = words.get(next).filter(|_| gap > 0) else { return false };
    matches!(word.verb, Some((base, Form::Base)) if !holds(knowledge::NOUN_VERBS, base) || plain_object_after(words, next))
        && !word.among(knowledge::NOUNS)
        && (!word.among(knowledge::ADJECTIVES) || plain_object_after(words, next))
}

/// "Requests are approved by a manager", "each sample has to be approved": what somebody does or has to do, and no quality.
fn is_done(words: &[Word], at: usize) -> bool {
    let done = matches!(words[at].verb, Some((base, Form::Past)) if crate::lemma::class(base).is_some_and(VerbClass::changes));
    if !done || !after_be(words, at) {
        return false;
    }
    // "closed by 6 pm": until when.
    let by = words.get(at + 1).is_some_and(|next| next.is("by"))
        && words.get(at + 2).is_some_and(|next| next.lower.starts_with(char::is_alphabetic));
    let be = words[..at].iter().rposition(|word| word.is("be"));
    by || be
        .and_then(|be| be.checked_sub(1))
        .is_some_and(|before| matches!(words[before].tag, Tag::Modal | Tag::To))
}

/// "the accountant checks, corrects and pays it": verbs in the third person one after the other up to an object, of which
/// one at least can be nothing else.
fn in_row(words: &[Word], at: usize) -> bool {
    // "the accountant checks", but in "from defects and work orders and sends it" nothing begins.
    let named = words[..at]
        .iter()
        .rposition(|word| !(word.tag == Tag::Noun && !word.plural || word.tag == Tag::Adjective));
    let article = named.filter(|named| {
        let third = |word: &Word| word.tag == Tag::Verb(Form::ThirdPerson);
        matches!(words[*named].tag, Tag::Determiner | Tag::Possessive)
            && named.checked_sub(1).is_none_or(|before| match words[before].tag {
                Tag::Preposition | Tag::Verb(_) => false,
                Tag::Conjunction => !words[..before].iter().any(third) || words[before - 1].tag == Tag::Comma,
                _ => true,
            })
    });
    let begins = singular_before(words, at)
        && (article.is_some() || matches!(words[at - 1].tag, Tag::Pronoun | Tag::Determiner))
        || words[..at]
            .iter()
            .rfind(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Adverb))
            .is_some_and(|word| word.tag == Tag::Verb(Form::ThirdPerson));
    let (mut last, mut sure) = (at, false);
    if !begins {
        return false;
    }
    loop {
        let mut next = last + 1;
        while words.get(next).is_some_and(|word| {
            word.lower == ","
                || word.among(knowledge::CONJUNCTIONS)
                || next > last + 1 && word.lower.ends_with("ly")
        }) {
            next += 1;
        }
        if next == last + 1 {
            // "The lecturer grades and scores each question": no noun could stand before what follows.
            let determined = article.is_some()
                && words
                    .get(next)
                    .is_some_and(|word| matches!(word.lower, "a" | "an" | "the" | "each" | "every"));
            return (sure || determined) && last > at && plain_object_after(words, last);
        }
        let Some((base, Form::ThirdPerson)) = words.get(next).and_then(|word| word.verb) else {
            return false;
        };
        sure |= !holds(knowledge::NOUN_VERBS, base) && !words[next].among(knowledge::NOUNS);
        last = next;
    }
}

/// "a certificate that our team checks before", "which a volunteer screens": a clause about what stands before it needs a
/// verb after its subject.
fn in_relative(words: &[Word], at: usize) -> bool {
    let subject = words[..at]
        .iter()
        .rev()
        .take_while(|word| matches!(word.tag, Tag::Adjective) || word.tag == Tag::Noun && !word.plural);
    let nouns = subject.count();
    let ends = words.get(at + 1).is_none_or(|next| {
        const AFTER: WordLists = knowledge::PREPOSITIONS
            .or(knowledge::SUBORDINATORS)
            .or(knowledge::CONJUNCTIONS)
            .or(knowledge::ADVERBS);
        next.among(AFTER) || !next.lower.starts_with(char::is_alphanumeric)
    });
    let Some(article) = at.checked_sub(nouns + 1).filter(|_| nouns > 0 && ends) else { return false };
    matches!(words[article].tag, Tag::Determiner | Tag::Possessive)
        && article > 1
        && matches!(words[article - 1].lower, "which" | "that" | "whom")
        && matches!(words[article - 2].tag, Tag::Noun | Tag::Comma)
}

/// "Lost finds are written off", "a paper cites finds": what a finite verb follows, or what follows one, is several things.
fn is_many(words: &[Word], at: usize) -> bool {
    const FINITE: WordLists = knowledge::BE.or(knowledge::HAVE).or(knowledge::MODALS);
    let ruled =
        words.get(at + 1).is_some_and(|next| next.among(FINITE) && !next.is("be") && !next.is("having"));
    // "Whatever she reports must be answered."
    let relative = words[at.saturating_sub(5)..at].iter().any(|word| {
        matches!(word.lower, "what" | "whatever" | "that" | "which" | "who" | "whom")
            || word.tag == Tag::Pronoun
    });
    let Some(before) = at.checked_sub(1) else { return ruled };
    // "one or more finds"
    if matches!(&words[..at], [.., one, or, more] if one.tag == Tag::Number && or.is("or") && more.is("more"))
    {
        return true;
    }
    let object = match words[before].tag {
        // "The tracker we rent wants much": a clause about what stands before it.
        Tag::Verb(Form::Base) => {
            !matches!(&words[..before], [.., thing, who] if thing.tag == Tag::Noun && who.tag == Tag::Pronoun)
        }
        Tag::Verb(Form::ThirdPerson) => true,
        // "browses selected finds"
        Tag::Verb(Form::Past) => before.checked_sub(1).is_some_and(|verb| {
            matches!(
                words[verb].tag,
                Tag::Verb(Form::ThirdPerson | Form::Base) | Tag::Preposition | Tag::Determiner
            )
        }),
        _ => false,
    };
    ruled && !relative || object
}

/// "Leave request: first day, last day": what begins a line is the name of what the list after the colon is of.
fn labels(words: &[Word], at: usize) -> bool {
    const LONGEST: usize = 4;
    let starts = |word: &Word| word.lower.starts_with(char::is_alphanumeric);
    // Asked of each word that may be a verb: what two words tell is looked at first.
    if !words.get(at + 2).is_some_and(|colon| colon.is(":"))
        || words[..at].iter().any(starts)
        || !starts(&words[at])
    {
        return false;
    }
    let first = &words[at + 3..];
    let end = first.iter().take(LONGEST).position(|word| word.lower == ",");
    let Some(end) = end.filter(|end| *end > 0) else { return false };
    let name: Vec<&str> = first[..end].iter().map(|word| word.lower).collect();
    !words[..at + 2].iter().any(|word| word.is(":"))
        && words[at + 1].lower.starts_with(char::is_alphabetic)
        && knowledge::attribute(&name.join(" ")).is_some()
}

/// ", recording the quantity", "while also recording dates": an object of the participle follows.
fn takes_object(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| word.tag == Tag::Subordinator)
        || at > 0
            && matches!(words[at - 1].tag, Tag::Comma | Tag::Preposition | Tag::Adverb)
            && words
                .get(at + 1)
                .is_some_and(|next| next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES)))
        || participle(words, at)
}

/// "each scan recording its date", ", recording report information including …", ", ensuring fairness": a participle
/// that goes on with the sentence, after a comma or a noun, however much it looks like the first word of a name.
fn participle(words: &[Word], at: usize) -> bool {
    // "tracking number", "recording date" are names.
    const NAMED: &[&str] = &["number", "code", "id", "date", "time", "price", "device", "fee", "status"];
    let (Some(before), Some(next)) = (at.checked_sub(1).map(|before| &words[before]), words.get(at + 1))
    else {
        return false;
    };
    if !words[at].lower.ends_with("ing") || !matches!(before.tag, Tag::Comma | Tag::Noun | Tag::Conjunction) {
        return false;
    }
    if next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES)) {
        return words[at].verb.is_some();
    }
    before.tag == Tag::Comma
        && words[at].among(knowledge::PARTICIPLES)
        && next.lower.starts_with(char::is_alphabetic)
        && !NAMED.contains(&next.lower)
        && !next.among(knowledge::CONJUNCTIONS)
}

/// Right after a modal, or after the "to" of "want to", "able to" and the like.
fn after_demand(words: &[Word], at: usize) -> bool {
    let Some(last) = words[..at].iter().rposition(|word| !matches!(word.tag, Tag::Adverb | Tag::Negation))
    else {
        return false;
    };
    match words[last].tag {
        Tag::Modal => true,
        Tag::To => {
            last > 0
                && matches!(
                    words[last - 1].lower,
                    "want" | "wants" | "able" | "need" | "needs" | "like" | "wish" | "have" | "has" | "order"
                )
        }
        _ => false,
    }
}

/// "takes a key and says until when": after a conjunction, in the form of the verb before.
fn goes_on(words: &[Word], at: usize) -> bool {
    // "enters a pick-up point, sees the fare, requests ride", said of whom the heading names.
    let listed = || {
        // "Florist – binds bouquets, orders flowers": said of the person who stands before the mark.
        let first = || match person_label(words) {
            Some(mark) => words[mark + 1..].iter().find(|word| !word.is_emphasis()),
            None => words.iter().find(|word| word.tag != Tag::Punctuation),
        };
        words[at - 1].tag == Tag::Comma
            && first().is_some_and(|first| first.tag == Tag::Verb(Form::ThirdPerson))
            && words
                .get(at + 1)
                .is_some_and(|next| next.tag != Tag::Comma && next.lower.starts_with(char::is_alphabetic))
    };
    let labelled = || {
        person_label(words).is_some_and(|mark| words[mark + 1..at].iter().all(Word::is_emphasis))
            && words.get(at + 1).is_some_and(|next| {
                next.plural || next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES))
            })
    };
    if at > 0 && (listed() || is_mark(&words[at - 1]) && labelled()) {
        return true;
    }
    let joined = at > 0 && matches!(words[at - 1].tag, Tag::Conjunction)
        || at > 1 && words[at - 1].tag == Tag::Adverb && words[at - 2].tag == Tag::Conjunction;
    // "A box has a barcode and a shelf, and holds several finds."
    let has = || {
        let ruling =
            words[..at].iter().rev().take(20).find(|word| word.is_verb() || word.tag == Tag::Auxiliary);
        let object = words.get(at + 1).is_some_and(|next| {
            next.among(knowledge::DETERMINERS.or(knowledge::NUMBER_WORDS))
                || next.is("several")
                || next.is("many")
        });
        object && ruling.is_some_and(|word| word.is("has"))
    };
    if joined && has() {
        return true;
    }
    // "Inspectors may see everything but changes nothing": no noun has such a word behind it.
    let nothing = || {
        let next = words.get(at + 1).map(|next| next.lower);
        matches!(next, Some("nothing" | "everything" | "anything" | "nobody" | "everybody"))
    };
    if joined && nothing() {
        return true;
    }
    let before = words[..at].iter().rev().take(20).find(|word| word.is_verb());
    joined
        && before.is_some_and(|word| word.tag == Tag::Verb(Form::ThirdPerson))
        && words.get(at + 1).is_some_and(|next| {
            const OPEN: WordLists =
                knowledge::DETERMINERS.or(knowledge::PREPOSITIONS).or(knowledge::POSSESSIVES);
            next.among(OPEN)
                || matches!(next.lower, "it" | "them" | "him" | "her" | "one" | "that" | "to")
                || next.plural
                || words.get(at + 2).is_some_and(|last| last.plural)
        })
}

/// What stands between a label and what is said of it.
fn is_mark(word: &Word) -> bool {
    matches!(word.lower, ":" | "–" | "—" | "-") || word.is_emphasis()
}

/// "Florist – binds bouquets", "Shift manager: plans shifts": the mark behind the name of a person with which a line begins.
pub(crate) fn person_label(words: &[Word]) -> Option<usize> {
    const LONGEST: usize = 6;
    let mark = words.iter().take(LONGEST).position(|word| is_mark(word) && !word.is_emphasis())?;
    let mut name = words[..mark].iter().filter(|word| !word.is_emphasis());
    let named = name.clone().all(|word| matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Determiner));
    (named && name.next_back()?.is_a(knowledge::PEOPLE)).then_some(mark)
}

/// Whether the words before belong to the object of a verb: "convert data formats", "of customer orders".
fn within_object(words: &[Word], at: usize) -> bool {
    let before = words[..at].iter().rposition(|word| {
        !matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Possessive)
    });
    // "At each visit the vet records": a second phrase has begun.
    let begins = |pair: &[Word]| {
        pair[0].tag == Tag::Noun && pair[1].among(knowledge::DETERMINERS) && !pair[1].is("all")
    };
    before.is_some_and(|before| {
        let opens = words[before].tag == Tag::Preposition && words[before..at].windows(2).any(begins);
        matches!(words[before].tag, Tag::Verb(_) | Tag::Preposition)
            && !opens
            && !begins_clause(words, before, at)
            && !ends_subject(words, before, at)
    })
}

/// "Before a loan leaves the house": the word that is a preposition elsewhere begins a clause where an article follows the
/// verb.
fn begins_clause(words: &[Word], preposition: usize, at: usize) -> bool {
    words[preposition].among(knowledge::SUBORDINATORS)
        && words[preposition + 1].among(knowledge::DETERMINERS)
        && words.get(at + 1).is_some_and(|next| next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES)))
}

/// "The head of district orders measures": what stands before the preposition has no verb yet, and has an article.
fn ends_subject(words: &[Word], preposition: usize, at: usize) -> bool {
    let start = words[..preposition].iter().rposition(|word| {
        !matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Possessive)
    });
    let start = start.map_or(0, |start| start + 1);
    let free = start.checked_sub(1).is_none_or(|before| {
        matches!(words[before].tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction | Tag::Subordinator)
    });
    let finite = |word: &Word| word.among(knowledge::BE.or(knowledge::HAVE).or(knowledge::MODALS));
    words[preposition].is("of")
        && free
        && start < preposition
        && words[start].tag == Tag::Determiner
        && knowledge::is_person(words[preposition - 1].lemma)
        && plain_object_after(words, at)
        && !words[at..].iter().take_while(|word| word.lower != ",").any(finite)
}

/// The tag of a word of a closed class, of a number or of a mark.
fn closed(words: &[Word], at: usize) -> Option<Tag> {
    let word = &words[at];
    let lower = word.lower;
    let first = lower.chars().next()?;
    if first == ',' {
        return Some(Tag::Comma);
    }
    if lower == "'s" || word.among(knowledge::POSSESSIVES) && lower != "her" {
        return Some(Tag::Possessive);
    }
    if !first.is_alphanumeric() {
        return Some(if lower == "&" { Tag::Conjunction } else { Tag::Punctuation });
    }
    // "Each one works in …": of those spoken of before.
    if lower == "one" && at > 0 && matches!(words[at - 1].lower, "each" | "every") {
        return Some(Tag::Pronoun);
    }
    if first.is_ascii_digit() && lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        || word.among(knowledge::NUMBER_WORDS)
    {
        return Some(Tag::Number);
    }
    if lower == "to" {
        return Some(Tag::To);
    }
    // "a due date": a preposition only in "due to".
    if lower == "due" && !words.get(at + 1).is_some_and(|next| next.is("to")) {
        return Some(Tag::Adjective);
    }
    // "Drivers who are available and live within 15 km": what they do, and no state of theirs.
    if lower == "live"
        && at > 0
        && words[at - 1].tag == Tag::Conjunction
        && words.get(at + 1).is_some_and(|next| next.among(knowledge::PREPOSITIONS))
    {
        return Some(Tag::Verb(Form::Base));
    }
    // "in order to" orders nothing.
    if lower == "order"
        && at > 0
        && words[at - 1].is("in")
        && words.get(at + 1).is_some_and(|next| next.is("to") || next.is("that"))
    {
        return Some(Tag::Adverb);
    }
    // "The reason why staff may change it."
    if lower == "why" && at > 0 && words[at - 1].is("reason") {
        return Some(Tag::Subordinator);
    }
    if word.among(knowledge::MODALS) && !(lower == "will" && at > 0 && noun_place(words, at)) {
        return Some(Tag::Modal);
    }
    if word.among(knowledge::BE.or(knowledge::HAVE).or(knowledge::DO)) {
        return Some(Tag::Auxiliary);
    }
    if word.among(knowledge::NEGATIONS) {
        return Some(Tag::Negation);
    }
    if word.among(knowledge::DETERMINERS) {
        return Some(Tag::Determiner);
    }
    // "other" before a noun narrows it; "I'm" and "we've" are no things.
    let narrows = || {
        lower == "other"
            && words.get(at + 1).is_some_and(|next| {
                next.plural
                    || next.verb.is_none()
                        && next.lists == WordLists::default()
                        && next.lower.starts_with(char::is_alphabetic)
            })
    };
    let contracted =
        || ["'m", "'ve", "'re", "'ll", "'d"].iter().any(|ending| lower.ends_with(ending)) && lower.len() < 8;
    if word.among(knowledge::PRONOUNS) && !narrows() || contracted() {
        return Some(Tag::Pronoun);
    }
    if lower == "her" {
        return Some(Tag::Possessive);
    }
    if word.among(knowledge::CONJUNCTIONS) {
        return Some(Tag::Conjunction);
    }
    if word.among(knowledge::SUBORDINATORS) && !word.among(knowledge::PREPOSITIONS) {
        return Some(Tag::Subordinator);
    }
    if lower == "like" && (at == 0 || !verb_place(words, at))
        || lower != "like" && word.among(knowledge::PREPOSITIONS)
    {
        return Some(Tag::Preposition);
    }
    if word.among(knowledge::ADVERBS) {
        return Some(Tag::Adverb);
    }
    None
}

/// Endings of adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &[
    "able", "ible", "ful", "ous", "less", "ive", "ical", "ary", "ish", "based", "specific", "friendly",
    "related", "wide", "ially",
];
/// Nouns that end like adjectives.
const NOUNS_WITH_SUCH_ENDINGS: &[&str] = &[
    "archive",
    "variable",
    "deliverable",
    "consumable",
    "executable",
    "dictionary",
    "beneficiary",
    "vocabulary",
    "anniversary",
    "library",
    "dish",
    "fish",
    "adhesive",
    "representative",
    "executive",
    "relative",
    "missive",
    "table",
    "cable",
    "vegetable",
    "timetable",
    "glossary",
    "itinerary",
    "secretary",
    "hive",
    "beehive",
    "olive",
    "apiary",
    "aviary",
    "granary",
    "estuary",
    "infirmary",
    "dispensary",
    "sanctuary",
    "boundary",
    "diary",
    "salary",
    "obituary",
    "documentary",
    "commentary",
    "summary",
    "parish",
    "stable",
    "turntable",
    "wearable",
    "directive",
    "locomotive",
    "detective",
];

/// What a word is that no table holds: its ending decides.
fn open(word: &Word) -> Tag {
    let lower = word.lower;
    if word.among(knowledge::NOUNS) {
        Tag::Noun
    } else if lower.len() > 4 && lower.ends_with("ly") {
        Tag::Adverb
    } else if lower.len() > 6 && lower.starts_with("un") && lower.ends_with("ed") {
        // "unassigned", "unbilled": what has not been done to a thing.
        Tag::Adjective
    } else if lower.len() > 5
        && ADJECTIVE_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && !NOUNS_WITH_SUCH_ENDINGS.contains(&lower)
        // "A notary records a deed": whoever is named so is somebody.
        && !crate::names::is_person(lower)
    {
        Tag::Adjective
    } else {
        Tag::Noun
    }
}

/// The nearest word before that is no adverb or negation.
fn before<'w, 'a>(words: &'w [Word<'a>], at: usize) -> Option<&'w Word<'a>> {
    words[..at].iter().rev().find(|word| !matches!(word.tag, Tag::Adverb | Tag::Negation))
}

/// After a modal, `to`, or an emphatic do, where only a verb can stand.
fn verb_place(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| match word.tag {
        Tag::Modal => true,
        Tag::To => words[at].tag == Tag::Noun,
        Tag::Auxiliary => word.among(knowledge::DO) && word.lower != "done",
        Tag::Pronoun => matches!(word.lower, "i" | "we" | "they" | "you" | "who"),
        _ => word.is("let") || word.is("lets"),
    })
}

/// After a determiner, possessive, adjective, number or preposition, where only a noun phrase can go on.
fn noun_place(words: &[Word], at: usize) -> bool {
    at > 0
        && match words[at - 1].tag {
            Tag::Determiner => !matches!(words[at - 1].lower, "that" | "which"),
            Tag::Possessive | Tag::Adjective | Tag::Number | Tag::Preposition => true,
            _ => false,
        }
}

/// A plural or a pronoun before, which a verb in base form can follow.
fn subject_before(words: &[Word], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| match words[b].tag {
        // "members of a club reserve boats": what comes after "of" has no say.
        Tag::Noun => {
            words[b].plural && !modifies(words, b)
                || plain_object_after(words, at) && plural_outside(words, b)
        }
        Tag::Pronoun => true,
        // "filter, sort and aggregate": right after another verb without an object. "creates orders and sends the
        // invoice": a plain object follows.
        Tag::Conjunction | Tag::Comma => {
            let last =
                words[..b].iter().rev().find(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction));
            // "store emails, names, and dates, and link users to sites": a second "and" begins anew.
            let anew = words[b].tag == Tag::Conjunction
                && b > 0
                && words[b - 1].tag == Tag::Comma
                && words[..b - 1]
                    .iter()
                    .rev()
                    .take_while(|word| !word.is_verb())
                    .any(|word| word.tag == Tag::Conjunction);
            last.is_some_and(|word| word.tag == Tag::Verb(Form::Base))
                || words[..b]
                    .iter()
                    .rev()
                    .take(if anew { 20 } else { 8 })
                    .find(|word| word.is_verb())
                    .is_some_and(|word| word.tag == Tag::Verb(Form::Base))
                    && plain_object_after(words, at)
        }
        _ => false,
    })
}

/// "a sales order", "sales order lines": a plural that is the first part of a name, and nobody who does something.
fn modifies(words: &[Word], at: usize) -> bool {
    matches!(words[at].lower, "sales" | "goods" | "sports" | "customs" | "savings" | "operations")
        || at > 0 && matches!(words[at - 1].lower, "a" | "an" | "each" | "every")
}

/// Whether a plural stands before the preposition to which a noun belongs.
fn plural_outside(words: &[Word], noun: usize) -> bool {
    let link = words[..noun].iter().rposition(|word| {
        !matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Determiner | Tag::Number | Tag::Possessive)
    });
    link.filter(|link| *link > 0 && words[*link].tag == Tag::Preposition && words[*link].is("of"))
        .is_some_and(|link| words[link - 1].tag == Tag::Noun && words[link - 1].plural)
}

fn singular_before(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| {
        word.tag == Tag::Noun && !word.plural
            || word.tag == Tag::Pronoun
            || word.is("which")
            || word.is("that")
    })
}

/// "A rental session starts at noon": what "a" or "each" begins has no plural at its end, so that this is what the
/// session does. "A sales report" and "each customer orders list" go on with a noun.
fn after_singular(words: &[Word], at: usize) -> bool {
    const ENDS: WordLists = knowledge::PREPOSITIONS.or(knowledge::CONJUNCTIONS);
    let ends = words.get(at + 1).is_none_or(|next| {
        next.among(ENDS) && !next.is("of") || !next.lower.starts_with(char::is_alphanumeric)
    });
    let determined = words.get(at + 1).is_some_and(|next| matches!(next.lower, "a" | "an" | "the"));
    // "Each kind of piece needs a number of hours".
    let begins = words[..at]
        .iter()
        .rposition(|word| !(matches!(word.tag, Tag::Noun | Tag::Adjective) || determined && word.is("of")));
    let one = begins.is_some_and(|begins| {
        matches!(words[begins].lower, "a" | "an" | "each" | "every") && begins + 1 < at
    });
    // "…, and each belongs to one club": no plural can follow "each", so that this is what each of them does.
    let each = at > 0 && words[at - 1].is("each");
    (ends || determined) && (each || one && words[at - 1].tag == Tag::Noun && !words[at - 1].plural)
}

/// "A light has a color", "a sensor reading has a value": what has something is a thing.
fn has_something(words: &[Word], at: usize) -> bool {
    let determined = || {
        let before = words[..at].iter().rfind(|word| word.tag != Tag::Noun);
        before.is_some_and(|word| matches!(word.lower, "a" | "an" | "each" | "every" | "the"))
    };
    words.get(at + 1).is_some_and(|next| next.among(knowledge::HAVE)) && determined()
}

/// The first word of a unit, as of an instruction or bullet: `Create orders`.
fn opens(words: &[Word], at: usize) -> bool {
    let start =
        words[..at].iter().all(|word| matches!(word.tag, Tag::Punctuation | Tag::Number | Tag::Adverb));
    start && (object_after(words, at) && !names_a_thing(words, at) || joined(words, at))
        || after_colon(words, at)
}

/// "place and cancel orders": what is joined to a verb that is no noun is a verb as well.
fn joined(words: &[Word], at: usize) -> bool {
    let [link, next, ..] = &words[at + 1..] else { return false };
    (link.is("and") || link.is("or"))
        && matches!(next.verb, Some((base, Form::Base)) if !holds(knowledge::NOUN_VERBS, base))
        && !next.among(knowledge::NOUNS)
        && object_after(words, at + 2)
}

/// "Doctor management: manage doctor information": after a colon, with an object that is no item of a list.
fn after_colon(words: &[Word], at: usize) -> bool {
    at > 0
        && words[at - 1].is(":")
        && (plain_object_after(words, at)
            || words[at + 1..]
                .iter()
                .take(3)
                .any(|word| word.is_a(knowledge::EMPTY_HEADS) && !word.is("class"))
                && words.get(at + 1).is_some_and(|word| word.lower.starts_with(char::is_alphabetic)))
}

/// "Book details include …", "Report management: …": the first word belongs to a name, as what follows the name shows.
fn names_a_thing(words: &[Word], at: usize) -> bool {
    const LONGEST: usize = 4;
    const VERBAL: WordLists = knowledge::BE.or(knowledge::HAVE).or(knowledge::MODALS);
    const PHRASAL: WordLists = knowledge::DETERMINERS.or(knowledge::PREPOSITIONS);
    let tells = |word: &Word| {
        word.among(VERBAL)
            || matches!(word.lower, "include" | "includes" | "contain" | "contains" | "consist" | "consists")
    };
    let stops =
        |word: &Word| tells(word) || word.among(PHRASAL) || !word.lower.starts_with(char::is_alphabetic);
    let next = words[at + 1..].iter().take(LONGEST).position(stops).filter(|next| *next > 0);
    let Some(next) = next.map(|next| at + 1 + next) else { return false };
    let last = &words[next - 1];
    tells(&words[next])
        || words[next].is(":") && (last.among(knowledge::EMPTY_HEADS) || last.lower.ends_with("ing"))
}

/// Whether an object follows that no noun could be part of: one with a determiner, or a plural.
fn plain_object_after(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|next| {
        next.among(knowledge::DETERMINERS.or(knowledge::POSSESSIVES))
            || matches!(next.lower, "it" | "them" | "him" | "her")
            || next.plural
            // "and edit existing sources"
            || next.among(knowledge::ADJECTIVES.or(knowledge::NARROWING))
                && words.get(at + 2).is_some_and(|noun| noun.plural)
    })
}

/// Whether an object can follow: a determiner, a plural, an adjective ….
fn object_after(words: &[Word], at: usize) -> bool {
    const OPEN: WordLists = knowledge::DETERMINERS
        .or(knowledge::POSSESSIVES)
        .or(knowledge::NUMBER_WORDS)
        .or(knowledge::ADJECTIVES);
    const NONE: WordLists = knowledge::PREPOSITIONS
        .or(knowledge::CONJUNCTIONS)
        .or(knowledge::MODALS)
        .or(knowledge::BE)
        .or(knowledge::HAVE);
    let Some(next) = words.get(at + 1) else { return false };
    let lower = next.lower;
    // "records need to include": another verb takes this word for its subject.
    if matches!(lower, "need" | "needs") && words.get(at + 2).is_some_and(|last| last.is("to")) {
        return false;
    }
    next.among(OPEN)
        || matches!(
            lower,
            "it" | "them"
                | "him"
                | "her"
                | "from"
                | "to"
                | "for"
                | "into"
                | "in"
                | "on"
                | "out"
                | "up"
                | "with"
        )
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || next.plural
        || next.verb.is_none_or(|(_, form)| matches!(form, Form::Base | Form::Ing))
            && lower.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            && !next.among(NONE)
}

/// Whether an "or" behind a word leads to a verb of the third person.
fn or_does(words: &[Word], at: usize) -> bool {
    words[at..]
        .windows(2)
        .any(|pair| pair[0].is("or") && matches!(pair[1].verb, Some((_, Form::ThirdPerson))))
}

fn after_be(words: &[Word], at: usize) -> bool {
    before(words, at).is_some_and(|word| word.among(knowledge::BE))
}

/// Whether a word that was taken for a quality is a thing: "each key has a number", where it is a noun as well and no noun
/// follows.
fn stands_alone(words: &[Word], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &words[before]) else { return false };
    let (word, next) = (&words[at], words.get(at + 1).map(|next| next.tag));
    let acts = matches!(next, Some(Tag::Verb(_) | Tag::Auxiliary | Tag::Modal));
    let opened = matches!(before.tag, Tag::Determiner | Tag::Possessive | Tag::Number)
        // "A fishing right is sold."
        || before.tag == Tag::Noun
            && word.among(knowledge::SOFT_NOUNS)
            && (acts || matches!(next, Some(Tag::Preposition | Tag::To)));
    opened
        && !matches!(next, Some(Tag::Noun | Tag::Adjective | Tag::Comma | Tag::Conjunction))
        && (word.among(knowledge::NOUN_VERBS.or(knowledge::NOUNS).or(knowledge::SOFT_NOUNS))
            // "A stable has a number", "kept in a stable": one of something.
            || matches!(before.lower, "a" | "an" | "each" | "every")
                && (acts || matches!(next, None | Some(Tag::Punctuation)))
            // "An apiary has a name": its ending alone told that it describes something.
            || !word.among(knowledge::ADJECTIVES) && word.verb.is_none() && acts)
}

/// Second thoughts that need the words to the right.
fn mend(words: &mut [Word]) {
    for at in 0..words.len() {
        let next = words.get(at + 1).map(|word| word.tag);
        match words[at].tag {
            Tag::Adjective if stands_alone(words, at) => words[at].tag = Tag::Noun,
            // "first name", "daily limit": before a noun.
            Tag::Adverb
                if next == Some(Tag::Noun)
                    && words[at].among(knowledge::ADJECTIVES)
                    && !matches!(words[at].lower, "most" | "more" | "less" | "least" | "much") =>
            {
                words[at].tag = Tag::Adjective;
            }
            // "a booked slot", "the assigned driver": a participle before a noun describes it.
            Tag::Verb(Form::Past) => {
                let described = next == Some(Tag::Noun)
                    && at > 0
                    && matches!(
                        words[at - 1].tag,
                        Tag::Determiner
                            | Tag::Possessive
                            | Tag::Adjective
                            | Tag::Number
                            | Tag::Preposition
                            | Tag::Comma
                            | Tag::Conjunction
                            | Tag::Verb(Form::Base | Form::ThirdPerson)
                    );
                // "Published notices are archived": it opens the sentence, and the verb comes behind the noun.
                let opens = next == Some(Tag::Noun)
                    && at == 0
                    && words.get(1).is_some_and(|noun| noun.plural)
                    && matches!(
                        words.get(2).map(|word| word.tag),
                        Some(Tag::Auxiliary | Tag::Modal | Tag::Verb(_))
                    );
                // "Learners see only published quizzes."
                let opens = opens || next == Some(Tag::Noun) && at > 0 && words[at - 1].is("only");
                if described || opens {
                    words[at].tag = Tag::Adjective;
                    words[at].keep_as_written();
                }
            }
            Tag::Verb(Form::Ing) if participle(words, at) => {}
            // "parking space", "a waiting list": before a noun within a noun phrase.
            Tag::Verb(Form::Ing) => {
                let phrase = at > 0
                    && matches!(
                        words[at - 1].tag,
                        Tag::Determiner | Tag::Possessive | Tag::Adjective | Tag::Noun
                    );
                // "…, purchase price and selling price": an item of a list of nouns.
                let listed = at > 1
                    && matches!(words[at - 1].tag, Tag::Comma | Tag::Conjunction)
                    && words[..at - 1]
                        .iter()
                        .rev()
                        .find(|word| !matches!(word.tag, Tag::Comma | Tag::Conjunction))
                        .is_some_and(|word| word.tag == Tag::Noun || word.is(")"))
                    && next == Some(Tag::Noun)
                    // "…, leaving details such as": an object, explained.
                    && !words.get(at + 2).is_some_and(|word| matches!(word.lower, "such" | "including" | "to"));
                // "a failing heater", "incoming letters": what it does just now is no part of its name.
                if phrase && next == Some(Tag::Noun) && words[at].among(knowledge::NARROWING) {
                    words[at].tag = Tag::Adjective;
                    words[at].keep_as_written();
                } else if listed
                    || phrase && next == Some(Tag::Noun)
                    // "three dunning letters", but "five working days" are a time.
                    || at > 0
                        && words[at - 1].tag == Tag::Number
                        && next == Some(Tag::Noun)
                        && !words[at + 1].is_a(knowledge::UNITS.or(knowledge::MEASURES))
                    || at > 0 && matches!(words[at - 1].tag, Tag::Determiner | Tag::Possessive)
                {
                    words[at].tag = Tag::Noun;
                    words[at].keep_as_written();
                }
            }
            Tag::Verb(Form::Base)
                if at > 0
                    && words[at - 1].tag == Tag::Noun
                    && !words[at - 1].plural
                    && next.is_none_or(|tag| {
                        matches!(tag, Tag::Comma | Tag::Punctuation | Tag::Conjunction)
                    })
                    && words[at].is_a(knowledge::NOUN_VERBS) =>
            {
                words[at].tag = Tag::Noun;
            }
            _ => {}
        }
    }
}
