//! Who does what to what: the verbs of a sentence with their subjects and objects.

use crate::lemma::Form;
use crate::phrases::{self, Phrase};
use crate::words::{Tag, Word};

/// The subject of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A noun phrase of the sentence, by index.
    Phrase(usize),
    /// A pronoun, by the index of its word.
    Pronoun(usize),
    /// None in the sentence, as in an instruction.
    Unsaid,
}

/// A verb with what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// The index of the verb's word.
    pub(crate) verb: usize,
    /// The last word of the verb group: "sign up".
    pub(crate) end: usize,
    pub(crate) subject: Subject,
    /// Direct objects, by index of their phrases. For a passive verb, its subjects.
    pub(crate) objects: Vec<usize>,
    /// Prepositions with their phrases, in order.
    pub(crate) obliques: Vec<(usize, usize)>,
    pub(crate) passive: bool,
    pub(crate) negated: bool,
}

impl Clause {
    /// The phrase of the subject, if it is one.
    pub(crate) fn subject_phrase(&self) -> Option<usize> {
        match self.subject {
            Subject::Phrase(phrase) => Some(phrase),
            Subject::Pronoun(_) | Subject::Unsaid => None,
        }
    }
}

/// The clauses of a sentence in the order of their verbs.
pub(crate) fn clauses(words: &[Word], phrases: &[Phrase]) -> Vec<Clause> {
    let reader = Reader { words, phrases };
    let mut found: Vec<Clause> = Vec::new();
    for at in 0..words.len() {
        // "is linked to the hall it is booked in and has a date": the subject of the outer verb.
        let outer = found.last().filter(|last| {
            let unsaid = last.passive && last.objects.is_empty() && last.subject == Subject::Unsaid;
            !(unsaid && at > 0 && words[at - 1].tag == Tag::Conjunction)
        });
        let outer =
            outer.or_else(|| found.len().checked_sub(2).and_then(|at| found.get(at))).or(found.last());
        if let Some(clause) = reader.clause(at, outer) {
            found.push(clause);
        }
    }
    share_objects(words, &mut found);
    let mut at = 0;
    while at < found.len() {
        if let Some(gapped) = reader.gapped(&mut found[at]) {
            found.insert(at + 1, gapped);
        }
        at += 1;
    }
    found
}

struct Reader<'a> {
    words: &'a [Word<'a>],
    phrases: &'a [Phrase],
}

impl Reader<'_> {
    /// The clause of the verb at a word, if that word is a main verb.
    fn clause(&self, at: usize, previous: Option<&Clause>) -> Option<Clause> {
        let word = &self.words[at];
        let main = match word.tag {
            Tag::Verb(_) => true,
            // "has a name", "is a document": an auxiliary that no verb follows.
            Tag::Auxiliary => !self.carries_verb(at),
            _ => false,
        };
        if !main {
            return None;
        }
        let helper = self.before(at);
        let be = helper.is_some_and(|h| self.words[h].among(knowledge::BE));
        let have = helper.is_some_and(|h| self.words[h].among(knowledge::HAVE));
        let past = word.tag == Tag::Verb(Form::Past);
        let after_noun = at > 0 && self.words[at - 1].tag == Tag::Noun;
        let reduced = past
            && !be
            && !have
            && after_noun
            && self.words.get(at + 1).is_none_or(|next| {
                matches!(
                    next.tag,
                    Tag::Preposition | Tag::To | Tag::Comma | Tag::Punctuation | Tag::Conjunction
                )
            });
        // "gets lent to a singer", "a firing, booked by a member".
        let next = |offset: usize| self.words.get(at + offset);
        let got = helper.is_some_and(|h| self.words[h].lemma == "get")
            && next(1).is_none_or(|next| {
                matches!(next.tag, Tag::Preposition | Tag::To | Tag::Comma | Tag::Punctuation)
            });
        let by = !have
            && next(1).is_some_and(|next| next.is("by"))
            && next(2).is_some_and(|next| {
                matches!(next.tag, Tag::Determiner | Tag::Noun | Tag::Possessive | Tag::Adjective)
            });
        let passive = past
            && (be || reduced || got || by || previous.is_some_and(|p| p.passive && self.joined(p.end, at)));
        let end = self.particle(at);
        let subject = self.subject(at, previous);
        let mut objects = Vec::new();
        let mut obliques = Vec::new();
        // "the hours sailed, the amount of fuel": what follows the comma is said of something else.
        let parted = reduced && next(1).is_some_and(|next| next.tag == Tag::Comma);
        if !parted {
            self.objects(end + 1, &mut objects, &mut obliques);
        }
        // "From it follow treatments": what stands after the verb is its subject.
        if !passive && self.inverted(at, subject) && !objects.is_empty() {
            let subject = Subject::Phrase(objects.remove(0));
            return Some(Clause {
                verb: at,
                end,
                subject,
                objects: Vec::new(),
                obliques,
                passive,
                negated: self.negated(at),
            });
        }
        // "the departments they manage", "the paper that it evaluates"
        if !passive
            && objects.is_empty()
            && let Subject::Pronoun(pronoun) = subject
            && let Some(object) = self.fronted(pronoun)
        {
            objects.push(object);
        }
        if passive {
            match subject {
                Subject::Phrase(phrase) => {
                    // "with each recipe and blog being managed", "the drugs and quantities included in it" have the place of
                    // both in what stands around.
                    let finite = be && helper.is_some_and(|h| !self.words[h].is("being"));
                    objects = self.with_coordinated_before(phrase, helper.filter(|_| finite));
                }
                // "where it is held, and a date": what follows is not what is held.
                Subject::Pronoun(_) => objects.clear(),
                Subject::Unsaid => {}
            }
            let by = obliques
                .iter()
                .find(|(preposition, _)| self.words[*preposition].is("by"))
                .map(|(_, phrase)| *phrase);
            return Some(Clause {
                verb: at,
                end,
                subject: by.map_or(Subject::Unsaid, Subject::Phrase),
                objects,
                obliques,
                passive,
                negated: self.negated(at),
            });
        }
        Some(Clause { verb: at, end, subject, objects, obliques, passive, negated: self.negated(at) })
    }

    /// Takes what is said of another thing out of a clause, and gives it as one: "a cemetery is divided into sections, and each
    /// section into plots", "… into sections, sections into rows", where the thing stands between two prepositions of one sort.
    fn gapped(&self, clause: &mut Clause) -> Option<Clause> {
        let gap = (2..clause.obliques.len()).find(|at| {
            let ((before, thing), (link, _)) = (clause.obliques[at - 1], clause.obliques[*at]);
            let (phrase, words) = (&self.phrases[thing], self.words);
            let start = phrase.words.start;
            before == clause.obliques[0].0
                && before != link
                && words[before].lower == words[link].lower
                // "Logs are kept for 90 days, invoices for seven years": how long is no thing.
                && !words[link].is("for")
                && phrase.words.end == link
                && (phrase.plural || matches!(words[start].lower, "each" | "every" | "a" | "an" | "the"))
                && (words[start - 1].is("and") || words[start - 1].tag == Tag::Comma)
        })?;
        let obliques = clause.obliques.split_off(gap);
        let (_, thing) = clause.obliques.pop()?;
        let mut gapped = Clause { obliques, ..clause.clone() };
        if clause.passive || !clause.objects.is_empty() {
            gapped.objects = vec![thing];
        } else {
            gapped.subject = Subject::Phrase(thing);
        }
        Some(gapped)
    }

    /// The phrase right before a pronoun, or before the "that" between the two: what the pronoun does something to.
    fn fronted(&self, pronoun: usize) -> Option<usize> {
        if !matches!(self.words[pronoun].lower, "they" | "it" | "he" | "she") {
            return None;
        }
        let relative =
            pronoun.checked_sub(1).is_some_and(|at| matches!(self.words[at].lower, "that" | "which"));
        let end = if relative { pronoun - 1 } else { pronoun };
        self.phrases.iter().position(|phrase| phrase.words.end == end)
    }

    /// Whether nothing but a prepositional phrase stands before a verb: "From it follow …", "After this come …".
    fn inverted(&self, at: usize, subject: Subject) -> bool {
        let within = match subject {
            Subject::Pronoun(pronoun) => pronoun == 1,
            Subject::Phrase(phrase) => {
                self.phrases[phrase].words.start == 1 && self.phrases[phrase].words.end == at
            }
            Subject::Unsaid => false,
        };
        within
            && self.words[0].tag == Tag::Preposition
            && !self.words[..at].iter().any(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
    }

    /// Whether an auxiliary only helps a verb that follows.
    fn carries_verb(&self, at: usize) -> bool {
        let mut next = at + 1;
        while let Some(word) = self.words.get(next) {
            match word.tag {
                Tag::Adverb | Tag::Negation => next += 1,
                // "is to one harbour" leads to no verb.
                Tag::To
                    if self.words.get(next + 1).is_some_and(|word| {
                        matches!(word.tag, Tag::Determiner | Tag::Number | Tag::Possessive)
                    }) =>
                {
                    return false;
                }
                // "has to pay", "is to be paid" among them.
                Tag::Auxiliary | Tag::To | Tag::Verb(Form::Past | Form::Ing) => return true,
                Tag::Verb(Form::Base) => return self.words[at].among(knowledge::DO),
                Tag::Adjective => {
                    return matches!(word.lower, "able" | "unable" | "allowed" | "required");
                }
                _ => return false,
            }
        }
        false
    }

    /// The nearest word before that is no adverb or negation.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|b| !matches!(self.words[*b].tag, Tag::Adverb | Tag::Negation))
    }

    fn negated(&self, at: usize) -> bool {
        let mut b = at;
        while b > 0 {
            b -= 1;
            match self.words[b].tag {
                Tag::Negation => return true,
                // "cannot", "mustn't".
                Tag::Modal | Tag::Auxiliary if self.words[b].among(knowledge::NEGATIONS) => {
                    return true;
                }
                Tag::Adverb | Tag::Auxiliary | Tag::Modal | Tag::To | Tag::Adjective => {}
                Tag::Verb(_) | Tag::Noun | Tag::Pronoun => {
                    return self.words[b].is_verb() && b > 0 && self.words[b - 1].tag == Tag::Negation;
                }
                _ => return false,
            }
        }
        false
    }

    /// The last word of the verb group: a particle right after the verb belongs to it.
    fn particle(&self, at: usize) -> usize {
        let particle = self.words.get(at + 1).is_some_and(|next| {
            // "up to 15" is a bound.
            let bound = next.lower == "up" && self.words.get(at + 2).is_some_and(|word| word.tag == Tag::To);
            matches!(next.lower, "up" | "out" | "off" | "back" | "down" | "away" | "over") && !bound
                || next.lower == "in" && matches!(self.words[at].lemma, "log" | "sign" | "check")
                // "Residents hand in a form": what is handed in is the form.
                || next.lower == "in"
                    && matches!(self.words[at].lemma, "hand" | "fill" | "turn" | "key")
                    && self.words.get(at + 2).is_some_and(|next| {
                        matches!(next.tag, Tag::Determiner | Tag::Possessive) || next.plural
                    })
                || next.lower == "on" && matches!(self.words[at].lemma, "move" | "log" | "sign")
        });
        if particle { at + 1 } else { at }
    }

    /// Whether only conjunctions, commas, adverbs and objects of nothing stand between two verbs.
    fn joined(&self, from: usize, to: usize) -> bool {
        self.words[from + 1..to]
            .iter()
            .all(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Adverb))
    }

    fn subject(&self, at: usize, previous: Option<&Clause>) -> Subject {
        let mut b = at;
        while b > 0 {
            b -= 1;
            let word = &self.words[b];
            match word.tag {
                Tag::Adverb | Tag::Negation | Tag::Modal | Tag::Auxiliary | Tag::To | Tag::Adjective => {}
                // "Files marked as private are shown": these are what is marked.
                Tag::Preposition
                    if word.is("as") && b > 0 && self.words[b - 1].tag == Tag::Verb(Form::Past) => {}
                // "create recipes, collect recipes": the subject of the verb before, where both are of one form.
                Tag::Comma => {
                    if let Some(phrase) = self.before_aside(b, at) {
                        return Subject::Phrase(self.out_of_prepositions(phrase));
                    }
                    // "is kept in one vault, has a weight": of what is kept.
                    if let Some(previous) = previous
                        && previous.verb < b
                        && previous.passive
                        && let [object] = previous.objects[..]
                        && self.words[at].is("has")
                        && self.phrases[object].words.end <= previous.verb
                    {
                        return Subject::Phrase(object);
                    }
                    if let Some(previous) = previous
                        && previous.verb < b
                        && !previous.passive
                        && (self.words[previous.verb].tag == self.words[at].tag
                            // "has a number, records the time".
                            || self.words[previous.verb].is("has")
                                && self.words[at].tag == Tag::Verb(Form::ThirdPerson))
                        && matches!(self.words[at].tag, Tag::Verb(Form::Base | Form::ThirdPerson))
                    {
                        return previous.subject;
                    }
                }
                Tag::Conjunction => {
                    // "edits and deletes": the subject of the verb before.
                    if let Some(previous) = previous
                        && previous.verb < b
                    {
                        return if previous.passive {
                            previous.objects.first().map_or(previous.subject, |o| Subject::Phrase(*o))
                        } else {
                            previous.subject
                        };
                    }
                }
                Tag::Pronoun => {
                    if word.is("who") {
                        return self.people_before(b).map_or(Subject::Unsaid, Subject::Phrase);
                    }
                    if matches!(word.lower, "which" | "whom") {
                        return self.told_by(b).map_or(Subject::Unsaid, Subject::Phrase);
                    }
                    return Subject::Pronoun(b);
                }
                // "and either passes it on or rejects it"
                Tag::Determiner if word.is("either") && b + 1 == at => {}
                // "Incidents (date, place) are reported": what stands in brackets is passed over.
                Tag::Punctuation if word.is(")") => {
                    let Some(open) = self.words[..b].iter().rposition(|word| word.is("(")) else {
                        return Subject::Unsaid;
                    };
                    b = open;
                }
                // "Each has a name."
                Tag::Determiner
                    if self.words[b + 1..at].iter().all(|word| {
                        matches!(word.tag, Tag::Adverb | Tag::Auxiliary | Tag::Modal) || word.is("one")
                    }) && matches!(word.lower, "each" | "both" | "this" | "these") =>
                {
                    // "several kilns, each having a name"
                    let several = b
                        .checked_sub(1)
                        .filter(|comma| self.words[*comma].tag == Tag::Comma && word.is("each"))
                        .and_then(|comma| self.phrases.iter().position(|phrase| phrase.words.end == comma))
                        .filter(|phrase| self.phrases[*phrase].plural);
                    return several.map_or(Subject::Pronoun(b), Subject::Phrase);
                }
                Tag::Determiner if matches!(word.lower, "that" | "which") => {
                    return self.phrase_ending_before(b).map_or(Subject::Unsaid, Subject::Phrase);
                }
                Tag::Noun | Tag::Number => {
                    let Some(phrase) = self.phrases.iter().position(|phrase| phrase.words.contains(&b))
                    else {
                        continue;
                    };
                    return Subject::Phrase(self.out_of_prepositions(phrase));
                }
                // "register by providing their name": whoever does the one does the other.
                Tag::Preposition if self.words[at].tag == Tag::Verb(Form::Ing) => {
                    return previous
                        .filter(|p| !p.passive)
                        .map_or(Subject::Unsaid, |previous| previous.subject);
                }
                Tag::Verb(_) => {
                    // "wants to create": the subject of the outer verb; an object between would have been found before.
                    return match previous {
                        // "an order is generated, recording the date": the order records it.
                        Some(previous) if previous.verb == b && previous.passive => previous
                            .objects
                            .last()
                            .map_or(previous.subject, |object| Subject::Phrase(*object)),
                        Some(previous) if previous.verb == b || previous.end == b => previous.subject,
                        _ => Subject::Unsaid,
                    };
                }
                _ => return self.labelled(b, at).map_or(Subject::Unsaid, Subject::Phrase),
            }
        }
        Subject::Unsaid
    }

    /// "Florist – binds bouquets": the person who stands before the mark, right before the verb.
    fn labelled(&self, mark: usize, verb: usize) -> Option<usize> {
        let label = crate::tagging::person_label(self.words).filter(|label| *label <= mark)?;
        let alone = self.words[label + 1..verb].iter().all(Word::is_emphasis);
        self.phrases.iter().rposition(|phrase| phrase.words.end <= label).filter(|_| alone)
    }

    /// "A vet, who treats animals, has a name": what stands before an aside that a comma closes right before a verb.
    fn before_aside(&self, close: usize, verb: usize) -> Option<usize> {
        let finite =
            matches!(self.words[verb].tag, Tag::Verb(Form::ThirdPerson) | Tag::Auxiliary | Tag::Modal)
                || self.words[verb].among(knowledge::HAVE);
        let open = self.words[..close].iter().rposition(|word| word.tag == Tag::Comma).filter(|_| finite)?;
        let inside = &self.words[open + 1..close];
        let relative = |word: &Word| matches!(word.lower, "who" | "which" | "whose" | "whom" | "where");
        let leads = match inside {
            [first, ..] if relative(first) => true,
            [first, second, ..] => first.tag == Tag::Preposition && relative(second),
            _ => false,
        };
        leads.then(|| self.phrases.iter().position(|phrase| phrase.words.end == open)).flatten()
    }

    /// "the list of orders" leads from orders to list.
    fn out_of_prepositions(&self, mut phrase: usize) -> usize {
        while phrase > 0 {
            let mut start = self.phrases[phrase].words.start;
            // "a refund of more than 500 euros"
            if start > 2
                && self.words[start - 1].is("than")
                && matches!(self.words[start - 2].lower, "more" | "less" | "fewer")
            {
                start -= 2;
            }
            if start == 0 {
                break;
            }
            let link = &self.words[start - 1];
            let adjacent = self.phrases[phrase - 1].words.end == start - 1;
            let attaches = link.tag == Tag::Preposition || link.is("'s");
            // "Two weeks before a loan ends": what ends is the loan.
            let timed = || {
                let outer = &self.words[self.phrases[phrase - 1].name.end - 1];
                matches!(link.lower, "before" | "after")
                    && crate::numbers::unit(crate::numbers::TIMES, outer.lemma).is_some()
            };
            // "Boxes sent to the same depot are loaded into a van": the boxes are, wherever they were sent.
            let narrowed = || {
                let participle =
                    start.checked_sub(2).filter(|at| self.words[*at].tag == Tag::Verb(Form::Past));
                matches!(link.tag, Tag::Preposition | Tag::To)
                    && participle.is_some_and(|at| self.phrases[phrase - 1].words.end == at)
                    && self.phrases[phrase - 1].plural
            };
            if !(attaches && adjacent || narrowed()) || link.is("'s") || timed() {
                break;
            }
            phrase -= 1;
        }
        phrase
    }

    fn phrase_ending_before(&self, at: usize) -> Option<usize> {
        self.phrases.iter().rposition(|phrase| phrase.words.end <= at)
    }

    /// What "which" stands for: what is before it, or before the "each of" that leads to it, as in "sections, each of which
    /// consists of plots".
    fn told_by(&self, which: usize) -> Option<usize> {
        let each =
            which > 1 && self.words[which - 1].is("of") && self.words[which - 2].tag == Tag::Determiner;
        self.phrase_ending_before(if each { which - 2 } else { which })
    }

    /// "The head of the department, who closes it": who does something is a person, where one stands right before.
    fn people_before(&self, at: usize) -> Option<usize> {
        let last = self.phrase_ending_before(at)?;
        let person = |phrase: usize| knowledge::is_person(&phrases::name(self.words, &self.phrases[phrase]));
        let outer = self.out_of_prepositions(last);
        Some(if !person(last) && person(outer) { outer } else { last })
    }

    /// A phrase with those coordinated before it: "orders and invoices are archived".
    fn with_coordinated_before(&self, phrase: usize, be: Option<usize>) -> Vec<usize> {
        // "the balance and the deposit are paid": one of them alone is not what are paid.
        let all = be
            .is_some_and(|be| matches!(self.words[be].lower, "are" | "were") && !self.phrases[phrase].plural);
        let mut found = vec![phrase];
        let mut at = phrase;
        while at > 0 {
            if !phrases::coordinates(self.words, self.phrases, at - 1)
                || be.is_some() && !(all && at == phrase) && self.ends_another(at - 1)
            {
                break;
            }
            at -= 1;
            found.push(at);
        }
        found.reverse();
        found
    }

    /// Whether a phrase ends what stands before the clause of the next one: "before a loan leaves the house, its condition
    /// is documented", "it is sent to the client and an invoice is issued", "a tree stays in the register, but its stump is
    /// replanted".
    fn ends_another(&self, phrase: usize) -> bool {
        let this = &self.phrases[phrase].words;
        let gap = &self.words[this.end..self.phrases[phrase + 1].words.start];
        if gap.iter().any(|word| matches!(word.lower, "but" | "so" | "yet")) {
            return true;
        }
        let start = self.words[..this.start]
            .iter()
            .rposition(|word| matches!(word.lower, ":" | ";" | "("))
            .map_or(0, |mark| mark + 1);
        let before = &self.words[start..this.start];
        let fronted = before
            .first()
            .is_some_and(|word| word.tag == Tag::Preposition || word.among(knowledge::SUBORDINATORS));
        // The comma after what is fronted is its first.
        let closes = fronted
            && matches!(gap, [comma] if comma.tag == Tag::Comma)
            && !before.iter().any(|word| word.tag == Tag::Comma);
        // What a verb or preposition leads to has its place there.
        // But "ensure the rows, columns and pages are shown" asks for all of it.
        let led = before.last().is_some_and(|word| {
            matches!(word.tag, Tag::Preposition | Tag::To | Tag::Verb(Form::Base | Form::ThirdPerson))
                && !matches!(
                    word.lemma,
                    "ensure" | "guarantee" | "see" | "know" | "verify" | "require" | "show"
                )
        });
        closes || led && before.iter().any(|word| matches!(word.tag, Tag::Verb(_) | Tag::Auxiliary))
    }

    /// Whether a finite verb stands at a word, after adverbs.
    fn starts_clause(&self, at: usize) -> bool {
        let next = self.words[at..].iter().find(|word| word.tag != Tag::Adverb);
        next.is_some_and(|word| {
            matches!(word.tag, Tag::Modal | Tag::Auxiliary | Tag::Verb(Form::ThirdPerson | Form::Base))
        })
    }

    /// Whether a clause starts at a word with a place or time: "in October the warden reads".
    fn starts_placed_clause(&self, at: usize) -> bool {
        let starts = |at: usize| self.phrases.iter().position(|phrase| phrase.words.start == at);
        let placed = self.words.get(at).is_some_and(|word| word.tag == Tag::Preposition);
        let Some(place) = starts(at + 1).filter(|_| placed) else { return false };
        starts(self.phrases[place].words.end)
            .is_some_and(|subject| self.starts_clause(self.phrases[subject].words.end))
    }

    /// Where a bracket closes that opens at a word.
    fn closes(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        (open..self.words.len()).find(|at| {
            depth += usize::from(self.words[*at].is("("));
            depth -= usize::from(self.words[*at].is(")"));
            depth == 0
        })
    }

    /// "The buoys send a reading every ten minutes", "two thousand calls a day": how often, and nothing that is sent.
    /// `behind` says whether anything stands between the phrase and its verb.
    fn tells_how_often(&self, phrase: &Phrase, behind: bool) -> bool {
        let first = &self.words[phrase.words.start];
        let head = &self.words[phrase.name.end - 1];
        if crate::numbers::unit(crate::numbers::TIMES, head.lemma).is_none() {
            return false;
        }
        match first.lower {
            "every" => true,
            "each" => behind,
            "a" | "an" => phrase.words.start.checked_sub(1).is_some_and(|before| {
                let before = &self.words[before];
                matches!(before.lower, "once" | "twice" | "times")
                    || behind && before.tag == Tag::Noun && before.plural
            }),
            _ => false,
        }
    }

    /// Collects the objects and prepositional phrases from a word on.
    fn objects(&self, from: usize, objects: &mut Vec<usize>, obliques: &mut Vec<(usize, usize)>) {
        let mut at = from;
        let mut preposition = None;
        while at < self.words.len() {
            if let Some(index) = self.phrases.iter().position(|phrase| phrase.words.start == at) {
                // "…, and each booking records": the subject of the next verb is no object of this one.
                let joined = at > from && matches!(self.words[at - 1].tag, Tag::Conjunction | Tag::Comma);
                if joined && self.starts_clause(self.phrases[index].words.end) {
                    break;
                }
                match preposition {
                    None if self.tells_how_often(&self.phrases[index], at > from) => {}
                    None => objects.push(index),
                    Some(p) => obliques.push((p, index)),
                }
                at = self.phrases[index].words.end;
                continue;
            }
            let word = &self.words[at];
            // "creates a play (title, author)": what stands in brackets says what the play has.
            if word.is("(")
                && !objects.is_empty()
                && let Some(close) = self.closes(at)
            {
                at = close + 1;
                continue;
            }
            match word.tag {
                // "…, and in October the warden reads": another clause.
                Tag::Comma | Tag::Conjunction if self.starts_placed_clause(at + 1) => break,
                Tag::Adverb | Tag::Comma | Tag::Conjunction | Tag::Adjective | Tag::Pronoun | Tag::Number => {
                }
                Tag::Possessive | Tag::Determiner if !matches!(word.lower, "that" | "which") => {}
                // "at least one key" is an object.
                Tag::Preposition
                    if word.is("at")
                        && self.words.get(at + 1).is_some_and(|next| next.is("least") || next.is("most")) => {
                }
                // "no more than one key" too.
                Tag::Negation if phrases::bounds(self.words, at) => {}
                // "keep track of which member borrowed which books": of the books as well.
                Tag::Verb(_)
                    if preposition.is_some()
                        && self.words.get(at + 1).is_some_and(asks)
                        && self.words[from..at].iter().any(asks) => {}
                // "record their name, and can …": a modal or verb starts another clause.
                Tag::Preposition | Tag::To => preposition = Some(at),
                Tag::Punctuation
                    if matches!(word.lower, "\"" | "“" | "”" | "'" | "*" | "/" | "(" | ")" | "-") => {}
                _ => break,
            }
            at += 1;
        }
    }
}

/// A word with which an indirect question begins.
fn asks(word: &Word) -> bool {
    matches!(word.lower, "which" | "what" | "who")
}

/// "create, edit and delete posts": verbs without an object take that of the next verb that they are joined to.
fn share_objects(words: &[Word], clauses: &mut [Clause]) {
    for at in (0..clauses.len().saturating_sub(1)).rev() {
        let (left, right) = clauses.split_at_mut(at + 1);
        let (this, next) = (&mut left[at], &right[0]);
        let between = &words[this.end + 1..next.verb];
        let joined = !between.is_empty()
            && between.iter().all(|word| {
                matches!(word.tag, Tag::Comma | Tag::Conjunction | Tag::Adverb | Tag::To) || word.is("/")
            });
        if joined && this.objects.is_empty() && !this.passive {
            this.objects.clone_from(&next.objects);
            this.obliques.clone_from(&next.obliques);
        }
    }
}
