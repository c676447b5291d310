//! Which relations a sentence states: its verbs, "the rooms of a hotel", "their own posts".

use crate::clauses::{Clause, Subject};
use crate::entities::Chosen;
use crate::kinds;
use crate::model::Many;
use crate::names;
use crate::phrases::Count;
use crate::records::Records;
use crate::relations::{End, Relations};
use crate::sentence::Sentence;
use crate::words::Tag;
use knowledge::{VerbClass, WordLists, holds};

/// Verbs that tell of a state of two things.
const STATES: WordLists = knowledge::BELONGING.or(knowledge::HOLDING).or(knowledge::CONTAINING);
/// Verbs that leave a link between two things for good.
const LASTING: WordLists = STATES.or(knowledge::AUTHORING);

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
    let mixed =
        listed.iter().any(|phrase| names::attribute_strength(&names::attribute_name(sentence, *phrase)) > 0);
    let reader = Reader { sentence, chosen, records, topic, listed: if mixed { listed } else { Vec::new() } };
    for (child, parent) in kinds::kinds(sentence, &|phrase| reader.entity(phrase)) {
        relations.generalize(&child, &parent, sentence.reason());
    }
    for clause in sentence.clauses.iter().filter(|clause| !clause.negated) {
        reader.clause(relations, clause);
    }
    for phrase in 0..sentence.phrases.len() {
        reader.phrase(relations, phrase);
    }
}

struct Reader<'a> {
    sentence: &'a Sentence,
    chosen: &'a Chosen,
    records: &'a Records<'a>,
    topic: &'a str,
    listed: Vec<usize>,
}

/// An entity as a sentence speaks of it.
#[derive(Debug, Clone)]
struct Spoken {
    name: String,
    count: Count,
    /// Whether a number or "many" stands before it, rather than a bare plural.
    counted: bool,
}

impl Reader<'_> {
    fn entity(&self, phrase: usize) -> Option<String> {
        let name = names::thing(self.sentence, phrase)
            .filter(|_| !(names::is_software(self.sentence, phrase) || self.listed.contains(&phrase)))?;
        self.chosen.find(&name).map(str::to_owned)
    }

    fn spoken(&self, phrase: usize) -> Option<Spoken> {
        let name = self.entity(phrase)?;
        let this = &self.sentence.phrases[phrase];
        let counted = self.sentence.words[this.words.start..this.name.start].iter().any(|word| {
            word.tag == Tag::Number
                || matches!(word.lower.as_str(), "many" | "several" | "multiple" | "various")
        });
        Some(Spoken { name, count: this.count, counted })
    }

    /// Who a user story lets act.
    fn role(&self) -> Option<String> {
        let story = self.sentence.story.as_ref()?;
        let inside = |phrase: &usize| {
            let start = self.sentence.words[self.sentence.phrases[*phrase].name.start].span.start;
            story.role.contains(&start)
        };
        (0..self.sentence.phrases.len())
            .filter(inside)
            .find_map(|phrase| self.chosen.find(&names::thing(self.sentence, phrase)?).map(str::to_owned))
    }

    /// What a pronoun stands for.
    fn antecedent(&self, word: usize) -> Option<String> {
        match self.sentence.words[word].lower.as_str() {
            "i" | "we" => self.role(),
            "it" | "they" | "he" | "she" | "each" | "this" | "these" | "both" | "one" => {
                // What the sentence itself has named first, else what the text speaks of.
                let before = (0..self.sentence.phrases.len())
                    .take_while(|phrase| self.sentence.phrases[*phrase].words.end <= word)
                    .find_map(|phrase| self.entity(phrase));
                before.or_else(|| self.chosen.find(self.topic).map(str::to_owned))
            }
            _ => None,
        }
    }

    fn subjects(&self, clause: &Clause) -> Vec<Spoken> {
        if clause.passive {
            return clause.objects.iter().filter_map(|phrase| self.spoken(*phrase)).collect();
        }
        match clause.subject {
            Subject::Phrase(phrase) => self.spoken(phrase).into_iter().collect(),
            Subject::Pronoun(word) => self
                .antecedent(word)
                .map(|name| Spoken { name, count: Count::One, counted: false })
                .into_iter()
                .collect(),
            Subject::Unsaid => Vec::new(),
        }
    }

    fn clause(&self, relations: &mut Relations, clause: &Clause) {
        let verb = &self.sentence.words[clause.verb];
        if verb.among(knowledge::BE) {
            self.meant_for(relations, clause);
            return self.parts(relations, clause);
        }
        let lemma = verb.lemma.as_str();
        self.recorded(relations, clause, lemma);
        if !clause.passive && holds(knowledge::JOINING, lemma) && self.join(relations, clause, lemma) {
            return;
        }
        let subjects = self.subjects(clause);
        let story = matches!(clause.subject, Subject::Pronoun(word) if self.sentence.words[word].is("i"));
        // What somebody wishes or looks at is not thereby linked to them.
        let looks = crate::lemma::class(lemma) == Some(VerbClass::Read) || holds(knowledge::WISHING, lemma);
        if looks || story && !keeps(lemma) {
            return;
        }
        let targets: Vec<usize> = if clause.passive || clause.objects.is_empty() {
            let links = |preposition: usize| {
                !matches!(
                    self.sentence.words[preposition].lower.as_str(),
                    "as" | "like" | "including" | "during"
                )
            };
            clause
                .obliques
                .iter()
                .filter(|(link, _)| links(*link))
                .map(|(_, phrase)| *phrase)
                .take(1)
                .collect()
        } else {
            clause.objects.clone()
        };
        for from in &subjects {
            for to in targets.iter().filter_map(|phrase| self.spoken(*phrase)) {
                if from.name != to.name || holds(knowledge::AMONG_EQUALS, lemma) {
                    let ends = ends(lemma, from, &to, clause.passive);
                    relations.link(&from.name, &to.name, lemma, ends, self.sentence.reason());
                }
            }
        }
    }

    /// "students select courses", where course selections have records: these refer to both.
    fn recorded(&self, relations: &mut Relations, clause: &Clause, lemma: &str) {
        let doer = clause.subject_phrase().and_then(|phrase| self.entity(phrase));
        if let Some(done) = clause.objects.first().and_then(|phrase| self.entity(*phrase)) {
            let Some(record) = self.records.of_action(lemma, &done, self.chosen) else { return };
            // What an order is for stands in its lines.
            if !holds(knowledge::COLLECTIONS, record.rsplit(' ').next().unwrap_or(record)) {
                relations.about(record, &done, &self.sentence.reason());
            }
            if let Some(doer) = doer.as_ref().filter(|doer| *doer != record) {
                relations.about(record, doer, &self.sentence.reason());
            }
        }
    }

    /// "assign tasks to a worker": the object with what it is put to. Says whether there was such a pair.
    fn join(&self, relations: &mut Relations, clause: &Clause, lemma: &str) -> bool {
        let to = clause.obliques.iter().find_map(|(link, phrase)| {
            let link = self.sentence.words[*link].lower.as_str();
            matches!(link, "to" | "into" | "with" | "for" | "onto").then(|| self.spoken(*phrase)).flatten()
        });
        let Some(to) = to else { return false };
        let mut found = false;
        for from in clause.objects.iter().filter_map(|phrase| self.spoken(*phrase)) {
            if from.name != to.name {
                let ends = ends("assign", &from, &to, true);
                relations.link(&from.name, &to.name, lemma, ends, self.sentence.reason());
                found = true;
            }
        }
        found
    }

    /// "a visit is for one patient, one doctor and one room": it refers to one of each.
    fn meant_for(&self, relations: &mut Relations, clause: &Clause) {
        let first = clause.obliques.iter().find(|(preposition, _)| {
            matches!(self.sentence.words[*preposition].lower.as_str(), "for" | "between" | "with")
        });
        let Some((_, first)) = first else { return };
        let phrases = &self.sentence.phrases;
        let mut end = phrases[*first].words.start;
        // The phrases that follow with nothing but a comma or "and" between them.
        let coordinated = (*first..phrases.len()).take_while(|at| {
            let between = &self.sentence.words[end..phrases[*at].words.start];
            end = phrases[*at].words.end;
            between.iter().all(|word| matches!(word.tag, Tag::Comma | Tag::Conjunction))
        });
        let one = |at: &usize| phrases[*at].count == Count::One;
        let targets: Vec<Spoken> = coordinated.filter(one).filter_map(|at| self.spoken(at)).collect();
        let ends = (End::usual(Many::Any), End::said(Many::One));
        for subject in self.subjects(clause) {
            for target in targets.iter().filter(|target| target.name != subject.name) {
                relations.link(&subject.name, &target.name, "is for", ends, self.sentence.reason());
            }
        }
    }

    /// "a row is part of a table".
    fn parts(&self, relations: &mut Relations, clause: &Clause) {
        let part = clause.objects.iter().find(|phrase| {
            let head = &self.sentence.words[self.sentence.phrases[**phrase].name.end - 1].lemma;
            matches!(head.as_str(), "part" | "component" | "constituent")
        });
        let whole = part.and_then(|part| self.sentence.of_phrase(*part)).and_then(|of| self.entity(of));
        if let Some(whole) = whole {
            let ends = (End::usual(Many::One), End::usual(Many::Any));
            for part in self.subjects(clause).iter().filter(|part| part.name != whole) {
                relations.link(&whole, &part.name, "contain", ends, self.sentence.reason());
            }
        }
    }

    /// "the rooms of a hotel", "the hotel's rooms", "several nurses at each ward", "their own posts".
    fn phrase(&self, relations: &mut Relations, phrase: usize) {
        let Some(part) = self.spoken(phrase) else { return };
        let mut have = |whole: Spoken| {
            if whole.name != part.name {
                // "the equipment of multiple farms": more than one piece.
                let mass = part.count == Count::Open && whole.counted && whole.count == Count::Many;
                let part = Spoken { count: if mass { Count::Many } else { part.count }, ..part.clone() };
                let definite = self.definite(phrase);
                relations.link(
                    &whole.name,
                    &part.name,
                    "have",
                    held(&part, definite),
                    self.sentence.reason(),
                );
            }
        };
        if let Some(whole) = self.sentence.of_phrase(phrase).and_then(|of| self.spoken(of)) {
            have(whole);
        }
        let this = &self.sentence.phrases[phrase];
        if let Some(next) = self.sentence.phrases.get(phrase + 1)
            && next.count == Count::Each
            && next.words.start == this.words.end + 1
            && matches!(
                self.sentence.words[next.words.start - 1].lower.as_str(),
                "at" | "in" | "for" | "on" | "per"
            )
            && let Some(whole) = self.spoken(phrase + 1)
        {
            have(whole);
        }
        if let Some(whole) = this.owner.and_then(|owner| self.spoken(owner)) {
            have(whole);
        }
        if let Some(whole) = self.possessor(phrase) {
            have(Spoken { name: whole, count: Count::One, counted: false });
        }
    }

    /// Who "my", "their" or "its" stands for.
    fn possessor(&self, phrase: usize) -> Option<String> {
        let this = &self.sentence.phrases[phrase];
        let word = self.sentence.words[this.words.start..this.name.start]
            .iter()
            .position(|word| word.tag == Tag::Possessive)
            .map(|at| this.words.start + at)?;
        match self.sentence.words[word].lower.as_str() {
            "my" | "our" => self.role(),
            "their" | "its" | "his" | "her" => {
                let governing = self.sentence.clauses.iter().rev().find(|clause| clause.verb < word)?;
                match governing.subject {
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
            && !self.sentence.words[this.words.clone()]
                .iter()
                .any(|word| matches!(word.lower.as_str(), "a" | "an"))
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

/// How many there are at both ends of what a verb links.
fn ends(lemma: &str, from: &Spoken, to: &Spoken, passive: bool) -> (End, End) {
    let many =
        if from.counted && from.count == Count::Many { End::said(Many::Any) } else { End::usual(Many::Any) };
    let state = holds(STATES, lemma) || matches!(crate::lemma::class(lemma), Some(VerbClass::State) | None);
    // "users publish an article": each article has one author, who may publish more.
    if holds(knowledge::AUTHORING, lemma) && !passive {
        let from_end = if many.said { many } else { End::usual(Many::One) };
        return (
            from_end,
            if to.count == Count::Many { End::said(Many::Any) } else { End::usual(Many::Any) },
        );
    }
    let to_end = match to.count {
        // "orders belong to customers": each to one.
        Count::Many if matches!(lemma, "belong" | "relate" | "correspond" | "refer") && !to.counted => {
            End::usual(Many::One)
        }
        Count::Many => End::said(Many::Any),
        // "members book a room" more than once.
        Count::One if !state && !passive && !to.counted => End::usual(Many::Any),
        Count::One | Count::UpToOne => End::said(Many::One),
        Count::Each | Count::Open => End::usual(Many::One),
    };
    let shared =
        to.count == Count::Many && (holds(knowledge::SHARING, lemma) || shares(lemma, &from.name, &to.name));
    let exclusive = !shared
        && (holds(knowledge::CONTAINING, lemma)
            || holds(knowledge::HOLDING, lemma) && to_end.max == Many::Any);
    let from_end = match from.count {
        _ if many.said => many,
        _ if shared => End::said(Many::Any),
        _ if exclusive && !passive => End::usual(Many::One),
        // "patients cancel appointments": each its own one.
        _ if names::is_person(&from.name) && !passive && settles(lemma) => End::usual(Many::One),
        // "each doctor treats several patients".
        Count::Each | Count::One if state && !passive && to_end.max == Many::Any => End::usual(Many::One),
        _ => many,
    };
    (from_end, to_end)
}

/// Whether a verb moves a record on or takes it away, which one person does.
fn settles(lemma: &str) -> bool {
    matches!(crate::lemma::class(lemma), Some(VerbClass::Transition | VerbClass::Delete))
}

/// Whether what one has or contains may be with others as well: the dishes of an order are ordered again, and what an
/// employee sells is sold by others; but the lines of an order are its own.
fn shares(lemma: &str, from: &str, to: &str) -> bool {
    let head = from.rsplit(' ').next().unwrap_or(from);
    holds(knowledge::COLLECTIONS, head)
        && !to.starts_with(head)
        && !holds(knowledge::DEPENDENTS, to.rsplit(' ').next().unwrap_or(to))
        && (holds(knowledge::CONTAINING, lemma) || matches!(lemma, "have" | "has"))
        || names::is_person(from) && matches!(lemma, "sell" | "offer" | "operate")
}

/// How many there are at both ends of "the part of the whole".
fn held(part: &Spoken, definite: bool) -> (End, End) {
    match part.count {
        Count::Many | Count::Each => (End::usual(Many::One), End::said(Many::Any)),
        // "the department of each employee" is one of few; "a submission of a paper" is one of several.
        _ if definite => (End::usual(Many::Any), End::usual(Many::One)),
        _ => (End::usual(Many::One), End::usual(Many::Any)),
    }
}
