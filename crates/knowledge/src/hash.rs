/// How a word is spread over a table of words: FNV-1a, mixed at the end. The build script, which lays the tables out, and
/// the library share it.
pub(crate) fn spread(word: &str, start: u16) -> u32 {
    let start = 0x811c_9dc5 ^ u32::from(start);
    let mixed = word.bytes().fold(start, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
    mixed ^ (mixed >> 13)
}

/// The place of a word among `places` by its spread and the number that its group was given.
pub(crate) fn place(spread: u32, number: u16, places: usize) -> usize {
    let mixed = (spread ^ u32::from(number).wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    share(mixed ^ (mixed >> 16), places)
}

/// A number of 32 bits scaled to less than `of`.
pub(crate) fn share(number: u32, of: usize) -> usize {
    ((u64::from(number) * of as u64) >> 32) as usize
}
