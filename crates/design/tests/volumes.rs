//! How many rows each entity has after a year, and that its table is planned for as many.

use design::{Options, design, entity_id};
use requirements::analyze;
use std::path::Path;
use toml::{Table, Value};

#[test]
fn rows_follow_from_what_the_text_counts() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/volumes.toml");
    let file: Table = std::fs::read_to_string(path).expect("the cases are there").parse().expect("TOML");
    let mut failures = Vec::new();
    for case in file["case"].as_array().expect("a list").iter().filter_map(Value::as_table) {
        let (name, text) = (&case["name"], case["text"].as_str().expect("a text"));
        let number =
            |(id, value): (&String, &Value)| (id.clone(), value.as_integer().expect("a number") as f64);
        let set = case.get("set").and_then(Value::as_table).into_iter().flatten().map(number).collect();
        let options = Options { set, ..Options::default() };
        let design = design(analyze(text).expect("the text is short"), &options).expect("a design");
        for (table, rows) in case.get("tables").and_then(Value::as_table).into_iter().flatten() {
            let found = design.database.tables.iter().find(|known| known.name == *table);
            let found = found.map(|known| known.rows_year as i64);
            if found != rows.as_integer() {
                failures.push(format!("{name}: {table} has {found:?} rows"));
            }
        }
        for (table, days) in case.get("kept").and_then(Value::as_table).into_iter().flatten() {
            let found = design.database.tables.iter().find(|known| known.name == *table);
            let found = found.and_then(|known| Some(known.retention.first()?.days as i64));
            if found != days.as_integer() {
                failures.push(format!("{name}: {table} are kept for {found:?} days"));
            }
        }
        for (id, value) in case.get("figures").and_then(Value::as_table).into_iter().flatten() {
            let wanted = value.as_float().or(value.as_integer().map(|value| value as f64));
            let found =
                design.capacity.iter().chain(&design.deployment.figures).find(|known| known.id == *id);
            let found = found.map(|figure| figure.value);
            if found != wanted {
                failures.push(format!("{name}: {id} is {found:?}"));
            }
        }
        for (entity, wanted) in case["rows"].as_table().expect("a table") {
            let (rows, formula) =
                (wanted[0].as_integer().expect("a number"), wanted[1].as_str().expect("a formula"));
            let id = entity_id("rows", entity);
            let found = design.capacity.iter().find(|figure| figure.id == id);
            match found {
                Some(figure) if (figure.value - rows as f64).abs() < 0.5 && figure.formula == formula => {}
                Some(figure) => {
                    failures.push(format!("{name}: {entity}: {} = {}", figure.value, figure.formula));
                }
                None => failures.push(format!("{name}: no {entity}")),
            }
        }
        for table in design.database.tables.iter().filter(|table| !table.entity.is_empty()) {
            let id = entity_id("rows", &table.entity);
            let figure =
                design.capacity.iter().find(|figure| figure.id == id).expect("a figure for each entity");
            if (figure.value - table.rows_year).abs() > f64::EPSILON {
                failures.push(format!("{name}: {} is planned for {} rows", table.name, table.rows_year));
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn what_is_kept_at_once_is_the_sum_of_the_tables() {
    let text = "Vets write notes. A note has a text. Vets upload photos. A photo has a caption. Photos are deleted after 90 days. Reminders go out by e-mail in the background.";
    let design = design(analyze(text).expect("the text is short"), &Options::default()).expect("a design");
    let figure = |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
    let kept = |days: Option<f64>| days.map_or(1.0, |days| days / 365.0);
    let tables = design.database.tables.iter();
    let sum: f64 = tables
        .map(|table| {
            // What the system clears away itself is counted as it is kept.
            let own = table.entity.is_empty();
            table.rows_year * if own { 1.0 } else { kept(table.retention.first().map(|kept| kept.days)) }
        })
        .sum();
    let live = figure("rows.live").expect("a figure");
    assert!((live / sum - 1.0).abs() < 0.001, "{live} rows at once, {sum} in the tables");
    let jobs =
        design.database.tables.iter().find(|table| table.name == "jobs").expect("jobs are kept in a table");
    assert_eq!(jobs.retention.first().map(|kept| kept.days), Some(7.0));
    let share = figure("rows.daily").expect("a figure") * 0.5 * 7.0;
    assert!(jobs.rows_year <= share + 1.0, "{} jobs of {share}", jobs.rows_year);
}

#[test]
fn a_rate_or_a_time_of_one_thing_is_not_that_of_all() {
    let text = "24 staff enter accessions. An accession has a number. Researchers submit seed requests. A seed request has a date. 400 seed requests a year; catalogue search within 2 seconds.";
    let design = design(analyze(text).expect("the text is short"), &Options::default()).expect("a design");
    let figure = |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
    assert_eq!(figure("read.write.ratio"), Some(9.0));
    assert_eq!(figure("users.daily"), Some(19.2));
    assert_eq!(figure("latency.of.search"), Some(2.0));
    assert_eq!(figure("latency.target"), None, "the usual time is assumed for the rest");
}

#[test]
fn what_is_said_of_all_records_is_the_time_of_each() {
    let kept = |text: &str| {
        let text = format!("Members make bookings. A booking has a date. 10 writes per second. {text}");
        let design =
            design(analyze(&text).expect("the text is short"), &Options::default()).expect("a design");
        let figure =
            |id: &str| design.capacity.iter().find(|figure| figure.id == id).map(|figure| figure.value);
        (figure("retention").is_some(), figure("kept.rows").map(|kept| (kept * 100.0).round() / 100.0))
    };
    assert_eq!(kept("All data is kept for two years."), (true, Some(2.0)));
    assert_eq!(kept("Bookings are kept for two years."), (false, Some(2.0)));
    assert_eq!(kept("The tapes of the cameras are kept for two years."), (false, None));
}
