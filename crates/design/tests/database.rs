//! Short texts with the constraints that must come out of each.

use design::{Design, Options};

fn design_of(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("short");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

#[test]
fn somebody_who_rents_is_no_tenant_of_the_system() {
    let text = "A tenant has a name. A tenancy belongs to one tenant and has a start date. The clerk registers tenants and tenancies.";
    let design = design_of(text);
    assert!(
        design.database.tables.iter().any(|table| table.name == "tenants"),
        "{:#?}",
        design.database.tables
    );
    assert!(design.database.policies.iter().all(|policy| policy.name != "tenant"));
}

#[test]
fn the_tenant_has_one_column_whatever_the_text_calls_so() {
    for said in [
        "An invoice has a tenant_id and an amount.",
        "A tenant has a name. An invoice belongs to a tenant and has an amount.",
        "A tenant has a name. An invoice has an amount. Invoices have many tenants and tenants have many invoices.",
    ] {
        let text = format!(
            "It is a multi-tenant SaaS: each company sees only its own data. Clerks register invoices. {said}"
        );
        let design = design_of(&text);
        assert!(design.database.policies.iter().any(|policy| policy.name == "tenant"), "{said}");
        for table in &design.database.tables {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            let mut single = names.clone();
            single.sort_unstable();
            single.dedup();
            assert_eq!(single.len(), names.len(), "{said}: {} has {names:?}", table.name);
        }
    }
}

#[test]
fn states_are_a_checked_column_whose_moves_are_kept() {
    let design = design_of(
        "An appointment has a date. An appointment is requested, then confirmed, then attended. The clerk confirms appointments.",
    );
    let table = design.database.tables.iter().find(|table| table.entity == "Appointment").expect("a table");
    let states = table.states.as_ref().expect("states");
    assert!(table.checks.iter().any(|check| check.column == states.column && check.values.len() == 3));
    assert!(states.enforced, "{states:?}");
}

#[test]
fn tables_come_after_those_they_refer_to() {
    let design = design_of(
        "An entry belongs to one account. An account belongs to one customer. A customer has a name. An entry has an amount.",
    );
    let order: Vec<&str> = design.database.in_order().iter().map(|table| table.name.as_str()).collect();
    for table in &design.database.tables {
        for key in &table.foreign_keys {
            let place = |name: &str| order.iter().position(|known| *known == name);
            assert!(place(&key.references.table) <= place(&table.name), "{order:?}");
        }
    }
}

/// `command on table: roles over path` of each policy.
fn ways(design: &Design) -> Vec<String> {
    let policies = design.database.policies.iter();
    policies
        .flat_map(|policy| policy.allows.iter().map(move |access| (policy, access)))
        .map(|(policy, access)| {
            let (roles, path) = (access.roles.join(", "), access.path.join(" > "));
            format!("{} on {}: {roles} over {path}", policy.command, policy.table)
        })
        .collect()
}

#[test]
fn policies_open_what_the_matrix_grants_and_nothing_else() {
    let block =
        "A user signs up with a phone number. A user has a phone number. Users can block other users.";
    let participants = "A user has a name. A participant has a nickname and belongs to one user. A message has a text and belongs to one participant. \
                        Participants send messages. Participants see only their own messages. Users delete their own messages.";
    let articles = "Authors write articles. An author has a name. An article has a headline. Authors have many articles and articles have many authors. \
                    Authors see only their own articles. Editors publish articles.";
    for (text, wanted, unwanted) in [
        // A link is written where the links are, and only one's own.
        (
            block,
            "insert on user_users: user over user_users.user_id",
            "update on users: user over user_users",
        ),
        (block, "select on user_users: user over user_users.user_id", "select on users: user over \n"),
        // Each way of a session leads to the same row, and a participant has the role of the account.
        (
            participants,
            "insert on messages: user over messages.participant_id > participants.user_id",
            "over messages.participant_id\n",
        ),
        // What is made is read by its maker, whom no link names yet.
        (
            articles,
            "insert on articles: author over articles.created_by",
            "insert on author_articles: author",
        ),
        (articles, "select on articles: author over articles.created_by", "update on articles: author"),
    ] {
        let design = design_of(text);
        let ways = ways(&design);
        assert!(ways.iter().any(|way| way == wanted), "{text}: {ways:#?}");
        assert!(!ways.iter().any(|way| format!("{way}\n").contains(unwanted)), "{text}: {ways:#?}");
        // Whoever writes rows finds them.
        for policy in
            design.database.policies.iter().filter(|one| matches!(one.command.as_str(), "update" | "delete"))
        {
            let mut reads = design
                .database
                .policies
                .iter()
                .filter(|one| one.table == policy.table && one.command == "select");
            let read =
                reads.next().unwrap_or_else(|| panic!("{text}: {} is not read: {ways:#?}", policy.table));
            let found = |role: &String| {
                read.allows.iter().any(|access| access.roles.is_empty() || access.roles.contains(role))
            };
            assert!(policy.allows.iter().flat_map(|access| &access.roles).all(found), "{text}: {ways:#?}");
        }
    }
}

#[test]
fn what_is_paid_through_the_system_is_recorded() {
    let text = "Campers book pitches. A booking belongs to one camper and has a first day. A camper has a name. Campers pay a booking online by card. Wardens cancel bookings.";
    let design = design_of(text);
    let table = design.database.tables.iter().find(|table| table.name == "payments").expect("a table");
    for column in ["amount", "currency", "provider_reference", "refunded_amount", "status", "booking_id"] {
        assert!(table.columns.iter().any(|known| known.name == column), "{column}: {:?}", table.columns);
    }
    // Who pays does not say how much.
    assert!(table.columns.iter().any(|column| column.name == "amount" && column.mode == "read-only"));
    assert!(table.indexes.iter().any(|index| index.unique && index.columns == ["provider_reference"]));
    assert!(
        table.states.as_ref().is_some_and(|states| states.enforced && states.first == "requires_payment")
    );
    let pays = design.security.authorization.iter().find(|grant| grant.operation == "createPayment");
    assert_eq!(pays.map(|grant| (grant.role.as_str(), grant.scope.as_str())), Some(("camper", "own")));
    // What the provider says moves it, and no call.
    assert!(
        !design.api.operations.iter().any(|operation| operation.path.starts_with("/payments/{paymentId}/"))
    );
    // What is only recorded is no payment of the system's.
    let recorded =
        design_of("Campers book pitches. A booking has a price. Wardens record whether a booking is paid.");
    assert!(!recorded.database.tables.iter().any(|table| table.name == "payments"));
}

#[test]
fn time_moves_on_what_the_text_leaves_to_it() {
    let of = |text: &str, name: &str| {
        let design = design_of(text);
        let table = design.database.tables.iter().find(|table| table.name == name).expect("a table").clone();
        let timers: Vec<String> = table
            .timers
            .iter()
            .map(|timer| format!("{} to {}: {}", timer.states.join(" or "), timer.leads_to, timer.due()))
            .collect();
        let called = design
            .api
            .operations
            .iter()
            .any(|operation| operation.leads_to == "expired" || operation.leads_to == "released");
        (timers, called, table)
    };
    let hold = "Anglers reserve boats. A reservation has a start time, a price and a boat. A reservation is held for 20 minutes after its start and then released. A boat has a name.";
    let (timers, called, table) = of(hold, "reservations");
    assert_eq!(timers, ["held to released: 20 minutes after start_time"]);
    assert!(!called);
    assert!(table.indexes.iter().any(|index| index.columns == ["start_time"] && index.only.is_some()));
    let (timers, called, _) = of(
        "Growers make offers. An offer has a price. Traders accept offers. If an offer is not accepted within 3 days, it expires.",
        "offers",
    );
    assert_eq!(timers, ["pending to expired: 3 days after created_at"]);
    assert!(!called);
    // A record that says itself when it ends is believed.
    let (timers, ..) = of(
        "A reservation fee has an amount, a purpose and an expiry date. Clerks enter reservation fees. Each reservation fee expires after 7 days.",
        "reservation_fees",
    );
    assert_eq!(timers, ["valid to expired: once expiry_date has passed"]);
    // What was captured or released before expires no more.
    let (timers, _, table) = of(
        "Clerks place holds. A hold has an amount. Tellers capture holds. A hold expires after 7 days.",
        "holds",
    );
    assert_eq!(timers, ["valid to expired: 7 days after created_at"]);
    assert!(table.states.is_some_and(|states| states.moves.len() == 2));
    // What was released is free again, unless the text says that it is kept.
    let (timers, ..) = of(
        "The booking service places a hold on a card, or releases it. A hold expires after 7 days. A hold has an amount. Clerks read holds.",
        "holds",
    );
    assert!(!timers.iter().any(|timer| timer.contains("released")), "{timers:?}");
    // What somebody does within a time is left to nobody's clock.
    let (timers, ..) = of(
        "A parcel has a weight. Clerks accept parcels. Clerks close parcels within two days. A parcel is announced, accepted and closed.",
        "parcels",
    );
    assert!(timers.is_empty(), "{timers:?}");
}
