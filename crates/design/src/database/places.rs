//! The index by which the nearest is found, where geography was decided.

use super::Ground;
use super::tables::index;
use crate::model::Table;
use crate::places::HALVES;

/// Gives each pair of degrees its index.
pub(super) fn places(ground: &Ground, tables: &mut [Table]) {
    let method = match ground.chosen("geo") {
        "none" => return,
        "postgis" => "postgis",
        _ => "gist",
    };
    for table in tables.iter_mut() {
        let east = table.columns.iter().filter_map(|column| column.name.strip_suffix(HALVES[0]));
        let pairs: Vec<[String; 2]> = east
            .map(|before| HALVES.map(|half| format!("{before}{half}")))
            .filter(|[_, north]| table.columns.iter().any(|column| column.name == *north))
            .collect();
        for [east, north] in pairs {
            let mut near = index(&table.name, &[&east, &north], false);
            method.clone_into(&mut near.method);
            "the nearest, and what lies within".clone_into(&mut near.purpose);
            table.indexes.push(near);
        }
    }
}
