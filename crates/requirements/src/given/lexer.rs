//! The tokens that SQL, DBML, Prisma and JDL have in common.

use std::ops::Range;

/// A word, quoted name, number, string or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Without quotes.
    pub(crate) text: &'a str,
    pub(crate) at: usize,
    pub(crate) kind: Kind,
    /// Whether it is the first of its line.
    pub(crate) first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// A name in double quotes, back quotes or brackets.
    Name,
    /// In single quotes.
    Text,
    Mark,
}

impl Token<'_> {
    /// Whether it is a keyword, whatever its case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(crate) fn mark(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }

    pub(crate) fn names(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Name)
    }
}

/// The tokens of a part of a text; comments are left out. With `brackets`, a name may stand in brackets, as in T-SQL.
pub(crate) fn tokens(text: &str, range: Range<usize>, brackets: bool) -> Vec<Token<'_>> {
    let part = &text[range.clone()];
    let mut found = Vec::new();
    let mut at = 0;
    let mut first = true;
    while let Some(letter) = part[at..].chars().next() {
        let rest = &part[at..];
        let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |place| from + place);
        let comment = if rest.starts_with("--") || rest.starts_with("//") {
            Some(until("\n", 0))
        } else if rest.starts_with("/*") {
            Some((until("*/", 2) + 2).min(rest.len()))
        } else {
            None
        };
        if let Some(length) = comment {
            at += length;
            continue;
        }
        if letter.is_whitespace() {
            first |= letter == '\n';
            at += letter.len_utf8();
            continue;
        }
        let wide = letter.len_utf8();
        let quoted = |close: char, kind: Kind| {
            let end = rest[wide..].find(close).map_or(rest.len(), |place| wide + place);
            (kind, &rest[wide..end], (end + close.len_utf8()).min(rest.len()))
        };
        let (kind, inner, length) = match letter {
            '\'' => quoted('\'', Kind::Text),
            '"' => quoted('"', Kind::Name),
            '`' => quoted('`', Kind::Name),
            '[' if brackets && rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                quoted(']', Kind::Name)
            }
            _ if letter.is_alphanumeric() || letter == '_' => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                (Kind::Word, &rest[..end], end)
            }
            _ => (Kind::Mark, &rest[..wide], wide),
        };
        found.push(Token { text: inner, at: range.start + at, kind, first });
        first = false;
        at += length.max(1);
    }
    found
}
