//! Step 1 of the workflow: a requirements text in, what it says out.
//!
//! Pure: no input or output, no clock, no randomness, no global state. Any text gives an [`Analysis`]; the one thing
//! that is refused is a text longer than [`MAX_BYTES`].

mod actions;
mod anchors;
mod blocks;
mod cardinalities;
mod clauses;
mod conflicts;
mod constraints;
mod contents;
mod counted;
mod coverage;
mod deeds;
mod discourse;
mod doers;
mod domains;
mod endpoints;
mod entities;
mod flags;
mod forms;
mod gaps;
mod given;
mod heard;
mod implied;
mod invariants;
mod kinds;
mod language;
mod leads;
mod lemma;
mod lifecycles;
mod links;
mod listing;
mod lists;
mod marks;
mod mentions;
mod model;
mod money;
mod names;
mod numbering;
mod numbers;
mod outside;
mod owners;
mod paths;
mod peaks;
mod phrases;
mod pieces;
mod product;
mod quantities;
mod questions;
mod readers;
mod reason;
mod records;
mod relations;
mod rights;
mod sentence;
mod sentences;
mod signals;
mod stages;
mod statements;
mod states;
mod stories;
mod tagging;
mod title;
mod values;
mod words;

pub use cardinalities::{depends as happens, referred};
pub use counted::arrivals;
pub use coverage::sets;
pub use lemma::{handles, known_verb, verb_of_doer};
pub use lifecycles::participle;
pub use links::keeps;
pub use model::*;
pub use names::{capitalised, head, is_person_name as is_person};
pub use reason::{Evidence, Reason, add_reason};

use blocks::{Shape, Unit};
use knowledge::Gather as _;
use knowledge::VerbClass;
use sentence::Sentence;
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// The most statements of a text in which everything that it names counts.
const SHORT: usize = 12;

/// The longest text that is read, in bytes (1 MiB).
pub const MAX_BYTES: usize = 1 << 20;

/// Reads a text.
pub fn analyze(text: &str) -> Result<Analysis, Diagnostic> {
    if text.len() > MAX_BYTES {
        return Err(Diagnostic {
            what: format!("The text has {} bytes; at most {MAX_BYTES} (1 MiB) are read.", text.len()),
            why:
                "A longer text is usually several documents, and would no longer be answered while one types."
                    .to_owned(),
            fix: "Give one product or subsystem at a time, or leave out appendices and logs.".to_owned(),
            span: None,
        });
    }
    let language = language::language(text);
    let pasted = given::blocks(text);
    let units = blocks::units(text, &pasted);
    let mut spellings = words::Spellings::default();
    let sentences = read(text, &units, language.supported, &mut spellings);

    let mut facts = facts(text, &pasted, &units, &sentences);
    let mut candidates = entities::Candidates::default();
    facts.names().for_each(|(name, reason)| candidates.give(&name, reason));
    let mut actions = actions::Actions::default();
    let (mut discourse, mut speaker) = (discourse::Discourse::default(), String::new());
    let (mut topics, mut contexts) = (Vec::with_capacity(units.len()), Vec::with_capacity(units.len()));
    let mut mentions = Vec::new();
    let parents = parents(&units);
    for sentence in &sentences {
        let below = sentence.lists.is_empty().then(|| nested(&units, &sentences, sentence.unit)).flatten();
        let lists = below.as_ref().map_or(sentence.lists.as_slice(), std::slice::from_ref);
        candidates.gather(sentence, lists, &discourse);
        if let Some(list) = implied::labelled(&units, &sentences, sentence.unit) {
            candidates.own(&list.owner, &list.items, &sentence.reason());
        }
        if let Some(name) = headed(&units, sentence, &parents) {
            candidates.head(&name);
        }
        let led = leads::people(&units, &sentences, sentence.unit);
        actions.gather(text, sentence, &mut speaker, discourse.topic(), led.as_deref());
        // Here and not in a pass of its own: the words of a long text do not stay in the cache of a processor.
        let context = context(&units, &sentences, sentence.unit);
        mentions.extend(mentioned(&sentences, sentence, discourse.topic(), context.as_deref()));
        topics.push(discourse.topic().clone());
        contexts.push(context);
        discourse.hear(sentence, lists);
    }
    candidates.live(&mentions);
    candidates.count_short_names();
    let short = spoken(&sentences) <= SHORT && asks_for_a_system(&sentences);
    let mut chosen = candidates.choose(short, &[]);
    // What a text is about says which of its things are likely to be recorded.
    let told = domains::told(&sentences);
    let fields = domains::fields(&told, chosen.names());
    if !fields.is_empty() {
        chosen = candidates.choose(short, &fields);
    }
    let mut relations = related(&sentences, &topics, &chosen);
    by_names(&mut relations, &candidates, &chosen);
    let mut entities = candidates.entities(&chosen);
    facts.outweigh(&mut entities, &mut relations);
    invariants::attach(&mut entities, held(text, &units, &sentences, &chosen));
    readers::attach(&mut entities, &sentences);
    let names: Vec<String> = entities.iter().map(|entity| entity.name.clone()).collect();
    let known: BTreeSet<&str> = names.iter().map(String::as_str).gather();
    settle_actors(&mut actions, &candidates, &chosen, &sentences);
    actions.name_entities(&chosen, &known);
    let said = sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| {
            !matches!(sentence.class.kind, StatementKind::Noise | StatementKind::Exclusion)
        })
        .filter_map(|(at, sentence)| {
            let before = at.checked_sub(1).map(|before| &sentences[before]);
            states::stated(sentence, before, &chosen, contexts[at].as_deref(), &topics[at])
        });
    let stated: Vec<Lifecycle> = facts.lifecycles.drain(..).chain(said).collect();
    actions.elided(&stated);
    mentions::settle(&mut mentions, &chosen);
    let lifecycles = lifecycles::lifecycles(&actions.actions, &names, &stated, &mentions);
    let model = Model { relations: relations.into_vec(), lifecycles, entities };
    let model = stages::merge(model, &mut actions.actions);

    let mut analysis = Analysis {
        title: title::title(text, &units, &sentences, &model),
        requirements: Requirements {
            statements: statements(text, &units, &sentences, &pasted),
            actors: actions.actors,
            actions: actions.actions,
            quantities: Vec::new(),
            constraints: Vec::new(),
            signals: signals::signals(&sentences),
            endpoints: facts.operations(endpoints::endpoints(text, &units)),
            domains: domains::domains(&told, &model.entities),
            gaps: gaps::gaps(sentences.iter().zip(topics.iter().map(|topic| !topic.is_empty()))),
            coverage: Vec::new(),
        },
        model,
        language,
        ..Analysis::default()
    };
    measure(text, &units, &sentences, &mut analysis);
    analysis.conflicts =
        conflicts::conflicts(&heard::heard(&sentences, &analysis.requirements, &analysis.model));
    coverage::settle(&mut analysis);
    questions::ask(&mut analysis);
    Ok(analysis)
}

/// Settles who of those that the text lets act is somebody of his own.
fn settle_actors(
    actions: &mut actions::Actions,
    candidates: &entities::Candidates,
    chosen: &entities::Chosen,
    sentences: &[Sentence],
) {
    actions.one_of_same(chosen, |actor| is_persona(actor, sentences));
    actions.without_lone(|name| candidates.are_several(name) && chosen.find(name).is_some());
}

/// Whether a user story names an actor.
fn is_persona(actor: &Actor, sentences: &[Sentence]) -> bool {
    actor.evidence.iter().any(|reason| match reason {
        Reason::Statement(at) => {
            sentences.get(*at as usize - 1).is_some_and(|sentence| sentence.story.is_some())
        }
        _ => false,
    })
}

/// Reads the schemas that a text holds.
fn facts(text: &str, pasted: &[given::Block], units: &[Unit], sentences: &[Sentence]) -> given::Facts {
    let at = |place: usize| units.partition_point(|unit| unit.span.start <= place).saturating_sub(1);
    let mut schema = given::Schema::default();
    for block in pasted {
        // The records of a CSV file have the name of the file, or of what the sentence above speaks of.
        let named = || {
            let unit = units.get(at(block.body.start))?;
            // A sentence that does not lead to a table of fields leaves it to the heading to say whose they are.
            let leads = |above: &usize| text[units[*above].span.clone()].trim_end().ends_with(':');
            let heading = unit.heading.filter(|_| block.format == given::Format::Table);
            let above = unit.parent.filter(leads).or(heading).or(unit.above())?;
            let mut words =
                text[units[above].span.clone()].split(|c: char| c.is_whitespace() || "`'\"()".contains(c));
            let file = words.find_map(|word| word.trim_end_matches([':', '.', ',']).strip_suffix(".csv"));
            let spoken = || {
                (0..sentences[above].phrases.len())
                    .rev()
                    .find_map(|phrase| names::thing(&sentences[above], phrase))
            };
            // A heading of one word, whatever that word is elsewhere: "Beehive" ends as an adjective does.
            let alone = || {
                let written = text[units[above].body..units[above].span.end].trim();
                let one = !written.is_empty() && written.chars().all(char::is_alphabetic);
                (one && Some(above) == heading).then(|| written.to_lowercase())
            };
            file.filter(|name| !name.is_empty()).map(str::to_owned).or_else(spoken).or_else(alone)
        };
        schema.read(text, block, named);
    }
    schema.facts(|place| sentences.get(at(place)).map_or(Reason::Statement(1), Sentence::reason))
}

/// The states that a sentence says things to be in. `topic` is what was spoken of before it, `context` what it stands under.
fn mentioned(
    sentences: &[Sentence],
    sentence: &Sentence,
    topic: &str,
    context: Option<&str>,
) -> Vec<mentions::Mention> {
    if matches!(sentence.class.kind, StatementKind::Noise | StatementKind::Exclusion) {
        return Vec::new();
    }
    let before = sentence.unit.checked_sub(1).map(|before| &sentences[before]);
    mentions::mentions(sentence, before, topic, context)
}

/// The relations that the sentences tell. `topics` are what was spoken of before each sentence.
fn related(sentences: &[Sentence], topics: &[SmolStr], chosen: &entities::Chosen) -> relations::Relations {
    let records = records::Records::among(chosen);
    let mut relations = relations::Relations::default();
    let mut spoken_of = "";
    for (sentence, topic) in sentences.iter().zip(topics).filter(|(sentence, _)| {
        !matches!(
            sentence.class.kind,
            StatementKind::Noise | StatementKind::Exclusion | StatementKind::Question
        )
    }) {
        if chosen.find(topic).is_some() {
            spoken_of = topic;
        }
        links::gather(&mut relations, sentence, chosen, &records, spoken_of);
    }
    relations
}

/// What the sentences say must always hold.
fn held(
    text: &str,
    units: &[Unit],
    sentences: &[Sentence],
    chosen: &entities::Chosen,
) -> Vec<(String, Invariant)> {
    let before = std::iter::once(None).chain(sentences.iter().map(Some));
    sentences
        .iter()
        .zip(before)
        .filter(|(sentence, _)| {
            !matches!(sentence.class.kind, StatementKind::Noise | StatementKind::Question)
        })
        .flat_map(|(sentence, before)| {
            let block = &units[sentence.unit];
            invariants::invariants(&text[block.body..block.span.end], sentence, before, chosen)
        })
        .collect()
}

/// Whether an item stands below another one that says of those below it that they are not to be built: "not wanted".
fn stands_below_excluded(text: &str, units: &[Unit], block: &Unit) -> bool {
    const LONGEST: usize = 40;
    let Some(above) = block.parent.map(|at| &units[at]) else { return false };
    let says = text[above.body..above.span.end].trim();
    // "Not part of this: selling pots." says all of it, and nothing of a list behind it.
    let leads = says.ends_with(':') || matches!(above.shape, Shape::Item(_)) && !says.contains(':');
    leads && says.len() <= LONGEST && statements::scope(says) == statements::Scope::Excluded
}

/// The units under which items stand.
fn parents(units: &[Unit]) -> BTreeSet<usize> {
    units.iter().filter(|unit| matches!(unit.shape, Shape::Item(_))).filter_map(Unit::above).gather()
}

/// The relations that names alone tell: those of listed things, and of records to what they are about.
fn by_names(
    relations: &mut relations::Relations,
    candidates: &entities::Candidates,
    chosen: &entities::Chosen,
) {
    for (owner, item, reason, target) in candidates.owned_things(chosen) {
        relations.owned(owner, target, entities::role(item, target).as_deref(), item.count, reason);
    }
    for (record, thing, reason) in candidates.abouts(chosen) {
        relations.about(record, thing, reason);
    }
    for (record, thing) in records::compounds(chosen).chain(records::of_doers(chosen)) {
        if let Some(reason) = candidates.first_reason(record) {
            relations.about(record, thing, reason);
        }
    }
}

/// Reads the quantities and constraints of the statements, and how many people or tenants a heading speaks of.
fn measure(text: &str, units: &[Unit], sentences: &[Sentence], analysis: &mut Analysis) {
    let (requirements, model) = (&mut analysis.requirements, &analysis.model);
    let mut next = 0;
    for sentence in sentences {
        let noise = sentence.class.kind == StatementKind::Noise;
        if noise && !matches!(units[sentence.unit].shape, Shape::Heading(_)) {
            continue;
        }
        let id = sentence.id();
        let framed = sentence.class.kind == StatementKind::Constraint;
        let mut found = quantities::quantities(text, &id, &sentence.words, framed, &mut next);
        if noise {
            found.retain(|quantity| matches!(quantity.kind.as_str(), "users" | "tenants" | "devices"));
        }
        extend_quantities(requirements, units, sentence.unit, text, found);
        if noise {
            continue;
        }
        let excluded = sentence.class.kind == StatementKind::Exclusion;
        requirements.constraints.extend(constraints::constraints(
            &id,
            &sentence.lower,
            &sentence.marks,
            excluded,
        ));
    }
    counted::people(requirements);
    invariants::limit(&model.entities, &mut requirements.quantities);
}

/// How many statements a text makes, headings and layout aside.
fn spoken(sentences: &[Sentence]) -> usize {
    sentences.iter().filter(|sentence| sentence.class.kind != StatementKind::Noise).count()
}

/// Whether a text asks for something to be built or recorded: a story, a demand, a word for software, or what people do
/// with records. A diary or a recipe has none of these.
fn asks_for_a_system(sentences: &[Sentence]) -> bool {
    const SOFTWARE: &[&str] = &[
        "system",
        "application",
        "app",
        "platform",
        "software",
        "database",
        "schema",
        "backend",
        "portal",
        "website",
        "api",
        "management",
        "user",
        "manage",
        "record",
        "service",
        "store",
        "feature",
        "tool",
        "table",
        "crud",
        "shall",
    ];
    sentences.iter().any(|sentence| {
        sentence.story.is_some()
            || acts(sentence)
            || sentence.words.iter().any(|word| SOFTWARE.contains(&word.lemma))
    })
}

/// "Members book rooms": people of a role make, change or move something, now and always.
fn acts(sentence: &Sentence) -> bool {
    sentence.class.kind == StatementKind::Capability
        && sentence.clauses.iter().any(|clause| {
            let verb = &sentence.words[clause.verb];
            let person = || {
                let subject = clause.subject_phrase().and_then(|subject| names::thing(sentence, subject));
                subject.is_some_and(|name| names::is_person(&name))
            };
            let present = matches!(verb.tag, words::Tag::Verb(lemma::Form::Base | lemma::Form::ThirdPerson));
            let changes = lemma::class(verb.lemma).is_some_and(VerbClass::changes);
            present && changes && !clause.negated && !clause.objects.is_empty() && person()
        })
}

/// Parses every unit.
fn read<'a>(
    text: &'a str,
    units: &[Unit],
    supported: bool,
    spellings: &'a mut words::Spellings,
) -> Vec<Sentence<'a>> {
    let mut dictionary = words::Dictionary::new(spellings);
    if let Some(name) = product::name(text, units) {
        dictionary.means(name, "system");
    }
    let mut scopes: Vec<Option<statements::Scope>> = vec![None; units.len()];
    let mut sentences: Vec<Sentence<'a>> = Vec::with_capacity(units.len());
    for (unit, block) in units.iter().enumerate() {
        let readable = supported && !matches!(block.shape, Shape::Code | Shape::Layout);
        let words = if readable {
            implied::words(text, units, &sentences, unit, &mut dictionary)
        } else {
            Vec::new()
        };
        let phrases = phrases::phrases(&words);
        let clauses = clauses::clauses(&words, &phrases);
        let story = if readable { stories::story(text, block.body..block.span.end) } else { None };
        // Many units stand under one heading, which is read once.
        let scope = block
            .heading
            .map(|at| *scopes[at].get_or_insert_with(|| statements::scope(&text[units[at].span.clone()])))
            .unwrap_or_default();
        let scope =
            if stands_below_excluded(text, units, block) { statements::Scope::Excluded } else { scope };
        let lower = text[block.body..block.span.end].to_lowercase();
        let marks = marks::marks(&lower);
        let meanings = marks::meanings(&words);
        let read = statements::Read {
            lower: &lower,
            marks: &marks,
            meanings: &meanings,
            words: &words,
            clauses: &clauses,
            story: story.as_ref(),
            scope,
        };
        let class = statements::classify(block, read);
        let gives_reason = words.iter().any(|word| word.is("because"));
        let mut sentence = Sentence {
            unit,
            class,
            lower,
            marks,
            meanings,
            words,
            phrases,
            clauses,
            story,
            things: Vec::new(),
            values: Vec::new(),
            lists: Vec::new(),
            gives_reason,
        };
        sentence.things = names::things(&sentence);
        sentence.values = values::all(text, &sentence);
        for phrase in
            (0..sentence.phrases.len()).filter(|phrase| sentence.is_value(*phrase)).collect::<Vec<_>>()
        {
            sentence.things[phrase] = None;
        }
        sentence.lists = lists::lists(&sentence);
        describe(&mut sentence);
        sentences.push(sentence);
    }
    sentences
}

/// A sentence that lists what is recorded of a thing describes it, even where an attribute is called `capacity` or
/// `availability`.
fn describe(sentence: &mut Sentence) {
    let attributes = |list: &lists::OwnedList| {
        list.items.iter().filter(|item| names::attribute_strength(&item.name) == 2).count()
    };
    let measured = sentence.words.iter().any(|word| word.tag == words::Tag::Number);
    if sentence.class.kind == StatementKind::Quality
        && !measured
        && sentence.lists.iter().any(|list| attributes(list) >= 2)
    {
        sentence.class.kind = StatementKind::Context;
        sentence.class.quality = None;
    }
}

/// Adds quantities, but for those that the sentence before on the same line gave already: people say a bound twice.
fn extend_quantities(
    requirements: &mut Requirements,
    units: &[Unit],
    unit: usize,
    text: &str,
    found: Vec<Quantity>,
) {
    if found.is_empty() {
        return;
    }
    let before = unit.checked_sub(1).filter(|before| {
        let gap = &text[units[*before].span.end.min(units[unit].span.start)..units[unit].span.start];
        !gap.contains('\n') && !text[units[unit].span.clone()].is_empty()
    });
    let id = before.map(sentence::id_of).unwrap_or_default();
    let known = &requirements.quantities;
    // Those of one statement stand together, those of the statement before at the end.
    let first = known.iter().rposition(|known| known.statement != id).map_or(0, |last| last + 1);
    let said = |quantity: &Quantity| {
        known[first..].iter().any(|known| {
            known.kind == quantity.kind
                && known.unit == quantity.unit
                && (known.value - quantity.value).abs() <= f64::EPSILON * known.value
        })
    };
    let new: Vec<Quantity> = found.into_iter().filter(|quantity| !said(quantity)).collect();
    requirements.quantities.extend(new);
}

/// What a nested item lists of the thing that the item above it names: "kiln", and below it "name, volume".
fn nested(units: &[Unit], sentences: &[Sentence], unit: usize) -> Option<lists::OwnedList> {
    let Shape::Item(_) = units[unit].shape else { return None };
    let above = units[unit].above()?;
    let named = &sentences[above];
    // The item above is a name and at most a remark after a comma; a sentence leads to other things than attributes.
    let first = named.phrases.first().filter(|phrase| phrase.words.start == 0)?;
    let remark = named.words.get(first.words.end).is_some_and(|word| word.tag == words::Tag::Comma);
    if !(named.clauses.is_empty() || remark) {
        return None;
    }
    let owner = names::thing(named, 0)?;
    let items = lists::leading(&sentences[unit]);
    let attributes = items.iter().filter(|item| names::attribute_strength(&item.name) > 0).count();
    // "Inspections of a colony", and below it "date, brood frames, temper, queen seen": one that is known tells for all.
    let listed =
        items.len() > 2 && !sentences[unit].words.iter().any(|word| matches!(word.tag, words::Tag::Modal));
    (attributes > 0 && (attributes * 2 >= items.len() || listed)).then_some(lists::OwnedList {
        owner,
        head: None,
        pointed: false,
        of: None,
        record: None,
        items,
    })
}

/// The thing that an item names under which others tell of it: "Inspections of a colony", "Outbreaks (foulbrood)".
fn headed(units: &[Unit], sentence: &Sentence, parents: &BTreeSet<usize>) -> Option<String> {
    let item = matches!(units[sentence.unit].shape, Shape::Item(_)) && parents.contains(&sentence.unit);
    if !item {
        return None;
    }
    implied::bare_name(sentence, &["of", "for"]).and_then(|_| names::thing(sentence, 0))
}

/// The thing that a unit stands under: that of the item or sentence which leads to it, else of the heading.
fn context(units: &[Unit], sentences: &[Sentence], unit: usize) -> Option<String> {
    let mut above = units[unit].above();
    for _ in 0..4 {
        let at = above?;
        if let Some(name) =
            (0..sentences[at].phrases.len()).find_map(|phrase| names::thing(&sentences[at], phrase))
        {
            return Some(name);
        }
        above = units[at].above();
    }
    None
}

fn statements(text: &str, units: &[Unit], sentences: &[Sentence], pasted: &[given::Block]) -> Vec<Statement> {
    let mut pasted = pasted.iter().peekable();
    sentences
        .iter()
        .zip(forms::forms(text, sentences))
        .map(|(sentence, form)| {
            let span = units[sentence.unit].span.clone();
            while pasted.next_if(|block| block.body.end <= span.start).is_some() {}
            // A line of a pasted schema says how things are.
            let declares = units[sentence.unit].shape == Shape::Code
                && pasted.peek().is_some_and(|block| block.body.start <= span.start);
            Statement {
                id: sentence.id(),
                text: text[units[sentence.unit].body..span.end].to_owned(),
                span: [span.start, span.end],
                kind: if declares { StatementKind::Context } else { sentence.class.kind },
                quality: sentence.class.quality,
                modality: sentence.class.modality,
                form,
                status: StatementStatus::NotUnderstood,
                reason: None,
            }
        })
        .collect()
}
