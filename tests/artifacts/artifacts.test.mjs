// The files of a sample of designs, given to the tools that their readers would give them to; those of the interface have
// a file of tests of their own, which runs beside this one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checks } from './checks.mjs';
import { assertNone, sample, testAll } from './sample.mjs';
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

const made = sample();

test('every document has exactly the eight sections, in their order', () => {
    for (const design of made.designs) {
        // A heading inside a code block is no section.
        const prose = design.get('design.md').replace(/^(`{3,}|~{3,}).*\n[^]*?^\1.*$/gm, '');
        const sections = [...prose.matchAll(/^## +(.+?) *$/gm)].map((match) => match[1]);
        assert.deepEqual(sections, SECTIONS, design.name);
    }
});

test('every description of a product gives an interface and a schema', () => {
    const faults = [];
    assert.ok(made.designs.some(({ product }) => product));
    for (const { name, product, has, model } of made.designs.filter(({ store }) => !store)) {
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
        assertNone(made.designs.filter(caught).map(({ name }) => name));
    });
}

testAll(checks.filter(({ artefact }) => !artefact.startsWith('OpenAPI')), made);
