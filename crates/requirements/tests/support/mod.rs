//! Cases in TOML files: a text each, with what must be read from it.

use requirements::{Analysis, Many, Requirements, StatementStatus, analyze};
use std::path::Path;
use toml::{Table, Value};

/// Runs the cases of a file. `more` answers the keys that only they have.
pub(crate) fn check(file: &str, more: impl Fn(&Analysis, &str, &Value) -> Option<Value>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    let file: Table =
        std::fs::read_to_string(path).expect("the cases are there").parse().expect("the cases are TOML");
    let cases = file["case"].as_array().expect("a list of cases");
    let mut failures = Vec::new();
    for case in cases.iter().filter_map(Value::as_table) {
        let analysis =
            analyze(case["text"].as_str().expect("each case has a text")).expect("no case is over the limit");
        for (key, wanted) in case.iter().filter(|(key, _)| !["name", "text"].contains(&key.as_str())) {
            let found = found(&analysis, key, wanted).or_else(|| more(&analysis, key, wanted));
            let found = found.unwrap_or_else(|| panic!("no case has a key `{key}`"));
            if found != *wanted {
                failures.push(format!("{}: {key}\n  wanted {wanted}\n  found  {found}", case["name"]));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// What the analysis holds under a key, in the form in which the case writes it.
fn found(analysis: &Analysis, key: &str, wanted: &Value) -> Option<Value> {
    let requirements = &analysis.requirements;
    let model = &analysis.model;
    Some(match key {
        "kinds" => requirements
            .statements
            .iter()
            .map(|statement| text(&format!("{:?}", statement.kind).to_lowercase()))
            .collect::<Vec<_>>()
            .into(),
        "entities" => model
            .entities
            .iter()
            .map(|entity| {
                if entity.attributes.is_empty() {
                    text(&entity.name)
                } else {
                    row(&[&entity.name], entity.attributes.iter().map(|attribute| text(&attribute.name)))
                }
            })
            .collect::<Vec<_>>()
            .into(),
        "unique" => unique(model).into(),
        "values" => closed(model).into(),
        "relations" => model
            .relations
            .iter()
            .map(|relation| {
                Value::Array(vec![
                    text(&relation.from),
                    many(relation.from_max),
                    many(relation.to_max),
                    text(&relation.to),
                ])
            })
            .collect::<Vec<_>>()
            .into(),
        // [entity, verb, who] of the steps that somebody takes, all of them.
        "steps" => model
            .lifecycles
            .iter()
            .flat_map(|lifecycle| lifecycle.transitions.iter().map(move |step| (&lifecycle.entity, step)))
            .filter(|(_, step)| !step.actor.is_empty())
            .map(|(entity, step)| row(&[entity, &step.action, &step.actor], []))
            .collect::<Vec<_>>()
            .into(),
        // What is not understood.
        "lost" => requirements
            .statements
            .iter()
            .filter(|statement| statement.status == StatementStatus::NotUnderstood)
            .map(|statement| text(&statement.text))
            .collect::<Vec<_>>()
            .into(),
        // Which end has to be there.
        "needed" => model
            .relations
            .iter()
            .filter(|relation| relation.to_min > 0)
            .map(|relation| row(&[&relation.from, &relation.to], []))
            .collect::<Vec<_>>()
            .into(),
        "constraints" => requirements
            .constraints
            .iter()
            .map(|constraint| row(&[&constraint.kind, &constraint.value], []))
            .collect::<Vec<_>>()
            .into(),
        "states" => model
            .lifecycles
            .iter()
            .map(|lifecycle| row(&[&lifecycle.entity], lifecycle.states.iter().map(|state| text(state))))
            .collect::<Vec<_>>()
            .into(),
        "moves" => moves(model),
        "invariants" => invariants(model),
        "endpoints" => requirements
            .endpoints
            .iter()
            .map(|endpoint| row(&[&endpoint.method, &endpoint.path], []))
            .collect::<Vec<_>>()
            .into(),
        "signals" => kept(wanted, |id| requirements.signals.iter().any(|signal| signal.id == id)),
        "unsigned" => kept(wanted, |id| !requirements.signals.iter().any(|signal| signal.id == id)),
        "language" => text(&analysis.language.code),
        _ => return measured(requirements, key),
    })
}

/// The same of the numbers.
fn measured(requirements: &Requirements, key: &str) -> Option<Value> {
    Some(match key {
        "quantities" => requirements
            .quantities
            .iter()
            .map(|quantity| {
                Value::Array(vec![text(&quantity.kind), Value::Float(quantity.value), text(&quantity.unit)])
            })
            .collect::<Vec<_>>()
            .into(),
        // On which side of its value a number may be.
        "bounds" => requirements
            .quantities
            .iter()
            .map(|quantity| Value::Array(vec![text(&quantity.comparator), Value::Float(quantity.value)]))
            .collect::<Vec<_>>()
            .into(),
        "budgets" => requirements
            .quantities
            .iter()
            .filter(|quantity| quantity.kind == "budget")
            .map(|quantity| {
                let span = quantity.qualifier.as_deref().unwrap_or_default();
                Value::Array(vec![text(span), Value::Float(quantity.value)])
            })
            .collect::<Vec<_>>()
            .into(),
        _ => return acting(requirements, key),
    })
}

/// The same of who acts and what is done.
fn acting(requirements: &Requirements, key: &str) -> Option<Value> {
    Some(match key {
        "actions" => requirements
            .actions
            .iter()
            .filter(|action| action.primary)
            .map(|action| row(&[&action.actor, &action.verb, &action.object], []))
            .collect::<Vec<_>>()
            .into(),
        "actors" => requirements.actors.iter().map(|actor| text(&actor.name)).collect::<Vec<_>>().into(),
        "acts" => requirements
            .actions
            .iter()
            .filter_map(|action| Some(row(&[&action.actor, &action.verb, action.entity.as_deref()?], [])))
            .collect::<Vec<_>>()
            .into(),
        "changed" => requirements
            .actions
            .iter()
            .filter(|action| action.primary)
            .filter_map(|action| Some(row(&[&action.verb, action.entity.as_deref()?], [])))
            .collect::<Vec<_>>()
            .into(),
        _ => return None,
    })
}

/// Those of the wanted texts that fit.
fn kept(wanted: &Value, fits: impl Fn(&str) -> bool) -> Value {
    wanted
        .as_array()
        .into_iter()
        .flatten()
        .filter(|value| value.as_str().is_some_and(&fits))
        .cloned()
        .collect::<Vec<_>>()
        .into()
}

pub(crate) fn row(first: &[&str], rest: impl IntoIterator<Item = Value>) -> Value {
    first.iter().map(|item| text(item)).chain(rest).collect::<Vec<_>>().into()
}

pub(crate) fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn many(many: Many) -> Value {
    match many {
        Many::One => Value::Integer(1),
        Many::Any => text("*"),
    }
}

/// The attributes that may not repeat.
fn unique(model: &requirements::Model) -> Vec<Value> {
    let of = |entity: &requirements::Entity| {
        let unique = entity.attributes.iter().filter(|attribute| attribute.unique);
        unique.map(|attribute| text(&format!("{}.{}", entity.name, attribute.name))).collect::<Vec<_>>()
    };
    model.entities.iter().flat_map(of).collect()
}

/// The attributes whose values are told, with these.
fn closed(model: &requirements::Model) -> Vec<Value> {
    let of = |entity: &requirements::Entity| {
        let closed = entity.attributes.iter().filter(|attribute| !attribute.values.is_empty());
        let row = |attribute: &requirements::Attribute| {
            row(&[&entity.name, &attribute.name], attribute.values.iter().map(|value| text(value)))
        };
        closed.map(row).collect::<Vec<_>>()
    };
    model.entities.iter().flat_map(of).collect()
}

/// The steps of all lifecycles, from one state to another.
fn moves(model: &requirements::Model) -> Value {
    let steps = model.lifecycles.iter().flat_map(|cycle| {
        cycle.transitions.iter().map(|step| row(&[&cycle.entity, &step.from, &step.to], []))
    });
    steps.collect::<Vec<_>>().into()
}

/// What always holds, with the states in which it does and the time in which so many are counted.
fn invariants(model: &requirements::Model) -> Value {
    let all = model.entities.iter().flat_map(|entity| {
        entity.invariants.iter().map(move |invariant| {
            let states = invariant.states.iter().map(|state| text(&format!("@{state}")));
            let on = invariant.on.iter().map(|name| text(name));
            let within = Some(&invariant.within).filter(|within| !within.is_empty());
            let within = within.map(|within| text(&format!("{} a {within}", invariant.most)));
            row(&[&entity.name, &invariant.kind], on.chain(states).chain(within))
        })
    });
    all.collect::<Vec<_>>().into()
}
