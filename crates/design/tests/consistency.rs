//! What operations and relations are guaranteed, and that sagas stand only where one transaction does not do.

use design::{Consistency, Design, Options};
use std::collections::{BTreeMap, BTreeSet};

fn designed(text: &str, set: &[(&str, f64)]) -> Design {
    let set: BTreeMap<String, f64> = set.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect();
    let analysis = requirements::analyze(text).expect("short");
    design::design(analysis, &Options { set, ..Options::default() }).expect("known facts")
}

fn kinds(consistency: &Consistency) -> BTreeSet<&str> {
    consistency.edges.iter().map(|edge| edge.kind.as_str()).collect()
}

const BOOKING: &str = "Members book kilns. A kiln has a name. A booking has a start time and an end time. \
    Two bookings of one kiln must not overlap. A booking is pending, confirmed or cancelled. \
    A member can cancel a booking.";

#[test]
fn every_operation_and_relation_has_its_guarantee() {
    let design = designed(BOOKING, &[]);
    let consistency = &design.consistency;
    let known: BTreeSet<&str> = consistency.operations.iter().map(|one| one.subject.as_str()).collect();
    for operation in &design.api.operations {
        assert!(known.contains(operation.id.as_str()), "{}", operation.id);
    }
    assert_eq!(consistency.relations.len(), design.model.relations.len());
    for one in consistency.operations.iter().chain(&consistency.relations) {
        let bounded = one.model == "eventual";
        assert_eq!(one.bound > 0.0, bounded || one.model == "read-your-writes", "{}: {one:?}", one.subject);
        assert!(!one.mechanism.is_empty() && !one.because.is_empty() && !one.evidence.is_empty());
    }
}

#[test]
fn a_monolith_whose_transaction_suffices_has_no_saga() {
    let consistency = designed(BOOKING, &[]).consistency;
    assert!(consistency.sagas.is_empty(), "{:?}", consistency.sagas);
    assert!(consistency.edges.iter().all(|edge| !edge.puts.contains(&"outbox".to_owned())));
    let wrote =
        consistency.operations.iter().find(|one| one.subject == "createBooking").expect("it is there");
    assert_eq!((wrote.model.as_str(), wrote.bound), ("strong", 0.0));
}

#[test]
fn money_of_a_provider_for_a_place_that_is_held_needs_a_saga() {
    let paid = format!("{BOOKING} Members pay for their booking online by credit card.");
    let consistency = designed(&paid, &[]).consistency;
    let [saga] = consistency.sagas.as_slice() else { panic!("one saga: {:?}", consistency.sagas) };
    assert_eq!(saga.operation, "createBooking");
    let (last, before) = saga.steps.split_last().expect("steps");
    assert!(before.len() >= 2 && before.iter().all(|step| !step.compensation.is_empty()), "{saga:?}");
    assert!(last.compensation.is_empty(), "{saga:?}");
    assert!(kinds(&consistency).contains("payment"));
    // Near miss: money for nothing that is held needs its key and its inbox, and nothing is taken back.
    let donated =
        "Donors give donations. A donation has an amount and a date. Donors pay online by credit card.";
    let consistency = designed(donated, &[]).consistency;
    assert!(consistency.sagas.is_empty(), "{:?}", consistency.sagas);
    assert!(kinds(&consistency).contains("payment"));
    // Near miss: payments that are only recorded talk to nobody.
    let cash = format!("{BOOKING} Members pay in cash; the clerk records the payment.");
    assert!(designed(&cash, &[]).consistency.sagas.is_empty());
}

#[test]
fn services_that_store_apart_get_outbox_and_inbox_and_tables_for_them() {
    let text = "Customers place orders. An order has a date and belongs to a customer. An order is open, paid or shipped. \
        A clerk ships an order. Suppliers deliver parts. A part has a name. A delivery has a date and belongs to a supplier.";
    let apart = designed(text, &[("team.engineers", 60.0), ("teams", 6.0)]);
    let services: BTreeSet<&str> = apart.modules.iter().map(|module| module.deployable.as_str()).collect();
    assert!(services.len() > 1, "{services:?}");
    for edge in apart.consistency.edges.iter().filter(|edge| edge.kind == "module") {
        assert_eq!(edge.puts, ["outbox", "inbox"], "{edge:?}");
    }
    let tables: BTreeSet<&str> = apart.database.tables.iter().map(|table| table.name.as_str()).collect();
    assert!(tables.contains("outbox") && tables.contains("received_messages"), "{tables:?}");
    // Near miss: the same text in one deployable.
    let one = designed(text, &[("team.engineers", 6.0)]);
    assert!(one.consistency.edges.iter().all(|edge| edge.puts != ["outbox", "inbox"]));
}
