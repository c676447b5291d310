//! What is read from short texts: each case of `cases.toml` and `acts.toml` is a text and what must come out.

mod support;

use requirements::analyze;

#[test]
fn every_case_is_read_as_it_says() {
    support::check("cases.toml", |_, _, _| None);
}

#[test]
fn who_does_what_is_read_as_each_case_says() {
    support::check("acts.toml", |_, _, _| None);
}

#[test]
fn a_text_over_the_limit_is_refused_with_what_why_and_fix() {
    let refused = analyze(&"a".repeat(requirements::MAX_BYTES + 1)).expect_err("one byte too many");
    assert!(refused.what.contains("1048577 bytes") && !refused.why.is_empty() && !refused.fix.is_empty());
    analyze(&"a ".repeat(requirements::MAX_BYTES / 2)).expect("the limit itself is read");
}
