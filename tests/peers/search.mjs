// Times the search of the built site, and Pagefind's over the same pages, for the same questions: from the words to the
// twelve results with their excerpts, as a reader sees them.
//
//     node search.mjs DIST PAGEFIND
//
// Prints a line for each, `PROGRAM WHAT NUMBER`, with tabs: the bytes that the first answer and all answers had loaded,
// and the median and the slowest of the milliseconds, each question asked for the first time and again.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const QUESTIONS = ['rate limit', 'idempotency', 'outbox', 'row level security', 'cursor pagination', 'uuid', 'cache stampede', 'canary', 'foreign key', 'soft delete', 'jwt', 'backpressure'];
const SHOWN = 12;
const AGAIN = 5;

const [dist, pagefind] = process.argv.slice(2).map((folder) => path.resolve(folder));

/** Serves a folder, and counts what goes over the wire, compressed as a host would. */
async function serve(folder) {
    const loaded = { bytes: 0 };
    const server = http.createServer((request, response) => {
        try {
            const contents = readFileSync(path.join(folder, new URL(request.url, 'http://site').pathname));
            loaded.bytes += Math.min(contents.length, gzipSync(contents).length);
            response.end(contents);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    return { base: `http://127.0.0.1:${server.address().port}/`, loaded, close: () => server.close() };
}

const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

async function measure(program, loaded, ask) {
    const times = { first: [], again: [] };
    let answered = 0;
    for (const question of QUESTIONS) {
        for (let run = 0; run <= AGAIN; run += 1) {
            const start = performance.now();
            const found = await ask(question);
            times[run === 0 ? 'first' : 'again'].push(performance.now() - start);
            if (run === 0) answered += Number(found > 0);
        }
        if (question === QUESTIONS[0]) console.log(`${program}\tbytes first\t${loaded.bytes}`);
    }
    console.log(`${program}\tbytes all\t${loaded.bytes}`);
    console.log(`${program}\tanswered\t${answered}`);
    for (const [which, list] of Object.entries(times)) {
        console.log(`${program}\t${which} median\t${median(list)}`);
        console.log(`${program}\t${which} most\t${Math.max(...list)}`);
    }
}

/** Our worker in this thread: it is given what a worker has, and its messages come here. */
async function ours() {
    const { base, loaded, close } = await serve(dist);
    let answer;
    let listen;
    globalThis.addEventListener = (kind, listener) => (listen = listener);
    globalThis.postMessage = ({ kind, results, message }) => {
        if (kind === 'failed') throw new Error(message);
        if (kind === 'results') answer = results.length;
    };
    const real = globalThis.fetch;
    const folder = pathToFileURL(`${dist}/`).href;
    globalThis.fetch = (address) => real(new URL(String(address).replace(folder, base), base));
    await import(pathToFileURL(path.join(dist, 'js/search-worker.js')));
    let id = 0;
    await measure('backend-design', loaded, async (text) => {
        id += 1;
        // The worker is done when the last excerpt is told.
        await listen({ data: { id, text } });
        return answer;
    });
    close();
    globalThis.fetch = real;
}

/** Pagefind asks the page that it stands in for its language and its address. */
async function theirs() {
    const { base, loaded, close } = await serve(path.dirname(pagefind));
    const location = { origin: new URL(base).origin, href: base };
    globalThis.window = { location };
    globalThis.location = location;
    globalThis.document = { querySelector: () => ({ getAttribute: () => 'en' }), currentScript: null };
    const real = globalThis.fetch;
    globalThis.fetch = (address, options) => real(new URL(address, base), options);
    const search = await import(pathToFileURL(path.join(pagefind, 'pagefind.js')));
    await search.options({ basePath: `${base}${path.basename(pagefind)}/`, baseUrl: '/' });
    await search.init();
    await measure('Pagefind', loaded, async (text) => {
        const { results } = await search.search(text);
        return (await Promise.all(results.slice(0, SHOWN).map((result) => result.data()))).length;
    });
    close();
}

await ours();
await theirs();
process.exit(0);
