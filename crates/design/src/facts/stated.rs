//! What the text says in numbers and names.

use super::Facts;
use crate::capacity::grouped;
use crate::kept::{self, kept, records};
use crate::naming::{self, contains_words};
use crate::spoken::Spoken;
use knowledge::{SIGNALS, SLOTS, STATED, TECHNOLOGIES};
use requirements::{ActorKind, Analysis, Evidence, Quantity, Reason, add_reason};

/// A time from which on it is nothing that a caller waits for, in seconds: "a notice goes out within 30 minutes".
const LONGEST_ANSWER: f64 = 60.0;

impl Facts {
    /// Takes over what the text states.
    pub(super) fn read(&mut self, analysis: &Analysis) {
        for signal in &analysis.requirements.signals {
            self.hear(&signal.id, &signal.evidence);
        }
        let paid = crate::database::paid_online(analysis);
        if !paid.is_empty() {
            self.hear("paid-online", &paid);
        }
        for constraint in &analysis.requirements.constraints {
            let known = self.values.prescribed.contains(&constraint.value);
            if constraint.kind.starts_with("forbidden-") {
                self.values.denied.extend(option(&constraint.value));
            }
            let asked =
                !constraint.kind.starts_with("forbidden-") && !constraint.kind.starts_with("existing-");
            if asked && !known {
                self.values.prescribed.push(constraint.value.clone());
            }
        }
        let spoken = Spoken::new(analysis);
        for quantity in &analysis.requirements.quantities {
            let of_all = match quantity.kind.as_str() {
                "retention" => keeps_all(analysis, &spoken, quantity),
                "latency" => slow(analysis, quantity).is_none(),
                _ => true,
            };
            if of_all {
                self.quantity(analysis, quantity);
            }
        }
        self.read_groups(analysis);
        self.read_arrivals(analysis);
        self.read_stock(analysis);
        self.read_staff(analysis);
        self.read_files(analysis, &spoken);
        self.read_share(analysis);
        self.counts(analysis);
    }

    /// "600 learners, 45 teachers": several sorts of people who use it are all that use it.
    fn read_groups(&mut self, analysis: &Analysis) {
        let Some(at) = knowledge::fact("users.known").filter(|at| self.values.known(*at).is_some()) else {
            return;
        };
        let mut groups: Vec<(&str, &Quantity)> = Vec::new();
        for quantity in analysis.requirements.quantities.iter().filter(|quantity| {
            quantity.kind == "users"
                && quantity.value.fract() == 0.0
                && matches!(quantity.comparator.as_str(), "=" | "~")
        }) {
            let Some(noun) = quantity.qualifier.as_deref().filter(|noun| requirements::is_person(noun))
            else {
                continue;
            };
            let said = text(analysis, &quantity.statement);
            // "60 members, 12 of whom are wardens": these were counted before.
            if knowledge::storage_words("part-of-people").iter().any(|word| contains_words(&said, word)) {
                continue;
            }
            match groups.iter_mut().find(|(known, _)| *known == noun) {
                Some((_, known)) if known.value < quantity.value => *known = quantity,
                Some(_) => {}
                None => groups.push((noun, quantity)),
            }
        }
        let sum: f64 = groups.iter().map(|(_, quantity)| quantity.value).sum();
        let is_sum = |(_, one): &(&str, &Quantity)| (sum - 2.0 * one.value).abs() < 0.5;
        if groups.len() < 2
            || self.values.known(at).is_some_and(|known| known >= sum)
            || groups.len() > 2 && groups.iter().any(is_sum)
        {
            return;
        }
        self.values.give(at, sum);
        self.stated.retain(|(known, _)| *known != at);
        self.stated.extend(groups.iter().map(|(_, quantity)| (at, quantity.id.clone())));
        let evidence = groups.iter().flat_map(|(_, quantity)| Reason::alone(&quantity.statement));
        let mut once = Evidence::new();
        evidence.for_each(|reason| add_reason(&mut once, reason));
        self.explain(at, once);
    }

    /// "200,000 people within one minute": how fast they arrive, and that they are there at once.
    fn read_arrivals(&mut self, analysis: &Analysis) {
        let ends = (knowledge::fact("arrivals.peak"), knowledge::fact("users.concurrent"));
        let (Some(rate), Some(people)) = ends else { return };
        for quantity in &analysis.requirements.quantities {
            let Some(seconds) = requirements::arrivals(quantity) else { continue };
            for (at, value) in [(rate, quantity.value / seconds), (people, quantity.value)] {
                if self.values.known(at).is_none_or(|known| known < value) {
                    self.state(at, value, quantity);
                }
            }
        }
    }

    /// "60,000 photos of 5 MB": files that are counted beside a size.
    fn read_stock(&mut self, analysis: &Analysis) {
        let Some(at) = knowledge::fact("files.count") else { return };
        let words = knowledge::storage_words("file-records");
        let quantities = &analysis.requirements.quantities;
        for quantity in quantities.iter().filter(|quantity| {
            quantity.kind == "count" && quantity.unit == "count" && quantity.comparator != "<="
        }) {
            let files = quantity.qualifier.as_deref().is_some_and(|noun| words.contains(&noun));
            let sized = quantities.iter().any(|other| {
                other.statement == quantity.statement && matches!(other.kind.as_str(), "payload" | "storage")
            });
            if files && sized && self.values.known(at).is_none_or(|known| known < quantity.value) {
                self.state(at, quantity.value, quantity);
            }
        }
    }

    /// The fact that a size states in the place of another, where it is one of files: what is larger than a megabyte is a
    /// file, and no row is as large.
    fn of_files(&self, analysis: &Analysis, quantity: &Quantity, fact: &'static str) -> &'static str {
        let files = SIGNALS.iter().position(|row| row.id == "files");
        let files = files.is_some_and(|at| self.values.signals.get(at).copied().unwrap_or_default());
        match fact {
            "payload.bytes" if files || quantity.value > 1e6 => match quantity.comparator.as_str() {
                "<=" => "file.most",
                _ => "file.bytes",
            },
            "storage.stated" if files => {
                let said = text(analysis, &quantity.statement);
                let named =
                    knowledge::storage_words("file-records").iter().any(|word| naming::names(&said, word));
                if named { "storage.files" } else { fact }
            }
            _ => fact,
        }
    }

    /// Whether those who are counted work for the organisation: "24 staff", or as many as the people counted beside them.
    fn read_staff(&mut self, analysis: &Analysis) {
        let known = knowledge::fact("users.known");
        let mut stated = self.stated.iter().filter(|(at, _)| Some(*at) == known);
        // Of several sorts of people not all need be employed.
        let (Some((_, id)), None) = (stated.next(), stated.next()) else { return };
        let quantities = &analysis.requirements.quantities;
        let Some(users) = quantities.iter().find(|quantity| quantity.id == *id) else { return };
        let number = grouped(users.value);
        let said = text(analysis, &users.statement);
        let named = knowledge::storage_words("employed").iter().any(|word| {
            contains_words(&said, &format!("{number} {word}"))
                || contains_words(&said, &format!("{} {word}", users.value))
        });
        let people = |quantity: &&Quantity| {
            let noun = quantity.qualifier.as_deref().unwrap_or_default();
            quantity.kind == "users" || quantity.kind == "count" && requirements::is_person(noun)
        };
        // "Six vets, nine nurses and two at the desk look after the animals of 3,200 owners": the first of them add up.
        let adds_up = quantities.iter().enumerate().any(|(at, first)| {
            let mut sum = 0.0;
            let same = |other: &&Quantity| other.statement == first.statement && other.id != users.id;
            let mut beside = quantities[at..].iter().filter(same).filter(people);
            beside.by_ref().any(|quantity| {
                sum += quantity.value;
                sum > quantity.value && (sum - users.value).abs() < 0.5
            })
        });
        if named || adds_up {
            self.hear("staff", &Reason::alone(&users.statement));
        }
    }

    /// How long files are kept, where what is said of a length of keeping names them or all that there is.
    fn read_files(&mut self, analysis: &Analysis, spoken: &Spoken) {
        let Some(at) = knowledge::fact("files.kept") else { return };
        let of_files = knowledge::storage_words("file-records");
        let whole = knowledge::storage_words("kept-as-a-whole");
        for (quantity, text, _) in kept(analysis) {
            // "Draft records are deleted after 90 days" says nothing of others.
            let all =
                || whole.iter().any(|word| naming::names(&text, word)) && records(spoken, &text).is_empty();
            let named = of_files.iter().any(|word| naming::names(&text, word)) || all();
            if named && self.values.known(at).is_none_or(|known| known < quantity.value) {
                self.state(at, quantity.value, quantity);
            }
        }
    }

    fn hear(&mut self, signal: &str, evidence: &Evidence) {
        if let Some(at) = SIGNALS.iter().position(|row| row.id == signal) {
            self.values.signals[at] = true;
            self.signals[at].clone_from(evidence);
        }
    }

    fn quantity(&mut self, analysis: &Analysis, quantity: &Quantity) {
        let qualifier = quantity.qualifier.as_deref().unwrap_or_default();
        let fits = |row: &&knowledge::StatedRow| {
            row.kind == quantity.kind && (row.qualifier.is_empty() || row.qualifier == qualifier)
        };
        let Some((row, mut at)) =
            STATED.iter().find(fits).and_then(|row| knowledge::fact(row.fact).map(|at| (row, at)))
        else {
            return;
        };
        let fact = self.of_files(analysis, quantity, row.fact);
        if fact != row.fact {
            at = knowledge::fact(fact).unwrap_or(at);
        }
        // "400 seed requests a year" are not all that is written.
        if row.fact == "writes.average" && !matches!(qualifier, "" | "average") {
            at = knowledge::fact("records.average").unwrap_or(at);
        }
        // A quantity in another unit means another thing: opening hours are no share of the time.
        let expected = knowledge::FACTS.get(at).map_or("", |fact| fact.unit);
        let rate = dollars(quantity);
        let alike = match expected {
            "USD" => rate.is_some(),
            "seconds" | "bytes" | "per second" | "ratio" => quantity.unit == expected,
            _ => quantity.unit == "count",
        };
        if quantity.value <= 0.0
            || !alike
            || row.fact == "latency.target" && quantity.value >= LONGEST_ANSWER
            || row.fact == "payload.bytes"
                && fact != "file.most"
                && !matches!(quantity.comparator.as_str(), "=" | "~")
        {
            return;
        }
        // "Two teams of six developers": the teams stand before.
        let teams = if row.fact == "team.engineers" && qualifier == "each" {
            self.number("teams").max(1.0)
        } else {
            1.0
        };
        let value = quantity.value * teams * rate.unwrap_or(1.0);
        // The largest figure sizes the system; for targets that is the strictest.
        let better = self
            .values
            .known(at)
            .is_none_or(|known| if row.smallest { value < known } else { value > known });
        if better {
            self.state(at, value, quantity);
            if row.fact == "latency.target"
                && let Some((at, share)) = knowledge::fact("latency.percentile").zip(percentile(qualifier))
            {
                self.state(at, share, quantity);
            }
        }
    }

    /// Gives a fact the value that a quantity states, in place of what was stated before.
    fn state(&mut self, at: usize, value: f64, quantity: &Quantity) {
        self.values.give(at, value);
        self.explain(at, Reason::alone(&quantity.statement));
        self.stated.retain(|(known, _)| *known != at);
        self.stated.push((at, quantity.id.clone()));
    }

    /// "10:1 read to write ratio": two bare counts in one statement, the first of them qualified by what it counts.
    fn read_share(&mut self, analysis: &Analysis) {
        let Some(at) = knowledge::fact("read.share") else { return };
        for pair in analysis.requirements.quantities.windows(2) {
            let [one, two] = pair else { continue };
            let bare = |quantity: &Quantity| quantity.kind == "count" && quantity.unit == "count";
            if one.statement != two.statement || !bare(one) || !bare(two) || one.qualifier != two.qualifier {
                continue;
            }
            let reads = match one.qualifier.as_deref() {
                Some("read") => one.value / two.value,
                Some("write") => two.value / one.value,
                _ => continue,
            };
            if reads.is_finite() && reads > 0.0 {
                self.values.give(at, reads / (1.0 + reads));
                self.explain(at, Reason::alone(&one.statement));
                self.stated.push((at, one.id.clone()));
                return;
            }
        }
    }

    /// What is counted of the model.
    fn counts(&mut self, analysis: &Analysis) {
        let first = |evidence: &Evidence| evidence.first().cloned();
        let model = &analysis.model;
        let people = || analysis.requirements.actors.iter().filter(|actor| actor.kind == ActorKind::Human);
        let counted: [(&str, Evidence); 4] = [
            ("entities.count", model.entities.iter().filter_map(|entity| first(&entity.evidence)).collect()),
            ("relations.count", model.relations.iter().filter_map(|link| first(&link.evidence)).collect()),
            (
                "lifecycles.count",
                model.lifecycles.iter().filter_map(|cycle| first(&cycle.evidence)).collect(),
            ),
            ("roles.count", people().filter_map(|actor| first(&actor.evidence)).collect()),
        ];
        for (id, mut evidence) in counted {
            let Some(at) = knowledge::fact(id) else { continue };
            self.values.give(at, evidence.len() as f64);
            evidence.dedup();
            self.explain(at, evidence);
        }
    }
}

/// The share of requests that a percentile speaks of: 0.95 for "p95".
fn percentile(qualifier: &str) -> Option<f64> {
    let digits = qualifier.strip_prefix('p').filter(|digits| digits.len() >= 2)?;
    format!("0.{digits}").parse().ok()
}

/// What one of the currency of an amount is worth in US dollars, in which prices are.
fn dollars(quantity: &Quantity) -> Option<f64> {
    let code = quantity.currency.as_deref()?;
    knowledge::CURRENCIES.iter().find(|row| row.code == code).map(|row| row.dollars)
}

/// An amount of US dollars, beside the stated one that it comes from where that is in another currency.
pub(crate) fn money(analysis: &Analysis, value: f64) -> String {
    said(analysis, value).unwrap_or_else(|| format!("{} USD", cents(value)))
}

/// The amount in another currency that one of US dollars comes from, with the rate.
pub(crate) fn said(analysis: &Analysis, value: f64) -> Option<String> {
    let mut quantities = analysis.requirements.quantities.iter();
    quantities.find_map(|quantity| {
        let (amount, rate) = foreign(quantity)?;
        let same = (quantity.value * rate - value).abs() < 0.01;
        same.then(|| format!("{amount}, some {} USD at {rate} of {}", cents(value), knowledge::RATES_OF))
    })
}

fn cents(value: f64) -> String {
    grouped((value * 100.0).round() / 100.0)
}

/// An amount in another currency than US dollars, with what one of it is worth in them.
pub(crate) fn foreign(quantity: &Quantity) -> Option<(String, f64)> {
    let rate = dollars(quantity).filter(|rate| (rate - 1.0).abs() > f64::EPSILON)?;
    Some((format!("{} {}", cents(quantity.value), quantity.currency.as_deref()?), rate))
}

/// Whether a length of keeping is that of all records: "positions are kept for 30 days" says nothing of orders, and what
/// is said of one sort of record stands with its table.
fn keeps_all(analysis: &Analysis, spoken: &Spoken, quantity: &Quantity) -> bool {
    let whole = knowledge::storage_words("kept-as-a-whole");
    kept::said(analysis, quantity).is_some_and(|(text, _)| {
        whole.iter().any(|word| contains_words(&text, word)) && records(spoken, &text).is_empty()
    })
}

/// The operation that a latency is said of, where it is one that takes longer than others and than the usual target: "a
/// search within 2 seconds" says nothing of the rest.
pub(crate) fn slow(analysis: &Analysis, quantity: &Quantity) -> Option<&'static str> {
    let usual = knowledge::number("latency.target")?.value;
    if quantity.unit != "seconds" || quantity.value <= usual {
        return None;
    }
    let text = analysis.requirements.statement(&quantity.statement)?.text.to_lowercase();
    let within = |part: &&str| ["second", "ms"].iter().any(|unit| part.contains(unit));
    let parts = text.split([';', ',']).filter(within);
    let words = knowledge::storage_words("slow-operations");
    let named = |part: &str| words.iter().copied().find(|word| contains_words(part, word));
    // Where several parts have a time, which is meant cannot be told unless each is of such an operation.
    let all: Vec<_> = parts.map(named).collect();
    if all.iter().any(Option::is_none) { None } else { all.into_iter().flatten().next() }
}

/// The text of a statement, in lower case.
fn text(analysis: &Analysis, id: &str) -> String {
    analysis.requirements.statement(id).map_or_else(String::new, |statement| statement.text.to_lowercase())
}

/// The slot and option that a name stands for.
fn option(name: &str) -> Option<(usize, usize)> {
    let row = TECHNOLOGIES.iter().find(|row| !row.slot.is_empty() && row.names.contains(&name))?;
    let slot = SLOTS.iter().position(|slot| slot.id == row.slot)?;
    let option = SLOTS[slot].options.iter().position(|option| option.id == row.option)?;
    Some((slot, option))
}
