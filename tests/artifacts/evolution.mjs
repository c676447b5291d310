// Plans from the tables of one design to those of another, run on a PostgreSQL server with rows in the tables.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../support/briefs.mjs';
import { rows, unlike } from './migrations.mjs';
import { CATALOGUE, Server } from './server.mjs';

/** A plan takes seconds: beyond so many, one of several stands for the rest. */
const MOST = 8;

/** The same product told in another style gives other tables: from each text to the next. */
function pairs(designs) {
    const texts = designs.filter(({ product, has }) => product && has('db/schema.sql'));
    const all = texts.slice(1).flatMap((after, at) => (path.dirname(texts[at].name) === path.dirname(after.name) ? [[texts[at], after]] : []));
    return all.filter((_, at) => at % Math.ceil(all.length / MOST) === 0);
}

/** The scripts of a plan, by step. */
function stepsOf(folder) {
    const numbers = readdirSync(folder).filter((file) => file.endsWith('.up.sql')).sort();
    return numbers.map((up) => {
        const [number, phase] = up.split(/[_.]/);
        const read = (kind) => {
            const file = path.join(folder, `${number}_${phase}.${kind}.sql`);
            return existsSync(file) ? readFileSync(file, 'utf8') : '';
        };
        return { name: `${number} ${phase}`, phase, up: read('up'), verify: read('verify'), down: read('down') };
    });
}

/** A script in a transaction of its own, unless it must run alone. */
const script = (text) => (text.includes('-- Runs alone') ? `${text}\nRESET ALL;\n` : `BEGIN;\n${text}\nCOMMIT;\nRESET ALL;\n`);

/** What the schema of a design is in an empty database. */
async function catalogueOf(server, design) {
    return server.within('wanted', async (sql) => {
        await sql(`BEGIN;\n${design.get('db/schema.sql')}\nCOMMIT;\n`);
        return (await sql(CATALOGUE)).output;
    });
}

/** Runs a plan: up and back as far as it goes, then to its end. Gives the faults and whether it was complete. */
export async function evolve(server, before, after) {
    const folder = mkdtempSync(path.join(tmpdir(), 'plan-'));
    try {
        await run('migrate', path.join(before.tree, 'design.json'), path.join(after.tree, 'design.json'), '--out', folder);
        const complete = !readFileSync(path.join(folder, 'plan.md'), 'utf8').includes('## To be planned by hand');
        const steps = stepsOf(folder);
        const faults = [];
        const wanted = await catalogueOf(server, after);
        await server.within('evolving', async (sql) => {
            const say = async (what, text) => {
                const { output, error } = await sql(text);
                if (error) faults.push(`${what}: ${error}`);
                return error ? undefined : output;
            };
            await say('the old schema', `BEGIN;\n${before.get('db/schema.sql')}\nCOMMIT;\n`);
            const old = await say('the catalogue', CATALOGUE);
            await say('rows of the old schema', rows(before.get('db/tests/constraints.sql')));
            // One session for many scripts: what it wrote last says where it stopped.
            const all = async (scripts) => {
                const { output, error } = await sql(scripts.map(([name, text]) => `\\echo «${name}»\n${text}`).join('\n'));
                const parts = output.split(/^«(.*)»$/m).slice(1);
                if (error) faults.push(`${parts.at(-2)}: ${error}`);
                parts.forEach((part, at) => {
                    if (at % 2 === 1 && part.trim() === 'f') faults.push(`${parts[at - 1]}: not so`);
                });
            };
            const expand = steps.filter(({ phase }) => phase === 'expand');
            await all([...expand.map(({ name, up }) => [name, script(up)]), ...expand.toReversed().map(({ name, down }) => [`${name}, back`, script(down)])]);
            const back = await say('the catalogue', CATALOGUE);
            if (back !== old) faults.push(`taken back, it is not as before: ${unlike(old, back ?? '')}`);
            // What people have to do first, nobody did here.
            if (faults.length > 0 || !complete) return;
            await all(steps.flatMap(({ name, up, verify }) => [[name, script(up)], [`${name}, verified`, verify]]));
            const made = await say('the catalogue', CATALOGUE);
            if (made !== wanted) faults.push(`at the end it is not the new schema: ${unlike(wanted, made ?? '')}`);
        });
        return { faults, complete, steps: steps.length };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** From design to design of the same product. */
export async function evolutions(designs) {
    const server = await Server.start();
    try {
        const faults = [];
        let files = 0;
        for (const [before, after] of pairs(designs)) {
            const outcome = await evolve(server, before, after);
            files += outcome.steps;
            faults.push(...outcome.faults.map((fault) => `${before.name} to ${after.name}: ${fault}`));
        }
        return { files, faults };
    } finally {
        await server.stop();
    }
}
