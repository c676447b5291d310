//! How many there may be: "no more than six tickets per event", "one submission per assignment", "a seat cannot be sold
//! twice for the same event", "the bookings of a class never exceed its capacity", "barcodes are unique"; or how often
//! something is done: "a member may book at most four times a year".

use super::{Held, Reader};
use crate::names;
use crate::numbers;
use crate::phrases::Count;
use crate::records::Records;
use crate::words::Tag;
use knowledge::VerbClass;

/// Verbs with which somebody has only so many: "learners get two attempts".
const GIVEN: [&str; 4] = ["get", "receive", "allow", "entitle"];

impl Reader<'_> {
    fn lower(&self, at: usize) -> &str {
        self.sentence.words.get(at).map_or("", |word| word.lower)
    }

    /// The entity of the phrase that a word stands in, or of the next one when the word stands before it.
    fn entity_from(&self, at: usize) -> Option<String> {
        let phrases = &self.sentence.phrases;
        let phrase = phrases.iter().position(|phrase| phrase.words.end > at)?;
        let near = phrases[phrase].words.start <= at + 1;
        near.then(|| self.entity(phrase)).flatten().map(|name| names::capitalised(&name))
    }

    /// "Barcodes are unique", "the inventory number of a costume must be unique".
    pub(super) fn unique_alone(&self) -> Option<Held> {
        let words = &self.sentence.words;
        let at = words.iter().position(|word| word.is("unique"))?;
        let said = at > 0 && words[at - 1].among(knowledge::BE) && !self.denies;
        let ends = words.get(at + 1).is_none_or(|next| !next.lower.starts_with(char::is_alphanumeric));
        let phrase = self.sentence.phrases.first().filter(|phrase| phrase.words.end < at)?;
        if !said || !ends || self.entity(0).is_some() {
            return None;
        }
        let owner = phrase.owner.or_else(|| self.sentence.of_phrase(0)).and_then(|owner| self.entity(owner));
        let name = crate::phrases::name(words, phrase);
        Some(Held::of(owner.unwrap_or_default(), "unique", vec![name]))
    }

    /// "A seat cannot be sold twice for the same event."
    pub(super) fn once(&self) -> Option<Held> {
        let words = &self.sentence.words;
        let twice = words.iter().position(|word| word.is("twice"))?;
        let same = (twice..words.len()).find(|at| matches!(self.lower(*at), "same" | "per"))?;
        let scope = self.entity_from(same)?;
        let (_, subject) = self
            .entities()
            .into_iter()
            .find(|(phrase, _)| self.sentence.phrases[*phrase].words.end <= twice)?;
        let on = vec![names::capitalised(&subject), scope];
        (self.denies && on[0] != on[1]).then(|| Held::of(subject, "once", on))
    }

    /// "A fan gets no more than six tickets per event", "one submission per assignment", "learners get two attempts".
    pub(super) fn counted(&self) -> Option<Held> {
        let words = &self.sentence.words;
        (0..words.len()).find_map(|at| {
            let word = words[at].lower;
            let often = match word {
                "once" => Some(1.0),
                "twice" => Some(2.0),
                _ => None,
            };
            let number = often.or_else(|| numbers::word_value(word)).or_else(|| {
                let figure = word.starts_with(|c: char| c.is_ascii_digit()).then(|| numbers::figure(word));
                figure.flatten().filter(|(_, unit)| unit.is_empty()).map(|(value, _)| value)
            })?;
            let whole = (1.0..10_000.0).contains(&number) && number.fract() == 0.0;
            if often.is_some() {
                return self.often(at, at + 1, number);
            }
            if words.get(at + 1).is_some_and(|next| next.lemma == "time") {
                return whole.then(|| self.often(at, at + 2, number)).flatten();
            }
            whole.then(|| self.counted_from(at, number)).flatten()
        })
    }

    /// Whether the number at a place is the most that there may be: "at most", "no more than", "up to".
    fn bounded(&self, at: usize) -> bool {
        match [3, 2, 1].map(|back| at.checked_sub(back).map_or("", |at| self.lower(at))) {
            [_, "at", "most"]
            | [_, "up" | "limited", "to"]
            | [_, "maximum", "of"]
            | [_, _, "maximum" | "max" | "only"]
            | ["no" | "not", "more", "than"] => true,
            [_, "more", "than"] => self.denies,
            _ => false,
        }
    }

    /// The length of time that begins at a word, and the word after it: "per week", "a day", "in any month". Two tickets
    /// per day pass are counted by passes.
    fn time(&self, at: usize) -> Option<(String, usize)> {
        if let Some(window) = self.window(at) {
            return Some(window);
        }
        let opens = |at: usize| matches!(self.lower(at), "per" | "a" | "an" | "each" | "every" | "any");
        let unit = match self.lower(at) {
            "in" | "within" | "during" | "of" | "on" if opens(at + 1) || self.lower(at + 1) == "one" => {
                at + 2
            }
            "in" | "within" | "during" | "of" | "on"
                if self.lower(at + 1) == "the" && self.lower(at + 2) == "same" =>
            {
                at + 3
            }
            _ if opens(at) => at + 1,
            _ => return None,
        };
        let unit = unit + usize::from(self.lower(unit) == "calendar");
        let word = self.sentence.words.get(unit)?;
        let ends = self.sentence.words.get(unit + 1).is_none_or(|next| next.tag != Tag::Noun);
        (ends && numbers::unit(numbers::TIMES, word.lemma).is_some())
            .then(|| (word.lemma.to_string(), unit + 1))
    }

    /// A length of time that begins at a word and is none of the calendar: "in 24 hours", "within any 30 days", "over the last
    /// seven days". So many may be counted wherever it begins.
    fn window(&self, at: usize) -> Option<(String, usize)> {
        if !matches!(self.lower(at), "in" | "within" | "during" | "over" | "per") {
            return None;
        }
        let opening = |word: &str| matches!(word, "any" | "the" | "last" | "past" | "rolling" | "every");
        let number = (at + 1..self.sentence.words.len()).find(|at| !opening(self.lower(*at)))?;
        let word = self.lower(number);
        let many = numbers::word_value(word)
            .or_else(|| numbers::figure(word).filter(|(_, unit)| unit.is_empty()).map(|(value, _)| value))?;
        let unit = self.sentence.words.get(number + 1)?;
        // A week of the calendar is one that begins where the calendar says.
        let whole = many > 1.0 && many < 10_000.0 && many.fract() == 0.0;
        (whole && numbers::unit(numbers::TIMES, unit.lemma).is_some())
            .then(|| (format!("{many} {}s", unit.lemma), number + 2))
    }

    /// What stands after what is counted and says for what and in which time: "per member per week", "a day for each
    /// member". The time may open the sentence: "each week a member may …". Nothing where a word of it names no record.
    fn spans(&self, end: usize) -> Option<(Vec<String>, String)> {
        let (mut on, mut within, mut at) = (Vec::new(), String::new(), end);
        for _ in 0..2 {
            if let Some((unit, next)) = self.time(at).filter(|_| within.is_empty()) {
                (within, at) = (unit, next);
                continue;
            }
            let scoped = match self.lower(at) {
                "per" => true,
                "for" | "in" | "of" | "on" | "from" | "at" | "by" => {
                    matches!(self.lower(at + 1), "each" | "every" | "any" | "one" | "the")
                        && (self.lower(at + 1) != "the" || self.lower(at + 2) == "same")
                }
                _ => false,
            };
            if !scoped {
                break;
            }
            on.push(self.entity_from(at + 1)?);
            let phrases = &self.sentence.phrases;
            at = phrases
                .iter()
                .find(|phrase| phrase.words.end > at + 1)
                .map_or(at + 2, |phrase| phrase.words.end);
        }
        if within.is_empty()
            && let Some((unit, _)) = self.time(0)
        {
            within = unit;
        }
        Some((on, within))
    }

    /// "A member may book at most four times a year": what is counted is the record of each time, and where there is none
    /// the rule stands by what it is done to.
    fn often(&self, at: usize, end: usize, number: f64) -> Option<Held> {
        let words = &self.sentence.words;
        let (mut on, within) = self.spans(end)?;
        let clause = self.sentence.clauses.iter().rev().find(|clause| clause.verb < at)?;
        if !self.bounded(at) || within.is_empty() {
            return None;
        }
        let verb = words[clause.verb].lemma;
        let thing = clause.objects.iter().find_map(|phrase| Some((*phrase, self.entity(*phrase)?)));
        let actor = clause.subject_phrase().and_then(|phrase| self.entity(phrase));
        // "A kayak at most twice a day" counts for each kayak, "kayaks" whichever they are.
        let one = |phrase: usize| {
            clause.passive || matches!(self.sentence.phrases[phrase].count, Count::One | Count::Each)
        };
        let done_to = thing.as_ref().map_or("", |(_, name)| name.as_str());
        let record = Records::among(self.chosen).of_action(verb, done_to, self.chosen).map(str::to_owned);
        let makes = crate::lemma::class(verb) == Some(VerbClass::Create);
        let made = || thing.as_ref().filter(|_| makes).map(|(_, name)| name.clone());
        let subject = record.clone().or_else(made);
        on.extend(actor.iter().map(|name| names::capitalised(name)));
        if let Some((phrase, name)) = thing.as_ref().filter(|_| record.is_some())
            && one(*phrase)
        {
            on.push(names::capitalised(name));
        }
        on.dedup();
        let mut held = match subject {
            Some(subject) => Held::of(subject, "limit", on),
            None => Held::of(thing.map(|(_, name)| name).or(actor)?, "times", vec![verb.to_owned()]),
        };
        held.most = number.to_string();
        held.within = within;
        (!held.on.is_empty()).then_some(held)
    }

    fn counted_from(&self, at: usize, number: f64) -> Option<Held> {
        let phrases = &self.sentence.phrases;
        let words = &self.sentence.words;
        // The number is whole and at least one.
        let one = number < 2.0;
        let bounded = self.bounded(at);
        let phrase =
            phrases.iter().position(|phrase| phrase.words.contains(&at) || phrase.words.start == at + 1);
        let mut counted = phrase.and_then(|phrase| Some((phrases[phrase].words.end, self.entity(phrase)?)));
        // "… a submission for an assignment, one per assignment": of what was spoken of first, and not of who does it.
        if one && self.lower(at + 1) == "per" {
            let scope = self.entity_from(at + 1);
            let mut spoken = self.entities().into_iter();
            counted = spoken
                .find(|(phrase, name)| {
                    phrases[*phrase].words.end <= at
                        && !self.sentence.in_story(*phrase, |story| &story.role)
                        && scope.as_deref() != Some(&names::capitalised(name))
                        && !names::is_person(name)
                })
                .map(|(_, name)| (at + 1, name));
        }
        let (end, subject) = counted?;
        let (mut on, within) = self.spans(end)?;
        if bounded && on.is_empty() {
            on.extend(phrase.and_then(|phrase| self.held_in(phrase)));
        }
        let scoped = !on.is_empty() || !within.is_empty();
        let clause = self.sentence.clauses.iter().rev().find(|clause| clause.verb < at);
        let given = clause.is_some_and(|clause| GIVEN.contains(&words[clause.verb].lemma));
        let actor = clause.and_then(|clause| self.entity(clause.subject_phrase()?));
        let teller = || {
            let role = |phrase: &usize| self.sentence.in_story(*phrase, |story| &story.role);
            let phrase = (0..phrases.len()).find(role)?;
            self.chosen.find(&self.sentence.name(phrase)).map(str::to_owned)
        };
        let known = |name: &String| *name != names::capitalised(&subject) && !on.contains(name);
        let mut actors = [actor, teller()].into_iter().flatten().map(|name| names::capitalised(&name));
        on.extend(actors.find(known));
        // "An institute may request at most 20 accessions a year": of whom they are counted is no record, and still it must
        // not be forgotten.
        if on.is_empty()
            && bounded
            && !within.is_empty()
            && let Some(clause) = clause.filter(|clause| clause.subject_phrase().is_some() && !clause.passive)
            && words[..clause.verb].last().is_some_and(|word| word.tag == Tag::Modal)
        {
            let mut held = Held::of(subject, "times", vec![words[clause.verb].lemma.to_string()]);
            (held.most, held.within) = (number.to_string(), within);
            return Some(held);
        }
        // "Each event has one venue" says how the two are linked, and not how many may come.
        let said = bounded || given && !one || one && self.lower(at + 1) == "per" && scoped;
        if !said || on.is_empty() || one && !scoped {
            return None;
        }
        // "… make a quiz. Learners get two attempts": at what was spoken of just before.
        if !bounded && !scoped {
            on.push(self.spoken_of_before()?);
        }
        let alone = one && within.is_empty();
        let mut held = Held::of(subject, if alone { "unique" } else { "limit" }, on);
        if !alone {
            held.most = number.to_string();
        }
        // "At most one bid per lot shall be accepted": of those in that state.
        if alone && let Some(state) = phrase.and_then(|phrase| self.sentence.moved_into(phrase)) {
            held.kind = "one-active";
            held.states = vec![state.lower.to_string()];
        }
        held.within = within;
        Some(held)
    }

    /// "Up to six horses may be kept in one stable": in, at or on which single one what is counted may be.
    fn held_in(&self, counted: usize) -> Option<String> {
        let end = self.sentence.phrases[counted].words.end;
        let says = |clause: &&crate::clauses::Clause| {
            clause.verb >= end
                && (clause.subject_phrase() == Some(counted) || clause.objects.contains(&counted))
        };
        let clause = self.sentence.clauses.iter().find(says)?;
        let place = |(link, phrase): &&(usize, usize)| {
            matches!(self.lower(*link), "in" | "at" | "on" | "to")
                && matches!(self.sentence.phrases[*phrase].count, Count::One | Count::Each)
        };
        let (_, phrase) = clause.obliques.iter().find(place)?;
        self.entity(*phrase).map(|name| names::capitalised(&name))
    }

    /// What the sentence before acts on.
    fn spoken_of_before(&self) -> Option<String> {
        let before = Reader::of(self.before?, None, self.chosen);
        let mut objects = before.sentence.clauses.iter().flat_map(|clause| &clause.objects);
        objects.find_map(|phrase| before.entity(*phrase)).map(|name| names::capitalised(&name))
    }

    /// "The confirmed enrolments of a course never exceed its maximum", "a class cannot have more members than its
    /// capacity".
    pub(super) fn exceeded(&self) -> Option<Held> {
        let words = &self.sentence.words;
        let phrases = &self.sentence.phrases;
        if !self.denies {
            return None;
        }
        let verb = words.iter().position(|word| word.lemma == "exceed");
        let than = || {
            let more = words.iter().position(|word| word.is("more"))?;
            (more..words.len()).find(|at| words[*at].is("than")).map(|than| (more, than))
        };
        let (counted, after) = if let Some(verb) = verb {
            (phrases.iter().position(|phrase| phrase.words.end <= verb)?, verb)
        } else {
            let (more, than) = than()?;
            let counted = phrases.iter().position(|phrase| phrase.words.end > more)?;
            ((phrases[counted].words.end <= than).then_some(counted)?, than)
        };
        let limits = knowledge::storage_words("limits");
        let says = |word: &crate::words::Word| limits.contains(&word.lemma);
        // "its maximum": a quality that stands for how many.
        let at = (after + 1..words.len()).take(4).find(|at| says(&words[*at]))?;
        let limit = phrases.iter().position(|phrase| phrase.words.contains(&at));
        let most = limit.map_or_else(
            || words[at].lemma.to_string(),
            |limit| crate::phrases::name(words, &phrases[limit]),
        );
        let counted = names::meant(self.sentence, counted);
        let subject = self.entity(counted)?;
        let owner = limit.and_then(|limit| phrases[limit].owner.or_else(|| self.sentence.of_phrase(limit)));
        let of = owner.or_else(|| self.sentence.of_phrase(counted)).and_then(|phrase| self.entity(phrase));
        let of = of.map(|name| names::capitalised(&name)).or_else(|| self.others(&subject).pop())?;
        if of == names::capitalised(&subject) {
            return None;
        }
        let mut held = Held::of(subject, "limit", vec![of]);
        held.most = most;
        // "confirmed enrolments": those in the state.
        let described = &words[phrases[counted].words.start..phrases[counted].name.end.saturating_sub(1)];
        let state = |word: &&crate::words::Word| word.lower.ends_with("ed") || word.is("active");
        held.states = described.iter().filter(state).take(1).map(|word| word.lower.to_string()).collect();
        Some(held)
    }
}
