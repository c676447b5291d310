//! Files of a design, by checks that take no other program.

use artifacts::File;
use serde_json::Value;
use std::collections::BTreeSet;

/// The paths differ and lead nowhere else, and each file is what its name says.
pub(crate) fn check(files: &[File]) {
    let mut paths = BTreeSet::new();
    for File { path, contents } in files {
        assert!(paths.insert(path), "{path} stands twice");
        let safe = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        assert!(path.split('/').all(safe), "{path} leads elsewhere");
        let kind = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        // The lines of CSV end as its standard says.
        let ends = if kind == "csv" { "\r\n" } else { "\n" };
        let control = contents.replace(ends, "").contains(['\0', '\r']);
        assert!(!control, "{path} holds control characters");
        match kind {
            "json" => drop(serde_json::from_str::<Value>(contents).unwrap_or_else(|e| panic!("{path}: {e}"))),
            "yaml" | "yml" => yaml(path, contents),
            "csv" => csv(path, contents),
            "sql" => sql(path, contents),
            _ => {}
        }
    }
}

/// Manifests of Kubernetes hold several documents.
fn yaml(path: &str, contents: &str) {
    // Templates of a chart are no YAML before they are filled in.
    if contents.contains("{{") && path.contains("templates") {
        return;
    }
    if let Err(error) = serde_saphyr::from_multiple::<Value>(contents) {
        panic!("{path}: {error}");
    }
}

/// Every row has as many cells as the head, and no cell starts a formula.
fn csv(path: &str, contents: &str) {
    for row in csv::Reader::from_reader(contents.as_bytes()).records() {
        let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
        for cell in &row {
            assert!(!cell.starts_with(['=', '@', '\t']), "{path}: `{cell}` would be computed");
        }
    }
}

/// Quotes and parentheses of SQL close, so that nothing of the text left its place.
fn sql(path: &str, contents: &str) {
    let mut rest = contents;
    let mut depth = 0_i32;
    while let Some(at) = rest.find(['\'', '"', '(', ')', '-', '$']) {
        let (here, after) = rest[at..].split_at(1);
        rest = match here {
            "'" | "\"" => after_close(path, after, here),
            "-" if after.starts_with('-') => after.split_once('\n').map_or("", |(_, rest)| rest),
            "$" => {
                // A body between `$$` or `$tag$`.
                let tag = after.find('$').filter(|end| after[..*end].chars().all(char::is_alphanumeric));
                match tag {
                    Some(end) => {
                        let tag = format!("${}$", &after[..end]);
                        after_close(path, &after[end + 1..], &tag)
                    }
                    None => after,
                }
            }
            "(" | ")" => {
                depth += if here == "(" { 1 } else { -1 };
                assert!(depth >= 0, "{path}: a parenthesis closes that was not opened");
                after
            }
            _ => after,
        };
    }
    assert_eq!(depth, 0, "{path}: a parenthesis is open at the end");
}

fn after_close<'a>(path: &str, text: &'a str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(close).unwrap_or_else(|| panic!("{path}: {close} is open at the end"));
    rest
}
