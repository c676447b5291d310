// PostgreSQL, compiled to WebAssembly and run in this process.

import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';

const TABLES = `
    SELECT table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY table_name`;

/** What a design could leave behind: relations outside the system's schemas, schemas, roles, extensions. */
const STATE = `
    SELECT (SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema'))
        + (SELECT count(*) FROM pg_namespace) + (SELECT count(*) FROM pg_roles) + (SELECT count(*) FROM pg_extension)
        AS objects`;

export class Postgres {
    static async start() {
        const postgres = new Postgres();
        await postgres.#boot();
        return postgres;
    }

    async #boot() {
        this.database = await PGlite.create({ extensions: { btree_gist } });
        this.pristine = await this.#state();
    }

    async #state() {
        return (await this.database.query(STATE)).rows[0].objects;
    }

    /** Executes a schema in an empty database and gives its tables, or the error that PostgreSQL raised. */
    async tablesOf(schema) {
        let result;
        try {
            await this.database.exec('BEGIN');
            await this.database.exec(schema);
            result = { tables: (await this.database.query(TABLES)).rows.map((row) => row.table_name) };
        } catch (error) {
            const place = error.position ? ` at «${schema.slice(error.position - 1, Number(error.position) + 60)}»` : '';
            result = { error: `${error.code} ${error.message}${place}` };
        }
        await this.database.exec('ROLLBACK');
        // A schema that commits leaves something behind; the next one must not find it.
        if ((await this.#state()) !== this.pristine) {
            await this.stop();
            await this.#boot();
        }
        return result;
    }

    async stop() {
        await this.database.close();
    }
}

/** Executes the schemas of designs: each must make the tables that its design has. */
export async function schemas(designs) {
    const postgres = await Postgres.start();
    const faults = [];
    let files = 0;
    for (const { name, has, get, model } of designs) {
        if (!has('db/schema.sql')) {
            continue;
        }
        files += 1;
        const made = await postgres.tablesOf(get('db/schema.sql'));
        const wanted = model.database.tables.map((table) => table.name).sort();
        if (made.error) {
            faults.push(`${name}: ${made.error}`);
        } else if (!wanted.every((table) => made.tables.includes(table))) {
            faults.push(`${name}: the schema makes ${made.tables.join(', ')}; the design has ${wanted.join(', ')}`);
        }
    }
    await postgres.stop();
    return { files, faults };
}
