// The files of many designs, given to the tools that their readers would give them to. Every tool is started once and
// reads all designs; a failure names each file that was refused, with the tool's own words.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { makeDesigns } from './designs.mjs';
import { diagramChecker } from './mermaid.mjs';
import { lint } from './openapi.mjs';
import { Postgres } from './postgres.mjs';

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

let designs;
let remove;
before(async () => {
    ({ designs, remove } = await makeDesigns());
});
after(() => remove?.());

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
    for (const { name, product, has, model } of designs) {
        const wants = [
            ['api/openapi.yaml', model.api.operations.length],
            ['db/schema.sql', model.database.tables.length],
        ];
        for (const [file, count] of wants) {
            if ((product && count === 0) || (count > 0 && !has(file))) {
                faults.push(`${name}: ${file} is missing, or describes nothing`);
            }
        }
    }
    assertNone(faults);
});

test('Redocly finds neither an error nor a warning in any OpenAPI file', async (context) => {
    const files = designs.filter(({ has }) => has('api/openapi.yaml')).map(({ tree }) => path.join(tree, 'api/openapi.yaml'));
    const faults = await lint(files);
    context.diagnostic(`${files.length} files linted`);
    assertNone(faults);
});

test('PostgreSQL executes every schema and has its tables', async (context) => {
    const postgres = await Postgres.start();
    const faults = [];
    let count = 0;
    for (const { name, has, get, model } of designs) {
        if (!has('db/schema.sql')) {
            continue;
        }
        count += 1;
        const made = await postgres.tablesOf(get('db/schema.sql'));
        const wanted = model.database.tables.map((table) => table.name).sort();
        if (made.error) {
            faults.push(`${name}: ${made.error}`);
        } else if (!wanted.every((table) => made.tables.includes(table))) {
            faults.push(`${name}: the schema makes ${made.tables.join(', ')}; the design has ${wanted.join(', ')}`);
        }
    }
    await postgres.stop();
    context.diagnostic(`${count} schemas executed`);
    assertNone(faults);
});

test('Mermaid reads every diagram', async (context) => {
    const check = await diagramChecker();
    const faults = [];
    let count = 0;
    for (const { name, tree, has, get } of designs) {
        const diagrams = has('diagrams') ? readdirSync(path.join(tree, 'diagrams')).filter((file) => file.endsWith('.mmd')) : [];
        const blocks = [...get('design.md').matchAll(/^```mermaid\n([^]*?)^```$/gm)].map((match) => match[1]);
        const texts = [
            ...diagrams.map((file) => [`diagrams/${file}`, get(path.join('diagrams', file))]),
            ...blocks.map((text, index) => [`design.md, diagram ${index + 1}`, text]),
        ];
        for (const [place, text] of texts) {
            count += 1;
            const fault = await check(text);
            if (fault) {
                faults.push(`${name}, ${place}: ${fault}`);
            }
        }
    }
    context.diagnostic(`${count} diagrams read`);
    assert.ok(count > 0, 'no design has a diagram');
    assertNone(faults);
});
