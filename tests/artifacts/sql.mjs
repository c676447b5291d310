// What can be said of SQL without running it: PostgreSQL's own grammar, and Squawk's rules on migrations.

import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query';
import { root } from '../support/briefs.mjs';

const squawk = path.join(root, 'node_modules/.bin/squawk');

/** How many files one process reads: their names must fit on a command line. */
const AT_ONCE = 200;

/** A step down takes away what the step up made, and a count of attempts needs no 64 bits. */
const UP = ['prefer-bigint-over-int'];
const DOWN = [...UP, 'ban-drop-table', 'ban-drop-column'];

/** What Squawk says against files, each of which runs in one transaction. */
export async function lint(files, exclude) {
    const faults = [];
    for (let start = 0; start < files.length; start += AT_ONCE) {
        const args = ['--assume-in-transaction', '--pg-version', '15', '--reporter', 'json', ...exclude.flatMap((rule) => ['--exclude', rule]), ...files.slice(start, start + AT_ONCE)];
        const { output, errors } = await new Promise((resolve) => execFile(squawk, args, { maxBuffer: 1 << 28 }, (_, output, errors) => resolve({ output, errors })));
        if (!output.trimStart().startsWith('[')) throw new Error(`squawk: ${errors || output}`);
        faults.push(...JSON.parse(output).map(({ file, line, rule_name: rule, message }) => `${file}:${line + 1}: ${rule}: ${message}`));
    }
    return faults;
}

/** The migrations of designs, by Squawk. */
export async function linted(designs) {
    const of = (way) => designs.filter(({ has }) => has('db/migrations')).flatMap(({ tree }) => sqlFiles(tree, 'db/migrations').filter((file) => file.endsWith(`.${way}.sql`)));
    const [up, down] = [of('up'), of('down')];
    return { files: up.length + down.length, faults: [...(await lint(up, UP)), ...(await lint(down, DOWN))] };
}

function sqlFiles(tree, folder) {
    return readdirSync(path.join(tree, folder)).filter((file) => file.endsWith('.sql')).sort().map((file) => path.join(tree, folder, file));
}

/** What PostgreSQL's grammar says against a script, bodies of functions included; nothing where it can be read. */
export async function syntax(text) {
    await loadModule();
    try {
        const { stmts } = parseSync(text);
        // Bodies are strings to the grammar of SQL; PL/pgSQL has one of its own.
        for (const { stmt } of stmts) {
            const made = stmt.CreateFunctionStmt;
            const option = (name) => made?.options.find(({ DefElem }) => DefElem.defname === name)?.DefElem.arg;
            if (option('language')?.String.sval === 'sql') parseSync(option('as').List.items[0].String.sval);
        }
        parsePlPgSQLSync(text);
        return undefined;
    } catch (error) {
        const at = error.sqlDetails?.cursorPosition;
        return `${error.message}${at >= 0 ? ` at «${text.slice(at, at + 60)}»` : ''}`;
    }
}

/** All SQL of designs, by the grammar. */
export async function parsed(designs) {
    const faults = [];
    let files = 0;
    for (const { name, tree, has } of designs) {
        for (const folder of ['db', 'db/migrations', 'db/tests'].filter(has)) {
            for (const file of sqlFiles(tree, folder)) {
                files += 1;
                const fault = await syntax(readFileSync(file, 'utf8'));
                if (fault) faults.push(`${name}, ${path.relative(tree, file)}: ${fault}`);
            }
        }
    }
    return { files, faults };
}
