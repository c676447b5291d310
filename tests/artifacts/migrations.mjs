// Migrations, sample rows and trials on a PostgreSQL server: up, rows, what must be refused, down, up again.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { each } from '../support/briefs.mjs';
import { CATALOGUE, Server } from './server.mjs';

/** A file within a transaction of its own, as a runner of migrations runs it. */
const step = (file) => `BEGIN;\n\\i '${file.replaceAll("'", "''")}'\nCOMMIT;\nRESET ALL;\n`;

/** The migrations of a design up or down, in the order in which they run. */
export function steps(tree, way) {
    const folder = path.join(tree, 'db/migrations');
    const files = readdirSync(folder).filter((file) => file.endsWith(`.${way}.sql`)).sort();
    return (way === 'up' ? files : files.reverse()).map((file) => step(path.join(folder, file))).join('');
}

/** The statements of a script of trials that write its sample rows, in a transaction that stays. */
export const rows = (trials) => trials.slice(0, trials.search(/^(DO |SET LOCAL ROLE|ROLLBACK;)/m)) + 'COMMIT;\n';

const lines = (text) => text.split('\n').filter(Boolean);

/** What is only on one side, for a message. */
export function unlike(one, other) {
    const [left, right] = [one, other].map(lines);
    const only = [...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`), ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`)];
    return only.slice(0, 6).join(' | ');
}

async function faultsOf(server, database, { tree, has, get }) {
    const faults = [];
    const trials = ['constraints', 'row_level_security'].map((name) => `db/tests/${name}.sql`).filter(has);
    let made;
    await server.within(database, async (run) => {
        const say = async (what, script) => {
            const { output, error } = await run(script);
            if (error) faults.push(`${what}: ${error}`);
            return error ? undefined : output;
        };
        made = await say('up', steps(tree, 'up') + CATALOGUE);
        if (made === undefined) return;
        for (const file of trials) {
            await say(file, get(file));
        }
        await say('sample rows that stay', rows(get('db/tests/constraints.sql')));
        const left = await say('down', steps(tree, 'down') + CATALOGUE);
        if (left) faults.push(`down leaves ${left.slice(0, 300)}`);
        // Up again as a release does it; the second time there is nothing left to apply.
        for (const wanted of [steps(tree, 'up').match(/^BEGIN;$/gm).length, 0]) {
            const { output, error } = await server.script(database, tree, 'deploy/migrate.sh');
            const applied = lines(output).filter((line) => line.startsWith('applied ')).length;
            if (error || applied !== wanted) faults.push(`migrate.sh applies ${applied} steps and not ${wanted}: ${error ?? ''}`);
        }
        const again = await say('up again', `DROP SCHEMA migrations CASCADE;\n${CATALOGUE}`);
        if (again !== undefined && unlike(made, again) !== '') faults.push(`up again is not as before: ${unlike(made, again)}`);
    });
    if (made === undefined) return faults;
    await server.within(database, async (run) => {
        const { output, error } = await run(`BEGIN;\n${get('db/schema.sql')}\nCOMMIT;\n${CATALOGUE}`);
        if (error) faults.push(`schema.sql: ${error}`);
        else if (output !== made) faults.push(`schema.sql is not what the migrations make: ${unlike(made, output)}`);
    });
    return faults;
}

/** Takes the databases of designs up, tries what must be refused, and takes them down and up again. */
export async function migrations(designs) {
    const some = designs.filter(({ has }) => has('db/schema.sql'));
    const server = await Server.start();
    try {
        const faults = [];
        const one = async (design, at) => faults.push(...(await faultsOf(server, `design_${at}`, design)).map((fault) => `${design.name}: ${fault}`));
        // The first makes the role that all share; two at once would both find it missing.
        if (some.length > 0) await one(some[0], 0);
        await each([...some.keys()].slice(1), (at) => one(some[at], at));
        return { files: some.length, faults };
    } finally {
        await server.stop();
    }
}
