//! Maps and sets of what an iterator gives, made light.

/// Collects into a map or set by adding one item after the other.
///
/// `collect` sorts the items first, with code of its own for each type of items: in the module for browsers that was a
/// fifteenth of all code.
pub trait Gather: Iterator + Sized {
    /// The items in a map or set; of items with the same key the last stays.
    fn gather<All: Default + Extend<Self::Item>>(self) -> All {
        let mut all = All::default();
        all.extend(self);
        all
    }
}

impl<Items: Iterator> Gather for Items {}
