// Measures the built browser module in Node: the time of each function for each text file that is named.
//
//     node engine.mjs MODULE_FOLDER FILE…
//
// Prints a line for each, `FILE FUNCTION MILLISECONDS`, with the median of many runs, one for the start of the module, and
// after each file one for the memory that the module has taken until then, in MiB: it never gives any back.
// `cargo xtask bench` names the files and lays the lines out as a table.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** For how long a function is repeated, in milliseconds. */
const BUDGET = 1000;

/** How often it is repeated at least and at most. */
const [LEAST, MOST] = [3, 200];

const [folder, ...files] = process.argv.slice(2);
const bytes = readFileSync(path.join(folder, 'engine_bg.wasm'));
const engine = await import(pathToFileURL(path.join(folder, 'engine.js')));

const start = performance.now();
const { memory } = await engine.default({ module_or_path: bytes });
report('', 'start', performance.now() - start);

for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { design } = done(engine.design(text));
    const listed = done(engine.files(design)).files;
    report(file, 'design', median(() => done(engine.design(text))));
    report(file, 'files', median(() => done(engine.files(design))));
    report(file, 'zip', median(() => done(engine.zip(listed))));
    report(file, 'memory', memory.buffer.byteLength / 2 ** 20);
}

function done(outcome) {
    if (!outcome.ok) {
        throw new Error(`${outcome.error.what} ${outcome.error.why}`);
    }
    return outcome;
}

function median(run) {
    const begin = performance.now();
    const times = [];
    while (times.length < LEAST || (times.length < MOST && performance.now() - begin < BUDGET)) {
        const before = performance.now();
        run();
        times.push(performance.now() - before);
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function report(file, name, value) {
    console.log(`${file}\t${name}\t${value}`);
}
