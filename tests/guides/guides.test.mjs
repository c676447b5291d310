// Every code block of the guides, given to the tool that it is written for. A block of a kind that no tool reads fails.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { diagramChecker } from '../artifacts/mermaid.mjs';
import { each, program, root } from '../support/briefs.mjs';
import { readBlocks, verdict } from './blocks.mjs';
import * as data from './data.mjs';
import { message } from './http.mjs';
import * as programs from './programs.mjs';
import { Database } from './sql.mjs';
import * as texts from './texts.mjs';

const all = readBlocks();
const proven = new Set();

/** The blocks of a language whose first line has all these words. Whoever takes blocks proves them. */
function take(language, ...words) {
    const blocks = all.filter((block) => !proven.has(block) && block.language === language && words.every((word) => block.words.includes(word)));
    blocks.forEach((block) => proven.add(block));
    assert.ok(blocks.length > 0, `no guide has a block of the kind ${[language, ...words].join(' ')}; take its test away`);
    return blocks;
}

/** Fails with everything that is wrong, and says how much was looked at. */
function conclude(context, blocks, faultOf) {
    const wrong = blocks.flatMap((block) => {
        const fault = verdict(block, faultOf(block));
        return fault ? [`references/${block.place}: ${fault}`] : [];
    });
    context.diagnostic(`${blocks.length} blocks`);
    assert.equal(wrong.length, 0, `${wrong.length} of ${blocks.length} blocks:\n${wrong.join('\n')}`);
}

/** A test that gives each block to a function that says what is wrong with it. */
function prove(title, [language, ...words], faultOf) {
    const blocks = take(language, ...words);
    test(title, async (context) => {
        const faults = new Map();
        await each(blocks, async (block) => faults.set(block, await faultOf(block)));
        conclude(context, blocks, (block) => faults.get(block));
    });
}

const statements = take('sql');
const settings = take('ini', 'postgresql');
test('PostgreSQL runs every script and knows every setting', async (context) => {
    const database = await Database.start();
    const faults = new Map();
    for (const block of statements) {
        faults.set(block, await database.faultOf(block));
    }
    for (const block of settings) {
        faults.set(block, await database.faultOfSettings(block));
    }
    await database.stop();
    conclude(context, [...statements, ...settings], (block) => faults.get(block));
});

const typescript = take('ts');
test('TypeScript compiles strictly, and its tests pass', async (context) => {
    const { faults, ran } = await programs.typescript(typescript);
    context.diagnostic(`${ran} programs run`);
    conclude(context, typescript, (block) => faults.get(block));
});

const loadTests = take('javascript', 'k6');
test('k6 reads every load test', async (context) => {
    const faults = await programs.k6(loadTests);
    conclude(context, loadTests, (block) => faults.get(block));
});

const descriptions = take('yaml', 'openapi');
test('Redocly finds nothing in OpenAPI', async (context) => {
    const faults = await data.openapi(descriptions);
    conclude(context, descriptions, (block) => faults.get(block));
});

const diagrams = take('mermaid');
test('Mermaid reads every diagram', async (context) => {
    const check = await diagramChecker();
    const faults = new Map();
    for (const block of diagrams) {
        faults.set(block, await check(block.text));
    }
    conclude(context, diagrams, (block) => faults.get(block));
});

prove('Rust compiles, and its tests pass', ['rust'], programs.rust);
prove('Python runs, and its tests pass', ['python'], programs.python);
prove('a script of Redis limits', ['lua', 'limiter'], programs.limiter);
prove('commands run', ['console'], (block) => programs.commands(block, program, path.join(root, 'tests/briefs/pottery-studio/prose.md')));
prove('JSON Schema compiles, with valid examples', ['json', 'schema'], data.jsonSchema);
prove('problem details hold to RFC 9457', ['json', 'problem'], ({ text }) => data.document('problem', text));
prove('events hold to CloudEvents', ['json', 'cloudevent'], ({ text }) => data.document('cloudevent', text));
prove('the parser of AsyncAPI finds nothing', ['yaml', 'asyncapi'], data.asyncapi);
prove('Kubernetes knows every field', ['yaml', 'kubernetes'], data.kubernetes);
prove('actionlint finds nothing in workflows', ['yaml', 'workflow'], data.workflow);
prove('Prometheus reads every rule', ['yaml', 'prometheus'], data.prometheus);
prove('GraphQL is a valid schema', ['graphql'], data.graphql);
prove('buf finds nothing in protocol buffers', ['proto'], data.proto);
prove('HTTP messages can be read and carry what they must', ['http'], message);
prove('the engine designs every text', ['text', 'brief'], texts.brief);
prove('requirements are in their pattern', ['text', 'requirement'], texts.requirement);
prove('decision records have their sections', ['markdown', 'madr'], texts.decisionRecord);

test('no block is left unproven', (context) => {
    const left = all.filter((block) => !proven.has(block)).map(({ place, language, words }) => `references/${place}: ${[language, ...words].join(' ') || 'no kind'}`);
    context.diagnostic(`${proven.size} of ${all.length} blocks`);
    assert.equal(left.length, 0, `no tool reads these blocks:\n${left.join('\n')}`);
});
