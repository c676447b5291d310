// The requirement texts that the tests run over, and the command line that designs them.

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line program: the one that `cargo xtask test` built, else the one of the last debug build. */
export const program = process.env.BACKEND_DESIGN ?? path.join(root, 'target/debug/backend-design');

/** The example `designs` of the crate `artifacts`, which designs models: Cargo puts it beside the program. */
export const modelProgram = path.join(path.dirname(program), 'examples/designs');

/** Every Markdown file below a folder, with its name relative to that folder. */
function textsIn(folder) {
    return readdirSync(folder, { recursive: true })
        .filter((file) => file.endsWith('.md'))
        .sort()
        .map((file) => ({ name: `${path.basename(folder)}/${file}`, file: path.join(folder, file) }));
}

/** The project's own texts, a folder for each product. */
export function ownTexts() {
    return textsIn(path.join(root, 'tests/briefs')).filter(({ name }) => !name.endsWith('/README.md'));
}

/** The texts of the folders that the environment variable BRIEFS names; none without it. */
export function otherTexts() {
    return (process.env.BRIEFS ?? '').split(path.delimiter).filter(Boolean).flatMap(textsIn);
}

/** The texts of collections that lie beside the repository, where there are any. */
export function siblingTexts() {
    const parent = path.join(root, '..');
    return readdirSync(parent)
        .map((sibling) => path.join(parent, sibling, 'corpus/brief'))
        .filter((folder) => existsSync(folder))
        .flatMap(textsIn);
}

/** A text as the command line reads it: UTF-8, without a byte order mark. */
export function read(file) {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
}

/** Runs the command line program and gives its standard output. */
export async function run(...args) {
    const { stdout } = await promisify(execFile)(program, args, { encoding: 'buffer', maxBuffer: 1 << 28 });
    return stdout;
}

/** Applies a function to every item, on as many at a time as there are processors. */
export async function each(items, apply) {
    const results = [];
    let next = 0;
    const work = async () => {
        while (next < items.length) {
            const index = next++;
            results[index] = await apply(items[index]);
        }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return results;
}
