//! What must hold of the records at all times: "no double booking", "at most one active loan per member",
//! "the end date must be after the start date".

mod limits;

use crate::entities::Chosen;
use crate::lemma::Form;
use crate::model::{Entity, Invariant, Quantity};
use crate::names;
use crate::phrases::Count;
use crate::sentence::Sentence;
use crate::words::{Tag, Word};
use std::collections::BTreeMap;

/// The invariants that a sentence states, with the name of the entity that each is about.
/// `before` is the sentence before it.
pub(crate) fn invariants(
    text: &str,
    sentence: &Sentence,
    before: Option<&Sentence>,
    chosen: &Chosen,
) -> Vec<(String, Invariant)> {
    let reader = Reader::of(sentence, before, chosen);
    let said = text.trim();
    let make = |held: Held| {
        let invariant = Invariant {
            kind: held.kind.to_owned(),
            on: held.on,
            states: held.states,
            most: held.most,
            within: held.within,
            text: said.to_owned(),
            evidence: vec![sentence.reason()],
        };
        (names::capitalised(&held.entity), invariant)
    };
    let first = || {
        let found = reader.one_active().or_else(|| reader.no_overlap());
        found.map(Held::from).or_else(|| reader.once())
    };
    let of_all = || reader.unique_together().map(Held::from).or_else(|| reader.unique_alone());
    let many = || reader.counted().or_else(|| reader.exceeded());
    let values = || {
        let found = reader.signed().or_else(|| reader.unchanging()).or_else(|| reader.ordered());
        found.map(Held::from)
    };
    let found = first().or_else(of_all).or_else(many).or_else(values);
    found.map(make).into_iter().collect()
}

/// What must hold, before it is known to what the text has given which name.
struct Held {
    /// The name of the entity; empty where only an attribute is named.
    entity: String,
    kind: &'static str,
    on: Vec<String>,
    states: Vec<String>,
    most: String,
    /// The length of time in which so many are counted.
    within: String,
}

impl Held {
    fn of(entity: String, kind: &'static str, on: Vec<String>) -> Self {
        Self { entity, kind, on, states: Vec::new(), most: String::new(), within: String::new() }
    }
}

impl From<(String, &'static str, Vec<String>, Vec<String>)> for Held {
    fn from((entity, kind, on, states): (String, &'static str, Vec<String>, Vec<String>)) -> Self {
        Self { states, ..Self::of(entity, kind, on) }
    }
}

/// Adds the invariants to the entities that they are about, with the attributes that they name where the text has
/// told what these are called.
pub(crate) fn attach(entities: &mut [Entity], found: Vec<(String, Invariant)>) {
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_attribute: BTreeMap<String, usize> = BTreeMap::new();
    for (at, entity) in entities.iter().enumerate() {
        by_name.entry(entity.name.clone()).or_insert(at);
        for attribute in &entity.attributes {
            by_attribute.entry(attribute.name.clone()).or_insert(at);
        }
    }
    for (name, mut invariant) in found {
        // What only an attribute's name is said of belongs to the first entity that has it.
        let at = by_name.get(&name).or_else(|| by_attribute.get(invariant.on.first()?)).copied();
        let Some(entity) = at.and_then(|at| entities.get_mut(at)) else { continue };
        if invariant.kind == "no-overlap" {
            invariant.on.extend(period(entity));
        }
        let known = entity.invariants.iter_mut().find(|known| {
            known.kind == invariant.kind
                && known.on == invariant.on
                && known.states == invariant.states
                && known.most == invariant.most
                && known.within == invariant.within
        });
        match known {
            Some(known) => {
                for reason in invariant.evidence {
                    crate::reason::add_next(&mut known.evidence, reason);
                }
            }
            None => entity.invariants.push(invariant),
        }
    }
}

/// "A member makes at most two reservations per week" says what one may do, and not how much there is of all.
pub(crate) fn limit(entities: &[Entity], quantities: &mut [Quantity]) {
    let limits = entities.iter().flat_map(|entity| &entity.invariants);
    for limit in limits.filter(|limit| !limit.within.is_empty()) {
        for quantity in quantities.iter_mut().filter(|quantity| {
            quantity.comparator == "<="
                && matches!(
                    quantity.kind.as_str(),
                    "writes" | "users" | "dau" | "tenants" | "devices" | "count"
                )
                && limit.evidence.iter().any(|reason| reason.to_string() == quantity.statement)
        }) {
            "count".clone_into(&mut quantity.kind);
            quantity.qualifier = Some("each".to_owned());
        }
    }
}

/// The attributes between which a record lasts, or the one point at which it is.
fn period(entity: &Entity) -> Vec<String> {
    let timed = |name: &str| {
        entity
            .attributes
            .iter()
            .find(|attribute| {
                matches!(attribute.kind.as_str(), "date" | "timestamp")
                    && attribute.name.split(' ').any(|word| word == name)
            })
            .map(|attribute| attribute.name.clone())
    };
    let start = ["start", "from", "begin", "first", "check-in"].iter().find_map(|word| timed(word));
    let end = ["end", "until", "to", "last", "check-out"].iter().find_map(|word| timed(word));
    match (start, end) {
        (Some(start), Some(end)) => vec![start, end],
        _ => ["time", "slot", "date", "day"].iter().find_map(|word| timed(word)).into_iter().collect(),
    }
}

/// "No two screenings in the same cinema may overlap": what does not.
pub(crate) fn overlapping(sentence: &Sentence) -> Option<usize> {
    let overlaps =
        |clause: &&crate::clauses::Clause| sentence.words[clause.verb].lemma == "overlap" && !clause.passive;
    let clause = sentence.clauses.iter().find(overlaps)?;
    clause.subject_phrase().filter(|phrase| sentence.phrases[*phrase].plural)
}

/// What several are said to have in common: "in the same hall".
pub(crate) fn same(sentence: &Sentence) -> Option<usize> {
    (0..sentence.phrases.len()).find(|phrase| {
        sentence.words[sentence.phrases[*phrase].words.clone()].iter().any(|word| word.is("same"))
    })
}

/// "Nobody, not even an administrator, may alter a deed": whether it is nobody who does what a verb says. Where somebody is
/// excepted, he is the one who may.
fn by_nobody(words: &[Word], verb: usize) -> bool {
    let nobody = (0..verb).rev().find(|at| crate::doers::is_nobody(words, *at));
    nobody.is_some_and(|nobody| {
        let doing = |word: &Word| word.is_verb() && !matches!(word.lemma, "delete" | "remove" | "erase");
        let excepts = |word: &Word| {
            matches!(word.lower, "but" | "except" | "besides" | "than" | "else" | "outside" | "without")
        };
        !words[nobody + 1..verb].iter().any(doing) && !words[nobody..].iter().any(excepts)
    })
}

type Found = Option<(String, &'static str, Vec<String>, Vec<String>)>;

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    before: Option<&'a Sentence<'a>>,
    chosen: &'a Chosen,
    /// Whether the sentence denies anything.
    denies: bool,
}

/// Whether a sentence denies anything.
fn denies(sentence: &Sentence) -> bool {
    sentence.words.iter().any(|word| {
        word.tag == Tag::Negation
            || word.is("no")
            || word.among(knowledge::NEGATIONS)
            || matches!(word.lemma, "prevent" | "avoid" | "forbid")
    })
}

impl<'a> Reader<'a> {
    fn of(sentence: &'a Sentence<'a>, before: Option<&'a Sentence<'a>>, chosen: &'a Chosen) -> Self {
        Self { sentence, before, chosen, denies: denies(sentence) }
    }

    fn says(&self, text: &str) -> bool {
        self.sentence.words.iter().any(|word| word.is(text))
    }

    fn says_all(&self, phrase: &[&str]) -> bool {
        self.sentence
            .words
            .windows(phrase.len())
            .any(|words| words.iter().zip(phrase).all(|(word, wanted)| word.is(wanted)))
    }

    fn entity(&self, phrase: usize) -> Option<String> {
        self.chosen.find(self.sentence.things.get(phrase)?.as_ref()?).map(str::to_owned)
    }

    /// All entities that the sentence names, each once, with the phrases.
    fn entities(&self) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for phrase in 0..self.sentence.phrases.len() {
            if let Some(name) = self.entity(phrase)
                && !found.iter().any(|(_, known)| *known == name)
            {
                found.push((phrase, name));
            }
        }
        found
    }

    fn others(&self, subject: &str) -> Vec<String> {
        self.entities()
            .into_iter()
            .map(|(_, name)| name)
            .filter(|name| name != subject)
            .take(1)
            .map(|name| names::capitalised(&name))
            .collect()
    }

    /// The words of a phrase before its name: "at most one", "two".
    fn quantified(&self, phrase: usize, wanted: &[&str]) -> bool {
        let phrase = &self.sentence.phrases[phrase];
        let start = phrase.words.start.saturating_sub(3);
        self.sentence.words[start..phrase.name.start].iter().any(|word| wanted.contains(&word.lower))
    }

    /// "at most one active admission for a patient", "cannot have two active rides".
    fn one_active(&self) -> Found {
        let words = &self.sentence.words;
        let at = words.iter().position(|word| {
            matches!(
                word.lower,
                "active" | "open" | "current" | "running" | "ongoing" | "pending" | "valid" | "live"
            )
        })?;
        let bounded = self.says_all(&["at", "most", "one"])
            || self.says_all(&["only", "one"])
            || self.says_all(&["more", "than", "one"]) && self.denies
            || self.says("two") && self.denies;
        if !bounded {
            return None;
        }
        let state = words[at].lower.to_string();
        let (_, subject) = self.entities().into_iter().find(|(phrase, _)| {
            self.sentence.phrases[*phrase].words.contains(&at)
                || self.sentence.phrases[*phrase].words.end <= at && self.quantified(*phrase, &["one", "two"])
        })?;
        let on = self.others(&subject);
        Some((subject, "one-active", on, vec![state]))
    }

    /// "must not overlap", "no double booking", "two appointments at the same time".
    fn no_overlap(&self) -> Found {
        if !self.denies {
            return None;
        }
        let words = &self.sentence.words;
        let overlaps = words.iter().any(|word| word.lower.starts_with("overlap"))
            || words.iter().any(|word| {
                let booked = word.lower.strip_prefix("double");
                booked.is_some_and(|rest| rest.strip_prefix('-').unwrap_or(rest).starts_with("book"))
            })
            || words.windows(2).any(|pair| pair[0].is("double") && pair[1].lower.starts_with("book"));
        let same_time = self.says("same")
            && ["time", "times", "slot", "day", "days", "date", "dates", "period", "hour"]
                .iter()
                .any(|unit| self.says_all(&["same", unit]));
        let two = self.says("two") || self.says("twice") || self.says("more") && self.says("one");
        if !(overlaps || same_time && two) {
            return None;
        }
        // "Two clerks should never edit the same page at the same time": they do it one after the other, and nothing is taken.
        let edits = |clause: &crate::clauses::Clause| {
            let verb = words[clause.verb].lemma;
            let person = clause.subject_phrase().is_some_and(|who| self.sentence.names_people(who));
            person && matches!(verb, "edit" | "change" | "modify" | "update" | "open" | "write" | "work")
        };
        if !overlaps && self.sentence.clauses.iter().any(edits) || self.overlaps_unknown() {
            return None;
        }
        // "No two showings in the same hall may overlap": within a hall.
        if let Some(subject) = overlapping(self.sentence).and_then(|phrase| self.entity(phrase)) {
            let same = same(self.sentence).and_then(|phrase| self.entity(phrase));
            let on = same.filter(|same| *same != subject).map(|same| vec![names::capitalised(&same)]);
            let on = on.unwrap_or_else(|| self.others(&subject));
            return Some((subject, "no-overlap", on, Vec::new()));
        }
        // "A tent can't be reserved by two groups for overlapping days": of bookings, which the text has no name for.
        let by_two = |clause: &crate::clauses::Clause| {
            clause.passive
                && clause.obliques.iter().any(|(link, phrase)| {
                    words[*link].is("by") && self.quantified(*phrase, &["two", "more", "several"])
                })
        };
        let recorded = || {
            ["booking", "reservation", "loan", "rental"].iter().any(|name| self.chosen.find(name).is_some())
        };
        if overlaps && self.sentence.clauses.iter().any(by_two) && !recorded() {
            return None;
        }
        let entities = self.entities();
        let many = entities.iter().find(|(phrase, _)| {
            self.sentence.phrases[*phrase].plural && self.quantified(*phrase, &["two", "more", "several"])
        });
        let plural = entities.iter().find(|(phrase, _)| self.sentence.phrases[*phrase].plural);
        // What is booked twice is the thing; its bookings are the records that overlap.
        let booked = || {
            let holder = entities.first()?;
            let record = self.chosen.find("booking").or_else(|| self.chosen.find("reservation"))?;
            Some((holder.0, record.to_owned()))
        };
        let (_, subject) = many
            .cloned()
            .or_else(|| {
                if overlaps {
                    None
                } else {
                    booked().filter(|_| self.says("booked") || self.says("reserved"))
                }
            })
            .or_else(|| plural.cloned().filter(|_| self.says("overlap") || self.says("overlapping")))
            .or_else(|| booked().filter(|_| overlaps && !self.says("overlap")))
            .or_else(|| entities.first().cloned())?;
        let on = self.others(&subject);
        Some((subject, "no-overlap", on, Vec::new()))
    }

    /// Whether what a sentence says not to overlap is nothing that the text keeps records of.
    fn overlaps_unknown(&self) -> bool {
        overlapping(self.sentence).is_some_and(|phrase| self.entity(phrase).is_none())
    }

    /// "unique within the jetty", "two contacts of a firm cannot share an e-mail address".
    fn unique_together(&self) -> Found {
        let words = &self.sentence.words;
        let within = words.iter().enumerate().find_map(|(at, word)| {
            (word.is("unique")
                && words
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.lower, "within" | "per" | "among" | "in")))
            .then_some(at + 1)
        });
        if let Some(at) = within {
            let scope = self.sentence.phrases.iter().position(|phrase| phrase.words.start > at)?;
            let scope = self.entity(scope)?;
            let attribute = self.sentence.phrases.iter().rposition(|phrase| phrase.words.end < at)?;
            let mut on = vec![names::attribute_name(self.sentence, attribute), names::capitalised(&scope)];
            // "Unique per branch and year": within both together, or too much would be refused.
            let phrases = &self.sentence.phrases;
            let first = phrases.iter().position(|phrase| phrase.words.start > at)?;
            for next in first + 1..phrases.len() {
                let joined = &words[phrases[next - 1].words.end..phrases[next].words.start];
                if !matches!(joined, [and] if and.is("and")) {
                    break;
                }
                let named = self.entity(next).map(|name| names::capitalised(&name));
                on.push(named.unwrap_or_else(|| names::attribute_name(self.sentence, next)));
            }
            let subject = self
                .entities()
                .into_iter()
                .map(|(_, name)| name)
                .find(|name| *name != scope)
                .unwrap_or_default();
            return Some((subject, "unique", on, Vec::new()));
        }
        let share = self.sentence.clauses.iter().find(|clause| {
            matches!(words[clause.verb].lemma, "share" | "have")
                && (clause.negated || words.first().is_some_and(|word| word.is("no")))
        })?;
        let subject = share.subject_phrase()?;
        let object = *share.objects.first()?;
        let shared = words[share.verb].lemma == "share"
            || words[self.sentence.phrases[object].words.clone()].iter().any(|word| word.is("same"));
        if !(self.quantified(subject, &["two"]) && shared) {
            return None;
        }
        let entity = self.entity(subject)?;
        let name = names::attribute_name(self.sentence, object);
        let mut on = vec![name.strip_prefix("same ").unwrap_or(&name).to_owned()];
        on.extend(self.others(&entity));
        Some((entity, "unique", on, Vec::new()))
    }

    /// "stock never goes below zero", "the balance must not be negative", "the price must be positive".
    fn signed(&self) -> Found {
        let below =
            || self.says_all(&["below", "zero"]) || self.says_all(&["below", "0"]) || self.says("negative");
        let positive = || {
            self.says("positive")
                || self.says_all(&["greater", "than", "zero"])
                || self.says_all(&["greater", "than", "0"])
                || self.says_all(&["more", "than", "zero"])
        };
        let binding = || self.sentence.words.iter().any(|word| word.tag == Tag::Modal);
        let kind = match self.denies {
            true if below() => "non-negative",
            false if binding() && positive() => "positive",
            _ => return None,
        };
        let phrase = self.sentence.phrases.first()?;
        let name = names::attribute_name(self.sentence, 0);
        let numeric = names::is_numeric(&name);
        let on = crate::phrases::name(&self.sentence.words, phrase);
        let owner = phrase.owner.or_else(|| self.sentence.of_phrase(0)).and_then(|owner| self.entity(owner));
        let entity = owner.or_else(|| self.entity(0)).or_else(|| self.others("").into_iter().next());
        numeric.then(|| (entity.unwrap_or_default(), kind, vec![on], Vec::new()))
    }

    /// "a signed note cannot be changed", "stock movements are never altered or deleted".
    fn unchanging(&self) -> Found {
        const CHANGES: &[&str] =
            &["change", "alter", "edit", "modify", "overwrite", "update", "touch", "amend"];
        let words = &self.sentence.words;
        let clause = self.sentence.clauses.iter().find(|clause| {
            CHANGES.contains(&words[clause.verb].lemma)
                && (clause.negated && clause.passive || !clause.passive && by_nobody(words, clause.verb))
        })?;
        let subject = *clause.objects.first()?;
        let entity =
            self.entity(subject).or_else(|| self.entities().into_iter().next().map(|(_, name)| name))?;
        // The state in which it is closed: "a signed note", "once it is approved".
        let phrase = &self.sentence.phrases[subject];
        let participle = |word: &&crate::words::Word| {
            word.lower.ends_with("ed") || matches!(word.lower, "sent" | "paid" | "closed" | "final")
        };
        let states: Vec<String> = words[phrase.words.clone()]
            .iter()
            .filter(|word| word.tag == Tag::Adjective)
            .filter(participle)
            .chain(words.iter().enumerate().filter_map(|(at, word)| {
                let after_once = words[..at]
                    .iter()
                    .rev()
                    .take(5)
                    .any(|before| matches!(before.lower, "once" | "after" | "when" | "that" | "which"));
                (word.tag == Tag::Verb(Form::Past) && at != clause.verb && after_once).then_some(word)
            }))
            .map(|word| word.lower.to_string())
            .take(1)
            .collect();
        let erased = words.iter().any(|word| matches!(word.lemma, "delete" | "remove" | "erase"));
        let kind = if erased && states.is_empty() { "append-only" } else { "immutable" };
        Some((entity, kind, Vec::new(), states))
    }

    /// "the end date must be after the start date".
    fn ordered(&self) -> Found {
        let words = &self.sentence.words;
        let binding = words.iter().any(|word| word.tag == Tag::Modal);
        let at = words.iter().position(|word| {
            matches!(word.lower, "after" | "before" | "later" | "earlier" | "precede" | "follow")
        })?;
        let timed = |phrase: usize| {
            let name = crate::phrases::name(words, &self.sentence.phrases[phrase]);
            (names::is_temporal(&name) && self.sentence.phrases[phrase].count != Count::Many).then_some(name)
        };
        let phrases = &self.sentence.phrases;
        let left =
            (0..phrases.len()).rev().filter(|phrase| phrases[*phrase].words.end <= at).find_map(timed)?;
        let next = phrases.iter().position(|phrase| phrase.words.start > at)?;
        let right = timed(next)?;
        // "Informed two days before and has to accept the new date": nothing that the date is compared with.
        let compared = words[at + 1..phrases[next].words.start].iter().all(|word| {
            !matches!(
                word.tag,
                Tag::Conjunction | Tag::Comma | Tag::Punctuation | Tag::Verb(_) | Tag::Modal | Tag::To
            )
        });
        if !binding || !compared {
            return None;
        }
        let later_first = matches!(words[at].lower, "after" | "later" | "follow") != self.denies;
        let on = if later_first { vec![right, left] } else { vec![left, right] };
        let subject = self.entities().into_iter().next().map(|(_, name)| name).unwrap_or_default();
        Some((subject, "order", on, Vec::new()))
    }
}
