//! Which of the things that a text speaks of have records of their own, and what is recorded of them.

mod attributes;
mod score;

use crate::clauses::Clause;
use crate::constraints;
use crate::discourse::Discourse;
use crate::lists::{Item, OwnedList};
use crate::mentions::Mention;
use crate::model::{Entity, Origin, StatementKind};
use crate::names;
use crate::phrases::Count;
use crate::reason::{Evidence, Reason, add_next};
use crate::sentence::Sentence;
use attributes::{KEYS, attribute_of, is_attribute, refers_to};
pub(crate) use attributes::{is_parent, role};
use knowledge::Gather as _;
use knowledge::Order as _;
use knowledge::{DomainRow, VerbClass};
use score::{ENOUGH, Field, MOST_USUAL, score, usual};
use std::collections::{BTreeMap, BTreeSet};

/// A thing that may become an entity.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is something that the text says of it")]
pub(crate) struct Candidate {
    /// Where it was first named.
    order: usize,
    /// Sentences that name it.
    mentions: u32,
    /// Sentences in which something is done to it, weighted by the verb.
    acted_on: u32,
    /// Sentences in which it makes or changes something.
    acts: u32,
    /// Whether the text speaks of several of it, and whether of a single one: "a kiln", "each kiln".
    several: bool,
    single: bool,
    /// Whether the text speaks of each of it.
    each: bool,
    /// Whether anything but a restriction on the solution names it.
    asked: bool,
    /// What the text lists as belonging to it.
    items: Vec<(Item, Reason)>,
    evidence: Evidence,
    /// The first sentence that says what becomes of it, where none names it.
    acted_in: Option<Reason>,
    /// Whether a pasted schema declares it.
    given: bool,
    /// How many states the text says it to be in.
    states: usize,
    /// How many lists it heads.
    heads: i64,
    /// How many times it is told to be divided, or to be what something is divided into.
    parted: u32,
    /// Sentences that name it otherwise than in a list of what belongs to something.
    free: u32,
    /// Whether something has several files of the sort, which no column holds.
    files: bool,
    /// Whether it is only the record of somebody who has what the text gives it.
    stands_in: bool,
    /// Sentences in which it is a system of others that something passes through.
    outside: u32,
}

impl Candidate {
    /// Takes what is said of the thing under a short name.
    fn hear_short(&mut self, short: &Candidate) {
        self.mentions += short.mentions;
        self.acted_on += short.acted_on;
        self.parted += short.parted;
        self.acts += short.acts;
        self.states += short.states;
        self.several |= short.several;
        self.single |= short.single;
        self.each |= short.each;
        self.asked |= short.asked;
        self.free += short.free;
    }

    /// "Crews submit a dive log. The log contains …": whether all that is listed is said of the short name, and of that only
    /// as "the log", so that it is this one.
    fn is_meant_by(&self, short: &Candidate) -> bool {
        self.items.is_empty()
            && self.single
            && !self.several
            && self.acted_on > 0
            && !(short.single || short.several)
    }

    /// Whether the text only passes by it, as a system of others.
    fn is_outside(&self) -> bool {
        self.outside > 0 && self.outside >= self.mentions && self.items.is_empty() && !self.several
    }
}

/// Everything that may become an entity, by name.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    by_name: BTreeMap<String, Candidate>,
    next: usize,
    /// Records of activities with what they are about.
    about: Vec<(String, String, Reason)>,
    /// What somebody asks for of what comes about by that, with the verb: "patients request a trip".
    asked_for: Vec<(&'static str, String)>,
}

/// The names of the things that became entities, and short names for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chosen {
    names: Vec<String>,
    /// The places in `names`, sorted by the names, each with the opening of its name.
    places: Vec<(u64, usize)>,
    /// "tool" for the only "fishing tool".
    short: BTreeMap<String, String>,
}

impl Chosen {
    fn new(names: Vec<String>, short: BTreeMap<String, String>) -> Self {
        let mut places: Vec<(u64, usize)> =
            names.iter().enumerate().map(|(place, name)| (opening(name), place)).collect();
        places.order_by(|a, b| names[a.1].cmp(&names[b.1]));
        Self { names, places, short }
    }

    /// The full name of an entity, from its full or short name.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        match self.place(name) {
            Some(place) => self.names.get(place).map(String::as_str),
            None => self.short.get(name).map(String::as_str),
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let opening = opening(name);
        let of = |place: usize| self.names.get(place).map_or("", String::as_str);
        let known = |(known, place): &(u64, usize)| known.cmp(&opening).then_with(|| of(*place).cmp(name));
        let at = self.places.binary_search_by(known).ok()?;
        self.places.get(at).map(|(_, place)| *place)
    }

    /// The same, also where an adjective stands before the name.
    pub(crate) fn find_bare(&self, name: &str) -> Option<&str> {
        self.find(name).or_else(|| self.find(names::without_adjective(name)?))
    }

    /// The full names of the entities, in the order of the text.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The earliest entity in whose name a longer name ends: "member" of "paying member".
    pub(crate) fn find_end(&self, name: &str) -> Option<&str> {
        let ends = name.match_indices(' ').filter_map(|(blank, _)| self.place(&name[blank + 1..]));
        ends.min().and_then(|place| self.names.get(place)).map(String::as_str)
    }
}

/// The first bytes of a name as a number, which is ordered as names are. Names are looked up for each phrase of a text, and
/// numbers are compared in a step where texts need a call.
fn opening(name: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = name.len().min(bytes.len());
    bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

/// "Every find comes from exactly one trench": how many of a thing another one has is said of things that are told apart.
fn counted_exactly(sentence: &Sentence, phrase: usize) -> bool {
    let this = &sentence.phrases[phrase];
    let words = &sentence.words[this.words.start.saturating_sub(1)..this.name.start];
    words.windows(2).any(|pair| pair[0].is("exactly") && pair[1].tag == crate::words::Tag::Number)
}

/// "Cards are handled by Stripe alone": what somebody else keeps leaves no record here.
fn is_elsewhere(sentence: &Sentence, clause: &Clause) -> bool {
    let verb = sentence.words[clause.verb].lemma;
    clause.passive
        && matches!(verb, "handle" | "process" | "store" | "keep" | "manage" | "hold")
        && sentence.words[clause.end + 1..]
            .iter()
            .take(8)
            .any(|word| matches!(word.lower, "alone" | "elsewhere"))
}

impl Candidates {
    fn entry(&mut self, name: &str) -> &mut Candidate {
        let next = self.next;
        self.by_name.entry(name.to_owned()).or_insert_with(|| {
            self.next = next + 1;
            Candidate { order: next, ..Candidate::default() }
        })
    }

    /// A thing that acts or is acted on in a sentence.
    fn acting(&mut self, name: &str, reason: &Reason) -> &mut Candidate {
        let candidate = self.entry(name);
        candidate.acted_in.get_or_insert_with(|| reason.clone());
        candidate
    }

    /// Takes a thing that a pasted schema declares.
    pub(crate) fn give(&mut self, name: &str, reason: &Reason) {
        let candidate = self.entry(name);
        candidate.given = true;
        add_next(&mut candidate.evidence, reason.clone());
    }

    /// Takes a thing that heads a list of what is to be known of it.
    pub(crate) fn head(&mut self, name: &str) {
        self.entry(name).heads += 1;
    }

    /// Takes the states that the text says things to be in: what comes from one into another is recorded.
    pub(crate) fn live(&mut self, mentions: &[Mention]) {
        let mut states: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for mention in mentions.iter().filter(|mention| mention.strong) {
            let Some(first) = mention.things.first() else { continue };
            let known = states.entry(first).or_default();
            if !known.contains(&mention.state.as_str()) {
                known.push(&mention.state);
            }
        }
        for (name, states) in states {
            if let Some(candidate) = self.by_name.get_mut(name) {
                candidate.states = states.len();
            }
        }
    }

    /// Gathers what a sentence says about things. The discourse before it tells what "it" and "they" stand for.
    pub(crate) fn gather(&mut self, sentence: &Sentence, lists: &[OwnedList], discourse: &Discourse) {
        if matches!(sentence.class.kind, StatementKind::Noise | StatementKind::Exclusion) {
            return;
        }
        let reason = sentence.reason();
        let examples = crate::lists::examples(sentence);
        let listed: Vec<usize> =
            lists.iter().flat_map(|list| list.items.iter().map(|item| item.phrase)).collect();
        // "We don't file taxes", "there's no reseller programme".
        let denied = |phrase: usize| {
            let object = |clause: &Clause| {
                (clause.negated || is_elsewhere(sentence, clause)) && clause.objects.contains(&phrase)
            };
            // "Report a loss without an account": what is not needed is none of what is kept.
            let start = sentence.phrases[phrase].words.start;
            let without = start > 0 && sentence.words[start - 1].is("without");
            without || sentence.denied(phrase) || sentence.clauses.iter().any(object)
        };
        let mut named = Vec::new();
        for phrase in (0..sentence.phrases.len())
            .filter(|phrase| !sentence.in_story(*phrase, |story| &story.role) && !examples.contains(phrase))
            .filter(|phrase| !sentence.is_why(sentence.phrases[*phrase].words.start))
        {
            // "contact details" are an attribute and no contact.
            let attribute = |name: &str| {
                crate::lists::is_empty_head(sentence, phrase) && {
                    let full = sentence.name(phrase);
                    full != name && names::attribute_strength(&full) == 2
                }
            };
            if let Some(name) = sentence.things.get(phrase).and_then(Option::as_ref)
                && !named.contains(&name)
                && !attribute(name)
                && !constraints::is_named(sentence, name)
            {
                let candidate = self.entry(name);
                // The name of the software says what it is for, not what it keeps.
                let software = names::is_software(sentence, phrase);
                candidate.mentions += u32::from(!software);
                candidate.outside += u32::from(crate::outside::is_one(sentence, phrase));
                // Why a story is told often leads beyond the system: "so that I find a route".
                if !software && !sentence.in_story(phrase, |story| &story.ends) {
                    match sentence.phrases[phrase].count {
                        Count::Many => candidate.several = true,
                        Count::One => candidate.single = true,
                        Count::Each => {
                            candidate.single = true;
                            candidate.each = true;
                        }
                        Count::UpToOne | Count::Open => {}
                    }
                }

                candidate.asked |= sentence.class.kind != StatementKind::Constraint;
                candidate.free += u32::from(!listed.contains(&phrase) && !denied(phrase));
                // "Exactly one parent club" is a club.
                if !name.starts_with("parent ") && counted_exactly(sentence, phrase) {
                    candidate.acted_on += 4;
                }
                if !listed.contains(&phrase) || candidate.evidence.is_empty() {
                    add_next(&mut candidate.evidence, reason.clone());
                }
                named.push(name);
            }
        }
        self.hear_told(sentence, &reason);
        for list in lists {
            let mut owner = discourse.owner(list);
            // "This event has a date": a noun that the text has not used before stands for what was spoken of.
            let new = || self.by_name.get(owner).is_none_or(|candidate| candidate.mentions < 2);
            if list.pointed && !discourse.topic().is_empty() && new() {
                owner = discourse.topic();
            }
            if owner.is_empty() {
                continue;
            }
            if let Some(record) = &list.record {
                self.entry(record).stands_in = true;
            }
            if let Some(of) = &list.of {
                // "An order has lines with colour and size": there are several of an order.
                if owner.strip_prefix(of.as_str()).is_some_and(|line| line.starts_with(' ')) {
                    self.acting(owner, &reason).acted_on += 4;
                }
                self.about.push((owner.to_owned(), of.clone(), reason.clone()));
            }
            let files = list.items.iter().filter(|item| crate::lists::are_files(sentence, item.phrase));
            for name in files.filter_map(|item| names::thing(sentence, item.phrase)) {
                self.acting(&name, &reason).files = true;
            }
            self.own(owner, &list.items, &reason);
        }
    }

    /// "Topics can be nested": each may stand below another.
    fn hear_nested(&mut self, sentence: &Sentence, reason: &Reason) {
        let nested = |clause: &&Clause| clause.passive && sentence.words[clause.verb].lemma == "nest";
        for phrase in sentence.clauses.iter().filter(nested).filter_map(|clause| clause.objects.first()) {
            if let Some(name) = names::thing(sentence, *phrase) {
                self.acting(&name, reason).acted_on += 3;
                let above = Item {
                    name: format!("parent {name}"),
                    count: Count::UpToOne,
                    ..crate::lists::item(sentence, *phrase)
                };
                self.own(&name, &[above], reason);
            }
        }
    }

    /// "No two showings in the same hall may overlap": what must not has a time of its own, and what it is in is told apart.
    fn hear_overlaps(&mut self, sentence: &Sentence, reason: &Reason) {
        if let Some(phrase) = crate::invariants::overlapping(sentence) {
            let same = crate::invariants::same(sentence);
            for (phrase, weight) in [(Some(phrase), 3), (same, 2)] {
                if let Some(name) = phrase.and_then(|phrase| names::thing(sentence, phrase)) {
                    self.acting(&name, reason).acted_on += weight;
                }
            }
        }
    }

    /// What a sentence tells of things beside their names: what it does to them, their types, parts and states.
    fn hear_told(&mut self, sentence: &Sentence, reason: &Reason) {
        // "A site, which is a street or a park": where it is a thing, these are its types.
        for (phrase, _) in &sentence.values {
            if let Some(name) = names::thing(sentence, *phrase)
                && names::attribute_strength(&name) == 0
            {
                let item = Item { name: "type".to_owned(), ..crate::lists::item(sentence, *phrase) };
                self.own(&name, &[item], reason);
            }
        }
        for clause in &sentence.clauses {
            self.hear(sentence, clause);
            self.hear_asked(sentence, clause);
            if let Some((whole, _)) = crate::contents::contents(sentence, clause)
                && let Some(name) = names::thing(sentence, whole)
            {
                self.acting(&name, reason).acted_on += 2;
            }
        }
        // "An enrolment is requested, confirmed or cancelled": what lives through states is recorded.
        if let Some(name) = crate::states::lives(sentence).and_then(|phrase| names::thing(sentence, phrase)) {
            self.acting(&name, reason).acted_on += 4;
        }
        self.hear_nested(sentence, reason);
        // A kind of a thing is told from others of the kind, so that there is something to tell.
        let kinds = crate::kinds::kinds(sentence, &|phrase| names::thing(sentence, phrase));
        for (kind, of) in &kinds {
            // "A container is either a tank or a barrel": what has several kinds is told apart by them.
            let several = kinds.iter().any(|(other, parent)| parent == of && other != kind);
            let either = several && sentence.words.iter().any(|word| word.is("either"));
            self.acting(kind, reason).acted_on += 3 + u32::from(either);
            if several {
                self.acting(of, reason).acted_on += 2;
            }
        }
        // "A garden is divided into beds", "a fleet consists of ships": of both there are several, each to be told from the
        // others.
        for clause in &sentence.clauses {
            let consists = sentence.words[clause.verb].lemma == "consist"
                && clause
                    .obliques
                    .iter()
                    .all(|(link, part)| sentence.words[*link].is("of") && sentence.phrases[*part].plural);
            if !consists && !crate::kinds::is_parted(sentence, clause) {
                continue;
            }
            let parts = clause.obliques.iter().map(|(_, phrase)| *phrase);
            let whole = clause.subject_phrase().filter(|_| consists);
            for name in clause
                .objects
                .iter()
                .copied()
                .chain(parts)
                .chain(whole)
                .filter_map(|phrase| names::thing(sentence, phrase))
            {
                let candidate = self.acting(&name, reason);
                candidate.acted_on += 4;
                candidate.parted += 1;
            }
        }
        self.hear_overlaps(sentence, reason);
    }

    /// "Patients ask for a trip": what comes about by being asked for.
    fn hear_asked(&mut self, sentence: &Sentence, clause: &Clause) {
        let verb = &sentence.words[clause.verb];
        let Some((base, _)) =
            crate::lemma::verb(verb.lemma).filter(|(base, _)| knowledge::holds(knowledge::ASKING, base))
        else {
            return;
        };
        let wanted = clause
            .obliques
            .iter()
            .filter(|(link, _)| sentence.words[*link].is("for"))
            .map(|(_, phrase)| phrase);
        let things = clause.objects.iter().chain(wanted).filter_map(|phrase| names::thing(sentence, *phrase));
        let made = things.filter(|name| knowledge::holds(knowledge::ASKED_FOR, names::head(name)));
        self.asked_for.extend(made.map(|name| (base, name)));
    }

    /// Takes what belongs to a thing.
    pub(crate) fn own(&mut self, owner: &str, items: &[Item], reason: &Reason) {
        if knowledge::holds(knowledge::ONCE_IN_A_LIFE, owner) {
            return;
        }
        let candidate = self.entry(owner);
        add_next(&mut candidate.evidence, reason.clone());
        for item in items {
            let known = candidate.items.iter_mut().find(|(known, _)| known.name == item.name);
            if let Some((known, _)) = known {
                if known.values.is_empty() {
                    known.values.clone_from(&item.values);
                }
            } else if !item.name.starts_with("same ") {
                candidate.items.push((item.clone(), reason.clone()));
            }
        }
    }

    /// Takes what a clause says is done to things, and by which.
    fn hear(&mut self, sentence: &Sentence, clause: &Clause) {
        if is_elsewhere(sentence, clause) || sentence.is_why(clause.verb) {
            return;
        }
        let reason = sentence.reason();
        let verb = &sentence.words[clause.verb];
        let wished = sentence.word_in_story(clause.verb, |story| &story.means);
        let weight = match crate::lemma::class(verb.lemma) {
            // What is created, read, updated and deleted is a record.
            _ if matches!(verb.lemma, "crud" | "cru" | "cr-d" | "c-ud") => 4,
            // What somebody wants to make is a record.
            Some(VerbClass::Create) if wished && !clause.passive => 3,
            Some(class) if class.changes() => 2,
            Some(VerbClass::Read | VerbClass::Notify | VerbClass::Integrate | VerbClass::Compute) => 1,
            _ => 0,
        };
        let has = matches!(
            verb.lemma,
            "have" | "has" | "contain" | "include" | "carry" | "keep" | "comprise" | "consist" | "hold"
        )
            // To carry out, to hold back: nothing is had by that.
            && !sentence.words.get(clause.verb + 1).is_some_and(|next| {
                matches!(next.lower, "out" | "back" | "off" | "up" | "on")
            });
        // "Several photos belong to it", "belongs to exactly one section".
        if verb.lemma == "belong" {
            let counted = |phrase: usize| {
                let words = &sentence.words[sentence.phrases[phrase].words.clone()];
                words
                    .iter()
                    .any(|word| matches!(word.lower, "exactly" | "one" | "several" | "many" | "a" | "an"))
            };
            for phrase in clause.subject_phrase().into_iter().chain(clause.objects.iter().copied()) {
                if counted(phrase)
                    && let Some(name) = names::thing(sentence, phrase)
                {
                    self.acting(&name, &reason).acted_on += 2;
                }
            }
        }
        // "A label is shared by many issues": what several others share is a thing of its own.
        let several = |subject: usize| sentence.phrases[subject].count == Count::Many;
        let shared = clause.passive && verb.lemma == "share" && clause.subject_phrase().is_some_and(several);
        if let Some(name) =
            clause.objects.first().and_then(|object| names::thing(sentence, *object)).filter(|_| shared)
        {
            self.acting(&name, &reason).acted_on += 3;
        }
        let mut said = false;
        for object in &clause.objects {
            // What something has several of is a thing of its own: "a team has several members".
            let several = has && sentence.phrases[*object].count == Count::Many;
            // "multiple directors, actors and producers": what is said of the first holds for all.
            said |= sentence.words[sentence.phrases[*object].words.clone()]
                .iter()
                .any(|word| matches!(word.lower, "multiple" | "many" | "several" | "more" | "numerous"));
            // "the drawer holds many packets": what has several of another thing is one itself.
            if several
                && said
                && let Some(name) =
                    clause.subject_phrase().and_then(|subject| names::thing(sentence, subject))
                && names::attribute_strength(&sentence.name(*object)) == 0
                && !knowledge::holds(knowledge::ORGANISATIONS, names::head(&name))
            {
                self.acting(&name, &reason).acted_on += 3;
            }
            // "Several defining aspects: a title, …" are attributes.
            let thing = names::thing(sentence, *object)
                .filter(|name| !several || !crate::lists::names_attributes(name));
            if let Some(name) = thing {
                self.acting(&name, &reason).acted_on += match (several, said) {
                    (true, true) => 4,
                    (true, false) => 2,
                    _ => weight,
                };
            }
        }
        // "Enroll in a course", "a review for a product": what the wish leads to.
        if wished && weight >= 2 {
            for (link, phrase) in &clause.obliques {
                let leads =
                    matches!(sentence.words[*link].lower, "in" | "to" | "into" | "for" | "on" | "against");
                let phrase_of = &sentence.phrases[*phrase];
                // "In a fixed order" says how.
                let how =
                    sentence.words[*link].is("in") && sentence.words[phrase_of.name.end - 1].is("order");
                let one = matches!(phrase_of.count, Count::One | Count::Each) && !how;
                if leads
                    && one
                    && let Some(name) = names::thing(sentence, *phrase)
                    && !names::is_person(&name)
                    && !knowledge::holds(knowledge::REGISTRATIONS, names::head(&name))
                {
                    self.acting(&name, &reason).acted_on += 1;
                }
            }
        }
        if weight == 2
            && !clause.passive
            && sentence.story.is_none()
            && let Some(name) = clause.subject_phrase().and_then(|subject| names::thing(sentence, subject))
        {
            self.acting(&name, &reason).acts += 1;
        }
    }

    /// Whether the text speaks of several of a thing.
    pub(crate) fn are_several(&self, name: &str) -> bool {
        self.by_name.get(&name.to_lowercase()).is_some_and(|candidate| candidate.several)
    }

    /// Why a thing is taken for an entity.
    pub(crate) fn first_reason(&self, name: &str) -> Option<&Reason> {
        self.by_name.get(name).and_then(|candidate| candidate.evidence.first())
    }

    /// What the record of an activity is about: pairs of the record and the thing, with the reason.
    pub(crate) fn abouts<'a>(
        &'a self,
        chosen: &'a Chosen,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a Reason)> {
        self.about.iter().filter_map(|(record, thing, reason)| {
            let (record, thing) = (chosen.find(record)?, chosen.find(thing)?);
            (record != thing).then_some((record, thing, reason))
        })
    }

    /// What is said of "the owner" is said of the pet owner, where the text has named only that one before.
    pub(crate) fn count_short_names(&mut self) {
        self.name_recorded();
        let mut full: BTreeMap<&str, Vec<(&String, &Candidate)>> = BTreeMap::new();
        for (name, candidate) in &self.by_name {
            if let Some((_, last)) = name.rsplit_once(' ') {
                full.entry(last).or_default().push((name, candidate));
            }
        }
        let mut moves = Vec::new();
        let mut passing = Vec::new();
        for (last, owners) in full {
            // "private seller to private buyer", and of sellers alone ever after: what they are once is no name.
            if let ([(name, once)], Some(short)) = (owners.as_slice(), self.by_name.get(last))
                && (names::without_adjective(name) == Some(last)
                    || once.mentions == 1 && is_passing_role(name))
                && once.items.is_empty()
                && short.mentions > 2 * once.mentions
            {
                passing.push((*name).clone());
                continue;
            }
            // "adds a vehicle by licence plate", and of the plate ever after: what has a value is no thing by a shorter name.
            if let ([(name, owner)], Some(short)) = (owners.as_slice(), self.by_name.get(last))
                && names::attribute_strength(name) == 2
                && names::attribute_strength(last) == 0
                && owner.order < short.order
                && short.items.is_empty()
                && !short.given
            {
                passing.push(last.to_owned());
                continue;
            }
            if let ([(name, owner)], Some(short)) = (owners.as_slice(), self.by_name.get(last))
                && (short.items.len() < 2 || owner.is_meant_by(short))
                && !short.given
                && owner.order < short.order
                && !owner.is_outside()
                && !knowledge::holds(knowledge::EMPTY_HEADS, last)
            {
                moves.push(((*name).clone(), (*short).clone()));
            }
        }
        for name in passing {
            self.by_name.remove(&name);
        }
        for (name, short) in moves {
            let full = self.entry(&name);
            full.hear_short(&short);
            if short.items.len() > 1 {
                full.items = short.items;
                if let Some((_, last)) = name.rsplit_once(' ') {
                    self.by_name.remove(last);
                }
            }
        }
    }

    /// "Lawyers record their time with a date and a duration", and elsewhere "all time entries": what is recorded are these.
    fn name_recorded(&mut self) {
        let entries = self.by_name.keys().filter_map(|name| {
            let bare = name.strip_suffix(" entry").or_else(|| name.strip_suffix(" record"))?;
            let known = self.by_name.get(bare).is_some_and(|bare| bare.items.len() > 1);
            (known && names::attribute_strength(bare) == 2).then(|| (bare.to_owned(), name.clone()))
        });
        let entries: Vec<(String, String)> = entries.collect();
        for (bare, name) in entries {
            let items = self.by_name.get_mut(&bare).map(|bare| std::mem::take(&mut bare.items));
            for (item, reason) in items.unwrap_or_default() {
                self.own(&name, &[item], &reason);
            }
        }
    }

    /// Settles which things are entities, in the order of the text. In a `short` text that asks for a system, whatever
    /// it names is enough where nothing has more behind it.
    /// The second time, `fields` are those that the text turned out to be about.
    pub(crate) fn choose(&mut self, short: bool, fields: &[&'static DomainRow]) -> Chosen {
        let plain = |(name, candidate): (&String, &Candidate)| {
            if candidate.given { ENOUGH } else { score(name, candidate, &Field::default()) }
        };
        let mut field = Field { rows: fields, known: BTreeSet::new() };
        let mut scores: Vec<i64> = self.by_name.iter().map(plain).collect();
        if !fields.is_empty() {
            let sure = self.by_name.keys().zip(&scores).filter(|(_, score)| **score >= ENOUGH);
            field.known = sure.flat_map(|(name, _)| field.meanings(name)).collect();
            let all = self.by_name.iter().zip(&mut scores).filter(|(_, score)| **score < ENOUGH);
            for ((name, candidate), score_of) in all {
                *score_of = score(name, candidate, &field);
            }
        }
        // What is usual elsewhere adds to what a text asks for, and says nothing in a list of figures.
        let asked = scores.iter().any(|score| *score >= ENOUGH);
        let likely = |name: &str, candidate: &Candidate, score: i64| {
            if candidate.is_outside() && !candidate.given {
                return false;
            }
            score >= ENOUGH
                || asked && score + MOST_USUAL >= ENOUGH && score + usual(name, candidate, &field) >= ENOUGH
        };
        let mut chosen: Vec<(&String, &Candidate)> = self
            .by_name
            .iter()
            .zip(&scores)
            .filter(|((name, candidate), score)| likely(name, candidate, **score))
            .map(|(named, _)| named)
            .collect();
        if chosen.is_empty() && short {
            // Unless it is an attribute or a person.
            let named = |name: &str, candidate: &Candidate| {
                (candidate.acted_on > 0 || !candidate.evidence.is_empty())
                    && !candidate.is_outside()
                    && names::attribute_strength(name) == 0
                    && !knowledge::holds(knowledge::SOFT_NOUNS, name)
                    && !names::is_person(name)
            };
            chosen = self.by_name.iter().filter(|(name, candidate)| named(name, candidate)).collect();
        }
        chosen.order_by_key(|(_, candidate)| candidate.order);
        let names: Vec<String> = chosen.into_iter().map(|(name, _)| name.clone()).collect();
        // A last word that only one entity ends in is a short name for it, unless it has attributes of its own.
        let mut short = BTreeMap::new();
        let mut endings: BTreeMap<&str, u32> = BTreeMap::new();
        for (_, last) in names.iter().filter_map(|name| name.rsplit_once(' ')) {
            *endings.entry(last).or_default() += 1;
        }
        for full in names.iter().filter(|name| name.contains(' ')) {
            let last = names::head(full);
            let alone = endings.get(last) == Some(&1);
            let bare =
                self.by_name.get(last).is_none_or(|candidate| candidate.items.len() < 2 && !candidate.given);
            let rich = self.by_name.get(full).is_some_and(|candidate| !candidate.items.is_empty());
            let before = self
                .by_name
                .get(full)
                .zip(self.by_name.get(last))
                .is_none_or(|(full, last)| full.order < last.order);
            // "several sales teams, each with a team name": the text calls it so itself.
            let called = self.by_name.get(full).is_some_and(|candidate| {
                let own = |item: &Item| {
                    item.name.strip_prefix(last).is_some_and(|rest| KEYS.contains(&rest) || rest == " name")
                };
                candidate.items.iter().any(|(item, _)| own(item))
            });
            if alone
                && (bare && (rich || before) || called)
                && !knowledge::holds(knowledge::EMPTY_HEADS, last)
            {
                short.insert(last.to_owned(), full.clone());
            }
        }
        // What follows a "distribution order" is the distribution, where nothing else is said of that.
        let mut openings: BTreeMap<&str, u32> = BTreeMap::new();
        for (first, _) in names.iter().filter_map(|name| name.split_once(' ')) {
            *openings.entry(first).or_default() += 1;
        }
        for full in &names {
            if let Some((first, rest)) = full.split_once(' ')
                && knowledge::holds(knowledge::ACTIVITIES, first)
                && matches!(rest, "order" | "request" | "record" | "application" | "form")
                && openings.get(first) == Some(&1)
                && self.by_name.get(first).is_some_and(|candidate| candidate.items.len() < 2)
            {
                short.insert(first.to_owned(), full.clone());
            }
        }
        self.add_synonyms(&names, &field, &mut short);
        for (last, full) in &short {
            if let Some(called) = self.by_name.get(last).cloned() {
                let entry = self.entry(full);
                let known: BTreeSet<Reason> = entry.evidence.iter().cloned().gather();
                entry.evidence.extend(called.evidence.into_iter().filter(|reason| !known.contains(reason)));
                for (item, reason) in called.items {
                    if !entry.items.iter().any(|(known, _)| known.name == item.name) {
                        entry.items.push((item, reason));
                    }
                }
            }
        }
        let names: Vec<String> = names.into_iter().filter(|name| !short.contains_key(name)).collect();
        Chosen::new(names, short)
    }

    /// "A car arrives", where the text has drivers add their vehicles: what the field of the text calls the same is the same,
    /// unless the text says what each of the two has or what is done to it, or names both at once.
    fn add_synonyms(&self, names: &[String], field: &Field, short: &mut BTreeMap<String, String>) {
        let mut called: BTreeMap<&str, &String> = BTreeMap::new();
        let bare = |name: &str| {
            self.by_name.get(name).is_some_and(|candidate| {
                candidate.items.is_empty()
                    && candidate.acted_on == 0
                    && candidate.mentions > 1
                    && !candidate.given
            })
        };
        for name in names {
            if short.contains_key(name) || names::is_person(name) {
                continue;
            }
            let Some(meaning) = field.meanings(name).next() else { continue };
            match called.get(meaning) {
                Some(first) if bare(name) && self.apart(first, name) => {
                    short.insert(name.clone(), (*first).clone());
                }
                Some(_) => {}
                None => {
                    called.insert(meaning, name);
                }
            }
        }
        self.add_requests(names, short);
    }

    /// "Patients ask for a trip. A coordinator approves the request": the request is the trip, unless the text says what a
    /// request has.
    fn add_requests(&self, names: &[String], short: &mut BTreeMap<String, String>) {
        let mut things =
            self.asked_for.iter().filter(|(_, thing)| names.contains(thing) && !short.contains_key(thing));
        let Some((verb, thing)) = things.next() else { return };
        if things.any(|(_, other)| other != thing) {
            return;
        }
        for name in self.by_name.keys().filter(|name| *name != thing) {
            let of_it = name.strip_prefix(thing.as_str()).map_or(name.as_str(), str::trim_start);
            // "Declines the request with a reason": that alone makes no record of it.
            let bare = self
                .by_name
                .get(name)
                .is_some_and(|request| (request.items.is_empty() || !names.contains(name)) && !request.given);
            if bare && crate::records::names_action(of_it, verb) {
                short.insert(name.clone(), thing.clone());
            }
        }
    }

    /// Whether no sentence names both of two things.
    fn apart(&self, one: &str, other: &str) -> bool {
        let [one, other] =
            [one, other].map(|name| self.by_name.get(name).map_or(&[][..], |named| &named.evidence));
        !one.iter().any(|reason| other.contains(reason))
    }

    /// The entities of these names.
    pub(crate) fn entities(&self, chosen: &Chosen) -> Vec<Entity> {
        chosen
            .names
            .iter()
            .filter_map(|name| self.by_name.get(name).map(|candidate| (name, candidate)))
            .map(|(name, candidate)| Entity {
                name: names::capitalised(name),
                attributes: candidate
                    .items
                    .iter()
                    .enumerate()
                    .filter(|(_, (item, _))| is_attribute(name, item, chosen))
                    .map(|(place, (item, reason))| attribute_of(name, item, place == 0, reason))
                    .collect(),
                invariants: Vec::new(),
                origin: Origin::Text,
                evidence: match &candidate.acted_in {
                    Some(reason) if candidate.evidence.is_empty() => vec![reason.clone()],
                    _ => candidate.evidence.clone(),
                },
            })
            .collect()
    }

    /// What a thing has that is a thing of its own: owner, item, reason and the thing.
    pub(crate) fn owned_things<'a>(
        &'a self,
        chosen: &'a Chosen,
    ) -> impl Iterator<Item = (&'a str, &'a Item, &'a Reason, &'a str)> {
        chosen
            .names
            .iter()
            .filter_map(|name| self.by_name.get(name).map(|candidate| (name, candidate)))
            .flat_map(move |(name, candidate)| {
                candidate.items.iter().filter_map(move |(item, reason)| {
                    refers_to(name, item, chosen).map(|target| (name.as_str(), item, reason, target))
                })
            })
    }
}

/// "Hobby beekeepers": what kind of people they are, where the text says it once and of no other kind of role.
fn is_passing_role(name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(before, last)| {
        // Everybody is a user: what stands before is a role.
        names::is_person(last) && last != "user" && !before.contains(' ') && !names::is_person(before)
    })
}
