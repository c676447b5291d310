// A sample of designs, and the checks that a file of tests runs over it. Every tool is started once and reads all designs;
// a failure names each file that was refused, with the tool's own words.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readBy, version } from './checks.mjs';
import { makeDesigns } from './designs.mjs';

/** How many hostile models are designed beside the texts: with them, there are 60 designs. */
const HOSTILE = 10;

/** The designs of the file of tests that asks for them: with those that stand on other stores and engines, if it says so. */
export function sample({ pinned = true } = {}) {
    const made = {};
    before(async () => {
        Object.assign(made, await makeDesigns({ hostile: HOSTILE, sample: true, pinned }));
    });
    after(() => made.remove?.());
    return made;
}

/** The largest contract, in bytes, of a design that the tests give to a tool whose time grows with the square of it. */
const LARGEST = 600_000;

/** At most so many of the items, from all over the list. */
const some = (items, most = items.length) => {
    const step = Math.ceil(items.length / most);
    return items.filter((_, at) => at % step === 0);
};

/** How many bytes the contract of a design has. */
const sizeOf = ({ has, tree }) => (has('api/openapi.yaml') ? statSync(path.join(tree, 'api/openapi.yaml')).size : 0);

/** Fails with all faults at once: which texts share a fault says more than the first of them. */
export function assertNone(faults) {
    assert.equal(faults.length, 0, `${faults.length} fault(s):\n${faults.slice(0, 50).join('\n')}`);
}

/** A test for each check. */
export function testAll(entries, made) {
    for (const entry of entries) {
        const { artefact, tool, rules, most, steep, run } = entry;
        test(`${artefact}: ${tool}, ${rules}`, async (context) => {
            const designs = readBy(entry, made.designs).filter((design) => !steep || sizeOf(design) <= LARGEST);
            const { files, faults } = await run(some(designs, most));
            context.diagnostic(`${files} files read by ${tool} ${version(entry)}`);
            assert.ok(files > 0, 'no design has such a file');
            assertNone(faults);
        });
    }
}
