// What people read: the words, the form of the Markdown, and the links, in the sources and in the built site.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import writeGood from 'write-good';
import { root } from '../support/briefs.mjs';
import { BIN, lint } from '../support/tools.mjs';

const execute = promisify(execFile);

const inFolder = (folder, ending) => readdirSync(path.join(root, folder)).filter((file) => file.endsWith(ending)).map((file) => path.join(folder, file));
const MARKDOWN = ['README.md', 'ARCHITECTURE.md', 'tests/briefs/README.md', ...inFolder('references', '.md')];
const WRITTEN = [
    ...MARKDOWN,
    ...inFolder('references', '.toml'),
    ...inFolder('site/templates', '.html'),
    ...inFolder('crates/knowledge/data/decisions', '.toml'),
    'crates/knowledge/data/numbers.toml',
];

/** Runs a program and gives what it printed, whether or not it found something. */
async function said(program, args) {
    try {
        const { stdout, stderr } = await execute(program, args, { cwd: root, maxBuffer: 2 ** 24 });
        return { ok: true, text: `${stdout}${stderr}` };
    } catch (error) {
        if (error.code === 'ENOENT') {
            throw new Error(`${program} is missing; \`cargo xtask test prose\` installs it`, { cause: error });
        }
        return { ok: false, text: `${error.stdout}${error.stderr}` };
    }
}

const spell = (files) =>
    said(process.execPath, [path.join(root, 'node_modules/cspell/bin.mjs'), 'lint', '--config', 'tests/prose/cspell.json', '--no-progress', '--no-summary', ...files]);

test('every word is spelt as a dictionary has it, or is a known name', async (context) => {
    const { ok, text } = await spell(WRITTEN);
    context.diagnostic(`${WRITTEN.length} files`);
    assert.ok(ok, `correct the word, or add the name to tests/prose/words.txt:\n${text}`);
});

test('the list of names is in order, and each name is in use', () => {
    const names = readFileSync(path.join(root, 'tests/prose/words.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
    const sorted = [...new Set(names)].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en'));
    assert.deepEqual(names, sorted);
    const text = WRITTEN.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n').toLowerCase();
    assert.deepEqual(names.filter((name) => !text.includes(name.toLowerCase())), []);
});

/** Words that the linter calls weak and that say how many or how big something is here. */
const MEANT = ['many', 'several', 'few', 'tiny', 'mostly'];

/** What is wrong with the prose of a text: words written twice, empty words, worn phrases. */
function weaknesses(text) {
    const prose = text
        .replace(/^```[^]*?^```$/gm, (block) => block.replace(/[^\n]/g, ' '))
        .replace(/`[^`\n]*`/g, (code) => '0'.repeat(code.length));
    const checks = { passive: false, thereIs: false, tooWordy: false, adverb: false, eprime: false, so: false, weasel: true, illusion: true, cliches: true };
    return writeGood(prose, { ...checks, whitelist: [] })
        .filter(({ index, offset }) => !MEANT.includes(prose.slice(index, index + offset).toLowerCase()))
        // Only a word is repeated by mistake: what stands in code or is listed is meant.
        .filter(({ reason }) => !reason.endsWith('repeated') || /^"[a-z]+"/i.test(reason))
        .map(({ index, reason }) => `${prose.slice(0, index).split('\n').length}: ${reason}`);
}

test('no word is written twice, and none is empty', () => {
    const faults = MARKDOWN.flatMap((file) => weaknesses(readFileSync(path.join(root, file), 'utf8')).map((fault) => `${file}:${fault}`));
    assert.equal(faults.length, 0, faults.join('\n'));
});

const RULES = path.join(root, 'tests/prose/rumdl.toml');

test('the Markdown is well formed', async () => {
    const { code, stdout } = await lint(MARKDOWN.map((file) => path.join(root, file)), RULES);
    assert.equal(code, 0, stdout);
});

const follow = (...args) => said(path.join(BIN, 'lychee'), ['--offline', '--include-fragments', '--no-progress', ...args]);

test('no link of the sources is dead', async (context) => {
    const { ok, text } = await follow(...MARKDOWN);
    context.diagnostic(text.trim().split('\n').at(-1));
    assert.ok(ok, text);
});

test('no link of the site is dead', async (context) => {
    // The designer reads what follows an equals sign; the page for lost visitors knows no folder.
    const { ok, text } = await follow('--exclude', '#[a-z]+=', '--exclude-path', '404.html', '--root-dir', path.join(root, 'dist'), path.join(root, 'dist'));
    context.diagnostic(text.trim().split('\n').at(-1));
    assert.ok(ok, text);
});

test('the tools refuse what is wrong', async () => {
    const folder = mkdtempSync(path.join(root, 'target/prose-'));
    try {
        const file = path.join(folder, 'wrong.md');
        writeFileSync(file, '# Wrong\n\nA tabel, see [here](#nowhere) and [there](nothing.md).\n#No heading\n');
        assert.match((await spell([file])).text, /Unknown word \(tabel\)/);
        const links = await follow(file);
        assert.ok(!links.ok && links.text.includes('nothing.md') && links.text.includes('nowhere'), links.text);
        assert.match((await lint([file], RULES)).stdout, /MD018/);
        assert.deepEqual(weaknesses('One `a a` of of them.\n\nIt is clearly so.\n\nMany are, are they.'), ['1: "of" is repeated', '3: "clearly" is a weasel word']);
    } finally {
        rmSync(folder, { recursive: true });
    }
});
