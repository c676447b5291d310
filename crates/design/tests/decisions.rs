//! The decisions: which option a text or a sheet of facts settles on, and the near miss on the other side of each threshold.

use design::{Design, Options};
use knowledge::{NUMBERS, SLOTS, VARIANTS};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A text with what is set, and the options that are expected.
struct Case {
    name: String,
    text: String,
    set: BTreeMap<String, f64>,
    pins: BTreeMap<String, String>,
    expect: BTreeMap<String, String>,
    price: Option<String>,
}

fn number(value: &toml::Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64)).expect("a number")
}

fn cases() -> Vec<Case> {
    let table: toml::Table = include_str!("decisions.toml").parse().expect("the cases are TOML");
    let texts = |case: &toml::Value, key: &str| -> BTreeMap<String, String> {
        let table = case.get(key).and_then(toml::Value::as_table).into_iter().flatten();
        table.map(|(key, value)| (key.clone(), value.as_str().expect("a text").to_owned())).collect()
    };
    let text = |case: &toml::Value, key: &str| case.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    table["case"]
        .as_array()
        .expect("a list of cases")
        .iter()
        .map(|case| Case {
            name: text(case, "name").expect("a name"),
            text: text(case, "text").expect("a text"),
            set: case
                .get("set")
                .and_then(toml::Value::as_table)
                .into_iter()
                .flatten()
                .map(|(key, value)| (key.clone(), number(value)))
                .collect(),
            pins: texts(case, "pin"),
            expect: texts(case, "expect"),
            price: text(case, "price"),
        })
        .collect()
}

fn designed(text: &str, set: BTreeMap<String, f64>, pins: BTreeMap<String, String>) -> Design {
    let analysis = requirements::analyze(text).expect("short");
    design::design(analysis, &Options { set, pins, ..Options::default() }).expect("known facts and options")
}

fn chosen<'a>(design: &'a Design, slot: &str) -> &'a str {
    design.decisions.iter().find(|decision| decision.slot == slot).map_or("", |decision| &decision.chosen)
}

#[test]
fn decisions_are_what_the_cases_say() {
    let cases = cases();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let design = designed(&case.text, case.set, case.pins);
        for (slot, expected) in &case.expect {
            let found = chosen(&design, slot);
            if found != expected {
                let scores = design.decisions.iter().find(|decision| decision.slot == *slot);
                let scores: Vec<String> = scores
                    .into_iter()
                    .flat_map(|decision| &decision.options)
                    .map(|option| format!("{} {} {:?}", option.id, option.score, option.reasons))
                    .collect();
                failures.push(format!(
                    "{}: {slot} is {found}, not {expected}\n    {}",
                    case.name,
                    scores.join("\n    ")
                ));
            }
        }
        if let Some(slot) = &case.price {
            let decision = design.decisions.iter().find(|decision| decision.slot == *slot);
            if decision.is_none_or(|decision| decision.price.is_empty()) {
                failures.push(format!("{}: nothing is said of what {slot} costs", case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Each rule needs a case that says what its decision comes to where it holds, and one where it does not.
#[test]
fn every_rule_has_a_positive_and_a_negative_case() {
    let mut positive: BTreeSet<String> = BTreeSet::new();
    let mut negative: BTreeSet<String> = BTreeSet::new();
    for case in cases() {
        let design = designed(&case.text, case.set, case.pins);
        for slot in SLOTS.iter().filter(|slot| case.expect.contains_key(slot.id)) {
            let decision = design.decisions.iter().find(|decision| decision.slot == slot.id);
            let evidence = &decision.expect("every slot is settled").evidence;
            for rule in slot.rules {
                let holds = evidence.contains(&requirements::Reason::rule(rule.id));
                if holds { &mut positive } else { &mut negative }.insert(rule.id.to_owned());
            }
        }
    }
    let lacks = |known: &BTreeSet<String>| -> Vec<&str> {
        let rules = SLOTS.iter().flat_map(|slot| slot.rules).map(|rule| rule.id);
        rules.filter(|id| !known.contains(*id)).collect()
    };
    assert!(lacks(&positive).is_empty(), "no case in which these hold: {:?}", lacks(&positive));
    assert!(lacks(&negative).is_empty(), "no case in which these do not hold: {:?}", lacks(&negative));
}

/// Words of a condition to think again, the number that they compare, and from where on they hold.
const AHEAD: &[(&str, &str, f64)] = &[
    ("more than 10 engineers", "team.engineers", 11.0),
    ("or 3 teams", "teams", 3.0),
    ("three or more teams", "teams", 3.0),
    ("more than one team", "teams", 2.0),
    ("more than 7 requests/s", "requests.average", 7.01),
    ("60 % of what one primary", "writes.peak", 12_000.0),
    ("5 TB are kept", "storage.live", 5e12),
    ("passes 50 GB", "storage.live", 5e10),
    ("the data passes 10 GB", "storage.live", 1e10),
    ("100 GB of data or more", "storage.year", 1e11),
    ("150,000 measurements/s", "messages.peak", 150_000.0),
    ("20,000 messages/s", "messages.peak", 20_000.0),
    ("reads exceed 100/s", "reads.peak", 100.0),
    ("exceeds 200 jobs/s", "jobs.peak", 200.0),
    ("the peak passes 50 requests/s", "requests.peak", 50.0),
    ("more than 50 people", "users.daily", 50.01),
    ("5 million documents", "entities.rows", 5e6),
    ("more than 50 tenants", "tenants", 51.0),
];

#[test]
fn what_would_make_one_think_again_lies_ahead() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in cases() {
        let design = designed(&case.text, case.set.clone(), case.pins.clone());
        let figure =
            |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|known| known.value);
        let given = |id: &str| case.set.get(id).copied().or_else(|| figure(id));
        for decision in design
            .decisions
            .iter()
            .filter(|decision| decision.price.is_empty() && !case.pins.contains_key(&decision.slot))
        {
            for (words, fact, limit) in AHEAD.iter().filter(|(words, ..)| decision.revisit.contains(words)) {
                seen.insert(words);
                let met = given(fact).is_some_and(|value| value >= *limit);
                if met && !decision.revisit.contains("met already") {
                    wrong.push(format!("{}: {} {}", case.name, decision.chosen, decision.revisit));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen.len(), AHEAD.len(), "words that no decision says: {seen:?}");
}

#[test]
fn guides_have_the_sections_that_decisions_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../references");
    let mut anchors = BTreeSet::new();
    for entry in fs::read_dir(&root).expect("the guides are there") {
        let path = entry.expect("readable").path();
        let guide = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        for heading in fs::read_to_string(&path).expect("text").lines().filter(|line| line.starts_with('#')) {
            let title = heading.trim_start_matches('#').trim().to_lowercase();
            let slug: String = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            anchors.insert(format!("{guide}#{slug}"));
        }
    }
    for slot in SLOTS.iter() {
        for guide in slot.rules.iter().filter_map(|rule| rule.guide).chain([slot.guide]) {
            assert!(anchors.contains(guide), "{}: there is no section {guide}", slot.id);
        }
    }
}

#[test]
fn rows_have_their_sources() {
    for row in NUMBERS.iter() {
        assert!(matches!(row.kind, "fact" | "heuristic"), "{}", row.id);
        assert!(!row.source.is_empty() && !row.date.is_empty(), "{}", row.id);
        assert!(
            row.kind == "heuristic" || row.source != "own judgement",
            "{} is a fact without a source",
            row.id
        );
    }
    for variant in VARIANTS.iter() {
        assert!(!variant.why.is_empty(), "{}", variant.of);
    }
}

#[test]
fn every_heuristic_that_is_used_prints_as_an_assumption() {
    let design = designed("Members book kilns. A kiln has a name.", BTreeMap::new(), BTreeMap::new());
    let known: BTreeSet<&str> = design
        .assumptions
        .iter()
        .map(|assumption| assumption.subject.as_str())
        .chain(design.capacity.iter().map(|figure| figure.id.as_str()))
        .collect();
    for figure in &design.capacity {
        for input in &figure.inputs {
            let fact = knowledge::number(input).is_some_and(|row| row.kind == "fact");
            assert!(fact || known.contains(input.as_str()), "{} reads {input}, which is nowhere", figure.id);
        }
    }
}

#[test]
fn a_decision_flips_at_the_number_that_it_names() {
    let text = "Members book kilns. A kiln has a name. A booking has a date.";
    let design = designed(text, BTreeMap::new(), BTreeMap::new());
    let mut tried = 0;
    for decision in &design.decisions {
        for flip in &decision.flips {
            // Two digits are given, so the flip is looked for a tenth beyond.
            let beyond = if flip.at > flip.now { flip.at * 1.1 } else { flip.at / 1.1 };
            let changed = designed(text, BTreeMap::from([(flip.fact.clone(), beyond)]), BTreeMap::new());
            assert_eq!(
                chosen(&changed, &decision.slot),
                flip.to,
                "{} at {} {beyond}",
                decision.slot,
                flip.fact
            );
            tried += 1;
        }
    }
    assert!(tried > 5, "only {tried} flips");
}

#[test]
fn small_briefs_get_no_heavy_parts() {
    const HEAVY: [(&str, &[&str]); 5] = [
        ("architecture", &["microservices", "monolith-and-services"]),
        ("messaging", &["kafka", "rabbitmq", "managed-queue"]),
        ("deployment", &["kubernetes"]),
        ("cache", &["redis", "memcached"]),
        ("search", &["search-engine"]),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    let mut small = 0;
    for folder in fs::read_dir(root).expect("the briefs are there") {
        let folder = folder.expect("readable").path();
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("readable").path()) {
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            let design = designed(&text, BTreeMap::new(), BTreeMap::new());
            let peak = design.capacity.iter().find(|figure| figure.id == "requests.peak");
            let engineers = design
                .requirements
                .quantities
                .iter()
                .filter(|quantity| quantity.kind == "team")
                .map(|quantity| quantity.value)
                .fold(6.0, f64::max);
            if peak.is_none_or(|peak| peak.value >= 10.0) || engineers > 10.0 {
                continue;
            }
            small += 1;
            for (slot, heavy) in HEAVY {
                let decision =
                    design.decisions.iter().find(|decision| decision.slot == slot).expect("settled");
                let said = decision.options[0].reasons.iter().any(|reason| reason.contains("prescribes"));
                assert!(
                    said || !heavy.contains(&decision.chosen.as_str()),
                    "{}: {slot} {}",
                    path.display(),
                    decision.chosen
                );
            }
        }
    }
    assert!(small > 20, "only {small} small briefs");
}

#[test]
fn what_the_figures_contradict_is_a_conflict_with_its_arithmetic() {
    let text = "Members book kilns. A kiln has a name. The service must be available 99.99 % of the time.";
    let design = designed(text, BTreeMap::new(), BTreeMap::new());
    let conflict = design.conflicts.iter().find(|conflict| conflict.explanation.contains("in a row"));
    let conflict = conflict.expect("four nines are more than the parts give");
    assert!(conflict.explanation.contains("99.99 % leaves 4.4 minutes a month"), "{}", conflict.explanation);
    assert!(!conflict.statements.is_empty());
    let lower = designed(&text.replace("99.99", "99.5"), BTreeMap::new(), BTreeMap::new());
    assert!(lower.conflicts.iter().all(|conflict| !conflict.explanation.contains("in a row")));
}

#[test]
fn modules_hold_every_entity_once_and_call_in_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    for name in ["shop", "lms", "warehouse", "telemetry"] {
        let text = fs::read_to_string(root.join(name).join("bullets.md")).expect("the brief is there");
        let design = designed(&text, BTreeMap::new(), BTreeMap::new());
        let mut homes: Vec<&String> = design.modules.iter().flat_map(|module| &module.entities).collect();
        let count = homes.len();
        homes.sort();
        homes.dedup();
        assert_eq!(
            (homes.len(), count),
            (design.model.entities.len(), design.model.entities.len()),
            "{name}"
        );
        for module in &design.modules {
            assert!(
                module.entities.len() <= 9 && module.deployable == "application",
                "{name}: {}",
                module.name
            );
            for on in &module.depends_on {
                let other = design.modules.iter().find(|other| other.id == *on).expect("a module");
                assert!(
                    !other.depends_on.contains(&module.id)
                        || module.entities.len() + other.entities.len() > 9,
                    "{name}: {} and {on} call each other and could be one",
                    module.id
                );
            }
        }
    }
}

#[test]
fn modules_call_what_their_records_refer_to() {
    let text = "A seed request is about many boxes. A box has many seed requests. A box has many packets. A packet has a weight.";
    let design = designed(text, BTreeMap::new(), BTreeMap::new());
    for relation in &design.model.relations {
        let home = |entity: &String| {
            design
                .modules
                .iter()
                .find(|module| module.entities.contains(entity))
                .expect("every entity has one")
        };
        let (from, to) = (home(&relation.from), home(&relation.to));
        let called = from.depends_on.contains(&to.id) || to.depends_on.contains(&from.id);
        assert!(from.id == to.id || called, "{} and {}", relation.from, relation.to);
    }
}

#[test]
fn the_schema_of_profiles_names_their_fields() {
    let schema = include_str!("../profile.schema.json");
    for field in ["prefer", "forbid", "numbers", "names"] {
        assert!(schema.contains(&format!("\"{field}\"")), "{field}");
    }
}
