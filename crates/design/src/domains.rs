//! Completes the model by what is usual in the fields of application that the text was recognised as being about.
//!
//! It stands at the beginning of the design and not in the reading of the text: what the text says stays apart from what
//! is added, and a reader can do without the latter. Nothing that the text says is replaced.

use crate::model::Options;
use knowledge::{DomainRow, EntityAttributeRow, EntityRow, KERNEL, RelationRow, VerbClass};
use requirements::{
    Analysis, Attribute, Entity, Evidence, Invariant, Lifecycle, Many, Model, Origin, Reason, Relation,
    RelationKind, Transition,
};

/// The most attributes that an entity gets.
const ATTRIBUTES: usize = 4;

/// An entity of the text with what it is in a field.
struct Known {
    /// The place in the model.
    at: usize,
    row: &'static EntityRow,
    domain: &'static DomainRow,
    evidence: Evidence,
}

/// Adds what the text leaves open and its fields of application usually have.
pub(crate) fn complete(analysis: &mut Analysis, options: &Options) {
    if !options.domains {
        return;
    }
    let known = known(analysis);
    // A text that lists what is recorded of its things means what it leaves out.
    let listed = analysis.model.entities.iter().filter(|entity| entity.attributes.len() >= 2).count();
    let open = listed * 2 < analysis.model.entities.len();
    for thing in &known {
        if open {
            attributes(&mut analysis.model.entities[thing.at], thing);
            times(&mut analysis.model.entities[thing.at], thing);
            lifecycle(&mut analysis.model, thing);
        }
        invariants(&mut analysis.model, thing);
    }
    relations(&mut analysis.model, &known);
    parts(analysis, &known);
}

fn known(analysis: &Analysis) -> Vec<Known> {
    let (requirements, entities) = (&analysis.requirements, &analysis.model.entities);
    let reasons = |id: &str, evidence: &Evidence| -> Evidence {
        let mut reasons = vec![Reason::rule(format!("domain-{id}"))];
        reasons.extend(evidence.iter().cloned());
        reasons
    };
    let mut found: Vec<Known> = Vec::new();
    for domain in &requirements.domains {
        let Some(row) = knowledge::domain(&domain.id) else { continue };
        for meaning in &domain.meanings {
            let at = entities.iter().position(|entity| entity.name == meaning.entity);
            if let (Some(at), Some(entity)) = (at, row.entity(&meaning.means)) {
                found.push(Known {
                    at,
                    row: entity,
                    domain: row,
                    evidence: reasons(row.id, &domain.evidence),
                });
            }
        }
    }
    // What any system may have: users, and what a capability that the text asks for comes with. A session may be a lesson
    // and a file a folder of paper, where nothing in the text says otherwise.
    let asked = |row: &EntityRow| {
        row.core || row.signals.iter().any(|id| requirements.signals.iter().any(|signal| signal.id == *id))
    };
    for (at, entity) in entities.iter().enumerate() {
        if !found.iter().any(|known| known.at == at)
            && let Some(row) = KERNEL.entity(&entity.name).filter(|row| asked(row))
        {
            found.push(Known { at, row, domain: &KERNEL, evidence: reasons(KERNEL.id, &entity.evidence) });
        }
    }
    found
}

/// An entity that the text leaves bare gets the attributes that it usually has.
fn attributes(entity: &mut Entity, known: &Known) {
    if !entity.attributes.is_empty() {
        return;
    }
    entity.attributes =
        known.row.attributes.iter().take(ATTRIBUTES).map(|row| attribute(row, known)).collect();
}

fn attribute(row: &EntityAttributeRow, known: &Known) -> Attribute {
    Attribute {
        name: row.name.to_owned(),
        kind: row.kind.to_owned(),
        required: row.required,
        unique: row.unique,
        class: knowledge::class(known.row.name, row.name, knowledge::attribute(row.name)).to_owned(),
        readers: Vec::new(),
        values: Vec::new(),
        evidence: known.evidence.clone(),
    }
}

/// What must not overlap in time has a beginning and an end, even where the text lists other things of it.
fn times(entity: &mut Entity, known: &Known) {
    let timed = entity
        .attributes
        .iter()
        .any(|attribute| matches!(attribute.kind.as_str(), "timestamp" | "date" | "duration"));
    let rule =
        known.domain.invariants.iter().find(|row| row.entity == known.row.name && row.kind == "no-overlap");
    let Some(rule) = rule.filter(|_| !timed) else { return };
    let needed = known.row.attributes.iter().filter(|row| rule.on.contains(&row.name));
    entity.attributes.extend(needed.map(|row| attribute(row, known)));
}

/// A status of which the text names no states gets the usual ones.
fn lifecycle(model: &mut Model, known: &Known) {
    let entity = &model.entities[known.at];
    let has_status = entity
        .attributes
        .iter()
        .any(|attribute| matches!(attribute.name.rsplit(' ').next(), Some("status" | "state")));
    if !has_status
        || known.row.states.is_empty()
        || model.lifecycles.iter().any(|lifecycle| lifecycle.entity == entity.name)
    {
        return;
    }
    let transitions = known.row.transitions.iter().map(|row| Transition {
        from: row.from.to_owned(),
        to: row.to.to_owned(),
        action: row.action.to_owned(),
        actor: String::new(),
    });
    model.lifecycles.push(Lifecycle {
        entity: entity.name.clone(),
        states: known.row.states.iter().map(|state| (*state).to_owned()).collect(),
        transitions: transitions.collect(),
        evidence: known.evidence.clone(),
    });
}

/// What always holds of attributes that the entity has: signs and orders, which no text contradicts.
fn invariants(model: &mut Model, known: &Known) {
    let entity = &mut model.entities[known.at];
    for row in known.domain.invariants.iter().filter(|row| row.entity == known.row.name) {
        let plain = matches!(row.kind, "order" | "positive" | "non-negative");
        let there =
            row.on.iter().all(|name| entity.attributes.iter().any(|attribute| attribute.name == *name));
        let said = entity.invariants.iter().any(|known| known.kind == row.kind && known.on == row.on);
        if plain && there && !said {
            entity.invariants.push(Invariant {
                kind: row.kind.to_owned(),
                on: row.on.iter().map(|name| (*name).to_owned()).collect(),
                states: row.states.iter().map(|state| (*state).to_owned()).collect(),
                most: String::new(),
                within: String::new(),
                text: row.text.to_owned(),
                evidence: known.evidence.clone(),
            });
        }
    }
}

/// What a link is called where the text only puts one thing to another.
const VAGUE: &str = "about";

/// Links between entities of the text that it does not link: where one of them stands alone, and where both are at the
/// core of the field.
fn relations(model: &mut Model, known: &[Known]) {
    for thing in known.iter().filter(|thing| thing.domain.id != KERNEL.id) {
        // Links between many and many would be tables that nobody asked for.
        let rows = thing.domain.relations.iter().filter(|row| {
            row.from == thing.row.name && row.from != row.to && !(row.from_many && row.to_many)
        });
        for row in rows {
            let Some(other) = of(known, thing.domain, row.to) else { continue };
            let (from, to) = (&model.entities[thing.at].name, &model.entities[other.at].name);
            let alone = |name: &String| {
                !model.relations.iter().any(|relation| relation.from == *name || relation.to == *name)
            };
            let linked = model
                .relations
                .iter()
                .position(|relation| [(from, to), (to, from)].contains(&(&relation.from, &relation.to)));
            let central = thing.row.core && other.row.core;
            if let Some(linked) = linked {
                // "post messages to a channel" says that the two are linked, and the field what the link is called.
                let known = &model.relations[linked];
                let turned = known.label == VAGUE
                    && (&known.from, &known.to) == (to, from)
                    && (known.from_max, known.to_max) == (Many::Any, Many::One);
                if row.part && turned {
                    let relation = relation(row, from, to, &known.evidence);
                    model.relations[linked] = relation;
                }
            } else if from != to && (central || alone(from) || alone(to)) {
                let relation = relation(row, from, to, &thing.evidence);
                model.relations.push(relation);
            }
        }
    }
}

/// The entity of the text that is a certain one of a field.
fn of<'a>(known: &'a [Known], domain: &DomainRow, name: &str) -> Option<&'a Known> {
    known.iter().find(|other| other.row.name == name && other.domain.id == domain.id)
}

/// The parts without which a thing says nothing: an order of products has a line for each of them. They are added where
/// the text has people make the thing and names what the parts lead to, but says nothing of how the two are linked.
fn parts(analysis: &mut Analysis, known: &[Known]) {
    for thing in known {
        let name = analysis.model.entities[thing.at].name.clone();
        let made = analysis.requirements.actions.iter().any(|action| {
            action.entity.as_deref() == Some(name.as_str())
                && knowledge::look_up(&knowledge::VERBS, &action.verb) == Some(VerbClass::Create)
        });
        let rows = thing
            .domain
            .relations
            .iter()
            .filter(|row| row.part && row.from == thing.row.name && row.to_many && row.to_min > 0);
        for row in rows.filter(|_| made) {
            let Some(part) = thing.domain.entities.iter().find(|entity| entity.name == row.to && entity.core)
            else {
                continue;
            };
            let there = of(known, thing.domain, part.name).is_some()
                || analysis.model.entities.iter().any(|entity| entity.name == part.name);
            let Some((other, link)) = leads_to(known, thing, part).filter(|_| !there) else { continue };
            let target = analysis.model.entities[other.at].name.clone();
            let linked = analysis.model.relations.iter().any(|relation| {
                [(&relation.from, &relation.to), (&relation.to, &relation.from)].contains(&(&name, &target))
            });
            if linked {
                continue;
            }
            let evidence = &thing.evidence;
            let part_of = Known { at: 0, row: part, domain: thing.domain, evidence: evidence.clone() };
            analysis.model.entities.push(Entity {
                name: part.name.to_owned(),
                attributes: part
                    .attributes
                    .iter()
                    .take(ATTRIBUTES)
                    .map(|row| attribute(row, &part_of))
                    .collect(),
                invariants: Vec::new(),
                origin: Origin::Domain,
                evidence: evidence.clone(),
            });
            analysis.model.relations.push(relation(row, &name, part.name, evidence));
            analysis.model.relations.push(relation(link, &target, part.name, evidence));
        }
    }
}

/// The entity of the text that a part refers to, itself or as the whole of what the part refers to: a line of an order
/// refers to a variant of a product, and to the product where the text has no variants.
fn leads_to<'a>(
    known: &'a [Known],
    thing: &Known,
    part: &EntityRow,
) -> Option<(&'a Known, &'static RelationRow)> {
    let relations = &thing.domain.relations;
    relations
        .iter()
        .filter(|row| row.to == part.name && row.from != thing.row.name && !row.from_many)
        .find_map(|link| {
            let whole = || {
                let up = relations.iter().find(|row| row.part && row.to == link.from)?;
                of(known, thing.domain, up.from)
            };
            of(known, thing.domain, link.from).or_else(whole).map(|other| (other, link))
        })
}

fn relation(row: &RelationRow, from: &str, to: &str, evidence: &Evidence) -> Relation {
    let many = |many: bool| if many { Many::Any } else { Many::One };
    Relation {
        from: from.to_owned(),
        to: to.to_owned(),
        label: row.label.to_owned(),
        role: None,
        from_min: row.from_min,
        from_max: many(row.from_many),
        to_min: row.to_min,
        to_max: many(row.to_many),
        kind: if row.part { RelationKind::Composition } else { RelationKind::Association },
        evidence: evidence.clone(),
    }
}
