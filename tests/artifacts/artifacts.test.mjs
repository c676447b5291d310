// The files of a sample of designs, given to the tools that their readers would give them to. Every tool is started once and
// reads all designs; a failure names each file that was refused, with the tool's own words.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checks, readBy, version } from './checks.mjs';
import { makeDesigns } from './designs.mjs';
import { STORES } from './stores.mjs';
import { TRAPS } from './traps.mjs';

const SECTIONS = [
    'System Overview',
    'API Specification',
    'Database Design',
    'Architecture Decisions',
    'Security Implementation',
    'Scalability Plan',
    'Deployment Architecture',
    'Implementation Roadmap',
];

/** How many hostile models are designed beside the texts. */
const HOSTILE = 20;

let designs;
let remove;
before(async () => {
    ({ designs, remove } = await makeDesigns({ hostile: HOSTILE, sample: true }));
});
after(() => remove?.());

/** At most so many of the items, from all over the list. */
const some = (items, most = items.length) => {
    const step = Math.ceil(items.length / most);
    return items.filter((_, at) => at % step === 0);
};

/** Fails with all faults at once: which texts share a fault says more than the first of them. */
function assertNone(faults) {
    assert.equal(faults.length, 0, `${faults.length} fault(s):\n${faults.slice(0, 50).join('\n')}`);
}

test('every document has exactly the eight sections, in their order', () => {
    for (const design of designs) {
        // A heading inside a code block is no section.
        const prose = design.get('design.md').replace(/^(`{3,}|~{3,}).*\n[^]*?^\1.*$/gm, '');
        const sections = [...prose.matchAll(/^## +(.+?) *$/gm)].map((match) => match[1]);
        assert.deepEqual(sections, SECTIONS, design.name);
    }
});

test('every description of a product gives an interface and a schema', () => {
    const faults = [];
    assert.ok(designs.some(({ product }) => product));
    for (const { name, product, has, model } of designs.filter(({ store }) => !store)) {
        const wants = [
            ['api/openapi.yaml', model.api.operations.length],
            [Object.values(STORES).find(has) ?? 'db/schema.sql', model.database.tables.length],
        ];
        for (const [file, count] of wants) {
            if ((product && count === 0) || (count > 0 && !has(file))) {
                faults.push(`${name}: ${file} is missing, or describes nothing`);
            }
        }
    }
    assertNone(faults);
});

for (const [trap, caught] of Object.entries(TRAPS)) {
    test(`no design has ${trap}`, () => {
        assertNone(designs.filter(caught).map(({ name }) => name));
    });
}

for (const entry of checks) {
    const { artefact, tool, rules, most, run } = entry;
    test(`${artefact}: ${tool}, ${rules}`, async (context) => {
        const { files, faults } = await run(some(readBy(entry, designs), most));
        context.diagnostic(`${files} files read by ${tool} ${version(entry)}`);
        assert.ok(files > 0, 'no design has such a file');
        assertNone(faults);
    });
}
