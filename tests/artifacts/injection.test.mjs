// Publicly known forms of attack, in the files of designs: what was given as text stays text. In SQL it stands in strings,
// comments and quoted names only, as PostgreSQL's own scanner cuts the file up; in scripts of the shell in comments and
// between single quotes; and YAML keeps the structure that it has with a harmless text.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { parseAllDocuments } from 'yaml';
import { each, run } from '../support/briefs.mjs';
import { lines, payloadModels, payloadTexts, payloads } from '../support/payloads.mjs';
import { designModels, opened } from './designs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'injection-'));
after(() => rmSync(folder, { recursive: true }));

let designs;
let harmless;
before(async () => {
    await loadModule();
    harmless = await titled('harmless', 'Pottery');
    const texts = await each(payloadTexts(), ({ name, text }) => designed(name, text));
    const models = path.join(folder, 'models');
    await designModels(models, payloadModels());
    designs = [...texts, ...readdirSync(models).sort().map((name) => opened(name, path.join(models, name), false))];
});

/** The design of a text. */
async function designed(name, text, args = []) {
    const [file, tree] = [path.join(folder, `${name}.md`), path.join(folder, 'texts', name)];
    writeFileSync(file, text);
    await run(file, '--out', tree, '--format', 'files', ...args);
    return opened(name, tree, false);
}

/** The design of a text with a payload as its title, and as what a house calls two of the options. */
async function titled(name, payload) {
    const profile = path.join(folder, `${name}.json`);
    const called = payload.slice(0, 60);
    writeFileSync(profile, JSON.stringify({ names: { postgresql: called, rest: called } }));
    return designed(name, `# ${payload}\n\nMembers book kilns. A kiln has a name and a capacity.\n`, ['--profile', profile]);
}

const filesOf = ({ tree }, ending) => readdirSync(tree, { recursive: true }).filter((file) => file.endsWith(ending)).sort();

/** The words and signs of a text, apart from each other. */
const pieces = (text) => (text.toLowerCase().match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []).join(' ');

/**
 * What a payload would run, were its quotes and comments to close: its parts between them, if they have enough words to
 * be told from what a file says anyway.
 */
const fangs = lines.flatMap((payload) =>
    payload
        .split(/['"`;\\]|--|\/\*|\*\/|\$\w*\$|#/)
        .map(pieces)
        .filter((part) => part.split(' ').length >= 3 && /\p{L}.* .*\p{L}/u.test(part)),
);

/** The fangs that are in a code, but for those that are in such code anyway. */
const bitten = (code, anyway = '') => {
    const [there, ordinary] = [code, anyway].map((text) => ` ${pieces(text)} `);
    return [...new Set(fangs)].filter((fang) => there.includes(` ${fang} `) && !ordinary.includes(` ${fang} `));
};

/** The tokens of SQL that are neither text, comment nor a name between quotes; bodies of functions are looked into. */
function bareSql(sql) {
    return scanSync(sql).tokens.flatMap(({ text, tokenName }) => {
        if (/^\$\w*\$/.test(text)) return bareSql(text.replace(/^\$\w*\$|\$\w*\$$/g, ''));
        if (/COMMENT$/.test(tokenName) || /^(?:[a-z]&?)?'/i.test(text) || /^(?:u&)?"/i.test(text)) return [];
        return [text];
    });
}

/** What the files of a design do to a database. Steps down take tables away, and trials of constraints change rows. */
const MADE = ['AlterTableStmt', 'CommentStmt', 'CreateExtensionStmt', 'CreateFunctionStmt', 'CreatePolicyStmt', 'CreateSchemaStmt', 'CreateStmt', 'CreateTrigStmt', 'DoStmt', 'GrantStmt', 'IndexStmt', 'InsertStmt', 'VariableSetStmt', 'ViewStmt'];

test('SQL holds what was given in strings, comments and quoted names only', (context) => {
    const faults = [];
    let [files, there] = [0, 0];
    for (const design of designs) {
        for (const file of filesOf(design, '.sql')) {
            const sql = design.get(file);
            files += 1;
            there += bitten(sql).length;
            const escaped = bitten(bareSql(sql).join(' '));
            // A table may have the name that a payload would drop; then the step down drops it, and that is meant.
            const meant = ({ name }) => file.endsWith('.down.sql') && escaped.every((fang) => fang === `drop table ${name}`);
            if (escaped.length > 0 && !design.model.database.tables.some(meant)) faults.push(`${design.name}, ${file}: ${escaped.join(' | ')}`);
            if (file !== 'db/schema.sql' && !file.endsWith('.up.sql')) continue;
            for (const { stmt } of parseSync(sql).stmts) {
                const [kind] = Object.keys(stmt);
                if (!MADE.includes(kind)) faults.push(`${design.name}, ${file}: ${kind}`);
            }
        }
    }
    assert.equal(faults.length, 0, faults.slice(0, 30).join('\n'));
    assert.ok(there > 100, `only ${there} payloads reached any SQL`);
    context.diagnostic(`${files} files, which hold ${there} payloads`);
});

/** A script of the shell without its comments and without what stands between single quotes, where nothing is expanded. */
const bareShell = (script) => script.replaceAll(/^\s*#.*$|\s#.*$|'[^']*'/gm, ' ');

test('scripts of the shell hold what was given between single quotes and in comments only', () => {
    let files = 0;
    for (const design of designs) {
        for (const file of filesOf(design, '.sh')) {
            files += 1;
            assert.deepEqual(bitten(bareShell(design.get(file)), bareShell(harmless.get(file))), [], `${design.name}, ${file}`);
        }
    }
    assert.ok(files >= designs.length, `${files} scripts`);
});

/** All paths of keys in a file of YAML. */
function shape(text) {
    const paths = new Set();
    const walk = (value, at) => {
        paths.add(at);
        if (value !== null && typeof value === 'object') {
            for (const [key, inner] of Object.entries(value)) walk(inner, `${at}/${key}`);
        }
    };
    for (const document of parseAllDocuments(text)) {
        assert.deepEqual(document.errors, []);
        walk(document.toJS(), '');
    }
    return [...paths].sort();
}

test('YAML has the structure that it has with a harmless text', async (context) => {
    const files = filesOf(harmless, 'ml').filter((file) => /\.ya?ml$/.test(file));
    assert.ok(files.length >= 5, files.join());
    const given = [...new Set([...payloads.yaml, ...payloads.shell, ...payloads.sql, ...payloads.xss])];
    let there = 0;
    await each(given, async (payload) => {
        const design = await titled(`titled-${given.indexOf(payload)}`, payload);
        for (const file of files) {
            const text = design.get(file);
            there += text.includes(payload);
            assert.deepEqual(shape(text), shape(harmless.get(file)), `${payload} in ${file}`);
        }
    });
    context.diagnostic(`${given.length} payloads, ${there} times as they stand`);
});
