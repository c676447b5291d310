//! Who acts, and who does what to what.

use crate::clauses::{Clause, Subject};
use crate::deeds::{
    demanded, does, is_looked_up, is_measured, is_order_to_designer, is_to_be, is_told, tells_which,
};
use crate::doers::{
    builds_it, delivers_it, department_acts, is_anybody_else, is_doer, is_the_system, joined_people,
    nobody_but, plain_name, reports, staff_acts,
};
use crate::entities::Chosen;
use crate::leads;
use crate::lemma::Form;
use crate::lifecycles::participle;
use crate::model::{Action, Actor, ActorKind, Lifecycle, StatementKind};
use crate::names;
use crate::paths::has_state;
use crate::phrases;
use crate::reason::{Reason, add_next};
use crate::sentence::Sentence;
use crate::stories::Story;
use crate::words::{Tag, Word};
use knowledge::VerbClass;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Actors and actions, collected sentence by sentence.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names, reason = "what somebody does is an action")]
pub(crate) struct Actions {
    pub(crate) actors: Vec<Actor>,
    pub(crate) actions: Vec<Action>,
    /// The place of each actor by its id.
    places: BTreeMap<String, usize>,
    /// The organisations that act only as those of one that decides.
    organisations: BTreeSet<String>,
    /// The systems of others that something passes through.
    outside: BTreeSet<String>,
    /// What the text spoke of last.
    topic: SmolStr,
    /// The actions done to what a pronoun stands for, by their places.
    pointed: BTreeSet<usize>,
    /// The actions that a story only hears of, which its role does not do, by their places.
    heard_of: Vec<usize>,
    /// The last action by each verb, of those that say by whom and of those that do not, as far as they are heard: they
    /// are looked through only where a noun names a doer.
    done: BTreeMap<String, usize>,
    undone: BTreeMap<String, usize>,
    heard: usize,
}

impl Actions {
    /// Reads a sentence. `speaker` is who "they" or "he" last was, `topic` what was spoken of last, `led` who leads to it.
    pub(crate) fn gather(
        &mut self,
        text: &str,
        sentence: &Sentence,
        speaker: &mut String,
        topic: &SmolStr,
        led: Option<&str>,
    ) {
        self.topic.clone_from(topic);
        if matches!(
            sentence.class.kind,
            StatementKind::Noise | StatementKind::Exclusion | StatementKind::Question
        ) {
            return;
        }
        if let Some(story) = &sentence.story {
            let role = persona(text, story.role.clone());
            self.actor(&role, ActorKind::Human, sentence);
            self.organisations.remove(&role);
            speaker.clone_from(&role);
            self.story(text, sentence, &role, story);
            return;
        }
        if let Some(except) = nobody_but(&sentence.words) {
            self.only_these(text, sentence, except);
            return;
        }
        for system in crate::outside::systems(sentence) {
            let name = sentence.name(system);
            self.actor(&name, ActorKind::System, sentence);
            self.outside.insert(name);
        }
        for person in crate::rights::people(sentence) {
            let name = plain_name(sentence, person);
            if !names::is_person(&name) {
                self.organisation(&name);
            }
            self.actor(&name, ActorKind::Human, sentence);
        }
        let before = self.actions.len();
        let mut first = true;
        // "Researchers take samples, which two curators approve. They publish …": not by whom something is done.
        let mut subject: Option<String> = None;
        for clause in &sentence.clauses {
            let verb = &sentence.words[clause.verb];
            let class = crate::lemma::class(verb.lemma);
            // "Technicians discuss firmware": whoever does what no backend does may use the system all the same.
            let uses = verb.is_verb() && !clause.negated && !clause.passive && !sentence.is_why(clause.verb);
            if class.is_none() && uses {
                self.clause_actor(sentence, clause, speaker);
            }
            // "An officer decides on a berth: he grants it": whoever it is that only is or has something.
            if class == Some(VerbClass::State)
                && uses
                && let Some(name) = clause.subject_phrase().map(|subject| plain_name(sentence, subject))
                && names::is_person(&name)
            {
                speaker.clone_from(&name);
            }
            // "From it follow treatments": these do nothing.
            let inverted = clause.subject_phrase().is_some_and(|subject| {
                !clause.passive && sentence.phrases[subject].words.start > clause.verb
            });
            if !verb.is_verb()
                || clause.negated
                || inverted
                || sentence.is_why(clause.verb)
                || is_order_to_designer(sentence, clause)
                || is_told(sentence, clause)
                || is_measured(sentence, clause)
                || class.is_none_or(|class| class == VerbClass::State)
                    && !(clause.passive || demanded(sentence, clause))
            {
                continue;
            }
            let mut actor = self.clause_actor(sentence, clause, speaker);
            if clause.passive {
                if let Some(subject) = &subject {
                    speaker.clone_from(subject);
                }
            } else if !actor.is_empty() {
                subject = Some(actor.clone());
            }
            if let Some(led) = led.filter(|_| actor.is_empty() && leads::of_them(sentence, clause)) {
                self.organisation(led);
                self.actor(led, ActorKind::Human, sentence);
                led.clone_into(speaker);
                led.clone_into(&mut actor);
            }
            let (clause, others) = with_others(sentence, clause);
            self.push(text, sentence, &clause, &actor, first);
            for person in joined_people(sentence, &clause).filter(|_| !actor.is_empty()) {
                self.also(text, sentence, &clause, person, first);
            }
            for (person, clause) in others {
                self.also(text, sentence, &clause, person, first);
            }
            first = false;
        }
        if is_titled(sentence) {
            self.title_done_by_its_doer(before);
        }
    }

    /// "Grading homework: the lecturer grades each question": the title says what, and the sentence behind it who.
    fn title_done_by_its_doer(&mut self, from: usize) {
        let told = &mut self.actions[from..];
        let Some(doer) =
            told.iter().find(|action| !action.actor.is_empty()).map(|action| action.actor.clone())
        else {
            return;
        };
        for action in told.iter_mut().take_while(|action| action.actor.is_empty() && action.primary) {
            action.actor.clone_from(&doer);
        }
    }

    /// Somebody else who does what a clause says.
    fn also(&mut self, text: &str, sentence: &Sentence, clause: &Clause, person: usize, primary: bool) {
        let name = plain_name(sentence, person);
        self.actor(&name, ActorKind::Human, sentence);
        self.push(text, sentence, clause, &name, primary);
    }

    /// "Nobody sees the notes except therapists": what these do, and nobody else.
    fn only_these(&mut self, text: &str, sentence: &Sentence, except: usize) {
        let Some(clause) = sentence.clauses.iter().find(|clause| clause.verb < except) else { return };
        let things =
            clause.objects.iter().copied().filter(|object| sentence.phrases[*object].words.end <= except);
        let objects: Vec<usize> = things.collect();
        let without = Clause { objects, obliques: Vec::new(), negated: false, ..clause.clone() };
        // "… except dressers, not even the manager": those after are no exception.
        let end = sentence.words[except..].iter().position(|word| word.tag == Tag::Negation);
        let excepted = except..end.map_or(sentence.words.len(), |end| except + end);
        let pronoun = sentence.words.get(clause.end + 1).is_some_and(is_of_things);
        // "No one sees them": what was spoken of last.
        let last = self.actions.iter().rev().find_map(|action| action.entity.clone()).filter(|_| pronoun);
        for phrase in 0..sentence.phrases.len() {
            let name = plain_name(sentence, phrase);
            if excepted.contains(&sentence.phrases[phrase].words.start) && names::is_person(&name) {
                self.actor(&name, ActorKind::Human, sentence);
                self.push(text, sentence, &without, &name, true);
                if let Some(action) = self.actions.last_mut().filter(|action| action.entity.is_none()) {
                    action.entity.clone_from(&last);
                }
            }
        }
    }

    /// The actions of a user story: those of its means are primary up to the first that depends on another. In a wish
    /// for a thing ("I want a tool that …"), the wish is what is asked for.
    fn story(&mut self, text: &str, sentence: &Sentence, role: &str, story: &Story) {
        let inside =
            |range: &Range<usize>, clause: &Clause| range.contains(&sentence.words[clause.verb].span.start);
        let mut last: Option<&Clause> = None;
        let told: Vec<&Clause> = sentence
            .clauses
            .iter()
            .filter(|clause| does(sentence, clause) && !tells_which(sentence, clause))
            .collect();
        let means: Vec<&Clause> =
            told.iter().copied().filter(|clause| inside(&story.means, clause)).collect();
        let wished = if means.is_empty() { story.wish.or(Some("want")) } else { story.wish };
        // "I want validate my data": the "to" was forgotten.
        let verb_first = means.first().is_some_and(|clause| {
            let start = sentence.words.iter().position(|word| word.span.start >= story.means.start);
            start == Some(clause.verb) && sentence.words[clause.verb].tag == Tag::Verb(Form::Base)
        });
        let wished = wished.filter(|_| !verb_first);
        let mut primary = wished.is_none();
        if let Some(wish) = wished
            && let Some(phrase) =
                (0..sentence.phrases.len()).find(|phrase| sentence.in_story(*phrase, |story| &story.means))
        {
            let wished = Action {
                actor: role.to_owned(),
                verb: wish.to_owned(),
                object: object_text(text, sentence, phrase),
                preposition: None,
                statement: sentence.id(),
                primary: true,
                entity: names::thing(sentence, phrase).map(|name| names::capitalised(&name)),
            };
            // "I want a lead converted into a deal": that is what the role does to it.
            let done = sentence.words.get(sentence.phrases[phrase].words.end);
            let done = done.filter(|word| word.tag == Tag::Verb(Form::Past)).map(|word| Action {
                verb: word.lower.to_string(),
                primary: false,
                ..wished.clone()
            });
            self.actions.push(wished);
            self.actions.extend(done);
        }
        let mut heard = false;
        for clause in means {
            // "create and edit" are asked for alike; "create orders that contain …" asks for creating.
            if let Some(last) = last {
                // Of a verb that is said once for two things, nothing stands between the two.
                let between = sentence.words.get(last.end + 1..clause.verb).unwrap_or_default();
                let joins = |word: &Word| matches!(word.tag, Tag::Conjunction | Tag::Comma) || word.is("/");
                let listed = !between.is_empty() && between.iter().all(joins);
                let joined =
                    listed || between.iter().any(|word| word.tag == Tag::Conjunction || word.is("/"));
                primary = primary && joined && (listed || clause.subject == last.subject);
            }
            // "I hear whether it is confirmed": by others, of whom the story says nothing.
            let it = |word: usize| matches!(sentence.words[word].lower, "it" | "they");
            // "Note when it is returned": whoever notes it, does it here.
            let noted = sentence.words[..clause.verb]
                .windows(2)
                .any(|pair| matches!(pair[1].lower, "when" | "that") && pair[0].is_a(knowledge::NOTING));
            let reported =
                !noted && clause.subject == Subject::Unsaid && sentence.done_to(clause).is_some_and(it);
            // "I am reminded two weeks before a loan ends": nobody is said to end it.
            let by_itself = clause.subject_phrase().is_some_and(|subject| {
                let start = sentence.phrases[subject].words.start;
                start > 0
                    && matches!(
                        sentence.words[start - 1].lower,
                        "before" | "after" | "when" | "once" | "until" | "while" | "whenever"
                    )
                    && !names::is_person(&plain_name(sentence, subject))
            });
            let from = self.actions.len();
            self.push(text, sentence, clause, if by_itself { "" } else { role }, primary);
            heard = reported || heard && sentence.words[clause.verb - 1].tag == Tag::Conjunction;
            if heard {
                self.heard_of.extend(from..self.actions.len());
            }
            last = Some(clause);
        }
        for clause in told.into_iter().filter(|clause| inside(&story.ends, clause)) {
            let actor = self.for_whom(sentence, clause, role);
            self.push(text, sentence, clause, &actor, false);
        }
    }

    /// Who does what the ends of a story speak of: "I add parents, so that they can enroll" has the parents enroll.
    fn for_whom(&mut self, sentence: &Sentence, clause: &Clause, role: &str) -> String {
        let of_role = |word: usize| !matches!(sentence.words[word].lower, "they" | "he" | "she");
        match clause.subject {
            Subject::Unsaid => return role.to_owned(),
            Subject::Pronoun(word) if of_role(word) => return role.to_owned(),
            Subject::Pronoun(_) | Subject::Phrase(_) => {}
        }
        // "So that people can enrol": whoever that may be.
        let people = |phrase: usize| names::head(&plain_name(sentence, phrase)) == "person";
        if clause.subject_phrase().is_some_and(people) {
            return String::new();
        }
        // "They" are the people whom the story named last.
        let named = (0..sentence.phrases.len())
            .filter(|phrase| sentence.phrases[*phrase].words.end <= clause.verb)
            .map(|phrase| plain_name(sentence, phrase))
            .rfind(|name| names::is_person(name));
        let mut speaker = named.unwrap_or_else(|| role.to_owned());
        self.clause_actor(sentence, clause, &mut speaker)
    }

    fn push(&mut self, text: &str, sentence: &Sentence, clause: &Clause, actor: &str, primary: bool) {
        let group = verb_group(sentence, clause);
        let verb = phrases::written(text, &sentence.words, group.clone()).to_lowercase();
        // "Members ask for a repair": to ask them would be something else.
        let wants = sentence.words[clause.verb].lemma == "request" && verb.starts_with("ask");
        let verb = if wants { format!("{verb} for") } else { verb };
        let into = put_into(sentence, clause);
        // What somebody looks up or does not do is no use of the system.
        let looked_up = is_looked_up(sentence, clause) || clause.negated && sentence.story.is_some();
        // The track of "keep track" is no object.
        let mut objects = clause
            .objects
            .iter()
            .filter(|object| {
                clause.passive
                    || sentence.phrases[**object].name.start >= group.end
                        && !is_to_be(sentence, clause)
                        && sentence.name(**object) != "one"
            })
            .peekable();
        let without = objects.peek().is_none();
        let meant = if without && !actor.is_empty() { self.meant(sentence, clause, actor) } else { None };
        if meant.is_some() {
            self.pointed.insert(self.actions.len());
        }
        let mut push = |phrase: Option<usize>, preposition: Option<&str>, meant: Option<String>| {
            let object = phrase.map(|phrase| object_text(text, sentence, phrase));
            self.actions.push(Action {
                actor: actor.to_owned(),
                verb: verb.clone(),
                object: object.unwrap_or_default(),
                preposition: preposition.map(str::to_owned),
                statement: sentence.id(),
                primary: primary && preposition.is_none(),
                entity: phrase
                    .map(|phrase| into.unwrap_or(phrase))
                    .and_then(|phrase| names::thing(sentence, phrase).or_else(|| recorded(sentence, phrase)))
                    .map(|name| names::capitalised(&name))
                    .filter(|_| preposition.is_none() && !looked_up)
                    .or(meant),
            });
        };
        if without {
            push(None, None, meant);
        }
        for object in objects {
            push(Some(*object), None, None);
        }
        for (preposition, phrase) in &clause.obliques {
            let link = sentence.words[*preposition].lower;
            // Who looks at something sees it.
            let seen = link == "at" && sentence.words[clause.verb].lemma == "look";
            push(Some(*phrase), (!seen).then_some(link), None);
        }
    }

    /// Who does what a clause says, as an actor; empty where it is not said or no actor.
    fn clause_actor(&mut self, sentence: &Sentence, clause: &Clause, speaker: &mut String) -> String {
        match clause.subject {
            Subject::Phrase(phrase) => {
                let mut name = plain_name(sentence, phrase);
                if builds_it(sentence, phrase, clause) || delivers_it(sentence, phrase, clause) {
                    return String::new();
                }
                // "If something's wrong finance issues a credit note": that is no kind of finance.
                if let Some(bare) = names::without_adjective(&name)
                    && knowledge::is_department(bare)
                {
                    name = bare.to_owned();
                }
                // "A second person confirms it": somebody else than before, whoever that is.
                if is_anybody_else(sentence, phrase) {
                    return String::new();
                }
                let kind = if reports(sentence, clause, &name) {
                    ActorKind::Device
                } else if names::is_person(name.split(" of ").next().unwrap_or(&name))
                    || department_acts(sentence, phrase, clause, &name)
                {
                    ActorKind::Human
                } else if staff_acts(sentence, clause, &name) {
                    self.organisation(&name);
                    ActorKind::Human
                } else if names::is_system(&name) && !is_the_system(&name) {
                    ActorKind::System
                } else if let Some(actor) = self.doer(&name) {
                    return actor;
                } else if is_doer(sentence, clause, &name) {
                    ActorKind::Human
                } else {
                    // "Shops register with a name. They announce …": whoever they are, they are not who acted before.
                    let class = crate::lemma::class(sentence.words[clause.verb].lemma);
                    if phrase == 0
                        && sentence.phrases[phrase].plural
                        && !clause.passive
                        && class.is_some_and(VerbClass::changes)
                    {
                        speaker.clear();
                    }
                    return String::new();
                };
                self.actor(&name, kind, sentence);
                // No device is "they" among people.
                if kind == ActorKind::Human {
                    speaker.clone_from(&name);
                }
                name
            }
            Subject::Pronoun(word) if matches!(sentence.words[word].lower, "they" | "he" | "she") => {
                speaker.clone()
            }
            Subject::Pronoun(_) | Subject::Unsaid => String::new(),
        }
    }

    /// Remembers who acts only as an organisation does.
    fn organisation(&mut self, name: &str) {
        if !names::is_person(name) && self.actors.iter().all(|actor| actor.name != name) {
            self.organisations.insert(name.to_owned());
        }
    }

    /// "Members book kilns and cancel it": the thing that a pronoun after the verb stands for, which is what was acted on
    /// last, in this statement or the one before.
    fn meant(&self, sentence: &Sentence, clause: &Clause, actor: &str) -> Option<String> {
        // "approves or rejects it" is done to the same.
        let joins = |word: &&Word| {
            matches!(word.tag, Tag::Conjunction | Tag::Comma | Tag::Verb(_) | Tag::Determiner)
                && !is_of_things(word)
                || word.is("only")
        };
        let pronoun =
            sentence.words[clause.end + 1..].iter().find(|word| !joins(word)).is_some_and(is_of_things);
        if !pronoun {
            return None;
        }
        // "A deadline needs a person to confirm that it was met": what the sentence itself speaks of.
        if let Some(own) = said_of(sentence, clause).filter(|own| !own.eq_ignore_ascii_case(actor)) {
            return Some(names::capitalised(&own));
        }
        let here = u32::try_from(sentence.unit + 1).ok()?;
        // Actions stand in the order of their statements: those before the last statement are not looked at.
        let near = |action: &&Action| {
            let at = Reason::try_from(action.statement.clone());
            matches!(at, Ok(Reason::Statement(at)) if at + 1 >= here)
        };
        let others = |name: &String| !name.eq_ignore_ascii_case(actor);
        let direct = |action: &&Action| action.preposition.is_none();
        let mut near = self.actions.iter().rev().take_while(near).filter(direct);
        let named = |action: &Action| action.entity.clone().filter(others);
        // The end of a story speaks of what its means are about.
        let wished = |action: &&Action| action.primary && action.statement == sentence.id();
        let told = near.clone().filter(wished).last().filter(|_| sentence.story.is_some()).map(named);
        // "The secretary drafts an invoice, and the lawyer corrects entries before he approves it": no entries are it.
        let it = sentence.words[clause.end + 1..]
            .iter()
            .find(|word| is_of_things(word))
            .is_some_and(|word| word.is("it"));
        let several = |action: &&Action| {
            let head = names::head(&action.object).to_lowercase();
            crate::lemma::is_plural(&head, &crate::lemma::singular(&head))
        };
        let attribute = |action: &&Action| {
            action.entity.as_ref().is_some_and(|name| names::attribute_strength(&name.to_lowercase()) == 2)
        };
        let person =
            |action: &&Action| action.entity.as_ref().is_some_and(|name| names::is_person_name(name));
        // "Guests request a table by choosing an hour. The host confirms it": the table.
        let how = |action: &&Action| action.verb.ends_with("ing");
        let single = |action: &&Action| {
            !several(action) && !attribute(action) && !(it && (person(action) || how(action)))
        };
        // "Trips are offered to drivers; the first to accept gets it": one of those, before what was said elsewhere.
        let same = || near.clone().take_while(|action| action.statement == sentence.id());
        let said_here = same().filter(single).find_map(named);
        let any_here = || same().filter(|action| !attribute(action) && !person(action)).find_map(named);
        let one = said_here.or_else(any_here).or_else(|| near.clone().filter(single).find_map(named));
        // "The board decides on a bid: it grants it": what the sentence has named itself, before what others did.
        let here = || near.clone().next().is_some_and(|action| action.statement == sentence.id());
        let named_here = || {
            (0..sentence.phrases.len())
                .rev()
                .filter(|phrase| sentence.phrases[*phrase].words.end <= clause.verb)
                .filter(|phrase| {
                    matches!(sentence.words[sentence.phrases[*phrase].words.start].lower, "a" | "an")
                })
                .filter(|phrase| sentence.can_be(*phrase, "it"))
                .find_map(|phrase| names::thing(sentence, phrase))
                .filter(|name| names::attribute_strength(name) < 2)
                .map(|name| names::capitalised(&name))
                .filter(others)
        };
        let own = if it && sentence.story.is_none() && !here() { named_here() } else { None };
        let one = own.or(one).filter(|_| it);
        let topic = || {
            // No person is it.
            let thing = !(self.topic.is_empty() || it && names::is_person(&self.topic));
            Some(names::capitalised(&self.topic)).filter(|_| thing).filter(others)
        };
        told.unwrap_or_else(|| one.or_else(|| near.find_map(named))).or_else(topic)
    }

    /// "Users send messages. The sender deletes a message": who was said to do what the noun is made of.
    fn doer(&mut self, noun: &str) -> Option<String> {
        let verb = crate::lemma::verb_of_doer(noun)?;
        for (at, action) in self.actions.iter().enumerate().skip(self.heard) {
            let Some((base, _)) = crate::lemma::known_verb(&action.verb) else { continue };
            let done = if action.actor.is_empty() { &mut self.undone } else { &mut self.done };
            done.insert(base.to_owned(), at);
        }
        self.heard = self.actions.len();
        if let Some(action) = self.done.get(verb).and_then(|at| self.actions.get(*at)) {
            return Some(action.actor.clone());
        }
        // "A message is sent": of one kind of people alone nobody else can have done it.
        let [only] = self.actors.as_slice() else { return None };
        (only.kind == ActorKind::Human && self.undone.contains_key(verb)).then(|| only.name.clone())
    }

    /// Leaves to each action the entity that it is done to, by its full name: "an approved request" may be the leave request
    /// that was spoken of before.
    pub(crate) fn name_entities(&mut self, chosen: &Chosen, known: &BTreeSet<&str>) {
        self.without_recorded(chosen);
        // "Employees submit expense claims. A claim has an amount": the claim.
        let full = |name: String| {
            let lower = name.to_lowercase();
            chosen.find_bare(&lower).or_else(|| chosen.find_end(&lower)).map_or(name, names::capitalised)
        };
        let lower: Vec<String> = known.iter().map(|name| name.to_lowercase()).collect();
        // A text has few verbs for its many actions, and as many things.
        let mut made: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for action in &mut self.actions {
            action.entity = action.entity.take().map(full).filter(|name| known.contains(name.as_str()));
            // "Only vets prescribe": what is made is what the verb is called by as a noun.
            let bare = action.object.is_empty() && action.preposition.is_none() && !action.actor.is_empty();
            if bare && action.entity.is_none() {
                let verb = action.verb.as_str();
                let called = |(lower, _): &(&String, &&str)| crate::records::names_action(lower, verb);
                let made = made
                    .entry(verb)
                    .or_insert_with(|| lower.iter().zip(known).find(called).map(|(_, name)| *name));
                action.entity = made.map(str::to_owned);
            }
        }
    }

    /// Makes one of actors that are the same: "hobby beekeepers sell honey", and of beekeepers alone ever after, or "a club
    /// member" and later "the member", where there is no other of the sort. Roles of user stories stay as they are written.
    pub(crate) fn one_of_same(&mut self, chosen: &Chosen, told: impl Fn(&Actor) -> bool) {
        let mut same: BTreeMap<String, String> = BTreeMap::new();
        for (at, actor) in self.actors.iter().enumerate() {
            let Some((before, last)) = actor.name.rsplit_once(' ') else { continue };
            let ends = |other: &&Actor| other.name.rsplit_once(' ').is_some_and(|(_, end)| end == last);
            let bare = self.actors.iter().find(|other| other.name == last);
            let Some(bare) = bare.filter(|bare| !told(bare)) else { continue };
            if self.actors.iter().filter(ends).count() > 1 {
                continue;
            }
            // An admin user, a guest user and a super admin are others than the user and the admin.
            let other_role = before.split(' ').any(|word| {
                names::is_person(word) || knowledge::holds(knowledge::ADJECTIVES, word) || word == "super"
            }) || last == "user";
            let first = self.actors[..at].iter().all(|other| other.name != last);
            // "As a pet sitter, I …", and of the sitter ever after: the role is the one that the story names.
            if told(actor) {
                if first && !other_role {
                    same.insert(bare.name.clone(), actor.name.clone());
                }
                continue;
            }
            // "A compliance officer approves", and of the officer ever after: the role is the longer one.
            let role = first && knowledge::interface("staff").contains(&last);
            if chosen.find(last) == Some(actor.name.as_str()) || role && !other_role {
                same.insert(bare.name.clone(), actor.name.clone());
            } else if first && !other_role && actor.evidence.len() == 1 && bare.evidence.len() > 1 {
                same.insert(actor.name.clone(), bare.name.clone());
            }
        }
        for action in &mut self.actions {
            if let Some(name) = same.get(&action.actor) {
                action.actor.clone_from(name);
            }
        }
        let gone: Vec<Actor> =
            self.actors.iter().filter(|actor| same.contains_key(&actor.name)).cloned().collect();
        self.actors.retain(|actor| !same.contains_key(&actor.name));
        for actor in gone {
            let name = same.get(&actor.name);
            let Some(kept) = self.actors.iter_mut().find(|kept| Some(&kept.name) == name) else { continue };
            for reason in actor.evidence {
                crate::reason::add_reason(&mut kept.evidence, reason);
            }
            kept.evidence.sort();
        }
    }

    /// Takes back the actors that are organisations of which the text does not speak as one of many: the only library is
    /// who runs the system, and no role in it.
    pub(crate) fn without_lone(&mut self, many: impl Fn(&str) -> bool) {
        let lone = |name: &str| self.organisations.contains(name) && !many(name);
        self.actors.retain(|actor| !lone(&actor.name));
        for action in self.actions.iter_mut().filter(|action| lone(&action.actor)) {
            action.actor.clear();
        }
    }

    /// Takes back the systems of others of which the text keeps records all the same: "admins manage payment providers".
    fn without_recorded(&mut self, chosen: &Chosen) {
        let recorded = |name: &str| self.outside.contains(name) && chosen.find(name).is_some();
        self.actors.retain(|actor| !recorded(&actor.name));
    }

    /// "A customer places an order. The kitchen accepts or rejects": what nobody names is the only thing of which the text
    /// lists such a state, else what was made or moved last.
    pub(crate) fn elided(&mut self, stated: &[Lifecycle]) {
        /// "When a warden retires": what people do of themselves, and to nothing.
        const OF_ONESELF: &[&str] = &["retire", "graduate"];
        /// How many statements back it may have been named.
        const BACK: u32 = 4;
        let mut last: Option<(u32, String)> = None;
        // "The manager assigns each task to a reviewer, who can accept or decline": what the statement itself spoke of.
        let mut here: Option<(u32, String)> = None;
        for (place, action) in self.actions.iter_mut().enumerate() {
            let Ok(Reason::Statement(at)) = Reason::try_from(action.statement.clone()) else { continue };
            let Some((base, _)) = action.verb.split(' ').find_map(crate::lemma::verb) else { continue };
            let class = crate::lemma::class(base);
            let moves = class == Some(VerbClass::Transition);
            if let Some(entity) = &action.entity {
                if !names::is_person_name(entity) && class.is_some_and(VerbClass::changes) {
                    here = Some((at, entity.clone()));
                }
                if moves || class == Some(VerbClass::Create) && !entity.eq_ignore_ascii_case(&action.actor) {
                    last = Some((at, entity.clone()));
                }
            } else if moves
                && !OF_ONESELF.contains(&base)
                && action.object.is_empty()
                && action.preposition.is_none()
                && !action.actor.is_empty()
                && !self.pointed.contains(&place)
            {
                let same = here.as_ref().filter(|(before, _)| at == *before);
                let near = same.or(last.as_ref().filter(|(before, _)| at - before <= BACK));
                action.entity = only_moved_by(stated, base)
                    .or(near.map(|(_, entity)| entity.as_str()))
                    .map(str::to_owned);
            }
        }
        for place in std::mem::take(&mut self.heard_of) {
            if let Some(action) = self.actions.get_mut(place) {
                action.actor.clear();
            }
        }
    }

    fn actor(&mut self, name: &str, kind: ActorKind, sentence: &Sentence) {
        let id = name
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        if id.is_empty() {
            return;
        }
        let at = *self.places.entry(id).or_insert_with_key(|id| {
            self.actors.push(Actor { id: id.clone(), name: name.to_owned(), kind, evidence: Vec::new() });
            self.actors.len() - 1
        });
        add_next(&mut self.actors[at].evidence, sentence.reason());
    }
}

/// Whether a gerund before a colon says what the sentence behind it is about.
fn is_titled(sentence: &Sentence) -> bool {
    let [title, next, ..] = sentence.clauses.as_slice() else { return false };
    let opens =
        sentence.words[..title.verb].iter().all(|word| matches!(word.tag, Tag::Punctuation | Tag::Number));
    opens
        && sentence.words[title.verb].tag == Tag::Verb(crate::lemma::Form::Ing)
        && sentence.words[title.verb..next.verb].iter().any(|word| word.is(":"))
}

/// "confirm that it was met": the one thing of which the sentence has spoken as the subject of an earlier verb.
fn said_of(sentence: &Sentence, clause: &Clause) -> Option<String> {
    let [that, it, ..] = sentence.words.get(clause.end + 1..)? else { return None };
    let earlier = sentence.clauses.iter().filter(|other| other.verb < clause.verb && !other.passive);
    let subject =
        earlier.filter_map(Clause::subject_phrase).find(|subject| sentence.can_be(*subject, "it"))?;
    (matches!(that.lower, "that" | "whether" | "if") && it.is("it"))
        .then(|| names::thing(sentence, subject))
        .flatten()
}

/// The only thing for which the text lists the state that a verb leads to.
fn only_moved_by<'a>(stated: &'a [Lifecycle], verb: &str) -> Option<&'a str> {
    let state = participle(verb);
    let mut leads = stated.iter().filter(|lifecycle| {
        has_state(lifecycle, &state) || lifecycle.transitions.iter().any(|known| known.action == verb)
    });
    let only = &leads.next()?.entity;
    leads.all(|other| other.entity == *only).then_some(only)
}

/// "Members see their own loans, a librarian only the reserved ones": the clause without what is said of others, and a clause
/// for each of them, who do the same to something else, or to some of the same: "therapists those assigned to them".
fn with_others<'a>(sentence: &Sentence, clause: &'a Clause) -> (Cow<'a, Clause>, Vec<(usize, Clause)>) {
    let person = |phrase: usize| names::is_person(&plain_name(sentence, phrase));
    let after = |phrase: usize| sentence.words.get(sentence.phrases[phrase].words.end..).unwrap_or_default();
    let mut others: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, &object) in clause.objects.iter().enumerate().filter(|(_, object)| person(**object)) {
        let (only, rest) = match after(object) {
            [only, rest @ ..] if only.is("only") => (true, rest),
            rest => (false, rest),
        };
        let next = clause.objects.get(at + 1).copied();
        let end = sentence.phrases[object].words.end;
        let follows = |thing: &usize| only && (end..=end + 1).contains(&sentence.phrases[*thing].words.start);
        if rest.first().is_some_and(|word| at > 0 && matches!(word.lower, "those" | "theirs")) {
            others.push((object, None));
        } else if let Some(thing) = next.filter(follows) {
            others.push((object, Some(thing)));
        }
    }
    if others.is_empty() {
        return (Cow::Borrowed(clause), Vec::new());
    }
    // What stands after "those" says which.
    let of_others = |object: &usize| {
        others.iter().any(|(person, thing)| match thing {
            Some(thing) => object == person || object == thing,
            None => object >= person,
        })
    };
    let objects: Vec<usize> = clause.objects.iter().copied().filter(|object| !of_others(object)).collect();
    let with = |objects: Vec<usize>| Clause { objects, ..clause.clone() };
    let others = others
        .iter()
        .map(|(person, thing)| (*person, with(thing.map_or_else(|| objects.clone(), |thing| vec![thing]))))
        .collect();
    (Cow::Owned(with(objects.clone())), others)
}

/// "The records of all patients": what they are of.
fn recorded(sentence: &Sentence, phrase: usize) -> Option<String> {
    let head = &sentence.words[sentence.phrases[phrase].name.end - 1];
    let of =
        sentence.of_phrase(phrase).filter(|_| head.is_a(knowledge::CONTAINERS.or(knowledge::EMPTY_HEADS)))?;
    names::thing(sentence, of)
}

/// A pronoun that can stand for a thing, where it is an object.
fn is_of_things(word: &Word) -> bool {
    matches!(word.lower, "it" | "them" | "these" | "those" | "this" | "ones")
}

/// What something is put into, where a clause says so: that is what changes.
fn put_into(sentence: &Sentence, clause: &Clause) -> Option<usize> {
    let places = sentence.words[clause.verb].is_a(knowledge::PLACING);
    let into = |(preposition, _): &&(usize, usize)| {
        matches!(sentence.words[*preposition].lower, "into" | "in" | "onto")
    };
    clause.obliques.iter().find(|oblique| places && into(oblique)).map(|(_, phrase)| *phrase)
}

/// The words of an object as written, with the adjectives that say which and how many, but no determiner: "multiple
/// dimensions", "the other tools" without "the".
fn object_text(text: &str, sentence: &Sentence, phrase: usize) -> String {
    let phrase = &sentence.phrases[phrase];
    let adjectives = sentence.words[phrase.words.start..phrase.name.start]
        .iter()
        .rev()
        .take_while(|word| word.tag == Tag::Adjective)
        .count();
    phrases::written(text, &sentence.words, phrase.name.start - adjectives..phrase.name.end).to_owned()
}

/// The words that say what is done: the verb with its particle, adverbs of manner around it ("anonymously view",
/// "communicate directly"), the rest of a set phrase ("keep track"), and what one is to be ("be sure").
fn verb_group(sentence: &Sentence, clause: &Clause) -> Range<usize> {
    let words = &sentence.words;
    let manner = |at: usize| {
        words.get(at).is_some_and(|word| {
            word.tag == Tag::Adverb
                && word.lower.ends_with("ly")
                && !matches!(word.lower, "only" | "daily" | "weekly" | "monthly" | "hourly" | "early")
        })
    };
    let ends = |at: usize| {
        words.get(at).is_none_or(|word| {
            matches!(word.tag, Tag::Comma | Tag::Punctuation | Tag::Preposition | Tag::Conjunction | Tag::To)
        })
    };
    let before = clause.verb.checked_sub(1);
    let better = |at: usize| {
        words[at].tag == Tag::Adverb && matches!(words[at].lower, "better" | "always" | "already" | "still")
    };
    let start = before.filter(|at| manner(*at) || better(*at)).unwrap_or(clause.verb);
    // "to be shown the results": the passive is what is asked for.
    let asked = clause.passive
        && start > 1
        && words[start - 1].is("be")
        && words[start - 2].tag == Tag::To
        && sentence.story.as_ref().is_some_and(|story| words[start - 1].span.start == story.means.start);
    let start = if asked { start - 1 } else { start };
    let mut end = clause.end + 1;
    let set_phrase = words.get(end).is_some_and(|next| {
        next.among(knowledge::AFTER_VERBS)
            && knowledge::holds(
                knowledge::SET_PHRASES,
                &format!("{}-{}", words[clause.verb].lemma, next.lower),
            )
    });
    if set_phrase || is_to_be(sentence, clause) {
        end += 1;
    }
    let here = |text: &str| words.get(end).is_some_and(|word| word.is(text));
    let before_noun = words.get(end + 1).is_some_and(|next| next.tag == Tag::Noun);
    if here("more") && manner(end + 1) {
        end += 2;
    } else if manner(end) && !before_noun || here("better") && ends(end + 1) || here("only") && !ends(end + 1)
    {
        end += 1;
    }
    start..end
}

/// The role of a user story without punctuation: "camp administrator".
fn persona(text: &str, range: Range<usize>) -> String {
    let role = text[range]
        .trim()
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '*' | '_'))
        .trim();
    // "user who has signed in" is a user.
    let cut = [" who ", " that ", " which ", " of the system", ", "]
        .iter()
        .filter_map(|word| role.find(word))
        .min()
        .unwrap_or(role.len());
    role[..cut].trim().to_owned()
}
