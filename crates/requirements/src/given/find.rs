//! Where a text holds pasted schemas: in fences, or bare between its paragraphs.

use super::{Format, csv, notation, table};
use std::ops::Range;

/// A pasted schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) format: Format,
    /// Its lines, without those of the fence.
    pub(crate) body: Range<usize>,
    pub(crate) fenced: bool,
}

/// How many lines a bare block may have before its end is looked for no further.
const LONGEST: usize = 5000;

/// The pasted schemas of a text, in its order.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut offset = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            offset += line.len();
            (offset - line.len(), line.trim_end())
        })
        .collect();
    let end_of = |line: usize| lines.get(line).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut at = 0;
    // A brace that is never closed is looked for once.
    let mut unclosed = false;
    while let Some((start, line)) = lines.get(at) {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            let close = (at + 1..lines.len())
                .find(|at| lines[*at].1.trim_start().starts_with(&bare[..3]))
                .unwrap_or(lines.len());
            let body = end_of(at + 1)..end_of(close);
            let inside = lines.get(at + 1..close).unwrap_or_default();
            let info = bare[3..].trim_start_matches(['`', '~']).trim().to_ascii_lowercase();
            if let Some(format) = fenced(info.split([' ', '{']).next().unwrap_or_default(), inside) {
                found.push(Block { format, body, fenced: true });
            }
            at = close + 1;
            continue;
        }
        let mut next = at + 1;
        if let Some(format) = starts(&lines, at)
            && !(unclosed && format == Format::OpenApi && line.starts_with('{'))
        {
            match extent(&lines, at, format) {
                Some(end) => {
                    let body = *start..end_of(end);
                    if holds(format, &text[body.clone()]) {
                        found.push(Block { format, body, fenced: false });
                        next = end;
                    }
                }
                None => unclosed |= format == Format::OpenApi,
            }
        }
        at = next;
    }
    found
}

/// The format of a fenced block, by the word after the fence or by its lines.
fn fenced(info: &str, lines: &[(usize, &str)]) -> Option<Format> {
    match info {
        "sql" | "ddl" | "postgres" | "postgresql" | "pgsql" | "plpgsql" | "mysql" | "sqlite" | "tsql" => {
            Some(Format::Sql)
        }
        "dbml" | "prisma" | "jdl" | "jhipster" => Some(Format::Braces),
        "yaml" | "yml" | "json" | "openapi" | "swagger" => Some(Format::OpenApi),
        "csv" | "tsv" => Some(Format::Csv),
        "" | "text" | "txt" | "plaintext" | "schema" => {
            (0..lines.len().min(20)).find_map(|at| starts(lines, at))
        }
        _ => None,
    }
}

/// The format that starts with a line.
fn starts(lines: &[(usize, &str)], at: usize) -> Option<Format> {
    let line = lines[at].1;
    let bare = line.trim_start();
    let first = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let word = |at: usize| bare.split_whitespace().nth(at).unwrap_or_default().to_ascii_lowercase();
    let next = lines.get(at + 1).map_or("", |(_, next)| *next);
    match first.to_ascii_lowercase().as_str() {
        "create" => {
            let table = (1..4).any(|at| word(at) == "table")
                && (bare.contains('(') || next.trim_start().starts_with('('));
            let other = word(1) == "type" && bare.to_ascii_lowercase().contains("enum")
                || word(1) == "unique" && word(2) == "index";
            (table || other).then_some(Format::Sql)
        }
        "alter" => (word(1) == "table" && !word(3).is_empty()).then_some(Format::Sql),
        "table" | "model" | "entity" | "enum" | "relationship" => {
            let named = word(1).starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '_'));
            let opens = bare.ends_with('{') || bare.ends_with('}') && bare.contains('{');
            (named && opens).then_some(Format::Braces)
        }
        "ref" => {
            let dotted = bare.split(':').nth(1).is_some_and(|rest| {
                rest.contains('.') && rest.contains(['<', '>', '-']) && rest.split_whitespace().count() == 3
            });
            (dotted || bare.ends_with('{')).then_some(Format::Braces)
        }
        "openapi" | "swagger" | "components" | "paths" | "definitions" if line.starts_with(first) => {
            let key = bare[first.len()..].starts_with(':');
            let version = bare[first.len()..].contains(|c: char| c.is_ascii_digit());
            let deeper = next.starts_with("  ") && next.trim_end().ends_with(':');
            (key && (version || deeper)).then_some(Format::OpenApi)
        }
        "" if bare.starts_with('{') && (bare == "{" || bare.starts_with("{\"")) => Some(Format::OpenApi),
        "" if table::is_row(bare) => {
            (table::head(bare).is_some() && table::is_row(next)).then_some(Format::Table)
        }
        _ => {
            let separators = |line: &str| line.matches([',', ';', '\t']).count();
            let same = || separators(line) >= 2 && separators(next) == separators(line);
            let told = || {
                let before = at.checked_sub(1).map_or("", |before| lines[before].1).to_ascii_lowercase();
                before.ends_with(':') || before.contains("csv") || before.contains("column")
            };
            if notation::begins(line) {
                return Some(Format::Notation);
            }
            (csv::bare_head(line) && (same() || told())).then_some(Format::Csv)
        }
    }
}

/// The line after a bare block. Nothing where a document in braces is not closed.
fn extent(lines: &[(usize, &str)], at: usize, format: Format) -> Option<usize> {
    let limit = lines.len().min(at + LONGEST);
    if format == Format::Csv {
        let separators = |line: &str| line.matches([',', ';', '\t']).count();
        let columns = separators(lines[at].1);
        return Some((at + 1..limit).find(|at| separators(lines[*at].1) != columns).unwrap_or(limit));
    }
    if format == Format::Table {
        return Some((at + 1..limit).find(|at| !table::is_row(lines[*at].1)).unwrap_or(limit));
    }
    if format == Format::Notation {
        return notation_end(lines, at, limit);
    }
    if format == Format::OpenApi && !lines[at].1.starts_with('{') {
        let inside = |line: &str| {
            let key = line.split(':').next().unwrap_or_default();
            line.is_empty() || line.starts_with([' ', '#', '-']) || line.contains(':') && TOP.contains(&key)
        };
        let mut end = (at + 1..limit).find(|at| !inside(lines[*at].1)).unwrap_or(limit);
        while end > at + 1 && lines[end - 1].1.is_empty() {
            end -= 1;
        }
        return Some(end);
    }
    let (open, close) = if format == Format::Sql { ('(', ')') } else { ('{', '}') };
    let mut depth = 0_usize;
    let mut opened = false;
    let mut blank = None;
    for (line, (_, content)) in lines.iter().enumerate().take(limit).skip(at) {
        if line > at && content.is_empty() {
            blank = blank.or(Some(line));
            if depth == 0 {
                return Some(line);
            }
        }
        // The next one starts before this one is closed.
        if line > at && depth > 0 && format != Format::OpenApi && starts(lines, line) == Some(format) {
            return Some(blank.unwrap_or(line));
        }
        for letter in content.chars() {
            if letter == open {
                depth += 1;
                opened = true;
            } else if letter == close {
                depth = depth.saturating_sub(1);
            }
        }
        let next = lines.get(line + 1).map_or("", |(_, next)| next.trim_start());
        let closed = match format {
            Format::Sql => {
                depth == 0
                    && (content.ends_with(';')
                        || opened && !next.starts_with(')') && !next.starts_with('(') && !goes_on(next))
            }
            _ => depth == 0 && (opened || content.contains(':')),
        };
        if closed {
            return Some(line + 1);
        }
    }
    // Never closed: what stands before the first blank line.
    (format != Format::OpenApi).then(|| blank.unwrap_or(limit))
}

/// The line after the last of the relations that follow each other, with blank lines between them. Nothing where the first
/// one is not closed, or where something stands after its bracket, as in prose.
fn notation_end(lines: &[(usize, &str)], at: usize, limit: usize) -> Option<usize> {
    let mut end = None;
    let mut next = at;
    while next < limit && notation::begins(lines[next].1) {
        let mut depth = 0_usize;
        let close = (next..limit).find(|line| {
            for letter in lines[*line].1.chars() {
                match letter {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            depth == 0 || lines[*line].1.is_empty()
        });
        let Some(last) = close
            .filter(|line| depth == 0 && lines[*line].1.trim_end_matches([';', '.', ',']).ends_with(')'))
        else {
            break;
        };
        end = Some(last + 1);
        next = (last + 1..limit).find(|line| !lines[*line].1.is_empty()).unwrap_or(limit);
    }
    end
}

/// Keys of a document at its outermost level.
const TOP: &[&str] = &[
    "openapi",
    "swagger",
    "info",
    "servers",
    "paths",
    "components",
    "security",
    "tags",
    "externalDocs",
    "definitions",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "webhooks",
    "parameters",
    "responses",
    "securityDefinitions",
];

/// What may stand after the last bracket of a table.
fn goes_on(line: &str) -> bool {
    let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    ["engine", "default", "partition", "with", "inherits", "tablespace", "without", "comment", "where"]
        .contains(&word.as_str())
        || line.starts_with(';')
}

/// Whether a bare block is what its first line promises: prose too may begin with "Create table".
fn holds(format: Format, body: &str) -> bool {
    let lower = body.to_ascii_lowercase();
    match format {
        Format::Sql => {
            const TYPES: &[&str] = &[
                "int",
                "integer",
                "bigint",
                "smallint",
                "serial",
                "bigserial",
                "varchar",
                "char",
                "text",
                "numeric",
                "decimal",
                "date",
                "timestamp",
                "timestamptz",
                "datetime",
                "boolean",
                "bool",
                "uuid",
                "float",
                "real",
                "double",
                "money",
                "json",
                "jsonb",
                "enum",
                "references",
                "unique",
                "nvarchar",
                "bytea",
                "tinyint",
            ];
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| TYPES.contains(&word))
        }
        Format::OpenApi => ["openapi", "swagger", "schemas", "properties", "paths", "components"]
            .iter()
            .any(|key| lower.contains(key)),
        Format::Notation => notation::marks_keys(body),
        Format::Braces | Format::Csv | Format::Table => true,
    }
}
