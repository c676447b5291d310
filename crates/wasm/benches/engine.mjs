// Measures the built browser module in Node: the time of each function for each text file that is named.
//
//     node engine.mjs MODULE_FOLDER STAGES_FOLDER FILE…
//
// Prints a line for each, `FILE FUNCTION MILLISECONDS`, with the median of many runs, one for the start of the module, and
// after each file one for the memory that the module has taken until then, in MiB: it never gives any back. The second
// folder holds the same module with its stages one by one (`crates/wasm/src/stages.rs`), whose lines begin with `only`.
// At last come the memory after one design of a short text, and after thousands. `cargo xtask bench` names the files and
// lays the lines out as tables.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** For how long a function is repeated, in milliseconds. */
const BUDGET = 1000;

/** How often it is repeated at least and at most. */
const [LEAST, MOST] = [3, 200];

/** A short text, and how often it is designed to see whether memory grows. */
const [BRIEF, AGAIN] = ['Members book kilns. A kiln has a name and a capacity. A booking can be confirmed or canceled.', 10_000];

const [folder, stagesFolder, ...files] = process.argv.slice(2);
const [engine, bytes] = await loaded(folder);
const start = performance.now();
const { memory } = await engine.default({ module_or_path: bytes });
report('', 'start', performance.now() - start);

const [{ Stages, default: begin }, same] = await loaded(stagesFolder);
await begin({ module_or_path: same });

for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { design } = done(engine.design(text));
    const listed = done(engine.files(design)).files;
    report(file, 'design', median(() => done(engine.design(text))));
    report(file, 'files', median(() => done(engine.files(design))));
    report(file, 'zip', median(() => done(engine.zip(listed))));
    report(file, 'memory', taken());
    const stages = new Stages(text);
    for (const stage of ['analyze', 'decide', 'design', 'files']) {
        report(file, `only ${stage}`, median(() => stages[stage](), () => stages.prepare()));
    }
    stages.free();
}

// In a module of its own: the texts above have left room in the memory of the other.
const fresh = await import(`${pathToFileURL(path.join(folder, 'engine.js'))}?again`);
const { memory: small } = await fresh.default({ module_or_path: bytes });
for (const times of [1, AGAIN]) {
    for (let time = 0; time < times; time += 1) done(fresh.files(done(fresh.design(`${BRIEF} ${time % 7} kilns.`)).design));
    report('', `memory after ${times}`, small.buffer.byteLength / 2 ** 20);
}

/** A module's bindings and its bytes. */
async function loaded(from) {
    return [await import(pathToFileURL(path.join(from, 'engine.js'))), readFileSync(path.join(from, 'engine_bg.wasm'))];
}

/** The memory that the module has taken, in MiB. */
function taken() {
    return memory.buffer.byteLength / 2 ** 20;
}

function done(outcome) {
    if (!outcome.ok) {
        throw new Error(`${outcome.error.what} ${outcome.error.why}`);
    }
    return outcome;
}

function median(run, prepare = () => {}) {
    const begun = performance.now();
    const times = [];
    while (times.length < LEAST || (times.length < MOST && performance.now() - begun < BUDGET)) {
        prepare();
        const before = performance.now();
        run();
        times.push(performance.now() - before);
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function report(file, name, value) {
    console.log(`${file}\t${name}\t${value}`);
}
