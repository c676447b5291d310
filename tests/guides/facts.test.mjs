// Facts that change, and faults that guides on backends repeat. A line of the guides must not say otherwise.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../support/briefs.mjs';
import { blocksOf } from './blocks.mjs';

const folder = path.join(root, 'references');
// The worked examples show what people wrote and what the engine made of it.
const guides = readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file !== 'examples.md')
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
const lines = guides.flatMap(({ file, text }) => text.split('\n').map((line, index) => ({ place: `${file}:${index + 1}`, line })));
const blocks = guides.flatMap(({ file, text }) => blocksOf(file, text)).filter(({ words }) => !words.includes('bad'));

const code = (language) => blocks.filter((block) => block.language === language);

/** The present version of each thing that the guides name with one, as of November 2026, and others with what they are named for. */
const VERSIONS = {
    'OpenAPI': ['3.1', '3.1.2', '3.2', '3.2.0', '3.0.4'],
    'AsyncAPI': ['3.1', '3.1.0'],
    'Arazzo': ['1.1.0'],
    'CloudEvents': ['1.0', '1.0.2'],
    'Standard Webhooks': ['1.0'],
    'ASVS': ['5.0', '5.0.0'],
    'MADR': ['4', '4.0.0'],
    'AuthZEN Authorization API': ['1.0'],
    'API Security Top 10,?': ['2023'],
    'OWASP Top 10[ :]?': ['2025'],
    'GraphQL September': ['2025'],
};

test('a version is the present one', () => {
    const faults = [];
    for (const [name, known] of Object.entries(VERSIONS)) {
        const pattern = new RegExp(`\\b${name} ?(\\d+(?:\\.\\d+)*)`, 'g');
        let seen = 0;
        for (const { place, line } of lines) {
            for (const [, version] of line.matchAll(pattern)) {
                seen += 1;
                if (!known.includes(version)) {
                    faults.push(`${place}: ${name} ${version}; known are ${known.join(', ')}`);
                }
            }
        }
        assert.ok(seen > 0, `no guide names a version of ${name}; take it off the list`);
    }
    assert.equal(faults.length, 0, faults.join('\n'));
});

/** What a line that says the first must also say. */
const QUALIFIED = [
    ['a draft is called one', /draft-ietf|OAuth 2\.1|browser-based app/i, /draft/i],
    ['an obsolete document is named with its successor', /RFC (7807|5988|7230|7231|7232|7234|2616|4627|7159|8297)\b/, /replace|obsolete/i],
    ['a retired thing is called so', /ingress-nginx/, /retired/],
    ['what was not released when this was written is not required', /PostgreSQL 19/, /nothing in this guide needs it/],
    ['bcrypt is for hashes that exist', /bcrypt/, /legacy|72|old|existing|migrat|rehash/i],
];

for (const [title, said, wanted] of QUALIFIED) {
    test(title, () => {
        const found = lines.filter(({ line }) => said.test(line));
        assert.ok(found.length > 0, 'no guide says it; take the row away');
        assert.deepEqual(found.filter(({ line }) => !wanted.test(line)).map(({ place, line }) => `${place}: ${line}`), []);
    });
}

/** What no good example of a kind holds. */
const TRAPS = [
    ['instants have a zone', 'sql', /\btimestamp\b(?! with time zone)(?! ')/i],
    ['keys are identities', 'sql', /\b(big|small)?serial\b/i],
    ['a random key is not a default', 'sql', /PRIMARY KEY DEFAULT gen_random_uuid|DEFAULT gen_random_uuid\(\) PRIMARY KEY/i],
    ['text has no length', 'sql', /\bvarchar\b/i],
    ['money is no floating-point number', 'sql', /\b(price|amount|balance)\w*\s+(real|float|double precision|money)\b/i],
    ['a unique constraint has no condition', 'sql', /\bUNIQUE \([^)]*\)\s+WHERE\b/i],
    ['3.1 has no nullable', 'yaml', /\bnullable:/],
    ['tokens are not signed with a shared secret', 'ts', /HS256/],
    ['a count gets its expiry once', 'ts', /incr\([^)]*\)[^;]*;\s*(await )?\w+\.expire\(/i],
];

for (const [title, language, trap] of TRAPS) {
    test(`${language}: ${title}`, () => {
        const examples = code(language);
        assert.ok(examples.length > 0);
        assert.deepEqual(examples.filter(({ text }) => trap.test(text)).map(({ place, text }) => `${place}: ${trap.exec(text)[0]}`), []);
    });
}

test('a generated column says whether it is stored', () => {
    const count = (text, pattern) => (text.match(pattern) ?? []).length;
    const silent = code('sql').filter(({ text }) => count(text, /GENERATED ALWAYS AS \(/g) > count(text, /\b(STORED|VIRTUAL)\b/g));
    assert.deepEqual(silent.map(({ place }) => place), []);
});

test('liveness asks nobody else', () => {
    for (const { text, place } of code('yaml').filter(({ words }) => words.includes('kubernetes'))) {
        const [liveness, readiness] = ['livenessProbe', 'readinessProbe'].map((probe) => new RegExp(`${probe}:\\s+httpGet: \\{ path: (\\S+),`).exec(text)?.[1]);
        assert.ok(liveness && readiness && liveness !== readiness, place);
    }
});
