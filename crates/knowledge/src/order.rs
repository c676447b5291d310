//! Sorting, made light.

use std::cmp::Ordering;

/// Sorts items, equal ones in the order that they have.
///
/// The sort of the standard library has code of its own for each type of items, some five kilobytes of it in the module
/// for browsers. This one sorts places, with one code for all, and then moves each item to its place.
pub trait Order<Item> {
    /// Sorts by a comparison.
    fn order_by(&mut self, compare: impl FnMut(&Item, &Item) -> Ordering);

    /// Sorts by a key of each item.
    fn order_by_key<Key: Ord>(&mut self, mut key: impl FnMut(&Item) -> Key) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }

    /// Sorts by the order that the items have.
    fn order(&mut self)
    where
        Item: Ord,
    {
        self.order_by(Item::cmp);
    }
}

impl<Item> Order<Item> for [Item] {
    fn order_by(&mut self, mut compare: impl FnMut(&Item, &Item) -> Ordering) {
        // Most of what is sorted of one sentence is none or one.
        if self.len() < 2 {
            return;
        }
        let places = sorted(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        arrange(places, &mut |a, b| self.swap(a, b));
    }
}

/// The places of items, in the order of the items.
fn sorted(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

/// Brings to each place the item that stands at the place named there, by as many swaps as there are items.
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while places[at] != start {
            let from = places[at];
            swap(at, from);
            places[at] = at;
            at = from;
        }
        places[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn items_stand_as_the_standard_sort_has_them() {
        // A fixed sequence without a pattern; the halves make equal keys, whose order must stay.
        let numbers: Vec<u32> = (1u32..200).map(|at| at.wrapping_mul(2_654_435_761) >> 24).collect();
        for length in 0..numbers.len() {
            let items: Vec<(usize, u32)> = numbers.iter().copied().take(length).enumerate().collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            ours.order_by_key(|(_, number)| number / 2);
            theirs.sort_by_key(|(_, number)| number / 2);
            assert_eq!(ours, theirs);
            ours.order();
            theirs.sort_unstable();
            assert_eq!(ours, theirs);
        }
    }
}
