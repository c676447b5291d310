//! A section in the making: its parts in order, each shown while there is room and folded away beyond that.

use crate::diagrams::Diagram;
use crate::markdown::{fence, table, text};

/// The lines that a section shows unfolded: two screens, less the headings and folds that follow.
pub(super) const ROOM: usize = 54;
/// The most lines that one table takes of them.
const MOST_OF_A_TABLE: usize = 34;
/// The lines that a drawn diagram takes.
const DIAGRAM: usize = 16;
/// The most diagrams of one kind that are drawn at once.
const MOST_DRAWN: usize = 2;
/// The characters on a line.
const WIDTH: usize = 120;

/// A section in the making.
#[derive(Default)]
pub(super) struct Page {
    out: String,
    taken: usize,
}

impl Page {
    /// The section as it is.
    pub(super) fn done(self) -> String {
        self.out
    }

    /// A paragraph, which is always shown; nothing where it is empty.
    pub(super) fn say(&mut self, paragraph: &str) {
        if !paragraph.is_empty() {
            self.taken += 1 + paragraph.len().div_ceil(WIDTH);
            self.out += &format!("{paragraph}\n\n");
        }
    }

    /// A heading with what follows it; nothing where the body is empty.
    pub(super) fn part(&mut self, title: &str, body: &str) {
        if !body.is_empty() {
            self.heading(title);
            self.say(body.trim_end());
        }
    }

    /// A heading, unless it is empty, and a table below it; nothing where there are no rows.
    pub(super) fn table(&mut self, title: &str, heads: &[&str], rows: &[Vec<String>]) {
        self.introduced(title, "", heads, rows);
    }

    /// A table of which as many rows are shown as have room on so many lines; the rest is folded away.
    pub(super) fn begun(&mut self, title: &str, heads: &[&str], rows: &[Vec<String>], lines: usize) {
        if rows.is_empty() {
            return;
        }
        let room = lines.min(ROOM.saturating_sub(self.taken + 3));
        self.heading(title);
        let shown = (1..=rows.len()).take_while(|count| tall(&rows[..*count]) <= room).count();
        let (first, rest) = rows.split_at(shown);
        if first.is_empty() {
            return self.folded(&summary(rows, heads), &table(heads, rows));
        }
        self.add(Some(tall(first)), "", &table(heads, first));
        if !rest.is_empty() {
            self.folded(&format!("{} more: {}", rest.len(), heads.join(", ")), &table(heads, rest));
        }
    }

    /// The same with a paragraph between the heading and the table.
    pub(super) fn introduced(&mut self, title: &str, intro: &str, heads: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.heading(title);
        self.say(intro);
        let lines = tall(rows);
        let fits = lines <= MOST_OF_A_TABLE && self.taken + lines <= ROOM;
        self.add(fits.then_some(lines), &summary(rows, heads), &table(heads, rows));
    }

    /// Text of headings and tables that was written elsewhere, folded away.
    pub(super) fn raw(&mut self, body: &str) {
        self.folded("Consistency", body);
    }

    /// Diagrams, each with what it shows; those that have no room are folded away together.
    pub(super) fn diagrams(&mut self, diagrams: &[Diagram]) {
        let room = (ROOM.saturating_sub(self.taken) / DIAGRAM).min(diagrams.len()).min(MOST_DRAWN);
        let (shown, rest) = diagrams.split_at(room);
        let drawn =
            |diagram: &Diagram| format!("{}:\n\n{}", text(&diagram.title), fence("mermaid", &diagram.source));
        for diagram in shown {
            self.add(Some(DIAGRAM), "", &drawn(diagram));
        }
        let summary = match rest {
            [one] => format!("Diagram: {}", one.title),
            [first, .., last] => format!("{} diagrams, {} to {}", rest.len(), first.title, last.title),
            [] => String::new(),
        };
        self.folded(&summary, &rest.iter().map(drawn).collect::<String>());
    }

    /// Something that is always folded away; nothing where it is empty.
    pub(super) fn folded(&mut self, title: &str, body: &str) {
        if !body.is_empty() {
            self.add(None, title, body);
        }
    }

    fn heading(&mut self, title: &str) {
        if !title.is_empty() {
            self.taken += 2;
            self.out += &format!("### {title}\n\n");
        }
    }

    fn add(&mut self, lines: Option<usize>, summary: &str, body: &str) {
        self.taken += lines.unwrap_or(1);
        self.out += &match lines {
            Some(_) => format!("{}\n\n", body.trim_end()),
            None => {
                format!(
                    "<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n\n",
                    plain(summary),
                    body.trim_end()
                )
            }
        };
    }
}

/// What a folded table is called.
fn summary(rows: &[Vec<String>], heads: &[&str]) -> String {
    let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    format!("{count}: {}", heads.join(", "))
}

/// The lines of a table with its head.
fn tall(rows: &[Vec<String>]) -> usize {
    2 + rows.iter().map(|row| height(row)).sum::<usize>()
}

/// The lines of a row: those of its fullest cell, where the columns share the width.
fn height(row: &[String]) -> usize {
    let width = (WIDTH / row.len().max(1)).max(1);
    row.iter().map(|cell| cell.len().div_ceil(width)).max().unwrap_or(1).max(1)
}

/// A summary, in which no character may mean anything to HTML or Markdown.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | ';' | '-' | '/' | '’'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_folded_and_what_is_empty_is_not_said() {
        let row = || vec!["a".to_owned(), "b".to_owned()];
        let mut page = Page::default();
        page.table("Nothing", &["A", "B"], &[]);
        page.part("Nothing", "");
        page.folded("Nothing", "");
        assert_eq!(page.done(), "");
        let mut page = Page::default();
        page.table("Few", &["A", "B"], &[row()]);
        page.table("Many", &["A", "B"], &vec![row(); MOST_OF_A_TABLE]);
        assert!(page.out.starts_with("### Few\n\n| A | B |\n"), "{}", page.out);
        assert!(
            page.out.contains("### Many\n\n<details>\n<summary>34 rows: A, B</summary>\n\n| A | B |\n"),
            "{}",
            page.out
        );
        for _ in 0..ROOM {
            page.table("Few", &["A", "B"], &[row()]);
        }
        assert!(page.out.ends_with("</details>\n\n"), "what comes last has no room");
        assert!(plain("a <b> & \"c\"").chars().all(|c| !"<>&\"".contains(c)));
    }
}
