//! The plan of the work: an acyclic graph on a walking skeleton, compared with what the text states.

use design::{Design, Options};

fn design(text: &str) -> Design {
    let analysis = requirements::analyze(text).expect("within the limit");
    design::design(analysis, &Options::default()).expect("no options, no refusal")
}

const SHOP: &str = "A shop sells tea. Customers place orders. An order has a number, a date and lines. Each line belongs to one order. \
    An order is new, then paid, then shipped. Customers pay by card. Customers write reviews of products. \
    A review has a text and a rating. Suppliers have a name and an address. We must go live in three weeks. We are a team of 2 engineers.";

#[test]
fn tasks_wait_only_for_earlier_ones_and_rest_on_the_skeleton() {
    let design = design(SHOP);
    let tasks = &design.roadmap.tasks;
    assert!(tasks[0].title.starts_with("Walking skeleton") && tasks[0].after.is_empty());
    for (at, task) in tasks.iter().enumerate() {
        for id in &task.after {
            assert!(tasks[..at].iter().any(|earlier| earlier.id == *id), "{}: after {id}", task.id);
        }
        assert!(at == 0 || !task.after.is_empty(), "{} rests on nothing", task.id);
        for said in [&task.exit, &task.first_test, &task.owner] {
            let open = ["{probe}", "{roles}", "{systems}", "{peak}"].iter().any(|brace| said.contains(brace));
            assert!(!said.is_empty() && !open, "{}: {said:?}", task.id);
        }
        assert!(task.ends >= task.starts && task.days_p90 > task.days_p50, "{}", task.id);
        assert!(!task.evidence.is_empty(), "{} has no reason", task.id);
    }
    let ends = |critical: bool| {
        tasks.iter().filter(|task| !critical || task.critical).map(|task| task.ends).fold(0.0, f64::max)
    };
    assert!(tasks.first().is_some_and(|task| task.critical), "the longest chain begins with the skeleton");
    assert!(tasks.last().is_some_and(|task| task.critical), "and ends with the last task");
    assert!(ends(false) >= ends(true));
}

#[test]
fn a_deadline_that_cannot_be_kept_says_what_to_cut_and_what_it_buys() {
    let design = design(SHOP);
    let fit = |subject: &str| design.roadmap.fits.iter().find(|fit| fit.subject == subject);
    let deadline = fit("deadline").expect("three weeks are stated");
    assert!((deadline.stated - 3.0).abs() < 0.01 && deadline.p50 > 3.0 && deadline.p90 > deadline.p50);
    assert!(fit("team").is_some_and(|team| (team.stated - 2.0).abs() < 0.01));
    let cuts = &design.roadmap.cuts;
    assert!(!cuts.is_empty(), "it does not fit, so something is to be cut");
    for pair in cuts.windows(2) {
        assert!(pair[1].left <= pair[0].left, "each cut leaves less");
    }
    let phases = ["Slices", "Capabilities"];
    for cut in cuts {
        let task = design.roadmap.tasks.iter().find(|task| task.id == cut.task).expect("a task is cut");
        assert!(phases.contains(&task.phase.as_str()), "{} is no cut", task.title);
        assert!((cut.days - task.days_p50).abs() < 0.01);
    }
}

#[test]
fn nothing_is_cut_where_no_deadline_is_stated() {
    let design = design("Members book kilns. A kiln has a name and a capacity.");
    assert!(design.roadmap.cuts.is_empty() && design.roadmap.fits.is_empty());
}

#[test]
fn each_sort_of_client_signs_in_its_own_way() {
    let design = design(
        "Members book kilns on the web. A kiln has a name. Sensors send temperature readings of each kiln every minute. \
         The accounting system reads the bookings each night.",
    );
    for way in &design.security.sign_in {
        assert!(!way.evidence.is_empty() && !way.steps.is_empty(), "{}", way.id);
        for said in [&way.flow, &way.credential, &way.lifetime, &way.ends, &way.recovery] {
            assert!(!said.is_empty(), "{}", way.id);
        }
    }
    assert_eq!(design.security.sign_in.len(), {
        let mut kinds: Vec<String> =
            design.requirements.actors.iter().map(|actor| format!("{:?}", actor.kind)).collect();
        kinds.retain(|kind| kind != "Time");
        kinds.sort();
        kinds.dedup();
        kinds.len()
    });
}
