//! Quoting for Markdown documents.

/// Text within a paragraph or table cell: nothing in it is markup.
pub(crate) fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut before = ' ';
    for letter in raw.chars() {
        let letter = if letter.is_control() { ' ' } else { letter };
        // A line break of the source is a blank here; several blanks are one.
        if letter == ' ' && before == ' ' {
            continue;
        }
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$') {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
    let out = out.trim();
    // At the start of a line, a dash or a number with a full stop and a blank would open a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let after = &out[digits..];
    let bullet = digits == 0 && after.starts_with(['-', '+']) && after[1..].starts_with(' ');
    let numbered =
        digits > 0 && after.starts_with(['.', ')']) && (after.len() == 1 || after[1..].starts_with(' '));
    if bullet || numbered {
        return format!("{}\\{after}", &out[..digits]);
    }
    out.to_owned()
}

/// Inline code that shows a text as it is.
pub(crate) fn code(raw: &str) -> String {
    let clean: String = raw.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    format!("`{}`", clean.replace('|', "\\|").trim())
}

/// A table; cells are Markdown already.
pub(crate) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        out += &format!("| {} |\n", row.join(" | "));
    }
    out.push('\n');
    out
}

/// The most statements that the document lists, with a place that links lead to.
pub(crate) const MOST_STATEMENTS: usize = 1000;

/// Whether the document has a place for an id: that of a statement that it lists, or of an assumption.
pub(crate) fn listed(id: &str) -> bool {
    let number = |kind| id.strip_prefix(kind).and_then(|number: &str| number.parse::<usize>().ok());
    number('s').is_some_and(|number| number <= MOST_STATEMENTS) || number('a').is_some()
}

/// The id of a statement or assumption as a link to the place where the document lists it.
pub(crate) fn link(id: &str) -> String {
    if listed(id) { format!("[{}](#{id})", code(id)) } else { code(id) }
}

/// The id of a statement or assumption at the place where the document lists it.
pub(crate) fn place(id: &str) -> String {
    if listed(id) { format!("<a id=\"{id}\"></a>{}", code(id)) } else { code(id) }
}

/// Reasons in a cell or at the end of a sentence: `s3`, `a1`.
pub(crate) fn reasons(evidence: &[requirements::Reason]) -> String {
    const SHOWN: usize = 6;
    let mut shown: Vec<String> =
        evidence.iter().take(SHOWN).map(|reason| link(&reason.to_string())).collect();
    if evidence.len() > SHOWN {
        shown.push(format!("and {} more", evidence.len() - SHOWN));
    }
    shown.join(" ")
}

/// A fenced block.
pub(crate) fn fence(language: &str, source: &str) -> String {
    format!("```{language}\n{}\n```\n\n", source.trim_end())
}

/// A text without line breaks and control characters.
pub(crate) fn one_line(raw: &str) -> String {
    raw.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An id in kebab case as words: `more-a-day-than-known` is "More a day than known".
pub(crate) fn worded(id: &str) -> String {
    let rule = id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    requirements::capitalised(&rule.replace('-', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        for (raw, want) in [
            ("a * b | c", "a \\* b \\| c"),
            ("0.08 ratio", "0.08 ratio"),
            ("1. first", "1\\. first"),
            ("- item", "\\- item"),
            ("-5 degrees", "-5 degrees"),
            ("<script>\nalert(1)</script>", "\\<script\\> alert(1)\\</script\\>"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
        ] {
            assert_eq!(text(raw), want);
        }
    }
}
