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
