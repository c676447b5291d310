//! Cutting tables out of `design.md`, so that the guide shows what a reader of a design sees.

/// A table of the document. Cells are Markdown.
#[derive(Debug)]
pub(super) struct Table<'a> {
    heads: Vec<&'a str>,
    rows: Vec<Vec<&'a str>>,
}

/// The first table below a heading, before the next heading of the same or a higher level.
pub(super) fn table<'a>(document: &'a str, heading: &str) -> Option<Table<'a>> {
    let mut lines = document.lines();
    let level = lines.by_ref().find_map(|line| depth(line).filter(|level| line[level + 1..] == *heading))?;
    let mut rows = lines
        .take_while(|line| depth(line).is_none_or(|other| other > level))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .map(cells);
    let heads = rows.next()?;
    // The second line of a table draws the rule between head and body.
    Some(Table { heads, rows: rows.skip(1).collect() })
}

impl Table<'_> {
    /// The rows, reduced to these columns; the name of the first one that there is not.
    pub(super) fn columns<'n>(&self, names: &[&'n str]) -> Result<Vec<Vec<String>>, &'n str> {
        let mut places = Vec::new();
        for name in names {
            places.push(self.heads.iter().position(|head| head == name).ok_or(*name)?);
        }
        let cell = |row: &Vec<&str>, place: &usize| alone(row.get(*place).copied().unwrap_or_default());
        Ok(self.rows.iter().map(|row| places.iter().map(|place| cell(row, place)).collect()).collect())
    }
}

/// A cell without links into the document that it was cut from, and without the marks that such links lead to.
fn alone(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once("](#") {
        let (start, label) = before.rsplit_once('[').unwrap_or((before, ""));
        out += start;
        out += label;
        rest = after.split_once(')').map_or("", |(_, tail)| tail);
    }
    out += rest;
    while let Some((before, after)) = out.split_once("<a id=\"") {
        out = format!("{before}{}", after.split_once("></a>").map_or("", |(_, tail)| tail));
    }
    out
}

/// The level of a heading. The document has no fenced block with a line that looks like one: its blocks are diagrams.
fn depth(line: &str) -> Option<usize> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (level > 0 && line[level..].starts_with(' ')).then_some(level)
}

/// The cells of a row: what stands between bars that no backslash precedes.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim_start_matches('|');
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'|' if !escaped => {
                cells.push(line[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "## A\n\ntext\n\n### B\n\n| X | Y |\n| --- | --- |\n| 1 \\| 2 | `3` |\n\n## C\n\n| Z |\n| --- |\n| 4 |\n";

    #[test]
    fn cells_stand_alone() {
        for (cell, wanted) in [
            ("[`s1`](#s1) `rule:x` [`a2`](#a2) and 1 more", "`s1` `rule:x` `a2` and 1 more"),
            (
                "[`peak.factor`](#a5) [3,400](#f2) [`database`](#decision-database)",
                "`peak.factor` 3,400 `database`",
            ),
            ("<a id=\"s3\"></a>`s3`", "`s3`"),
            ("1 × 2<a id=\"f3\"></a>", "1 × 2"),
            ("[`s1`](other.md#s1) [`s", "[`s1`](other.md#s1) [`s"),
            ("plain", "plain"),
        ] {
            assert_eq!(alone(cell), wanted);
        }
    }

    #[test]
    fn tables_are_found_by_heading_and_column() {
        let found = table(TEXT, "A").unwrap();
        assert_eq!(found.columns(&["Y", "X"]).unwrap(), [["`3`", "1 \\| 2"]]);
        assert_eq!(found.columns(&["Y", "Q"]).unwrap_err(), "Q");
        assert_eq!(table(TEXT, "C").unwrap().columns(&["Z"]).unwrap(), [["4"]]);
        assert!(table(TEXT, "D").is_none());
    }
}
