// The command line and the module that the browser loads give the same bytes for the same text.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { each, otherTexts, ownTexts, program, read, root, run, siblingTexts } from '../support/briefs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'equality-'));
after(() => rmSync(folder, { recursive: true }));

let engine;
let instance;
before(async () => {
    engine = await import(path.join(root, 'dist/pkg/engine/engine.js'));
    instance = await engine.default({ module_or_path: readFileSync(path.join(root, 'dist/pkg/engine/engine_bg.wasm')) });
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

test('in any language, time zone and year, natively and in Node, and again in the same process', () => {
    const texts = ownTexts().flatMap(({ file }, at) => (at % 4 === 0 ? [file] : []));
    const surroundings = [
        { LANG: 'C', LC_ALL: 'C', TZ: 'UTC', CLOCK: '0' },
        { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', CLOCK: '4102444800123' },
        { LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8', TZ: 'America/St_Johns', CLOCK: '951782400999' },
    ];
    const script = path.join(root, 'tests/wasm-equality/surroundings.mjs');
    const seen = surroundings.map((environment) => {
        const env = { PATH: process.env.PATH, HOME: folder, RANDOM: environment.CLOCK, ...environment };
        const inNode = execFileSync('node', [script, path.join(root, 'dist/pkg/engine'), ...texts, texts[0]], { env, encoding: 'utf8' });
        const natively = texts.map((text) => {
            const archive = execFileSync(program, [text, '--format', 'zip'], { env, maxBuffer: 2 ** 28 });
            return createHash('sha256').update(archive).digest('hex');
        });
        const lines = inNode.trim().split('\n');
        assert.equal(lines.pop(), lines[0], 'the same text twice in one process');
        assert.deepEqual(lines, natively);
        return lines.join();
    });
    assert.equal(new Set(seen).size, 1, 'the surroundings change a design');
});

test('one design after the other takes no more memory', () => {
    const text = 'Members book kilns. A kiln has a name and a capacity. A booking can be confirmed or canceled.';
    const again = (times) => {
        for (let time = 0; time < times; time += 1) engine.files(engine.design(`${text} ${time % 7} kilns.`).design);
        return instance.memory.buffer.byteLength;
    };
    const first = again(100);
    assert.equal(again(400), first, 'the memory of the module grows');
});
