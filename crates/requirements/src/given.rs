//! Facts that a text holds as pasted schemas: SQL, DBML, Prisma, JDL, OpenAPI, the heads of CSV files, tables of
//! fields and relations in the notation of textbooks, fenced or bare.
//! What such a block declares is given, and outweighs what is read from sentences.
//!
//! The readers take the part of each format that declares records, attributes, keys and references, and pass over the rest;
//! a broken block gives what was read before the break.

mod braces;
mod csv;
mod find;
mod lexer;
mod merge;
mod notation;
mod openapi;
mod sql;
mod table;
mod tree;

use std::collections::BTreeMap;

pub(crate) use find::{Block, blocks};
pub(crate) use merge::Facts;

/// How many fields of one record are taken.
const FIELDS: usize = 300;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `CREATE TABLE` and what belongs to it.
    Sql,
    /// DBML, Prisma and JDL: a keyword, a name, and lines in braces.
    Braces,
    /// An OpenAPI document or a part of one, in YAML or JSON.
    OpenApi,
    /// The head of a CSV file.
    Csv,
    /// A Markdown table of fields.
    Table,
    /// Relations as textbooks write them: a name, and its columns in brackets.
    Notation,
}

/// What the blocks of a text declare, with names as they are written.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    records: Vec<Record>,
    /// The place of each record by its name in lower case.
    places: BTreeMap<String, usize>,
    /// Relations in the notation of textbooks, whose references are not found yet.
    noted: Vec<Record>,
    links: Vec<Link>,
    /// Records that list others: from, to, and where.
    lists: Vec<(String, String, usize)>,
    /// Names of types whose values are listed.
    choices: Vec<(String, Vec<String>)>,
    /// Method, path, and where the method stands.
    operations: Vec<(String, String, usize)>,
}

/// Something that has records. `at` is where in the text it is declared.
#[derive(Debug, Default)]
struct Record {
    name: String,
    at: usize,
    fields: Vec<Field>,
    /// Fields that are unique together.
    unique: Vec<(Vec<String>, usize)>,
}

/// Something that is recorded.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "what a column can be at once")]
struct Field {
    name: String,
    /// The type as it is written, in lower case, without its arguments.
    kind: String,
    at: usize,
    required: bool,
    unique: bool,
    /// Whether it is the key or a part of it.
    key: bool,
    /// The record that it refers to.
    refers: Option<String>,
    values: Vec<String>,
    /// `positive` or `non-negative`, where a check says so.
    sign: Option<&'static str>,
}

/// A link that is declared apart from the records.
#[derive(Debug)]
struct Link {
    from: String,
    to: String,
    /// The field of `from` that refers to `to`, where there is one.
    field: String,
    /// Whether one `to` may have several `from`, and the other way round.
    from_many: bool,
    to_many: bool,
    required: bool,
    at: usize,
}

impl Schema {
    /// Reads a block. `name` is what the text calls the records of a CSV file or of a table of fields.
    pub(crate) fn read(&mut self, text: &str, block: &Block, name: impl FnOnce() -> Option<String>) {
        match block.format {
            Format::Sql => sql::read(self, text, block.body.clone()),
            Format::Braces => braces::read(self, text, block.body.clone()),
            Format::OpenApi => openapi::read(self, text, block.body.clone()),
            Format::Notation => notation::read(self, text, block.body.clone()),
            Format::Csv => csv::read(self, text, block.body.clone(), name),
            Format::Table => table::read(self, text, block.body.clone(), name),
        }
    }

    fn record(&mut self, name: &str) -> Option<&mut Record> {
        self.places.get(&name.to_ascii_lowercase()).and_then(|place| self.records.get_mut(*place))
    }
}

impl Record {
    fn field(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
