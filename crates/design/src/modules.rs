//! Which entities belong together: the modules of the application, cut where the coupling is weakest, and which of them
//! run by themselves.
//!
//! Entities are joined along their heaviest links first, until no link is heavy enough or a module would be too large.
//! Only links that exist are weighed, so the cost grows with the model and not with its square.

mod services;

use crate::assumed::Assumed;
use crate::decisions;
use crate::facts::Facts;
use crate::model::{Component, Decision, Module};
use crate::naming;
use knowledge::COUPLING;
use knowledge::Gather as _;
use knowledge::Order as _;
use requirements::{Analysis, Entity, Evidence, Many, Reason, Relation, RelationKind, add_reason};
use std::collections::{BTreeMap, BTreeSet};

/// The weight from which a link keeps two entities in one module.
const HEAVY: f64 = 3.0;

/// What a link counts at least in the coupling of a module: what crosses a border is never nothing.
const LEAST: f64 = 1.0;

/// The most entities of a module: what one person can keep in mind.
const MOST: usize = 9;

/// Cuts the model into modules. How many services people can own is assumed where they cannot own one for each module.
pub(crate) fn modules(
    analysis: &Analysis,
    decisions: &[Decision],
    facts: &Facts,
    assumed: &mut Assumed,
) -> Vec<Module> {
    let entities = &analysis.model.entities;
    let links = links(analysis);
    let mut groups = Groups::new(entities.len());
    let mut heaviest: Vec<&Link> = links.iter().filter(|link| link.weight >= HEAVY).collect();
    // The sort is stable: links of the same weight stay in the order of the text.
    heaviest.order_by(|a, b| b.weight.total_cmp(&a.weight));
    for link in heaviest {
        groups.join(link.from, link.to);
    }
    // Two that refer to each other are one, where that is not too large.
    let pairs: BTreeSet<(usize, usize)> = links
        .iter()
        .filter(|link| link.refers)
        .map(|link| (groups.root(link.from), groups.root(link.to)))
        .collect();
    for (one, two) in pairs.iter().filter(|(one, two)| one < two && pairs.contains(&(*two, *one))) {
        groups.join(*one, *two);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..entities.len() {
        members.entry(groups.root(at)).or_default().push(at);
    }
    // In the order of their first entity.
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.order_by_key(|group| group.first().copied());
    let mut home = vec![0; entities.len()];
    for (module, group) in members.iter().enumerate() {
        for at in group {
            home[*at] = module;
        }
    }
    let mut taken = BTreeSet::new();
    let mut degrees = vec![0_usize; entities.len()];
    let (mut inner, mut outer) = (vec![0.0; members.len()], vec![0.0; members.len()]);
    let mut between: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for link in &links {
        let (from, to) = (home[link.from], home[link.to]);
        let weight = link.weight.max(LEAST);
        if from == to {
            degrees[link.from] += 1;
            degrees[link.to] += 1;
            inner[from] += weight;
        } else {
            outer[from] += weight;
            outer[to] += weight;
            *between.entry((from.min(to), from.max(to))).or_default() += weight;
        }
    }
    let names: Vec<String> =
        members.iter().map(|group| name(entities, group, &degrees, &mut taken)).collect();
    let depends = dependencies(&links, &home, members.len());
    let mut reasons: Vec<Evidence> = members.iter().map(|group| evidence(entities, group)).collect();
    let runs_in = match decisions::chosen(decisions, "architecture") {
        "microservices" => {
            let (most, because) = services::most(facts, members.len(), assumed);
            for known in &mut reasons {
                for reason in &because {
                    add_reason(known, reason.clone());
                }
            }
            services::joined(members.iter().map(Vec::len), between, most)
        }
        "monolith-and-services" => services::driven(&reasons, &driver_statements(decisions)),
        _ => vec![None; members.len()],
    };
    members
        .iter()
        .zip(reasons)
        .enumerate()
        .map(|(at, (group, evidence))| Module {
            id: format!("m{}", at + 1),
            name: names[at].clone(),
            entities: group.iter().map(|at| entities[*at].name.clone()).collect(),
            depends_on: depends[at].iter().map(|on| format!("m{}", on + 1)).collect(),
            deployable: runs_in[at].map_or_else(
                || "application".to_owned(),
                |heart| naming::snake(&names[heart]).replace('_', "-"),
            ),
            coupling: crate::capacity::rounded(outer[at] / (inner[at] + outer[at])),
            evidence,
        })
        .collect()
}

/// Names the services in the picture of the running parts, where the application is several.
pub(crate) fn name_services(components: &mut [Component], modules: &[Module]) {
    let mut services: Vec<&str> = Vec::new();
    for module in modules {
        if !services.contains(&module.deployable.as_str()) {
            services.push(&module.deployable);
        }
    }
    let application = components.iter_mut().find(|component| component.id == "api");
    if let Some(application) = application.filter(|_| services.len() > 1) {
        "Services".clone_into(&mut application.name);
        application.technology = services.join(" + ");
    }
}

/// A link between two entities, from the one that refers to the one referred to.
struct Link {
    from: usize,
    to: usize,
    weight: f64,
    /// Whether one is kept with the other: who only looks at records, or changes them, does not refer to them.
    refers: bool,
}

fn weight(id: &str) -> f64 {
    COUPLING.iter().find(|row| row.id == id).map_or(0.0, |row| row.weight)
}

fn links(analysis: &Analysis) -> Vec<Link> {
    let model = &analysis.model;
    let place: BTreeMap<&str, usize> =
        model.entities.iter().enumerate().map(|(at, entity)| (entity.name.as_str(), at)).gather();
    let mut roles: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); model.entities.len()];
    for action in analysis.requirements.actions.iter().filter(|action| !action.actor.is_empty()) {
        if let Some(at) = action.entity.as_deref().and_then(|name| place.get(name)) {
            roles[*at].insert(action.actor.as_str());
        }
    }
    let states: BTreeSet<&str> = model.lifecycles.iter().map(|cycle| cycle.entity.as_str()).gather();
    let mut weights: BTreeMap<(usize, usize), (f64, bool)> = BTreeMap::new();
    for relation in &model.relations {
        let (Some(from), Some(to)) = (place.get(relation.from.as_str()), place.get(relation.to.as_str()))
        else {
            continue;
        };
        if from == to {
            continue;
        }
        let (one, two) = (&model.entities[*from], &model.entities[*to]);
        let mut sum = weight("semantic-proximity");
        if relation.kind != RelationKind::Association {
            sum += weight("identity-lifecycle");
        }
        if needed(relation) {
            sum += weight("consistency-criticality");
        }
        let (mine, theirs) = (&roles[*from], &roles[*to]);
        if mine.intersection(theirs).next().is_some() {
            sum += weight("shared-owner");
        } else if !mine.is_empty() && !theirs.is_empty() {
            sum += weight("security-contextuality");
        }
        if one.evidence.iter().any(|reason| two.evidence.contains(reason)) {
            sum += weight("latency");
        }
        if states.contains(one.name.as_str()) != states.contains(two.name.as_str()) {
            sum += weight("content-volatility");
        }
        if sensitive(one) != sensitive(two) {
            sum += weight("security-criticality");
        }
        // An invariant of one that names the other holds them in one transaction.
        if one.invariants.iter().any(|rule| rule.on.contains(&two.name))
            || two.invariants.iter().any(|rule| rule.on.contains(&one.name))
        {
            sum += weight("consistency-constraint");
        }
        let pair = if refers(relation) { (*from, *to) } else { (*to, *from) };
        let (weight, kept) = weights.entry(pair).or_default();
        *weight += sum;
        *kept |= requirements::keeps(&relation.label);
    }
    weights.into_iter().map(|((from, to), (weight, refers))| Link { from, to, weight, refers }).collect()
}

/// Whether one side cannot be written without the other.
fn needed(relation: &Relation) -> bool {
    relation.from_min >= 1 && relation.from_max == Many::One
        || relation.to_min >= 1 && relation.to_max == Many::One
}

/// Whether `from` holds the reference: it has one `to`, is the child of a generalization, or what the text speaks of where
/// each has many of the other.
fn refers(relation: &Relation) -> bool {
    relation.kind == RelationKind::Generalization
        || relation.kind == RelationKind::Association
            && (relation.to_max == Many::One || relation.from_max == Many::Any)
}

fn sensitive(entity: &Entity) -> bool {
    entity
        .attributes
        .iter()
        .any(|attribute| matches!(attribute.class.as_str(), "sensitive" | "financial" | "secret"))
}

/// Sets of entities that are joined.
struct Groups {
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect(), size: vec![1; count] }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        if one == two || self.size[one] + self.size[two] > MOST {
            return;
        }
        let (low, high) = (one.min(two), one.max(two));
        self.parent[high] = low;
        self.size[low] += self.size[high];
    }
}

/// A module is called after the entity with the most links within it.
fn name(entities: &[Entity], group: &[usize], degrees: &[usize], taken: &mut BTreeSet<String>) -> String {
    let degree = |at: &usize| if group.len() > 2 { degrees[*at] } else { 0 };
    let most = group.iter().map(degree).max().unwrap_or_default();
    let heart = group.iter().find(|at| degree(at) == most);
    let base = heart.map_or_else(String::new, |at| {
        let name = &entities[*at].name;
        match name.rsplit_once(' ') {
            Some((rest, last)) => format!("{rest} {}", naming::plural(last)),
            // "Child" has its plural as "child" has.
            None if name.chars().skip(1).all(char::is_lowercase) => {
                requirements::capitalised(&naming::plural(&name.to_lowercase()))
            }
            None => naming::plural(name),
        }
    });
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base} {number}");
        number += 1;
    }
    name
}

/// The modules that each module calls: those that its entities refer to.
fn dependencies(links: &[Link], home: &[usize], count: usize) -> Vec<BTreeSet<usize>> {
    let mut depends = vec![BTreeSet::new(); count];
    for link in links.iter().filter(|link| link.refers && home[link.from] != home[link.to]) {
        depends[home[link.from]].insert(home[link.to]);
    }
    depends
}

fn evidence(entities: &[Entity], group: &[usize]) -> Evidence {
    let mut evidence = Evidence::new();
    for reason in group.iter().flat_map(|at| entities[*at].evidence.iter().take(2)) {
        add_reason(&mut evidence, reason.clone());
    }
    if evidence.is_empty() {
        evidence.push(Reason::rule("modules"));
    }
    evidence
}

/// The statements that drive a part out of the monolith.
fn driver_statements(decisions: &[Decision]) -> Vec<Reason> {
    let architecture = decisions.iter().find(|decision| decision.slot == "architecture");
    let reasons = architecture.map_or(&[][..], |decision| decision.evidence.as_slice());
    reasons.iter().filter(|reason| matches!(reason, Reason::Statement(_))).cloned().collect()
}
