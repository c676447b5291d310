//! Data dictionaries: Markdown tables of fields, "| Field | Type | Notes |" below what has them, or with a column that
//! says of each field what has it.

use super::{FIELDS, Field, Record, Schema};
use std::ops::Range;

/// What the columns of a table tell, by their places.
pub(super) struct Columns {
    owner: Option<usize>,
    field: usize,
    /// Whether a cell of `field` lists several: "number, depth, taken on".
    several: bool,
    kind: Option<usize>,
    required: Option<usize>,
    unique: Option<usize>,
}

/// Reads a table. `name` is what stands above it, where no column says what has the fields.
pub(crate) fn read(
    schema: &mut Schema,
    text: &str,
    range: Range<usize>,
    name: impl FnOnce() -> Option<String>,
) {
    let mut start = range.start;
    let mut lines = text[range].split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line.trim())
    });
    let Some(columns) = lines.next().and_then(|(_, line)| head(line)) else { return };
    let above = if columns.owner.is_none() { name().as_deref().and_then(owner_of) } else { None };
    if columns.owner.is_none() && above.is_none() {
        return;
    }
    let mut owner = above.unwrap_or_default();
    for (at, line) in lines.filter(|(_, line)| !is_rule(line)) {
        let cells: Vec<&str> = cells(line).collect();
        let cell =
            |place: Option<usize>| place.and_then(|place| cells.get(place)).copied().unwrap_or_default();
        // A cell that is left empty goes on with the record above.
        let named = cell(columns.owner);
        if !named.is_empty() {
            named.clone_into(&mut owner);
        }
        if schema.record(&owner).is_none() {
            schema.add(Record { name: owner.clone(), at, ..Record::default() });
        }
        let Some(record) = schema.record(&owner) else { continue };
        let fields = cell(Some(columns.field));
        let several = fields.split([',', ';']).filter(|_| columns.several);
        let one = Some(fields).filter(|_| !columns.several);
        for name in several.chain(one) {
            let own = [Some(columns.field), columns.owner, columns.kind];
            let rest = cells.iter().enumerate().filter(|(place, _)| !own.contains(&Some(*place)));
            let mut notes = rest.map(|(_, cell)| cell.to_lowercase()).collect::<Vec<_>>().join("; ");
            let mut field = Field { at, required: is_yes(cell(columns.required)), ..Field::default() };
            field.unique = is_yes(cell(columns.unique));
            name_of(name, &mut field, &mut notes);
            type_of(cell(columns.kind), &mut field);
            note(&notes, &mut field);
            if record.fields.len() < FIELDS && !field.name.is_empty() && record.field(&field.name).is_none() {
                record.fields.push(field);
            }
        }
    }
}

/// The columns, where a line is the head of such a table: fields with their types, or with what has them.
pub(super) fn head(line: &str) -> Option<Columns> {
    if !line.starts_with('|') {
        return None;
    }
    let names: Vec<String> = cells(line).map(str::to_lowercase).collect();
    let place = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let one = place(&[
        "field",
        "field name",
        "attribute",
        "attribute name",
        "column",
        "column name",
        "property",
        "data field",
        "data element",
    ]);
    let several =
        || place(&["fields", "attributes", "key attributes", "columns", "properties", "main attributes"]);
    let owner = place(&[
        "entity",
        "entity name",
        "table",
        "table name",
        "object",
        "data object",
        "record",
        "class",
        "model",
    ]);
    let kind = place(&["type", "data type", "datatype", "field type"]);
    let (field, several) = one.map(|one| (one, false)).or_else(|| Some((several()?, true)))?;
    let told = owner.is_some() || kind.is_some() && !several;
    told.then(|| Columns {
        owner,
        field,
        several,
        kind,
        required: place(&["required", "required?", "mandatory", "mandatory?"]),
        unique: place(&["unique", "unique?"]),
    })
}

/// Whether a line belongs to a table.
pub(super) fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// Whether a line only draws what stands between the head and the rows.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '|' | '-' | ':' | '=' | '+') || c.is_whitespace())
}

/// The cells of a row without the marks of emphasis and code around them.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    let inside = line.trim().trim_start_matches('|');
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    inside.split('|').map(|cell| cell.trim().trim_matches(['*', '`', '_']).trim())
}

/// What has the fields by what stands above the table: "Parcel fields" are those of a parcel. What a program is called
/// with is no record.
fn owner_of(above: &str) -> Option<String> {
    let ends = [" field", " attribute", " table", " entity", " data", " record", " object", " dictionary"];
    let bare = ends.iter().find_map(|end| above.strip_suffix(end)).unwrap_or(above).trim();
    let call = [
        "request",
        "response",
        "payload",
        "parameter",
        "body",
        "header",
        "query",
        "setting",
        "configuration",
    ];
    let nothing = ["field", "attribute", "data", "table", "entity", "column", "type", "following"];
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    (!bare.is_empty() && !call.contains(&last) && !nothing.contains(&last)).then(|| bare.to_owned())
}

fn is_yes(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "yes" | "y" | "x" | "true" | "required" | "mandatory" | "✓" | "✔" | "✅"
    )
}

/// The name of a field; what stands in brackets behind it, or a star, is a note: "plot no (PK)".
fn name_of(cell: &str, field: &mut Field, notes: &mut String) {
    let (name, bracket) = cell.split_once('(').unwrap_or((cell, ""));
    field.required |= name.trim_end().ends_with('*');
    // As one word, since a stroke parts the names of programs.
    field.name = name.trim().trim_matches(['*', '`', '_', '"']).trim().replace("-mail", "mail");
    if !field.name.starts_with(char::is_alphabetic) {
        field.name.clear();
    }
    if !bracket.is_empty() {
        notes.push_str("; ");
        notes.push_str(&bracket.trim_end_matches(')').to_lowercase());
    }
}

/// The type of a field: one by its name, a reference, or the values that it can have.
fn type_of(cell: &str, field: &mut Field) {
    if let Some(target) = reference(cell) {
        field.refers = Some(target);
        return;
    }
    let lower = cell.to_lowercase();
    // "money, EUR", "decimal (kg)": the type is the first word.
    let first = lower.split(['(', '[', ' ', ',', '/']).next().unwrap_or_default();
    let known = match lower.as_str() {
        "currency" | "price" => "money",
        "image" | "photo" | "picture" | "file" | "attachment" => "blob",
        "yes/no" | "true/false" | "y/n" | "flag" => "boolean",
        "date/time" | "date and time" | "date & time" => "datetime",
        "long text" | "rich text" | "memo" | "multiline text" => "clob",
        "percentage" | "percent" => "decimal",
        _ if TYPES.contains(&first) => first,
        _ => "",
    };
    if !known.is_empty() {
        known.clone_into(&mut field.kind);
        return;
    }
    let listed = lower
        .trim_start_matches("enumeration")
        .trim_start_matches("enum")
        .trim_start_matches("choice")
        .trim_matches([' ', '(', ')', ':', '[', ']', '{', '}']);
    let values: Vec<&str> =
        listed.split([',', '/', ';']).map(|value| value.trim().trim_matches(['"', '\'', '`'])).collect();
    let value = |value: &&str| {
        value.starts_with(char::is_alphabetic) && value.split(' ').count() < 4 && value.len() <= 40
    };
    if values.len() > 1 && values.iter().all(value) {
        field.values = values.into_iter().map(str::to_owned).collect();
        "enum".clone_into(&mut field.kind);
        return;
    }
    first.clone_into(&mut field.kind);
}

/// Types after which no more of them follow, but a unit or a length.
const TYPES: &[&str] = &[
    "text",
    "string",
    "varchar",
    "char",
    "integer",
    "int",
    "number",
    "decimal",
    "float",
    "money",
    "date",
    "datetime",
    "timestamp",
    "boolean",
    "bool",
    "uuid",
];

/// What a cell refers to: "reference to Farm", "FK → farms.id".
fn reference(cell: &str) -> Option<String> {
    let lower = cell.to_lowercase();
    let leads = [
        "foreign key to ",
        "foreign key → ",
        "foreign key -> ",
        "reference to ",
        "references ",
        "link to ",
        "lookup to ",
        "ref to ",
        "ref. to ",
        "ref ",
        "fk to ",
        "fk → ",
        "fk -> ",
        "→ ",
        "-> ",
    ];
    let lead = leads.iter().find(|lead| lower.starts_with(**lead))?;
    // The letters before may be of another length in small ones.
    let rest = cell.get(lead.len()..)?.trim();
    let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("a ")).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ' ')).unwrap_or(rest.len());
    let target = rest[..end].trim();
    (!target.is_empty() && target.len() <= 40).then(|| target.to_owned())
}

/// What the other cells say of a field.
fn note(notes: &str, field: &mut Field) {
    let mut parts = notes.split([';', ',', '.']).map(str::trim);
    for part in &mut parts {
        let denied = part.starts_with("not ") && part != "not null" || part.contains("not required");
        match part {
            _ if denied => {}
            "unique" => field.unique = true,
            "required" | "mandatory" | "not null" | "obligatory" => field.required = true,
            "pk" | "primary key" | "key" => {
                field.key = true;
                field.required = true;
                field.unique = true;
            }
            _ if part.starts_with("unique ") => field.unique = true,
            _ if field.refers.is_none() => field.refers = reference(part),
            _ => {}
        }
    }
}
