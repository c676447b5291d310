//! JavaScript data as values of Rust types, with messages that say where in the data something is wrong. The reader of
//! serde-wasm-bindgen inside of `serde_path_to_error` does the same, and makes the module larger by a tenth: for each
//! type it brings code for objects and for lists, and both once more for the path.

use js_sys::{Array, JsString, Number, Object, Reflect};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use wasm_bindgen::prelude::{JsCast, JsValue};

/// A value of a Rust type, from data that holds neither getters nor functions. A mistake is told with the path to it.
pub(crate) fn decode<T: DeserializeOwned>(data: JsValue) -> Result<T, String> {
    T::deserialize(Data(data)).map_err(|Fault(fault)| match fault.path.as_str() {
        "" => fault.reason,
        path => format!("{}: {}", path.trim_start_matches('.'), fault.reason),
    })
}

/// What is wrong, and where.
#[derive(Debug)]
struct Fault(Box<Told>);

#[derive(Debug)]
struct Told {
    path: String,
    reason: String,
}

impl Fault {
    fn new(reason: String) -> Self {
        Self(Box::new(Told { path: String::new(), reason }))
    }

    /// The same, seen from the object whose field it is in.
    #[cold]
    #[inline(never)]
    fn of(mut self, field: &str) -> Self {
        self.0.path.insert_str(0, field);
        self.0.path.insert(0, '.');
        self
    }

    /// The same, seen from the list whose element it is in.
    #[cold]
    #[inline(never)]
    fn at(mut self, place: u32) -> Self {
        self.0.path.insert_str(0, &format!("[{place}]"));
        self
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.reason)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(reason: T) -> Self {
        Self::new(reason.to_string())
    }
}

/// Data to be read.
struct Data(JsValue);

impl Data {
    #[cold]
    #[inline(never)]
    fn unexpected(&self, expected: &dyn Expected) -> Fault {
        let text = self.0.as_string();
        let found = match (&text, self.0.as_f64(), self.0.as_bool()) {
            (Some(text), ..) => Unexpected::Str(text),
            (_, Some(number), _) => Unexpected::Float(number),
            (.., Some(truth)) => Unexpected::Bool(truth),
            _ if self.is_nothing() => Unexpected::Unit,
            _ if Array::is_array(&self.0) => Unexpected::Seq,
            _ if self.0.is_object() => Unexpected::Map,
            _ => Unexpected::Other("something that is no data"),
        };
        de::Error::invalid_type(found, expected)
    }

    fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }

    fn is_list(&self) -> bool {
        Array::is_array(&self.0)
    }

    /// Whole numbers as such, for types that take no others.
    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_f64() {
            Some(number) if !Number::is_safe_integer(&self.0) => visitor.visit_f64(number),
            Some(number) if number < 0.0 => visitor.visit_i64(number as i64),
            Some(number) => visitor.visit_u64(number as u64),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_string() {
            Some(text) => visitor.visit_string(text),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if !self.is_list() {
            return Err(self.unexpected(&visitor));
        }
        visitor.visit_seq(Elements { list: self.0.unchecked_into(), at: 0 })
    }

    /// Objects and maps.
    fn pairs<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(map) = self.0.dyn_ref::<js_sys::Map>() {
            return visitor.visit_map(Pairs { pairs: Array::from(map), at: 0 });
        }
        if !self.0.is_object() || self.is_list() {
            return Err(self.unexpected(&visitor));
        }
        visitor.visit_map(Pairs { pairs: Object::entries(self.0.unchecked_ref()), at: 0 })
    }
}

macro_rules! all {
    ($($name:ident)* => $with:ident) => { $(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$with(visitor)
        }
    )* };
}

impl<'de> de::Deserializer<'de> for Data {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_nothing() {
            return visitor.visit_unit();
        }
        if let Some(truth) = self.0.as_bool() {
            return visitor.visit_bool(truth);
        }
        if self.0.as_f64().is_some() {
            return self.number(visitor);
        }
        if self.0.is_string() {
            return self.text(visitor);
        }
        if self.is_list() { self.list(visitor) } else { self.pairs(visitor) }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_bool() {
            Some(truth) => visitor.visit_bool(truth),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.as_f64() {
            Some(number) => visitor.visit_f64(number),
            None => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if !self.0.is_object() {
            return Err(self.unexpected(&visitor));
        }
        let mut fields = Fields { object: self.0, names: fields.iter(), missing: None };
        visitor.visit_seq(&mut fields).map_err(|fault| match fields.missing {
            Some(field) => de::Error::missing_field(field),
            None => fault,
        })
    }

    /// Choices without parts; the engine's types have no others.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.0.as_string() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(self.unexpected(&visitor)),
        }
    }

    all! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i64 deserialize_i32 => number }
    all! { deserialize_str deserialize_string => text }
    all! { deserialize_seq => list }
    all! { deserialize_map => pairs }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.list(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// What is left of a list.
struct Elements {
    list: Array,
    at: u32,
}

impl<'de> de::SeqAccess<'de> for Elements {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        if self.at >= self.list.length() {
            return Ok(None);
        }
        let at = self.at;
        self.at += 1;
        let element = seed.deserialize(Data(self.list.get(at)));
        element.map(Some).map_err(|fault| fault.at(at))
    }

    fn size_hint(&self) -> Option<usize> {
        // A list in JavaScript may claim any length.
        Some(self.list.length().saturating_sub(self.at).min(4096) as usize)
    }
}

/// What is left of the pairs of a map.
struct Pairs {
    pairs: Array,
    at: u32,
}

impl Pairs {
    fn part(&self, part: u32) -> JsValue {
        self.pairs.get(self.at).unchecked_into::<Array>().get(part)
    }
}

impl<'de> de::MapAccess<'de> for Pairs {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        if self.at >= self.pairs.length() { Ok(None) } else { seed.deserialize(Data(self.part(0))).map(Some) }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let value = seed.deserialize(Data(self.part(1)));
        let value = value.map_err(|fault| fault.of(&self.part(0).as_string().unwrap_or_default()));
        self.at += 1;
        value
    }
}

thread_local! {
    /// The names of fields as JavaScript has them, each made once, by the address of the name.
    static NAMES: RefCell<BTreeMap<usize, JsString>> = const { RefCell::new(BTreeMap::new()) };
}

/// The fields that are left, each in its place: to read an object as a list of its fields takes a third of the code that
/// reading names takes. A field that the object lacks is no element, which the types know to give a default.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
    /// The field that was asked for last, when the object lacks it: the type that then refuses the list has no default.
    missing: Option<&'static str>,
}

impl Fields {
    /// The next field, with its value if the object has it.
    #[inline(never)]
    fn next(&mut self) -> Option<(&'static str, JsValue)> {
        let field = *self.names.next()?;
        let value = NAMES.with_borrow_mut(|names| {
            let name = names.entry(field.as_ptr() as usize).or_insert_with(|| field.into());
            Reflect::get(&self.object, name).unwrap_or_default()
        });
        self.missing = value.is_undefined().then_some(field);
        self.missing.is_none().then_some((field, value))
    }
}

impl<'de> de::SeqAccess<'de> for &mut Fields {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((field, value)) = self.next() else { return Ok(None) };
        seed.deserialize(Data(value)).map(Some).map_err(|fault| fault.of(field))
    }
}
