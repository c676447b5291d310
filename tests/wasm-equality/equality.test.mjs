// The command line and the module that the browser loads give the same bytes for the same text.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { each, otherTexts, ownTexts, read, root, run, siblingTexts } from '../support/briefs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'equality-'));
after(() => rmSync(folder, { recursive: true }));

let engine;
before(async () => {
    engine = await import(path.join(root, 'dist/pkg/engine/engine.js'));
    await engine.default({ module_or_path: readFileSync(path.join(root, 'dist/pkg/engine/engine_bg.wasm')) });
});

/** What both make of a text; the arguments and the options say the same. */
async function compare(name, file, args = [], options = undefined) {
    const [json, archive] = await Promise.all([
        run(file, '--format', 'json', ...args),
        run(file, '--format', 'zip', ...args),
    ]);
    const designed = engine.design(read(file), options);
    assert.ok(designed.ok, `${name}: ${JSON.stringify(designed.error)}`);
    const listed = engine.files(designed.design);
    assert.ok(listed.ok, `${name}: ${JSON.stringify(listed.error)}`);
    const own = listed.files.find((file) => file.path === 'design.json');
    assert.equal(own.contents, json.toString(), `${name}: design.json differs`);
    const packed = engine.zip(listed.files);
    assert.ok(packed.ok, `${name}: ${JSON.stringify(packed.error)}`);
    assert.ok(archive.length > 0 && Buffer.compare(archive, packed.archive) === 0, `${name}: the archives differ`);
    return json;
}

test('on every requirements text', async (context) => {
    const texts = [...ownTexts(), ...otherTexts(), ...siblingTexts()];
    assert.ok(texts.length > 0);
    await each(texts, ({ name, file }) => compare(name, file));
    context.diagnostic(`${texts.length} texts compared`);
});

test('on texts that are unlike requirements', async () => {
    const texts = {
        empty: '',
        blank: ' \n\t\n',
        'a byte order mark': '\ufeffA shop sells things.',
        'Windows line ends': '# Shop\r\n\r\n- A customer orders goods.\r\n- A clerk packs them.\r\n',
        'old Macintosh line ends': 'A customer orders goods.\rA clerk packs them.\r',
        'control characters': 'A \u0000 shop \u0007 sells \u001b[31m things.',
        'other scripts': '一个用户可以下订单。 Пользователь создаёт заказ. 🛒👩‍👩‍👧 e\u0301 \u202Eabc',
        'numbers of all sorts': '1e308 users, 0.1 s, 99.999 %, 1,234,567.89 EUR, 2^53 rows, 1/3 of 10k req/s',
        'markup of all sorts': '| a | b |\n|--|--|\n| <b>x</b> | `y` |\n\n```sql\nDROP TABLE x;\n```\n> quote\n\n---\n[a]: b',
        'one long line': 'A member can borrow a tool and return it. '.repeat(500),
    };
    for (const [name, text] of Object.entries(texts)) {
        const file = path.join(folder, 'text.md');
        writeFileSync(file, text);
        await compare(name, file);
    }
});

test('with facts set and decisions pinned', async () => {
    const [{ name, file }] = ownTexts();
    const plain = await compare(name, file);
    const options = { set: { 'users.daily': 123456.75 }, pins: { architecture: 'modular-monolith' } };
    const args = ['--set', 'users.daily=123456.75', '--pin', 'architecture=modular-monolith'];
    const changed = await compare(name, file, args, options);
    assert.notDeepEqual(changed, plain, 'the options change nothing');
});

test('on the plan between two designs', async () => {
    const [before, after] = ownTexts();
    const designs = [before, after].map(({ file }) => engine.design(read(file)).design);
    const { files } = engine.migrate(...designs);
    const plan = files.find((file) => file.path === 'plan.md');
    assert.equal(plan.contents, (await run('migrate', before.file, after.file)).toString());
});
