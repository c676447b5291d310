//! Tables as the build script packs them (in the format of postcard), and how they are read when first asked for. As
//! constants, their many short texts would take twice the place in the module that browsers load; and a reader that
//! trusts what it reads is a tenth of one that serde makes, since nothing else than the build script writes these bytes.

use rustc_hash::FxHashMap;
use std::ops::Deref;
use std::sync::OnceLock;

/// What is left to be read. Past the end it gives zeros.
#[derive(Debug)]
pub struct Reader(&'static [u8]);

impl Reader {
    fn bytes(&mut self, count: usize) -> &'static [u8] {
        let (bytes, rest) = self.0.split_at_checked(count).unwrap_or_default();
        self.0 = rest;
        bytes
    }

    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or_default()
    }

    /// A number in groups of seven bits, the lowest first.
    pub(crate) fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 63 {
                return number;
            }
        }
    }

    fn text(&mut self) -> &'static str {
        let count = self.count();
        str::from_utf8(self.bytes(count)).unwrap_or_default()
    }

    fn count(&mut self) -> usize {
        usize::unpack(self)
    }
}

/// What tables hold.
pub trait Unpack: Sized {
    /// The next value.
    fn unpack(from: &mut Reader) -> Self;
}

/// Numbers in groups of seven bits.
macro_rules! numbers {
    ($($kind:ty),*) => { $(
        impl Unpack for $kind {
            fn unpack(from: &mut Reader) -> Self {
                from.number() as Self
            }
        }
    )* };
}
numbers!(u16, u32, u64, usize);

impl Unpack for u8 {
    fn unpack(from: &mut Reader) -> Self {
        from.byte()
    }
}

impl Unpack for bool {
    fn unpack(from: &mut Reader) -> Self {
        from.byte() != 0
    }
}

impl Unpack for f64 {
    fn unpack(from: &mut Reader) -> Self {
        Self::from_le_bytes(from.bytes(8).try_into().unwrap_or_default())
    }
}

impl Unpack for &'static str {
    fn unpack(from: &mut Reader) -> Self {
        from.text()
    }
}

impl<T: Unpack> Unpack for Option<T> {
    fn unpack(from: &mut Reader) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Unpack> Unpack for Vec<T> {
    fn unpack(from: &mut Reader) -> Self {
        (0..from.count()).map(|_| T::unpack(from)).collect()
    }
}

impl<T: Unpack> Unpack for &'static [T] {
    fn unpack(from: &mut Reader) -> Self {
        Vec::unpack(from).leak()
    }
}

impl<A: Unpack, B: Unpack> Unpack for (A, B) {
    fn unpack(from: &mut Reader) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

/// Defines rows: as types with derived traits, and how they are unpacked, field by field.
macro_rules! packed_rows {
    ($derived:tt $($(#[doc = $doc:literal])* pub struct $name:ident {
        $($(#[doc = $field_doc:literal])* $(#[toml($key:literal)])? pub $field:ident: $kind:ty,)*
    })*) => { $(
        $(#[doc = $doc])*
        #[derive $derived]
        pub struct $name { $($(#[doc = $field_doc])* pub $field: $kind,)* }

        impl crate::packed::Unpack for $name {
            fn unpack(from: &mut crate::packed::Reader) -> Self {
                Self { $($field: crate::packed::Unpack::unpack(from),)* }
            }
        }
    )* };
}
pub(crate) use packed_rows;

/// Defines choices: as types, and how they are unpacked, by the place of the choice and then its parts.
macro_rules! choices {
    ($($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $choice_doc:literal])* $choice:ident $(($($part:ident: $kind:ty),*))?,)*
    })*) => { $(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub enum $name { $($(#[doc = $choice_doc])* $choice $(($($kind),*))?,)* }

        impl crate::packed::Unpack for $name {
            fn unpack(from: &mut crate::packed::Reader) -> Self {
                enum Place { $($choice),* }
                match from.number() {
                    $(place if place == Place::$choice as u64 => {
                        $($(let $part = <$kind as crate::packed::Unpack>::unpack(from);)*)?
                        Self::$choice $(($($part),*))?
                    })*
                    _ => unreachable!(),
                }
            }
        }
    )* };
}
pub(crate) use choices;

/// A table, unpacked when it is first asked for.
#[derive(Debug)]
pub struct Packed<T: 'static> {
    bytes: &'static [u8],
    rows: OnceLock<&'static [T]>,
}

impl<T> Packed<T> {
    pub(crate) const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, rows: OnceLock::new() }
    }
}

impl<T: Unpack> Deref for Packed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.rows.get_or_init(|| Unpack::unpack(&mut Reader(self.bytes)))
    }
}

/// Words with what is said of each.
#[derive(Debug)]
pub struct Table<T: 'static> {
    bytes: &'static [u8],
    words: OnceLock<Words<T>>,
}

#[derive(Debug)]
struct Words<T: 'static> {
    entries: &'static [(&'static str, T)],
    places: FxHashMap<&'static str, u16>,
}

impl<T> Table<T> {
    pub(crate) const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, words: OnceLock::new() }
    }
}

impl<T: Unpack> Table<T> {
    fn words(&self) -> &Words<T> {
        self.words.get_or_init(|| {
            let from = &mut Reader(self.bytes);
            // All words stand before all that is said: alike beside alike compresses well.
            let (words, says): (Vec<&'static str>, Vec<T>) = Unpack::unpack(from);
            let places = (0..).zip(&words).map(|(at, word)| (*word, at)).collect();
            Words { entries: words.into_iter().zip(says).collect::<Vec<_>>().leak(), places }
        })
    }

    /// A word as the table holds it, with what is said of it.
    pub fn entry(&self, word: &str) -> Option<&'static (&'static str, T)> {
        let words = self.words();
        words.entries.get(usize::from(*words.places.get(word)?))
    }

    /// All words with what is said of each, sorted.
    pub fn entries(&self) -> &'static [(&'static str, T)] {
        self.words().entries
    }
}

/// What a table says of a word.
pub fn look_up<T: Copy + Unpack>(table: &Table<T>, word: &str) -> Option<T> {
    table.entry(word).map(|(_, says)| *says)
}

/// Phrases with what each says, found by their first word.
#[derive(Debug)]
pub struct Phrases<T: 'static> {
    bytes: &'static [u8],
    known: OnceLock<Known<T>>,
}

#[derive(Debug)]
struct Known<T: 'static> {
    phrases: &'static [(&'static str, T)],
    firsts: FxHashMap<&'static str, (u16, u16)>,
    shapes: Shapes,
}

/// Which shapes of words a table knows, as a set of bits: most words of a text start no phrase, and their shape says so for
/// a tenth of what it costs to hash them.
#[derive(Debug)]
pub(crate) struct Shapes([u64; 128]);

impl Default for Shapes {
    fn default() -> Self {
        Self([0; 128])
    }
}

impl Shapes {
    /// The place of a word's shape: five bits each of its first and last letters, which tell all letters of one case apart,
    /// and three of its length.
    fn place(word: &str) -> (usize, u64) {
        let (first, last) = match word.as_bytes() {
            [first, .., last] => (usize::from(first & 31), usize::from(last & 31)),
            _ => (0, 0),
        };
        (first << 2 | last >> 3, 1 << ((last & 7) << 3 | word.len() & 7))
    }

    pub(crate) fn add(&mut self, word: &str) {
        let (place, bit) = Self::place(word);
        self.0[place] |= bit;
    }

    pub(crate) fn may_hold(&self, word: &str) -> bool {
        let (place, bit) = Self::place(word);
        self.0[place] & bit != 0
    }
}

impl<T> Phrases<T> {
    pub(crate) const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, known: OnceLock::new() }
    }
}

impl<T: Copy + Unpack> Phrases<T> {
    fn known(&self) -> &Known<T> {
        self.known.get_or_init(|| {
            let from = &mut Reader(self.bytes);
            let (phrases, (lengths, says)): (Vec<&'static str>, (Vec<u8>, Vec<T>)) = Unpack::unpack(from);
            let mut firsts: FxHashMap<&'static str, (u16, u16)> = FxHashMap::default();
            let mut shapes = Shapes::default();
            for ((at, phrase), length) in (0..).zip(&phrases).zip(lengths) {
                let first = phrase.get(..usize::from(length)).unwrap_or_default();
                shapes.add(first);
                firsts.entry(first).or_insert((at, at)).1 = at + 1;
            }
            Known { phrases: phrases.into_iter().zip(says).collect::<Vec<_>>().leak(), firsts, shapes }
        })
    }

    /// All phrases with what each says, sorted by their first words.
    pub fn phrases(&self) -> &'static [(&'static str, T)] {
        self.known().phrases
    }

    /// Whether phrases may start with a word, as its shape tells.
    #[inline]
    pub fn may_start(&self, word: &str) -> bool {
        self.known().shapes.may_hold(word)
    }

    /// The phrases whose first word is this one.
    pub fn starting_with(&self, first: &str) -> &'static [(&'static str, T)] {
        let known = self.known();
        let (from, to) = known.firsts.get(first).copied().unwrap_or_default();
        known.phrases.get(usize::from(from)..usize::from(to)).unwrap_or_default()
    }

    /// The phrases with which a text begins, the shortest first: those that end where `whole` says that the rest of the
    /// text starts anew. `first` is the first word of the text.
    pub fn at_start<'a>(
        &self,
        first: &str,
        text: &'a str,
        whole: fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'static str, T)> + use<'a, T> {
        let here = if self.may_start(first) { self.starting_with(first) } else { &[] };
        here.iter()
            .filter(move |(phrase, _)| text.strip_prefix(phrase).is_some_and(whole))
            .map(|(phrase, says)| (*phrase, *says))
    }
}
