//! Lays tables of words out so that each word is found at the first place looked at: a minimal perfect hash. Words fall
//! into groups by their spread, and each group gets the number with which its words fall on free places.

mod hash {
    include!("../src/hash.rs");
}

/// How many words a group has on average. More of them make a smaller table and a longer search for the numbers.
const GROUP: usize = 3;

/// The Rust expression of a table. Each word stands once, with the expression of what is said of it.
pub(crate) fn table(words: &[(String, String)]) -> String {
    assert!(!words.is_empty(), "a table of words needs words");
    // Two words may have the same spread from one start, hardly from each of many.
    let (start, numbers, places) = (0..1000)
        .find_map(|start| laid_out(words, start).map(|(numbers, places)| (start, numbers, places)))
        .expect("the words of a table are different");
    let entries: Vec<String> =
        places.iter().map(|at| format!("({:?}, {})", words[*at].0, words[*at].1)).collect();
    format!("Table {{ start: {start}, numbers: &{numbers:?}, entries: &[{}] }}", entries.join(", "))
}

/// The number of each group, and which word stands at each place.
fn laid_out(words: &[(String, String)], start: u16) -> Option<(Vec<u16>, Vec<usize>)> {
    let spread: Vec<u32> = words.iter().map(|(word, _)| hash::spread(word, start)).collect();
    let groups = words.len().div_ceil(GROUP);
    let mut members = vec![Vec::new(); groups];
    for (at, spread) in spread.iter().enumerate() {
        members[hash::share(*spread, groups)].push(at);
    }
    // Large groups first, while most places are free.
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|group| (usize::MAX - members[*group].len(), *group));
    let mut numbers = vec![0; groups];
    let mut places: Vec<Option<usize>> = vec![None; words.len()];
    for group in order {
        numbers[group] = (0..=u16::MAX).find(|number| {
            let mut taken: Vec<usize> = Vec::new();
            members[group].iter().all(|at| {
                let place = hash::place(spread[*at], *number, words.len());
                let free = places[place].is_none() && !taken.contains(&place);
                taken.push(place);
                free
            })
        })?;
        for at in &members[group] {
            places[hash::place(spread[*at], numbers[group], words.len())] = Some(*at);
        }
    }
    places.into_iter().collect::<Option<Vec<usize>>>().map(|places| (numbers, places))
}
