//! Text files with names between at signs, and lines that stand only where something is so.

/// Fills a template. A line that starts with `?name ` is kept, without that, where the flag is set.
pub(super) fn render(template: &str, flags: &[&str], values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    for line in template.lines() {
        let line = match line.strip_prefix('?').and_then(|rest| rest.split_once(' ')) {
            Some((flag, rest)) if flags.contains(&flag) => rest,
            Some(_) => continue,
            None => line,
        };
        let filled = fill(line, values);
        // A value that fills a whole line may be nothing, and then the line goes.
        if filled.is_empty() && !line.is_empty() {
            continue;
        }
        out += &filled;
        out.push('\n');
    }
    out
}

fn fill(line: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('@') {
        out += &rest[..at];
        let after = &rest[at + 1..];
        let known = after.split_once('@').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = known {
            out += value;
            rest = tail;
        } else {
            out.push('@');
            rest = after;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_names_filled() {
        let values = [("name", "shop".to_owned()), ("none", String::new())];
        assert_eq!(
            render("a: @name@\n?on b: 1\n?off c: 2\n@none@\n- uses: x@v5\n", &["on"], &values),
            "a: shop\nb: 1\n- uses: x@v5\n"
        );
    }
}
