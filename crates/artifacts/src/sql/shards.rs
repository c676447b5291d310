//! `db/shard.sql`: what makes a shard of a database that has the whole schema, and the map of the shards.

use super::functions::ROLE;
use super::names::{comment, literal, name};
use design::{Design, Table};

/// The script; nothing without shards.
pub(crate) fn shard(design: &Design) -> Option<String> {
    let shards = design.scalability.shards.as_ref()?;
    let on = |table: &&Table, names: &[String]| names.contains(&table.name);
    let mut out = format!(
        "-- {}: {} shards by {}.\n-- As the owner of the tables, after schema.sql, in each shard and in the directory: psql --single-transaction --file shard.sql\n\n-- In the directory: which slot, hash(key) mod {slots}, lies on which shard.\nCREATE TABLE shard_slots (\n    slot integer PRIMARY KEY CHECK (slot >= 0 AND slot < {slots}),\n    shard integer NOT NULL CHECK (shard >= 0)\n);\nINSERT INTO shard_slots SELECT slot, slot % {} FROM generate_series(0, {} - 1) AS slot;\nGRANT SELECT ON shard_slots TO {ROLE};\n\n-- References whose two ends may lie in different databases.\n",
        comment(&design.title),
        shards.count,
        name(&shards.key),
        shards.count,
        shards.slots,
        slots = shards.slots,
    );
    for table in &design.database.tables {
        for key in table.constraints().filter(|key| shards.apart.contains(&key.name)) {
            out += &format!("ALTER TABLE {} DROP CONSTRAINT {};\n", name(&table.name), name(&key.name));
        }
    }
    out += "\n-- What lies where.\n";
    let sharded: Vec<String> = shards.tables.iter().map(|found| found.table.clone()).collect();
    for (names, says) in
        [(&sharded, "rows by the shard of their key"), (&shards.beside, "rows in the directory alone")]
    {
        for table in design.database.tables.iter().filter(|table| on(table, names)) {
            let about = format!("{} On shards: {says}.", super::tables::about(table));
            out += &format!("COMMENT ON TABLE {} IS {};\n", name(&table.name), literal(&about));
        }
    }
    Some(out)
}
