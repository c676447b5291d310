//! What a number counts: people, requests, records, devices, those who build the system.

use crate::model::{ActorKind, Quantity, Requirements};
use crate::quantities::{Reading, is_beside, opens_period, period, qualified};
use crate::words::{Tag, Word};
use knowledge::{COUNTED, VerbClass, look_up};

/// The kind of quantity that a number of so many of a word is, if the table knows.
fn known(word: &Word) -> Option<&'static str> {
    look_up(&COUNTED, word.lemma)
}

/// Whether the table knows what a number of so many of a word is.
pub(crate) fn is_counted(word: &Word) -> bool {
    known(word).is_some()
}

/// Whether a word is one for people who build the system, as the table of what is counted has them.
pub(crate) fn is_builder(word: &Word) -> bool {
    known(word) == Some("team")
}

/// "70 users, 25 at once", "400,000 registered, 60,000 daily": a number without a noun is of what the sentence counted
/// before.
pub(crate) fn of_those(reading: &Reading, found: &[Quantity]) -> Option<Quantity> {
    let own = reading.words.get(reading.amount.end);
    if own.is_some_and(|word| word.tag == Tag::Noun && !word.is("daily")) {
        return None;
    }
    // "600 orders a day before Christmas, 150 on normal days": on a day so many of the same.
    if let Some(before) = found.last().filter(|before| before.kind == "writes" && before.unit == "per second")
        && on_a_day(&reading.after)
    {
        return Some(Quantity { value: reading.value / DAY, ..before.clone() });
    }
    let people = found.iter().rev().any(|before| {
        matches!(before.kind.as_str(), "users" | "devices" | "dau")
            || before.kind == "count" && before.qualifier.is_some()
    });
    let said = |list: &[&str]| reading.after.iter().any(|lemma| list.contains(lemma));
    if people && reading.at_once() {
        return Some(reading.quantity("concurrent", reading.value, "count"));
    }
    if people && (said(&["daily"]) || on_a_day(&reading.after)) {
        return Some(reading.quantity("dau", reading.value, "count"));
    }
    if matches!(reading.after.first(), Some(&"registered")) {
        return Some(reading.quantity("users", reading.value, "count"));
    }
    let rate = period(&reading.after)?;
    // "900 tickets a day, and at the start of term it's 150 per hour".
    if let Some(before) = found.last().filter(|before| before.unit == "per second") {
        let value = reading.value / rate;
        let more = value > before.value;
        let same = Quantity { value, ..before.clone() };
        return Some(if more { qualified(same, "peak") } else { same });
    }
    // "Scans amount to 2.5 million a day": a rate of what the clause is about.
    let own = &reading.words[reading.piece.start..reading.amount.start];
    let verb =
        own.iter().any(|word| matches!(word.lemma, "amount" | "come" | "total" | "reach" | "average" | ":"));
    let noun = own.iter().rev().find(|word| word.tag == Tag::Noun && word.lower != word.lemma && verb)?;
    Some(reading.of("writes", reading.value / rate, "per second", noun.lemma))
}

/// Words for a day on which no more comes than on others, and for one on which more does.
const USUAL: &[&str] = &["normal", "typical", "usual", "ordinary", "average", "quiet", "working", "busy"];

/// Whether words speak of such a day.
fn is_usual(words: &[&str]) -> bool {
    words.iter().any(|word| USUAL.contains(word))
}

/// From how many on people at a peak are those who use the system.
const MANY: f64 = 50.0;

/// The seconds of a day.
const DAY: f64 = 86_400.0;

/// "on a normal day", "each working day".
pub(crate) fn on_a_day(after: &[&str]) -> bool {
    let day = after.iter().take(6).position(|word| *word == "day");
    day.is_some_and(|day| after[..day].iter().any(|word| matches!(*word, "on" | "per" | "each" | "every")))
}

/// "On a normal day there are 900 orders", "on a working day we ship 40 parcels": how many come into being on a day.
fn comes_on_a_day(before: &[&str]) -> bool {
    let near = &before[before.len().saturating_sub(7)..];
    let Some(day) = near.iter().position(|word| *word == "day") else { return false };
    on_a_day(near)
        && near[day..].iter().any(|word| {
            matches!(
                *word,
                "there" | "handle" | "process" | "receive" | "take" | "place" | "ship" | "sell" | "book"
            )
        })
}

/// "350 tenants with on average 45 clerks and 200 clients each": as many users as there are of both together, where nothing
/// else says how many there are.
fn of_tenants(quantities: &mut [Quantity]) {
    let Some(tenants) = quantities.iter().find(|quantity| quantity.kind == "tenants").cloned() else {
        return;
    };
    let each = quantities.iter_mut().find(|quantity| {
        quantity.kind == "count"
            && quantity.statement == tenants.statement
            && quantity.qualifier.as_deref().is_some_and(|noun| {
                let noun = noun.strip_suffix(" each");
                noun.is_some_and(|noun| GENERAL.contains(&noun) || crate::names::is_person(noun))
            })
    });
    if let Some(each) = each {
        "users".clone_into(&mut each.kind);
        each.value *= tenants.value;
        each.qualifier = None;
    }
}

/// Where no statement counts users, those of the people who act are the users: "34 volunteers", "75 singers".
pub(crate) fn people(requirements: &mut Requirements) {
    if requirements.quantities.iter().any(|quantity| matches!(quantity.kind.as_str(), "users" | "dau")) {
        return;
    }
    let Requirements { actors, quantities, .. } = requirements;
    of_tenants(quantities);
    for quantity in quantities.iter_mut().filter(|quantity| quantity.kind == "count") {
        let acts = quantity.qualifier.as_deref().is_some_and(|noun| {
            actors
                .iter()
                .any(|actor| actor.kind == ActorKind::Human && actor.name.rsplit(' ').next() == Some(noun))
        });
        if acts {
            "users".clone_into(&mut quantity.kind);
        }
    }
}

impl Reading<'_> {
    /// A number before something that is counted.
    pub(crate) fn counted(&self) -> Option<Quantity> {
        let value = self.value;
        // "RPO 0", "an RPO of zero"; other numbers without a unit are none of time, and nothing counts zero things.
        if value == 0.0 {
            let near = self.before.iter().rev().take(2);
            let kind = near.copied().find(|word| matches!(*word, "rpo" | "rto"))?;
            return Some(self.quantity(kind, 0.0, "seconds"));
        }
        // "a team of eight", "two teams of six developers"
        if let [.., "team" | "squad", "of"] = self.before.as_slice() {
            let several = self.words[..self.amount.start]
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|word| word.lower.ends_with('s'));
            let quantity = self.quantity("team", value, "count");
            return Some(if several { qualified(quantity, "each") } else { quantity });
        }
        // "45 engineers in five teams": teams of a league are others.
        if self.after.first().is_some_and(|word| matches!(*word, "team" | "squad")) && self.is_built() {
            return Some(qualified(self.quantity("team", value, "count"), "teams"));
        }
        // "200,000 customers, 25,000 of them on a normal day".
        let ahead: Vec<&str> =
            self.words.iter().skip(self.amount.end).take(9).map(|word| word.lemma).collect();
        if let ["of", "them" | "they" | "these" | "those" | "which" | "whom" | "who", rest @ ..] =
            ahead.as_slice()
            && on_a_day(rest)
        {
            return Some(self.quantity("dau", value, "count"));
        }
        if self.builds_it() || self.is_the_team() {
            return Some(self.quantity("team", value, "count"));
        }
        // "There are 38 of us".
        if let ["of", "us" | "we", ..] = self.after.as_slice()
            && self.before.iter().any(|word| knowledge::holds(knowledge::BE, word))
        {
            return Some(self.quantity("users", value, "count"));
        }
        if let Some(noun) = self.counted_before() {
            return Some(match known(noun) {
                Some(kind) => self.known(kind, noun.lemma, &[]),
                None => self.of("count", value, "count", noun.lemma),
            });
        }
        // "70 km/h", "bags of 25 kg": what is measured is not counted, however often.
        if let Some(unit) = self.words.get(self.amount.end).filter(|unit| is_beside(unit.lower, "physical")) {
            return Some(self.of("count", value, "count", unit.lower));
        }
        if let Some((noun, seconds)) = self.coming() {
            return Some(self.of("writes", value / seconds, "per second", &noun));
        }
        // "3,000 requests per second": a noun within the next words that the table knows, and of the same phrase.
        let next = self.words.get(self.amount.end..self.piece.end).unwrap_or_default();
        let reach = next.iter().take(4).take_while(|word| !opens_another(word));
        let reach = reach.enumerate().find_map(|(at, word)| known(word).map(|kind| (at, kind)));
        if let Some((at, kind)) = reach {
            // Of nouns in a row the last says what is counted: paste reads are reads.
            let (at, kind) = match next.get(at + 1).and_then(known) {
                // What stands before "per" is counted, whatever it is elsewhere.
                Some(last) if self.is_noun(at + 1) || self.after.get(at + 2) == Some(&"per") => {
                    (at + 1, last)
                }
                _ => (at, kind),
            };
            let rest = self.after.get(at + 1..).unwrap_or_default();
            // "400 seed requests a year": records of a kind, and no calls of a machine.
            let kept = at > 0
                && next[at].lemma == "request"
                && next[at - 1].tag == Tag::Noun
                && !["requests", "lines"].iter().any(|how| is_beside(next[at - 1].lemma, how));
            if kept && let Some(seconds) = period(rest).filter(|seconds| *seconds >= 86_400.0) {
                let noun = format!("{} {}", next[at - 1].lemma, next[at].lemma);
                return Some(self.of("writes", value / seconds, "per second", &noun));
            }
            return Some(self.known(kind, next[at].lemma, rest));
        }
        let next = self.words.get(self.amount.end)?;
        let after_adjective = self
            .words
            .get(self.amount.end + 1)
            .filter(|word| word.tag == Tag::Noun && next.tag == Tag::Adjective);
        // "450 race days a year" are no records.
        let of_time = self
            .after
            .iter()
            .take(3)
            .take_while(|word| !opens_period(word))
            .any(|word| crate::numbers::unit(crate::numbers::TIMES, word).is_some());
        if let Some(seconds) = period(&self.after).filter(|_| !of_time)
            && let Some(noun) = after_adjective.or(Some(next).filter(|next| next.tag == Tag::Noun))
        {
            return Some(self.by_period(noun, seconds));
        }
        // A number before any other noun counts it; a bare number, and a year, mean nothing.
        let noun = Some(next)
            .filter(|word| word.tag == Tag::Noun && word.lower.chars().all(char::is_alphabetic))
            .or(after_adjective)?;
        let first = &self.words[self.amount.start];
        let year = (1900.0..2100.0).contains(&value)
            && value.fract() == 0.0
            && first.tag == Tag::Number
            && first.lower.len() == 4;
        if comes_on_a_day(&self.before) && !crate::names::is_person(noun.lemma) {
            return Some(self.of("writes", value / 86_400.0, "per second", noun.lemma));
        }
        (!year).then(|| self.of_others(noun))
    }

    /// So many of a noun that the table does not know: "30,000 residents look at the map at peak" are users, which is said
    /// here since the qualifier leaves no room for who they are. "Two cooks at peak" are as many as work there.
    fn of_others(&self, noun: &Word) -> Quantity {
        let counted = self.of("count", self.value, "count", noun.lemma);
        // "400 editors; 2,000 requests at the peak": the peak of what stands right before it.
        let behind = self.words.get(self.amount.end..self.piece.end).unwrap_or_default();
        let near = behind.iter().take_while(|word| word.tag != Tag::Number).any(|word| word.lemma == "peak");
        let peak = near
            && self.value >= MANY
            && counted.qualifier.as_deref() == Some("peak")
            && crate::names::is_person(noun.lemma);
        if peak { self.quantity("users", self.value, "count") } else { counted }
    }

    /// So many of a noun in a time. Things that are counted by the period come into being: "550 appointments a day", "400 new
    /// matters a year"; people come, and do not: "120,000 readers a day", "4 million daily actives".
    fn by_period(&self, noun: &Word, seconds: f64) -> Quantity {
        let people = crate::names::is_person(noun.lemma) || matches!(noun.lower, "active" | "actives");
        if matches!(seconds, 86_400.0) && people {
            return self.quantity("dau", self.value, "count");
        }
        self.of("writes", self.value / seconds, "per second", noun.lemma)
    }

    /// "18,000 trucks enter on a normal day", "90 parcels are handed in an hour": what comes, and in which time so many of
    /// it do. People come as well, and are users; what devices do is none of this.
    fn coming(&self) -> Option<(String, f64)> {
        let words = self.words.get(self.amount.end..self.piece.end)?;
        let plain = |word: &Word| matches!(word.tag, Tag::Adjective | Tag::Noun);
        let length = words.iter().take_while(|word| plain(word)).count();
        let noun = words[..length].last().filter(|word| word.tag == Tag::Noun)?;
        let kind = known(noun);
        if crate::names::is_person(noun.lemma) || !matches!(kind, None | Some("writes" | "devices")) {
            return None;
        }
        let joins = |word: &&Word| matches!(word.tag, Tag::Auxiliary | Tag::Adverb | Tag::Modal);
        let rest: Vec<&str> = words[length..].iter().take(6).map(|word| word.lemma).collect();
        // "1.2 million passings on a normal day".
        if kind.is_none() && matches!(rest.first(), Some(&"on")) && on_a_day(&rest) && is_usual(&rest) {
            return Some((noun.lemma.to_string(), DAY));
        }
        let passive = words[length..].iter().take_while(joins).any(|word| word.is_a(knowledge::BE));
        let verb = length + words[length..].iter().take_while(joins).count();
        let class = crate::lemma::class(words.get(verb)?.lemma);
        // What is only read or is so was there before.
        let made = passive && !matches!(class, Some(VerbClass::Read | VerbClass::State | VerbClass::Notify));
        let comes = is_beside(words[verb].lemma, "coming");
        if !words[verb].is_verb() || !(comes || made) {
            return None;
        }
        let rest: Vec<&str> = words[verb + 1..].iter().take(6).map(|word| word.lemma).collect();
        let seconds =
            if on_a_day(&rest) { DAY } else { period(&rest).filter(|_| kind != Some("devices"))? };
        Some((noun.lemma.to_string(), seconds))
    }

    /// What stands before the number and is counted by it: "the users are about 150", "Customers (8 lakh)", "Users: 40".
    /// Only people and what the table knows: "Step: 3" counts nothing. In brackets, several things that begin a line are
    /// counted as well: "Restaurants (4,200)".
    fn counted_before(&self) -> Option<&Word<'_>> {
        let about = |word: &&Word| {
            matches!(word.lemma, "about" | "around" | "roughly" | "approximately" | "some" | "~")
        };
        let before = self.words[..self.amount.start].iter().rev().take(self.before.len());
        let mut before = before.filter(|word| !word.is_emphasis()).skip_while(about);
        let (link, noun) = (before.next()?.lemma, before.next()?);
        let ends = self.after.first().is_none_or(|word| !word.starts_with(char::is_alphabetic));
        let bracketed = link == "(" && self.after.first() == Some(&")");
        let several =
            noun.tag == Tag::Noun && noun.lower != noun.lemma && before.all(|word| word.tag == Tag::Noun);
        let counts = known(noun) == Some("users");
        let of_people = (bracketed || ends && (knowledge::holds(knowledge::BE, link) || link == ":"))
            && (counts || crate::names::is_person(noun.lemma));
        (of_people || bracketed && several).then_some(noun)
    }

    /// Whether the word at a place after the amount is a noun.
    fn is_noun(&self, at: usize) -> bool {
        self.words.get(self.amount.end + at).is_some_and(|word| word.tag == Tag::Noun)
    }

    /// A number of things of a known kind; `rest` are the words after the noun.
    fn known(&self, kind: &str, noun: &str, rest: &[&str]) -> Quantity {
        let value = self.value;
        let at_once = self.at_once();
        match (kind, period(rest)) {
            // "The interface is limited to 60 requests per minute and key": what one caller may send.
            ("requests", Some(seconds))
                if self.around(&["limit", "limited", "throttle", "quota"])
                    || matches!(
                        rest,
                        [_, _, "and" | "per", "key" | "user" | "client" | "ip" | "account" | "caller", ..]
                    ) =>
            {
                qualified(self.quantity("count", value / seconds, "per second"), "limit")
            }
            // Whatever else is said of the number, such as that it is an average.
            ("users", None) if self.ends_with_each() => {
                qualified(self.quantity("count", value, "count"), &format!("{noun} each"))
            }
            ("users" | "devices" | "tenants", None) if self.is_for_each() => {
                self.of("count", value, "count", &format!("{noun} each"))
            }
            ("users" | "devices", _) if at_once => self.quantity("concurrent", value, "count"),
            ("users", None) if let Some(seconds) = arriving(rest) => {
                qualified(self.quantity("count", value, "count"), &format!("{ARRIVALS} {seconds} seconds"))
            }
            ("users", Some(86_400.0)) => self.quantity("dau", value, "count"),
            ("users", _) if self.around(&["daily", "dau"]) || on_a_day(rest) || self.on_a_usual_day() => {
                self.quantity("dau", value, "count")
            }
            // "600 learners per term": all that there are at a time.
            ("users", None)
                if matches!(
                    rest,
                    ["per" | "each" | "a", "term" | "semester" | "season" | "trimester", ..]
                ) =>
            {
                self.known(kind, noun, &[])
            }
            // "40 users each", "40 users per tenant": not all that there are.
            ("users" | "devices", None) if matches!(rest, ["each", ..] | ["per" | "for", _, ..]) => {
                self.of("count", value, "count", noun)
            }
            // "On up to five devices", "between two users": what one of them may have.
            ("devices", None) if value <= 20.0 && self.around(&["up", "most", "max"]) => {
                self.of("count", value, "count", noun)
            }
            ("users", None) if value <= 20.0 && self.around(&["between"]) => {
                self.of("count", value, "count", noun)
            }
            // "600 learners, 45 teachers": which people these are tells the groups from each other.
            ("users", _) if crate::names::is_person(noun) && !GENERAL.contains(&noun) => {
                self.of(kind, value, "count", noun)
            }
            ("users" | "devices" | "tenants" | "team", _) => self.quantity(kind, value, "count"),
            // Searches are a load of their own beside the other requests.
            (_, Some(seconds)) if noun == "search" => self.of(kind, value / seconds, "per second", noun),
            // "3,000 orders a day": which records come into being.
            ("writes", Some(seconds)) => self.of(kind, value / seconds, "per second", noun),
            ("writes", None) if comes_on_a_day(&self.before) || on_a_day(rest) => {
                self.of(kind, value / DAY, "per second", noun)
            }
            (_, Some(seconds)) => self.quantity(kind, value / seconds, "per second"),
            _ if self.around(&["daily"]) => self.quantity(kind, value / 86_400.0, "per second"),
            _ => self.of("count", value, "count", noun),
        }
    }

    /// Whether so many are there at the same time.
    fn at_once(&self) -> bool {
        let at_once =
            ["concurrent", "simultaneous", "concurrently", "simultaneously", "parallel", "once", "connect"];
        let own = &self.words[self.amount.end.min(self.words.len())..self.piece.end];
        self.around(&at_once) || own.windows(2).any(|pair| pair[0].is("same") && pair[1].is("time"))
    }

    /// "Normal day: 20,000 visitors".
    fn on_a_usual_day(&self) -> bool {
        self.before.windows(2).any(|pair| USUAL.contains(&pair[0]) && pair[1] == "day")
    }

    /// "A heat has between 2 and 24 riders", "each class has 30 pupils": how many there are for one of something.
    fn is_for_each(&self) -> bool {
        // How far the verb may be from the number: "has at least 2 and at most 24".
        const NEAR: usize = 8;
        let before = &self.words[self.amount.start.saturating_sub(NEAR)..self.amount.start];
        let has = before.iter().rposition(|word| matches!(word.lemma, "have" | "has" | "hold" | "take"));
        has.is_some_and(|at| {
            let opens = |word: &Word| matches!(word.lower, "a" | "an" | "each" | "every");
            before[at.saturating_sub(4)..at].iter().any(opens)
        })
    }

    /// "The team is four people, two of them know Java": nobody who uses the system. A team of a league has players.
    fn is_the_team(&self) -> bool {
        let told = match self.before.as_slice() {
            [.., "the" | "our", "team", verb] | [.., "the" | "our", "team", verb, _] => *verb,
            _ => return false,
        };
        matches!(self.after.first(), Some(&("people" | "person")))
            && (knowledge::holds(knowledge::BE, told)
                || matches!(told, "have" | "count" | "number" | "consist" | "comprise"))
    }

    /// "350 tenants with 45 clerks and 200 clients each": one of two numbers that are both for each.
    fn ends_with_each(&self) -> bool {
        // How many words the other number has.
        const FAR: usize = 9;
        let rest = self.words.get(self.amount.end..).unwrap_or_default();
        let joined = |word: &&Word| {
            matches!(word.tag, Tag::Noun | Tag::Adjective | Tag::Number) || word.is("and") || word.is("about")
        };
        let each = rest.iter().take_while(joined).count();
        each < FAR
            && rest.get(each).is_some_and(|word| word.is("each"))
            && rest[..each].iter().any(|word| word.is("and"))
    }

    /// "Three of us will spend four months on it", "two volunteers will look after it", "seven people, €180,000": people who
    /// are there to build the system.
    fn builds_it(&self) -> bool {
        let next = self.words.get(self.amount.end);
        let us = matches!(self.after.as_slice(), ["of", "us" | "we", ..]);
        let people = next.is_some_and(|word| {
            word.tag == Tag::Noun
                && (matches!(word.lemma, "person" | "people") || crate::names::is_person(word.lemma))
        });
        let looks = self.told().windows(3).any(|three| {
            three[0].lemma == "look" && three[1].is("after") && matches!(three[2].lower, "it" | "by")
        });
        let spends = self.told().iter().any(|word| {
            word.is_verb()
                && matches!(word.lemma, "build" | "develop" | "maintain" | "spend" | "program" | "code")
        });
        let works = self.told().windows(3).any(|three| {
            three[0].lemma == "work" && three[1].is("on") && matches!(three[2].lower, "it" | "this")
        });
        let programs = self.told().windows(2).any(|two| {
            matches!(two[0].lemma, "build" | "develop" | "program" | "code" | "write") && two[1].is("it")
        });
        let few = people && self.value <= FEW;
        (us || people) && (looks || programs || works)
            || us && spends
            || few && self.beside_money_or_time(&[])
    }
}

/// Words for people of any kind.
const GENERAL: [&str; 5] = ["user", "person", "people", "visitor", "guest"];

/// How a number of people is qualified who arrive in so many seconds.
const ARRIVALS: &str = "arrivals within";

/// In how many seconds so many people arrive, where that is what a quantity says.
pub fn arrivals(quantity: &Quantity) -> Option<f64> {
    let rest = quantity.qualifier.as_deref()?.strip_prefix(ARRIVALS)?;
    rest.trim().strip_suffix(" seconds")?.parse().ok().filter(|seconds: &f64| *seconds > 0.0)
}

/// The longest time in which people who come are said to arrive, in seconds.
const LONGEST_RUSH: f64 = 3600.0;

/// "200,000 people within one minute", "5,000 fans in the first ten seconds": in how many seconds so many arrive.
fn arriving(rest: &[&str]) -> Option<f64> {
    let rest = match rest {
        ["arrive" | "come" | "appear" | "join", rest @ ..] => rest,
        _ => rest,
    };
    let ["within" | "in", rest @ ..] = rest else { return None };
    let rest = match rest {
        ["the", "first", rest @ ..] | ["the" | "a" | "an", rest @ ..] => rest,
        _ => rest,
    };
    let (value, rest) = match rest {
        [number, rest @ ..] if let Some(value) = few(number) => (value, rest),
        _ => (1.0, rest),
    };
    let factor = match *rest.first()? {
        "second" => 1.0,
        "minute" => 60.0,
        "hour" => 3600.0,
        _ => return None,
    };
    Some(value * factor).filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST_RUSH)
}

/// A small number as it is written.
fn few(word: &str) -> Option<f64> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let named = WORDS.iter().position(|known| *known == word).map(|at| (at + 1) as f64);
    named.or_else(|| word.parse().ok())
}

/// The most people who are taken for those that build a system because money or time stands beside them.
const FEW: f64 = 50.0;

/// Whether a word begins another phrase than that of the number before it.
fn opens_another(word: &Word) -> bool {
    matches!(
        word.tag,
        Tag::Determiner | Tag::Pronoun | Tag::Comma | Tag::Subordinator | Tag::Conjunction | Tag::Modal
    ) || word.tag == Tag::Preposition && !word.is("of")
}
