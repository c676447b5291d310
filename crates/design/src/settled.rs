//! What the earlier steps of the workflow settled, as the later ones read it, and the conditions of the rows that
//! these apply.

use crate::decisions;
use crate::facts::Facts;
use crate::model::{Api, Database, Decision};
use requirements::{Actor, ActorKind, Analysis, Evidence, Reason, add_reason};

/// Everything up to the tables.
#[derive(Clone, Copy)]
pub(crate) struct Settled<'a> {
    pub(crate) analysis: &'a Analysis,
    pub(crate) facts: &'a Facts,
    pub(crate) decisions: &'a [Decision],
    pub(crate) api: &'a Api,
    pub(crate) database: &'a Database,
}

impl<'a> Settled<'a> {
    /// The option that a slot was settled with.
    pub(crate) fn chosen(&self, slot: &str) -> &'a str {
        decisions::chosen(self.decisions, slot)
    }

    /// The systems of others that the text names. A payment provider is what the decision on payments stands for, and no
    /// further one.
    pub(crate) fn systems(&self) -> impl Iterator<Item = &'a Actor> + use<'a> {
        let paid = self.chosen("payments") != "none";
        let provider = |name: &str| knowledge::storage_words("payment-systems").contains(&name);
        let actors = self.analysis.requirements.actors.iter();
        actors.filter(move |actor| actor.kind == ActorKind::System && !(paid && provider(&actor.name)))
    }

    /// The decision of a slot.
    pub(crate) fn decision(&self, slot: &str) -> Option<&'a Decision> {
        self.decisions.iter().find(|decision| decision.slot == slot)
    }

    /// The reasons of facts, each once.
    pub(crate) fn reasons(&self, ids: &[&str]) -> Evidence {
        let mut evidence = Evidence::new();
        for reason in ids.iter().flat_map(|id| self.facts.reasons(id)) {
            add_reason(&mut evidence, reason);
        }
        evidence
    }

    /// Whether a column of this sensitivity class exists.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.database.tables.iter().flat_map(|table| &table.columns).any(|column| column.class == class)
    }

    /// The statements that name a law or standard.
    pub(crate) fn regulation(&self, names: &[&str]) -> Evidence {
        let mut evidence = Evidence::new();
        for constraint in &self.analysis.requirements.constraints {
            if constraint.kind == "regulation"
                && names.contains(&constraint.value.as_str())
                && let Ok(reason) = Reason::try_from(constraint.statement.clone())
            {
                add_reason(&mut evidence, reason);
            }
        }
        evidence
    }

    /// The reasons for which a condition holds; nothing where it does not. Terms are joined by `and`; alternatives
    /// by `or`, which binds weaker. An empty condition always holds.
    pub(crate) fn when(&self, condition: &str) -> Option<Evidence> {
        if condition.is_empty() {
            return Some(Evidence::new());
        }
        let mut all: Option<Evidence> = None;
        for alternative in condition.split(" or ") {
            let mut evidence = Evidence::new();
            let holds = alternative.split(" and ").all(|term| match self.term(term.trim()) {
                Some(reasons) => {
                    for reason in reasons {
                        add_reason(&mut evidence, reason);
                    }
                    true
                }
                None => false,
            });
            if holds {
                let known = all.get_or_insert_with(Evidence::new);
                for reason in evidence {
                    add_reason(known, reason);
                }
            }
        }
        all
    }

    fn term(&self, term: &str) -> Option<Evidence> {
        if let Some(rest) = term.strip_prefix("not ") {
            return if self.term(rest).is_some() { None } else { Some(Evidence::new()) };
        }
        if let Some(id) = term.strip_prefix("signal.") {
            let signal = self.analysis.requirements.signals.iter().find(|signal| signal.id == id);
            return signal.map(|signal| signal.evidence.clone());
        }
        if term == "class.presented" {
            let mut columns = self.database.tables.iter().flat_map(|table| &table.columns);
            return columns.any(crate::Column::is_presented).then(|| vec![Reason::rule("classification")]);
        }
        if let Some(class) = term.strip_prefix("class.") {
            return self.has_class(class).then(|| vec![Reason::rule("classification")]);
        }
        if let Some(name) = term.strip_prefix("regulation.") {
            let name = name.replace('-', " ");
            return Some(self.regulation(&[&name])).filter(|evidence| !evidence.is_empty());
        }
        if let Some(channel) = term.strip_prefix("message.") {
            return crate::messages::channel(self.analysis, channel);
        }
        if let Some(kind) = term.strip_prefix("actor.") {
            let actor = self.analysis.requirements.actors.iter().find(|actor| {
                let name = match actor.kind {
                    ActorKind::Human => "human",
                    ActorKind::System => "system",
                    ActorKind::Device => "device",
                    ActorKind::Time => "time",
                };
                name == kind
            });
            return actor.map(|actor| actor.evidence.iter().take(3).cloned().collect());
        }
        match term {
            "has.lifecycle" => {
                return self.analysis.model.lifecycles.first().map(|lifecycle| lifecycle.evidence.clone());
            }
            "has.cloud" => {
                return (!crate::cloud(&self.analysis.requirements).is_empty()).then(Evidence::new);
            }
            "has.operations" => return (!self.api.operations.is_empty()).then(Evidence::new),
            _ => {}
        }
        if let [name, operator, number] = term.split(' ').collect::<Vec<_>>().as_slice() {
            let value = self.facts.get(name)?;
            let limit: f64 = number.parse().ok()?;
            let holds = match *operator {
                "<" => value < limit,
                "<=" => value <= limit,
                ">" => value > limit,
                ">=" => value >= limit,
                _ => false,
            };
            return holds.then(|| self.facts.reasons(name));
        }
        let (slot, option) = term.split_once('=')?;
        let (slot, negated) = slot.strip_suffix('!').map_or((slot, false), |slot| (slot, true));
        let decision = self.decision(slot)?;
        ((decision.chosen == option) != negated).then(|| decision.evidence.clone())
    }
}
