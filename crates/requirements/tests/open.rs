//! The form of statements, what they leave open, and how much of a text is covered.

mod support;

use requirements::{Analysis, StatementStatus, analyze};
use std::path::Path;
use support::{check, row, text};
use toml::Value;

#[test]
fn every_case_is_read_as_it_says() {
    check("open.toml", |analysis, key, _| found(analysis, key));
}

/// What the analysis holds under the keys that only these cases have.
fn found(analysis: &Analysis, key: &str) -> Option<Value> {
    let requirements = &analysis.requirements;
    Some(match key {
        "gaps" => requirements
            .gaps
            .iter()
            .map(|gap| row(&[&gap.family, &gap.words], gap.assumed.as_deref().map(text)))
            .collect::<Vec<_>>()
            .into(),
        "forms" => requirements
            .statements
            .iter()
            .filter_map(|statement| statement.form.as_ref())
            .map(|form| {
                let pattern = format!("{:?}", form.pattern);
                let parts = form.parts.iter().map(|part| text(&format!("{}: {}", part.name, part.text)));
                row(&[&pattern], parts)
            })
            .collect::<Vec<_>>()
            .into(),
        _ => return None,
    })
}

/// Each byte that is no white space belongs to one statement, each statement has a fate, and the figures add up: for the
/// project's own requirement texts, and for texts that nobody would write.
#[test]
fn every_byte_belongs_to_a_statement_and_every_statement_is_counted() {
    let briefs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/briefs");
    let mut texts: Vec<String> = Vec::new();
    for product in std::fs::read_dir(briefs).expect("the texts are there").flatten() {
        for style in std::fs::read_dir(product.path()).into_iter().flatten().flatten() {
            texts.extend(std::fs::read_to_string(style.path()).ok());
        }
    }
    assert!(texts.len() > 60, "only {} texts were found", texts.len());
    let hostile = [
        "",
        " ",
        "\n\n\t",
        "?",
        "\u{feff}# A\r\n\r\n- b\r\n",
        "| a | b |\n|---|---|\n| c | d |",
        "```\nopen",
        "- \n- \n* \n1.\n",
        "Given\nWhen\nThen",
        "Scenario:\nGiven x\nAnd",
        "When , I want",
        "When a, I want",
        "If a, if b, if c,",
        "the the the",
        "\u{202e}gnihtemos\u{202c} must be fast",
        "\u{1f469}\u{200d}\u{1f4bb} shall \u{1f680}",
        "must",
        "must must",
        "It",
        "They must",
        "shall be",
        "a.b.c.d.e",
        "....",
        "a,,,,b",
        "--- ---",
        "~~~\n~~~\n~~~",
        "As a , I want",
        "> > > quoted",
    ];
    texts.extend(hostile.map(str::to_owned));
    texts.extend(hostile.map(|written| written.repeat(500)));
    texts.extend(hostile.map(|written| format!("{written}\n").repeat(300)));
    for written in &texts {
        covered(written);
    }
}

fn covered(written: &str) {
    let analysis = analyze(written).expect("the text is short enough");
    let requirements = &analysis.requirements;
    let mut end = 0;
    for statement in &requirements.statements {
        let [from, to] = statement.span;
        assert!(from >= end && to > from, "{statement:?} lies across another");
        assert!(written[end..from].trim().is_empty(), "`{}` belongs to no statement", &written[end..from]);
        assert_eq!(statement.status == StatementStatus::Used, statement.reason.is_none(), "{statement:?}");
        end = to;
    }
    assert!(written[end..].trim().is_empty(), "`{}` belongs to no statement", &written[end..]);
    let rows = &requirements.coverage;
    let statements: usize = rows.iter().map(|row| row.statements).sum();
    let bytes: usize = rows.iter().map(|row| row.bytes).sum();
    let spans = requirements.statements.iter().map(|statement| statement.span[1] - statement.span[0]);
    assert_eq!((statements, bytes), (requirements.statements.len(), spans.sum()));
    for row in rows {
        assert_eq!(row.used + row.set_aside + row.not_understood, row.statements, "{row:?}");
    }
    for gap in &requirements.gaps {
        assert!(requirements.statements.iter().any(|statement| statement.id == gap.statement), "{gap:?}");
    }
}
