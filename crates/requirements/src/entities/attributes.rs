//! What is recorded of an entity by itself, and which of the listed items stand for another one.

use super::Chosen;
use crate::lists::Item;
use crate::model::Attribute;
use crate::names;
use crate::reason::Reason;

/// Last words of an attribute that refers to what stands before them.
pub(super) const KEYS: &[&str] = &[
    " id",
    " identifier",
    " number",
    " no",
    " code",
    " information",
    " detail",
    " info",
    " data",
    " reference",
];

/// The entity that a listed item stands for: "customer", "customer ID" or "customer information" in an order.
pub(super) fn refers_to<'a>(owner: &str, item: &Item, chosen: &'a Chosen) -> Option<&'a str> {
    let bare = KEYS.iter().find_map(|key| item.name.strip_suffix(key));
    if parent(owner, item) {
        return chosen.find(owner);
    }
    let named =
        |name: &str| chosen.find(name).or_else(|| chosen.find_end(name)).filter(|found| *found != owner);
    match bare {
        Some(bare) => named(bare),
        // A name that is an attribute by itself, such as "unit price", is no reference to a price.
        None => named(&item.name).filter(|_| names::attribute_strength(&item.name) < 2),
    }
}

/// "parent category" of a category: another of the same kind.
fn parent(owner: &str, item: &Item) -> bool {
    is_parent(owner, KEYS.iter().find_map(|key| item.name.strip_suffix(key)).unwrap_or(&item.name))
}

/// Whether a name means the one above another of the same kind: "parent category" of a category.
pub(crate) fn is_parent(owner: &str, name: &str) -> bool {
    name == "parent" && !names::is_person(owner) && owner != name
        || name.strip_prefix("parent ").is_some_and(|of| owner == of || owner.ends_with(&format!(" {of}")))
}

/// What a listed item is to its owner, where its name says more than the name of the entity that it stands for:
/// "creator user id" is a user, who is the creator.
pub(crate) fn role(item: &Item, target: &str) -> Option<String> {
    let name = KEYS.iter().find_map(|key| item.name.strip_suffix(key)).unwrap_or(&item.name);
    let last = names::head(target);
    if parent(target, item) {
        return Some(format!("parent {last}"));
    }
    let before = name.strip_suffix(target).or_else(|| name.strip_suffix(last))?.trim();
    let said = !before.is_empty()
        && !before.split(' ').any(crate::cardinalities::passes)
        && !before.contains(" of")
        && !target.starts_with(before)
        && before.split(' ').count() <= 2;
    said.then(|| name.to_owned())
}

pub(super) fn is_attribute(owner: &str, item: &Item, chosen: &Chosen) -> bool {
    if refers_to(owner, item, chosen).is_some() {
        return false;
    }
    !item.name.is_empty() && item.name.split(' ').count() <= 5
}

/// What many things have the number of.
const SHARED: &[&str] = &["batch", "lot", "version", "model", "edition", "room", "table", "page", "seat"];

/// The number of a thing tells it from all others of its kind, and so does the number that is listed first; the number
/// of something else, as of a batch, is shared.
fn tells_apart(owner: &str, item: &Item, first: bool) -> bool {
    let of = KEYS.iter().find_map(|key| item.name.strip_suffix(key)).unwrap_or_default();
    let head = names::head(owner);
    first && !SHARED.contains(&of)
        || matches!(of, "" | "unique" | "serial")
        || owner.contains(of)
        || of.ends_with(head)
}

pub(super) fn attribute_of(owner: &str, item: &Item, first: bool, reason: &Reason) -> Attribute {
    let row = names::attribute_row(&item.name);
    let kind = row.map_or("", |row| row.kind);
    // "a price (net or gross)" says which of two amounts, and no value.
    let values =
        if matches!(kind, "" | "text" | "long-text" | "integer") { item.values.clone() } else { Vec::new() };
    let kind = match kind {
        _ if !values.is_empty() => "text",
        "" | "text" if item.measured => "decimal",
        // "the amount of grit used" is none of money.
        "money" if item.name.strip_prefix("amount of ").is_some_and(|of| !names::is_money(of)) => "decimal",
        // "an accession with an accession number": it is written, and not counted with.
        "integer"
            if item.name.strip_suffix(" number") == Some(names::head(owner))
                || item.unique && item.name.ends_with(" number") =>
        {
            "identifier"
        }
        _ if item.flag => "boolean",
        "" if item.name.starts_with("is ") => "boolean",
        "" => "text",
        kind => kind,
    };
    let identifies = kind == "identifier" && tells_apart(owner, item, first) || item.unique;
    Attribute {
        name: item.name.clone(),
        kind: kind.to_owned(),
        required: identifies || item.name == "name" || item.name == "title",
        unique: identifies,
        class: knowledge::class(owner, &item.name, row).to_owned(),
        readers: Vec::new(),
        values,
        evidence: vec![reason.clone()],
    }
}
