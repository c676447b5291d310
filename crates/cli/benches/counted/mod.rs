//! Counts the bytes that a program holds on the heap, now and at most.
#![expect(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one hands each call on as it came"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static HEAP: Counted = Counted;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The allocator of the system, counted.
struct Counted;

// SAFETY: the allocator of the system does the work, and its rules are those of the caller.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        NOW.fetch_sub(layout.size(), Relaxed);
        taken(size);
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

fn taken(bytes: usize) {
    MOST.fetch_max(NOW.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

/// The bytes that are held now.
pub(crate) fn now() -> usize {
    NOW.load(Relaxed)
}

/// The bytes that a function held at most, beside those that were held before.
pub(crate) fn most<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = now();
    MOST.store(before, Relaxed);
    let made = run();
    (made, MOST.load(Relaxed) - before)
}
