//! Writes the designs of models that no text was read for: one JSON value a line on standard input, with `name`,
//! `analysis` and `options`, gives the folder `OUT/name`. The tests make models so that are harder than texts are.
//!
//!     cargo run -p artifacts --example designs OUT < models.jsonl

use requirements::Analysis;
use serde_json::Value;
use std::error::Error;
use std::io::stdin;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::args().nth(1).ok_or("name the folder to write to")?;
    for line in stdin().lines() {
        let Value::Object(mut given) = serde_json::from_str(&line?)? else {
            return Err("each line is one JSON object".into());
        };
        let mut take = |key: &str| given.remove(key).unwrap_or_default();
        // What a line leaves out is empty, so that a new field of the analysis breaks no line.
        let mut analysis = serde_json::to_value(Analysis::default())?;
        merge(&mut analysis, take("analysis"));
        let options = serde_json::from_value(take("options"))?;
        let design = design::design(serde_json::from_value(analysis)?, &options)
            .map_err(|error| format!("{} {} {}", error.what, error.why, error.fix))?;
        let folder = Path::new(&out).join(take("name").as_str().ok_or("each line has a name")?);
        for file in artifacts::files(&design) {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, file.contents)?;
        }
    }
    Ok(())
}

/// Puts the values of the second over those of the first.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}
