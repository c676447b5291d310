//! What the interface offers for what a text says, read from short texts.

use design::{Design, Operation, Options};

fn design(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("short enough");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

fn routes(design: &Design) -> Vec<String> {
    design.api.operations.iter().map(|known| format!("{} {}", known.method, known.path)).collect()
}

fn operation<'a>(design: &'a Design, id: &str) -> &'a Operation {
    let found = design.api.operations.iter().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("{id} is not among {:?}", routes(design)))
}

#[test]
fn what_the_text_forbids_or_does_not_ask_for_is_not_offered() {
    for (text, route, offered) in [
        (
            "An account has a name. An entry has an amount and belongs to an account. Entries can never be changed or deleted.",
            "PATCH /entries/{entryId}",
            false,
        ),
        (
            "An account has a name. An entry has an amount and belongs to an account. Entries can never be changed or deleted.",
            "POST /entries",
            true,
        ),
        ("A kiln has a name. Managers edit kilns.", "PATCH /kilns/{kilnId}", true),
        ("A kiln has a name. Managers manage kilns.", "DELETE /kilns/{kilnId}", true),
        ("A kiln has a name. Managers edit kilns.", "DELETE /kilns/{kilnId}", false),
        // To report somebody makes nobody, and to keep a list up to date adds nothing to it.
        (
            "Wardens report guests to the manager. A guest has a name and a phone number.",
            "POST /guests/{guestId}/report",
            true,
        ),
        (
            "As a warden, I want to mark a room with a note, so that I can keep rooms up to date. A room has a note and a number. As a cook, I want to add rooms.",
            "PATCH /rooms/{roomId}",
            true,
        ),
        // Records of which the text says only what they hold can be corrected.
        ("A kiln has a name and a capacity.", "PATCH /kilns/{kilnId}", true),
        // Where the text says who does what, nothing is added to it but a way to make the records and to read them.
        (
            "A booking has a date. Members create bookings. Members cancel bookings.",
            "PATCH /bookings/{bookingId}",
            false,
        ),
        (
            "A booking has a date. Members create bookings. Members cancel bookings.",
            "POST /bookings/{bookingId}/cancel",
            true,
        ),
    ] {
        let found = routes(&design(text));
        assert_eq!(found.iter().any(|known| known == route), offered, "{text}\n{route} in {found:?}");
    }
}

#[test]
fn of_two_listed_paths_that_take_the_same_addresses_the_first_stays_and_the_other_is_told() {
    let design = design(
        "- `GET /{code}/visits`\n- `GET /links/{id}`\n- `GET /links`\n- `GET /links/{id}/visits`\n- `POST /{code}/visits`",
    );
    assert_eq!(
        routes(&design),
        ["GET /{code}/visits", "GET /links", "GET /links/{id}/visits", "POST /{code}/visits"]
    );
    let told: Vec<&str> = design.api.left_out.iter().map(|left| left.action.as_str()).collect();
    assert_eq!(told, ["GET /links/{id}"]);
}

#[test]
fn derived_operations_are_marked_by_a_rule_and_asked_ones_by_their_sentence() {
    let design = design("A kiln has a name. Managers edit kilns.");
    let why = |id: &str| operation(&design, id).evidence.first().map(ToString::to_string);
    assert_eq!(why("updateKiln").as_deref(), Some("s2"));
    assert_eq!(why("listKilns").as_deref(), Some("rule:api-read"));
    assert_eq!(operation(&design, "updateKiln").actors, ["manager"]);
}

#[test]
fn booking_something_makes_a_booking() {
    let design = design(
        "A room has a name. A booking has a date and a note. Each booking is for one room. Guests book rooms.",
    );
    assert_eq!(operation(&design, "createBooking").actors, ["guest"]);
    assert!(operation(&design, "createRoom").actors.is_empty());
}

#[test]
fn a_transition_names_the_states_it_starts_from() {
    let design = design(
        "A booking has a date. A booking is pending, then confirmed, then canceled. Staff confirm bookings.",
    );
    let confirm = operation(&design, "confirmBooking");
    assert_eq!(confirm.states, ["pending"]);
    assert_eq!(confirm.leads_to, "confirmed");
    assert!(confirm.problems.iter().any(|problem| problem == "wrong-state"));
}

#[test]
fn a_key_against_repetition_is_asked_for_only_where_repetition_harms() {
    let design = design(
        "Members create transfers in a mobile app. A transfer has an amount and a date. A kiln has a name and a capacity. \
         A member has a name and a unique e-mail address.",
    );
    let keyed = |id: &str| operation(&design, id).needs.iter().any(|need| need.kind == "idempotency-key");
    assert!(keyed("createTransfer"));
    assert!(!keyed("createKiln"));
    assert!(!keyed("createMember"));
}

#[test]
fn every_filter_and_sort_names_an_index_that_leads_with_its_column_and_names_the_operation() {
    let design = design(
        "A member has a name. A booking has a date and belongs to one member. Members create bookings.",
    );
    let mut seen = 0;
    for operation in &design.api.operations {
        for access in operation.filters.iter().chain(&operation.sorts) {
            seen += 1;
            let table = design.database.tables.iter().find(|table| table.entity == operation.entity);
            let index = table.and_then(|table| table.indexes.iter().find(|index| index.name == access.index));
            let index = index.unwrap_or_else(|| panic!("{} has no index {}", operation.id, access.index));
            assert_eq!(index.columns.iter().find(|column| *column != "tenant_id"), Some(&access.column));
            assert!(index.operations.contains(&operation.id));
        }
    }
    assert!(seen > 0, "no list has a filter");
}

#[test]
fn every_problem_of_an_operation_is_in_the_catalogue_and_no_other() {
    let design = design("A booking has a date. Members create bookings. Members cancel bookings.");
    let catalogue: Vec<&str> = design.api.problems.iter().map(|problem| problem.id.as_str()).collect();
    for operation in &design.api.operations {
        assert!(operation.problems.iter().all(|problem| catalogue.contains(&problem.as_str())));
    }
    for problem in catalogue {
        assert!(
            design
                .api
                .operations
                .iter()
                .any(|operation| operation.problems.iter().any(|known| known == problem))
        );
    }
}

#[test]
fn what_is_done_to_a_thing_that_is_there_makes_none() {
    let lock = "Wardens can open a sluice by hand, but they must give a reason. A sluice has a name. Engineers register sluices.";
    let found = design(lock);
    let open = operation(&found, "openSluice");
    assert_eq!((open.method.as_str(), open.actors.as_slice()), ("POST", &["warden".to_owned()][..]));
    assert!(open.needs.iter().any(|need| need.kind == "reason"), "{:?}", open.needs);
    // Whoever opens it is nothing to it afterwards.
    let table = found.database.tables.iter().find(|table| table.name == "sluices").expect("a table");
    assert!(!table.columns.iter().any(|column| column.name == "warden_id"));
    let why = found.database.tables.iter().find(|table| table.name == "audit_entries").expect("a table");
    assert!(why.columns.iter().any(|column| column.name == "reason"));
    // An account is made by opening it, and an article is not made by whoever publishes what others draft.
    let account = design("Clerks open accounts. An account has a number.");
    assert_eq!(operation(&account, "createAccount").actors, ["clerk"]);
    let article = design("Reporters draft articles. An article has a title. Editors publish articles.");
    assert_eq!(operation(&article, "createArticle").actors, ["reporter"]);
    assert_eq!(operation(&article, "publishArticle").actors, ["editor"]);
}

#[test]
fn a_reason_is_asked_for_where_the_text_asks_for_it() {
    for (text, step, wanted) in [
        (
            "Jurors reject entries with a reason. An entry has a title. Cooks submit entries. Jurors accept entries.",
            "rejectEntry",
            true,
        ),
        (
            "Jurors reject entries with a reason. An entry has a title. Cooks submit entries. Jurors accept entries.",
            "acceptEntry",
            false,
        ),
        (
            "Jurors reject entries. They must give a reason. An entry has a title. Cooks submit entries.",
            "rejectEntry",
            true,
        ),
        (
            "Jurors reject entries. An entry has a title and a reason. Cooks submit entries.",
            "rejectEntry",
            false,
        ),
    ] {
        let design = design(text);
        let needs = &operation(&design, step).needs;
        assert_eq!(needs.iter().any(|need| need.kind == "reason"), wanted, "{text}: {needs:?}");
    }
}

#[test]
fn the_system_writes_its_messages_itself() {
    let design = design(
        "Borrowers get a reminder a week ahead. A borrower has a name. Keepers lend tools. A tool has a name.",
    );
    assert!(!routes(&design).contains(&"POST /reminders".to_owned()), "{:?}", routes(&design));
    let table = design.database.tables.iter().find(|table| table.name == "reminders").expect("a table");
    assert!(table.columns.iter().any(|column| column.name == "borrower_id"), "{:?}", table.columns);
}

#[test]
fn whoever_moves_records_on_finds_those_that_wait() {
    let design = design(
        "A parcel has a weight. Clerks accept parcels. A parcel is announced, accepted, sorted and delivered.",
    );
    let filters = &operation(&design, "listParcels").filters;
    assert!(filters.iter().any(|filter| filter.name == "status"), "{filters:?}");
}
