//! The worked examples show what the present engine makes of their briefs.

use guides::regenerate;
use std::path::Path;

/// What to do about a guide that is not up to date.
const HELP: &str = "run `cargo xtask examples` and read what changed with `git diff references/examples.md`";

#[test]
fn the_generated_parts_are_those_of_the_present_engine() {
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../references");
    let guide = regenerate(&references).unwrap_or_else(|error| panic!("{error}"));
    let (mut before, mut after) = (guide.before.lines(), guide.after.lines());
    let mut line = 0;
    while guide.before != guide.after {
        line += 1;
        let (is, should) = (before.next(), after.next());
        assert_eq!(is, should, "references/examples.md is stale from line {line}; {HELP}");
        assert!(is.is_some(), "references/examples.md is stale at its last line break; {HELP}");
    }
}
