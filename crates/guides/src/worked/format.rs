//! Small pieces of Markdown.

/// A table; cells are Markdown already. At most so many rows are shown, and the rest is counted.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>], most: usize, rest: &str) -> String {
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows.iter().take(most) {
        out += &format!("| {} |\n", row.join(" | "));
    }
    if rows.len() > most {
        out += &format!("\n{} more: {rest}.\n", rows.len() - most);
    }
    out.push('\n');
    out
}

/// Text in which nothing is markup.
pub(super) fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for letter in raw.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$') {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}

/// A fenced block.
pub(super) fn fence(language: &str, source: &str) -> String {
    format!("```{language}\n{}\n```\n\n", source.trim_end())
}

/// A number as people read it: three digits that count below a thousand, groups of three above.
pub(super) fn number(value: f64) -> String {
    if value >= 1000.0 {
        let digits = format!("{value:.0}");
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        return out;
    }
    let decimals = match value {
        _ if value >= 100.0 => 0,
        _ if value >= 10.0 => 1,
        _ if value >= 1.0 => 2,
        _ => 3,
    };
    let written = format!("{value:.decimals$}");
    if written.contains('.') {
        written.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, want) in
            [(0.005_926, "0.006"), (1.0, "1"), (12.34, "12.3"), (100.0, "100"), (1_234_567.8, "1,234,568")]
        {
            assert_eq!(number(value), want);
        }
    }

    #[test]
    fn long_tables_are_cut_and_say_so() {
        let rows: Vec<_> = ["a", "b", "c"].iter().map(|cell| vec![(*cell).to_owned()]).collect();
        assert_eq!(
            table(&["H"], &rows, 2, "elsewhere"),
            "| H |\n| --- |\n| a |\n| b |\n\n1 more: elsewhere.\n\n"
        );
    }
}
