//! Which relations a sentence states: its verbs, "the rooms of a hotel", "their own posts".

use crate::cardinalities::{Spoken, attached, depends, ends, exchanged, held, successive, within};
use crate::clauses::{Clause, Subject};
use crate::entities::{self, Chosen};
use crate::kinds;
use crate::model::Many;
use crate::names;
use crate::phrases::Count;
use crate::records::Records;
use crate::relations::{End, Relations};
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::{VerbClass, WordLists, holds};

/// Verbs that leave a link between two things for good.
const LASTING: WordLists = crate::cardinalities::STATES.or(knowledge::AUTHORING);

/// Reads the relations that a sentence states between chosen entities. `topic` is what was spoken of last.
pub(crate) fn gather(
    relations: &mut Relations,
    sentence: &Sentence,
    chosen: &Chosen,
    records: &Records,
    topic: &str,
) {
    // What a list of attributes names belongs to the owner of the list, and is read there.
    let listed: Vec<usize> =
        sentence.lists.iter().flat_map(|list| list.items.iter().map(|item| item.phrase)).collect();
    let mixed = listed.iter().any(|phrase| names::strength_of(sentence, *phrase) > 0);
    let listed = if mixed { listed } else { Vec::new() };
    let named = sentence.things.iter().enumerate().map(|(phrase, name)| {
        let name = name.as_ref().filter(|_| !names::is_software(sentence, phrase))?;
        chosen.find(name).filter(|_| !listed.contains(&phrase))
    });
    let reader = Reader { sentence, chosen, records, topic, named: named.collect() };
    for (child, parent) in kinds::kinds(sentence, &|phrase| reader.entity(phrase)) {
        relations.generalize(&child, &parent, sentence.reason());
    }
    for clause in sentence.clauses.iter().filter(|clause| !clause.negated && !sentence.is_why(clause.verb)) {
        reader.clause(relations, clause);
    }
    for phrase in 0..sentence.phrases.len() {
        reader.phrase(relations, phrase);
    }
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    chosen: &'a Chosen,
    records: &'a Records<'a>,
    topic: &'a str,
    /// The entity that each phrase names and no list of attributes has, which is asked for several times.
    named: Vec<Option<&'a str>>,
}

impl Reader<'_> {
    fn entity(&self, phrase: usize) -> Option<String> {
        self.named.get(phrase).copied().flatten().map(str::to_owned)
    }

    fn spoken(&self, phrase: usize) -> Option<Spoken> {
        let name = self.entity(phrase)?;
        let this = &self.sentence.phrases[names::meant(self.sentence, phrase)];
        let spoken = Spoken::of(name, &self.sentence.words, this);
        // "At most one bid per lot shall be accepted": others are there, and are not.
        let moved = spoken.single && self.sentence.moved_into(phrase).is_some();
        Some(if moved {
            Spoken { count: Count::Many, limited: false, single: false, ..spoken }
        } else {
            spoken
        })
    }

    /// Who a user story lets act.
    fn role(&self) -> Option<String> {
        (0..self.sentence.phrases.len())
            .filter(|phrase| self.sentence.in_story(*phrase, |story| &story.role))
            .find_map(|phrase| self.chosen.find(&names::thing(self.sentence, phrase)?).map(str::to_owned))
    }

    /// What a pronoun stands for.
    fn antecedent(&self, word: usize) -> Option<String> {
        match self.sentence.words[word].lower {
            "i" | "we" => self.role(),
            "it" | "they" | "he" | "she" | "each" | "this" | "these" | "both" | "one" => {
                // What the sentence itself has named first, of that which the pronoun can stand for, else what the text
                // speaks of.
                let mut before = (0..self.sentence.phrases.len())
                    .take_while(|phrase| self.sentence.phrases[*phrase].words.end <= word)
                    // "the sites they have created": what stands right before is created.
                    .filter(|phrase| self.sentence.phrases[*phrase].words.end < word)
                    .filter(|phrase| self.entity(*phrase).is_some());
                let pronoun = &self.sentence.words[word].lower;
                let meant = before.clone().find(|phrase| self.sentence.can_be(*phrase, pronoun));
                let before = meant.or_else(|| before.next()).and_then(|phrase| self.entity(phrase));
                before.or_else(|| self.chosen.find(self.topic).map(str::to_owned))
            }
            _ => None,
        }
    }

    fn subjects(&self, clause: &Clause) -> Vec<Spoken> {
        if clause.passive && clause.objects.is_empty() {
            let pronoun = self.sentence.done_to(clause);
            return pronoun.and_then(|at| self.antecedent(at)).map(Spoken::one).into_iter().collect();
        }
        if clause.passive {
            return clause.objects.iter().filter_map(|phrase| self.spoken(*phrase)).collect();
        }
        match clause.subject {
            Subject::Phrase(phrase) => self.spoken(phrase).into_iter().collect(),
            Subject::Pronoun(word) => self.antecedent(word).map(Spoken::one).into_iter().collect(),
            Subject::Unsaid => Vec::new(),
        }
    }

    fn clause(&self, relations: &mut Relations, clause: &Clause) {
        let verb = &self.sentence.words[clause.verb];
        if verb.among(knowledge::BE) {
            if self.exists(relations, clause) {
                return;
            }
            if self.in_charge(relations, clause) {
                return;
            }
            self.meant_for(relations, clause);
            self.stands(relations, clause);
            return self.parts(relations, clause);
        }
        let lemma = verb.lemma;
        self.recorded(relations, clause, lemma);
        if !clause.passive && verb.is_a(knowledge::JOINING) && self.join(relations, clause, lemma) {
            return;
        }
        if self.causes(clause) {
            return;
        }
        self.attach(relations, clause, lemma);
        self.made_with(relations, clause);
        let subjects = self.subjects(clause);
        let story = matches!(clause.subject, Subject::Pronoun(word) if self.sentence.words[word].is("i"));
        // What somebody wishes or looks at is not thereby linked to them.
        let looks = crate::lemma::class(lemma) == Some(VerbClass::Read) || verb.is_a(knowledge::WISHING);
        // "becomes active with the payment": what happens then is no relation.
        let turns = lemma == "become" && clause.objects.is_empty();
        if looks || turns || story && !keeps(lemma) {
            return;
        }
        let taken = taken(self.sentence, clause);
        let targets: Vec<usize> = if clause.passive || taken.is_some() || clause.objects.is_empty() {
            let links = |preposition: usize| {
                !matches!(self.sentence.words[preposition].lower, "as" | "like" | "including" | "during")
            };
            // "belongs to one patient, one therapist and one room": all that follow one preposition.
            let mut linked = clause.obliques.iter().filter(|(link, _)| links(*link));
            let first = linked.clone().next().map(|(link, _)| *link);
            linked.by_ref().take_while(|(link, _)| Some(*link) == first).map(|(_, phrase)| *phrase).collect()
        } else {
            clause.objects.clone()
        };
        // "prescriptions follow from an examination": each from one.
        let from_it = clause.objects.is_empty()
            && clause.obliques.first().is_some_and(|(link, _)| self.sentence.words[*link].is("from"))
            && matches!(lemma, "follow" | "result" | "arise" | "originate" | "stem");
        // "the issues that they reported": what stands before the verb is not who does it.
        let fronted = clause
            .objects
            .iter()
            .any(|object| !clause.passive && self.sentence.phrases[*object].words.start < clause.verb);
        // "the sort of card they want to apply for": nothing that they have yet.
        if fronted && self.is_wished(clause) {
            return;
        }
        if holds(knowledge::BELONGING, lemma) {
            self.belongs_to_own(relations, &subjects, &targets);
        }
        let mut targets: Vec<Spoken> = targets.iter().filter_map(|phrase| self.spoken(*phrase)).collect();
        // Whoever opens a barrier is nothing to it afterwards.
        targets.retain(|to| !crate::lemma::handles(lemma, &to.name));
        if clause.passive && targets.is_empty() {
            targets.extend(self.put_to(clause));
        }
        // "a fleet is composed of ships", "a greenhouse is divided into zones"
        let composed = kinds::is_parted(self.sentence, clause)
            || clause.passive
                && verb.is_a(knowledge::COMPOSING)
                && clause.obliques.first().is_some_and(|(link, _)| self.sentence.words[*link].is("of"));
        let (lemma, passive) = match taken {
            _ if composed => ("consist", false),
            Some("place") => ("hold", true),
            Some(_) => ("participate", false),
            None => (lemma, clause.passive),
        };
        for from in &subjects {
            for to in &targets {
                let same = from.name == to.name;
                if same && holds(knowledge::SUCCEEDING, lemma) && (to.another || !fronted) {
                    relations.link(&from.name, &to.name, lemma, successive(to), self.sentence.reason());
                    continue;
                }
                let equals = holds(knowledge::AMONG_EQUALS, lemma) && !fronted && !from_it
                    || to.another && holds(LASTING, lemma);
                if !same || equals {
                    let mut ends = ends(if from_it { "refer" } else { lemma }, from, to, passive);
                    // The ends of a story say what may come of it, and not what is always so.
                    let why = self.sentence.word_in_story(clause.verb, |story| &story.ends);
                    ends.1.needed &= !self.sentence.optional(clause.verb) && !why;
                    // "A user can block another": as many as there are, and is blocked by as many.
                    let many = || {
                        holds(knowledge::TOGGLES, lemma)
                            || knowledge::interface("between-equals").contains(&lemma)
                    };
                    if same && many() {
                        (ends.0.max, ends.1.max) = (Many::Any, Many::Any);
                    }
                    relations.link(&from.name, &to.name, lemma, ends, self.sentence.reason());
                }
            }
        }
    }

    /// "Each club belongs to exactly one parent club": to another of the same kind, by what it is to it.
    fn belongs_to_own(&self, relations: &mut Relations, subjects: &[Spoken], targets: &[usize]) {
        for parent in targets.iter().filter_map(|phrase| names::thing(self.sentence, *phrase)) {
            for from in subjects.iter().filter(|from| entities::is_parent(&from.name, &parent)) {
                relations.owned(&from.name, &from.name, Some(&parent), Count::One, &self.sentence.reason());
            }
        }
    }

    /// "students select courses", where course selections have records: these refer to both.
    fn recorded(&self, relations: &mut Relations, clause: &Clause, lemma: &str) {
        let doer = clause.subject_phrase().and_then(|phrase| self.entity(phrase));
        if let Some(done) = clause.objects.first().and_then(|phrase| self.entity(*phrase)) {
            // Who sees a doctor visits one; who sees an order reads it.
            if lemma == "see" && !names::is_person(&done) {
                return;
            }
            let Some(record) = self.records.of_action(lemma, &done, self.chosen) else { return };
            // What an order is for stands in its lines.
            if !holds(knowledge::COLLECTIONS, names::head(record)) {
                relations.about(record, &done, &self.sentence.reason());
            }
            if let Some(doer) = doer.as_ref().filter(|doer| *doer != record) {
                relations.about(record, doer, &self.sentence.reason());
            }
        }
    }

    /// "they want to apply for": after a verb of wishing.
    fn is_wished(&self, clause: &Clause) -> bool {
        let before = |back: usize| clause.verb.checked_sub(back).map(|at| &self.sentence.words[at]);
        before(1).is_some_and(|to| to.tag == Tag::To)
            && before(2).is_some_and(|verb| verb.is_a(knowledge::WISHING))
    }

    /// "to have a subscription cancelled": nothing that somebody has.
    fn causes(&self, clause: &Clause) -> bool {
        let words = &self.sentence.words;
        let next = || {
            let end = self.sentence.phrases[*clause.objects.first()?].words.end;
            Some((words.get(end)?, words.get(end + 1)))
        };
        words[clause.verb].lemma == "have"
            && clause.verb.checked_sub(1).is_some_and(|to| words[to].tag == Tag::To)
            && next().is_some_and(|(done, after)| {
                done.tag == Tag::Verb(crate::lemma::Form::Past)
                    && after.is_none_or(|after| !after.is("by") && !after.is("with"))
            })
    }

    /// "there are comments under a post": the post has them. Says whether the clause tells what there is.
    fn exists(&self, relations: &mut Relations, clause: &Clause) -> bool {
        let words = &self.sentence.words;
        if !clause.verb.checked_sub(1).is_some_and(|there| words[there].is("there")) {
            return false;
        }
        let place = |phrase: usize| {
            let link = self.sentence.phrases[phrase].words.start.checked_sub(1)?;
            let within = matches!(words[link].lower, "in" | "on" | "under" | "at" | "within" | "for");
            within.then(|| self.spoken(phrase)).flatten()
        };
        let before = self.sentence.phrases.iter().rposition(|phrase| phrase.words.end <= clause.verb);
        let whole = before.and_then(place).or_else(|| place(clause.obliques.first()?.1));
        if let Some(whole) = whole {
            for part in clause.objects.iter().filter_map(|phrase| self.spoken(*phrase)) {
                if part.name != whole.name {
                    let ends = if whole.count == Count::Each {
                        exchanged(&part, false)
                    } else {
                        held(&part, &whole.name, false)
                    };
                    relations.link(&whole.name, &part.name, "have", ends, self.sentence.reason());
                }
            }
        }
        true
    }

    /// "a user can be in many conversations", "a visit is to one lighthouse".
    fn stands(&self, relations: &mut Relations, clause: &Clause) {
        let Some((link, phrase)) = clause.obliques.first() else { return };
        let words = &self.sentence.words;
        if !clause.objects.is_empty()
            || *link != clause.end + 1
            || !matches!(words[*link].lower, "in" | "on" | "at" | "to" | "from" | "of")
        {
            return;
        }
        let Some(to) = self.spoken(*phrase).filter(|to| to.counted || to.count == Count::One) else { return };
        for from in self.subjects(clause).iter().filter(|from| from.name != to.name) {
            relations.link(&from.name, &to.name, "be", attached(from, &to), self.sentence.reason());
        }
    }

    /// "the appointments assigned to me", "the work orders assigned to them".
    fn put_to(&self, clause: &Clause) -> Option<Spoken> {
        let words = &self.sentence.words;
        let to = words.get(clause.end + 1).filter(|to| to.tag == Tag::To || to.is("by"))?;
        let whom = match words.get(clause.end + 2)?.lower {
            "me" | "us" => self.role(),
            "them" | "him" | "her" => {
                let governing = self.sentence.clauses.iter().find(|other| other.verb < clause.verb)?;
                governing.subject_phrase().and_then(|subject| self.entity(subject))
            }
            _ => None,
        }?;
        let _ = to;
        names::is_person(&whom).then(|| Spoken::one(whom))
    }

    /// "make an offer on a listing", "write reviews of products": what is made belongs to what it is attached to.
    fn attach(&self, relations: &mut Relations, clause: &Clause, lemma: &str) {
        let makes =
            || holds(knowledge::AUTHORING, lemma) || crate::lemma::class(lemma) == Some(VerbClass::Create);
        let [object] = clause.objects.as_slice() else { return };
        if !clause.passive && makes() {
            let happens =
                |name: &str| depends(name) || ["ment", "tion", "ing"].iter().any(|end| name.ends_with(end));
            let thing = self.entity(*object).is_some_and(|name| !happens(&name));
            self.attachment(relations, *object, thing && holds(knowledge::CLAIMING, lemma));
        }
    }

    /// "Cooks plan menus with dishes": a menu has its dishes.
    fn made_with(&self, relations: &mut Relations, clause: &Clause) {
        let Some((whole, parts)) = crate::contents::contents(self.sentence, clause) else { return };
        let Some(whole) = self.spoken(whole) else { return };
        for part in parts.into_iter().filter_map(|phrase| self.spoken(phrase)) {
            if part.name != whole.name {
                let ends = held(&part, &whole.name, false);
                relations.link(&whole.name, &part.name, "have", ends, self.sentence.reason());
            }
        }
    }

    /// What follows a phrase after a preposition: "an offer on a listing".
    fn attachment(&self, relations: &mut Relations, phrase: usize, claimed: bool) {
        let end = self.sentence.phrases[phrase].words.end;
        let next = self.sentence.phrases.get(phrase + 1).filter(|next| next.words.start == end + 1);
        let link = self.sentence.words.get(end).map_or("", |word| word.lower);
        if next.is_none() || !matches!(link, "about" | "on" | "under" | "in" | "to" | "for") {
            return;
        }
        let (Some(part), Some(to)) = (self.spoken(phrase), self.spoken(phrase + 1)) else { return };
        if part.name != to.name && !names::is_person(&part.name) {
            let mut ends = attached(&part, &to);
            // "Reserve a tent for a fair": there is a tent without one; a spot in a boat has its boat.
            ends.1.needed &= !(link == "for" && claimed);
            relations.link(&part.name, &to.name, "about", ends, self.sentence.reason());
        }
    }

    /// "assign tasks to a worker": the object with what it is put to. Says whether there was such a pair.
    fn join(&self, relations: &mut Relations, clause: &Clause, lemma: &str) -> bool {
        let to = clause.obliques.iter().find_map(|(link, phrase)| {
            let link = self.sentence.words[*link].lower;
            let links = matches!(link, "to" | "into" | "with" | "for" | "onto");
            links.then(|| Some((self.spoken(*phrase)?, link))).flatten()
        });
        let Some((to, link)) = to else { return false };
        // "link members to the boats they have built": they are linked by having built them.
        let told = |other: &Clause| {
            other.verb > clause.verb
                && matches!(other.subject, Subject::Pronoun(_))
                && other.objects.iter().any(|object| {
                    clause.obliques.iter().any(|(_, phrase)| phrase == object)
                        && self.sentence.phrases[*object].words.end <= other.verb
                })
        };
        if self.sentence.clauses.iter().any(told) {
            return true;
        }
        // "book a kiln for a firing": the firing needs the kiln.
        let claims = |from: &Spoken| {
            let happens =
                depends(&from.name) || ["ment", "tion", "ing"].iter().any(|end| from.name.ends_with(end));
            link == "for" && holds(knowledge::CLAIMING, lemma) && !names::is_person(&to.name) && !happens
        };
        let mut found = false;
        for from in clause.objects.iter().filter_map(|phrase| self.spoken(*phrase)) {
            if from.name != to.name {
                let (from, to) = if claims(&from) { (&to, &from) } else { (&from, &to) };
                let mut ends = ends("assign", from, to, true);
                ends.1.needed = false;
                relations.link(&from.name, &to.name, lemma, ends, self.sentence.reason());
                found = true;
            }
        }
        found
    }

    /// "a warden is responsible for several gardens". Says whether the clause tells so.
    fn in_charge(&self, relations: &mut Relations, clause: &Clause) -> bool {
        let words = &self.sentence.words;
        let Some((link, phrase)) = clause.obliques.first() else { return false };
        let charged = *link > clause.verb + 1
            && words[*link].is("for")
            && words[clause.verb + 1..*link].iter().any(|word| holds(knowledge::IN_CHARGE, word.lower));
        if charged && let Some(to) = self.spoken(*phrase) {
            for from in self.subjects(clause).iter().filter(|from| from.name != to.name) {
                let mut ends = ends("manage", from, &to, false);
                ends.1.needed &= !self.sentence.optional(clause.verb);
                relations.link(&from.name, &to.name, "manage", ends, self.sentence.reason());
            }
        }
        charged
    }

    /// "a visit is for one patient, one doctor and one room": it refers to one of each.
    fn meant_for(&self, relations: &mut Relations, clause: &Clause) {
        let first = clause.obliques.iter().find(|(preposition, _)| {
            matches!(self.sentence.words[*preposition].lower, "for" | "between" | "with")
        });
        let Some((_, first)) = first else { return };
        let one = |at: &usize| self.sentence.phrases[*at].count == Count::One;
        let all: Vec<usize> = self.coordinated(*first).collect();
        // "between two members or a team": of alternatives none is needed.
        let between = all.first().zip(all.last()).map_or(0..0, |(first, last)| {
            self.sentence.phrases[*first].words.end..self.sentence.phrases[*last].words.start
        });
        let either =
            self.sentence.words.get(between).is_some_and(|words| words.iter().any(|word| word.is("or")));
        let targets: Vec<Spoken> = all.into_iter().filter(one).filter_map(|at| self.spoken(at)).collect();
        let to = End::said(Many::One);
        let ends = (End::usual(Many::Any), if either { to } else { to.always() });
        for subject in self.subjects(clause) {
            for target in targets.iter().filter(|target| target.name != subject.name) {
                relations.link(&subject.name, &target.name, "is for", ends, self.sentence.reason());
            }
        }
    }

    /// A phrase and those that follow it with nothing but a comma or "and" between them.
    fn coordinated(&self, first: usize) -> impl Iterator<Item = usize> {
        let phrases = &self.sentence.phrases;
        let mut end = phrases[first].words.start;
        (first..phrases.len()).take_while(move |at| {
            let between = &self.sentence.words[end..phrases[*at].words.start];
            end = phrases[*at].words.end;
            between.iter().all(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
        })
    }

    /// "a row is part of a table", "a singer is a member of several choirs".
    fn parts(&self, relations: &mut Relations, clause: &Clause) {
        for part in &clause.objects {
            let label = match kinds::place_in(self.sentence, *part) {
                Some(kinds::Place::Part) => "contain",
                Some(kinds::Place::Member) => "have",
                None => continue,
            };
            let Some(whole) = self.sentence.of_phrase(*part).and_then(|of| self.spoken(of)) else { continue };
            let mut ends = within(&whole);
            ends.0.needed &= !self.sentence.optional(clause.verb);
            for part in self.subjects(clause).iter().filter(|part| part.name != whole.name) {
                relations.link(&whole.name, &part.name, label, ends, self.sentence.reason());
            }
        }
    }

    /// "the rooms of a hotel", "the hotel's rooms", "several nurses at each ward", "one queue per team", "their own posts".
    fn phrase(&self, relations: &mut Relations, phrase: usize) {
        let Some(mut part) = self.spoken(phrase) else { return };
        // "the last repair of a boat" is one of several; a last owner was followed by nobody.
        if self.sentence.phrases[phrase].among_several(&self.sentence.words) && !names::is_person(&part.name)
        {
            part = Spoken { count: Count::Many, counted: true, single: false, limited: false, ..part };
        }
        // "is a member of a choir" is read as what it says of its subject.
        let predicate = |clause: &Clause| {
            self.sentence.words[clause.verb].among(knowledge::BE) && clause.objects.contains(&phrase)
        };
        if kinds::place_in(self.sentence, phrase).is_some() && self.sentence.clauses.iter().any(predicate) {
            return;
        }
        let reason = self.sentence.reason();
        let mut have = |whole: Spoken| {
            // "A loan of one or more exhibits": of all of them.
            let record = part.count == Count::One
                && whole.counted
                && whole.count == Count::Many
                && (depends(&part.name) || matches!(names::head(&part.name), "loan" | "order" | "contract"));
            if record && whole.name != part.name {
                let ends = attached(&part, &whole);
                relations.link(&part.name, &whole.name, "about", ends, reason.clone());
            } else if whole.name != part.name {
                // "the equipment of multiple farms": more than one piece.
                let mass = part.count == Count::Open && whole.counted && whole.count == Count::Many;
                let part = Spoken { count: if mass { Count::Many } else { part.count }, ..part.clone() };
                let ends = held(&part, &whole.name, self.definite(phrase));
                relations.link(&whole.name, &part.name, "have", ends, reason.clone());
            }
        };
        if let Some(whole) = self.sentence.of_phrase(phrase).and_then(|of| self.spoken(of)) {
            have(whole);
        }
        let this = &self.sentence.phrases[phrase];
        if let Some(whole) = this.owner.and_then(|owner| self.spoken(owner)) {
            have(whole);
        }
        if let Some(whole) = self.possessor(phrase) {
            have(Spoken::one(whole));
        }
        let link = self.sentence.words.get(this.words.end).map_or("", |word| word.lower);
        let Some(next) = self.sentence.phrases.get(phrase + 1) else { return };
        // "with about 5,200 seats"
        let roughly = self.sentence.words.get(this.words.end + 1).is_some_and(|word| {
            matches!(word.lower, "about" | "around" | "some" | "roughly" | "approximately" | "nearly")
        });
        if next.words.start != this.words.end + 1 + usize::from(roughly && link == "with") {
            return;
        }
        let each = next.count == Count::Each && matches!(link, "at" | "in" | "for" | "on" | "per")
            || link == "per" && next.count == Count::Open
            || next.count == Count::One
                && part.counted
                && part.count == Count::Many
                && matches!(link, "in" | "on" | "at");
        // "14 halls with 5,200 seats", unless the text has said what of a hall the seats are in.
        let numbered =
            || link == "with" && part.counted && part.count == Count::Many && next.count == Count::Many;
        if numbered() {
            if let Some(of) = self.spoken(phrase + 1).filter(|of| of.counted && of.name != part.name)
                && !names::is_person(&of.name)
                && !relations.leads_through(&part.name, &of.name)
            {
                let ends = exchanged(&of, false);
                relations.link(&part.name, &of.name, "have", ends, reason.clone());
            }
        } else if each {
            // "6,000 users on a working day, 12,000 inspections a week": what has another count begins anew.
            let wholes: Vec<usize> = self
                .coordinated(phrase + 1)
                .take_while(|whole| self.sentence.phrases[*whole].count == next.count)
                .collect();
            let people = self.sentence.clauses.iter().any(|clause| {
                clause.objects.contains(&phrase) && {
                    let subject = clause.subject_phrase().map(|subject| &self.sentence.phrases[subject]);
                    subject.is_some_and(|subject| subject.plural)
                }
            });
            let ends = exchanged(&part, wholes.len() > 1 || people);
            for whole in wholes.iter().filter_map(|whole| self.spoken(*whole)) {
                if whole.name != part.name {
                    relations.link(&whole.name, &part.name, "have", ends, reason.clone());
                }
            }
        } else if depends(&part.name) {
            self.attachment(relations, phrase, false);
        }
    }

    /// Who "my", "their" or "its" stands for.
    fn possessor(&self, phrase: usize) -> Option<String> {
        let this = &self.sentence.phrases[phrase];
        let word = self.sentence.words[this.words.start..this.name.start]
            .iter()
            .position(|word| word.tag == Tag::Possessive)
            .map(|at| this.words.start + at)?;
        match self.sentence.words[word].lower {
            "my" | "our" => self.role(),
            "their" | "its" | "his" | "her" => {
                let governing = self.sentence.clauses.iter().rev().find(|clause| clause.verb < word)?;
                // "Moderators can suspend a shop: its products are hidden": those of what the pronoun can stand for.
                let pronoun = self.sentence.words[word].lower;
                let fits = |phrase: &usize| self.sentence.can_be(*phrase, pronoun);
                let object = || {
                    let mut near = governing.objects.iter().rev().copied().filter(fits);
                    near.find_map(|object| self.entity(object).filter(|_| pronoun != "their"))
                };
                match governing.subject {
                    Subject::Phrase(subject) if !fits(&subject) => object().or_else(|| self.entity(subject)),
                    Subject::Phrase(subject) => self.entity(subject),
                    Subject::Pronoun(word) => self.antecedent(word),
                    Subject::Unsaid => None,
                }
            }
            _ => None,
        }
    }

    /// "the author of a post" is the one that it has.
    fn definite(&self, phrase: usize) -> bool {
        let this = &self.sentence.phrases[phrase];
        !this.plural
            && (this.words.start < this.name.start || this.owner.is_some())
            && !self.sentence.words[this.words.clone()].iter().any(|word| matches!(word.lower, "a" | "an"))
    }
}

/// Whether doing this leaves a lasting link between who does it and what it is done to; looking at something, or
/// changing it, does not.
pub fn keeps(lemma: &str) -> bool {
    let class = crate::lemma::class(lemma);
    if holds(knowledge::CHECKING, lemma) {
        return false;
    }
    holds(LASTING, lemma)
        || class
            .is_none_or(|class| matches!(class, VerbClass::Create | VerbClass::Transition | VerbClass::State))
}

/// "Races take place on a course": they are held there. "Riders take part in a race": they participate.
fn taken<'a>(sentence: &Sentence<'a>, clause: &Clause) -> Option<&'a str> {
    let [object] = clause.objects[..] else { return None };
    let this = &sentence.phrases[object];
    let word = &sentence.words[this.words.start];
    let light = this.words.len() == 1 && matches!(word.lower, "place" | "part");
    (light && sentence.words[clause.verb].lemma == "take").then_some(word.lower)
}
