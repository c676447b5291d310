//! How many rows each entity has after a year, and how many bytes they take.

use crate::facts::Facts;
use crate::kept::{kept, records};
use crate::model::{Figure, Table};
use crate::naming::{self, contains_words};
use crate::spoken::Spoken;
use knowledge::Gather as _;
use requirements::{Analysis, Entity, Evidence, Many, Quantity, Reason, RelationKind, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// Seconds in a year.
const YEAR: f64 = 31_536_000.0;

/// The least number that counts all of a thing, rather than those that a rule speaks of.
const LEAST_COUNTED: f64 = 10.0;

/// How far parts of parts are followed.
const DEEPEST: usize = 6;

/// Words with which a sentence begins that speaks of any thing of a kind, so that its numbers count no more than those of one.
const ANY: [&str; 9] = ["a", "an", "each", "every", "any", "no", "one", "if", "when"];

/// The id of the figure of an entity: `rows.of.order-item`, `bytes.of.order-item`.
pub fn entity_id(what: &str, entity: &str) -> String {
    format!("{what}.of.{}", slug(entity))
}

/// The id of the figure of a table: that of its entity, or its own, `rows.in.audit-entries`.
pub fn table_id(what: &str, table: &Table) -> String {
    if table.entity.is_empty() {
        format!("{what}.in.{}", slug(&table.name))
    } else {
        entity_id(what, &table.entity)
    }
}

/// Words in lower case with hyphens.
pub(super) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    naming::words(&lower).collect::<Vec<_>>().join("-")
}

/// Where the rows of an entity come from.
#[derive(Debug, Clone)]
enum Source<'a> {
    /// The text says how many come into being in a time.
    Rate(&'a Quantity),
    /// The text, or a fact, tells how fast they come into being: messages are written at the rate of messages.
    Flow(&'static str),
    /// The text counts them.
    Counted(&'a Quantity),
    /// The text counts them for each of another entity, by its place.
    Per(&'a Quantity, usize),
    /// A figure counts them: the people who use it, the tenants.
    Figure(&'static str),
    /// For each of another entity, by its place: the number of this id, or one.
    Part(usize, Option<&'static str>),
    /// An equal share of all rows that are written: so many entities share them.
    Share(usize),
    /// What others refer to and few write.
    Master,
}

/// Whether the last word of a name stands in a list of the table of storage.
fn is_one_of(list: &str, name: &str) -> bool {
    knowledge::storage_words(list).contains(&requirements::head(name))
}

/// What is asked of the text and the model, found once: the cost is linear in both.
struct Ground<'a> {
    analysis: &'a Analysis,
    /// The statements in lower case, by id.
    statements: BTreeMap<&'a str, String>,
    /// The largest rate and the largest count of each noun.
    rates: BTreeMap<&'a str, &'a Quantity>,
    counts: BTreeMap<&'a str, &'a Quantity>,
    /// The places of the entities, by their names in lower case.
    names: BTreeMap<String, usize>,
    /// By the place of an entity: the entities that each of its rows belongs to, and whether there may be several of it.
    wholes: Vec<Vec<(usize, bool)>>,
    /// Whether the rows of an entity are written as things happen, rather than kept up by somebody.
    happening: Vec<bool>,
    /// Whether they stand for themselves, as people and what somebody keeps up do: they come into being with nothing that
    /// happens.
    standing: Vec<bool>,
}

impl<'a> Ground<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let entities = &analysis.model.entities;
        let places: BTreeMap<&str, usize> =
            entities.iter().enumerate().map(|(at, entity)| (entity.name.as_str(), at)).gather();
        let mut wholes = vec![Vec::new(); entities.len()];
        for relation in
            analysis.model.relations.iter().filter(|link| link.kind != RelationKind::Generalization)
        {
            let ends = (places.get(relation.from.as_str()), places.get(relation.to.as_str()));
            let (Some(from), Some(to)) = ends else { continue };
            match (relation.from_max, relation.to_max) {
                _ if from == to => {}
                (Many::Any, Many::One) => wholes[*from].push((*to, true)),
                (Many::One, Many::Any) => wholes[*to].push((*from, true)),
                (Many::One, Many::One) => wholes[*from].push((*to, false)),
                (Many::Any, Many::Any) => {}
            }
        }
        let moved: BTreeSet<&str> =
            analysis.model.lifecycles.iter().map(|lifecycle| lifecycle.entity.as_str()).gather();
        let standing: Vec<bool> = entities
            .iter()
            .map(|entity| {
                let name = entity.name.to_lowercase();
                is_one_of("standing-records", &name)
                    || requirements::referred(&name)
                    || requirements::is_person(&name)
            })
            .collect();
        // What is deleted or kept for its age is no catalogue.
        let spoken = Spoken::new(analysis);
        let aged: BTreeSet<&str> = kept(analysis).flat_map(|(_, text, _)| records(&spoken, &text)).gather();
        let mut happening: Vec<bool> = entities
            .iter()
            .zip(&standing)
            .map(|(entity, stands)| {
                let name = entity.name.to_lowercase();
                requirements::happens(&name)
                    || is_one_of("happening-records", &name)
                    || !stands && moved.union(&aged).any(|known| *known == entity.name)
            })
            .collect();
        if happening.iter().all(|happens| !happens) {
            for ((happens, above), stands) in happening.iter_mut().zip(&wholes).zip(&standing) {
                *happens = !above.is_empty() && !stands;
            }
        }
        let statements = &analysis.requirements.statements;
        let statements = statements.iter().map(|said| (said.id.as_str(), said.text.to_lowercase())).collect();
        let (mut rates, mut counts) = (BTreeMap::new(), BTreeMap::new());
        for quantity in &analysis.requirements.quantities {
            let Some(noun) = quantity.qualifier.as_deref() else { continue };
            // A rate is one of what it counts, unless a word says which of several it is: that of the busiest day, a limit.
            let told = knowledge::STATED.iter().any(|row| row.kind == quantity.kind && row.qualifier == noun);
            let rate = quantity.unit == "per second" && quantity.kind != "count" && !told;
            // What a thing may have at the most is not how many there are.
            let counted = quantity.kind == "count" && quantity.unit == "count" && quantity.comparator != "<=";
            let place = match () {
                () if rate => rates.entry(noun),
                () if counted => counts.entry(noun),
                () => continue,
            };
            let known = place.or_insert(quantity);
            if known.value < quantity.value {
                *known = quantity;
            }
        }
        let names =
            entities.iter().enumerate().map(|(at, entity)| (entity.name.to_lowercase(), at)).collect();
        Self { analysis, statements, rates, counts, names, wholes, happening, standing }
    }

    /// The text of the statement of a quantity, in lower case.
    fn text(&self, quantity: &Quantity) -> &str {
        self.statements.get(quantity.statement.as_str()).map_or("", String::as_str)
    }

    /// The entity for each of which a quantity is said: "8 photos per inspection".
    fn whole(&self, quantity: &Quantity, part: usize) -> Option<usize> {
        let text = self.text(quantity);
        ["per ", "for each ", "for every "].iter().find_map(|each| {
            let (_, rest) = text.split_once(each)?;
            let word = |c: char| c.is_alphanumeric() || c == '-' || c == ' ';
            let words: Vec<&str> = rest.split(|c| !word(c)).next()?.split(' ').take(3).collect();
            (1..=words.len())
                .rev()
                .find_map(|most| self.names.get(&words[..most].join(" ")).copied())
                .filter(|at| *at != part)
        })
    }

    /// The figure that a fact is, where the text states it with the name of an entity; a number that a reader sets in its
    /// place is of the same entity.
    fn figure(&self, facts: &Facts, name: &str, id: &'static str) -> Option<Source<'a>> {
        facts.get(id)?;
        let at = knowledge::fact(id)?;
        let kind = knowledge::STATED.iter().find(|row| row.fact == id)?.kind;
        let stated = facts.stated.iter().find(|(fact, _)| *fact == at).map(|(_, quantity)| quantity);
        let mut quantities = self.analysis.requirements.quantities.iter();
        let quantity =
            quantities.find(|known| stated.map_or(known.kind == kind, |stated| known.id == *stated))?;
        // At most two members is a limit, and no count of those who use it.
        if quantity.comparator == "<=" {
            return None;
        }
        let text = self.text(quantity);
        naming::names(text, name).then_some(Source::Figure(id))
    }

    /// Whether the statement of a count counts several sorts of people, and not those of any one thing.
    fn lists_people(&self, count: &Quantity) -> bool {
        let person = |other: &&Quantity| {
            let noun = other.qualifier.as_deref().unwrap_or_default();
            other.statement == count.statement && (other.kind == "users" || requirements::is_person(noun))
        };
        let sorts = self.analysis.requirements.quantities.iter().filter(person).count();
        sorts > 1 && !self.text(count).split(' ').next().is_some_and(|word| ANY.contains(&word))
    }

    /// What the text says of the number of an entity.
    fn said(&self, facts: &Facts, at: usize) -> Option<Source<'a>> {
        let name = self.analysis.model.entities[at].name.to_lowercase();
        let last = requirements::head(&name);
        let of = |among: &BTreeMap<&str, &'a Quantity>| {
            among.get(name.as_str()).or_else(|| among.get(last)).copied()
        };
        if let Some(rate) = of(&self.rates) {
            return Some(Source::Rate(rate));
        }
        // Messages of devices are what these measure.
        let flows = facts.get("messages.average").is_some() && facts.get("devices").is_none();
        let told =
            || is_one_of("flowing-records", &name) && self.figure(facts, &name, "messages.average").is_some();
        if flows && (matches!(name.as_str(), "message" | "chat message") || told()) {
            return Some(Source::Flow("messages.average"));
        }
        // "600 learners, 45 teachers": each sort of people has as many rows as the text counts of it.
        let named = |quantity: &&Quantity| {
            let noun = quantity.qualifier.as_deref().unwrap_or_default();
            quantity.kind == "users" && quantity.comparator != "<=" && (noun == name || noun == last)
        };
        // The number that stands for all users is a fact, which a reader may set.
        let users = knowledge::fact("users.known");
        let groups = || facts.stated.iter().filter(|(fact, _)| Some(*fact) == users);
        let fact = |count: &&Quantity| groups().count() == 1 && groups().any(|(_, id)| *id == count.id);
        let mut quantities = self.analysis.requirements.quantities.iter();
        if let Some(count) = quantities.find(named).filter(|count| !fact(count)) {
            return Some(Source::Counted(count));
        }
        if let Some(count) = of(&self.counts) {
            if let Some(whole) = self.whole(count, at) {
                return Some(Source::Per(count, whole));
            }
            // "Two appointments" in a rule are not all of them; "our four clinics" are, and "six vets and nine nurses".
            let listed = || requirements::is_person(&name) && self.lists_people(count);
            // So are those in brackets behind a heading, "(five houses)".
            let closed = format!("{})", naming::plural(last));
            let text = self.text(count);
            let bracketed = || text.contains('(') && text.contains(&closed);
            if count.value >= LEAST_COUNTED || contains_words(text, "our") || bracketed() || listed() {
                return Some(Source::Counted(count));
            }
        }
        if !requirements::is_person(&name) || name == "tenant" {
            return self.figure(facts, &name, "tenants");
        }
        let any = || {
            let known = if facts.get("users.known").is_some() { "users.known" } else { "users.daily" };
            let general = matches!(name.as_str(), "user" | "member") && facts.get(known).is_some();
            general.then_some(Source::Figure(known))
        };
        self.figure(facts, &name, "users.known")
            .or_else(|| self.figure(facts, &name, "users.daily"))
            .or_else(any)
    }

    /// Where the rows of each entity come from.
    fn sources(&self, facts: &Facts) -> Vec<Source<'a>> {
        let count = self.wholes.len();
        let mut found: Vec<Option<Source>> = (0..count).map(|at| self.said(facts, at)).collect();
        let rated = found.iter().any(|source| matches!(source, Some(Source::Rate(_) | Source::Flow(_))));
        // What binds a person to something comes a few times for each, and not with each thing that is done.
        for at in 0..count {
            let name = self.analysis.model.entities[at].name.to_lowercase();
            let counted = |whole: &&(usize, bool)| {
                let known = matches!(found[whole.0], Some(Source::Counted(_) | Source::Figure(_)));
                known && whole.1 && requirements::is_person(&self.analysis.model.entities[whole.0].name)
            };
            if found[at].is_none()
                && !rated
                && is_one_of("bond-records", &name)
                && let Some((whole, _)) = self.wholes[at].iter().find(counted)
            {
                found[at] = Some(Source::Part(*whole, Some("rows.part")));
            }
        }
        // What happens at a rate that the text leaves open shares what is written; where the text gives a rate, that is
        // what is written, and the rest follows from it.
        let happens = |at: usize| found[at].is_none() && self.happening[at];
        let open: Vec<usize> = (0..count)
            .filter(|at| !rated && happens(*at) && !self.wholes[*at].iter().any(|(whole, _)| happens(*whole)))
            .collect();
        for at in &open {
            found[*at] = Some(Source::Share(open.len()));
        }
        // Parts follow their wholes: first those that happen at a known rate, then any that is known, then what belongs to
        // nothing. What is deeper than the bound stands for itself.
        let flows = |source: &Source| {
            matches!(source, Source::Rate(_) | Source::Flow(_) | Source::Per(..) | Source::Share(_))
        };
        self.follow(&mut found, |_, whole| whole.is_some_and(flows));
        self.follow(&mut found, |_, whole| whole.is_some());
        self.follow(&mut found, |at, whole| whole.is_some() || self.wholes[at].is_empty());
        let mut sources: Vec<Source> =
            found.into_iter().map(|source| source.unwrap_or(Source::Master)).collect();
        // What follows is written as well, so that all of them share what is written.
        let sharing = |at: &usize| matches!(sources[root(&sources, *at)], Source::Share(_));
        let among = (0..count).filter(sharing).count();
        for at in open {
            sources[at] = Source::Share(among);
        }
        sources
    }

    /// Of no kind of people are there more than all that the text counts. "Two accounts" in a rule are not all of them.
    /// Where there is but one kind of those who come to use it, all who come are of it.
    fn bound_people(&self, facts: &Facts, sources: &mut [Source<'a>]) {
        let entities = &self.analysis.model.entities;
        let comes = |at: &usize| is_one_of("coming-people", &entities[*at].name.to_lowercase());
        let mut people = (0..sources.len()).filter(comes);
        let more = |id: &&str| facts.is_set(id) && facts.number(id) > facts.number("rows.master");
        if let (Some(only), None) = (people.next(), people.next())
            && matches!(sources[only], Source::Master)
            && let Some(id) = ["users.known", "users.daily"].into_iter().find(more)
        {
            sources[only] = Source::Figure(id);
        }
        let fewer = LEAST_COUNTED..facts.number("rows.master");
        if !facts.get("users.known").is_some_and(|known| fewer.contains(&known)) {
            return;
        }
        for (source, entity) in sources.iter_mut().zip(&self.analysis.model.entities) {
            if matches!(source, Source::Master) && requirements::is_person(&entity.name) {
                *source = Source::Figure("users.known");
            }
        }
    }

    /// Lets the parts that are open follow a whole that is known well enough, and then their parts.
    fn follow(&self, found: &mut [Option<Source<'a>>], known: impl Fn(usize, Option<&Source>) -> bool) {
        for _ in 0..DEEPEST {
            let mut open = false;
            for part in 0..found.len() {
                if found[part].is_some() {
                    continue;
                }
                let name = self.analysis.model.entities[part].name.to_lowercase();
                let follow = |whole| way(|place| found[place].as_ref(), found.len(), whole);
                let ways = self.wholes[part].iter().map(|(whole, several)| {
                    let (root, many) = follow(*whole);
                    (*whole, *several, (found[root].as_ref().is_some_and(written), many))
                });
                let mut ways = ways.filter(|(whole, ..)| known(*whole, found[*whole].as_ref()));
                // What stands comes into being with nothing that happens, and people with nothing at all.
                let follows = |grows: bool| !self.standing[part] || !grows && !requirements::is_person(&name);
                let Some((whole, several, (_, many))) = ways.find(|(.., (grows, _))| follows(*grows)) else {
                    continue;
                };
                // Of what goes wrong there is little, however much of it each may have.
                let seldom = is_one_of("seldom-records", &name);
                let each = match () {
                    () if seldom => "rows.seldom",
                    () if is_one_of("many-records", &name) => "rows.many",
                    () if is_one_of("file-records", &name) => "file.share",
                    () => "rows.part",
                };
                // A few of each of a few of each would be more than anybody writes.
                let times = seldom || several && !many.contains(&each);
                found[part] = Some(Source::Part(whole, times.then_some(each)));
                open = true;
            }
            if !open {
                return;
            }
        }
    }
}

/// The rows of each entity after 12 months.
pub(super) fn rows(facts: &mut Facts, analysis: &Analysis) -> Vec<Figure> {
    let ground = Ground::new(analysis);
    let mut sources = ground.sources(facts);
    for source in &sources {
        match source {
            Source::Part(_, Some(each)) => facts.take(each),
            Source::Master => facts.take("rows.master"),
            _ => {}
        }
    }
    ground.bound_people(facts, &mut sources);
    // A table between two others has several rows for each.
    if analysis.model.relations.iter().any(|link| (link.from_max, link.to_max) == (Many::Any, Many::Any)) {
        facts.take("rows.part");
    }
    facts.growing = analysis
        .model
        .entities
        .iter()
        .enumerate()
        .filter_map(|(at, entity)| Some((entity.name.clone(), grows(&sources, at)?)))
        .collect();
    let mut known: Vec<Option<f64>> = vec![None; sources.len()];
    for at in 0..sources.len() {
        count(facts, &sources, at, &mut known);
    }
    let entities = analysis.model.entities.iter();
    entities
        .zip(&sources)
        .zip(known)
        .map(|((entity, source), rows)| figure(facts, analysis, entity, source, rows.unwrap_or_default()))
        .collect()
}

/// Whether the rows of an entity are made by writes themselves, or follow from others that are; nothing where neither.
fn grows(sources: &[Source], at: usize) -> Option<bool> {
    let root = root(sources, at);
    written(&sources[root]).then_some(root == at)
}

/// Whether rows are made by writes.
fn written(source: &Source) -> bool {
    matches!(source, Source::Rate(_) | Source::Flow(_) | Source::Share(_))
}

/// The entity that the rows of one follow from at last, and by which numbers they are multiplied on the way there.
fn way<'s, 'a: 's>(
    source: impl Fn(usize) -> Option<&'s Source<'a>>,
    count: usize,
    at: usize,
) -> (usize, Vec<&'static str>) {
    let (mut place, mut many) = (at, Vec::new());
    // It is found in as many steps as there are entities, at the most.
    for _ in 0..=count {
        match source(place) {
            Some(Source::Part(whole, each)) => {
                many.extend(*each);
                place = *whole;
            }
            Some(Source::Per(_, whole)) => place = *whole,
            _ => break,
        }
    }
    (place, many)
}

/// The entity that the rows of one follow from at last.
fn root(sources: &[Source], at: usize) -> usize {
    way(|place| sources.get(place), sources.len(), at).0
}

/// Counts the rows of an entity, and those that they follow from.
fn count(facts: &Facts, sources: &[Source], at: usize, known: &mut [Option<f64>]) -> f64 {
    if let Some(rows) = known[at] {
        return rows;
    }
    // Parts never follow each other in a circle, since each follows what was known before it; this bounds it all the same.
    known[at] = Some(0.0);
    let rows = match &sources[at] {
        Source::Rate(rate) => rate.value * YEAR,
        Source::Flow(id) => facts.number(id) * YEAR,
        Source::Counted(count) => count.value,
        Source::Per(each, whole) => each.value * count(facts, sources, *whole, known),
        Source::Figure(id) => facts.number(id),
        Source::Part(whole, each) => {
            let each = each.map_or(1.0, |each| facts.number(each));
            each * count(facts, sources, *whole, known)
        }
        Source::Share(among) => facts.number("entities.rows") / *among as f64,
        Source::Master => facts.number("rows.master"),
    };
    // What binary fractions leave behind is no row more.
    let rows = (rows * (1.0 - 1e-12)).ceil();
    known[at] = Some(rows);
    rows
}

fn figure(facts: &Facts, analysis: &Analysis, entity: &Entity, source: &Source, rows: f64) -> Figure {
    let of = |at: usize| entity_id("rows", &analysis.model.entities[at].name);
    let said = |quantity: &Quantity| Reason::alone(&quantity.statement);
    let whole = |at: usize| analysis.model.entities[at].evidence.clone();
    let (formula, inputs, mut evidence): (String, Vec<String>, Evidence) = match source {
        Source::Rate(rate) => (format!("⌈{} × 31,536,000⌉", rate.id), vec![rate.id.clone()], said(rate)),
        Source::Flow(id) => (format!("⌈{id} × 31,536,000⌉"), vec![(*id).to_owned()], facts.reasons(id)),
        Source::Counted(count) => (count.id.clone(), vec![count.id.clone()], said(count)),
        Source::Per(each, at) => {
            (format!("⌈{} × {}⌉", each.id, of(*at)), vec![each.id.clone(), of(*at)], said(each))
        }
        Source::Figure(id) => {
            let whole = facts.number(id).fract() == 0.0;
            let formula = if whole { (*id).to_owned() } else { format!("⌈{id}⌉") };
            (formula, vec![(*id).to_owned()], facts.reasons(id))
        }
        Source::Part(at, Some(each)) => {
            (format!("⌈{} × {each}⌉", of(*at)), vec![of(*at), (*each).to_owned()], facts.reasons(each))
        }
        Source::Part(at, None) => (of(*at), vec![of(*at)], whole(*at)),
        Source::Share(1) => {
            ("entities.rows".to_owned(), vec!["entities.rows".to_owned()], facts.reasons("entities.rows"))
        }
        Source::Share(among) => (
            format!("⌈entities.rows ÷ {among}⌉"),
            vec!["entities.rows".to_owned()],
            facts.reasons("entities.rows"),
        ),
        Source::Master => {
            ("rows.master".to_owned(), vec!["rows.master".to_owned()], facts.reasons("rows.master"))
        }
    };
    if evidence.is_empty() {
        add_reason(&mut evidence, Reason::rule("capacity"));
    }
    Figure {
        id: entity_id("rows", &entity.name),
        label: format!("Rows of {} after 12 months", entity.name),
        value: rows,
        unit: "rows".to_owned(),
        formula,
        inputs,
        evidence,
    }
}
