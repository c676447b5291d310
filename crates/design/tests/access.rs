//! Short texts with the rights that must come out of each.

use design::{Design, Options};

fn design_of(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("short");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

/// `role: action resource (scope)` of each grant.
fn grants(design: &Design) -> Vec<String> {
    let grants = design.security.authorization.iter();
    grants
        .map(|grant| format!("{}: {} {} ({})", grant.role, grant.action, grant.resource, grant.whose()))
        .collect()
}

/// Each text has a grant and has not another.
fn holds(cases: &[(&str, &str, &str)]) {
    for (text, wanted, unwanted) in cases {
        let design = design_of(text);
        let grants = grants(&design);
        assert!(grants.iter().any(|grant| grant == wanted), "{text}: {grants:#?}");
        assert!(!grants.iter().any(|grant| grant == unwanted), "{text}: {grants:#?}");
    }
}

#[test]
fn rights_follow_from_what_the_text_says() {
    holds(&[
        (
            "A member has a name. A booking belongs to one member. A booking has a start. Members see their own bookings. Keepers cancel bookings.",
            "member: list Booking (own)",
            "signed-in user: list Booking (all)",
        ),
        (
            "Customers open accounts. Customers see only their own accounts. Clerks close accounts. The auditors read everything. An account has a number.",
            "auditor: list Account (all)",
            "auditor: create Account (all)",
        ),
        (
            "Members send parcels. A member has a name. A parcel has a weight. Keepers weigh parcels. The sender can delete a parcel. Clerks read parcels.",
            "member: delete Parcel (own)",
            "member: delete Parcel (all)",
        ),
        (
            "A customer signs up with an email address and a name. An order has a total. Clerks ship orders. Customers place orders.",
            "customer: create Customer (own)",
            "administrator: create Customer (all)",
        ),
        (
            "Clerks register customers with a name. A customer has a name. Clerks ship orders. Customers place orders. An order has a total.",
            "clerk: create Customer (all)",
            "customer: create Customer (own)",
        ),
        (
            "A claim has an amount and a reason. Employees file claims. An auditor approves claims. Nobody may approve their own claim.",
            "auditor: approve Claim (all)",
            "auditor: approve Claim (own)",
        ),
        (
            "A claim has an amount and a clerk. A claim belongs to one clerk. A clerk has a name. Nobody sees more than their own claims. Clerks see their own claims.",
            "clerk: list Claim (own)",
            "clerk: list Claim (all)",
        ),
        (
            "A porter has a name and a phone number. An errand has a room, a note and a fee. An errand belongs to one porter. Tenants request errands. An errand is requested, accepted, finished or cancelled. A porter accepts a requested errand. Porters finish their own errands. Clerks cancel errands.",
            "porter: list Errand (all, requested)",
            "porter: list Errand (all)",
        ),
        (
            "A porter has a name and a phone number. An errand has a room, a note and a fee. An errand belongs to one porter. Tenants request errands. An errand is requested, accepted, finished or cancelled. A porter accepts a requested errand. Porters finish their own errands. Clerks cancel errands. Porters see all errands.",
            "porter: list Errand (all)",
            "porter: list Errand (own)",
        ),
        (
            "As a seller, I see only the deals I own. As a partner, I want to see the deals of the entire firm. A deal has a price.",
            "partner: list Deal (all)",
            "partner: list Deal (own)",
        ),
        (
            "As a seller, I want to keep contacts with a name and a phone number. As a partner, I want to see contacts.",
            "seller: create Contact (all)",
            "administrator: create Contact (all)",
        ),
        (
            "Teachers read grades. Parents read grades. A grade has a value.",
            "administrator: update Grade (all)",
            "signed-in user: update Grade (all)",
        ),
        (
            "A pupil has a name, an email and a phone number. Teachers read grades. Parents read grades. A grade has a value.",
            "administrator: list Pupil (all)",
            "signed-in user: list Pupil (all)",
        ),
        (
            "Employees submit leave requests. A leave request has a first day and belongs to one employee. An employee has a name. Managers approve leave requests.",
            "employee: list Leave request (own)",
            "employee: list Leave request (all)",
        ),
        (
            "An appointment is for one patient, with a start and an end. A patient has a name. Patients cancel appointments. Receptionists cancel appointments. An appointment is booked, confirmed, completed, cancelled or missed.",
            "patient: cancel Appointment (own)",
            "patient: list Appointment (all)",
        ),
        (
            "An appointment is for one patient, with a start and an end. A patient has a name. Patients cancel appointments. Receptionists cancel appointments. An appointment is booked, confirmed, completed, cancelled or missed.",
            "receptionist: cancel Appointment (all)",
            "patient: cancel Appointment (all)",
        ),
        (
            "Members book rooms of 40 hotels. Each hotel has a name and an address. A booking belongs to one hotel and has a date. The hotel accepts or rejects the booking. A hotel sees only its own bookings, a member only the bookings of his own.",
            "hotel: reject Booking (own)",
            "hotel: reject Booking (all)",
        ),
        (
            "Each basket has a name. Each book has a title and a price. Members put books into baskets. Keepers delete books.",
            "member: update Basket (all)",
            "member: update Book (all)",
        ),
    ]);
}

#[test]
fn rights_are_as_wide_as_what_somebody_has_to_do() {
    holds(&[
        // A mark on others of one's kind opens none of their records.
        (
            "A user signs up with a phone number. A user has a phone number. Users can block other users..",
            "user: linked User (own)",
            "user: list User (all)",
        ),
        // What somebody loses is no right to read.
        (
            "An owner has a name and one or more animals. An animal has a name. The old owner must then lose sight of everything that comes after. Clerks register owners. Vets register animals.",
            "vet: create Animal (all)",
            "owner: list Animal (all)",
        ),
        (
            "Customers see only their own accounts. Clerks close accounts. As support, I want to read everything but change nothing. An account has a number.",
            "support: list Account (all)",
            "support: close Account (all)",
        ),
        // A name may end in any letter.
        (
            "As a protégé, I want to see everything. A vase has a name. Clerks delete vases.",
            "protégé: list Vase (all)",
            "protégé: delete Vase (all)",
        ),
        // The text's own administrator does what nobody else is named for.
        (
            "A camp administrator suspends campers. A camper has a name. Teachers read grades. Parents read grades. A grade has a value.",
            "camp administrator: update Grade (all)",
            "administrator: update Grade (all)",
        ),
        // Who links two records stands where the link does.
        (
            "A group has a name. A member has a name. Trainers add members to groups. Groups have many members and members have many groups. Parents read groups.",
            "trainer: link Group (all)",
            "administrator: link Group (all)",
        ),
        (
            "A packet has a weight. Vault staff put packets into boxes. A box has a number. Collectors read boxes.",
            "vault staff: create Packet (all)",
            "administrator: create Packet (all)",
        ),
        // Who reads only what is theirs makes nothing that they could not read.
        (
            "A member has a name. A booking belongs to one member. A booking has a start. Members see only their own bookings. Members create bookings. Keepers cancel bookings.",
            "member: create Booking (own)",
            "member: create Booking (all)",
        ),
        // Who makes a record finds what it must name.
        (
            "An animal has a name. Each appointment is for one animal and has a start. The desk books appointments. Vets read animals. Nurses read animals.",
            "desk: list Animal (all)",
            "desk: update Animal (all)",
        ),
        // The benefit of a wish limits nothing.
        (
            "As a leader, I want to see the groups, so that I can tell counselors what their group does. A group has a name. As a parent, I want to see events. An event has a date.",
            "leader: list Group (all)",
            "leader: list Group (team)",
        ),
    ]);
}

#[test]
fn what_somebody_is_to_a_record_is_no_role() {
    let tracker = "Users sign up with an email and a name. A task has a title, an author and an assignee. Users create tasks. The assignee closes the task. The author edits the task. Planners read tasks.";
    let chat = "Users sign up with an email. A conversation has a title and has several participants. Participants send messages. A message has a text. Only participants read a conversation. Moderators delete messages.";
    holds(&[
        (tracker, "user: close Task (own: assignee)", "assignee: close Task (all)"),
        (tracker, "user: update Task (own: author)", "administrator: create Author (all)"),
        (chat, "user: list Conversation (own: participant)", "participant: list Conversation (all)"),
        (chat, "user: create Message (own: participant)", "participant: create Message (own)"),
        // Without accounts, who writes is a role.
        (
            "Authors submit papers. A paper has a title. Chairs read papers.",
            "author: create Paper (own)",
            "signed-in user: create Paper (own: author)",
        ),
    ]);
    let ways = |text: &str, operation: &str| -> Vec<String> {
        let design = design_of(text);
        let grants = design.security.authorization.iter();
        grants.filter(|grant| grant.operation == operation).map(|grant| grant.owner.join(" > ")).collect()
    };
    assert_eq!(ways(tracker, "closeTask"), ["tasks.assignee_id"]);
    let over = ["conversation_users.conversation_id > conversation_users.user_id"];
    assert_eq!(ways(chat, "getConversation")[..1], over);
}

#[test]
fn who_sees_only_some_still_sees_them() {
    let assigned = "A patient has a name and is assigned to one therapist. A therapist has a name.";
    let cases: Vec<(String, &str, &str)> = [
        "Reception sees all patients, therapists see those assigned to them.",
        "Reception sees all patients; therapists see only those who are assigned to them.",
        "Reception registers patients and sees all patients, therapists only those assigned to them.",
        "Reception sees all patients. Therapists may only see the ones assigned to them.",
        "Reception reads the records of all patients. Therapists see those (patients) assigned to them.",
    ]
    .into_iter()
    .flat_map(|said| {
        let text = format!("{assigned} {said}");
        [
            (text.clone(), "therapist: list Patient (assigned)", "therapist: list Patient (all)"),
            (text, "reception: list Patient (all)", "reception: list Patient (assigned)"),
        ]
    })
    .collect();
    let cases: Vec<(&str, &str, &str)> =
        cases.iter().map(|(text, wanted, unwanted)| (text.as_str(), *wanted, *unwanted)).collect();
    holds(&cases);
}

#[test]
fn every_operation_has_a_role_and_every_grant_an_operation() {
    let design =
        design_of("Members book kilns. A kiln has a name. Keepers block kilns. A booking has a start time.");
    for operation in &design.api.operations {
        assert!(
            design.security.authorization.iter().any(|grant| grant.operation == operation.id),
            "{}",
            operation.id
        );
    }
    for grant in &design.security.authorization {
        assert!(design.api.operations.iter().any(|operation| operation.id == grant.operation));
        assert!(design.security.roles.iter().any(|role| role.name == grant.role));
        assert!(!grant.evidence.is_empty());
    }
}

#[test]
fn a_scope_of_ones_own_names_the_column_or_is_a_gap() {
    let linked = design_of(
        "A member has a name. A booking belongs to one member. A booking has a start. Members see their own bookings. Keepers cancel bookings.",
    );
    let own = linked.security.authorization.iter().find(|grant| grant.scope == "own").expect("own records");
    assert_eq!(own.owner, ["bookings.member_id"]);
    let loose = design_of("A booking has a start. Members see their own bookings. Keepers cancel bookings.");
    let own = loose.security.authorization.iter().find(|grant| grant.scope == "own").expect("own records");
    assert!(own.owner.is_empty());
    assert!(
        loose.security.gaps.iter().any(|gap| gap.missing.contains("no column")),
        "{:?}",
        loose.security.gaps
    );
}

#[test]
fn who_asks_does_not_judge() {
    let design = design_of(
        "Employees submit leave requests. A leave request has a first day. Managers approve leave requests. Managers create leave requests.",
    );
    let duties = design.security.duties.first().expect("a pair of duties");
    assert_eq!((duties.first.as_str(), duties.second.as_str()), ("create", "approve"));
    assert_eq!(duties.roles, ["manager"]);
}

#[test]
fn what_is_called_off_was_not_yet_done() {
    let design = design_of(
        "An appointment is for one patient, with a start and an end. A patient has a name. Patients cancel appointments. An appointment is booked, confirmed, completed, cancelled or missed.",
    );
    let ways: Vec<String> = design.model.lifecycles[0]
        .transitions
        .iter()
        .map(|way| format!("{} -> {}", way.from, way.to))
        .collect();
    let wanted = [
        "booked -> confirmed",
        "confirmed -> completed",
        "booked -> cancelled",
        "confirmed -> cancelled",
        "confirmed -> missed",
    ];
    assert_eq!(ways, wanted);
}

#[test]
fn whoever_signs_up_keeps_the_own_record_up_to_date() {
    holds(&[
        (
            "Cyclists register with an email address and a phone number. Wardens sell permits. A permit has a number.",
            "cyclist: update Cyclist (own)",
            "cyclist: update Cyclist (all)",
        ),
        // Who is registered by somebody else changes nothing unasked.
        (
            "Clerks register cyclists with a name. A cyclist has a name. Wardens sell permits. A permit has a number.",
            "clerk: create Cyclist (all)",
            "cyclist: update Cyclist (own)",
        ),
    ]);
}

#[test]
fn who_is_in_charge_does_what_nobody_is_named_for() {
    holds(&[
        (
            "Tutors read marks. Parents read marks. A mark has a value. A supervisor closes terms.",
            "supervisor: update Mark (all)",
            "administrator: update Mark (all)",
        ),
        // The text's own administrator comes first.
        (
            "Tutors read marks. Parents read marks. A mark has a value. A supervisor closes terms. An administrator bans tutors.",
            "administrator: update Mark (all)",
            "supervisor: update Mark (all)",
        ),
        // Who manages a project does not run the system.
        (
            "Tutors read marks. Parents read marks. A mark has a value. A project manager closes terms.",
            "administrator: update Mark (all)",
            "project manager: update Mark (all)",
        ),
    ]);
}

#[test]
fn readers_see_the_states_that_the_text_shows() {
    let quizzes =
        "Teachers write quizzes. A quiz has a title. A quiz is draft or published. Teachers publish quizzes.";
    let recipes = "Cooks write recipes. A recipe has a title. Recipes are draft, published or withdrawn. Guests read recipes. Cooks publish recipes.";
    holds(&[
        (
            &format!("{quizzes} Learners see only published quizzes."),
            "learner: list Quiz (all, published)",
            "teacher: list Quiz (all, published)",
        ),
        (
            &format!("{quizzes} Only published quizzes are visible to learners. Learners rate quizzes."),
            "learner: get Quiz (all, published)",
            "learner: get Quiz (all)",
        ),
        (
            &format!("{recipes} Drafts are visible only to cooks."),
            "guest: list Recipe (public, published or withdrawn)",
            "guest: list Recipe (public)",
        ),
        // Nothing limits what is only described.
        (recipes, "guest: list Recipe (public)", "guest: list Recipe (public, published)"),
    ]);
}

#[test]
fn whoever_reads_a_report_reads_no_records_for_it() {
    holds(&[(
        "Shops sell candles. A candle has a price. Clerks record sales. A sale has an amount and a day. Managers see a monthly report of sales.",
        "manager: reports Sale (all)",
        "manager: list Sale (all)",
    )]);
}

#[test]
fn who_begins_a_record_makes_it_and_who_moves_it_on_does_not() {
    let passages = "Skippers announce passages. A passage has a day. Pilots schedule passages. A passage is announced, scheduled, finished or cancelled. Skippers see their own passages.";
    holds(&[
        (passages, "skipper: create Passage (own)", "pilot: create Passage (all)"),
        (passages, "pilot: schedule Passage (all)", "skipper: list Passage (all)"),
        // What is reported is made by that, unless it is there already.
        (
            "Tenants report defects. A defect has a text. Wardens read defects.",
            "tenant: create Defect (own)",
            "tenant: report Defect (all)",
        ),
        (
            "Members write poems. A poem has a text. Readers report poems. Wardens read poems.",
            "reader: report Poem (all)",
            "reader: create Poem (all)",
        ),
        // What they ask by is the record, where what they ask for is none.
        (
            "Researchers request seeds. A request names an amount and a purpose. Curators approve requests. A request has a date.",
            "curator: approve Request (all)",
            "curator: create Request (all)",
        ),
        // A state that no step leads to is set by hand.
        (
            "Porters enter finds. A find has a colour and a status: found, claimed or sold. Clerks see finds.",
            "administrator: update Find (all)",
            "administrator: create Find (all)",
        ),
    ]);
}

#[test]
fn a_mark_that_nothing_carries_is_a_gap() {
    let design = design_of(
        "Curators enter jars. A jar has a weight. Sealed jars are seen only by curators. Guests read jars.",
    );
    let gaps: Vec<&str> = design.security.gaps.iter().map(|gap| gap.missing.as_str()).collect();
    assert!(gaps.iter().any(|gap| gap.starts_with("The text limits who sees sealed jars")), "{gaps:?}");
}

#[test]
fn whoever_is_given_a_record_reads_it() {
    holds(&[(
        "Members book boats. A boat has a name and a length. The harbour master enters boats. Members send messages to the harbour master. A message has a text.",
        "harbour master: list Message (all)",
        "member: list Message (all)",
    )]);
}
