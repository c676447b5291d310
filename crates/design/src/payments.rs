//! The record of what is paid through the system. A provider takes the money, and a text seldom says what is kept of it: without
//! a row for each payment nobody can tell what was paid, refunded or lost on the way.

use crate::capacities::reference;
use crate::database::paid_online;
use crate::model::{Condition, Options, RowFilter, Table};
use requirements::{
    Action, Analysis, Attribute, Entity, Evidence, Lifecycle, Origin, Reason, Relation, Transition,
    known_verb,
};

/// The rule by which there is a record of payments.
pub(crate) const RECORDED: &str = "payments-recorded";

/// What a payment is called where the text calls it nothing.
const PAYMENT: &str = "Payment";

/// The states of a payment, as providers have them (PSD2 and the interfaces of card providers): what is authorised is held and
/// not yet taken.
const STATES: [&str; 6] = ["requires_payment", "authorized", "captured", "failed", "canceled", "refunded"];

/// The ways between them, each with the verb of what the provider says.
const STEPS: [(&str, &str, &str); 6] = [
    ("requires_payment", "authorized", "authorize"),
    ("authorized", "captured", "capture"),
    ("requires_payment", "failed", "fail"),
    ("requires_payment", "canceled", "cancel"),
    ("authorized", "canceled", "cancel"),
    ("captured", "refunded", "refund"),
];

/// Adds the record of payments where money is taken through the system and the text has no such record.
pub(crate) fn complete(analysis: &mut Analysis, options: &Options) {
    let paid = paid_online(analysis);
    let pinned = options.pins.get("payments").is_some_and(|option| option == "none");
    let there = |entity: &Entity| {
        matches!(requirements::head(&entity.name.to_lowercase()), "payment" | "charge" | "transaction")
    };
    if paid.is_empty()
        || pinned
        || analysis.model.entities.is_empty()
        || analysis.model.entities.iter().any(there)
    {
        return;
    }
    let mut evidence: Evidence = vec![Reason::rule(RECORDED)];
    evidence.extend(paid.iter().take(3).cloned());
    let attribute = |(name, kind, required): (&str, &str, bool)| Attribute {
        name: name.to_owned(),
        kind: kind.to_owned(),
        required,
        unique: false,
        class: if kind == "money" { "financial" } else { "internal" }.to_owned(),
        readers: Vec::new(),
        values: Vec::new(),
        evidence: evidence.clone(),
    };
    let attributes = [
        ("amount", "money", true),
        ("currency", "text", true),
        ("provider reference", "text", false),
        ("refunded amount", "money", false),
        ("captured at", "timestamp", false),
    ];
    let payers = payers(analysis, &paid);
    let target = paid_for(analysis);
    let model = &mut analysis.model;
    model.entities.push(Entity {
        name: PAYMENT.to_owned(),
        attributes: attributes.map(attribute).to_vec(),
        invariants: Vec::new(),
        origin: Origin::Kernel,
        evidence: evidence.clone(),
    });
    model.lifecycles.push(Lifecycle {
        entity: PAYMENT.to_owned(),
        states: STATES.map(str::to_owned).to_vec(),
        transitions: STEPS
            .map(|(from, to, action)| Transition {
                from: from.to_owned(),
                to: to.to_owned(),
                action: action.to_owned(),
                actor: String::new(),
            })
            .to_vec(),
        evidence: evidence.clone(),
    });
    if let Some((target, said)) = target {
        model.relations.push(Relation {
            to_min: u32::from(said),
            label: "pay".to_owned(),
            ..reference(PAYMENT.to_owned(), &target, None, evidence.clone())
        });
    }
    for payer in payers {
        model.relations.push(reference(PAYMENT.to_owned(), &payer, None, evidence.clone()));
    }
}

/// The people who pay, as far as they have records: those who are said to, else those who are charged.
fn payers(analysis: &Analysis, paid: &Evidence) -> Vec<String> {
    let pays = |action: &&Action| {
        known_verb(&action.verb).is_some_and(|(verb, _)| knowledge::storage_words("pays").contains(&verb))
    };
    let kept =
        |name: &str| analysis.model.entities.iter().find(|entity| entity.name.eq_ignore_ascii_case(name));
    let mut found: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if let Some(entity) = kept(name).filter(|entity| requirements::is_person(&entity.name))
            && !found.contains(&entity.name)
        {
            found.push(entity.name.clone());
        }
    };
    let said = |action: &&Action| {
        Reason::try_from(action.statement.clone()).is_ok_and(|reason| paid.contains(&reason))
    };
    let actions = || analysis.requirements.actions.iter().filter(said).filter(pays);
    for action in actions() {
        add(&action.actor);
        add(action.entity.as_deref().unwrap_or_default());
    }
    found.truncate(1);
    found
}

/// What is paid for, and whether the text says so: what somebody pays, else what comes into a state of being paid, else a record
/// of a kind that one pays for.
fn paid_for(analysis: &Analysis) -> Option<(String, bool)> {
    let model = &analysis.model;
    let thing = |name: &str| !requirements::is_person(name);
    let pays = |action: &&Action| {
        action.preposition.is_none() && known_verb(&action.verb).is_some_and(|(verb, _)| verb == "pay")
    };
    let mut actions =
        analysis.requirements.actions.iter().filter(pays).filter_map(|action| action.entity.clone());
    // "Skippers pay a toll per passage": what it is paid for, where what is paid is no record.
    let paying = analysis.requirements.actions.iter().filter(|action| {
        matches!(action.preposition.as_deref(), Some("per" | "for"))
            && known_verb(&action.verb).is_some_and(|(verb, _)| verb == "pay")
    });
    let mut for_what = paying.filter_map(|action| {
        let object = action.object.to_lowercase();
        let names = |entity: &&Entity| {
            let name = entity.name.to_lowercase();
            thing(&name) && (object == name || object == crate::naming::plural(&name))
        };
        model.entities.iter().find(names).map(|entity| entity.name.clone())
    });
    let cycles = || model.lifecycles.iter();
    let state = |cycle: &&Lifecycle| {
        cycle.states.iter().any(|state| matches!(state.as_str(), "paid" | "unpaid" | "refunded"))
    };
    let words = knowledge::storage_words("paid-for");
    let named = |word: &&str| {
        model.entities.iter().find(|entity| requirements::head(&entity.name.to_lowercase()) == *word)
    };
    actions
        .find(|name| thing(name) && model.entities.iter().any(|entity| entity.name == *name))
        .or_else(|| for_what.next())
        .or_else(|| cycles().find(state).map(|cycle| cycle.entity.clone()))
        .map(|name| (name, true))
        .or_else(|| words.iter().find_map(named).map(|entity| (entity.name.clone(), false)))
}

/// Whether an entity is the record of payments that was added.
pub(crate) fn is_added(entity: &Entity) -> bool {
    entity.evidence.first() == Some(&Reason::rule(RECORDED))
}

/// Who pays says neither how much nor in which state: that is the system's own, and the provider's. The provider's reference
/// stands once, so that a message that comes again finds its row.
pub(crate) fn settle(analysis: &Analysis, tables: &mut [Table]) {
    if !analysis.model.entities.iter().any(is_added) {
        return;
    }
    let Some(table) = tables.iter_mut().find(|table| table.entity == PAYMENT) else { return };
    for column in table.columns.iter_mut().filter(|column| !column.attribute.is_empty()) {
        "read-only".clone_into(&mut column.mode);
        match column.name.as_str() {
            "amount" => "Whole minor units of the currency, such as cents; what is paid for says how much.",
            "currency" => "A code of ISO 4217.",
            "provider_reference" => "What the provider calls it; empty until the provider has answered.",
            "refunded_amount" => "Of the amount, in the same units.",
            _ => continue,
        }
        .clone_into(&mut column.note);
    }
    let mut once = crate::database::named_index(&table.name, &["provider_reference"], true);
    "a message of the provider that comes again finds the same payment".clone_into(&mut once.purpose);
    once.operations = vec!["worker: take a message of the provider".to_owned()];
    table.indexes.push(once);
    let Some(state) = table.states.as_ref().map(|states| states.column.clone()) else { return };
    let mut open = crate::database::named_index(&table.name, &["created_at"], false);
    open.only = Some(RowFilter {
        column: state,
        values: STATES[..2].iter().map(|state| (*state).to_owned()).collect(),
        is_null: false,
    });
    "what the provider has not settled".clone_into(&mut open.purpose);
    open.operations = vec!["worker: compare with the provider's report of the day".to_owned()];
    table.indexes.push(open);
    let column = "currency".to_owned();
    table.conditions.push(Condition {
        name: format!("{}_currency_check", table.name),
        kind: "currency".to_owned(),
        columns: vec![column],
    });
    table.conditions.push(Condition {
        name: format!("{}_refunded_amount_amount_at_most_check", table.name),
        kind: "at-most".to_owned(),
        columns: vec!["refunded_amount".to_owned(), "amount".to_owned()],
    });
}
