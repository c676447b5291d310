//! Which modules run together as one service: no more services than there are people who can own them.

use crate::assumed::Assumed;
use crate::facts::Facts;
use knowledge::Gather as _;
use requirements::{Evidence, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer services are none.
const FEWEST: usize = 2;

/// How many services the option allows beside the application, as its name says.
const BESIDE: usize = 3;

/// The service of a module: the module after which it is called; nothing for what stays in the application.
type Home = Option<usize>;

/// Each service by its first module, with its modules and the number of its entities.
type Services = BTreeMap<usize, (Vec<usize>, usize)>;

/// How many services the engineers and teams can own, up to one for each module, with the reasons where it is not one for
/// each. Two at the least: what was asked for are services.
pub(super) fn most(facts: &Facts, modules: usize, assumed: &mut Assumed) -> (usize, Evidence) {
    if modules <= FEWEST {
        return (FEWEST, Evidence::new());
    }
    let (engineers, _, mut evidence) = assumed.take(facts, "service.engineers");
    let mut most = (facts.number("team.engineers") / engineers).floor();
    evidence.extend(facts.reasons("team.engineers"));
    if let Some(teams) = facts.get("teams") {
        let (services, _, reasons) = assumed.take(facts, "team.services");
        most = most.min(teams * services);
        evidence.extend(reasons);
        evidence.extend(facts.reasons("teams"));
    }
    let count = counted(most, modules).max(FEWEST);
    (count, if count < modules { evidence } else { Evidence::new() })
}

/// A number as a count, up to a limit; what is no number counts nothing.
fn counted(number: f64, limit: usize) -> usize {
    (1..=limit)
        .take_while(|count| u32::try_from(*count).is_ok_and(|count| f64::from(count) <= number))
        .count()
}

/// Joins modules, given by how many entities each has, along the heaviest links between them: first those of one entity,
/// since one table that belongs to others is no context of its own, then until there are no more than `most` services.
/// Where no link is left, the two with the fewest entities that follow each other in the text are joined.
pub(super) fn joined(
    sizes: impl Iterator<Item = usize>,
    mut links: BTreeMap<(usize, usize), f64>,
    most: usize,
) -> Vec<Home> {
    let sizes: Vec<usize> = sizes.collect();
    let mut services: Services = sizes.iter().enumerate().map(|(at, size)| (at, (vec![at], *size))).gather();
    loop {
        let single = |at: &usize| services.get(at).is_some_and(|(_, entities)| *entities == 1);
        let linked = links.iter().filter(|(_, weight)| **weight > 0.0);
        let alone = || heaviest(linked.clone().filter(|((one, other), _)| single(one) || single(other)));
        let over = services.len() > most.max(1);
        let pair = if services.len() > FEWEST { alone() } else { None };
        let Some((into, from)) = pair.or_else(|| if over { heaviest(linked) } else { None }) else { break };
        absorb(&mut services, into, from);
        let moved: Vec<(usize, usize)> =
            links.keys().copied().filter(|(one, other)| *one == from || *other == from).collect();
        for pair in moved {
            let weight = links.remove(&pair).unwrap_or_default();
            let other = if pair.0 == from { pair.1 } else { pair.0 };
            if other != into {
                *links.entry((into.min(other), into.max(other))).or_default() += weight;
            }
        }
    }
    join_neighbours(&mut services, most.max(1));
    let mut homes = vec![None; sizes.len()];
    for (modules, _) in services.into_values() {
        // The first of the largest modules names the service.
        let heart =
            modules.iter().copied().reduce(|best, at| if sizes[at] > sizes[best] { at } else { best });
        for at in modules {
            homes[at] = heart;
        }
    }
    homes
}

/// The two services with the heaviest link; of links of the same weight the first of the text counts.
fn heaviest<'a>(links: impl Iterator<Item = (&'a (usize, usize), &'a f64)>) -> Option<(usize, usize)> {
    links.max_by(|a, b| a.1.total_cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(pair, _)| *pair)
}

/// Gives the modules of a service to another.
fn absorb(services: &mut Services, into: usize, from: usize) {
    let (modules, entities) = services.remove(&from).unwrap_or_default();
    if let Some(service) = services.get_mut(&into) {
        service.0.extend(modules);
        service.1 += entities;
    }
}

/// Joins the two services that follow each other and have the fewest entities together, until there are no more than
/// `most`.
fn join_neighbours(services: &mut Services, most: usize) {
    let after = |services: &Services, at: usize| services.range(at + 1..).next().map(|(next, _)| *next);
    let entities = |services: &Services, at: usize| services.get(&at).map_or(0, |(_, entities)| *entities);
    let sum = |services: &Services, one, other| entities(services, one) + entities(services, other);
    // The pairs by their entities, each by its first service, so that each step finds the next at once.
    let neighbours = services.iter().zip(services.iter().skip(1));
    let mut pairs: BTreeSet<(usize, usize)> =
        neighbours.map(|((at, one), (_, other))| (one.1 + other.1, *at)).gather();
    while services.len() > most {
        let Some((_, into)) = pairs.pop_first() else { break };
        let Some(from) = after(services, into) else { break };
        let before = services.range(..into).next_back().map(|(at, _)| *at);
        let next = after(services, from);
        if let Some(before) = before {
            pairs.remove(&(sum(services, before, into), before));
        }
        if let Some(next) = next {
            pairs.remove(&(sum(services, from, next), from));
        }
        absorb(services, into, from);
        if let Some(before) = before {
            pairs.insert((sum(services, before, into), before));
        }
        if let Some(next) = next {
            pairs.insert((sum(services, into, next), into));
        }
    }
}

/// The modules that a reason drives out of the application, the first ones where there are too many.
pub(super) fn driven(reasons: &[Evidence], drivers: &[Reason]) -> Vec<Home> {
    let mut left = BESIDE;
    let apart = |evidence: &Evidence| evidence.iter().any(|reason| drivers.contains(reason));
    reasons
        .iter()
        .enumerate()
        .map(|(at, evidence)| {
            let goes = left > 0 && apart(evidence);
            left -= usize::from(goes);
            goes.then_some(at)
        })
        .collect()
}
