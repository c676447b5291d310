//! The domains: unpacked once, when first asked for, and looked things up in.

use crate::packed::{Shapes, packed_rows};
use crate::{DOMAINS, KERNELS, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

macro_rules! domains {
    ($($rows:tt)*) => { packed_rows! { (Debug, Clone, PartialEq) $($rows)* } };
}
include!("domain_rows.rs");

/// What any system may need for its own working, each entity only where it is used.
pub static KERNEL: LazyLock<&DomainRow> = LazyLock::new(|| &KERNELS[0]);

/// The names, synonyms and kinds of all entities of all fields in lower case, each with the place among all of them of the
/// last that stands for the same: a chain for each spelling. Names are looked up for each thing of a text in each field.
struct Records {
    last: FxHashMap<&'static str, usize>,
    all: Vec<Record>,
}

/// What a spelling stands for in a field.
struct Record {
    field: &'static DomainRow,
    /// The place of the entity in the field.
    entity: usize,
    /// Whether it is the name, a synonym or only a kind of the entity.
    sort: usize,
    /// The place of the one before with the same spelling.
    before: Option<usize>,
}

/// The sort of kinds, which are no name of their entity.
const KIND: usize = 2;

static RECORDS: LazyLock<Records> = LazyLock::new(|| {
    let mut records = Records { last: FxHashMap::default(), all: Vec::new() };
    for field in DOMAINS.iter().chain([*KERNEL]) {
        for (entity, row) in field.entities.iter().enumerate() {
            for (sort, words) in [&[row.name][..], &row.synonyms, &row.kinds].into_iter().enumerate() {
                for word in words {
                    let place = records.all.len();
                    let before = records.last.insert(word.to_lowercase().leak(), place);
                    records.all.push(Record { field, entity, sort, before });
                }
            }
        }
    }
    records
});

/// A name that means something in some field, looked up once for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Spelling(usize);

/// The spelling of a name, where some field keeps records of a thing that is called so: singular, in lower case.
pub fn spelling(name: &str) -> Option<Spelling> {
    RECORDS.last.get(name).copied().map(Spelling)
}

/// Whether the systems of some field keep records of a thing of this name: singular, in lower case.
pub fn is_record(name: &str) -> bool {
    spelling(name).is_some()
}

/// Whether a word tells which of several meanings another one has in some field.
pub fn tells_meaning(word: &str) -> bool {
    static WORDS: LazyLock<(Shapes, FxHashSet<&str>)> = LazyLock::new(|| {
        let homonyms = DOMAINS.iter().flat_map(|row| &row.homonyms);
        let words = homonyms.flat_map(|homonym| &homonym.when).flat_map(|words| words.split(' '));
        let (mut shapes, mut all) = (Shapes::default(), FxHashSet::default());
        for word in words {
            shapes.add(word);
            all.insert(word);
        }
        (shapes, all)
    });
    let (shapes, all) = &*WORDS;
    shapes.may_hold(word) && all.contains(word)
}

/// A field of application by its id; `kernel` is what any system may need.
pub fn domain(id: &str) -> Option<&'static DomainRow> {
    DOMAINS.iter().find(|row| row.id == id).or_else(|| (KERNEL.id == id).then(|| *KERNEL))
}

impl DomainRow {
    /// The entity that a name or a synonym means here. Case does not matter; the name is singular.
    pub fn entity(&self, name: &str) -> Option<&EntityRow> {
        let upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let lower = if upper { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
        self.named(spelling(&lower)?, |sort| sort < KIND)
    }

    /// The entity that a name means here, or else the one of which it is a kind.
    pub fn called(&self, name: Spelling) -> Option<&EntityRow> {
        self.named(name, |_| true)
    }

    /// The entity that is called so in one of some sorts: the name goes before synonyms, and of two entities with the same
    /// the first.
    fn named(&self, name: Spelling, sorts: fn(usize) -> bool) -> Option<&EntityRow> {
        let mut next = Some(name.0);
        let mut found: Option<(usize, usize)> = None;
        while let Some(record) = next.and_then(|at| RECORDS.all.get(at)) {
            if sorts(record.sort) && std::ptr::eq(record.field, self) {
                let this = (record.sort, record.entity);
                found = Some(found.map_or(this, |found| found.min(this)));
            }
            next = record.before;
        }
        self.entities.get(found?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DOMAIN_PHRASES, DomainWord};
    use std::collections::BTreeSet;

    fn all() -> impl Iterator<Item = &'static DomainRow> {
        DOMAINS.iter().chain([*KERNEL])
    }

    #[test]
    fn names_and_synonyms_lead_to_their_entity() {
        assert!(DOMAINS.is_sorted_by_key(|row| row.id));
        for row in all() {
            assert_eq!(domain(row.id), Some(row));
            for entity in &row.entities {
                assert_eq!(row.entity(&entity.name.to_lowercase()), Some(entity), "{}", row.id);
                for synonym in &entity.synonyms {
                    assert_eq!(row.entity(synonym), Some(entity), "{}: {synonym}", row.id);
                }
            }
            assert_eq!(row.entity("gramophone needle"), None);
        }
        assert_eq!(domain("unheard of"), None);
    }

    #[test]
    fn the_core_of_a_domain_is_described_and_everything_in_it_is_linked() {
        for row in DOMAINS.iter() {
            let core: Vec<_> = row.entities.iter().filter(|entity| entity.core).collect();
            assert!((3..=9).contains(&core.len()), "{}: {} core entities", row.id, core.len());
            for entity in core {
                let count = entity.attributes.len();
                let links =
                    row.relations.iter().filter(|link| link.from == entity.name || link.to == entity.name);
                assert!((2..=12).contains(&count), "{}: {} has {count} attributes", row.id, entity.name);
                assert!(count + links.count() >= 5, "{}: too little is said of {}", row.id, entity.name);
            }
            for entity in &row.entities {
                let linked =
                    row.relations.iter().any(|link| link.from == entity.name || link.to == entity.name);
                assert!(linked, "{}: {} stands alone", row.id, entity.name);
                assert!(!entity.attributes.is_empty(), "{}: {} records nothing", row.id, entity.name);
            }
            assert!(!row.invariants.is_empty(), "{}", row.id);
            assert!(row.vocabulary >= 11, "{}: too few words", row.id);
        }
    }

    #[test]
    fn a_strong_word_points_at_few_domains() {
        let mut strong: std::collections::BTreeMap<&str, BTreeSet<&str>> = std::collections::BTreeMap::new();
        for (phrase, says) in DOMAIN_PHRASES.phrases() {
            if let DomainWord::Strong(at) = says {
                strong.entry(phrase).or_default().insert(DOMAINS[usize::from(*at)].id);
            }
        }
        assert!(strong.len() > 100);
        for (word, domains) in strong {
            assert!(domains.len() <= 2, "`{word}` is strong in {domains:?}");
        }
    }

    #[test]
    fn a_homonym_of_one_domain_has_its_words_from_that_domain() {
        for row in all() {
            for homonym in &row.homonyms {
                assert!(row.entity(homonym.here).is_some());
                assert!(!homonym.when.contains(&homonym.word), "{}: {}", row.id, homonym.word);
            }
        }
    }

    #[test]
    fn lifecycles_begin_at_the_first_state() {
        for (row, entity) in all().flat_map(|row| row.entities.iter().map(move |entity| (row, entity))) {
            for way in &entity.transitions {
                assert!(entity.states.contains(&way.from) && entity.states.contains(&way.to), "{}", row.id);
            }
            if let (Some(first), false) = (entity.states.first(), entity.transitions.is_empty()) {
                assert!(
                    entity.transitions.iter().any(|way| way.from == *first),
                    "{}: {}",
                    row.id,
                    entity.name
                );
            }
        }
    }
}
