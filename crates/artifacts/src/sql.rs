//! `db/`: plain PostgreSQL, version 15 and later: the whole schema, the same as numbered migrations, and scripts that try
//! what must be refused.

mod due;
pub(crate) mod functions;
mod migrations;
pub(crate) mod names;
pub(crate) mod policies;
mod purge;
mod samples;
mod shards;
pub(crate) mod tables;
mod trials;

pub(crate) use due::due;
pub(crate) use migrations::{TIMEOUTS, migrations};
pub(crate) use purge::purge;
pub(crate) use shards::shard;
pub(crate) use trials::{constraints, row_level_security};

use design::{Design, Table};
use names::comment;

/// The schema of a design in one file.
pub(crate) fn schema(design: &Design) -> String {
    let all: Vec<&Table> = design.database.in_order();
    let steps = tables::Step::all(design, vec![all.clone()]);
    let created = steps.iter().map(|step| tables::create(design, &tables::Reasons::new(design), step));
    format!(
        "-- {}: the tables of the design.\n-- PostgreSQL 15 or later. Run as the owner of an empty schema:\n--   psql --single-transaction --file schema.sql\n\n{}{}{}",
        comment(&design.title),
        functions::foundation(design),
        created.collect::<String>(),
        policies::policies(design, &all),
    )
}
