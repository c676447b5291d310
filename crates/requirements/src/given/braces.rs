//! DBML (`Table users { … }`), Prisma (`model User { … }`) and JDL (`entity User { … }`): alike enough for one reader.

use super::lexer::{Kind, Token, tokens};
use super::{Field, Link, Record, Schema};
use knowledge::Gather as _;
use std::collections::BTreeSet;
use std::ops::Range;

pub(crate) fn read(schema: &mut Schema, text: &str, range: Range<usize>) {
    let tokens = tokens(text, range, false);
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let open = (at + 1..tokens.len())
            .take(12)
            .find(|open| tokens[*open].mark("{"))
            .filter(|open| !tokens[at + 1..*open].iter().any(|token| token.first));
        let body = open.map(|open| open + 1..closing(&tokens, open));
        let next = body.as_ref().map_or(at + 1, |body| body.end);
        let inside = body.map(|body| &tokens[body]).unwrap_or_default();
        let known = token.first
            && match token.text.to_ascii_lowercase().as_str() {
                "table" | "model" | "entity" => {
                    record(schema, &tokens[at..], inside);
                    true
                }
                "enum" => {
                    if let Some(name) = name(&tokens[at + 1..]) {
                        schema.choices.push((name.to_owned(), choices(inside)));
                    }
                    true
                }
                "relationship" => {
                    if let Some(kind) = tokens.get(at + 1) {
                        relationships(schema, kind.text, inside);
                    }
                    true
                }
                "ref" => {
                    if open.is_some() {
                        for line in lines(inside, false) {
                            reference(schema, line);
                        }
                    } else {
                        let end = (at + 1..tokens.len()).find(|at| tokens[*at].first).unwrap_or(tokens.len());
                        let colon = (at..end).find(|at| tokens[*at].mark(":")).map_or(at + 1, |at| at + 1);
                        reference(schema, &tokens[colon..end]);
                    }
                    true
                }
                _ => false,
            };
        at = if known { next } else { at + 1 };
    }
}

/// The brace that closes the one at a place; the end where none does.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.mark("{") {
            depth += 1;
        } else if token.mark("}") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    tokens.len()
}

/// The last part of the name at the start of some tokens.
fn name<'a>(tokens: &[Token<'a>]) -> Option<&'a str> {
    let first = tokens.first().filter(|token| token.names())?;
    let second = tokens.get(2).filter(|token| tokens[1].mark(".") && token.names());
    Some(second.unwrap_or(first).text)
}

/// The lines of a block, and what `commas` set apart; what stands in brackets stays together.
fn lines<'t, 'a>(tokens: &'t [Token<'a>], commas: bool) -> Vec<&'t [Token<'a>]> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, token) in tokens.iter().enumerate() {
        if depth == 0 && at > start && (token.first || commas && token.mark(",")) {
            found.push(&tokens[start..at]);
            start = at + usize::from(token.mark(","));
        }
        match token.text {
            "(" | "[" | "{" if token.kind == Kind::Mark => depth += 1,
            ")" | "]" | "}" if token.kind == Kind::Mark => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found.push(&tokens[start.min(tokens.len())..]);
    found.retain(|line| !line.is_empty());
    found
}

fn choices(tokens: &[Token]) -> Vec<String> {
    let values = lines(tokens, true).into_iter().flat_map(|line| {
        // JDL gives a value a text in brackets, DBML a note, Prisma none; several may share a line.
        let end = line.iter().position(|token| token.mark("(") || token.mark("[") || token.mark("@"));
        line[..end.unwrap_or(line.len())].iter().filter(|token| token.names() || token.kind == Kind::Text)
    });
    values.map(|token| token.text.to_owned()).collect()
}

fn record(schema: &mut Schema, head: &[Token], inside: &[Token]) {
    let Some(name) = name(&head[1..]) else { return };
    let jdl = head[0].is("entity");
    let mut record = Record { name: name.to_owned(), at: head[0].at, ..Record::default() };
    let mut refers: Vec<(String, String)> = Vec::new();
    for line in lines(inside, jdl) {
        let first = &line[0];
        if first.is("indexes") || first.mark("@") {
            uniques(&mut record, line);
            continue;
        }
        let Some(kind) = line.get(1).filter(|kind| first.names() && kind.names()) else { continue };
        let rest = &line[2..];
        let settings = Settings { words: rest };
        let many = rest.first().is_some_and(|token| token.mark("["))
            && rest.get(1).is_some_and(|token| token.mark("]"));
        let optional = rest.first().is_some_and(|token| token.mark("?"));
        if let Some(own) = settings.own_field() {
            refers.push((own.to_owned(), kind.text.to_owned()));
            continue;
        }
        if many {
            schema.lists.push((record.name.clone(), kind.text.to_owned(), first.at));
        }
        let key = settings.says(&["pk"]) || settings.says(&["primary", "key"]) || settings.says(&["@", "id"]);
        let prisma = head[0].is("model");
        record.fields.push(Field {
            name: first.text.to_owned(),
            kind: kind.text.to_ascii_lowercase(),
            at: first.at,
            required: key
                || settings.says(&["not", "null"])
                || settings.says(&["required"])
                || prisma && !optional && !many,
            unique: key || settings.says(&["unique"]),
            key,
            refers: settings.target().map(str::to_owned),
            ..Field::default()
        });
    }
    for (own, target) in refers {
        if let Some(field) = record.field(&own) {
            field.refers = Some(target);
        }
    }
    schema.add(record);
}

/// What stands after the type of a field.
struct Settings<'t, 'a> {
    words: &'t [Token<'a>],
}

impl<'a> Settings<'_, 'a> {
    fn says(&self, phrase: &[&str]) -> bool {
        self.words
            .windows(phrase.len())
            .any(|words| words.iter().zip(phrase).all(|(word, wanted)| word.mark(wanted) || word.is(wanted)))
    }

    /// Prisma: the field that holds the key, of `@relation(fields: [authorId], …)`.
    fn own_field(&self) -> Option<&'a str> {
        let at = self.words.iter().position(|word| word.is("fields"))?;
        let open = self.words.get(at + 2).filter(|word| word.mark("["))?;
        self.words.get(at + 3).filter(|word| open.mark("[") && word.names()).map(|word| word.text)
    }

    /// DBML: the table of `[ref: > users.id]`.
    fn target(&self) -> Option<&'a str> {
        let at = self.words.iter().position(|word| word.is("ref"))?;
        let to = self.words[at..].iter().position(|word| word.mark(">") || word.mark("-"))? + at + 1;
        let end =
            self.words[to..].iter().position(|word| !word.names() && !word.mark(".")).unwrap_or_default();
        // All but the last name, which is the column.
        self.words[to..to + end].iter().rev().filter(|word| word.names()).nth(1).map(|word| word.text)
    }
}

/// `@@unique([a, b])` of Prisma, and `indexes { (a, b) [unique] }` of DBML.
fn uniques(record: &mut Record, line: &[Token]) {
    let prisma = line[0].mark("@");
    let inner = line.iter().position(|token| token.mark("{")).map_or(line, |open| &line[open + 1..]);
    for entry in lines(inner, false) {
        let unique = entry.iter().any(|token| token.is("unique"));
        let open = entry.iter().position(|token| token.mark(if prisma { "[" } else { "(" }));
        let names: Vec<String> = match open {
            Some(open) => entry[open + 1..]
                .iter()
                .take_while(|token| !token.mark("]") && !token.mark(")"))
                .filter(|token| token.names())
                .map(|token| token.text.to_owned())
                .collect(),
            None => entry
                .iter()
                .take(1)
                .filter(|token| token.names())
                .map(|token| token.text.to_owned())
                .collect(),
        };
        if !unique {
            continue;
        }
        if let [only] = names.as_slice() {
            if let Some(field) = record.field(only) {
                field.unique = true;
            }
        } else if !names.is_empty() {
            record.unique.push((names, entry[0].at));
        }
    }
}

/// DBML: `posts.user_id > users.id`.
fn reference(schema: &mut Schema, line: &[Token]) {
    let Some(mark) = line.iter().position(|token| ["<", ">", "-"].iter().any(|mark| token.mark(mark))) else {
        return;
    };
    let both = line[mark].mark("<") && line.get(mark + 1).is_some_and(|token| token.mark(">"));
    let side = |tokens: &[Token]| -> Option<(String, String)> {
        let names: Vec<&str> = tokens
            .iter()
            .take_while(|token| token.names() || token.mark("."))
            .filter(|token| token.names())
            .map(|token| token.text)
            .collect();
        let (column, rest) = names.split_last()?;
        Some(((*rest.last()?).to_owned(), (*column).to_owned()))
    };
    // What stands before a colon is the name of the reference.
    let from = line[..mark].iter().rposition(|token| token.mark(":")).map_or(0, |colon| colon + 1);
    let (Some(left), Some(right)) = (side(&line[from..mark]), side(&line[mark + 1 + usize::from(both)..]))
    else {
        return;
    };
    let one_to_many = line[mark].mark("<") && !both;
    let (from, to) = if one_to_many { (right, left) } else { (left, right) };
    schema.links.push(Link {
        from: from.0,
        to: to.0,
        field: if both { String::new() } else { from.1 },
        from_many: !line[mark].mark("-"),
        to_many: both,
        required: false,
        at: line[0].at,
    });
}

/// JDL: `relationship OneToMany { A{bs} to B{a} }`.
fn relationships(schema: &mut Schema, kind: &str, inside: &[Token]) {
    let kind = kind.to_ascii_lowercase();
    for (at, token) in inside.iter().enumerate().filter(|(_, token)| token.is("to")) {
        // Before `to` stands a name, perhaps with a field in braces.
        let before = &inside[..at];
        let (left, braces) = match before.iter().rposition(|token| token.mark("{")) {
            Some(open) if before.last().is_some_and(|token| token.mark("}")) => {
                (open.checked_sub(1), &before[open..])
            }
            _ => (at.checked_sub(1), &before[..0]),
        };
        let (Some(left), Some(right)) = (left.and_then(|left| inside.get(left)), inside.get(at + 1)) else {
            continue;
        };
        if !left.names() || !right.names() {
            continue;
        }
        let after = inside[at + 2..].iter().take_while(|token| !token.is("to") && !token.mark("}"));
        let turned = kind == "onetomany";
        let required = if turned {
            after.into_iter().any(|token| token.is("required"))
        } else {
            braces.iter().any(|token| token.is("required"))
        };
        let (from, to) = if turned { (right, left) } else { (left, right) };
        schema.links.push(Link {
            from: from.text.to_owned(),
            to: to.text.to_owned(),
            field: String::new(),
            from_many: kind != "onetoone",
            to_many: kind == "manytomany",
            required,
            at: token.at,
        });
    }
}

/// Links what lists each other, as models of Prisma do.
pub(super) fn many_to_many(schema: &mut Schema) {
    let lists = std::mem::take(&mut schema.lists);
    let pairs: BTreeSet<(&str, &str)> =
        lists.iter().map(|(from, to, _)| (from.as_str(), to.as_str())).gather();
    let mut linked = BTreeSet::new();
    for (from, to, at) in lists.iter().filter(|(from, to, _)| from <= to) {
        if pairs.contains(&(to.as_str(), from.as_str())) && linked.insert((from, to)) {
            schema.links.push(Link {
                from: from.clone(),
                to: to.clone(),
                field: String::new(),
                from_many: true,
                to_many: true,
                required: false,
                at: *at,
            });
        }
    }
}
